//! The record of a station through the pages into a store: the same figures sent twice are on
//! record once, of two devices one wins, and what is published then holds.

use crate::nation::actor;
use crate::publish::Place;
use crate::wadi::open;
use crate::wadi::printed;
use crate::wadi::sanduq;
use jiff::SignedDuration;
use sanduq_core::act::Organ;
use sanduq_core::count::Came;
use sanduq_core::count::Voted;
use sanduq_core::id::UnitCode;
use sanduq_operations::station::Bounds;
use sanduq_operations::station::Fact;
use sanduq_operations::turnout::HourFigures;
use sanduq_web::source::Denied;
use sanduq_web::source::Done;
use sanduq_web::source::Source;
use sanduq_web::source::Stored;

fn hour(hour: u8, came: u64, voted: u64) -> Fact {
    Fact::Hour(HourFigures {
        hour,
        came: Came::new(came),
        voted: Voted::new(voted),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_shaky_line_sends_twice_is_on_record_once_and_one_of_two_devices_wins() {
    let place = Place::wadi().await;
    let store = open(&place.store).await;
    let event = crate::wadi::wadi().snapshot.event;
    let snapshot = store.read().await.unwrap().snapshot(&event).await;
    let snapshot = snapshot.unwrap().unwrap();
    let source = Source::Stored(Stored::new(store, event));
    // Its last hour is not reported yet.
    let station = UnitCode::new("d2-1").unwrap();
    let bounds = Bounds {
        law: &snapshot.profile,
        registered: None,
    };
    let by = actor("head-1", Organ::Executive);
    let at = snapshot.at + SignedDuration::from_mins(1);
    let put = |fact: Fact| {
        let (source, station, by) = (&source, &station, &by);
        async move { source.record(station, &fact, bounds, (by, at)).await }
    };
    let (mine, yours) = tokio::join!(put(hour(19, 70, 60)), put(hour(19, 71, 60)));
    let (came, other) = match (&mine, &yours) {
        (Ok(Done::Recorded), Err(Denied::Refused("turnout.hour_past"))) => (70, 71),
        (Err(Denied::Refused("turnout.hour_past")), Ok(Done::Recorded)) => (71, 70),
        both => panic!("{both:?}"),
    };
    let again = put(hour(19, came, 60)).await.unwrap();
    assert_eq!(again, Done::Already);
    for (fact, code) in [
        (hour(19, other, 60), "turnout.hour_past"),
        (hour(20, 80, 60), "turnout.after_closing"),
        (Fact::Closed, ""),
        (Fact::Queue(3), "station.not_open"),
    ] {
        match put(fact.clone()).await {
            Ok(done) => assert_eq!((done, code), (Done::Already, ""), "{fact:?}"),
            Err(Denied::Refused(no)) => assert_eq!(no, code, "{fact:?}"),
            Err(failed) => panic!("{failed:?}"),
        }
    }
    let kept = source.station(&station).await.unwrap();
    let last = kept.record.hours.last().unwrap();
    assert_eq!((last.hour, last.came.get()), (19, came));
    let mark = kept.marks.hours[&19];
    let entries = source.entries(mark.entry, 1).await.unwrap();
    assert_eq!(entries[0].entry.facts["station"], "d2-1");
    assert_eq!((mark.at, entries[0].entry.at), (at, at));
    drop(source);
    let published = place.publish(&place.folder).unwrap();
    let key = published["key"].as_str().unwrap();
    let folder = place.folder.to_str().unwrap();
    let verified = sanduq(&["verify", folder, "--key", key]);
    assert_eq!(verified.status.code(), Some(0), "{}", printed(&verified));
}
