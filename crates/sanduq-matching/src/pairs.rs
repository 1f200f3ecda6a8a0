//! The result: every pair with its score, its class and its evidence, in one order.

use crate::run::Engine;
use crate::run::Link;
use rayon::prelude::*;
use sanduq_register::matching::cluster;
use sanduq_register::matching::cluster::Clusters;
use sanduq_register::matching::evidence::Evidence;
use sanduq_register::matching::evidence::Piece;
use sanduq_register::matching::weights::Class;
use sanduq_register::matching::weights::Weights;
use std::collections::BTreeMap;
use std::io::Write;

/// Pairs with their classes.
pub struct Pairs {
    links: Vec<Link>,
    classes: Vec<Class>,
    clusters: Clusters,
    /// The score from which a pair is automatic where no other contradicts it.
    automatic: i32,
    /// Automatic pairs that were put to review because others of them contradict them.
    pub chained: u64,
}

/// How many pairs of each class there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Proposed unasked.
    pub automatic: u64,
    /// For a clerk.
    pub review: u64,
}

impl Pairs {
    /// The pairs of links that are sorted and reach review. In one roll an automatic pair whose
    /// group of automatic pairs is a chain ([`cluster::chains`]) is put to review. Of a list it is
    /// put there where its record has two: nobody is two electors, and which of the two records is
    /// hers, or whether the roll has her twice, is for a clerk to say.
    #[must_use]
    pub fn new(engine: &Engine, weights: &Weights, links: Vec<Link>) -> Self {
        let mut classes: Vec<Class> = links.iter().map(|link| weights.class(link.score)).collect();
        let doubtful = Doubtful::of(engine, &links, &classes);
        let mut chained = 0;
        for (link, class) in links.iter().zip(&mut classes) {
            if *class == Class::Automatic && doubtful.holds(link) {
                *class = Class::Review;
                chained += 1;
            }
        }
        drop(doubtful);
        Self {
            clusters: Clusters::of(links.iter().map(rows)),
            automatic: weights.automatic,
            links,
            classes,
            chained,
        }
    }

    /// The links, sorted.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// The groups of records that links connect.
    #[must_use]
    pub fn clusters(&self) -> &Clusters {
        &self.clusters
    }

    /// The class of each link.
    #[must_use]
    pub fn classes(&self) -> &[Class] {
        &self.classes
    }

    /// How many of each class.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let count = |wanted: Class| {
            let found = self.classes.iter().filter(|class| **class == wanted);
            found.count() as u64
        };
        Counts {
            automatic: count(Class::Automatic),
            review: count(Class::Review),
        }
    }

    /// Writes the pairs as CSV: the two ids (of a list's record first), the score in thousandths
    /// of a natural logarithm, the class, the group of records that pairs connect (by the id of its
    /// first record), then what each part says. No cell runs as a formula
    /// ([`sanduq_core::cell`]). `extras` are the names of further attributes. `reached` is told how
    /// many pairs are written.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write(
        &self,
        engine: &Engine,
        extras: &[String],
        out: impl Write,
        mut reached: impl FnMut(u64),
    ) -> csv::Result<()> {
        let mut out = csv::Writer::from_writer(out);
        let fixed = COLUMNS.iter().copied();
        out.write_record(
            fixed
                .chain(extras.iter().map(String::as_str))
                .chain(["notes"]),
        )?;
        let order = self.order(engine);
        let mut written = 0;
        for share in order.chunks(1 << 14) {
            let pairs: Vec<[u32; 2]> = share
                .iter()
                .map(|at| [self.links[*at].one, self.links[*at].other])
                .collect();
            let evidences = engine.evidences(&pairs);
            let rows: Vec<Vec<Vec<u8>>> = share
                .par_iter()
                .zip(&evidences)
                .map(|(at, evidence)| self.row(engine, *at, evidence, extras.len()))
                .collect();
            for row in rows {
                out.write_record(row)?;
            }
            written += share.len() as u64;
            reached(written);
        }
        out.flush()?;
        Ok(())
    }

    /// The order of writing: by the rows of the roll, or by those of the list.
    fn order(&self, engine: &Engine) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.links.len()).collect();
        if engine.list().is_some() {
            order.par_sort_unstable_by_key(|at| (self.links[*at].other, self.links[*at].one));
        }
        order
    }

    fn row(&self, engine: &Engine, at: usize, evidence: &Evidence, extras: usize) -> Vec<Vec<u8>> {
        let link = self.links[at];
        let id = |row: u32| engine.ids().cell(row).into_bytes();
        let (one, other) = match engine.list() {
            Some(_) => (link.other, link.one),
            None => (link.one, link.other),
        };
        let class = self.classes[at];
        let mut row = vec![
            id(one),
            id(other),
            link.score.to_string().into_bytes(),
            class.word().into(),
            id(self.clusters.root(link.one)),
        ];
        let words = told(evidence, extras);
        row.extend(words.into_iter().map(str::to_owned).map(String::into_bytes));
        let held_back = class == Class::Review && link.score >= self.automatic;
        row.push(notes(evidence, held_back).into_bytes());
        row
    }
}

fn rows(link: &Link) -> [u32; 2] {
    [link.one, link.other]
}

