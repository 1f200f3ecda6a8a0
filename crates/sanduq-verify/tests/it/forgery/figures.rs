//! Forged figures: totals, seats, tables, the exchange format, turnout.

use crate::damage::Dice;
use crate::forgery::Care;
use crate::forgery::Forgery;
use crate::forgery::hand::number;
use crate::forgery::hand::record;
use crate::forgery::hand::replace;
use crate::forgery::hand::with_number;

const TOTALS: &str = "totals/president.json";

/// A total of each unit.
pub fn totals(dice: &mut Dice) -> Vec<Forgery> {
    let mut all = Vec::new();
    let stations = ["d1-1", "d1-2", "d1-3", "d2-1", "d2-2", "d2-3"];
    let stations = stations.map(|unit| ("station", unit));
    let above = [("nation", "n"), ("district", "d1"), ("district", "d2")];
    for (level, unit) in above.into_iter().chain(stations) {
        let keys = [
            ("counted", "counted"),
            ("f10", "field f10"),
            ("b", "choice b"),
        ];
        let (key, what) = keys[dice.below(keys.len())];
        let at = (TOTALS, format!("unit {unit}, {what}:"));
        let name = format!("the total of {unit}, {what}");
        all.push(Forgery::new(
            name,
            Care::Alone,
            "total.differs",
            at,
            move |files| {
                let begins = format!("{{\"level\":\"{level}\",\"unit\":\"{unit}\",");
                record(files, TOTALS, &begins, |line| {
                    with_number(line, key, number(line, key) + 1)
                });
            },
        ));
    }
    all
}

/// A member of each kind of file: where, from, to, and the place that must be named.
const MEMBERS: [(&str, &str, &str, &str); 20] = [
    (
        "totals/president.csv",
        ",551,601,282",
        ",552,600,282",
        "line 2, column choice.a",
    ),
    (
        "sheets/president.csv",
        ",120,90,40,",
        ",121,89,40,",
        "line 2, column choice.a",
    ),
    ("turnout.csv", ",550,533", ",555,533", "line 3, column came"),
    (
        "seats/council-d1.csv",
        ",290,2,",
        ",290,3,",
        "line 2, column seats",
    ),
    ("contests.csv", "'=Amal", "'=Imal", "line 2, column name_en"),
    (
        "geography.csv",
        ",500,23610000",
        ",501,23610000",
        "line 5, column registered",
    ),
    (
        "stations.csv",
        "Station 1",
        "Station 9",
        "line 2, column name_en",
    ),
    (
        "seats/council-d1.json",
        "\"palm\":2,\"well\":1",
        "\"palm\":3,\"well\":0",
        "awards.palm",
    ),
    (
        "seats/council-d1.json",
        "\"lacked\":61",
        "\"lacked\":961",
        "margins[choice well].lacked",
    ),
    (
        "seats/council-d1.json",
        "173 1/3, used",
        "173 2/3, used",
        "steps[0].sentence",
    ),
    (
        "seats/council-d1.json",
        "\"partial\"",
        "\"preliminary\"",
        "standing:",
    ),
    (
        "seats/council-d1.json",
        "\"palm\":290",
        "\"palm\":291",
        "votes.palm:",
    ),
    (
        "seats/president.json",
        "[\"b\",\"a\"]",
        "[\"b\",\"c\"]",
        "outcome.run_off.among[1]",
    ),
    (
        "stations.json",
        "[\"n\",\"d1\"]",
        "[\"n\",\"d2\"]",
        "stations[station d1-1].above[1]",
    ),
    (
        "turnout.json",
        "\"came\":550",
        "\"came\":555",
        "units[unit n].hours[hour 12].came",
    ),
    (
        "turnout.json",
        "\"reported\":5,",
        "\"reported\":6,",
        "hours[hour 12].reported",
    ),
    (
        "nist/president.json",
        "unofficial-complete",
        "certified",
        "Status:",
    ),
    (
        "nist/president.json",
        "\"BallotsCast\":1458",
        "\"BallotsCast\":1459",
        "BallotsCast:",
    ),
    (
        "nist/president.json",
        "\"Undervotes\":12",
        "\"Undervotes\":11",
        "Undervotes:",
    ),
    (
        "nist/president.json",
        "\"Content\":\"=Amal\"",
        "\"Content\":\"Basil\"",
        "Content:",
    ),
];

/// One member of one file.
pub fn members() -> Vec<Forgery> {
    let mut all = Vec::new();
    for (path, from, to, place) in MEMBERS {
        let name = format!("{path}: {to} for {from}");
        let forge = move |files: &mut _| replace(files, path, from, to);
        all.push(Forgery::new(
            name,
            Care::Alone,
            "file.recomputed",
            (path, place),
            forge,
        ));
    }
    all
}

