//! The day of the stations: opened, closed, hourly figures, and what the database does not take.

use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::stations_closed;
use sanduq_count::publication::stations_opened;
use sanduq_count::publication::turnout_reported;
use sanduq_operations::station_day::Opening;
use sanduq_operations::turnout::HourFigures;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::station_day::DaySoFar;
use sanduq_store::trial::Trial;

const OPENING: Opening = Opening {
    head_present: true,
    ballots: 500,
    box_sealed: true,
    seals: Vec::new(),
    agents: 0,
};

/// One write of a station with its entry.
pub async fn write<T>(
    trial: &Trial,
    work: impl AsyncFnOnce(&mut Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    trial
        .store
        .write_as(Access::Station, &executive(), at(2_000), async |write| {
            let entry = write.entry(Act::TurnoutReported);
            write.journal(entry);
            work(write).await
        })
        .await
}

pub async fn open(trial: &Trial, stations: &[&str], second: i64) -> Result<(), StoreError> {
    let stations: Vec<_> = stations.iter().map(|code| (unit(code), OPENING)).collect();
    write(trial, async |w| {
        w.open_stations(&event(), &stations, at(second)).await
    })
    .await
}

pub async fn close(trial: &Trial, stations: &[&str], second: i64) -> Result<(), StoreError> {
    let stations: Vec<UnitCode> = stations.iter().map(|code| unit(code)).collect();
    write(trial, async |w| {
        w.close_stations(&event(), &stations, at(second)).await
    })
    .await
}

async fn report(trial: &Trial, reports: &[(&str, u8, u64, u64)]) -> Result<(), StoreError> {
    let figures = |(station, hour, came, voted): &(&str, u8, u64, u64)| {
        let now = HourFigures {
            hour: *hour,
            came: Came::new(*came),
            voted: Voted::new(*voted),
        };
        (unit(station), now)
    };
    let reports: Vec<_> = reports.iter().map(figures).collect();
    write(trial, async |w| w.report_hours(&event(), &reports).await).await
}

/// The store journals what it wrote: each report under its number, with the digest of its rows.
#[tokio::test(flavor = "multi_thread")]
async fn an_entry_has_the_number_and_the_digest_of_the_rows_that_it_brought() {
    let trial = founded().await;
    let before = trial.store.read().await.unwrap().head().await.unwrap().size;
    open(&trial, &["c1-s1", "c2-s1"], 100).await.unwrap();
    let (nine, ten) = (("c1-s1", 9, 50, 40), ("c1-s1", 10, 60, 50));
    report(&trial, &[("c2-s1", 9, 5, 4), nine, ten])
        .await
        .unwrap();
    close(&trial, &["c2-s1"], 200).await.unwrap();
    let read = trial.store.read().await.unwrap();
    let entries = read.entries(before, 100).await.unwrap();
    let entries = entries.iter().map(|one| Entry::from_bytes(&one.bytes));
    let entries: Vec<Entry> = entries.flatten().collect();
    let days = read.station_days(&event()).await.unwrap();
    let reports: Vec<_> = days.iter().map(|(_, day)| &day.reports).collect();
    let [first, second] = reports.as_slice() else {
        panic!("two stations have a day")
    };
    let rises = [first.opened, first.hours[0], second.closed];
    assert!(rises.is_sorted_by(|a, b| a < b), "{rises:?}");
    assert_eq!(first.hours, [first.hours[0]; 2], "one report of two hours");
    assert_eq!(
        (first.opened, second.hours[0]),
        (second.opened, first.hours[0])
    );
    let (one, two) = (unit("c1-s1"), unit("c2-s1"));
    let figures = |code: &UnitCode, came, voted| (code.clone(), Came::new(came), Voted::new(voted));
    let nine = [figures(&one, 50, 40), figures(&two, 5, 4)];
    let ten = [figures(&one, 60, 50)];
    let (by, when) = (&executive(), at(2_000));
    let opened = [(two.clone(), at(100)), (one, at(100))];
    for entry in [
        stations_opened(first.opened, &opened, by, when),
        turnout_reported(first.hours[0], (9, nine.as_slice()), by, when),
        turnout_reported(first.hours[1], (10, ten.as_slice()), by, when),
        stations_closed(second.closed, &[(two, at(200))], by, when),
    ] {
        assert!(
            entries.contains(&entry),
            "{entry:?} is none of {entries:#?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_station_opens_once_and_closes_once() {
    let trial = founded().await;
    let code = |answer: Result<(), StoreError>| answer.unwrap_err().code();
    assert_eq!(
        code(open(&trial, &["c1-s1", "c1"], 100).await),
        "store.unknown"
    );
    assert_eq!(
        code(open(&trial, &["c1-s1", "c1-s1"], 100).await),
        "station.already_opened"
    );
    open(&trial, &["c1-s1", "c1-s2"], 100).await.unwrap();
    let twice = open(&trial, &["c2-s1", "c1-s2"], 101).await.unwrap_err();
    assert_eq!(twice.code(), "station.already_opened");
    assert!(twice.to_string().contains("c1-s2"), "{twice}");
    assert_eq!(
        code(close(&trial, &["c2-s1"], 200).await),
        "station.not_open"
    );
    assert_eq!(
        code(close(&trial, &["c1-s1"], 99).await),
        "station.not_open"
    );
    close(&trial, &["c1-s1"], 200).await.unwrap();
    assert_eq!(
        code(close(&trial, &["c1-s1"], 201).await),
        "station.not_open"
    );
    let read = trial.store.read().await.unwrap();
    let opened = Some(at(100));
    let (closed, hours) = (Some(at(200)), Vec::new());
    let days = read.station_days(&event()).await.unwrap();
    let day = |closed| StationDay {
        opened,
        closed,
        hours: hours.clone(),
        reports: days[usize::from(closed.is_none())].1.reports.clone(),
    };
    assert_eq!(
        days,
        [(unit("c1-s1"), day(closed)), (unit("c1-s2"), day(None))]
    );
    assert_eq!(
        read.station_day(&event(), &unit("c1-s1")).await.unwrap(),
        day(closed)
    );
    let none = read.station_day(&event(), &unit("c2-s1")).await.unwrap();
    assert_eq!(none, StationDay::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn hourly_figures_go_up() {
    let trial = founded().await;
    open(&trial, &["c1-s1", "c1-s2"], 100).await.unwrap();
    report(&trial, &[("c1-s1", 9, 50, 40), ("c1-s2", 9, 5, 5)])
        .await
        .unwrap();
    for (wrong, code) in [
        (("c1-s1", 9, 60, 50), "turnout.hour_past"),
        (("c1-s1", 8, 60, 50), "turnout.hour_past"),
        (("c1-s1", 25, 60, 50), "turnout.no_such_hour"),
        (("c1-s1", 10, 60, 61), "turnout.more_voted_than_came"),
        (("c1-s1", 10, 49, 40), "turnout.went_down"),
        (("c1-s1", 10, 60, 39), "turnout.went_down"),
        (("c2-s1", 9, 1, 1), "turnout.not_opened"),
        (("nowhere", 9, 1, 1), "turnout.not_opened"),
    ] {
        let refused = report(&trial, &[("c1-s2", 10, 6, 6), wrong])
            .await
            .unwrap_err();
        assert_eq!(refused.code(), code, "{wrong:?}");
        assert!(refused.to_string().contains(wrong.0), "{refused}");
    }
    report(&trial, &[("c1-s1", 10, 50, 40), ("c1-s1", 24, 70, 60)])
        .await
        .unwrap();
    let read = trial.store.read().await.unwrap();
    let hours = |hours: &[(u8, u64, u64)]| -> Vec<_> {
        let one =
            |(hour, came, voted): &(u8, u64, u64)| (*hour, Came::new(*came), Voted::new(*voted));
        hours.iter().map(one).collect()
    };
    let days = read.station_days(&event()).await.unwrap();
    assert_eq!(
        days[0].1.hours,
        hours(&[(9, 50, 40), (10, 50, 40), (24, 70, 60)])
    );
    assert_eq!(
        days[1].1.hours,
        hours(&[(9, 5, 5)]),
        "a refused batch leaves nothing"
    );
    let one = read.station_day(&event(), &unit("c1-s1")).await.unwrap();
    assert_eq!(one, days[0].1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_day_is_told_at_a_glance() {
    let trial = founded().await;
    open(&trial, &["c1-s1", "c1-s2", "c2-s2"], 100)
        .await
        .unwrap();
    report(&trial, &[("c1-s1", 9, 50, 40), ("c2-s2", 9, 7, 7)])
        .await
        .unwrap();
    report(&trial, &[("c1-s1", 10, 60, 55)]).await.unwrap();
    close(&trial, &["c2-s2"], 200).await.unwrap();
    let day = |[stations, opened, closed, reporting, came, voted]: [u64; 6]| DaySoFar {
        stations,
        opened,
        closed,
        reporting,
        came: Came::new(came),
        voted: Voted::new(voted),
    };
    let read = trial.store.read().await.unwrap();
    for (below, figures) in [
        (None, [4, 3, 1, 2, 67, 62]),
        (Some("n"), [4, 3, 1, 2, 67, 62]),
        (Some("c1"), [2, 2, 0, 1, 60, 55]),
        (Some("c2-s2"), [1, 1, 1, 1, 7, 7]),
        (Some("c2-s1"), [1, 0, 0, 0, 0, 0]),
        (Some("nowhere"), [0; 6]),
    ] {
        let below = below.map(unit);
        let told = read.day_so_far(&event(), below.as_ref()).await.unwrap();
        assert_eq!(told, day(figures), "{below:?}");
    }
}

/// Two reports of one station that arrive together follow one another.
#[tokio::test(flavor = "multi_thread")]
async fn reports_at_the_same_time_do_not_cross() {
    let trial = founded().await;
    open(&trial, &["c1-s1"], 100).await.unwrap();
    let (early, late) = ([("c1-s1", 9, 50, 50)], [("c1-s1", 10, 40, 40)]);
    let both = tokio::join!(report(&trial, &early), report(&trial, &late));
    assert!(both.0.is_ok() != both.1.is_ok(), "{both:?}");
}
