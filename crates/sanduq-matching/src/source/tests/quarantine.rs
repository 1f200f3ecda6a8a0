//! Rows that are set aside, and that the rows around them are not.

use std::collections::BTreeSet;

use super::WANTED;
use super::read;
use crate::source::quarantine::Quarantined;
use crate::source::quarantine::Reason;

const LONG: usize = 401;

/// Rows below the heading `given,number,sex,note`: of the rows set aside the number, the line, the
/// name of the field and the code; and the given names that are handed on.
type Case = (
    Vec<u8>,
    &'static [(u64, u64, &'static str, &'static str)],
    &'static str,
);

fn cases() -> Vec<Case> {
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        (
            text("a,1,F,n\nb,2,F\nc,3,F,n\n"),
            &[(1, 3, "", "field_count")],
            "a c",
        ),
        (
            text("a,1,F,n,x\nb,2,F,n\n"),
            &[(0, 2, "", "field_count")],
            "b",
        ),
        // A quote mark too many takes no row away but its own.
        (
            text("\"a,1,F,n\n\"b\",2,F,n\nc,3,F,n\n"),
            &[(0, 2, "given", "stray_quote")],
            "b c",
        ),
        (
            text("a,1,\"F\"x,n\nb,2,F,n"),
            &[(0, 2, "sex", "stray_quote")],
            "b",
        ),
        (
            text("a,1,F,\"n\"x\nb,2,F,n"),
            &[(0, 2, "", "stray_quote")],
            "b",
        ),
        // A quote mark that closes at the wrong place makes a record of two lines.
        (
            text("\"a,1,F,n\nb,2,F,\"\nc,3,F,n\n"),
            &[(0, 2, "", "field_count"), (1, 3, "", "unclosed")],
            "",
        ),
        (
            b"a\xD8,1,F,n\nb,2,F,n\nc,3,F,n\n".to_vec(),
            &[(0, 2, "given", "not_utf8")],
            "b c",
        ),
        (
            b"a,1,F\xFF,n\nb,2,F,n\nc,3,F,n\n".to_vec(),
            &[(0, 2, "sex", "not_utf8")],
            "b c",
        ),
        // What stands in a column that is not wanted does not matter.
        (b"a,1,F,\xFF\nb,2,F,\x07\n".to_vec(), &[], "a b"),
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
        (
            text("a\u{7},1,F,n\nb,2,F,n\n"),
            &[(0, 2, "given", "control_character")],
            "b",
        ),
        (
            text("a\u{85},1,F,n\nb,2,F,n\n"),
            &[(0, 2, "given", "control_character")],
            "b",
        ),
        (
            text("a\u{7F},1,F,n\nb,2,F,n\n"),
            &[(0, 2, "given", "control_character")],
            "b",
        ),
        (
            text("a\u{2028},1,F,n\nb,2,F,n\n"),
            &[(0, 2, "given", "control_character")],
            "b",
        ),
        (
            text("\"a\nb\",1,F,n\nc,2,F,n\n"),
            &[(0, 2, "given", "control_character")],
            "c",
        ),
        (
            text("a,1,F,n\nb,\u{202E}2,F,n\n"),
            &[(1, 3, "number", "direction_character")],
            "a",
        ),
        (
            text("\u{2067}a,1,F,n\nb,2,F,n\n"),
            &[(0, 2, "given", "direction_character")],
            "b",
        ),
        // Persian needs the joiners, and mixed text the marks.
        (
            text("a\u{200C}b,1,F,n\nc\u{200F},2,F,n\n"),
            &[],
            "a\u{200C}b c\u{200F}",
        ),
    ]
}

#[test]
fn a_bad_row_is_set_aside_and_no_row_around_it() {
    for (rows, expected, names) in cases() {
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
        assert_eq!(
            seen.ended.rows as usize,
            seen.rows.len() + found.len(),
            "{shown}"
        );
        assert_eq!(seen.ended.quarantined as usize, found.len(), "{shown}");
    }
}

fn told(found: Quarantined) -> (u64, u64, &'static str, &'static str) {
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
    assert_eq!(notes, 1);
}
