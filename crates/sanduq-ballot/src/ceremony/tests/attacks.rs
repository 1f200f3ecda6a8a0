//! Members who do not follow the ceremony.

use crate::bound::Purpose;
use crate::ceremony::CeremonyRefusal;
use crate::ceremony::Commitment;
use crate::ceremony::Confirmation;
use crate::ceremony::MemberKeys;
use crate::ceremony::Polynomial;
use crate::ceremony::Reveal;
use crate::ceremony::Review;
use crate::ceremony::Roster;
use crate::ceremony::Round;
use crate::ceremony::Step;
use crate::ceremony::commit;
use crate::ceremony::conclude;
use crate::ceremony::confirm;
use crate::ceremony::judge;
use crate::ceremony::reveal;
use crate::ceremony::review::complain;
use crate::ceremony::tests::Scene;
use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::hash::Hash;
use crate::trustees::TrusteeKey;
use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use std::collections::BTreeSet;

type G = Ed25519;
type Reveals = Vec<Step<G, Reveal<G>>>;
/// A change of a file, and why it is then refused.
type Case<'a, T> = (&'a dyn Fn(&mut T), CeremonyRefusal);

fn scene() -> (Scene<G>, Round<Commitment>, Reveals) {
    let mut scene = Scene::<G>::new(2, 3);
    let commits = scene.commits();
    let commitments = scene.gather(&commits);
    let reveals = scene.reveals(&commitments);
    (scene, commitments, reveals)
}

/// A dealer's file, changed and signed again by the dealer.
fn tamper(
    scene: &mut Scene<G>,
    step: &Step<G, Reveal<G>>,
    change: impl Fn(&mut Reveal<G>),
) -> Step<G, Reveal<G>> {
    let mut content = step.content().clone();
    change(&mut content);
    let place = usize::try_from(content.head.member).unwrap() - 1;
    Step::sign(content, &scene.keys[place], &mut scene.chance)
}

#[test]
fn a_dealer_that_chooses_after_the_others_is_excluded() {
    let (mut scene, commitments, mut reveals) = scene();
    // Having seen the others' coefficients, dealer 3 draws until the key suits it.
    let other = Polynomial::draw(&scene.roster, &scene.keys[2], &mut scene.chance);
    let own = reveal(
        &scene.roster,
        &scene.keys[2],
        &other,
        &commitments,
        &mut scene.chance,
    );
    assert_eq!(own.unwrap_err(), CeremonyRefusal::NotAsCommitted);
    let late = commit(&scene.roster, &scene.keys[2], &other, &mut scene.chance).unwrap();
    let mut commits = scene.commits();
    commits[2] = late;
    let pretended = scene.gather(&commits);
    let chance = &mut scene.chance;
    let step = reveal(&scene.roster, &scene.keys[2], &other, &pretended, chance).unwrap();
    reveals[2] = step.clone();
    let (_, _, verdict) = scene.judge(&commitments, &reveals);
    assert_eq!((verdict.excluded, verdict.divided), (vec![], vec![3]));
    reveals[2] = tamper(&mut scene, &step, |reveal| {
        reveal.commitments = commitments.hash()
    });
    let (_, _, verdict) = scene.judge(&commitments, &reveals);
    assert_eq!(verdict.excluded, [(3, CeremonyRefusal::NotAsCommitted)]);
}

#[test]
fn a_dealer_that_cancels_the_others_is_excluded() {
    // Dealer 3 was told the others' coefficients before it committed, and takes them off its own,
    // so that the key would be its own; it cannot know the logarithm.
    let mut scene = Scene::<G>::new(1, 3);
    let own = Secret::new(<G as Group>::Scalar::from_number(42));
    let others = scene.polynomials[..2].iter().map(|one| one.powers().0[0]);
    let others = others.fold(<G as Group>::Element::identity(), |all, one| {
        all.times(&one)
    });
    scene.polynomials[2] = Polynomial(vec![own]);
    let commits = scene.commits();
    let mut commitments = scene.gather(&commits);
    let first = scene.polynomials[2].powers().0[0].over(&others);
    let message = format!("{{\"coefexps\":[\"{}\"]}}", first.text());
    let mut reveals = scene.reveals(&commitments);
    let signed = scene.keys[2].sign(message.clone(), &mut scene.chance);
    let mut content = commits[2].content().clone();
    let text = format!("commit|{}|3|{message}", content.head.ceremony);
    content.hash = Hash::of(text.as_bytes());
    let mut commits = commits;
    commits[2] = Step::sign(content, &scene.keys[2], &mut scene.chance);
    commitments = scene.gather(&commits);
    for step in &mut reveals {
        *step = tamper(&mut scene, &step.clone(), |reveal| {
            reveal.commitments = commitments.hash();
            if reveal.head.member == 3 {
                reveal.coefficients = signed.clone();
            }
        });
    }
    let (_, _, verdict) = scene.judge(&commitments, &reveals);
    assert_eq!(verdict.excluded, [(3, CeremonyRefusal::KeyProof)]);
}

