//! What the database itself forbids, tried past our code: as the program's own log-in, in the role
//! of each organ.

use crate::nation::accepted;
use crate::nation::event;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::sheet::save;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::sheet::Revision;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use tokio_postgres::Client;

const ROLES: [&str; 7] = [
    "sanduq_public",
    "sanduq_executive",
    "sanduq_supervision",
    "sanduq_registrar",
    "sanduq_station",
    "sanduq_technical",
    "sanduq_login",
];

/// No right: what PostgreSQL answers, not what our code does.
const NOT_PERMITTED: &str = "42501";

async fn answer(program: &Client, role: &str, sql: &str) -> Result<(), String> {
    program
        .batch_execute(&format!("SET ROLE {role}"))
        .await
        .unwrap();
    let answer = program.batch_execute(sql).await;
    program.batch_execute("RESET ROLE").await.unwrap();
    answer.map_err(|e| e.code().unwrap().code().to_owned())
}

/// Tables to which rows are added and in which nothing is ever changed or removed, by anybody.
const APPEND_ONLY: [(&str, &str); 13] = [
    ("journal.run", "entries = '{}'"),
    ("operations.law_text", "text = ''"),
    ("operations.station_hour", "voted = 0"),
    ("operations.station_token", "fate = 'void'"),
    ("operations.station_entry", "entry = 0"),
    ("operations.seal", "manifest = ''"),
    ("votes.lot", "lot = ''"),
    ("votes.sheet_history", "state = ''"),
    ("votes.image", "kind = ''"),
    ("people.elector", "name_ar = ''"),
    ("people.placement", "station = ''"),
    ("people.check_in", "station = ''"),
    ("public.migration", "digest = ''"),
];

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_or_removes_what_is_only_added() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    for role in ROLES {
        for (table, change) in APPEND_ONLY {
            for sql in [
                format!("UPDATE {table} SET {change}"),
                format!("DELETE FROM {table}"),
                format!("TRUNCATE {table}"),
            ] {
                let refused = answer(&program, role, &sql).await;
                assert_eq!(refused, Err(NOT_PERMITTED.to_owned()), "{role}: {sql}");
            }
        }
    }
}

/// What else nobody may: remove anything at all, become the owner, switch a guard off.
#[tokio::test(flavor = "multi_thread")]
async fn nobody_removes_anything_or_lifts_a_guard() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    for role in ROLES {
        for sql in [
            "DELETE FROM journal.head",
            "DELETE FROM operations.event",
            "DELETE FROM operations.unit",
            "DELETE FROM operations.station_day",
            "DELETE FROM votes.contest",
            "DELETE FROM votes.sheet",
            "DELETE FROM staff.account",
            "UPDATE operations.event SET names = ''",
            "UPDATE operations.station_day SET opened_ns = 0",
            "UPDATE votes.contest SET definition = ''",
            "UPDATE votes.certification SET digest = ''",
            "UPDATE votes.sheet SET station = ''",
            "UPDATE votes.sheet_history SET salt = ''",
            "UPDATE staff.account SET organ = 'executive'",
            "UPDATE staff.account SET role = ''",
            "UPDATE staff.proposal SET role = ''",
            "ALTER TABLE votes.sheet DISABLE TRIGGER ALL",
            "ALTER TABLE staff.account DISABLE ROW LEVEL SECURITY",
            "CREATE TABLE public.mine (x integer)",
            "CREATE SCHEMA mine",
            "SET ROLE sanduq",
            "SET SESSION AUTHORIZATION sanduq",
        ] {
            let refused = answer(&program, role, sql).await;
            assert_eq!(refused, Err(NOT_PERMITTED.to_owned()), "{role}: {sql}");
        }
    }
}

/// The program's log-in has no right of its own: who forgets to take a role can do nothing.
#[tokio::test(flavor = "multi_thread")]
async fn without_a_role_the_program_can_do_nothing() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    for table in [
        "journal.run",
        "operations.event",
        "votes.public_sheet",
        "people.elector",
        "staff.account",
    ] {
        let refused = program
            .batch_execute(&format!("SELECT FROM {table}"))
            .await
            .unwrap_err();
        assert_eq!(refused.code().unwrap().code(), NOT_PERMITTED, "{table}");
    }
}

