//! The server: it binds, follows the journal, serves, and stops in order when it is told to
//! (SIGINT, SIGTERM): requests that have begun are answered, live connections end; whoever has not
//! finished asking some seconds later is not waited for.

use crate::app::App;
use crate::router::router;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;

/// How long requests that have begun are waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Serves the pages of `app` at `listen` until the program is told to stop; `ready` is called with
/// the address once it can be reached.
///
/// # Errors
/// The address cannot be bound.
pub async fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    let listener = TcpListener::bind(listen).await?;
    // The first page that is asked for is there: whoever sees the address finds the figures.
    if let Err(failed) = app.refresh().await {
        eprintln!("the store does not answer yet: {}", failed.0);
    }
    let following = tokio::spawn(app.clone().follow());
    // Listened for before anybody knows the address.
    let told = told_to_stop();
    ready(listener.local_addr()?);
    let service = router(app.clone()).into_make_service_with_connect_info::<SocketAddr>();
    let mut stopping = app.stopping();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        told.await;
        app.stop();
    });
    let late = async move {
        drop(stopping.wait_for(|stop| *stop).await);
        tokio::time::sleep(PATIENCE).await;
    };
    let served = tokio::select! {
        served = serving => served,
        () = late => Ok(()),
    };
    following.abort();
    served
}

/// Begins to listen for the signals; done when one has come.
fn told_to_stop() -> impl Future<Output = ()> {
    let signals = (
        signal(SignalKind::interrupt()),
        signal(SignalKind::terminate()),
    );
    async move {
        let (Ok(mut interrupted), Ok(mut terminated)) = signals else {
            // Without signals nobody can ask; the process then ends as the system ends it.
            return std::future::pending().await;
        };
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    }
}