#[test]
fn an_inconsistent_dealer_is_excluded_and_the_others_begin_anew() {
    let (mut scene, commitments, mut reveals) = scene();
    reveals[0] = tamper(&mut scene, &reveals[0].clone(), |reveal| {
        let masked = reveal.shares[1].masked;
        reveal.shares[1].masked = masked + <G as Group>::Scalar::one();
    });
    let (reveals, reviews, verdict) = scene.judge(&commitments, &reveals);
    assert_eq!(verdict.excluded, [(1, CeremonyRefusal::InconsistentShare)]);
    assert_eq!(verdict.dismissed, []);
    assert_eq!(reviews.contents()[1].complaints.len(), 1);
    let rounds = (&commitments, &reveals, &reviews);
    let found = confirm(
        &scene.roster,
        &scene.keys[1],
        rounds,
        None,
        &mut scene.chance,
    );
    assert_eq!(found.unwrap_err(), CeremonyRefusal::Excluded);
    let left = scene.roster.without(&verdict.excluded_members()).unwrap();
    assert_ne!(left.ceremony(), scene.roster.ceremony());
    let (pedersen, _) = Scene::begin(left, scene.keys[1..].to_vec()).hold();
    assert_eq!(pedersen.verification_keys.len(), 2);
    let two = BTreeSet::from([1, 2]);
    assert_eq!(scene.roster.without(&two), Err(CeremonyRefusal::Threshold));
}

#[test]
fn a_share_that_does_not_fit_is_not_used_by_one_who_kept_silent() {
    let (mut scene, commitments, mut reveals) = scene();
    reveals[0] = tamper(&mut scene, &reveals[0].clone(), |reveal| {
        reveal.shares.swap(0, 1)
    });
    let reveals = scene.gather(&reveals);
    let reviews = scene.reviews(&commitments, &reveals);
    let silent = reviews.iter().zip(&scene.keys).map(|(review, keys)| {
        let mut content: Review<G> = review.content().clone();
        content.complaints.clear();
        Step::sign(content, keys, &mut scene.chance)
    });
    let silent: Vec<_> = silent.collect();
    let reviews = scene.gather(&silent);
    let rounds = (&commitments, &reveals, &reviews);
    let found = confirm(
        &scene.roster,
        &scene.keys[1],
        rounds,
        None,
        &mut scene.chance,
    );
    assert_eq!(found.unwrap_err(), CeremonyRefusal::InconsistentShare);
}

