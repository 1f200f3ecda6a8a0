//! Certification: the executive proposes, the supervision signs, nothing changes afterwards; and
//! what the database forbids past our code.

use crate::nation::accepted;
use crate::nation::actor;
use crate::nation::at;
use crate::nation::change;
use crate::nation::contest;
use crate::nation::contests;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::geography;
use crate::nation::key;
use crate::nation::law;
use crate::nation::release;
use crate::nation::supervision;
use crate::sheet::finding;
use crate::sheet::proposal;
use crate::sheet::save;
use core::time::Duration;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_count::form::Form;
use sanduq_count::results::Preliminary;
use sanduq_count::results::Proposed;
use sanduq_count::results::Release;
use sanduq_count::results::certifiable;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::SheetState;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::Write;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;
use tokio_postgres::Client;

/// The contest of two stations, released, with these sheets.
async fn counted(stations: &[&str]) -> Trial {
    let trial = founded().await;
    for station in stations {
        let sheet = (key("seat-c1", station), 1);
        let state = accepted(figures([10, 0], [6, 4]));
        save(&trial, Revision::NONE, sheet, state).await.unwrap();
    }
    release(&trial, &executive(), "seat-c1").await;
    trial
}

/// The result by the sheets that are held in this transaction.
async fn result(write: &Write) -> Result<Preliminary, StoreError> {
    let sheets = write.held_sheets(&event(), &contest("seat-c1")).await?;
    let form = Form::from_toml(&law().forms[0].text).unwrap();
    let own = &contests()[1].0;
    let release = Release::read(&own.code);
    let state = (Some(&release), false);
    Ok(certifiable(&geography(), (&form, own), state, &sheets).map_err(StoreRefusal::from)?)
}

async fn propose(trial: &Trial) -> Result<Proposed, StoreError> {
    let (by, when) = (executive(), at(30));
    trial
        .store
        .write(&by, when, async |w| {
            let result = result(w).await?;
            let read = (result.digest(&geography()), None);
            let made = result.propose(&geography(), (&read.0, read.1), (&by, when));
            let made = made.map_err(StoreRefusal::from)?;
            w.propose_certification(&event(), &made).await?;
            Ok(made.next)
        })
        .await
}

async fn sign(trial: &Trial, proposed: &Proposed, by: &Actor) -> Result<(), StoreError> {
    trial
        .store
        .write(by, at(40), async |w| {
            let result = result(w).await?;
            let read = (proposed.digest.as_str(), proposed);
            let made = result.certify(&geography(), read, (by, at(40)));
            let made = made.map_err(StoreRefusal::from)?;
            w.certify(&event(), proposed, &made).await
        })
        .await
}

/// The code of a refusal of the rule or the store.
fn code<T: core::fmt::Debug>(refused: Result<T, StoreError>) -> &'static str {
    refused.unwrap_err().code()
}

