//! The ballots of the samples.

use crate::samples::Sample;
use crate::samples::Visit;
use crate::samples::each;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::election::Election;
use sanduq_ballot::group::Group;

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
