//! Codes follow from what cells say, not from the order in which they come.

use super::*;
use sanduq_count::form::Form;

const FORM: &str = r#"
code = "x"
names = { en = "X" }
field = [{ code = "a", names = { en = "A" }, meaning = "valid" }]
[contest]
code = "c"
names = { en = "C" }
nation = { code = "n", names = { en = "N" } }
max_choices = 1
[[contest.choice]]
code = "one"
names = { en = "One" }
[[source]]
code = "s"
[[source.level]]
code = "province"
names = { en = "P" }
key = "name"
headers = ["province"]
language = "ar"
[[source.level]]
code = "district"
names = { en = "D" }
key = "number"
headers = ["district"]
empty = "abroad"
[[source.level]]
code = "station"
names = { en = "S" }
key = "code"
headers = ["station"]
"#;

fn code(units: &mut Units, form: &Form, path: [&str; 3]) -> Result<String, KeyFault> {
    let mut node = Node::NATION;
    for (level, cell) in path.into_iter().enumerate() {
        node = units.find(level, &form.sources[0].levels[level], cell, None)?;
    }
    Ok(units.code(node).to_string())
}

#[test]
fn a_unit_has_one_code_however_and_whenever_it_is_spelt() {
    let form = Form::from_toml(FORM).unwrap();
    let ballot = form.contest.clone().unwrap();
    let rows = [
        ["المنيا", "Nr. 39", "7"],
        ["المنيا ", "٣٩", "٨"],
        ["أسوان", "40", "7"],
        ["اسوان", "", "A-7"],
        ["المنيا", "39", "7"],
        ["المنيا", "0039", "7"],
        ["المنيا", "00", "7"],
    ];
    let mut units = Units::new(&ballot);
    let forward: Vec<_> = rows
        .iter()
        .map(|row| code(&mut units, &form, *row).unwrap())
        .collect();
    assert_eq!(units.len(), 1 + 2 + 4 + 5);
    assert_eq!(
        forward[0], "77bca7ad-39-7",
        "a kept store knows it by this code"
    );
    assert_eq!(
        forward[0], forward[4],
        "the same cells are the same station"
    );
    assert!(
        forward[0].ends_with("-39-7") && forward[1].ends_with("-39-8"),
        "{forward:?}"
    );
    assert_eq!(forward[5], forward[0], "zeros before a number say nothing");
    assert!(forward[6].ends_with("-0-7"), "{forward:?}");
    assert!(forward[3].ends_with("-abroad-A-7"), "{forward:?}");
    let mut units = Units::new(&ballot);
    let mut backward: Vec<_> = rows
        .iter()
        .rev()
        .map(|row| code(&mut units, &form, *row).unwrap())
        .collect();
    backward.reverse();
    assert_eq!(forward, backward);
    let tree = units.geography(&ballot, &form.sources[0]).unwrap();
    assert_eq!(tree.stations().count(), 5);
    assert!(tree.units().iter().any(|unit| unit.names.ar == "اسوان"));
}

#[test]
fn a_cell_that_names_no_unit_says_why() {
    let form = Form::from_toml(FORM).unwrap();
    let ballot = form.contest.clone().unwrap();
    let long = "x".repeat(64);
    for (path, fault) in [
        (["", "1", "1"], KeyFault::Empty),
        (["-", "1", "1"], KeyFault::Unfit("a name")),
        (["p", "one", "1"], KeyFault::Unfit("one number")),
        (["p", "3 or 4", "1"], KeyFault::Unfit("one number")),
        (["p", "1", ""], KeyFault::Empty),
        (["p", "1", "a/b"], {
            KeyFault::Unfit("a code of the letters A-Z a-z, digits, `.`, `_` and `-`")
        }),
        (["p", "1", &long], KeyFault::TooLong),
    ] {
        let mut units = Units::new(&ballot);
        assert_eq!(code(&mut units, &form, path), Err(fault), "{path:?}");
    }
}

#[test]
fn two_codes_that_differ_by_the_zeros_of_a_spreadsheet_are_refused() {
    let form = Form::from_toml(FORM).unwrap();
    let ballot = form.contest.clone().unwrap();
    for (first, second) in [
        ("02.10", "2.1"),
        ("02.10", "02.1"),
        ("02.110", "2.11"),
        ("2.100", "2.1"),
        ("2", "2.0"),
        ("001", "1"),
        ("001", "01"),
        ("000", "0"),
        ("A-07", "A-7"),
        ("1.02.3", "01.2.3"),
        ("٠٠١", "1"),
    ] {
        for (first, second) in [(first, second), (second, first)] {
            let mut units = Units::new(&ballot);
            code(&mut units, &form, ["p", "1", first]).unwrap();
            let fault = code(&mut units, &form, ["p", "1", second]).unwrap_err();
            assert_eq!(fault.code(), "import.unit_collision", "{first} {second}");
            let said = fault.to_string().replace("001", "٠٠١");
            for part in [first, second] {
                let part = part.replace("001", "٠٠١");
                assert!(said.contains(&format!("`{part}`")), "{part} in: {said}");
            }
            let elsewhere = code(&mut units, &form, ["p", "2", second]);
            assert!(elsewhere.is_ok(), "{second} below another unit");
        }
    }
    for (first, second) in [
        ("2.1", "2.01"),
        ("10.11", "10.110"),
        ("2.1", "2.11"),
        ("1", "10"),
        ("100", "10"),
        ("1.10.3", "1.1.3"),
        ("A7", "B7"),
        ("7", "-7"),
    ] {
        let mut units = Units::new(&ballot);
        code(&mut units, &form, ["p", "1", first]).unwrap();
        let other = code(&mut units, &form, ["p", "1", second]);
        assert!(other.is_ok(), "{first} {second}");
    }
}
