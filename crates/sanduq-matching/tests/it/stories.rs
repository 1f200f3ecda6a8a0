//! Stories of records on one small roll, told with the trained weights.

use crate::loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_matching::run::Link;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;

const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";

fn profile() -> Profile {
    Profile::read(include_str!(
        "../../../../jurisdictions/egypt/matching.toml"
    ))
    .unwrap()
}

fn weights() -> Weights {
    Weights::read(include_str!("../../weights/four_parts.txt")).unwrap()
}

/// The right check digit behind thirteen digits.
fn numbered(body: &str) -> String {
    let weights = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
    let sum: u32 = body
        .bytes()
        .zip(weights)
        .map(|(digit, by)| u32::from(digit - b'0') * by)
        .sum();
    format!("{body}{}", (11 - sum % 11) % 10)
}

/// Twelve hundred electors who have nothing to do with each other, so that frequencies mean
/// something.
fn crowd() -> String {
    let given = [
        "محمد", "أحمد", "حسن", "حسين", "مريم", "مرام", "هدى", "ندى", "يوسف", "عمر",
    ];
    let family = [
        "حجازي",
        "الشناوي",
        "البدوي",
        "عبد العال",
        "عزب",
        "فودة",
        "رمضان",
    ];
    let mut rows = String::new();
    let mut state = 7u64;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap()
    };
    for row in 0..1200 {
        let (one, two, three) = (draw(10), draw(10), draw(10));
        let (year, month, day) = (1940 + draw(60), 1 + draw(12), 1 + draw(28));
        let place = 11 + draw(20);
        let body = format!(
            "2{:02}{month:02}{day:02}{place:02}{:04}",
            year % 100,
            draw(10_000)
        );
        let (father, grandfather) = (given[two % 4], given[three % 4]);
        let names = format!("{},{father},{grandfather},{}", given[one], family[draw(7)]);
        let number = numbered(&body);
        rows += &format!("{row},{names},M,{year}-{month:02}-{day:02},{place:02},{number}\n");
    }
    rows
}

/// The link of two rows on a roll where forty others stand twice, if there is one; and all links.
fn linked(rows: [&str; 2], threads: usize) -> (Option<Link>, Vec<Link>) {
    let crowd = crowd();
    let twice: Vec<&str> = crowd.lines().take(40).collect();
    let text = format!(
        "{HEADER}{crowd}{}\n{}\n{}\n",
        rows[0],
        rows[1],
        twice.join("\n")
    );
    let profile = profile();
    let loaded = loaded(&profile, &text);
    let engine = Engine::new(&profile, loaded, None, Bound::default()).unwrap();
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    let (links, _) = pool.install(|| engine.links(&weights(), weights().review));
    let pair = links
        .iter()
        .find(|link| (link.one, link.other) == (1200, 1201));
    (pair.copied(), links)
}

#[test]
fn one_person_written_twice_is_found_however_it_was_written() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    for (copy, story) in [
        (
            "2,مصطفي,طارق,سعيد,الجندى,M,1979-03-08,21,27903082101237",
            "the same number",
        ),
        (
            "2,MOSTAFA,TAREK,SAID,ELGENDY,M,1979-03-08,21,",
            "Latin letters",
        ),
        (
            "2,مصطفى,طارق,,الجندي,M,1979-08-03,21,",
            "day and month changed over",
        ),
        ("2,مصطفى,طارق,الجندي,,M,1979-03-08,21,", "parts moved up"),
        (
            "2,مصطفى طارق سعيد الجندي,,,,M,1979-03-08,21,",
            "all in one field",
        ),
        (
            "2,مصطفى,سعيد,طارق,الجندي,M,1979-03-08,21,27903082107731",
            "parts changed over",
        ),
        (
            "2,مصطفى,طارق,سعيد,الجندي,M,,21,27903082101247",
            "no date, one digit wrong",
        ),
        ("2,مصطفى,طارق,سعيد,الجندي,M,1979-01-01,21,", "1 January"),
        (
            "2,الجندي,مصطفى,طارق,سعيد,M,1979-03-08,21,27903082101237",
            "the family name first",
        ),
    ] {
        let (link, _) = linked([original, copy], 1);
        assert!(link.is_some(), "{story}");
    }
}

/// A title on one of two records says nothing: the pair is worth what it is worth without.
#[test]
fn a_title_before_a_name_changes_nothing() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    let plain = "2,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    let expected = linked([original, plain], 1).0;
    assert!(expected.is_some());
    for copy in [
        plain.replace("مصطفى", "د. مصطفى"),
        plain.replace("طارق", "الحاج طارق"),
        plain.replace("سعيد", "المهندس سعيد"),
        plain.replace("مصطفى", "الأستاذ الدكتور مصطفى"),
    ] {
        assert_eq!(linked([original, &copy], 1).0, expected, "{copy}");
    }
    let whole = "2,مصطفى طارق سعيد الجندي,,,,M,1979-03-08,21,27903082101237";
    let titled = whole.replace("مصطفى", "د/ مصطفى");
    let [without, with] = [whole, &titled].map(|copy| linked([original, copy], 1).0);
    assert!(without.is_some());
    assert_eq!(with, without);
    // A family may be called after a pilgrim.
    let family = plain.replace("الجندي", "الحاج الجندي");
    assert_ne!(linked([original, &family], 1).0, expected);
}

