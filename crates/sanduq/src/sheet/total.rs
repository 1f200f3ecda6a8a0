//! Rows of totals: those that the form names, which are compared, and those that nobody expects.
//! Always true here: what people write where a unit stands when they mean the sum of the rows above
//! is never a unit; a sum that came in as a sheet would be counted twice.

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

/// What people write there, in the languages that sheets come in.
const WORDS: [&str; 29] = [
    "المجموع",
    "مجموع",
    "المجموع العام",
    "المجموع الكلي",
    "الإجمالي",
    "إجمالي",
    "الإجمالي العام",
    "الجملة",
    "جملة",
    "جمع",
    "جمع کل",
    "مجموع کل",
    "کل کشور",
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sum",
    "overall",
    "total général",
    "total general",
    "sous-total",
    "somme",
    "ensemble",
    "итого",
    "всего",
    "сумма",
    "სულ",
];

/// Knows a row of totals by its words.
pub struct TotalWords {
    words: BTreeSet<String>,
    /// The cell of each level in the row before, which was none of them.
    before: Vec<String>,
}

impl TotalWords {
    /// For a table of so many levels.
    pub fn new(levels: usize) -> Self {
        Self {
            words: WORDS.iter().map(|word| folded(word)).collect(),
            before: vec![String::new(); levels],
        }
    }

    /// Whether the cell of a level says that its row is one of totals.
    pub fn says(&mut self, level: usize, cell: &str) -> bool {
        let before = &mut self.before[level];
        if cell == before || cell.bytes().any(|byte| byte.is_ascii_digit()) {
            return false;
        }
        if self.words.contains(&folded(cell)) {
            return true;
        }
        before.clear();
        before.push_str(cell);
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_words_are_one_in_another_spelling() {
        let mut known = BTreeSet::new();
        for word in WORDS {
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
        ] {
            assert!(words.says(0, total), "{total}");
            assert!(words.says(0, total), "{total}, and again");
        }
        for unit in ["", "12", "Totalstadt", "مجموعة الوادي", "P", "P"] {
            assert!(!words.says(0, unit), "{unit}");
        }
    }
}
