//! Every element in every form: no other point of the curve is taken in its place, and no second
//! form of one; the neutral one is not, where a key is meant.

use crate::parsers::E;
use crate::parsers::Parser;
use crate::parsers::every;
use curve25519_dalek::constants::ED25519_BASEPOINT_POINT;
use curve25519_dalek::constants::EIGHT_TORSION;
use curve25519_dalek::edwards::EdwardsPoint;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Digits of an element.
const DIGITS: usize = 64;
/// Where a signed text stands inside as a text, so many backslashes before its quotation marks:
/// whoever checks the signature reads it, as `Coefficients` or `Certificate`, which are tried.
const UNREAD: [(&str, usize); 3] = [("Signed", 1), ("Reveal", 1), ("Step", 3)];
/// These compute with no element: whoever calls them has asked before, or asks later.
const NOT_ASKED: [&str; 4] = [
    "ballot as verified",
    "beginning of a ballot",
    "group of a description",
    "place in a list",
];
/// What has as many digits and is none: hashes, and a share that is hidden.
const HASHES: [&str; 9] = [
    "ceremony",
    "hash",
    "commitments",
    "reveals",
    "reviews",
    "parent",
    "payload",
    "encrypted_tally",
    "masked",
];
/// Where the neutral element may stand: a ciphertext of nothing, and what is made of one. Whether
/// it proves anything is asked later.
const NEUTRAL: [&str; 4] = ["Ballot", "Ciphertexts", "PartialDecryption", "Shuffle"];

/// As it is written: the bytes of RFC 8032 from the last to the first.
fn written(point: &EdwardsPoint) -> String {
    let bytes = point.compress().to_bytes();
    let digits = bytes.iter().rev().map(|byte| format!("{byte:02x}"));
    digits.collect()
}

/// Points outside the group of prime order, and other forms of points in it.
fn none() -> Vec<String> {
    let small = EIGHT_TORSION[1..].iter().map(written);
    let mixed = EIGHT_TORSION[1..]
        .iter()
        .map(|one| written(&(ED25519_BASEPOINT_POINT + one)));
    let other = [
        // Off the curve; −0; y = p + 1 for 1; all bits.
        format!("{}2", "0".repeat(63)),
        format!("8{}1", "0".repeat(62)),
        format!("7{}ee", "f".repeat(61)),
        "f".repeat(DIGITS),
        written(&ED25519_BASEPOINT_POINT)
            .to_uppercase()
            .replace('6', "A"),
        "0".repeat(DIGITS),
    ];
    small.chain(mixed).chain(other).collect()
}

/// Where elements stand in a text: between quotation marks, alone or before a weight.
fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_digit = |byte: &u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(byte);
    let is_one = |place: &usize| {
        let digits = bytes.get(*place..place + DIGITS);
        let after = bytes.get(place + DIGITS);
        let element = digits.filter(|digits| digits.iter().all(is_digit));
        let element = element.and_then(|_| text.get(*place..place + DIGITS));
        let before = text[..*place].trim_end_matches(['"', '\\', ':']);
        let named = HASHES.iter().any(|name| before.ends_with(name));
        !named
            && after.is_some_and(|byte| b"\",\\".contains(byte))
            && element.is_some_and(|one| <E as Group>::Element::read(one).is_ok())
    };
    let quotes = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'"');
    quotes.map(|(at, _)| at + 1).filter(is_one).collect()
}

/// Backslashes before the quotation mark before a place.
fn slashes(text: &str, place: usize) -> usize {
    let before = &text.as_bytes()[..place - 1];
    before
        .iter()
        .rev()
        .take_while(|byte| **byte == b'\\')
        .count()
}

fn takes(parser: &Parser, text: &str, place: usize, other: &str) -> bool {
    let text = [&text[..place], other, &text[place + DIGITS..]].concat();
    (parser.parse)(text.as_bytes()).is_ok()
}

#[test]
fn no_other_point_and_no_other_form_stands_in_any_place() {
    let none = none();
    let neutral = <E as Group>::Element::identity().text();
    let mut tried: BTreeMap<&str, usize> = BTreeMap::new();
    let mut neutrals = BTreeSet::new();
    for parser in &every() {
        let Ok(text) = std::str::from_utf8(&parser.sample) else {
            continue;
        };
        if NOT_ASKED.contains(&parser.name) {
            continue;
        }
        let unread = UNREAD.iter().find(|(name, _)| *name == parser.name);
        let most = unread.map_or(usize::MAX, |(_, slashes)| *slashes);
        let read = |place: &usize| slashes(text, *place) < most;
        for place in places(text).into_iter().filter(read) {
            for other in &none {
                let taken = takes(parser, text, place, other);
                assert!(!taken, "{} at {place}: {other}", parser.name);
            }
            *tried.entry(parser.name).or_default() += 1;
            if takes(parser, text, place, &neutral) {
                neutrals.insert(parser.name);
            }
        }
    }
    println!("{tried:?}");
    assert_eq!(neutrals, BTreeSet::from(NEUTRAL));
    for name in [
        "Description",
        "Trustees",
        "Credentials",
        "Pedersen",
        "Roster",
        "Reveal",
    ] {
        assert!(tried.contains_key(name), "{name} has elements");
    }
}
