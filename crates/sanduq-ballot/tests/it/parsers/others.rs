//! Readers that are no canonical form by themselves: second ways to read what has one, texts that
//! people type, and archives and sidecars as a whole.

use crate::making::full;
use crate::parsers::E;
use crate::parsers::Parser;
use crate::parsers::damaged;
use crate::parsers::joined;
use crate::parsers::of_text;
use crate::parsers::parser;
use crate::parsers::sources;
use crate::parsers::texts;
use crate::parsers::try_with;
use crate::sidecar::SEED;
use crate::sidecar::sealed;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::ballot::Head;
use sanduq_ballot::casting::Casting;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::credential::Roster;
use sanduq_ballot::credential::place_of;
use sanduq_ballot::credential::secret_of;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::election::group_named;
use sanduq_ballot::group::Element;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::reopened::group_of;
use sanduq_ballot::sealing::bounds;
use sanduq_ballot::sidecar::Begun;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::verify;
use std::io::Cursor;
use std::path::Path;

/// Inputs of each kind for a reader of wholes.
const FEW: u32 = 40;

/// Every function that reads and is called so, by its file. What reads inside of others alone, or
/// is no reader of what strangers write, says so.
const READERS: [(&str, &str); 21] = [
    ("ballot.rs", "from_bytes"),
    ("ballot.rs", "from_bytes"),
    // With hints: a thousand alterations have one verdict (`hints`).
    ("ballot.rs", "from_known"),
    ("ballot.rs", "from_listed"),
    ("ballot.rs", "from_verified"),
    // Inside of ballots.
    ("ballot/answer.rs", "read"),
    ("ceremony/keys.rs", "from_secret_text"),
    ("ceremony/polynomial.rs", "from_secret_text"),
    ("credential/roster.rs", "from_bytes"),
    ("decryption.rs", "from_bytes"),
    ("election.rs", "from_bytes"),
    // Inside of ballots.
    ("encryption.rs", "read_by"),
    // Of coordinates: compared with the library's (`group`).
    ("group/ed25519/number.rs", "from_bytes"),
    ("hash.rs", "read_base64"),
    ("hash.rs", "read_hexadecimal"),
    ("hints.rs", "from_bytes"),
    ("reopened.rs", "read"),
    ("result.rs", "from_bytes"),
    ("sidecar.rs", "from_body"),
    ("sidecar/begun.rs", "read"),
    ("sidecar/state.rs", "from_bytes"),
];

#[test]
fn every_reader_is_named() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    for (path, text) in sources(&folder) {
        let file = path.strip_prefix(&folder).unwrap().to_str().unwrap();
        let lines = text.lines().map(str::trim);
        let functions = lines.filter_map(|line| line.strip_prefix("pub fn "));
        let names = functions.filter_map(|rest| rest.split(['(', '<']).next());
        let readers = names.filter(|name| name.starts_with("from_") || name.starts_with("read"));
        found.extend(readers.map(|name| (file.to_owned(), name.to_owned())));
    }
    // Of a step that was read.
    found.retain(|(file, _)| file != "verify/setup.rs");
    found.sort();
    let named = READERS.map(|(file, name)| (file.to_owned(), name.to_owned()));
    assert_eq!(found, named);
}

/// A reader of bytes that writes nothing again.
fn taken(
    name: &'static str,
    sample: String,
    read: impl Fn(&[u8]) -> Result<(), Refusal> + 'static,
) -> Parser {
    parser(name, sample, move |bytes| {
        read(bytes)?;
        Ok(String::from_utf8_lossy(bytes).into_owned())
    })
}

/// A reader of a text that writes nothing again.
fn typed<T>(
    name: &'static str,
    sample: &str,
    read: impl Fn(&str) -> Result<T, Refusal> + 'static,
) -> Parser {
    let read = move |text: &str| read(text).map(|_| text.to_owned());
    of_text(name, sample.to_owned(), read, String::clone)
}

