use super::*;
use crate::chance::Secret;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::trustees::Trustee;
use crate::trustees::Trustees;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

const MEMBERS: u64 = 3;
const THRESHOLD: u64 = 2;

/// The secret of the number `number`: these are tests.
fn secret<G: Group>(number: u64) -> Secret<G::Scalar> {
    Secret::new(G::Scalar::from_number(number))
}

fn signed<G: Group>(member: u64, message: String) -> Signed<G> {
    let nonce = secret::<G>(900 + member);
    let signature = power::prove(
        ProofKind::Certificate,
        &message,
        &secret::<G>(member),
        &nonce,
    );
    Signed { message, signature }
}

/// The coefficients of a member: 10, 11; 20, 21; and so on.
fn coefficient(member: u64, place: u64) -> u64 {
    member * 10 + place
}

/// A group in the form of version 2.5.1, two of three, whose members have the secrets 1, 2, 3.
fn group<G: Group>() -> Pedersen<G> {
    group_of([1, 2, 3], THRESHOLD)
}

/// The same of members with these secrets, of whom so many are enough.
fn group_of<G: Group>(owners: [u64; 3], threshold: u64) -> Pedersen<G> {
    let power = |number| G::power_of_generator(&G::Scalar::from_number(number));
    let mut group = Pedersen {
        threshold: usize::try_from(threshold).expect("it is small"),
        certificates: Vec::new(),
        coefficients: Vec::new(),
        signatures: None,
        verification_keys: Vec::new(),
    };
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    for (member, owner) in (1..).zip(owners) {
        let certificate = Certificate {
            context: Some(Context {
                group: G::NAME.to_owned(),
                size: MEMBERS,
                threshold,
                index: member,
            }),
            verification: power(owner),
            encryption: power(100 + owner),
        };
        let message = signed(owner, certificate.to_text());
        group.certificates.push((message, certificate));
        let powers = (0..threshold).map(|place| power(coefficient(member, place)));
        let powers = Coefficients(powers.collect());
        let message = signed(owner, powers.to_text());
        group.coefficients.push((message, powers));
        let slope = |from| coefficient(from, 1) * member * (threshold - 1);
        let dealt = (1..=MEMBERS).map(|from| coefficient(from, 0) + slope(from));
        let share = secret::<G>(dealt.sum());
        let key = TrusteeKey::new(&share, None, &mut chance);
        group.verification_keys.push(key);
    }
    group.signatures = Some(signatures(&group, owners));
    group
}

/// The members' signatures, over what the specification says, written by hand.
fn signatures<G: Group>(group: &Pedersen<G>, owners: [u64; 3]) -> Vec<Proof<G>> {
    let certificates = group
        .certificates
        .iter()
        .map(|(signed, _)| signed.to_text());
    let certificates = certificates.collect::<Vec<_>>().join(",");
    let own = owners.into_iter().zip(&group.coefficients);
    let sign = |(owner, (message, _)): (u64, &(Signed<G>, _))| {
        let powers = message.message.trim_start_matches('{');
        let text = format!("certs_sig|{{\"certs\":[{certificates}],{powers}");
        signed::<G>(owner, text).signature
    };
    own.map(sign).collect()
}

fn verdict<G: Group>(group: Pedersen<G>) -> Result<(), Refusal> {
    // As it is read from an archive.
    let trustees = Trustees(vec![Trustee::Pedersen(group)]);
    let key = trustees.election_key();
    let read = Trustees::<G>::from_bytes(trustees.to_text().as_bytes()).expect("it was written");
    assert_eq!(read, trustees);
    let found = read.verify(&key);
    found.first().map_or(Ok(()), |(_, refusal)| Err(*refusal))
}

/// What is changed in a group of version 2.5.1, and what is said of it.
type Row<G> = (
    &'static str,
    fn(&mut Pedersen<G>, &mut Vec<Proof<G>>),
    Refusal,
);

