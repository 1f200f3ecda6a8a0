//! Bad input: what is wrong is named by file, row and column, and nothing is written.

use crate::desk::Desk;
use crate::placement::rolls::desk;

const STATIONS: &str = "id,district,centre,latitude,longitude,capacity,registered\n";

/// Rows with the code and a part of the sentence that refuse them.
const ROWS: [(&str, &str, &str); 11] = [
    (
        "2,A,two,26.2,30.2,0,400",
        "station_without_capacity",
        "row 3, column F “capacity”",
    ),
    (
        "2,A,two,26.2,30.2,,400",
        "station_without_capacity",
        "row 3, column F “capacity”",
    ),
    (
        "2,A,two,26.2,30.2,500,",
        "station_without_capacity",
        "row 3, column G “registered”",
    ),
    (
        "2,A,two,46.2,30.2,500,400",
        "outside_country",
        "row 3, column D “latitude”",
    ),
    (
        "2,A,two,30.2,26.2,500,400",
        "outside_country",
        "30.2 26.2 does not lie",
    ),
    (
        "2,A,two,95,30.2,500,400",
        "coordinates",
        "row 3, column D “latitude”",
    ),
    (
        "2,A,two,26.2,,500,400",
        "coordinates",
        "row 3, column D “latitude”",
    ),
    (
        "2,,two,26.2,30.2,500,400",
        "no_district",
        "row 3, column B “district”",
    ),
    (
        "2,A,two,26.2,30.2,many,400",
        "count",
        "row 3, column F “capacity”",
    ),
    (
        "1,A,two,26.2,30.2,500,400",
        "repeated_station",
        "stands in row 2 too",
    ),
    (
        "2,B,two,26.2,30.2,500,501",
        "too_few_places",
        "district “B”: 501 voters",
    ),
];

#[test]
fn a_bad_list_of_centres_is_refused_by_row_and_column() {
    let good = "1,A,one,26.1,30.1,500,400\n";
    for (row, code, said) in ROWS {
        let desk = Desk::of("placement");
        desk.file("list.csv", format!("{STATIONS}{good}{row}\n"));
        let words = "voters --input list.csv --profile wahat --out out.csv";
        if ["count", "no_district", "repeated_station"].contains(&code) {
            // What is wrong with a row is said before the law that is missing beside it.
            let (found, _) = desk.refusal("voters --input list.csv");
            assert_eq!(found, format!("placement.{code}"), "{row}");
        }
        let (found, message) = desk.refusal(words);
        assert_eq!(found, format!("placement.{code}"), "{row}");
        assert!(
            message.contains("list.csv") && message.contains(said),
            "{row}: {message}"
        );
        let output = desk.run(&format!("{words} --lang ar"));
        let arabic = String::from_utf8(output.stderr).unwrap();
        assert!(arabic.contains(said) && arabic.contains('ا'), "{arabic}");
    }
    let desk = Desk::of("placement");
    let both = "2,A,two,26.2,30.2,0,1\n3,A,three,26.2,30.2,0,1\n";
    desk.file("list.csv", format!("{STATIONS}{both}"));
    let (_, message) = desk.refusal("voters --input list.csv --profile wahat");
    assert!(
        message.contains("row 2") && message.contains("row 3"),
        "{message}"
    );
}

#[test]
fn a_file_that_is_no_list_is_refused() {
    let desk = Desk::of("placement");
    let list = format!("{STATIONS}1,A,one,26.1,30.1,500,400\n");
    desk.file("list.csv", &list)
        .file("empty.csv", "")
        .file("head.csv", STATIONS);
    desk.file("other.csv", "name,size\na,1\n");
    for (words, code) in [
        ("voters --input none.csv --largest 9", "table.unreadable"),
        ("voters --input empty.csv --largest 9", "table.empty"),
        ("voters --input head.csv --largest 9", "placement.no_rows"),
        ("voters --input other.csv --largest 9", "placement.column"),
        ("voters --input list.csv", "placement.law_unknown"),
        ("voters --input list.csv --profile nowhere", "law.absent"),
        (
            "voters --input list.csv --largest 900 --out list.csv",
            "placement.out_is_input",
        ),
        (
            "voters --input list.csv --largest 900 --out none/a.csv",
            "placement.out",
        ),
        (
            "voters --input list.csv --largest 900 --map a.svg --district Z",
            "placement.unknown_district",
        ),
        (
            "voters --input list.csv --largest 900 --out a.csv --geojson a.csv",
            "placement.out",
        ),
    ] {
        assert_eq!(desk.refusal(words).0, code, "{words}");
    }
    desk.file("plain.csv", "district,registered\nA,10\n");
    let words = "voters --input plain.csv --largest 9 --map a.svg --out a.csv";
    let (code, _) = desk.refusal(words);
    assert_eq!(code, "placement.no_coordinates");
    assert!(!desk.path("a.csv").exists(), "nothing is half done");
}

#[test]
fn a_bad_roll_is_refused_by_its_line() {
    let whole = desk(true);
    let roll = whole.text("roll.csv");
    for (line, code, said) in [
        (
            "V1,Nowhere,H,25.1,28.1,f,",
            "district_without_stations",
            "“Nowhere”",
        ),
        (
            "V1,D0,H,,,f,",
            "coordinates",
            "neither coordinates nor a block",
        ),
        ("V1,D0,H,95,28.1,f,", "coordinates", "“95”"),
        ("V1,D0,H,52.5,13.4,f,", "outside_country", "52.5 13.4"),
        ("V1,D0,H,25.1,28.1,,", "sex", "is no sex"),
        (",D0,H,25.1,28.1,f,", "no_id", "no id"),
    ] {
        whole.file("bad.csv", format!("{roll}{line}\n"));
        let words = "voters --input stations.csv --voters bad.csv --jurisdictions law \
                     --profile made --out out.csv";
        let (found, message) = whole.refusal(words);
        assert_eq!(found, format!("placement.{code}"), "{line}");
        let at = format!("bad.csv, line {}", roll.lines().count() + 1);
        assert!(
            message.contains(&at) && message.contains(said),
            "{line}: {message}"
        );
    }
    whole.file("bad.csv", format!("{roll}V0000001,D0,H,25.1,28.1,f,\n"));
    let words = "voters --input stations.csv --voters bad.csv --jurisdictions law --profile made";
    assert_eq!(whole.refusal(words).0, "placement.repeated_voter");
}

#[test]
fn voters_that_the_stations_of_a_district_cannot_have_are_refused() {
    let desk = desk(true);
    let stations = desk.text("stations.csv");
    // Without the stations that have no steps, or those of one sex, or nearly all.
    let kept = |keep: fn(&str) -> bool| {
        let lines = stations
            .lines()
            .filter(|line| line.starts_with("id,") || keep(line));
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    for (list, said) in [
        (
            kept(|line| !line.starts_with("S2-") || line.ends_with("no")),
            "without steps",
        ),
        (
            kept(|line| !line.starts_with("S2-") || line.contains(",men,")),
            "women",
        ),
        (
            kept(|line| !line.starts_with("S2-") || line.starts_with("S2-0,")),
            "places",
        ),
    ] {
        desk.file("few.csv", &list);
        let words = "voters --input few.csv --voters roll.csv --jurisdictions law --profile made \
                     --out out.csv";
        let (code, message) = desk.refusal(words);
        assert_eq!(code, "placement.too_few_places", "{said}");
        assert!(
            message.contains("“D2”") && message.contains(said),
            "{message}"
        );
    }
}
