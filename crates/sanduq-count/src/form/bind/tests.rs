//! Headings in any order and spelling end at the same lines; one too few or too many is refused.

use super::*;

const FORM: &str = r#"
code = "x"
names = { en = "X" }
field = [
  { code = "a", names = { ar = "الأصوات الصحيحة" }, meaning = "valid", headers = ["Valid"] },
  { code = "e", names = { en = "extra" }, meaning = "other", optional = true },
]
[contest]
code = "c"
names = { en = "C" }
nation = { code = "n", names = { en = "N" } }
max_choices = 1
[[contest.choice]]
code = "one"
names = { ar = "أحمد" }
[[contest.choice]]
code = "two"
names = { ar = "حمدين صباحى" }
headers = ["C2"]
[[source]]
code = "stations"
ignored = ["%", "url"]
level = [
  { code = "province", names = { en = "P" }, key = "number" },
  { code = "station", names = { en = "S" }, key = "code", headers = ["id"], named = ["name"] },
]
[[source.note]]
code = "start"
kind = "time"
headers = ["started"]
[[source]]
code = "provinces"
[[source.level]]
code = "province"
names = { en = "P" }
key = "name"
headers = ["Province"]
"#;

fn bind(header: &[&str]) -> Result<Binding, BindRefusal> {
    let header: Vec<String> = header.iter().map(|&text| text.to_owned()).collect();
    Form::from_toml(FORM).unwrap().bind(&header)
}

#[test]
fn lists_in_another_order_and_spelling_are_bound_by_name() {
    let one = bind(&["id", "a", "one", "two"]).unwrap();
    assert_eq!((one.fields, one.choices), (vec![Some(1), None], vec![2, 3]));
    assert_eq!(
        one.levels,
        [None, Some(0)],
        "the province is the file's name"
    );
    let other = bind(&[
        "%",
        "C2",
        "الاصوات  الصحيحه",
        "%",
        "احمد",
        "ID ",
        "extra",
        "started",
    ]);
    let other = other.unwrap();
    assert_eq!(
        (other.fields, other.choices),
        (vec![Some(2), Some(6)], vec![4, 1])
    );
    assert_eq!(
        (other.levels, other.notes),
        (vec![None, Some(5)], vec![Some(7)])
    );
    assert_eq!(
        bind(&["id", "name", "a", "one", "two"]).unwrap().named,
        [None, Some(1)]
    );
    let second = bind(&["province", "Valid", "حمدين صباحي", "one"]).unwrap();
    assert_eq!((second.source, second.choices), (1, vec![3, 2]));
}

#[test]
fn a_column_too_few_too_many_or_twice_is_refused() {
    let missing = |named: &str| BindRefusal::MissingColumn(named.to_owned());
    for (header, refusal) in [
        (
            &["id", "a", "one"][..],
            missing("two` or `حمدين صباحى` or `C2"),
        ),
        (
            &["id", "one", "two"],
            missing("a` or `الأصوات الصحيحة` or `Valid"),
        ),
        (&["a", "one", "two"], missing("id")),
        (&[], missing("id")),
        (
            &["id", "a", "one", "two", "three"],
            BindRefusal::UnknownColumn(4),
        ),
        (
            &["id", "a", "one", "two", ""],
            BindRefusal::UnknownColumn(4),
        ),
        (
            &["id", "a", "one", "C2", "two"],
            BindRefusal::RepeatedColumn(4),
        ),
        (
            &["id", "a", "Valid", "one", "two"],
            BindRefusal::RepeatedColumn(2),
        ),
    ] {
        assert_eq!(bind(header), Err(refusal), "{header:?}");
    }
    let typed = "code = \"x\"\nnames = { en = \"X\" }\nfield = [{ code = \"a\", \
                 names = { en = \"A\" }, meaning = \"valid\" }]";
    let refused = Form::from_toml(typed).unwrap().bind(&[]);
    assert_eq!(refused, Err(BindRefusal::NoSource));
}

#[test]
fn choices_may_be_every_column_after_one() {
    let lists = FORM
        .replace(
            "ignored = [",
            "choices_after = \"a\"\nignored = [\"observers\", ",
        )
        .replace(
            "code = \"provinces\"",
            "code = \"provinces\"\nchoices_after = \"a\"",
        );
    let start = lists.find("[[contest.choice]]").unwrap();
    let end = lists.find("[[source]]").unwrap();
    let text = format!("{}{}", &lists[..start], &lists[end..]);
    let form = Form::from_toml(&text).unwrap();
    let bind = |header: &[&str]| {
        let header: Vec<String> = header.iter().map(|&text| text.to_owned()).collect();
        form.bind(&header)
    };
    let bound = bind(&["id", "a", "القائمة", "observers", "النهضة", "started"]).unwrap();
    assert_eq!(bound.choices, [2, 4]);
    for (header, refusal) in [
        (
            &["id", "list", "a", "other"][..],
            BindRefusal::UnknownColumn(1),
        ),
        (
            &["id", "a", "القائمة", "القائمه"],
            BindRefusal::RepeatedColumn(3),
        ),
        (&["id", "a", "القائمة", "-"], BindRefusal::UnknownColumn(3)),
        (
            &["id", "a", "observers"],
            BindRefusal::MissingColumn("of a choice".to_owned()),
        ),
    ] {
        assert_eq!(bind(header), Err(refusal), "{header:?}");
    }
}
