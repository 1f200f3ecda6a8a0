//! The journal alone tells the same way as the rules: what they do is replayed, what they refuse
//! cannot stand in a journal.

use super::*;
use sanduq_core::act::Entry;

/// Versions of one sheet with what the journal has told of them so far.
#[derive(Default)]
struct Told(BTreeMap<u32, Way>);

impl Told {
    fn take(&mut self, entry: &Entry, imported: bool) -> Result<(), WayRefusal> {
        let act = Act::from_code(&entry.act).unwrap();
        let version: u32 = entry.facts["version"].parse().unwrap();
        if let Some(way) = self.0.get_mut(&version) {
            return way.follow(act, entry, imported);
        }
        let before = self.0.range_mut(..version).next_back();
        let before = before.map(|(number, way)| (*number, way));
        let way = Way::begin(before, version, (act, entry), imported)?;
        self.0.insert(version, way);
        Ok(())
    }

    fn of(entries: &[Entry]) -> Self {
        let mut told = Self::default();
        for entry in entries {
            let taken = told.take(entry, true);
            assert_eq!(taken, Ok(()), "{}: {entry:?}", entry.act);
        }
        told
    }
}

fn answer(paper: &Paper<'_>, sheet: &Sheet, answer: Answer) -> Decided {
    let answer = (answer, &supervisor(), at(5));
    countersign(paper, SecondSignature::Required, sheet, None, answer).unwrap()
}

/// A way to each state, by the rules, with its entries.
fn stories(paper: &Paper<'_>) -> Vec<(&'static str, Sheet, Vec<Entry>)> {
    let mut all = Vec::new();
    let mut tell = |name, before: &Vec<Entry>, change: Change<Sheet>| {
        let mut entries = before.clone();
        entries.push(change.entry);
        all.push((name, change.next.clone(), entries.clone()));
        (change.next, entries)
    };
    let by = (&clerk(1), at(2));
    let salts = salts();
    let received = receive(None, (&key(), &salts), Day::Closed(at(0)), &clerk(1), at(1)).unwrap();
    let (sheet, entries) = tell("received", &Vec::new(), received);
    let first = |f| first_entry(paper, &sheet, f, &clerk(1), at(2)).unwrap();
    let (typed, entries_1) = tell("first_entered", &entries, first(good()));
    let second = |s: &Sheet, f| second_entry(paper, s, f, &clerk(2), at(3)).unwrap();
    let (differing, entries_2) = tell("differing", &entries_1, second(&typed, bad()));
    let read = |box_| {
        let line = Line::Field(paper.form().fields[0].code.clone());
        BTreeMap::from([(line, Some(Votes::new(box_)))])
    };
    let look =
        |s: &Sheet, n, box_| correct_differences(paper, s, &read(box_), &clerk(n), at(4)).unwrap();
    let (open, entries_3) = tell("differing", &entries_2, look(&differing, 3, 103));
    tell("quarantined", &entries_3, look(&open, 4, 101));
    let (accepted, entries_4) = tell("accepted", &entries_1, second(&typed, good()));
    let propose = |s: &Sheet, outcome| propose(paper, s, outcome, "art. 7", &clerk(3), at(4));
    let other = correct(&accepted, figures(90, 50, 35, 5));
    let change = propose(&accepted, other).unwrap();
    let (proposed, entries_5) = tell("accepted, proposed", &entries_4, change);
    let replaced = answer(paper, &proposed, Answer::Sign);
    let (_, entries_6) = tell("superseded", &entries_5, replaced.this);
    tell("accepted", &entries_6, replaced.next.unwrap());
    let (badly, entries_7) = tell("first_entered", &entries, first(bad()));
    let (held, entries_8) = tell("quarantined", &entries_7, second(&badly, bad()));
    let change = propose(&held, Outcome::Return).unwrap();
    let (proposed, entries_9) = tell("quarantined, proposed", &entries_8, change);
    let refused = answer(paper, &proposed, Answer::Refuse("no".into())).this;
    tell("quarantined", &entries_9, refused);
    let (returned, entries_10) = tell("returned", &entries_9, {
        answer(paper, &proposed, Answer::Sign).this
    });
    let (own, day) = ((&key(), &salts), Day::Closed(at(0)));
    let again = receive(Some(&returned), own, day, by.0, by.1).unwrap();
    tell("received", &entries_10, again);
    let brought = (good(), Vec::new());
    let came = arrive(paper, None, own, day, brought, by).unwrap();
    let (came, entries_11) = tell("accepted", &Vec::new(), came);
    if let Arrival::Conflict { first, second } =
        arrive_again(paper, (&came, &salts), bad(), by).unwrap()
    {
        let (_, entries_12) = tell("quarantined", &entries_11, *first);
        tell("quarantined", &entries_12, *second);
    }
    all
}

