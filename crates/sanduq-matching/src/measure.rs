//! Measures proposals against a known truth: precision, recall, twins, groups of people.

use crate::run::Engine;
use crate::run::Link;
use crate::truth::Persons;
use rustc_hash::FxHashSet;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::Sex;
use std::collections::BTreeMap;

/// Right and wrong pairs at one threshold.
#[derive(Clone, Copy, Debug, Default)]
pub struct Point {
    /// The threshold in millinats.
    pub score: i32,
    /// Pairs that are one person.
    pub right: u64,
    /// Pairs that are two people.
    pub wrong: u64,
    /// Pairs that there are to find.
    pub all: u64,
}

impl Point {
    /// Right pairs among those proposed.
    #[must_use]
    pub fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.wrong).max(1) as f64
    }

    /// Right pairs among those there are.
    #[must_use]
    pub fn recall(&self) -> f64 {
        self.right as f64 / self.all.max(1) as f64
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> f64 {
        2.0 * self.right as f64 / (self.right + self.wrong + self.all).max(1) as f64
    }
}

/// All points, from the highest score down, one for each score.
#[must_use]
pub fn points(links: &[Link], persons: &Persons, all: u64) -> Vec<Point> {
    let mut scored: Vec<(i32, bool)> = links
        .iter()
        .map(|link| (link.score, persons.same(link.one, link.other)))
        .collect();
    scored.sort_unstable_by_key(|(score, _)| std::cmp::Reverse(*score));
    points_of(&scored, all)
}

/// All points of scores sorted from the highest down.
#[must_use]
pub fn points_of(scored: &[(i32, bool)], all: u64) -> Vec<Point> {
    let mut points = Vec::new();
    let mut point = Point {
        all,
        ..Point::default()
    };
    for group in scored.chunk_by(|one, other| one.0 == other.0) {
        let right = group.iter().filter(|(_, right)| *right).count() as u64;
        point.score = group[0].0;
        point.right += right;
        point.wrong += group.len() as u64 - right;
        points.push(point);
    }
    points
}

/// The point with the highest F1.
#[must_use]
pub fn best(points: &[Point]) -> Point {
    points
        .iter()
        .copied()
        .max_by(|one, other| one.f1().total_cmp(&other.f1()))
        .unwrap_or_default()
}

/// What is proposed at a threshold.
#[must_use]
pub fn at(points: &[Point], threshold: i32) -> Point {
    let end = points.partition_point(|point| point.score >= threshold);
    points[..end].last().copied().unwrap_or_default()
}

/// The highest recall at which the precision is still reached.
#[must_use]
pub fn recall_at(points: &[Point], precision: f64) -> f64 {
    let reached = points
        .iter()
        .rev()
        .find(|point| point.precision() >= precision);
    reached.map_or(0.0, Point::recall)
}

/// How many of the pairs of twins are linked by any of their records.
#[must_use]
pub fn twins_linked(links: &[Link], persons: &Persons, twins: &[[i64; 2]], threshold: i32) -> u64 {
    let twins: FxHashSet<[i64; 2]> = twins.iter().copied().collect();
    let mut linked = FxHashSet::default();
    for link in links.iter().filter(|link| link.score >= threshold) {
        let [one, other] = [link.one, link.other].map(|row| persons.person[row as usize]);
        let pair = [one.min(other), one.max(other)];
        if twins.contains(&pair) {
            linked.insert(pair);
        }
    }
    linked.len() as u64
}

/// Errors of one group: missed and false pairs over true pairs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// True pairs.
    pub all: u64,
    /// Those missed.
    pub missed: u64,
    /// False pairs.
    pub wrong: u64,
}

/// Errors by sex, decade of birth, place and number of parts of the name, each by its name.
///
/// A group is of people: a pair belongs to the group of the person's own record, the first under
/// that number. `fewest parts` is of pairs: how many parts the shorter of the two names has.
#[must_use]
pub fn groups(
    engine: &Engine,
    links: &[Link],
    persons: &Persons,
    threshold: i32,
) -> BTreeMap<String, Group> {
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let accepted: FxHashSet<[u32; 2]> = links
        .iter()
        .filter(|link| link.score >= threshold)
        .map(|link| [link.one, link.other])
        .collect();
    let list = engine.list();
    let across = |pair: &[u32; 2]| list.is_none_or(|list| pair[0] < list && pair[1] >= list);
    for pair in persons.all_true_pairs().into_iter().filter(across) {
        let missed = u64::from(!accepted.contains(&pair));
        for name in names_of(engine, persons, pair) {
            let group = groups.entry(name).or_default();
            group.all += 1;
            group.missed += missed;
        }
    }
    let wrong = |pair: &&[u32; 2]| !persons.same(pair[0], pair[1]);
    for pair in accepted.iter().filter(wrong) {
        for name in names_of(engine, persons, *pair) {
            groups.entry(name).or_default().wrong += 1;
        }
    }
    groups
}

/// The groups that a pair belongs to.
fn names_of(engine: &Engine, persons: &Persons, pair: [u32; 2]) -> Vec<String> {
    let [one, other] = pair.map(|row| &engine.records()[row as usize]);
    let own = persons.own(pair[0]).or_else(|| persons.own(pair[1]));
    let record = own.map_or(one, |row| &engine.records()[row as usize]);
    let sex = match record.sex {
        Sex::Female => "women",
        Sex::Male => "men",
        Sex::Missing => "unknown",
    };
    let parts = |record: &Record| record.names.iter().filter(|id| **id > 0).count();
    let in_number = record.number.date(engine.layout());
    let date = if record.date.is_missing() {
        in_number
    } else {
        record.date
    };
    let decade = date.year() / 10 * 10;
    vec![
        format!("sex {sex}"),
        format!("born {decade}"),
        format!("place {:02}", record.place),
        format!("parts {}", parts(record)),
        format!("fewest parts {}", parts(one).min(parts(other))),
    ]
}
