//! A station counts once at most (INV-26), whoever decides at the same second, and whatever an
//! organ tries past our code.

use crate::nation::accepted;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::sheet::finding;
use crate::sheet::save;
use core::time::Duration;
use sanduq_count::sheet::SheetState;
use sanduq_store::StoreRefusal;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;
use tokio_postgres::Client;

/// Another row of the same key.
const TWICE: &str = "23505";
/// A transaction that cannot see what others have committed since it began.
const OTHER_ISOLATION: &str = "25001";

/// Three versions of one sheet, all held back.
async fn three_held_back() -> Trial {
    let trial = founded().await;
    for version in 1..=3 {
        let held = SheetState::Quarantined {
            figures: figures([10, 1], [6, 4]),
            findings: vec![finding()],
            proposal: None,
        };
        let sheet = (key("president", "c1-s1"), version);
        save(&trial, Revision::NONE, sheet, held).await.unwrap();
    }
    trial
}

async fn executive(trial: &Trial) -> Client {
    let client = trial.connect("sanduq_program").await.unwrap();
    client
        .batch_execute("SET ROLE sanduq_executive")
        .await
        .unwrap();
    client
}

async fn put(client: &Client, version: u32, state: &str) -> Result<(), String> {
    let sql = format!(
        "UPDATE votes.sheet SET state = '{state}', revision = revision + 1
        WHERE version = {version}"
    );
    let answer = client.batch_execute(&sql).await;
    answer.map_err(|e| e.code().unwrap().code().to_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_versions_counted_at_the_same_second_one_is() {
    let trial = three_held_back().await;
    let (one, other) = (executive(&trial).await, executive(&trial).await);
    for (first, second) in [(1, 2), (2, 1), (2, 3), (3, 2), (1, 3), (3, 1)] {
        for client in [&one, &other] {
            client.batch_execute("BEGIN").await.unwrap();
        }
        put(&one, first, "accepted").await.unwrap();
        let late = async {
            let refused = put(&other, second, "accepted").await;
            other.batch_execute("ROLLBACK").await.unwrap();
            refused
        };
        let early = async {
            // The other one waits by now, or would have been let through.
            tokio::time::sleep(Duration::from_millis(100)).await;
            one.batch_execute("COMMIT").await.unwrap();
        };
        let (refused, ()) = tokio::join!(late, early);
        assert_eq!(refused, Err(TWICE.to_owned()), "{second} beside {first}");
        put(&one, first, "quarantined").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_see_what_others_commit_counts_no_sheet() {
    let trial = three_held_back().await;
    let client = executive(&trial).await;
    for level in ["REPEATABLE READ", "SERIALIZABLE"] {
        client
            .batch_execute(&format!("BEGIN ISOLATION LEVEL {level}"))
            .await
            .unwrap();
        let refused = put(&client, 2, "accepted").await;
        assert_eq!(refused, Err(OTHER_ISOLATION.to_owned()), "{level}");
        client.batch_execute("ROLLBACK").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_counts_as_it_comes_is_the_only_one() {
    let trial = three_held_back().await;
    let client = executive(&trial).await;
    put(&client, 1, "accepted").await.unwrap();
    let fourth = (key("president", "c1-s1"), 4);
    let counts = accepted(figures([10, 1], [6, 4]));
    let refused = save(&trial, Revision::NONE, fourth.clone(), counts.clone()).await;
    assert_eq!(refused, Err(StoreRefusal::Conflict.into()));
    put(&client, 1, "quarantined").await.unwrap();
    save(&trial, Revision::NONE, fourth, counts).await.unwrap();
    assert_eq!(
        put(&client, 1, "accepted").await,
        Err(TWICE.to_owned()),
        "the fourth counts"
    );
}
