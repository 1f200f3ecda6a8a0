//! Refusals and faults of a comparison with their places and figures, so that each language tells
//! them in its own words.

use crate::exit::Ended;
use crate::fact::Fact;
use crate::fact::Placed;
use crate::fact::Value;
use sanduq_core::refusal::Refusal;
use sanduq_matching::dates::DatesRefusal;
use sanduq_matching::load::IdsRefusal;
use sanduq_matching::load::LoadRefusal;
use sanduq_matching::memory::MemoryRefusal;
use sanduq_matching::prepared::PreparedRefusal;
use sanduq_matching::source::refusal::SourceFault;
use sanduq_matching::source::refusal::SourceRefusal;
use sanduq_register::matching::profile::ProfileRefusal;
use sanduq_register::matching::weights::WeightsRefusal;
use sanduq_table::Encoding;
use std::io;
use std::io::ErrorKind;
use std::path::Path;

/// A name among facts.
pub fn name(text: impl core::fmt::Display) -> Fact {
    Fact::Text(text.to_string())
}

/// A file among facts.
pub fn file(path: &Path) -> Fact {
    name(path.display())
}

/// A refusal with its place.
pub fn refused(code: &'static str, sentence: String, facts: Vec<Fact>) -> Ended {
    Ended::Placed(Box::new(Placed {
        fault: false,
        code,
        sentence,
        facts,
    }))
}

/// What could not be written. A full disk has a sentence of its own: the work is as it was, and
/// goes on where there is room.
pub fn unwritten(path: &Path, fault: &io::Error) -> Ended {
    let full = matches!(
        fault.kind(),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    );
    let code = if full {
        "matching.disk_full"
    } else {
        "matching.unwritten"
    };
    failed(code, path, fault)
}

/// What could not be read a second time.
pub fn unread(path: &Path, fault: &io::Error) -> Ended {
    failed("matching.unread", path, fault)
}

fn failed(code: &'static str, path: &Path, fault: &io::Error) -> Ended {
    let system = fault.raw_os_error().map(i64::from);
    let system = system.and_then(|number| u64::try_from(number).ok());
    let system = system.map(|number| Fact::places("place-system", "number", &[number]));
    Ended::Placed(Box::new(Placed {
        fault: true,
        code,
        sentence: format!("{}: {fault}", path.display()),
        facts: [file(path)].into_iter().chain(system).collect(),
    }))
}

/// What is wrong with a file as a whole.
pub fn source(refusal: &SourceRefusal) -> Ended {
    refused(refusal.code(), refusal.to_string(), of_source(refusal))
}

/// Why a file cannot be loaded.
pub fn load(refusal: &LoadRefusal) -> Ended {
    refused(refusal.code(), refusal.to_string(), of_load(refusal))
}

/// Why a comparison does not fit into memory.
pub fn memory(refusal: &MemoryRefusal) -> Ended {
    let facts = vec![of_memory(refusal)];
    refused(refusal.code(), refusal.to_string(), facts)
}

/// Why the prepared roll of a file cannot be used.
pub fn prepared(path: &Path, refusal: &PreparedRefusal) -> Ended {
    let version = match refusal {
        PreparedRefusal::Version(by) => Some(Fact::one("place-version", "version", by.as_str())),
        _ => None,
    };
    let facts = [file(path)].into_iter().chain(version).collect();
    in_place(path.display(), refusal, facts)
}

/// Why the profile of a name or file cannot be used.
pub fn profile(place: &str, refusal: &ProfileRefusal) -> Ended {
    let more = match refusal {
        ProfileRefusal::Malformed(line) => {
            let line = line
                .strip_prefix("line ")
                .and_then(|line| line.split(':').next());
            let line = line.and_then(|line| line.parse().ok());
            line.map(|line| Fact::places("place-line", "line", &[line]))
        }
        ProfileRefusal::UnknownPart(word) | ProfileRefusal::UnknownExtra(word) => Some(name(word)),
        ProfileRefusal::TooManyExtras => Some(name("columns.extras")),
        ProfileRefusal::NumberOutOfBounds => Some(name("[number]")),
        ProfileRefusal::NoBlock => None,
    };
    let facts = [name(place)].into_iter().chain(more).collect();
    in_place(place, refusal, facts)
}

/// Why the weights of a name or file cannot be used.
pub fn weights(place: &str, refusal: &WeightsRefusal) -> Ended {
    let line = Fact::places("place-line", "line", &[refusal.line as u64]);
    in_place(place, refusal, vec![name(place), line])
}

