//! The night: clerks type sheets at a steady rate, each sheet received, typed and typed again by
//! another person, each act a transaction with its journal entry; readers' pages follow. Measured
//! is the time from the acceptance of a sheet to the first snapshot whose national figure has it.

use super::figure;
use super::load;
use crate::exit::Ended;
use clap::Args;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::SheetKey;
use sanduq_store::Store;
use sanduq_store::sheet::Revision;
use sanduq_web::app::App;
use sanduq_web::source::Source;
use sanduq_web::source::Stored;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::time::Duration;
use std::time::Instant;

/// Sheets typed at a steady rate while the pages follow.
#[derive(Args)]
pub struct Feed {
    /// Stations of the nation.
    #[arg(long, default_value_t = 10_012)]
    stations: usize,
    /// Sheets accepted a second.
    #[arg(long, default_value_t = 200)]
    rate: u32,
    /// For how long.
    #[arg(long, default_value_t = 30)]
    seconds: u32,
}

const BENCH: &str = "feed";
/// Clerks at work at the same time.
const CLERKS: usize = 16;
/// How long the pages may take at most.
const PATIENCE: Duration = Duration::from_secs(60);

/// When each sheet was accepted, in the order of the answers.
type Accepted = Arc<Mutex<Vec<Instant>>>;

/// Runs the bench.
///
/// # Errors
/// A fault of the store, or pages that never show the last sheet.
pub fn run(args: &Feed) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    runtime.block_on(async {
        let (_folder, store) = load::store().await?;
        let stations = load::adopt(&store, args.stations).await?;
        let app = App::new(
            Source::Stored(Stored::new(store.clone(), load::event())),
            false,
        );
        let following = tokio::spawn(app.clone().follow());
        let shown = tokio::spawn(watch(app.clone(), total(args, &stations)));
        let accepted = Accepted::default();
        let typing = Instant::now();
        type_in(&store, &stations, args, &accepted).await?;
        let typing = typing.elapsed();
        let shown = shown.await.map_err(Ended::fault)?;
        app.stop();
        following.await.map_err(Ended::fault)?;
        tell(&accepted, shown.as_deref(), typing)
    })
}

/// How many sheets will have been accepted at the end.
fn total(args: &Feed, stations: &[UnitCode]) -> usize {
    let wanted = usize::try_from(u64::from(args.rate) * u64::from(args.seconds));
    wanted.unwrap_or(usize::MAX).min(stations.len())
}

/// For every count of sheets in the national figure, when it was first shown; none when the pages
/// have not come so far in a minute.
async fn watch(app: App, total: usize) -> Option<Vec<(usize, Instant)>> {
    let mut live = app.watch();
    let mut seen = Vec::new();
    loop {
        let shown = live.borrow_and_update().clone();
        if let Some(shown) = shown {
            let nation = shown.view.nation();
            let accepted = shown.view.sums(nation).sheets.accepted;
            let accepted = usize::try_from(accepted).unwrap_or(usize::MAX);
            seen.push((accepted, Instant::now()));
            if accepted >= total {
                return Some(seen);
            }
        }
        let changed = tokio::time::timeout(PATIENCE, live.changed()).await;
        if !matches!(changed, Ok(Ok(()))) {
            return None;
        }
    }
}

async fn type_in(
    store: &Store,
    stations: &[UnitCode],
    args: &Feed,
    accepted: &Accepted,
) -> Result<(), Ended> {
    let started = Instant::now();
    let pause = Duration::from_secs(1) / args.rate.max(1);
    let total = total(args, stations);
    let mut clerks = tokio::task::JoinSet::new();
    for clerk in 0..CLERKS {
        let mine: Vec<(usize, UnitCode)> = (clerk..total)
            .step_by(CLERKS)
            .map(|nth| (nth, stations[nth].clone()))
            .collect();
        let (store, accepted) = (store.clone(), accepted.clone());
        clerks.spawn(async move {
            for (nth, station) in mine {
                let turn = started + pause * u32::try_from(nth).unwrap_or(u32::MAX);
                tokio::time::sleep_until(turn.into()).await;
                one(&store, nth, station, clerk).await?;
                let mut accepted = accepted.lock().unwrap_or_else(PoisonError::into_inner);
                accepted.push(Instant::now());
            }
            Ok::<_, Ended>(())
        });
    }
    clerks.join_all().await.into_iter().collect()
}

/// One sheet from its arrival to its acceptance.
async fn one(store: &Store, nth: usize, station: UnitCode, clerk: usize) -> Result<(), Ended> {
    let (form, contest) = (load::form(), load::contest());
    let paper = Paper::new(&form, &contest);
    let key = SheetKey {
        contest: contest.code.clone(),
        station,
    };
    let (first, second) = (load::clerk(2 * clerk), load::clerk(2 * clerk + 1));
    let (at, event) = (load::at(), load::event());
    let salts = Salts::new(&[7; 32]);
    let figures = load::figures(nth);
    let refused = |why: sheet::SheetRefusal| Ended::refused(&why);
    let received = sheet::receive(None, (&key, &salts), sheet::Day::Closed(at), &first, at)
        .map_err(refused)?;
    let save = async |by, was, change| {
        store
            .write(by, at, async |w| w.save_sheet(&event, was, change).await)
            .await
    };
    let was = save(&first, Revision::NONE, &received).await?;
    let typed = sheet::first_entry(&paper, &received.next, figures.clone(), &first, at);
    let typed = typed.map_err(refused)?;
    let was = save(&first, was, &typed).await?;
    let again = sheet::second_entry(&paper, &typed.next, figures, &second, at);
    let again = again.map_err(refused)?;
    if again.next.state.counted().is_none() {
        return Err(Ended::Fault(format!("sheet {nth} is not accepted")));
    }
    save(&second, was, &again).await?;
    Ok(())
}

fn tell(
    accepted: &Accepted,
    shown: Option<&[(usize, Instant)]>,
    typing: Duration,
) -> Result<(), Ended> {
    let accepted = accepted.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(shown) = shown else {
        return Err(Ended::Fault("the pages have not caught up".to_owned()));
    };
    let mut waits: Vec<f64> = Vec::with_capacity(accepted.len());
    let mut at = 0;
    for (nth, accepted) in accepted.iter().enumerate() {
        while shown[at].0 <= nth {
            at += 1;
        }
        waits.push((shown[at].1 - *accepted).as_secs_f64());
    }
    waits.sort_by(f64::total_cmp);
    let count = waits.len();
    super::rate(BENCH, "sheets accepted", count, typing);
    let place = |percent: usize| waits[(count * percent / 100).min(count - 1)];
    figure(
        BENCH,
        "acceptance to the national figure, half",
        place(50),
        "s",
    );
    figure(
        BENCH,
        "acceptance to the national figure, 99 %",
        place(99),
        "s",
    );
    figure(
        BENCH,
        "acceptance to the national figure, all",
        place(100),
        "s",
    );
    Ok(())
}