async fn certified(trial: &Trial) -> bool {
    let read = trial.store.read().await.unwrap();
    let contests = read.contests(&event()).await.unwrap();
    contests[1].certified
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_organ_proposes_and_the_other_signs_is_final() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let proposed = propose(&trial).await.unwrap();
    assert!(!certified(&trial).await, "one organ has signed");
    let read = trial.store.read().await.unwrap();
    let waiting = read.certifications(&event()).await.unwrap();
    assert_eq!(
        (&waiting[0].proposed, &waiting[0].signed),
        (&proposed, &None)
    );
    sign(&trial, &proposed, &supervision()).await.unwrap();
    assert!(certified(&trial).await);
    let read = trial.store.read().await.unwrap();
    let done = read.certifications(&event()).await.unwrap();
    assert_eq!(done[0].signed, Some((supervision().id, at(40))));
    let entries = read.entries(0, 100).await.unwrap();
    let last = String::from_utf8(entries.last().unwrap().bytes.clone()).unwrap();
    assert!(last.contains("results.certified") && last.contains(&proposed.digest));
    let again = code(sign(&trial, &proposed, &supervision()).await);
    assert_eq!(again, "results.nothing_proposed");
    assert_eq!(code(propose(&trial).await), "results.final");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_proposal_is_gone_and_may_be_made_anew() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let proposed = propose(&trial).await.unwrap();
    let strike = async || {
        let by = supervision();
        let entry = proposed.refuse("art. 9", (&by, at(40))).unwrap();
        let strike = async |w: &mut Write| w.strike_certification(&event(), &proposed, entry).await;
        trial.store.write(&by, at(40), strike).await
    };
    strike().await.unwrap();
    let gone = code::<()>(strike().await);
    assert_eq!(gone, "results.nothing_proposed");
    let late = code(sign(&trial, &proposed, &supervision()).await);
    assert_eq!(late, "results.nothing_proposed");
    let anew = propose(&trial).await.unwrap();
    sign(&trial, &anew, &supervision()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_final_result_takes_no_sheet_and_changes_none() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let proposed = propose(&trial).await.unwrap();
    sign(&trial, &proposed, &supervision()).await.unwrap();
    let disputed = SheetState::Accepted {
        figures: figures([10, 0], [6, 4]),
        findings: Vec::new(),
        decision: None,
        proposal: Some(proposal(Outcome::Return)),
    };
    let own = key("seat-c1", "c1-s1");
    let refused = save(&trial, Revision::FIRST, (own, 1), disputed.clone()).await;
    assert_eq!(code(refused), "results.final");
    // Past our code, as either organ; a new version, or the old one.
    let program = trial.connect("sanduq_program").await.unwrap();
    for organ in ["executive", "supervision"] {
        for sql in [
            "UPDATE votes.sheet SET state = 'quarantined' WHERE contest = 'seat-c1'",
            "INSERT INTO votes.sheet
                (event, contest, station, version, revision, at_ns, state, salt)
                VALUES ('oasis-2027', 'seat-c1', 'c1-s9', 1, 1, 0, 'received',
                    decode(repeat('01', 16), 'hex'))",
            "DELETE FROM votes.certification",
            "UPDATE votes.certification SET signer = 'supervision-2', signed_ns = 0",
        ] {
            let refused = attempt(&program, organ, sql).await.unwrap_err();
            let expected = match (organ, sql.starts_with("UPDATE votes.cert")) {
                ("executive", true) => "42501",
                _ => "SQ022",
            };
            assert_eq!(refused, expected, "{organ}: {sql}");
        }
    }
    // Another contest goes on.
    let other = (key("president", "c1-s1"), 1);
    save(&trial, Revision::NONE, other, disputed).await.unwrap();
}

async fn attempt(program: &Client, organ: &str, sql: &str) -> Result<(), String> {
    let role = format!("SET ROLE sanduq_{organ}");
    program.batch_execute(&role).await.unwrap();
    let answer = program.batch_execute(sql).await;
    program.batch_execute("RESET ROLE").await.unwrap();
    answer.map_err(|e| {
        e.code()
            .map_or_else(String::new, |code| code.code().to_owned())
    })
}

const PROPOSE: &str = "INSERT INTO votes.certification
    (event, contest, digest, counted, stations, proposer, proposed_ns)
    VALUES ('oasis-2027', 'seat-c1', '', 2, 2, 'executive-1', 0)";

fn signature(by: &str) -> String {
    format!("UPDATE votes.certification SET signer = '{by}', signed_ns = 1")
}

/// What the rule refuses the database refuses too, whoever goes past the rule.
#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_one_person_one_organ_and_open_sheets() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let owner = trial.connect("sanduq").await.unwrap();
    let accounts =
        "INSERT INTO staff.account (id, organ, role, locale, active, password_hash) VALUES
        ('e-2', 'executive', 'results_officer', 'ar', true, ''),
        ('s-2', 'supervision', 'supervisor', 'ar', true, '')";
    owner.batch_execute(accounts).await.unwrap();
    let program = trial.connect("sanduq_program").await.unwrap();
    for organ in ["supervision", "registrar", "station", "technical", "public"] {
        let refused = attempt(&program, organ, PROPOSE).await;
        assert_eq!(refused, Err("42501".to_owned()), "{organ} proposes");
    }
    let signed = PROPOSE
        .replace("proposed_ns)", "proposed_ns, signer, signed_ns)")
        .replace("0)", "0, 'supervision-1', 0)");
    let by_supervision = PROPOSE.replace("executive-1", "s-2");
    let short = PROPOSE.replace("2, 2,", "1, 2,");
    for (sql, code) in [
        (&signed, "42501"),
        (&by_supervision, "42501"),
        (&short, "23514"),
    ] {
        let refused = attempt(&program, "executive", sql).await;
        assert_eq!(refused, Err(code.to_owned()), "{sql}");
    }
    attempt(&program, "executive", PROPOSE).await.unwrap();
    for (organ, by, code) in [
        ("executive", "supervision-1", "42501"),
        ("public", "supervision-1", "42501"),
        ("supervision", "executive-1", "23514"),
        ("supervision", "e-2", "42501"),
    ] {
        let refused = attempt(&program, organ, &signature(by)).await;
        assert_eq!(refused, Err(code.to_owned()), "{organ}, {by}");
    }
    // A sheet changes after the proposal and comes back to the same figures.
    for state in ["quarantined", "accepted"] {
        let sql = format!(
            "UPDATE votes.sheet SET state = '{state}', revision = revision + 1
            WHERE station = 'c1-s1'"
        );
        attempt(&program, "executive", &sql).await.unwrap();
    }
    let refused = attempt(&program, "supervision", &signature("s-2")).await;
    assert_eq!(refused, Err("SQ025".to_owned()));
    let again = "DELETE FROM votes.certification";
    attempt(&program, "executive", again).await.unwrap();
    attempt(&program, "executive", PROPOSE).await.unwrap();
    attempt(&program, "supervision", &signature("s-2"))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_proposed_while_a_sheet_is_missing_or_waits() {
    let locked = founded().await;
    let program = locked.connect("sanduq_program").await.unwrap();
    let refused = attempt(&program, "executive", PROPOSE).await;
    assert_eq!(refused, Err("SQ026".to_owned()), "under lock");
    let held = SheetState::Quarantined {
        figures: figures([10, 0], [6, 5]),
        findings: vec![finding()],
        proposal: None,
    };
    let disputed = SheetState::Accepted {
        figures: figures([10, 0], [6, 4]),
        findings: Vec::new(),
        decision: None,
        proposal: Some(proposal(Outcome::Return)),
    };
    for (state, database, rule) in [
        (None, "SQ024", "results.sheet_missing"),
        (Some(SheetState::Received), "SQ023", "results.sheet_waits"),
        (Some(held), "SQ023", "results.sheet_waits"),
        (Some(disputed), "SQ023", "results.sheet_waits"),
    ] {
        let trial = counted(&["c1-s1"]).await;
        if let Some(state) = state {
            let sheet = (key("seat-c1", "c1-s2"), 1);
            save(&trial, Revision::NONE, sheet, state).await.unwrap();
        }
        assert_eq!(code(propose(&trial).await), rule);
        let program = trial.connect("sanduq_program").await.unwrap();
        let refused = attempt(&program, "executive", PROPOSE).await;
        assert_eq!(refused, Err(database.to_owned()), "{rule}");
    }
}

/// A sheet is held back and counts again with the same figures: what was proposed before holds no
/// longer, and gives way.
#[tokio::test(flavor = "multi_thread")]
async fn a_proposal_before_a_sheet_was_touched_gives_way_with_the_same_totals() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let other = (key("president", "c1-s1"), 1);
    let state = accepted(figures([10, 0], [6, 4]));
    save(&trial, Revision::NONE, other, state).await.unwrap();
    let proposed = propose(&trial).await.unwrap();
    let program = trial.connect("sanduq_program").await.unwrap();
    let touched = async || {
        let read = trial.store.read().await.unwrap();
        let made = read.certifications(&event()).await.unwrap();
        (made[0].touched, made[0].holds().cloned())
    };
    assert_eq!(touched().await, (false, Some(proposed.clone())));
    for (state, contest) in [
        ("quarantined", "president"),
        ("accepted", "president"),
        ("quarantined", "seat-c1"),
        ("accepted", "seat-c1"),
    ] {
        let sql = format!(
            "UPDATE votes.sheet SET state = '{state}', revision = revision + 1
            WHERE station = 'c1-s1' AND contest = '{contest}'"
        );
        attempt(&program, "executive", &sql).await.unwrap();
        let expected = match contest {
            "seat-c1" => (true, None),
            _ => (false, Some(proposed.clone())),
        };
        assert_eq!(touched().await, expected, "{state} {contest}");
    }
    assert_eq!(code_of(&trial, &proposed).await, "results.touched");
    let anew = propose(&trial).await.unwrap();
    assert_eq!(anew.digest, proposed.digest);
    assert_eq!(touched().await, (false, Some(anew.clone())));
    sign(&trial, &anew, &supervision()).await.unwrap();
    assert_eq!(touched().await, (false, None), "signed");
}