fn in_place(place: impl core::fmt::Display, refusal: &dyn Refusal, facts: Vec<Fact>) -> Ended {
    let sentence = format!("{place}: {}", refusal.to_string().trim_end());
    refused(refusal.code(), sentence, facts)
}

fn of_memory(refusal: &MemoryRefusal) -> Fact {
    let values = vec![
        ("needed", refusal.needed.div_ceil(1 << 20).into()),
        ("allowed", (refusal.allowed >> 20).into()),
    ];
    Fact::Said("place-memory", values)
}

/// A part of a whole.
fn share(part: u64, whole: u64) -> Fact {
    Fact::Said(
        "place-share",
        vec![("part", part.into()), ("whole", whole.into())],
    )
}

fn first_lines(lines: &[u64]) -> Fact {
    Fact::places("place-lines", "lines", lines)
}

fn of_source(refusal: &SourceRefusal) -> Vec<Fact> {
    let place = &refusal.place;
    let line = place
        .line
        .map(|line| Fact::places("place-line", "line", &[line]));
    let row = place
        .row
        .map(|row| Fact::places("place-row", "row", &[row]));
    let column = place.column.as_deref();
    let column = column.map(|column| Fact::one("place-column", "column", column));
    let mut facts = vec![name(&place.file)];
    facts.extend(line.into_iter().chain(row).chain(column));
    facts.extend(of_fault(&refusal.fault));
    facts
}

/// What a fault knows beyond its sentence; what a library says of damage is in English alone, and
/// stays with the sentence in English.
fn of_fault(fault: &SourceFault) -> Option<Fact> {
    Some(match fault {
        SourceFault::Packed { command, .. } => name(command),
        SourceFault::ZeroByte { offset } => Fact::places("place-byte", "byte", &[*offset]),
        SourceFault::NotUtf8 { looks_like } => {
            let known = (*looks_like != Encoding::Unknown).then(|| looks_like.to_string())?;
            let bare = known.split(" (").next().unwrap_or_default();
            Fact::one("place-encoding", "encoding", bare)
        }
        SourceFault::MissingColumn { name, have, .. } => {
            let have = have.iter().take(MOST_COLUMNS).cloned();
            let have = have.collect::<Vec<String>>().join(" | ");
            Fact::Said(
                "place-missing",
                vec![
                    ("column", name.as_str().into()),
                    ("have", Value::Text(have)),
                ],
            )
        }
        SourceFault::RepeatedColumn { first, second } => {
            let both = [*first, *second].map(|column| column as u64);
            Fact::places("place-columns", "columns", &both)
        }
        SourceFault::LineTooLong(bytes) => Fact::one("place-bytes", "bytes", *bytes as u64),
        SourceFault::Changed { expected, found } => share(*found, *expected),
        SourceFault::Compression(kind) => name(kind),
        SourceFault::NotFound
        | SourceFault::Unreadable(_)
        | SourceFault::Empty
        | SourceFault::OtherFormat(_)
        | SourceFault::LineEnds
        | SourceFault::NoHeader
        | SourceFault::UnclosedQuote
        | SourceFault::QuoteInHeader
        | SourceFault::Damaged(_)
        | SourceFault::Encrypted
        | SourceFault::ColumnType(_) => return None,
    })
}

/// Names of columns that are shown at most.
const MOST_COLUMNS: usize = 40;

fn of_load(refusal: &LoadRefusal) -> Vec<Fact> {
    match refusal {
        LoadRefusal::Source(refusal) => of_source(refusal),
        LoadRefusal::NoId { file, ids } => {
            vec![name(file), Fact::one("place-called", "names", ids.as_str())]
        }
        LoadRefusal::TooMany => Vec::new(),
        LoadRefusal::Memory(refusal) => vec![of_memory(refusal)],
        LoadRefusal::Dates(refusal) => of_dates(refusal),
        LoadRefusal::Ids(refusal) => of_ids(refusal),
        LoadRefusal::LongId { file, line, bytes } => vec![
            name(file),
            Fact::places("place-line", "line", &[*line]),
            Fact::one("place-bytes", "bytes", *bytes as u64),
        ],
        LoadRefusal::Sexes(sexes) => vec![
            name(&sexes.file),
            share(sexes.unknown, sexes.given),
            first_lines(&sexes.lines),
        ],
        LoadRefusal::TruthTwice { file, rows, lines } => vec![
            name(file),
            Fact::one("place-rows", "rows", *rows),
            first_lines(lines),
        ],
        LoadRefusal::TruthOriginal { file, line } => vec![
            name(file),
            Fact::places("place-line", "line", &[*line]),
            Fact::one("place-column", "column", "is_original"),
        ],
    }
}

