//! Rows that are set aside, and that the rows around them are not.

use std::collections::BTreeSet;

use super::WANTED;
use super::read;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;

const LONG: usize = 401;

/// Of a row set aside the number, the line, the name of the field and the code.
type Told = (u64, u64, &'static str, &'static str);

/// Rows below the heading `given,number,sex,note`, those of them that are set aside, and the given
/// names that are handed on.
const CASES: &[(&[u8], &[Told], &str)] = &[
    (
        "a,1,F,n\nb,2,F\nc,3,F,n\n".as_bytes(),
        &[(1, 3, "", "field_count")],
        "a c",
    ),
    (
        "a,1,F,n,x\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "", "field_count")],
        "b",
    ),
    // A quote mark too many takes no row away but its own.
    (
        "\"a,1,F,n\n\"b\",2,F,n\nc,3,F,n\n".as_bytes(),
        &[(0, 2, "given", "stray_quote")],
        "b c",
    ),
    (
        "a,1,\"F\"x,n\nb,2,F,n".as_bytes(),
        &[(0, 2, "sex", "stray_quote")],
        "b",
    ),
    (
        "a,1,F,\"n\"x\nb,2,F,n".as_bytes(),
        &[(0, 2, "", "stray_quote")],
        "b",
    ),
    // A quote mark that closes at the wrong place makes a record of two lines.
    (
        "\"a,1,F,n\nb,2,F,\"\nc,3,F,n\n".as_bytes(),
        &[(0, 2, "", "field_count"), (1, 3, "", "unclosed")],
        "",
    ),
    (
        b"a\xD8,1,F,n\nb,2,F,n\nc,3,F,n\n",
        &[(0, 2, "given", "not_utf8")],
        "b c",
    ),
    (
        b"a,1,F\xFF,n\nb,2,F,n\nc,3,F,n\n",
        &[(0, 2, "sex", "not_utf8")],
        "b c",
    ),
    // What stands in a column that is not wanted does not matter.
    (b"a,1,F,\xFF\nb,2,F,\x07\n", &[], "a b"),
    (
        "a\u{7},1,F,n\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "control_character")],
        "b",
    ),
    (
        "a\u{85},1,F,n\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "control_character")],
        "b",
    ),
    (
        "a\u{7F},1,F,n\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "control_character")],
        "b",
    ),
    (
        "a\u{2028},1,F,n\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "control_character")],
        "b",
    ),
    (
        "\"a\nb\",1,F,n\nc,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "control_character")],
        "c",
    ),
    (
        "a,1,F,n\nb,\u{202E}2,F,n\n".as_bytes(),
        &[(1, 3, "number", "direction_character")],
        "a",
    ),
    (
        "\u{2067}a,1,F,n\nb,2,F,n\n".as_bytes(),
        &[(0, 2, "given", "direction_character")],
        "b",
    ),
    // Persian needs the joiners, and mixed text the marks.
    (
        "a\u{200C}b,1,F,n\nc\u{200F},2,F,n\n".as_bytes(),
        &[],
        "a\u{200C}b c\u{200F}",
    ),
];

/// Rows with long fields.
fn long() -> Vec<(Vec<u8>, &'static [Told], &'static str)> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (text(&format!("a,1,F,{}\n", "n".repeat(LONG))), &[], "a"),
        (
            text(&format!("{},1,F,n\nb,2,F,n\n", "a".repeat(LONG))),
            &[(0, 2, "given", "too_long")],
            "b",
        ),
        // The quote marks of two rows can make one field of all the rows between them.
        (
            text(&format!(
                "\"{}b,2,F,\n\",3,F,n\nd,4,F,n",
                "a,1,F,n\n".repeat(60)
            )),
            &[(0, 2, "given", "too_long"), (61, 63, "", "unclosed")],
            "",
        ),
    ]
}

#[test]
fn a_bad_row_is_set_aside_and_no_row_around_it() {
    let cases = CASES.iter();
    let cases = cases.map(|(rows, expected, names)| (rows.to_vec(), *expected, *names));
    for (rows, expected, names) in cases.chain(long()) {
        // Where a mark is left open, that the file is refused is the row after.
        let shown = String::from_utf8_lossy(&rows).into_owned();
        let text = [&b"given,number,sex,note\n"[..], &rows].concat();
        let seen = match read(text, &WANTED) {
            Ok(seen) => seen,
            Err(refusal) => {
                let last = expected.last().unwrap();
                assert_eq!(last.3, "unclosed", "{shown}: {refusal}");
                assert_eq!(refusal.place.line, Some(last.1), "{shown}: {refusal}");
                continue;
            }
        };
        let found: Vec<_> = seen.quarantined.iter().map(|found| told(*found)).collect();
        assert_eq!(found, expected, "{shown}");
        let handed: Vec<String> = seen.rows.iter().map(|row| row.2[0].clone()).collect();
        assert_eq!(handed.join(" "), names, "{shown}");
        let (all, aside) = (seen.rows.len() + found.len(), found.len());
        let counted = (seen.ended.rows, seen.ended.quarantined);
        assert_eq!(counted, (all as u64, aside as u64), "{shown}");
    }
}

fn told(found: Quarantined) -> Told {
    let name = found.name(&WANTED).unwrap_or("");
    let code = found.reason.code().strip_prefix("quarantine.").unwrap();
    (found.row, found.line, name, code)
}

#[test]
fn every_reason_has_a_code_of_its_own_and_a_sentence() {
    let reasons = [
        Reason::FieldCount {
            found: 4,
            expected: 9,
        },
        Reason::StrayQuote,
        Reason::NotUtf8,
        Reason::TooLong { bytes: 401 },
        Reason::ControlCharacter,
        Reason::DirectionCharacter,
        Reason::NotADate,
        Reason::DateInFuture,
        Reason::DateTooEarly,
        Reason::NumberNotDigits,
        Reason::NumberLength { digits: 13 },
        Reason::NumberCheck,
        Reason::NumberEmpty,
        Reason::NamesInOneField,
        Reason::NoName,
    ];
    let codes: BTreeSet<_> = reasons.iter().map(|reason| reason.code()).collect();
    let sentences: BTreeSet<_> = reasons.iter().map(Reason::to_string).collect();
    assert_eq!(
        (codes.len(), sentences.len()),
        (reasons.len(), reasons.len())
    );
    assert!(sentences.contains(
        "the row has 4 fields under 9 columns; enclose a field that holds a separator in quotes"
    ));
    let notes = reasons.iter().filter(|reason| reason.is_note()).count();
    assert_eq!(notes, 9, "a wrong value shuts no row out");
}
