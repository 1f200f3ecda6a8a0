//! Salts that keep nothing: the publisher made the digests of his journal with them, so that every
//! digest is right.

use crate::folder::judged;
use crate::folder::public;
use crate::folder::sealed;
use crate::folder::told;
use crate::forgery::journal::Rewriting;
use crate::forgery::journal::of;
use crate::forgery::journal::rewritten;
use crate::forgery::journal::set;
use crate::forgery::journal::tried;
use crate::nation::actor;
use crate::nation::figures;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::digest;
use sanduq_count::sheet::propose;

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

/// What waits for the second organ after the release is a digest in the journal and no more.
#[test]
fn figures_that_wait_are_in_no_file_and_the_folder_holds() {
    let mut nation = rewritten(|s, e| {
        let (form, contest) = (s.forms[0].0.clone(), s.contests[0].contest.clone());
        let paper = Paper::new(&form, &contest);
        let (judge, at) = (actor("judge-1", Organ::Executive), e.last().unwrap().at);
        let sheet = find(s, FIRST);
        let read = Salts::new(&[9; 32]).correction(sheet, figures(&[119, 91, 40], 6, 4));
        let waits = propose(&paper, sheet, Outcome::Correct(read), "art. 7", &judge, at);
        let waits = waits.unwrap();
        *sheet = waits.next;
        e.push(waits.entry);
    });
    let journal = String::from_utf8(nation.entries.last().unwrap().clone()).unwrap();
    assert!(journal.contains("\"digest\""), "{journal}");
    let files = public(&nation);
    let SheetState::Accepted { proposal, .. } = &find(&mut nation.snapshot, FIRST).state else {
        panic!("it counts until the other organ has answered");
    };
    let Outcome::Correct(read) = &proposal.as_ref().unwrap().outcome else {
        panic!("figures are proposed");
    };
    let salt = read.salt.to_string();
    for (path, bytes) in &files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(&salt), "{path}");
    }
    let verified = judged(&sealed(&files, &nation, &nation.snapshot.id()));
    assert_eq!(told(&verified), [""; 0]);
}

#[test]
fn a_salt_that_keeps_nothing_is_named() {
    tried(&SALTS);
}
