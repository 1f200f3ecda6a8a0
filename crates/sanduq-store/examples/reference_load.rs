//! How long the store takes for the reference loads: `cargo run --release -p sanduq-store --example
//! reference_load [SHEETS] [ELECTORS]`. Prints one line for each; nothing is kept.
//!
//! The clock is read here, outside the store.

use jiff::Timestamp;
use jiff::civil::date;
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
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_operations::station_day::Opening;
use sanduq_register::agency::Sex;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use sanduq_register::roll::RollDigest;
use sanduq_store::Access;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::event::Event;
use sanduq_store::poll_book::CheckInWriter;
use sanduq_store::poll_book::Presented;
use std::error::Error;
use std::time::Duration;
use std::time::Instant;

type Done = Result<(), Box<dyn Error>>;

const PROFILE: &str = r#"
code = "load"
names = { en = "Load" }
polling_day = "2027-03-14"
offset_minutes = 0
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [
    { code = "nation", names = { en = "Nation" } },
    { code = "region", names = { en = "Region" } },
    { code = "station", names = { en = "Station" } },
]
"#;
/// Lines of the form and choices of the contest: 26 figures a sheet.
const FIELDS: usize = 12;
const CHOICES: usize = 14;
/// Sheets a region.
const REGION: usize = 450;

#[tokio::main]
async fn main() -> Done {
    let mut arguments = std::env::args().skip(1);
    let mut number = |default| arguments.next().map_or(Ok(default), |text| text.parse());
    let (sheets, electors): (usize, usize) = (number(96_325)?, number(1_000_000)?);
    let folder = tempfile::tempdir()?;
    let config = Config::Private {
        dir: folder.path().join("store"),
    };
    let start = Instant::now();
    let store = Store::open(&config).await?;
    said("first opening", 1, start.elapsed());
    drop(store);
    let start = Instant::now();
    let store = Store::open(&config).await?;
    said("later opening", 1, start.elapsed());
    let stations = adopt(&store, sheets).await?;
    import(&store, &stations).await?;
    count(&store, sheets).await?;
    people(&store, &stations, electors).await?;
    open(&store, &stations).await?;
    let part = electors / 4;
    check_in_many(&store, &presented(&stations, 0..part), 5_000).await?;
    check_in_many(&store, &presented(&stations, part..2 * part), 50_000).await?;
    check_in_one_by_one(&store, &presented(&stations, 2 * part..3 * part)).await?;
    write_one_by_one(&store, &stations).await
}

fn said(what: &str, count: usize, took: Duration) {
    let rate = count as f64 / took.as_secs_f64();
    println!(
        "{what:<44} {count:>9}  {:>8.3} s  {rate:>10.0}/s",
        took.as_secs_f64()
    );
}

fn event() -> EventId {
    EventId::new("load").expect("a code")
}

fn clerk() -> Actor {
    Actor {
        id: ActorId::new("clerk-1").expect("a code"),
        organ: Organ::Executive,
    }
}

fn at() -> Timestamp {
    Timestamp::from_second(1_805_000_000).expect("a time")
}

fn form() -> String {
    let field = |number| {
        format!("[[field]]\ncode = \"f{number}\"\nmeaning = \"other\"\nnames = {{ en = \"x\" }}\n")
    };
    let fields: String = (0..FIELDS).map(field).collect();
    format!("code = \"load\"\nnames = {{ en = \"Load\" }}\n{fields}")
}

fn law(text: String) -> Result<LawText, Box<dyn Error>> {
    Ok(LawText {
        code: LawCode::new("load")?,
        text,
    })
}

/// A nation of one level of regions, and its stations.
fn geography(sheets: usize) -> Result<(Geography, Vec<UnitCode>), Box<dyn Error>> {
    let unit = |code: &str, parent: Option<&str>, level| {
        Ok::<_, Box<dyn Error>>(Unit {
            code: UnitCode::new(code)?,
            parent: parent.map(UnitCode::new).transpose()?,
            level,
            names: Names::new("مكتب الاقتراع", code),
            registered: (level == 2).then_some(Registered::new(900)),
            place: None,
        })
    };
    let mut units = vec![unit("n", None, 0)?];
    let mut stations = Vec::new();
    for number in 0..sheets {
        let region = format!("r{:03}", number / REGION);
        if number % REGION == 0 {
            units.push(unit(&region, Some("n"), 1)?);
        }
        let code = format!("{region}-{:05}", number % REGION);
        units.push(unit(&code, Some(&region), 2)?);
        stations.push(UnitCode::new(&code)?);
    }
    let tree = Geography::new(Profile::from_toml(PROFILE)?.levels, units)?;
    Ok((tree, stations))
}

