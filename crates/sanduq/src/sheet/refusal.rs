//! Why files are not imported. Every refusal names file, row and column as exactly as it can, in a
//! sentence and as an object, and nothing of the import is kept.

use crate::exit::Ended;
use sanduq_core::geography::GeographyRefusal;
use sanduq_core::refusal::Refusal;
use sanduq_count::form::BindRefusal;
use sanduq_count::results::ResultRefusal;
use sanduq_count::sheet::SheetRefusal;
use sanduq_store::StoreError;
use sanduq_table::CellRefusal;
use sanduq_table::Column;
use sanduq_table::Place;
use sanduq_table::TableRefusal;
use serde_json::Value;
use serde_json::json;

/// Why files are not imported.
#[derive(Debug)]
pub enum ImportRefusal {
    /// A file, row or cell is not what a table is.
    Table(TableRefusal),
    /// A cell cannot be read.
    Cell(CellRefusal),
    /// The headings do not fit the form.
    Bind(Box<Place>, BindRefusal),
    /// What stands at a place cannot be taken; code and sentence.
    At(Box<Place>, &'static str, String),
    /// The files as a whole cannot be taken; code and sentence.
    Whole(&'static str, String),
    /// The units of the files are no tree.
    Geography(GeographyRefusal),
    /// A rule of the sheet says no.
    Sheet(Box<Place>, SheetRefusal),
    /// The figures do not add up to totals.
    Results(ResultRefusal),
    /// The store says no, or failed.
    Store(StoreError),
    /// The command itself ends: the form cannot be used, or the machine failed.
    Command(Ended),
}

impl ImportRefusal {
    /// What stands at a place cannot be taken.
    pub fn at(place: Place, code: &'static str, why: impl Into<String>) -> Self {
        Self::At(Box::new(place), code, why.into())
    }

    /// How the command ends: by a fault of the machine or by a refusal.
    pub fn ended(self) -> Ended {
        match self {
            Self::Command(ended) => ended,
            Self::Store(StoreError::Fault(fault)) => Ended::fault(fault),
            refused => Ended::Refused {
                code: refused.code().to_owned(),
                sentence: refused.to_string(),
            },
        }
    }

    /// The object that `--json` prints; none for a fault of the machine, which refuses no file.
    pub fn json(&self) -> Option<Value> {
        if let Self::Command(Ended::Fault(_)) | Self::Store(StoreError::Fault(_)) = self {
            return None;
        }
        let place = self.place();
        let column = place.and_then(|place| place.column.as_ref());
        Some(json!({
            "code": self.code(),
            "file": place.map(|place| &place.file),
            "sheet": place.and_then(|place| place.sheet.as_ref()),
            "row": place.and_then(|place| place.row),
            "column": column.map(Column::letters),
            "column_name": column.and_then(|column| column.name.as_ref()),
            "message": self.to_string(),
        }))
    }

    /// Where; none for what is wrong with the files as a whole.
    fn place(&self) -> Option<&Place> {
        match self {
            Self::Table(refusal) => Some(&refusal.place),
            Self::Cell(refusal) => Some(&refusal.place),
            Self::Bind(place, _) | Self::At(place, ..) | Self::Sheet(place, _) => Some(place),
            _ => None,
        }
    }

    fn code(&self) -> &str {
        match self {
            Self::Command(Ended::Refused { code, .. }) => code,
            Self::Command(Ended::Fault(_)) => "fault",
            Self::Command(Ended::Placed(placed)) => placed.code,
            Self::Table(refusal) => refusal.code(),
            Self::Cell(refusal) => refusal.code(),
            Self::Bind(_, refusal) => refusal.code(),
            Self::At(_, code, _) | Self::Whole(code, _) => code,
            Self::Geography(refusal) => refusal.code(),
            Self::Sheet(_, refusal) => refusal.code(),
            Self::Results(refusal) => refusal.code(),
            Self::Store(refusal) => refusal.code(),
        }
    }
}

impl core::fmt::Display for ImportRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Table(refusal) => refusal.fmt(f),
            Self::Cell(refusal) => refusal.fmt(f),
            Self::Bind(place, refusal) => write!(f, "{place}: {refusal}"),
            Self::At(place, _, why) => write!(f, "{place}: {why}"),
            Self::Whole(_, why) => f.write_str(why),
            Self::Geography(refusal) => refusal.fmt(f),
            Self::Sheet(place, refusal) => write!(f, "{place}: {refusal}"),
            Self::Results(refusal) => refusal.fmt(f),
            Self::Store(refusal) => refusal.fmt(f),
            Self::Command(Ended::Refused { sentence, .. }) => f.write_str(sentence),
            Self::Command(Ended::Fault(what)) => f.write_str(what),
            Self::Command(Ended::Placed(placed)) => f.write_str(&placed.sentence),
        }
    }
}

impl core::error::Error for ImportRefusal {}

impl From<Ended> for ImportRefusal {
    fn from(ended: Ended) -> Self {
        Self::Command(ended)
    }
}

impl From<TableRefusal> for ImportRefusal {
    fn from(refusal: TableRefusal) -> Self {
        Self::Table(refusal)
    }
}

impl From<CellRefusal> for ImportRefusal {
    fn from(refusal: CellRefusal) -> Self {
        Self::Cell(refusal)
    }
}

impl From<GeographyRefusal> for ImportRefusal {
    fn from(refusal: GeographyRefusal) -> Self {
        Self::Geography(refusal)
    }
}

impl From<ResultRefusal> for ImportRefusal {
    fn from(refusal: ResultRefusal) -> Self {
        Self::Results(refusal)
    }
}

impl From<StoreError> for ImportRefusal {
    fn from(refusal: StoreError) -> Self {
        Self::Store(refusal)
    }
}
