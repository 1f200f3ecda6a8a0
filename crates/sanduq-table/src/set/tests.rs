use super::*;

#[test]
fn names_are_ordered_as_a_person_numbers_them() {
    let mut names = [
        "10.csv", "2.csv", "1.csv", "27.csv", "02.csv", "a10", "a2", "a", "ب2", "ب10",
    ];
    names.sort_by(|a, b| natural_order(a, b));
    let expected = [
        "1.csv", "02.csv", "2.csv", "10.csv", "27.csv", "a", "a2", "a10", "ب2", "ب10",
    ];
    assert_eq!(names, expected);
    let long = "9".repeat(50);
    assert_eq!(
        natural_order(&long, &format!("1{}", "0".repeat(50))),
        Ordering::Less
    );
}

#[test]
fn hidden_characters_of_a_name_are_shown() {
    assert_eq!(visible("الدائرة 1.csv"), "الدائرة 1.csv");
    assert_eq!(visible("a\u{202E}vsc.exe"), "aU+202Evsc.exe");
}

#[test]
fn a_folders_tables_are_told_by_their_names() {
    for (name, table) in [
        ("1.csv", true),
        ("1.CSV", true),
        ("a.tsv", true),
        ("a.json", true),
        ("a.xlsx", true),
        ("a.xls", true),
        ("a.csv.zip", true),
        ("README.txt", false),
        (".hidden.csv", false),
        ("~$a.xlsx", false),
        ("a.geojson", false),
    ] {
        assert_eq!(is_table_name(name), table, "{name}");
    }
}