fn contest() -> Result<Contest, Box<dyn Error>> {
    let choice = |number| {
        Ok::<_, Box<dyn Error>>(Choice {
            code: ChoiceCode::new(&format!("l{number}"))?,
            names: Names::plain("list"),
            candidates: Vec::new(),
        })
    };
    Ok(Contest {
        code: ContestCode::new("list")?,
        unit: UnitCode::new("n")?,
        names: Names::plain("List"),
        seats: 225,
        max_choices: 1,
        exact_choice: true,
        seat_rule: None,
        choices: (0..CHOICES).map(choice).collect::<Result<_, _>>()?,
    })
}

async fn adopt(store: &Store, sheets: usize) -> Result<Vec<UnitCode>, Box<dyn Error>> {
    let (geography, stations) = geography(sheets)?;
    let called = Event {
        event: event(),
        names: Names::plain("Load"),
        profile: law(PROFILE.to_owned())?,
        forms: vec![law(form())?],
        seat_rules: Vec::new(),
    };
    let contests = [(contest()?, LawCode::new("load")?)];
    let codes = [contests[0].0.code.clone()];
    let start = Instant::now();
    let adopted: Result<(), StoreError> = store
        .write(&clerk(), at(), async |w| {
            w.call_event(&called).await?;
            w.adopt_geography(&event(), &geography).await?;
            w.adopt_contests(&event(), &contests).await?;
            w.release_contests(&event(), &codes).await?;
            let entry = w.entry(Act::GeographyAdopted);
            w.journal(entry);
            Ok(())
        })
        .await;
    adopted?;
    said(
        "geography adopted",
        geography.units().len(),
        start.elapsed(),
    );
    Ok(stations)
}

fn sheet(station: &UnitCode, number: u64) -> Result<Change<Sheet>, Box<dyn Error>> {
    let figures = |count: usize| {
        let one = |line| Some(Votes::new((number * 7 + line * 13) % 1500));
        (0..u64::try_from(count).unwrap_or(0)).map(one).collect()
    };
    let key = SheetKey {
        contest: ContestCode::new("list")?,
        station: station.clone(),
    };
    let entry = Entry::new(Act::SheetAccepted, &clerk(), at())
        .with("contest", &key.contest)
        .with("station", &key.station)
        .with("version", 1)
        .with(
            "digest",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        );
    Ok(Change {
        next: Sheet {
            key,
            version: 1,
            state: SheetState::Accepted {
                figures: Figures {
                    fields: figures(FIELDS),
                    choices: figures(CHOICES),
                },
                findings: Vec::new(),
                decision: None,
                proposal: None,
            },
        },
        entry,
    })
}

async fn import(store: &Store, stations: &[UnitCode]) -> Done {
    let sheets: Result<Vec<_>, _> = (0..)
        .zip(stations)
        .map(|(n, code)| sheet(code, n))
        .collect();
    let sheets = sheets?;
    let start = Instant::now();
    let mut import = store.import(&clerk(), &event()).await?;
    for change in &sheets {
        import.sheet(change).await?;
    }
    import.finish().await?;
    said("sheets and entries imported", sheets.len(), start.elapsed());
    Ok(())
}

async fn count(store: &Store, sheets: usize) -> Done {
    let read = store.read().await?;
    let start = Instant::now();
    let (mut stations, mut sum) = (0, 0);
    let contest = ContestCode::new("list")?;
    read.counted(&event(), &contest, |_, figures| {
        stations += 1;
        sum += figures
            .choices
            .iter()
            .flatten()
            .map(|votes| votes.get())
            .sum::<u64>();
    })
    .await?;
    said("figures counted", stations, start.elapsed());
    let start = Instant::now();
    let snapshot = read.snapshot(&event()).await?.ok_or("no snapshot")?;
    said("snapshot taken", snapshot.sheets.len(), start.elapsed());
    let start = Instant::now();
    let head = read.verify_journal().await?;
    said(
        "journal verified",
        usize::try_from(head.size)?,
        start.elapsed(),
    );
    let start = Instant::now();
    let states = read.sheets_by_state(&event()).await?;
    said(
        "sheets counted by state",
        usize::try_from(states[0].sheets)?,
        start.elapsed(),
    );
    assert!(sum > 0 && stations == sheets);
    Ok(())
}

fn key(number: usize) -> ElectorKey {
    ElectorKey::of(&[7; 32], &number.to_string())
}

