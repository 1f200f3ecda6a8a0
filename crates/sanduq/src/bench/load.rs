//! An invented event to measure by: a nation of regions and stations, one contest of fourteen lists
//! on a sheet of twelve lines, and a file of such sheets.

use crate::exit::Ended;
use crate::fresh::Fresh;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
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
use sanduq_count::form::Form;
use sanduq_count::publication::LawText;
use sanduq_count::sheet::Figures;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::event::Event;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

/// The code of the event, of its form and of its profile.
pub const CODE: &str = "load";
/// Sheets of the file: as many as the largest published election that we read has.
const SHEETS: u64 = 96_325;
/// Stations of a region.
const REGION: u64 = 450;
const LISTS: u64 = 14;
const PROFILE: &str = include_str!("load/profile.toml");
const FORM: &str = include_str!("load/form.toml");
const SEATS: &str = include_str!("load/seats.toml");

/// A count as a figure.
pub fn float(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

/// The event.
pub fn event() -> EventId {
    EventId::new(CODE).expect("four letters are a code")
}

/// One of the clerks.
pub fn clerk(number: usize) -> Actor {
    Actor {
        id: ActorId::new(&format!("clerk-{number}")).expect("letters and a number are a code"),
        organ: Organ::Executive,
    }
}

/// The time of everything.
pub fn at() -> Timestamp {
    Timestamp::from_second(1_805_000_000).expect("a time of 2027")
}

/// The form of the sheets.
pub fn form() -> Form {
    Form::from_toml(FORM).expect("the form is in order")
}

/// What stands on the sheet of a station: it balances.
fn counted(number: u64) -> ([u64; 12], Vec<u64>) {
    let lists: Vec<u64> = (0..LISTS)
        .map(|list| (number * 7 + list * list * 13) % (200 / (list + 1) + 2))
        .collect();
    let valid: u64 = lists.iter().sum();
    let invalid = number % 9;
    let voted = valid + invalid;
    let registered = voted + 100 + number % 400;
    let received = registered + registered / 10;
    let fields = [
        registered,
        voted + number % 3,
        number % 3,
        voted,
        received,
        received - voted - number % 2,
        number % 2,
        voted,
        voted,
        valid,
        invalid,
        0,
    ];
    (fields, lists)
}

/// The figures of the sheet of a station.
pub fn figures(number: usize) -> Figures {
    let (fields, lists) = counted(u64::try_from(number).unwrap_or(0));
    let votes = |figures: &[u64]| figures.iter().map(|n| Some(Votes::new(*n))).collect();
    Figures {
        fields: votes(&fields),
        choices: votes(&lists),
    }
}

/// Writes the law of the event as a folder of jurisdictions, and a file of its sheets beside it.
pub fn file(folder: &Path) -> std::io::Result<PathBuf> {
    let law = folder.join(CODE);
    for (place, text) in [("forms", FORM), ("seats", SEATS)] {
        std::fs::create_dir_all(law.join(place))?;
        std::fs::write(law.join(place).join(format!("{CODE}.toml")), text)?;
    }
    std::fs::write(law.join("profile.toml"), PROFILE)?;
    let path = folder.join("sheets.csv");
    let mut out = BufWriter::new(std::fs::File::create(&path)?);
    write!(out, "region,station")?;
    (1..=12).try_for_each(|field| write!(out, ",f{field}"))?;
    (1..=LISTS).try_for_each(|list| write!(out, ",list {list}"))?;
    for number in 0..SHEETS {
        write!(out, "\nregion {},{}", number / REGION, number % REGION)?;
        let (fields, lists) = counted(number);
        fields
            .iter()
            .chain(&lists)
            .try_for_each(|figure| write!(out, ",{figure}"))?;
    }
    writeln!(out)?;
    out.flush()?;
    Ok(path)
}

/// A fresh store, which goes with the folder.
pub async fn store() -> Result<(Fresh, Store), Ended> {
    let folder = Fresh::new().map_err(Ended::fault)?;
    let dir = folder.store();
    let store = Store::open(&Config::Private { dir }).await?;
    Ok((folder, store))
}

fn geography(stations: usize) -> (Geography, Vec<UnitCode>) {
    let unit = |code: &str, parent: Option<&str>, level| Unit {
        code: UnitCode::new(code).expect("letters and numbers are a code"),
        parent: parent.map(|code| UnitCode::new(code).expect("a code")),
        level,
        names: Names::new("مكتب الاقتراع", code),
        registered: (level == 2).then_some(Registered::new(900)),
        place: None,
        outline: Vec::new(),
    };
    let mut units = vec![unit("n", None, 0)];
    let mut codes = Vec::new();
    for number in 0..u64::try_from(stations).unwrap_or(0) {
        let region = format!("r{:03}", number / REGION);
        if number % REGION == 0 {
            units.push(unit(&region, Some("n"), 1));
        }
        let station = unit(
            &format!("{region}-{:05}", number % REGION),
            Some(&region),
            2,
        );
        codes.push(station.code.clone());
        units.push(station);
    }
    let profile = Profile::from_toml(PROFILE).expect("the profile is in order");
    let tree = Geography::new(profile.levels, units).expect("regions stand before stations");
    (tree, codes)
}

/// The contest.
pub fn contest() -> Contest {
    let choice = |number| Choice {
        code: ChoiceCode::new(&format!("l{number}")).expect("a letter and a number are a code"),
        names: Names::plain("list"),
        candidates: Vec::new(),
    };
    Contest {
        code: ContestCode::new("list").expect("four letters are a code"),
        unit: UnitCode::new("n").expect("a letter is a code"),
        names: Names::plain("List"),
        seats: 225,
        max_choices: 1,
        exact_choice: true,
        seat_rule: None,
        choices: (1..=LISTS).map(choice).collect(),
    }
}

/// Calls the event with so many stations, its contest released; the codes of its stations.
pub async fn adopt(store: &Store, stations: usize) -> Result<Vec<UnitCode>, StoreError> {
    let (geography, codes) = geography(stations);
    let law = |text: &str| LawText {
        code: LawCode::new(CODE).expect("four letters are a code"),
        text: text.to_owned(),
    };
    let called = Event {
        event: event(),
        names: Names::plain("Load"),
        profile: law(PROFILE),
        forms: vec![law(FORM)],
        seat_rules: Vec::new(),
    };
    let contests = [(contest(), law(FORM).code)];
    let released = [contest().code];
    store
        .write(&clerk(1), at(), async |w| {
            w.call_event(&called).await?;
            w.adopt_geography(&event(), &geography).await?;
            w.adopt_contests(&event(), &contests).await?;
            w.release_contests(&event(), &released).await?;
            w.journal(w.entry(Act::GeographyAdopted));
            Ok::<_, StoreError>(())
        })
        .await?;
    Ok(codes)
}
