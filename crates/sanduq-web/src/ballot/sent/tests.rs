use super::*;

/// A ballot that the client made for the practice election in English.
const MADE: &str = include_str!("../../../../../testdata/ballot/practice.json");

#[test]
fn a_ballot_of_the_client_is_taken_and_named_by_its_hash() {
    let taken = received(MADE);
    assert!(taken.is_ok(), "{taken:?}");
    let tracker = taken.map(|taken| taken.tracker);
    assert_eq!(tracker, Ok(Hash::of_bytes(MADE.as_bytes())));
}

/// The ballot signed anew by nobody: with the hash of what it now says.
fn resigned(text: &str) -> String {
    let hash = signed(text).unwrap_or_default();
    let start = "\"signature\":{\"hash\":\"";
    match text.split_once(start) {
        Some((head, tail)) => format!("{head}{start}{hash}{}", tail.get(43..).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[test]
fn anything_else_is_refused_by_name() {
    let cases = [
        ("{\"election_uuid\"", "{ \"election_uuid\"", Unfit::Form),
        (
            "{\"election_uuid\"",
            "{\"name\":\"A\",\"election_uuid\"",
            Unfit::Form,
        ),
        ("\"answers\"", "\"choice\"", Unfit::Form),
        ("SanduqPracticeEn", "SanduqPracticeFr", Unfit::Election),
        (
            "\"election_hash\":\"",
            "\"election_hash\":\"A",
            Unfit::Election,
        ),
        (
            "\"choices\":[",
            "\"choices\":[{\"alpha\":\"\",\"beta\":\"\"},",
            Unfit::Answer,
        ),
        (
            "\"overall_proof\":[",
            "\"overall_proof\":[{\"challenge\":\"1\",\"response\":\"1\"},",
            Unfit::Answer,
        ),
        ("\"alpha\":\"", "\"alpha\":\"0", Unfit::Number),
        ("\"beta\":\"", "\"beta\":\"Apple", Unfit::Number),
        ("\"credential\":\"", "\"credential\":\"A", Unfit::Number),
        ("\"challenge\":\"", "\"challenge\":\"0", Unfit::Number),
        ("\"response\":\"", "\"response\":\"-", Unfit::Number),
    ];
    for (from, to, why) in cases {
        let altered = MADE.replacen(from, to, 1);
        assert_ne!(altered, MADE, "{from}");
        assert_eq!(received(&resigned(&altered)), Err(why), "{from} to {to}");
    }
    for text in ["", "{}", "[]", "null", "{\"answers\":[]}"] {
        assert_eq!(received(text), Err(Unfit::Form), "{text}");
    }
}

#[test]
fn a_signature_over_something_else_is_refused() {
    let start = "\"challenge\":\"";
    let (head, tail) = MADE.split_once(start).unwrap_or_default();
    let digit = if tail.starts_with('1') { '2' } else { '1' };
    let altered = format!("{head}{start}{digit}{}", tail.get(1..).unwrap_or_default());
    assert_eq!(received(&altered), Err(Unfit::Signed));
    assert!(received(&resigned(&altered)).is_ok());
}
