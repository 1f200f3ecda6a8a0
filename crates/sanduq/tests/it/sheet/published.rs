//! Published elections: what is read from their files is what was announced. The files are not
//! part of the project; without them the test says so and passes.

use super::import;
use super::object;
use serde_json::Value;
use serde_json::json;
use std::path::PathBuf;

/// A form, a file or folder of it, and what must come out: by pointer into the object.
struct Row {
    form: &'static str,
    path: &'static str,
    expected: &'static [(&'static str, u64)],
}

const ROWS: &[Row] = &[
    Row {
        form: "tunisia-2014",
        path: "tunisia-2014/par",
        expected: &[
            ("/sheets", 9_135),
            ("/accepted", 6_830),
            ("/quarantined", 2_305),
            ("/failures/a_f", 1_285),
            ("/failures/lists_j", 900),
            ("/failures/c_d_f_b", 381),
            ("/failures/j_k_l_f", 227),
            ("/failures/a_registered", 3),
            ("/failures/row_cells", 3),
            ("/totals/registered", 4_270_196),
            ("/contests", 27),
        ],
    },
    Row {
        form: "tunisia-2014-president",
        path: "tunisia-2014/pre.csv",
        expected: &[
            ("/sheets", 8_272),
            ("/stations", 8_232),
            ("/repeated", 40),
            ("/failures/repeated", 40),
            ("/totals/registered", 3_855_467),
            ("/choice/essebsi", 1_307_679),
            ("/choice/marzouki", 1_046_292),
        ],
    },
    Row {
        form: "tunisia-2014-president",
        path: "tunisia-2014/pre",
        expected: &[
            ("/sheets", 8_876),
            ("/repeated", 0),
            ("/choice/essebsi", 1_403_570),
            ("/choice/marzouki", 1_115_286),
        ],
    },
    Row {
        form: "russia-2021",
        path: "russia/2021.csv.zip",
        expected: &[
            ("/sheets", 96_325),
            ("/quarantined", 7),
            ("/failures/parties_valid", 0),
            ("/failures/valid_invalid_boxes", 0),
            ("/failures/received_balance", 0),
            ("/failures/boxes_issued", 7),
            ("/totals/registered", 109_204_662),
            ("/seats/united-russia", 126),
            ("/seats/kprf", 48),
            ("/seats/just-russia", 19),
            ("/seats/ldpr", 19),
            ("/seats/new-people", 13),
        ],
    },
    Row {
        form: "egypt-2012-r1",
        path: "egypt/Presidential 2012 Rnd1/EG.csv",
        expected: &[
            ("/sheets", 28),
            ("/accepted", 28),
            ("/totals/registered", 50_990_520),
            ("/totals/valid", 23_265_516),
            ("/choice/morsi", 5_764_952),
            ("/choice/shafik", 5_505_327),
            ("/total_rows/compared", 1),
            // The total row leaves out the 586,803 registered abroad.
            ("/total_rows/differing/0/stated", 50_403_717),
            ("/total_rows/differing/0/computed", 50_990_520),
        ],
    },
    Row {
        form: "egypt-2012-r1",
        path: "egypt/eed-mit/pround1/all.csv",
        expected: &[("/choice/morsi", 5_764_952), ("/choice/shafik", 5_505_327)],
    },
    Row {
        form: "egypt-2012-r1",
        path: "egypt/Presidential 2012 Rnd1/csv",
        expected: &[
            ("/sheets", 351),
            ("/totals/registered", 50_403_717),
            ("/totals/valid", 22_953_641),
            ("/total_rows/compared", 27),
        ],
    },
    Row {
        form: "egypt-2012-r1",
        path: "egypt/eed-mit/pround1/details",
        expected: &[("/sheets", 351), ("/totals/valid", 22_953_641)],
    },
    Row {
        form: "egypt-2012-r2",
        path: "egypt/Presidential 2012 Rnd2/EG.csv",
        expected: &[
            ("/totals/registered", 50_958_794),
            ("/choice/morsi", 13_230_131),
            ("/choice/shafik", 12_347_380),
        ],
    },
    Row {
        form: "egypt-2012-r2",
        path: "egypt/eed-mit/pround2/all-0.csv",
        expected: &[("/choice/morsi", 13_230_131), ("/total_rows/compared", 1)],
    },
    Row {
        form: "egypt-2012-r2",
        path: "egypt/Presidential 2012 Rnd2/csv",
        expected: &[("/sheets", 351), ("/choice/morsi", 13_004_238)],
    },
    Row {
        form: "egypt-2012-referendum",
        path: "egypt/eed-mit/ref/all-0.csv",
        expected: &[
            ("/totals/registered", 51_918_866),
            ("/totals/valid", 16_755_012),
            ("/choice/yes", 10_693_911),
            ("/choice/no", 6_061_101),
        ],
    },
    Row {
        form: "egypt-2012-referendum",
        path: "egypt/referendum2012/csv",
        expected: &[
            ("/sheets", 350),
            ("/total_rows/compared", 27),
            ("/total_rows/differing/0/stated", 3_565_351),
            ("/total_rows/differing/0/computed", 3_522_850),
        ],
    },
    Row {
        form: "egypt-2014-referendum",
        path: "egypt/referendum2014/csv/Final.csv",
        expected: &[
            ("/sheets", 28),
            ("/totals/registered", 53_423_485),
            ("/choice/yes", 19_985_389),
            ("/choice/no", 381_341),
            ("/total_rows/compared", 2),
        ],
    },
    Row {
        form: "egypt-2014",
        path: "egypt/eed-mit/p14/all.csv",
        expected: &[
            ("/accepted", 28),
            ("/choice/sisi", 23_780_104),
            ("/choice/sabahi", 757_511),
            // Noted, not held back: abroad nobody had to register.
            ("/failures/present_registered", 1),
        ],
    },
    Row {
        form: "georgia-2016-list",
        path: "georgia/2016_official_parl_party.csv",
        expected: &[
            ("/sheets", 3_668),
            ("/failures/parties_valid", 1_033),
            ("/choice/p41", 852_576),
            ("/choice/p5", 473_906),
        ],
    },
    Row {
        form: "iran-2009",
        path: "iran/Election2009Iran.csv",
        expected: &[
            ("/accepted", 30),
            ("/totals/valid", 38_728_799),
            ("/totals/total", 39_145_990),
            ("/choice/ahmadinejad", 24_515_209),
            ("/choice/mousavi", 13_225_330),
        ],
    },
];

