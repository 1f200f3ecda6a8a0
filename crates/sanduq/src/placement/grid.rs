//! A list of stations as a file has it, CSV, JSON, a workbook or Parquet: its columns by their
//! names, its rows with their numbers. Lists of stations are small: they are read whole.

use crate::exit::Ended;
use crate::placement::heads::Field;
use crate::placement::heads::Found;
use crate::placement::heads::Heads;
use crate::placement::heads::name;
use crate::placement::law::Asked;
use crate::placement::law::Chosen;
use sanduq_core::cell::bare;
use sanduq_core::text::digit_value;
use sanduq_matching::source::Column;
use sanduq_matching::source::Item;
use sanduq_matching::source::Source;
use sanduq_table::CellFault;
use sanduq_table::Reading;
use sanduq_table::Table;
use sanduq_table::TableFault;
use sanduq_table::TableRefusal;
use sanduq_table::parse_whole;
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;

/// A list, read.
pub struct Grid {
    /// The file's name, and the sheet of a workbook.
    pub place: String,
    header: Vec<String>,
    found: Found,
    rows: Vec<(u64, Vec<String>)>,
}

/// A row of a list.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    grid: &'a Grid,
    /// Its number as a spreadsheet shows it.
    pub number: u64,
    cells: &'a [String],
}

/// What is wrong with a row: code and sentence, which names the row and the column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The stable code.
    pub code: &'static str,
    /// Where and what.
    pub sentence: String,
}

/// Rows that are named in one refusal.
const NAMED: usize = 20;

/// The refusal of everything that is wrong, the first by its code.
pub fn refusal(wrong: &[Wrong]) -> Ended {
    let mut said: Vec<&str> = wrong
        .iter()
        .map(|one| one.sentence.as_str())
        .take(NAMED)
        .collect();
    let more = format!("and {} more", wrong.len().saturating_sub(NAMED));
    if wrong.len() > NAMED {
        said.push(&more);
    }
    Ended::Refused {
        code: wrong
            .first()
            .map_or("placement.rows", |one| one.code)
            .to_owned(),
        sentence: said.join("; "),
    }
}

/// Reads a list and chooses the law that goes with its columns.
///
/// # Errors
/// When the file is no list, lacks a column that is needed, or no law is known for it.
pub fn read(path: &Path, asked: &Asked, needed: &[Field]) -> Result<(Grid, Chosen), Ended> {
    if is_parquet(path) {
        return of_parquet(path, asked, needed);
    }
    let table = opened(path, asked, needed)?;
    let header = table.header().to_vec();
    let chosen = asked.choose(&header)?;
    let found = chosen.heads.find(&header);
    let told = table.place();
    let place = match &told.sheet {
        Some(sheet) => format!("{}, sheet “{sheet}”", told.file),
        None => told.file,
    };
    let width = header.len();
    let mut grid = Grid {
        place,
        header,
        found,
        rows: Vec::new(),
    };
    grid.check(needed)?;
    let mut rows = Vec::new();
    let read = table.for_each(|row| {
        let cells = (0..width).map(|at| {
            // What stands in a column that nobody asks for is nobody's business.
            if !grid.found.uses(at) {
                return Ok(String::new());
            }
            match row.cell(at).text() {
                Ok(text) => Ok(bare(text).into_owned()),
                // Workbooks leave out what is empty at the end of a row.
                Err(refusal) if refusal.fault == CellFault::Absent => Ok(String::new()),
                Err(refusal) => Err(TableRefusal::from(refusal)),
            }
        });
        let cells: Result<Vec<String>, TableRefusal> = cells.collect();
        rows.push((row.number(), cells?));
        Ok::<(), TableRefusal>(())
    });
    read.map_err(|refusal| Ended::refused(&refusal))?;
    grid.rows = rows;
    Ok((grid, chosen))
}

/// Opens the table of a file: of several sheets the only one that has the columns.
fn opened(path: &Path, asked: &Asked, needed: &[Field]) -> Result<Table, Ended> {
    let refused = |refusal: TableRefusal| Ended::refused(&refusal);
    let open = |sheet: Option<String>| {
        let reading = Reading {
            sheet,
            ..Reading::default()
        };
        let set = sanduq_table::open_with(path, &reading)?;
        match set.tables().next() {
            Some(table) => table,
            None => sanduq_table::open("").map(|_| unreachable!("no folder is empty")),
        }
    };
    let unclear = match open(asked.sheet.clone()) {
        Ok(table) => return Ok(table),
        Err(refusal) => refusal,
    };
    let TableFault::SheetUnclear(sheets) = &unclear.fault else {
        return Err(refused(unclear));
    };
    let mut fitting: Vec<(usize, Table)> = Vec::new();
    for sheet in sheets {
        // A sheet that somebody has hidden is listed with that, and opened by no name.
        let Ok(table) = open(Some(sheet.clone())) else {
            continue;
        };
        let heads = match asked.choose(table.header()) {
            Ok(chosen) => chosen.heads,
            Err(_) => Heads::default(),
        };
        let found = heads.find(table.header());
        if needed.iter().all(|field| found.has(*field)) {
            fitting.push((found.len(), table));
        }
    }
    // Of sheets that have what is needed the one that has most besides.
    fitting.sort_by_key(|(fields, _)| *fields);
    match (fitting.pop(), fitting.last()) {
        (Some((most, table)), next) if next.is_none_or(|next| next.0 < most) => Ok(table),
        _ => Err(refused(unclear)),
    }
}

