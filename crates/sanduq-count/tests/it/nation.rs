//! Wadi: an invented nation of two districts and six stations on its election night. Its sheets
//! have gone every way that a sheet can go, by the rules themselves, and every step stands in its
//! journal; one contest is not released yet.

use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
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
use sanduq_core::law::SecondSignature;
use sanduq_core::names::Names;
use sanduq_count::form::Form;
use sanduq_count::publication::LawKind;
use sanduq_count::publication::LawText;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::StationDay;
use sanduq_count::publication::candidates_adopted;
use sanduq_count::publication::figures_released;
use sanduq_count::publication::geography_adopted;
use sanduq_count::publication::law_adopted;
use sanduq_count::sheet;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;

const PROFILE: &str = r#"code = "wadi"
names = { ar = "الوادي", en = "Wadi" }
invented = true
polling_day = "2026-10-01"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [
  { code = "nation", names = { ar = "الوطن", en = "nation" } },
  { code = "district", names = { ar = "دائرة", en = "district" } },
  { code = "station", names = { ar = "مكتب", en = "station" } },
]
"#;

const FORM: &str = r#"code = "wadi"
names = { ar = "محضر", en = "sheet" }
field = [
  { code = "f1", names = { en = "registered" }, meaning = "registered" },
  { code = "f8", names = { en = "issued" }, meaning = "issued" },
  { code = "f9", names = { en = "in the box" }, meaning = "in_box" },
  { code = "f10", names = { en = "valid" }, meaning = "valid" },
  { code = "f11", names = { en = "invalid" }, meaning = "invalid" },
  { code = "f12", names = { en = "blank" }, meaning = "blank" },
  { code = "f14", names = { en = "tendered" }, meaning = "other", optional = true },
]

[[check]]
code = "S3"
names = { en = "in the box <= issued" }
severity = "critical"
left = ["f9"]
relation = "<="
right = ["f8"]

[[check]]
code = "S4"
names = { en = "in the box = valid + invalid + blank" }
severity = "critical"
left = ["f9"]
relation = "="
right = ["f10", "f11", "f12"]

[[check]]
code = "S5"
names = { en = "choices = valid" }
severity = "critical"
when = "exact_choice"
left = ["choices"]
relation = "="
right = ["f10 * max_choices"]

[[check]]
code = "S6"
names = { en = "issued <= registered" }
severity = "minor"
left = ["f8"]
relation = "<="
right = ["f1"]
"#;

const MAJORITY: &str = r#"code = "majority"
law = "Invented: article 41"

[method.majority]
elects = { share = "1/2", compare = "more_than", base = "valid" }
places_per_seat = 2
run_off_tie = "decide"
"#;

const HARE: &str = r#"code = "hare"
law = "Invented: article 12"
exhausted = "vacant"

[method.largest_remainder]
quota = { kind = "hare", base = "qualified", rounding = "exact" }
leftover = "another_round"
"#;

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
}

