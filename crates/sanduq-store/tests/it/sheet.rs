//! Sheets: every state comes back, one of two people wins, what is settled stays.

use crate::nation::accepted;
use crate::nation::actor;
use crate::nation::at;
use crate::nation::change;
use crate::nation::contest;
use crate::nation::event;
use crate::nation::executive;
use crate::nation::figures;
use crate::nation::founded;
use crate::nation::key;
use crate::nation::release;
use crate::nation::supervision;
use crate::nation::unit;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_count::form::Severity;
use sanduq_count::sheet::Correction;
use sanduq_count::sheet::Countersign;
use sanduq_count::sheet::Decision;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Finding;
use sanduq_count::sheet::Keyed;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Proposal;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_store::Access;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use sanduq_store::sheet::Filter;
use sanduq_store::sheet::InState;
use sanduq_store::sheet::Line;
use sanduq_store::sheet::Revision;
use sanduq_store::trial::Trial;

pub fn finding() -> Finding {
    Finding {
        check: "S4".to_owned(),
        severity: Severity::Critical,
        left: Some(777_001),
        right: Some(i128::from(u64::MAX) * 3),
    }
}

pub fn keyed(figures: Figures) -> Keyed {
    Keyed {
        by: executive(),
        at: at(3),
        figures,
    }
}

pub fn proposal(outcome: Outcome) -> Proposal {
    Proposal {
        by: executive(),
        at: at(4),
        outcome,
        ground: "المادة ٤٢".to_owned(),
    }
}

pub fn decision(outcome: Outcome) -> Decision {
    Decision {
        proposal: proposal(outcome),
        countersign: Countersign::Signed(supervision()),
        at: at(5),
    }
}

/// Figures that both organs signed, with a salt that shows wherever it stands.
pub fn signed(figures: Figures) -> Outcome {
    Outcome::Correct(Correction {
        figures,
        salt: Salt::from_bytes(&[0xab; 16]).unwrap(),
    })
}

/// Figures that wait for the second organ, with another such salt.
pub fn waiting(figures: Figures) -> Outcome {
    Outcome::Correct(Correction {
        figures,
        salt: Salt::from_bytes(&[0xcd; 16]).unwrap(),
    })
}

/// Every kind of state, with everything it may hold.
pub fn states() -> Vec<SheetState> {
    let read = figures([777_002, 777_003], [777_004, 777_005]);
    let half = Figures {
        fields: vec![Some(Votes::new(777_006)), None],
        choices: vec![None, Some(Votes::ZERO)],
    };
    vec![
        SheetState::Received,
        SheetState::FirstEntered {
            first: keyed(half.clone()),
        },
        SheetState::Differing {
            first: keyed(half.clone()),
            second: keyed(read.clone()),
        },
        accepted(read.clone()),
        accepted(half.clone()),
        SheetState::Accepted {
            figures: read.clone(),
            findings: vec![finding()],
            decision: Some(decision(signed(read.clone()))),
            proposal: Some(proposal(waiting(half.clone()))),
        },
        SheetState::Quarantined {
            figures: half.clone(),
            findings: vec![finding(), finding()],
            proposal: Some(proposal(waiting(read.clone()))),
        },
        SheetState::Returned {
            decision: decision(Outcome::Return),
        },
        SheetState::Superseded {
            figures: read.clone(),
            decision: decision(signed(half)),
        },
    ]
}

