//! The server: it binds, follows the journal, serves, and stops in order when it is told to
//! (SIGINT, SIGTERM): requests that have begun are answered, live connections end. Always true
//! here: whoever does not finish asking is let go, while serving and at the end, so that no crowd
//! of half requests can hold the server.

use crate::app::App;
use crate::kept;
use crate::router::router;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::extract::Request;
use axum::serve::Listener;
use futures_util::future::Either;
use futures_util::future::ready;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use hyper_util::server::graceful::GracefulShutdown;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::SignalKind;
use tokio::signal::unix::signal;
use tower::ServiceExt;

/// How long requests that have begun are waited for when the server stops.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a request may take until its head has come whole, and how long a connection on which
/// nothing is asked stays open.
const HEAD: Duration = Duration::from_secs(10);

/// Serves the pages of `app` at `listen` until the program is told to stop; `ready` is called with
/// the address once it can be reached.
///
/// # Errors
/// The address cannot be bound.
pub async fn serve(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> io::Result<()> {
    // Listened for from the first: a program that has listened before loses what comes in between.
    let told = told_to_stop();
    let listener = TcpListener::bind(listen).await?;
    // The first page that is asked for is there: whoever sees the address finds the figures.
    if let Err(failed) = app.refresh().await {
        eprintln!("the store does not answer yet: {}", failed.0);
    }
    let following = tokio::spawn(app.clone().follow());
    ready(listener.local_addr()?);
    let begun = answer(listener, (&app, &router(app.clone())), HEAD, told).await;
    app.stop();
    // Past this time the rest is left where it is.
    let _ = tokio::time::timeout(PATIENCE, begun.shutdown()).await;
    following.abort();
    Ok(())
}

/// Answers whoever comes until it is told to stop; the connections that are open then.
async fn answer(
    mut listener: TcpListener,
    (app, router): (&App, &Router),
    head: Duration,
    told: impl Future<Output = ()>,
) -> GracefulShutdown {
    let open = GracefulShutdown::new();
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(head);
    let mut told = std::pin::pin!(told);
    loop {
        let (stream, from) = tokio::select! {
            () = &mut told => return open,
            come = Listener::accept(&mut listener) => come,
        };
        let (app, router) = (app.clone(), router.clone());
        let service = service_fn(move |request: hyper::Request<Incoming>| {
            if let Some(kept) = kept::find(&app, &request) {
                return Either::Left(ready(Ok(kept)));
            }
            let mut request: Request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo(from));
            Either::Right(router.clone().oneshot(request))
        });
        let answering = open.watch(server.serve_connection(TokioIo::new(stream), service));
        // Whoever asks badly or goes away ends their own connection and nothing else.
        tokio::spawn(async move { drop(answering.await) });
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Held;
    use crate::source::Source;
    use axum::routing::get;
    use std::io::Read;
    use std::io::Write;
    use std::net::TcpStream;
    use std::time::Instant;

    const SHORT: Duration = Duration::from_millis(300);

    /// A connection to a server that says who asks, with a short patience for heads.
    async fn connected() -> TcpStream {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let say = |ConnectInfo(from): ConnectInfo<SocketAddr>| async move { from.to_string() };
        let router = Router::new().route("/", get(say));
        let app = App::new(Source::Held(Held::default()), false);
        let never = std::future::pending();
        tokio::spawn(async move { answer(listener, (&app, &router), SHORT, never).await });
        TcpStream::connect(address).unwrap()
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn whoever_sends_half_a_head_is_let_go() {
        let mut half = connected().await;
        half.set_read_timeout(Some(SHORT / 10)).unwrap();
        half.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nX-a: ")
            .unwrap();
        let begun = Instant::now();
        // A letter now and then does not buy more time.
        while begun.elapsed() < 20 * SHORT && half.write_all(b"a").is_ok() {
            match half.read(&mut [0; 512]) {
                Err(e) if e.kind() != io::ErrorKind::WouldBlock => break,
                Ok(0) => break,
                _ => {}
            }
        }
        let held = begun.elapsed();
        assert!(SHORT / 2 < held && held < 10 * SHORT, "held for {held:?}");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn whoever_asks_is_answered_and_known_by_their_address() {
        let mut whole = connected().await;
        whole.set_read_timeout(Some(20 * SHORT)).unwrap();
        whole
            .write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
        let mut got = String::new();
        // Nothing more is asked: the connection ends by itself.
        whole.read_to_string(&mut got).unwrap();
        let own = whole.local_addr().unwrap().to_string();
        assert!(got.starts_with("HTTP/1.1 200 OK"), "{got}");
        assert!(got.ends_with(&own), "{got}");
    }
}
