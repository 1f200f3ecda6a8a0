//! Salts that keep nothing: the publisher made the digests of his journal with them, so that every
//! digest is right.

use crate::forgery::journal::Rewriting;
use crate::forgery::journal::of;
use crate::forgery::journal::set;
use crate::forgery::journal::tried;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::digest;

const MISSING: &str = "sheet.salt_missing";
const TWICE: &str = "sheet.salt_twice";

type Key = (&'static str, &'static str, u32);

fn find(s: &mut Snapshot, (contest, station, version): Key) -> &mut Sheet {
    let own = |sheet: &&mut Sheet| {
        let key = &sheet.key;
        (key.contest.as_str(), key.station.as_str(), sheet.version) == (contest, station, version)
    };
    s.sheets.iter_mut().find(own).unwrap()
}

fn salt(s: &mut Snapshot, key: Key) -> Salt {
    find(s, key).salt
}

/// Gives a sheet another salt, and these acts on it the digest that is made of it.
fn resalt(s: &mut Snapshot, e: &mut [Entry], key: Key, (salt, acts): (Salt, &[Act])) {
    let mut contests = s.contests.iter();
    let own = contests.find(|own| own.contest.code.as_str() == key.0);
    let (form, contest) = (s.forms[0].0.clone(), own.unwrap().contest.clone());
    let sheet = find(s, key);
    sheet.salt = salt;
    let figures = sheet.state.public().unwrap();
    let paper = Paper::new(&form, &contest);
    let digest = digest(&paper, &sheet.key, (key.2, salt), figures);
    for act in acts {
        set(of(e, *act, key.0, key.1), "digest", &digest);
    }
}

const FIRST: Key = ("president", "d1-1", 1);
const ACCEPTED: &[Act] = &[Act::SheetAccepted];

/// Salts that keep nothing.
pub const SALTS: [Rewriting; 5] = [
    ("none", MISSING, "station d1-1 version 1", |s, e| {
        resalt(s, e, FIRST, (Salt::WITHHELD, ACCEPTED));
    }),
    (
        "none, and two sheets of it",
        MISSING,
        "station d2-1 version 1",
        |s, e| {
            resalt(s, e, FIRST, (Salt::WITHHELD, ACCEPTED));
            let acts = &[Act::SheetProposed, Act::SheetAdjudicated];
            resalt(s, e, ("president", "d2-1", 1), (Salt::WITHHELD, acts));
        },
    ),
    (
        "one for two sheets",
        TWICE,
        "station d1-3 version 1",
        |s, e| {
            let salt = salt(s, FIRST);
            let acts = &[Act::SheetQuarantined, Act::SheetAdjudicated];
            resalt(s, e, ("president", "d1-3", 1), (salt, acts));
        },
    ),
    (
        "one for two contests",
        TWICE,
        "sheets/council-d1.json",
        |s, e| {
            let salt = salt(s, FIRST);
            resalt(s, e, ("council-d1", "d1-1", 1), (salt, ACCEPTED));
        },
    ),
    (
        "that of the version before",
        TWICE,
        "station d2-3 version 2",
        |s, e| {
            let salt = salt(s, ("president", "d2-3", 1));
            let acts = &[Act::SheetProposed, Act::SheetAdjudicated];
            resalt(s, e, ("president", "d2-3", 2), (salt, acts));
        },
    ),
];

#[test]
fn a_salt_that_keeps_nothing_is_named() {
    tried(&SALTS);
}
