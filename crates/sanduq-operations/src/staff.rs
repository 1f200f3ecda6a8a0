//! Staff: which roles there are, in the name of which organ each acts, and who may not be both.
//! (Requirements C.1, C.2, SD-01.)

use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
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

/// Why a person cannot take a role, or an account cannot change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StaffRefusal {
    /// The text is no service number.
    NumberUnfit,
    /// There is no such role.
    RoleUnknown,
    /// There is no such language.
    LocaleUnknown,
    /// Another organ enrols this role: the supervision its own, administrators all others (C2.20).
    OtherOrgan,
    /// The role is for one station.
    UnitNeeded,
    /// There is no such unit, or it is none that the role can be limited to.
    UnitUnknown,
    /// Somebody has the service number.
    NumberTaken,
    /// The person acts for another organ in this event (SD-01).
    TwoOrgans,
    /// The person has the role already.
    AlreadyEnrolled,
    /// Nobody lets themselves in or out.
    OwnAccount,
    /// The account is in this state already.
    AlreadySo,
    /// Nobody would be left who lets others in.
    LastOne,
    /// The account was suspended before the act was on record.
    Suspended,
    /// Nobody acts before they have set a password of their own.
    OwnPasswordFirst,
    /// A second person has to agree: nobody makes or resets such an account alone.
    SecondPerson,
    /// There is nobody who could agree.
    NobodyToConfirm,
    /// Something is proposed about the account and waits.
    AlreadyProposed,
    /// Nobody answers what they have proposed themselves.
    OwnProposal,
    /// The proposal has waited too long.
    ProposalExpired,
    /// Whoever proposed it is not let in any more.
    ProposerSuspended,
}

impl Refusal for StaffRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NumberUnfit => "staff.number_unfit",
            Self::RoleUnknown => "staff.role_unknown",
            Self::LocaleUnknown => "staff.locale_unknown",
            Self::OtherOrgan => "staff.other_organ",
            Self::UnitNeeded => "staff.unit_needed",
            Self::UnitUnknown => "staff.unit_unknown",
            Self::NumberTaken => "staff.number_taken",
            Self::TwoOrgans => "staff.two_organs",
            Self::AlreadyEnrolled => "staff.already_enrolled",
            Self::OwnAccount => "staff.own_account",
            Self::AlreadySo => "staff.already_so",
            Self::LastOne => "staff.last_one",
            Self::Suspended => "staff.suspended",
            Self::OwnPasswordFirst => "staff.own_password_first",
            Self::SecondPerson => "staff.second_person",
            Self::NobodyToConfirm => "staff.nobody_to_confirm",
            Self::AlreadyProposed => "staff.already_proposed",
            Self::OwnProposal => "staff.own_proposal",
            Self::ProposalExpired => "staff.proposal_expired",
            Self::ProposerSuspended => "staff.proposer_suspended",
        }
    }
}

impl core::fmt::Display for StaffRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NumberUnfit => "a service number is letters, digits and dashes",
            Self::RoleUnknown => "there is no such role",
            Self::LocaleUnknown => "there is no such language",
            Self::OtherOrgan => "another organ enrols this role",
            Self::UnitNeeded => "the role is for one station",
            Self::UnitUnknown => "the role cannot be limited to this unit",
            Self::NumberTaken => "somebody has the service number",
            Self::TwoOrgans => "a person acts in the name of one organ in an event",
            Self::AlreadyEnrolled => "the person has this role already",
            Self::OwnAccount => "nobody suspends or readmits their own account",
            Self::AlreadySo => "the account is in this state already",
            Self::LastOne => "nobody would be left who lets others in",
            Self::Suspended => "the account was suspended",
            Self::OwnPasswordFirst => "nobody acts before they have set a password of their own",
            Self::SecondPerson => "a second person has to agree",
            Self::NobodyToConfirm => "there is nobody who could agree",
            Self::AlreadyProposed => "something is proposed about the account and waits",
            Self::OwnProposal => "nobody answers what they have proposed themselves",
            Self::ProposalExpired => "the proposal has waited too long",
            Self::ProposerSuspended => "whoever proposed it is not let in any more",
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

/// What the unit of a role is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// None: the whole nation.
    Nation,
    /// A polling station.
    Station,
    /// A unit that is no station.
    Unit,
    /// A code that no unit has.
    Unknown,
}

