//! The register, the roll, the lists of the stations and the poll book.

use crate::day::close;
use crate::day::open;
use crate::day::write;
use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::unit;
use jiff::civil::date;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::id::EventId;
use sanduq_register::agency::Sex;
use sanduq_register::poll_book::Listing;
use sanduq_register::poll_book::PollBookRefusal;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use sanduq_register::roll::RollDigest;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::event::FrozenRoll;
use sanduq_store::poll_book::CheckInWriter;
use sanduq_store::poll_book::CheckedIn;
use sanduq_store::poll_book::Presented;
use sanduq_store::trial::Trial;

/// A key that looks like chance, as keyed hashes do.
fn elector_key(number: u64) -> ElectorKey {
    ElectorKey::of(&[7; 32], &number.to_string())
}

fn elector(number: u64) -> Elector {
    Elector {
        key: elector_key(number),
        name_ar: format!("ليلى {number}"),
        name_latin: format!("Layla {number}"),
        sex: if number.is_multiple_of(2) {
            Sex::F
        } else {
            Sex::M
        },
        born: date(1999, 12, 31)
            .saturating_sub(jiff::Span::new().days(i64::try_from(number).unwrap())),
        domicile: unit(if number.is_multiple_of(3) { "c1" } else { "c2" }),
    }
}

fn entry(act: Act) -> Vec<Entry> {
    vec![Entry::new(act, &executive(), at(1))]
}

async fn enrol(trial: &Trial, numbers: core::ops::Range<u64>) -> Result<u64, StoreError> {
    let mut load = trial.store.enrol_electors(&executive(), &event()).await?;
    for number in numbers {
        load.elector(&elector(number)).await?;
    }
    load.finish(entry(Act::AgencyBatchApplied)).await
}

async fn place(trial: &Trial, places: &[(u64, &str)]) -> Result<u64, StoreError> {
    let mut load = trial.store.place_voters(&executive(), &event()).await?;
    for (number, station) in places {
        load.place(elector_key(*number), &unit(station)).await?;
    }
    load.finish(entry(Act::VotersPlaced).remove(0)).await
}

async fn roll(trial: &Trial) -> Vec<(ElectorKey, String)> {
    let read = trial.store.read_as(Access::Registrar).await.unwrap();
    let mut roll = read.roll(&event()).await.unwrap();
    let mut electors = Vec::new();
    while let Some((key, domicile)) = roll.next().await.unwrap() {
        electors.push((key, domicile.to_string()));
    }
    electors
}

