//! The invented nation has exactly the size that its scale names, at every scale.

use crate::data::Data;
use crate::nation::invent;
use crate::people::source::Language;
use crate::people::tests::source;
use crate::persons;
use sanduq_core::law::Profile;
use sanduq_register::agency;
use sanduq_register::register;
use sanduq_register::register::RegisterRefusal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

const NAMES: &str = include_str!("../../../../jurisdictions/wahat/names.toml");
const SCALES: &str = include_str!("../../../../jurisdictions/wahat/scales.toml");
const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");

fn data() -> (Data, Profile) {
    (
        Data::read(NAMES, SCALES).unwrap(),
        Profile::from_toml(PROFILE).unwrap(),
    )
}

#[test]
fn every_scale_has_exactly_its_voters_units_and_seats() {
    let (data, law) = data();
    for (name, scale) in &data.scales {
        let nation = invent(&data, &law, scale, 1).unwrap();
        let units = nation.geography.units();
        let at = |level: u8| units.iter().filter(|unit| unit.level == level).count() as u64;
        assert_eq!(at(1), u64::from(scale.provinces), "{name}");
        assert_eq!(at(2), u64::from(scale.constituencies), "{name}");
        assert_eq!(at(3), u64::from(scale.centres), "{name}");
        assert_eq!(at(4), u64::from(scale.stations), "{name}");
        assert!(units.iter().all(|unit| unit.registered.is_none()), "{name}");
        let voters = nation.centres.iter().map(|centre| centre.voters);
        assert_eq!(voters.sum::<u64>(), scale.voters, "{name}");
        let seats: u32 = nation.contests[1..]
            .iter()
            .map(|contest| contest.seats)
            .sum();
        assert_eq!(seats, scale.seats, "{name}");
        let titles: BTreeSet<_> = units
            .iter()
            .filter(|unit| unit.level == 2)
            .map(|unit| &unit.names)
            .collect();
        assert_eq!(
            titles.len() as u64,
            at(2),
            "{name}: two constituencies of one name"
        );
    }
}

#[test]
fn another_seed_is_another_nation_and_the_same_seed_the_same() {
    let (data, law) = data();
    let scale = &data.scales["village"];
    let units = |seed| {
        invent(&data, &law, scale, seed)
            .unwrap()
            .geography
            .units()
            .to_vec()
    };
    assert_eq!(units(1), units(1));
    assert_ne!(units(1), units(2));
}

#[test]
fn the_agency_file_holds_each_voter_once_and_the_others_under_their_reason() {
    let (data, law) = data();
    let nation = invent(&data, &law, &data.scales["village"], 7).unwrap();
    let last = register::last_birthday(&law);
    let mut file = Vec::new();
    let written = persons::write(
        &source(Language::Arabic),
        &nation,
        last,
        7,
        (&mut file, &mut Vec::new()),
        &mut |_| {},
    )
    .unwrap();
    let text = String::from_utf8(file).unwrap();
    let mut seen = BTreeSet::new();
    let mut refused: BTreeMap<RegisterRefusal, u64> = BTreeMap::new();
    let mut admitted = 0;
    for row in text.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let record = agency::record(cells.try_into().unwrap()).unwrap();
        let key = register::ElectorKey::of(&[0; 32], &record.national_number);
        let exists = nation.geography.find(&record.domicile).is_some();
        match register::admit(record, last, exists, key, seen.contains(&key)) {
            Ok(_) => {
                admitted += 1;
                seen.insert(key);
            }
            Err(why) => *refused.entry(why).or_default() += 1,
        }
    }
    assert_eq!(admitted, 3_600);
    assert_eq!(written.voters, 3_600);
    assert_eq!(
        refused
            .get(&RegisterRefusal::Deceased)
            .copied()
            .unwrap_or(0),
        written.deceased
    );
    assert_eq!(
        refused
            .get(&RegisterRefusal::TooYoung)
            .copied()
            .unwrap_or(0),
        written.young
    );
    assert_eq!(refused.values().sum::<u64>() + admitted, written.rows());
    assert!(written.deceased > 0 && written.young > 0 && written.twice > 0);
}
