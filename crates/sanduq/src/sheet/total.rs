//! Rows of totals: those that the form names, which are compared, and those that nobody expects.
//! Always true here: what people write where a unit stands when they mean the sum of the rows above
//! is never a unit; a sum that came in as a sheet would be counted twice.

mod sums;

pub use sums::RunningSums;

use super::batch::Misstated;
use super::refusal::ImportRefusal;
use crate::progress::grouped;
use sanduq_core::count::Overflow;
use sanduq_core::count::Votes;
use sanduq_core::text::folded;
use sanduq_count::form::DifferingTotal;
use sanduq_count::form::Source;
use sanduq_table::Row;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The rows of totals that a form names, and the sums that they are compared with.
///
/// A row of totals closes one of two spans of rows: those since the last row of totals with its
/// word (it is the subtotal of a group), or every row of the file above it (it is the total, or a
/// running one). Nothing but the figures tells which of them is meant, so all of them must be the
/// sums of the same span; a row that fits neither differs, and is shown beside the span that it
/// comes closer to.
pub struct Totals {
    level: usize,
    words: BTreeSet<String>,
    differing: DifferingTotal,
    /// Sums of the lines over the rows of this file so far.
    sums: Vec<Votes>,
    /// The sums where the last row of totals stood, and its number, by its word.
    closed: BTreeMap<String, (u64, Vec<Votes>)>,
}

impl Totals {
    /// What a source says of them, for a file of so many lines; none where it names none.
    pub fn of(source: &Source, lines: usize) -> Option<Self> {
        let rows = source.total_rows.as_ref()?;
        Some(Self {
            level: source.level(&rows.level)?,
            words: rows.values.iter().map(|value| folded(value)).collect(),
            differing: rows.differing,
            sums: vec![Votes::ZERO; lines],
            closed: BTreeMap::new(),
        })
    }

    /// The level whose cell tells a row of totals.
    pub const fn level(&self) -> usize {
        self.level
    }

    /// The word of a row of totals; none when its cell says something else.
    pub fn word(&self, cell: &str) -> Option<String> {
        let word = folded(cell);
        self.words.contains(&word).then_some(word)
    }

    /// Adds a figure of a row that is none of totals.
    pub fn add(&mut self, line: usize, votes: Votes) -> Result<(), Overflow> {
        self.sums[line] = self.sums[line].plus(votes)?;
        Ok(())
    }

    /// Compares a row of totals with the rows that it closes; `columns` are those of the lines.
    /// Returns what differs, where the form only wants it reported.
    pub fn close(
        &mut self,
        word: String,
        row: &Row<'_>,
        columns: &[Option<usize>],
    ) -> Result<Vec<Misstated>, ImportRefusal> {
        let before = self.closed.get(&word);
        let zeros = vec![Votes::ZERO; self.sums.len()];
        let all = self.differing(row, columns, &zeros)?;
        let group = before.map(|(_, sums)| self.differing(row, columns, sums));
        let (span, differing) = match (before, group.transpose()?) {
            (Some((since, _)), Some(group)) if group.len() <= all.len() => {
                (format!("the rows since the totals of row {since}"), group)
            }
            _ => ("the rows above it".to_owned(), all),
        };
        self.closed.insert(word, (row.number(), self.sums.clone()));
        match (self.differing, differing.first()) {
            (DifferingTotal::Refuse, Some(first)) => {
                let (stated, computed) =
                    (grouped(first.stated.get()), grouped(first.computed.get()));
                let why = format!(
                    "the row of totals says {stated} and {span} add up to {computed}; correct the \
                     one that is wrong, or find the row that is missing"
                );
                Err(ImportRefusal::at(
                    first.place.clone(),
                    "sheet.total_differs",
                    why,
                ))
            }
            _ => Ok(differing),
        }
    }

    /// The figures of a row that are not what was added since the sums were these.
    fn differing(
        &self,
        row: &Row<'_>,
        columns: &[Option<usize>],
        since: &[Votes],
    ) -> Result<Vec<Misstated>, ImportRefusal> {
        let mut differing = Vec::new();
        for ((column, sum), before) in columns.iter().zip(&self.sums).zip(since) {
            let Some(column) = column else { continue };
            let cell = row.cell(*column);
            let Some(stated) = cell.count()? else {
                continue;
            };
            let computed = sum.get().checked_sub(before.get()).expect("sums only grow");
            if stated != computed {
                differing.push(Misstated {
                    place: cell.place(),
                    stated: Votes::new(stated),
                    computed: Votes::new(computed),
                });
            }
        }
        Ok(differing)
    }
}

