//! First passwords, and acts in flight when their actor is suspended.

use crate::nation::actor;
use crate::nation::at;
use crate::nation::unit;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_operations::first_password::First;
use sanduq_operations::staff::Role;
use sanduq_store::StoreError;
use sanduq_store::account::Account;
use sanduq_store::trial::Trial;
use tokio::sync::oneshot;

const HASH: &str = "$argon2id$one";

pub fn id(text: &str) -> ActorId {
    ActorId::new(text).unwrap()
}

pub fn account(number: &str, role: Role, first: Option<First>) -> Account {
    Account {
        id: id(number),
        role,
        unit: (role == Role::StationHead).then(|| unit("c1-s1")),
        locale: Locale::Fa,
        active: true,
        first,
    }
}

pub async fn enrol(trial: &Trial, staff: &[Account]) -> Result<(), StoreError> {
    let staff: Vec<_> = staff
        .iter()
        .map(|one| (one.clone(), HASH.to_owned()))
        .collect();
    let by = actor(staff[0].0.role.organ());
    let by = match by.organ {
        Organ::Supervision => by,
        _ => actor(Organ::Technical),
    };
    trial
        .store
        .write(&by, at(0), async |w| {
            w.enrol_staff(&staff).await?;
            let entry = w.entry(Act::StaffEnrolled);
            w.journal(entry);
            Ok(())
        })
        .await
}

async fn suspend(trial: &Trial, number: &str) -> Result<(), StoreError> {
    trial
        .store
        .write(&actor(Organ::Technical), at(1), async |w| {
            w.set_active(&id(number), false).await?;
            let entry = w.entry(Act::StaffSuspended);
            w.journal(entry.with("staff", number));
            Ok(())
        })
        .await
}

fn clerk(number: &str) -> Actor {
    Actor {
        id: id(number),
        organ: Organ::Executive,
    }
}

/// An act of the executive that waits for a word before it ends.
async fn act(
    trial: &Trial,
    by: &Actor,
    begun: oneshot::Sender<()>,
    go: oneshot::Receiver<()>,
) -> Result<(), StoreError> {
    trial
        .store
        .write(by, at(2), async |w| {
            begun.send(()).unwrap();
            go.await.unwrap();
            let entry = w.entry(Act::SheetReceived);
            w.journal(entry.with("station", "c1-s1"));
            Ok(())
        })
        .await
}

