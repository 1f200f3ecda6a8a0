//! The law of Wadi, invented like everything there.

/// The law of the event.
pub const PROFILE: &str = r#"code = "wadi"
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

/// The form of its sheets.
pub const FORM: &str = r#"code = "wadi"
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

/// The rule of the presidency.
pub const MAJORITY: &str = r#"code = "majority"
law = "Invented: article 41"

[method.majority]
elects = { share = "1/2", compare = "more_than", base = "valid" }
places_per_seat = 2
run_off_tie = "decide"
"#;

/// The rule of the councils.
pub const HARE: &str = r#"code = "hare"
law = "Invented: article 12"
exhausted = "vacant"

[method.largest_remainder]
quota = { kind = "hare", base = "qualified", rounding = "exact" }
leftover = "another_round"
"#;
