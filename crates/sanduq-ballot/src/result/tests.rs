use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::group::field::Belenios2048;
use crate::group::field::Rfc3526;
use crate::question::NonHomomorphic;
use crate::question::Question;
use crate::refusal::Refusal;
use crate::result::Answered;
use crate::result::ElectionResult;
use crate::result::Logarithm;
use crate::result::lagrange;

#[test]
fn a_count_is_found_up_to_the_votes_cast() {
    for limit in [0, 1, 2, 15, 16, 17, 1000] {
        let logarithm = Logarithm::<Ed25519>::new(limit);
        for count in 0..=limit + 1 {
            let power = Ed25519::power_of_generator(&Scalar::from_number(count));
            let expected = if count <= limit {
                Ok(count)
            } else {
                Err(Refusal::OutOfRange)
            };
            assert_eq!(logarithm.of(&power), expected, "{count} of {limit}");
        }
    }
}

#[test]
fn any_threshold_of_shares_gives_the_same_secret() {
    type S = <Ed25519 as Group>::Scalar;
    // f(z) = 5 + 7z + 11z², of which three shares are enough.
    let share = |member: u64| S::from_number(5 + 7 * member + 11 * member * member);
    for members in [[1, 2, 3], [1, 3, 5], [2, 4, 5]] {
        let sum = members.iter().fold(S::zero(), |sum, member| {
            sum + share(*member) * lagrange::<Ed25519>(*member, &members)
        });
        assert_eq!(sum, S::from_number(5), "{members:?}");
    }
    let wrong =
        share(1) * lagrange::<Ed25519>(1, &[1, 2]) + share(2) * lagrange::<Ed25519>(2, &[1, 2]);
    assert_ne!(wrong, S::from_number(5));
}

/// A shuffled question of two answers, and a tally of one ballot that holds the message.
fn held<G: Group>(message: G::Element) -> Result<ElectionResult, Refusal> {
    let questions = [Question::NonHomomorphic(NonHomomorphic {
        answers: vec!["A".to_owned(), "B".to_owned()],
        question: "Rank".to_owned(),
        extra: None,
    })];
    let neutral = G::Element::identity();
    let tally = vec![vec![Ciphertext {
        alpha: neutral,
        beta: message,
    }]];
    let factors = [vec![neutral]];
    let result = ElectionResult::compute::<G>(&questions, &tally, &factors, 1)?;
    let read = ElectionResult::from_bytes(result.to_text().as_bytes(), &questions);
    assert_eq!(read.as_ref(), Ok(&result));
    assert_eq!(result.verify::<G>(&questions, &tally, &factors), []);
    let other = ElectionResult(vec![Answered::Ballots(vec![vec![7, 7]])]);
    let wrong = other.verify::<G>(&questions, &tally, &factors);
    assert_eq!(wrong, [(0, Some(0))]);
    Ok(result)
}

#[test]
fn no_ballot_stops_the_result_whatever_was_encrypted() {
    let answered = |numbers: Vec<u8>| Ok(ElectionResult(vec![Answered::Ballots(vec![numbers])]));
    let message = Ed25519::generator();
    assert_eq!(held::<Ed25519>(message), answered(vec![0x99, 0x99]));
    let message = Ed25519::embed(&[1, 2, 3]).unwrap();
    assert_eq!(held::<Ed25519>(message), answered(vec![2, 3]));
    let message = Rfc3526::power_of_generator(&Scalar::from_number(26));
    assert_eq!(held::<Rfc3526>(message), answered(vec![0, 0]));
    let message = Rfc3526::power_of_generator(&Scalar::from_number(23));
    assert_eq!(held::<Rfc3526>(message), answered(vec![128, 0]));
    // Nothing can be embedded here, and such questions cannot be asked.
    let message = Belenios2048::generator();
    assert_eq!(held::<Belenios2048>(message), Err(Refusal::DoesNotFit));
}
