//! Wadi: an invented nation of two districts and six stations on its election night. Its sheets
//! have gone every way that a sheet can go, by the rules themselves, and every step stands in its
//! journal; one contest is not released yet.

mod law;
mod night;

use crate::nation::law::FORM;
use crate::nation::law::HARE;
use crate::nation::law::MAJORITY;
use crate::nation::law::PROFILE;
use crate::nation::night::Night;
use crate::nation::night::others;
use crate::nation::night::president;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Level;
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
use sanduq_count::publication::LawKind;
use sanduq_count::publication::LawText;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::Reports;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::candidates_adopted;
use sanduq_count::publication::figures_released;
use sanduq_count::publication::geography_adopted;
use sanduq_count::publication::law_adopted;
use sanduq_count::publication::stations_closed;
use sanduq_count::publication::stations_opened;
use sanduq_count::publication::turnout_reported;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use std::collections::BTreeMap;

/// The root of a Merkle tree over these entries.
pub type Root = fn(&[Vec<u8>]) -> [u8; 32];

/// The nation with its journal.
pub struct Nation {
    /// Everything public about it.
    pub snapshot: Snapshot,
    /// Every entry of its journal, the first first.
    // Read by the tests of the checker, which share this file.
    #[allow(dead_code)]
    pub entries: Vec<Vec<u8>>,
    /// The sheets as the entries of these numbers left them.
    // Read by the tests of the program, which share this file.
    #[allow(dead_code)]
    pub sheets: BTreeMap<usize, Sheet>,
}

fn text(code: &str, text: &str) -> LawText {
    LawText {
        code: LawCode::new(code).unwrap(),
        text: text.to_owned(),
    }
}

/// A person of an organ.
pub fn actor(id: &str, organ: Organ) -> Actor {
    Actor {
        id: ActorId::new(id).unwrap(),
        organ,
    }
}

fn unit(code: &str, parent: Option<&str>, level: u8, names: Names) -> Unit {
    let station = level == 2;
    Unit {
        code: UnitCode::new(code).unwrap(),
        parent: parent.map(|code| UnitCode::new(code).unwrap()),
        level,
        names,
        registered: station.then_some(Registered::new(500)),
        place: (code == "d1-1").then_some((23_610_000, -58_540_000)),
        outline: Vec::new(),
    }
}

fn geography(profile: &Profile) -> Geography {
    let levels: Vec<Level> = profile.levels.clone();
    let mut units = vec![
        unit("n", None, 0, Names::new("الوادي", "Wadi")),
        unit("d1", Some("n"), 1, Names::new("الشرق", "East")),
        unit("d2", Some("n"), 1, Names::new("الغرب", "West, \"the old\"")),
    ];
    for district in ["d1", "d2"] {
        for number in 1..=3 {
            let code = format!("{district}-{number}");
            let names = Names::new(&format!("مكتب {number}"), &format!("Station {number}"));
            units.push(unit(&code, Some(district), 2, names));
        }
    }
    Geography::new(levels, units).unwrap()
}

fn choice(code: &str, ar: &str, en: &str, candidates: &[&str]) -> Choice {
    Choice {
        code: ChoiceCode::new(code).unwrap(),
        names: Names::new(ar, en),
        candidates: candidates.iter().map(|name| Names::plain(name)).collect(),
    }
}

fn contest(
    code: &str,
    unit: &str,
    seats: u32,
    rule: Option<&str>,
    choices: Vec<Choice>,
) -> Contest {
    Contest {
        code: ContestCode::new(code).unwrap(),
        unit: UnitCode::new(unit).unwrap(),
        names: Names::new("سباق", code),
        seats,
        max_choices: 1,
        exact_choice: true,
        seat_rule: rule.map(|rule| LawCode::new(rule).unwrap()),
        choices,
    }
}

