//! Measures what a ballot of ten candidates costs on one thread, in microseconds of the processor:
//! `cargo run --release -p sanduq-ballot --example ballot_speed -- 1000`.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a measure reads its arguments and what the system counts"
)]

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::chance::Nonces;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::election::CryptoVersion;
use sanduq_ballot::election::Description;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::question::Homomorphic;
use sanduq_ballot::question::Question;

fn main() {
    let count = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1000);
    println!("group ballots create verify, in microseconds a ballot");
    measure::<Ed25519>(count);
    measure::<Belenios2048>(count.div_ceil(20));
    measure::<Rfc3526>(count.div_ceil(100));
}

fn measure<G: Group>(count: u32) {
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    let mut nonces = Nonces::new("measure", &G::Scalar::zero(), &[], &mut chance);
    let mut draw = || Secret::new(nonces.draw::<G::Scalar>());
    let election = Election::<G>::new(Description {
        version: CryptoVersion::One,
        description: String::new(),
        name: String::new(),
        public_key: G::power_of_generator(draw().expose()),
        questions: vec![Question::Homomorphic(Homomorphic {
            answers: (1..=10)
                .map(|number| format!("Candidate {number}"))
                .collect(),
            blank: None,
            min: 1,
            max: 1,
            question: "Who?".to_owned(),
        })],
        uuid: ElectionId::new("MeasureMeasure1").expect("characters of base 58"),
        administrator: None,
        credential_authority: None,
    });
    let votes = [vec![0, 0, 1, 0, 0, 0, 0, 0, 0, 0]];
    let start = processor_ns();
    let ballots: Vec<String> = (0..count)
        .map(|_| {
            let made = Ballot::create(&election, &draw(), &votes, &mut chance);
            made.expect("fit choices").to_text(&election)
        })
        .collect();
    let created = processor_ns() - start;
    let start = processor_ns();
    for text in &ballots {
        let ballot = Ballot::from_bytes(&election, text.as_bytes()).expect("canonical");
        assert!(ballot.verify(&election).is_empty(), "the ballot holds");
    }
    let verified = processor_ns() - start;
    let each = |time: u64| time / 1000 / u64::from(count);
    println!("{} {count} {} {}", G::NAME, each(created), each(verified));
}

/// What this thread has used of a processor, as the system counts it.
fn processor_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text.split_whitespace().next();
    first
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}