/// Who changes a sheet at the same second is seen, or comes too late.
#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_that_changes_while_the_result_is_signed_is_seen_or_refused() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let proposed = propose(&trial).await.unwrap();
    let (first, second) = (
        trial.connect("sanduq_program").await.unwrap(),
        trial.connect("sanduq_program").await.unwrap(),
    );
    let change_sheet = "UPDATE votes.sheet SET state = 'quarantined', revision = revision + 1
        WHERE contest = 'seat-c1' AND station = 'c1-s1'";
    for (one, other, code) in [
        // The change is not committed yet when the supervision signs.
        (("executive", change_sheet), ("supervision", ""), "SQ023"),
        (("supervision", ""), ("executive", change_sheet), "SQ022"),
    ] {
        let sign = signature("supervision-1");
        let sql = |sql: &'static str| {
            if sql.is_empty() {
                sign.clone()
            } else {
                sql.into()
            }
        };
        for (client, role) in [(&first, one.0), (&second, other.0)] {
            let begin = format!("BEGIN; SET LOCAL ROLE sanduq_{role}");
            client.batch_execute(&begin).await.unwrap();
        }
        first.batch_execute(&sql(one.1)).await.unwrap();
        let late = async {
            let refused = second.batch_execute(&sql(other.1)).await.unwrap_err();
            second.batch_execute("ROLLBACK").await.unwrap();
            refused.code().unwrap().code().to_owned()
        };
        let early = async {
            // The other one waits by now, or would have been let through.
            tokio::time::sleep(Duration::from_millis(100)).await;
            first.batch_execute("COMMIT").await.unwrap();
        };
        let (refused, ()) = tokio::join!(late, early);
        assert_eq!(refused, code);
        if code == "SQ023" {
            // The sheet counts again, and the proposal is made anew.
            let back = change_sheet.replace("quarantined", "accepted");
            attempt(&first, "executive", &back).await.unwrap();
            assert_eq!(code_of(&trial, &proposed).await, "results.touched");
            propose(&trial).await.unwrap();
        }
    }
    assert!(certified(&trial).await);
}

