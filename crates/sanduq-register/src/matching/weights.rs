//! What evidence is worth: integer tables in thousandths of a nat, trained on rolls with a known
//! truth and fixed before any roll is compared.
//!
//! Two sums are made of the same evidence: against a stranger who happens to be alike, and against
//! a relative who shares the family's names. Both must speak for one person.

use super::evidence::CELLS;
use super::evidence::Evidence;
use super::evidence::Piece;
use sanduq_core::refusal::Refusal;
use std::collections::BTreeMap;

/// Thousandths of a nat in half a bit.
pub const HALF_BIT_MILLINATS: i32 = 347;

/// Trained tables and thresholds.
#[derive(Clone, Debug)]
pub struct Weights {
    /// For each cell, what it is worth against a stranger and against a relative, in millinats.
    pub cells: Vec<[i32; 2]>,
    /// What every pair begins with.
    pub start: [i32; 2],
    /// What twins until more is known have to show beyond others, in millinats.
    pub twin_margin: i32,
    /// From this score on a person is asked.
    pub review: i32,
    /// From this score on the pair is proposed without being asked for.
    pub automatic: i32,
}

/// What is done with a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Two people: nothing is asked and nothing proposed.
    NoMatch,
    /// A clerk has to look.
    Review,
    /// One person beyond reasonable doubt; still only a proposal.
    Automatic,
}

impl Class {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoMatch => "no_match",
            Self::Review => "review",
            Self::Automatic => "automatic",
        }
    }
}

/// Why a file of weights cannot be used: the line that is not understood. What stands there is not
/// repeated: a wrong file may have been named, and be a roll.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightsRefusal {
    /// The line, from 1.
    pub line: usize,
}

impl core::fmt::Display for WeightsRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "line {} of the weights is not understood", self.line)
    }
}

impl core::error::Error for WeightsRefusal {}

impl Refusal for WeightsRefusal {
    fn code(&self) -> &'static str {
        "matching.weights_malformed"
    }
}

impl Weights {
    /// What the evidence is worth against a stranger and against a relative, in millinats.
    #[must_use]
    pub fn sums(&self, evidence: &Evidence) -> [i32; 2] {
        let mut sums = self.start;
        for cell in evidence.lit_cells() {
            let [stranger, kin] = self.cells[cell];
            sums[0] += stranger;
            sums[1] += kin;
        }
        sums[0] += Self::candidates(evidence);
        if evidence.twinlike {
            sums[1] -= self.twin_margin;
        }
        if evidence.generation {
            sums[1] = sums[1].min(-10_000);
        }
        sums
    }

    /// What each piece of evidence is worth against a stranger and against a relative, in
    /// millinats: what a person is shown who has to decide. With [`Self::start`] and the
    /// candidates they add up to [`Self::sums`], unless the pair is a child and its parent.
    #[must_use]
    pub fn grounds(&self, evidence: &Evidence) -> Vec<(Piece, [i32; 2])> {
        evidence
            .lit_cells()
            .map(|cell| (Piece::of(cell), self.cells[cell]))
            .collect()
    }

    /// What the number of candidates is worth: the fewer could have that date of birth, the more.
    #[must_use]
    pub fn candidates(evidence: &Evidence) -> i32 {
        i32::from(evidence.prior) * HALF_BIT_MILLINATS
    }

    /// The score of a pair: the weaker of the two sums, in millinats; where something contradicts
    /// it stays below what is proposed unasked, and where one number has to have one bearer it does
    /// not fall below what is asked.
    #[must_use]
    pub fn score(&self, evidence: &Evidence) -> i32 {
        let [stranger, kin] = self.sums(evidence);
        let mut score = stranger.min(kin);
        if evidence.asked && !evidence.generation {
            score = score.max(self.review);
        }
        if evidence.contradicted || evidence.husband || evidence.thin {
            score.min(self.automatic - 1)
        } else {
            score
        }
    }

    /// What is done with a pair of this score.
    #[must_use]
    pub fn class(&self, score: i32) -> Class {
        if score >= self.automatic {
            Class::Automatic
        } else if score >= self.review {
            Class::Review
        } else {
            Class::NoMatch
        }
    }

