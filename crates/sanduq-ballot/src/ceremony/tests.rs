mod attacks;

use crate::ceremony::CeremonyRefusal;
use crate::ceremony::Commitment;
use crate::ceremony::Confirmation;
use crate::ceremony::Content;
use crate::ceremony::MemberKeys;
use crate::ceremony::Polynomial;
use crate::ceremony::Reveal;
use crate::ceremony::Review;
use crate::ceremony::Roster;
use crate::ceremony::Round;
use crate::ceremony::Step;
use crate::ceremony::Verdict;
use crate::ceremony::commit;
use crate::ceremony::conclude;
use crate::ceremony::confirm;
use crate::ceremony::judge;
use crate::ceremony::reveal;
use crate::ceremony::review;
use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::json::Canonical;
use crate::trustees::pedersen::Pedersen;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;

/// A ceremony and all secrets of its members.
struct Scene<G: Group> {
    roster: Roster<G>,
    keys: Vec<MemberKeys<G>>,
    polynomials: Vec<Polynomial<G>>,
    chance: ChaCha20Rng,
}

/// What a ceremony ends with: the published object and the members' keys.
type Outcome<G> = (Pedersen<G>, Vec<Secret<<G as Group>::Scalar>>);

impl<G: Group> Scene<G> {
    fn new(threshold: usize, size: usize) -> Scene<G> {
        let mut chance = ChaCha20Rng::seed_from_u64(7);
        let keys: Vec<_> = (0..size)
            .map(|_| MemberKeys::<G>::draw(&mut chance))
            .collect();
        let certificates = keys
            .iter()
            .map(|one| one.certificate(&mut chance))
            .collect();
        Scene::begin(Roster::new(threshold, certificates).unwrap(), keys)
    }

    fn begin(roster: Roster<G>, keys: Vec<MemberKeys<G>>) -> Scene<G> {
        let mut chance = ChaCha20Rng::seed_from_u64(8);
        let draw = |one| Polynomial::draw(&roster, one, &mut chance);
        Scene {
            polynomials: keys.iter().map(draw).collect(),
            roster,
            keys,
            chance,
        }
    }

    fn commits(&mut self) -> Vec<Step<G, Commitment>> {
        let members = self.keys.iter().zip(&self.polynomials);
        let chance = &mut self.chance;
        let commit = |(keys, own)| commit(&self.roster, keys, own, chance).unwrap();
        members.map(commit).collect()
    }

    fn reveals(&mut self, commitments: &Round<Commitment>) -> Vec<Step<G, Reveal<G>>> {
        let members = self.keys.iter().zip(&self.polynomials);
        let chance = &mut self.chance;
        let show = |(keys, own)| reveal(&self.roster, keys, own, commitments, chance).unwrap();
        members.map(show).collect()
    }

    fn reviews(
        &mut self,
        commitments: &Round<Commitment>,
        reveals: &Round<Reveal<G>>,
    ) -> Vec<Step<G, Review<G>>> {
        let chance = &mut self.chance;
        let look = |keys| review(&self.roster, keys, commitments, reveals, chance).unwrap();
        self.keys.iter().map(look).collect()
    }

    /// A round of honest files.
    fn gather<T: Content>(&self, steps: &[Step<G, T>]) -> Round<T> {
        Round::gather(&self.roster, &carried(steps)).unwrap()
    }

    /// Reviews and judges reveals that may have been tampered with.
    fn judge(
        &mut self,
        commitments: &Round<Commitment>,
        reveals: &[Step<G, Reveal<G>>],
    ) -> (Round<Reveal<G>>, Round<Review<G>>, Verdict) {
        let reveals = self.gather(reveals);
        let reviews = self.reviews(commitments, &reveals);
        let reviews = self.gather(&reviews);
        let verdict = judge(&self.roster, commitments, &reveals, &reviews);
        (reveals, reviews, verdict)
    }

    fn finish(
        &mut self,
        commitments: &Round<Commitment>,
        reveals: &Round<Reveal<G>>,
        reviews: &Round<Review<G>>,
    ) -> Outcome<G> {
        let rounds = (commitments, reveals, reviews);
        let mut secrets = Vec::new();
        let mut steps: Vec<Step<G, Confirmation<G>>> = Vec::new();
        for keys in &self.keys {
            let name = Some("صاحب السر".to_owned());
            let own = confirm(&self.roster, keys, rounds, name, &mut self.chance).unwrap();
            secrets.push(own.0);
            steps.push(own.1);
        }
        let confirmations = self.gather(&steps);
        let pedersen = conclude(&self.roster, rounds, &confirmations).unwrap();
        (pedersen, secrets)
    }

    fn hold(&mut self) -> Outcome<G> {
        let commits = self.commits();
        let commitments = self.gather(&commits);
        let reveals = self.reveals(&commitments);
        let (reveals, reviews, verdict) = self.judge(&commitments, &reveals);
        assert_eq!((verdict.agreed(), verdict.dismissed), (Ok(()), vec![]));
        self.finish(&commitments, &reveals, &reviews)
    }
}

