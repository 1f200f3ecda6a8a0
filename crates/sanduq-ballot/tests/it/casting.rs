//! Ballots that are cast into an archive with its sidecar.

use crate::making::Making;
use crate::making::full;
use crate::making::shuffled;
use crate::sidecar::SEED;
use crate::sidecar::forge;
use crate::sidecar::records;
use crate::sidecar::written;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::casting::Added;
use sanduq_ballot::casting::Casting;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::sidecar::Record;
use sanduq_ballot::sidecar::RecordKind;
use sanduq_ballot::sidecar::State;
use sanduq_ballot::verify::report::Failure;
use std::io::Cursor;

/// An archive and its sidecar.
type Both = [Vec<u8>; 2];

fn begun<G: Group>(archive: Vec<u8>) -> Both {
    let sidecar = written(&archive, None, &BoundProofs::<G>::new()).unwrap();
    [archive, sidecar]
}

fn open<G: Group>(both: &Both) -> Result<Casting<G>, Failure> {
    Casting::open(Cursor::new(&both[0]), &both[1][..])
}

/// Casts ballots at once; what there is then.
fn cast<G: Group>(both: &mut Both, ballots: &[String]) -> Added {
    let mut casting = open::<G>(both).unwrap();
    for ballot in ballots {
        casting.cast(ballot.as_bytes()).unwrap();
    }
    let added = casting.added(&SEED).unwrap();
    both[0].extend(&added.archive);
    both[1].extend(&added.sidecar);
    added
}

fn texts<G: Group>(making: &Making<G>, cast: &[(usize, Ballot<G>)]) -> Vec<String> {
    let text = |(_, ballot): &(usize, Ballot<G>)| ballot.to_text(&making.election);
    cast.iter().map(text).collect()
}

fn one_by_one_or_at_once<G: Group>((mut making, ballots): (Making<G>, Vec<(usize, Ballot<G>)>)) {
    let texts = texts(&making, &ballots);
    let acts = making.acts(&ballots);
    let archive = making.archive(&acts[..texts.len()]);
    let mut single = begun::<G>(making.archive(&[]));
    for (number, text) in (1..).zip(&texts) {
        let added = cast::<G>(&mut single, std::slice::from_ref(text));
        assert_eq!(added.ballots, number);
        let sealed = written::<G>(&single[0], Some(&single[1]), &BoundProofs::new());
        assert!(sealed.unwrap() == single[1], "the sidecar has all of it");
    }
    let mut together = begun::<G>(making.archive(&[]));
    let added = cast::<G>(&mut together, &texts);
    let voters: std::collections::BTreeSet<usize> = ballots.iter().map(|one| one.0).collect();
    assert_eq!(added.counted, voters.len() as u64);
    assert!(single[0] == archive && together[0] == archive);
    // At once there are fewer checkpoints.
    let sidecar = written(&archive, None, &BoundProofs::<G>::new()).unwrap();
    assert!(together[1] == sidecar && single[1].len() >= sidecar.len());
}

#[test]
fn ballots_cast_one_by_one_are_the_archive_that_is_made_at_once() {
    one_by_one_or_at_once::<Ed25519>(full(71, 9));
    one_by_one_or_at_once::<Ed25519>(shuffled(72));
    one_by_one_or_at_once::<Belenios2048>(full(73, 9));
}

#[test]
fn a_ballot_that_may_not_be_cast_is_refused_by_name() {
    let (mut making, cast) = full::<Ed25519>(46, 9);
    let (other, others) = full::<Ed25519>(47, 9);
    let acts = making.acts(&cast);
    let text = |at: usize| cast[at].1.to_text(&making.election);
    let foreign = others[0].1.to_text(&other.election);
    let mut bent = text(1);
    let place = bent.find("\"response\":\"").unwrap() + 12;
    let digit = if &bent[place..=place] == "1" {
        "2"
    } else {
        "1"
    };
    bent.replace_range(place..=place, digit);
    let unknown = text(1).replace(
        &text(1)[text(1).find("\"credential\":").unwrap()..][..79],
        &format!("\"credential\":\"{}\"", "0".repeat(64)),
    );
    let first = begun::<Ed25519>(making.archive(&acts[..1]));
    let ended = begun::<Ed25519>(making.archive(&acts[..cast.len() + 1]));
    for (both, ballot, refusal) in [
        (&first, text(0), Refusal::CastTwice),
        (&first, foreign, Refusal::OtherElection),
        (&first, unknown, Refusal::UnknownCredential),
        (&first, text(1) + "\n", Refusal::Form),
        (&first, bent, Refusal::IndividualProof),
        (&ended, text(0), Refusal::Order),
    ] {
        let mut casting = open::<Ed25519>(both).unwrap();
        let found = casting.cast(ballot.as_bytes()).unwrap_err();
        let found: Vec<Refusal> = found.iter().map(|one| one.refusal).collect();
        let expected = if refusal == Refusal::IndividualProof {
            // The signature is over all of the ballot.
            vec![refusal, Refusal::Signature]
        } else {
            vec![refusal]
        };
        assert_eq!(found, expected);
    }
    // One that was just taken is not taken again.
    let mut casting = open::<Ed25519>(&first).unwrap();
    casting.cast(text(1).as_bytes()).unwrap();
    let again = casting.cast(text(1).as_bytes()).unwrap_err();
    assert_eq!(again[0].refusal, Refusal::CastTwice);
    assert!(casting.added(&[8; 32]).is_err(), "another key");
}

