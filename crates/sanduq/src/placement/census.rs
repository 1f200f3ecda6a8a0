//! A list of centres with their registered voters, and nothing of the voters themselves: everybody
//! stays at the own centre as far as it can have them, in as few stations as the law allows; who is
//! too many for it goes to another centre of the district.
//!
//! Always true here: what is told of the result is counted in the result. Where the file has
//! coordinates the cost is metres from the own centre; else it is stations, and the bound of a
//! district is what no placement there can do with less.

use crate::placement::centres::Centre;
use crate::placement::centres::Centres;
use crate::placement::grid::Wrong;
use crate::placement::heads::Field;
use crate::placement::law::Chosen;
use crate::progress::Progress;
use sanduq_placement::district::Placed;
use sanduq_placement::district::place;
use sanduq_placement::district::place_by_ways;
use sanduq_placement::input::Group;
use sanduq_placement::input::Site;
use sanduq_register::placement::sizes;
use sanduq_register::placement::stations_needed;

/// Voters who go from one centre to another, or stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// Where they are registered, by its place in the list.
    pub from: u32,
    /// Where they vote.
    pub to: u32,
    /// How many they are.
    pub voters: u32,
}

/// The centres with their voters.
#[derive(Clone, Debug, Default)]
pub struct Census {
    /// Who goes where.
    pub flows: Vec<Flow>,
    /// The stations of each centre, by their voters.
    pub stations: Vec<Vec<u32>>,
    /// What it costs, in metres or stations.
    pub cost: i64,
    /// No placement costs less.
    pub bound: i64,
}

impl Census {
    /// Voters who do not vote where they are registered.
    pub fn leaving(&self) -> u64 {
        let leaving = self.flows.iter().filter(|flow| flow.from != flow.to);
        leaving.map(|flow| u64::from(flow.voters)).sum()
    }
}

/// The most voters of a centre.
pub fn capacity(centre: &Centre, largest: u32) -> u32 {
    let legal = centre
        .stations
        .map_or(u32::MAX, |count| count.saturating_mul(largest));
    legal.min(centre.capacity.unwrap_or(u32::MAX))
}

/// Places the registered voters of all centres, district by district.
///
/// # Errors
/// Every district whose centres cannot have its voters.
pub fn place_census(
    centres: &Centres,
    chosen: &Chosen,
    progress: &mut Progress,
) -> Result<Census, Vec<Wrong>> {
    let mut inside = vec![Vec::new(); centres.districts.len()];
    for (centre, at) in centres.list.iter().zip(0_u32..) {
        inside[centre.district as usize].push(at);
    }
    progress.stage("placing", inside.len() as u64, "districts");
    let mut census = Census {
        stations: vec![Vec::new(); centres.list.len()],
        ..Census::default()
    };
    let mut wrong = Vec::new();
    for (done, inside) in inside.iter().enumerate() {
        if let Err(over) = place_district(centres, chosen, inside, &mut census) {
            wrong.push(over);
        }
        progress.reached(done as u64 + 1);
    }
    progress.end();
    if wrong.is_empty() {
        Ok(census)
    } else {
        Err(wrong)
    }
}

