//! Sidecars, honest ones and ones that were altered by somebody who can make all hashes agree again
//! and, where nothing else is said, holds the key of the checkpoints.

mod lies;

use crate::making::Making;
use crate::making::chance;
use crate::making::full;
use crate::sidecar::lies::alterations;
use ed25519_dalek::Signature;
use ed25519_dalek::VerifyingKey;
use rand_core::Rng;
use sanduq_ballot::bound::BoundDecryption;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::hash::Hash;
use sanduq_ballot::hints::Hints;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::sealing::BoundProofs;
use sanduq_ballot::sealing::Seal;
use sanduq_ballot::sealing::extends;
use sanduq_ballot::sealing::seal;
use sanduq_ballot::sidecar::Checkpoint;
use sanduq_ballot::sidecar::Reader;
use sanduq_ballot::sidecar::Record;
use sanduq_ballot::sidecar::RecordKind;
use sanduq_ballot::sidecar::State;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::Sidecar;
use sanduq_ballot::verify::report::Report;
use sanduq_ballot::verify::verify_with;
use std::io::Cursor;

/// The secret of the key of the checkpoints.
pub const SEED: [u8; 32] = [9; 32];

/// A whole election with its sidecar.
pub struct Sealed<G: Group> {
    /// The election.
    pub making: Making<G>,
    /// Its archive.
    pub archive: Vec<u8>,
    /// The sidecar of its archive.
    pub sidecar: Vec<u8>,
    bound: BoundProofs<G>,
    /// The archive after its setup and each act.
    prefixes: Vec<Vec<u8>>,
}

impl<G: Group> Sealed<G> {
    /// The archive and the sidecar after the setup and so many acts.
    pub fn at(&self, acts: usize) -> (Vec<u8>, Vec<u8>) {
        let archive = self.prefixes[acts].clone();
        let sidecar = written(&archive, None, &self.bound).unwrap();
        (archive, sidecar)
    }
}

/// An election that was held, with its sidecar.
pub fn sealed<G: Group>(seed: u64) -> Sealed<G> {
    let (mut making, cast) = full::<G>(seed, 9);
    let acts = making.acts(&cast);
    let (tally, _, _) = making.tally(&cast);
    let election = making.election.fingerprint().to_owned();
    let mut bound = BoundProofs::<G>::new();
    for (owner, secret) in (1..).zip(&making.trustee_secrets) {
        let chance = &mut making.chance;
        let one = BoundDecryption::create(&election, owner, secret, &tally, chance);
        bound.insert(owner, one);
    }
    let prefixes = (0..=acts.len()).map(|count| making.archive(&acts[..count]));
    let prefixes: Vec<Vec<u8>> = prefixes.collect();
    let archive = prefixes.last().unwrap().clone();
    let sidecar = written(&archive, None, &bound).unwrap();
    Sealed {
        making,
        archive,
        sidecar,
        bound,
        prefixes,
    }
}

/// The sidecar, of which so much is there already.
pub fn written<G: Group>(
    archive: &[u8],
    begun: Option<&[u8]>,
    bound: &BoundProofs<G>,
) -> Result<Vec<u8>, String> {
    let who = Seal {
        interval: 2,
        seed: SEED,
    };
    let mut rest = begun;
    let source = rest.as_mut().map(|rest| rest as &mut dyn std::io::Read);
    let target = begun.map(<[u8]>::to_vec).unwrap_or_default();
    let made = seal(archive, source, target, &who, bound, &mut |_| {});
    made.map_err(|why| why.to_string())
}

fn check(archive: &[u8], sidecar: &[u8], unfinished: bool) -> Report {
    let mut source = sidecar;
    let sidecar = Sidecar {
        source: &mut source,
        chance: [4; 32],
        key: None,
    };
    let options = Options { unfinished };
    verify_with(Cursor::new(archive), sidecar, options, &mut |_| {})
}

fn refusals(archive: &[u8], sidecar: &[u8]) -> Vec<Refusal> {
    let report = check(archive, sidecar, false);
    assert_eq!(report.checked, report.ballots);
    let mut refusals: Vec<Refusal> = report.failures.iter().map(|one| one.refusal).collect();
    assert_eq!(report.is_accepted(), refusals.is_empty());
    refusals.sort_unstable();
    refusals.dedup();
    refusals
}

/// A sidecar as records, and back again by what its documentation says.
pub fn records<G: Group>(making: &Making<G>, sidecar: &[u8]) -> Vec<Record> {
    let points = Hints::count::<G>(making.election.questions());
    let mut reader = Reader::new(sidecar, points);
    reader.set_ciphertexts(1000);
    let next = || reader.next_record().unwrap().map(|link| link.record);
    std::iter::from_fn(next).collect()
}

