//! A village is placed by the engine, and the auditor agrees; whatever is broken, the auditor says.

use super::Ground;
use super::Price;
use super::Roll;
use super::ratio;
use crate::audit::Audited;
use crate::audit::Known;
use crate::audit::audit;
use crate::data::Data;
use crate::homes;
use crate::homes::Home;
use crate::homes::middles;
use crate::nation::Nation;
use crate::nation::invent;
use crate::people::source::Language;
use crate::people::tests::source;
use crate::persons;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_core::place::Place;
use sanduq_placement::nation::Placement;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Law;
use sanduq_register::register::ElectorKey;
use std::collections::BTreeMap;
use std::collections::HashMap;
use std::io::Cursor;

const NAMES: &str = include_str!("../../../../jurisdictions/wahat/names.toml");
const SCALES: &str = include_str!("../../../../jurisdictions/wahat/scales.toml");
const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");

/// The list of each station.
type Lists = BTreeMap<UnitCode, Vec<ElectorKey>>;

/// A village whose voters are placed.
struct Village {
    nation: Nation,
    ground: Ground,
    homes: Vec<Home>,
    /// Voters, and the centre of the domicile of each.
    roll: Roll,
    domiciles: Vec<UnitCode>,
    placement: Placement,
}

impl Village {
    fn new(seed: u64, separates_sexes: bool) -> Self {
        let data = Data::read(NAMES, SCALES).unwrap();
        let profile = Profile::from_toml(PROFILE).unwrap();
        let nation = invent(&data, &profile, &data.scales["village"], seed).unwrap();
        let last = sanduq_register::register::last_birthday(&profile);
        let (mut persons, mut living) = (Vec::new(), Vec::new());
        let people = source(Language::Arabic);
        let files = (&mut persons, &mut living);
        persons::write(&people, &nation, last, seed, files, &mut |_| {}).unwrap();
        let maximum = profile.station_maximum;
        let law = Law {
            maximum,
            separates_sexes,
        };
        let ground = Ground::new(&nation, law, seed);
        let table = sanduq_table::open_reader(homes::FILE, Cursor::new(living)).unwrap();
        let mut homes = homes::of_table(table, &[0; 32], &ground.districts).unwrap();
        homes.sort_by_key(|home| home.elector);
        let voters = voters(&persons, last);
        let mut roll = Roll::default();
        for (elector, domicile) in &voters {
            let centre = nation.centres.iter().find(|one| one.code == *domicile);
            let constituency = &centre.unwrap().constituency;
            roll.add((*elector, constituency), &ground, &homes).unwrap();
        }
        let placement = ground.place(&roll.voters, |_| true, &|_| ()).unwrap();
        Self {
            nation,
            ground,
            homes,
            roll,
            domiciles: voters.into_values().collect(),
            placement,
        }
    }

    fn lists(&self) -> Lists {
        let mut lists = Lists::new();
        let places = self.placement.stations.iter().zip(&self.placement.rooms);
        for (elector, (station, room)) in self.roll.electors.iter().zip(places) {
            let code = self.ground.station(*station, *room).clone();
            lists.entry(code).or_default().push(*elector);
        }
        lists
    }

    fn known(&self) -> HashMap<UnitCode, Known> {
        let rows = self.ground.rows.iter().zip(&self.ground.stations);
        let each = rows.flat_map(|(row, stations)| stations.iter().map(move |code| (code, row)));
        let known = each.map(|(code, row)| {
            let known = Known {
                district: u16::try_from(row.district).unwrap(),
                women: row.admits != Admits::Men,
                men: row.admits != Admits::Women,
                step_free: row.step_free,
            };
            (code.clone(), known)
        });
        known.collect()
    }

    fn audited(&self, lists: &Lists) -> Audited {
        let lists = lists.iter().map(|(code, list)| (code, &list[..]));
        let registered = self.roll.voters.len() as u64;
        audit(
            self.ground.law,
            &self.known(),
            lists,
            &self.homes,
            registered,
        )
    }

    /// Metres that half of the voters have at most, to where these places are.
    fn median(&self, to: impl Fn(usize) -> Place) -> u32 {
        let voters = self.roll.voters.iter().enumerate();
        let mut metres: Vec<u32> = voters
            .map(|(at, voter)| voter.place.metres_to(to(at)))
            .collect();
        metres.sort_unstable();
        metres[metres.len() / 2]
    }
}

/// Who of the agency's file has the right to vote, and where, by key.
fn voters(file: &[u8], last: jiff::civil::Date) -> BTreeMap<ElectorKey, UnitCode> {
    let text = core::str::from_utf8(file).unwrap();
    let mut voters = BTreeMap::new();
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let grown = cells[4].parse::<jiff::civil::Date>().unwrap() <= last;
        if cells[6].is_empty() && grown && cells[5] != "99-99-999" {
            let elector = ElectorKey::of(&[0; 32], cells[0]);
            voters
                .entry(elector)
                .or_insert_with(|| UnitCode::new(cells[5]).unwrap());
        }
    }
    voters
}

#[test]
fn an_auditor_finds_every_voter_where_the_law_has_them() {
    for separates_sexes in [false, true] {
        for seed in [1, 7] {
            let village = Village::new(seed, separates_sexes);
            let found = village.audited(&village.lists());
            assert!(found.is_sound(), "{found:?}");
            assert_eq!(found.voters, 3_600);
            assert!(found.together_per_million() >= 980_000, "{found:?}");
            assert!(found.households > 1_000, "{found:?}");
            let price = Price::of(&village.placement);
            assert!(price.cost_metres >= price.bound_metres && price.bound_metres > 0);
            assert_eq!(price.ratio(), "1.0000");
        }
    }
}

