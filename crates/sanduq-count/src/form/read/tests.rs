//! Every mistake that a form can hold, and the line that its refusal names.

use super::*;
use sanduq_core::refusal::Refusal;

const FORM: &str = r#"code = "x"
names = { en = "X" }

[[field]]
code = "a"
names = { ar = "أ" }
meaning = "checked_in"

[[field]]
code = "b"
names = { ar = "ب" }
meaning = "in_box"

[[check]]
code = "a_b"
names = { en = "a = b" }
severity = "major"
left = ["a"]
relation = "="
right = [
  "b",
  "-a * max_choices",
]
"#;

#[test]
fn the_form_itself_is_read() {
    let form = Form::from_toml(FORM).unwrap();
    assert_eq!(form.position("b"), Some(1));
    assert_eq!(form.meaning(crate::form::Meaning::CheckedIn), Some(0));
    assert_eq!(form.meaning(crate::form::Meaning::Valid), None);
}

#[test]
fn every_mistake_is_refused_with_its_line() {
    for (good, bad, code, line) in [
        ("code = \"x\"", "code = \"x y\"", "form.unreadable", 1),
        ("code = \"x\"", "code = \"x\"\nz = 1", "form.unreadable", 2),
        ("names = { en = \"X\" }", "names = {}", "form.nameless", 2),
        ("{ ar = \"ب\" }", "{}", "form.nameless", 11),
        ("code = \"b\"", "code = \"a\"", "form.taken_code", 10),
        ("code = \"b\"", "code = \"choices\"", "form.taken_code", 10),
        ("\"in_box\"", "\"in_the_box\"", "form.unreadable", 12),
        ("\"a_b\"", "\"a, b\"", "form.taken_code", 15),
        ("{ en = \"a = b\" }", "{ en = \"\" }", "form.nameless", 16),
        ("\"major\"", "\"grave\"", "form.unreadable", 17),
        ("left = [\"a\"]", "left = [\"z\"]", "form.unknown_field", 18),
        (
            "relation = \"=\"",
            "relation = \"<\"",
            "form.unreadable",
            19,
        ),
        ("  \"b\",", "  \"c\",", "form.unknown_field", 21),
        ("* max_choices", "* max_choice", "form.not_a_term", 22),
        ("* max_choices", "* 2", "form.not_a_term", 22),
        ("\"-a ", "\"--a ", "form.unknown_field", 22),
        ("\"-a ", "\"a + b ", "form.not_a_term", 22),
        ("\"-a ", "\"max(a) ", "form.not_a_term", 22),
    ] {
        let text = FORM.replacen(good, bad, 1);
        assert_ne!(text, FORM, "{bad} is not a change");
        let refusal = Form::from_toml(&text).unwrap_err();
        let sentence = refusal.to_string();
        assert_eq!(refusal.code(), code, "{bad}: {sentence}");
        assert!(
            sentence.contains(&format!("line {line}")),
            "{bad}: {sentence}"
        );
    }
}

#[test]
fn a_form_without_a_field_counts_nothing() {
    let text = "code = \"x\"\nnames = { en = \"X\" }\nfield = []\n";
    assert_eq!(Form::from_toml(text), Err(FormRefusal::NoField));
}
