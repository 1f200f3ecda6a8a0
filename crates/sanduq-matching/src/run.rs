//! A whole comparison: one roll with itself, or a list with a roll.
//!
//! A pair is scored wherever a rule makes it; what reaches the floor is kept, sorted, and stands
//! once in the result, so that the order of work never shows.

use crate::blocks::Blocks;
use crate::blocks::Report;
use crate::blocks::Sides;
use crate::cache::Cache;
use crate::census::Measure;
use crate::census::mark_unusual;
use crate::copies;
use crate::copies::Apart;
use crate::dictionary::Dictionary;
use crate::ids::Ids;
use crate::keys::Keys;
use crate::keys::Traits;
use crate::load::Loaded;
use crate::memory::Bound;
use crate::memory::MemoryRefusal;
use crate::memory::expected_pairs;
use crate::repeated::Repeated;
use rayon::prelude::*;
use sanduq_register::matching::compare::Roll;
use sanduq_register::matching::compare::compare;
use sanduq_register::matching::compare::facing;
use sanduq_register::matching::evidence::Evidence;
use sanduq_register::matching::number::Layout;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Part;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::Record;
use sanduq_register::matching::record::Sex;
use sanduq_register::matching::weights::Weights;

/// A pair that reached the floor, the lower row first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link {
    /// The lower row.
    pub one: u32,
    /// The higher row.
    pub other: u32,
    /// Score in millinats.
    pub score: i32,
}

/// A rule of blocking as it is run.
pub struct Rule {
    /// Its words.
    pub words: String,
    pub(crate) parts: Vec<Part>,
    unusual: bool,
}

/// Records ready to be compared.
pub struct Engine<'a> {
    profile: &'a Profile,
    pub(crate) dictionary: Dictionary,
    names: Vec<Name>,
    traits: Option<Vec<Traits>>,
    records: Vec<Record>,
    pub(crate) extras: Vec<NameId>,
    ids: Ids,
    pub(crate) measure: Measure,
    /// Records of the roll that share no key with the list and stand elsewhere.
    pub(crate) elsewhere: usize,
    splitters: Vec<Part>,
    passes: usize,
    /// The bound, and what is held of it when the keys are gone.
    room: (Bound, u64),
    /// Rules in the order in which they run.
    pub rules: Vec<Rule>,
    /// The first row of the list, where a list is compared with a roll.
    list: Option<u32>,
}

/// Told how many of the buckets of a rule are done, of [`crate::blocks::BUCKETS`]; by any thread.
pub type Reached<'a> = &'a (dyn Fn(usize) + Sync);

impl<'a> Engine<'a> {
    /// Prepares what was loaded; with `list` rows from there on are compared with those before.
    /// The profile has been read by [`Profile::read`], so that every part of its rules is known.
    ///
    /// # Errors
    /// When the bound of memory is too low for so many records.
    pub fn new(
        profile: &'a Profile,
        mut loaded: Loaded,
        list: Option<u32>,
        bound: Bound,
    ) -> Result<Self, MemoryRefusal> {
        loaded.finish(profile);
        let roll = &loaded.records[..list.map_or(loaded.records.len(), |row| row as usize)];
        let width = profile.columns.extras.len();
        let repeated = Repeated::of(roll, &loaded.extras, width);
        repeated.take_out(&mut loaded.dictionary, (roll, &loaded.extras), width);
        let names = loaded.dictionary.finish();
        let measure = Measure::of(roll, &repeated, &names, profile);
        Self::assembled(profile, (loaded, names, measure), list, bound)
    }

    /// Prepares what was loaded, of whose roll this is measured.
    pub(crate) fn assembled(
        profile: &'a Profile,
        (loaded, names, measure): (Loaded, Vec<Name>, Measure),
        list: Option<u32>,
        bound: Bound,
    ) -> Result<Self, MemoryRefusal> {
        let Loaded {
            dictionary,
            mut records,
            extras,
            ids,
            ..
        } = loaded;
        let fixed = ids.memory() + dictionary.memory() + (names.len() * size_of::<Name>()) as u64;
        let of_list = list.map(|list| records.len() - list as usize);
        let pairs = expected_pairs(records.len(), of_list);
        let plan = bound.plan(records.len(), profile.columns.extras.len(), fixed + pairs)?;
        mark_unusual(&mut records, &measure, &names, profile);
        let traits = plan.traits.then(|| {
            let records = records.par_iter();
            records
                .map(|one| Traits::new(one, &names, &profile.number))
                .collect()
        });
        let held = size_of_val(&*records) + size_of_val(&*extras);
        let made = traits.as_deref().map_or(0, size_of_val);
        Ok(Self {
            room: (bound, fixed + (held + made) as u64),
            splitters: parts(profile, &profile.splitters).concat(),
            rules: rules(profile),
            passes: plan.passes,
            elsewhere: 0,
            measure,
            extras,
            ids,
            traits,
            profile,
            dictionary,
            names,
            records,
            list,
        })
    }

