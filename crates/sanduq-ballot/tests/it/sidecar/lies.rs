//! What a record of a sidecar could say wrongly, for every kind of record.

use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::refusal::Refusal as R;
use sanduq_ballot::sidecar::Record;
use sanduq_ballot::sidecar::RecordKind;

/// What is altered, how, and what is said of it among other things.
pub type Row = (&'static str, fn(&mut Vec<Record>), Refusal);

/// The first record of a kind, from the `skip`-th on.
fn at(records: &mut [Record], kind: RecordKind, skip: usize) -> &mut Record {
    let mut found = records.iter_mut().filter(|one| one.kind() == kind);
    found.nth(skip).unwrap()
}

macro_rules! alter {
    ($kind:ident, $skip:literal, $field:ident, $change:expr) => {
        |records| {
            let Record::$kind($field) = at(records, RecordKind::$kind, $skip) else {
                panic!("a record of its kind");
            };
            $change;
        }
    };
}

/// A kind of record that is added has to say here what becomes of it when it lies.
pub fn alterations(kind: RecordKind) -> Vec<Row> {
    match kind {
        RecordKind::Opening => openings(),
        RecordKind::Ballot => [ballots(), places_and_hints()].concat(),
        RecordKind::Act => acts(),
        RecordKind::Decryption => decryptions(),
        RecordKind::Checkpoint => checkpoints(),
    }
}

/// Which election, who signs, and how often.
fn openings() -> Vec<Row> {
    vec![
        (
            "election",
            alter!(Opening, 0, one, one.election.0[0] ^= 1),
            R::SidecarElection,
        ),
        (
            "setup",
            alter!(Opening, 0, one, one.setup.0[0] ^= 1),
            R::SidecarEvent,
        ),
        (
            "interval",
            alter!(Opening, 0, one, one.interval = 1),
            R::SidecarCheckpoint,
        ),
        (
            "interval 0",
            alter!(Opening, 0, one, one.interval = 0),
            R::SidecarForm,
        ),
        (
            "key",
            alter!(Opening, 0, one, one.key[0] ^= 1),
            R::SidecarSignature,
        ),
    ]
}

/// Whose ballot it is, and the how many-th.
fn ballots() -> Vec<Row> {
    vec![
        ("voter", alter!(Ballot, 0, one, one.voter += 1), R::Counter),
        ("number", alter!(Ballot, 0, one, one.number = 2), R::Counter),
        (
            "number again",
            alter!(Ballot, 3, one, one.number = 1),
            R::Counter,
        ),
        (
            "previous",
            alter!(Ballot, 3, one, one.previous = None),
            R::Counter,
        ),
        (
            "a previous",
            alter!(Ballot, 0, one, one.previous = Some(one.ballot)),
            R::Counter,
        ),
        (
            "ballot",
            alter!(Ballot, 0, one, one.ballot.0[5] ^= 1),
            R::Counter,
        ),
    ]
}

/// Where the ballot stands, and what makes its check cheap.
fn places_and_hints() -> Vec<Row> {
    vec![
        (
            "height",
            alter!(Ballot, 1, one, one.spoken.height += 1),
            R::SidecarEvent,
        ),
        (
            "event",
            alter!(Ballot, 1, one, one.spoken.event.0[1] ^= 1),
            R::SidecarEvent,
        ),
        (
            "hints",
            alter!(Ballot, 2, one, one.hints.0.swap(1, 2)),
            R::Hint,
        ),
        (
            "a hint",
            alter!(Ballot, 2, one, one.hints.0[30] = one.hints.0[31]),
            R::Hint,
        ),
        (
            "a hint less",
            alter!(Ballot, 2, one, one.hints.0.truncate(9)),
            R::SidecarForm,
        ),
    ]
}

/// Other events.
fn acts() -> Vec<Row> {
    vec![
        (
            "event",
            alter!(Act, 0, one, one.event.0[1] ^= 1),
            R::SidecarEvent,
        ),
        (
            "height",
            alter!(Act, 1, one, one.height = 0),
            R::SidecarEvent,
        ),
    ]
}

/// States that were not, or are not signed once where they must be.
fn checkpoints() -> Vec<Row> {
    vec![
        (
            "ballots",
            alter!(Checkpoint, 1, one, one.state.ballots += 1),
            R::SidecarCheckpoint,
        ),
        (
            "voters",
            alter!(Checkpoint, 3, one, one.state.voters = 5),
            R::SidecarCheckpoint,
        ),
        (
            "height",
            alter!(Checkpoint, 3, one, one.state.height += 1),
            R::SidecarCheckpoint,
        ),
        (
            "shuffled",
            alter!(Checkpoint, 3, one, one.state.shuffled = true),
            R::SidecarCheckpoint,
        ),
        (
            "event",
            alter!(Checkpoint, 2, one, one.event.0[0] ^= 1),
            R::SidecarCheckpoint,
        ),
        (
            "one more",
            |records| records.insert(1, records[1].clone()),
            R::SidecarCheckpoint,
        ),
        (
            "one less",
            |records| drop(records.remove(1)),
            R::SidecarCheckpoint,
        ),
        (
            "the last",
            |records| drop(records.pop()),
            R::SidecarCheckpoint,
        ),
    ]
}

/// Bound proofs that are missing, of another trustee, or for another factor.
fn decryptions() -> Vec<Row> {
    fn text(records: &mut [Record], place: usize) -> &mut String {
        match at(records, RecordKind::Decryption, place) {
            Record::Decryption(_, text) => text,
            _ => panic!("a record of its kind"),
        }
    }
    vec![
        (
            "missing",
            |records| {
                let one = at(records, RecordKind::Decryption, 0);
                *one = Record::Act(one.spoken().unwrap());
            },
            Refusal::SidecarEvent,
        ),
        (
            "empty",
            |records| text(records, 0).clear(),
            Refusal::BoundProof,
        ),
        (
            "of another trustee",
            |records| *text(records, 0) = text(records, 1).clone(),
            Refusal::BoundProof,
        ),
        (
            "of another trustee under the same number",
            |records| {
                let other = text(records, 1).replace("\"owner\":2", "\"owner\":1");
                *text(records, 0) = other;
            },
            Refusal::BoundProof,
        ),
        (
            "a proof for another ciphertext",
            |records| {
                let mut bound =
                    BoundDecryption::<Ed25519>::from_bytes(text(records, 2).as_bytes()).unwrap();
                bound.proofs[0].swap(0, 1);
                *text(records, 2) = bound.to_text();
            },
            Refusal::BoundProof,
        ),
    ]
}
