//! Every way in which a ballot or a source can contradict itself, and the line that is named.

use super::*;
use sanduq_core::refusal::Refusal;

const FORM: &str = r#"code = "x"
names = { en = "X" }
field = [{ code = "a", names = { en = "A" }, meaning = "valid", headers = ["Valid"] }]

[contest]
code = "c"
names = { en = "C" }
nation = { code = "n", names = { en = "N" } }
level = "station"
max_choices = 1

[[contest.choice]]
code = "one"
names = { en = "One" }

[[source]]
code = "stations"
ignored = ["url"]

[source.total_rows]
level = "station"
values = ["total"]

[[source.level]]
code = "province"
names = { en = "P" }
key = "number"
empty = "none"

[[source.level]]
code = "station"
names = { en = "S" }
key = "code"
headers = ["id"]

[[source.note]]
code = "start"
kind = "time"
headers = ["started"]
"#;

/// What stands in the form, what is written instead, the refusal and its line.
const MISTAKES: &[(&str, &str, &str, usize)] = &[
    ("names = { en = \"C\" }", "names = {}", "form.nameless", 7),
    ("names = { en = \"N\" }", "names = {}", "form.nameless", 8),
    (
        "level = \"station\"",
        "level = \"canton\"",
        "form.layout",
        9,
    ),
    ("max_choices = 1", "max_choices = 0", "form.layout", 10),
    (
        "max_choices = 1",
        "max_choices = 1\nseat_rule = \"r\"",
        "form.layout",
        11,
    ),
    ("code = \"one\"", "code = \"a\"", "form.taken_code", 13),
    ("{ en = \"One\" }", "{}", "form.nameless", 14),
    ("code = \"one\"", "code = \"valid\"", "form.layout", 12),
    ("[\"url\"]", "[\"valid\"]", "form.layout", 18),
    (
        "ignored = [\"url\"]",
        "choices_after = \"url\"",
        "form.layout",
        18,
    ),
    (
        "ignored = [\"url\"]",
        "ignore = [\"url\"]",
        "form.unreadable",
        18,
    ),
    (
        "\"station\"\nvalues",
        "\"canton\"\nvalues",
        "form.layout",
        21,
    ),
    (
        "code = \"province\"",
        "code = \"nation\"",
        "form.taken_code",
        25,
    ),
    ("{ en = \"P\" }", "{}", "form.nameless", 26),
    ("\"number\"", "\"digits\"", "form.unreadable", 27),
    (
        "code = \"station\"\nnames",
        "code = \"province\"\nnames",
        "form.taken_code",
        31,
    ),
    ("headers = [\"id\"]", "", "form.layout", 30),
    (
        "headers = [\"id\"]",
        "headers = [\"URL\"]",
        "form.layout",
        18,
    ),
    ("[\"started\"]", "[\"ID\"]", "form.layout", 36),
    ("\"time\"", "\"date\"", "form.unreadable", 38),
    ("\"none\"", "\"n o\"", "form.layout", 28),
];

#[test]
fn every_contradiction_is_refused_with_its_line() {
    Form::from_toml(FORM).unwrap();
    for (good, bad, code, line) in MISTAKES {
        let text = FORM.replacen(good, bad, 1);
        assert_ne!(text, FORM, "{bad} is not a change");
        let refusal = Form::from_toml(&text).unwrap_err();
        let sentence = refusal.to_string();
        assert_eq!(refusal.code(), *code, "{bad}: {sentence}");
        assert!(
            sentence.contains(&format!("line {line}")),
            "{bad}: {sentence}"
        );
    }
}

#[test]
fn a_seat_rule_needs_seats_and_valid_votes() {
    let form = |meaning: &str, most: u32, seats: u32| {
        let ballot = format!("max_choices = {most}\nseats = {seats}\nseat_rule = \"r\"");
        let text = FORM.replace("max_choices = 1", &ballot);
        let text = text.replace("meaning = \"valid\"", &format!("meaning = \"{meaning}\""));
        Form::from_toml(&text).map_err(|refusal| refusal.to_string())
    };
    for (meaning, most) in [("valid", 1), ("valid", 3), ("in_box", 1)] {
        form(meaning, most, 10).unwrap();
        let said = form(meaning, most, 0).unwrap_err();
        assert!(
            said.contains("line 12: the seat rule `r` without seats"),
            "{said}"
        );
    }
    let said = form("in_box", 3, 10).unwrap_err();
    assert!(said.contains("meaning is `valid`"), "{said}");
}

#[test]
fn a_source_needs_levels_choices_and_a_contest() {
    let cut = |from: &str, to: &str| {
        let (start, end) = (FORM.find(from).unwrap(), FORM.find(to).unwrap());
        format!("{}{}", &FORM[..start], &FORM[end..])
    };
    for (text, says) in [
        (cut("[contest]", "[[source]]"), "needs a [contest]"),
        (cut("[[contest.choice]]", "[[source]]"), "no choices"),
        (
            cut("[[source.level]]", "[[source.note]]"),
            "missing field `level`",
        ),
    ] {
        let refusal = Form::from_toml(&text).unwrap_err().to_string();
        assert!(refusal.contains(says), "{refusal}");
    }
    let none = cut("[[source.level]]", "[[source.note]]").replace("ignored", "level = []\nignored");
    let refusal = Form::from_toml(&none).unwrap_err().to_string();
    assert!(refusal.contains("at least one level"), "{refusal}");
}
