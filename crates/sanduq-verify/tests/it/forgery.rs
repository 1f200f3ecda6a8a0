//! An insider forges: files are changed, all that follows from them is made again where the forger
//! takes care, and the folder is sealed and signed with the authority's own key. The chain holds;
//! recomputation catches every forgery and names its place.

mod hand;
mod sheets;
mod figures;
mod ground;
mod journal;

use crate::damage::Dice;
use crate::folder::Files;
use crate::folder::derived;
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
use sanduq_verify::recompute::Point;
use std::collections::BTreeSet;

/// Whether the forger makes all again that follows from the primary files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Care {
    /// Every derived file agrees with the forged one.
    Derived,
    /// One file was changed and nothing else.
    Alone,
}

/// One forgery, and what the checker must say of it.
pub struct Forgery {
    /// What the forger does.
    name: String,
    care: Care,
    /// The code of the failure.
    code: &'static str,
    /// The file that the failure must name, and the place in it.
    place: (String, String),
    forge: Box<dyn Fn(&mut Files)>,
}

impl Forgery {
    /// A forgery that the checker must call `code` at `place`.
    pub fn new(
        name: impl Into<String>,
        care: Care,
        code: &'static str,
        place: (&str, impl Into<String>),
        forge: impl Fn(&mut Files) + 'static,
    ) -> Self {
        Self {
            name: name.into(),
            care,
            code,
            place: (place.0.to_owned(), place.1.into()),
            forge: Box::new(forge),
        }
    }
}

#[test]
fn a_hundred_forgeries_signed_with_the_right_key_are_each_caught_and_named() {
    let nation = wadi();
    let honest = public(&nation);
    assert_eq!(derived(&honest).unwrap(), honest);
    let mut dice = Dice(41);
    let mut all = sheets::votes(&mut dice);
    all.extend(sheets::sheets());
    all.extend(sheets::invented());
    all.extend(sheets::states());
    all.extend(figures::totals(&mut dice));
    all.extend(figures::members());
    all.extend(figures::exchange());
    all.extend(figures::missing_and_extra());
    all.extend(figures::days());
    all.extend(figures::reports());
    all.extend(ground::ground());
    all.extend(ground::snapshots());
    for one in &all {
        let mut files = honest.clone();
        (one.forge)(&mut files);
        assert_ne!(files, honest, "{}: nothing was forged", one.name);
        if one.care == Care::Derived {
            files = derived(&files).unwrap_or_else(|why| panic!("{}: {why}", one.name));
        }
        let verified = judged(&sealed(&files, &nation, &nation.snapshot.id()));
        assert!(!verified.holds(), "{}: not caught", one.name);
        let told = told(&verified);
        assert!(
            verified.counts.is_some(),
            "{}: the chain is broken: {told:?}",
            one.name
        );
        let code = format!("({})", one.code);
        let named = |line: &String| {
            let (path, place) = &one.place;
            line.starts_with(path.as_str()) && line.contains(place) && line.ends_with(&code)
        };
        assert!(told.iter().any(named), "{}: {told:#?}", one.name);
    }
    println!("{} forgeries, {} caught", all.len(), all.len());
    assert!(all.len() >= 100, "{}", all.len());
    // What no forgery of files can show, a forged journal shows in the tests below.
    let elsewhere = [
        "journal.facts",
        "journal.seal_snapshot",
        "contest.locked_digest",
    ];
    let journals = journal::ways::WAYS.iter().chain(&journal::said::SAID);
    let journals = journals.chain(&journal::hours::HOURS);
    let journals = journals.chain(&journal::finals::FINALS);
    let journals = journals.chain(&journal::salts::SALTS);
    let journals = journals.map(|(_, code, ..)| *code);
    let images = journal::images::IMAGES.iter().map(|(_, code, ..)| *code);
    let elsewhere = elsewhere.into_iter().chain(journals).chain(images);
    let tried: BTreeSet<&str> = all.iter().map(|one| one.code).chain(elsewhere).collect();
    let known: BTreeSet<&str> = Point::ALL.iter().map(|point| point.code()).collect();
    let untried: Vec<&&str> = known.difference(&tried).collect();
    assert!(
        untried.is_empty(),
        "points that no forgery tries: {untried:?}"
    );
}

/// Wadi with one more entry in its journal before the snapshot.
fn with_entry(facts: &[(&'static str, &str)]) -> Nation {
    let mut nation = wadi();
    let clerk = actor("clerk-1", Organ::Executive);
    let mut entry = Entry::new(Act::SheetAccepted, &clerk, nation.snapshot.at);
    for (key, value) in facts {
        entry = entry.with(*key, value);
    }
    nation.entries.push(entry.to_bytes());
    nation.snapshot.journal_size += 1;
    nation.snapshot.journal_root = root(&nation.entries);
    nation
}

#[test]
fn a_journal_that_tells_too_much_or_too_little_is_named() {
    let sheet = [
        ("contest", "council-d2"),
        ("station", "d2-1"),
        ("digest", "00"),
    ];
    let (first, second, third) = (sheet[0], sheet[1], sheet[2]);
    let entry = format!("entry {}", wadi().entries.len());
    let entry = entry.as_str();
    for (facts, code, place) in [
        (
            vec![first, second, ("version", "one"), third],
            "journal.facts",
            entry,
        ),
        (vec![first, second, third], "journal.facts", entry),
        (
            vec![second, ("version", "1"), third],
            "journal.facts",
            entry,
        ),
        (
            vec![first, second, ("version", "1"), third],
            "contest.locked_digest",
            "station d2-1",
        ),
        (
            vec![("contest", "mayor"), second, ("version", "1"), third],
            "sheet.not_published",
            "contest mayor",
        ),
    ] {
        let nation = with_entry(&facts);
        let verified = judged(&sealed(&public(&nation), &nation, &nation.snapshot.id()));
        let told = told(&verified);
        let named = |line: &String| line.contains(code) && line.contains(place);
        assert!(told.iter().any(named), "{code}: {told:?}");
    }
}

#[test]
fn an_act_that_nobody_knows_is_named_and_nothing_else_is() {
    let mut nation = with_entry(&[]);
    let unknown = nation.entries.pop().unwrap();
    let unknown = String::from_utf8(unknown).unwrap();
    let unknown = unknown.replace(Act::SheetAccepted.code(), "sheet.invented");
    nation.entries.push(unknown.into_bytes());
    nation.snapshot.journal_root = root(&nation.entries);
    let verified = judged(&sealed(&public(&nation), &nation, &nation.snapshot.id()));
    let told = told(&verified);
    assert_eq!(told.len(), 1, "{told:?}");
    let number = nation.entries.len() - 1;
    let named = format!("entry {number} is not a known entry (journal.entry_unreadable)");
    assert!(told[0].ends_with(&named), "{told:?}");
}

#[test]
fn a_seal_on_another_snapshot_is_named() {
    let nation = wadi();
    let verified = judged(&sealed(&public(&nation), &nation, "46-000000000000"));
    let told = told(&verified);
    assert!(told[0].contains("journal.seal_snapshot"), "{told:?}");
}
