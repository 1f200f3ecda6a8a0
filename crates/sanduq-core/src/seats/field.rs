//! The figures of one constituency as the methods see them, and what they hand back. Always true
//! here: choices are places in the input, so that no method can favour a name; an annulled list is
//! `out` and wins nothing.

use super::input::Lot;
use super::input::SeatInput;
use super::refusal::SeatRefusal;
use super::rule::Annulled;
use super::rule::Base;
use super::rule::SeatRule;
use super::step::Prize;
use super::step::Step;
use crate::id::ChoiceCode;
use std::collections::BTreeSet;

/// One choice in the race.
#[derive(Clone, Debug)]
pub(super) struct Runner {
    /// Its votes, in so far as they count.
    pub votes: u64,
    /// Candidates it can seat.
    pub candidates: Option<u32>,
    /// Whether it wins nothing.
    pub out: bool,
    /// Whether it needs no threshold.
    pub exempt: bool,
}

/// The figures of one constituency.
#[derive(Clone, Debug)]
pub(super) struct Field<'a> {
    /// The choices as handed in.
    pub input: &'a SeatInput,
    /// The choices as they count, at the same places.
    pub runners: Vec<Runner>,
    registered: Option<u64>,
    cast: Option<u64>,
    valid: u64,
}

impl<'a> Field<'a> {
    /// The figures with annulled lists treated as the rule says, or, with `None`, as if nothing had
    /// been annulled.
    pub fn new(input: &'a SeatInput, annulled: Option<Annulled>) -> Self {
        let mut field = Self {
            input,
            runners: Vec::with_capacity(input.choices.len()),
            registered: input.registered.map(crate::count::Registered::get),
            cast: input.cast.map(crate::count::Votes::get),
            valid: input.valid.get(),
        };
        for standing in &input.choices {
            let mut runner = Runner {
                votes: standing.votes.get(),
                candidates: standing.candidates,
                out: false,
                exempt: standing.exempt,
            };
            match annulled {
                Some(Annulled::VotesRemoved) if standing.annulled => {
                    if field.one_vote() {
                        // The input is checked: votes <= valid <= cast, and their sum <= valid.
                        field.valid -= runner.votes;
                        field.cast = field.cast.map(|cast| cast - runner.votes);
                    }
                    runner.votes = 0;
                    runner.out = true;
                }
                Some(Annulled::VotesKept) if standing.annulled => runner.out = true,
                _ => {}
            }
            field.runners.push(runner);
        }
        field
    }

    /// Whether a ballot carries one vote.
    pub const fn one_vote(&self) -> bool {
        self.input.max_choices == 1
    }

    /// Seats to fill.
    pub const fn seats(&self) -> u32 {
        self.input.seats
    }

    /// The code of the choice at a place.
    pub fn code(&self, place: usize) -> &ChoiceCode {
        &self.input.choices[place].choice
    }

    /// The codes of several, in code order so that no input order shows.
    pub fn codes(&self, places: &[usize]) -> Vec<ChoiceCode> {
        let mut codes: Vec<_> = places.iter().map(|&p| self.code(p).clone()).collect();
        codes.sort();
        codes
    }

    /// The votes of a base; `taking_part` decides only for [`Base::Qualified`].
    pub fn base(&self, base: Base, taking_part: &[bool]) -> Result<u64, SeatRefusal> {
        let missing = |figure| SeatRefusal::FigureMissing(figure);
        let takes_part = |place: usize| taking_part.get(place).copied().unwrap_or(false);
        let runners = self.runners.iter().enumerate();
        match base {
            Base::Registered => self.registered.ok_or(missing("registered")),
            Base::Cast => self.cast.ok_or(missing("cast")),
            Base::Valid => Ok(self.valid),
            Base::Votes => Ok(self.runners.iter().map(|r| r.votes).sum()),
            Base::Qualified => Ok(runners
                .filter(|(p, _)| takes_part(*p))
                .map(|(_, r)| r.votes)
                .sum()),
        }
    }

    /// Whether a further vote is also a further unit of the base.
    pub const fn grows_with_votes(&self, base: Base) -> bool {
        match base {
            Base::Registered => false,
            Base::Cast | Base::Valid => self.one_vote(),
            Base::Votes | Base::Qualified => true,
        }
    }

