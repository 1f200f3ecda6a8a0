//! Sheets on the clerks' table, and the boxes that they come from.

use crate::chance::Chance;
use crate::day;
use crate::paper::mistyped;
use crate::paper::miswritten;
use crate::paper::truth;
use crate::polling::Station;
use sanduq_core::contest::Contest;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_operations::station_day::StationState;
use sanduq_store::sheet::Revision;

/// A sheet on a clerk's table.
pub(super) struct OnTable<'a> {
    pub(super) paper: &'a Paper<'a>,
    pub(super) key: SheetKey,
    pub(super) day: Day,
    /// What the box held.
    pub(super) truth: Figures,
    /// What the head of station wrote.
    pub(super) written: Figures,
    /// What two clerks make of it.
    pub(super) typed: [Figures; 2],
    pub(super) sheet: Option<Sheet>,
    pub(super) salts: Salts,
    pub(super) revision: Revision,
}

impl OnTable<'_> {
    /// The sheet, once it has come in.
    pub(super) fn sheet(&self) -> &Sheet {
        self.sheet.as_ref().expect("a sheet that was received")
    }

    /// What becomes of this sheet when it is held back: one in three goes back to the station, the
    /// others are read again by both organs.
    pub(super) fn proposal(&self, nth: usize) -> (Outcome, &'static str) {
        if nth.is_multiple_of(3) {
            (
                Outcome::Return,
                "Electoral act, article 60: the station adds up again",
            )
        } else {
            let read = self.salts.correction(self.sheet(), self.truth.clone());
            (
                Outcome::Correct(read),
                "Electoral act, article 61: figures read again from the paper by both organs",
            )
        }
    }
}

/// The boxes of the nation, opened one by one.
pub(super) struct Boxes {
    chance: Chance,
    opinions: Vec<Vec<u64>>,
    salts: Salts,
}

impl Boxes {
    /// The boxes of a seed.
    pub(super) fn new(seed: u64, contests: &[Contest]) -> Self {
        let mut chance = Chance::new(seed, "votes");
        let opinions = contests
            .iter()
            .map(|c| day::opinions(c.choices.len(), &mut chance));
        let opinions = opinions.collect();
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&seed.to_be_bytes());
        Self {
            chance,
            opinions,
            salts: Salts::new(&secret),
        }
    }

    /// Counts the box of a contest; one paper in 20 is written with a wrong figure, one entry in 25
    /// is mistyped.
    pub(super) fn open<'a>(
        &mut self,
        station: &Station,
        paper: &'a Paper<'a>,
        nth: usize,
    ) -> OnTable<'a> {
        let chance = &mut self.chance;
        let counted = day::count(station.voted, &self.opinions[nth], chance);
        let truth = truth(paper.form(), station.figures(), &counted);
        let written = if chance.once_in(20) {
            miswritten(truth.clone(), chance)
        } else {
            truth.clone()
        };
        let mut typed = || {
            if chance.once_in(25) {
                mistyped(written.clone(), chance)
            } else {
                written.clone()
            }
        };
        let typed = [typed(), typed()];
        let day = match station.state {
            StationState::Ready => Day::Ready,
            StationState::Open(_) | StationState::Queue { .. } => Day::Open,
            StationState::Closed { closed, .. } => Day::Closed(closed),
        };
        let key = SheetKey {
            contest: paper.contest().code.clone(),
            station: station.code.clone(),
        };
        OnTable {
            paper,
            salts: self.salts.clone(),
            key,
            day,
            truth,
            written,
            typed,
            sheet: None,
            revision: Revision::NONE,
        }
    }
}
