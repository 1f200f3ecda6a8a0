//! The checks S1 to S8 of requirements D.2 as a table: one figure wrong, one finding.

use super::*;

/// f1..f12 of requirements D.2 with their checks; `left_without` is optional.
const FORM: &str = r#"
code = "d2"
names = { en = "sheet" }
field = [
  { code = "f1", names = { en = "registered" }, meaning = "registered" },
  { code = "f2", names = { en = "presented" }, meaning = "presented" },
  { code = "f3", names = { en = "refused" }, meaning = "refused" },
  { code = "f4", names = { en = "checked in" }, meaning = "checked_in" },
  { code = "f5", names = { en = "received" }, meaning = "received" },
  { code = "f6", names = { en = "unused" }, meaning = "unused" },
  { code = "f7", names = { en = "spoiled" }, meaning = "spoiled" },
  { code = "f8", names = { en = "issued" }, meaning = "issued" },
  { code = "f9", names = { en = "in box" }, meaning = "in_box" },
  { code = "f10", names = { en = "valid" }, meaning = "valid" },
  { code = "f11", names = { en = "invalid" }, meaning = "invalid" },
  { code = "f12", names = { en = "blank" }, meaning = "blank" },
  { code = "left", names = { en = "left without" }, meaning = "other", optional = true },
]
[[check]]
code = "S1"
names = { en = "received = unused + spoiled + issued" }
severity = "major"
left = ["f5"]
relation = "="
right = ["f6", "f7", "f8"]
[[check]]
code = "S2"
names = { en = "checked in = issued" }
severity = "major"
left = ["f4"]
relation = "="
right = ["f8"]
[[check]]
code = "S3"
names = { en = "in box <= issued" }
severity = "critical"
left = ["f9"]
relation = "<="
right = ["f8"]
[[check]]
code = "S4"
names = { en = "in box = valid + invalid + blank" }
severity = "critical"
left = ["f9"]
relation = "="
right = ["f10", "f11", "f12"]
[[check]]
code = "S5"
names = { en = "choices = valid * marks" }
severity = "critical"
when = "exact_choice"
left = ["choices"]
relation = "="
right = ["f10 * max_choices"]
[[check]]
code = "S5a"
names = { en = "valid <= choices" }
severity = "critical"
when = "free_choice"
left = ["f10"]
relation = "<="
right = ["choices"]
[[check]]
code = "S5b"
names = { en = "choices <= valid * marks" }
severity = "critical"
when = "free_choice"
left = ["choices"]
relation = "<="
right = ["f10 * max_choices"]
[[check]]
code = "S6"
names = { en = "checked in <= registered" }
severity = "major"
left = ["f4"]
relation = "<="
right = ["f1"]
tolerance = 2
[[check]]
code = "S7"
names = { en = "presented - refused - left = checked in" }
severity = "minor"
left = ["f2", "-f3", "-left"]
relation = "="
right = ["f4"]
[[check]]
code = "S8"
names = { en = "no choice above valid" }
severity = "critical"
left = ["max(choices)"]
relation = "<="
right = ["f10"]
"#;

const ONE_MARK: Marks = Marks {
    max_choices: 1,
    exact: true,
};
const UP_TO_TWO: Marks = Marks {
    max_choices: 2,
    exact: false,
};

/// A sheet on which everything holds: f1..f12, nobody left without.
const GOOD: [u64; 12] = [500, 310, 4, 306, 600, 290, 4, 306, 305, 300, 3, 2];

fn codes(fields: &[Option<u64>], choices: &[Option<u64>], marks: Marks) -> Vec<String> {
    let form = Form::from_toml(FORM).unwrap();
    let votes = |figures: &[Option<u64>]| -> Vec<Option<Votes>> {
        figures.iter().map(|f| f.map(Votes::new)).collect()
    };
    let findings = Checks::new(&form).failing(marks, &votes(fields), &votes(choices));
    findings.into_iter().map(|found| found.check).collect()
}

