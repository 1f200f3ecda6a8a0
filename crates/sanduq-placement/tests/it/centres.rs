//! The centres of a whole election, with voters invented around them.

use sanduq_placement::blocks::Voter;
use sanduq_placement::invented::Chance;
use sanduq_placement::nation::place_all;
use sanduq_register::placement::place::Place;
use sanduq_register::placement::station::Admits;
use sanduq_register::placement::station::Class;
use sanduq_register::placement::station::Law;
use sanduq_register::placement::station::Sex;
use sanduq_register::placement::station::Station;
use std::collections::BTreeMap;
use std::path::Path;

/// The most voters that a station had in that election.
const MAXIMUM: u32 = 700;

/// Centres of the Tunisian election of 2014 (second round) by district, with registered voters.
fn centres(file: &Path) -> (u16, Vec<(Station, u32)>) {
    let mut reader = csv::Reader::from_path(file).unwrap();
    let head = reader.headers().unwrap().clone();
    let column = |name: &str| head.iter().position(|one| one == name).unwrap();
    let [circ, deleg, part, centre, voters, north, east] = [
        "circonscriptionId",
        "delegationId",
        "subDelegationId",
        "centerID",
        "registeredVoters",
        "latitude",
        "longitude",
    ]
    .map(column);
    let mut districts = BTreeMap::new();
    let mut centres: BTreeMap<[String; 4], (Station, u32)> = BTreeMap::new();
    for (row, line) in reader.records().enumerate() {
        let line = line.unwrap();
        let known = u32::try_from(districts.len()).unwrap();
        let district = districts.entry([line[circ].to_owned(), line[deleg].to_owned()]);
        let district = *district.or_insert(known);
        let key = [circ, deleg, part, centre].map(|at| line[at].to_owned());
        let (station, registered) = centres.entry(key).or_insert_with(|| {
            let station = Station {
                row: row + 2,
                district,
                place: Place::read(&line[north], &line[east]).unwrap(),
                stations: 0,
                building_maximum: None,
                admits: Admits::Everybody,
                step_free: false,
            };
            (station, 0)
        });
        station.stations += 1;
        *registered += line[voters].parse::<u32>().unwrap();
    }
    let districts = u16::try_from(districts.len()).unwrap();
    (districts, centres.into_values().collect())
}

/// The voters of a centre in households of one to six, within some two kilometres.
fn people(chance: &mut Chance, law: Law, station: &Station, registered: u32) -> Vec<Voter> {
    let mut voters = Vec::new();
    let mut household = u32::try_from(station.row).unwrap() << 12;
    let mut left = registered;
    while left > 0 {
        let size = (1 + chance.below(6)).min(left);
        left -= size;
        household += 1;
        let mut around = |middle: i32| middle - 20_000 + chance.below(40_001).cast_signed();
        let north = around(station.place.latitude_microdegrees());
        let east = around(station.place.longitude_microdegrees());
        let voter = Voter {
            place: Place::new(north, east).unwrap(),
            household,
            district: u16::try_from(station.district).unwrap(),
            class: Class::new(law, Sex::Female, false),
        };
        voters.extend((0..size).map(|_| voter));
    }
    voters
}

/// Metres of these ways together.
fn metres(ways: impl Iterator<Item = (Place, Place)>) -> u64 {
    ways.map(|(from, to)| u64::from(from.metres_to(to))).sum()
}

/// The real lists say who votes at which centre, and where the centre is; where voters live they do
/// not say. That they live within two kilometres of their centre is invented, and favours the real
/// lists: ours has the same centres and stations, and may send nobody to another district.
#[test]
fn the_voters_of_real_centres_are_placed_in_their_districts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    let file = root.join("shared/data/tunisia-2014/pre.csv");
    if !file.exists() {
        eprintln!("skipped: {} is absent", file.display());
        return;
    }
    let law = Law {
        maximum: MAXIMUM,
        separates_sexes: false,
    };
    let (districts, centres) = centres(&file);
    let mut chance = Chance::new(2014);
    let mut voters = Vec::new();
    let mut real_metres = 0;
    for (station, registered) in &centres {
        let people = people(&mut chance, law, station, *registered);
        real_metres += metres(people.iter().map(|voter| (voter.place, station.place)));
        voters.extend(people);
    }
    assert_eq!((districts, voters.len()), (242, 3_855_467));
    let stations: Vec<Station> = centres.into_iter().map(|(station, _)| station).collect();
    let placement = place_all(law, &stations, districts, &voters, |_| true).unwrap();
    let mut loads: BTreeMap<(u32, u16), u32> = BTreeMap::new();
    for (at, voter) in voters.iter().enumerate() {
        let station = placement.stations[at];
        let district = stations[station as usize].district;
        assert_eq!(district, u32::from(voter.district), "outside the district");
        *loads.entry((station, placement.rooms[at])).or_default() += 1;
    }
    assert!(loads.values().all(|load| *load <= MAXIMUM), "over capacity");
    let (mut households, mut divided) = (0, 0);
    for district in &placement.districts {
        assert_eq!(district.cost_metres, district.bound_metres);
        households += district.households;
        divided += district.divided;
    }
    assert!(
        divided * 50 <= households,
        "{divided} of {households} are divided"
    );
    eprintln!("{divided} of {households} households are divided");
    let pairs = voters.iter().zip(&placement.stations);
    let ours = metres(pairs.map(|(voter, at)| (voter.place, stations[*at as usize].place)));
    eprintln!("{ours} metres, where by the real lists they are {real_metres}");
    assert!(ours < real_metres, "{ours} {real_metres}");
}
