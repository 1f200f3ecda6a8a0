//! A nation of two constituencies with two stations each, for the stories of the other files.

use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::count::Registered;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::id::ActorId;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;
use sanduq_count::publication::LawText;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::event::Event;
use sanduq_store::trial::Trial;

pub const PROFILE: &str = r#"
code = "oasis"
names = { ar = "الواحة", en = "Oasis" }
invented = true
polling_day = "2027-03-14"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [
    { code = "nation", names = { en = "Nation" } },
    { code = "constituency", names = { en = "Constituency" } },
    { code = "station", names = { en = "Station" } },
]
"#;

pub const FORM: &str = r#"
code = "sheet"
names = { en = "Sheet" }

[[field]]
code = "f10"
meaning = "valid"
names = { en = "Valid" }

[[field]]
code = "f11"
meaning = "invalid"
names = { en = "Invalid" }
optional = true
"#;

pub fn event() -> EventId {
    EventId::new("oasis-2027").unwrap()
}

pub fn unit(code: &str) -> UnitCode {
    UnitCode::new(code).unwrap()
}

pub fn contest(code: &str) -> ContestCode {
    ContestCode::new(code).unwrap()
}

pub fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_805_000_000 + second).unwrap()
}

pub fn actor(organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(&format!("{}-1", organ.code())).unwrap(),
        organ,
    }
}

pub fn executive() -> Actor {
    actor(Organ::Executive)
}

pub fn supervision() -> Actor {
    actor(Organ::Supervision)
}

pub fn law() -> Event {
    let text = |code, text: &str| LawText {
        code: LawCode::new(code).unwrap(),
        text: text.to_owned(),
    };
    Event {
        event: event(),
        names: Names::new("انتخابات الواحة", "Election of the oasis"),
        profile: text("oasis", PROFILE),
        forms: vec![text("sheet", FORM)],
        seat_rules: vec![text("plurality", "rule = \"plurality\"\n")],
    }
}

/// The nation `n`, constituencies `c1` and `c2`, stations `c1-s1` to `c2-s2`; `c3` is a
/// constituency in which no station is.
pub fn geography() -> Geography {
    let one = |code: &str, parent: Option<&str>, level| Unit {
        code: unit(code),
        parent: parent.map(unit),
        level,
        names: Names::new("مكان", code),
        registered: (level == 2).then_some(Registered::new(100)),
        place: (code == "c1-s1").then_some((24_000_000, -1_500_000)),
        outline: match code {
            "c1" => vec![vec![(0, 0), (0, -9), (9, -9), (0, 0)]],
            _ => Vec::new(),
        },
    };
    let mut units = vec![one("n", None, 0)];
    for above in ["c1", "c2"] {
        units.push(one(above, Some("n"), 1));
        for station in ["s1", "s2"] {
            units.push(one(&format!("{above}-{station}"), Some(above), 2));
        }
    }
    units.push(one("c3", Some("n"), 1));
    let levels = Profile::from_toml(PROFILE).unwrap().levels;
    Geography::new(levels, units).unwrap()
}

/// `president` of the nation and `seat-c1` of the first constituency, two choices each.
pub fn contests() -> Vec<(Contest, LawCode)> {
    let one = |code, of| Contest {
        code: contest(code),
        unit: unit(of),
        names: Names::plain(code),
        seats: 1,
        max_choices: 1,
        exact_choice: true,
        seat_rule: Some(LawCode::new("plurality").unwrap()),
        choices: ["a", "b"]
            .map(|choice| Choice {
                code: ChoiceCode::new(choice).unwrap(),
                names: Names::plain(choice),
                candidates: Vec::new(),
            })
            .to_vec(),
    };
    [("president", "n"), ("seat-c1", "c1")]
        .map(|(code, of)| (one(code, of), LawCode::new("sheet").unwrap()))
        .to_vec()
}

/// An empty store in which the event was called and everything adopted.
pub async fn founded() -> Trial {
    let trial = Trial::start().await.unwrap();
    found(&trial.store).await;
    trial
}

pub async fn found(store: &Store) {
    store.write(&executive(), at(0), lay).await.unwrap();
}

/// Calls the event and adopts everything.
pub async fn lay(write: &mut Write) -> Result<(), StoreError> {
    write.call_event(&law()).await?;
    write.adopt_geography(&event(), &geography()).await?;
    write.adopt_contests(&event(), &contests()).await?;
    let entry = write.entry(Act::EventCalled).with("event", event());
    write.journal(entry);
    Ok(())
}

pub fn key(of: &str, station: &str) -> SheetKey {
    SheetKey {
        contest: contest(of),
        station: unit(station),
    }
}

pub fn figures(fields: [u64; 2], choices: [u64; 2]) -> Figures {
    let all = |figures: [u64; 2]| figures.map(|figure| Some(Votes::new(figure))).to_vec();
    Figures {
        fields: all(fields),
        choices: all(choices),
    }
}

pub fn accepted(figures: Figures) -> SheetState {
    SheetState::Accepted {
        figures,
        findings: Vec::new(),
        decision: None,
        proposal: None,
    }
}

/// A change to a state, with a plain entry.
pub fn change(key: SheetKey, version: u32, state: SheetState, second: i64) -> Change<Sheet> {
    let entry = Entry::new(Act::SheetReceived, &executive(), at(second))
        .with("contest", &key.contest)
        .with("station", &key.station)
        .with("version", version);
    Change {
        next: Sheet {
            salt: Salts::new(&[7; 32]).version(&key, version),
            key,
            version,
            state,
        },
        entry,
    }
}

/// Releases a contest in somebody's name.
pub async fn release(trial: &Trial, by: &Actor, code: &str) {
    let codes = [contest(code)];
    let released: Result<(), StoreError> = trial
        .store
        .write(by, at(20), async |w| {
            w.release_contests(&event(), &codes).await?;
            let entry = w.entry(Act::CandidateFiguresReleased);
            w.journal(entry);
            Ok(())
        })
        .await;
    released.unwrap();
}
