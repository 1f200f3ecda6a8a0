mod nation;
mod truth;

use crate::people::number::Days;
use crate::people::roll::Roll;
use crate::people::roll::Size;
use crate::people::source::Language;
use crate::people::source::Source;
use crate::people::writing::write;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;

/// The texts of the jurisdiction with people of a language.
fn texts(language: Language) -> (String, String) {
    let all = concat!(env!("CARGO_MANIFEST_DIR"), "/../../jurisdictions");
    for folder in fs::read_dir(all).unwrap().map(Result::unwrap) {
        let Ok(people) = fs::read_to_string(folder.path().join("people.toml")) else {
            continue;
        };
        let names = fs::read_to_string(folder.path().join("names.csv")).unwrap();
        if Source::read(&people, &names).unwrap().ways.language == language {
            return (people, names);
        }
    }
    panic!("no jurisdiction has people in {language:?}");
}

/// The people of a language.
pub(crate) fn source(language: Language) -> Source {
    let (people, names) = texts(language);
    Source::read(&people, &names).unwrap()
}

const fn size(records: u64) -> Size {
    Size {
        records,
        seed: 1,
        days: Days::All,
    }
}

/// A file that stays in memory.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<u8>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// All files of a roll by name.
fn files(roll: &Roll<'_>) -> BTreeMap<String, String> {
    let mut kept: BTreeMap<String, Kept> = BTreeMap::new();
    let open = |name: &str| Ok(kept.entry(name.to_owned()).or_default().clone());
    write(roll, open, |_| Ok(())).unwrap();
    let text = |kept: Kept| String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
    kept.into_iter()
        .map(|(name, file)| (name, text(file)))
        .collect()
}

/// The rows of a file without its header, in fields.
fn rows(text: &str) -> impl Iterator<Item = Vec<&str>> {
    text.lines().skip(1).map(|line| line.split(',').collect())
}

#[test]
fn what_is_wrong_with_a_source_is_named() {
    let (people, names) = texts(Language::Arabic);
    let header = "name,latin,man,woman,father,grandfather,family,misspellings";
    let with = |from: &str, to: &str| {
        assert!(people.contains(from), "{from}");
        (people.replacen(from, to, 1), names.clone())
    };
    let table = [
        (with("year = 2026", "years = 2026"), "people.toml: "),
        (with("\"محمد\"", "\"سقراط\""), "سقراط is not in names.csv"),
        (with("[\"01\", 100]", "[\"1\", 100]"), "codes of one length"),
        (with("[2, 7, 6,", "[7, 6,"), "as many weights as digits"),
        (with("[1, 0, 9,", "[10, 0, 9,"), "check digits from 0 to 9"),
        (with("\"UNIT\", ", ""), "as many weights as digits"),
        (with("\"2\", \"3\"", "\"2\""), "two centuries"),
        ((people.clone(), String::new()), "the header is not"),
        (
            (people.clone(), format!("{header}\nمحمد,Mohamed,1,,,,,\n")),
            "every part of a name needs two names",
        ),
        (
            (people.clone(), format!("{header}\nمحمد,Mohamed,1\n")),
            "names.csv, line 2: eight fields",
        ),
        (
            (people.clone(), format!("{header}\nمحمد,Mohamed,x,,,,,\n")),
            "names.csv, line 2: a weight is no number",
        ),
    ];
    for ((people, names), expected) in table {
        let why = Source::read(&people, &names).unwrap_err();
        assert!(why.contains(expected), "{expected}: {why}");
    }
}

#[test]
fn a_roll_has_exactly_its_records_or_is_refused() {
    let source = source(Language::Persian);
    // Some of these end with the second record of somebody who has more.
    for records in (1..60).chain(250..300).chain([9_999]) {
        let roll = Roll::new(&source, size(records)).unwrap();
        let files = files(&roll);
        assert_eq!(rows(&files["roll.csv"]).count() as u64, records);
    }
    for records in [0, 120_000_001] {
        assert!(Roll::new(&source, size(records)).is_err(), "{records}");
    }
}

#[test]
fn the_threads_do_not_matter_and_the_seed_does() {
    let source = source(Language::Arabic);
    let on = |threads, seed| {
        let size = Size {
            seed,
            ..size(20_000)
        };
        let roll = Roll::new(&source, size).unwrap();
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        pool.build().unwrap().install(|| files(&roll))
    };
    let one = on(1, 5);
    assert_eq!(one.len(), 10);
    assert!(one == on(3, 5));
    let other = on(3, 6);
    assert!(one.iter().all(|(name, text)| other[name] != *text));
}
