//! The ballots of the samples; and ballots that are read and verified at once.

use crate::making::Making;
use crate::making::question;
use crate::samples::Sample;
use crate::samples::Visit;
use crate::samples::each;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::election::Election;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::refusal::Refusal;

struct Verifies {
    ballots: usize,
}

impl Visit for Verifies {
    fn visit<G: Group>(&mut self, sample: &Sample) {
        let bytes = sample.object("setup/election.json");
        let election = Election::<G>::from_bytes(&bytes).unwrap();
        for bytes in sample.ballots() {
            let ballot = Ballot::from_bytes(&election, &bytes).unwrap();
            assert_eq!(
                ballot.to_text(&election).as_bytes(),
                bytes,
                "{}",
                sample.name
            );
            assert_eq!(ballot.verify(&election), [], "{}", sample.name);
            self.ballots += 1;
        }
    }
}

#[test]
fn ballots_of_samples_hold() {
    let mut verifies = Verifies { ballots: 0 };
    each(&mut verifies);
    println!("{} ballots", verifies.ballots);
    assert!(verifies.ballots == 0 || verifies.ballots >= 44);
}

/// What is read and verified at once is what is read and then verified: with `outside` in the
/// place of each element no ballot is given, with another element its proofs do not hold.
fn at_once<G: Group>(outside: &[String]) {
    let mut making = Making::<G>::new(vec![question(2, true, 1, 1)], &[None], 41);
    let ballot = making.ballot(0, &[vec![0, 1, 0]]);
    let (key, name) = (ballot.credential(), ballot.credential().text());
    let text = ballot.to_text(&making.election);
    let both =
        |text: &str| Ballot::from_listed(&making.election, text.as_bytes(), (key, name.as_str()));
    let read = |text: &str| Ballot::from_bytes(&making.election, text.as_bytes());
    assert_eq!(both(&text), Ok((ballot.clone(), Vec::new())));
    let fields = ["\"alpha\":\"", "\"beta\":\""];
    let places: Vec<usize> = fields
        .iter()
        .flat_map(|field| {
            text.match_indices(field)
                .map(|(at, field)| at + field.len())
        })
        .collect();
    assert_eq!(places.len(), 6);
    for place in places {
        let end = place + text[place..].find('"').unwrap();
        let with = |other: &str| format!("{}{other}{}", &text[..place], &text[end..]);
        for other in outside {
            let bent = with(other);
            assert_eq!(both(&bent), Err(Refusal::NotInGroup), "{} {other}", G::NAME);
            assert_eq!(read(&bent), Err(Refusal::NotInGroup), "{} {other}", G::NAME);
        }
        let bent = with(&G::generator().text());
        let (own, found) = both(&bent).unwrap();
        assert!(!found.is_empty());
        assert_eq!(found, own.verify(&making.election));
        assert_eq!(Ok(own), read(&bent));
    }
}

/// 0, and the least number that is not in the group.
fn outside<G: Group>() -> Vec<String> {
    let mut numbers = (2_u64..).map(|number| number.to_string());
    let other = numbers.find(|text| G::Element::read(text) == Err(Refusal::NotInGroup));
    vec!["0".to_owned(), other.unwrap()]
}

#[test]
fn a_choice_outside_the_group_is_refused_with_its_proofs() {
    at_once::<Belenios2048>(&outside::<Belenios2048>());
    at_once::<Rfc3526>(&outside::<Rfc3526>());
    // y = 0: a point of order 4.
    at_once::<Ed25519>(&["0".repeat(64)]);
}
