//! The ground that sheets stand on, against the journal: the event, the texts of law, the units,
//! the roll, the contests with their choices, the locks, the lots and the snapshot itself.

use crate::recompute::acts::Acts;
use crate::recompute::acts::LiftAct;
use crate::recompute::acts::Reported;
use crate::recompute::legal::PollingDay;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use sanduq_core::act::Facts;
use sanduq_core::count::Registered;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ChoiceCode;
use sanduq_core::seats::Lot;
use sanduq_count::publication::Edition;
use sanduq_count::publication::LawFile;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::contest_digest;
use sanduq_count::publication::geography_digest;
use sanduq_count::publication::registered_digest;

const EVENT: &str = "event.json";
const GEOGRAPHY: &str = "geography.json";
const CONTESTS: &str = "contests.json";

/// Checks the ground.
pub fn check(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    snapshot(edition, acts, failures);
    if !acts
        .called
        .iter()
        .any(|event| event == edition.event.edition.event.as_str())
    {
        failures.at(Point::EventCalled, EVENT, "event");
    }
    for file in &edition.event.law {
        law(file, &acts.laws, failures);
    }
    geography(edition, acts.geography.as_ref(), failures);
    roll(edition, acts, failures);
    for entry in &edition.contests {
        contest(edition, entry, acts, failures);
    }
}

fn snapshot(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    let head = &edition.event.journal;
    if acts.entries < head.size {
        failures.differs(
            Point::SnapshotSize,
            EVENT,
            "journal",
            (&acts.entries, &head.size),
        );
        return;
    }
    let root = acts.root().to_string();
    failures.compare(
        Point::SnapshotRoot,
        EVENT,
        "journal",
        (root.as_str(), &head.root),
    );
    let last = acts.last_at.map_or("never".to_owned(), |at| at.to_string());
    let stated = edition.event.edition.at.to_string();
    failures.compare(Point::SnapshotTime, EVENT, "edition.at", (last, stated));
    let sealed = acts
        .seals
        .last()
        .map_or("nothing", |seal| seal.snapshot.as_str());
    let stated = edition.event.edition.snapshot.as_str();
    failures.compare(
        Point::SealSnapshot,
        EVENT,
        "edition.snapshot",
        (sealed, stated),
    );
}

/// The text must be the one that was adopted last of its code and kind; a form and a profile may
/// share their code.
fn law(file: &LawFile, adopted: &[Facts], failures: &mut Failures) {
    let own = |facts: &&Facts| {
        let fact = |key: &str| facts.get(key).map(String::as_str);
        fact("law") == Some(file.code.as_str()) && fact("kind") == Some(file.kind.code())
    };
    let digest = adopted
        .iter()
        .rfind(own)
        .and_then(|facts| facts.get("digest"));
    if digest != Some(&file.digest) {
        failures.at(Point::LawAdopted, &file.path, file.kind.code());
    }
}

fn geography(edition: &Edition, adopted: Option<&Facts>, failures: &mut Failures) {
    let geography = &edition.geography;
    let computed = [
        ("units", geography.units().len().to_string()),
        ("stations", geography.stations().count().to_string()),
        ("digest", geography_digest(geography)),
    ];
    facts(
        Point::Geography,
        GEOGRAPHY,
        "units",
        (&computed, adopted),
        failures,
    );
}

/// Compares the facts of an entry with what was computed from the files.
fn facts(
    point: Point,
    path: &str,
    place: &str,
    (computed, journaled): (&[(&str, String)], Option<&Facts>),
    failures: &mut Failures,
) {
    let Some(journaled) = journaled else {
        failures.at(point, path, place);
        return;
    };
    let nothing = "nothing".to_owned();
    for (key, computed) in computed {
        // What the files say is stated; what the journal says is what it must be.
        let must_be = journaled.get(*key).unwrap_or(&nothing);
        let place = format!("{place}, {key}");
        failures.compare(point, path, &place, (must_be, computed));
    }
}

