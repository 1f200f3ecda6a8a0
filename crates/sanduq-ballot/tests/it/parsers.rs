//! Every parser against bytes that nobody meant: a little damaged, put together from two texts, or
//! anything at all. None ends in a panic, and whatever one takes it writes again byte for byte.
//!
//! The list is complete: a type of the crate with a canonical form that is not named here fails.
#![expect(
    clippy::disallowed_methods,
    reason = "rules read no files, this test reads their sources"
)]

mod elements;
mod others;
mod sidecars;

use crate::making::Act;
use crate::making::Making;
use crate::making::chance;
use crate::making::full;
use crate::making::shuffled;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::prop_oneof;
use proptest::sample::Index;
use proptest::strategy::Just;
use proptest::strategy::Strategy;
use proptest::test_runner::Config;
use proptest::test_runner::TestRunner;
use sanduq_ballot::archive::Reader;
use sanduq_ballot::archive::Writer;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::ceremony::Commitment;
use sanduq_ballot::ceremony::Confirmation;
use sanduq_ballot::ceremony::MemberKeys;
use sanduq_ballot::ceremony::Polynomial;
use sanduq_ballot::ceremony::Reveal;
use sanduq_ballot::ceremony::Review;
use sanduq_ballot::ceremony::Roster;
use sanduq_ballot::ceremony::Round;
use sanduq_ballot::ceremony::Step;
use sanduq_ballot::ceremony::commit;
use sanduq_ballot::ceremony::conclude;
use sanduq_ballot::ceremony::confirm;
use sanduq_ballot::ceremony::reveal;
use sanduq_ballot::ceremony::review;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::decryption::Owned;
use sanduq_ballot::decryption::PartialDecryption;
use sanduq_ballot::election::Description;
use sanduq_ballot::events::Event;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::question::Question;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::result::ElectionResult;
use sanduq_ballot::shuffle::Shuffle;
use sanduq_ballot::tally::SizedTally;
use sanduq_ballot::tally::ciphertexts_from;
use sanduq_ballot::tally::ciphertexts_text;
use sanduq_ballot::trustees::Trustee;
use sanduq_ballot::trustees::TrusteeKey;
use sanduq_ballot::trustees::Trustees;
use sanduq_ballot::trustees::pedersen::Certificate;
use sanduq_ballot::trustees::pedersen::Coefficients;
use sanduq_ballot::trustees::pedersen::Pedersen;
use sanduq_ballot::trustees::pedersen::Signed;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Inputs of each parser and kind.
const CASES: u32 = 300;
/// Types that are read inside of others alone.
const INSIDE: [&str; 8] = [
    "Proof",
    "Ciphertext",
    "Header",
    "ShuffleProof",
    "Commitments",
    "Responses",
    "SealedShare",
    "Complaint",
];

/// The group of the samples.
pub type E = Ed25519;
type Parse = Box<dyn Fn(&[u8]) -> Result<Vec<u8>, String>>;

/// A parser, what it takes, and what it would write again.
pub struct Parser {
    /// The type as the sources name it.
    pub name: &'static str,
    /// What it takes.
    pub sample: Vec<u8>,
    /// Reads bytes and writes them again.
    pub parse: Parse,
}

fn of<T: Canonical + 'static>(name: &'static str, object: &T) -> Parser {
    parser(name, object.to_text(), |bytes| {
        T::from_bytes(bytes).map(|object| object.to_text())
    })
}

/// A parser of bytes.
pub fn parser(
    name: &'static str,
    sample: String,
    parse: impl Fn(&[u8]) -> Result<String, Refusal> + 'static,
) -> Parser {
    let parse = move |bytes: &[u8]| parse(bytes).map(String::into_bytes);
    Parser {
        name,
        sample: sample.into_bytes(),
        parse: Box::new(move |bytes| parse(bytes).map_err(|refusal| refusal.to_string())),
    }
}

/// A parser of texts.
pub fn of_text<T>(
    name: &'static str,
    sample: String,
    read: impl Fn(&str) -> Result<T, Refusal> + 'static,
    write: impl Fn(&T) -> String + 'static,
) -> Parser {
    parser(name, sample, move |bytes| {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        read(text).map(|object| write(&object))
    })
}

fn of_elections() -> Vec<Parser> {
    let (mut making, cast) = full::<E>(31, 9);
    let election = making.election.clone();
    let hash = Hash([7; 32]);
    let event = Event {
        parent: Some(hash),
        height: 12,
        kind: EventKind::PartialDecryption,
        payload: Some(hash),
    };
    let owned = Owned {
        owner: 3,
        payload: hash,
    };
    let sized = SizedTally {
        ballots: 5,
        weight: 1 << 30,
        tally: hash,
    };
    let (tally, ..) = making.tally(&cast);
    let bound = BoundDecryption::create(
        election.fingerprint(),
        1,
        &making.trustee_secrets[0],
        &tally,
        &mut making.chance,
    );
    let ballot = cast[1].1.to_text(&election);
    let description = election.description().clone();
    vec![
        of::<Description<E>>("Description", &description),
        of::<Question>("Question", &election.questions()[2]),
        of::<Trustees<E>>("Trustees", &making.trustees),
        of::<Trustee<E>>("Trustee", &making.trustees.0[0]),
        of::<TrusteeKey<E>>("TrusteeKey", &making.trustees.0[0].keys()[0]),
        of::<Credentials<E>>("Credentials", &making.credentials),
        of::<BoundDecryption<E>>("BoundDecryption", &bound),
        of("Event", &event),
        of("Owned", &owned),
        of("SizedTally", &sized),
        parser("Ballot", ballot, move |bytes| {
            Ballot::from_bytes(&election, bytes).map(|ballot| ballot.to_text(&election))
        }),
    ]
}

