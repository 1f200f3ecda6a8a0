use crate::credential::Credentials;
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
        if let Ok(list) = list {
            assert_eq!(list.to_text(), text);
        }
    }
}
