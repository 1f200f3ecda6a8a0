use crate::group::Group;
use crate::group::Scalar;
use crate::group::ed25519::Ed25519;
use crate::refusal::Refusal;
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
