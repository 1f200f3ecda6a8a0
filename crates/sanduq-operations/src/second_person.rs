//! Which acts on accounts need a second person. Whoever could make an account that decides could
//! decide alone, and whoever could make two clerks could type a sheet twice (INV-28): so one
//! proposes, another of the same administration answers, and neither is the person whom it is about
//! (requirements C.2 column 7, C.3; C2.20 keeps the administrations apart, so that neither answers
//! for the other).
//!
//! ```text
//! proposed ── another approves, in time ─▶ done, half a first password to each
//!     ├────── another refuses ─▶ refused; whoever proposed withdraws ─▶ withdrawn
//!     └────── a day has passed ─▶ void
//! ```

use crate::staff::Role;
use crate::staff::StaffRefusal;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;

/// How long a proposal waits (requirements C.3).
pub const WAITS: SignedDuration = SignedDuration::from_hours(24);

/// What is proposed about an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Matter {
    /// That it is opened.
    Enrol,
    /// That it is given another first password.
    Reset,
}

impl Matter {
    /// Its word in the store.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Enrol => "enrol",
            Self::Reset => "reset",
        }
    }

    /// The matter of a word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Enrol, Self::Reset]
            .into_iter()
            .find(|matter| matter.code() == code)
    }
}

/// Whether a role decides: on sheets, on publication, or on who may. What two clerks type alike
/// counts, so that a clerk is half of a decision.
#[must_use]
pub const fn decides(role: Role) -> bool {
    match role {
        Role::Clerk
        | Role::Adjudicator
        | Role::Supervisor
        | Role::ResultsOfficer
        | Role::Administrator => true,
        Role::Registrar | Role::StationHead | Role::OperationsOfficer | Role::Auditor => false,
    }
}

/// Whether a matter of an account of this role needs a second person; `headed` says whether the
/// station of a new head has one, let in or not.
#[must_use]
pub const fn needed(matter: Matter, role: Role, headed: bool) -> bool {
    match matter {
        Matter::Enrol => decides(role) || (headed && matches!(role, Role::StationHead)),
        Matter::Reset => decides(role),
    }
}

/// The role that administers in the name of an organ; none where the organ has no accounts.
#[must_use]
pub const fn administrator(organ: Organ) -> Option<Role> {
    match organ {
        Organ::Supervision => Some(Role::Supervisor),
        Organ::Technical => Some(Role::Administrator),
        Organ::Executive | Organ::Judiciary | Organ::Audit | Organ::External => None,
    }
}

/// Whether a proposal made now could be answered: `others` administer beside whoever proposes.
///
/// # Errors
/// [`StaffRefusal::NobodyToConfirm`].
pub const fn propose(others: u64) -> Result<(), StaffRefusal> {
    match others {
        0 => Err(StaffRefusal::NobodyToConfirm),
        _ => Ok(()),
    }
}

/// Whether `by` may approve at `now` what `proposer` proposed at `at` about the account `about`;
/// `stands` says whether the account of whoever proposed is still let in.
///
/// # Errors
/// The first [`StaffRefusal`] that applies: first who may at all.
pub fn approve(
    (proposer, at): (&ActorId, Timestamp),
    about: &ActorId,
    (by, now): (&ActorId, Timestamp),
    stands: bool,
) -> Result<(), StaffRefusal> {
    if by == proposer {
        return Err(StaffRefusal::OwnProposal);
    }
    if by == about {
        return Err(StaffRefusal::OwnAccount);
    }
    if now.duration_since(at) >= WAITS {
        return Err(StaffRefusal::ProposalExpired);
    }
    if !stands {
        return Err(StaffRefusal::ProposerSuspended);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_decides_is_made_by_two() {
        use Matter::*;
        for (matter, role, headed, two) in [
            (Enrol, Role::Clerk, false, true),
            (Enrol, Role::Clerk, true, true),
            (Enrol, Role::Registrar, false, false),
            (Enrol, Role::OperationsOfficer, false, false),
            (Enrol, Role::Auditor, false, false),
            (Enrol, Role::StationHead, false, false),
            (Enrol, Role::StationHead, true, true),
            (Enrol, Role::Adjudicator, false, true),
            (Enrol, Role::Supervisor, false, true),
            (Enrol, Role::ResultsOfficer, false, true),
            (Enrol, Role::Administrator, false, true),
            (Reset, Role::Clerk, false, true),
            (Reset, Role::StationHead, true, false),
            (Reset, Role::Adjudicator, false, true),
            (Reset, Role::Supervisor, false, true),
            (Reset, Role::ResultsOfficer, false, true),
            (Reset, Role::Administrator, false, true),
        ] {
            assert_eq!(needed(matter, role, headed), two, "{matter:?} {role:?}");
            assert_eq!(Matter::from_code(matter.code()), Some(matter));
        }
        // Whoever can make accounts is made by two, in each organ that has such a role.
        for organ in [Organ::Supervision, Organ::Technical] {
            assert!(administrator(organ).is_some_and(decides), "{organ:?}");
        }
    }

    #[test]
    fn another_person_answers_and_in_time() {
        use StaffRefusal::*;
        let id = |text: &str| ActorId::new(text).unwrap();
        let start = Timestamp::UNIX_EPOCH;
        for (by, hours, stands, answer) in [
            ("t-2", 0, true, Ok(())),
            ("t-2", 23, true, Ok(())),
            ("t-2", 23, false, Err(ProposerSuspended)),
            ("t-2", 24, true, Err(ProposalExpired)),
            ("t-1", 1, true, Err(OwnProposal)),
            ("t-1", 30, true, Err(OwnProposal)),
            ("e-9", 1, true, Err(OwnAccount)),
        ] {
            let now = start + SignedDuration::from_hours(hours);
            let told = approve((&id("t-1"), start), &id("e-9"), (&id(by), now), stands);
            assert_eq!(told, answer, "{by} after {hours}");
        }
        assert_eq!(propose(0), Err(NobodyToConfirm));
        assert_eq!(propose(1), Ok(()));
    }
}
