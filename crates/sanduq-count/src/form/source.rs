//! Where a form's sheets stand in files: which column is which line, which ones make up the path of
//! units down to the station, what the ballot is. All of it is data of the form's own file, so that
//! a new country's files need no new code.
//!
//! Columns are known by their headings and never by their place: by the code or a name of the line
//! they carry, or by another heading that the form lists; spellings are folded before they are
//! compared.

use crate::form::Severity;
use jiff::civil::Date;
use sanduq_core::id::ChoiceCode;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_core::names::Names;
use serde::Deserialize;
use serde::Serialize;

/// What the sheets vote on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ballot {
    /// The contest; with a level, the code of each unit is put behind it.
    pub code: ContestCode,
    /// Its title.
    pub names: Names,
    /// The nation whose units the files name.
    pub nation: Nation,
    /// The polling day; left out: that of the profile.
    #[serde(default)]
    pub polling_day: Option<Date>,
    /// The level whose units have a contest each; left out: one contest in the nation.
    #[serde(default)]
    pub level: Option<String>,
    /// How many choices a voter may mark.
    pub max_choices: u32,
    /// Whether a valid ballot must mark as many.
    #[serde(default)]
    pub exact_choice: bool,
    /// Seats to fill; 0 where none are, or where nobody knows how many.
    #[serde(default)]
    pub seats: u32,
    /// The rule that turns votes into seats.
    #[serde(default)]
    pub seat_rule: Option<LawCode>,
    /// The choices in ballot order; left out where a source takes them from its headings.
    #[serde(default, rename = "choice")]
    pub choices: Vec<BallotChoice>,
}

/// The unit above all others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nation {
    /// Its code.
    pub code: UnitCode,
    /// What it is called.
    pub names: Names,
}

/// A choice of the ballot and the headings of its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotChoice {
    /// Its code.
    pub code: ChoiceCode,
    /// Its legal name.
    pub names: Names,
    /// How columns are headed that carry its votes, beside its code and its names.
    #[serde(default)]
    pub headers: Vec<String>,
}

/// The layout of one kind of file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// What refusals call it.
    pub code: LawCode,
    /// The levels below the nation, the station's last.
    #[serde(rename = "level")]
    pub levels: Vec<SourceLevel>,
    /// The heading after which every column is a choice, unless the layout knows it otherwise.
    #[serde(default)]
    pub choices_after: Option<String>,
    /// Columns that are no figures and are looked at all the same.
    #[serde(default, rename = "note")]
    pub notes: Vec<Note>,
    /// Headings of columns that nobody reads: shares, links, what is said twice.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// The sheet of a workbook that holds the table, where more than one has content; every source
    /// of the form names the same one.
    #[serde(default)]
    pub sheet: Option<String>,
    /// How a row of totals among the sheets is known; none where there is none.
    #[serde(default)]
    pub total_rows: Option<TotalRows>,
    /// What becomes of a row with more or fewer cells than the heading.
    #[serde(default)]
    pub ragged_row: RaggedRow,
}

/// A level of units in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SourceLevel {
    /// The word for the level.
    pub code: String,
    /// The word people read.
    pub names: Names,
    /// How a unit's code is made of its cell.
    pub key: Key,
    /// The headings of the column; left out where the file's name is the cell.
    #[serde(default)]
    pub headers: Vec<String>,
    /// The headings of the column with the unit's name, where a file has one.
    #[serde(default)]
    pub named: Vec<String>,
    /// The language of the unit's name.
    #[serde(default)]
    pub language: Option<Locale>,
    /// The code of a unit whose cell is empty; left out: an empty cell is refused.
    #[serde(default)]
    pub empty: Option<String>,
}

/// How a unit's code is made of what stands in its cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// It is the code.
    Code,
    /// The number that stands in it (`No. 39` is 39).
    Number,
    /// It is a name: the code is made of its folded spelling, the same wherever it is spelt alike.
    Name,
}

/// A column that is no figure and is looked at all the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// What reports call it.
    pub code: String,
    /// What stands in it.
    pub kind: NoteKind,
    /// The headings of the column; a file need not have it.
    pub headers: Vec<String>,
    /// How bad it is when it cannot be read; left out: it is counted and does not touch the sheet.
    #[serde(default)]
    pub severity: Option<Severity>,
}

/// What stands in a note's column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteKind {
    /// A time of day in one of many notations.
    Time,
    /// Yes or no.
    Flag,
    /// Words.
    Text,
}

/// How a row of totals is known: by what stands in the column of a level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TotalRows {
    /// The level.
    pub level: String,
    /// What stands there, folded.
    pub values: Vec<String>,
    /// What becomes of a file whose row of totals says something else than its rows.
    #[serde(default)]
    pub differing: DifferingTotal,
}

/// What becomes of a file whose row of totals says something else than its rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferingTotal {
    /// The file is refused: a row is missing, or a figure is wrong.
    #[default]
    Refuse,
    /// It is reported and the rows are taken: the files were published so, nobody can mend them.
    Report,
}

/// What becomes of a row with more or fewer cells than the heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RaggedRow {
    /// The file is refused.
    #[default]
    Refuse,
    /// The sheet is held back and its votes are left empty: nobody can say whose they are.
    HoldBack,
}

impl Source {
    /// The position of the level with this code.
    #[must_use]
    pub fn level(&self, code: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.code == code)
    }
}