fn is_parquet(path: &Path) -> bool {
    let mut magic = [0; 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut magic));
    read.is_ok() && &magic == b"PAR1"
}

/// A list in Parquet, whose columns are asked for by every name that they may have.
fn of_parquet(path: &Path, asked: &Asked, needed: &[Field]) -> Result<(Grid, Chosen), Ended> {
    let names = match &asked.profile {
        Some(_) => asked.choose(&[])?.heads.all(),
        None => Heads::default().all(),
    };
    let wanted: Vec<Column<'_>> = names
        .iter()
        .map(|name| Column::optional(name).with_fractions())
        .collect();
    let source = Source::open(path, &wanted).map_err(|refusal| Ended::refused(&refusal))?;
    let there: Vec<usize> = (0..)
        .zip(source.found())
        .filter_map(|(at, is)| is.then_some(at))
        .collect();
    let header: Vec<String> = there.iter().map(|at| names[*at].clone()).collect();
    let chosen = asked.choose(&header)?;
    let mut grid = Grid {
        place: source.file().to_owned(),
        found: chosen.heads.find(&header),
        header,
        rows: Vec::new(),
    };
    grid.check(needed)?;
    let mut wrong = Vec::new();
    let mut rows = Vec::new();
    let read = source.each(|item| {
        match item {
            Item::Row(row) => {
                let cells = there
                    .iter()
                    .map(|at| bare(row.field(*at).trim()).into_owned());
                rows.push((row.number + 1, cells.collect()));
            }
            Item::Quarantined(found) => wrong.push(Wrong {
                code: "placement.row",
                sentence: format!("row {}: {}", found.row + 1, found.reason),
            }),
        }
        ControlFlow::Continue(())
    });
    read.map_err(|refusal| Ended::refused(&refusal))?;
    if wrong.is_empty() {
        grid.rows = rows;
        Ok((grid, chosen))
    } else {
        Err(refusal(&wrong))
    }
}

impl Grid {
    /// Says no where a column is missing.
    fn check(&self, needed: &[Field]) -> Result<(), Ended> {
        let Some(field) = needed.iter().find(|field| !self.has(**field)) else {
            return Ok(());
        };
        Err(Ended::Refused {
            code: "placement.column".to_owned(),
            sentence: format!(
                "{}: no column is called “{}” or by a name that is known for it; the columns are: \
                 {}",
                self.place,
                name(*field),
                self.header.join(", ")
            ),
        })
    }

    /// Whether the file has a field.
    pub fn has(&self, field: Field) -> bool {
        self.found.has(field)
    }

    /// The rows.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|(number, cells)| Line {
            grid: self,
            number: *number,
            cells,
        })
    }

    /// What is wrong with a row in the column of a field.
    pub fn wrong(&self, row: u64, field: Field, code: &'static str, why: &str) -> Wrong {
        let column = self.found.of(field).and_then(|columns| columns.first());
        let column = column.map_or_else(String::new, |at| {
            let letters = sanduq_table::Column {
                number: at + 1,
                name: None,
            };
            format!(", column {} “{}”", letters.letters(), self.header[*at])
        });
        Wrong {
            code,
            sentence: format!("{}, row {row}{column}: {why}", self.place),
        }
    }
}

impl Line<'_> {
    /// The text of a field, its columns joined by a dash; empty where the file has it not.
    pub fn text(&self, field: Field) -> String {
        let columns = self.grid.found.of(field).unwrap_or_default();
        let cells: Vec<&str> = columns.iter().map(|at| self.cells[*at].as_str()).collect();
        cells.join("-")
    }

    /// What is wrong with this row in the column of a field.
    pub fn wrong(&self, field: Field, code: &'static str, why: &str) -> Wrong {
        self.grid.wrong(self.number, field, code, why)
    }

    /// The count in a field; none where it is blank or the file has it not.
    ///
    /// # Errors
    /// When it is no count.
    pub fn count(&self, field: Field) -> Result<Option<u64>, Wrong> {
        let text = self.text(field);
        if text.is_empty() {
            return Ok(None);
        }
        let count = parse_whole(text.as_bytes());
        count.map(Some).map_err(|fault| {
            self.wrong(
                field,
                "placement.count",
                &format!("{fault} (found {text:?})"),
            )
        })
    }

    /// The count in a field, no larger than 32 bits hold.
    ///
    /// # Errors
    /// As [`Line::count`].
    pub fn small(&self, field: Field) -> Result<Option<u32>, Wrong> {
        let count = self.count(field)?;
        let small = count.map(u32::try_from).transpose();
        small.map_err(|_| self.wrong(field, "placement.count", "the count is too large"))
    }

    /// Degrees, in digits of any script of the house.
    pub fn degrees(&self, field: Field) -> String {
        plain(&self.text(field))
    }
}

/// A number with its digits in ASCII.
pub fn plain(text: &str) -> String {
    let digit = |c: char| digit_value(c).map_or(c, |value| char::from(b'0' + value));
    text.chars().map(digit).collect()
}