/// The registered voters are those of the frozen roll, or where there is none, those of the
/// stations; where every station has its own, those add up to them.
fn roll(edition: &Edition, acts: &Acts, failures: &mut Failures) {
    let stated = edition.event.registered;
    let geography = &edition.geography;
    let stations = geography.stations();
    let own: Vec<Option<Registered>> = stations
        .map(|place| geography.unit(place).registered)
        .collect();
    if let Some(frozen) = &acts.roll {
        let computed = [("registered", stated.to_string())];
        facts(
            Point::Registered,
            EVENT,
            "registered",
            (&computed, Some(frozen)),
            failures,
        );
    }
    if acts.roll.is_none() || own.iter().all(Option::is_some) {
        let path = acts.roll.as_ref().map_or(EVENT, |_| GEOGRAPHY);
        match Registered::sum(own.into_iter().flatten()) {
            Ok(sum) => failures.compare(Point::Registered, path, "registered", (sum, stated)),
            Err(_) => failures.at(Point::Registered, path, "registered"),
        }
    }
    let none = || "none".to_owned();
    let adopted = acts.geography.as_ref();
    let adopted = adopted.and_then(|facts| facts.get("registered"));
    // Who places voters says anew how many stand on each list.
    let adopted = acts.placed.as_ref().or(adopted).cloned();
    let computed = registered_digest(geography);
    let sides = (adopted.unwrap_or_else(none), computed.unwrap_or_else(none));
    failures.compare(Point::StationRegistered, GEOGRAPHY, "stations", sides);
}

fn contest(edition: &Edition, entry: &PublicContest, acts: &Acts, failures: &mut Failures) {
    let contest = &entry.contest;
    let place = format!("contest {}", contest.code);
    let computed = [
        ("digest", contest_digest(contest, &entry.form)),
        (
            "choices",
            listed(contest.choices.iter().map(|choice| &choice.code)),
        ),
    ];
    let adopted = acts.contests.get(contest.code.as_str());
    facts(
        Point::ContestAdopted,
        CONTESTS,
        &place,
        (&computed, adopted),
        failures,
    );
    let released = acts
        .released
        .iter()
        .any(|lifted| lifted.contest == contest.code.as_str());
    failures.compare(
        Point::ContestLock,
        CONTESTS,
        &place,
        (released, entry.released),
    );
    for lifted in &acts.released {
        if lifted.contest == contest.code.as_str()
            && let Some(open) = open(edition, entry, acts, lifted)
        {
            failures.at(Point::LockEarly, CONTESTS, &format!("{place}, {open}"));
        }
    }
    lots(entry, acts, &place, failures);
}

/// The first station of a contest that had not closed when its lock was lifted (INV-31): by the
/// hour, and by the place of the acts in the journal. Where no station opened, because the sheets
/// came as data alone, the law's hour stands for all.
fn open(edition: &Edition, entry: &PublicContest, acts: &Acts, lifted: &LiftAct) -> Option<String> {
    if !acts.polled() {
        let closes = PollingDay::of(edition).map(|day| day.closes);
        let early = closes.is_none_or(|closes| closes > lifted.at);
        return early.then(|| "by law".to_owned());
    }
    let geography = &edition.geography;
    let top = geography.find(&entry.contest.unit);
    let own = |station: &UnitIx| top.is_some_and(|top| geography.path(*station).contains(&top));
    let closed = |station: &UnitIx| {
        let day = edition.days[station.ix()].as_ref()?;
        let report = (Reported::Closed, day.reports.closed);
        let said = acts.reports.get(&report)?;
        (day.closed? <= lifted.at && said.index < lifted.index).then_some(())
    };
    let mut stations = geography.stations().filter(own);
    let open = stations.find(|station| closed(station).is_none())?;
    Some(format!("station {}", geography.unit(open).code))
}

fn lots(entry: &PublicContest, acts: &Acts, place: &str, failures: &mut Failures) {
    let drawn = acts
        .lots
        .get(entry.contest.code.as_str())
        .into_iter()
        .flatten();
    let fact = |facts: &Facts, key: &str| facts.get(key).cloned().unwrap_or_default();
    let drawn = drawn.map(|facts| (fact(facts, "among"), fact(facts, "outcome")));
    let stated = entry
        .lots
        .iter()
        .map(|lot: &Lot| (listed(&lot.among), listed(&lot.drawn)));
    if !drawn.eq(stated) {
        failures.at(Point::Lots, CONTESTS, place);
    }
}

/// Codes in a row, as facts hold them.
fn listed<'a>(codes: impl IntoIterator<Item = &'a ChoiceCode>) -> String {
    let codes: Vec<&str> = codes.into_iter().map(ChoiceCode::as_str).collect();
    codes.join(",")
}