/// What the rules refuse in a state cannot follow in a journal, and what they do can.
#[test]
fn the_journal_tells_the_way_that_the_rules_allow() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (name, sheet, entries) in stories(&paper) {
        let arrows = every_fact(&paper, &sheet);
        for (fact, act, by, version) in [
            ("receive", Act::SheetReceived, clerk(9), sheet.version + 1),
            ("first", Act::SheetFirstEntered, clerk(9), sheet.version),
            ("second", Act::SheetAccepted, clerk(9), sheet.version),
            ("correct", Act::SheetCorrected, clerk(9), sheet.version),
            ("propose", Act::SheetProposed, clerk(9), sheet.version),
            (
                "refuse",
                Act::SheetProposalRefused,
                supervisor(),
                sheet.version,
            ),
        ] {
            let rule = &arrows.iter().find(|(own, _)| *own == fact).unwrap().1;
            let mut entry = Entry::new(act, &by, at(9))
                .with("version", version)
                .with("ground", "x")
                .with("outcome", "return")
                .with("reason", "no");
            if act == Act::SheetAccepted {
                entry = entry.with("digest", "d");
            } else {
                entry = entry.with("differing", "box");
            }
            let told = Told::of(&entries).take(&entry, false);
            match (name, fact) {
                // From differing, it is the third person who brings the acceptance.
                ("differing", "second") => {
                    assert_eq!(told, Err(WayRefusal::Fact("corrected")));
                }
                // The rule is told the last version, which is the one that replaces this.
                ("superseded", "receive") => assert!(told.is_err()),
                _ => assert_eq!(
                    told.is_err(),
                    rule.contains('.'),
                    "{name}, {fact}: {rule}, {told:?}"
                ),
            }
        }
    }
}

