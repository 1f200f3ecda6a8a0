//! Cells of files that strangers' spreadsheets open: a spreadsheet must not run what somebody
//! typed, and what was written must be found again.

use std::borrow::Cow;

/// First characters by which a spreadsheet knows a formula, in their full-width forms too (OWASP,
/// CSV injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

fn runs(text: &str) -> bool {
    text.trim_start_matches([' ', '"']).starts_with(FORMULA)
}

/// Whether a part runs, or would look like one that is guarded already: that too gets an
/// apostrophe, so that no two texts have one cell.
fn is_guarded(part: &str) -> bool {
    runs(part.trim_start_matches('\''))
}

/// The text of a cell: behind an apostrophe where it would be taken for a formula once its leading
/// spaces are gone. Where commas write fractions a spreadsheet cuts at semicolons: what stands
/// behind one is taken for a cell too.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    let mut parts = text.split(';');
    if !parts.any(is_guarded) {
        return Cow::Borrowed(text);
    }
    let parts = text.split(';').map(|part| {
        if is_guarded(part) {
            format!("'{part}")
        } else {
            part.to_owned()
        }
    });
    Cow::Owned(parts.collect::<Vec<_>>().join(";"))
}

/// The text that stands in a guarded cell.
#[must_use]
pub fn bare(cell: &str) -> Cow<'_, str> {
    let guarded = |part: &str| part.starts_with('\'') && is_guarded(part);
    if !cell.split(';').any(guarded) {
        return Cow::Borrowed(cell);
    }
    let parts = cell
        .split(';')
        .map(|part| if guarded(part) { &part[1..] } else { part });
    Cow::Owned(parts.collect::<Vec<_>>().join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_id_runs_as_a_formula_and_each_is_found_again() {
        for (id, cell) in [
            ("4711", "4711"),
            ("", ""),
            ("-5", "'-5"),
            ("=1+1", "'=1+1"),
            ("+20", "'+20"),
            ("@x", "'@x"),
            (" =1", "' =1"),
            ("＝1", "'＝1"),
            ("a-5", "a-5"),
            ("a;=1", "a;'=1"),
            ("=1;x;-2", "'=1;x;'-2"),
            ("'7", "'7"),
            // What is guarded already is no other text's cell.
            ("'=1", "''=1"),
            ("''=1", "'''=1"),
            ("a;'-2", "a;''-2"),
            ("ق-7", "ق-7"),
        ] {
            assert_eq!(guarded(id), cell);
            assert_eq!(bare(cell), id);
        }
    }
}