pub fn forge(records: &[Record], election: &Hash, seed: Option<[u8; 32]>) -> Vec<u8> {
    let mut chain = Hash([0; 32]);
    let mut bytes = Vec::new();
    for record in records {
        let mut record = record.clone();
        if let (Record::Checkpoint(one), Some(seed)) = (&mut record, seed) {
            *one = Checkpoint::sign(&seed.into(), election, &chain, one.state, one.event);
        }
        let body = record.body();
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        let said = [&[record.kind().byte()][..], &length, &body].concat();
        chain = Hash::of(&[&chain.0[..], &said].concat());
        bytes.extend(said);
        bytes.extend(chain.0);
    }
    bytes
}

#[test]
fn honest_sidecars_hold_and_grow() {
    let sealed = sealed::<Ed25519>(20);
    let report = check(&sealed.archive, &sealed.sidecar, false);
    assert_eq!(report.failures, []);
    assert!(report.is_accepted());
    // Setup, ballots 2 and 4, end, tally, three decryptions, result.
    assert_eq!((report.hinted, report.checkpoints), (5, 9));
    assert!(report.key.is_some());
    let election = sealed.making.election.hash();
    assert!(
        forge(
            &records(&sealed.making, &sealed.sidecar),
            &election,
            Some(SEED)
        ) == sealed.sidecar
    );
    // As the archive grows, act by act, so does the sidecar; nothing is written twice.
    let mut begun: Option<Vec<u8>> = None;
    for archive in &sealed.prefixes {
        let next = written(archive, begun.as_deref(), &sealed.bound).unwrap();
        let again = written(archive, Some(&next), &sealed.bound).unwrap();
        assert!(next == again);
        let report = check(archive, &next, true);
        assert_eq!(report.failures, []);
        let earlier = begun.unwrap_or_else(|| next.clone());
        assert!(extends(&earlier[..], &next[..]).is_ok());
        begun = Some(next);
    }
    assert_eq!(refusals(&sealed.archive, &begun.unwrap()), []);
    let none = BoundProofs::<Ed25519>::new();
    let why = written(&sealed.archive, None, &none).unwrap_err();
    assert_eq!(why, Refusal::BoundProof.to_string());
}

#[test]
fn a_group_without_hints_has_a_sidecar_too() {
    let sealed = sealed::<Belenios2048>(21);
    let report = check(&sealed.archive, &sealed.sidecar, false);
    assert_eq!(report.failures, []);
    assert_eq!(
        (report.ballots, report.hinted, report.checkpoints),
        (5, 0, 9)
    );
}

/// The signatures as the documentation says them, with nothing of ours but the bytes.
#[test]
fn a_checkpoint_signs_words_election_chain_and_state() {
    let sealed = sealed::<Ed25519>(30);
    let mut rest = &sealed.sidecar[..];
    let (mut chain, mut election, mut key, mut signed) = ([0; 32], vec![], [0; 32], 0);
    while !rest.is_empty() {
        let length = u32::from_be_bytes(rest[1..5].try_into().unwrap());
        let (record, after) = rest.split_at(5 + usize::try_from(length).unwrap() + 32);
        let body = &record[5..record.len() - 32];
        match record[0] {
            1 => {
                election = body[24..56].to_vec();
                key = body[96..].try_into().unwrap();
            }
            5 => {
                let (state, signature) = body.split_at(body.len() - 64);
                let words = b"sanduq ballot checkpoint 1\n";
                let said = [&words[..], &election, &chain, state].concat();
                let signature = Signature::from_bytes(signature.try_into().unwrap());
                let key = VerifyingKey::from_bytes(&key).unwrap();
                key.verify_strict(&said, &signature).unwrap();
                signed += 1;
            }
            _ => {}
        }
        chain = record[record.len() - 32..].try_into().unwrap();
        rest = after;
    }
    assert_eq!(signed, 9);
}

/// Between two checkpoints that must stand, whoever shows a sidecar has one signed.
#[test]
fn what_is_shown_ends_with_a_checkpoint() {
    let sealed = sealed::<Ed25519>(37);
    let archive = &sealed.prefixes[3];
    let whole = written(archive, None, &sealed.bound).unwrap();
    assert!(check(archive, &whole, true).is_accepted());
    let mut shorter = records(&sealed.making, &whole);
    let last = shorter.pop().unwrap();
    assert_eq!(last.kind(), RecordKind::Checkpoint);
    let shorter = forge(&shorter, &sealed.making.election.hash(), Some(SEED));
    let report = check(archive, &shorter, true);
    let found: Vec<Refusal> = report.failures.iter().map(|one| one.refusal).collect();
    assert_eq!(found, [Refusal::SidecarCheckpoint]);
}

/// Under a key of small order everybody can sign.
#[test]
fn a_key_of_small_order_signs_nothing() {
    let mut neutral = [0; 32];
    neutral[0] = 1;
    let mut checkpoint = Checkpoint::sign(
        &SEED.into(),
        &Hash([1; 32]),
        &Hash([2; 32]),
        State::new(false),
        Hash([3; 32]),
    );
    checkpoint.signature = [0; 64];
    checkpoint.signature[0] = 1;
    let verified = checkpoint.verify(&neutral, &Hash([1; 32]), &Hash([2; 32]));
    assert_eq!(verified, Err(Refusal::SidecarSignature));
}

