//! A placement as `sanduq placement voters` has written it, beside the roll of today: who has which
//! station so far, and who has changed since.

use crate::exit::Ended;
use crate::placement::centres::Centres;
use crate::placement::grid::Wrong;
use crate::placement::roll::Roll;
use crate::placement::roll::rows;
use crate::placement::written::class_word;
use sanduq_core::cell::bare;
use sanduq_matching::source::Column;
use sanduq_register::placement::place::Place;
use std::collections::BTreeMap;
use std::path::Path;

/// Where a voter was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seat {
    /// The station, by its place in [`Before::stations`].
    pub station: u32,
    /// The committee, from 0.
    pub room: u16,
    /// Whether the voter's district, address or need is another today.
    pub changed: bool,
}

/// The placement so far.
pub struct Before {
    /// For each voter of the roll of today; none for who is new.
    pub seats: Vec<Option<Seat>>,
    /// The ids of stations: those of the list of today in its order, then those that are gone.
    pub stations: Vec<String>,
    /// Voters who are not on the roll any more.
    pub gone: u64,
}

const COLUMNS: [&str; 7] = [
    "voter",
    "district",
    "station",
    "committee",
    "latitude",
    "longitude",
    "class",
];

/// Reads the placement before.
///
/// # Errors
/// When the file is none, or a row of it is not understood.
pub fn read(path: &Path, centres: &Centres, roll: &Roll) -> Result<Before, Ended> {
    let order = roll.ids.sorted();
    let mut before = Before {
        seats: vec![None; roll.voters.len()],
        stations: centres
            .list
            .iter()
            .map(|centre| centre.id.clone())
            .collect(),
        gone: 0,
    };
    let numbers = before.stations.iter().cloned().zip(0_u32..);
    let mut known: BTreeMap<String, u32> = numbers.collect();
    let columns = COLUMNS.map(Column::required);
    let mut twice: Option<Wrong> = None;
    rows(path, &columns, |row| {
        let mut fields = row.fields().map(|field| bare(field.trim()));
        let [id, district, station, room, north, east, class] =
            std::array::from_fn(|_| fields.next().unwrap_or_default());
        let wrong = |why: String| ("placement.plan", why);
        let committee = room
            .parse::<u16>()
            .ok()
            .and_then(|number| number.checked_sub(1));
        let room = committee.ok_or_else(|| wrong(format!("“{room}” is no committee")))?;
        let place = Place::read(&north, &east)
            .ok_or_else(|| wrong(format!("“{north}” “{east}” is no place")))?;
        let found = order.binary_search_by(|at| roll.ids.get(*at as usize).cmp(&id));
        let Ok(found) = found else {
            before.gone += 1;
            return Ok(());
        };
        let at = order[found] as usize;
        let voter = roll.voters[at];
        let next = u32::try_from(before.stations.len()).unwrap_or(u32::MAX);
        let station = *known
            .entry(station.clone().into_owned())
            .or_insert_with(|| {
                before.stations.push(station.into_owned());
                next
            });
        let changed = voter.place != place
            || class_word(voter.class) != class
            || centres.districts[usize::from(voter.district)] != *district;
        let seat = Seat {
            station,
            room,
            changed,
        };
        if before.seats[at].replace(seat).is_some() {
            twice = Some(Wrong {
                code: "placement.plan",
                sentence: format!("line {}: the voter {id} stands twice", row.line),
            });
        }
        Ok(())
    })?;
    match twice {
        Some(wrong) => Err(crate::placement::grid::refusal(&[wrong])),
        None => Ok(before),
    }
}
