//! Mistakes at the command line: each is refused by its code before anything is made.

use crate::wadi::printed;
use crate::wadi::sanduq;

#[test]
fn a_mistake_is_refused_and_leaves_nothing() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name).display().to_string();
    let (none, out) = (path("none"), path("out"));
    for (arguments, code) in [
        (vec!["serve", "--store", &none], "store.none"),
        (vec!["publish", &out, "--store", &none], "store.none"),
        (vec!["verify", &none], "folder.none"),
        (
            vec!["rehearse", "--scale", "moon", "--out", &out],
            "rehearsal.scale",
        ),
        (
            vec!["rehearse", "--out", "/proc/out"],
            "rehearsal.out_closed",
        ),
        (
            vec!["rehearse", "--out", place.path().to_str().unwrap()],
            "rehearsal.out_exists",
        ),
    ] {
        let output = sanduq(&arguments);
        let said = printed(&output);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.contains(&format!("[{code}]")), "{arguments:?}: {said}");
    }
    assert_eq!(std::fs::read_dir(place.path()).unwrap().count(), 0);
}

#[test]
fn a_store_in_use_has_its_election_already() {
    let place = tempfile::tempdir().unwrap();
    let store = place.path().join("store").display().to_string();
    let rehearse = |seed| {
        sanduq(&[
            "rehearse",
            "--no-serve",
            "--json",
            "--store",
            &store,
            "--seed",
            seed,
        ])
    };
    let first = rehearse("1");
    assert!(first.status.success(), "{}", printed(&first));
    let second = rehearse("2");
    let said = printed(&second);
    assert_eq!(second.status.code(), Some(3), "{said}");
    assert!(
        said.contains("[store.already_exists]: exists already: an event"),
        "{said}"
    );
}
