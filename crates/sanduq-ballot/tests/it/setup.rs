//! Elections, trustees and credentials of the samples.

use crate::samples::Sample;
use crate::samples::Visit;
use crate::samples::each;
use sanduq_ballot::credential::Credentials;
use sanduq_ballot::credential::secret_of;
use sanduq_ballot::election::Election;
use sanduq_ballot::election::group_named;
use sanduq_ballot::group::Element;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::json::Canonical;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::trustees::Trustees;
use std::collections::BTreeSet;

struct Reads;

impl Visit for Reads {
    fn visit<G: Group>(&mut self, sample: &Sample) {
        let bytes = sample.object("setup/election.json");
        assert_eq!(group_named(&bytes).unwrap(), G::NAME);
        let election = Election::<G>::from_bytes(&bytes).unwrap();
        assert_eq!(
            election.description().to_text().as_bytes(),
            bytes,
            "{}",
            sample.name
        );

        let bytes = sample.object("setup/trustees.json");
        let trustees = Trustees::<G>::from_bytes(&bytes).unwrap();
        assert_eq!(trustees.to_text().as_bytes(), bytes, "{}", sample.name);
        let found = trustees.verify(&election.description().public_key);
        assert_eq!(found, [], "{}", sample.name);

        let lists = sample.files("pieces", ".data.json");
        let list = lists
            .iter()
            .find(|bytes| bytes.starts_with(b"[\""))
            .unwrap();
        let credentials = Credentials::<G>::from_bytes(list).unwrap();
        assert_eq!(credentials.to_text().as_bytes(), list, "{}", sample.name);
        let public: BTreeSet<String> = credentials
            .entries()
            .iter()
            .map(|entry| entry.key.text())
            .collect();
        for text in private(sample) {
            let secret = secret_of::<G>(&text, &election.description().uuid).unwrap();
            let key = G::power_of_generator(secret.expose()).text();
            assert!(public.contains(&key), "{} {text}", sample.name);
        }
    }
}

/// The private credentials, in either of the two files that list them.
fn private(sample: &Sample) -> Vec<String> {
    let json = sample.files(".", "private_creds.json").pop();
    let plain = sample.files(".", "private_creds.txt").pop();
    let text = String::from_utf8(json.or(plain).unwrap()).unwrap();
    let words = text.split(|c: char| c.is_whitespace() || "\"{}:,".contains(c));
    words
        .filter(|word| word.contains('-'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn samples_are_read_and_written_byte_for_byte() {
    each(&mut Reads);
}

#[test]
fn altered_trustees_are_refused_by_name() {
    let Some(sample) = Sample::open("ed25519-threshold") else {
        return;
    };
    let bytes = sample.object("setup/election.json");
    let election = Election::<Ed25519>::from_bytes(&bytes).unwrap();
    let text = String::from_utf8(sample.object("setup/trustees.json")).unwrap();
    let key = election.description().public_key;
    let first = "\\\"index\\\":1";
    let table = [
        ("\"threshold\":2,", "\"threshold\":4,", Refusal::Threshold),
        ("\"threshold\":2,", "\"threshold\":0,", Refusal::Threshold),
        (
            "\"threshold\":2,",
            "\"threshold\":3,",
            Refusal::CertificateContext,
        ),
        (first, "\\\"index\\\":2", Refusal::CertificateContext),
        (
            "\\\"size\\\":3",
            "\\\"size\\\":4",
            Refusal::CertificateContext,
        ),
        (
            "{\"challenge\":\"7",
            "{\"challenge\":\"6",
            Refusal::KeyProof,
        ),
        (
            "\"signatures\":[{\"challenge\":\"1",
            "\"signatures\":[{\"challenge\":\"2",
            Refusal::Signature,
        ),
    ];
    for (from, to, refusal) in table {
        assert!(text.contains(from), "{from}");
        let altered = text.replacen(from, to, 1);
        let trustees = Trustees::<Ed25519>::from_bytes(altered.as_bytes()).unwrap();
        let found: Vec<Refusal> = trustees.verify(&key).iter().map(|one| one.1).collect();
        assert_eq!(found, [refusal], "{to}");
    }
    let other = Ed25519::generator();
    let trustees = Trustees::<Ed25519>::from_bytes(text.as_bytes()).unwrap();
    assert_eq!(trustees.verify(&other), [(None, Refusal::ElectionKey)]);
    let fewer = Trustees(trustees.0[..1].to_vec());
    assert_eq!(fewer.verify(&key), [(None, Refusal::ElectionKey)]);
}
