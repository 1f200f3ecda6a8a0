//! The shuffles of the samples.

use crate::samples::Sample;
use crate::samples::Visit;
use crate::samples::each;
use sanduq_ballot::election::Election;
use sanduq_ballot::encryption::Ciphertext;
use sanduq_ballot::group::Group;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::json::Reader;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;

struct Verifies {
    shuffles: usize,
}

fn starting(sample: &Sample, start: &[u8]) -> Vec<Vec<u8>> {
    let mut data = sample.files("pieces", ".data.json");
    data.retain(|bytes| bytes.starts_with(start));
    data
}

impl Visit for Verifies {
    fn visit<G: Group>(&mut self, sample: &Sample) {
        let mut left: Vec<Shuffle<G>> = Vec::new();
        for bytes in starting(sample, b"{\"ciphertexts\"") {
            let shuffle = Shuffle::from_bytes(&bytes).unwrap();
            assert_eq!(shuffle.to_text().as_bytes(), bytes, "{}", sample.name);
            left.push(shuffle);
        }
        if left.is_empty() {
            return;
        }
        let bytes = sample.object("setup/election.json");
        let election = Election::<G>::from_bytes(&bytes).unwrap();
        let generators = Generators::new(12);
        let context = Context {
            election: election.fingerprint(),
            key: election.key(),
            generators: &generators,
        };
        let tally = starting(sample, b"[[{\"alpha\"").pop().unwrap();
        let mut reader = Reader::new(std::str::from_utf8(&tally).unwrap());
        let mut input = reader
            .array(|reader| reader.array(Ciphertext::<G>::read))
            .unwrap();
        // Each shuffles what the one before made: in one order only do all of them hold.
        while !left.is_empty() {
            let next = left
                .iter()
                .position(|one| one.verify(&context, &input).is_empty());
            let shuffle = left.remove(next.unwrap());
            let again = shuffle.verify(&context, &shuffle.ciphertexts);
            assert_eq!(again, [(Some(0), Refusal::ShuffleProof)]);
            input = shuffle.ciphertexts;
            self.shuffles += 1;
        }
    }
}

#[test]
fn shuffles_of_samples_hold() {
    let mut verifies = Verifies { shuffles: 0 };
    each(&mut verifies);
    println!("{} shuffles", verifies.shuffles);
    assert!(verifies.shuffles == 0 || verifies.shuffles == 6);
}