#[test]
fn nothing_goes_on_where_archive_and_sidecar_do_not_agree() {
    let (mut making, cast) = full::<Ed25519>(74, 9);
    let (other, _) = full::<Ed25519>(75, 9);
    let acts = making.acts(&cast);
    let states: Vec<Both> = (0..4)
        .map(|count| begun::<Ed25519>(making.archive(&acts[..count])))
        .collect();
    let mut reordered = cast.clone();
    reordered.swap(0, 1);
    let reordered = making.acts(&reordered);
    let another = begun::<Ed25519>(making.archive(&reordered[..2]));
    let [archive, sidecar] = &states[2];
    // The event is the last record: 512 bytes of head and as many for its text.
    let torn = archive[..archive.len() - 1024].to_vec();
    let mut longer = archive.clone();
    longer.push(0);
    let [_, foreign] = begun::<Ed25519>(other.archive(&[]));
    let cut = sidecar[..sidecar.len() - 1].to_vec();
    for (name, archive, sidecar, refusal, height) in [
        (
            "behind",
            archive,
            &states[1][1],
            Refusal::SidecarCutShort,
            2,
        ),
        ("ahead", archive, &states[3][1], Refusal::SidecarLonger, 3),
        (
            "of another past",
            archive,
            &another[1],
            Refusal::SidecarEvent,
            2,
        ),
        (
            "of another election",
            archive,
            &foreign,
            Refusal::SidecarElection,
            0,
        ),
        ("cut", archive, &cut, Refusal::SidecarCutShort, 3),
        ("none", archive, &Vec::new(), Refusal::SidecarCutShort, 0),
        ("a torn archive", &torn, sidecar, Refusal::Record, 2),
        ("a longer archive", &longer, sidecar, Refusal::CutShort, 2),
    ] {
        let both = [archive.clone(), sidecar.clone()];
        let failure = open::<Ed25519>(&both).unwrap_err();
        let found = (failure.refusal, failure.place.event);
        assert_eq!(found, (refusal, Some(height)), "{name}");
    }
    assert!(open::<Ed25519>(&states[2]).is_ok());
}

#[test]
fn a_sidecar_goes_on_only_when_all_of_it_hangs_together() {
    let (mut making, cast) = full::<Ed25519>(76, 9);
    let acts = making.acts(&cast);
    let both = begun::<Ed25519>(making.archive(&acts[..cast.len()]));
    let election = making.election.hash();
    for place in (0..both[1].len()).step_by(61) {
        let mut flipped = both.clone();
        flipped[1][place] ^= 1 << (place % 8);
        assert!(open::<Ed25519>(&flipped).is_err(), "byte {place}");
    }
    let records = records(&making, &both[1]);
    let honest = forge(&records, &election, Some(SEED));
    assert!(honest == both[1]);
    // Whoever makes all hashes agree again does not hold the key; who holds it lies in vain.
    let opened = |records: &[Record], seed| {
        let sidecar = forge(records, &election, Some(seed));
        let found = open::<Ed25519>(&[both[0].clone(), sidecar]);
        found.map(drop).unwrap_err().refusal
    };
    assert_eq!(opened(&records, [8; 32]), Refusal::SidecarSignature);
    let alter = |change: &dyn Fn(&mut Vec<Record>)| {
        let mut altered = records.clone();
        change(&mut altered);
        opened(&altered, SEED)
    };
    let ballots: Vec<usize> = (0..records.len())
        .filter(|at| records[*at].kind() == RecordKind::Ballot)
        .collect();
    let last = records.len() - 1;
    let state = |records: &mut Vec<Record>, change: fn(&mut State)| {
        if let Record::Checkpoint(one) = &mut records[last] {
            change(&mut one.state);
        }
    };
    for (found, refusal) in [
        (
            alter(&|all| drop(all.remove(ballots[1]))),
            Refusal::SidecarEvent,
        ),
        (
            alter(&|all| all.swap(ballots[0], ballots[1])),
            Refusal::SidecarEvent,
        ),
        (alter(&|all| drop(all.remove(0))), Refusal::SidecarForm),
        (alter(&|all| drop(all.pop())), Refusal::SidecarCheckpoint),
        (
            alter(&|all| state(all, |one| one.height += 1)),
            Refusal::SidecarCheckpoint,
        ),
        (
            alter(&|all| state(all, |one| one.ballots += 1)),
            Refusal::SidecarCheckpoint,
        ),
        (
            alter(&|all| state(all, |one| one.voters += 1)),
            Refusal::SidecarCheckpoint,
        ),
        (alter(&|all| number(&mut all[ballots[3]])), Refusal::Counter),
    ] {
        assert_eq!(found, refusal);
    }
}

/// The fourth ballot is the second of its voter.
fn number(record: &mut Record) {
    if let Record::Ballot(one) = record {
        one.number = 1;
        one.previous = None;
    }
}
