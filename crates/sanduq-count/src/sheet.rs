//! A result sheet (محضر، صورت‌جلسه، procès-verbal) and its way from the station to the total.
//!
//! ```text
//! received ─▶ first_entered ─┬─ second entry, another person, blind: same ──▶ checks
//!                            └─ differs ─▶ differing ─ a third person's look ─▶ checks
//!
//! checks ─┬─ hold ─▶ accepted ────▶ both organs ──▶ superseded (beside it v+1)
//!         └─ fail ─▶ quarantined ─▶ both organs ─┬─▶ accepted
//!                                                └─▶ returned ─▶ received (v+1)
//! ```
//!
//! Always true here: a sheet comes in only after its station has closed (INV-20). A figure counts
//! only when two persons have read it alike, or a machine has brought it and the checks hold, or
//! both organs have decided on it (INV-28). The figures of an accepted version never change
//! (INV-25). Lines are bound by code, never by position (INV-27). What the first person typed is
//! handed to nobody: [`differences`] names lines, not figures.

mod paper;
mod refusal;
mod salt;
mod way;
mod entry;
mod decide;
mod arrive;
mod replay;
mod reading;

pub use crate::form::Finding;
pub use arrive::Arrival;
pub use arrive::CONFLICT;
pub use arrive::arrive;
pub use arrive::arrive_again;
pub use decide::Answer;
pub use decide::Decided;
pub use decide::countersign;
pub use decide::propose;
pub use entry::correct_differences;
pub use entry::differences;
pub use entry::first_entry;
pub use entry::receive;
pub use entry::second_entry;
pub use paper::Line;
pub use paper::Paper;
pub use paper::digest;
pub use paper::hex;
pub use reading::Reading;
pub use reading::readings;
pub use refusal::SheetRefusal;
pub use replay::Way;
pub use replay::WayRefusal;
pub use salt::NoSalt;
pub use salt::Salt;
pub use salt::Salts;
pub use way::Day;

use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::count::Votes;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use serde::Deserialize;
use serde::Serialize;

/// Which sheet: each station has exactly one current sheet for each contest (INV-26).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SheetKey {
    /// The contest.
    pub contest: ContestCode,
    /// The station.
    pub station: UnitCode,
}

/// What is written on a sheet. A line left empty is `None`, which is not zero.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// One for each field of the form, in its order.
    pub fields: Vec<Option<Votes>>,
    /// One for each choice of the contest, in ballot order.
    pub choices: Vec<Option<Votes>>,
}

/// One entry of a sheet's figures by one person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keyed {
    /// Who typed.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What.
    pub figures: Figures,
}

/// Where a sheet stands; a state carries only what it may hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum SheetState {
    /// The paper or file has come in; nobody has typed it.
    Received,
    /// One person has typed it.
    FirstEntered {
        /// The first entry; hidden from the second person.
        first: Keyed,
    },
    /// Two persons have typed it and differ; only the differing lines are asked again.
    Differing {
        /// The first entry.
        first: Keyed,
        /// The second entry.
        second: Keyed,
    },
    /// In the totals.
    Accepted {
        /// The figures that count.
        figures: Figures,
        /// Checks that do not hold and do not hold back, or were decided on by both organs.
        findings: Vec<Finding>,
        /// The decision, when it took one.
        decision: Option<Decision>,
        /// The first organ's proposal to replace it, when one is pending (TP-14).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        proposal: Option<Proposal>,
    },
    /// Held back until both organs decide.
    Quarantined {
        /// The figures as typed or imported.
        figures: Figures,
        /// The checks that do not hold; never empty.
        findings: Vec<Finding>,
        /// The first organ's proposal, when it has been made.
        proposal: Option<Proposal>,
    },
    /// Sent back to the station; its next version starts as received.
    Returned {
        /// The decision.
        decision: Decision,
    },
    /// Was accepted and counts no longer; stays visible beside its next version.
    Superseded {
        /// The figures that counted until the decision.
        figures: Figures,
        /// The decision.
        decision: Decision,
    },
}