type Forgery = (&'static str, fn(&mut Vec<Entry>), fn(&WayRefusal) -> bool);

fn set(entries: &mut [Entry], at: usize, key: &str, value: &str) {
    entries[at]
        .facts
        .insert(key.to_owned().into(), value.to_owned());
}

const FORGERIES: [Forgery; 14] = [
    (
        "accepted",
        |e| drop(e.remove(1)),
        |no| *no == SheetRefusal::AlreadyReceived("received").into(),
    ),
    (
        "accepted",
        |e| drop(e.remove(0)),
        |no| *no == SheetRefusal::NotCurrent("not received").into(),
    ),
    (
        "accepted",
        |e| e[2].actor = e[1].actor.clone(),
        |no| *no == SheetRefusal::SamePerson.into(),
    ),
    (
        "accepted",
        |e| set(e, 2, "corrected", "box"),
        |no| *no == WayRefusal::Fact("corrected"),
    ),
    (
        "accepted",
        |e| drop(e[2].facts.remove("digest")),
        |no| *no == WayRefusal::Fact("digest"),
    ),
    (
        "accepted",
        |e| e.push(e[2].clone()),
        |no| *no == SheetRefusal::AlreadyReceived("accepted").into(),
    ),
    (
        "differing",
        |e| set(e, 2, "differing", ""),
        |no| *no == WayRefusal::Fact("differing"),
    ),
    (
        "quarantined",
        |e| set(e, 3, "differing", "valid"),
        |no| *no == WayRefusal::Fact("differing"),
    ),
    (
        "quarantined",
        |e| set(e, 4, "corrected", "valid"),
        |no| *no == WayRefusal::Fact("corrected"),
    ),
    (
        "superseded",
        |e| e[4].organ = Organ::Executive,
        |no| *no == SheetRefusal::SameOrgan.into(),
    ),
    (
        "superseded",
        |e| set(e, 4, "digest", "00"),
        |no| *no == WayRefusal::Fact("digest"),
    ),
    (
        "superseded",
        |e| set(e, 3, "outcome", "accept"),
        |no| *no == WayRefusal::Fact("outcome"),
    ),
    (
        "superseded",
        |e| drop(e.remove(3)),
        |no| *no == SheetRefusal::NothingProposed.into(),
    ),
    (
        "returned",
        |e| set(e, 4, "ground", "art. 8"),
        |no| *no == WayRefusal::Fact("ground"),
    ),
];

#[test]
fn a_way_that_nobody_can_go_is_refused() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let stories = stories(&paper);
    for (nth, (name, forge, refusal)) in FORGERIES.into_iter().enumerate() {
        let (_, _, entries) = stories.iter().find(|(own, ..)| *own == name).unwrap();
        let mut entries = entries.clone();
        forge(&mut entries);
        let mut told = Told::default();
        let answer = entries
            .iter()
            .find_map(|entry| told.take(entry, true).err());
        assert!(answer.as_ref().is_some_and(refusal), "{nth}: {answer:?}");
    }
}

#[test]
fn what_comes_as_data_needs_an_import_and_what_replaces_is_the_same_decision() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let stories = stories(&paper);
    let last = |name: &str, version: &str| {
        let own = stories.iter().rev().find(|(own, _, entries)| {
            *own == name && entries.last().unwrap().facts["version"] == version
        });
        own.unwrap().2.clone()
    };
    let came = last("quarantined", "2");
    let mut told = Told::default();
    assert_eq!(told.take(&came[0], false), Err(WayRefusal::NoImport));
    assert_eq!(told.take(&came[0], true), Ok(()));
    assert_eq!(told.take(&came[1], false), Err(WayRefusal::NoImport));
    assert_eq!(
        told.take(&came[2], true),
        Err(SheetRefusal::AlreadyReceived("accepted").into())
    );
    assert_eq!(told.take(&came[1], true), Ok(()));
    assert_eq!(told.take(&came[2], true), Ok(()));

    let mut replaced = last("accepted", "2");
    let next = replaced.pop().unwrap();
    let mut told = Told::of(&replaced);
    assert!(told.0[&1].is_due());
    let mut received = next.clone();
    received.act = Act::SheetReceived.code().into();
    assert!(
        told.take(&received, true).is_err(),
        "the decision is not carried out"
    );
    assert_eq!(told.take(&next, true), Ok(()));
    assert!(!told.0[&1].is_due());
    for (key, value) in [
        ("ground", "art. 8"),
        ("proposer", "clerk-8"),
        ("refused", "no"),
    ] {
        let mut other = next.clone();
        other.facts.insert(key.to_owned().into(), value.to_owned());
        assert!(Told::of(&replaced).take(&other, true).is_err(), "{key}");
    }
    let mut other = next.clone();
    set(core::slice::from_mut(&mut other), 0, "digest", "00");
    let taken = Told::of(&replaced).take(&other, true);
    assert_eq!(taken, Err(WayRefusal::NotSigned));
    let mut unnamed = replaced.clone();
    unnamed[3].facts.remove("digest");
    for of in [&next, &other] {
        let taken = Told::of(&unnamed).take(of, true);
        assert_eq!(taken, Err(WayRefusal::NotSigned));
    }
    let mut later = next;
    later.at = at(59);
    assert_eq!(
        Told::of(&replaced).take(&later, true),
        Err(WayRefusal::Fact("actor"))
    );
}
