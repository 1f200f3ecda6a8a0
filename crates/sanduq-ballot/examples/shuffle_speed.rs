//! What a shuffle costs on Ed25519: `cargo run --release -p sanduq-ballot --example shuffle_speed
//! -- 1000 10000`. Processor time of all threads, in microseconds for each ballot.
#![expect(
    clippy::disallowed_methods,
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

fn measured<T>(what: &str, ballots: u64, work: impl FnOnce() -> T) -> T {
    let before = hundredths();
    let outcome = work();
    let microseconds = (hundredths() - before) * 10_000 / ballots;
    println!("{ballots} ballots: {what} {microseconds} µs a ballot");
    outcome
}

fn main() {
    for ballots in std::env::args().skip(1).filter_map(|one| one.parse().ok()) {
        let public = Ed25519::power_of_generator(&S::from_number(987_654_321));
        let key = EncryptionKey::<Ed25519>::new(&public, 1);
        let ballot = |place| key.encrypt_number(1, &Secret::new(S::from_number(place + 3)));
        let input = vec![(0..ballots).map(ballot).collect::<Vec<_>>()];
        let count = input[0].len();
        let generators = measured("generators", ballots, || Generators::new(count));
        let context = Context {
            election: "fingerprint",
            key: &key,
            generators: &generators,
        };
        let mut chance = ChaCha20Rng::seed_from_u64(1);
        let secret = Secret::new(S::from_number(5));
        let shuffle = measured("shuffling and proving", ballots, || {
            Shuffle::create(&context, &input, &secret, &mut chance)
        });
        let Ok(shuffle) = shuffle else {
            continue;
        };
        let text = shuffle.to_text();
        println!("{ballots} ballots: {} bytes", text.len());
        let read = measured("reading", ballots, || {
            Shuffle::<Ed25519>::from_bytes(text.as_bytes())
        });
        let found = measured("verifying", ballots, || {
            read.map(|shuffle| shuffle.verify(&context, &input))
        });
        println!("{ballots} ballots: refusals {found:?}");
    }
}
