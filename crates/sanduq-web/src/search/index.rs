//! What can be searched: every unit, contest, choice and candidate of a list, by code and by every
//! name. Made once, and again only when one of them has changed. Always true here: an answer names
//! entries in one order only, so that the same words find the same list; nothing personal is in it.
//!
//! ```text
//! names ─▶ folded ─▶ words, each once, in one text ─▶ which entries have it
//! codes ─▶ folded ─▶ the same
//! ```
//!
//! A hundred thousand names have a few thousand words: a search goes through the words once, as one
//! text, and then only counts.

use crate::view::View;
use core::ops::Range;
use memchr::memmem::Finder;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use sanduq_core::text::folded;
use sanduq_count::publication::PublicContest;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// How well a word of the search fits, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rank {
    /// It is the code.
    Code,
    /// It is a whole word of a name.
    Word,
    /// A word or the code begins with it.
    Beginning,
    /// It stands somewhere in a word or in the code.
    Anywhere,
}

const RANKS: usize = 4;

/// What was found; contests, choices and candidates by their places in the snapshot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// A unit.
    Unit(UnitIx),
    /// A contest.
    Contest(usize),
    /// A choice of a contest.
    Choice(usize, usize),
    /// A candidate on a list of a contest.
    Candidate(usize, usize, usize),
}

/// Something that can be found, and what it stands in.
struct Entry {
    target: Target,
    within: Option<usize>,
}

/// The answer to a search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best of them, the best first.
    pub best: Vec<(Rank, Target)>,
    /// How many there are in all.
    pub total: usize,
}

/// The longest search that is read, in characters, and the most words of it.
pub const LONGEST: usize = 100;
const MOST_WORDS: usize = 8;

/// A spelling as it is searched: folded, without the marks of Latin letters and without the signs
/// that transcriptions write for hamza and ʿayn (`Ra’s`, `ʿAyn`).
#[must_use]
pub fn key(spelling: &str) -> String {
    let sign = |c: &char| {
        !matches!(
            c,
            '\'' | '`' | '\u{2BB}'..='\u{2BF}' | '\u{2018}' | '\u{2019}'
        )
    };
    let plain: String = spelling.chars().filter(sign).collect();
    let mark = |c: &char| !matches!(c, '\u{300}'..='\u{36F}');
    folded(&plain).nfd().filter(mark).collect()
}

/// Distinct words in one text, a line each, with the entries that have them.
struct Words {
    text: String,
    starts: Vec<usize>,
    entries: Vec<Vec<usize>>,
}

impl Words {
    fn new(words: BTreeMap<String, Vec<usize>>) -> Self {
        let (mut text, mut starts, mut entries) = (String::new(), Vec::new(), Vec::new());
        for (word, mut having) in words {
            starts.push(text.len());
            text.push_str(&word);
            text.push('\n');
            having.dedup();
            entries.push(having);
        }
        Self {
            text,
            starts,
            entries,
        }
    }

    fn line(&self, at: usize) -> Range<usize> {
        let next = self.starts.get(at + 1).copied();
        self.starts[at]..next.unwrap_or(self.text.len()) - 1
    }

    /// Tells `tell` every entry that has a word with `piece` in it, and how well it fits; `whole`
    /// is the rank of a word that is the piece.
    fn look(&self, piece: &str, whole: Rank, tell: &mut impl FnMut(usize, Rank)) {
        let finder = Finder::new(piece);
        let (mut from, mut at) = (0, 0);
        while let Some(hit) = finder.find(&self.text.as_bytes()[from..]) {
            let hit = from + hit;
            // Where one word has the piece, the next one often has it too.
            if self.line(at).end <= hit {
                at += 1;
            }
            if self.line(at).end <= hit {
                at += self.starts[at..].partition_point(|start| *start <= hit) - 1;
            }
            let line = self.line(at);
            let rank = match hit == line.start {
                true if line.len() == piece.len() => whole,
                true => Rank::Beginning,
                false => Rank::Anywhere,
            };
            self.entries[at].iter().for_each(|entry| tell(*entry, rank));
            from = line.end;
        }
    }
}

/// Everything that can be searched.
pub struct Index {
    entries: Vec<Entry>,
    codes: Words,
    names: Words,
    /// Two words that stand beside each other, written as one.
    joined: BTreeMap<String, Vec<usize>>,
}

/// An index while it is made.
#[derive(Default)]
struct Making {
    entries: Vec<Entry>,
    codes: BTreeMap<String, Vec<usize>>,
    names: BTreeMap<String, Vec<usize>>,
    joined: BTreeMap<String, Vec<usize>>,
}

impl Making {
    fn add(&mut self, target: Target, within: Option<usize>, code: &str, names: &Names) -> usize {
        let at = self.entries.len();
        self.entries.push(Entry { target, within });
        if !code.is_empty() {
            self.codes.entry(key(code)).or_default().push(at);
        }
        let mut told: Vec<&str> = Vec::new();
        for name in [&names.ar, &names.fa, &names.fr, &names.en] {
            if name.is_empty() || told.contains(&name.as_str()) {
                continue;
            }
            told.push(name);
            let name = key(name);
            let words: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
            for word in &words {
                self.names.entry((*word).to_owned()).or_default().push(at);
            }
            for pair in words.windows(2) {
                self.joined.entry(pair.concat()).or_default().push(at);
            }
        }
        at
    }

    fn units(&mut self, geography: &Geography) -> Vec<usize> {
        let mut places: Vec<UnitIx> = geography.places().collect();
        places.sort_by_key(|ix| geography.unit(*ix).level);
        let mut at = vec![0; places.len()];
        for ix in places {
            let unit = geography.unit(ix);
            let within = geography.parent(ix).map(|above| at[above.ix()]);
            at[ix.ix()] = self.add(Target::Unit(ix), within, unit.code.as_str(), &unit.names);
        }
        at
    }

