//! Every sheet that was read meets the rules: it is accepted or held back with its reasons, gets
//! its journal entry, and what is accepted is added up at every level. The same judge serves the
//! dry run and the store.

use super::batch::Batch;
use super::refusal::ImportRefusal;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::results::Release;
use sanduq_count::results::Released;
use sanduq_count::results::Shown;
use sanduq_count::results::Tally;
use sanduq_count::sheet::Arrival;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::arrive;
use sanduq_count::sheet::arrive_again;
use std::collections::BTreeMap;

/// Who imports and when: everything that the rules are told beside the sheets.
pub struct Occasion {
    /// Who.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// When the stations opened.
    pub opened: Timestamp,
    /// When they closed.
    pub closed: Timestamp,
    /// Where the salts of the sheets come from.
    pub salts: Salts,
}

/// How the sheets were judged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// Sheets in the totals.
    pub accepted: u64,
    /// Sheets held back.
    pub quarantined: u64,
    /// Failed checks by their code: how many sheets.
    pub failures: BTreeMap<String, u64>,
}

/// Two different sheets of one station.
pub struct Conflict {
    /// The one that was there, held back now.
    pub first: Change<Sheet>,
    /// The one that came, held back as its next version.
    pub second: Change<Sheet>,
}

/// The judge of a batch.
pub struct Judge<'a> {
    batch: &'a Batch,
    geography: &'a Geography,
    contests: &'a [Contest],
    occasion: &'a Occasion,
    papers: Vec<Paper<'a>>,
    tallies: Vec<Tally>,
    judged: Judged,
    /// The last version of each sheet that came more than once, by the place of the first.
    latest: BTreeMap<usize, Sheet>,
}

impl<'a> Judge<'a> {
    pub fn new(
        form: &'a Form,
        batch: &'a Batch,
        (geography, contests): (&'a Geography, &'a [Contest]),
        occasion: &'a Occasion,
    ) -> Result<Self, ImportRefusal> {
        let empty = |contest| Tally::empty(geography, form, contest);
        let tallies: Result<Vec<Tally>, _> = contests.iter().map(empty).collect();
        Ok(Self {
            batch,
            geography,
            contests,
            occasion,
            papers: contests
                .iter()
                .map(|contest| Paper::new(form, contest))
                .collect(),
            tallies: tallies?,
            judged: Judged::default(),
            latest: BTreeMap::new(),
        })
    }

    fn arrived(&self, nth: usize) -> Result<Change<Sheet>, ImportRefusal> {
        let sheet = &self.batch.sheets[nth];
        let noted = self.batch.noted.get(&nth).cloned().unwrap_or_default();
        let key = self.batch.key(self.contests, sheet);
        let arrived = arrive(
            &self.papers[sheet.contest as usize],
            None,
            (&key, &self.occasion.salts),
            Day::ByLaw(self.occasion.opened),
            (self.batch.figures(sheet), noted),
            (&self.occasion.by, self.occasion.at),
        );
        arrived.map_err(|refusal| self.refused(nth, refusal))
    }

    fn refused(&self, nth: usize, refusal: SheetRefusal) -> ImportRefusal {
        let place = self.batch.place(self.batch.sheets[nth].stand);
        ImportRefusal::Sheet(Box::new(place), refusal)
    }

    /// The sheet at this place of the batch.
    pub fn sheet(&mut self, nth: usize) -> Result<Change<Sheet>, ImportRefusal> {
        let change = self.arrived(nth)?;
        let contest = self.batch.sheets[nth].contest as usize;
        self.count(&change.next.state);
        self.tallies[contest].apply(self.geography, None, &change.next)?;
        Ok(change)
    }

    /// The second sheet of a station at this place of the conflicts: the one before it held back,
    /// and the second one. None when it repeats the one before it.
    pub fn conflict(&mut self, nth: usize) -> Result<Option<Conflict>, ImportRefusal> {
        let came = &self.batch.conflicts[nth];
        let was = match self.latest.remove(&came.first) {
            Some(sheet) => sheet,
            None => self.arrived(came.first)?.next,
        };
        let contest = self.batch.sheets[came.first].contest as usize;
        let by = (&self.occasion.by, self.occasion.at);
        let there = (&was, &self.occasion.salts);
        let arrived = arrive_again(&self.papers[contest], there, came.figures.clone(), by);
        match arrived.map_err(|refusal| self.refused(came.first, refusal))? {
            Arrival::Same => {
                self.latest.insert(came.first, was);
                *self.judged.failures.entry(REPEATED.to_owned()).or_default() += 1;
                Ok(None)
            }
            Arrival::Conflict { first, second } => {
                self.uncount(&was.state);
                self.count(&first.next.state);
                self.count(&second.next.state);
                self.tallies[contest].apply(self.geography, Some(&was), &first.next)?;
                self.latest.insert(came.first, second.next.clone());
                Ok(Some(Conflict {
                    first: *first,
                    second: *second,
                }))
            }
        }
    }

    fn findings(state: &SheetState) -> &[Finding] {
        match state {
            SheetState::Accepted { findings, .. } | SheetState::Quarantined { findings, .. } => {
                findings
            }
            _ => &[],
        }
    }

    fn count(&mut self, state: &SheetState) {
        match state {
            SheetState::Accepted { .. } => self.judged.accepted += 1,
            _ => self.judged.quarantined += 1,
        }
        for finding in Self::findings(state) {
            *self
                .judged
                .failures
                .entry(finding.check.clone())
                .or_default() += 1;
        }
    }

    fn uncount(&mut self, state: &SheetState) {
        match state {
            SheetState::Accepted { .. } => self.judged.accepted -= 1,
            _ => self.judged.quarantined -= 1,
        }
        for finding in Self::findings(state) {
            if let Some(count) = self.judged.failures.get_mut(&finding.check) {
                *count -= 1;
            }
        }
    }

    /// The end: how the sheets were judged, and the figures of every contest, each level compared
    /// with the sum of the level below it.
    pub fn end(mut self, releases: &[Release]) -> Result<(Judged, Vec<Released>), ImportRefusal> {
        let repeated = u64::try_from(self.batch.repeated.len()).unwrap_or(u64::MAX);
        if repeated > 0 {
            *self.judged.failures.entry(REPEATED.to_owned()).or_default() += repeated;
        }
        let mut shown = Vec::with_capacity(self.tallies.len());
        for tally in self.tallies {
            tally.check_sums(self.geography)?;
            let release = releases
                .iter()
                .find(|release| release.contest() == tally.contest());
            if let Shown::Released(released) = tally.show(release)? {
                shown.push(released);
            }
        }
        Ok((self.judged, shown))
    }
}

/// The code under which a sheet is reported that came again unchanged (E62).
pub const REPEATED: &str = "repeated";
