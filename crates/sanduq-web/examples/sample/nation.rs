//! An invented nation in memory, small enough to read and large enough to show every state of a
//! page: four provinces, sixteen constituencies, sixty-four stations, a president and an assembly.
//! Always true here: the same stage gives the same snapshot, byte for byte.

use crate::story;
use jiff::Timestamp;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::civil::date;
use sanduq_core::act::Entry;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_core::count::Voted;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::names::Names;
use sanduq_core::outline::Point;
use sanduq_count::form::Form;
use sanduq_count::publication::LawText;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::Reports;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::StationDay;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_store::own_station::Claim;
use sanduq_store::own_station::OwnStation;

const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");
const FORM: &str = include_str!("../../../../jurisdictions/wahat/forms/wahat.toml");
const PRESIDENT: &str = include_str!("../../../../jurisdictions/wahat/seats/wahat-president.toml");
const ASSEMBLY: &str = include_str!("../../../../jurisdictions/wahat/seats/wahat-assembly.toml");

/// Kind, code and text of each text of law.
pub const LAWS: [(&str, &str, &str); 4] = [
    ("profile", "wahat", PROFILE),
    ("form", "wahat", FORM),
    ("seat_rule", "wahat-president", PRESIDENT),
    ("seat_rule", "wahat-assembly", ASSEMBLY),
];

/// How far the election has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Before the first station opens.
    Dawn,
    /// At this full hour of polling, from 9 to 19.
    Polling(u8),
    /// Polls are closing; one station is still open and everything is locked.
    Closing,
    /// Released; this many sheets of a hundred have come in.
    Counting(u8),
    /// Every sheet is accepted.
    Complete,
}

/// Arabic and Latin name of each place.
pub const PLACES: [(&str, &str); 16] = [
    ("عين النخيل", "Ayn an-Nakhil"),
    ("وادي الزيتون", "Wadi az-Zaytun"),
    ("بئر السدر", "Bir as-Sidr"),
    ("تل القمر", "Tall al-Qamar"),
    ("رأس الريح", "Ras ar-Rih"),
    ("جبل الصقور", "Jabal as-Suqur"),
    ("كفر الرمان", "Kafr ar-Rumman"),
    ("دار النجوم", "Dar an-Nujum"),
    ("برج الشمس", "Burj ash-Shams"),
    ("واحة الغزلان", "Wahat al-Ghizlan"),
    ("عين السدر", "Ayn as-Sidr"),
    ("وادي الصقور", "Wadi as-Suqur"),
    ("بئر الزيتون", "Bir az-Zaytun"),
    ("تل الرمان", "Tall ar-Rumman"),
    ("رأس القمر", "Ras al-Qamar"),
    ("جبل الشمس", "Jabal ash-Shams"),
];

const PROVINCES: [(&str, &str); 4] = [
    ("الشمال", "North"),
    ("الوسط", "Centre"),
    ("الساحل", "Coast"),
    ("الجنوب", "South"),
];

/// Code, Arabic and Latin name of each list.
const LISTS: [(&str, &str, &str); 5] = [
    ("palm", "قائمة النخيل", "Palm List"),
    ("springs", "قائمة الينابيع", "Springs List"),
    ("caravan", "قائمة القافلة", "Caravan List"),
    ("lantern", "قائمة الفانوس", "Lantern List"),
    (
        "weavers",
        "قائمة الحرفيين والنساجين",
        "Weavers and Crafts List",
    ),
];

/// Code, Arabic and Latin name of each candidate.
const CANDIDATES: [(&str, &str, &str); 4] = [
    ("nakhli", "مريم النخلي", "Maryam Al-Nakhli"),
    ("ramli", "خالد الرملي", "Khaled Al-Ramli"),
    ("zaytuni", "سلمى الزيتوني", "Salma Al-Zaytuni"),
    ("haddad", "يوسف الحداد", "Youssef Al-Haddad"),
];

