//! Sheets typed through the pages into a store: what was acted on counts, what was read before does
//! not.

use crate::nation::actor;
use crate::publish::Place;
use crate::wadi::open;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::id::ActorId;
use sanduq_core::law::SecondSignature;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salts;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::countersign;
use sanduq_count::sheet::first_entry;
use sanduq_count::sheet::propose;
use sanduq_count::sheet::readings;
use sanduq_count::sheet::receive;
use sanduq_count::sheet::second_entry;
use sanduq_web::source::Denied;
use sanduq_web::source::Ruled;
use sanduq_web::source::Source;
use sanduq_web::source::Stored;

/// A sheet that a closed station owes and that has not come in; when the station closed.
fn owed(snapshot: &Snapshot) -> (SheetKey, Timestamp) {
    let geography = &snapshot.geography;
    let all = snapshot.contests.iter().flat_map(|entry| {
        snapshot.days.iter().filter_map(move |(station, day)| {
            let ix = geography.find(station)?;
            let mut path = geography.path(ix).into_iter();
            let within = path.any(|unit| geography.unit(unit).code == entry.contest.unit);
            let key = SheetKey {
                contest: entry.contest.code.clone(),
                station: station.clone(),
            };
            day.closed.filter(|_| within).map(|closed| (key, closed))
        })
    });
    let come = |key: &SheetKey| snapshot.sheets.iter().any(|sheet| sheet.key == *key);
    let mut owed = all.filter(|(key, _)| !come(key));
    owed.next().expect("a sheet of Wadi has not come in")
}

fn zeros(paper: &Paper<'_>) -> Figures {
    let none = Some(Votes::new(0));
    Figures {
        fields: vec![none; paper.form().fields.len()],
        choices: vec![none; paper.contest().choices.len()],
    }
}

/// Received and typed for the first time, in one transaction.
fn first(
    paper: &Paper<'_>,
    key: &SheetKey,
    versions: &[Sheet],
    (closed, by, at): (Timestamp, &Actor, Timestamp),
) -> Ruled {
    let salts = Salts::new(&[7; 32]);
    let received = receive(versions.last(), (key, &salts), Day::Closed(closed), by, at)?;
    let entered = first_entry(paper, &received.next, zeros(paper), by, at)?;
    Ok(vec![received, entered])
}

#[tokio::test(flavor = "multi_thread")]
async fn two_clerks_bring_a_sheet_into_the_store_and_one_of_two_at_once_is_told() {
    let place = Place::wadi().await;
    let store = open(&place.store).await;
    let event = crate::wadi::wadi().snapshot.event;
    let snapshot = store.read().await.unwrap().snapshot(&event).await;
    let snapshot = snapshot.unwrap().unwrap();
    let source = Source::Stored(Stored::new(store, event));
    let (key, closed) = owed(&snapshot);
    let contests = &snapshot.contests;
    let entry = contests.iter().find(|own| own.contest.code == key.contest);
    let entry = entry.unwrap();
    let paper = Paper::new(snapshot.form(&entry.form).unwrap(), &entry.contest);
    let [one, two] = ["clerk-8", "clerk-9"].map(|id| actor(id, Organ::Executive));
    let at = snapshot.at + SignedDuration::from_mins(1);
    let type_first = |by| {
        let (source, paper, key) = (&source, &paper, &key);
        async move {
            let rule = |versions: &[Sheet]| first(paper, key, versions, (closed, by, at));
            source.act(key, (by, at), rule).await
        }
    };
    let (mine, yours) = tokio::join!(type_first(&one), type_first(&two));
    let told = match (&mine, &yours) {
        (Ok(_), Err(no)) | (Err(no), Ok(_)) => no,
        both => panic!("{both:?}"),
    };
    assert!(
        matches!(
            told,
            Denied::Refused("store.conflict" | "sheet.already_received")
        ),
        "{told:?}"
    );
    let (other, again) = if mine.is_ok() {
        (&two, &one)
    } else {
        (&one, &two)
    };
    let later = at + SignedDuration::from_mins(1);
    let second = |by: &Actor, versions: &[Sheet]| {
        let sheet = versions.last().unwrap();
        Ok(vec![second_entry(&paper, sheet, zeros(&paper), by, later)?])
    };
    let same = source.act(&key, (again, later), |versions| second(again, versions));
    let same = same.await.unwrap_err();
    assert!(
        matches!(same, Denied::Refused("sheet.same_person")),
        "{same:?}"
    );
    let done = source.act(&key, (other, later), |versions| second(other, versions));
    assert_eq!(done.await.unwrap().state.code(), "accepted");
    let told = source.sheet_entries(&key).await.unwrap();
    let acts: Vec<&str> = told.iter().map(|line| &*line.entry.act).collect();
    assert_eq!(
        acts,
        ["sheet.received", "sheet.first_entered", "sheet.accepted"]
    );
    typed_by(&source, &paper, &key, [(&again.id, at), (&other.id, later)]).await;
    let minutes = |n| at + SignedDuration::from_mins(n);
    replaced(&source, &paper, &key, (minutes(2), minutes(3))).await;
}