fn law(code: &str, text: &str) -> LawText {
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

/// The evening: a clock that the rules are told, the journal, and the sheets so far.
struct Night {
    at: Timestamp,
    entries: Vec<Entry>,
    sheets: Vec<Sheet>,
    opened: Timestamp,
}

impl Night {
    fn now(&mut self) -> Timestamp {
        self.at = Timestamp::from_second(self.at.as_second() + 60).unwrap();
        self.at
    }

    fn clerk(&self) -> Actor {
        actor("clerk-1", Organ::Executive)
    }

    /// Keeps the new state of a sheet and its entry.
    fn keep(&mut self, change: Change<Sheet>) -> Sheet {
        self.entries.push(change.entry);
        let next = change.next.clone();
        let same = |sheet: &&mut Sheet| sheet.key == next.key && sheet.version == next.version;
        match self.sheets.iter_mut().find(same) {
            Some(sheet) => *sheet = change.next,
            None => self.sheets.push(change.next),
        }
        next
    }

    fn last(&self, key: &SheetKey) -> Option<Sheet> {
        let own = self.sheets.iter().filter(|sheet| sheet.key == *key);
        own.max_by_key(|sheet| sheet.version).cloned()
    }

    fn arrive(&mut self, paper: &Paper<'_>, station: &str, figures: Figures) -> Sheet {
        let key = key(paper, station);
        let before = self.last(&key);
        let at = self.now();
        let by = (&self.clerk(), at);
        let read = (figures, Vec::new());
        let opened = Some(self.opened);
        let change = sheet::arrive(paper, before.as_ref(), &key, opened, read, by).unwrap();
        self.keep(change)
    }

    /// Both organs decide on a sheet.
    fn decide(&mut self, paper: &Paper<'_>, sheet: &Sheet, outcome: Outcome, ground: &str) {
        let judge = actor("judge-1", Organ::Executive);
        let board = actor("board-1", Organ::Supervision);
        let at = self.now();
        let proposed = sheet::propose(paper, sheet, outcome, ground, &judge, at).unwrap();
        let proposed = self.keep(proposed);
        let counted = sheet.state.counted().map(|_| sheet.version);
        let answer = (Answer::Sign, &board, self.now());
        let law = SecondSignature::Required;
        let decided = sheet::countersign(paper, law, &proposed, counted, answer).unwrap();
        self.keep(decided.this);
        if let Some(next) = decided.next {
            self.keep(next);
        }
    }
}

fn key(paper: &Paper<'_>, station: &str) -> SheetKey {
    SheetKey {
        contest: paper.contest().code.clone(),
        station: UnitCode::new(station).unwrap(),
    }
}

fn president(night: &mut Night, paper: &Paper<'_>) {
    night.arrive(paper, "d1-1", figures(&[120, 90, 40], 6, 4));
    night.arrive(
        paper,
        "d1-2",
        with_field(figures(&[200, 80, 21], 2, 0), 0, 300),
    );
    let box_over = with_field(figures(&[100, 100, 50], 0, 5), 1, 254);
    let sheet = night.arrive(paper, "d1-3", box_over);
    night.decide(
        paper,
        &sheet,
        Outcome::Accept,
        "=one ballot of another station, minutes 7",
    );
    let sheet = night.arrive(
        paper,
        "d2-1",
        with_field(figures(&[10, 200, 30], 1, 1), 3, 204),
    );
    let corrected = figures(&[10, 200, 30], 1, 1);
    night.decide(
        paper,
        &sheet,
        Outcome::Correct(corrected),
        "figures transposed, \"paper\" read",
    );
    let sheet = night.arrive(
        paper,
        "d2-2",
        with_field(figures(&[70, 71, 72], 0, 0), 2, 999),
    );
    night.decide(paper, &sheet, Outcome::Return, "unreadable");
    night.arrive(paper, "d2-2", figures(&[70, 71, 72], 0, 0));
    let sheet = night.arrive(paper, "d2-3", figures(&[50, 60, 70], 3, 2));
    let recount = figures(&[51, 60, 69], 3, 2);
    night.decide(
        paper,
        &sheet,
        Outcome::Correct(recount),
        "recount by order 12",
    );
}

fn others(night: &mut Night, papers: &[Paper<'_>]) {
    night.arrive(&papers[1], "d1-1", figures(&[140, 100], 10, 10));
    night.arrive(&papers[1], "d1-2", figures(&[150, 130], 12, 11));
    night.arrive(
        &papers[1],
        "d1-3",
        with_field(figures(&[90, 95], 1, 1), 4, 2),
    );
    night.arrive(&papers[3], "d1-1", figures(&[140, 110], 0, 10));
    for (at, station, entries) in [
        (2, "d2-1", 0),
        (2, "d2-2", 1),
        (2, "d2-3", 2),
        (3, "d1-2", 2),
    ] {
        let paper = &papers[at];
        let key = key(paper, station);
        let opened = Some(night.opened);
        let (clerk, at) = (night.clerk(), night.now());
        let received = sheet::receive(None, &key, opened, &clerk, at).unwrap();
        let mut sheet = night.keep(received);
        if entries > 0 {
            let at = night.now();
            let typed = sheet::first_entry(paper, &sheet, figures(&[7, 8], 0, 0), &clerk, at);
            sheet = night.keep(typed.unwrap());
        }
        if entries > 1 {
            let (other, at) = (actor("clerk-2", Organ::Executive), night.now());
            let typed = sheet::second_entry(paper, &sheet, figures(&[7, 9], 0, 0), &other, at);
            night.keep(typed.unwrap());
        }
    }
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
    entries.push(Entry::new(Act::StationsOpened, &registrar, at).with("stations", 6));
    for (hour, stations) in [(9, 6), (12, 5)] {
        let reported = Entry::new(Act::TurnoutReported, &registrar, at);
        entries.push(reported.with("hour", hour).with("stations", stations));
    }
    entries.push(Entry::new(Act::StationsClosed, &registrar, at).with("stations", 3));
    for entry in snapshot.contests.iter().filter(|entry| entry.released) {
        entries.push(figures_released(&entry.contest.code, &registrar, at));
    }
    night.entries = entries;
}

fn days(night: &Night) -> Vec<(UnitCode, StationDay)> {
    let closed: Timestamp = "2026-10-01T16:00:00Z".parse().unwrap();
    let day = |code: &str, last: Option<u64>| {
        let nine = (9, Came::new(40), Voted::new(38));
        let twelve = last.map(|came| (12, Came::new(came), Voted::new(came - 3)));
        let day = StationDay {
            opened: Some(night.opened),
            closed: code.starts_with("d1").then_some(closed),
            hours: core::iter::once(nine).chain(twelve).collect(),
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
            opened: "2026-10-01T05:00:00Z".parse().unwrap(),
        };
        let mut snapshot = Snapshot {
            event: EventId::new("wadi-2026").unwrap(),
            names: Names::new("انتخابات الوادي ٢٠٢٦", "Wadi 2026"),
            geography: geography(&profile),
            profile,
            profile_text: law("wadi", PROFILE),
            forms: vec![(Form::from_toml(FORM).unwrap(), law("wadi", FORM))],
            seat_rules: vec![law("majority", MAJORITY), law("hare", HARE)],
            registered: Registered::new(3000),
            contests: contests(),
            sheets: Vec::new(),
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
        Self { snapshot, entries }
    }
}
