//! Events, law, geography, contests, lots, seals.

use crate::nation::at;
use crate::nation::contest;
use crate::nation::contests;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::geography;
use crate::nation::law;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::seats::Lot;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::Write;
use sanduq_store::event::Event;
use sanduq_store::event::FrozenRoll;
use sanduq_store::publication::Seal;
use sanduq_store::trial::Trial;

/// One write of the executive with its entry.
async fn write<T>(
    trial: &Trial,
    work: impl AsyncFnOnce(&mut Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    write_as(trial, Access::Executive, work).await
}

async fn write_as<T>(
    trial: &Trial,
    access: Access,
    work: impl AsyncFnOnce(&mut Write) -> Result<T, StoreError>,
) -> Result<T, StoreError> {
    trial
        .store
        .write_as(access, &executive(), at(1), async |write| {
            let entry = write.entry(Act::LawAdopted);
            write.journal(entry);
            work(write).await
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_adopted_comes_back_as_it_was() {
    let trial = founded().await;
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.event(&event()).await.unwrap(), Some(law()));
    assert_eq!(read.geography(&event()).await.unwrap(), Some(geography()));
    assert_eq!(read.events().await.unwrap(), [(event(), law().names)]);
    let found = read.contests(&event()).await.unwrap();
    for (found, (contest, form)) in found.iter().zip(contests()) {
        assert_eq!((&found.contest, &found.form), (&contest, &form));
        assert!(!found.released && found.lots.is_empty());
    }
    assert_eq!(found.len(), 2);
    let none = EventId::new("none").unwrap();
    assert_eq!(read.event(&none).await.unwrap(), None);
    assert_eq!(read.geography(&none).await.unwrap(), None);
    assert_eq!(read.frozen_roll(&event()).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_exists_or_is_unknown_is_refused_by_name() {
    let trial = founded().await;
    let none = EventId::new("none").unwrap();
    let again = write(&trial, async |w| w.call_event(&law()).await).await;
    assert_eq!(again.unwrap_err().code(), "store.already_exists");
    let again = write(&trial, async |w| {
        w.adopt_geography(&event(), &geography()).await
    });
    assert_eq!(again.await.unwrap_err().code(), "store.already_exists");
    let mut units = geography().units().to_vec();
    units[1].outline[0].pop();
    let open = Geography::new(geography().levels().to_vec(), units).unwrap();
    let refused = write(&trial, async |w| w.adopt_geography(&event(), &open).await);
    assert_eq!(refused.await.unwrap_err().code(), "outline.short");
    let unknown = write(&trial, async |w| {
        w.adopt_geography(&none, &geography()).await
    });
    assert_eq!(unknown.await.unwrap_err().code(), "store.unknown");
    let again = write(&trial, async |w| {
        w.adopt_contests(&event(), &contests()).await
    });
    assert_eq!(again.await.unwrap_err().code(), "store.already_exists");
    let mut stray = contests();
    stray[0].0.code = contest("x");
    stray[0].0.unit = unit("nowhere");
    let unknown = write(&trial, async |w| {
        w.adopt_contests(&event(), &stray[..1]).await
    });
    assert_eq!(unknown.await.unwrap_err().code(), "store.unknown");
    stray[1].0.code = contest("y");
    stray[1].1 = LawCode::new("no-form").unwrap();
    let unknown = write(&trial, async |w| {
        w.adopt_contests(&event(), &stray[1..]).await
    });
    assert_eq!(unknown.await.unwrap_err().code(), "store.unknown");
    let size = trial.store.read().await.unwrap().head().await.unwrap().size;
    assert_eq!(
        size, 1,
        "nothing of a refused write is kept, not its entry either"
    );
}

/// The journal of a store is that of one event; of two called at once, one is.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_holds_one_event() {
    let other = |code: &str| Event {
        event: EventId::new(code).unwrap(),
        ..law()
    };
    let call = async |trial: &Trial, event: Event| {
        write(trial, async |w| w.call_event(&event).await).await
    };
    let trial = founded().await;
    let refused = call(&trial, other("oasis-2028")).await.unwrap_err();
    assert_eq!(refused, StoreRefusal::SecondEvent(event()).into());
    assert_eq!(refused.code(), "store.second_event");
    let says = refused.to_string();
    assert!(says.contains("oasis-2027") && says.contains("another store"));
    let trial = Trial::start().await.unwrap();
    let both = tokio::join!(call(&trial, other("one")), call(&trial, other("two")));
    let codes = [both.0, both.1].map(|answer| answer.map_err(|no| no.code()));
    let second = Err("store.second_event");
    assert!(
        codes == [Ok(()), second] || codes == [second, Ok(())],
        "{codes:?}"
    );
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.events().await.unwrap().len(), 1);
    assert_eq!(read.head().await.unwrap().size, 1);
}

/// Past our code, in a transaction that began before another one's event was there.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_see_the_event_calls_no_second_one() {
    for level in ["READ COMMITTED", "REPEATABLE READ", "SERIALIZABLE"] {
        let trial = Trial::start().await.unwrap();
        let (early, late) = (
            trial.connect("sanduq_program").await.unwrap(),
            trial.connect("sanduq_program").await.unwrap(),
        );
        let call =
            |code| format!("INSERT INTO operations.event (code, names) VALUES ('{code}', '{{}}')");
        for client in [&early, &late] {
            client
                .batch_execute("SET ROLE sanduq_executive")
                .await
                .unwrap();
        }
        let begin = format!("BEGIN ISOLATION LEVEL {level}; SELECT FROM operations.event");
        early.batch_execute(&begin).await.unwrap();
        late.batch_execute(&call("one")).await.unwrap();
        let refused = early.batch_execute(&call("two")).await;
        assert!(refused.is_err(), "{level}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_is_released_once() {
    let trial = founded().await;
    let release = |code| {
        let trial = &trial;
        async move {
            let codes = [contest(code)];
            write(trial, async |w| w.release_contests(&event(), &codes).await).await
        }
    };
    release("president").await.unwrap();
    let read = trial.store.read().await.unwrap();
    let released: Vec<bool> = read
        .contests(&event())
        .await
        .unwrap()
        .iter()
        .map(|c| c.released)
        .collect();
    assert_eq!(released, [true, false]);
    drop(read);
    let again = release("president").await;
    assert_eq!(again, Err(StoreRefusal::Conflict.into()));
    assert_eq!(release("nobody").await.unwrap_err().code(), "store.unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn lots_and_seals_are_kept_in_their_order() {
    let trial = founded().await;
    let code = |text| ChoiceCode::new(text).unwrap();
    let lots = ["a", "b"].map(|drawn| Lot {
        among: vec![code("a"), code("b")],
        drawn: vec![code(drawn)],
    });
    let seal = |snapshot: &str, second| Seal {
        snapshot: snapshot.to_owned(),
        manifest: "00".repeat(32),
        at: at(second),
    };
    write(&trial, async |w| {
        for lot in &lots {
            w.keep_lot(&event(), &contest("president"), lot).await?;
        }
        w.seal(&event(), &seal("2-bb", 20)).await?;
        w.seal(&event(), &seal("1-aa", 10)).await
    })
    .await
    .unwrap();
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.contests(&event()).await.unwrap()[0].lots, lots);
    let seals = read.seals(&event()).await.unwrap();
    assert_eq!(seals, [seal("1-aa", 10), seal("2-bb", 20)]);
    drop(read);
    let again = write(&trial, async |w| w.seal(&event(), &seal("1-aa", 30)).await).await;
    assert_eq!(again.unwrap_err().code(), "store.already_exists");
    let stray = write(&trial, async |w| {
        w.keep_lot(&event(), &contest("nobody"), &lots[0]).await
    });
    assert_eq!(stray.await.unwrap_err().code(), "store.unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_roll_is_frozen_once_and_stations_are_told_their_numbers() {
    let trial = founded().await;
    let roll = FrozenRoll {
        registered: Registered::new(7),
        digest: "ab".repeat(32),
    };
    let freeze = |event: EventId| {
        let (trial, roll) = (&trial, &roll);
        async move {
            write_as(trial, Access::Registrar, async |w| {
                w.freeze_roll(&event, roll).await
            })
            .await
        }
    };
    let none = EventId::new("none").unwrap();
    assert_eq!(freeze(none).await.unwrap_err().code(), "store.unknown");
    freeze(event()).await.unwrap();
    assert_eq!(freeze(event()).await, Err(StoreRefusal::RollFrozen.into()));
    let tell = |code: &'static str| {
        let trial = &trial;
        async move {
            let told = [
                (unit("c1-s1"), Registered::new(3)),
                (unit(code), Registered::new(4)),
            ];
            let work = async |w: &mut Write| w.register_stations(&event(), &told).await;
            write_as(trial, Access::Registrar, work).await
        }
    };
    for stray in ["c1", "nowhere"] {
        assert_eq!(
            tell(stray).await.unwrap_err().code(),
            "store.unknown",
            "{stray}"
        );
    }
    tell("c2-s2").await.unwrap();
    let read = trial.store.read().await.unwrap();
    assert_eq!(
        read.frozen_roll(&event()).await.unwrap(),
        Some(roll.clone())
    );
    let tree = read.geography(&event()).await.unwrap().unwrap();
    let told: Vec<_> = tree
        .stations()
        .map(|ix| tree.unit(ix).registered.unwrap().get())
        .collect();
    assert_eq!(told, [3, 100, 100, 4]);
}