    /// Reads a file of weights: lines of words and whole numbers, `#` begins a remark.
    ///
    /// `twins N`, `review N` and `automatic N` are the margin and the thresholds, `start N N` what
    /// every pair begins with. Every other line names a piece of evidence and what it is worth
    /// against a stranger and against a relative: one number each, or, where rarity counts, three
    /// each, for a rarity of 0, 12 and 47 half bits, between which it rises evenly. What is not
    /// named is worth nothing.
    ///
    /// # Errors
    /// At the first line that is none of these.
    pub fn read(text: &str) -> Result<Self, WeightsRefusal> {
        let mut weights = Self {
            cells: vec![[0; 2]; CELLS],
            start: [0; 2],
            twin_margin: 0,
            review: 0,
            automatic: i32::MAX,
        };
        let lines = lines_of_cells();
        for (at, line) in text.lines().enumerate() {
            let bare = line.split('#').next().unwrap_or_default().trim();
            let understood = bare.is_empty() || weights.read_line(bare, &lines).is_some();
            if !understood {
                return Err(WeightsRefusal { line: at + 1 });
            }
        }
        Ok(weights)
    }

    fn read_line(&mut self, line: &str, lines: &BTreeMap<String, Vec<usize>>) -> Option<()> {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["twins", value] => self.twin_margin = bounded(value)?,
            ["review", value] => self.review = bounded(value)?,
            ["automatic", value] => self.automatic = bounded(value)?,
            ["start", one, other] => self.start = [bounded(one)?, bounded(other)?],
            _ => {
                let known = |count: &usize| lines.get(&words[..*count].join(" ")).is_some();
                let count = (1..words.len()).rev().find(known)?;
                let values = words[count..].iter().map(|word| bounded(word));
                let values: Vec<i32> = values.collect::<Option<_>>()?;
                let cells = lines.get(&words[..count].join(" "))?;
                for (rarity, cell) in cells.iter().enumerate() {
                    self.cells[*cell] = match values[..] {
                        [one, other] => [one, other],
                        [a, b, c, d, e, f] if cells.len() > 1 => {
                            [between([a, b, c], rarity), between([d, e, f], rarity)]
                        }
                        _ => return None,
                    };
                }
            }
        }
        Some(())
    }

    /// The text that [`Self::read`] reads.
    #[must_use]
    pub fn write(&self) -> String {
        let [stranger, relative] = self.start;
        let mut text = format!(
            "twins {}\nreview {}\nautomatic {}\nstart {stranger} {relative}\n",
            self.twin_margin, self.review, self.automatic
        );
        let mut lines: Vec<(String, Vec<usize>)> = lines_of_cells().into_iter().collect();
        lines.sort_by_key(|(_, cells)| cells.first().copied());
        for (words, cells) in lines {
            let worth: Vec<[i32; 2]> = cells.iter().map(|cell| self.cells[*cell]).collect();
            let first = worth.first().copied().unwrap_or_default();
            if worth.iter().all(|one| *one == [0; 2]) {
                continue;
            }
            let numbers = if worth.iter().all(|one| *one == first) {
                first.to_vec()
            } else {
                let at = |side: usize| KNOTS.map(|rarity| worth[rarity][side]);
                [at(0), at(1)].concat()
            };
            let numbers: Vec<String> = numbers.iter().map(i32::to_string).collect();
            text += &format!("{words} {}\n", numbers.join(" "));
        }
        text
    }
}

/// The most that a piece of evidence is worth, in millinats: a chance of one in e to the thousand.
const MOST: i32 = 1_000_000;

/// A whole number that is not beyond it.
fn bounded(text: &str) -> Option<i32> {
    let value: i32 = text.parse().ok()?;
    (-MOST..=MOST).contains(&value).then_some(value)
}

/// The rarities, in half bits, for which a line says what it is worth.
const KNOTS: [usize; 3] = [0, 12, 47];

/// What a rarity is worth between its two knots.
fn between(values: [i32; 3], rarity: usize) -> i32 {
    let (from, to) = if rarity < KNOTS[1] { (0, 1) } else { (1, 2) };
    let whole = i32::try_from(KNOTS[to] - KNOTS[from]).unwrap_or(1);
    let part = i32::try_from(rarity - KNOTS[from]).unwrap_or(0);
    values[from] + (values[to] - values[from]) * part / whole
}

/// The cells that stand on one line of a file of weights, under its words; by rarity where it
/// counts.
fn lines_of_cells() -> BTreeMap<String, Vec<usize>> {
    let mut lines: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for cell in 0..CELLS {
        lines.entry(Piece::of(cell).words()).or_default().push(cell);
    }
    lines
}

#[cfg(test)]
mod tests;
