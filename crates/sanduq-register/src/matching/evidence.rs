//! What two records say about each other, as cells of fixed tables: each piece of evidence is one
//! cell, so that it can be weighed by a table of integers and told to a person in words.

use super::date;
use super::number;
use super::profile::MOST_EXTRAS;
use super::profile::NAME_PARTS;
use super::record::RAREST;
use super::similarity::LIKENESSES;
use super::similarity::Likeness;

/// Rarities in a table.
pub const RARITIES: usize = RAREST as usize + 1;
/// Cells of one part of the name: likeness and rarity.
pub const LIKENESS_CELLS: usize = LIKENESSES * RARITIES;

/// Where the parts of the name begin.
pub const NAMES_AT: usize = 0;
/// Where further attributes begin.
pub const EXTRAS_AT: usize = NAMES_AT + NAME_PARTS * LIKENESS_CELLS;
/// Where the place begins: missing, differs, stands in the other's number, then same by rarity.
pub const PLACE_AT: usize = EXTRAS_AT + MOST_EXTRAS * LIKENESS_CELLS;
/// Where the same place begins, by rarity.
pub const SAME_PLACE_AT: usize = PLACE_AT + 3;
/// Where the order of the parts begins.
pub const ORDER_AT: usize = SAME_PLACE_AT + RARITIES;
/// Where date and number together begin.
pub const DATE_NUMBER_AT: usize = ORDER_AT + 4;
/// Where the date that stands in the other's number begins.
pub const CROSS_AT: usize = DATE_NUMBER_AT + date::APARTS * number::APARTS;
/// Where sex begins.
pub const SEX_AT: usize = CROSS_AT + 3;
/// Where all parts of the name and the number together begin.
pub const TOGETHER_AT: usize = SEX_AT + 3;
/// Where the date with the number of agreeing and differing parts begins.
pub const DATE_NAMES_AT: usize = TOGETHER_AT + 4 * 27 * 4;
/// Where the given name begins, by kind, in one script and across two.
pub const SCRIPT_AT: usize = DATE_NAMES_AT + 4 * 25;
/// Number of cells.
pub const CELLS: usize = SCRIPT_AT + 8;

/// The most cells one pair lights.
pub const LIT: usize = NAME_PARTS + MOST_EXTRAS + 8;

/// What two records say about each other: cells of the tables, and how many candidates there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Evidence {
    /// The cells lit; the first `lit` count.
    pub cells: [u16; LIT],
    /// How many cells are lit.
    pub lit: u8,
    /// Rarity of the agreeing date less the size of the roll, in half bits.
    pub prior: i8,
    /// Born together into one family, under names that are not the same: twins until more is known.
    pub twinlike: bool,
    /// A part of the name, the date or the number says otherwise: never proposed unasked.
    pub contradicted: bool,
    /// Another father or grandfather of a woman, which may be her husband's name: it says nothing,
    /// and nothing is proposed unasked.
    pub husband: bool,
    /// The numbers cannot be compared: two people may share four names, a birthday and a place, and
    /// nothing is proposed unasked.
    pub thin: bool,
    /// One is the other's parent by the order of the names: never one person.
    pub generation: bool,
    /// The same number, birthday and names of the family on a list and on the roll: a person is
    /// asked, whatever the given name is, because one number has one bearer.
    pub asked: bool,
}

impl Evidence {
    /// No evidence yet.
    #[must_use]
    pub fn none() -> Self {
        Self {
            cells: [0; LIT],
            lit: 0,
            prior: 0,
            twinlike: false,
            contradicted: false,
            husband: false,
            thin: false,
            generation: false,
            asked: false,
        }
    }

    /// Lights a cell.
    pub fn light(&mut self, table: usize, cell: usize) {
        self.cells[usize::from(self.lit)] = u16::try_from(table + cell).unwrap_or(u16::MAX);
        self.lit += 1;
    }

    /// The cells lit.
    pub fn lit_cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.cells[..usize::from(self.lit)]
            .iter()
            .map(|cell| usize::from(*cell))
    }

    /// What each lit cell says, in the order in which it was lit.
    pub fn pieces(&self) -> impl Iterator<Item = Piece> + '_ {
        self.lit_cells().map(Piece::of)
    }
}

