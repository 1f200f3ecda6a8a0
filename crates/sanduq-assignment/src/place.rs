//! The assignment of least cost: the transport of people to seats, those who are left over at home.
//!
//! A person looks at a few committees, and at more as prices change; when nobody would gain by a
//! committee they had not looked at, nothing cheaper exists (columns are generated, the rest is
//! the network simplex of [`sanduq_placement`]). Where that takes long, a thousandth above the
//! bound is enough. Relatives on one committee are parted at the end
//! at the least extra cost; the bound is that of the transport, and holds for what is parted too.

use crate::auction::auction;
use crate::classes::Classes;
use crate::part;
use crate::shortage::asked;
use crate::shortage::cut;
use rayon::prelude::*;
use sanduq_operations::assignment::change::Desk;
use sanduq_operations::assignment::registers::Registers;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::assignment::whole::Post;
use sanduq_placement::basis::Basis;
use sanduq_placement::basis::UNPLACED_METRES;
use sanduq_placement::input::Group;
use sanduq_placement::input::Site;
use sanduq_placement::invented::Chance;
use sanduq_placement::lists::Lists;
use sanduq_placement::lists::number;
use sanduq_placement::tree::Best;
use sanduq_placement::tree::Tree;
use std::convert::Infallible;

/// Committees that somebody looks at to begin with.
const FIRST: usize = 6;

/// Committees that somebody looks at more, at once: the best, and others of the best [`WIDE`],
/// not the same for everybody, because neighbours cannot all have the same few seats.
const MORE: usize = 6;

/// Committees of whom these are chosen.
const WIDE: usize = 48;

/// People whose committees are looked up by one thread at a time.
const PART: usize = 512;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Who serves where, in the order of service numbers.
    pub posts: Vec<Post>,
    /// What all of it costs, in metres that one would go for it.
    pub cost_metres: u64,
    /// No assignment that leaves as few seats empty costs less.
    pub bound_metres: u64,
    /// Seats that nobody takes, by places of committees in the register; none where it can be
    /// helped.
    pub empty: Vec<(usize, u32)>,
    /// Relatives who sit together because nobody could take the place of either, by places in the
    /// register.
    pub together: Vec<(usize, usize)>,
    /// How often everybody looked for more committees.
    pub rounds: u32,
    /// Moves by which relatives were parted.
    pub parted: u32,
}

/// How far the work is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// How often everybody has looked for more committees.
    pub number: u32,
    /// People who would gain by a committee that they had not looked at.
    pub gaining: usize,
    /// What the assignment of the moment costs.
    pub cost_metres: u64,
    /// No assignment that leaves as few seats empty costs less.
    pub bound_metres: u64,
}

/// After so many rounds it is enough to be near the bound.
const ROUNDS: u32 = 10;

/// How near: one in so many.
const NEAR: u64 = 1000;

impl Round {
    /// Whether it has taken long and what is left to gain is hardly worth it.
    fn is_near(&self) -> bool {
        let above = self.cost_metres.saturating_sub(self.bound_metres);
        self.number >= ROUNDS && above.saturating_mul(NEAR) <= self.bound_metres
    }
}

/// A transport at work.
pub(crate) struct Work<'a> {
    rules: &'a Rules,
    registers: &'a Registers,
    /// Who may serve where, by kinds.
    classes: &'a Classes,
    /// The kind of each person, and of each committee.
    kinds: Vec<usize>,
    places: Vec<usize>,
    /// People who may serve somewhere, as the seed orders them.
    pub(crate) order: &'a [usize],
    pub(crate) tree: Tree,
    basis: Basis<'a>,
}

/// The assignment of least cost. `kept` are the numbers of an earlier run that was stopped, of the
/// same registers, rules and seed; `keep` is told how far it is after each round and may ask for
/// the numbers, and stops the work by an error.
///
/// # Errors
/// Whatever `keep` answers.
pub fn place<E>(
    job: (&Rules, &Registers, u64),
    kept: Option<&[u32]>,
    keep: impl FnMut(Round, &dyn Fn() -> Vec<u32>) -> Result<(), E>,
) -> Result<Placed, E> {
    solve(job, kept, keep, |work, round| work.finished(round))
}