/// A unit of the sample.
pub fn unit(code: &str, parent: Option<&str>, level: u8, (ar, en): (&str, &str)) -> Unit {
    let digit = |text: &str| text.rsplit('-').next().unwrap_or("1").to_owned();
    let names = match level {
        4 => Names {
            ar: format!("مكتب {}", if digit(code) == "1" { "١" } else { "٢" }),
            fa: format!("شعبه {}", if digit(code) == "1" { "۱" } else { "۲" }),
            fr: format!("Bureau {}", digit(code)),
            en: format!("Station {}", digit(code)),
        },
        3 => Names::new(&format!("مدرسة {ar}"), &format!("{en} School")),
        _ => Names::new(ar, en),
    };
    Unit {
        code: UnitCode::new(code).expect("the codes of the sample are codes"),
        parent: parent.map(|code| UnitCode::new(code).expect("a parent's code")),
        level,
        names,
        registered: (level == 4).then(|| Registered::new(700 + 37 * weight(code) % 400)),
        place: None,
        outline: Vec::new(),
    }
}

/// A number that looks like chance and is none.
pub fn weight(text: &str) -> u64 {
    let digest = Hash::of_bytes(text.as_bytes());
    digest.as_bytes()[..4]
        .iter()
        .fold(0, |sum, byte| sum * 251 + u64::from(*byte))
}

fn geography(profile: &Profile) -> Geography {
    let mut units = vec![unit(
        "wahat",
        None,
        0,
        ("جمهورية الواحات", "Republic of the Oases"),
    )];
    units[0].names = profile.names.clone();
    for (p, names) in PROVINCES.iter().enumerate() {
        let province = format!("{}", p + 1);
        units.push(unit(&province, Some("wahat"), 1, *names));
        for c in 0..4 {
            let place = PLACES[p * 4 + c];
            let constituency = format!("{province}-{}", c + 1);
            units.push(unit(&constituency, Some(&province), 2, place));
            for k in 1..=2 {
                let centre = format!("{constituency}-{k}");
                let (ar, en) = PLACES[(p * 4 + c + 5 * k) % 16];
                units.push(unit(&centre, Some(&constituency), 3, (ar, en)));
                for s in 1..=2 {
                    let station = format!("{centre}-{s}");
                    units.push(unit(&station, Some(&centre), 4, (ar, en)));
                }
            }
        }
    }
    for unit in &mut units {
        lay(unit);
    }
    Geography::new(profile.levels.clone(), units).expect("the sample is a tree")
}

/// A knot of the net that provinces and constituencies lie in: five by five, none straight above
/// another.
fn knot(column: usize, row: usize) -> Point {
    let pull =
        |side: &str| i32::try_from(weight(&format!("{side}{column}{row}")) % 300_000).unwrap_or(0);
    let at = |from: i32, steps: usize| from + 900_000 * i32::try_from(steps).unwrap_or(0);
    (
        at(22_000_000, row) + pull("n"),
        at(-38_000_000, column) + pull("e"),
    )
}

