//! Forged journals: the publisher rewrites acts, makes every file that follows, and signs it all.
//! Nothing else is wrong with such a folder, so that it would hold without the check it fails.

pub mod ways;
pub mod said;
pub mod hours;
pub mod images;
mod again;
pub mod finals;
pub mod salts;

use crate::folder::judged;
use crate::folder::public;
use crate::folder::root;
use crate::folder::sealed;
use crate::folder::told;
use crate::folder::wadi;
use crate::nation::Nation;
use crate::nation::actor;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::contest_file;
use sanduq_count::publication::read_file;
use sanduq_count::publication::totals_path;

/// What the publisher does to the event and its journal.
type Forge = fn(&mut Snapshot, &mut Vec<Entry>);

/// A forged journal, the code that the checker must tell, and the place it must name.
pub type Rewriting = (&'static str, &'static str, &'static str, Forge);

/// Wadi with another journal, all else following from it.
pub fn rewritten(forge: impl Fn(&mut Snapshot, &mut Vec<Entry>)) -> Nation {
    let mut nation = wadi();
    let entries = nation.entries.iter();
    let mut entries: Vec<Entry> = entries.map(|e| Entry::from_bytes(e).unwrap()).collect();
    forge(&mut nation.snapshot, &mut entries);
    for entry in &mut nation.snapshot.contests {
        let code = entry.contest.code.as_str();
        let own = |own: &Entry| own.facts.get("contest").is_some_and(|own| own == code);
        let signed = |one: &&Entry| one.act == Act::ResultCertified.code() && own(one);
        entry.certified ^= entries.iter().any(|one| signed(&one));
    }
    nation.entries = entries.iter().map(Entry::to_bytes).collect();
    nation.snapshot.journal_size = u64::try_from(entries.len()).unwrap();
    nation.snapshot.journal_root = root(&nation.entries);
    nation.snapshot.at = entries.last().unwrap().at;
    nation
}

/// Holds every forgery against the checker: it tells this code, at this place, and no other code.
pub fn tried(all: &[Rewriting]) {
    let mut passed = Vec::new();
    for (name, code, place, forge) in all {
        let nation = rewritten(forge);
        assert_ne!(nation.entries, wadi().entries, "{name}: nothing was forged");
        let verified = judged(&sealed(&public(&nation), &nation, &nation.snapshot.id()));
        let told = told(&verified);
        let ending = format!("({code})");
        let alone = told.iter().all(|line| line.ends_with(&ending));
        if !alone || !told.iter().any(|line| line.contains(place)) {
            passed.push(format!("{name}, {code} at {place}: {told:#?}"));
        }
    }
    println!("{} forged journals, {} not named", all.len(), passed.len());
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

/// The act on a sheet: its place in the journal.
pub fn nth(entries: &[Entry], act: Act, contest: &str, station: &str) -> usize {
    let own = |entry: &Entry| {
        let fact = |key: &str| entry.facts.get(key).map_or("", String::as_str);
        entry.act == act.code() && (fact("contest"), fact("station")) == (contest, station)
    };
    entries.iter().position(own).unwrap()
}

/// The act on a sheet.
pub fn of<'a>(entries: &'a mut [Entry], act: Act, contest: &str, station: &str) -> &'a mut Entry {
    let at = nth(entries, act, contest, station);
    &mut entries[at]
}

/// The first act of a kind.
pub fn act(entries: &mut [Entry], act: Act) -> &mut Entry {
    let mut own = entries.iter_mut();
    own.find(|entry| entry.act == act.code()).unwrap()
}

/// Changes a fact.
pub fn set(entry: &mut Entry, key: &str, value: &str) {
    entry.facts.insert(key.to_owned().into(), value.to_owned());
}

/// An act on the whole contest, at the end of the journal.
pub fn said(e: &mut Vec<Entry>, act: Act, organ: Organ, facts: &[(&'static str, &str)]) {
    let by = actor("board-1", organ);
    let mut entry = Entry::new(act, &by, e.last().unwrap().at);
    for (key, value) in facts {
        entry = entry.with(*key, value);
    }
    e.push(entry);
}

/// What is said of a result: the contest, how many sheets of how many stations, and the digest of
/// the totals.
pub type Result<'a> = (&'a str, [&'a str; 2], &'a str);

/// The executive's proposal to certify a result.
pub fn proposed(e: &mut Vec<Entry>, (contest, [counted, stations], digest): Result<'_>, by: &str) {
    let facts = [
        ("contest", contest),
        ("counted", counted),
        ("stations", stations),
        ("digest", digest),
    ];
    said(e, Act::ResultProposed, Organ::Executive, &facts);
    e.last_mut().unwrap().actor = ActorId::new(by).unwrap();
}

/// The supervision's signature under it.
pub fn signed(e: &mut Vec<Entry>, (contest, [counted, stations], digest): Result<'_>, by: &str) {
    let facts = [
        ("contest", contest),
        ("counted", counted),
        ("stations", stations),
        ("digest", digest),
        ("proposer", by),
        ("proposing_organ", "executive"),
    ];
    said(e, Act::ResultCertified, Organ::Supervision, &facts);
}

/// Proposed by one and signed by `board-1`.
pub fn certified(e: &mut Vec<Entry>, result: Result<'_>, by: &str) {
    proposed(e, result, by);
    signed(e, result, by);
}

/// The digest of the totals of a contest, as both organs read it.
pub fn totals(snapshot: &Snapshot, contest: &str) -> String {
    let contest = ContestCode::new(contest).unwrap();
    let path = totals_path(&contest);
    let bytes = contest_file(snapshot, &contest, None, &path);
    let file: TotalsFile = read_file(&path, &bytes.unwrap().unwrap()).unwrap();
    file.digest()
}