    /// How many records are compared, those included that share no key with a list.
    #[must_use]
    pub fn compared(&self) -> usize {
        self.records.len() + self.elsewhere
    }

    /// Whether so many pairs can be put in order within the bound.
    ///
    /// # Errors
    /// When it is too low for so many pairs.
    pub fn has_room(&self, pairs: usize) -> Result<(), MemoryRefusal> {
        let (bound, held) = self.room;
        bound.pairs(held, pairs, self.list.is_some())
    }

    /// Further attributes of each record.
    pub(crate) fn width(&self) -> usize {
        self.profile.columns.extras.len()
    }

    /// The keys of all records under a rule, bucket by bucket in their order.
    pub(crate) fn sorted_keys(
        &self,
        rule: &Rule,
        take: impl FnMut(&[u64]) -> std::io::Result<()>,
    ) -> std::io::Result<()> {
        self.blocks(&|_| {}).sorted(&rule.parts, take)
    }

    /// All records.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The dictionary, by id.
    #[must_use]
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// The parts of the national number.
    #[must_use]
    pub fn layout(&self) -> &Layout {
        &self.profile.number
    }

    /// The ids under which the records stand in their files.
    #[must_use]
    pub fn ids(&self) -> &Ids {
        &self.ids
    }

    /// The first row of the list, where a list is compared with a roll.
    #[must_use]
    pub fn list(&self) -> Option<u32> {
        self.list
    }

