//! The registrar's desk: the agency's rows in, electors and counted refusals out. Memory holds one
//! tray of electors and the keys seen so far, never the whole file.

use crate::course::Course;
use crate::course::Voter;
use crate::course::event_secret;
use crate::error::RehearsalError;
use sanduq_core::act::Entry;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_register::agency;
use sanduq_register::agency::AgencyRefusal;
use sanduq_register::register;
use sanduq_register::register::Elector;
use sanduq_register::register::ElectorKey;
use sanduq_register::register::RegisterRefusal;
use sanduq_table::Row;
use std::collections::BTreeMap;
use std::collections::HashSet;
use std::path::Path;
use tokio::sync::mpsc::Sender;

/// Electors of one tray, which are sorted together before they go into the store.
const TRAY: usize = 1 << 19;
/// Voters that the rehearsal shows, for trying.
const SHOWN: usize = 4;

/// A tray of admitted electors by ascending key.
pub(crate) struct Admitted {
    pub(crate) electors: Vec<Elector>,
    /// Rows of the file read so far.
    pub(crate) rows: u64,
}

/// What the desk decided on the whole file.
#[derive(Default)]
pub(crate) struct Decided {
    rows: u64,
    refused: BTreeMap<RegisterRefusal, u64>,
    unreadable: BTreeMap<AgencyRefusal, u64>,
    /// The voters with the first keys: keys are keyed hashes, so these stand anywhere.
    first: BTreeMap<ElectorKey, Voter>,
}

impl Decided {
    /// A few of the voters.
    pub(crate) fn voters(&self) -> Vec<Voter> {
        self.first.values().cloned().collect()
    }

    fn keep(&mut self, elector: ElectorKey, number: &str, born: jiff::civil::Date) {
        let last = self.first.last_key_value();
        if self.first.len() == SHOWN && last.is_some_and(|(last, _)| *last < elector) {
            return;
        }
        let number = number.to_owned();
        self.first.insert(elector, Voter { number, born });
        if self.first.len() > SHOWN {
            self.first.pop_last();
        }
    }

    /// The entry with the counts: rows, refused, and how many for each reason.
    pub(crate) fn told(&self, entry: Entry) -> Entry {
        let counts = self.refused.values().chain(self.unreadable.values());
        let mut entry = entry
            .with("agency", "civil-register")
            .with("records", self.rows)
            .with("refused", counts.sum::<u64>());
        for (reason, count) in &self.refused {
            entry = entry.with(reason.code(), count);
        }
        for (reason, count) in &self.unreadable {
            entry = entry.with(reason.code(), count);
        }
        entry
    }
}

/// The desk.
pub(crate) struct Desk {
    secret: [u8; 32],
    last_birthday: jiff::civil::Date,
    domiciles: HashSet<UnitCode>,
    seen: HashSet<ElectorKey>,
    tray: Vec<Elector>,
    decided: Decided,
}

impl Desk {
    pub(crate) fn new(course: &Course<'_>) -> Self {
        Self {
            secret: event_secret(course.plan.seed),
            last_birthday: register::last_birthday(&course.law),
            domiciles: course
                .nation
                .centres
                .iter()
                .map(|centre| centre.code.clone())
                .collect(),
            seen: HashSet::new(),
            tray: Vec::with_capacity(TRAY),
            decided: Decided::default(),
        }
    }

    /// Reads the file and hands on tray after tray.
    ///
    /// # Errors
    /// What the reader of tables refuses.
    pub(crate) fn read(
        mut self,
        file: &Path,
        hand: &Sender<Admitted>,
    ) -> Result<Decided, RehearsalError> {
        for table in sanduq_table::open(file)?.tables() {
            let table = table?;
            let mut columns = [0; 7];
            for (column, name) in columns.iter_mut().zip(agency::COLUMNS) {
                *column = table.column(name)?;
            }
            table.for_each(|row| self.take(&row, columns, hand))?;
        }
        self.hand_on(hand);
        Ok(self.decided)
    }

    fn take(
        &mut self,
        row: &Row<'_>,
        columns: [usize; 7],
        hand: &Sender<Admitted>,
    ) -> Result<(), RehearsalError> {
        self.decided.rows += 1;
        let mut cells = [""; 7];
        for (cell, column) in cells.iter_mut().zip(columns) {
            *cell = row.cell(column).text()?;
        }
        match agency::record(cells) {
            Ok(record) => self.decide(record),
            Err(why) => *self.decided.unreadable.entry(why).or_default() += 1,
        }
        if self.tray.len() == TRAY {
            self.hand_on(hand);
        }
        Ok(())
    }

    fn decide(&mut self, record: agency::Record) {
        let elector = ElectorKey::of(&self.secret, &record.national_number);
        let exists = self.domiciles.contains(&record.domicile);
        let seen = self.seen.contains(&elector);
        let number = record.national_number.clone();
        match register::admit(record, self.last_birthday, exists, elector, seen) {
            Ok(admitted) => {
                self.seen.insert(elector);
                self.decided.keep(elector, &number, admitted.born);
                self.tray.push(admitted);
            }
            Err(why) => *self.decided.refused.entry(why).or_default() += 1,
        }
    }

    /// When the other side has gone, its error is what counts.
    fn hand_on(&mut self, hand: &Sender<Admitted>) {
        let mut electors = std::mem::take(&mut self.tray);
        electors.sort_unstable_by_key(|elector| elector.key);
        let _gone = hand.blocking_send(Admitted {
            electors,
            rows: self.decided.rows,
        });
    }
}
