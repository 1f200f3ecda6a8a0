//! A list against a roll, and civil status against a roll.

use crate::desk::Desk;
use crate::matching::roll;
use crate::matching::roll::again;

const LINK: &str = "link --profile wahat --out pairs.csv";

fn list(rows: &[String]) -> String {
    roll::text(rows).replacen("rid", "lid", 1)
}

#[test]
fn the_list_stands_first_and_a_list_of_one_day_meets_the_whole_roll() {
    let desk = Desk::of("match");
    let electors = roll::electors(21, 0, 1500);
    let day: Vec<String> = (9000..)
        .zip([700, 3, 1499])
        .map(|(id, at)| again(&electors[at], id))
        .collect();
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", list(&day));
    desk.done(&format!("{LINK} list.csv roll.csv"));
    let pairs = desk.pairs("pairs.csv");
    let automatic = pairs.iter().filter(|row| row.class == "automatic");
    let automatic: Vec<_> = automatic
        .map(|row| (row.one.as_str(), row.other.as_str()))
        .collect();
    assert_eq!(
        automatic,
        [("9000", "700"), ("9001", "3"), ("9002", "1499")]
    );
    assert!(
        pairs
            .iter()
            .all(|row| row.one.len() == 4 && row.one.starts_with("900"))
    );
    // The roll is not compared with itself, and who stands on the list twice is no pair either.
    let twice: Vec<String> = [&electors[..], &[again(&electors[5], 8000)]].concat();
    let both = [again(&electors[9], 9000), again(&electors[9], 9001)];
    desk.file("roll.csv", roll::text(&twice))
        .file("list.csv", list(&both));
    desk.done(&format!("{LINK} list.csv roll.csv"));
    let pairs = desk.pairs("pairs.csv");
    let found: Vec<_> = pairs
        .iter()
        .map(|row| (row.one.as_str(), row.other.as_str()))
        .collect();
    assert!(
        found.starts_with(&[("9000", "9")]) && found.contains(&("9001", "9")),
        "{found:?}"
    );
    assert!(
        pairs.iter().all(|row| row.one.starts_with("900")),
        "{found:?}"
    );
}

#[test]
fn who_of_a_list_is_two_electors_is_for_a_clerk() {
    let desk = Desk::of("match");
    let mut electors = roll::electors(22, 0, 1500);
    electors.push(again(&electors[40], 8000));
    let day = [again(&electors[40], 9000), again(&electors[41], 9001)];
    desk.file("roll.csv", roll::text(&electors))
        .file("list.csv", list(&day));
    let told = desk.done(&format!("{LINK} list.csv roll.csv"));
    let classes = |id: &str| -> Vec<(String, String)> {
        let pairs = desk.pairs("pairs.csv").into_iter();
        let of = pairs.filter(|row| row.one == id && row.score > 7_000);
        of.map(|row| (row.other, row.class)).collect()
    };
    let pair = |other: &str, class: &str| (other.to_owned(), class.to_owned());
    assert_eq!(
        classes("9000"),
        [pair("40", "review"), pair("8000", "review")]
    );
    assert_eq!(classes("9001"), [pair("41", "automatic")]);
    assert_eq!(told["contradicted_automatic"], 2, "{told}");
}

#[test]
fn who_of_civil_status_is_not_on_the_roll_is_told_unless_too_young() {
    let desk = Desk::of("match");
    let electors = roll::electors(23, 0, 1200);
    let stranger = |id: u32, born: &str| format!("{id},مصطفى,طارق,سعيد,الجندي,M,{born},21,");
    let mut civil: Vec<String> = (5000..)
        .zip(&electors[..20])
        .map(|(id, row)| again(row, id))
        .collect();
    civil.push(roll::blurred(&electors[30], 6000));
    civil.extend([
        stranger(7000, "1979-03-08"),
        stranger(7001, "2008-11-20"),
        stranger(7002, "2008-11-21"),
        stranger(7003, ""),
    ]);
    desk.file("roll.csv", roll::text(&electors))
        .file("civil.csv", roll::text(&civil));
    let words = "missing --profile wahat civil.csv roll.csv --out missing.csv";
    let told = desk.done(words);
    let rows = |desk: &Desk| -> Vec<String> {
        let text = desk.text("missing.csv");
        let rows = text
            .lines()
            .skip(1)
            .map(|row| row.split(',').take(3).collect::<Vec<_>>());
        rows.map(|row| row.join(",")).collect()
    };
    let gone = |id: u32| format!("{id},missing,");
    let mut expected = vec![gone(7000), gone(7001), gone(7002), gone(7003)];
    let found = rows(&desk);
    assert_eq!(
        (&told["missing"], &told["uncertain"]),
        (&4.into(), &(found.len() - 4).into())
    );
    assert_eq!(found[found.len() - 4..], expected);
    assert!(
        found[..found.len() - 4]
            .iter()
            .all(|row| row.contains(",uncertain,")),
        "{found:?}"
    );
    assert!(found.contains(&"6000,uncertain,30".to_owned()), "{found:?}");
    let told = desk.done(&format!("{words} --born-by 2008-11-20"));
    expected.remove(2);
    let found = rows(&desk);
    assert_eq!(
        (&told["missing"], &found[found.len() - 3..]),
        (&3.into(), &expected[..])
    );
}
