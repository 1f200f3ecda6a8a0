//! `totals/<contest>.{json,csv}`: the figures of every unit of a contest, from the unit it is put
//! to down to the station, with their coverage. Always true here: every unit's figures are the sum
//! of the units directly below it, checked on every publication (INV-24); of a contest that is not
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
use crate::results::Release;
use crate::results::Shown;
use crate::results::Standing;
use crate::results::Totals;
use crate::results::tally;
use crate::results::totals_digest;
use crate::sheet::Figures;
use crate::sheet::Paper;
use crate::sheet::Salt;
use crate::sheet::Sheet;
use crate::sheet::SheetKey;
use crate::sheet::SheetState;
use sanduq_core::count::Votes;
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
    /// What may be said of its figures.
    pub standing: Standing,
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
                standing: entry.standing(totals.coverage()),
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

    /// The digest of its rows, under which both organs certify them ([`totals_digest`]).
    #[must_use]
    pub fn digest(&self) -> String {
        let rows = self.totals.iter().map(|row| {
            let fields = row.fields.iter().flat_map(|sums| &sums.0);
            let choices = row.choices.iter().flat_map(|sums| &sums.0);
            let totals = Totals {
                stations: row.stations,
                counted: row.counted,
                fields: fields.map(|(_, votes)| *votes).collect(),
                choices: choices.map(|(_, votes)| *votes).collect(),
            };
            (&row.unit, totals)
        });
        totals_digest(rows)
    }

    pub(super) fn csv(&self, form: &Form, entry: &PublicContest) -> Vec<u8> {
        let mut header = ["level", "unit", "standing", "stations", "counted"]
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
            table.text(row.standing.code());
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

/// The figures of every unit of a contest, its own unit first, once every level agrees with the
/// one below it.
///
/// # Errors
/// [`PublicationRefusal::Results`].
pub(super) fn add_up(
    edition: &Edition,
    entry: &PublicContest,
    file: &SheetsFile,
) -> Result<Vec<UnitTotals>, PublicationRefusal> {
    let paper = edition.paper(entry);
    let geography = &edition.geography;
    let sheets = file
        .sheets
        .iter()
        .filter(|sheet| sheet.state == StateWord::Accepted);
    let sheets: Vec<Sheet> = sheets.map(|sheet| accepted(&paper, sheet)).collect();
    let tally = tally(geography, paper.form(), &entry.contest, &sheets)?;
    tally.check_sums(geography)?;
    let units = tally.units().to_vec();
    let release = entry.released.then(|| Release::read(&entry.contest.code));
    let shown = tally.show(release.as_ref())?;
    let figures = |place| match &shown {
        Shown::Released(released) => released.totals(place),
        Shown::Locked(locked) => locked.coverage(place).map(|coverage| Totals {
            stations: coverage.stations,
            counted: coverage.counted,
            ..Totals::default()
        }),
    };
    let totals = |place| {
        let totals = figures(place).expect("a tally has the figures of its own units");
        UnitTotals { place, totals }
    };
    Ok(units.into_iter().map(totals).collect())
}

/// The sheet as the tally takes it. One that shows no figures, because its contest is not released,
/// is laid in with empty lines and counts for the coverage alone.
fn accepted(paper: &Paper<'_>, sheet: &PublicSheet) -> Sheet {
    let figures = sheet.figures().unwrap_or_else(|| Figures {
        fields: vec![None; paper.form().fields.len()],
        choices: vec![None; paper.contest().choices.len()],
    });
    Sheet {
        key: SheetKey {
            contest: paper.contest().code.clone(),
            station: sheet.station.clone(),
        },
        version: sheet.version,
        salt: sheet.salt.unwrap_or(Salt::WITHHELD),
        state: SheetState::Accepted {
            figures,
            findings: Vec::new(),
            decision: None,
            proposal: None,
        },
    }
}
