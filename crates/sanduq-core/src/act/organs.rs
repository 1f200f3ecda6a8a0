//! Which organ may do which act (requirements C.1). One table: the rules ask it before they act,
//! the store before it commits, and whoever checks a published journal asks it again.

use super::Act;
use super::Organ;

const EXECUTIVE: &[Organ] = &[Organ::Executive];
const SUPERVISION: &[Organ] = &[Organ::Supervision];
/// The two organs whose signatures make a decision (INV-28, INV-48).
const BOTH: &[Organ] = &[Organ::Executive, Organ::Supervision];
/// Each organ enrols its own; technical operators enrol for the executive.
const ENROLS: &[Organ] = &[Organ::Executive, Organ::Supervision, Organ::Technical];

impl Act {
    /// The organs that may do it. An act of two organs is journaled by the one that signs second.
    #[must_use]
    pub const fn organs(self) -> &'static [Organ] {
        match self {
            Self::EventCalled
            | Self::LawAdopted
            | Self::GeographyAdopted
            | Self::AgencyBatchApplied
            | Self::RollFrozen
            | Self::VotersPlaced
            | Self::CandidatesAdopted
            | Self::StaffAssigned
            | Self::StaffReplaced
            | Self::StationsOpened
            | Self::CheckInsRecorded
            | Self::TurnoutReported
            | Self::QueueCounted
            | Self::TokensSettled
            | Self::StationsClosed
            | Self::ImportBegun
            | Self::SheetReceived
            | Self::SheetFirstEntered
            | Self::SheetSecondEntered
            | Self::SheetCorrected
            | Self::SheetAccepted
            | Self::SheetQuarantined
            | Self::SheetImaged
            | Self::LotDrawn
            | Self::ResultProposed
            | Self::SeatsAllotted
            | Self::PublicationSealed => EXECUTIVE,
            Self::CandidateFiguresReleased
            | Self::SheetProposed
            | Self::SheetProposalRefused
            | Self::SheetAdjudicated
            | Self::SheetReturned
            | Self::SheetSuperseded => BOTH,
            Self::ResultProposalRefused | Self::ResultCertified => SUPERVISION,
            Self::StaffEnrolled
            | Self::StaffSuspended
            | Self::StaffReadmitted
            | Self::StaffProposed
            | Self::StaffResetProposed
            | Self::StaffProposalRefused
            | Self::StaffProposalApproved
            | Self::StaffPasswordReset => ENROLS,
        }
    }

    /// Whether the organ may do it.
    #[must_use]
    pub fn may_be_done_by(self, organ: Organ) -> bool {
        self.organs().contains(&organ)
    }
}