/// Second ways to read what has a form, and what people type.
pub fn of_others() -> Vec<Parser> {
    let (making, cast) = full::<E>(38, 9);
    let ballot = cast[1].1.to_text(&making.election);
    let list = making.credentials.to_text();
    let description = making.election.description().to_text();
    let [one, other] = [making.election.clone(), making.election.clone()];
    let credential = *cast[1].1.credential();
    let name = credential.text();
    let uuid = making.election.description().uuid.clone();
    let own = uuid.as_str().to_owned();
    vec![
        parser("ballot as listed", ballot.clone(), move |bytes| {
            let read = Ballot::from_listed(&one, bytes, (&credential, &name));
            let alone = Ballot::from_bytes(&one, bytes);
            let holds = alone.is_ok_and(|ballot| ballot.verify(&one).is_empty());
            let read = read.and_then(|(ballot, found)| match found.first() {
                None => Ok(ballot.to_text(&one)),
                Some(finding) => Err(finding.refusal),
            });
            assert!(read.is_err() || holds, "taken here, and not there");
            read
        }),
        parser("ballot as verified", ballot.clone(), move |bytes| {
            Ballot::from_verified(&other, bytes).map(|ballot| ballot.to_text(&other))
        }),
        taken("beginning of a ballot", ballot, |bytes| {
            Head::from_bytes(bytes).map(drop)
        }),
        taken("credentials by hash", list.clone(), |bytes| {
            let read = Roster::from_bytes::<E>(bytes);
            let whole = Credentials::<E>::from_bytes(bytes);
            assert_eq!(read.is_ok(), whole.is_ok(), "taken here, and not there");
            read.map(drop)
        }),
        taken("place in a list", list, |bytes| {
            place_of(bytes, "1").map(drop)
        }),
        parser("election", description.clone(), |bytes| {
            Election::<E>::from_bytes(bytes).map(|one| one.description().to_text())
        }),
        taken("group of a description", description, |bytes| {
            group_named(bytes).map(drop)
        }),
        typed("identifier", &own, ElectionId::new),
        typed("credential", "11111-111111-11111-111111", move |text| {
            secret_of::<E>(text, &uuid)
        }),
    ]
}

/// Whether bytes are taken.
type Holds = Box<dyn Fn(&[u8]) -> bool>;

/// Archives and sidecars: what is taken is what was written.
fn of_wholes() -> Vec<Parser> {
    let sealed = sealed::<E>(39);
    let (archive, sidecar) = sealed.at(3);
    let election = sealed.making.election.hash();
    let bounds = bounds::<E>(sealed.making.election.questions());
    let whole = |name, sample: &[u8], read: Holds| Parser {
        name,
        sample: sample.to_vec(),
        parse: Box::new(move |bytes| match read(bytes) {
            true => Ok(bytes.to_vec()),
            false => Err("refused".to_owned()),
        }),
    };
    let (beside, before) = (sidecar.clone(), archive.clone());
    let finished = sealed.archive.clone();
    vec![
        whole(
            "archive to verify",
            &sealed.archive,
            Box::new(move |bytes| {
                let report = verify(Cursor::new(bytes), Options::default(), &mut |_| {});
                assert!(!report.is_accepted() || bytes == finished, "altered");
                report.is_accepted()
            }),
        ),
        whole(
            "archive to go on with",
            &archive,
            Box::new(|bytes| Reopened::<E>::read(Cursor::new(bytes)).is_ok()),
        ),
        whole(
            "group of an archive",
            &archive,
            Box::new(|bytes| group_of(bytes).is_ok()),
        ),
        whole(
            "sidecar to go on with",
            &sidecar,
            Box::new(move |bytes| Begun::read(bytes, &election, bounds, &mut |_| {}).is_ok()),
        ),
        whole(
            "archive to cast into",
            &archive,
            Box::new(move |bytes| {
                let opened = Casting::<E>::open(Cursor::new(bytes), &beside[..]);
                opened.is_ok_and(|casting| casting.added(&SEED).is_ok())
            }),
        ),
        whole(
            "sidecar to cast into",
            &sidecar,
            Box::new(move |bytes| Casting::<E>::open(Cursor::new(&before[..]), bytes).is_ok()),
        ),
    ]
}

#[test]
fn no_archive_and_no_sidecar_ends_in_a_panic() {
    let all = of_wholes();
    for (place, parser) in all.iter().enumerate() {
        let again = (parser.parse)(&parser.sample);
        assert_eq!(again.as_ref(), Ok(&parser.sample), "{}", parser.name);
        let other = all[(place + 1) % all.len()].sample.clone();
        try_with(parser, FEW, &damaged(parser.sample.clone()));
        try_with(parser, FEW, &joined(parser.sample.clone(), other));
        try_with(parser, FEW, &texts());
    }
}