    fn contests(&mut self, geography: &Geography, units: &[usize], contests: &[PublicContest]) {
        let mut own = Vec::new();
        for (c, entry) in contests.iter().enumerate() {
            let contest = &entry.contest;
            let within = geography.find(&contest.unit).map(|ix| units[ix.ix()]);
            let code = contest.code.as_str();
            own.push(self.add(Target::Contest(c), within, code, &contest.names));
        }
        let mut lists = Vec::new();
        for (c, entry) in contests.iter().enumerate() {
            for (n, choice) in entry.contest.choices.iter().enumerate() {
                let (target, code) = (Target::Choice(c, n), choice.code.as_str());
                let at = self.add(target, Some(own[c]), code, &choice.names);
                lists.push((c, n, at, &choice.candidates));
            }
        }
        for (c, n, at, candidates) in lists {
            for (k, names) in candidates.iter().enumerate() {
                self.add(Target::Candidate(c, n, k), Some(at), "", names);
            }
        }
    }
}

impl Index {
    /// The index of a snapshot: units from the nation down, contests, choices, candidates.
    #[must_use]
    pub fn new(geography: &Geography, contests: &[PublicContest]) -> Self {
        let mut making = Making::default();
        let units = making.units(geography);
        making.contests(geography, &units, contests);
        for having in making.joined.values_mut() {
            having.dedup();
        }
        Self {
            entries: making.entries,
            codes: Words::new(making.codes),
            names: Words::new(making.names),
            joined: making.joined,
        }
    }

    /// Whether two snapshots have the same index: they differ in figures only.
    #[must_use]
    pub fn same(a: &View, b: &View) -> bool {
        let (a, b) = (&a.snapshot, &b.snapshot);
        let contests = a.contests.iter().map(|entry| &entry.contest);
        a.geography == b.geography && contests.eq(b.contests.iter().map(|entry| &entry.contest))
    }

    /// What has every word of `wanted`, in itself or in what it stands in, and at least one of them
    /// in itself; the best `most` of them. How well it fits is how well the worst word does. Equal
    /// ones stand in the order of the index.
    #[must_use]
    pub fn search(&self, wanted: &str, most: usize) -> Found {
        let wanted: String = wanted.chars().take(LONGEST).collect();
        let words = wanted.split_whitespace().map(key);
        let words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .take(MOST_WORDS)
            .collect();
        let fits: Vec<Vec<Option<Rank>>> = words.iter().map(|word| self.fits(word)).collect();
        if fits.is_empty() {
            return Found::default();
        }
        let mut ranked: [Vec<usize>; RANKS] = Default::default();
        let mut total = 0;
        for at in 0..self.entries.len() {
            if let Some(rank) = self.rank(at, &fits) {
                total += 1;
                let equal = &mut ranked[rank as usize];
                if equal.len() < most {
                    equal.push(at);
                }
            }
        }
        let ranks = [Rank::Code, Rank::Word, Rank::Beginning, Rank::Anywhere];
        let all = ranks.into_iter().zip(ranked);
        let all = all.flat_map(|(rank, equal)| equal.into_iter().map(move |at| (rank, at)));
        Found {
            best: all
                .take(most)
                .map(|(rank, at)| (rank, self.entries[at].target))
                .collect(),
            total,
        }
    }

    /// How well a word fits each entry: as a code, and as a word of a name. A word with signs in it
    /// is several words of a name (`ar-Rih`), unless they are numbers (`12-03`).
    fn fits(&self, word: &str) -> Vec<Option<Rank>> {
        let pieces: Vec<&str> = word.split(' ').collect();
        let number = |piece: &&str| piece.bytes().all(|byte| byte.is_ascii_digit());
        let mut fits = if pieces.len() > 1 && pieces.iter().all(number) {
            vec![None; self.entries.len()]
        } else {
            let mut each = pieces.iter().map(|piece| self.named(piece));
            let first = each.next().unwrap_or_default();
            let both = |(a, b): (Option<Rank>, Option<Rank>)| Some(a?.max(b?));
            each.fold(first, |all, own| {
                all.into_iter().zip(own).map(both).collect()
            })
        };
        self.codes.look(word, Rank::Code, &mut |at, rank| {
            better(&mut fits[at], rank)
        });
        fits
    }

    /// How well a word fits the names of each entry.
    fn named(&self, word: &str) -> Vec<Option<Rank>> {
        let mut fits = vec![None; self.entries.len()];
        let mut tell = |at: usize, rank: Rank| better(&mut fits[at], rank);
        self.names.look(word, Rank::Word, &mut tell);
        for at in self.joined.get(word).into_iter().flatten() {
            tell(*at, Rank::Word);
        }
        fits
    }

    /// How well an entry fits all the words.
    fn rank(&self, at: usize, fits: &[Vec<Option<Rank>>]) -> Option<Rank> {
        let mut own = false;
        let mut worst = Rank::Code;
        for fit in fits {
            let rank = match fit[at] {
                Some(rank) => {
                    own = true;
                    rank
                }
                None => self.above(at, fit)?,
            };
            worst = worst.max(rank);
        }
        own.then_some(worst)
    }

    /// How well a word fits what an entry stands in, the nearest first.
    fn above(&self, mut at: usize, fit: &[Option<Rank>]) -> Option<Rank> {
        while let Some(above) = self.entries[at].within {
            if let Some(rank) = fit[above] {
                return Some(rank.max(Rank::Word));
            }
            at = above;
        }
        None
    }
}

fn better(slot: &mut Option<Rank>, rank: Rank) {
    if slot.is_none_or(|known| rank < known) {
        *slot = Some(rank);
    }
}

#[cfg(test)]
mod tests;