fn of_tallies() -> Vec<Parser> {
    let (mut making, cast): (Making<E>, _) = shuffled(32);
    let (tally, ..) = making.tally(&cast);
    let questions = making.election.questions().to_vec();
    let text = ciphertexts_text::<E>(&tally);
    let shape = tally.clone();
    let mut parsers = vec![parser("Ciphertexts", text, move |bytes| {
        ciphertexts_from::<E>(bytes, &shape).map(|read| ciphertexts_text::<E>(&read))
    })];
    for act in making.acts(&cast) {
        let (tally, questions) = (tally.clone(), questions.clone());
        match act {
            Act::Owned(EventKind::Shuffle, 1, text) => {
                let shuffle = Shuffle::<E>::from_bytes(text.as_bytes()).unwrap();
                parsers.push(of("Shuffle", &shuffle));
            }
            Act::Owned(EventKind::PartialDecryption, 1, text) => {
                parsers.push(parser("PartialDecryption", text, move |bytes| {
                    PartialDecryption::<E>::from_bytes(bytes, &tally).map(|read| read.to_text())
                }));
            }
            Act::Plain(EventKind::Result, text) => {
                parsers.push(parser("ElectionResult", text, move |bytes| {
                    ElectionResult::from_bytes(bytes, &questions).map(|result| result.to_text())
                }));
            }
            _ => {}
        }
    }
    parsers
}

/// The files of a ceremony of two, of whom one is enough.
fn of_ceremonies() -> Vec<Parser> {
    let lots = &mut chance(33);
    let members = [MemberKeys::<E>::draw(lots), MemberKeys::draw(lots)];
    let certificates = members.iter().map(|one| one.certificate(lots)).collect();
    let roster = Roster::new(1, certificates).unwrap();
    let own = members
        .each_ref()
        .map(|keys| Polynomial::draw(&roster, keys, lots));
    let pairs = || members.iter().zip(&own);
    let commits: Vec<_> = pairs()
        .map(|(keys, own)| commit(&roster, keys, own, lots).unwrap())
        .collect();
    let commitments = Round::gather(&roster, &commits).unwrap();
    let reveals: Vec<_> = pairs()
        .map(|(keys, own)| reveal(&roster, keys, own, &commitments, lots).unwrap())
        .collect();
    let revealed = Round::gather(&roster, &reveals).unwrap();
    let reviews: Vec<_> = members
        .iter()
        .map(|keys| review(&roster, keys, &commitments, &revealed, lots).unwrap())
        .collect();
    let reviewed = Round::gather(&roster, &reviews).unwrap();
    let rounds = (&commitments, &revealed, &reviewed);
    let confirms: Vec<_> = members
        .iter()
        .map(|keys| confirm(&roster, keys, rounds, None, lots).unwrap().1)
        .collect();
    let confirmed = Round::gather(&roster, &confirms).unwrap();
    let group = conclude(&roster, rounds, &confirmed).unwrap();
    let polynomial = own[0].secret_text().to_string();
    vec![
        of::<Step<E, Commitment>>("Step", &commits[0]),
        of::<Step<E, Reveal<E>>>("Step", &reveals[0]),
        of::<Step<E, Review<E>>>("Step", &reviews[0]),
        of::<Step<E, Confirmation<E>>>("Step", &confirms[0]),
        of("Commitment", commits[0].content()),
        of("Reveal", reveals[0].content()),
        of("Review", reviews[0].content()),
        of("Confirmation", confirms[0].content()),
        of::<Signed<E>>("Signed", &group.certificates[0].0),
        of::<Certificate<E>>("Certificate", &group.certificates[0].1),
        of::<Coefficients<E>>("Coefficients", &group.coefficients[0].1),
        of::<Pedersen<E>>("Pedersen", &group),
        of::<Roster<E>>("Roster", &roster),
        of_text(
            "secret of a member",
            members[0].secret_text().to_string(),
            |text| MemberKeys::<E>::from_secret_text(text).map_err(|_| Refusal::Form),
            |keys| keys.secret_text().to_string(),
        ),
        of_text(
            "polynomial",
            polynomial,
            |text| Polynomial::<E>::from_secret_text(text).map_err(|_| Refusal::Form),
            |own| own.secret_text().to_string(),
        ),
    ]
}

fn of_values<G: Group>() -> Vec<Parser> {
    let generator = G::generator().text();
    let scalar = (-G::Scalar::one()).text();
    vec![
        of_text("element", generator, G::Element::read, G::Element::text),
        of_text("scalar", scalar, G::Scalar::read, G::Scalar::text),
    ]
}

