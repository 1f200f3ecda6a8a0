//! What a form says of its files reaches the reader of tables.

use super::*;

const SOURCE: &str = r#"
[[source]]
code = "s"
sheet = "Stations"
[[source.level]]
code = "station"
names = { en = "S" }
key = "code"
headers = ["station"]
"#;

#[test]
fn the_sheet_is_the_one_that_every_source_names() {
    let head = r#"
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
"#;
    let (same, other) = (
        SOURCE.replace("\"s\"", "\"t\""),
        SOURCE.replace("Stations", "Centres"),
    );
    let none = SOURCE.replace("sheet = \"Stations\"", "");
    for (sources, sheet) in [
        ([SOURCE, &same], Some("Stations")),
        ([SOURCE, &other.replace("\"s\"", "\"t\"")], None),
        ([SOURCE, &none.replace("\"s\"", "\"t\"")], None),
        ([&none, &same], None),
    ] {
        let form = Form::from_toml(&format!("{head}{}", sources.concat())).unwrap();
        assert_eq!(reading(&form).sheet.as_deref(), sheet, "{sources:?}");
    }
}