#[tokio::test(flavor = "multi_thread")]
async fn the_roll_comes_by_ascending_key_and_its_digest_is_the_rules() {
    let trial = founded().await;
    assert_eq!(enrol(&trial, 0..700).await, Ok(700));
    assert_eq!(enrol(&trial, 700..1000).await, Ok(300));
    let electors = roll(&trial).await;
    let mut expected: Vec<_> = (0..1000).map(elector).collect();
    expected.sort_by_key(|elector| elector.key);
    let (mut ours, mut theirs) = (RollDigest::default(), RollDigest::default());
    for ((key, domicile), elector) in electors.iter().zip(&expected) {
        ours.add(*key, &unit(domicile)).unwrap();
        theirs.add(elector.key, &elector.domicile).unwrap();
    }
    let ours = ours.finish();
    assert_eq!(ours, theirs.finish());
    assert_eq!(ours.0, 1000);
    let read = trial.store.read_as(Access::Registrar).await.unwrap();
    let counts = read.electors_by_domicile(&event()).await.unwrap();
    assert_eq!(counts, [(unit("c1"), 334), (unit("c2"), 666)]);
    assert_eq!(read.verify_journal().await.unwrap().size, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_on_the_register_twice_or_after_the_freeze() {
    let trial = founded().await;
    enrol(&trial, 0..10).await.unwrap();
    let twice = enrol(&trial, 9..20_000).await.unwrap_err();
    assert_eq!(twice.code(), "store.already_exists");
    assert_eq!(
        roll(&trial).await.len(),
        10,
        "nothing of a refused load is kept"
    );
    let none = EventId::new("none").unwrap();
    let unknown = trial.store.enrol_electors(&executive(), &none).await;
    assert_eq!(unknown.err().unwrap().code(), "store.unknown");
    let silent = trial
        .store
        .enrol_electors(&executive(), &event())
        .await
        .unwrap();
    assert_eq!(
        silent.finish(Vec::new()).await,
        Err(StoreRefusal::NoEntry.into())
    );
    drop(
        trial
            .store
            .enrol_electors(&executive(), &event())
            .await
            .unwrap(),
    );
    let frozen = FrozenRoll {
        registered: Registered::new(10),
        digest: "00".to_owned(),
    };
    let freeze: Result<(), StoreError> = trial
        .store
        .write_as(Access::Registrar, &executive(), at(2), async |w| {
            w.freeze_roll(&event(), &frozen).await?;
            let entry = w.entry(Act::RollFrozen);
            w.journal(entry);
            Ok(())
        })
        .await;
    freeze.unwrap();
    assert_eq!(
        enrol(&trial, 20..30).await,
        Err(StoreRefusal::RollFrozen.into())
    );
    assert_eq!(
        place(&trial, &[(1, "c1-s1")]).await,
        Ok(1),
        "a frozen roll is placed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_elector_stands_on_one_list() {
    let trial = founded().await;
    enrol(&trial, 0..6).await.unwrap();
    let places = [
        (0, "c1-s1"),
        (1, "c1-s1"),
        (2, "c2-s1"),
        (3, "c1-s1"),
        (4, "c1-s1"),
    ];
    assert_eq!(place(&trial, &places).await, Ok(5));
    let twice = place(&trial, &[(5, "c2-s1"), (2, "c1-s2")])
        .await
        .unwrap_err();
    assert_eq!(twice.code(), "store.already_exists");
    let read = trial.store.read_as(Access::Station).await.unwrap();
    let counts = read.listed_by_station(&event()).await.unwrap();
    assert_eq!(counts, [(unit("c1-s1"), 4), (unit("c2-s1"), 1)]);
    let mut expected: Vec<_> = [0, 1, 3, 4].map(elector).to_vec();
    expected.sort_by_key(|elector| elector.key);
    let all = read
        .station_list(&event(), &unit("c1-s1"), None, 10)
        .await
        .unwrap();
    let electors: Vec<_> = all.iter().map(|listed| listed.elector.clone()).collect();
    assert_eq!(electors, expected);
    assert!(all.iter().all(|listed| !listed.voted));
    let second = read
        .station_list(&event(), &unit("c1-s1"), Some(expected[1].key), 1)
        .await;
    assert_eq!(second.unwrap(), all[2..3]);
    let mut listed = Vec::new();
    let each = |station: &sanduq_core::id::UnitCode, key| listed.push((station.clone(), key));
    read.each_listed(&event(), each).await.unwrap();
    let mut keys: Vec<_> = expected
        .iter()
        .map(|one| (unit("c1-s1"), one.key))
        .collect();
    keys.push((unit("c2-s1"), elector_key(2)));
    assert_eq!(listed, keys);
}

/// Five electors on the list of `c1-s1`, one on that of `c2-s1`; `c1-s1` and `c1-s2` are open from
/// second 1000, `c2-s1` was open from 1000 to 2000.
async fn voting() -> Trial {
    let trial = founded().await;
    enrol(&trial, 0..7).await.unwrap();
    let mut places: Vec<_> = (0..5).map(|number| (number, "c1-s1")).collect();
    places.push((5, "c2-s1"));
    place(&trial, &places).await.unwrap();
    open(&trial, &["c1-s1", "c1-s2", "c2-s1"], 1000)
        .await
        .unwrap();
    close(&trial, &["c2-s1"], 2000).await.unwrap();
    trial
}

fn presented(number: u64, station: &str, second: i64) -> Presented {
    Presented {
        elector: elector_key(number),
        station: unit(station),
        at: at(second),
    }
}

async fn check_in(trial: &Trial, presented: &[Presented]) -> CheckedIn {
    write(trial, async |w| w.check_in(&event(), presented).await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_refusal_of_the_poll_book_has_its_row() {
    let trial = voting().await;
    let rows = [
        (presented(0, "c1-s1", 1000), Ok(())),
        (
            presented(0, "c1-s1", 1001),
            Err(PollBookRefusal::AlreadyVoted),
        ),
        (presented(1, "c1-s1", 999), Err(PollBookRefusal::NotOpen)),
        (presented(1, "c2-s2", 1500), Err(PollBookRefusal::NotOpen)),
        (presented(5, "c2-s1", 2000), Err(PollBookRefusal::Closed)),
        (presented(5, "c2-s1", 1999), Ok(())),
        (presented(6, "c1-s1", 1500), Err(PollBookRefusal::NotListed)),
        (
            presented(99, "c1-s1", 1500),
            Err(PollBookRefusal::NotListed),
        ),
        (
            presented(1, "c1-s2", 1500),
            Err(PollBookRefusal::OtherStation),
        ),
        // Who is refused at a wrong station is not refused at the right one in the same batch.
        (presented(1, "c1-s1", 1501), Ok(())),
        (
            presented(5, "c2-s1", 1999),
            Err(PollBookRefusal::AlreadyVoted),
        ),
    ];
    let batch: Vec<_> = rows.iter().map(|(one, _)| one.clone()).collect();
    let done = check_in(&trial, &batch).await;
    let expected: Vec<_> = rows.into_iter().map(|(_, answer)| answer).collect();
    assert_eq!((done.answers, done.voted), (expected, Voted::new(3)));
    // And one by one: the same people again, whatever else they say.
    for number in [0, 1, 5] {
        for station in ["c1-s1", "c2-s1"] {
            let again = check_in(&trial, &[presented(number, station, 1600)]).await;
            assert!(again.answers[0].is_err(), "{number} at {station}");
        }
    }
    let read = trial.store.read_as(Access::Station).await.unwrap();
    let voted = read.voted_by_station(&event()).await.unwrap();
    let of = |code, count| (unit(code), Voted::new(count));
    assert_eq!(voted, [of("c1-s1", 2), of("c2-s1", 1)]);
    for (number, listing) in [
        (0, Some(("c1-s1", true))),
        (2, Some(("c1-s1", false))),
        (6, None),
    ] {
        let expected = listing.map(|(station, voted)| Listing {
            station: unit(station),
            voted,
        });
        assert_eq!(
            read.listing(&event(), elector_key(number)).await.unwrap(),
            expected
        );
    }
    let list = read
        .station_list(&event(), &unit("c1-s1"), None, 10)
        .await
        .unwrap();
    assert_eq!(list.iter().filter(|listed| listed.voted).count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_digest_is_of_those_who_voted() {
    let trial = voting().await;
    let batch = [presented(0, "c1-s1", 1100), presented(6, "c1-s1", 1100)];
    let one = check_in(&trial, &batch).await.digest;
    let other = voting().await;
    assert_eq!(check_in(&other, &batch[..1]).await.digest, one);
    assert_ne!(
        check_in(&other, &[presented(1, "c1-s1", 1100)])
            .await
            .digest,
        one
    );
}

/// Ten doors, one person: whichever door is first, one ballot.
#[tokio::test(flavor = "multi_thread")]
async fn no_voter_twice_through_many_doors() {
    let trial = voting().await;
    let writers = [(); 2].map(|()| CheckInWriter::start(&trial.store, &event(), &executive()));
    let mut asked = tokio::task::JoinSet::new();
    for door in 0..40 {
        let writer = writers[door % 2].clone();
        let store = trial.store.clone();
        let number = u64::try_from(door / 8).unwrap();
        let one = presented(number, "c1-s1", 1200);
        asked.spawn(async move {
            if door % 4 == 3 {
                // The bulk door, beside the writer's.
                let clerk = executive();
                let done: Result<CheckedIn, StoreError> = store
                    .write_as(Access::Station, &clerk, at(1), async |w| {
                        let entry = w.entry(Act::CheckInsRecorded);
                        w.journal(entry);
                        w.check_in(&event(), &[one]).await
                    })
                    .await;
                done.unwrap().answers[0].map_err(|refusal| StoreRefusal::from(refusal).into())
            } else {
                writer.check_in(one).await
            }
        });
    }
    let answers = asked.join_all().await;
    let again: Vec<_> = answers.into_iter().filter_map(Result::err).collect();
    assert_eq!(again.len(), 35);
    assert!(
        again
            .iter()
            .all(|error| error.code() == "poll_book.already_voted")
    );
    let read = trial.store.read_as(Access::Station).await.unwrap();
    let voted = read.voted_by_station(&event()).await.unwrap();
    assert_eq!(voted, [(unit("c1-s1"), Voted::new(5))]);
    read.verify_journal().await.unwrap();
}

/// An entry carries counts, a digest and the quarter of an hour: nobody's key, no station, no
/// second.
#[tokio::test(flavor = "multi_thread")]
async fn the_journal_names_no_elector() {
    let trial = voting().await;
    let before = trial.store.read().await.unwrap().head().await.unwrap().size;
    let writer = CheckInWriter::start(&trial.store, &event(), &executive());
    let both = tokio::join!(
        writer.check_in(presented(0, "c1-s1", 1234)),
        writer.check_in(presented(6, "c1-s1", 1234))
    );
    both.0.unwrap();
    assert_eq!(both.1.unwrap_err().code(), "poll_book.not_listed");
    let read = trial.store.read().await.unwrap();
    let entries = read.entries(before, 10).await.unwrap();
    let (mut came, mut voted) = (0, 0);
    for entry in entries {
        let text = String::from_utf8(entry.bytes.clone()).unwrap();
        let entry = Entry::from_bytes(&entry.bytes).unwrap();
        let facts: Vec<_> = entry.facts.keys().map(AsRef::as_ref).collect();
        assert_eq!(facts, ["came", "digest", "voted"]);
        came += entry.facts["came"].parse::<u64>().unwrap();
        voted += entry.facts["voted"].parse::<u64>().unwrap();
        assert_eq!(entry.at.as_second() % 900, 0);
        let hex: String = elector_key(0)
            .0
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        assert!(!text.contains(&hex) && !text.contains("c1-s1"), "{text}");
    }
    assert_eq!((came, voted), (2, 1));
}

/// A writer whose store is gone says so to each who asks, and says yes to nobody.
#[tokio::test(flavor = "multi_thread")]
async fn a_fault_is_told_to_each_who_waits() {
    let trial = voting().await;
    let owner = trial.connect("sanduq").await.unwrap();
    owner
        .batch_execute("DROP TABLE people.check_in")
        .await
        .unwrap();
    let writer = CheckInWriter::start(&trial.store, &event(), &executive());
    let both = tokio::join!(
        writer.check_in(presented(0, "c1-s1", 1234)),
        writer.check_in(presented(1, "c1-s1", 1234))
    );
    for answer in [both.0, both.1] {
        assert_eq!(answer.unwrap_err().code(), "store.database");
    }
}
