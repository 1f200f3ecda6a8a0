//! Every committee of a village has its people by the rules, and a judge who is excused is replaced
//! without anybody being moved.

use super::Assigned;
use super::Committees;
use super::ratio_of;
use crate::data::Data;
use crate::nation::Nation;
use crate::nation::invent;
use sanduq_core::count::Registered;
use sanduq_core::geography::Geography;
use sanduq_core::id::UnitCode;
use sanduq_core::law::Profile;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::verify_assignment;
use std::collections::BTreeSet;

const NAMES: &str = include_str!("../../../../jurisdictions/wahat/names.toml");
const SCALES: &str = include_str!("../../../../jurisdictions/wahat/scales.toml");
const PROFILE: &str = include_str!("../../../../jurisdictions/wahat/profile.toml");
const JUDGES: &str = include_str!("../../../../jurisdictions/wahat/staff/judges.toml");
const ADMINISTRATORS: &str =
    include_str!("../../../../jurisdictions/wahat/staff/administrators.toml");

/// A nation whose stations have so many voters each.
fn nation(scale: &str, voters: u64) -> Nation {
    let data = Data::read(NAMES, SCALES).unwrap();
    let law = Profile::from_toml(PROFILE).unwrap();
    let scale = crate::data::Scale {
        station_maximum: 14_000,
        ..data.scales[scale]
    };
    let mut nation = invent(&data, &law, &scale, 1).unwrap();
    let mut units = nation.geography.units().to_vec();
    for unit in units.iter_mut().filter(|unit| unit.level == 4) {
        unit.registered = Some(Registered::new(voters));
    }
    let levels = nation.geography.levels().to_vec();
    nation.geography = Geography::new(levels, units).unwrap();
    nation
}

fn judges(committees: &Committees) -> Assigned {
    committees.judges(&Rules::read(JUDGES).unwrap(), 1).unwrap()
}

#[test]
fn a_village_has_a_judge_on_each_committee_and_more_administrators_where_more_vote() {
    let stations = BTreeSet::new();
    for (voters, on_each) in [(300, 5), (2_400, 7), (9_000, 12)] {
        let committees = Committees::new(&nation("village", voters), &stations);
        let judges = judges(&committees);
        // Twelve stations, four constituencies, a reserve in each of two provinces.
        assert_eq!((judges.sitting(), judges.posts.len()), (16, 18));
        let of = |kind| {
            let all = judges.registers.committees.iter();
            all.filter(|one| one.kind == kind).count()
        };
        let kinds = Kind::ALL.map(of);
        assert_eq!(kinds, [12, 4, 2]);
        let rules = Rules::read(ADMINISTRATORS).unwrap();
        let provinces = committees.administrators(&rules, 1).unwrap();
        assert_eq!(provinces.len(), 2);
        let mut numbers = BTreeSet::new();
        for province in &provinces {
            for committee in &province.registers.committees {
                let posts = province.posts.iter();
                let here = posts.filter(|post| post.committee == committee.code);
                let wanted = match committee.kind {
                    Kind::SubCommittee => on_each,
                    Kind::GeneralCommittee => 6,
                    Kind::Reserve => continue,
                };
                assert_eq!(here.count(), wanted, "{}", committee.code);
            }
            let people = province.posts.iter().map(|post| &post.person);
            people.for_each(|person| assert!(numbers.insert(person), "{person} twice"));
        }
    }
}

#[test]
fn women_serve_where_women_alone_vote() {
    let nation = nation("village", 300);
    let stations = nation.centres.iter().flat_map(|centre| &centre.stations);
    let women: BTreeSet<UnitCode> = stations.step_by(2).cloned().collect();
    let judges = judges(&Committees::new(&nation, &women));
    let theirs = judges
        .registers
        .committees
        .iter()
        .filter(|committee| committee.women);
    assert_eq!(theirs.count(), 6);
}

#[test]
fn the_place_of_a_judge_who_is_excused_is_taken_and_nobody_else_moves() {
    let nation = nation("village", 300);
    let mut judges = judges(&Committees::new(&nation, &BTreeSet::new()));
    let before = judges.posts.clone();
    let station = nation.centres[2].stations[0].clone();
    let judge = judges.at(&station).unwrap().clone();
    let post = judges.excuse(&judge, 1).unwrap();
    assert_eq!(post.committee, station);
    assert_eq!(judges.at(&station), Some(&post.person));
    assert!(judges.posts.iter().all(|post| post.person != judge));
    let others = before.iter().filter(|old| old.person != judge);
    let moved = others.filter(|old| !judges.posts.contains(old));
    let moved: Vec<&UnitCode> = moved.map(|old| &old.committee).collect();
    // At most whoever stood by and sits now.
    assert!(
        moved
            .iter()
            .all(|code| code.as_str().starts_with("reserve."))
    );
    assert!(moved.len() <= 1, "{moved:?}");
    let left = verify_assignment(&judges.rules, &judges.registers, &judges.posts);
    assert!(left.len() <= 1, "{left:?}");
    assert!(judges.excuse(&judge, 1).is_err(), "who serves nowhere");
}

#[test]
fn a_nation_of_a_thousand_stations_costs_hardly_more_than_the_bound() {
    let judges = judges(&Committees::new(&nation("om", 753), &BTreeSet::new()));
    assert!(
        ratio_of(&[&judges]).as_str() <= "1.0200",
        "{}",
        ratio_of(&[&judges])
    );
}