/// The steps as they arrive in files.
fn carried<G: Group, T: Content>(steps: &[Step<G, T>]) -> Vec<Step<G, T>> {
    let carry = |step: &Step<G, T>| Step::from_bytes(step.to_text().as_bytes()).unwrap();
    steps.iter().map(carry).collect()
}

/// The secret that these members, counted from 1, make together.
fn together<G: Group>(secrets: &[Secret<G::Scalar>], members: &[usize]) -> G::Scalar {
    let number = |member: usize| G::Scalar::from_number(u64::try_from(member).unwrap());
    let part = |member: &usize| {
        let others = members.iter().filter(|other| *other != member);
        others.fold(*secrets[*member - 1].expose(), |part, other| {
            let difference = number(*other) - number(*member);
            part * number(*other) * difference.inverse().unwrap()
        })
    };
    members
        .iter()
        .map(part)
        .fold(G::Scalar::zero(), |sum, part| sum + part)
}

fn any_threshold_is_enough<G: Group>(threshold: usize, size: usize, members: &[&[usize]]) {
    let (pedersen, secrets) = Scene::<G>::new(threshold, size).hold();
    assert_eq!(pedersen.verify(), Ok(()));
    let text = pedersen.to_text();
    assert_eq!(Pedersen::from_bytes(text.as_bytes()), Ok(pedersen.clone()));
    for some in members {
        let secret = together::<G>(&secrets, some);
        let whole = G::power_of_generator(&secret) == pedersen.public_key();
        assert_eq!(whole, some.len() >= threshold, "{some:?} of {size}");
    }
    for (secret, key) in secrets.iter().zip(&pedersen.verification_keys) {
        assert_eq!(G::power_of_generator(secret.expose()), key.public_key);
    }
}

#[test]
fn any_threshold_of_the_members_is_enough_and_no_fewer() {
    any_threshold_is_enough::<Ed25519>(1, 1, &[&[1]]);
    any_threshold_is_enough::<Ed25519>(2, 3, &[&[1, 2], &[3, 1], &[2, 3], &[1], &[2], &[3]]);
    let some: [&[usize]; 5] = [&[1, 2, 3], &[5, 1, 4], &[1, 2, 3, 4, 5], &[1, 2], &[4, 5]];
    any_threshold_is_enough::<Ed25519>(3, 5, &some);
    any_threshold_is_enough::<Belenios2048>(2, 2, &[&[1, 2], &[1], &[2]]);
}

#[test]
fn secrets_are_kept_between_steps() {
    let scene = Scene::<Ed25519>::new(2, 3);
    let keys = MemberKeys::<Ed25519>::from_secret_text(&scene.keys[0].secret_text()).unwrap();
    assert_eq!(scene.roster.number_of(&keys), Ok(1));
    let text = scene.polynomials[0].secret_text();
    let again = Polynomial::<Ed25519>::from_secret_text(&text).unwrap();
    assert_eq!(again.powers(), scene.polynomials[0].powers());
    for text in ["", "1", "1 x", "1  2", "01 2"] {
        let found = MemberKeys::<Ed25519>::from_secret_text(text);
        assert_eq!(found.unwrap_err(), CeremonyRefusal::OtherKey, "{text}");
    }
    let found = Polynomial::<Ed25519>::from_secret_text("1 ");
    assert_eq!(found.unwrap_err(), CeremonyRefusal::Coefficients);
    assert!(
        format!("{keys:?} {again:?}")
            .chars()
            .all(|c| !c.is_ascii_digit())
    );
}

#[test]
fn rosters_are_read_and_refused_by_name() {
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    let scene = Scene::<Ed25519>::new(2, 3);
    let text = scene.roster.to_text();
    assert_eq!(
        Roster::from_bytes(text.as_bytes()),
        Ok(scene.roster.clone())
    );
    let all: Vec<_> = scene
        .roster
        .members()
        .iter()
        .map(|one| one.0.clone())
        .collect();
    for threshold in [0, 4] {
        let found = Roster::new(threshold, all.clone());
        assert_eq!(found, Err(CeremonyRefusal::Threshold));
    }
    assert_eq!(
        Roster::<Ed25519>::new(1, vec![]),
        Err(CeremonyRefusal::Threshold)
    );
    let twice = vec![all[0].clone(), all[0].clone()];
    assert_eq!(Roster::new(1, twice), Err(CeremonyRefusal::MemberTwice));
    let mut altered = all.clone();
    altered[1].message = all[2].message.clone();
    assert_eq!(Roster::new(2, altered), Err(CeremonyRefusal::Certificate));
    let stranger = MemberKeys::<Ed25519>::draw(&mut chance);
    assert_eq!(
        scene.roster.number_of(&stranger),
        Err(CeremonyRefusal::OtherKey)
    );
    for member in [0, 4, u64::MAX] {
        let found = scene
            .roster
            .certificate(member)
            .map(|one| one.encryption.text());
        assert_eq!(found, Err(CeremonyRefusal::UnknownMember));
    }
}