fn of_archives() -> Vec<Parser> {
    let hash = Hash([9; 32]);
    let (making, _) = full::<E>(34, 9);
    let sample = making.archive(&[]);
    let parse = |bytes: &[u8]| -> Result<Vec<u8>, Refusal> {
        let reader = Reader::open(bytes)?;
        let mut writer = Writer::new(Vec::new(), reader.timestamp()).unwrap();
        for record in reader {
            let record = record?;
            writer.append(record.kind, &record.body).unwrap();
        }
        Ok(writer.into_inner())
    };
    let hexadecimal = (hash.hexadecimal(), hash.base64());
    vec![
        of_text(
            "hash",
            hexadecimal.0,
            Hash::read_hexadecimal,
            Hash::hexadecimal,
        ),
        of_text("hash", hexadecimal.1, Hash::read_base64, Hash::base64),
        Parser {
            name: "archive",
            sample,
            parse: Box::new(move |bytes| parse(bytes).map_err(|refusal| refusal.to_string())),
        },
    ]
}

/// Every parser of the crate.
pub fn every() -> Vec<Parser> {
    let mut all = of_elections();
    all.extend(of_tallies());
    all.extend(of_ceremonies());
    all.extend(of_values::<E>());
    all.extend(of_values::<Rfc3526>());
    all.extend(of_archives());
    all.extend(sidecars::of_sidecars());
    all.extend(others::of_others());
    all
}

/// The sources in a folder, each with its path.
pub fn sources(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    found
}

#[test]
fn every_canonical_form_is_tried() {
    let texts = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let parsers = every();
    let mut names = 0;
    for line in texts.iter().flat_map(|(_, text)| text.lines()) {
        let Some((_, name)) = line.split_once("Canonical for ") else {
            continue;
        };
        let name = name.split(['<', ' ']).next().unwrap();
        let tried = parsers.iter().any(|parser| parser.name == name);
        assert!(tried || INSIDE.contains(&name), "{name} is not tried");
        names += 1;
    }
    assert_eq!(names, 29);
}

/// Gives so many inputs to a parser.
pub fn try_with(parser: &Parser, cases: u32, inputs: &impl Strategy<Value = Vec<u8>>) {
    let mut runner = TestRunner::new(Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    });
    let tried = runner.run(inputs, |bytes| {
        if let Ok(written) = (parser.parse)(&bytes) {
            assert_eq!(written, bytes, "{}", parser.name);
        }
        Ok(())
    });
    tried.unwrap_or_else(|why| panic!("{}: {why}", parser.name));
}

#[test]
fn a_parser_takes_what_was_written_and_nothing_in_another_form() {
    let all = every();
    for (place, parser) in all.iter().enumerate() {
        assert_eq!(
            (parser.parse)(&parser.sample).as_ref(),
            Ok(&parser.sample),
            "{}",
            parser.name
        );
        try_with(parser, CASES, &damaged(parser.sample.clone()));
        let other = all[(place + 1) % all.len()].sample.clone();
        try_with(parser, CASES, &joined(parser.sample.clone(), other));
    }
}

#[test]
fn no_bytes_end_in_a_panic() {
    for parser in every() {
        try_with(&parser, CASES, &vec(any::<u8>(), 0..700));
        try_with(&parser, CASES, &texts());
    }
}

/// A bit flipped, bytes dropped, put in or written twice, the end cut off.
pub fn damaged(sample: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let length = sample.len();
    let places = (0..length, 0..length, 0..6_u8, any::<u8>());
    places.prop_map(move |(one, other, how, byte)| {
        let mut bytes = sample.clone();
        let (first, last) = (one.min(other), one.max(other));
        match how {
            0 => bytes[one] ^= 1 << (byte % 8),
            1 => drop(bytes.drain(first..last)),
            2 => bytes.insert(one, byte),
            3 => bytes.insert(one, b"0\"[]{},:\\ "[usize::from(byte % 10)]),
            4 => bytes.truncate(one),
            _ => {
                let part = bytes[first..last].to_vec();
                bytes.splice(first..first, part);
            }
        }
        bytes
    })
}

/// The beginning of one text and the end of another.
pub fn joined(one: Vec<u8>, other: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let places = (0..one.len(), 0..other.len());
    places.prop_map(move |(first, last)| [&one[..first], &other[last..]].concat())
}

/// The signs and words of the forms, in any order.
pub fn texts() -> impl Strategy<Value = Vec<u8>> {
    let words = [
        "{",
        "}",
        "[",
        "]",
        "\"",
        ":",
        ",",
        "0",
        "1",
        "-",
        "\\",
        "\\u00",
        "true",
        "null",
        "\"challenge\":",
        "\"response\":",
        "\"alpha\":",
        "{\"step\":",
        "\"member\":1",
        "18446744073709551616",
        "é",
        " ",
    ];
    let one = prop_oneof![
        any::<Index>().prop_map(move |at| at.get(&words).to_string()),
        Just(String::from("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")),
    ];
    vec(one, 0..60).prop_map(|parts| parts.concat().into_bytes())
}