fn alterations<G: Group>() -> [Row<G>; 7] {
    fn one<G: Group>() -> G::Scalar {
        G::Scalar::one()
    }
    [
        (
            "a challenge",
            |_, all| all[0].challenge = all[0].challenge + one::<G>(),
            Refusal::Signature,
        ),
        (
            "the last response",
            |_, all| all[2].response = all[2].response + one::<G>(),
            Refusal::Signature,
        ),
        ("two exchanged", |_, all| all.swap(0, 1), Refusal::Signature),
        (
            "one of another text of the same member",
            |group, all| all[1] = group.coefficients[1].0.signature,
            Refusal::Signature,
        ),
        ("one less", |_, all| all.truncate(2), Refusal::Shape),
        ("one more", |_, all| all.push(all[0]), Refusal::Shape),
        (
            // Signed anew by its member alone: the others signed other certificates.
            "another key to encrypt to",
            |group, _| {
                let (message, certificate) = &mut group.certificates[0];
                certificate.encryption = G::generator();
                *message = signed(1, certificate.to_text());
            },
            Refusal::Signature,
        ),
    ]
}

fn every_signature_is_checked<G: Group>() {
    assert_eq!(verdict(group::<G>()), Ok(()));
    for (name, alter, refusal) in alterations::<G>() {
        let mut group = group::<G>();
        let mut signatures = group.signatures.take().expect("they were made");
        alter(&mut group, &mut signatures);
        group.signatures = Some(signatures);
        assert_eq!(verdict(group), Err(refusal), "{name}");
    }
    let mut unsigned = group::<G>();
    unsigned.signatures = None;
    assert_eq!(verdict(unsigned), Err(Refusal::CertificateContext));
}

#[test]
fn every_signature_over_a_ceremony_is_checked() {
    every_signature_is_checked::<Ed25519>();
    every_signature_is_checked::<Belenios2048>();
}

fn twice<G: Group>(trustees: &Trustees<G>) -> Vec<usize> {
    let found = trustees.verify(&trustees.election_key());
    let places = found.into_iter().map(|(place, refusal)| {
        assert_eq!(refusal, Refusal::TrusteeTwice);
        place.expect("a trustee has a place")
    });
    places.collect()
}

#[test]
fn one_person_is_one_trustee() {
    let mut chance = ChaCha20Rng::seed_from_u64(2);
    let mut alone = |number| {
        let key = TrusteeKey::new(&secret::<Ed25519>(number), None, &mut chance);
        Trustee::Single(key)
    };
    let of = |owners, threshold| Trustee::Pedersen(group_of::<Ed25519>(owners, threshold));
    let table = [
        (vec![alone(7), alone(8)], vec![]),
        // One key, with another proof each time.
        (vec![alone(7), alone(8), alone(7), alone(7)], vec![2, 3]),
        (vec![of([1, 2, 3], 2)], vec![]),
        (vec![of([1, 2, 2], 2)], vec![0]),
        // A member in a group and alone, with the key of the ceremony or that of the share.
        (vec![of([1, 2, 3], 2), alone(3)], vec![1]),
        (vec![alone(123), of([1, 2, 3], 2)], vec![1]),
        (vec![of([1, 2, 3], 2), of([4, 5, 3], 1)], vec![1]),
        // Where one is enough all shares are the same, and the members are not.
        (vec![of([1, 2, 3], 1)], vec![]),
        (vec![of([1, 1, 3], 1)], vec![0]),
    ];
    for (row, (trustees, expected)) in table.into_iter().enumerate() {
        assert_eq!(twice(&Trustees(trustees)), expected, "row {row}");
    }
}

#[test]
fn persons_are_numbered_over_all_groups() {
    let secret = secret::<Ed25519>(7);
    let single = TrusteeKey::new(&secret, None, &mut ChaCha20Rng::seed_from_u64(3));
    let single = Trustee::Single(single);
    let group = Trustee::Pedersen(group::<Ed25519>());
    let trustees = Trustees(vec![group.clone(), single.clone(), group, single]);
    let numbers: Vec<usize> = (0..4).map(|place| trustees.first_number(place)).collect();
    assert_eq!(numbers, [1, 4, 5, 8]);
}
