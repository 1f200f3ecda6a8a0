//! What two persons agree on about an account, and the halves of its first password.

use crate::first_password::account;
use crate::first_password::enrol;
use crate::first_password::id;
use crate::nation::actor;
use crate::nation::at;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_operations::first_password::First;
use sanduq_operations::second_person::Matter;
use sanduq_operations::second_person::WAITS;
use sanduq_operations::staff::Role;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::account::Account;
use sanduq_store::proposal::Proposal;
use sanduq_store::trial::Trial;

/// What is kept of the halves of a first password that two persons give.
const FIRST_HALF: &str = "$argon2id$half";
const SECOND_HALF: &str = "half:two";

fn proposal(matter: Matter, account: Account, second: i64) -> Proposal {
    Proposal {
        matter,
        account,
        by: id("t-1"),
        at: at(second),
    }
}

/// Who proposes: somebody of the administration whose accounts these are.
fn administering(proposal: &Proposal) -> Actor {
    actor(match proposal.account.role {
        Role::Supervisor => Organ::Supervision,
        _ => Organ::Technical,
    })
}

async fn propose(trial: &Trial, proposal: &Proposal) -> Result<(), StoreError> {
    trial
        .store
        .write(&administering(proposal), proposal.at, async |w| {
            w.propose_account(proposal, FIRST_HALF).await?;
            let entry = w.entry(Act::StaffProposed);
            w.journal(entry);
            Ok(())
        })
        .await
}