async fn people(store: &Store, stations: &[UnitCode], electors: usize) -> Done {
    let mut keys: Vec<(ElectorKey, usize)> = (0..electors).map(|n| (key(n), n)).collect();
    keys.sort_unstable();
    let entry = |act| vec![Entry::new(act, &clerk(), at())];
    let start = Instant::now();
    let mut load = store.enrol_electors(&clerk(), &event()).await?;
    let mut elector = Elector {
        key: key(0),
        name_ar: "فاطمة بنت محمد الواحية".to_owned(),
        name_latin: "Fatima Mohamed El Wahia".to_owned(),
        sex: Sex::F,
        born: date(1980, 5, 6),
        domicile: UnitCode::new("r000")?,
    };
    for (key, _) in &keys {
        elector.key = *key;
        load.elector(&elector).await?;
    }
    load.finish(entry(Act::AgencyBatchApplied)).await?;
    said(
        "electors enrolled, by ascending key",
        electors,
        start.elapsed(),
    );
    let start = Instant::now();
    let mut load = store.place_voters(&clerk(), &event()).await?;
    for (key, number) in &keys {
        load.place(*key, &stations[number % stations.len()]).await?;
    }
    load.finish(entry(Act::VotersPlaced)).await?;
    said("electors placed", electors, start.elapsed());
    let start = Instant::now();
    let read = store.read_as(Access::Registrar).await?;
    let (mut roll, mut digest) = (read.roll(&event()).await?, RollDigest::default());
    while let Some((key, domicile)) = roll.next().await? {
        digest.add(key, &domicile)?;
    }
    said("roll read in order and digested", electors, start.elapsed());
    Ok(())
}

async fn open(store: &Store, stations: &[UnitCode]) -> Done {
    let opening = Opening {
        head_present: true,
        ballots: 1000,
        box_sealed: true,
    };
    let all: Vec<_> = stations
        .iter()
        .map(|code| (code.clone(), opening))
        .collect();
    let start = Instant::now();
    let opened: Result<(), StoreError> = store
        .write_as(Access::Station, &clerk(), at(), async |w| {
            w.open_stations(&event(), &all, at()).await?;
            let entry = w.entry(Act::StationsOpened);
            w.journal(entry);
            Ok(())
        })
        .await;
    opened?;
    said("stations opened", stations.len(), start.elapsed());
    Ok(())
}

fn presented(stations: &[UnitCode], numbers: core::ops::Range<usize>) -> Vec<Presented> {
    let one = |number: usize| Presented {
        elector: key(number),
        station: stations[number % stations.len()].clone(),
        at: at(),
    };
    numbers.map(one).collect()
}

async fn check_in_many(store: &Store, presented: &[Presented], batch: usize) -> Done {
    let start = Instant::now();
    for batch in presented.chunks(batch) {
        let voted: Result<u64, StoreError> = store
            .write_as(Access::Station, &clerk(), at(), async |w| {
                let done = w.check_in(&event(), batch).await?;
                let entry = w.entry(Act::CheckInsRecorded).with("digest", done.digest);
                w.journal(entry);
                Ok(done.voted.get())
            })
            .await;
        assert_eq!(voted?, batch.len() as u64);
    }
    let what = format!("check-ins by the bulk door, {batch} at once");
    said(&what, presented.len(), start.elapsed());
    Ok(())
}

async fn check_in_one_by_one(store: &Store, presented: &[Presented]) -> Done {
    let writer = CheckInWriter::start(store, &event(), &clerk());
    let start = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for part in presented.chunks(presented.len().div_ceil(512).max(1)) {
        let (writer, part) = (writer.clone(), part.to_vec());
        clients.spawn(async move {
            for one in part {
                writer.check_in(one).await?;
            }
            Ok::<_, StoreError>(())
        });
    }
    for client in clients.join_all().await {
        client?;
    }
    said(
        "check-ins one by one, 512 clients",
        presented.len(),
        start.elapsed(),
    );
    Ok(())
}

async fn write_one_by_one(store: &Store, stations: &[UnitCode]) -> Done {
    let count = 4_000;
    let start = Instant::now();
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8 {
        let store = store.clone();
        let stations: Vec<_> = stations
            .iter()
            .skip(writer)
            .step_by(8)
            .take(count / 8)
            .collect();
        let stations: Vec<_> = stations.into_iter().cloned().collect();
        writers.spawn(async move {
            for station in stations {
                let written: Result<(), StoreError> = store
                    .write(&clerk(), at(), async |w| {
                        let key = SheetKey {
                            contest: ContestCode::new("list").expect("a code"),
                            station,
                        };
                        w.sheet(&event(), &key).await?;
                        let entry = w.entry(Act::SheetProposed);
                        w.journal(entry);
                        Ok(())
                    })
                    .await;
                written?;
            }
            Ok::<_, StoreError>(())
        });
    }
    for writer in writers.join_all().await {
        writer?;
    }
    said(
        "writes of a sheet's size, 8 writers",
        count,
        start.elapsed(),
    );
    Ok(())
}
