//! Weights in tables: reading, writing, adding up.

use super::super::evidence::NAMES_AT;
use super::super::evidence::RARITIES;
use super::super::evidence::SEX_AT;
use super::*;

const TEXT: &str = "twins 300
review 0
automatic 5000
start 100 200
given same 0 1200 4700 -400 -400 -400
given different -50 9000
sex different -7 -8
";

/// The cell of a given name that is the same, of this rarity.
const fn same(rarity: usize) -> usize {
    NAMES_AT + RARITIES + rarity
}

/// The cell of given names that are two.
const DIFFERENT: usize = NAMES_AT + 7 * RARITIES;

fn weights() -> Weights {
    Weights::read(TEXT).unwrap()
}

#[test]
fn weights_are_read_as_they_are_written() {
    assert_eq!(weights().write(), TEXT);
    let remarked = format!("# fitted on nine rolls\n\n{TEXT}# end\n");
    assert_eq!(Weights::read(&remarked).unwrap().write(), TEXT);
}

#[test]
fn a_line_that_is_not_understood_is_named() {
    for line in [
        "given same",
        "given same 9",
        "given same 1 2 3",
        "sex different 1 2 3 4 5 6",
        "shoe same 1 1",
        "review",
        "review x",
        "start 1",
        "given same 1 9999999999",
        "given same 1 1000001",
        "given same -2147483648 0",
        "start -2147483648 0",
        "start 2147483647 2147483647",
        "twins -2147483648",
        "review -2147483648",
        "automatic 1000001",
    ] {
        let refused = Weights::read(&format!("twins 1\n{line}\n")).unwrap_err();
        assert_eq!(refused.line, 2, "{line}");
        assert!(!refused.to_string().contains(line), "{line}");
        assert_eq!(refused.code(), "matching.weights_malformed");
    }
}

#[test]
fn worth_rises_evenly_between_its_knots() {
    for (rarity, worth) in [(0, 0), (6, 600), (12, 1200), (13, 1300), (47, 4700)] {
        assert_eq!(weights().cells[same(rarity)], [worth, -400], "{rarity}");
    }
}

#[test]
fn a_pair_is_worth_the_weaker_of_its_two_sums() {
    for (cells, score) in [
        (vec![same(12)], -200),
        (vec![same(12), DIFFERENT], 1250),
        (vec![same(47), same(47), DIFFERENT, DIFFERENT], 9400),
        (vec![DIFFERENT], 50),
    ] {
        let mut evidence = Evidence::none();
        cells.iter().for_each(|cell| evidence.light(*cell, 0));
        assert_eq!(weights().score(&evidence), score, "{cells:?}");
        let below = score.min(4999);
        evidence.thin = true;
        assert_eq!(weights().score(&evidence), below, "thin {cells:?}");
        evidence.thin = false;
        evidence.husband = true;
        assert_eq!(weights().score(&evidence), below, "husband {cells:?}");
        evidence.husband = false;
        evidence.contradicted = true;
        assert_eq!(weights().score(&evidence), below, "contradicted {cells:?}");
        evidence.asked = true;
        assert_eq!(weights().score(&evidence), below.max(0), "asked {cells:?}");
        evidence.generation = true;
        let child = score.min(-10_000);
        assert_eq!(weights().score(&evidence), child, "a child {cells:?}");
    }
}

#[test]
fn the_grounds_of_a_pair_add_up_to_its_sums() {
    let mut evidence = Evidence::none();
    evidence.light(same(12), 0);
    evidence.light(SEX_AT, 2);
    evidence.prior = -4;
    let grounds = weights().grounds(&evidence);
    let words: Vec<String> = grounds.iter().map(|(piece, _)| piece.words()).collect();
    assert_eq!(words, ["given same", "sex different"]);
    let sum = |side: usize| grounds.iter().map(|(_, worth)| worth[side]).sum::<i32>();
    let [stranger, relative] = weights().start;
    let candidates = Weights::candidates(&evidence);
    assert_eq!(candidates, -4 * HALF_BIT_MILLINATS);
    assert_eq!(
        [stranger + sum(0) + candidates, relative + sum(1)],
        weights().sums(&evidence)
    );
}

#[test]
fn twins_have_to_show_more_against_a_relative() {
    let mut evidence = Evidence::none();
    evidence.light(DIFFERENT, 0);
    let [stranger, relative] = weights().sums(&evidence);
    evidence.twinlike = true;
    assert_eq!(weights().sums(&evidence), [stranger, relative - 300]);
}

#[test]
fn a_score_at_a_threshold_has_reached_it() {
    for (score, expected) in [
        (-1, Class::NoMatch),
        (0, Class::Review),
        (4999, Class::Review),
        (5000, Class::Automatic),
    ] {
        assert_eq!(weights().class(score), expected, "{score}");
    }
}
