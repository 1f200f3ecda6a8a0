//! How a preliminary result becomes final: the executive's board proposes its totals, the
//! supervision signs them or refuses (TP-09). Always true here: nothing is proposed while a sheet
//! of the contest is missing or waits for somebody; the totals have a digest, and whoever signs
//! signs that one; once a sheet is touched, a proposal holds no longer and may be made anew, the
//! totals the same or not; what is final stays as it is.
//!
//! ```text
//! preliminary ── propose ──▶ proposed ─┬─ the other organ signs ──▶ final
//!      ▲                               ├─ it refuses, with a reason ─┐
//!      │                               └─ a sheet is touched ────────┤
//!      └─────────────────────────────────────────────────────────────┘
//! ```

use super::Announced;
use super::Final;
use super::Preliminary;
use super::Release;
use super::Released;
use super::ResultRefusal;
use super::Shown;
use super::Totals;
use super::tally;
use crate::form::Form;
use crate::sheet::Sheet;
use crate::sheet::SheetState;
use crate::sheet::hex;
use core::fmt::Write as _;
use jiff::Timestamp;
use ring::digest::SHA256;
use ring::digest::digest;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::typed::LONGEST;
use sanduq_core::typed::TypedRefusal;
use sanduq_core::typed::typed;
use std::collections::BTreeMap;

/// The executive's proposal to certify a result; it waits for the supervision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The contest.
    pub contest: ContestCode,
    /// The digest of the totals that are to be certified ([`totals_digest`]).
    pub digest: String,
    /// Sheets in them.
    pub counted: u64,
    /// Stations that owe one.
    pub stations: u64,
    /// Who proposes.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
}

/// The digest of the totals of every unit of a contest, in the order of `totals/<contest>.csv`: a
/// line for each with its code, its stations, its counted sheets, its sums of fields and of
/// choices, a space between.
#[must_use]
pub fn totals_digest<'a>(units: impl IntoIterator<Item = (&'a UnitCode, Totals)>) -> String {
    let mut lines = String::new();
    for (code, totals) in units {
        let _ = write!(lines, "{code} {} {}", totals.stations, totals.counted);
        for sum in totals.fields.iter().chain(&totals.choices) {
            let _ = write!(lines, " {}", sum.get());
        }
        lines.push('\n');
    }
    hex(digest(&SHA256, lines.as_bytes()).as_ref())
}

/// The station of a sheet that waits for somebody: it is typed, held back, or a proposal on it is
/// not answered. An earlier version beside the last one waits for nobody: both organs have put
/// another in its place.
#[must_use]
pub fn open_sheet<'s>(sheets: impl IntoIterator<Item = &'s Sheet>) -> Option<&'s UnitCode> {
    let mut last: BTreeMap<&UnitCode, &Sheet> = BTreeMap::new();
    let mut open: Option<&UnitCode> = None;
    for sheet in sheets {
        let station = &sheet.key.station;
        let waits = matches!(
            sheet.state,
            SheetState::Accepted {
                proposal: Some(_),
                ..
            }
        );
        if waits && open.is_none_or(|first| station < first) {
            open = Some(station);
        }
        let known = last.entry(station).or_insert(sheet);
        if known.version < sheet.version {
            *known = sheet;
        }
    }
    let in_work = |sheet: &&Sheet| {
        !matches!(
            sheet.state,
            SheetState::Accepted { .. }
                | SheetState::Returned { .. }
                | SheetState::Superseded { .. }
        )
    };
    let first = last.into_values().find(in_work);
    let first = first.map(|sheet| &sheet.key.station);
    open.into_iter().chain(first).min()
}

/// The result of a contest, once nothing of it is open: what may be proposed for certification.
/// `sheets` is every version of every sheet of the contest, `certified` whether it is final.
///
/// # Errors
/// In this order: [`ResultRefusal::Certified`]; [`ResultRefusal::NotReleased`];
/// [`ResultRefusal::SheetWaits`] and [`ResultRefusal::SheetMissing`] naming a station; what the
/// tally refuses.
pub fn certifiable(
    geography: &Geography,
    (form, contest): (&Form, &Contest),
    (release, certified): (Option<&Release>, bool),
    sheets: &[Sheet],
) -> Result<Preliminary, ResultRefusal> {
    if certified {
        return Err(ResultRefusal::Certified(contest.code.clone()));
    }
    let own = sheets
        .iter()
        .filter(|sheet| sheet.key.contest == contest.code);
    if release.is_none() {
        return Err(ResultRefusal::NotReleased(contest.code.clone()));
    }
    if let Some(station) = open_sheet(own.clone()) {
        return Err(ResultRefusal::SheetWaits(station.clone()));
    }
    let tally = tally(geography, form, contest, own)?;
    tally.check_sums(geography)?;
    let Shown::Released(released) = tally.show(release)? else {
        return Err(ResultRefusal::NotReleased(contest.code.clone()));
    };
    let missing = missing(&released, geography);
    match (
        Announced::of(released, geography, &BTreeMap::new()),
        missing,
    ) {
        (Announced::Preliminary(preliminary), None) => Ok(preliminary),
        (_, missing) => Err(ResultRefusal::SheetMissing(
            missing.unwrap_or_else(|| contest.unit.clone()),
        )),
    }
}

