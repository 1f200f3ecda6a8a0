//! The rows of a CSV file with a line of column names. Whatever cannot be used is refused with the
//! file, its row and the column; rows are counted as a spreadsheet counts them, the names first.

use crate::exit::Ended;
use crate::placement::law::Chosen;
use csv::StringRecord;
use sanduq_core::cell;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::place::Place;
use sanduq_core::place::Point;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;
use std::str::FromStr;

/// What stands between the words of a cell.
const BETWEEN: char = ';';

/// A file that is read row by row.
pub struct Rows {
    path: PathBuf,
    file: csv::Reader<File>,
    columns: BTreeMap<String, usize>,
    record: StringRecord,
    row: u64,
}

fn refused(code: &str, sentence: String) -> Ended {
    Ended::Refused {
        code: code.to_owned(),
        sentence,
    }
}

impl Rows {
    /// Opens a file that has these columns.
    ///
    /// # Errors
    /// It cannot be read, or a column is missing.
    pub fn open(path: &Path, needed: &[&str]) -> Result<Self, Ended> {
        let shown = path.display();
        let no = |fault: &dyn core::fmt::Display| {
            refused("assignment.file", format!("{shown}: {fault}"))
        };
        let file = File::open(path).map_err(|fault| no(&fault))?;
        let mut file = csv::ReaderBuilder::new().flexible(false).from_reader(file);
        let names = file.headers().map_err(|fault| no(&fault))?;
        let names = names
            .iter()
            .map(|name| name.trim().trim_start_matches('\u{feff}'));
        let columns: BTreeMap<String, usize> = names
            .enumerate()
            .map(|(at, name)| (name.to_owned(), at))
            .collect();
        if let Some(missing) = needed.iter().find(|name| !columns.contains_key(**name)) {
            let sentence = format!("{shown}: there is no column {missing}");
            return Err(refused("assignment.column_missing", sentence));
        }
        Ok(Self {
            path: path.to_owned(),
            file,
            columns,
            record: StringRecord::new(),
            row: 1,
        })
    }

    /// Goes to the next row; whether there is one.
    ///
    /// # Errors
    /// The row has more or fewer cells than there are columns, or is no UTF-8.
    pub fn next(&mut self) -> Result<bool, Ended> {
        self.row += 1;
        let before = self.file.position().line();
        let read = self.file.read_record(&mut self.record);
        let lines = self.file.position().line() - before;
        let inside = self.record.iter().flat_map(str::bytes);
        let inside = inside.filter(|byte| *byte == b'\n').count() as u64;
        // Lines without anything are no rows to be read, but a spreadsheet counts them.
        self.row += lines.saturating_sub(1 + inside);
        let (row, path) = (self.row, self.path.display());
        read.map_err(|fault| refused("assignment.row", format!("{path}, row {row}: {fault}")))
    }

    /// The number of the row.
    pub fn row(&self) -> u64 {
        self.row
    }

    /// What stands in a column; nothing where there is no such column.
    pub fn text(&self, column: &str) -> &str {
        let at = self.columns.get(column).copied();
        at.and_then(|at| self.record.get(at)).unwrap_or("").trim()
    }

    /// The refusal of what stands in a column.
    pub fn wrong(&self, column: &str) -> Ended {
        let (path, row) = (self.path.display(), self.row);
        let text: String = self.text(column).chars().take(40).collect();
        let sentence = format!("{path}, row {row}: `{text}` cannot stand in column {column}");
        refused("assignment.value", sentence)
    }

    /// A service number.
    pub fn id(&self, column: &str) -> Result<ActorId, Ended> {
        ActorId::new(&cell::bare(self.text(column))).map_err(|_| self.wrong(column))
    }

    /// The code of a unit.
    pub fn unit(&self, column: &str) -> Result<UnitCode, Ended> {
        UnitCode::new(&cell::bare(self.text(column))).map_err(|_| self.wrong(column))
    }

    /// The code of a contest.
    pub fn code(&self, column: &str) -> Result<ContestCode, Ended> {
        ContestCode::new(&cell::bare(self.text(column))).map_err(|_| self.wrong(column))
    }

    /// Codes of units.
    pub fn units(&self, column: &str) -> Result<Vec<UnitCode>, Ended> {
        let codes = self.words(column).into_iter();
        let codes: Result<_, _> = codes.map(|code| UnitCode::new(&code)).collect();
        codes.map_err(|_| self.wrong(column))
    }

    /// Codes of contests, in order.
    pub fn codes(&self, column: &str) -> Result<Vec<ContestCode>, Ended> {
        let codes = self.words(column).into_iter();
        let codes: Result<Vec<_>, _> = codes.map(|code| ContestCode::new(&code)).collect();
        let mut codes = codes.map_err(|_| self.wrong(column))?;
        codes.sort();
        Ok(codes)
    }

    /// A word that has to be there.
    pub fn word(&self, column: &str) -> Result<String, Ended> {
        match cell::bare(self.text(column)) {
            word if word.is_empty() => Err(self.wrong(column)),
            word => Ok(word.into_owned()),
        }
    }

    /// Words, in order, each once.
    pub fn words(&self, column: &str) -> Vec<String> {
        let text = cell::bare(self.text(column));
        let words = text.split(BETWEEN).map(str::trim);
        let mut words: Vec<String> = words
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect();
        // What somebody served on is told an event at a time, and may be told twice.
        if column != "served" {
            words.sort();
            words.dedup();
        }
        words
    }

    /// A number, if there is one.
    pub fn number<N: FromStr>(&self, column: &str) -> Result<Option<N>, Ended> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong(column)),
        }
    }

    /// Yes or no.
    pub fn yes(&self, column: &str, or: bool) -> Result<bool, Ended> {
        match self.text(column) {
            "" => Ok(or),
            "yes" => Ok(true),
            "no" => Ok(false),
            _ => Err(self.wrong(column)),
        }
    }

    /// A place in two columns, if there is one; it has to lie in the country.
    pub fn place(
        &self,
        columns: [&str; 2],
        country: Option<&Chosen>,
    ) -> Result<Option<Point>, Ended> {
        let texts = columns.map(|column| cell::bare(self.text(column)));
        if texts.iter().all(|text| text.is_empty()) {
            return Ok(None);
        }
        let place = Place::read(&texts[0], &texts[1]).ok_or_else(|| self.wrong(columns[0]))?;
        if country.is_some_and(|country| !country.in_country(place)) {
            let (path, row) = (self.path.display(), self.row);
            let sentence = format!(
                "{path}, row {row}: {} {} does not lie in the country",
                texts[0], texts[1]
            );
            return Err(refused("assignment.outside_country", sentence));
        }
        Ok(Some(place.point()))
    }
}
