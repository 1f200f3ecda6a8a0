//! People and committees who differ in nothing that some rules ask about, taken together: what can
//! be done at all is then a question of a few hundred kinds, not of thousands of people.

use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_operations::assignment::committee::Committee;
use sanduq_operations::assignment::committee::Kind;
use sanduq_operations::assignment::person::Person;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::serve::Rule;
use sanduq_operations::assignment::serve::RuleSet;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What rules ask about: words in a fixed order, empty where no rule asks.
type Key<'a> = Vec<&'a str>;

/// Kinds of people and of committees.
#[derive(Clone, Debug)]
pub struct Classes {
    /// People of each kind, by places in the register.
    pub people: Vec<Vec<usize>>,
    /// Committees of each kind, by places in the register.
    pub committees: Vec<Vec<usize>>,
    /// Seats of each kind of committee.
    pub seats: Vec<u64>,
    /// For each kind of person, whether it may serve on each kind of committee.
    pub may: Vec<Vec<bool>>,
}

impl Classes {
    /// Kinds by these rules alone, as if there were no others.
    #[must_use]
    pub fn new(rules: &Rules, registers: &Registers, asked: RuleSet) -> Self {
        let people = &registers.people;
        let committees = &registers.committees;
        let kinds = grouped(people.iter().map(|person| of_person(person, asked)));
        let beside = people.iter().flat_map(|person| &person.beside);
        let beside: BTreeSet<&UnitCode> = beside.collect();
        let places = grouped(
            committees
                .iter()
                .map(|one| of_committee(one, asked, &beside)),
        );
        let may = |kind: &Vec<usize>| {
            let person = &people[kind[0]];
            let bars = |place: &Vec<usize>| rules.bars(person, &committees[place[0]]).and(asked);
            places.iter().map(|place| bars(place).is_empty()).collect()
        };
        let may = kinds.iter().map(may).collect();
        let seats = |place: &Vec<usize>| {
            let seats = place.iter().map(|at| u64::from(committees[*at].seats));
            seats.sum()
        };
        Self {
            seats: places.iter().map(seats).collect(),
            may,
            people: kinds,
            committees: places,
        }
    }
}

/// What has the same key, in the order of keys.
fn grouped<'a>(keys: impl Iterator<Item = Key<'a>>) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<Key, Vec<usize>> = BTreeMap::new();
    for (at, key) in keys.enumerate() {
        groups.entry(key).or_default().push(at);
    }
    groups.into_values().collect()
}

/// Ranks by their digits, so that a key is words alone.
const RANKS: [&str; 10] = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

fn contests<'a>(key: &mut Key<'a>, contests: &'a [ContestCode]) {
    key.extend(contests.iter().map(ContestCode::as_str));
    key.push("");
}

fn of_person(person: &Person, asked: RuleSet) -> Key<'_> {
    let mut key = Vec::new();
    let yes = |told: bool| if told { "1" } else { "0" };
    if asked.has(Rule::Available) {
        key.push(yes(person.available));
    }
    if asked.has(Rule::Body) {
        key.push(&person.body);
    }
    if asked.has(Rule::Rank) {
        let rank = usize::from(person.rank);
        key.extend([RANKS[rank / 100], RANKS[rank / 10 % 10], RANKS[rank % 10]]);
    }
    if asked.has(Rule::Skill) {
        key.extend(person.skills.iter().map(String::as_str));
        key.push("");
    }
    if asked.has(Rule::Women) {
        key.push(yes(
            person.sex == sanduq_operations::assignment::person::Sex::Woman
        ));
    }
    if asked.has(Rule::OwnGovernorate) {
        key.push(person.governorate.as_str());
    }
    if asked.has(Rule::OwnDistrict) {
        key.push(person.district.as_str());
    }
    if asked.has(Rule::Kinship) {
        contests(&mut key, &person.standing);
    }
    if asked.has(Rule::Conflict) {
        contests(&mut key, &person.conflicts);
    }
    if asked.has(Rule::Elsewhere) {
        key.push(yes(person.elsewhere));
    }
    if asked.has(Rule::Beside) {
        key.extend(person.beside.iter().map(UnitCode::as_str));
    }
    key
}

/// What tells a committee from others; where somebody from another register sits who has relatives
/// to be placed, it is like no other.
fn of_committee<'a>(
    committee: &'a Committee,
    asked: RuleSet,
    beside: &BTreeSet<&UnitCode>,
) -> Key<'a> {
    let mut key = Vec::new();
    if asked.has(Rule::Body) || asked.has(Rule::Rank) {
        // Whoever stands by is asked what a member of a sub-committee is asked.
        key.push(match committee.kind {
            Kind::GeneralCommittee => "general",
            Kind::SubCommittee | Kind::Reserve => "sub",
        });
    }
    if asked.has(Rule::Skill) {
        key.extend(committee.skills.iter().map(String::as_str));
        key.push("");
    }
    if asked.has(Rule::Women) {
        key.push(if committee.women { "1" } else { "0" });
    }
    if asked.has(Rule::OwnGovernorate) {
        key.push(committee.governorate.as_str());
    }
    if asked.has(Rule::OwnDistrict) {
        key.push(
            committee
                .district
                .as_ref()
                .map_or("", |district| district.as_str()),
        );
    }
    if asked.has(Rule::Kinship) || asked.has(Rule::Conflict) {
        contests(&mut key, &committee.contests);
    }
    if asked.has(Rule::Beside) && beside.contains(&committee.code) {
        key.push(committee.code.as_str());
    }
    key
}
