//! Measures what a ballot of ten candidates costs on one thread, in microseconds of the processor,
//! for each group one JSON object; 0 for hints in a group that has none:
//! `cargo run --release -p sanduq-ballot --example ballot_speed -- 1000`.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a measure reads its arguments and what the system counts"
)]

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::ballot::Head;
use sanduq_ballot::chance::Nonces;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::election::CryptoVersion;
use sanduq_ballot::election::Description;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::ElectionId;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use sanduq_ballot::hints::Batch;
use sanduq_ballot::hints::Hints;
use sanduq_ballot::question::Homomorphic;
use sanduq_ballot::question::Question;

fn main() {
    let count = std::env::args()
        .nth(1)
        .and_then(|text| text.parse().ok())
        .unwrap_or(1000);
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
    let voters: Vec<(G::Element, String)> = ballots.iter().map(|text| voter::<G>(text)).collect();
    let start = processor_ns();
    for (text, (key, name)) in ballots.iter().zip(&voters) {
        let read = Ballot::from_listed(&election, text.as_bytes(), (key, name));
        let (_, found) = read.expect("canonical");
        assert!(found.is_empty(), "the ballot holds");
    }
    let verified = processor_ns() - start;
    let [hints, hinted] = with_hints(&election, &ballots, &voters);
    let each = |time: u64| time / 1000 / u64::from(count);
    println!(
        "{{\"group\":\"{}\",\"ballots\":{count},\"create_us\":{},\"plain_us\":{},\
         \"hints_us\":{},\"hinted_us\":{}}}",
        G::NAME,
        each(created),
        each(verified),
        each(hints),
        each(hinted)
    );
}

/// The credential of a ballot: the list of them is read once, before the ballots.
fn voter<G: Group>(ballot: &str) -> (G::Element, String) {
    let name = Head::from_bytes(ballot.as_bytes())
        .expect("a ballot")
        .credential;
    let key = G::Element::read(name).expect("a credential");
    (key, name.to_owned())
}

/// What making hints takes, and what the check with them takes; nothing in a group without.
fn with_hints<G: Group>(
    election: &Election<G>,
    ballots: &[String],
    voters: &[(G::Element, String)],
) -> [u64; 2] {
    if !G::HAS_EIGHTHS {
        return [0; 2];
    }
    let read = |text: &String| Ballot::from_bytes(election, text.as_bytes()).expect("canonical");
    let read: Vec<Ballot<G>> = ballots.iter().map(read).collect();
    let start = processor_ns();
    let hints: Vec<Hints> = read
        .iter()
        .map(|ballot| Hints::make(election, ballot))
        .collect();
    let made = processor_ns() - start;
    let together = std::env::args().nth(2).and_then(|text| text.parse().ok());
    let together = together.unwrap_or(128);
    let start = processor_ns();
    for ((ballots, hints), voters) in ballots
        .chunks(together)
        .zip(hints.chunks(together))
        .zip(voters.chunks(together))
    {
        let mut batch = Batch::new(election);
        for ((text, hints), (key, name)) in ballots.iter().zip(hints).zip(voters) {
            let taken = batch.take(text.as_bytes(), (key, name), hints);
            assert!(taken.is_some(), "the ballot agrees with its hints");
        }
        assert!(batch.holds(&[7; 32]), "the batch holds");
    }
    [made, processor_ns() - start]
}

/// What this thread has used of a processor, as the system counts it.
fn processor_ns() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let first = text.split_whitespace().next();
    first
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}
