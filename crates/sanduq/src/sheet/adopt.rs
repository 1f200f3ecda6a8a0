//! Puts an import into the store: the ground that the sheets stand on, unless the store has it, and
//! all sheets, in one transaction. A crash, a full disk or a refusal leaves all of it or nothing.

use super::batch::Batch;
use super::judge::Judge;
use super::judge::Occasion;
use super::refusal::ImportRefusal;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::contest::Contest;
use sanduq_core::geography::Geography;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::LawKind;
use sanduq_count::publication::candidates_adopted;
use sanduq_count::publication::geography_adopted;
use sanduq_count::publication::law_adopted;
use sanduq_count::results::Release;
use sanduq_count::results::lift_lock;
use sanduq_store::Access;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::event::Event;
use sanduq_store::import::Lay;
use sanduq_store::journal::Head;
use sanduq_store::sheet::Filter;
use sanduq_store::sheet::Revision;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The ground of an import.
pub struct Ground {
    /// The event with its law.
    pub event: Event,
    /// The code of the form.
    pub form: LawCode,
    /// The units.
    pub geography: Arc<Geography>,
    /// The contests.
    pub contests: Vec<Contest>,
}

/// Lifts the lock of every contest: all stations closed with the polling day.
pub fn releases(
    ground: &Ground,
    occasion: &Occasion,
) -> Result<Vec<(Release, Entry)>, ImportRefusal> {
    let lift = |contest| {
        let closed = |_: &UnitCode| Some(occasion.closed);
        let change = lift_lock(
            &ground.geography,
            contest,
            closed,
            &occasion.by,
            occasion.at,
        )?;
        Ok((change.next, change.entry))
    };
    ground.contests.iter().map(lift).collect()
}

/// Whether the store has the event with this ground. Another ground is refused, and so are sheets
/// that the store has.
async fn is_laid(store: &Store, ground: &Ground, batch: &Batch) -> Result<bool, ImportRefusal> {
    let read = store.read_as(Access::Executive).await?;
    let Some(event) = read.event(&ground.event.event).await? else {
        return Ok(false);
    };
    let geography = read.geography(&ground.event.event).await?;
    let contests = read.contests(&ground.event.event).await?;
    let same = event == ground.event
        && geography.as_ref() == Some(&*ground.geography)
        && contests
            .iter()
            .map(|known| &known.contest)
            .eq(&ground.contests);
    let mut after = None;
    let mut known = BTreeMap::new();
    loop {
        let (event, filter) = (&ground.event.event, Filter::default());
        let lines = read.sheets(event, &filter, after.as_ref(), 50_000).await?;
        let Some(last) = lines.last() else { break };
        after = Some(last.clone());
        known.extend(lines.into_iter().map(|line| (line.key, line.state)));
    }
    for sheet in &batch.sheets {
        let key = batch.key(&ground.contests, sheet);
        if let Some(state) = known.get(&key) {
            let why = format!(
                "the store has the sheet of station {} for {} already; it is {state}",
                key.station, key.contest
            );
            let place = batch.place(sheet.stand);
            return Err(ImportRefusal::at(place, "sheet.already_received", why));
        }
    }
    if same {
        return Ok(true);
    }
    let why = format!(
        "the store has the event {} with other law, units or contests; name another with --store",
        ground.event.event
    );
    Err(ImportRefusal::Whole("import.other_event", why))
}

/// Calls the event and adopts its ground.
async fn lay(w: &mut Write, (ground, lifted): (Arc<Ground>, Vec<Entry>)) -> Result<(), StoreError> {
    let (by, at) = (w.actor().clone(), w.at());
    let event = &ground.event;
    // Worked out while the database takes the units.
    let (geography, actor) = (ground.geography.clone(), by.clone());
    let adopted = tokio::task::spawn_blocking(move || geography_adopted(&geography, &actor, at));
    w.journal(w.entry(Act::EventCalled).with("event", &event.event));
    w.call_event(event).await?;
    w.journal(law_adopted(LawKind::Profile, &event.profile, &by, at));
    for (kind, texts) in [
        (LawKind::Form, &event.forms),
        (LawKind::SeatRule, &event.seat_rules),
    ] {
        for text in texts {
            w.journal(law_adopted(kind, text, &by, at));
        }
    }
    w.adopt_geography(&event.event, &ground.geography).await?;
    w.journal(
        adopted
            .await
            .expect("a digest of units in memory does not fail"),
    );
    let form = |contest: &Contest| (contest.clone(), ground.form.clone());
    let contests: Vec<_> = ground.contests.iter().map(form).collect();
    w.adopt_contests(&event.event, &contests).await?;
    for contest in &ground.contests {
        w.journal(candidates_adopted(contest, &ground.form, &by, at));
    }
    let codes = ground.contests.iter().map(|contest| contest.code.clone());
    let codes: Vec<ContestCode> = codes.collect();
    w.release_contests(&event.event, &codes).await?;
    for entry in lifted {
        w.journal(entry);
    }
    Ok(())
}

/// Imports every sheet of the batch, each with its journal entry, behind the ground unless that is
/// there, in one transaction. `lifted` are the entries that lift the lock of every contest.
pub async fn keep(
    store: &Store,
    ground: &Arc<Ground>,
    batch: &Batch,
    (judge, occasion, digest): (&mut Judge<'_>, &Occasion, &str),
    lifted: Vec<Entry>,
    reached: &mut dyn FnMut(usize),
) -> Result<Head, ImportRefusal> {
    let (by, at, event) = (&occasion.by, occasion.at, &ground.event.event);
    let mut import = if is_laid(store, ground, batch).await? {
        store.import(by, event).await?
    } else {
        let laid = (ground.clone(), lifted);
        let lay: Lay = Box::new(move |w| Box::pin(lay(w, laid)));
        store.import_with(by, at, event, lay).await?
    };
    let begun = Entry::new(Act::ImportBegun, by, at)
        .with("form", &ground.form)
        .with("sheets", batch.rows())
        .with("digest", digest);
    import.journal(&begun).await?;
    for (done, nth) in batch.in_order(&ground.geography).into_iter().enumerate() {
        let change = judge.sheet(nth)?;
        import.sheet(&change).await?;
        reached(done + 1);
    }
    for nth in 0..batch.conflicts.len() {
        if let Some(conflict) = judge.conflict(nth)? {
            import.amend(Revision::FIRST, &conflict.first).await?;
            import.sheet(&conflict.second).await?;
        }
    }
    Ok(import.finish().await?)
}
