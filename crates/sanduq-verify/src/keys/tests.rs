//! The file of keys reads back, and every other is refused by name.

use super::*;
use sanduq_core::refusal::Refusal;
use sanduq_journal::note::LogSigner;
use sanduq_journal::note::WitnessSigner;

fn keys() -> Keys {
    let witness = |name: &str, seed: u8| WitnessSigner::from_seed(name, &[seed; 32]).unwrap();
    Keys {
        publisher: LogSigner::from_seed("authority.example/log", &[1; 32])
            .unwrap()
            .key()
            .clone(),
        witnesses: vec![
            witness("press.example/w", 2).key().clone(),
            witness("party.example/w", 3).key().clone(),
        ],
    }
}

#[test]
fn keys_read_back() {
    assert_eq!(Keys::read(&keys().to_bytes()), Ok(keys()));
}

#[test]
fn other_files_are_refused_by_name() {
    let text = String::from_utf8(keys().to_bytes()).unwrap();
    let publisher = keys().publisher.to_string();
    let witness = keys().witnesses[0].to_string();
    let cases = [
        (String::new(), "keys.malformed"),
        (
            text.replace("\"format\": 1", "\"format\": 2"),
            "keys.malformed",
        ),
        (
            text.replace("\"format\": 1", "\"format\": 1, \"more\": 1"),
            "keys.malformed",
        ),
        (text.replace("witnesses", "guests"), "keys.malformed"),
        (
            text.replace("party.example/w+", "press.example/w+"),
            "keys.key_unfit",
        ),
        (
            text.replace(&keys().witnesses[1].to_string(), &witness),
            "keys.malformed",
        ),
        (text.replace(&publisher, &witness), "keys.key_unfit"),
        (text.replace(&witness, &publisher), "keys.key_unfit"),
        (text.replace(&publisher, "authority"), "keys.key_unfit"),
    ];
    for (text, code) in cases {
        assert_eq!(
            Keys::read(text.as_bytes()).map_err(|fault| fault.code()),
            Err(code),
            "{text}"
        );
    }
}
