//! Digests that tell nothing of the figures as long as their salts are withheld.

use super::*;
use crate::sheet::NoSalt;

#[test]
fn a_salt_is_of_the_secret_and_the_sheet_and_the_next_one_of_it() {
    assert_eq!(salt().to_string(), "76ec018d9ab0740c30956cbb95e9e09f");
    assert_eq!(
        salt().next().to_string(),
        "888fdb6c76f253d663e0a8d543c57bf5"
    );
    let (one, other) = (Salts::new(&[1; 32]), Salts::new(&[2; 32]));
    let elsewhere = SheetKey {
        station: UnitCode::new("1-3").unwrap(),
        ..key()
    };
    assert_ne!(one.first(&key()), other.first(&key()));
    assert_ne!(one.first(&key()), one.first(&elsewhere));
}

#[test]
fn whoever_tries_figures_out_needs_the_salt() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let told = digest(&paper, &key(), (1, salt()), &good());
    let tried = |salt: Salt| {
        let read = |votes| figures(100, votes, 95 - votes, 5);
        (0..=95).any(|votes| digest(&paper, &key(), (1, salt), &read(votes)) == told)
    };
    assert!(tried(salt()), "the figures are among those that are tried");
    assert!(!tried(Salt::WITHHELD) && !tried(salt().next()));
}

#[test]
fn each_version_has_a_salt_of_its_own_and_keeps_it() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (name, sheet) in states(&paper) {
        let mut own = salt();
        for _ in 1..sheet.version {
            own = own.next();
        }
        assert_eq!(sheet.salt, own, "{name}");
    }
    let by = (&clerk(1), at(2));
    let day = Day::Closed(at(0));
    let came = arrive(&paper, None, (&key(), salt()), day, (good(), vec![]), by);
    let again = arrive_again(&paper, &came.unwrap().next, bad(), by).unwrap();
    let Arrival::Conflict { first, second } = again else {
        panic!("another sheet is no repetition");
    };
    assert_eq!(first.next.salt, salt());
    assert_eq!(second.next.salt, salt().next());
}

#[test]
fn a_salt_is_thirty_two_digits_and_printed_only_on_purpose() {
    let text = salt().to_string();
    assert_eq!(text.parse(), Ok(salt()));
    assert_eq!(Salt::from_bytes(salt().as_bytes()), Some(salt()));
    for wrong in [
        "",
        "00",
        &text[1..],
        &format!("{text}0"),
        &text.to_uppercase(),
        "é",
    ] {
        assert_eq!(wrong.parse::<Salt>(), Err(NoSalt), "{wrong}");
    }
    assert_eq!(
        format!("{:?} {:?}", salt(), Salts::new(&[1; 32])),
        "Salt(..) Salts(..)"
    );
}
