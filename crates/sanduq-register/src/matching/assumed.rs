//! Weights by assumption, for records of a kind that no training roll exists of: agreement is worth
//! the rarity of what agrees, a slip costs what slips usually cost.

use super::date;
use super::evidence::CELLS;
use super::evidence::CROSS_AT;
use super::evidence::DATE_NUMBER_AT;
use super::evidence::EXTRAS_AT;
use super::evidence::LIKENESS_CELLS;
use super::evidence::NAMES_AT;
use super::evidence::ORDER_AT;
use super::evidence::PLACE_AT;
use super::evidence::RARITIES;
use super::evidence::SEX_AT;
use super::number;
use super::profile::MOST_EXTRAS;
use super::profile::NAME_PARTS;
use super::similarity::Likeness;
use super::weights::HALF_BIT_MILLINATS;
use super::weights::Weights;

/// What a likeness costs beside the rarity it agrees in, and what it is worth at least, all in
/// millinats.
const LIKENESS_COSTS: [(Likeness, i32, i32); 7] = [
    (Likeness::Same, 300, 0),
    (Likeness::Variant, 3500, -500),
    (Likeness::OneEdit, 4000, -1000),
    (Likeness::TwoEdits, 4500, -1500),
    (Likeness::Transliterated, 3500, -500),
    (Likeness::NearlyTransliterated, 5000, -1500),
    (Likeness::Different, 0, -2000),
];

/// What dates are worth beside the rarity of the day, in the order of `date::Apart`.
const DATES: [i32; date::APARTS] = [
    0, -200, -500, -3000, -4000, -4000, -4500, -3500, -7000, -2500,
];
/// What numbers are worth, in the order of `number::Apart`.
const NUMBERS: [i32; number::APARTS] = [0, 12_000, 7000, 7000, -1500, -1500, -2000, -2000];
/// What the order of the parts is worth.
const ORDERS: [i32; 4] = [0, -3000, -3500, -4000];
/// Relatives cannot be told by assumption: nothing speaks for them.
const NO_RELATIVE: i32 = 1_000_000;
/// Score from which a person is asked, and from which it is proposed unasked.
const REVIEW: i32 = 0;
const AUTOMATIC: i32 = 9000;

/// Weights by assumption.
#[must_use]
pub fn weights() -> Weights {
    let mut cells = vec![[0; 2]; CELLS];
    let tables = (0..NAME_PARTS).map(|part| (NAMES_AT + part * LIKENESS_CELLS, 1));
    let extras = (0..MOST_EXTRAS).map(|place| (EXTRAS_AT + place * LIKENESS_CELLS, 2));
    for (table, share) in tables.chain(extras) {
        for (likeness, cost, least) in LIKENESS_COSTS {
            for (half_bits, cell) in (0i32..).zip(0..RARITIES) {
                let worth = if likeness == Likeness::Different {
                    least / share
                } else {
                    (half_bits * HALF_BIT_MILLINATS - cost).max(least)
                };
                cells[table + likeness as usize * RARITIES + cell][0] = worth;
            }
        }
    }
    for (half_bits, cell) in (0i32..).zip(PLACE_AT + 3..PLACE_AT + 3 + RARITIES) {
        cells[cell][0] = half_bits * HALF_BIT_MILLINATS - 300;
    }
    for (date, worth) in DATES.into_iter().enumerate() {
        for (number, more) in NUMBERS.into_iter().enumerate() {
            cells[DATE_NUMBER_AT + date * number::APARTS + number][0] = worth + more;
        }
    }
    for (cell, worth) in ORDERS.into_iter().enumerate() {
        cells[ORDER_AT + cell][0] = worth;
    }
    let single = [
        (PLACE_AT + 1, -1500),
        (CROSS_AT + 1, -1000),
        (SEX_AT + 1, 600),
        (SEX_AT + 2, -3000),
    ];
    for (cell, worth) in single {
        cells[cell][0] = worth;
    }
    Weights {
        cells,
        start: [0, NO_RELATIVE],
        twin_margin: 0,
        review: REVIEW,
        automatic: AUTOMATIC,
    }
}
