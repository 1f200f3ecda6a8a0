//! Forged sheets: votes, columns, whole sheets, states, failed checks, decisions.

use crate::damage::Dice;
use crate::forgery::Care;
use crate::forgery::Forgery;
use crate::forgery::hand::number;
use crate::forgery::hand::place;
use crate::forgery::hand::record;
use crate::forgery::hand::records;
use crate::forgery::hand::sheet;
use crate::forgery::hand::with_digest;
use crate::forgery::hand::with_number;

const PRESIDENT: &str = "sheets/president.json";
const COUNCIL: &str = "sheets/council-d1.json";

const COUNTED: [(&str, u32); 6] = [
    ("d1-1", 1),
    ("d1-2", 1),
    ("d1-3", 1),
    ("d2-1", 1),
    ("d2-2", 2),
    ("d2-3", 2),
];

/// Votes changed, by the careless and by those who state the new digest.
pub fn votes(dice: &mut Dice) -> Vec<Forgery> {
    let mut all = Vec::new();
    for (station, version) in COUNTED {
        let mut forged = |name: String, change: Box<dyn Fn(&str) -> String>| {
            let at = (PRESIDENT, place(station, version));
            let forge = move |files: &mut _| {
                record(files, PRESIDENT, &sheet(station, version), &change);
            };
            all.push(Forgery::new(name, Care::Derived, "sheet.digest", at, forge));
        };
        for choice in ["a", "b", "c"] {
            let more = 1 + u64::try_from(dice.below(9)).unwrap();
            let add = move |line: &str| with_number(line, choice, number(line, choice) + more);
            forged(
                format!("{more} votes more for {choice} at {station}"),
                Box::new(add),
            );
        }
        let swap = |line: &str| {
            let (a, c) = (number(line, "a"), number(line, "c"));
            with_digest(
                &with_number(&with_number(line, "a", c), "c", a),
                "president",
            )
        };
        forged(
            format!("columns swapped at {station}, with its digest"),
            Box::new(swap),
        );
        let balanced = |line: &str| {
            let one = |line: &str, key| with_number(line, key, number(line, key) + 1);
            let more = one(&one(&one(&one(line, "f8"), "f9"), "f10"), "b");
            with_digest(&more, "president")
        };
        forged(
            format!("a ballot added at {station}, all checks holding"),
            Box::new(balanced),
        );
    }
    all
}

/// Sheets dropped and doubled.
pub fn sheets() -> Vec<Forgery> {
    let mut all = Vec::new();
    for (station, version) in COUNTED.into_iter().chain([("d2-2", 1), ("d2-3", 1)]) {
        let at = (PRESIDENT, place(station, version));
        let name = format!("the sheet of {station} version {version} dropped");
        let drop = move |files: &mut _| {
            records(files, PRESIDENT, &sheet(station, version), |_| Vec::new());
        };
        all.push(Forgery::new(
            name,
            Care::Derived,
            "sheet.not_published",
            at,
            drop,
        ));

        let at = (
            PRESIDENT,
            format!("version {version} of the sheet of {station}"),
        );
        let name = format!("the sheet of {station} version {version} twice");
        let double = move |files: &mut _| {
            records(files, PRESIDENT, &sheet(station, version), |line| {
                vec![line.to_owned(); 2]
            });
        };
        all.push(Forgery::new(
            name,
            Care::Alone,
            "publication.sheet_twice",
            at,
            double,
        ));
    }
    all
}

/// Sheets that nobody sent.
pub fn invented() -> Vec<Forgery> {
    let mut all = Vec::new();
    for (station, version) in COUNTED {
        let at = (PRESIDENT, place(station, version + 1));
        let name = format!("{station} counted again under a further version");
        let again = move |files: &mut _| {
            records(files, PRESIDENT, &sheet(station, version), |line| {
                let from = format!("\"version\":{version}");
                let again = line.replace(&from, &format!("\"version\":{}", version + 1));
                vec![line.to_owned(), with_digest(&again, "president")]
            });
        };
        all.push(Forgery::new(
            name,
            Care::Alone,
            "sheet.not_journaled",
            at,
            again,
        ));
    }
    let at = (PRESIDENT, "station d2-2:");
    let first = |files: &mut _| records(files, PRESIDENT, &sheet("d2-2", 1), |_| Vec::new());
    let name = "a version that follows none";
    all.push(Forgery::new(
        name,
        Care::Derived,
        "sheet.versions",
        at,
        first,
    ));
    let at = (PRESIDENT, place("d1-1", 1));
    let lines = |files: &mut _| {
        record(files, PRESIDENT, &sheet("d1-1", 1), |line| {
            line.replace("\"f11\":6,\"f12\":4", "\"f12\":4,\"f11\":6")
        });
    };
    all.push(Forgery::new(
        "lines in another order",
        Care::Alone,
        "sheet.lines",
        at,
        lines,
    ));
    let at = (COUNCIL, "d2-1 does not vote in council-d1");
    let code = "publication.sheet_not_owed";
    all.push(Forgery::new(
        "a sheet of elsewhere",
        Care::Alone,
        code,
        at,
        |files| {
            record(files, COUNCIL, &sheet("d1-3", 1), |line| {
                line.replace("d1-3", "d2-1")
            });
        },
    ));
    all
}

