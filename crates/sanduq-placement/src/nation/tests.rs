use super::Placement;
use super::place_all;
use crate::blocks::Voter;
use crate::invented::Chance;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Class;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Sex;
use sanduq_register::placement::station::Station;
use std::collections::BTreeMap;

const DISTRICTS: u16 = 3;

const LAW: Law = Law {
    maximum: 60,
    separates_sexes: true,
};

/// Three districts side by side, households of one to six, one in thirty with a need.
fn nation(law: Law) -> (Vec<Voter>, Vec<Station>) {
    let mut chance = Chance::new(9);
    let mut voters = Vec::new();
    let mut stations = Vec::new();
    let place = |chance: &mut Chance, district: u16| {
        let north = chance.below(30_000).cast_signed();
        let east = i32::from(district) * 30_000 + chance.below(30_000).cast_signed();
        Place::new(north, east).unwrap()
    };
    for district in 0..DISTRICTS {
        for household in 0..400 {
            let home = place(&mut chance, district);
            for _ in 0..=chance.below(6) {
                let sex = if chance.below(2) == 0 {
                    Sex::Female
                } else {
                    Sex::Male
                };
                voters.push(Voter {
                    place: home,
                    household,
                    district,
                    class: Class::new(law, sex, chance.below(30) == 0),
                });
            }
        }
        for at in 0..36 {
            stations.push(Station {
                row: stations.len() + 1,
                district: u32::from(district),
                place: place(&mut chance, district),
                stations: 1 + u32::from(at % 5 == 0),
                building_maximum: None,
                admits: [Admits::Women, Admits::Men, Admits::Everybody][at % 3],
                step_free: at % 4 == 1,
            });
        }
    }
    (voters, stations)
}

fn check(law: Law, voters: &[Voter], stations: &[Station], placement: &Placement) {
    let mut loads = vec![0; stations.len()];
    for (voter, at) in voters.iter().zip(&placement.stations) {
        let station = &stations[*at as usize];
        loads[*at as usize] += 1;
        assert_eq!(station.district, u32::from(voter.district));
        assert!(
            station.serves(law) >> voter.class.number() & 1 == 1,
            "{voter:?} {station:?}"
        );
    }
    let mut rooms: BTreeMap<(u32, u16), u32> = BTreeMap::new();
    for (station, room) in placement.stations.iter().zip(&placement.rooms) {
        *rooms.entry((*station, *room)).or_default() += 1;
    }
    for ((station, room), load) in rooms {
        assert!(load <= law.maximum, "{load}");
        assert!(u32::from(room) < stations[station as usize].stations);
    }
    for (load, station) in loads.iter().zip(stations) {
        assert!(*load <= station.capacity(law), "{load} {station:?}");
    }
    let sum = |of: fn(&super::Summary) -> u64| placement.districts.iter().map(of).sum::<u64>();
    assert_eq!(sum(|district| district.voters), voters.len() as u64);
    let (households, divided) = (sum(|one| one.households), sum(|one| one.divided));
    assert!(divided * 50 <= households, "{divided} of {households}");
    for district in &placement.districts {
        assert_eq!(district.cost_metres, district.bound_metres);
    }
}

#[test]
fn everybody_has_a_station_that_may_take_them_in_the_own_district() {
    for separates_sexes in [true, false] {
        let law = Law {
            separates_sexes,
            ..LAW
        };
        let (voters, stations) = nation(law);
        let placement = place_all(law, &stations, DISTRICTS, &voters, |_| true).unwrap();
        check(law, &voters, &stations, &placement);
        let again = place_all(law, &stations, DISTRICTS, &voters, |_| true).unwrap();
        assert_eq!(placement, again);
    }
}

#[test]
fn a_household_goes_where_its_member_in_need_can_go() {
    let (mut voters, stations) = nation(LAW);
    // One of every household could take the stairs before.
    let first = voters[0];
    let family: Vec<usize> = (0..voters.len())
        .filter(|at| voters[*at].household == 0 && voters[*at].district == 0)
        .collect();
    for at in &family {
        voters[*at].class = Class::new(LAW, Sex::Female, false);
    }
    voters[family[0]].class = first.class.step_free();
    voters[family[0]].class = Class::new(LAW, Sex::Female, true);
    let placement = place_all(LAW, &stations, DISTRICTS, &voters, |_| true).unwrap();
    for at in family {
        assert!(stations[placement.stations[at] as usize].step_free);
    }
}

#[test]
fn a_nation_without_places_is_refused() {
    let (voters, mut stations) = nation(LAW);
    for station in &mut stations {
        station.building_maximum = (station.district == 1).then_some(3);
    }
    let refused = place_all(LAW, &stations, DISTRICTS, &voters, |_| true).unwrap_err();
    let said = refused.iter().map(ToString::to_string);
    let said: Vec<String> = said.collect();
    assert_eq!(said.len(), 1);
    assert!(said[0].starts_with("district 1: "), "{said:?}");
}