async fn size(trial: &Trial) -> u64 {
    trial.store.read().await.unwrap().head().await.unwrap().size
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_in_flight_does_not_land_after_the_suspension() {
    let trial = Trial::start().await.unwrap();
    enrol(&trial, &[account("e-1", Role::Clerk, None)])
        .await
        .unwrap();
    let by = clerk("e-1");
    let (begun, has_begun) = oneshot::channel();
    let (go, going) = oneshot::channel();
    let suspended = async {
        has_begun.await.unwrap();
        suspend(&trial, "e-1").await.unwrap();
        let size = size(&trial).await;
        go.send(()).unwrap();
        size
    };
    let (acted, before) = tokio::join!(act(&trial, &by, begun, going), suspended);
    assert_eq!(acted.unwrap_err().code(), "staff.suspended");
    assert_eq!(size(&trial).await, before, "no entry behind the suspension");
}

/// Two connections, each in its transaction: whoever holds the account first is first.
#[tokio::test(flavor = "multi_thread")]
async fn an_act_and_a_suspension_wait_for_one_another() {
    let trial = Trial::start().await.unwrap();
    enrol(&trial, &[account("e-1", Role::Clerk, None)])
        .await
        .unwrap();
    // A suspension that has not committed yet.
    let other = trial.connect("sanduq_program").await.unwrap();
    let open = "BEGIN; SET LOCAL ROLE sanduq_technical;
        UPDATE staff.account SET active = false WHERE id = 'e-1'";
    other.batch_execute(open).await.unwrap();
    let by = clerk("e-1");
    let (begun, _has_begun) = oneshot::channel();
    let (go, going) = oneshot::channel();
    go.send(()).unwrap();
    let acting = act(&trial, &by, begun, going);
    let commit = async {
        tokio::time::sleep(core::time::Duration::from_millis(200)).await;
        other.batch_execute("COMMIT").await.unwrap();
    };
    let (acted, ()) = tokio::join!(acting, commit);
    assert_eq!(
        acted.unwrap_err().code(),
        "staff.suspended",
        "it waited and saw it"
    );

    // An act that is on its way keeps the suspension waiting.
    enrol(&trial, &[account("e-2", Role::Clerk, None)])
        .await
        .unwrap();
    let open = "BEGIN; SET LOCAL ROLE sanduq_executive; SELECT staff.may_act('e-2')";
    other.batch_execute(open).await.unwrap();
    let soon = core::time::Duration::from_millis(300);
    let waiting = tokio::time::timeout(soon, suspend(&trial, "e-2")).await;
    assert!(waiting.is_err(), "it waits for the act");
    other.batch_execute("COMMIT").await.unwrap();
    suspend(&trial, "e-2").await.unwrap();
}

/// A log-in with the old password that overlaps a reset or a suspension leaves no session.
#[tokio::test(flavor = "multi_thread")]
async fn a_log_in_and_whatever_ends_sessions_wait_for_one_another() {
    let trial = Trial::start().await.unwrap();
    let staff = ["e-1", "e-2"].map(|number| account(number, Role::Clerk, None));
    enrol(&trial, &staff).await.unwrap();
    let other = trial.connect("sanduq_program").await.unwrap();
    let ends = [
        "password_hash = 'other', first_until_ns = 9",
        "active = false",
    ];
    for (number, end) in ["e-1", "e-2"].into_iter().zip(ends) {
        // A log-in that has not committed keeps the end of sessions waiting, and is ended by it.
        let open = format!(
            "BEGIN; SET LOCAL ROLE sanduq_login;
            SELECT staff.open_session(sha256('{number}'), '{number}', '{HASH}', 1, 9)"
        );
        other.batch_execute(&open).await.unwrap();
        let ending = trial.connect("sanduq_program").await.unwrap();
        let end = format!(
            "BEGIN; SET LOCAL ROLE sanduq_technical;
            UPDATE staff.account SET {end} WHERE id = '{number}'; COMMIT"
        );
        let commit = async {
            tokio::time::sleep(core::time::Duration::from_millis(200)).await;
            other.batch_execute("COMMIT").await.unwrap();
        };
        let (ended, ()) = tokio::join!(ending.batch_execute(&end), commit);
        ended.unwrap();
        let own = trial.connect("sanduq_program").await.unwrap();
        let left = "SET ROLE sanduq_login; SELECT 1 / (1 - count(*)) FROM staff.session";
        own.batch_execute(left).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_password_opens_one_session_and_nothing_is_done_in_it() {
    let trial = Trial::start().await.unwrap();
    let first = First {
        until: at(100),
        used: false,
    };
    let staff = [
        account("e-1", Role::Clerk, Some(first)),
        account("e-2", Role::Clerk, Some(first)),
    ];
    enrol(&trial, &staff).await.unwrap();
    let store = &trial.store;
    let open = |token: u8, number: &str, second| {
        let (token, number) = ([token; 32], id(number));
        async move {
            let opened = store.open_session(&token, (&number, HASH), at(second), at(second + 50));
            opened.await.map_err(|error| error.code())
        }
    };
    assert_eq!(open(1, "e-2", 100).await, Err("store.unknown"), "too late");
    let (one, other) = tokio::join!(open(2, "e-1", 5), open(3, "e-1", 5));
    let mut both = [one, other];
    both.sort();
    assert_eq!(
        both,
        [Ok(()), Err("store.unknown")],
        "of two log-ins one opens"
    );
    let token = match store.session(&[2; 32], at(6)).await.unwrap() {
        Some(_) => [2; 32],
        None => [3; 32],
    };
    let own = store.session(&token, at(6)).await.unwrap().unwrap();
    assert!(own.first.unwrap().used);
    let (begun, _has_begun) = oneshot::channel();
    let (go, going) = oneshot::channel();
    go.send(()).unwrap();
    let acted = act(&trial, &clerk("e-1"), begun, going).await;
    assert_eq!(acted.unwrap_err().code(), "staff.own_password_first");
    ones_own(&trial, token).await;
}

/// Whoever has the session sets their own password, once; nobody else does.
async fn ones_own(trial: &Trial, token: [u8; 32]) {
    let store = &trial.store;
    let set = store.set_own_password(&[9; 32], "x", at(7)).await.unwrap();
    assert_eq!(set, None, "nobody's session");
    let set = store.set_own_password(&token, "own", at(7)).await.unwrap();
    assert_eq!(set, Some(id("e-1")));
    assert_eq!(
        store.session(&token, at(8)).await.unwrap(),
        None,
        "it has ended"
    );
    let one = id("e-1");
    let stale = store.open_session(&[4; 32], (&one, HASH), at(8), at(9));
    assert_eq!(
        stale.await.unwrap_err().code(),
        "store.unknown",
        "another password by now"
    );
    let fresh = store.open_session(&[5; 32], (&one, "own"), at(8), at(90));
    fresh.await.unwrap();
    let again = store
        .set_own_password(&[5; 32], "third", at(9))
        .await
        .unwrap();
    assert_eq!(again, None, "only a first password is set anew");
    let (found, hash) = store.account(&id("e-1")).await.unwrap().unwrap();
    assert_eq!((found.first, hash.as_str()), (None, "own"));
}

/// A statement that gives a password.
fn give(number: &str, until: &str, used: bool) -> String {
    format!(
        "UPDATE staff.account SET password_hash = 'x', first_until_ns = {until},
            first_used = {used} WHERE id = '{number}'"
    )
}

/// What the roles of the database may not do with passwords.
#[tokio::test(flavor = "multi_thread")]
async fn an_organ_gives_first_passwords_and_nothing_else() {
    let trial = Trial::start().await.unwrap();
    enrol(&trial, &[account("e-1", Role::Clerk, None)])
        .await
        .unwrap();
    enrol(&trial, &[account("s-1", Role::Supervisor, None)])
        .await
        .unwrap();
    let first = First {
        until: at(100),
        used: false,
    };
    let newcomer = account("e-9", Role::Clerk, Some(first));
    enrol(&trial, &[newcomer]).await.unwrap();
    let client = trial.connect("sanduq_program").await.unwrap();
    for (role, sql, rows) in [
        ("technical", give("e-1", "7", false), Some(1)),
        ("technical", give("e-1", "NULL", false), None),
        ("technical", give("e-1", "7", true), None),
        ("technical", give("s-1", "7", false), Some(0)),
        ("supervision", give("s-1", "7", false), Some(1)),
        ("supervision", give("e-1", "7", false), Some(0)),
        ("executive", give("e-1", "7", false), None),
        ("login", give("e-1", "7", false), None),
        (
            "login",
            "UPDATE staff.account SET first_used = false WHERE id = 'e-9'".to_owned(),
            None,
        ),
        (
            "login",
            "INSERT INTO staff.session VALUES (sha256('x'), 'e-1', 1, 9)".to_owned(),
            None,
        ),
        (
            "technical",
            "SELECT password_hash FROM staff.account".to_owned(),
            None,
        ),
        ("executive", "SELECT * FROM staff.account".to_owned(), None),
        ("public", "SELECT staff.may_act('e-1')".to_owned(), None),
        ("public", "SELECT * FROM staff.proposal".to_owned(), None),
        ("executive", "SELECT * FROM staff.proposal".to_owned(), None),
    ] {
        let begin = format!("BEGIN; SET LOCAL ROLE sanduq_{role}");
        client.batch_execute(&begin).await.unwrap();
        let done = client.execute(sql.as_str(), &[]).await;
        client.batch_execute("ROLLBACK").await.unwrap();
        assert_eq!(done.as_ref().ok(), rows.as_ref(), "{role}: {sql}: {done:?}");
    }
}
