use super::*;
use sanduq_core::contest::Choice;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Level;
use sanduq_core::geography::Unit;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use std::time::Instant;

fn unit(code: &str, parent: &str, level: u8, ar: &str, en: &str) -> Unit {
    Unit {
        code: UnitCode::new(code).unwrap(),
        parent: (!parent.is_empty()).then(|| UnitCode::new(parent).unwrap()),
        level,
        names: Names::new(ar, en),
        registered: None,
        place: None,
        outline: Vec::new(),
    }
}

fn levels(codes: &[&str]) -> Vec<Level> {
    let level = |code: &&str| Level {
        code: (*code).to_owned(),
        names: Names::plain(code),
    };
    codes.iter().map(level).collect()
}

fn geography() -> Geography {
    let units = vec![
        unit("n", "", 0, "جمهورية الواحات", "Republic of the Oases"),
        unit("12", "n", 1, "رأس الريح", "Ra’s ar-Rīḥ"),
        unit("12-03", "12", 2, "مدرسة عبد الله الأُولى", "Abdallah School"),
        unit("12-03-1", "12-03", 3, "مكتب ١", "Station 1"),
        unit("12-03-2", "12-03", 3, "مكتب ٢", "Station 2"),
        unit("13", "n", 1, "كرمى", "Kébili"),
        unit("13-12", "13", 2, "مكتبة الكرملي", "Library"),
        unit("13-12-1", "13-12", 3, "مكتب ١٢", "Station 12"),
    ];
    Geography::new(levels(&["nation", "province", "centre", "station"]), units).unwrap()
}

fn contest() -> PublicContest {
    PublicContest {
        contest: Contest {
            code: ContestCode::new("assembly-12").unwrap(),
            unit: UnitCode::new("12").unwrap(),
            names: Names::new("المجلس", "Assembly"),
            seats: 1,
            max_choices: 1,
            exact_choice: true,
            seat_rule: None,
            choices: vec![Choice {
                code: ChoiceCode::new("palm").unwrap(),
                names: Names::new("قائمة النخيل", "Palm List"),
                candidates: vec![Names::new("هدى إبراهيم", "Huda Ibrahim")],
            }],
        },
        form: LawCode::new("f").unwrap(),
        released: false,
        certified: false,
        lots: Vec::new(),
    }
}

/// The codes that are found, the best first; a contest, a choice and a candidate by a word.
fn found(wanted: &str) -> Vec<String> {
    let geography = geography();
    let index = Index::new(&geography, &[contest()]);
    let name = |(_, target): &(Rank, Target)| match target {
        Target::Unit(ix) => geography.unit(*ix).code.to_string(),
        Target::Contest(_) => "contest".to_owned(),
        Target::Choice(..) => "choice".to_owned(),
        Target::Candidate(..) => "candidate".to_owned(),
    };
    let found = index.search(wanted, 50);
    assert_eq!(found.best.len(), found.total);
    found.best.iter().map(name).collect()
}

#[test]
fn a_spelling_is_forgiven() {
    for (wanted, first) in [
        // Hamza and its seats, final alif, ta marbuta, Persian letters.
        ("رأس", "12"),
        ("راس", "12"),
        ("ٱلريح", "12"),
        ("مدرسه", "12-03"),
        ("مدرسة", "12-03"),
        ("الاولي", "12-03"),
        ("الأولى", "12-03"),
        ("کرمی", "13"),
        ("كرمي", "13"),
        // Marks, tatweel, presentation forms, zero-width joiners.
        ("مَدْرَسَة", "12-03"),
        ("مـــدرســة", "12-03"),
        ("ﻣﺪﺭﺳﺔ", "12-03"),
        ("مدر\u{200C}سة", "12-03"),
        // One word or two.
        ("عبدالله", "12-03"),
        ("عبد الله", "12-03"),
        ("عبدُاللّه", "12-03"),
        // Digits of three scripts, in names and codes.
        ("مكتب 12", "13-12-1"),
        ("مكتب ١٢", "13-12-1"),
        ("مکتب ۱۲", "13-12-1"),
        ("١٢-٠٣", "12-03"),
        ("۱۲-۰۳", "12-03"),
        // Latin letters with and without their marks, small and great.
        ("kebili", "13"),
        ("KÉBILI", "13"),
        ("ke\u{301}bili", "13"),
        ("ras ar-rih", "12"),
        ("Ra's", "12"),
        ("raʾs", "12"),
        ("palm", "choice"),
        ("النخيل", "choice"),
        ("نخيل", "choice"),
        ("هدي ابراهيم", "candidate"),
        ("assembly", "contest"),
        // What is wanted may stand in what it stands in.
        ("عبدالله مكتب 2", "12-03-2"),
        ("palm ras", "choice"),
    ] {
        assert_eq!(
            found(wanted).first().map(String::as_str),
            Some(first),
            "{wanted}"
        );
    }
}