fn contests() -> Vec<PublicContest> {
    let president = vec![
        choice("a", "أمل", "=Amal", &[]),
        choice("b", "باسل", "Basil", &[]),
        choice("c", "جود\u{202E}", "Jud", &[]),
    ];
    let lists = |district: &str| {
        vec![
            choice("palm", "النخلة", "Palm", &["Amin", "Bushra", "Chams"]),
            choice(
                "well",
                "البئر",
                "Well",
                &["Dunya", &format!("Emad of {district}")],
            ),
        ]
    };
    let question = vec![
        choice("yes", "نعم", "Yes", &[]),
        choice("no", "لا", "No", &[]),
    ];
    let all = [
        (
            contest("president", "n", 1, Some("majority"), president),
            true,
        ),
        (
            contest("council-d1", "d1", 3, Some("hare"), lists("d1")),
            true,
        ),
        (
            contest("council-d2", "d2", 3, Some("hare"), lists("d2")),
            false,
        ),
        (contest("question", "n", 0, None, question), true),
    ];
    let public = |(contest, released)| PublicContest {
        contest,
        form: LawCode::new("wadi").unwrap(),
        released,
        certified: false,
        lots: Vec::new(),
    };
    all.map(public).into_iter().collect()
}

/// Figures of a sheet on which every check holds.
pub fn figures(valid: &[u64], invalid: u64, blank: u64) -> Figures {
    let sum: u64 = valid.iter().sum();
    let cast = sum + invalid + blank;
    let fields = [500, cast, cast, sum, invalid, blank].map(|votes| Some(Votes::new(votes)));
    Figures {
        fields: fields.into_iter().chain([None]).collect(),
        choices: valid.iter().map(|votes| Some(Votes::new(*votes))).collect(),
    }
}

fn with_field(mut figures: Figures, at: usize, votes: u64) -> Figures {
    figures.fields[at] = Some(Votes::new(votes));
    figures
}

/// What came before the first sheet.
fn ground(snapshot: &Snapshot, night: &mut Night) {
    let registrar = actor("office-1", Organ::Executive);
    let at = night.at;
    let mut entries = vec![
        Entry::new(Act::EventCalled, &registrar, at).with("event", &snapshot.event),
        law_adopted(LawKind::Profile, &snapshot.profile_text, &registrar, at),
        geography_adopted(&snapshot.geography, &registrar, at),
    ];
    for (_, text) in &snapshot.forms {
        entries.push(law_adopted(LawKind::Form, text, &registrar, at));
    }
    for text in &snapshot.seat_rules {
        entries.push(law_adopted(LawKind::SeatRule, text, &registrar, at));
    }
    let roll = Entry::new(Act::RollFrozen, &registrar, at).with("registered", 3000);
    entries.push(roll.with("digest", "0".repeat(64)));
    for entry in &snapshot.contests {
        entries.push(candidates_adopted(
            &entry.contest,
            &entry.form,
            &registrar,
            at,
        ));
    }
    day_reported(snapshot, &registrar, at, &mut entries);
    for entry in snapshot.contests.iter().filter(|entry| entry.released) {
        entries.push(figures_released(&entry.contest.code, &registrar, at));
    }
    let begun = Entry::new(Act::ImportBegun, &night.clerk(), at).with("form", "wadi");
    entries.push(begun.with("sheets", 11).with("digest", "0".repeat(64)));
    night.entries = entries;
}

/// The reports of the day: all stations open, tell two hours, and close.
fn day_reported(snapshot: &Snapshot, by: &Actor, at: Timestamp, entries: &mut Vec<Entry>) {
    let instants = |of: fn(&StationDay) -> Option<Timestamp>| -> Vec<(UnitCode, Timestamp)> {
        let days = snapshot.days.iter();
        days.filter_map(|(code, day)| Some((code.clone(), of(day)?)))
            .collect()
    };
    entries.push(stations_opened(1, &instants(|day| day.opened), by, at));
    for (report, hour) in [(2, 9), (3, 12)] {
        let rows = snapshot.days.iter().flat_map(|(code, day)| {
            let own = day.hours.iter().filter(|own| own.0 == hour);
            own.map(|(_, came, voted)| (code.clone(), *came, *voted))
        });
        let rows: Vec<_> = rows.collect();
        entries.push(turnout_reported(report, (hour, rows.as_slice()), by, at));
    }
    entries.push(stations_closed(4, &instants(|day| day.closed), by, at));
}