/// Whether an organ enrols a role and switches its accounts: the supervision its own, technical
/// operators all others (C2.20).
#[must_use]
pub fn administers(organ: Organ, role: Role) -> bool {
    match organ {
        Organ::Supervision => role.organ() == Organ::Supervision,
        Organ::Technical => role.organ() != Organ::Supervision,
        Organ::Executive | Organ::Judiciary | Organ::Audit | Organ::External => false,
    }
}

/// Whether an account of this role and scope may be opened in the name of `by`.
///
/// # Errors
/// The first [`StaffRefusal`] that applies: first who may do it at all, then the scope.
pub fn open_account(by: Organ, role: Role, scope: Scope) -> Result<(), StaffRefusal> {
    if !administers(by, role) {
        return Err(StaffRefusal::OtherOrgan);
    }
    match (role, scope) {
        (_, Scope::Unknown) | (Role::StationHead, Scope::Unit) => Err(StaffRefusal::UnitUnknown),
        (Role::StationHead, Scope::Nation) => Err(StaffRefusal::UnitNeeded),
        _ => Ok(()),
    }
}

/// Whether `by` may let the account `id`, which is `active` or not, in (`to`) or no longer.
///
/// # Errors
/// The first [`StaffRefusal`] that applies: first that it is one's own.
pub fn switch(by: &ActorId, id: &ActorId, active: bool, to: bool) -> Result<(), StaffRefusal> {
    if by == id {
        return Err(StaffRefusal::OwnAccount);
    }
    if active == to {
        return Err(StaffRefusal::AlreadySo);
    }
    Ok(())
}

/// Whether `by` may give the account `id` another first password.
///
/// # Errors
/// [`StaffRefusal::OwnAccount`]: whoever sits at somebody's keyboard would keep the account.
pub fn reset(by: &ActorId, id: &ActorId) -> Result<(), StaffRefusal> {
    match by == id {
        true => Err(StaffRefusal::OwnAccount),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_organ_opens_accounts_of_its_own() {
        use Organ::*;
        use StaffRefusal::*;
        for (by, role, scope, answer) in [
            (Technical, Role::Clerk, Scope::Nation, Ok(())),
            (Technical, Role::Clerk, Scope::Unit, Ok(())),
            (Technical, Role::Clerk, Scope::Unknown, Err(UnitUnknown)),
            (Technical, Role::StationHead, Scope::Station, Ok(())),
            (Technical, Role::StationHead, Scope::Nation, Err(UnitNeeded)),
            (Technical, Role::StationHead, Scope::Unit, Err(UnitUnknown)),
            (Technical, Role::Administrator, Scope::Nation, Ok(())),
            (Technical, Role::Supervisor, Scope::Nation, Err(OtherOrgan)),
            (Technical, Role::Supervisor, Scope::Unknown, Err(OtherOrgan)),
            (Supervision, Role::Supervisor, Scope::Nation, Ok(())),
            (Supervision, Role::Clerk, Scope::Nation, Err(OtherOrgan)),
            (Executive, Role::Clerk, Scope::Nation, Err(OtherOrgan)),
            (Audit, Role::Auditor, Scope::Nation, Err(OtherOrgan)),
        ] {
            assert_eq!(
                open_account(by, role, scope),
                answer,
                "{by:?} {role:?} {scope:?}"
            );
        }
    }

    #[test]
    fn nobody_suspends_himself_and_nothing_happens_twice() {
        let id = |text: &str| ActorId::new(text).unwrap();
        for (by, of, active, to, answer) in [
            ("t-1", "e-1", true, false, Ok(())),
            ("t-1", "e-1", false, true, Ok(())),
            ("t-1", "t-1", true, false, Err(StaffRefusal::OwnAccount)),
            ("t-1", "t-1", true, true, Err(StaffRefusal::OwnAccount)),
            ("t-1", "e-1", true, true, Err(StaffRefusal::AlreadySo)),
            ("t-1", "e-1", false, false, Err(StaffRefusal::AlreadySo)),
        ] {
            assert_eq!(switch(&id(by), &id(of), active, to), answer, "{by} {of}");
            assert_eq!(reset(&id(by), &id(of)).is_err(), by == of, "{by} {of}");
        }
    }

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
