//! Why a step of a key ceremony is refused: one variant for each reason, each with a stable code.

use crate::refusal::Refusal;
use std::error::Error;
use std::fmt;

/// Why a step, a dealer or a complaint is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CeremonyRefusal {
    /// The threshold is 0 or above the number of members, or there are too many of them.
    Threshold,
    /// Two members have a key in common.
    MemberTwice,
    /// A certificate is not signed with its own key, or names another ceremony.
    Certificate,
    /// The step belongs to another ceremony.
    OtherCeremony,
    /// No member has this number.
    UnknownMember,
    /// The step was not signed by the member that it names, who is not to blame for it.
    Signature,
    /// The member has given two different files for one step.
    StepTwice,
    /// The member has given nothing for the step.
    Absent,
    /// The member names other files of the step before than those at hand.
    OtherTranscript,
    /// The coefficients are not those that the member had committed to.
    NotAsCommitted,
    /// The coefficients are not signed, not canonical, or more or fewer than the threshold.
    Coefficients,
    /// The dealer does not know the secret of its first coefficient.
    KeyProof,
    /// There is not one share for each member.
    Shares,
    /// A share does not lie on the dealer's polynomial.
    InconsistentShare,
    /// Dealers are excluded: a new ceremony is held without them.
    Excluded,
    /// A verification key does not follow from the coefficients, or is not proven.
    VerificationKey,
    /// The secret keys are not those of the certificate.
    OtherKey,
    /// The outcome is not one that the protocol accepts.
    Outcome(Refusal),
}

impl CeremonyRefusal {
    /// A stable name for programs and manuals.
    pub fn code(self) -> &'static str {
        self.words().0
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Threshold => ("threshold", "the threshold does not fit the members"),
            Self::MemberTwice => ("member_twice", "two members have a key in common"),
            Self::Certificate => ("certificate", "a certificate does not hold"),
            Self::OtherCeremony => ("other_ceremony", "the step is of another ceremony"),
            Self::UnknownMember => ("unknown_member", "no member has this number"),
            Self::Signature => ("signature", "the step is not signed by its member"),
            Self::StepTwice => ("step_twice", "a member has given two files for a step"),
            Self::Absent => ("absent", "a member has given nothing for a step"),
            Self::OtherTranscript => ("other_transcript", "a member was shown other files"),
            Self::NotAsCommitted => ("not_as_committed", "the coefficients were exchanged"),
            Self::Coefficients => ("coefficients", "the coefficients do not hold"),
            Self::KeyProof => ("key_proof", "the proof of a secret key does not hold"),
            Self::Shares => ("shares", "there is not one share for each member"),
            Self::InconsistentShare => ("inconsistent_share", "a share does not fit"),
            Self::Excluded => ("excluded", "dealers are excluded from the ceremony"),
            Self::VerificationKey => ("verification_key", "a verification key does not hold"),
            Self::OtherKey => ("other_key", "the secret keys belong to another certificate"),
            Self::Outcome(refusal) => (refusal.code(), "the outcome of the ceremony is refused"),
        }
    }
}

impl fmt::Display for CeremonyRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

impl Error for CeremonyRefusal {}