#[test]
fn relatives_and_namesakes_are_two_people() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    for (copy, story) in [
        (
            "2,مرتضى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101253",
            "a twin, the next serial",
        ),
        (
            "2,كريم,طارق,سعيد,الجندي,M,1979-03-08,21,",
            "a twin without a number",
        ),
        (
            "2,طارق,سعيد,حامد,الجندي,M,1950-07-21,21,25007212104452",
            "the father",
        ),
        (
            "2,مصطفى,طارق,سعيد,الجندي,M,1941-11-19,12,24111191203318",
            "another date and number",
        ),
    ] {
        let (link, _) = linked([original, copy], 1);
        assert_eq!(link, None, "{story}");
    }
    let common = "1,محمد,أحمد,حسن,فودة,M,1979-03-08,21,27903082101237";
    let namesake = "2,محمد,أحمد,حسن,فودة,M,1961-10-25,13,26110251304315";
    assert_eq!(linked([common, namesake], 1).0, None, "a namesake");
}

#[test]
fn only_what_is_beyond_doubt_is_proposed_unasked() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    for (copy, expected) in [
        (
            "2,مصطفى,طارق,سعيد,الجندى,M,1979-03-08,21,27903082101237",
            Class::Automatic,
        ),
        (
            "2,مصطفى,طارق,سعيد,الجندى,F,1979-03-08,21,27903082101237",
            Class::Review,
        ),
        (
            "2,مصطفى,طارق,سعيد,الجندى,M,1948-11-02,21,27903082101237",
            Class::Review,
        ),
        ("2,مصطفى,طارق,,الجندي,M,,14,", Class::NoMatch),
        ("2,مصطفى,محمود,سعيد,الجندي,M,1979-03-08,21,", Class::Review),
    ] {
        let (link, _) = linked([original, copy], 1);
        let score = link.map_or(i32::MIN, |link| link.score);
        assert_eq!(weights().class(score), expected, "{copy} {score}");
    }
}

#[test]
fn the_links_are_the_same_on_any_number_of_threads() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    let copy = "2,MOSTAFA,TAREK,SAID,ELGENDY,M,1979-03-08,21,";
    let (_, alone) = linked([original, copy], 1);
    let (_, together) = linked([original, copy], 3);
    assert_eq!(alone, together);
    let pairs: Vec<[u32; 2]> = alone.iter().map(|link| [link.one, link.other]).collect();
    assert!(
        pairs.is_sorted_by(|one, other| one < other),
        "sorted, each once"
    );
    assert!(pairs.len() > 40, "enough to be out of order");
}

#[test]
fn a_placeholder_is_nobody_s_number_and_names_alone_are_not_enough() {
    for (number, date, other, most) in [
        ("11111111111111", "1979-03-08", "1948-11-02", Class::Review),
        ("", "", "", Class::Review),
        ("0", "", "", Class::Review),
    ] {
        let original = format!("1,مصطفى,طارق,سعيد,الجندي,M,{date},21,{number}");
        let copy = format!("2,مصطفى,طارق,سعيد,الجندي,M,{other},21,{number}");
        let (link, _) = linked([&original, &copy], 1);
        let class = link.map_or(Class::NoMatch, |link| weights().class(link.score));
        assert!(class <= most, "{number} {date} {other}: {class:?}");
    }
}

/// A list is all that is known of its people: who stands there under a number of the roll, born on
/// that day into that family, is asked about whatever the given name is. Within a roll the list of
/// shared numbers tells it.
#[test]
fn another_given_name_under_one_number_is_asked_about_on_a_list() {
    let original = "1,مصطفى,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    let other = "2,شريف,طارق,سعيد,الجندي,M,1979-03-08,21,27903082101237";
    assert_eq!(linked([original, other], 1).0, None);
    let profile = profile();
    let text = format!("{HEADER}{}{original}\n{other}\n", crowd());
    let engine = Engine::new(&profile, loaded(&profile, &text), Some(1201), Bound(None)).unwrap();
    let (links, _) = engine.links(&weights(), weights().review);
    let found = links.iter().map(|link| [link.one, link.other]);
    assert!(found.clone().any(|pair| pair == [1200, 1201]), "{links:?}");
    assert!(
        links
            .iter()
            .all(|link| weights().class(link.score) == Class::Review)
    );
}