#[test]
fn who_cannot_climb_steps_votes_where_there_are_none() {
    let has_steps = |village: &Village| village.ground.rows.iter().any(|row| !row.step_free);
    let mut villages = (1..20).map(|seed| Village::new(seed, false));
    let village = villages.find(has_steps).unwrap();
    let rows = &village.ground.rows;
    let nearest_has_steps = |home: &&Home| {
        let own = rows
            .iter()
            .filter(|row| row.district == u32::from(home.district));
        let nearest = own.min_by_key(|row| row.place.metres_to(home.place));
        home.step_free && !nearest.unwrap().step_free
    };
    assert!(village.homes.iter().filter(nearest_has_steps).count() > 0);
    let found = village.audited(&village.lists());
    assert!(found.is_sound(), "{found:?}");
}

#[test]
fn half_of_the_voters_have_no_longer_way_than_to_the_centre_of_their_domicile() {
    let village = Village::new(1, false);
    let middles = middles(&village.nation);
    let centres = village.nation.centres.iter().zip(middles);
    let places: BTreeMap<&UnitCode, Place> = centres
        .map(|(centre, (north, east))| (&centre.code, Place::new(north, east).unwrap()))
        .collect();
    let zoning = village.median(|at| places[&village.domiciles[at]]);
    let rows = &village.ground.rows;
    let placed = village.median(|at| rows[village.placement.stations[at] as usize].place);
    assert!(placed <= zoning, "{placed} metres, {zoning} by the zoning");
    let elsewhere = village.roll.voters.iter().enumerate().filter(|(at, _)| {
        rows[village.placement.stations[*at] as usize].place != places[&village.domiciles[*at]]
    });
    assert!(
        elsewhere.count() > 0,
        "some live nearer to another centre than to their own"
    );
}

#[test]
fn whatever_is_broken_is_said() {
    let village = Village::new(1, true);
    let lists = village.lists();
    let codes: Vec<UnitCode> = lists.keys().cloned().collect();
    let known = village.known();
    let (first, last) = (&codes[0], &codes[codes.len() - 1]);
    assert_ne!(known[first].district, known[last].district);
    let women = codes.iter().find(|code| !known[*code].men).unwrap();
    let men = codes.iter().find(|code| !known[*code].women).unwrap();
    let told = |change: &dyn Fn(&mut Lists)| {
        let mut lists = lists.clone();
        change(&mut lists);
        village.audited(&lists)
    };
    let one_of = |code: &UnitCode| lists[code][0];
    let lists_of = |code: &UnitCode| lists[code].len();
    let lost = told(&|lists| lists.get_mut(first).unwrap().truncate(lists_of(first) - 1));
    assert_eq!((lost.astray, lost.is_sound()), (1, false));
    let unknown = ElectorKey([7; 16]);
    let strange = told(&|lists| *lists.get_mut(first).unwrap().last_mut().unwrap() = unknown);
    assert_eq!((strange.astray, strange.is_sound()), (1, false));
    let twice = told(&|lists| lists.get_mut(first).unwrap()[1] = one_of(first));
    assert_eq!((twice.twice, twice.is_sound()), (1, false));
    let outside = told(&|lists| {
        let elector = lists.get_mut(first).unwrap().pop().unwrap();
        lists.get_mut(last).unwrap().push(elector);
    });
    assert_eq!((outside.outside_district, outside.is_sound()), (1, false));
    let mixed = told(&|lists| {
        let elector = lists.get_mut(women).unwrap().pop().unwrap();
        lists.get_mut(men).unwrap().push(elector);
    });
    assert_eq!((mixed.not_admitted, mixed.is_sound()), (1, false));
    let crowded = told(&|lists| {
        let all: Vec<ElectorKey> = codes.iter().flat_map(|code| lists[code].clone()).collect();
        lists.values_mut().for_each(Vec::clear);
        *lists.get_mut(first).unwrap() = all;
    });
    assert!(crowded.over_capacity == 1 && !crowded.is_sound());
    let stairs = HashMap::from_iter(known.into_iter().map(|(code, own)| {
        let known = Known {
            step_free: false,
            ..own
        };
        (code, known)
    }));
    let listed = lists.iter().map(|(code, list)| (code, &list[..]));
    let found = audit(village.ground.law, &stairs, listed, &village.homes, 3_600);
    assert!(found.needs_not_met > 20 && !found.is_sound(), "{found:?}");
}

#[test]
fn a_voter_without_a_home_is_not_placed() {
    let village = Village::new(1, false);
    let constituency = &village.nation.centres[0].constituency;
    let mut roll = Roll::default();
    let nobody = ElectorKey([7; 16]);
    let refused = roll.add((nobody, constituency), &village.ground, &village.homes);
    assert!(refused.is_err());
}

#[test]
fn what_is_above_never_reads_as_equal() {
    for (cost, bound, told) in [
        (0, 0, "1.0000"),
        (5, 5, "1.0000"),
        (1_000_001, 1_000_000, "1.0001"),
        (3, 2, "1.5000"),
    ] {
        assert_eq!(ratio(cost, bound), told);
    }
}