#[test]
fn two_states_of_a_board_must_be_one_board() {
    let [one, other] = [22, 23].map(sealed::<Ed25519>);
    let same = |earlier: &[u8], later: &[u8]| extends(earlier, later).is_ok();
    assert!(same(&one.archive[..700], &one.archive));
    assert!(!same(&one.archive, &one.archive[..700]));
    assert!(!same(&other.archive, &one.archive));
    assert!(!same(&[], &one.archive));
    let mut changed = one.archive.clone();
    changed[600] ^= 1;
    assert!(!same(&changed, &one.archive));
}

#[test]
fn what_a_sidecar_says_wrongly_is_refused_by_name() {
    let sealed = sealed::<Ed25519>(24);
    let (honest, election) = (
        records(&sealed.making, &sealed.sidecar),
        sealed.making.election.hash(),
    );
    for kind in RecordKind::ALL {
        for (name, alter, expected) in alterations(kind) {
            let mut altered = honest.clone();
            alter(&mut altered);
            let sidecar = forge(&altered, &election, Some(SEED));
            let said = refusals(&sealed.archive, &sidecar);
            assert!(said.contains(&expected), "{kind:?}, {name}: {said:?}");
            // Whoever does not hold the key cannot even sign it.
            let sidecar = forge(&altered, &election, Some([8; 32]));
            let said = refusals(&sealed.archive, &sidecar);
            let unsigned = [Refusal::SidecarSignature, Refusal::SidecarForm];
            assert!(
                said.iter().any(|one| unsigned.contains(one)),
                "{kind:?}, {name}"
            );
        }
    }
    // Nothing altered, another key: of the signatures alone.
    let sidecar = forge(&honest, &election, Some([8; 32]));
    assert_eq!(
        refusals(&sealed.archive, &sidecar),
        [Refusal::SidecarSignature]
    );
}

#[test]
fn records_removed_repeated_or_exchanged_are_found() {
    let sealed = sealed::<Ed25519>(25);
    let (honest, election) = (
        records(&sealed.making, &sealed.sidecar),
        sealed.making.election.hash(),
    );
    for place in 0..honest.len() {
        let mut removed = honest.clone();
        let one = removed.remove(place);
        let mut repeated = honest.clone();
        repeated.insert(place, one);
        let mut exchanged = honest.clone();
        let other = (place + 1) % honest.len();
        exchanged.swap(place, other);
        for altered in [removed, repeated, exchanged] {
            let sidecar = forge(&altered, &election, Some(SEED));
            assert_ne!(refusals(&sealed.archive, &sidecar), [], "{place}");
        }
    }
}

#[test]
fn a_sidecar_of_another_length_election_or_key_is_refused() {
    let [sealed, other] = [26, 27].map(sealed::<Ed25519>);
    let (archive, sidecar) = (&sealed.archive, &sealed.sidecar);
    let mut end = 0;
    let mut cuts = vec![0, 1, 4, 60];
    for record in records(&sealed.making, &sealed.sidecar) {
        end += record.body().len() + 37;
        cuts.extend([end - 1, end]);
    }
    for cut in cuts.into_iter().filter(|cut| *cut < sidecar.len()) {
        let said = refusals(archive, &sidecar[..cut]);
        let cut_short = [Refusal::SidecarCutShort, Refusal::SidecarCheckpoint];
        assert!(said.iter().any(|one| cut_short.contains(one)), "{cut}");
    }
    let mut longer = records(&sealed.making, &sealed.sidecar);
    longer.extend(records(&other.making, &other.sidecar).split_off(2));
    let longer = forge(&longer, &sealed.making.election.hash(), Some(SEED));
    assert!(refusals(archive, &longer).contains(&Refusal::SidecarLonger));
    let said = refusals(archive, &other.sidecar);
    assert!(said.contains(&Refusal::SidecarElection), "{said:?}");
    let mut source = &sidecar[..];
    let pinned = Sidecar {
        source: &mut source,
        chance: [4; 32],
        key: Some([1; 32]),
    };
    let report = verify_with(
        Cursor::new(archive),
        pinned,
        Options::default(),
        &mut |_| {},
    );
    assert_eq!(report.failures.len(), 1);
    assert_eq!(report.failures[0].refusal, Refusal::SidecarKey);
}

#[test]
fn a_thousand_flipped_bits_of_a_sidecar_are_found() {
    let sealed = sealed::<Ed25519>(28);
    let mut lots = chance(29);
    let mut below = |bound: usize| usize::try_from(lots.next_u64()).unwrap() % bound;
    for _ in 0..1000 {
        let mut flipped = sealed.sidecar.clone();
        let (place, bit) = (below(flipped.len()), below(8));
        flipped[place] ^= 1 << bit;
        assert_ne!(
            refusals(&sealed.archive, &flipped),
            [],
            "bit {bit} of {place}"
        );
    }
}