/// In which order the parts of two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Order {
    /// Each at its place.
    Straight = 0,
    /// A part is missing and the others moved up.
    Shifted = 1,
    /// Two parts changed places.
    Changed = 2,
    /// The family name stands first in one of them: it and the given name changed places, or all
    /// others moved behind it.
    Reversed = 3,
}

/// What two places say about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Places {
    /// One of them is not given.
    Missing = 0,
    /// Two places.
    Different = 1,
    /// Two places, of which one stands in the other's number: someone moved.
    InNumber = 2,
    /// One place.
    Same = 3,
}

/// What two sexes say about each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum Sexes {
    /// One of them is not stated.
    Missing = 0,
    /// The same.
    Same = 1,
    /// Two.
    Different = 2,
}

/// What one lit cell says. Kinds of likeness are 0 missing, 1 the same, 2 alike, 3 different for a
/// given name and 0 missing, 1 agrees, 2 differs for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A part of the name, how like, and how rare in half bits.
    Name(usize, Likeness, usize),
    /// A further attribute, how like, and how rare in half bits.
    Extra(usize, Likeness, usize),
    /// The places, and how rare the one place is in half bits.
    Place(Places, usize),
    /// The order of the parts of the name.
    Order(Order),
    /// Dates and numbers, which are weighed together.
    DateAndNumber(date::Apart, number::Apart),
    /// How many of the two numbers hold the other's date.
    DateInNumber(usize),
    /// Sex.
    Sex(Sexes),
    /// Kinds of the four parts of the name, and of the number: 0 missing, 1 the same or nearly so,
    /// 2 the next serial, 3 another.
    NamesAndNumber([usize; NAME_PARTS], usize),
    /// The kind of the dates (0 same, 1 near, 2 missing, 3 other) and how many parts of the name
    /// agree and differ.
    DateAndNames(usize, usize, usize),
    /// The kind of the given names, and whether they are of two scripts.
    Script(usize, bool),
}

impl Piece {
    /// What a cell says.
    #[must_use]
    pub fn of(cell: usize) -> Self {
        let like = |from: usize| {
            let likeness = u8::try_from((cell - from) % LIKENESS_CELLS / RARITIES);
            let likeness = Likeness::of(likeness.unwrap_or(u8::MAX));
            (
                (cell - from) / LIKENESS_CELLS,
                likeness,
                (cell - from) % RARITIES,
            )
        };
        match cell {
            NAMES_AT..EXTRAS_AT => {
                let (part, likeness, rarity) = like(NAMES_AT);
                Self::Name(part, likeness, rarity)
            }
            EXTRAS_AT..PLACE_AT => {
                let (part, likeness, rarity) = like(EXTRAS_AT);
                Self::Extra(part, likeness, rarity)
            }
            PLACE_AT..ORDER_AT => place(cell - PLACE_AT),
            ORDER_AT..DATE_NUMBER_AT => Self::Order(order(cell - ORDER_AT)),
            DATE_NUMBER_AT..CROSS_AT => {
                let at = cell - DATE_NUMBER_AT;
                let date = date::ALL[at / number::APARTS];
                Self::DateAndNumber(date, number::ALL[at % number::APARTS])
            }
            CROSS_AT..SEX_AT => Self::DateInNumber(cell - CROSS_AT),
            SEX_AT..TOGETHER_AT => Self::Sex(match cell - SEX_AT {
                0 => Sexes::Missing,
                1 => Sexes::Same,
                _ => Sexes::Different,
            }),
            TOGETHER_AT..DATE_NAMES_AT => {
                let at = cell - TOGETHER_AT;
                let kinds = [at / 108, at / 36 % 3, at / 12 % 3, at / 4 % 3];
                Self::NamesAndNumber(kinds, at % 4)
            }
            DATE_NAMES_AT..SCRIPT_AT => {
                let at = cell - DATE_NAMES_AT;
                Self::DateAndNames(at / 25, at / 5 % 5, at % 5)
            }
            _ => Self::Script((cell - SCRIPT_AT) % 4, cell - SCRIPT_AT >= 4),
        }
    }