/// What a sum is called at the beginning, in the languages that sheets come in and without the
/// Arabic article: the name of no unit begins so, whatever follows.
const OPENINGS: [&str; 16] = [
    "مجموع",
    "إجمالي",
    "جملة",
    "جمع کل",
    "کل کشور",
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sous-total",
    "overall",
    "итого",
    "всего",
    "сумма",
    "სულ",
];

/// Words that are a sum only where nothing else stands with them: names may begin so.
const WHOLE: [&str; 4] = ["جمع", "sum", "somme", "ensemble"];

/// Knows a row of totals by its words.
pub struct TotalWords {
    openings: Vec<String>,
    whole: Vec<String>,
    /// The letters that such a cell begins with.
    letters: BTreeSet<char>,
    /// The cell of each level in the row before, which was none of them.
    before: Vec<String>,
}

impl TotalWords {
    /// For a table of so many levels.
    pub fn new(levels: usize) -> Self {
        let openings: Vec<String> = OPENINGS.iter().map(|word| folded(word)).collect();
        let whole: Vec<String> = WHOLE.iter().map(|word| folded(word)).collect();
        let words = openings.iter().chain(&whole);
        Self {
            letters: words.filter_map(|word| word.chars().next()).collect(),
            openings,
            whole,
            before: vec![String::new(); levels],
        }
    }

    /// Whether the cell of a level says that its row is one of totals.
    pub fn says(&mut self, level: usize, cell: &str) -> bool {
        if cell == self.before[level] || !self.may_say(cell) {
            return false;
        }
        let spelling = folded(cell);
        if self.whole.contains(&spelling) || self.opens(&spelling) {
            return true;
        }
        let before = &mut self.before[level];
        before.clear();
        before.push_str(cell);
        false
    }

    /// Whether a folded spelling begins with a word of totals; a number and the Arabic article may
    /// stand before it, and a letter may not follow at once.
    fn opens(&self, spelling: &str) -> bool {
        let word = spelling.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
        let word = word.strip_prefix("ال").unwrap_or(word);
        let mut rest = self.openings.iter().filter_map(|w| word.strip_prefix(&**w));
        rest.any(|rest| !rest.starts_with(char::is_alphabetic))
    }

    /// Whether the first letter of a cell may begin such a word. Only letters that fold to nothing
    /// but their small form are told apart, which is what most stations need.
    fn may_say(&self, cell: &str) -> bool {
        let Some(letter) = cell.chars().find(|c| c.is_alphabetic()) else {
            return false;
        };
        let plain = letter.is_ascii() || ('\u{400}'..='\u{45F}').contains(&letter);
        !plain || letter.to_lowercase().any(|c| self.letters.contains(&c))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_words_are_one_in_another_spelling() {
        let mut known = BTreeSet::new();
        for word in OPENINGS.iter().chain(&WHOLE) {
            assert!(known.insert(folded(word)), "{word} stands there already");
        }
    }

    #[test]
    fn words_are_known_in_every_spelling_and_units_are_not() {
        let mut words = TotalWords::new(1);
        for total in [
            "Total",
            "TOTAL:",
            "الاجمالي",
            "الإجمالى",
            "المجموع ",
            "جمع كل",
            "ИТОГО",
            "Sum",
            "Somme",
        ] {
            assert!(words.says(0, total), "{total}");
            assert!(words.says(0, total), "{total}, and again");
        }
        for unit in [
            "",
            "12",
            "Totalstadt",
            "مجموعة الوادي",
            "P",
            "P",
            "УИК №592",
            "Итогинская",
            "Всеволожская",
            "Sum Valley",
            "Ensemble scolaire 2",
            "Toledo",
            "الجمهورية",
        ] {
            assert!(!words.says(0, unit), "{unit}");
        }
    }

    #[test]
    fn a_word_of_totals_tells_whatever_stands_behind_it() {
        let mut words = TotalWords::new(1);
        for total in [
            "Итого: 35 УИК",
            "Всего (35)",
            "Total 35",
            "Total35",
            "28. Итого",
            "(Итого по району)",
            "إجمالي الجمهورية",
            "إجمالي المحافظات",
            "المجموع النهائي",
            "المجموع الكلي",
            "الإجمالي (27 محافظة)",
            "الاجمالي ٢٧",
            "جملة المحافظة",
            "TOTAL NORTH",
            "Total général",
            "Grand total of 35",
            "Sub-total (1)",
            "Sous-total 2",
            "مجموع کل ۳۵",
            "სულ 12",
        ] {
            assert!(words.says(0, total), "{total}");
        }
    }
}