/// Figures that are proposed in the place of those of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The figures, as the first organ reads them from the paper.
    #[serde(flatten)]
    pub figures: Figures,
    /// What their digest is made of beside them: withheld until the proposal is signed, and then
    /// the salt of the version whose figures they are.
    pub salt: Salt,
}

/// What may become of a quarantined sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The figures stand, the failed checks explained.
    Accept,
    /// The figures are replaced by those that both organs read from the paper.
    Correct(Correction),
    /// Back to the station.
    Return,
}

impl Outcome {
    /// The word for it in the journal.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Correct(_) => "correct",
            Self::Return => "return",
        }
    }
}

/// The first organ's proposal on a quarantined sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who proposes.
    pub by: Actor,
    /// When.
    pub at: Timestamp,
    /// What.
    pub outcome: Outcome,
    /// The legal ground and the explanation.
    pub ground: String,
}

/// What the second organ answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Countersign {
    /// It signed.
    Signed(Actor),
    /// It refused, for this reason, and the law lets the work go on (`RECORD_REFUSAL`).
    Refused(Actor, String),
}

impl Countersign {
    /// Who answered.
    #[must_use]
    pub const fn by(&self) -> &Actor {
        match self {
            Self::Signed(by) | Self::Refused(by, _) => by,
        }
    }
}

/// A decision on a sheet: a proposal and the second organ's answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The proposal.
    pub proposal: Proposal,
    /// The second organ.
    pub countersign: Countersign,
    /// When.
    pub at: Timestamp,
}

/// A sheet: which, which version, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// Which.
    pub key: SheetKey,
    /// 1 for the first; a correction after acceptance is the next.
    pub version: u32,
    /// What the digest of its figures is made of beside them.
    pub salt: Salt,
    /// Where it stands.
    #[serde(flatten)]
    pub state: SheetState,
}

impl Sheet {
    /// The version whose figures a correction of this sheet would be: those of a sheet that is held
    /// back are replaced in it, those of an accepted one in a version beside it (INV-25).
    #[must_use]
    pub const fn corrected_version(&self) -> u32 {
        match self.state {
            SheetState::Accepted { .. } => self.version + 1,
            _ => self.version,
        }
    }
}

impl SheetState {
    /// The word for the state in the store, the journal and public files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::FirstEntered { .. } => "first_entered",
            Self::Differing { .. } => "differing",
            Self::Accepted { .. } => "accepted",
            Self::Quarantined { .. } => "quarantined",
            Self::Returned { .. } => "returned",
            Self::Superseded { .. } => "superseded",
        }
    }

    /// The figures that are in the totals; only an accepted sheet has them.
    #[must_use]
    pub const fn counted(&self) -> Option<&Figures> {
        match self {
            Self::Accepted { figures, .. } => Some(figures),
            _ => None,
        }
    }

    /// The figures that a stranger may read once the contest is released: those that count, counted
    /// or are held back. What one person alone has typed is not among them.
    #[must_use]
    pub const fn public(&self) -> Option<&Figures> {
        match self {
            Self::Accepted { figures, .. }
            | Self::Quarantined { figures, .. }
            | Self::Superseded { figures, .. } => Some(figures),
            _ => None,
        }
    }

    /// The state that an act leaves a sheet in; `None` for an act that is none of a sheet's or
    /// leaves it where it was. The state of a version is that of its last act for which this is
    /// `Some`, so that a stranger can tell it from the journal alone.
    #[must_use]
    pub const fn after(act: Act) -> Option<&'static str> {
        match act {
            Act::SheetReceived => Some("received"),
            Act::SheetFirstEntered => Some("first_entered"),
            Act::SheetSecondEntered | Act::SheetCorrected => Some("differing"),
            Act::SheetAccepted | Act::SheetAdjudicated => Some("accepted"),
            Act::SheetQuarantined => Some("quarantined"),
            Act::SheetReturned => Some("returned"),
            Act::SheetSuperseded => Some("superseded"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
