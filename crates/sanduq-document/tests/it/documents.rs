//! Every document in every language, read back and compared with the folder: figures, labels,
//! digits, order of writing.

use crate::folder::LONG;
use crate::folder::Published;
use crate::folder::STATION;
use crate::folder::certified;
use crate::folder::poppler;
use crate::folder::wadi;
use crate::reading::Read;
use crate::reading::digits;
use crate::reading::figure;
use crate::reading::plain;
use sanduq_core::count::Votes;
use sanduq_core::names::Locale;
use sanduq_count::sheet::SheetState;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const DOCUMENTS: [(&str, &str); 4] = [
    ("sheet", "sheet --contest president --station d1-1"),
    ("unit", "unit --contest president --unit d1"),
    ("certificate", "certificate --contest president"),
    ("form", "form --contest president --station d1-1"),
];

fn json(folder: &Published, path: &str) -> Value {
    serde_json::from_slice(&fs::read(folder.folder().join(path)).unwrap()).unwrap()
}

/// The figures of an object by their codes.
fn figures(object: &Value) -> Vec<(&str, Option<u64>)> {
    let all = object.as_object().unwrap().iter();
    all.map(|(code, votes)| (code.as_str(), votes.as_u64()))
        .collect()
}

/// All words of all texts of a JSON value.
fn words(value: &Value, all: &mut BTreeSet<String>) {
    match value {
        Value::String(text) => all.extend(plain(text).split(' ').map(str::to_owned)),
        Value::Array(values) => values.iter().for_each(|value| words(value, all)),
        // Numbers by which a word is looked up are not printed.
        Value::Object(values) => values
            .iter()
            .filter(|(key, _)| !["month", "weekday"].contains(&key.as_str()))
            .for_each(|(_, value)| words(value, all)),
        _ => {}
    }
}

/// The data that are attached to a document.
fn attached(pdf: &Path) -> Value {
    let out = pdf.with_extension("json");
    let mut detach = std::process::Command::new("pdfdetach");
    detach.args(["-save", "1", "-o"]).arg(&out).arg(pdf);
    assert!(detach.output().unwrap().status.success());
    serde_json::from_slice(&fs::read(out).unwrap()).unwrap()
}

#[test]
fn every_figure_of_every_document_is_one_of_the_folder() {
    let folder = Published::of(&wadi());
    for locale in Locale::ALL {
        for (kind, asked) in DOCUMENTS {
            let what = format!("{kind}-{}", locale.tag());
            let pdf = folder.make(&format!("{asked} --locale {}", locale.tag()), &what);
            let Some(read) = Read::of(&pdf) else { return };
            let mut given = BTreeSet::new();
            words(&attached(&pdf), &mut given);
            let figures = read.figures(locale);
            assert!(figures.len() > 5, "{what}: {figures:?}");
            let pages: BTreeSet<String> = (1..=9).map(|page| figure(page, locale)).collect();
            for own in &figures {
                assert!(
                    given.contains(*own) || pages.contains(*own),
                    "{what}: {own}"
                );
            }
            let is_figure = |word: &&String| {
                !word.is_empty() && word.chars().all(|c| digits(locale).contains(c))
            };
            for word in given.iter().filter(is_figure) {
                assert!(figures.contains(&word.as_str()), "{what} lacks {word}");
            }
            for other in Locale::ALL
                .map(digits)
                .iter()
                .filter(|all| **all != digits(locale))
            {
                // The rule is quoted as it was adopted: its article 41 too.
                let foreign =
                    |word: &&str| *word != "41" && word.chars().all(|c| other.contains(c));
                let mut own = read.flow.split(' ').filter(|word| !word.is_empty());
                assert_eq!(
                    own.find(foreign),
                    None,
                    "{what}: digits of another language"
                );
            }
            let info = poppler("pdfinfo", &[], &pdf).unwrap();
            assert!(info.contains("Tagged:          yes"), "{what}: {info}");
            let bytes = fs::read(&pdf).unwrap();
            let said = String::from_utf8_lossy(&bytes);
            for standard in [
                "<pdfaid:part>3<",
                "<pdfaid:conformance>A<",
                "<pdfuaid:part>1<",
            ] {
                assert!(said.contains(standard), "{what}: {standard}");
            }
        }
    }
}

