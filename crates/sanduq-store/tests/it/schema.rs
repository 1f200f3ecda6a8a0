//! Steps of the schema: on a store that has data, by two programs at once, and by an older one.

use crate::nation::event;
use crate::nation::found;
use crate::nation::founded;
use sanduq_store::schema::MIGRATIONS;
use sanduq_store::schema::Migration;
use sanduq_store::schema::migrate;
use sanduq_store::trial::Trial;

const NEXT: Migration = Migration {
    name: "9999_next",
    sql: "ALTER TABLE votes.contest ADD COLUMN note text; CREATE TABLE votes.next (x integer)",
};

fn and(step: Migration) -> Vec<Migration> {
    [MIGRATIONS, &[step]].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_data_goes_forward_and_older_code_runs_on() {
    let trial = founded().await;
    let mut owner = trial.connect("sanduq").await.unwrap();
    migrate(&mut owner, &and(NEXT)).await.unwrap();
    migrate(&mut owner, &and(NEXT)).await.unwrap();
    // This program knows nothing of the last step and works on.
    migrate(&mut owner, MIGRATIONS).await.unwrap();
    let read = trial.store.read().await.unwrap();
    assert_eq!(read.contests(&event()).await.unwrap().len(), 2);
    read.verify_journal().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_a_store_lacks_is_taken_and_its_data_stays() {
    let trial = founded().await;
    let mut owner = trial.connect("sanduq").await.unwrap();
    let back = "DROP SCHEMA staff CASCADE;
        DELETE FROM public.migration WHERE name = '0006_staff'";
    owner.batch_execute(back).await.unwrap();
    migrate(&mut owner, MIGRATIONS).await.unwrap();
    let there = owner.query("SELECT FROM staff.account", &[]).await.unwrap();
    assert!(there.is_empty());
    assert_eq!(
        trial.store.read().await.unwrap().head().await.unwrap().size,
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_fails_leaves_nothing_and_an_edited_one_is_refused() {
    let trial = founded().await;
    let mut owner = trial.connect("sanduq").await.unwrap();
    let broken = Migration {
        sql: "CREATE TABLE votes.half (x integer); SELECT 1 / 0",
        ..NEXT
    };
    assert_eq!(
        migrate(&mut owner, &and(broken)).await.unwrap_err().code(),
        "store.database"
    );
    assert!(owner.batch_execute("SELECT FROM votes.half").await.is_err());
    migrate(&mut owner, &and(NEXT)).await.unwrap();
    let refused = migrate(&mut owner, &and(broken)).await.unwrap_err();
    assert_eq!(refused.code(), "store.schema");
    assert!(refused.to_string().contains("9999_next"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_programs_take_turns() {
    let trial = Trial::start().await.unwrap();
    let mut one = trial.connect("sanduq").await.unwrap();
    let mut two = trial.connect("sanduq").await.unwrap();
    let steps = and(NEXT);
    let both = tokio::join!(migrate(&mut one, &steps), migrate(&mut two, &steps));
    assert_eq!(both, (Ok(()), Ok(())));
    found(&trial.store).await;
}
