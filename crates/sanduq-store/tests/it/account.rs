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
use sanduq_store::account::Accounts;
use sanduq_store::trial::Trial;

fn account(id: &str, role: Role) -> Account {
    Account {
        id: ActorId::new(id).unwrap(),
        role,
        unit: (role == Role::StationHead).then(|| unit("c1-s1")),
        locale: Locale::Fa,
        active: true,
        first: None,
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
        .open_session(&token(9), (&nobody, &hash), at(0), at(10))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "store.unknown");
    store
        .open_session(&token(1), (id, &hash), at(0), at(10))
        .await
        .unwrap();
    store
        .open_session(&token(2), (id, &hash), at(0), at(100))
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
        .open_session(&[1; 32], (id, "$argon2id$e-1"), at(0), at(100))
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
        .open_session(&[2; 32], (id, "$argon2id$e-1"), at(2), at(3))
        .await
        .unwrap_err();
    assert_eq!(refused.code(), "store.unknown");
    switch(Organ::Technical, true).await.unwrap();
    assert!(
        store.session(&[1; 32], at(2)).await.unwrap().is_none(),
        "a session does not live again"
    );
    assert!(store.account(id).await.unwrap().is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_of_ones_own_and_page_by_page() {
    let trial = Trial::start().await.unwrap();
    let ours: Vec<Account> = (1..=5)
        .map(|number| account(&format!("e-{number}"), Role::Clerk))
        .chain([account("h-1", Role::StationHead)])
        .collect();
    let theirs = [account("s-1", Role::Supervisor)];
    enrol(&trial, Organ::Technical, &ours).await.unwrap();
    enrol(&trial, Organ::Supervision, &theirs).await.unwrap();
    let clerks = Accounts {
        role: Some(Role::Clerk),
        ..Accounts::default()
    };
    let supervisors = Accounts {
        role: Some(Role::Supervisor),
        ..Accounts::default()
    };
    let heads = Accounts {
        unit: Some(unit("c1-s1")),
        ..Accounts::default()
    };
    let idle = Accounts {
        active: Some(false),
        ..Accounts::default()
    };
    let within = |units: &[&str]| Accounts {
        within: Some(units.iter().map(|code| unit(code)).collect()),
        ..Accounts::default()
    };
    let (there, elsewhere) = (within(&["c1-s1", "c1"]), within(&["c2"]));
    let (technical, supervision) = (Access::Technical, Access::Supervision);
    for (access, wanted, after, ids, count) in [
        (technical, &clerks, None, &["e-1", "e-2", "e-3"][..], 5),
        (technical, &clerks, Some("e-3"), &["e-4", "e-5"][..], 5),
        (technical, &heads, None, &["h-1"][..], 1),
        (technical, &idle, None, &[][..], 0),
        (technical, &there, None, &["h-1"][..], 1),
        (technical, &elsewhere, None, &[][..], 0),
        (technical, &supervisors, None, &[][..], 0),
        (supervision, &Accounts::default(), None, &["s-1"][..], 1),
        (supervision, &clerks, None, &[][..], 0),
    ] {
        let read = trial.store.read_as(access).await.unwrap();
        let after = after.map(|id| ActorId::new(id).unwrap());
        let (found, all) = read.staff(wanted, after.as_ref(), 3).await.unwrap();
        let found: Vec<&str> = found.iter().map(|one| one.id.as_str()).collect();
        assert_eq!((found.as_slice(), all), (ids, count), "{wanted:?}");
    }
    for (access, id, seen) in [
        (technical, "e-1", true),
        (technical, "s-1", false),
        (supervision, "s-1", true),
        (supervision, "e-1", false),
    ] {
        let read = trial.store.read_as(access).await.unwrap();
        let found = read.member(&ActorId::new(id).unwrap()).await.unwrap();
        assert_eq!(found.is_some(), seen, "{access:?} {id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_suspend_at_the_same_time_one_does() {
    let trial = Trial::start().await.unwrap();
    let staff = [account("e-1", Role::Clerk)];
    enrol(&trial, Organ::Technical, &staff).await.unwrap();
    let suspend = async || -> Result<(), StoreError> {
        trial
            .store
            .write(&actor(Organ::Technical), at(1), async |w| {
                w.set_active(&staff[0].id, false).await?;
                let entry = w.entry(Act::StaffSuspended).with("staff", "e-1");
                w.journal(entry);
                Ok(())
            })
            .await
    };
    let (one, other) = tokio::join!(suspend(), suspend());
    let codes = [one, other].map(|done| done.map_or_else(|e| e.code(), |()| "done"));
    assert!(
        codes == ["done", "store.conflict"] || codes == ["store.conflict", "done"],
        "{codes:?}"
    );
    let head = trial.store.read().await.unwrap().head().await.unwrap();
    assert_eq!(head.size, 2, "one entry of the two");
}

/// Two administrators at the same second, each against the other: somebody is left.
#[tokio::test(flavor = "multi_thread")]
async fn somebody_is_left_who_lets_others_in() {
    let trial = Trial::start().await.unwrap();
    let staff = [
        account("t-1", Role::Administrator),
        account("t-2", Role::Administrator),
        account("e-1", Role::Registrar),
    ];
    enrol(&trial, Organ::Technical, &staff).await.unwrap();
    let suspend = async |nth: usize| -> Result<(), StoreError> {
        trial
            .store
            .write(&actor(Organ::Technical), at(1), async |w| {
                w.set_active(&staff[nth].id, false).await?;
                let entry = w.entry(Act::StaffSuspended);
                w.journal(entry.with("staff", &staff[nth].id));
                Ok(())
            })
            .await
    };
    let (one, other) = tokio::join!(suspend(0), suspend(1));
    let mut codes = [one, other].map(|done| done.map_or_else(|e| e.code(), |()| "done"));
    codes.sort_unstable();
    assert_eq!(codes, ["done", "staff.last_one"]);
    suspend(2).await.unwrap();
}

/// The database itself binds the organ to the role: no administrator writes a supervisor's row.
#[tokio::test(flavor = "multi_thread")]
async fn the_organ_follows_from_the_role() {
    let trial = Trial::start().await.unwrap();
    let client = trial.connect("sanduq_program").await.unwrap();
    client
        .batch_execute("SET ROLE sanduq_technical")
        .await
        .unwrap();
    for (organ, role, taken) in [
        ("technical", "supervisor", false),
        ("executive", "supervisor", false),
        ("executive", "administrator", false),
        ("technical", "adjudicator", false),
        ("executive", "adjudicator", true),
        ("audit", "auditor", true),
    ] {
        let sql = format!(
            "INSERT INTO staff.account (id, organ, role, locale, active, password_hash)
            VALUES ('{organ}-{role}', '{organ}', '{role}', 'ar', true, 'x')"
        );
        let done = client.batch_execute(&sql).await;
        assert_eq!(done.is_ok(), taken, "{organ} {role}: {done:?}");
    }
}