#[test]
fn a_false_complaint_is_dismissed_and_the_ceremony_goes_on() {
    let (mut scene, commitments, reveals) = scene();
    let reveals = scene.gather(&reveals);
    let reviews = scene.reviews(&commitments, &reveals);
    let honest = &reveals.contents()[0];
    let dealing = honest.check(&scene.roster, &commitments).unwrap();
    let chance = &mut scene.chance;
    let real = complain(&scene.roster, &scene.keys[1], &dealing, 2, chance).unwrap();
    // A real opening of a share that fits; the same with another K; of another dealer; of nobody.
    let mut forged = vec![real; 4];
    forged[1].opened = real.opened.times(&G::generator());
    forged[2].dealer = 3;
    forged[3].dealer = 9;
    let mut content: Review<G> = reviews[1].content().clone();
    content.complaints = forged;
    let mut reviews = reviews;
    reviews[1] = Step::sign(content, &scene.keys[1], &mut scene.chance);
    let reviews = scene.gather(&reviews);
    let verdict = judge(&scene.roster, &commitments, &reveals, &reviews);
    assert_eq!(verdict.excluded, []);
    assert_eq!(verdict.dismissed, [(2, 1), (2, 1), (2, 3), (2, 9)]);
    let (pedersen, _) = scene.finish(&commitments, &reveals, &reviews);
    assert_eq!(pedersen.verify(), Ok(()));
    // What was proven for a complaint is no proof of a decryption.
    let sealed = &honest.shares[1];
    let claim = |purpose| crate::bound::Claim::<G> {
        purpose,
        context: "x",
        trustee: 2,
        public: &scene.roster.members()[1].1.encryption,
        alpha: &sealed.alpha,
        beta: "",
        factor: &real.opened,
    };
    let proof = claim(Purpose::Share).prove(scene.keys[1].opening(), &mut scene.chance);
    assert!(claim(Purpose::Share).verify(&proof).is_ok());
    assert!(claim(Purpose::Decryption).verify(&proof).is_err());
}

#[test]
fn a_share_that_is_copied_elsewhere_opens_to_nothing() {
    let (scene, commitments, reveals) = scene();
    let reveal = reveals[0].content();
    let dealing = reveal.check(&scene.roster, &commitments).unwrap();
    let (route, sealed) = dealing.sealed(2).unwrap();
    let opened = sealed.open(scene.keys[1].opening());
    let share = |route| sealed.share(&route, &opened);
    assert!(dealing.fits(2, &share(route)));
    assert_eq!(share(route).expose(), scene.polynomials[0].at(2).expose());
    let mut others = [route; 3];
    others[0].ceremony = Hash([0; 32]);
    others[1].dealer = 3;
    others[2].receiver = 1;
    for other in others {
        assert_ne!(share(route).expose(), share(other).expose());
    }
    let by_another = sealed.share(&route, &sealed.open(scene.keys[2].opening()));
    assert!(!dealing.fits(2, &by_another));
}

#[test]
fn public_faults_of_a_dealer_exclude_it() {
    let (mut scene, commitments, reveals) = scene();
    let other = reveals[1].content().clone();
    let changes: [Case<'_, Reveal<G>>; 4] = [
        (
            &|r| r.coefficients.message.push(' '),
            CeremonyRefusal::Coefficients,
        ),
        (
            &|r| r.coefficients = other.coefficients.clone(),
            CeremonyRefusal::Coefficients,
        ),
        (
            &|r| r.knowledge = other.knowledge,
            CeremonyRefusal::KeyProof,
        ),
        (&|r| r.shares.truncate(2), CeremonyRefusal::Shares),
    ];
    for (change, refusal) in changes {
        let mut reveals = reveals.clone();
        reveals[2] = tamper(&mut scene, &reveals[2].clone(), change);
        let (_, _, verdict) = scene.judge(&commitments, &reveals);
        assert_eq!(verdict.excluded, [(3, refusal)]);
    }
}

#[test]
fn rounds_name_every_file_that_does_not_belong() {
    let (mut scene, _, _) = scene();
    let commits = scene.commits();
    let gather = |steps: &[Step<G, Commitment>]| Round::gather(&scene.roster, steps).unwrap_err();
    assert_eq!(gather(&commits[1..]), [(1, CeremonyRefusal::Absent)]);
    let twice = [commits.clone(), commits[..1].to_vec()].concat();
    assert!(Round::gather(&scene.roster, &twice).is_ok());
    let mut content = commits[0].content().clone();
    content.hash = Hash([1; 32]);
    let second = Step::sign(content.clone(), &scene.keys[0], &mut scene.chance);
    let twice = [commits.clone(), vec![second]].concat();
    assert_eq!(gather(&twice), [(1, CeremonyRefusal::StepTwice)]);
    let by_another = Step::sign(content.clone(), &scene.keys[1], &mut scene.chance);
    let mixed = [commits.clone(), vec![by_another]].concat();
    assert_eq!(gather(&mixed), [(1, CeremonyRefusal::Signature)]);
    content.head.member = 4;
    let nobody = Step::sign(content.clone(), &scene.keys[1], &mut scene.chance);
    content.head.ceremony = Hash([0; 32]);
    let elsewhere = Step::sign(content, &scene.keys[1], &mut scene.chance);
    let mixed = [commits.clone(), vec![nobody, elsewhere]].concat();
    let expected = [
        (4, CeremonyRefusal::UnknownMember),
        (4, CeremonyRefusal::OtherCeremony),
    ];
    assert_eq!(gather(&mixed), expected);
}

