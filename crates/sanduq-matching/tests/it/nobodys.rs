//! A number that an office writes where it knows none: it is the same as that of many others, and
//! says nothing of anybody.

use crate::loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_matching::shared::shared;
use sanduq_register::matching::cluster::Clusters;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;

const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";
const GIVEN: [&str; 12] = [
    "محمد",
    "أحمد",
    "حسن",
    "كريم",
    "يوسف",
    "عمر",
    "طارق",
    "سعيد",
    "مصطفى",
    "شريف",
    "وليد",
    "ماجد",
];

/// The class of two records of one name, day and place, which stand under one number with so many
/// others of so many given names; and how many people the list of shared numbers tells.
fn class(others: usize, given: usize) -> (Class, usize) {
    let text = include_str!("../../../../jurisdictions/oman/matching.toml");
    let profile = Profile::read(text).unwrap();
    let weights = Weights::read(include_str!("../../weights/four_parts.txt")).unwrap();
    let mut rows = String::new();
    for row in 0..400usize {
        let name = |by: usize| GIVEN[(row / by + row * by) % GIVEN.len()];
        let (year, month, day) = (1950 + row % 50, 1 + row % 12, 1 + row % 28);
        let names = format!("{},{},{},أسرة{row}", name(1), name(5), name(7));
        rows += &format!(
            "{row},{names},M,{year}-{month:02}-{day:02},0{},{}\n",
            row % 9,
            10_000_000 + row * 131
        );
    }
    for row in 0..others {
        let names = format!(
            "{},{},{},قوم{row}",
            GIVEN[row % given],
            GIVEN[row % 7],
            GIVEN[row % 5]
        );
        rows += &format!(
            "b{row},{names},M,19{:02}-02-03,01,12345679\n",
            40 + row % 50
        );
    }
    for id in ["x", "y"] {
        rows += &format!("{id},وليد,شريف,عمر,الجابري,M,1979-03-08,05,12345679\n");
    }
    let engine = Engine::new(
        &profile,
        loaded(&profile, &format!("{HEADER}{rows}")),
        None,
        Bound(None),
    )
    .unwrap();
    let last = u32::try_from(400 + others).unwrap();
    let score = weights.score(&engine.evidence([last, last + 1]));
    let told = shared(&engine, &Clusters::of(core::iter::empty()));
    (
        weights.class(score),
        told.iter().map(|one| one.people).max().unwrap_or(0),
    )
}

#[test]
fn a_number_of_many_people_makes_nobody_one_person() {
    for (others, given, expected) in [
        (0, 1, Class::Automatic),
        (7, 7, Class::Automatic),
        // Somebody who is on the roll again and again stands there under few names.
        (40, 3, Class::Automatic),
        (40, 9, Class::Review),
        (300, 12, Class::Review),
    ] {
        let (class, told) = class(others, given);
        assert_eq!(class, expected, "{others} others of {given} given names");
        assert_eq!(told, others + 2, "all of them are listed");
    }
}
