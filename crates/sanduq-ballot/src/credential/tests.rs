use crate::credential::Credentials;
use crate::credential::Roster;
use crate::credential::secret_of;
use crate::election::ElectionId;
use crate::group::Element;
use crate::group::Group;
use crate::group::ed25519::Ed25519;
use crate::json::Canonical;
use crate::refusal::Refusal;

#[test]
fn a_mistyped_credential_is_refused() {
    let election = ElectionId::new("TestTestTest14").expect("base 58");
    let table = [
        ("CGr-j4W-o7P-U9J-E9U", true),
        ("8QY-KgE-Up1-Y9s-Y3v", true),
        ("CGr-j4W-o7P-U9J-E9V", false),
        ("CGr-j4W-o7P-U9E-J9U", false),
        ("CGrj4Wo7PU9JE9U", false),
        ("CGr-j4W-o7P-U9J-E0U", false),
        ("v3hXc-dMMxJP-yqqjN-n86oj3", true),
        ("v3hXc-dMMxJP-yqqjN-n86oj", false),
        ("", false),
    ];
    for (text, fit) in table {
        let secret = secret_of::<Ed25519>(text, &election);
        assert_eq!(secret.is_ok(), fit, "{text}");
    }
}

#[test]
fn a_credential_is_another_secret_in_another_election() {
    let public = |election: &str| {
        let election = ElectionId::new(election).expect("base 58");
        let secret = secret_of::<Ed25519>("CGr-j4W-o7P-U9J-E9U", &election).expect("fit");
        Ed25519::power_of_generator(secret.expose())
    };
    assert_ne!(public("TestTestTest14"), public("TestTestTest15"));
}

#[test]
fn a_list_names_each_credential_once_with_a_weight() {
    let one = Ed25519::generator().text();
    let two = Ed25519::independent_generator(1).text();
    let neutral = <Ed25519 as Group>::Element::identity().text();
    let table = [
        (format!("[\"{one}\",\"{two},7\"]"), Ok(())),
        ("[]".to_owned(), Ok(())),
        (
            format!("[\"{one}\",\"{one},7\"]"),
            Err(Refusal::CredentialTwice),
        ),
        (format!("[\"{neutral}\"]"), Err(Refusal::Identity)),
        (format!("[\"{one},0\"]"), Err(Refusal::Weight)),
        (format!("[\"{one},07\"]"), Err(Refusal::Weight)),
        (format!("[\"{one},\"]"), Err(Refusal::Weight)),
        (format!("[\"{one},1,voter\"]"), Err(Refusal::Weight)),
        (
            format!("[\"{one},18446744073709551615\",\"{two}\"]"),
            Err(Refusal::Weight),
        ),
        (format!("[\"{one}\", \"{two}\"]"), Err(Refusal::Form)),
    ];
    for (text, verdict) in table {
        let list = Credentials::<Ed25519>::from_bytes(text.as_bytes());
        assert_eq!(
            list.as_ref().map(drop).map_err(|one| *one),
            verdict,
            "{text}"
        );
        let roster = Roster::from_bytes::<Ed25519>(text.as_bytes());
        assert_eq!(roster.as_ref().map(drop).map_err(|one| *one), verdict);
        if let (Ok(list), Ok(roster)) = (list, roster) {
            assert_eq!(list.to_text(), text);
            assert_eq!(roster.count(), list.entries().len());
            for one in [&one, &two, &neutral] {
                assert_eq!(roster.find(one), list.find(one), "{text}");
            }
        }
    }
}

#[test]
fn a_long_list_is_found_as_it_is_written() {
    let mut key = Ed25519::generator();
    let mut text = String::from("[");
    let mut keys = Vec::new();
    for place in 0..1500_u64 {
        key = key.times(&key).times(&Ed25519::generator());
        keys.push(key.text());
        // The first ones have no weight of their own.
        let weight = if place < 700 {
            String::new()
        } else {
            format!(",{}", place % 3 + 1)
        };
        text.push_str(&format!("\"{}{weight}\",", key.text()));
    }
    let text = text.trim_end_matches(',').to_owned() + "]";
    let list = Credentials::<Ed25519>::from_bytes(text.as_bytes()).expect("a list");
    let roster = Roster::from_bytes::<Ed25519>(text.as_bytes()).expect("a list");
    assert!(roster.is_weighted());
    for (place, key) in keys.iter().enumerate() {
        assert_eq!(list.find(key), roster.find(key));
        assert_eq!(roster.find(key).map(|found| found.0), Some(place));
    }
    // Of the one that stands there twice no place is told.
    let twice = text.replacen(&keys[1400], &keys[3], 1);
    let refused = Roster::from_bytes::<Ed25519>(twice.as_bytes()).map(drop);
    assert_eq!(refused, Err(Refusal::CredentialTwice));
}
