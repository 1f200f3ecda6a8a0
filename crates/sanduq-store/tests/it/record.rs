//! What one station has on record: its opening, its hours, the line at the hour of closing and its
//! tokens, each with the number of its entry in the journal.

use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_operations::station_day::Fate;
use sanduq_operations::station_day::Opening;
use sanduq_operations::station_day::StationState;
use sanduq_operations::turnout::HourFigures;
use sanduq_store::Access;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::station_record::Kept;
use sanduq_store::station_record::Marks;
use sanduq_store::trial::Trial;

const STATION: &str = "c1-s1";

async fn write<T>(
    store: &Store,
    second: i64,
    work: impl AsyncFnOnce(&mut Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    store
        .write_as(Access::Station, &executive(), at(second), work)
        .await
}

fn opening() -> Opening {
    Opening {
        head_present: true,
        ballots: 500,
        box_sealed: true,
        seals: vec!["A-17".to_owned(), "B-4".to_owned()],
        agents: 6,
    }
}

async fn open(trial: &Trial) {
    let stations = [(unit(STATION), opening())];
    let opened = write(&trial.store, 100, async |w| {
        w.open_stations(&event(), &stations, at(100)).await
    });
    opened.await.unwrap();
}

async fn count(trial: &Trial, waiting: u32, second: i64) -> Result<(), StoreError> {
    let work = async |w: &mut Write| w.count_queue(&event(), &unit(STATION), waiting).await;
    write(&trial.store, second, work).await
}

async fn settle(trial: &Trial, (first, last): (u32, u32), fate: Fate) -> Result<(), StoreError> {
    let work = async |w: &mut Write| {
        w.settle_tokens(&event(), &unit(STATION), first..=last, fate)
            .await
    };
    write(&trial.store, 300, work).await
}

async fn close(trial: &Trial, second: i64) -> Result<(), StoreError> {
    let work = async |w: &mut Write| {
        w.close_stations(&event(), &[unit(STATION)], at(second))
            .await
    };
    write(&trial.store, second, work).await
}

async fn kept(trial: &Trial) -> Kept {
    let read = trial.store.read().await.unwrap();
    read.station_record(&event(), &unit(STATION)).await.unwrap()
}

fn code(answer: Result<(), StoreError>) -> &'static str {
    answer.unwrap_err().code()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_is_shown_back_as_it_was_recorded_with_its_entries() {
    let trial = founded().await;
    assert_eq!(kept(&trial).await, Kept::default());
    open(&trial).await;
    let now = HourFigures {
        hour: 9,
        came: Came::new(50),
        voted: Voted::new(40),
    };
    let reports = [(unit(STATION), now)];
    let reported = write(&trial.store, 150, async |w| {
        w.report_hours(&event(), &reports).await
    });
    reported.await.unwrap();
    count(&trial, 3, 200).await.unwrap();
    settle(&trial, (1, 2), Fate::Used).await.unwrap();
    settle(&trial, (3, 3), Fate::Void).await.unwrap();
    close(&trial, 400).await.unwrap();

    let kept = kept(&trial).await;
    assert_eq!(kept.record.opening, Some(opening()));
    assert_eq!(kept.record.hours, [now]);
    let StationState::Closed {
        opened,
        closed,
        queue: Some(queue),
    } = &kept.record.state
    else {
        panic!("{:?}", kept.record.state)
    };
    assert_eq!((*opened, *closed, queue.at), (at(100), at(400), at(200)));
    assert_eq!(queue.issued, 3);
    assert_eq!((queue.count(Fate::Used), queue.count(Fate::Void)), (2, 1));

    expect_entries(&trial, &kept.marks).await;
}

/// Each mark is the number of the entry that says so.
async fn expect_entries(trial: &Trial, marks: &Marks) {
    let read = trial.store.read().await.unwrap();
    for (mark, act, facts) in [
        (
            marks.opened,
            Act::StationsOpened,
            &[("ballots", "500"), ("seals", "A-17 B-4"), ("agents", "6")][..],
        ),
        (
            marks.hours.get(&9).copied(),
            Act::TurnoutReported,
            &[("hour", "9")],
        ),
        (marks.queue, Act::QueueCounted, &[("waiting", "3")]),
        (
            marks.tokens,
            Act::TokensSettled,
            &[("tokens", "3"), ("used", "0"), ("void", "1")],
        ),
        (marks.closed, Act::StationsClosed, &[("stations", "1")]),
    ] {
        let mark = mark.unwrap();
        let entries = read.entries(mark.entry, 1).await.unwrap();
        let entry = Entry::from_bytes(&entries[0].bytes).unwrap();
        assert_eq!((&*entry.act, entry.at), (act.code(), mark.at));
        assert_eq!(entry.facts.get("station").unwrap(), STATION);
        for (key, value) in facts {
            assert_eq!(entry.facts.get(*key).map(String::as_str), Some(*value));
        }
    }
    read.verify_journal().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_are_those_of_the_line_and_the_station_waits_for_them() {
    let trial = founded().await;
    assert_eq!(code(count(&trial, 3, 200).await), "station.not_open");
    open(&trial).await;
    let one = (1, 1);
    assert_eq!(
        code(settle(&trial, one, Fate::Used).await),
        "station.no_queue"
    );
    count(&trial, 3, 200).await.unwrap();
    assert_eq!(code(count(&trial, 4, 201).await), "station.already_counted");
    settle(&trial, one, Fate::Used).await.unwrap();
    for (tokens, no) in [
        ((1, 1), "station.token_settled"),
        ((1, 2), "station.token_settled"),
        ((3, 4), "station.no_such_token"),
        ((4, 4), "station.no_such_token"),
    ] {
        assert_eq!(code(settle(&trial, tokens, Fate::Void).await), no);
    }
    assert_eq!(code(close(&trial, 400).await), "station.tokens_wait");
    settle(&trial, (2, 3), Fate::Void).await.unwrap();
    close(&trial, 400).await.unwrap();
    let late = settle(&trial, (3, 3), Fate::Used).await;
    assert_eq!(code(late), "station.no_queue");
    assert_eq!(code(count(&trial, 3, 500).await), "station.not_open");
}

/// Two devices of one station in the same second: one is taken, the other is told.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_two_devices_wins() {
    let trial = founded().await;
    let stations = [(unit(STATION), opening())];
    let opening = || {
        write(&trial.store, 100, async |w| {
            w.open_stations(&event(), &stations, at(100)).await
        })
    };
    let told = one(tokio::join!(opening(), opening()));
    assert_eq!(told, "station.already_opened");
    let told = one(tokio::join!(count(&trial, 3, 200), count(&trial, 4, 200)));
    assert_eq!(told, "station.already_counted");
    let (mine, yours) = (
        settle(&trial, (1, 2), Fate::Used),
        settle(&trial, (2, 3), Fate::Used),
    );
    assert_eq!(one(tokio::join!(mine, yours)), "station.token_settled");
}

fn one((mine, yours): (Result<(), StoreError>, Result<(), StoreError>)) -> &'static str {
    match (mine, yours) {
        (Ok(()), Err(no)) | (Err(no), Ok(())) => no.code(),
        both => panic!("{both:?}"),
    }
}
