//! A row of totals that the form does not expect. Always true here: what people write where a unit
//! stands when they mean the sum of the rows above is never a unit; a sum that came in as a sheet
//! would be counted twice.

use sanduq_core::text::folded;
use std::collections::BTreeSet;

/// What people write there, in the languages that sheets come in.
const WORDS: [&str; 30] = [
    "المجموع",
    "مجموع",
    "المجموع العام",
    "المجموع الكلي",
    "الإجمالي",
    "إجمالي",
    "الإجمالي العام",
    "الاجمالى العام",
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
        if cell == before || cell.starts_with(|c: char| c.is_ascii_digit()) {
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
