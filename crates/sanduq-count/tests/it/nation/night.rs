//! The evening of Wadi: its sheets go every way that a sheet can go, by the rules themselves.

use crate::nation::actor;
use crate::nation::figures;
use crate::nation::with_field;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::id::UnitCode;
use sanduq_core::law::SecondSignature;
use sanduq_count::sheet;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use std::collections::BTreeMap;

/// The evening: a clock that the rules are told, the journal, and the sheets so far.
pub struct Night {
    /// The time.
    pub at: Timestamp,
    /// The journal.
    pub entries: Vec<Entry>,
    /// Every version of every sheet.
    pub sheets: Vec<Sheet>,
    /// The sheets as the entries of these numbers left them.
    pub kept: BTreeMap<usize, Sheet>,
    /// When the stations opened.
    pub opened: Timestamp,
    /// When they closed.
    pub closed: Timestamp,
}

/// Salts of a secret that everybody may know.
pub fn salts() -> Salts {
    Salts::new(b"Wadi is invented, all the sheets")
}

impl Night {
    fn now(&mut self) -> Timestamp {
        self.at = Timestamp::from_second(self.at.as_second() + 60).unwrap();
        self.at
    }

    /// Who brings and types.
    pub fn clerk(&self) -> Actor {
        actor("clerk-1", Organ::Executive)
    }

    /// Keeps the new state of a sheet and its entry.
    fn keep(&mut self, change: Change<Sheet>) -> Sheet {
        self.kept.insert(self.entries.len(), change.next.clone());
        self.entries.push(change.entry);
        let next = change.next.clone();
        let same = |sheet: &&mut Sheet| sheet.key == next.key && sheet.version == next.version;
        match self.sheets.iter_mut().find(same) {
            Some(sheet) => *sheet = change.next,
            None => self.sheets.push(change.next),
        }
        next
    }

    fn last(&self, key: &SheetKey) -> Option<Sheet> {
        let own = self.sheets.iter().filter(|sheet| sheet.key == *key);
        own.max_by_key(|sheet| sheet.version).cloned()
    }

    fn arrive(&mut self, paper: &Paper<'_>, station: &str, figures: Figures) -> Sheet {
        let key = key(paper, station);
        let before = self.last(&key);
        let at = self.now();
        let by = (&self.clerk(), at);
        let read = (figures, Vec::new());
        let day = Day::Closed(self.closed);
        let change =
            sheet::arrive(paper, before.as_ref(), (&key, &salts()), day, read, by).unwrap();
        self.keep(change)
    }

    /// A sheet is received and typed by as many persons as there are readings of its last line; the
    /// third reads only where the first two differ.
    fn typed(&mut self, paper: &Paper<'_>, station: &str, readings: &[u64]) {
        let key = key(paper, station);
        let (clerk, at) = (self.clerk(), self.now());
        let received =
            sheet::receive(None, (&key, &salts()), Day::Closed(self.closed), &clerk, at).unwrap();
        let mut sheet = self.keep(received);
        for (nth, reading) in (1..).zip(readings) {
            let (by, at) = (actor(&format!("clerk-{nth}"), Organ::Executive), self.now());
            let read = figures(&[7, *reading], 0, 0);
            let typed = match nth {
                1 => sheet::first_entry(paper, &sheet, read, &by, at),
                2 => sheet::second_entry(paper, &sheet, read, &by, at),
                _ => {
                    let lines = sheet::differences(paper, &sheet).into_iter();
                    let read = lines.map(|line| (line.clone(), paper_line(paper, &read, &line)));
                    sheet::correct_differences(paper, &sheet, &read.collect(), &by, at)
                }
            };
            sheet = self.keep(typed.unwrap());
        }
    }

    /// Both organs decide on a sheet.
    fn decide(&mut self, paper: &Paper<'_>, sheet: &Sheet, outcome: Outcome, ground: &str) {
        let judge = actor("judge-1", Organ::Executive);
        let board = actor("board-1", Organ::Supervision);
        let at = self.now();
        let proposed = sheet::propose(paper, sheet, outcome, ground, &judge, at).unwrap();
        let proposed = self.keep(proposed);
        let counted = sheet.state.counted().map(|_| sheet.version);
        let answer = (Answer::Sign, &board, self.now());
        let law = SecondSignature::Required;
        let decided = sheet::countersign(paper, law, &proposed, counted, answer).unwrap();
        self.keep(decided.this);
        if let Some(next) = decided.next {
            self.keep(next);
        }
    }
}

/// What stands in a line.
fn paper_line(paper: &Paper<'_>, figures: &Figures, line: &Line) -> Option<Votes> {
    match line {
        Line::Field(code) => figures.fields[paper.form().position(code.as_str()).unwrap()],
        Line::Choice(code) => figures.choices[paper.contest().position(code).unwrap()],
    }
}

fn key(paper: &Paper<'_>, station: &str) -> SheetKey {
    SheetKey {
        contest: paper.contest().code.clone(),
        station: UnitCode::new(station).unwrap(),
    }
}

/// The sheets of the presidency, one for each way that a sheet can go.
pub fn president(night: &mut Night, paper: &Paper<'_>) {
    night.arrive(paper, "d1-1", figures(&[120, 90, 40], 6, 4));
    night.arrive(
        paper,
        "d1-2",
        with_field(figures(&[200, 80, 21], 2, 0), 0, 300),
    );
    let box_over = with_field(figures(&[100, 100, 50], 0, 5), 1, 254);
    let sheet = night.arrive(paper, "d1-3", box_over);
    night.decide(
        paper,
        &sheet,
        Outcome::Accept,
        "=one ballot of another station, minutes 7",
    );
    let sheet = night.arrive(
        paper,
        "d2-1",
        with_field(figures(&[10, 200, 30], 1, 1), 3, 204),
    );
    let corrected = salts().correction(&sheet, figures(&[10, 200, 30], 1, 1));
    night.decide(
        paper,
        &sheet,
        Outcome::Correct(corrected),
        "figures transposed, \"paper\" read",
    );
    let sheet = night.arrive(
        paper,
        "d2-2",
        with_field(figures(&[70, 71, 72], 0, 0), 2, 999),
    );
    night.decide(paper, &sheet, Outcome::Return, "unreadable");
    night.arrive(paper, "d2-2", figures(&[70, 71, 72], 0, 0));
    let sheet = night.arrive(paper, "d2-3", figures(&[50, 60, 70], 3, 2));
    let recount = salts().correction(&sheet, figures(&[51, 60, 69], 3, 2));
    night.decide(
        paper,
        &sheet,
        Outcome::Correct(recount),
        "recount by order 12",
    );
}

/// The sheets of the other contests.
pub fn others(night: &mut Night, papers: &[Paper<'_>]) {
    night.arrive(&papers[1], "d1-1", figures(&[140, 100], 10, 10));
    night.arrive(&papers[1], "d1-2", figures(&[150, 130], 12, 11));
    night.arrive(
        &papers[1],
        "d1-3",
        with_field(figures(&[90, 95], 1, 1), 4, 2),
    );
    night.arrive(&papers[3], "d1-1", figures(&[140, 110], 0, 10));
    night.typed(&papers[2], "d2-1", &[]);
    night.typed(&papers[2], "d2-2", &[8]);
    night.typed(&papers[2], "d2-3", &[8, 9]);
    night.typed(&papers[3], "d1-2", &[8, 9]);
    night.typed(&papers[3], "d2-1", &[8, 8]);
    night.typed(&papers[3], "d2-2", &[8, 9, 9]);
}