fn of_dates(refusal: &DatesRefusal) -> Vec<Fact> {
    match refusal {
        DatesRefusal::Unreadable(read) => vec![name(&read.file), share(read.wrong, read.filled)],
        DatesRefusal::OnlyYears(read) => {
            vec![name(&read.file), share(read.only_years, read.filled)]
        }
        DatesRefusal::Unclear { file } => vec![name(file)],
        DatesRefusal::Contradicted { file, shown } => {
            let flag = format!("{} {}", shown.flag, shown.said);
            let values = vec![
                ("flag", Value::Text(flag)),
                ("rows", shown.rows.into()),
                ("found", shown.found.into()),
            ];
            vec![
                name(file),
                Fact::Said("place-shown", values),
                first_lines(&shown.lines),
            ]
        }
    }
}

fn of_ids(refusal: &IdsRefusal) -> Vec<Fact> {
    let told = ["place-repeated", "place-without"].into_iter();
    let told = told.zip(&refusal.rows).zip(&refusal.lines);
    let told = told.filter(|((_, rows), _)| **rows > 0);
    let told = told.map(|((key, rows), lines)| {
        let lines = Value::Places(lines.clone());
        Fact::Said(key, vec![("rows", (*rows).into()), ("lines", lines)])
    });
    [name(&refusal.file)].into_iter().chain(told).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching::said::SAID;
    use sanduq_core::names::Locale;

    /// What is told of a refusal in a language.
    fn told(ended: Ended, locale: Locale) -> String {
        match SAID.told(ended, false, Some(locale)) {
            Ended::Placed(placed) => placed.sentence,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_prepared_roll_that_cannot_be_used_is_named_in_every_language() {
        for (refusal, words) in [
            (
                PreparedRefusal::Torn("it is too short".to_owned()),
                ["أعِدّه", "آماده کنید", "Préparez-le", "Prepare it again"],
            ),
            (
                PreparedRefusal::Version("0.0.9".to_owned()),
                ["0.0.9", "0.0.9", "version 0.0.9", "version 0.0.9"],
            ),
            (
                PreparedRefusal::Profile,
                ["--calendar", "نمایه", "autre profil", "another profile"],
            ),
            (
                PreparedRefusal::Rules,
                ["قواعد", "قاعده", "règles", "other rules"],
            ),
            (
                PreparedRefusal::Letters,
                ["الحروف", "حروف", "lettres", "Letters"],
            ),
        ] {
            for (locale, word) in Locale::ALL.into_iter().zip(words) {
                let told = told(prepared(Path::new("a/roll.prepared"), &refusal), locale);
                assert!(told.contains("a/roll.prepared"), "{told}");
                assert!(told.contains(word), "{word}: {told}");
                let own = refusal.to_string();
                let own = own.split(';').next().unwrap_or_default();
                assert!(!told.contains(own), "{told}");
            }
        }
    }

    #[test]
    fn a_full_disk_is_told_from_another_fault() {
        for (system, code) in [
            (28, "matching.disk_full"),
            (122, "matching.disk_full"),
            (27, "matching.disk_full"),
            (13, "matching.unwritten"),
            (5, "matching.unwritten"),
        ] {
            let fault = io::Error::from_raw_os_error(system);
            let Ended::Placed(placed) = unwritten(Path::new("pairs.csv"), &fault) else {
                panic!("{system}");
            };
            assert_eq!((placed.code, placed.fault), (code, true), "{system}");
            let french = told(Ended::Placed(placed), Locale::Fr);
            let behind = format!("\u{2068}(pairs.csv, erreur du système {system})\u{2069}");
            assert!(french.ends_with(&behind), "{french}");
        }
    }

    #[test]
    fn a_profile_is_refused_with_its_key_or_line() {
        for (refusal, facts) in [
            (
                ProfileRefusal::Malformed("line 7: no".to_owned()),
                "my.toml, line 7",
            ),
            (ProfileRefusal::Malformed("no".to_owned()), "my.toml"),
            (
                ProfileRefusal::UnknownPart("shoe".to_owned()),
                "my.toml, shoe",
            ),
            (
                ProfileRefusal::UnknownExtra("aunt".to_owned()),
                "my.toml, aunt",
            ),
            (ProfileRefusal::TooManyExtras, "my.toml, columns.extras"),
            (ProfileRefusal::NumberOutOfBounds, "my.toml, [number]"),
            (ProfileRefusal::NoBlock, "my.toml"),
        ] {
            let told = told(profile("my.toml", &refusal), Locale::En);
            assert!(told.ends_with(&format!("({facts})\u{2069}")), "{told}");
        }
    }
}