async fn carry_out(trial: &Trial, proposal: &Proposal) -> Result<(), StoreError> {
    trial
        .store
        .write(&actor(Organ::Technical), at(3), async |w| {
            let first = First::given(at(3));
            match proposal.matter {
                Matter::Enrol => {
                    w.enrol_staff(&[(proposal.account.clone(), SECOND_HALF.to_owned())])
                        .await?;
                }
                Matter::Reset => {
                    w.give_password(&proposal.account.id, SECOND_HALF, first)
                        .await?;
                }
            }
            w.settle_proposal(proposal).await?;
            let entry = w.entry(Act::StaffProposalApproved);
            w.journal(entry);
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn from_two_on_nobody_makes_an_account_that_decides_alone() {
    let trial = Trial::start().await.unwrap();
    let enrolled = async |number: &str, role| {
        let done = enrol(&trial, &[account(number, role, None)]).await;
        done.map_err(|error| error.code())
    };
    // As long as there are not two, there is nobody to agree.
    assert_eq!(enrolled("e-1", Role::Adjudicator).await, Ok(()));
    assert_eq!(enrolled("t-1", Role::Administrator).await, Ok(()));
    assert_eq!(enrolled("t-2", Role::Administrator).await, Ok(()));
    let alone = Err("staff.second_person");
    for (number, role, answer) in [
        ("t-3", Role::Administrator, alone),
        ("e-2", Role::Adjudicator, alone),
        ("e-3", Role::ResultsOfficer, alone),
        ("e-4", Role::Registrar, Ok(())),
        ("e-7", Role::Clerk, alone),
        ("e-8", Role::OperationsOfficer, Ok(())),
        ("e-5", Role::StationHead, Ok(())),
        ("e-6", Role::StationHead, alone),
        ("a-1", Role::Auditor, Ok(())),
        ("s-1", Role::Supervisor, Ok(())),
        ("s-2", Role::Supervisor, Ok(())),
        ("s-3", Role::Supervisor, alone),
    ] {
        assert_eq!(enrolled(number, role).await, answer, "{number}");
    }
    let reset = proposal(Matter::Reset, account("e-1", Role::Adjudicator, None), 1);
    assert_eq!(
        carry_out(&trial, &reset).await.unwrap_err().code(),
        "staff.second_person"
    );
    propose(&trial, &reset).await.unwrap();
    carry_out(&trial, &reset).await.unwrap();
    let (own, hash) = trial.store.account(&id("e-1")).await.unwrap().unwrap();
    assert!(own.first.is_some());
    assert_eq!(hash, format!("{FIRST_HALF} {SECOND_HALF}"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_is_carried_out_once() {
    let trial = Trial::start().await.unwrap();
    let two = [
        account("t-1", Role::Administrator, None),
        account("t-2", Role::Administrator, None),
    ];
    enrol(&trial, &two).await.unwrap();
    let new = proposal(Matter::Enrol, account("e-1", Role::Adjudicator, None), 1);
    propose(&trial, &new).await.unwrap();
    let again = propose(&trial, &new).await.unwrap_err();
    assert_eq!(again.code(), "staff.already_proposed");
    let read = trial.store.read_as(Access::Supervision).await.unwrap();
    assert_eq!(read.proposals().await.unwrap(), [], "not the supervision's");
    let read = trial.store.read_as(Access::Technical).await.unwrap();
    assert_eq!(read.proposals().await.unwrap(), std::slice::from_ref(&new));
    drop(read);
    let (one, other) = tokio::join!(carry_out(&trial, &new), carry_out(&trial, &new));
    let done = [&one, &other]
        .into_iter()
        .filter(|done| done.is_ok())
        .count();
    assert_eq!(done, 1, "{one:?} {other:?}");
    let taken = propose(&trial, &new).await.unwrap_err();
    assert_eq!(taken.code(), "staff.number_taken");

    // After a day it gives way to another.
    let stale = proposal(Matter::Enrol, account("e-2", Role::Adjudicator, None), 1);
    propose(&trial, &stale).await.unwrap();
    let day = WAITS.as_secs();
    let soon = Proposal {
        at: at(day),
        ..stale.clone()
    };
    assert_eq!(
        propose(&trial, &soon).await.unwrap_err().code(),
        "staff.already_proposed"
    );
    let later = Proposal {
        at: at(day + 1),
        ..stale.clone()
    };
    propose(&trial, &later).await.unwrap();
    let gone = carry_out(&trial, &stale).await.unwrap_err();
    assert_eq!(gone.code(), "store.conflict");
}

/// Whoever approves puts their half behind that of whoever proposed: they neither read the first
/// nor leave it out.
#[tokio::test(flavor = "multi_thread")]
async fn whoever_approves_gives_one_half_of_the_password_and_no_more() {
    let trial = Trial::start().await.unwrap();
    let two = [
        account("t-1", Role::Administrator, None),
        account("t-2", Role::Administrator, None),
    ];
    enrol(&trial, &two).await.unwrap();
    let new = proposal(Matter::Enrol, account("e-1", Role::Clerk, None), 1);
    propose(&trial, &new).await.unwrap();
    let whole = enrol(&trial, std::slice::from_ref(&new.account)).await;
    assert_eq!(whole.unwrap_err().code(), "staff.second_person");
    let program = trial.connect("sanduq_program").await.unwrap();
    for organ in ["technical", "supervision"] {
        let role = format!("SET ROLE sanduq_{organ}");
        program.batch_execute(&role).await.unwrap();
        let read = program.query("SELECT half_hash FROM staff.proposal", &[]);
        let code = read.await.unwrap_err().code().unwrap().code().to_owned();
        assert_eq!(code, "42501", "{organ}");
        program.batch_execute("RESET ROLE").await.unwrap();
    }
    carry_out(&trial, &new).await.unwrap();
    let (_, hash) = trial.store.account(&id("e-1")).await.unwrap().unwrap();
    assert_eq!(hash, format!("{FIRST_HALF} {SECOND_HALF}"));
}

/// Neither administration sees what the other proposes; a number that one of them proposed and
/// nobody answered for is free again after a day for both.
#[tokio::test(flavor = "multi_thread")]
async fn an_expired_proposal_holds_no_number_from_the_other_administration() {
    let trial = Trial::start().await.unwrap();
    let first = proposal(Matter::Enrol, account("x-1", Role::Adjudicator, None), 1);
    propose(&trial, &first).await.unwrap();
    let other = |second| Proposal {
        by: id("s-1"),
        ..proposal(
            Matter::Enrol,
            account("x-1", Role::Supervisor, None),
            second,
        )
    };
    let day = WAITS.as_secs();
    let early = propose(&trial, &other(day)).await.unwrap_err();
    assert_eq!(early.code(), "staff.already_proposed");
    propose(&trial, &other(day + 1)).await.unwrap();
    let read = trial.store.read_as(Access::Technical).await.unwrap();
    assert_eq!(read.proposals().await.unwrap(), []);
    drop(read);
    let back = propose(
        &trial,
        &Proposal {
            at: at(day + 2),
            ..first
        },
    )
    .await;
    assert_eq!(back.unwrap_err().code(), "staff.already_proposed");
}