#[test]
fn what_is_not_there_is_not_found() {
    for wanted in [
        "",
        "   ",
        "-",
        "ء",
        "كرمس",
        "سمر",
        "14",
        "12-03-3",
        "palm kebili",
    ] {
        assert_eq!(found(wanted), Vec::<String>::new(), "{wanted}");
    }
}

#[test]
fn the_code_before_the_word_before_its_beginning_before_anywhere() {
    for (wanted, expected) in [
        // The province 12, the station of the name 12, codes that begin so, a code with it inside.
        (
            "12",
            &[
                "12", "13-12-1", "12-03", "12-03-1", "12-03-2", "13-12", "contest",
            ][..],
        ),
        // A word, then a beginning (a library), from the nation down.
        ("مكتب", &["12-03-1", "12-03-2", "13-12-1", "13-12"]),
        ("كرم", &["13", "13-12"]),
        ("station 2", &["12-03-2", "12-03-1", "13-12-1"]),
    ] {
        assert_eq!(found(wanted), expected, "{wanted}");
    }
}

#[test]
fn the_rest_is_counted() {
    let index = Index::new(&geography(), &[contest()]);
    let found = index.search("مكتب", 2);
    assert_eq!((found.best.len(), found.total), (2, 4));
    let long = "مكتب ".repeat(1_000);
    assert_eq!(
        index.search(&long, 2),
        found,
        "only the first words are read"
    );
}

/// Sixty thousand stations in four thousand centres.
fn large() -> Geography {
    let mut units = vec![unit("n", "", 0, "الجمهورية", "Republic")];
    let roots = [
        "النخيل",
        "الزيتون",
        "السدر",
        "القمر",
        "الصقور",
        "الرمان",
        "النجوم",
        "الشمس",
    ];
    for p in 0..40 {
        let province = format!("{p:02}");
        units.push(unit(
            &province,
            "n",
            1,
            &format!("ولاية {p}"),
            &format!("Province {p}"),
        ));
        for c in 0..100 {
            let centre = format!("{province}-{c:03}");
            let root = roots[(p * 7 + c) % 8];
            let ar = format!("مدرسة {root} {c}");
            units.push(unit(&centre, &province, 2, &ar, &format!("School {c}")));
            for s in 1..=15 {
                let (code, ar) = (format!("{centre}-{s:02}"), format!("مكتب {root} {s}"));
                units.push(unit(&code, &centre, 3, &ar, &format!("Station {s}")));
            }
        }
    }
    Geography::new(levels(&["nation", "province", "centre", "station"]), units).unwrap()
}

#[test]
fn every_question_to_sixty_thousand_stations_gets_at_most_fifty_answers() {
    let geography = large();
    assert_eq!(geography.stations().count(), 60_000);
    let made = Instant::now();
    let index = Index::new(&geography, &[contest()]);
    let made = made.elapsed();
    let wanted = [
        "مكتب",
        "مدرسه النخیل 12",
        "17-042-03",
        "1",
        "station 9 school",
        "ا",
        "لا شيء",
    ];
    let mut times: Vec<_> = (0..70)
        .map(|nth| {
            let begun = Instant::now();
            let found = index.search(wanted[nth % wanted.len()], 50);
            assert!(found.best.len() <= 50);
            begun.elapsed()
        })
        .collect();
    times.sort();
    let (half, p95) = (times[times.len() / 2], times[times.len() * 95 / 100]);
    println!("60,000 stations: index {made:?}, search p50 {half:?}, p95 {p95:?}");
}
