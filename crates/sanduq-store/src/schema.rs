//! The schema and its steps. Always true here: steps are taken forward only, those of one opening
//! in one transaction; a step that was taken is never edited, which its digest shows; an older
//! program runs on a newer schema, so steps that it does not know are no fault.
//!
//! A crash on the way leaves the schema as it was; the next opening takes the steps again.

use crate::error::Fault;
use crate::error::StoreError;
use sanduq_journal::hash::Hash;
use tokio_postgres::Client;

/// One step of the schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Migration {
    /// Its name: number and subject.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

macro_rules! migrations {
    ($($name:literal,)*) => {
        &[$(Migration {
            name: $name,
            sql: include_str!(concat!("schema/", $name, ".sql")),
        },)*]
    };
}

/// Every step, in order.
pub const MIGRATIONS: &[Migration] = migrations![
    "0001_roles",
    "0002_journal",
    "0003_operations",
    "0004_votes",
    "0005_people",
    "0006_staff",
    "0007_sheet_times",
    "0008_one_event",
    "0009_counts_once",
    "0010_suspended",
    "0011_own_station",
    "0012_station_records",
    "0013_organ_of_role",
    "0014_images",
    "0015_outlines",
    "0016_first_password",
    "0017_salts",
    "0018_clerks",
    "0019_certification",
    "0020_proposed_salts",
    "0021_touched",
    "0022_halves",
];

/// Any number serves, as long as every program takes the same.
const LOCK: i64 = 0x5a6e_6475_7100;

/// Takes the steps that the database has not taken yet. Two programs that open one database take
/// turns.
///
/// # Errors
/// [`Fault::Schema`] naming a step that was taken and reads otherwise here.
pub async fn migrate(owner: &mut Client, steps: &[Migration]) -> Result<(), StoreError> {
    let turn = owner.transaction().await?;
    turn.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK])
        .await?;
    turn.batch_execute(
        "CREATE TABLE IF NOT EXISTS public.migration (
            name text COLLATE \"C\" PRIMARY KEY, digest text NOT NULL)",
    )
    .await?;
    for step in steps {
        let digest = digest(step);
        let taken = turn
            .query_opt(
                "SELECT digest FROM public.migration WHERE name = $1",
                &[&step.name],
            )
            .await?;
        match taken.map(|row| row.get::<_, String>(0)) {
            Some(taken) if taken == digest => {}
            Some(_) => {
                let what = format!("step {} was taken with another text", step.name);
                return Err(Fault::Schema(what).into());
            }
            None => {
                turn.batch_execute(step.sql).await?;
                turn.execute(
                    "INSERT INTO public.migration (name, digest) VALUES ($1, $2)",
                    &[&step.name, &digest],
                )
                .await?;
            }
        }
    }
    Ok(turn.commit().await?)
}

fn digest(step: &Migration) -> String {
    Hash::of_bytes(step.sql.as_bytes()).to_string()
}

/// The digest of all steps, in sixteen characters.
pub(crate) fn fingerprint(steps: &[Migration]) -> String {
    let all: String = steps.iter().map(digest).collect();
    Hash::of_bytes(all.as_bytes()).to_string()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_numbered_in_order() {
        let number = |step: &Migration| step.name.split('_').next().map(str::to_owned);
        for pair in MIGRATIONS.windows(2) {
            let [one, next] = [number(&pair[0]), number(&pair[1])];
            assert!(
                one < next && one.is_some_and(|one| one.len() == 4),
                "{pair:?}"
            );
        }
    }
}