/// The outline of a province or constituency, the place of a station: two by two provinces of two
/// by two constituencies.
fn lay(unit: &mut Unit) {
    let numbers = unit
        .code
        .as_str()
        .split('-')
        .map_while(|part| part.parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    let (Some(province), size) = (numbers.first(), 3 - numbers.len().min(2)) else {
        return;
    };
    let part = numbers.get(1).map_or(0, |part| part - 1);
    let corner = |of: fn(usize) -> usize| 2 * of(province - 1) + of(part);
    // The first of them lie in the north.
    let (column, down) = (corner(|nth| nth % 2), corner(|nth| nth / 2));
    let row = 4 - size - down;
    let [south_west, north_east] = [knot(column, row), knot(column + size, row + size)];
    if unit.level < 3 {
        let mut around: Vec<(usize, usize)> = (0..size).map(|at| (column + at, row)).collect();
        around.extend((0..size).map(|at| (column + size, row + at)));
        around.extend((0..size).map(|at| (column + size - at, row + size)));
        around.extend((0..=size).map(|at| (column, row + size - at)));
        unit.outline = vec![around.into_iter().map(|(x, y)| knot(x, y)).collect()];
    } else if unit.level == 4 {
        // The houses stand on the line between two corners.
        let third =
            |low: i32, high: i32| low + (high - low) / 3 * i32::try_from(numbers[2]).unwrap_or(0);
        unit.place = Some((
            third(south_west.0, north_east.0),
            third(south_west.1, north_east.1),
        ));
    }
}

fn choices(named: &[(&str, &str, &str)], listed: bool) -> Vec<Choice> {
    let choice = |(code, ar, en): &(&str, &str, &str)| Choice {
        code: ChoiceCode::new(code).expect("the codes of the sample are codes"),
        names: Names::new(ar, en),
        candidates: if listed {
            (1..=6)
                .map(|n| Names::new(&format!("{ar} {n}"), &format!("{en} {n}")))
                .collect()
        } else {
            Vec::new()
        },
    };
    named.iter().map(choice).collect()
}

fn contest(unit: &Unit, released: bool) -> PublicContest {
    let president = unit.level == 0;
    let (code, rule) = if president {
        ("president".to_owned(), "wahat-president")
    } else {
        (format!("assembly-{}", unit.code), "wahat-assembly")
    };
    let names = if president {
        Names {
            ar: "رئاسة الجمهورية".into(),
            fa: "ریاست جمهوری".into(),
            fr: "Présidence de la République".into(),
            en: "Presidency".into(),
        }
    } else {
        let (ar, en) = (&unit.names.ar, &unit.names.en);
        Names {
            ar: format!("مجلس النواب – {ar}"),
            fa: format!("مجلس – {ar}"),
            fr: format!("Assemblée – {en}"),
            en: format!("Assembly – {en}"),
        }
    };
    PublicContest {
        contest: Contest {
            code: ContestCode::new(&code).expect("the codes of the sample are codes"),
            unit: unit.code.clone(),
            names,
            seats: if president {
                1
            } else {
                if unit.code.as_str().ends_with('1') {
                    5
                } else {
                    3
                }
            },
            max_choices: 1,
            exact_choice: true,
            seat_rule: Some(LawCode::new(rule).expect("the code of the rule")),
            choices: if president {
                choices(&CANDIDATES, false)
            } else {
                choices(&LISTS, true)
            },
        },
        form: LawCode::new("wahat").expect("the code of the form"),
        released,
        certified: false,
        lots: Vec::new(),
    }
}

fn law(code: &str, text: &str) -> LawText {
    LawText {
        code: LawCode::new(code).expect("the codes of the sample are codes"),
        text: text.to_owned(),
    }
}

/// The instant of a legal hour of the polling day.
pub fn at(hour: i64, minute: i64) -> Timestamp {
    let opens: Timestamp = "2027-03-14T00:00:00+03:00".parse().expect("an instant");
    opens + hour.hours() + minute.minutes()
}

/// The instant at which a stage is looked at.
pub fn instant(stage: Stage) -> Timestamp {
    match stage {
        Stage::Dawn => at(7, 40),
        Stage::Polling(hour) => at(i64::from(hour), 12),
        Stage::Closing => at(19, 25),
        Stage::Counting(part) => at(20, 0) + i64::from(part).minutes(),
        Stage::Complete => at(23, 5),
    }
}

/// The last station of the nation stays open longest; two stations fall silent at noon, one opens
/// late.
fn day(code: &str, registered: u64, stage: Stage) -> Option<StationDay> {
    let late = code == "2-3-1-1";
    let opened = if late {
        at(9, 50)
    } else {
        at(8, (weight(code) % 9) as i64)
    };
    let now = instant(stage);
    if opened > now {
        return None;
    }
    let silent = matches!(code, "3-1-2-2" | "1-4-1-1") && now < at(16, 0);
    let last_open = code == "4-4-2-2";
    let closes = if last_open {
        at(19, 40)
    } else {
        at(19, (weight(code) % 20) as i64)
    };
    let last_hour = match stage {
        Stage::Dawn => 0,
        Stage::Polling(hour) => hour,
        _ => 19,
    };
    let last_hour = if silent { last_hour.min(12) } else { last_hour };
    let first = if late { 10 } else { 9 };
    let hours = (first..=last_hour).map(|hour| {
        let turnout = registered * (35 + weight(code) % 35) / 100;
        let came = turnout * u64::from(hour - 8) / 11;
        let voted = came - came * (weight(code) % 3) / 100;
        (hour, Came::new(came), Voted::new(voted))
    });
    Some(StationDay {
        opened: Some(opened),
        closed: Some(closes).filter(|closes| *closes <= now),
        hours: hours.collect(),
        reports: Reports::default(),
    })
}

/// The snapshot of a stage and the journal up to it.
pub fn sample(stage: Stage) -> (Snapshot, Vec<Entry>) {
    of(geography, &[0, 2], stage)
}

/// The snapshot of a stage in a nation of these units, with a contest in each unit of these levels,
/// and the journal up to it.
pub fn of(units: fn(&Profile) -> Geography, levels: &[u8], stage: Stage) -> (Snapshot, Vec<Entry>) {
    let profile = Profile::from_toml(PROFILE).expect("the profile of the sample");
    let geography = units(&profile);
    let form = Form::from_toml(FORM).expect("the form of the sample");
    let released = stage > Stage::Closing;
    let mut contests: Vec<_> = geography
        .units()
        .iter()
        .filter(|unit| levels.contains(&unit.level))
        .map(|unit| contest(unit, released))
        .collect();
    contests.sort_by(|a, b| b.contest.seats.cmp(&a.contest.seats).reverse());
    let mut days: Vec<_> = stations(&geography)
        .filter_map(|unit| {
            let registered = unit.registered.map_or(0, |registered| registered.get());
            Some((
                unit.code.clone(),
                day(unit.code.as_str(), registered, stage)?,
            ))
        })
        .collect();
    days.sort_by(|(a, _), (b, _)| a.cmp(b));
    let registered = stations(&geography).filter_map(|unit| unit.registered);
    let registered = Registered::sum(registered).expect("a small nation");
    let (sheets, entries) = story::sheets(&geography, &contests, &form, &days, stage);
    let mut snapshot = Snapshot {
        event: EventId::new("wahat-2027").expect("the code of the event"),
        names: Names {
            ar: "انتخابات الواحات ٢٠٢٧".into(),
            fa: "انتخابات واحه‌ها ۲۰۲۷".into(),
            fr: "Élections des Oasis 2027".into(),
            en: "Elections of the Oases 2027".into(),
        },
        profile_text: law("wahat", PROFILE),
        forms: vec![(form, law("wahat", FORM))],
        seat_rules: vec![
            law("wahat-assembly", ASSEMBLY),
            law("wahat-president", PRESIDENT),
        ],
        profile,
        geography,
        registered,
        contests,
        sheets,
        images: Vec::new(),
        days,
        journal_size: entries.len() as u64,
        journal_root: [0; 32],
        at: instant(stage),
    };
    let leaves = entries.iter().map(|entry| Hash::of_leaf(&entry.to_bytes()));
    snapshot.journal_root = *leaves.collect::<Frontier>().root().as_bytes();
    (snapshot, entries)
}

/// The stations in order of their codes.
pub fn stations(geography: &Geography) -> impl Iterator<Item = &Unit> {
    geography.stations().map(|ix| geography.unit(ix))
}

/// The number and the day of birth of the first voter of the nation's `at`-th station.
pub fn voter(at: usize) -> (String, Date) {
    let days = i64::try_from(at).unwrap_or(0).days();
    (
        format!("27{at:010}"),
        date(1985, 3, 27).saturating_add(days),
    )
}

/// Somebody on the roll who has no station yet.
pub const NOT_PLACED: (&str, Date) = ("990000000000", date(1990, 1, 1));

/// The frozen roll, as far as voters ask about it: one of each station, and one who is not placed.
pub fn voters(geography: &Geography) -> Vec<(Claim, OwnStation)> {
    let claim = |number: &str, born| Claim::new(number, born).expect("a number of the sample");
    let placed = stations(geography).enumerate().map(|(at, unit)| {
        let (number, born) = voter(at);
        (claim(&number, born), OwnStation::At(unit.code.clone()))
    });
    let (number, born) = NOT_PLACED;
    let not_placed = (claim(number, born), OwnStation::NotPlaced);
    placed.chain([not_placed]).collect()
}
