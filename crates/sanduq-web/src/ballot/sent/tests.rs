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
            Unfit::Number,
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
        assert_eq!(received(&altered), Err(why), "{from} to {to}");
    }
    for text in ["", "{}", "[]", "null", "{\"answers\":[]}"] {
        assert_eq!(received(text), Err(Unfit::Form), "{text}");
    }
}

/// Another first digit of the first number behind a name, from a place in the ballot on.
fn altered(from: &str, name: &str) -> String {
    let (before, rest) = MADE.split_once(from).unwrap_or_default();
    let (head, tail) = rest.split_once(name).unwrap_or_default();
    let digit = if tail.starts_with('1') { '2' } else { '1' };
    let tail = tail.get(1..).unwrap_or_default();
    format!("{before}{from}{head}{name}{digit}{tail}")
}

#[test]
fn a_proof_and_a_signature_that_do_not_hold_are_refused() {
    for part in ["individual_proofs", "overall_proof", "blank_proof"] {
        let bent = altered(part, "\"response\":\"");
        assert_eq!(received(&bent), Err(Unfit::Unproven), "{part}");
    }
    let bent = altered("\"signature\"", "\"response\":\"");
    assert_eq!(received(&bent), Err(Unfit::Signed));
    assert_eq!(Unfit::Signed.code(), Unfit::Unproven.code());
}