fn place_district(
    centres: &Centres,
    chosen: &Chosen,
    inside: &[u32],
    census: &mut Census,
) -> Result<(), Wrong> {
    let largest = chosen.law.maximum;
    let told: Vec<&Centre> = inside
        .iter()
        .map(|at| &centres.list[*at as usize])
        .collect();
    let voters: u64 = told.iter().map(|centre| centre.registered).sum();
    let places: u64 = told
        .iter()
        .map(|centre| u64::from(capacity(centre, largest)))
        .sum();
    if voters > places {
        return Err(too_few(centres, told[0], (voters, places), told.len()));
    }
    let fits = |centre: &&Centre| centre.registered <= u64::from(capacity(centre, largest));
    let first = census.flows.len();
    let stays = told.iter().all(fits);
    if stays {
        let own = inside.iter().zip(&told).map(|(at, centre)| Flow {
            from: *at,
            to: *at,
            voters: u32::try_from(centre.registered).unwrap_or(u32::MAX),
        });
        census.flows.extend(own);
    } else {
        let placed = send(&told, largest, centres.placed);
        for (from, parts) in inside.iter().zip(&placed.groups) {
            census.flows.extend(parts.iter().map(|(to, voters)| Flow {
                from: *from,
                to: inside[*to as usize],
                voters: *voters,
            }));
        }
        if centres.placed {
            census.cost += placed.cost_metres;
            census.bound += placed.bound_metres;
        }
    }
    let mut opened = 0;
    let mut loads = vec![0_u64; inside.len()];
    for flow in &census.flows[first..] {
        if let Ok(site) = inside.binary_search(&flow.to) {
            loads[site] += u64::from(flow.voters);
        }
    }
    for ((at, centre), load) in inside.iter().zip(&told).zip(&loads) {
        let needed = stations_needed(*load, largest).unwrap_or(0);
        let count = centre
            .stations
            .unwrap_or_else(|| u32::try_from(needed).unwrap_or(u32::MAX));
        let rooms = sizes(*load, count, largest).unwrap_or_default();
        opened += i64::try_from(rooms.len()).unwrap_or(i64::MAX);
        census.stations[*at as usize] = rooms;
    }
    if !centres.placed {
        census.cost += opened;
        census.bound += fewest(&told, largest, voters, stays);
    }
    Ok(())
}

/// The fewest stations of a district. Where everybody stays, a centre needs what its own voters do;
/// where some have to go, all that is certain is what all of them need, and one for each centre.
fn fewest(told: &[&Centre], largest: u32, voters: u64, stays: bool) -> i64 {
    let needed = |voters: u64| stations_needed(voters, largest).unwrap_or(0);
    let fewest = if stays {
        let own = |centre: &&Centre| {
            let own = centre.stations.map(u64::from);
            own.unwrap_or_else(|| needed(centre.registered))
        };
        told.iter().map(own).sum()
    } else {
        needed(voters).max(told.len() as u64)
    };
    i64::try_from(fewest).unwrap_or(i64::MAX)
}

/// Sends who is too many for the own centre to others: at the fewest metres, or where nobody knows
/// how far they are, as few voters as can be.
fn send(told: &[&Centre], largest: u32, located: bool) -> Placed {
    let point = |centre: &Centre| centre.place.unwrap_or_default().point();
    let groups = told.iter().map(|centre| Group {
        point: point(centre),
        voters: u32::try_from(centre.registered).unwrap_or(u32::MAX),
        class: 0,
    });
    let sites = told.iter().map(|centre| Site {
        point: point(centre),
        capacity: capacity(centre, largest),
        serves: 1,
    });
    let (groups, sites): (Vec<Group>, Vec<Site>) = (groups.collect(), sites.collect());
    let placed = if located {
        place(&groups, &sites)
    } else {
        let way = |from: usize| {
            let all = 0..u32::try_from(told.len()).unwrap_or(u32::MAX);
            all.map(|to| (to, u32::from(to as usize != from))).collect()
        };
        let ways: Vec<Vec<(u32, u32)>> = (0..told.len()).map(way).collect();
        place_by_ways(&groups, &sites, &ways)
    };
    placed.expect("the places were counted")
}

fn too_few(centres: &Centres, first: &Centre, (voters, places): (u64, u64), count: usize) -> Wrong {
    let name = &centres.districts[first.district as usize];
    let why = format!(
        "district “{name}”: {voters} voters are registered and its {count} centres, of which this \
         is the first, have {places} places; add stations or correct the counts"
    );
    let field = match (
        centres.grid.has(Field::Capacity),
        centres.grid.has(Field::Stations),
    ) {
        (true, _) => Field::Capacity,
        (false, true) => Field::Stations,
        (false, false) => Field::Registered,
    };
    centres
        .grid
        .wrong(first.row, field, "placement.too_few_places", &why)
}
