//! `totals/<contest>.{json,csv}`: the figures of every unit of a contest, from the unit it is put to
//! down to the station, with their coverage. Always true here: every unit's figures are the sum of
//! the units directly below it, checked on every publication (INV-24); of a contest that is not
//! released only the coverage is shown (INV-31).

use crate::form::Form;
use crate::publication::Edition;
use crate::publication::PublicContest;
use crate::publication::PublicationRefusal;
use crate::publication::Stamp;
use crate::publication::by_code::ByCode;
use crate::publication::csv::Table;
use crate::publication::sheets::PublicSheet;
use crate::publication::sheets::SheetsFile;
use crate::publication::sheets::StateWord;
use crate::results::Totals;
use sanduq_core::count::Votes;
use sanduq_core::geography::Geography;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::FieldCode;
use sanduq_core::id::UnitCode;
use serde::Deserialize;
use serde::Serialize;

/// The figures of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsRow {
    /// The level of the unit.
    pub level: String,
    /// The unit.
    pub unit: UnitCode,
    /// Stations below it that owe a sheet.
    pub stations: u64,
    /// Accepted sheets among them: the coverage.
    pub counted: u64,
    /// Sums of the lines, by code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fields: Option<ByCode<FieldCode, Votes>>,
    /// Sums of the votes, by choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<ByCode<ChoiceCode, Votes>>,
}

/// `totals/<contest>.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalsFile {
    /// What the file says about itself.
    pub edition: Stamp,
    /// The contest.
    pub contest: ContestCode,
    /// Whether its figures are released.
    pub released: bool,
    /// The units, parents before children.
    pub totals: Vec<TotalsRow>,
}

/// The figures of one unit, by its place in the geography.
pub struct UnitTotals {
    /// The unit.
    pub place: UnitIx,
    /// Its figures.
    pub totals: Totals,
}

impl TotalsFile {
    pub(super) fn of(edition: &Edition, entry: &PublicContest, units: &[UnitTotals]) -> Self {
        let paper = edition.paper(entry);
        let row = |unit: &UnitTotals| {
            let totals = &unit.totals;
            let fields = paper.form().fields.iter().map(|field| &field.code);
            let choices = entry.contest.choices.iter().map(|choice| &choice.code);
            TotalsRow {
                level: edition.level(unit.place).to_owned(),
                unit: edition.geography.unit(unit.place).code.clone(),
                stations: totals.stations,
                counted: totals.counted,
                fields: entry
                    .released
                    .then(|| ByCode::new(fields, totals.fields.clone())),
                choices: entry
                    .released
                    .then(|| ByCode::new(choices, totals.choices.clone())),
            }
        };
        Self {
            edition: edition.stamp().clone(),
            contest: entry.contest.code.clone(),
            released: entry.released,
            totals: units.iter().map(row).collect(),
        }
    }

    pub(super) fn csv(&self, form: &Form, entry: &PublicContest) -> Vec<u8> {
        let mut header = ["level", "unit", "stations", "counted"]
            .map(str::to_owned)
            .to_vec();
        header.extend(
            form.fields
                .iter()
                .map(|field| format!("field.{}", field.code)),
        );
        let choices = &entry.contest.choices;
        header.extend(
            choices
                .iter()
                .map(|choice| format!("choice.{}", choice.code)),
        );
        let mut table = Table::new(&self.edition, &header);
        for row in &self.totals {
            table.text(&row.level).text(row.unit.as_str());
            table.figure(Some(row.stations)).figure(Some(row.counted));
            for field in &form.fields {
                let sum = row.fields.as_ref().and_then(|sums| sums.get(&field.code));
                table.figure(sum.map(|votes| votes.get()));
            }
            for choice in choices {
                let sum = row.choices.as_ref().and_then(|sums| sums.get(&choice.code));
                table.figure(sum.map(|votes| votes.get()));
            }
            table.end();
        }
        table.into_bytes()
    }
}

