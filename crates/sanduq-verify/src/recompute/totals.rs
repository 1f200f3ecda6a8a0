//! Every total of every level, added again from the published sheets. Always true here: each
//! accepted sheet is walked up to the contest's unit, line by line and by code, which is not how
//! the authority adds; nothing of the authority's adding is used.

use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use core::fmt::Display;
use sanduq_core::count::Votes;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::ByCode;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicSheet;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::StateWord;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::totals_path;
use std::collections::BTreeMap;

/// The figures of one unit.
#[derive(Clone, Debug)]
pub struct Sum {
    /// Stations that owe a sheet.
    pub stations: u64,
    /// Accepted sheets.
    pub counted: u64,
    /// Lines and choices, beyond 64 bits if they must.
    figures: Vec<u128>,
}

/// The figures of every unit of a contest.
pub struct Sums {
    /// The place of each line (`field f9`) and each choice (`choice a`).
    columns: BTreeMap<String, usize>,
    units: BTreeMap<UnitCode, Sum>,
}

fn field(code: &impl Display) -> String {
    format!("field {code}")
}

fn choice(code: &impl Display) -> String {
    format!("choice {code}")
}

impl Sums {
    /// The units of a contest with their stations, nothing counted yet.
    fn empty(edition: &Edition, entry: &PublicContest) -> Self {
        let paper = edition.paper(entry);
        let fields = paper.form().fields.iter().map(|line| field(&line.code));
        let choices = entry.contest.choices.iter().map(|own| choice(&own.code));
        let columns: BTreeMap<String, usize> = fields.chain(choices).zip(0..).collect();
        let empty = Sum {
            stations: 0,
            counted: 0,
            figures: vec![0; columns.len()],
        };
        let geography = &edition.geography;
        let mut units: BTreeMap<UnitCode, Sum> = BTreeMap::new();
        for place in geography.places() {
            let path = above(edition, entry, &geography.unit(place).code);
            if let Some(own) = path.last() {
                units.insert((*own).clone(), empty.clone());
            }
            if geography.unit(place).level == geography.station_level() {
                for unit in path {
                    units
                        .entry(unit.clone())
                        .or_insert_with(|| empty.clone())
                        .stations += 1;
                }
            }
        }
        Self { columns, units }
    }

    fn add(&mut self, sheet: &PublicSheet, units: &[&UnitCode]) {
        let figure = |votes: &Option<Votes>| votes.map_or(0, |votes| u128::from(votes.get()));
        let fields = sheet.fields.iter().flat_map(|fields| &fields.0);
        let fields = fields.map(|(code, votes)| (field(code), figure(votes)));
        let choices = sheet.choices.iter().flat_map(|choices| &choices.0);
        let choices = choices.map(|(code, votes)| (choice(code), figure(votes)));
        let figures: Vec<(usize, u128)> = fields
            .chain(choices)
            .filter_map(|(name, votes)| Some((*self.columns.get(&name)?, votes)))
            .collect();
        for unit in units {
            let Some(sum) = self.units.get_mut(*unit) else {
                continue;
            };
            sum.counted += 1;
            for (column, votes) in &figures {
                sum.figures[*column] += votes;
            }
        }
    }

    /// The figures of a unit.
    #[must_use]
    pub fn unit(&self, unit: &UnitCode) -> Option<&Sum> {
        self.units.get(unit)
    }

    /// The sum of a choice in a unit.
    #[must_use]
    pub fn choice(&self, unit: &UnitCode, code: &impl Display) -> Option<u128> {
        let column = *self.columns.get(&choice(code))?;
        self.units.get(unit)?.figures.get(column).copied()
    }
}

/// The units from the contest's own down to this one; none when it lies outside.
fn above<'a>(edition: &'a Edition, entry: &PublicContest, unit: &UnitCode) -> Vec<&'a UnitCode> {
    let geography = &edition.geography;
    let path = geography
        .find(unit)
        .map_or_else(Vec::new, |place| geography.path(place));
    let codes = path.into_iter().map(|place| &geography.unit(place).code);
    codes
        .skip_while(|code| **code != entry.contest.unit)
        .collect()
}

/// Adds up the accepted sheets of a contest.
#[must_use]
pub fn add_up(edition: &Edition, entry: &PublicContest, file: &SheetsFile) -> Sums {
    let mut sums = Sums::empty(edition, entry);
    for sheet in file
        .sheets
        .iter()
        .filter(|sheet| sheet.state == StateWord::Accepted)
    {
        sums.add(sheet, &above(edition, entry, &sheet.station));
    }
    sums
}

/// Compares the stated totals of a contest with the sums and says how many figures those were.
pub fn check(file: &TotalsFile, sums: &Sums, failures: &mut Failures) -> u64 {
    let path = totals_path(&file.contest);
    let mut compared = 0;
    for row in &file.totals {
        let unit = &row.unit;
        let Some(sum) = sums.units.get(unit) else {
            failures.at(Point::Total, &path, &format!("unit {unit}"));
            continue;
        };
        let mut one = |what: &str, computed: u128, stated: u128| {
            compared += 1;
            if computed != stated {
                let place = format!("unit {unit}, {what}");
                failures.differs(Point::Total, &path, &place, (&computed, &stated));
            }
        };
        one("stations", sum.stations.into(), row.stations.into());
        one("counted", sum.counted.into(), row.counted.into());
        let fields = named(row.fields.as_ref(), field);
        for (name, stated) in fields.chain(named(row.choices.as_ref(), choice)) {
            let column = sums.columns.get(&name);
            one(
                &name,
                column.map_or(0, |column| sum.figures[*column]),
                stated,
            );
        }
    }
    compared
}

fn named<'a, C>(
    figures: Option<&'a ByCode<C, Votes>>,
    name: impl Fn(&C) -> String + 'a,
) -> impl Iterator<Item = (String, u128)> + 'a {
    let figures = figures.into_iter().flat_map(|figures| &figures.0);
    figures.map(move |(code, votes)| (name(code), u128::from(votes.get())))
}
