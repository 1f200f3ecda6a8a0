//! A result sheet (محضر، صورت‌جلسه، procès-verbal) and its way from the station to the total.
//!
//! ```text
//! received ─▶ first_entered ─▶ (second entry, another person, blind)
//!                                 ├─ same ──────▶ checks ─┬─ hold ─▶ accepted ─▶ superseded (v+1)
//!                                 └─ differing ─▶ only the differences corrected ─▶ checks
//!                                                         └─ fail ─▶ quarantined ─▶ both organs ─┬─▶ accepted
//!                                                                                               └─▶ returned ─▶ received (v+1)
//! ```

pub use crate::form::Finding;

use jiff::Timestamp;
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
}

/// What may become of a quarantined sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The figures stand, the failed checks explained.
    Accept,
    /// The figures are replaced by those that both organs read from the paper.
    Correct(Figures),
    /// Back to the station.
    Return,
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
    /// Where it stands.
    #[serde(flatten)]
    pub state: SheetState,
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
}