/// States, failed checks and decisions.
pub fn states() -> Vec<Forgery> {
    let mut all = Vec::new();
    let president = |name: &str, code, (station, version), from: &'static str, to: &'static str| {
        let at = (PRESIDENT, place(station, version));
        Forgery::new(name, Care::Derived, code, at, move |files| {
            record(files, PRESIDENT, &sheet(station, version), |line| {
                assert!(line.contains(from), "{line} has no {from}");
                line.replacen(from, to, 1)
            });
        })
    };
    for (name, code, sheet, from, to) in PRESIDENTS {
        all.push(president(name, code, sheet, from, to));
    }
    for (name, code, from, to) in COUNCILS {
        let at = (COUNCIL, place("d1-3", 1));
        all.push(Forgery::new(name, Care::Derived, code, at, move |files| {
            record(files, COUNCIL, &sheet("d1-3", 1), |line| {
                assert!(line.contains(from), "{line} has no {from}");
                line.replacen(from, to, 1)
            });
        }));
    }
    all
}

type President = (
    &'static str,
    &'static str,
    (&'static str, u32),
    &'static str,
    &'static str,
);

const PRESIDENTS: [President; 16] = [
    (
        "an accepted sheet taken out of the count",
        "sheet.state",
        ("d1-1", 1),
        "\"accepted\"",
        "\"superseded\"",
    ),
    (
        "a recount held back",
        "sheet.state",
        ("d2-3", 2),
        "\"accepted\"",
        "\"quarantined\"",
    ),
    (
        "a returned sheet received",
        "sheet.state",
        ("d2-2", 1),
        "\"returned\"",
        "\"received\"",
    ),
    (
        "another ground",
        "sheet.decision",
        ("d1-3", 1),
        "minutes 7",
        "minutes 8",
    ),
    (
        "another verdict",
        "sheet.decision",
        ("d2-1", 1),
        "\"correct\"",
        "\"accept\"",
    ),
    (
        "another hour",
        "sheet.decision",
        ("d1-3", 1),
        "17:05:00Z",
        "17:06:00Z",
    ),
    (
        "another proposer",
        "sheet.decision",
        ("d1-3", 1),
        "\"executive\"",
        "\"judiciary\"",
    ),
    (
        "one organ alone",
        "sheet.organs",
        ("d1-3", 1),
        "\"supervision\"",
        "\"executive\"",
    ),
    (
        "a refusal where the law wants a signature",
        "sheet.organs",
        ("d1-3", 1),
        "17:05:00Z\"",
        "17:05:00Z\",\"refused_because\":\"no\"",
    ),
    (
        "a decision struck out",
        "sheet.decision",
        ("d2-1", 1),
        ",\"decision\":{\"verdict\":\"correct\",\"ground\":\"figures transposed, \\\"paper\\\" \
         read\",\"proposed_by\":\"executive\",\"proposed_at\":\"2026-10-01T17:07:00Z\",\
         \"answered_by\":\"supervision\",\"answered_at\":\"2026-10-01T17:08:00Z\"}",
        "",
    ),
    (
        "a decision that nobody took",
        "sheet.decision",
        ("d1-1", 1),
        "\"c\":40}",
        "\"c\":40},\"decision\":{\"verdict\":\"correct\",\"ground\":\"none\",\
         \"proposed_by\":\"executive\",\"proposed_at\":\"2026-10-01T17:07:00Z\",\
         \"answered_by\":\"supervision\",\"answered_at\":\"2026-10-01T17:08:00Z\"}",
    ),
    (
        "a finding invented",
        "sheet.failures",
        ("d1-1", 1),
        "\"c\":40}",
        "\"c\":40},\"findings\":[{\"check\":\"rumour\",\"severity\":\"minor\",\"left\":null,\
         \"right\":null}]",
    ),
    (
        "another salt",
        "sheet.digest",
        ("d1-1", 1),
        "\"salt\":\"09f5dd",
        "\"salt\":\"dd5f90",
    ),
    (
        "a salt left out",
        "sheet.salt_missing",
        ("d1-1", 1),
        ",\"salt\":\"09f5dd000c931b3fd3352047d95cfaf9\"",
        "",
    ),
    (
        "the salt of figures that nobody sees",
        "sheet.salt_told",
        ("d2-2", 1),
        ",\"decision\"",
        ",\"salt\":\"00112233445566778899aabbccddeeff\",\"decision\"",
    ),
    (
        "an empty line filled",
        "sheet.digest",
        ("d1-1", 1),
        "\"f14\":null",
        "\"f14\":0",
    ),
];

const COUNCILS: [(&str, &str, &str, &str); 5] = [
    (
        "a quarantined sheet counted",
        "sheet.state",
        "\"quarantined\"",
        "\"accepted\"",
    ),
    (
        "a failed check passed over",
        "sheet.held",
        "\"quarantined\"",
        "\"accepted\"",
    ),
    (
        "a failed check made minor",
        "sheet.findings",
        "\"critical\"",
        "\"minor\"",
    ),
    (
        "a failed check made smaller",
        "sheet.findings",
        "\"right\":188",
        "\"right\":187",
    ),
    (
        "a failed check left out",
        "sheet.findings",
        ",\"findings\":[{\"check\":\"S4\",\"severity\":\"critical\",\"left\":187,\"right\":188}]",
        "",
    ),
];
