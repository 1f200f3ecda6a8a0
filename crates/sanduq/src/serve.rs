//! `sanduq serve`: the pages of an event in a store.

use crate::exit::Ended;
use crate::publish::event;
use crate::publish::existing;
use clap::Args;
use sanduq_core::id::EventId;
use sanduq_store::Store;
use sanduq_web::app::App;
use sanduq_web::source::Source;
use sanduq_web::source::Stored;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Serve the pages of an event.
#[derive(Args)]
#[command(after_help = "Examples:
  sanduq serve --store kept
  sanduq serve --store kept --event wahat-2027 --listen 127.0.0.1:9000")]
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
}

/// Runs the command until it is told to stop.
///
/// # Errors
/// No such event, an address that cannot be bound, a fault of the store.
pub fn run(args: &Serve) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    runtime.block_on(async {
        let store = existing(&args.store).await?;
        let event = event(&store, args.event.as_deref()).await?;
        pages(store, event, args.listen, |at| {
            println!("http://{at}   until you stop it with Ctrl+C")
        })
        .await
    })
}

/// Serves until the program is told to stop.
///
/// # Errors
/// The address cannot be bound.
pub async fn pages(
    store: Store,
    event: EventId,
    listen: SocketAddr,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), Ended> {
    let app = App::new(Source::Stored(Stored::new(store, event)), false);
    let served = sanduq_web::serve::serve(app, listen, ready).await;
    served.map_err(|why| Ended::Fault(format!("{listen} cannot be served: {why}")))
}
