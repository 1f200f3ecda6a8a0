//! Staff: which roles there are, in the name of which organ each acts, and who may not be both.
//! (Requirements C.1, C.2, SD-01.)

use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;
use serde::Deserialize;
use serde::Serialize;

/// A role at a post; what each may do stands in the router's table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Builds and reads the roll.
    Registrar,
    /// Heads a station: opens, reports by the hour, closes, sends the sheet.
    StationHead,
    /// Types sheets.
    Clerk,
    /// Decides on quarantined sheets for the executive.
    Adjudicator,
    /// Decides on quarantined sheets for the supervision, and signs what needs two organs.
    Supervisor,
    /// Watches the day in the operations room.
    OperationsOfficer,
    /// Proposes the publication of a snapshot.
    ResultsOfficer,
    /// Enrols staff; has no right to content.
    Administrator,
    /// Reads everything, changes nothing.
    Auditor,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Registrar,
        Self::StationHead,
        Self::Clerk,
        Self::Adjudicator,
        Self::Supervisor,
        Self::OperationsOfficer,
        Self::ResultsOfficer,
        Self::Administrator,
        Self::Auditor,
    ];

    /// The word for the role in the store and the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Registrar => "registrar",
            Self::StationHead => "station_head",
            Self::Clerk => "clerk",
            Self::Adjudicator => "adjudicator",
            Self::Supervisor => "supervisor",
            Self::OperationsOfficer => "operations_officer",
            Self::ResultsOfficer => "results_officer",
            Self::Administrator => "administrator",
            Self::Auditor => "auditor",
        }
    }

    /// The role of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }

    /// The organ in whose name the role acts.
    #[must_use]
    pub const fn organ(self) -> Organ {
        match self {
            Self::Supervisor => Organ::Supervision,
            Self::Administrator => Organ::Technical,
            Self::Auditor => Organ::Audit,
            Self::Registrar
            | Self::StationHead
            | Self::Clerk
            | Self::Adjudicator
            | Self::OperationsOfficer
            | Self::ResultsOfficer => Organ::Executive,
        }
    }
}

/// Why a person cannot take a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRefusal {
    /// The person acts for another organ in this event (SD-01).
    TwoOrgans,
    /// The person has the role already.
    AlreadyEnrolled,
}

impl Refusal for StaffRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::TwoOrgans => "staff.two_organs",
            Self::AlreadyEnrolled => "staff.already_enrolled",
        }
    }
}

impl core::fmt::Display for StaffRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::TwoOrgans => "a person acts in the name of one organ in an event",
            Self::AlreadyEnrolled => "the person has this role already",
        })
    }
}

impl core::error::Error for StaffRefusal {}

/// Whether a person who has the roles `held` in this event may take `role` as well.
///
/// # Errors
/// [`StaffRefusal`] naming the reason.
pub fn enrol(held: &[Role], role: Role) -> Result<(), StaffRefusal> {
    if held.contains(&role) {
        return Err(StaffRefusal::AlreadyEnrolled);
    }
    if held.iter().any(|other| other.organ() != role.organ()) {
        return Err(StaffRefusal::TwoOrgans);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_acts_for_two_organs() {
        for held in Role::ALL {
            for role in Role::ALL {
                let answer = enrol(&[held], role);
                if held == role {
                    assert_eq!(answer, Err(StaffRefusal::AlreadyEnrolled));
                } else if held.organ() == role.organ() {
                    assert_eq!(answer, Ok(()));
                } else {
                    assert_eq!(answer, Err(StaffRefusal::TwoOrgans), "{held:?} {role:?}");
                }
            }
            assert_eq!(Role::from_code(held.code()), Some(held));
        }
        assert_eq!(enrol(&[], Role::Supervisor), Ok(()));
        assert_eq!(
            enrol(&[Role::Clerk, Role::StationHead], Role::Supervisor),
            Err(StaffRefusal::TwoOrgans)
        );
    }
}