/// Both organs read from the store who typed what: these persons at these times, every line.
async fn typed_by(
    source: &Source,
    paper: &Paper<'_>,
    key: &SheetKey,
    persons: [(&ActorId, Timestamp); 2],
) {
    let told = source.sheet_entries(key).await.unwrap();
    for organ in [Organ::Executive, Organ::Supervision] {
        let states = source.sheet_states(organ, (key, 1)).await.unwrap();
        let read = readings(paper, &states, told.iter().map(|line| &line.entry));
        let typed: Vec<_> = read.iter().map(|own| (&own.by, own.at)).collect();
        assert_eq!(typed, persons);
        let lines = paper.form().fields.len() + paper.contest().choices.len();
        assert!(read.iter().all(|own| own.lines.len() == lines));
        let versions = source.sheet_versions(organ, key).await.unwrap();
        assert_eq!(versions.len(), 1);
        let none = source.sheet_states(organ, (key, 2)).await.unwrap();
        assert_eq!(none, [], "of the version that is asked for");
    }
    rooted(source).await;
}

/// The journal tells its root at the size of the snapshot, and another one before that.
async fn rooted(source: &Source) {
    let snapshot = source.snapshot().await.unwrap().unwrap();
    let size = snapshot.journal_size;
    let root = source.root_at(size).await.unwrap();
    assert_eq!(*root.as_bytes(), snapshot.journal_root);
    assert_ne!(source.root_at(size - 1).await.unwrap(), root);
    assert!(source.root_at(size + 1).await.is_err());
}

/// Both organs put other figures in the place of those that count: the old version and the new one
/// are written together.
async fn replaced(
    source: &Source,
    paper: &Paper<'_>,
    key: &SheetKey,
    (at, later): (Timestamp, Timestamp),
) {
    let executive = actor("adjudicator-8", Organ::Executive);
    let supervision = actor("supervisor-8", Organ::Supervision);
    let mut other = zeros(paper);
    other.fields[0] = Some(Votes::new(5));
    let rule = |versions: &[Sheet]| {
        let sheet = versions.last().unwrap();
        let read = Salts::new(&[8; 32]).correction(sheet, other.clone());
        let outcome = Outcome::Correct(read);
        let ground = "read again";
        Ok(vec![propose(
            paper, sheet, outcome, ground, &executive, at,
        )?])
    };
    source.act(key, (&executive, at), rule).await.unwrap();
    let rule = |versions: &[Sheet]| {
        let sheet = versions.last().unwrap();
        let answer = (Answer::Sign, &supervision, later);
        let law = SecondSignature::Required;
        let decided = countersign(paper, law, sheet, Some(sheet.version), answer)?;
        Ok([Some(decided.this), decided.next]
            .into_iter()
            .flatten()
            .collect())
    };
    let counts = source.act(key, (&supervision, later), rule).await.unwrap();
    assert_eq!((counts.version, counts.state.counted()), (2, Some(&other)));
    let versions = source
        .sheet_versions(Organ::Supervision, key)
        .await
        .unwrap();
    let states: Vec<_> = versions.iter().map(|sheet| sheet.state.code()).collect();
    assert_eq!(states, ["superseded", "accepted"]);
}