    /// The words under which the piece stands in a file of weights; those of one name and likeness
    /// share a line, whatever their rarity.
    #[must_use]
    pub fn words(self) -> String {
        const PARTS: [&str; NAME_PARTS] = ["given", "father", "grandfather", "family"];
        match self {
            Self::Name(part, likeness, _) => format!("{} {}", PARTS[part], likeness.word()),
            Self::Extra(place, likeness, _) => format!("extra{} {}", place + 1, likeness.word()),
            Self::Place(places, _) => format!("place {}", places.word()),
            Self::Order(order) => format!("order {}", order.word()),
            Self::DateAndNumber(date, number) => {
                format!("date {} number {}", date.word(), number.word())
            }
            Self::DateInNumber(count) => format!("numbers_holding_date {count}"),
            Self::Sex(sexes) => format!("sex {}", sexes.word()),
            Self::NamesAndNumber(kinds, number) => {
                let [given, father, grandfather, family] = kinds;
                format!("names {given} {father} {grandfather} {family} number {number}")
            }
            Self::DateAndNames(date, agree, differ) => {
                format!("date_kind {date} agree {agree} differ {differ}")
            }
            Self::Script(given, across) => {
                format!("{} {given}", if across { "scripts" } else { "script" })
            }
        }
    }
}

fn place(at: usize) -> Piece {
    match at {
        0 => Piece::Place(Places::Missing, 0),
        1 => Piece::Place(Places::Different, 0),
        2 => Piece::Place(Places::InNumber, 0),
        _ => Piece::Place(Places::Same, at - 3),
    }
}

fn order(at: usize) -> Order {
    match at {
        0 => Order::Straight,
        1 => Order::Shifted,
        2 => Order::Changed,
        _ => Order::Reversed,
    }
}

impl Order {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Straight => "straight",
            Self::Shifted => "shifted",
            Self::Changed => "changed",
            Self::Reversed => "reversed",
        }
    }
}

impl Places {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Different => "different",
            Self::InNumber => "in_number",
            Self::Same => "same",
        }
    }
}

impl Sexes {
    /// The word for machines.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Same => "same",
            Self::Different => "different",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_what_was_lit() {
        for (cell, piece, words) in [
            (
                NAMES_AT + 2 * LIKENESS_CELLS + 3 * RARITIES + 17,
                Piece::Name(2, Likeness::OneEdit, 17),
                "grandfather one_edit",
            ),
            (
                EXTRAS_AT + LIKENESS_CELLS + RARITIES,
                Piece::Extra(1, Likeness::Same, 0),
                "extra2 same",
            ),
            (
                PLACE_AT + 2,
                Piece::Place(Places::InNumber, 0),
                "place in_number",
            ),
            (
                SAME_PLACE_AT + 9,
                Piece::Place(Places::Same, 9),
                "place same",
            ),
            (ORDER_AT + 1, Piece::Order(Order::Shifted), "order shifted"),
            (
                DATE_NUMBER_AT + 3 * number::APARTS + 4,
                Piece::DateAndNumber(date::Apart::Swapped, number::Apart::Neighbour),
                "date swapped number neighbour",
            ),
            (
                CROSS_AT + 2,
                Piece::DateInNumber(2),
                "numbers_holding_date 2",
            ),
            (SEX_AT + 2, Piece::Sex(Sexes::Different), "sex different"),
            (
                TOGETHER_AT + (3 * 27 + 2 * 9 + 3) * 4 + 2,
                Piece::NamesAndNumber([3, 2, 1, 0], 2),
                "names 3 2 1 0 number 2",
            ),
            (
                DATE_NAMES_AT + 25 + 3 * 5 + 1,
                Piece::DateAndNames(1, 3, 1),
                "date_kind 1 agree 3 differ 1",
            ),
            (SCRIPT_AT + 6, Piece::Script(2, true), "scripts 2"),
        ] {
            assert_eq!(Piece::of(cell), piece, "{words}");
            assert_eq!(piece.words(), words);
        }
    }
}