/// The code under which a signature is refused.
async fn code_of(trial: &Trial, proposed: &Proposed) -> &'static str {
    code(sign(trial, proposed, &supervision()).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_of_two_organs_signs_nothing() {
    let trial = counted(&["c1-s1", "c1-s2"]).await;
    let proposed = propose(&trial).await.unwrap();
    let same = Actor {
        id: ActorId::new("executive-1").unwrap(),
        organ: Organ::Supervision,
    };
    assert_eq!(
        code(sign(&trial, &proposed, &same).await),
        "results.signatures"
    );
    let own = code(sign(&trial, &proposed, &actor(Organ::Executive)).await);
    assert_eq!(own, "results.signatures");
    // Nor a sheet that comes with it in one transaction.
    let mixed = change(key("seat-c1", "c1-s1"), 2, SheetState::Received, 50);
    let both: Result<(), StoreError> = trial
        .store
        .write(&supervision(), at(50), async |w| {
            let result = result(w).await?;
            let read = (proposed.digest.as_str(), &proposed);
            let made = result.certify(&geography(), read, (&supervision(), at(50)));
            w.certify(&event(), &proposed, &made.unwrap()).await?;
            w.save_sheet(&event(), Revision::NONE, &mixed).await?;
            Ok(())
        })
        .await;
    assert!(both.is_err());
    assert!(!certified(&trial).await);
}