/// The first station without a sheet in the totals.
fn missing(released: &Released, geography: &Geography) -> Option<UnitCode> {
    let level = geography.station_level();
    let mut units = released.units().iter();
    let missing = units.find(|unit| {
        let counted = released.coverage(**unit).map_or(0, |all| all.counted);
        geography.unit(**unit).level == level && counted == 0
    });
    missing.map(|unit| geography.unit(*unit).code.clone())
}

impl Preliminary {
    /// The digest of its totals.
    #[must_use]
    pub fn digest(&self, geography: &Geography) -> String {
        let figures = self.figures();
        let totals = |unit| Some((&geography.unit(unit).code, figures.totals(unit)?));
        totals_digest(figures.units().iter().copied().filter_map(totals))
    }

    /// The executive's board proposes to certify the totals of this digest, which it has read.
    /// `waiting` is what is proposed already and holds: no sheet has been touched since.
    ///
    /// # Errors
    /// [`ResultRefusal::Signatures`] for another organ; [`ResultRefusal::Changed`] when the totals
    /// are not those that were read; [`ResultRefusal::AlreadyProposed`].
    pub fn propose(
        &self,
        geography: &Geography,
        (read, waiting): (&str, Option<&Proposed>),
        (by, at): (&Actor, Timestamp),
    ) -> Result<Change<Proposed>, ResultRefusal> {
        if by.organ != Organ::Executive {
            return Err(ResultRefusal::Signatures);
        }
        let digest = self.digest(geography);
        if digest != read {
            return Err(ResultRefusal::Changed);
        }
        if waiting.is_some_and(|waiting| waiting.digest == digest) {
            return Err(ResultRefusal::AlreadyProposed);
        }
        let whole = self.figures().whole();
        let next = Proposed {
            contest: self.figures().contest().clone(),
            digest,
            counted: whole.counted,
            stations: whole.stations,
            by: by.clone(),
            at,
        };
        let entry = said(Act::ResultProposed, &next, by, at);
        Ok(Change { next, entry })
    }

    /// Certifies the result: the supervision signs the totals of this digest, which it has read and
    /// the executive's board has proposed; two persons (TP-09).
    ///
    /// # Errors
    /// [`ResultRefusal::Signatures`]; [`ResultRefusal::Changed`] when the totals are not those
    /// that were proposed and read.
    pub fn certify(
        self,
        geography: &Geography,
        (read, proposed): (&str, &Proposed),
        (by, at): (&Actor, Timestamp),
    ) -> Result<Change<Final>, ResultRefusal> {
        let organs = (proposed.by.organ, by.organ);
        if organs != (Organ::Executive, Organ::Supervision) || proposed.by.id == by.id {
            return Err(ResultRefusal::Signatures);
        }
        let digest = self.digest(geography);
        if digest != proposed.digest || digest != read {
            return Err(ResultRefusal::Changed);
        }
        let entry = said(Act::ResultCertified, proposed, by, at)
            .with("proposer", &proposed.by.id)
            .with("proposing_organ", proposed.by.organ.code());
        let next = self.signed();
        Ok(Change { next, entry })
    }
}

impl Proposed {
    /// The supervision refuses; the result stays preliminary and may be proposed anew.
    ///
    /// # Errors
    /// [`ResultRefusal::Signatures`] for another organ or the same person;
    /// [`ResultRefusal::NoReason`], or [`ResultRefusal::Text`] when the reason has a sign that
    /// nobody sees.
    pub fn refuse(
        &self,
        reason: &str,
        (by, at): (&Actor, Timestamp),
    ) -> Result<Entry, ResultRefusal> {
        if by.organ != Organ::Supervision || by.id == self.by.id {
            return Err(ResultRefusal::Signatures);
        }
        let reason = typed(reason, LONGEST).map_err(|refusal| match refusal {
            TypedRefusal::Empty => ResultRefusal::NoReason,
            other => ResultRefusal::Text(other),
        })?;
        Ok(Entry::new(Act::ResultProposalRefused, by, at)
            .with("contest", &self.contest)
            .with("proposer", &self.by.id)
            .with("proposing_organ", self.by.organ.code())
            .with("reason", reason))
    }
}

/// What both entries say: which contest, how much of it, and the digest of its totals.
fn said(act: Act, proposed: &Proposed, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(act, by, at)
        .with("contest", &proposed.contest)
        .with("counted", proposed.counted)
        .with("stations", proposed.stations)
        .with("digest", &proposed.digest)
}

#[cfg(test)]
mod tests;
