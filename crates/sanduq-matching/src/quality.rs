//! What a comparison is worth where the truth is known: every pair that a rule makes is scored, and
//! those near the thresholds, or true, are kept.

use crate::measure;
use crate::measure::Group;
use crate::measure::Point;
use crate::pairs::Pairs;
use crate::run::Engine;
use crate::run::Link;
use crate::run::Reached;
use crate::run::join;
use crate::truth::Persons;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;
use std::collections::BTreeMap;

/// Below the threshold of review by this much, pairs are kept for measuring, in millinats.
const MEASURED_BELOW: i32 = 5_000;

/// What was measured.
pub struct Quality {
    /// Pairs that are one person.
    pub all: u64,
    /// Pairs compared.
    pub compared: u64,
    /// True pairs that some rule makes.
    pub made: u64,
    /// At the threshold with the highest F1.
    pub best: Point,
    /// At the threshold of review.
    pub review: Point,
    /// What is proposed unasked: from the threshold on, without what others contradict.
    pub automatic: Point,
    /// Pairs from that threshold on which others contradict, and which are for a clerk.
    pub held_back: u64,
    /// The highest recall with a precision of 0.999.
    pub sure: f64,
    /// Pairs of twins, and those of them that some pair of review or more links.
    pub twins: [u64; 2],
    /// Errors at the threshold of review by group.
    pub groups: BTreeMap<String, Group>,
}

/// Runs every rule and measures what comes of it; `reached` is told the rule and its buckets.
#[must_use]
pub fn quality(
    engine: &Engine,
    weights: &Weights,
    persons: &Persons,
    reached: &(dyn Fn(usize, usize) + Sync),
) -> Quality {
    let all = persons.true_pairs(engine.list());
    let mut links: Vec<Link> = Vec::new();
    let mut compared = 0;
    for (at, rule) in engine.rules.iter().enumerate() {
        let told: Reached = &|buckets| reached(at, buckets);
        let (mut found, report) = engine.each_pair(rule, told, |[one, other], evidence| {
            let score = weights.score(&evidence());
            let kept = score >= weights.review - MEASURED_BELOW || persons.same(one, other);
            kept.then_some(Link { one, other, score })
        });
        found.sort_unstable();
        join(&mut links, found);
        compared += report.pairs;
    }
    let points = measure::points(&links, persons, all);
    let same = |link: &&Link| persons.same(link.one, link.other);
    let proposed = links.iter().copied();
    let proposed = proposed.filter(|link| link.score >= weights.review);
    let pairs = Pairs::new(engine, weights, proposed.collect());
    let twins = match engine.list() {
        None => persons.twins(engine),
        Some(_) => Vec::new(),
    };
    Quality {
        all,
        compared,
        made: links.iter().filter(same).count() as u64,
        best: measure::best(&points),
        review: measure::at(&points, weights.review),
        automatic: automatic(&pairs, persons, (weights.automatic, all)),
        held_back: pairs.chained,
        sure: measure::recall_at(&points, 0.999),
        twins: [
            twins.len() as u64,
            measure::twins_linked(&links, persons, &twins, weights.review),
        ],
        groups: measure::groups(engine, &links, persons, weights.review),
    }
}

/// What is proposed unasked.
fn automatic(pairs: &Pairs, persons: &Persons, (score, all): (i32, u64)) -> Point {
    let classes = pairs.links().iter().zip(pairs.classes());
    let proposed = classes.filter(|(_, class)| **class == Class::Automatic);
    let mut point = Point {
        score,
        all,
        ..Point::default()
    };
    for (link, _) in proposed {
        if persons.same(link.one, link.other) {
            point.right += 1;
        } else {
            point.wrong += 1;
        }
    }
    point
}