    /// How many votes can still be added before a sum leaves 64 bits.
    pub fn room_for_votes(&self) -> u64 {
        let sum: u64 = self.runners.iter().map(|r| r.votes).sum();
        u64::MAX - sum.max(self.valid).max(self.cast.unwrap_or(0))
    }

    /// The same figures with further votes for one choice, within [`Self::room_for_votes`].
    pub fn with_more(&self, place: usize, further: u64) -> Self {
        let mut field = self.clone();
        let votes = field.runners[place].votes + further;
        field.runners[place].votes = votes;
        if field.one_vote() {
            field.valid += further;
            field.cast = field.cast.map(|cast| cast + further);
        } else {
            field.valid = field.valid.max(votes);
            field.cast = field.cast.map(|cast| cast.max(votes));
        }
        field
    }
}

/// What a method hands back.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    /// Seats at each place.
    pub seats: Vec<u32>,
    /// Seats that nobody fills.
    pub vacant: u32,
    /// What is still open.
    pub open: Open,
}

/// What a method leaves open, by places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// Nothing.
    Nothing,
    /// A tie.
    Tie {
        /// Who is equal.
        among: Vec<usize>,
        /// Room for how many.
        seats: u32,
        /// For what.
        prize: Prize,
    },
    /// A second round.
    RunOff {
        /// Who enters, most votes first.
        among: Vec<usize>,
        /// Seats left.
        seats: u32,
    },
    /// Nominations open again.
    Reopen,
}

impl Settled {
    /// Nothing given yet.
    pub fn none(field: &Field) -> Self {
        Self {
            seats: vec![0; field.runners.len()],
            vacant: 0,
            open: Open::Nothing,
        }
    }

    /// What a place has: seats first, then a place in the second round.
    pub fn level(&self, place: usize) -> (u32, bool) {
        let enters = matches!(&self.open, Open::RunOff { among, .. } if among.contains(&place));
        (self.seats[place], enters)
    }
}

/// What accompanies a computation: the rule, the lots handed in, and the steps, where wanted.
pub(super) struct Course<'a> {
    /// The law.
    pub rule: &'a SeatRule,
    lots: &'a [Lot],
    used: usize,
    steps: Option<Vec<Step>>,
}

impl<'a> Course<'a> {
    /// A course that takes lots and notes every step.
    pub fn told(rule: &'a SeatRule, lots: &'a [Lot]) -> Self {
        Self {
            rule,
            lots,
            used: 0,
            steps: Some(Vec::new()),
        }
    }

    /// A course that takes no lot and notes nothing.
    pub const fn quiet(rule: &'a SeatRule) -> Self {
        Self {
            rule,
            lots: &[],
            used: 0,
            steps: None,
        }
    }

    /// Notes a step.
    pub fn note(&mut self, step: impl FnOnce() -> Step) {
        if let Some(steps) = &mut self.steps {
            steps.push(step());
        }
    }

    /// The steps, once every lot handed in has been used.
    pub fn finish(self) -> Result<Vec<Step>, SeatRefusal> {
        if self.used < self.lots.len() {
            return Err(SeatRefusal::LotNotNeeded);
        }
        Ok(self.steps.unwrap_or_default())
    }

    /// The places drawn by the next lot, when one was handed in.
    pub fn next_lot(
        &mut self,
        field: &Field,
        among: &[usize],
        seats: u32,
    ) -> Result<Option<Vec<usize>>, SeatRefusal> {
        let Some(lot) = self.lots.get(self.used) else {
            return Ok(None);
        };
        self.used += 1;
        let tied: BTreeSet<_> = among.iter().map(|&p| field.code(p)).collect();
        let named: BTreeSet<_> = lot.among.iter().collect();
        let drawn: BTreeSet<_> = lot.drawn.iter().collect();
        let fits = tied == named
            && lot.among.len() == named.len()
            && lot.drawn.len() == drawn.len()
            && drawn.is_subset(&tied)
            && u32::try_from(drawn.len()) == Ok(seats);
        if !fits {
            return Err(SeatRefusal::LotDoesNotFit);
        }
        self.note(|| Step::Drawn {
            drawn: lot.drawn.clone(),
        });
        Ok(Some(
            among
                .iter()
                .copied()
                .filter(|&p| drawn.contains(field.code(p)))
                .collect(),
        ))
    }
}
