//! Somebody who stops the program, by the terminal or by a signal.

use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// Listens from now on; done when somebody has stopped the program.
pub fn told_to_stop() -> impl Future<Output = ()> {
    let signals = signal(SignalKind::terminate()).and_then(|terminated| {
        let interrupted = signal(SignalKind::interrupt())?;
        Ok((terminated, interrupted))
    });
    async move {
        let Ok((mut terminated, mut interrupted)) = signals else {
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }
}
