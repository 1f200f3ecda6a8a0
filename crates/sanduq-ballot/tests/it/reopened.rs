//! Archives that are read again, so that elections go on.

use crate::making::Act;
use crate::making::Making;
use crate::making::full;
use crate::making::shuffled;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::board::Board;
use sanduq_ballot::board::NotWritten;
use sanduq_ballot::events::EventKind;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::reopened::Reopened;
use sanduq_ballot::reopened::group_of;
use sanduq_ballot::tally::ciphertexts_text;
use std::io::Cursor;

fn read<G: Group>(bytes: &[u8]) -> Reopened<G> {
    Reopened::read(Cursor::new(bytes)).unwrap()
}

fn write<W: std::io::Write>(board: &mut Board<W>, act: &Act) -> Result<(), NotWritten> {
    match act {
        Act::Plain(kind, text) => board.act(*kind, &[text]),
        Act::End(kind) => board.act(*kind, &[]),
        Act::Tally(text, ballots, weight) => board.tally(text, *ballots, *weight),
        Act::Owned(kind, owner, text) => board.owned(*kind, *owner, text),
    }
}

/// Writes every act into an archive that was read again, and gives the archive.
fn one_by_one<G: Group>(making: &Making<G>, acts: &[Act]) -> Vec<u8> {
    let mut archive = making.archive(&[]);
    for act in acts {
        let reopened = read::<G>(&archive);
        if let Act::Tally(text, ballots, weight) = act {
            let tally = reopened.tally(Cursor::new(&archive), &mut |_| {}).unwrap();
            assert_eq!((tally.ballots(), tally.weight()), (*ballots, *weight));
            assert_eq!(ciphertexts_text::<G>(&tally.finish()), *text);
        }
        let mut board = reopened.board(archive);
        write(&mut board, act).unwrap();
        archive = board.into_inner();
    }
    archive
}

fn goes_on<G: Group>((mut making, cast): (Making<G>, Vec<(usize, Ballot<G>)>)) {
    let acts = making.acts(&cast);
    let at_once = making.archive(&acts);
    assert_eq!(group_of(&at_once[..]).unwrap(), G::NAME);
    assert!(one_by_one(&making, &acts) == at_once);
    let reopened = read::<G>(&at_once);
    assert_eq!(reopened.last_event(), Some(EventKind::Result));
    assert_eq!(reopened.ballots(), cast.len() as u64);
    assert_eq!(reopened.decryptions().len(), making.trustee_secrets.len());
    assert!(reopened.result().is_some());
}

#[test]
fn an_election_that_is_reopened_before_every_act_is_the_same_election() {
    goes_on::<Ed25519>(full(41, 9));
    goes_on::<Ed25519>(shuffled(42));
    goes_on::<Rfc3526>(shuffled(43));
}

#[test]
fn an_archive_that_is_broken_anywhere_is_refused_with_its_place() {
    let (mut making, cast) = full::<Ed25519>(44, 9);
    let acts = making.acts(&cast);
    let whole = making.archive(&acts);
    let heights = 1 + acts.len() as u64;
    let mut places = Vec::new();
    for place in (0..whole.len()).step_by(311) {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        let failure = Reopened::<Ed25519>::read(Cursor::new(&flipped)).unwrap_err();
        places.push(failure.place.event.unwrap());
    }
    assert!(places.is_sorted() && places[0] == 0, "{places:?}");
    assert_eq!(places.last(), Some(&(heights - 1)), "{places:?}");
    for length in (1..whole.len()).step_by(311).filter(|at| at % 512 != 0) {
        let failure = Reopened::<Ed25519>::read(Cursor::new(&whole[..length])).unwrap_err();
        assert_eq!(failure.refusal, Refusal::CutShort, "{length}");
    }
}

#[test]
fn objects_without_their_event_are_refused() {
    let (mut making, cast) = full::<Ed25519>(45, 9);
    let acts = making.acts(&cast);
    let before = making.archive(&acts[..1]);
    let after = making.archive(&acts[..2]);
    // The event is the last record: 512 bytes of head and as many for its text.
    let cut = &after[..after.len() - 1024];
    assert!(cut.len() > before.len());
    let failure = Reopened::<Ed25519>::read(Cursor::new(cut)).unwrap_err();
    assert_eq!(failure.refusal, Refusal::Stray);
    assert_eq!(failure.place.event, Some(2));
}