/// Somebody on a committee where they may serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pair {
    /// The person, by the place in the register.
    pub person: u32,
    /// The committee, by its place in the register.
    pub committee: u32,
    /// What it costs.
    pub metres: u32,
}

/// As [`place`], with every pair that was looked at on the way: who knows nothing but these can
/// find the same, so that another solver may be asked.
#[must_use]
pub fn place_and_pairs(job: (&Rules, &Registers, u64)) -> (Placed, Vec<Pair>) {
    let unkept = |_, _: &dyn Fn() -> Vec<u32>| Ok::<(), Infallible>(());
    let Ok(done) = solve(job, None, unkept, |work, round| {
        let pairs = work.pairs();
        (work.finished(round), pairs)
    });
    done
}

/// The work, up to what is then done with it.
fn solve<E, T>(
    (rules, registers, seed): (&Rules, &Registers, u64),
    kept: Option<&[u32]>,
    mut keep: impl FnMut(Round, &dyn Fn() -> Vec<u32>) -> Result<(), E>,
    then: impl FnOnce(Work, Round) -> T,
) -> Result<T, E> {
    let classes = Classes::new(rules, registers, asked(rules, registers));
    let empty = cut(&classes).map_or(0, |(_, empty)| empty);
    let order = order(&classes, seed);
    let groups: Vec<Group> = order.iter().map(|at| group(registers, *at)).collect();
    let sites = sites(registers, groups.len() as u64 + empty);
    // Rounds and bound go on where they were: they decide when it is enough.
    let (before, kept) = match kept.and_then(|kept| kept.split_first_chunk()) {
        Some(([number, low, high], rest)) => ([*number, *low, *high], Some(rest)),
        None => ([0; 3], None),
    };
    let mut work = Work::new(
        (rules, registers, &classes),
        &order,
        (&groups, &sites),
        kept,
    );
    let mut round = Round {
        number: before[0],
        gaining: groups.len(),
        cost_metres: 0,
        bound_metres: u64::from(before[2]) << 32 | u64::from(before[1]),
    };
    loop {
        work.basis.improve();
        let (bound, gaining) = work.look();
        round.number += 1;
        round.gaining = gaining;
        round.cost_metres = u64::try_from(work.basis.cost_metres()).unwrap_or(u64::MAX);
        // Every round proves a bound of its own; the highest holds.
        let bound = u64::try_from(bound.max(0)).unwrap_or(u64::MAX);
        round.bound_metres = round.bound_metres.max(bound);
        if gaining == 0 || round.is_near() {
            break;
        }
        let half = |shift: u32| u32::try_from(round.bound_metres >> shift & 0xffff_ffff);
        let reached = [round.number, half(0).unwrap_or(0), half(32).unwrap_or(0)];
        keep(round, &|| [&reached[..], &work.basis.kept()].concat())?;
    }
    Ok(then(work, round))
}

/// People who may serve somewhere, in an order drawn from the seed: among equals a service number
/// is neither an advantage nor a burden.
fn order(classes: &Classes, seed: u64) -> Vec<usize> {
    let kinds = classes.people.iter().zip(&classes.may);
    let some = kinds.filter(|(_, may)| may.contains(&true));
    let mut order: Vec<usize> = some.flat_map(|(kind, _)| kind.iter().copied()).collect();
    order.sort_unstable();
    let mut chance = Chance::new(seed);
    for last in (1..order.len()).rev() {
        let drawn = chance.below(number(last + 1));
        order.swap(last, drawn as usize);
    }
    order
}

fn group(registers: &Registers, at: usize) -> Group {
    Group {
        point: registers.people[at].home,
        voters: 1,
        class: 0,
    }
}

