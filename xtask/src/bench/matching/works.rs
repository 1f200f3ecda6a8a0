//! What can be measured and what is promised of it: two small tables, kept as data beside the
//! scripts in `xtask/bench`.

use std::str::FromStr;

/// One comparison with a known truth.
#[derive(Debug)]
pub struct Work {
    /// Its name on the command line.
    pub name: String,
    /// Whether it is measured where nothing is named.
    pub standard: bool,
    /// The profile the program is told.
    pub profile: String,
    /// The roll's file, without ending.
    pub roll: String,
    /// The list compared with it; empty where the roll is compared with itself.
    pub list: String,
    /// How the roll is made; empty where the shared data have it.
    pub made: String,
    /// The usual seeds: a roll of several is made of as many parts.
    pub seeds: Vec<u64>,
    /// The peer's script and its words, `ROLL` standing for the roll; empty where it takes no part.
    pub peer: String,
    /// The work on whose roll the peer learns beforehand; empty where it learns as it goes.
    pub learnt: String,
}

/// What must be reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bar {
    /// No less than this.
    AtLeast(f64),
    /// No more than this.
    AtMost(f64),
    /// No less than the peer.
    NotBelowPeer,
}

/// What is known of a figure before it is measured.
#[derive(Debug)]
pub struct Known {
    /// The work.
    pub work: String,
    /// The figure.
    pub figure: String,
    /// The peer's value of an earlier run.
    pub earlier: Option<f64>,
    /// What we promise.
    pub bar: Option<Bar>,
}

/// Every work, in the order of measuring: who is learnt from comes first.
pub fn works() -> Vec<Work> {
    let text = include_str!("../../../bench/works.csv");
    rows(text)
        .map(
            |[
                name,
                standard,
                profile,
                roll,
                list,
                made,
                seeds,
                peer,
                learnt,
            ]| Work {
                name: name.to_owned(),
                standard: standard == "yes",
                profile: profile.to_owned(),
                roll: roll.to_owned(),
                list: list.to_owned(),
                made: made.to_owned(),
                seeds: seeds.split_whitespace().map(number).collect(),
                peer: peer.to_owned(),
                learnt: learnt.to_owned(),
            },
        )
        .collect()
}

/// Every promise and every figure of the peer's earlier run.
pub fn known() -> Vec<Known> {
    let text = include_str!("../../../bench/bars.csv");
    rows(text)
        .map(|[work, figure, earlier, bar]| Known {
            work: work.to_owned(),
            figure: figure.to_owned(),
            earlier: (!earlier.is_empty()).then(|| number(earlier)),
            bar: (!bar.is_empty()).then(|| read_bar(bar)),
        })
        .collect()
}

/// The rows below the header; the tables are ours and hold no quotes.
fn rows<'a, const N: usize>(text: &'a str) -> impl Iterator<Item = [&'a str; N]> {
    text.lines().skip(1).map(|line| {
        let fields: Vec<&'a str> = line.split(',').collect();
        fields.try_into().expect("a row has all columns")
    })
}

fn number<T: FromStr>(text: &str) -> T {
    let read = text.parse().ok();
    read.unwrap_or_else(|| panic!("{text} is a number"))
}

fn read_bar(text: &str) -> Bar {
    match text.split_once(' ').expect("a sign and a value") {
        (">=", "peer") => Bar::NotBelowPeer,
        (">=", value) => Bar::AtLeast(number(value)),
        ("<=", value) => Bar::AtMost(number(value)),
        (sign, _) => panic!("{sign} is >= or <="),
    }
}

#[cfg(test)]
mod tests {
    use super::Bar;
    use super::known;
    use super::works;
    use crate::bench::matching::figures::KINDS;

    #[test]
    fn the_tables_are_whole() {
        let works = works();
        let standard = works.iter().filter(|work| work.standard).count();
        assert_eq!((works.len(), standard), (10, 8));
        for work in &works {
            assert_eq!(work.made.is_empty(), work.seeds.is_empty(), "{}", work.name);
            let taught = works.iter().any(|other| other.name == work.learnt);
            assert!(work.learnt.is_empty() || taught, "{}", work.name);
        }
        let known = known();
        for row in &known {
            let here = format!("{} {}", row.work, row.figure);
            assert!(works.iter().any(|work| work.name == row.work), "{here}");
            assert!(KINDS.iter().any(|kind| kind.name == row.figure), "{here}");
            let twin = |other: &&super::Known| other.work == row.work && other.figure == row.figure;
            assert_eq!(known.iter().filter(twin).count(), 1, "{here}");
        }
        for work in works {
            let promised = |row: &&super::Known| row.work == work.name && row.bar.is_some();
            assert!(known.iter().any(|row| promised(&row)), "{}", work.name);
        }
    }

    #[test]
    fn a_bar_is_a_sign_and_a_value() {
        assert_eq!(super::read_bar(">= 0.93"), Bar::AtLeast(0.93));
        assert_eq!(super::read_bar("<= 10"), Bar::AtMost(10.0));
        assert_eq!(super::read_bar(">= peer"), Bar::NotBelowPeer);
    }
}