/// Automatic pairs that other automatic pairs contradict.
enum Doubtful {
    /// In one roll: of groups with these roots.
    Groups(Clusters, Vec<u32>),
    /// Of a list: of these records of it, sorted.
    Records(Vec<u32>),
}

impl Doubtful {
    fn of(engine: &Engine, links: &[Link], classes: &[Class]) -> Self {
        let automatic = links.iter().zip(classes);
        let automatic = automatic
            .filter(|(_, class)| **class == Class::Automatic)
            .map(|(link, _)| rows(link));
        if engine.list().is_some() {
            let mut records: Vec<u32> = automatic.map(|[_, record]| record).collect();
            records.sort_unstable();
            let twice = records.chunk_by(|one, other| one == other);
            let twice = twice.filter(|records| records.len() > 1);
            return Self::Records(twice.map(|records| records[0]).collect());
        }
        let all = links.iter().map(rows);
        let copies = Copies::of(engine, all.clone());
        let chains = cluster::chains(&copies.folded(automatic.clone()), &copies.folded(all));
        let clusters = Clusters::of(automatic);
        let mut roots: Vec<u32> = chains.into_iter().map(|row| clusters.root(row)).collect();
        roots.sort_unstable();
        Self::Groups(clusters, roots)
    }

    fn holds(&self, link: &Link) -> bool {
        match self {
            Self::Groups(clusters, roots) => roots.binary_search(&clusters.root(link.one)).is_ok(),
            Self::Records(records) => records.binary_search(&link.other).is_ok(),
        }
    }
}

/// Copies of one record that are all linked to the first of them, and are too many to be linked
/// with each other: they are one all the same.
struct Copies {
    clusters: Clusters,
    /// The first of each such group, sorted.
    firsts: Vec<u32>,
}

impl Copies {
    fn of(engine: &Engine, all: impl Iterator<Item = [u32; 2]>) -> Self {
        let copies = all.filter(|[one, other]| engine.are_copies(*one, *other));
        let copies: Vec<[u32; 2]> = copies.collect();
        let clusters = Clusters::of(copies.iter().copied());
        let mut linked: BTreeMap<u32, [u64; 2]> = BTreeMap::new();
        for [one, _] in copies {
            let root = clusters.root(one);
            let [of_first, all] = linked.entry(root).or_default();
            *of_first += u64::from(one == root);
            *all += 1;
        }
        let many = clusters.sizes().into_iter().filter(|(root, members)| {
            let [of_first, all] = linked.get(root).copied().unwrap_or_default();
            of_first == members - 1 && all < members * (members - 1) / 2
        });
        let firsts = many.map(|(root, _)| root).collect();
        Self { clusters, firsts }
    }

    fn first(&self, row: u32) -> u32 {
        let root = self.clusters.root(row);
        match self.firsts.binary_search(&root) {
            Ok(_) => root,
            Err(_) => row,
        }
    }

    /// Pairs with the first copy in the place of every other; each once.
    fn folded(&self, pairs: impl Iterator<Item = [u32; 2]>) -> Vec<[u32; 2]> {
        let firsts = pairs.map(|pair| pair.map(|row| self.first(row)));
        let mut folded: Vec<[u32; 2]> = firsts
            .filter(|[one, other]| one != other)
            .map(|[one, other]| [one.min(other), one.max(other)])
            .collect();
        folded.sort_unstable();
        folded.dedup();
        folded
    }
}

/// The columns that every result has, before those of further attributes and the notes.
pub const COLUMNS: [&str; 14] = [
    "one",
    "other",
    "score",
    "class",
    "cluster",
    "given",
    "father",
    "grandfather",
    "family",
    "order",
    "date",
    "number",
    "place",
    "sex",
];

/// What each part says, one word each, in the order of the columns.
fn told(evidence: &Evidence, extras: usize) -> Vec<&'static str> {
    let mut words = vec!["missing"; 9 + extras];
    for piece in evidence.pieces() {
        match piece {
            Piece::Name(part, likeness, _) => words[part] = likeness.word(),
            Piece::Order(order) => words[4] = order.word(),
            Piece::DateAndNumber(date, number) => {
                words[5] = date.word();
                words[6] = number.word();
            }
            Piece::Place(places, _) => words[7] = places.word(),
            Piece::Sex(sexes) => words[8] = sexes.word(),
            Piece::Extra(place, likeness, _) if place < extras => {
                words[9 + place] = likeness.word();
            }
            _ => {}
        }
    }
    words
}

/// What a clerk has to know beyond the parts, in words for machines.
fn notes(evidence: &Evidence, held_back: bool) -> String {
    let held = evidence
        .pieces()
        .any(|piece| matches!(piece, Piece::DateInNumber(count) if count > 0));
    let scripts = evidence
        .pieces()
        .any(|piece| matches!(piece, Piece::Script(_, true)));
    let notes = [
        (evidence.twinlike, "may_be_twins"),
        (evidence.generation, "parent_and_child"),
        (evidence.contradicted, "contradicted"),
        (evidence.husband, "husband_for_father"),
        (held, "date_in_number"),
        (scripts, "two_scripts"),
        (held_back, "others_contradict"),
    ];
    let said = notes.iter().filter(|(is, _)| *is).map(|(_, note)| *note);
    said.collect::<Vec<_>>().join(" ")
}