#[test]
fn published_elections_come_out_as_announced() {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    if !data.is_dir() {
        println!("skipped: ../shared/data is absent");
        return;
    }
    for row in ROWS {
        let path = data.join(row.path);
        let mut object = object(&import(&["--form", row.form, "--dry-run"], &[&path]));
        object["choice"] = by_code(&object["choices"]);
        for (pointer, expected) in row.expected {
            let found = object.pointer(pointer);
            assert_eq!(
                found,
                Some(&json!(expected)),
                "{} {}: {pointer}",
                row.form,
                row.path
            );
        }
        let seats = object.get("seats").and_then(Value::as_object);
        assert_eq!(seats.is_some(), row.form == "russia-2021");
        if let Some(seats) = seats {
            assert_eq!(seats.len(), 5, "no other list has a seat: {seats:?}");
        }
    }
}

/// Votes by the code of the choice.
fn by_code(choices: &Value) -> Value {
    let choices = choices.as_array().unwrap().iter();
    choices
        .map(|choice| {
            (
                choice["code"].as_str().unwrap().to_owned(),
                choice["votes"].clone(),
            )
        })
        .collect()
}

#[test]
fn every_form_of_the_program_can_be_read() {
    let unknown = import(
        &["--form", "none", "--dry-run"],
        &[&PathBuf::from("none.csv")],
    );
    let said = super::refusal(&unknown);
    let known = said.split("known: ").nth(1).unwrap();
    let forms: Vec<&str> = known.split(", ").collect();
    assert!(forms.len() >= 11, "{forms:?}");
    for form in forms {
        let output = import(
            &["--form", form, "--dry-run"],
            &[&PathBuf::from("none.csv")],
        );
        let said = super::refusal(&output);
        let by_hand = ["wahat", "oman-shura"].contains(&form);
        let code = if by_hand {
            "[source.none]"
        } else {
            "[table.unreadable]"
        };
        assert!(said.contains(code), "{form}: {said}");
    }
}
