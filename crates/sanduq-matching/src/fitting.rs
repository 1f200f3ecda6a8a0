//! Learns the weights of a country from rolls whose truth is known: what each piece of evidence is
//! worth, the margin of twins, the two thresholds. They are fixed on these rolls and never on the
//! roll that is compared.

use crate::measure;
use crate::run::Engine;
use crate::run::Reached;
use crate::train;
use crate::truth::Persons;
use crate::truth::Truth;
use rustc_hash::FxHashMap;
use sanduq_register::matching::evidence::CELLS;
use sanduq_register::matching::evidence::Evidence;
use sanduq_register::matching::weights::Weights;

/// How often each evidence was the same person, a relative, a stranger.
#[derive(Default)]
pub struct Counted {
    counts: FxHashMap<Evidence, [u32; 3]>,
    true_pairs: u64,
}

/// What was seen, in a fixed order.
type Seen<'a> = Vec<(&'a Evidence, &'a [u32; 3])>;

impl Counted {
    /// Counts the pairs of one roll, or of a list and a roll; `reached` is told the rule and its
    /// buckets.
    pub fn add(
        &mut self,
        engine: &Engine,
        persons: &Persons,
        reached: &(dyn Fn(usize, usize) + Sync),
    ) {
        let mut pairs: Vec<[u32; 2]> = Vec::new();
        for (at, rule) in engine.rules.iter().enumerate() {
            let told: Reached = &|buckets| reached(at, buckets);
            let (found, _) = engine.each_pair(rule, told, |pair, _| Some(pair));
            pairs.extend(found);
            pairs.sort_unstable();
            pairs.dedup();
        }
        for (pair, evidence) in pairs.iter().zip(engine.evidences(&pairs)) {
            let truth = persons.of(engine, pair[0], pair[1]);
            self.counts.entry(evidence).or_default()[truth as usize] += 1;
        }
        self.true_pairs += persons.true_pairs(engine.list());
    }

    /// Pairs that are one person, and pairs that were compared and are two.
    #[must_use]
    pub fn pairs(&self) -> [u64; 2] {
        let [_, kin, strangers] = [Truth::Same, Truth::Kin, Truth::Stranger].map(|truth| {
            let times = self.counts.values().map(|count| count[truth as usize]);
            times.map(u64::from).sum::<u64>()
        });
        [self.true_pairs, kin + strangers]
    }

    /// Kinds of evidence that were seen.
    #[must_use]
    pub fn kinds(&self) -> usize {
        self.counts.len()
    }

    /// The weights that fit what was counted.
    #[must_use]
    pub fn fit(&self) -> Weights {
        let mut seen: Seen = self.counts.iter().collect();
        seen.sort_unstable_by_key(|(evidence, _)| **evidence);
        let (start, strangers) = train::fit(&against(&seen, Truth::Stranger), true, 0.5);
        let (start_kin, kin) = train::fit(&against(&seen, Truth::Kin), false, 0.5);
        let cells = (0..CELLS)
            .map(|cell| [strangers[cell], kin[cell]])
            .collect();
        let mut weights = Weights {
            cells,
            start: [start, start_kin],
            twin_margin: 0,
            review: 0,
            automatic: i32::MAX,
        };
        let (all, _) = points(&weights, &seen, self.true_pairs);
        weights.review = measure::best(&all).score;
        weights.twin_margin = twin_margin(&weights, &seen);
        let (_, fitting) = points(&weights, &seen, self.true_pairs);
        weights.automatic = automatic(&fitting);
        weights
    }
}

/// How often evidence was one person, and how often this other thing.
fn against(seen: &Seen, other: Truth) -> Vec<train::Seen> {
    let counts = seen.iter().map(|(evidence, count)| {
        let [same, not] = [Truth::Same, other].map(|truth| f64::from(count[truth as usize]));
        (**evidence, [same, not])
    });
    counts.filter(|(_, [same, not])| same + not > 0.0).collect()
}

/// All points of what was seen; and those of the pairs that nothing contradicts.
fn points(weights: &Weights, seen: &Seen, all: u64) -> (Vec<measure::Point>, Vec<measure::Point>) {
    let mut scored = Vec::new();
    let mut fitting = Vec::new();
    for (evidence, count) in seen {
        let score = weights.score(evidence);
        for (truth, times) in count.iter().enumerate() {
            let pair = (score, truth == Truth::Same as usize);
            scored.extend((0..*times).map(|_| pair));
            if !evidence.contradicted {
                fitting.extend((0..*times).map(|_| pair));
            }
        }
    }
    let sorted = |mut pairs: Vec<(i32, bool)>| {
        pairs.sort_unstable_by_key(|(score, _)| std::cmp::Reverse(*score));
        measure::points_of(&pairs, all)
    };
    (sorted(scored), sorted(fitting))
}

/// Of a hundred thousand pairs of relatives that a rule of blocking makes, so many may be linked.
const LINKED_RELATIVES: f64 = 22.0;

/// What twins have to show beyond an even chance so that few of them are linked, in millinats.
fn twin_margin(weights: &Weights, seen: &Seen) -> i32 {
    let kin = |count: &[u32; 3]| f64::from(count[Truth::Kin as usize]);
    let mut scored: Vec<(i32, f64)> = seen
        .iter()
        .filter(|(evidence, count)| {
            let reaches = weights.sums(evidence)[0] >= weights.review;
            kin(count) > 0.0 && evidence.twinlike && reaches
        })
        .map(|(evidence, count)| (weights.sums(evidence)[1], kin(count)))
        .collect();
    scored.sort_unstable_by_key(|(score, _)| std::cmp::Reverse(*score));
    let all: f64 = seen.iter().map(|(_, count)| kin(count)).sum();
    let mut linked = 0.0;
    for (score, times) in scored {
        linked += times;
        if linked > all * LINKED_RELATIVES / 1e5 {
            return (score - weights.review).max(0);
        }
    }
    0
}

/// False pairs in all training rolls that the automatic class may hold.
const FALSE_AUTOMATIC: u64 = 3;
/// How far above the last false pair of training it begins, in millinats.
const AUTOMATIC_MARGIN: i32 = 500;
/// Below a chance of a thousand to one nothing is automatic, however few were false in training.
const LEAST_AUTOMATIC: i32 = 7000;

fn automatic(points: &[measure::Point]) -> i32 {
    let last = points
        .iter()
        .take_while(|point| point.wrong <= FALSE_AUTOMATIC)
        .last();
    last.map_or(i32::MAX, |point| {
        (point.score + AUTOMATIC_MARGIN).max(LEAST_AUTOMATIC)
    })
}
