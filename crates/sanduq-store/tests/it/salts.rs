//! Salts in the store: none comes without one, none changes but with figures that both organs
//! signed, and none of figures that wait is ever shown. The owner of the tables is refused too.

use crate::nation::accepted;
use crate::nation::change;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::sheet::finding;
use crate::sheet::proposal;
use crate::sheet::save;
use crate::sheet::signed;
use crate::sheet::waiting;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::SheetState;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::schema::MIGRATIONS;
use sanduq_store::schema::migrate;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

const STATION: &str = "c1-s1";

/// A store whose one sheet is in `state`.
async fn with_sheet(state: SheetState) -> Trial {
    let trial = founded().await;
    let sheet = (key("president", STATION), 1);
    save(&trial, Revision::NONE, sheet, state).await.unwrap();
    trial
}

fn held(proposed: Option<Outcome>) -> SheetState {
    SheetState::Quarantined {
        figures: figures([10, 1], [6, 4]),
        findings: vec![finding()],
        proposal: proposed.map(proposal),
    }
}

/// Saves the next state of the sheet with this salt.
async fn resalted(trial: &Trial, salt: u8, state: SheetState) -> Result<Revision, StoreError> {
    let mut change = change(key("president", STATION), 1, state, 11);
    change.next.salt = Salt::from_bytes(&[salt; 16]).unwrap();
    trial
        .store
        .write(&executive(), change.entry.at, async |w| {
            w.save_sheet(&event(), Revision::FIRST, &change).await
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_salt_is_sixteen_bytes_and_not_none() {
    let trial = with_sheet(SheetState::Received).await;
    let owner = trial.connect("sanduq").await.unwrap();
    let lift = "ALTER TABLE votes.sheet DISABLE TRIGGER salt_stays";
    owner.batch_execute(lift).await.unwrap();
    for (salt, refused) in [
        ("NULL", true),
        ("''", true),
        ("decode(repeat('00', 16), 'hex')", true),
        ("decode(repeat('01', 15), 'hex')", true),
        ("decode(repeat('01', 16), 'hex')", false),
    ] {
        let sql = format!("UPDATE votes.sheet SET revision = revision + 1, salt = {salt}");
        assert_eq!(owner.batch_execute(&sql).await.is_err(), refused, "{salt}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_that_are_proposed_have_a_salt() {
    let trial = with_sheet(held(None)).await;
    let owner = trial.connect("sanduq").await.unwrap();
    let own = Salts::new(&[7; 32]).version(&key("president", STATION), 1);
    let digits = |digit: &str| format!(",\"salt\":\"{}\"", digit.repeat(32));
    for (salt, refused) in [
        (String::new(), true),
        (",\"salt\":null".to_owned(), true),
        (",\"salt\":\"abcd\"".to_owned(), true),
        (digits("0"), true),
        (digits("A"), true),
        (format!(",\"salt\":\"{own}\""), true),
        (digits("a"), false),
    ] {
        let sql = format!(
            "UPDATE votes.sheet SET revision = revision + 1, detail =
            '{{\"proposal\":{{\"outcome\":{{\"correct\":{{\"fields\":[]{salt}}}}}}}}}'"
        );
        let answer = owner.batch_execute(&sql).await;
        let code = answer.err().map(|no| no.code().unwrap().code().to_owned());
        assert_eq!(code.as_deref(), refused.then_some("23514"), "{salt}");
    }
    let other = "UPDATE votes.sheet SET revision = revision + 1,
        detail = '{\"proposal\":{\"outcome\":\"return\"}}'";
    owner.batch_execute(other).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_keeps_its_salt_but_for_that_of_figures_that_both_organs_signed() {
    let read = || figures([10, 1], [5, 5]);
    let before = || {
        let mut state = accepted(read());
        if let SheetState::Accepted { proposal: own, .. } = &mut state {
            *own = Some(proposal(waiting(figures([9, 1], [5, 4]))));
        }
        state
    };
    for (name, state, salt, next, kept) in [
        (
            "the proposal's",
            held(Some(waiting(read()))),
            0xcd,
            accepted(read()),
            true,
        ),
        (
            "another one",
            held(Some(waiting(read()))),
            0xab,
            accepted(read()),
            false,
        ),
        (
            "while it waits",
            held(Some(waiting(read()))),
            0xcd,
            held(None),
            false,
        ),
        (
            "nothing proposed",
            held(None),
            0xcd,
            accepted(read()),
            false,
        ),
        (
            "none of figures",
            held(Some(Outcome::Accept)),
            0xcd,
            accepted(read()),
            false,
        ),
        ("an accepted one's", before(), 0xcd, accepted(read()), false),
    ] {
        let trial = with_sheet(state).await;
        let saved = resalted(&trial, salt, next).await;
        match kept {
            false => assert_eq!(saved, Err(StoreRefusal::Immutable.into()), "{name}"),
            true => {
                saved.unwrap();
                let key = key("president", STATION);
                let read = trial.store.read_as(sanduq_store::Access::Executive).await;
                let stored = read.unwrap().sheet(&event(), &key).await.unwrap().unwrap();
                assert_eq!(stored.sheet.salt.as_bytes(), &[salt; 16], "{name}");
            }
        }
    }
}

/// What was proposed before proposals had salts cannot be made good.
#[tokio::test(flavor = "multi_thread")]
async fn a_store_with_figures_proposed_without_a_salt_goes_no_further() {
    let back = "ALTER TABLE votes.sheet DROP CONSTRAINT proposal_has_a_salt;
        DROP TRIGGER salt_stays ON votes.sheet; DROP FUNCTION votes.salt_stays();
        DELETE FROM public.migration WHERE name = '0020_proposed_salts'";
    let read = || figures([10, 1], [5, 5]);
    let replaced = SheetState::Superseded {
        figures: read(),
        decision: crate::sheet::decision(signed(read())),
    };
    let returned = SheetState::Returned {
        decision: crate::sheet::decision(Outcome::Return),
    };
    for (state, refused) in [
        (held(Some(waiting(read()))), true),
        (replaced, true),
        (held(Some(Outcome::Return)), false),
        (returned, false),
    ] {
        let trial = with_sheet(state.clone()).await;
        let mut owner = trial.connect("sanduq").await.unwrap();
        owner.batch_execute(back).await.unwrap();
        let taken = migrate(&mut owner, MIGRATIONS).await;
        assert_eq!(taken.is_err(), refused, "{state:?}: {taken:?}");
    }
}
