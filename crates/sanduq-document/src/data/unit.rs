//! The minutes of collation of a unit: its own sums, those of the units directly below it, its
//! coverage, and by name every station whose sheet is not in the sums.

use crate::data::Document;
use crate::data::head::Asked;
use crate::data::head::Head;
use crate::data::matrix::Column;
use crate::data::matrix::Piece;
use crate::data::matrix::Row;
use crate::data::matrix::pieces;
use crate::data::value;
use crate::exit::Ended;
use crate::folder::Folder;
use crate::shown::Reader;
use sanduq_core::count::Votes;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::TotalsRow;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;

/// A unit below, with its coverage.
#[derive(Serialize)]
struct Below {
    name: String,
    code: String,
    stations: String,
    counted: String,
    whole: bool,
}

/// A station whose sheet is not in the sums.
#[derive(Serialize)]
struct Missing {
    name: String,
    code: String,
    above: String,
    state: &'static str,
}

#[derive(Serialize)]
struct Unit {
    head: Head,
    standing: &'static str,
    level_below: String,
    stations: String,
    counted: String,
    /// Stations whose sheet is not in the sums.
    left_out: String,
    below: Vec<Below>,
    lines: Vec<Piece>,
    choices: Vec<Piece>,
    missing: Vec<Missing>,
}

/// The minutes of collation of a unit of the contest.
///
/// # Errors
/// The contest is locked; the unit is a station or has no part in the contest.
pub fn unit(folder: &Folder, asked: &Asked<'_>, code: &str) -> Result<Document, Ended> {
    let place = folder.unit(code)?;
    let (reader, geography) = (asked.reader, &folder.edition.geography);
    if geography.unit(place).level == geography.station_level() {
        let why = format!("{code} is a station: its minutes are `sanduq-document sheet`");
        return Err(Ended::refused("unit.is_a_station", why));
    }
    folder.released()?;
    let contest = &folder.entry().contest;
    let totals = folder.totals(&contest.code)?;
    let rows: BTreeMap<&UnitCode, &TotalsRow> =
        totals.totals.iter().map(|row| (&row.unit, row)).collect();
    let row = |place: UnitIx| rows.get(&geography.unit(place).code).copied();
    let own = row(place).ok_or_else(|| {
        Ended::fault(format!(
            "the totals of {} have no row for {code}",
            contest.code
        ))
    })?;
    let below: Vec<(UnitIx, &TotalsRow)> = geography
        .children(place)
        .iter()
        .filter_map(|child| Some((*child, row(*child)?)))
        .collect();
    let table = Table {
        folder,
        reader,
        below: &below,
    };
    let path = format!("/unit/{code}");
    let head = Head::new(folder, asked, place, &path);
    let next = usize::from(geography.unit(place).level) + 1;
    let data = Unit {
        standing: if own.counted < own.stations {
            "partial"
        } else {
            "preliminary"
        },
        level_below: reader.name(&geography.levels()[next].names),
        stations: reader.n(own.stations),
        counted: reader.n(own.counted),
        left_out: reader.n(own.stations.saturating_sub(own.counted)),
        below: below.iter().map(|one| table.coverage(one)).collect(),
        lines: table.lines(own),
        choices: table.choices(own),
        missing: missing(folder, reader, place, &totals, &folder.sheets()?),
        head,
    };
    Ok(Document {
        template: "unit",
        code: data.head.code().to_owned(),
        data: value(&data)?,
        about: json!({ "unit": code, "standing": data.standing, "stations": own.stations,
            "counted": own.counted }),
    })
}

/// The units below a unit, in the words of the reader.
struct Table<'a> {
    folder: &'a Folder,
    reader: Reader,
    below: &'a [(UnitIx, &'a TotalsRow)],
}

impl Table<'_> {
    fn coverage(&self, (place, row): &(UnitIx, &TotalsRow)) -> Below {
        let unit = self.folder.edition.geography.unit(*place);
        Below {
            name: self.reader.name(&unit.names),
            code: unit.code.to_string(),
            stations: self.reader.n(row.stations),
            counted: self.reader.n(row.counted),
            whole: row.counted == row.stations,
        }
    }

    /// The rows below, each with the figures that `of` finds in it.
    fn rows(&self, of: impl Fn(&TotalsRow) -> Vec<String>) -> Vec<Row> {
        let below = self.below.iter().map(|(place, row)| {
            let unit = self.folder.edition.geography.unit(*place);
            Row {
                name: self.reader.name(&unit.names),
                code: unit.code.to_string(),
                cells: of(row),
            }
        });
        below.collect()
    }

    fn lines(&self, own: &TotalsRow) -> Vec<Piece> {
        let form = self.folder.edition.paper(self.folder.entry()).form();
        let columns: Vec<Column> = form
            .fields
            .iter()
            .map(|field| Column {
                code: field.code.to_string(),
                name: self.reader.name(&field.names),
            })
            .collect();
        let cells = |row: &TotalsRow| {
            let fields = form.fields.iter();
            let sum = |code| row.fields.as_ref().and_then(|sums| sums.get(code));
            fields.map(|field| self.n(sum(&field.code))).collect()
        };
        pieces(&columns, &self.rows(cells), &cells(own))
    }

    fn choices(&self, own: &TotalsRow) -> Vec<Piece> {
        let choices = &self.folder.entry().contest.choices;
        let columns: Vec<Column> = choices
            .iter()
            .map(|choice| Column {
                code: choice.code.to_string(),
                name: self.reader.name(&choice.names),
            })
            .collect();
        let cells = |row: &TotalsRow| {
            let sum = |code| row.choices.as_ref().and_then(|sums| sums.get(code));
            choices
                .iter()
                .map(|choice| self.n(sum(&choice.code)))
                .collect()
        };
        pieces(&columns, &self.rows(cells), &cells(own))
    }

    fn n(&self, votes: Option<&Votes>) -> String {
        votes.map_or_else(String::new, |votes| self.reader.n(votes.get()))
    }
}

/// The stations below `place` that are not in the sums, with the state of their last sheet.
fn missing(
    folder: &Folder,
    reader: Reader,
    place: UnitIx,
    totals: &TotalsFile,
    sheets: &SheetsFile,
) -> Vec<Missing> {
    let geography = &folder.edition.geography;
    // By station and version: the last one of a station stays.
    let states: BTreeMap<&UnitCode, &'static str> = sheets
        .sheets
        .iter()
        .map(|sheet| (&sheet.station, sheet.state.code()))
        .collect();
    let mut missing = Vec::new();
    for row in totals.totals.iter().filter(|row| row.counted == 0) {
        let Some(station) = geography.find(&row.unit) else {
            continue;
        };
        let unit = geography.unit(station);
        if unit.level != geography.station_level() || !geography.path(station).contains(&place) {
            continue;
        }
        let above = geography.parent(station).map(|above| geography.unit(above));
        missing.push(Missing {
            name: reader.name(&unit.names),
            code: unit.code.to_string(),
            above: above.map_or_else(String::new, |above| reader.name(&above.names)),
            state: states.get(&unit.code).copied().unwrap_or("awaited"),
        });
    }
    missing
}