#[test]
fn the_minutes_have_each_line_with_its_figure() {
    let folder = Published::of(&wadi());
    let file = json(&folder, "sheets/president.json");
    let sheets = file["sheets"].as_array().unwrap();
    for locale in Locale::ALL {
        // One in order, one that both organs accepted, one that they corrected.
        let stations = ["d1-1", "d1-3", "d2-3"];
        let some = if locale == Locale::Ar { 3 } else { 1 };
        for station in &stations[..some] {
            let asked = format!("sheet --contest president --station {station}");
            let pdf = folder.make(&format!("{asked} --locale {}", locale.tag()), station);
            let Some(read) = Read::of(&pdf) else { return };
            let mut own = sheets.iter().filter(|sheet| sheet["station"] == *station);
            let sheet = own.next_back().unwrap();
            let lines = figures(&sheet["fields"]);
            assert_eq!(lines.len(), 7);
            for (code, votes) in lines.into_iter().chain(figures(&sheet["choices"])) {
                if let Some(votes) = votes {
                    let shown = figure(votes, locale);
                    assert!(
                        read.has_line(&[code, &shown]),
                        "{code} {shown}: {:?}",
                        read.lines
                    );
                }
            }
            let digest = sheet["digest"].as_str().unwrap();
            assert!(read.has(digest));
            assert!(
                read.has(
                    json(&folder, "event.json")["edition"]["snapshot"]
                        .as_str()
                        .unwrap()
                )
            );
        }
    }
}

#[test]
fn the_minutes_of_collation_have_each_unit_and_what_is_missing() {
    let folder = Published::of(&wadi());
    let totals = json(&folder, "totals/council-d1.json");
    for locale in Locale::ALL {
        let asked = format!(
            "unit --contest council-d1 --unit d1 --locale {}",
            locale.tag()
        );
        let pdf = folder.make(&asked, "unit");
        let Some(read) = Read::of(&pdf) else { return };
        for row in totals["totals"].as_array().unwrap() {
            let votes = figures(&row["choices"]);
            let shown: Vec<String> = votes
                .iter()
                .map(|(_, votes)| figure(votes.unwrap(), locale))
                .collect();
            let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
            assert!(read.has_line(&shown), "{row}: {:?}", read.lines);
        }
        let (state, missing) = match locale {
            Locale::Ar => ("موقوف", "نتيجة جزئية"),
            Locale::Fa => ("قرنطینه", "نتیجه ناقص"),
            Locale::Fr => ("Retenu", "Résultat partiel"),
            Locale::En => ("Held", "Partial result"),
        };
        assert!(read.has_line(&["d1-3", state]), "{:?}", read.lines);
        assert!(read.has(missing));
    }
}

#[test]
fn a_result_is_called_what_it_is() {
    let (open, closed) = (Published::of(&wadi()), Published::of(&certified()));
    let called = [
        (
            &open,
            "council-d1",
            [
                "نتيجة جزئية",
                "نتیجه ناقص",
                "Résultat partiel",
                "Partial result",
            ],
        ),
        (
            &open,
            "president",
            [
                "نتيجة أولية",
                "نتیجه اولیه",
                "Résultat préliminaire",
                "Preliminary result",
            ],
        ),
        (
            &closed,
            "president",
            [
                "نتيجة نهائية",
                "نتیجه نهایی",
                "Résultat définitif",
                "Final result",
            ],
        ),
    ];
    for (locale, place) in Locale::ALL.into_iter().zip(0..) {
        for (folder, contest, names) in &called {
            let asked = format!("certificate --contest {contest} --locale {}", locale.tag());
            let Some(read) = Read::of(&folder.make(&asked, "certificate")) else {
                return;
            };
            for (_, _, other) in &called {
                let own = other[place] == names[place];
                assert_eq!(read.has(other[place]), own, "{contest}: {}", other[place]);
            }
            if *contest == "council-d1" {
                let data = attached(&folder.beside("certificate"));
                assert!(data["outcome"].is_null() && data["has_seats"] == false);
                assert!(
                    data["elected"] == serde_json::json!([]) && data["margins"] == data["elected"]
                );
            }
            let totals = json(folder, &format!("totals/{contest}.json"));
            for (_, votes) in figures(&totals["totals"][0]["choices"]) {
                assert!(
                    read.figures(locale)
                        .contains(&figure(votes.unwrap(), locale).as_str())
                );
            }
        }
    }
}