/// The committees, and home for whoever is left over: people, and seats that have to stay empty,
/// less seats. So everybody has a place, and as many seats are taken as can be.
fn sites(registers: &Registers, people_and_empty: u64) -> Vec<Site> {
    let site = |point, capacity| Site {
        point,
        capacity,
        serves: 1,
    };
    let committees = registers.committees.iter();
    let mut sites: Vec<Site> = committees.map(|one| site(one.point, one.seats)).collect();
    let left = people_and_empty.saturating_sub(registers.seats());
    let anywhere = registers.committees.first().map(|one| one.point);
    let home = site(
        anywhere.unwrap_or_default(),
        u32::try_from(left).unwrap_or(u32::MAX),
    );
    sites.push(home);
    sites
}

/// The best of these ways, and as many others as one looks at more, each person from another place
/// on.
fn spread(at: usize, ways: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    if ways.len() <= MORE {
        return ways;
    }
    let others = ways.len() - 1;
    let stride = others / (MORE - 1);
    let from = at.wrapping_mul(7);
    let chosen = (0..MORE - 1).map(|step| ways[1 + (from + step * stride) % others]);
    [ways[0]].into_iter().chain(chosen).collect()
}

/// The kind of each, where each kind tells whom it has.
fn kind_of_each(kinds: &[Vec<usize>]) -> Vec<usize> {
    let mut of = vec![0; kinds.iter().map(Vec::len).sum()];
    for (kind, inside) in kinds.iter().enumerate() {
        for at in inside {
            of[*at] = kind;
        }
    }
    of
}

