//! Serves the pages of an invented nation from memory: `cargo run -p sanduq-web --example sample`.
//! With `--stage dawn|opening|morning|noon|closing|counting|complete` it stands still; with
//! `--live` the day goes by, a step every second; with `--large` the nation has sixty thousand
//! stations; with `--record-refusal` its law records a refusal to sign and lets the proposal stand;
//! and with `--measure` it is not served, but its board is refreshed a hundred times.
//! `E-1201` and the other numbers log in with the password `wahat-2027`.

mod large;
mod nation;
mod story;
mod typing;

use nation::Stage;
use nation::sample;
use nation::voters;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::law::SecondSignature;
use sanduq_core::names::Locale;
use sanduq_count::publication::Snapshot;
use sanduq_journal::note::LogSigner;
use sanduq_operations::staff::Role;
use sanduq_web::app::App;
use sanduq_web::board;
use sanduq_web::condition;
use sanduq_web::links::Links;
use sanduq_web::page::Page;
use sanduq_web::page::Reader;
use sanduq_web::password;
use sanduq_web::serve;
use sanduq_web::signing::Forgetful;
use sanduq_web::signing::Signing;
use sanduq_web::source::Held;
use sanduq_web::source::Source;
use sanduq_web::view::View;
use sanduq_web::wall;
use std::error::Error;
use std::time::Duration;
use std::time::Instant;

/// Heads of stations: of the one that closes last, of the one that opens late, of a silent one.
const HEADS: [(&str, &str); 3] = [
    ("E-0200", "4-4-2-2"),
    ("E-0201", "2-3-1-1"),
    ("E-0202", "3-1-2-2"),
];

/// Service numbers of the sample, for each other role.
const STAFF: [(&str, Role); 11] = [
    ("E-0100", Role::Registrar),
    ("E-1201", Role::Clerk),
    ("E-1202", Role::Clerk),
    ("E-0007", Role::Adjudicator),
    ("S-0003", Role::Supervisor),
    ("S-0004", Role::Supervisor),
    ("E-0300", Role::OperationsOfficer),
    ("E-0400", Role::ResultsOfficer),
    ("T-0001", Role::Administrator),
    ("T-0002", Role::Administrator),
    ("A-0001", Role::Auditor),
];

fn stage(name: &str) -> Option<Stage> {
    Some(match name {
        "dawn" => Stage::Dawn,
        "opening" => Stage::Polling(9),
        "morning" => Stage::Polling(11),
        "noon" => Stage::Polling(14),
        "closing" => Stage::Closing,
        "counting" => Stage::Counting(64),
        "complete" => Stage::Complete,
        _ => return None,
    })
}

/// The whole day, step by step.
fn steps() -> impl Iterator<Item = Stage> {
    let counting = (4..100).step_by(4).map(Stage::Counting);
    let polling = (9..=19).map(Stage::Polling);
    let first = std::iter::once(Stage::Dawn).chain(polling);
    first
        .chain([Stage::Closing])
        .chain(counting)
        .chain([Stage::Complete])
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let after = |name: &str| {
        let at = args.iter().position(|arg| arg == name)?;
        args.get(at + 1).map(String::as_str)
    };
    let listen = after("--listen").unwrap_or("127.0.0.1:8080").parse()?;
    let still = stage(after("--stage").unwrap_or("counting")).ok_or("no such stage")?;
    let given = |name: &str| args.iter().any(|arg| arg == name);
    let live = given("--live");
    let held = Held::default();
    let hash = password::hash("wahat-2027");
    let heads = HEADS.map(|(number, unit)| (number, Role::StationHead, Some(unit)));
    let staff = STAFF.map(|(number, role)| (number, role, None));
    for (number, role, unit) in heads.into_iter().chain(staff) {
        let reader = Reader {
            id: ActorId::new(number)?,
            role,
            unit: unit.map(UnitCode::new).transpose()?,
            locale: Locale::Ar,
        };
        held.enrol(reader, hash.clone());
    }
    let nation = if given("--large") {
        large::sample
    } else {
        sample
    };
    let (mut snapshot, entries) = nation(if live { Stage::Dawn } else { still });
    if given("--record-refusal") {
        snapshot.profile.second_signature = SecondSignature::RecordRefusal;
    }
    if given("--measure") {
        measure(&snapshot);
        return Ok(());
    }
    held.freeze(voters(&snapshot.geography));
    let past = typing::past(&snapshot, &entries);
    held.put(snapshot, entries);
    held.remember(past);
    // Everybody knows this key: the nation is invented.
    let signer = LogSigner::from_seed("sanduq/wahat-2027", &[7; 32])?;
    let signing = Signing::new(signer, Box::new(Forgetful::default()));
    let app = App::new(Source::Held(held), false).with_signing(Some(signing));
    if live {
        tokio::spawn(walk(app.clone()));
    }
    serve::serve(app, listen, |address| println!("http://{address}")).await?;
    Ok(())
}

/// Tells how long a refresh of the board takes for all who watch, and what is sent.
fn measure(snapshot: &Snapshot) {
    let mut took = Vec::new();
    for _ in 0..100 {
        let copy = snapshot.clone();
        let began = Instant::now();
        let view = View::new(copy).expect("the sample adds up");
        let added = began.elapsed();
        let (mut boards, mut walls) = (0, 0);
        for locale in Locale::ALL {
            let page = Page::of(&view, locale, Links::live("/board"), None);
            boards = boards.max(board::body(&page, &view).len());
            walls = walls.max(wall::body(&page, &view).len());
        }
        let marks = condition::bytes(&view).len();
        took.push((began.elapsed(), added, boards, walls, marks));
    }
    took.sort();
    for (name, at) in [("p50", 49), ("p99", 98)] {
        let (whole, added, boards, walls, marks) = took[at];
        let stations = snapshot.geography.stations().count();
        println!(
            "{stations} stations, {name}: refresh {whole:?}, of which adding up {added:?}; \
             at most {boards} bytes of board, {walls} of wall, {marks} of marks"
        );
    }
}

/// Lets the day go by.
async fn walk(app: App) {
    for stage in steps() {
        let Source::Held(held) = app.source() else {
            return;
        };
        let (snapshot, entries) = sample(stage);
        let past = typing::past(&snapshot, &entries);
        held.put(snapshot, entries);
        held.remember(past);
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
