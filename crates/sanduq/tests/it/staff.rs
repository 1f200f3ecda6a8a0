//! The first who administer, made with the store's folder in hand.

use crate::publish::Place;
use crate::wadi::printed;
use crate::wadi::sanduq;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_web::password;
use serde_json::Value;

#[tokio::test]
async fn the_first_two_come_from_the_command_line_and_no_third() {
    let place = Place::wadi().await;
    let store = place.store.to_str().unwrap();
    let enrol = |number: &str, more: &[&str]| {
        let command = ["staff", "enrol", number, "--store", store, "--json"];
        sanduq(&[&command, more].concat())
    };
    for role in ["administrator", "supervisor"] {
        let own = ["--role", role];
        let (first, second) = (format!("{role}-8"), format!("{role}-9"));
        let output = enrol(&first, &own);
        assert_eq!(output.status.code(), Some(0), "{}", printed(&output));
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let config = Config::Private {
            dir: place.store.clone(),
        };
        let kept = Store::open(&config).await.unwrap();
        let id = ActorId::new(&first).unwrap();
        let (account, hash) = kept.account(&id).await.unwrap().unwrap();
        assert_eq!(account.role.code(), role);
        assert!(account.first.unwrap().opens(Timestamp::now()));
        let secret = told["password"].as_str().unwrap();
        assert!(password::verify(secret, Some(&hash)));
        drop(kept);

        for (number, more, code) in [
            (first.as_str(), &own[..], "staff.number_taken"),
            ("a b", &own, "staff.number_unfit"),
            (
                "x-1",
                &["--role", role, "--language", "tlh"],
                "staff.locale_unknown",
            ),
        ] {
            let output = enrol(number, more);
            assert_eq!(output.status.code(), Some(3), "{}", printed(&output));
            assert!(printed(&output).contains(code), "{}", printed(&output));
        }
        assert_eq!(enrol(&second, &own).status.code(), Some(0));
        let output = enrol("x-2", &own);
        assert_eq!(output.status.code(), Some(3));
        assert!(printed(&output).contains("staff.second_person"));
    }
    let clerk = enrol("x-3", &["--role", "clerk"]);
    assert_eq!(clerk.status.code(), Some(2), "{}", printed(&clerk));
}