impl<'a> Work<'a> {
    fn new(
        (rules, registers, classes): (&'a Rules, &'a Registers, &'a Classes),
        order: &'a [usize],
        (groups, sites): (&'a [Group], &[Site]),
        kept: Option<&[u32]>,
    ) -> Self {
        let committees = registers.committees.iter().zip(0..);
        let points = committees
            .map(|(one, number)| (one.point, number))
            .collect();
        let mut work = Self {
            rules,
            registers,
            classes,
            kinds: kind_of_each(&classes.people),
            places: kind_of_each(&classes.committees),
            order,
            tree: Tree::new(points),
            basis: Basis::new(groups, sites, Lists::given(core::iter::empty())),
        };
        if let Some(basis) = kept.and_then(|kept| Basis::restored(groups, sites, kept)) {
            work.basis = basis;
            return work;
        }
        let (prices, taken) = auction(&mut work, sites);
        work.tree.set_prices(|site| prices[site as usize]);
        let home = number(sites.len() - 1);
        let lists: Vec<Vec<(u32, u32)>> = work.parts(|work, at, best| {
            let price = |site: u32| prices[site as usize];
            let mut ways = work.best_of(at, (FIRST, i64::MAX), price, best);
            ways.push((home, 0));
            ways.extend(taken[at]);
            ways.sort_unstable();
            ways.dedup();
            ways
        });
        let given = Lists::given(lists.iter().map(Vec::as_slice));
        work.basis = Basis::new(groups, sites, given);
        work.basis.fill(&prices);
        work
    }

    /// Does something for everybody, on all threads.
    fn parts<T: Send>(&self, each: impl Fn(&Self, usize, &mut Best) -> T + Sync) -> Vec<T> {
        let all: Vec<usize> = (0..self.order.len()).collect();
        let parts = all.par_chunks(PART).flat_map_iter(|part| {
            let mut best = Best::default();
            let done: Vec<T> = part.iter().map(|at| each(self, *at, &mut best)).collect();
            done
        });
        parts.collect()
    }

    /// The best committees for somebody at the prices of the moment, from home and from work,
    /// where they cost less than this; committee and cost without the price.
    fn best(&self, at: usize, wanted: usize, than: i64, best: &mut Best) -> Vec<(u32, u32)> {
        let nodes = &self.basis.nodes;
        let price = |site: u32| nodes[site as usize].price_metres.max(0);
        self.best_of(at, (wanted, than), price, best)
    }

    /// The same at other prices.
    pub(crate) fn best_of(
        &self,
        at: usize,
        wanted: (usize, i64),
        price: impl Fn(u32) -> i64 + Copy,
        best: &mut Best,
    ) -> Vec<(u32, u32)> {
        let person = &self.registers.people[self.order[at]];
        let may = &self.classes.may[self.kinds[self.order[at]]];
        let cost = |site: u32, _| {
            let committee = &self.registers.committees[site as usize];
            may[self.places[site as usize]].then(|| self.rules.cost(person, committee).metres())
        };
        let mut found = Vec::new();
        for from in [Some(person.home), person.work].into_iter().flatten() {
            self.tree.best_by(from, wanted, price, cost, best);
            found.extend(best.found().iter().copied());
        }
        found.sort_unstable();
        found.dedup();
        found.truncate(wanted.0);
        found
            .iter()
            .map(|found| (found.site, found.metres))
            .collect()
    }

    /// Everybody looks at all committees. Whoever would gain looks at more from now on. What no
    /// assignment can be cheaper than, and how many would gain.
    fn look(&mut self) -> (i128, usize) {
        let nodes = &self.basis.nodes;
        self.tree
            .set_prices(|site| nodes[site as usize].price_metres.max(0));
        let found: Vec<(i64, Vec<(u32, u32)>)> = self.parts(|work, at, best| {
            let price = |site: u32| work.basis.nodes[site as usize].price_metres.max(0);
            let ways = work.basis.lists.of(number(at)).iter();
            let own = ways
                .map(|way| i64::from(way.metres) + price(way.site))
                .min();
            let own = own.unwrap_or(UNPLACED_METRES).min(UNPLACED_METRES);
            let more = spread(at, work.best(at, WIDE, own, best));
            let costs = more
                .iter()
                .map(|(site, metres)| i64::from(*metres) + price(*site));
            (costs.min().unwrap_or(own), more)
        });
        let nodes = self.basis.nodes.iter();
        let worth =
            nodes.map(|node| i128::from(node.price_metres.max(0)) * i128::from(node.capacity));
        let mut bound = -worth.sum::<i128>();
        let mut gaining = 0;
        for (group, (least, more)) in (0..).zip(found) {
            bound += i128::from(least);
            if more.is_empty() {
                continue;
            }
            gaining += 1;
            let known: Vec<u32> = self
                .basis
                .lists
                .of(group)
                .iter()
                .map(|way| way.site)
                .collect();
            let new = more.into_iter().filter(|(site, _)| !known.contains(site));
            self.basis.lists.add(group, new);
        }
        (bound, gaining)
    }

    /// The pairs that were looked at.
    fn pairs(&self) -> Vec<Pair> {
        let home = number(self.registers.committees.len());
        let people = (0..).zip(self.order);
        let pairs = people.flat_map(|(group, person)| {
            let ways = self.basis.lists.of(group).iter();
            let ways = ways.filter(move |way| way.site != home);
            ways.map(|way| Pair {
                person: number(*person),
                committee: way.site,
                metres: way.metres,
            })
        });
        pairs.collect()
    }

    /// The assignment, with relatives parted.
    fn finished(self, round: Round) -> Placed {
        let home = number(self.registers.committees.len());
        let mut desk = Desk {
            rules: self.rules,
            registers: self.registers,
            posts: vec![None; self.registers.people.len()],
            members: vec![Vec::new(); self.registers.committees.len()],
        };
        for (group, person) in (0..).zip(self.order) {
            let mut ways = self.basis.lists.of(group).iter();
            let gone = ways.find(|way| way.voters > 0 && way.site != home);
            desk.assign(*person, gone.map(|way| way.site as usize));
        }
        let cut = part::part(&mut desk);
        let costs = desk
            .posts
            .iter()
            .enumerate()
            .filter_map(|(person, committee)| {
                Some(u64::from(desk.cost_metres(person, (*committee)?)))
            });
        let committees = self
            .registers
            .committees
            .iter()
            .zip(&desk.members)
            .enumerate();
        let empty = committees.map(|(at, (committee, members))| {
            let sitting = u32::try_from(members.len()).unwrap_or(u32::MAX);
            (at, committee.seats.saturating_sub(sitting))
        });
        Placed {
            cost_metres: costs.sum(),
            bound_metres: round.bound_metres,
            empty: empty.filter(|(_, seats)| *seats > 0).collect(),
            posts: desk.all(),
            together: cut.left,
            parted: cut.moves,
            rounds: round.number,
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