/// Who may read which room; everybody else is refused.
#[tokio::test(flavor = "multi_thread")]
async fn who_handles_votes_reads_no_people_and_the_other_way_round() {
    let trial = founded().await;
    let program = trial.connect("sanduq_program").await.unwrap();
    let content: &[&str] = &[
        "sanduq_public",
        "sanduq_executive",
        "sanduq_supervision",
        "sanduq_registrar",
        "sanduq_station",
        "sanduq_technical",
    ];
    let votes: &[&str] = &["sanduq_executive", "sanduq_supervision"];
    let shown: &[&str] = &["sanduq_public", "sanduq_executive", "sanduq_supervision"];
    let people: &[&str] = &["sanduq_registrar", "sanduq_station"];
    let staff: &[&str] = &["sanduq_supervision", "sanduq_technical", "sanduq_login"];
    let login: &[&str] = &["sanduq_login"];
    for (sql, readers) in [
        ("SELECT bytes FROM journal.entry", content),
        ("SELECT names FROM operations.event", content),
        ("SELECT voted FROM operations.station_hour", content),
        ("SELECT definition FROM votes.contest", shown),
        ("SELECT signer FROM votes.certification", shown),
        ("SELECT fields FROM votes.public_sheet", shown),
        ("SELECT digest FROM votes.public_image", shown),
        ("SELECT content FROM votes.public_picture", shown),
        ("SELECT digest FROM votes.image", &["sanduq_executive"]),
        ("SELECT content FROM votes.image", &[]),
        ("SELECT fields FROM votes.sheet", votes),
        ("SELECT fields FROM votes.sheet_history", votes),
        ("SELECT detail FROM votes.sheet", votes),
        ("SELECT detail FROM votes.sheet_history", votes),
        ("SELECT salt FROM votes.public_sheet", shown),
        ("SELECT name_ar FROM people.elector", people),
        ("SELECT station FROM people.placement", people),
        ("SELECT station FROM people.check_in", people),
        ("SELECT id FROM staff.account", staff),
        ("SELECT password_hash FROM staff.account", login),
        ("SELECT account FROM staff.session", login),
    ] {
        for role in ROLES {
            let expected = match readers.contains(&role) {
                true => Ok(()),
                false => Err(NOT_PERMITTED.to_owned()),
            };
            assert_eq!(answer(&program, role, sql).await, expected, "{role}: {sql}");
        }
    }
}

/// Who may add to which table; everybody else is refused.
#[tokio::test(flavor = "multi_thread")]
async fn each_organ_adds_where_it_acts() {
    let trial = founded().await;
    let owner = trial.connect("sanduq").await.unwrap();
    let writers = [
        (
            "journal.run",
            "executive supervision registrar station technical",
        ),
        ("operations.event", "executive"),
        ("operations.law_text", "executive"),
        ("operations.unit", "executive"),
        ("operations.station_day", "executive station"),
        ("operations.station_hour", "executive station"),
        ("operations.station_token", "executive station"),
        ("operations.station_entry", "executive station"),
        ("operations.seal", "executive"),
        ("votes.contest", "executive"),
        ("votes.lot", "executive"),
        ("votes.certification", "executive"),
        ("votes.sheet", "executive supervision"),
        ("people.elector", "registrar"),
        ("people.placement", "registrar"),
        ("people.check_in", "station"),
        ("staff.account", "supervision technical"),
        ("staff.proposal", "supervision technical"),
        ("staff.session", ""),
        ("journal.entry", ""),
        ("operations.below", ""),
        ("journal.head", ""),
        ("votes.sheet_history", ""),
        ("votes.public_sheet", ""),
        ("votes.image", "executive"),
        ("votes.public_image", ""),
        ("votes.public_picture", ""),
    ];
    for (table, who) in writers {
        for role in ROLES {
            let sql = "SELECT has_table_privilege($1, $2, 'INSERT')";
            let may: bool = owner.query_one(sql, &[&role, &table]).await.unwrap().get(0);
            let expected = who.split(' ').any(|name| role == format!("sanduq_{name}"));
            assert_eq!(may, expected, "{role} into {table}");
        }
    }
    // No table was forgotten above.
    let known: BTreeSet<String> = writers
        .iter()
        .map(|(table, _)| (*table).to_owned())
        .collect();
    let rows = owner
        .query(
            "SELECT table_schema || '.' || table_name FROM information_schema.tables
            WHERE table_schema IN ('journal', 'operations', 'votes', 'people', 'staff')",
            &[],
        )
        .await
        .unwrap();
    let there: BTreeSet<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(there, known);
}

/// The supervision's rows are there, and nobody else can see that they are.
#[tokio::test(flavor = "multi_thread")]
async fn the_supervision_s_accounts_are_hidden_by_the_database() {
    let trial = founded().await;
    let owner = trial.connect("sanduq").await.unwrap();
    let rows = "INSERT INTO staff.account (id, organ, role, locale, active, password_hash) VALUES
        ('s-1', 'supervision', 'supervisor', 'ar', true, ''),
        ('e-1', 'executive', 'clerk', 'ar', true, '')";
    owner.batch_execute(rows).await.unwrap();
    let program = trial.connect("sanduq_program").await.unwrap();
    for (role, seen) in [
        ("sanduq_supervision", &["s-1"][..]),
        ("sanduq_technical", &["e-1"]),
        ("sanduq_login", &["e-1", "s-1"]),
    ] {
        program
            .batch_execute(&format!("SET ROLE {role}"))
            .await
            .unwrap();
        let rows = program
            .query("SELECT id FROM staff.account ORDER BY id", &[])
            .await
            .unwrap();
        let ids: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
        assert_eq!(ids, seen, "{role}");
    }
    let take = "UPDATE staff.account SET active = false";
    program
        .batch_execute("SET ROLE sanduq_technical")
        .await
        .unwrap();
    assert_eq!(program.execute(take, &[]).await.unwrap(), 1);
    let rows = owner
        .query("SELECT id FROM staff.account WHERE active", &[])
        .await
        .unwrap();
    assert_eq!(rows[0].get::<_, String>(0), "s-1");
}