pub async fn save(
    trial: &Trial,
    was: Revision,
    (key, version): (SheetKey, u32),
    state: SheetState,
) -> Result<Revision, StoreError> {
    let change = change(key, version, state, 10);
    trial
        .store
        .write(&executive(), at(10), async |w| {
            w.save_sheet(&event(), was, &change).await
        })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_state_comes_back_as_it_was() {
    for state in states() {
        let trial = founded().await;
        let president = key("president", "c2-s1");
        let saved = save(
            &trial,
            Revision::NONE,
            (president.clone(), 1),
            state.clone(),
        )
        .await;
        assert_eq!(saved, Ok(Revision::FIRST));
        let read = trial.store.read_as(Access::Supervision).await.unwrap();
        let stored = read.sheet(&event(), &president).await.unwrap().unwrap();
        assert_eq!(stored.sheet.state, state);
        assert_eq!(
            (stored.sheet.key, stored.sheet.version),
            (president.clone(), 1)
        );
        let past = read.sheet_history(&event(), &president).await.unwrap();
        assert_eq!(past.len(), 1);
        assert_eq!((&past[0].sheet.state, past[0].at), (&state, at(10)));
        read.verify_journal().await.unwrap();
    }
}

/// A court's expert reads the figures in SQL as we do.
#[tokio::test(flavor = "multi_thread")]
async fn figures_are_readable_in_sql() {
    let trial = founded().await;
    let mut read = figures([0, 126], [127, 109_204_662]);
    read.fields.insert(1, None);
    let sheet = (key("president", "c1-s1"), 1);
    save(&trial, Revision::NONE, sheet, accepted(read))
        .await
        .unwrap();
    let owner = trial.connect("sanduq").await.unwrap();
    let sql = "SELECT votes.figures(fields), votes.figures(choices) FROM votes.sheet";
    let row = owner.query_one(sql, &[]).await.unwrap();
    let fields: Vec<Option<i64>> = row.get(0);
    let choices: Vec<Option<i64>> = row.get(1);
    assert_eq!(fields, [Some(0), None, Some(126)]);
    assert_eq!(choices, [Some(127), Some(109_204_662)]);
}

/// A store in which a sheet has gone from received to superseded, and the states on its way.
async fn settled(sheet: &SheetKey) -> (Trial, Revision, [SheetState; 4]) {
    let trial = founded().await;
    let read = figures([10, 1], [6, 4]);
    let way = [
        SheetState::Received,
        SheetState::FirstEntered {
            first: keyed(read.clone()),
        },
        accepted(read.clone()),
        SheetState::Superseded {
            figures: read,
            decision: decision(Outcome::Return),
        },
    ];
    let mut revision = Revision::NONE;
    for state in &way {
        let saved = save(&trial, revision, (sheet.clone(), 1), state.clone()).await;
        revision = saved.unwrap();
    }
    (trial, revision, way)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_goes_its_way_and_keeps_its_history() {
    let sheet = key("seat-c1", "c1-s1");
    let (trial, _, way) = settled(&sheet).await;
    let next = save(
        &trial,
        Revision::NONE,
        (sheet.clone(), 2),
        SheetState::Received,
    )
    .await;
    assert_eq!(next, Ok(Revision::FIRST));
    let read = trial.store.read_as(Access::Executive).await.unwrap();
    let past = read.sheet_history(&event(), &sheet).await.unwrap();
    let states: Vec<_> = past.into_iter().map(|past| past.sheet.state).collect();
    assert_eq!(states, [way.as_slice(), &[SheetState::Received]].concat());
    let versions = read.sheet_versions(&event(), &sheet).await.unwrap();
    assert_eq!(versions.len(), 2);
    let latest = read.sheet(&event(), &sheet).await.unwrap();
    assert_eq!(latest.as_ref(), versions.last());
    let other = key("seat-c1", "c1-s2");
    assert_eq!(read.sheet(&event(), &other).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_settled_stays_and_versions_follow_one_another() {
    let sheet = key("seat-c1", "c1-s1");
    let (trial, last, way) = settled(&sheet).await;
    for (was, version, answer) in [
        (last, 1, Err(StoreRefusal::Immutable.into())),
        (Revision::NONE, 3, Err(StoreRefusal::Immutable.into())),
        (Revision::NONE, 2, Ok(Revision::FIRST)),
        // The second version is received, so no third one follows it yet.
        (Revision::NONE, 3, Err(StoreRefusal::Immutable.into())),
        (Revision::NONE, 2, Err(StoreRefusal::Conflict.into())),
    ] {
        let state = if version == 1 { &way[2] } else { &way[0] };
        let saved = save(&trial, was, (sheet.clone(), version), state.clone()).await;
        assert_eq!(saved, answer, "version {version}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_accepted_sheet_keeps_its_figures_and_counts_once() {
    let trial = founded().await;
    let sheet = key("president", "c1-s1");
    let read = figures([10, 1], [6, 4]);
    let first = save(
        &trial,
        Revision::NONE,
        (sheet.clone(), 1),
        accepted(read.clone()),
    )
    .await;
    let first = first.unwrap();
    for (fields, choices) in [([11, 1], [6, 4]), ([10, 1], [5, 5])] {
        let other = accepted(figures(fields, choices));
        let changed = save(&trial, first, (sheet.clone(), 1), other).await;
        assert_eq!(changed, Err(StoreRefusal::Immutable.into()));
    }
    let back = save(&trial, first, (sheet.clone(), 1), SheetState::Received).await;
    assert_eq!(back, Err(StoreRefusal::Immutable.into()));
    let held = |figures| SheetState::Quarantined {
        figures,
        findings: vec![finding()],
        proposal: None,
    };
    // Another sheet came: neither counts, then the first does again, and the second cannot.
    let one = save(&trial, first, (sheet.clone(), 1), held(read.clone()))
        .await
        .unwrap();
    let two = save(
        &trial,
        Revision::NONE,
        (sheet.clone(), 2),
        held(read.clone()),
    )
    .await
    .unwrap();
    save(&trial, one, (sheet.clone(), 1), accepted(read.clone()))
        .await
        .unwrap();
    let both = save(&trial, two, (sheet.clone(), 2), accepted(read.clone())).await;
    assert_eq!(both, Err(StoreRefusal::Conflict.into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_people_at_the_same_second_one_wins() {
    let trial = founded().await;
    let sheet = || (key("president", "c1-s1"), 1);
    let typed = |votes| SheetState::FirstEntered {
        first: keyed(figures([votes, 0], [votes, 0])),
    };
    for round in 0..8 {
        let was = if round == 0 {
            Revision::NONE
        } else {
            Revision::FIRST
        };
        let both = tokio::join!(
            save(&trial, was, sheet(), typed(1)),
            save(&trial, was, sheet(), typed(2))
        );
        let won = u32::from(both.0.is_ok()) + u32::from(both.1.is_ok());
        assert_eq!(won, u32::from(round < 2), "{both:?}");
        for answer in [both.0, both.1].into_iter().filter_map(Result::err) {
            assert_eq!(answer, StoreRefusal::Conflict.into());
        }
    }
    let read = trial.store.read_as(Access::Executive).await.unwrap();
    assert_eq!(
        read.sheet_history(&event(), &sheet().0)
            .await
            .unwrap()
            .len(),
        2
    );
    let entries = read.verify_journal().await.unwrap().size;
    assert_eq!(entries, 3, "the entries of those who lost are not there");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_belong_is_refused() {
    let trial = founded().await;
    for (contest, station) in [
        ("seat-c1", "c2-s1"),
        ("nobody", "c1-s1"),
        ("president", "nowhere"),
        ("president", "c1"),
        ("president", "c3"),
    ] {
        let sheet = (key(contest, station), 1);
        let refused = save(&trial, Revision::NONE, sheet, SheetState::Received).await;
        assert_eq!(
            refused.unwrap_err().code(),
            "store.unknown",
            "{contest} {station}"
        );
    }
    let huge = accepted(figures([u64::MAX, 0], [0, 0]));
    let refused = save(&trial, Revision::NONE, (key("president", "c1-s1"), 1), huge).await;
    assert_eq!(refused, Err(StoreRefusal::TooLarge.into()));
    let largest = accepted(figures([u64::MAX >> 1, 0], [0, 0]));
    let kept = save(
        &trial,
        Revision::NONE,
        (key("president", "c1-s1"), 1),
        largest,
    )
    .await;
    assert_eq!(kept, Ok(Revision::FIRST));
}

/// Three sheets of the president and two of `seat-c1`, accepted or received.
async fn five_sheets() -> Trial {
    let trial = founded().await;
    let read = figures([10, 1], [6, 4]);
    for (contest, station, state) in [
        ("president", "c1-s1", accepted(read.clone())),
        ("president", "c2-s1", SheetState::Received),
        ("president", "c2-s2", accepted(read.clone())),
        ("seat-c1", "c1-s1", SheetState::Received),
        ("seat-c1", "c1-s2", accepted(read.clone())),
    ] {
        let sheet = (key(contest, station), 1);
        save(&trial, Revision::NONE, sheet, state).await.unwrap();
    }
    trial
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_filtered() {
    let trial = five_sheets().await;
    let public = trial.store.read().await.unwrap();
    let all = [
        "president c1-s1",
        "president c2-s1",
        "president c2-s2",
        "seat-c1 c1-s1",
        "seat-c1 c1-s2",
    ];
    for (of, state, below, expected) in [
        (None, None, None, &[0, 1, 2, 3, 4][..]),
        (None, None, Some("n"), &[0, 1, 2, 3, 4]),
        (None, None, Some("c1"), &[0, 3, 4]),
        (Some("seat-c1"), None, None, &[3, 4]),
        (None, Some("received"), None, &[1, 3]),
        (None, Some("received"), Some("c2"), &[1]),
        (None, None, Some("c1-s2"), &[4]),
        (None, None, Some("nowhere"), &[]),
        (Some("nobody"), None, None, &[]),
    ] {
        let filter = Filter {
            contest: of.map(contest),
            state: state.map(str::to_owned),
            below: below.map(unit),
        };
        let lines = public.sheets(&event(), &filter, None, 100).await.unwrap();
        let name = |line: &Line| format!("{} {}", line.key.contest, line.key.station);
        let names: Vec<_> = lines.iter().map(name).collect();
        let expected: Vec<_> = expected.iter().map(|at| all[*at]).collect();
        assert_eq!(names, expected, "{filter:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_are_turned_page_by_page_and_counted_by_state() {
    let trial = five_sheets().await;
    let public = trial.store.read().await.unwrap();
    let all = public
        .sheets(&event(), &Filter::default(), None, 100)
        .await
        .unwrap();
    let mut paged = Vec::new();
    while let Ok(page) = public
        .sheets(&event(), &Filter::default(), paged.last(), 2)
        .await
    {
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, all);
    let counts = public.sheets_by_state(&event()).await.unwrap();
    let count = |contest_code, state: &str, sheets| InState {
        contest: contest(contest_code),
        state: state.to_owned(),
        sheets,
    };
    let expected = [
        count("president", "accepted", 2),
        count("president", "received", 1),
        count("seat-c1", "accepted", 1),
        count("seat-c1", "received", 1),
    ];
    assert_eq!(counts, expected);
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_counted_after_the_release_and_not_before() {
    let trial = founded().await;
    for (number, station) in (1..).zip(["c1-s1", "c1-s2", "c2-s2"]) {
        let state = accepted(figures([number, 0], [number, 0]));
        let sheet = (key("president", station), 1);
        save(&trial, Revision::NONE, sheet, state).await.unwrap();
    }
    let held = SheetState::Quarantined {
        figures: figures([99, 0], [99, 0]),
        findings: vec![finding()],
        proposal: None,
    };
    let sheet = (key("president", "c2-s1"), 1);
    save(&trial, Revision::NONE, sheet, held).await.unwrap();
    let president = contest("president");
    for access in [Access::Public, Access::Executive, Access::Supervision] {
        let read = trial.store.read_as(access).await.unwrap();
        let early = read
            .counted(&event(), &president, |_, _| panic!("a figure"))
            .await;
        assert_eq!(
            early,
            Err(StoreRefusal::NotReleased(president.clone()).into())
        );
    }
    release(&trial, &actor(Organ::Supervision), "president").await;
    let read = trial.store.read().await.unwrap();
    let mut counted = Vec::new();
    let each = |station: sanduq_core::id::UnitCode, figures: Figures| {
        counted.push((station.to_string(), figures.choices[0].unwrap().get()));
    };
    read.counted(&event(), &president, each).await.unwrap();
    let expected = [("c1-s1", 1), ("c1-s2", 2), ("c2-s2", 3)];
    assert_eq!(
        counted,
        expected.map(|(station, votes)| (station.to_owned(), votes))
    );
    let mut below = 0;
    let each = |_, figures: Figures| below += figures.fields[0].unwrap().get();
    read.counted_below(&event(), &president, &unit("c1"), each)
        .await
        .unwrap();
    assert_eq!(below, 3);
    let unknown = read.counted(&event(), &contest("nobody"), |_, _| {}).await;
    assert_eq!(unknown.unwrap_err().code(), "store.unknown");
}