/// The good sheet with one line written otherwise; line 13 is `left`.
fn sheet(line: usize, figure: Option<u64>) -> Vec<Option<u64>> {
    let mut fields: Vec<_> = GOOD.iter().copied().map(Some).collect();
    fields.push(None);
    fields[line - 1] = figure;
    fields
}

#[test]
fn one_wrong_figure_fails_exactly_the_checks_that_read_it() {
    let choices = [Some(180), Some(120)];
    for (line, figure, expected) in [
        (13, None, &[][..]),
        (13, Some(0), &[]),
        (5, Some(601), &["S1"]),
        (6, Some(289), &["S1"]),
        (4, Some(305), &["S2", "S7"]),
        (8, Some(304), &["S1", "S2", "S3"]),
        (9, Some(307), &["S3", "S4"]),
        (11, Some(4), &["S4"]),
        (12, Some(1), &["S4"]),
        (10, Some(299), &["S4", "S5"]),
        (1, Some(304), &[]),
        (1, Some(303), &["S6"]),
        (2, Some(311), &["S7"]),
        (3, Some(400), &["S7"]),
        (13, Some(1), &["S7"]),
        (9, None, &[EMPTY_LINE, "S3", "S4"]),
        (10, None, &[EMPTY_LINE, "S4", "S5", "S8"]),
    ] {
        let found = codes(&sheet(line, figure), &choices, ONE_MARK);
        assert_eq!(found, expected, "line {line} = {figure:?}");
    }
}

#[test]
fn marks_decide_what_the_choices_must_add_up_to() {
    let fields = sheet(13, None);
    for (choices, marks, expected) in [
        ([Some(180), Some(120)], ONE_MARK, &[][..]),
        ([Some(180), Some(121)], ONE_MARK, &["S5"]),
        ([Some(180), None], ONE_MARK, &[EMPTY_LINE, "S5", "S8"]),
        ([Some(300), Some(300)], UP_TO_TWO, &[]),
        ([Some(150), Some(150)], UP_TO_TWO, &[]),
        ([Some(150), Some(149)], UP_TO_TWO, &["S5a"]),
        ([Some(301), Some(299)], UP_TO_TWO, &["S8"]),
        ([Some(301), Some(300)], UP_TO_TWO, &["S5b", "S8"]),
    ] {
        assert_eq!(codes(&fields, &choices, marks), expected, "{choices:?}");
    }
}

#[test]
fn the_largest_figures_neither_wrap_nor_round() {
    let mut fields: Vec<_> = [u64::MAX; 12].map(Some).to_vec();
    fields.push(Some(u64::MAX));
    let marks = Marks {
        max_choices: u32::MAX,
        exact: true,
    };
    let found = codes(&fields, &[Some(u64::MAX); 64], marks);
    assert_eq!(found, ["S1", "S4", "S5", "S7"]);
}

#[test]
fn both_sides_are_told() {
    let form = Form::from_toml(FORM).unwrap();
    let fields: Vec<_> = sheet(3, Some(400))
        .into_iter()
        .map(|f| f.map(Votes::new))
        .collect();
    let choices = [180, 120].map(Votes::new).map(Some);
    let found = Checks::new(&form).failing(ONE_MARK, &fields, &choices);
    assert_eq!((found[0].left, found[0].right), (Some(-90), Some(306)));
    assert!(!found[0].holds_back(), "a minor finding is noted only");
}

#[test]
fn every_check_that_is_made_is_told_whether_it_holds_or_not() {
    let form = Form::from_toml(FORM).unwrap();
    let fields: Vec<_> = sheet(9, Some(307))
        .into_iter()
        .map(|f| f.map(Votes::new))
        .collect();
    let choices = [180, 120].map(Votes::new).map(Some);
    let made = Checks::new(&form).made(ONE_MARK, &fields, &choices);
    let told: Vec<_> = made
        .iter()
        .map(|made| (made.finding.check.as_str(), made.holds))
        .collect();
    let expected = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8"]
        .map(|code| (code, !matches!(code, "S3" | "S4")));
    assert_eq!(told, expected);
    assert_eq!(
        (made[3].finding.left, made[3].finding.right),
        (Some(307), Some(305))
    );
}