/// Whoever changes a sheet past our code leaves its former state behind all the same.
#[tokio::test(flavor = "multi_thread")]
async fn no_sheet_changes_without_its_former_state_being_kept() {
    let trial = founded().await;
    let sheet = key("president", "c1-s1");
    let state = SheetState::Received;
    save(&trial, Revision::NONE, (sheet.clone(), 1), state.clone())
        .await
        .unwrap();
    let program = trial.connect("sanduq_program").await.unwrap();
    let change = "UPDATE votes.sheet SET state = 'accepted', fields = '\\x0203', choices = '\\x02'";
    assert_eq!(answer(&program, "sanduq_supervision", change).await, Ok(()));
    let read = trial.store.read_as(Access::Supervision).await.unwrap();
    let past = read.sheet_history(&event(), &sheet).await.unwrap();
    assert_eq!(past[0].sheet.state, state);
    let forge = "INSERT INTO votes.sheet_history SELECT * FROM votes.sheet";
    for role in ROLES {
        let refused = answer(&program, role, forge).await;
        assert_eq!(refused, Err(NOT_PERMITTED.to_owned()), "{role}");
    }
}

/// Early totals, asked for in SQL by everybody who can ask (E41).
#[tokio::test(flavor = "multi_thread")]
async fn the_public_gets_no_early_figure_in_sql() {
    let trial = founded().await;
    let sheet = (key("president", "c1-s1"), 1);
    let state = accepted(figures([777, 0], [777, 0]));
    save(&trial, Revision::NONE, sheet, state).await.unwrap();
    let program = trial.connect("sanduq_program").await.unwrap();
    program
        .batch_execute("SET ROLE sanduq_public")
        .await
        .unwrap();
    // A function of the asker's own in the condition sees nothing either: the view is a barrier.
    program
        .batch_execute("SET ROLE sanduq_public")
        .await
        .unwrap();
    let sql = "SELECT state, fields::text, choices::text, detail::text FROM votes.public_sheet";
    let rows = program.query(sql, &[]).await.unwrap();
    assert_eq!(rows[0].get::<_, String>(0), "accepted");
    for column in 1..4 {
        assert_eq!(rows[0].get::<_, Option<String>>(column), None);
    }
    let probe = "SELECT FROM votes.public_sheet WHERE 1 / ((votes.figures(fields))[1] - 777) > 0";
    assert_eq!(
        program.query(probe, &[]).await.unwrap().len(),
        0,
        "no error tells a figure"
    );
    assert_eq!(
        trial
            .store
            .read_as(Access::Public)
            .await
            .unwrap()
            .events()
            .await
            .unwrap()
            .len(),
        1
    );
}

/// People and votes have no key in common but the station, and the event they both belong to.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_joins_people_with_votes_but_the_station() {
    let trial = founded().await;
    let owner = trial.connect("sanduq").await.unwrap();
    let rows = owner
        .query(
            "SELECT table_schema::text, column_name::text, udt_name::text
            FROM information_schema.columns WHERE table_schema IN ('people', 'votes')",
            &[],
        )
        .await
        .unwrap();
    let mut columns: BTreeMap<String, BTreeSet<(String, String)>> = BTreeMap::new();
    for row in rows {
        columns
            .entry(row.get(0))
            .or_default()
            .insert((row.get(1), row.get(2)));
    }
    let common: Vec<&str> = columns["people"]
        .intersection(&columns["votes"])
        .map(|(name, _)| name.as_str())
        .collect();
    assert_eq!(common, ["event", "station"]);
    // By type: no column of votes can hold an elector's key, and no time of a check-in is finer
    // than a quarter of an hour.
    let kinds = |schema: &str| -> BTreeSet<&str> {
        columns[schema]
            .iter()
            .map(|(_, kind)| kind.as_str())
            .collect()
    };
    assert!(kinds("people").contains("uuid") && !kinds("votes").contains("uuid"));
    assert!(
        !columns["people"]
            .iter()
            .any(|(name, _)| name.ends_with("_ns"))
    );
    let keys = owner
        .query(
            "SELECT conname::text FROM pg_constraint WHERE contype = 'f'
            AND (conrelid::regclass::text LIKE 'people.%'
                    AND confrelid::regclass::text LIKE 'votes.%'
                OR conrelid::regclass::text LIKE 'votes.%'
                    AND confrelid::regclass::text LIKE 'people.%')",
            &[],
        )
        .await
        .unwrap();
    assert!(keys.is_empty());
    assert_eq!(event().as_str(), "oasis-2027");
}
