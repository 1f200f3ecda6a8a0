//! Digests that tell nothing of the figures as long as their salts are withheld.

use super::*;
use crate::sheet::NoSalt;
use std::collections::BTreeSet;

#[test]
fn a_salt_is_of_the_secret_the_sheet_and_the_version() {
    assert_eq!(salt(1).to_string(), "4acb402305ccb7f27e96bee9852361fd");
    let elsewhere = SheetKey {
        station: UnitCode::new("1-3").unwrap(),
        ..key()
    };
    let other = Salts::new(&[1; 32]);
    let all = [
        salt(1),
        salt(2),
        salt(12),
        salts().version(&elsewhere, 1),
        other.version(&key(), 1),
    ];
    assert_each_its_own(&all);
}

fn assert_each_its_own(all: &[Salt]) {
    let texts: BTreeSet<String> = all.iter().map(Salt::to_string).collect();
    assert_eq!(texts.len(), all.len(), "{texts:?}");
}

#[test]
fn whoever_tries_figures_out_needs_the_salt() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let told = digest(&paper, &key(), (1, salt(1)), &good());
    assert!(tried(&paper, (1, salt(1)), &told), "they are among those");
    for other in [Salt::WITHHELD, salt(2)] {
        assert!(!tried(&paper, (1, other), &told));
    }
}

/// Whether one of all figures that the two choices can have, the rest of [`good`] being known, has
/// this digest.
fn tried(paper: &Paper<'_>, own: (u32, Salt), told: &str) -> bool {
    let read = |votes| figures(100, votes, 95 - votes, 5);
    (0..=95).any(|votes| digest(paper, &key(), own, &read(votes)) == told)
}

#[test]
fn each_version_has_a_salt_of_its_own_and_keeps_it() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (name, sheet) in states(&paper) {
        assert_eq!(sheet.salt, salt(sheet.version), "{name}");
    }
    let by = (&clerk(1), at(2));
    let day = Day::Closed(at(0));
    let came = arrive(&paper, None, (&key(), &salts()), day, (good(), vec![]), by);
    let again = arrive_again(&paper, (&came.unwrap().next, &salts()), bad(), by).unwrap();
    let Arrival::Conflict { first, second } = again else {
        panic!("another sheet is no repetition");
    };
    assert_eq!(first.next.salt, salt(1));
    assert_eq!(second.next.salt, salt(2));
}

/// What is known once the contest is released (the sheet, its salt, and every earlier salt) opens
/// no digest of figures that wait for the second organ, and what is known once they are signed
/// opens no digest of figures that were refused.
#[test]
fn what_waits_or_was_refused_cannot_be_tried_out() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let mut all = states(&paper).into_iter();
    for (name, version) in [("accepted", 2), ("quarantined", 1)] {
        let (_, sheet) = all.find(|(own, _)| *own == name).unwrap();
        let offer = |figures: Figures| {
            let outcome = correct(&sheet, figures);
            propose(&paper, &sheet, outcome, "art. 7", &clerk(3), at(4)).unwrap()
        };
        let (wrong, right) = (figures(100, 61, 34, 5), figures(100, 62, 33, 5));
        let waits = offer(wrong);
        let told = waits.entry.facts["digest"].clone();
        for known in [sheet.salt, salt(1), salt(2), Salt::WITHHELD] {
            assert!(!tried(&paper, (1, known), &told), "{name}");
            assert!(!tried(&paper, (2, known), &told), "{name}");
        }
        let answer = (Answer::Refuse("no".into()), &supervisor(), at(5));
        let law = SecondSignature::Required;
        let refused = countersign(&paper, law, &waits.next, None, answer).unwrap();
        assert_eq!(
            refused.this.next, sheet,
            "neither figures nor salt are left"
        );
        let waits = offer(right.clone());
        let answer = (Answer::Sign, &supervisor(), at(5));
        let signed = countersign(&paper, law, &waits.next, None, answer).unwrap();
        let change = signed.next.unwrap_or(signed.this);
        let own = (change.next.version, change.next.salt);
        assert_eq!(own.0, version, "{name}");
        assert_eq!(
            change.entry.facts["digest"], waits.entry.facts["digest"],
            "{name}: it is signed as it was proposed"
        );
        assert_eq!(
            change.entry.facts["digest"],
            digest(&paper, &key(), own, &right)
        );
        assert!(!tried(&paper, own, &told), "{name}: the refused one");
        assert_each_its_own(&[sheet.salt, own.1]);
    }
}

/// One round of work may propose the same figures again, for another version: never with one salt.
#[test]
fn no_two_figures_have_one_salt() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let of = |name| states(&paper).into_iter().find(|(own, _)| *own == name);
    let (held, accepted) = (of("quarantined").unwrap().1, of("accepted").unwrap().1);
    let salt_of = |sheet: &Sheet, figures| salts().correction(sheet, figures).salt;
    let empty = |place: usize| {
        let mut figures = good();
        figures.fields[place] = None;
        figures
    };
    let mut moved = good();
    moved.choices.insert(0, moved.fields.pop().unwrap());
    assert_each_its_own(&[
        salt(1),
        salt(2),
        salt_of(&held, good()),
        salt_of(&accepted, good()),
        salt_of(&held, figures(10, 60, 35, 5)),
        salt_of(&held, empty(0)),
        salt_of(&held, empty(1)),
        salt_of(&held, moved),
    ]);
}

#[test]
fn a_salt_is_thirty_two_digits_and_printed_only_on_purpose() {
    let text = salt(1).to_string();
    assert_eq!(text.parse(), Ok(salt(1)));
    assert_eq!(Salt::from_bytes(salt(1).as_bytes()), Some(salt(1)));
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
        format!("{:?} {:?}", salt(1), Salts::new(&[1; 32])),
        "Salt(..) Salts(..)"
    );
}