    fn keys(&self) -> Keys<'_> {
        Keys {
            traits: self.traits.as_deref(),
            names: &self.names,
            layout: &self.profile.number,
        }
    }

    fn blocks<'b>(&'b self, reached: Reached<'b>) -> Blocks<'b> {
        Blocks {
            keys: self.keys(),
            records: &self.records,
            extras: &self.extras,
            width: self.profile.columns.extras.len(),
            splitters: &self.splitters,
            largest: self.profile.largest_block.max(2),
            passes: self.passes,
            reached,
        }
    }

    /// Whether two rows are the same in all that is compared.
    #[must_use]
    pub fn are_copies(&self, one: u32, other: u32) -> bool {
        copies::are_copies(&self.blocks(&|_| {}), one, other)
    }

    fn roll(&self) -> Roll<'_> {
        Roll {
            names: &self.names,
            dates: &self.measure.dates,
            places: &self.measure.places,
            size: self.measure.size,
            layout: &self.profile.number,
            with_list: self.list.is_some(),
            crowded: &self.measure.crowded,
            husband_for_father: self.profile.husband_for_father,
            contradicting: self.profile.contradicts(),
        }
    }

    fn cache(&self) -> Cache<'_> {
        Cache::new(&self.dictionary, &self.names)
    }

    /// Runs one rule; `keep` says of each pair compared, the lower row first, what is kept of it.
    pub fn each_pair<F: Send>(
        &self,
        rule: &Rule,
        reached: Reached<'_>,
        keep: impl Fn([u32; 2], &dyn Fn() -> Evidence) -> Option<F> + Sync + Send,
    ) -> (Vec<F>, Report) {
        let blocks = self.blocks(reached);
        let roll = self.roll();
        let sides = match (self.list, rule.unusual) {
            (Some(row), _) => Sides::Link(row),
            (None, true) => Sides::Unusual,
            (None, false) => Sides::All,
        };
        blocks.each(
            &rule.parts,
            sides,
            || self.cache(),
            |cache, rows, listed, found| {
                let cache = std::cell::RefCell::new(cache);
                let mut pairs = 0;
                for (place, one) in rows.iter().enumerate() {
                    let first = &self.records[*one as usize];
                    if !sides.seeks(*one, first) {
                        break;
                    }
                    for other in &rows[place + 1..] {
                        let second = &self.records[*other as usize];
                        if matches!(sides, Sides::Link(list) if *other >= list) {
                            continue;
                        }
                        pairs += 1;
                        if self.is_hopeless([*one, *other], [first, second]) {
                            continue;
                        }
                        // Always the lower row first: one pair has one evidence, whatever rule
                        // makes it.
                        let pair = [*one.min(other), *one.max(other)];
                        let evidence = || {
                            let records = pair.map(|row| &self.records[row as usize]);
                            let extras = pair.map(|row| blocks.extras_of(row));
                            compare(&roll, &mut **cache.borrow_mut(), records, extras)
                        };
                        let kept = keep(pair, &evidence);
                        let copies = kept.iter().flat_map(|_| Apart::behind(listed, *one));
                        let copies = copies.flat_map(|copy| keep([*other, copy], &evidence));
                        found.extend(copies.collect::<Vec<_>>());
                        found.extend(kept);
                    }
                }
                pairs
            },
        )
    }

    /// Whether so much of two names is against a pair that it cannot reach review.
    fn is_hopeless(&self, rows: [u32; 2], [one, other]: [&Record; 2]) -> bool {
        if self.profile.hopeless_parts == 0 || one.unusual || other.unusual {
            return false;
        }
        // What stands against two women may be the names of a husband.
        let women = [one, other].iter().all(|one| one.sex == Sex::Female);
        if self.profile.husband_for_father && women {
            return false;
        }
        let keys = self.keys();
        let (first, second) = (keys.of(rows[0], one), keys.of(rows[1], other));
        first.parts_against(&second) >= self.profile.hopeless_parts
            && !one.number.is_near(other.number)
    }

    /// The evidence of one pair.
    #[must_use]
    pub fn evidence(&self, pair: [u32; 2]) -> Evidence {
        self.evidences(&[pair])[0]
    }

    /// Which parts of the two names the evidence of a pair compares with each other: for each part
    /// that of the first record, and that of the second.
    #[must_use]
    pub fn facing(&self, pair: [u32; 2]) -> [[usize; NAME_PARTS]; 2] {
        let records = pair.map(|row| &self.records[row as usize]);
        facing(&self.roll(), &mut self.cache(), records)
    }

    /// The evidence of many pairs, in their order.
    #[must_use]
    pub fn evidences(&self, pairs: &[[u32; 2]]) -> Vec<Evidence> {
        let blocks = self.blocks(&|_| {});
        let roll = self.roll();
        pairs
            .par_iter()
            .map_init(
                || self.cache(),
                |cache, pair| {
                    let records = pair.map(|row| &self.records[row as usize]);
                    compare(&roll, cache, records, pair.map(|row| blocks.extras_of(row)))
                },
            )
            .collect()
    }

    /// The pairs of one rule whose score reaches the floor, sorted, each once.
    #[must_use]
    pub fn links_of(
        &self,
        rule: &Rule,
        weights: &Weights,
        floor: i32,
        reached: Reached<'_>,
    ) -> (Vec<Link>, Report) {
        let (mut links, report) = self.each_pair(rule, reached, |[one, other], evidence| {
            let score = weights.score(&evidence());
            (score >= floor).then_some(Link { one, other, score })
        });
        links.par_sort_unstable();
        links.dedup();
        (links, report)
    }

    /// All pairs whose score reaches the floor, sorted, each once; and what each rule did.
    #[must_use]
    pub fn links(&self, weights: &Weights, floor: i32) -> (Vec<Link>, Vec<Report>) {
        let mut links = Vec::new();
        let mut reports = Vec::new();
        for rule in &self.rules {
            let (found, report) = self.links_of(rule, weights, floor, &|_| {});
            join(&mut links, found);
            reports.push(report);
        }
        (links, reports)
    }
}

/// Adds sorted links to sorted links; each stands once. No second copy of all is made.
pub fn join(links: &mut Vec<Link>, found: Vec<Link>) {
    if links.is_empty() {
        *links = found;
        return;
    }
    links.reserve_exact(found.len());
    links.extend(found);
    links.par_sort_unstable();
    links.dedup();
}

fn parts(profile: &Profile, rules: &[String]) -> Vec<Vec<Part>> {
    let known = rules.iter().map(|rule| profile.parts(rule));
    known.filter_map(Result::ok).collect()
}

/// The rules of a profile.
pub(crate) fn rules(profile: &Profile) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (words, unusual) in [(&profile.rules, false), (&profile.unusual_rules, true)] {
        for (words, parts) in words.iter().zip(parts(profile, words)) {
            rules.push(Rule {
                words: words.clone(),
                parts,
                unusual,
            });
        }
    }
    rules
}