/// The reports of the day as entries of whoever made those of the journal.
// Read by the tests of the checker, which share this file.
#[allow(dead_code)]
pub fn reports_of(snapshot: &Snapshot, entries: &[Entry]) -> Vec<Entry> {
    let opened = |entry: &&Entry| entry.act == Act::StationsOpened.code();
    let first = entries.iter().find(opened).unwrap();
    let by = actor(first.actor.as_str(), first.organ);
    let mut made = Vec::new();
    day_reported(snapshot, &by, first.at, &mut made);
    made
}

fn days(night: &Night) -> Vec<(UnitCode, StationDay)> {
    let day = |code: &str, last: Option<u64>| {
        let nine = (9, Came::new(40), Voted::new(38));
        let twelve = last.map(|came| (12, Came::new(came), Voted::new(came - 3)));
        let day = StationDay {
            opened: Some(night.opened),
            closed: Some(night.closed),
            hours: core::iter::once(nine).chain(twelve).collect(),
            reports: Reports {
                opened: 1,
                closed: 4,
                hours: core::iter::once(2).chain(twelve.map(|_| 3)).collect(),
            },
        };
        (UnitCode::new(code).unwrap(), day)
    };
    let last = [Some(120), Some(150), Some(99), None, Some(61), Some(80)];
    let codes = ["d1-1", "d1-2", "d1-3", "d2-1", "d2-2", "d2-3"];
    codes
        .into_iter()
        .zip(last)
        .map(|(code, last)| day(code, last))
        .collect()
}

impl Nation {
    /// Wadi at the end of the evening, its journal under the root that `root` computes.
    pub fn wadi(root: Root) -> Self {
        let profile = Profile::from_toml(PROFILE).unwrap();
        let mut night = Night {
            at: "2026-10-01T17:00:00Z".parse().unwrap(),
            entries: Vec::new(),
            sheets: Vec::new(),
            kept: BTreeMap::new(),
            opened: "2026-10-01T05:00:00Z".parse().unwrap(),
            closed: "2026-10-01T16:00:00Z".parse().unwrap(),
        };
        let mut snapshot = Snapshot {
            event: EventId::new("wadi-2026").unwrap(),
            names: Names::new("انتخابات الوادي ٢٠٢٦", "Wadi 2026"),
            geography: geography(&profile),
            profile,
            profile_text: text("wadi", PROFILE),
            forms: vec![(Form::from_toml(FORM).unwrap(), text("wadi", FORM))],
            seat_rules: vec![text("majority", MAJORITY), text("hare", HARE)],
            registered: Registered::new(3000),
            contests: contests(),
            sheets: Vec::new(),
            images: Vec::new(),
            days: days(&night),
            journal_size: 0,
            journal_root: [0; 32],
            at: night.at,
        };
        ground(&snapshot, &mut night);
        let form = &snapshot.forms[0].0;
        let papers = snapshot
            .contests
            .iter()
            .map(|entry| Paper::new(form, &entry.contest));
        let papers: Vec<Paper<'_>> = papers.collect();
        president(&mut night, &papers[0]);
        others(&mut night, &papers);
        let entries: Vec<Vec<u8>> = night.entries.iter().map(Entry::to_bytes).collect();
        snapshot.sheets = night.sheets;
        snapshot.journal_size = u64::try_from(entries.len()).unwrap();
        snapshot.journal_root = root(&entries);
        snapshot.at = night.at;
        Self {
            snapshot,
            entries,
            sheets: night.kept,
        }
    }
}
