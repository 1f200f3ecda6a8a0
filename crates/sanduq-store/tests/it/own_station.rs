//! Where a voter votes: one function answers, to whoever knows the number and the day of birth, and
//! the public may touch no table of persons.

use crate::nation::at;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::founded;
use crate::nation::unit;
use jiff::civil::Date;
use jiff::civil::date;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::count::Registered;
use sanduq_register::agency::Sex;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::event::FrozenRoll;
use sanduq_store::own_station::Claim;
use sanduq_store::own_station::EventSecret;
use sanduq_store::own_station::OwnStation;
use sanduq_store::trial::Trial;

const SECRET: [u8; 32] = [7; 32];
const BORN: Date = date(1990, 1, 1);

/// Two electors: one is placed, the other is not.
async fn enrolled() -> Trial {
    let trial = founded().await;
    let mut load = trial
        .store
        .enrol_electors(&executive(), &event())
        .await
        .unwrap();
    for number in ["290010112345", "290010112346"] {
        let elector = Elector {
            key: ElectorKey::of(&SECRET, number),
            name_ar: "ليلى".to_owned(),
            name_latin: "Layla".to_owned(),
            sex: Sex::F,
            born: BORN,
            domicile: unit("c1"),
        };
        load.elector(&elector).await.unwrap();
    }
    let entry = |act| Entry::new(act, &executive(), at(1));
    load.finish(vec![entry(Act::AgencyBatchApplied)])
        .await
        .unwrap();
    let mut load = trial
        .store
        .place_voters(&executive(), &event())
        .await
        .unwrap();
    let placed = ElectorKey::of(&SECRET, "290010112345");
    load.place(placed, &unit("c1-s1")).await.unwrap();
    load.finish(entry(Act::VotersPlaced)).await.unwrap();
    trial
}

async fn freeze(trial: &Trial) {
    let frozen = FrozenRoll {
        registered: Registered::new(2),
        digest: "00".to_owned(),
    };
    let freeze: Result<(), StoreError> = trial
        .store
        .write_as(Access::Registrar, &executive(), at(2), async |w| {
            w.freeze_roll(&event(), &frozen).await?;
            w.journal(w.entry(Act::RollFrozen));
            Ok(())
        })
        .await;
    freeze.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_station_for_the_right_pair_and_nothing_for_any_other() {
    let trial = enrolled().await;
    let ask = async |secret: [u8; 32], number: &str, born| {
        let claim = Claim::new(number, born).unwrap();
        let secret = EventSecret::new(secret);
        trial
            .store
            .own_station(&event(), &secret, &claim)
            .await
            .unwrap()
    };
    let number = "290010112345";
    assert_eq!(ask(SECRET, number, BORN).await, OwnStation::NotFrozen);
    freeze(&trial).await;
    let there = OwnStation::At(unit("c1-s1"));
    assert_eq!(ask(SECRET, number, BORN).await, there);
    assert_eq!(
        ask(SECRET, "290010112346", BORN).await,
        OwnStation::NotPlaced
    );
    for (secret, number, born) in [
        (SECRET, number, date(1990, 1, 2)),
        (SECRET, "290010112347", BORN),
        (SECRET, "290010112346", date(1899, 12, 31)),
        ([8; 32], number, BORN),
    ] {
        assert_eq!(
            ask(secret, number, born).await,
            OwnStation::NotFound,
            "{number} {born}"
        );
    }
    assert!(Claim::new("12345", BORN).is_none() && Claim::new("29001011234x", BORN).is_none());
    let claim = Claim::new(number, BORN).unwrap();
    let shown = format!("{claim:?} {:?}", EventSecret::new([49; 32]));
    assert_eq!(
        shown, "Claim EventSecret",
        "nothing of either reaches a log"
    );
}

/// The lock of rights, tried past our code as the program's own log-in in the role of the public.
#[tokio::test(flavor = "multi_thread")]
async fn the_public_may_ask_the_function_and_no_table() {
    let trial = enrolled().await;
    freeze(&trial).await;
    let program = trial.connect("sanduq_program").await.unwrap();
    program
        .batch_execute("SET ROLE sanduq_public")
        .await
        .unwrap();
    for sql in [
        "SELECT FROM people.elector",
        "SELECT FROM people.placement",
        "SELECT FROM people.check_in",
        "INSERT INTO people.placement SELECT 0, '', gen_random_uuid(), ''",
    ] {
        let no = program.batch_execute(sql).await.unwrap_err();
        assert_eq!(no.code().unwrap().code(), "42501", "{sql}");
    }
    // A table and an operator of the asker's own, first in the asker's path, change nothing.
    let key: String = ElectorKey::of(&SECRET, "290010112345")
        .0
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let bucket = u8::from_str_radix(&key[..1], 16).unwrap();
    let ask = format!(
        "SET search_path = pg_temp, public; SELECT station FROM \
         operations.own_station({bucket}::smallint, '{}', '{key}', '1990-01-01')",
        event()
    );
    let answers = program.simple_query(&ask).await.unwrap();
    let station = answers.iter().find_map(|answer| match answer {
        tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    });
    assert_eq!(station.as_deref(), Some("c1-s1"));
    let owner = trial.connect("sanduq").await.unwrap();
    let name = "operations.own_station(smallint, text, uuid, date)";
    for role in [
        "executive",
        "supervision",
        "registrar",
        "station",
        "technical",
        "login",
    ] {
        let sql = "SELECT has_function_privilege($1, $2, 'EXECUTE')";
        let role = format!("sanduq_{role}");
        let may: bool = owner.query_one(sql, &[&role, &name]).await.unwrap().get(0);
        assert!(!may, "{role}");
    }
    let sql = "SELECT prosecdef, proconfig FROM pg_proc WHERE oid = $1::text::regprocedure";
    let row = owner.query_one(sql, &[&name]).await.unwrap();
    assert!(
        row.get::<_, bool>(0),
        "it works with the rights of the owner"
    );
    let settings: Vec<String> = row.get(1);
    assert_eq!(settings, ["search_path=pg_catalog, pg_temp"]);
}
