//! What each person typed comes out as it was typed, whatever way the sheet took.

use super::*;

/// A sheet on its way: every state that it had, and the entries.
struct Trip {
    states: Vec<Sheet>,
    entries: Vec<sanduq_core::act::Entry>,
}

impl Trip {
    fn new() -> Self {
        Self {
            states: vec![received()],
            entries: Vec::new(),
        }
    }

    fn last(&self) -> &Sheet {
        self.states.last().unwrap()
    }

    fn go(&mut self, change: Result<Change<Sheet>, SheetRefusal>) {
        let change = change.unwrap();
        self.states.push(change.next);
        self.entries.push(change.entry);
    }

    /// Who typed which figures of the box, of the first and of the second choice; `None` where they
    /// were not asked.
    fn told(&self, paper: &Paper<'_>) -> Vec<(String, [Option<u64>; 3])> {
        let lines = [
            Line::Field(paper.form().fields[0].code.clone()),
            Line::Choice(paper.contest().choices[0].code.clone()),
            Line::Choice(paper.contest().choices[1].code.clone()),
        ];
        let told = readings(paper, &self.states, self.entries.iter()).into_iter();
        let told = told.map(|own| {
            let votes = |line: &Line| own.lines.get(line).map(|votes| votes.unwrap().get());
            (own.by.to_string(), lines.each_ref().map(votes))
        });
        told.collect()
    }
}

fn typed(clerk: u8, [box_, one, two]: [Option<u64>; 3]) -> (String, [Option<u64>; 3]) {
    (format!("clerk-{clerk}"), [box_, one, two])
}

#[test]
fn two_who_read_alike_stand_side_by_side() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (read, state) in [(good(), "accepted"), (bad(), "quarantined")] {
        let mut way = Trip::new();
        way.go(first_entry(
            &paper,
            way.last(),
            read.clone(),
            &clerk(1),
            at(2),
        ));
        assert_eq!(way.told(&paper), [], "the second entry is blind");
        way.go(second_entry(
            &paper,
            way.last(),
            read.clone(),
            &clerk(2),
            at(3),
        ));
        assert_eq!(way.last().state.code(), state);
        let box_ = read.fields[0].map(Votes::get);
        let both = [1, 2].map(|n| typed(n, [box_, Some(60), Some(35)]));
        assert_eq!(way.told(&paper), both);
        let told = readings(&paper, &way.states, way.entries.iter());
        assert_eq!([told[0].at, told[1].at], [at(2), at(3)]);
    }
}

#[test]
fn who_read_the_differences_stands_beside_them_with_these_lines_alone() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    let line = Line::Field(form.fields[0].code.clone());
    let mut way = Trip::new();
    way.go(first_entry(&paper, way.last(), good(), &clerk(1), at(2)));
    way.go(second_entry(&paper, way.last(), bad(), &clerk(2), at(3)));
    assert_eq!(way.told(&paper), [], "the third look is blind");
    let read = |votes| BTreeMap::from([(line.clone(), Some(Votes::new(votes)))]);
    way.go(correct_differences(
        &paper,
        way.last(),
        &read(99),
        &clerk(3),
        at(4),
    ));
    assert_eq!(way.last().state.code(), "differing");
    assert_eq!(way.told(&paper), [], "and so is the fourth");
    way.go(correct_differences(
        &paper,
        way.last(),
        &read(101),
        &clerk(4),
        at(5),
    ));
    assert_eq!(way.last().state.code(), "quarantined");
    let expected = [
        typed(1, [Some(100), Some(60), Some(35)]),
        typed(2, [Some(101), Some(60), Some(35)]),
        typed(3, [Some(99), None, None]),
        typed(4, [Some(101), None, None]),
    ];
    assert_eq!(way.told(&paper), expected);
    // What the organs decide later does not change what was typed.
    let by = actor("adjudicator", Organ::Executive);
    way.go(propose(
        &paper,
        way.last(),
        Outcome::Accept,
        "art. 1",
        &by,
        at(6),
    ));
    let law = SecondSignature::Required;
    let signed = (Answer::Sign, &supervisor(), at(7));
    let decided = countersign(&paper, law, way.last(), None, signed).unwrap();
    way.go(Ok(decided.this));
    assert_eq!(way.told(&paper), expected);
}

#[test]
fn of_a_sheet_that_nobody_typed_there_is_nothing() {
    let (form, contest) = (form(), contest());
    let paper = Paper::new(&form, &contest);
    for (name, sheet) in states(&paper) {
        let told = readings(&paper, &[sheet], core::iter::empty());
        assert_eq!(told, [], "{name}");
    }
    assert_eq!(readings(&paper, &[], core::iter::empty()), []);
}
