//! Log-ins and sessions.

use crate::nation::actor;
use crate::nation::at;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::account::Account;
use sanduq_store::trial::Trial;

fn account(id: &str, role: Role) -> Account {
    Account {
        id: ActorId::new(id).unwrap(),
        role,
        unit: (role == Role::StationHead).then(|| unit("c1-s1")),
        locale: Locale::Fa,
        active: true,
    }
}

async fn enrol(trial: &Trial, organ: Organ, staff: &[Account]) -> Result<(), StoreError> {
    let hashed = |account: &Account| (account.clone(), format!("$argon2id${}", account.id));
    let staff: Vec<_> = staff.iter().map(hashed).collect();
    trial
        .store
        .write(&actor(organ), at(0), async |w| {
            w.enrol_staff(&staff).await?;
            let entry = w.entry(Act::StaffEnrolled).with("count", staff.len());
            w.journal(entry);
            Ok(())
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_organ_enrols_and_sees_its_own() {
    let trial = Trial::start().await.unwrap();
    let ours = [
        account("e-1", Role::StationHead),
        account("t-1", Role::Administrator),
    ];
    let theirs = [account("s-1", Role::Supervisor)];
    enrol(&trial, Organ::Technical, &ours).await.unwrap();
    enrol(&trial, Organ::Supervision, &theirs).await.unwrap();
    for (organ, staff) in [
        (Organ::Technical, &theirs[..]),
        (Organ::Supervision, &ours[..]),
    ] {
        let renamed = Account {
            id: ActorId::new("x-1").unwrap(),
            ..staff[0].clone()
        };
        let refused = enrol(&trial, organ, &[renamed]).await.unwrap_err();
        assert_eq!(refused.code(), "store.not_permitted", "{organ:?}");
    }
    let refused = enrol(&trial, Organ::Executive, &ours).await.unwrap_err();
    assert_eq!(refused.code(), "store.not_permitted");
    let again = enrol(&trial, Organ::Technical, &ours).await.unwrap_err();
    assert_eq!(again.code(), "store.already_exists");
    for (access, seen) in [
        (Access::Technical, &ours[..]),
        (Access::Supervision, &theirs[..]),
    ] {
        let read = trial.store.read_as(access).await.unwrap();
        assert_eq!(read.accounts().await.unwrap(), seen);
    }
    for access in [
        Access::Public,
        Access::Executive,
        Access::Registrar,
        Access::Station,
    ] {
        let read = trial.store.read_as(access).await.unwrap();
        assert_eq!(
            read.accounts().await.unwrap_err().code(),
            "store.not_permitted"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_lives_until_it_ends() {
    let trial = Trial::start().await.unwrap();
    let staff = [account("e-1", Role::Clerk), account("e-2", Role::Clerk)];
    enrol(&trial, Organ::Technical, &staff).await.unwrap();
    let (store, id) = (&trial.store, &staff[0].id);
    let (found, hash) = store.account(id).await.unwrap().unwrap();
    assert_eq!((&found, hash.as_str()), (&staff[0], "$argon2id$e-1"));
    let nobody = ActorId::new("nobody").unwrap();
    assert!(store.account(&nobody).await.unwrap().is_none());
    let token = |byte| [byte; 32];
    let refused = store
        .open_session(&token(9), &nobody, at(0), at(10))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "store.unknown");
    store
        .open_session(&token(1), id, at(0), at(10))
        .await
        .unwrap();
    store
        .open_session(&token(2), id, at(0), at(100))
        .await
        .unwrap();
    for (byte, second, open) in [
        (1, -1, false),
        (1, 0, true),
        (1, 9, true),
        (1, 10, false),
        (2, 10, true),
        (3, 5, false),
    ] {
        let session = store.session(&token(byte), at(second)).await.unwrap();
        assert_eq!(
            session.as_ref(),
            open.then_some(&staff[0]),
            "{byte} at {second}"
        );
    }
    store.close_session(&token(3), at(10)).await.unwrap();
    assert!(
        store.session(&token(1), at(5)).await.unwrap().is_none(),
        "expired ones are removed"
    );
    store.close_session(&token(2), at(10)).await.unwrap();
    assert!(store.session(&token(2), at(10)).await.unwrap().is_none());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_switched_off_is_out_at_once() {
    let trial = Trial::start().await.unwrap();
    let staff = [account("e-1", Role::Clerk)];
    enrol(&trial, Organ::Technical, &staff).await.unwrap();
    let (store, id) = (&trial.store, &staff[0].id);
    store
        .open_session(&[1; 32], id, at(0), at(100))
        .await
        .unwrap();
    let switch = |organ, active| async move {
        let switched: Result<(), StoreError> = store
            .write(&actor(organ), at(1), async |w| {
                w.set_active(id, active).await?;
                let entry = w.entry(Act::StaffEnrolled);
                w.journal(entry);
                Ok(())
            })
            .await;
        switched
    };
    let hidden = switch(Organ::Supervision, false).await.unwrap_err();
    assert_eq!(hidden.code(), "store.unknown", "row security hides it");
    switch(Organ::Technical, false).await.unwrap();
    assert!(store.session(&[1; 32], at(2)).await.unwrap().is_none());
    assert!(store.account(id).await.unwrap().is_none());
    let refused = store
        .open_session(&[2; 32], id, at(2), at(3))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "store.unknown");
    switch(Organ::Technical, true).await.unwrap();
    assert!(store.session(&[1; 32], at(2)).await.unwrap().is_some());
}