/// The figures of every unit of a contest, its own unit first: each accepted sheet is added to its
/// station and to every unit above it up to the contest's own, and then every unit is compared with
/// the sum of those directly below it.
///
/// # Errors
/// [`PublicationRefusal::CountedTwice`], [`PublicationRefusal::SumsDiffer`] or
/// [`PublicationRefusal::Overflow`].
pub(super) fn add_up(
    edition: &Edition,
    entry: &PublicContest,
    file: &SheetsFile,
) -> Result<Vec<UnitTotals>, PublicationRefusal> {
    let mut sums = Sums::empty(edition, entry);
    for sheet in file
        .sheets
        .iter()
        .filter(|sheet| sheet.state == StateWord::Accepted)
    {
        sums.add(sheet, edition.station(sheet.station.as_str())?)?;
    }
    sums.levels_agree()?;
    let units = edition.geography.places().zip(sums.units);
    Ok(units
        .filter_map(|(place, totals)| {
            Some(UnitTotals {
                place,
                totals: totals?,
            })
        })
        .collect())
}

/// The figures of the units of a contest, by their place; none for units outside it.
struct Sums<'a> {
    geography: &'a Geography,
    contest: &'a ContestCode,
    units: Vec<Option<Totals>>,
}

impl<'a> Sums<'a> {
    fn empty(edition: &'a Edition, entry: &'a PublicContest) -> Self {
        let geography = &edition.geography;
        let lines = edition.paper(entry).form().fields.len();
        let empty = |stations| Totals {
            stations,
            counted: 0,
            fields: vec![Votes::ZERO; lines],
            choices: vec![Votes::ZERO; entry.contest.choices.len()],
        };
        let mut units: Vec<Option<Totals>> = vec![None; geography.units().len()];
        for place in geography.places() {
            let above = geography
                .parent(place)
                .is_some_and(|above| units[above.ix()].is_some());
            if above || geography.unit(place).code == entry.contest.unit {
                units[place.ix()] = Some(empty(0));
            }
        }
        let mut sums = Self {
            geography,
            contest: &entry.contest.code,
            units,
        };
        for station in geography.stations() {
            if sums.units[station.ix()].is_some() {
                sums.each_above(station, |totals| {
                    totals.stations += 1;
                    Ok(())
                })
                .expect("counting stations never refuses");
            }
        }
        sums
    }

    /// Changes a unit of the contest and those above it in the contest.
    fn each_above(
        &mut self,
        station: UnitIx,
        mut change: impl FnMut(&mut Totals) -> Result<(), PublicationRefusal>,
    ) -> Result<(), PublicationRefusal> {
        for place in self.geography.path(station) {
            if let Some(totals) = &mut self.units[place.ix()] {
                change(totals)?;
            }
        }
        Ok(())
    }

    fn add(&mut self, sheet: &PublicSheet, station: UnitIx) -> Result<(), PublicationRefusal> {
        let counted = self.units[station.ix()]
            .as_ref()
            .map_or(0, |totals| totals.counted);
        if counted > 0 {
            return Err(PublicationRefusal::CountedTwice {
                contest: self.contest.clone(),
                station: sheet.station.clone(),
            });
        }
        // Of a contest that is not released only the coverage adds up.
        let figures = sheet.figures().unwrap_or_default();
        self.each_above(station, |totals| {
            totals.counted += 1;
            let fields = totals.fields.iter_mut().zip(&figures.fields);
            let choices = totals.choices.iter_mut().zip(&figures.choices);
            for (sum, votes) in fields.chain(choices) {
                *sum = sum.plus(votes.unwrap_or(Votes::ZERO))?;
            }
            Ok(())
        })
    }

    /// Whether every unit's figures are the sum of those directly below it.
    fn levels_agree(&self) -> Result<(), PublicationRefusal> {
        for place in self.geography.places() {
            let below = self.geography.children(place);
            let Some(totals) = &self.units[place.ix()] else {
                continue;
            };
            if below.is_empty() {
                continue;
            }
            let mut sum = Totals {
                fields: vec![Votes::ZERO; totals.fields.len()],
                choices: vec![Votes::ZERO; totals.choices.len()],
                ..Totals::default()
            };
            for child in below
                .iter()
                .filter_map(|child| self.units[child.ix()].as_ref())
            {
                sum.stations += child.stations;
                sum.counted += child.counted;
                let fields = sum.fields.iter_mut().zip(&child.fields);
                for (sum, votes) in fields.chain(sum.choices.iter_mut().zip(&child.choices)) {
                    *sum = sum.plus(*votes)?;
                }
            }
            if sum != *totals {
                return Err(PublicationRefusal::SumsDiffer {
                    contest: self.contest.clone(),
                    unit: self.geography.unit(place).code.clone(),
                });
            }
        }
        Ok(())
    }
}
