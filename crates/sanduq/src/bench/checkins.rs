//! The people: a roll of a given size enrolled and placed, and checked in one by one by many
//! stations at the same time, each answer after its commit.

use super::load;
use super::rate;
use crate::exit::Ended;
use clap::Args;
use jiff::civil::date;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::id::UnitCode;
use sanduq_operations::station_day::Opening;
use sanduq_register::agency::Sex;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use sanduq_store::Access;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::poll_book::CheckInWriter;
use sanduq_store::poll_book::Presented;
use std::time::Instant;

/// Electors enrolled, placed, and checked in one by one from many stations.
#[derive(Args)]
pub struct CheckIns {
    /// Electors; one in two votes.
    #[arg(long, default_value_t = 1_000_000)]
    electors: usize,
    /// Stations that ask at the same time.
    #[arg(long, default_value_t = 512)]
    clients: usize,
}

const BENCH: &str = "checkins";
const STATIONS: usize = 10_012;

/// Runs the bench.
///
/// # Errors
/// A fault of the store.
pub fn run(args: &CheckIns) -> Result<(), Ended> {
    let runtime = tokio::runtime::Runtime::new().map_err(Ended::fault)?;
    runtime.block_on(async {
        let (_folder, store) = load::store().await?;
        let stations = load::adopt(&store, STATIONS).await?;
        people(&store, &stations, args.electors).await?;
        open(&store, &stations).await?;
        Ok(check_in(&store, &stations, args).await?)
    })
}

fn key(number: usize) -> ElectorKey {
    ElectorKey::of(&[7; 32], &number.to_string())
}

async fn people(store: &Store, stations: &[UnitCode], electors: usize) -> Result<(), StoreError> {
    let mut keys: Vec<(ElectorKey, usize)> = (0..electors).map(|n| (key(n), n)).collect();
    keys.sort_unstable();
    let entry = |act| vec![Entry::new(act, &load::clerk(1), load::at())];
    let start = Instant::now();
    let (clerk, event) = (load::clerk(1), load::event());
    let mut enrolment = store.enrol_electors(&clerk, &event).await?;
    let mut elector = Elector {
        key: key(0),
        name_ar: "فاطمة بنت محمد الواحية".to_owned(),
        name_latin: "Fatima Mohamed El Wahia".to_owned(),
        sex: Sex::F,
        born: date(1980, 5, 6),
        domicile: stations[0].clone(),
    };
    for (key, _) in &keys {
        elector.key = *key;
        enrolment.elector(&elector).await?;
    }
    enrolment.finish(entry(Act::AgencyBatchApplied)).await?;
    rate(BENCH, "electors enrolled", electors, start.elapsed());
    let start = Instant::now();
    let mut placement = store.place_voters(&clerk, &event).await?;
    for (key, number) in &keys {
        let station = &stations[number % stations.len()];
        placement.place(*key, station).await?;
    }
    placement.finish(entry(Act::VotersPlaced).remove(0)).await?;
    rate(BENCH, "electors placed", electors, start.elapsed());
    Ok(())
}

async fn open(store: &Store, stations: &[UnitCode]) -> Result<(), StoreError> {
    let opening = Opening {
        head_present: true,
        ballots: 1000,
        box_sealed: true,
        seals: vec!["1".to_owned()],
        agents: 0,
    };
    let all: Vec<_> = stations
        .iter()
        .map(|code| (code.clone(), opening.clone()))
        .collect();
    let (clerk, at) = (load::clerk(1), load::at());
    store
        .write_as(Access::Station, &clerk, at, async |w| {
            w.open_stations(&load::event(), &all, at).await
        })
        .await
}

async fn check_in(store: &Store, stations: &[UnitCode], args: &CheckIns) -> Result<(), StoreError> {
    let voters = args.electors / 2;
    let writer = CheckInWriter::start(store, &load::event(), &load::clerk(1));
    let start = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..args.clients.max(1) {
        let writer = writer.clone();
        let mine = (client..voters).step_by(args.clients.max(1));
        let presented: Vec<Presented> = mine
            .map(|number| Presented {
                elector: key(number),
                station: stations[number % stations.len()].clone(),
                at: load::at(),
            })
            .collect();
        clients.spawn(async move {
            for one in presented {
                writer.check_in(one).await?;
            }
            Ok::<_, StoreError>(())
        });
    }
    for client in clients.join_all().await {
        client?;
    }
    rate(BENCH, "checked in, one by one", voters, start.elapsed());
    Ok(())
}
