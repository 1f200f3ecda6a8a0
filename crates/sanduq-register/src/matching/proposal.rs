//! What may be done with a match. Nobody leaves a roll because two records look alike: each step
//! needs the one before it, and only what went the whole way is [`Established`] (audits of rolls
//! have found living voters among those matched; requirements E10, E12, TP-01).
//!
//! ```text
//! automatic ───────────────────────▶ Proposed ── an officer decides ─▶ Decided
//! review ─▶ Question ── one, a clerk ─▲  │ no                            │ notice
//!               └── two ─▶ TwoPeople ◀───┘                               ▼
//!                              ▲                     in time Appealed ◀─ Noticed
//!                              └── the court allows it ───────┤          │ time has passed
//!                                             it dismisses it └─▶ Established ◀┘
//! ```

use super::weights::Class;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::refusal::Refusal;

/// Two records by the ids of their files, and how they were scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The id of one record.
    pub one: String,
    /// The id of the other.
    pub other: String,
    /// The score in millinats.
    pub score: i32,
}

/// What a comparison gives: three ways, and none of them removes anybody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Two people: nothing happens.
    NoMatch,
    /// A clerk has to look.
    Review(Question),
    /// One person beyond reasonable doubt: proposed unasked, for an officer to decide.
    Automatic(Proposed),
}

impl Outcome {
    /// The outcome of a pair of this class.
    #[must_use]
    pub fn of(class: Class, pair: Pair) -> Self {
        match class {
            Class::NoMatch => Self::NoMatch,
            Class::Review => Self::Review(Question { pair }),
            Class::Automatic => Self::Automatic(Proposed { pair, clerk: None }),
        }
    }
}

/// A pair that a clerk has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pair: Pair,
}

/// A pair that is proposed to be one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    pair: Pair,
    clerk: Option<ActorId>,
}

/// Two records that are two people, said by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TwoPeople {
    pair: Pair,
}

/// An officer has decided; the person concerned does not know of it yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    pair: Pair,
    officer: ActorId,
    at: Timestamp,
}

/// The person concerned has notice, and may appeal until an instant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noticed {
    pair: Pair,
    officer: ActorId,
    appeal_until: Timestamp,
}

/// The person concerned has appealed; nothing happens before a court has spoken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appealed {
    pair: Pair,
    officer: ActorId,
}

/// Decided by an officer, with notice, and either not appealed in time or upheld. Nothing else in
/// the program makes a value of this type; what changes a roll for a match has to ask for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Established {
    pair: Pair,
    officer: ActorId,
}

/// Why a step is not possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProposalRefusal {
    /// Whoever proposed cannot decide (TP-01).
    OwnProposal,
    /// No time to appeal was given.
    NoTimeToAppeal,
    /// The notice is dated before the decision.
    NoticeBeforeDecision,
    /// The time to appeal has not passed.
    StillOpen,
    /// The time to appeal has passed.
    TooLate,
}

impl Question {
    /// The pair in question.
    #[must_use]
    pub fn pair(&self) -> &Pair {
        &self.pair
    }

    /// A clerk says: one person. It is proposed, and an officer decides.
    #[must_use]
    pub fn one(self, clerk: ActorId) -> Proposed {
        Proposed {
            pair: self.pair,
            clerk: Some(clerk),
        }
    }

    /// A clerk says: two people.
    #[must_use]
    pub fn two(self) -> TwoPeople {
        TwoPeople { pair: self.pair }
    }
}

impl Proposed {
    /// The pair that is proposed.
    #[must_use]
    pub fn pair(&self) -> &Pair {
        &self.pair
    }

    /// An officer decides that it is one person.
    ///
    /// # Errors
    /// When the officer is the clerk who proposed it.
    pub fn decided(self, officer: ActorId, at: Timestamp) -> Result<Decided, ProposalRefusal> {
        if self.clerk.as_ref() == Some(&officer) {
            return Err(ProposalRefusal::OwnProposal);
        }
        Ok(Decided {
            pair: self.pair,
            officer,
            at,
        })
    }

    /// An officer decides that it is two people. Anyone may: nobody loses by it.
    #[must_use]
    pub fn dismissed(self) -> TwoPeople {
        TwoPeople { pair: self.pair }
    }
}

impl TwoPeople {
    /// The pair that is two people.
    #[must_use]
    pub fn pair(&self) -> &Pair {
        &self.pair
    }
}

impl Decided {
    /// Notice is given to the person concerned, who has `time` to appeal.
    ///
    /// # Errors
    /// When it is dated before the decision, or leaves no time.
    pub fn noticed(self, at: Timestamp, time: SignedDuration) -> Result<Noticed, ProposalRefusal> {
        if at < self.at {
            return Err(ProposalRefusal::NoticeBeforeDecision);
        }
        let until = at.checked_add(time).unwrap_or(Timestamp::MAX);
        if until <= at {
            return Err(ProposalRefusal::NoTimeToAppeal);
        }
        Ok(Noticed {
            pair: self.pair,
            officer: self.officer,
            appeal_until: until,
        })
    }
}

impl Noticed {
    /// The person concerned appeals; the last instant counts as in time.
    ///
    /// # Errors
    /// When the time has passed; the notice is handed back, and nothing else has changed.
    pub fn appealed(self, at: Timestamp) -> Result<Appealed, (Self, ProposalRefusal)> {
        if at > self.appeal_until {
            return Err((self, ProposalRefusal::TooLate));
        }
        Ok(Appealed {
            pair: self.pair,
            officer: self.officer,
        })
    }

    /// Nobody has appealed in time.
    ///
    /// # Errors
    /// While the time runs; the notice is handed back, and nothing else has changed.
    pub fn unappealed(self, at: Timestamp) -> Result<Established, (Self, ProposalRefusal)> {
        if at <= self.appeal_until {
            return Err((self, ProposalRefusal::StillOpen));
        }
        Ok(Established {
            pair: self.pair,
            officer: self.officer,
        })
    }
}

impl Appealed {
    /// The court dismisses the appeal.
    #[must_use]
    pub fn upheld(self) -> Established {
        Established {
            pair: self.pair,
            officer: self.officer,
        }
    }

    /// The court allows the appeal: two people.
    #[must_use]
    pub fn allowed(self) -> TwoPeople {
        TwoPeople { pair: self.pair }
    }
}

impl Established {
    /// The pair that is one person.
    #[must_use]
    pub fn pair(&self) -> &Pair {
        &self.pair
    }

    /// The officer who answers for it.
    #[must_use]
    pub fn officer(&self) -> &ActorId {
        &self.officer
    }
}

impl core::fmt::Display for ProposalRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::OwnProposal => "whoever proposed that two records are one cannot decide it",
            Self::NoTimeToAppeal => "a notice leaves time to appeal",
            Self::NoticeBeforeDecision => "a notice is not dated before the decision it tells of",
            Self::StillOpen => "the time to appeal has not passed",
            Self::TooLate => "the time to appeal has passed",
        })
    }
}

impl core::error::Error for ProposalRefusal {}

impl Refusal for ProposalRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::OwnProposal => "matching.own_proposal",
            Self::NoTimeToAppeal => "matching.no_time_to_appeal",
            Self::NoticeBeforeDecision => "matching.notice_before_decision",
            Self::StillOpen => "matching.appeal_open",
            Self::TooLate => "matching.appeal_late",
        }
    }
}

#[cfg(test)]
mod tests;
