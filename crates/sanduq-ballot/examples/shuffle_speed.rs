//! What a shuffle costs on Ed25519: `cargo run --release -p sanduq-ballot --example shuffle_speed
//! -- 1000 10000`. Processor time of all threads, in microseconds for each ballot, as one JSON
//! object for each number.
#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "a measurement reads its arguments and the processor's time"
)]

use rand_chacha::ChaCha20Rng;
use rand_core::SeedableRng;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::encryption::EncryptionKey;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::shuffle::Context;
use sanduq_ballot::shuffle::Generators;
use sanduq_ballot::shuffle::Shuffle;
use std::fs;

type S = <Ed25519 as Group>::Scalar;

/// Hundredths of a second that this process has had a processor.
fn hundredths() -> u64 {
    let line = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = line.rsplit(')').next().unwrap_or_default();
    let fields = after_name.split_whitespace().skip(11).take(2);
    fields.filter_map(|field| field.parse::<u64>().ok()).sum()
}

/// What the work gives, and the microseconds it took for each ballot.
fn measured<T>(ballots: u64, work: impl FnOnce() -> T) -> (T, u64) {
    let before = hundredths();
    let outcome = work();
    (outcome, (hundredths() - before) * 10_000 / ballots)
}

fn main() {
    for ballots in std::env::args().skip(1).filter_map(|one| one.parse().ok()) {
        measure(ballots);
    }
}

fn measure(ballots: u64) {
    let public = Ed25519::power_of_generator(&S::from_number(987_654_321));
    let key = EncryptionKey::<Ed25519>::new(&public, 1);
    let ballot = |place| key.encrypt_number(1, &Secret::new(S::from_number(place + 3)));
    let input = vec![(0..ballots).map(ballot).collect::<Vec<_>>()];
    let count = input[0].len();
    let (generators, prepare) = measured(ballots, || Generators::new(count));
    let context = Context {
        election: "fingerprint",
        key: &key,
        generators: &generators,
    };
    let mut chance = ChaCha20Rng::seed_from_u64(1);
    let secret = Secret::new(S::from_number(5));
    let (shuffle, prove) = measured(ballots, || {
        Shuffle::create(&context, &input, &secret, &mut chance).expect("ballots")
    });
    let text = shuffle.to_text();
    let (read, reading) = measured(ballots, || {
        Shuffle::<Ed25519>::from_bytes(text.as_bytes()).expect("a shuffle")
    });
    let (found, verify) = measured(ballots, || read.verify(&context, &input));
    assert!(found.is_empty(), "the shuffle holds: {found:?}");
    println!(
        "{{\"ballots\":{ballots},\"bytes\":{},\"prepare_us\":{prepare},\"prove_us\":{prove},\
         \"read_us\":{reading},\"verify_us\":{verify}}}",
        text.len()
    );
}