/// Counts of the exchange format.
pub fn exchange() -> Vec<Forgery> {
    let mut all = Vec::new();
    for (from, to, place) in [
        (
            "\"Count\":551,",
            "\"Count\":552,",
            "choice-president-a in unit-n:",
        ),
        (
            "\"Count\":331,",
            "\"Count\":330,",
            "choice-president-b in unit-d2:",
        ),
        (
            "\"Count\":69,",
            "\"Count\":68,",
            "choice-president-c in unit-d2-3:",
        ),
    ] {
        let at = ("nist/president.json", place);
        let forge = move |files: &mut _| replace(files, "nist/president.json", from, to);
        let name = format!("a count of the exchange format, {place}");
        all.push(Forgery::new(name, Care::Alone, "exchange.count", at, forge));
    }
    let at = ("nist/president.json", "choice-president-a in unit-zz");
    let nowhere = |files: &mut _| {
        let path = "nist/president.json";
        replace(
            files,
            path,
            "\"Count\":551,\"GpUnitId\":\"unit-n\"",
            "\"Count\":551,\"GpUnitId\":\"unit-zz\"",
        );
    };
    let code = "exchange.reference";
    all.push(Forgery::new(
        "votes of nowhere",
        Care::Alone,
        code,
        at,
        nowhere,
    ));
    let at = ("nist/council-d1.json", "unit-d1, sub-units");
    let full = |files: &mut _| {
        let path = "nist/council-d1.json";
        replace(
            files,
            path,
            "\"SubUnitsReported\":2",
            "\"SubUnitsReported\":3",
        );
    };
    all.push(Forgery::new(
        "coverage",
        Care::Alone,
        "exchange.count",
        at,
        full,
    ));
    all
}

/// Files too few and too many.
pub fn missing_and_extra() -> Vec<Forgery> {
    let mut all = Vec::new();
    for path in [
        "totals/president.csv",
        "seats/president.json",
        "nist/question.json",
    ] {
        let gone = move |files: &mut crate::folder::Files| {
            files.remove(path);
        };
        let name = format!("{path} left out");
        all.push(Forgery::new(
            name,
            Care::Alone,
            "file.missing",
            (path, ""),
            gone,
        ));
    }
    for path in ["sheets/mayor.json", "law/decree.toml", "totals.csv"] {
        let more = move |files: &mut crate::folder::Files| {
            files.insert(path.to_owned(), b"{}\n".to_vec());
        };
        let name = format!("{path} slipped in");
        all.push(Forgery::new(
            name,
            Care::Alone,
            "file.extra",
            (path, ""),
            more,
        ));
    }
    let path = "history/9-000000000000.json";
    let past = move |files: &mut crate::folder::Files| {
        files.insert(path.to_owned(), b"{}\n".to_vec());
    };
    let name = "an earlier publication invented";
    all.push(Forgery::new(
        name,
        Care::Alone,
        "history.not_sealed",
        (path, ""),
        past,
    ));
    all
}

/// The hours of stations.
pub fn days() -> Vec<Forgery> {
    let turnout = "turnout.json";
    let mut all = Vec::new();
    for (station, came) in [("d1-1", 120), ("d1-2", 150), ("d1-3", 99), ("d2-3", 80)] {
        let name = format!("turnout of {station} going down");
        let at = (turnout, format!("station {station}, hour 12 after hour 9"));
        let voted = came - 3;
        all.push(Forgery::new(
            name,
            Care::Derived,
            "turnout.order",
            at,
            move |files| {
                let begins = format!("{{\"level\":\"station\",\"unit\":\"{station}\",");
                record(files, turnout, &begins, |line| {
                    let from = format!("\"came\":{came},\"voted\":{voted}");
                    line.replace(&from, "\"came\":30,\"voted\":29")
                });
            },
        ));
        let name = format!("more voted than came at {station}");
        let at = (
            turnout,
            format!("station {station}, hour 12: more voted than came"),
        );
        all.push(Forgery::new(
            name,
            Care::Derived,
            "turnout.voted",
            at,
            move |files| {
                let begins = format!("{{\"level\":\"station\",\"unit\":\"{station}\",");
                record(files, turnout, &begins, |line| {
                    with_number(line, "voted", came + 1)
                });
            },
        ));
    }
    let at = ("stations.json", "station d1-1:");
    let early = |files: &mut _| {
        replace(
            files,
            "stations.json",
            "2026-10-01T16:00:00Z",
            "2026-10-01T04:00:00Z",
        );
    };
    all.push(Forgery::new(
        "closed before it opened",
        Care::Derived,
        "station.hours",
        at,
        early,
    ));
    all
}

/// What stations reported, changed with everything above it.
pub fn reports() -> Vec<Forgery> {
    let turnout = "turnout.json";
    let mut all = Vec::new();
    for (station, came) in [("d1-1", 120), ("d2-2", 61)] {
        let name = format!("one more came to {station}, and to all above");
        let at = (turnout, "hour 12, report 3:");
        let code = "turnout.entries";
        let more = move |files: &mut _| {
            let begins = format!("{{\"level\":\"station\",\"unit\":\"{station}\",");
            record(files, turnout, &begins, |line| {
                with_number(line, "came", came + 1)
            });
        };
        all.push(Forgery::new(name, Care::Derived, code, at, more));
    }
    let at = ("turnout.json", "hour 12, report 2:");
    let other = |files: &mut _| {
        record(
            files,
            "turnout.json",
            "{\"level\":\"station\",\"unit\":\"d1-1\",",
            |line| with_number(line, "report", 2),
        );
    };
    let name = "an hour under another report";
    all.push(Forgery::new(
        name,
        Care::Derived,
        "turnout.entries",
        at,
        other,
    ));
    for (instant, later, place) in [
        ("05:00:00Z", "05:01:00Z", "opened, report 1:"),
        ("16:00:00Z", "16:01:00Z", "closed, report 4:"),
    ] {
        let name = format!("another instant of a station, {place}");
        let at = ("stations.json", place);
        let moved = move |files: &mut _| replace(files, "stations.json", instant, later);
        all.push(Forgery::new(
            name,
            Care::Derived,
            "station.entries",
            at,
            moved,
        ));
    }
    all
}
