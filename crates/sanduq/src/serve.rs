//! `sanduq serve`: the pages of an event in a store.

use crate::exit::Ended;
use crate::publish::event;
use crate::publish::existing;
use crate::publish::key;
use crate::publish::signed::Signed;
use crate::secret;
use clap::Args;
use sanduq_core::id::EventId;
use sanduq_store::Store;
use sanduq_store::own_station::EventSecret;
use sanduq_web::app::App;
use sanduq_web::previous::Previous;
use sanduq_web::signing::Signing;
use sanduq_web::source::Source;
use sanduq_web::source::Stored;
use std::net::IpAddr;
use std::net::SocketAddr;
use std::path::Path;
use std::path::PathBuf;

/// Serve the pages of an event.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq serve --store kept
  sanduq serve --store kept --event wahat-2027 --listen 127.0.0.1:9000
  sanduq serve --store kept --previous result-2022   changes since then beside each share
  sanduq serve --store kept --proxy 127.0.0.1 --tls  behind a proxy that ends TLS")]
pub struct Serve {
    /// The folder of the store.
    #[arg(long, value_name = "DIR")]
    store: PathBuf,
    /// The event [default: the only one of the store].
    #[arg(long, value_name = "CODE")]
    event: Option<String>,
    /// Where to serve.
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "ADDRESS")]
    listen: SocketAddr,
    /// The published folder of the event before, to compare turnout and shares with.
    #[arg(long, value_name = "DIR")]
    previous: Option<PathBuf>,
    /// The proxy before this server: the address that it adds last to X-Forwarded-For is believed.
    #[arg(long, value_name = "ADDRESS")]
    proxy: Option<IpAddr>,
    /// Readers come by TLS, which ends in the proxy that --proxy names: cookies are sent by TLS
    /// only, and browsers are told to come to this host by nothing else for a year.
    #[arg(long)]
    tls: bool,
}

/// This program speaks plain HTTP: without a proxy nobody could log in, since browsers do not send
/// cookies for TLS on a plain line.
fn tls_without_proxy(listen: SocketAddr) -> Ended {
    Ended::Refused {
        code: "serve.tls_without_proxy".to_owned(),
        sentence: format!(
            "--tls says that a proxy before this server speaks TLS, and none is named: at {listen} \
             this server speaks plain HTTP. Name the address of the proxy with --proxy, or leave \
             --tls out"
        ),
    }
}

/// Runs the command until it is told to stop.
///
/// # Errors
/// TLS without a proxy, no such event, a folder of another shape, an address that cannot be bound,
/// a fault of the store.
pub fn run(args: &Serve) -> Result<(), Ended> {
    if args.tls && args.proxy.is_none() {
        return Err(tls_without_proxy(args.listen));
    }
    let previous = args.previous.as_deref().map(previous).transpose()?;
    let secret = secret::of_event(&args.store)?;
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    runtime.block_on(async {
        let store = existing(&args.store).await?;
        let event = event(&store, args.event.as_deref()).await?;
        let signing = signing(&args.store, &event)?;
        let source = Stored::new(store, event).with_secret(secret);
        let app = App::compared(Source::Stored(source), args.tls, previous).with_signing(signing);
        if let Some(proxy) = args.proxy {
            app.believe(proxy);
        }
        served(app, args.listen, |at| {
            println!("http://{at}   until you stop it with Ctrl+C")
        })
        .await
    })
}

/// The event of a published folder. Its shape is checked and its figures are believed: `sanduq
/// verify` is what adds them up again.
fn previous(dir: &Path) -> Result<Previous, Ended> {
    Previous::read(&mut |path| {
        let file = dir.join(path);
        std::fs::read(&file).map_err(|why| Ended::Refused {
            code: "previous.unreadable".to_owned(),
            sentence: format!("{}: {why}; name a published folder", file.display()),
        })
    })
}

/// Serves until the program is told to stop.
///
/// # Errors
/// The address cannot be bound.
pub async fn pages(
    (store, folder): (Store, &Path),
    event: EventId,
    secret: EventSecret,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Ended> {
    let signing = signing(folder, &event)?;
    let source = Stored::new(store, event).with_secret(Some(secret));
    let app = App::new(Source::Stored(source), false).with_signing(signing);
    served(app, listen, ready).await
}

/// The key of a store with what it has signed last; none where it has no key yet.
fn signing(store: &Path, event: &EventId) -> Result<Option<Signing>, Ended> {
    let signer = key::held(store, event)?;
    Ok(signer.map(|signer| Signing::new(signer, Box::new(Signed::of(store, event)))))
}

async fn served(app: App, listen: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), Ended> {
    let served = sanduq_web::serve::serve(app, listen, ready).await;
    served.map_err(|why| Ended::Fault(format!("{listen} cannot be served: {why}")))
}
