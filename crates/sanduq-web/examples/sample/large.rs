//! The invented nation with sixty thousand stations in thirty-one provinces and one contest, to see
//! what pages weigh and how long they take. Always true here: of two hundred
//! stations, about one is late and one is silent.

use crate::nation;
use crate::nation::PLACES;
use crate::nation::Stage;
use crate::nation::unit;
use crate::nation::weight;
use sanduq_core::act::Entry;
use sanduq_core::geography::Geography;
use sanduq_core::law::Profile;
use sanduq_count::publication::Snapshot;

/// Provinces of the nation.
pub const PROVINCES: usize = 31;
/// Stations of the nation.
pub const STATIONS: usize = 60_000;
const CONSTITUENCIES: usize = 208;
const CENTRES: usize = STATIONS / 5;

fn geography(profile: &Profile) -> Geography {
    let name = |at: usize| PLACES[at % PLACES.len()];
    let mut units = vec![unit(
        "wahat",
        None,
        0,
        ("جمهورية الواحات", "Republic of the Oases"),
    )];
    for p in 1..=PROVINCES {
        units.push(unit(&p.to_string(), Some("wahat"), 1, name(p)));
    }
    let mut constituencies = Vec::new();
    for c in 0..CONSTITUENCIES {
        let province = (c * PROVINCES / CONSTITUENCIES + 1).to_string();
        let code = format!("{province}-{}", c + 1);
        units.push(unit(&code, Some(&province), 2, name(c * 3)));
        constituencies.push(code);
    }
    for k in 0..CENTRES {
        let above = &constituencies[k * CONSTITUENCIES / CENTRES];
        let centre = format!("{above}-{}", k + 1);
        units.push(unit(&centre, Some(above), 3, name(k * 5)));
        for s in 1..=STATIONS / CENTRES {
            units.push(unit(&format!("{centre}-{s}"), Some(&centre), 4, name(k)));
        }
    }
    Geography::new(profile.levels.clone(), units).expect("the sample is a tree")
}

/// The snapshot of a stage and the journal up to it.
pub fn sample(stage: Stage) -> (Snapshot, Vec<Entry>) {
    let (mut snapshot, entries) = nation::of(geography, &[0], stage);
    if let Stage::Polling(_) = stage {
        snapshot.days.retain_mut(|(code, day)| {
            if weight(code.as_str()) % 200 == 1 {
                day.hours.pop();
            }
            !weight(code.as_str()).is_multiple_of(200)
        });
    }
    (snapshot, entries)
}