#[test]
fn letters_stand_in_the_order_of_reading() {
    let folder = Published::of(&wadi());
    for (locale, name) in Locale::ALL.into_iter().zip(STATION) {
        let asked = format!(
            "sheet --contest president --station d1-1 --locale {}",
            locale.tag()
        );
        let Some(read) = Read::of(&folder.make(&asked, "order")) else {
            return;
        };
        // Whole up to the comma; behind it a word with marks, around which the line is broken.
        let (first, rest) = name.split_once(['،', ',']).unwrap_or((name, ""));
        assert!(read.has(first), "{name}: {}", read.flow);
        for word in rest.split_whitespace() {
            assert!(read.has(word), "{word}: {}", read.flow);
        }
        let marks = |text: &str, mark: char| text.matches(mark).count();
        for mark in ['\u{200C}', '\u{651}', '\u{64E}'] {
            assert!(
                marks(&read.raw, mark) >= marks(name, mark),
                "{name}: {mark:?}"
            );
        }
        match locale {
            Locale::Ar => assert!(!read.flow.contains('ی'), "a Persian yeh in Arabic"),
            Locale::Fa => assert!(read.has("نسخه‌های صورت‌جلسه") && read.flow.contains('ی')),
            Locale::Fr | Locale::En => {}
        }
    }
}

#[test]
fn a_long_name_wraps_and_nothing_is_cut() {
    let folder = Published::of(&wadi());
    for (kind, asked) in [DOCUMENTS[0], DOCUMENTS[1], DOCUMENTS[3]] {
        let pdf = folder.make(&format!("{asked} --locale en"), kind);
        let Some(read) = Read::of(&pdf) else { return };
        for word in plain(LONG).split(' ') {
            assert!(read.flow.contains(word), "{kind}: {word}");
        }
        let boxes = poppler("pdftotext", &["-bbox"], &pdf).unwrap();
        let mut words = 0;
        for line in boxes.lines().filter(|line| line.contains("<word ")) {
            let side = |name: &str| -> f64 {
                let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
                rest.split('"').next().unwrap().parse().unwrap()
            };
            // 18 mm of margin.
            assert!(
                side("xMin") > 49.0 && side("xMax") < 547.0,
                "{kind}: {line}"
            );
            words += 1;
        }
        assert!(words > 100);
    }
}

#[test]
fn another_figure_is_another_text() {
    let honest = wadi();
    let mut changed = wadi();
    let own = |sheet: &&mut sanduq_count::sheet::Sheet| sheet.key.station.as_str() == "d1-1";
    let sheet = changed.snapshot.sheets.iter_mut().find(own).unwrap();
    let SheetState::Accepted { figures, .. } = &mut sheet.state else {
        panic!("the first sheet is accepted");
    };
    figures.choices[0] = Some(Votes::new(977));
    let read = [honest, changed].map(|nation| {
        let asked = "sheet --contest president --station d1-1 --locale fa";
        Read::of(&Published::of(&nation).make(asked, "sheet"))
    });
    let [Some(honest), Some(changed)] = read else {
        return;
    };
    assert!(honest.has_line(&["a", "۱۲۰"]) && !honest.has_line(&["a", "۹۷۷"]));
    assert!(changed.has_line(&["a", "۹۷۷"]) && !changed.has_line(&["a", "۱۲۰"]));
    assert!(changed.has("نادرست است (بحرانی)"), "S5 no longer holds");
    assert!(!honest.has("نادرست است"));
}

#[test]
fn the_same_folder_gives_the_same_bytes() {
    let (one, two) = (Published::of(&wadi()), Published::of(&wadi()));
    for (kind, asked) in [DOCUMENTS[0], DOCUMENTS[2]] {
        let pdfs = [&one, &two].map(|folder| fs::read(folder.make(asked, kind)).unwrap());
        assert!(pdfs[0] == pdfs[1], "{kind}");
    }
}

#[test]
fn the_authority_changes_a_template() {
    let folder = Published::of(&wadi());
    let own = folder.beside("own");
    fs::create_dir(&own).unwrap();
    let template = "#import \"house.typ\": *\n#show: house.with(\"Own\")\n#n(data.version)\n";
    fs::write(own.join("sheet.typ"), template).unwrap();
    let asked = format!(
        "{} --locale en --templates {}",
        DOCUMENTS[0].1,
        own.display()
    );
    let Some(read) = Read::of(&folder.make(&asked, "own.pdf")) else {
        return;
    };
    assert!(read.has("Own") && !read.has("Lines of the sheet"));
}