#[test]
fn files_shown_differently_are_found() {
    let (mut scene, commitments, reveals) = scene();
    let mut others = reveals.clone();
    others[0] = tamper(&mut scene, &reveals[0].clone(), |reveal| {
        reveal.shares.swap(1, 2)
    });
    // All files together name the one who signed two.
    let all = [reveals.clone(), others.clone()].concat();
    let found = Round::gather(&scene.roster, &all).unwrap_err();
    assert_eq!(found, [(1, CeremonyRefusal::StepTwice)]);
    let (reveals, others) = (scene.gather(&reveals), scene.gather(&others));
    let mut reviews = scene.reviews(&commitments, &reveals);
    reviews[1] = scene.reviews(&commitments, &others).swap_remove(1);
    let reviews = scene.gather(&reviews);
    let verdict = judge(&scene.roster, &commitments, &reveals, &reviews);
    assert_eq!((verdict.excluded, verdict.divided), (vec![], vec![2]));
    let rounds = (&commitments, &reveals, &reviews);
    let found = confirm(
        &scene.roster,
        &scene.keys[0],
        rounds,
        None,
        &mut scene.chance,
    );
    assert_eq!(found.unwrap_err(), CeremonyRefusal::OtherTranscript);
}

#[test]
fn a_key_that_does_not_follow_is_refused() {
    let (mut scene, commitments, reveals) = scene();
    let (reveals, reviews, _) = scene.judge(&commitments, &reveals);
    let rounds = (&commitments, &reveals, &reviews);
    let chance = &mut scene.chance;
    let confirm = |keys| {
        confirm(&scene.roster, keys, rounds, None, chance)
            .unwrap()
            .1
    };
    let steps: Vec<_> = scene.keys.iter().map(confirm).collect();
    let secret = Secret::new(<G as Group>::Scalar::from_number(42));
    let other_key = TrusteeKey::new(&secret, None, &mut scene.chance);
    let other_proof = other_key.proof;
    let cases: [Case<'_, Confirmation<G>>; 3] = [
        (
            &|c| c.key = other_key.clone(),
            CeremonyRefusal::VerificationKey,
        ),
        (
            &|c| c.key.proof = other_proof,
            CeremonyRefusal::VerificationKey,
        ),
        (
            &|c| c.reviews = Hash([0; 32]),
            CeremonyRefusal::OtherTranscript,
        ),
    ];
    for (change, refusal) in cases {
        let mut content = steps[1].content().clone();
        change(&mut content);
        let mut steps = steps.clone();
        steps[1] = Step::sign(content, &scene.keys[1], &mut scene.chance);
        let confirmations = scene.gather(&steps);
        let found = conclude(&scene.roster, rounds, &confirmations);
        assert_eq!(found.unwrap_err(), (2, refusal));
    }
}

#[test]
fn chance_that_repeats_gives_nobody_the_same_polynomial() {
    let scene = Scene::<G>::new(2, 3);
    let again = || ChaCha20Rng::seed_from_u64(1);
    let draw = |keys: &MemberKeys<G>| Polynomial::draw(&scene.roster, keys, &mut again()).powers();
    assert_ne!(draw(&scene.keys[0]), draw(&scene.keys[1]));
    let left = scene.roster.without(&BTreeSet::from([3])).unwrap();
    let anew = Polynomial::draw(&left, &scene.keys[0], &mut again()).powers();
    assert_ne!(draw(&scene.keys[0]), anew);
    // Keys have nothing to be hedged with: two members with the same ones are found at once.
    let same = [1, 2].map(|_| MemberKeys::<G>::draw(&mut again()).certificate(&mut again()));
    assert_eq!(
        Roster::new(1, same.to_vec()),
        Err(CeremonyRefusal::MemberTwice)
    );
}
