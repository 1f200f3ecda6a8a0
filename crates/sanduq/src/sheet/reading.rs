//! Reads tables of sheets into a [`Batch`], row by row and in bounded memory. A row that cannot be
//! read refuses everything; a row that can be read and does not balance is a sheet with findings.

use super::batch::Asked;
use super::batch::Batch;
use super::batch::Noted;
use super::batch::Stand;
use super::refusal::ImportRefusal;
use super::total::RunningSums;
use super::total::TotalWords;
use super::total::Totals;
use super::units::Node;
use super::units::short_code;
use sanduq_core::contest::Choice;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::names::Names;
use sanduq_core::text::folded;
use sanduq_count::form::Ballot;
use sanduq_count::form::BindRefusal;
use sanduq_count::form::Binding;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::form::Note;
use sanduq_count::form::NoteKind;
use sanduq_count::form::RaggedRow;
use sanduq_count::form::Severity;
use sanduq_count::form::Source;
use sanduq_count::form::TimeOfDay;
use sanduq_count::form::time_of_day;
use sanduq_table::Column;
use sanduq_table::Place;
use sanduq_table::RaggedRows;
use sanduq_table::Reading;
use sanduq_table::Row;
use sanduq_table::Table;
use sanduq_table::TableFault;
use sanduq_table::TableRefusal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::iter::once;
use std::path::Path;

/// The finding of a row with more or fewer cells than the heading.
const ROW_CELLS: &str = "row_cells";

/// The largest figure that the store can keep.
const LARGEST: u64 = i64::MAX.unsigned_abs();

/// Reads every table of every path. `reached` is told how many rows have been read.
pub fn read(
    form: &Form,
    ballot: &Ballot,
    paths: &[impl AsRef<Path>],
    reached: &mut dyn FnMut(usize),
) -> Result<Batch, ImportRefusal> {
    let mut batch = Batch::new(form, ballot);
    let reading = reading(form);
    for path in paths {
        let set = sanduq_table::open_with(path, &reading)?;
        batch.passed_over.extend_from_slice(set.passed_over());
        for table in set.tables() {
            one(form, ballot, &mut batch, table?, reached)?;
        }
    }
    Ok(batch)
}

fn reading(form: &Form) -> Reading {
    let holds_back = |source: &Source| source.ragged_row == RaggedRow::HoldBack;
    let ragged_rows = match form.sources.iter().any(holds_back) {
        true => RaggedRows::Hand,
        false => RaggedRows::Refuse,
    };
    let ignored = form.sources.iter().flat_map(|source| &source.ignored);
    let repeatable: BTreeSet<String> = ignored.map(|name| name.trim().to_owned()).collect();
    // Sources that disagree name none: a workbook of several sheets is refused then.
    let mut sheets = form.sources.iter().map(|source| source.sheet.clone());
    let sheet = sheets.next().flatten();
    let sheet = sheet.filter(|name| sheets.all(|other| other.as_ref() == Some(name)));
    Reading {
        sheet,
        ragged_rows,
        repeatable,
        ..Reading::default()
    }
}

fn one(
    form: &Form,
    ballot: &Ballot,
    batch: &mut Batch,
    table: Table,
    reached: &mut dyn FnMut(usize),
) -> Result<(), ImportRefusal> {
    let binding = bind(form, &table)?;
    let source = &form.sources[binding.source];
    let place = table.place();
    if *batch.source.get_or_insert(binding.source) != binding.source {
        let why = format!(
            "its columns are those of the source `{}`, the files before it are of \
            another; import them apart",
            source.code
        );
        return Err(ImportRefusal::at(place, "import.other_source", why));
    }
    if batch.notes.is_empty() {
        let noted = |note: &Note| (note.code.clone(), note.kind, Noted::default());
        batch.notes = source.notes.iter().map(noted).collect();
    }
    let file = u32::try_from(batch.files.len()).unwrap_or(u32::MAX);
    batch.files.push(place.file.clone());
    let mut rows = Rows {
        ballot,
        source,
        header: table.header().to_vec(),
        stem: stem(&place.file),
        contest_level: ballot.level.as_ref().and_then(|level| source.level(level)),
        totals: Totals::of(source, form.fields.len() + binding.choices.len()),
        words: TotalWords::new(source.levels.len()),
        sums: RunningSums::default(),
        columns: binding
            .fields
            .iter()
            .copied()
            .chain(binding.choices.iter().map(|at| Some(*at)))
            .collect(),
        fields: form.fields.len(),
        before: Vec::new(),
        read: Vec::new(),
        lines: Vec::new(),
        contests: BTreeMap::new(),
        orders: Vec::new(),
        binding,
        file,
    };
    let before = batch.rows();
    table.for_each(|row| -> Result<(), ImportRefusal> {
        rows.take(batch, row)?;
        reached(batch.rows());
        Ok(())
    })?;
    if batch.rows() == before {
        let why = "there is no sheet under its column names; ask for it again, or leave it out";
        return Err(ImportRefusal::at(place, "import.no_sheet", why));
    }
    Ok(())
}

/// Binds the headings, or says at which of them it fails.
fn bind(form: &Form, table: &Table) -> Result<Binding, ImportRefusal> {
    form.bind(table.header()).map_err(|refusal| {
        let mut place = table.place();
        if let BindRefusal::UnknownColumn(at) | BindRefusal::RepeatedColumn(at) = refusal {
            place.column = Some(Column {
                number: at + 1,
                name: table.header().get(at).cloned(),
            });
        }
        ImportRefusal::Bind(Box::new(place), refusal)
    })
}

/// The name of a file without its folders and its ending.
fn stem(file: &str) -> String {
    let stem = Path::new(file).file_stem();
    stem.map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The rows of one file while they are read.
struct Rows<'a> {
    ballot: &'a Ballot,
    source: &'a Source,
    binding: Binding,
    header: Vec<String>,
    stem: String,
    file: u32,
    contest_level: Option<usize>,
    /// The rows of totals that the form names.
    totals: Option<Totals>,
    /// Words of totals that the form does not name.
    words: TotalWords,
    sums: RunningSums,
    /// The column of each line: fields, then choices in the order of the binding.
    columns: Vec<Option<usize>>,
    fields: usize,
    /// What the sheet before has written for each level, and the units it named.
    before: Vec<(String, Node)>,
    /// The lines of the row at hand, in the order of the columns.
    read: Vec<Option<Votes>>,
    /// The same in ballot order.
    lines: Vec<Option<Votes>>,
    /// The contests of this file by their units, with the place of their order.
    contests: BTreeMap<Node, (u32, usize)>,
    /// For each choice of a ballot, in its order, where it stands among those of the columns.
    orders: Vec<Vec<usize>>,
}

impl Rows<'_> {
    fn take(&mut self, batch: &mut Batch, row: Row<'_>) -> Result<(), ImportRefusal> {
        if self.is_total(batch, &row)? {
            return Ok(());
        }
        let same = self.same_units(&row);
        self.no_total(&row, same)?;
        if row.is_ragged() && self.source.ragged_row == RaggedRow::Refuse {
            let (cells, columns) = (row.cell_count(), self.header.len());
            return Err(ImportRefusal::Table(TableRefusal {
                place: Box::new(row.place()),
                fault: TableFault::RaggedRow { cells, columns },
            }));
        }
        batch.bounded(|| row.place())?;
        let station = self.station(batch, &row, same)?;
        let (contest, order) = self.contest(batch, &row)?;
        self.figures(&row)?;
        let above = self.before.split_last().map_or(&[][..], |(_, above)| above);
        let above = once(Node::NATION).chain(above.iter().map(|(_, node)| *node));
        self.sums.take(&row, above, &self.read)?;
        let (fields, choices) = self.read.split_at(self.fields);
        self.lines.clear();
        self.lines.extend_from_slice(fields);
        self.lines
            .extend(self.orders[order].iter().map(|at| choices[*at]));
        let mut noted = self.notes(batch, &row);
        if row.is_ragged() {
            noted.push(Finding::of(ROW_CELLS, Severity::Critical));
        }
        let stand = Stand {
            file: self.file,
            row: row.number(),
        };
        batch.take(station, contest, &self.lines, (stand, noted))
    }

    /// The cell of a level; the file's name where the level has no column.
    fn level<'r>(&'r self, row: &Row<'r>, level: usize) -> &'r str {
        match self.binding.levels[level] {
            Some(column) => row.cell(column).text().unwrap_or_default(),
            None => &self.stem,
        }
    }

    /// Whether the row is one of totals that the form names; it is compared then.
    fn is_total(&mut self, batch: &mut Batch, row: &Row<'_>) -> Result<bool, ImportRefusal> {
        let Some(totals) = &self.totals else {
            return Ok(false);
        };
        let Some(word) = totals.word(self.level(row, totals.level())) else {
            return Ok(false);
        };
        if let Some(totals) = &mut self.totals {
            let differing = totals.close(word, row, &self.columns)?;
            batch.total_rows.0 += 1;
            batch.total_rows.1.extend(differing);
        }
        Ok(true)
    }

    /// How many levels, from the nation down, are written letter for letter as in the sheet before,
    /// and so name the same units. Most are; what was asked of those cells has its answer. A level
    /// whose names stand in a column of their own is asked about in every row, and so is a row that
    /// may lack a cell.
    fn same_units(&self, row: &Row<'_>) -> usize {
        if row.is_ragged() {
            return 0;
        }
        let levels = self.binding.levels.iter().zip(&self.binding.named);
        let same = levels.zip(&self.before).take_while(|(level, before)| {
            let written = level.0.map(|column| row.cell(column).as_written());
            level.1.is_none() && written.is_none_or(|written| written == before.0)
        });
        same.count()
    }

    /// That no level of the row has a word of totals where the form names no such row; the first
    /// `same` are known to have none.
    fn no_total(&mut self, row: &Row<'_>, same: usize) -> Result<(), ImportRefusal> {
        for (level, column) in self.binding.levels.iter().enumerate().skip(same) {
            let Some(column) = column else { continue };
            let cell = row.cell(*column);
            let text = cell.text().unwrap_or_default();
            if self.words.says(level, text) {
                let why = format!(
                    "\"{text}\" is a row of totals and the form expects none there; take it out, \
                     or name it in `total_rows` of the form's source, so that it is compared"
                );
                return Err(ImportRefusal::at(cell.place(), "sheet.total_row", why));
            }
        }
        Ok(())
    }

    /// The station of a row, by the units above it; the first `same` are those of the sheet before.
    fn station(
        &mut self,
        batch: &mut Batch,
        row: &Row<'_>,
        same: usize,
    ) -> Result<Node, ImportRefusal> {
        self.before.truncate(same);
        for (level, about) in self.source.levels.iter().enumerate().skip(same) {
            let column = self.binding.levels[level];
            if let Some(column) = column {
                row.cell(column).text()?;
            }
            let named = self.binding.named[level];
            let name = named.map(|column| row.cell(column).text()).transpose()?;
            let name = name.filter(|name| !name.is_empty());
            let found = batch.units.find(level, about, self.level(row, level), name);
            let node = found.map_err(|fault| {
                let place = column.map_or_else(|| row.place(), |column| row.cell(column).place());
                ImportRefusal::at(place, fault.code(), fault.to_string())
            })?;
            let written = column.map(|column| row.cell(column).as_written());
            let written = written.unwrap_or_default().to_owned();
            self.before.push((written, node));
        }
        Ok(self.before.last().map_or(Node::NATION, |(_, node)| *node))
    }

    /// The contest of a row and the place of its order.
    fn contest(&mut self, batch: &mut Batch, row: &Row<'_>) -> Result<(u32, usize), ImportRefusal> {
        let unit = batch.units.above(self.contest_level);
        if let Some(known) = self.contests.get(&unit) {
            return Ok(*known);
        }
        let place = || Place {
            row: None,
            ..row.place()
        };
        let here = self.choices(place)?;
        let known = batch.contests.iter().position(|asked| asked.unit == unit);
        let (contest, order) = match known {
            None => {
                let order = (0..here.len()).collect();
                batch.contests.push(Asked {
                    unit,
                    received: vec![Votes::ZERO; here.len()],
                    choices: here,
                });
                (batch.contests.len() - 1, order)
            }
            Some(at) => (at, ordered(&batch.contests[at].choices, &here, place)?),
        };
        let contest = u32::try_from(contest).unwrap_or(u32::MAX);
        self.orders.push(order);
        let found = (contest, self.orders.len() - 1);
        self.contests.insert(unit, found);
        Ok(found)
    }

    /// The choices that the columns of this file carry, in their order.
    fn choices(&self, place: impl Fn() -> Place) -> Result<Vec<Choice>, ImportRefusal> {
        if self.source.choices_after.is_none() {
            let choices = self.ballot.choices.iter().map(|choice| Choice {
                code: choice.code.clone(),
                names: choice.names.clone(),
                candidates: Vec::new(),
            });
            return Ok(choices.collect());
        }
        let mut choices: Vec<Choice> = Vec::new();
        for column in &self.binding.choices {
            let heading = &self.header[*column];
            let choice = named(heading);
            if choices.iter().any(|other| other.code == choice.code) {
                let why = format!("the code of `{heading}` is another list's; spell it otherwise");
                return Err(ImportRefusal::at(place(), "import.choice_code", why));
            }
            choices.push(choice);
        }
        Ok(choices)
    }

    /// Reads the figures of a row: fields, then choices in the order of the binding. Those of a row
    /// with too many or too few cells are left empty: nobody can say whose votes they are.
    fn figures(&mut self, row: &Row<'_>) -> Result<(), ImportRefusal> {
        let ragged = row.is_ragged();
        self.read.clear();
        for (line, column) in self.columns.iter().enumerate() {
            let figure = match column {
                Some(column) if *column < row.cell_count() && !(ragged && line >= self.fields) => {
                    let cell = row.cell(*column);
                    let figure = cell.count()?;
                    if figure.is_some_and(|figure| figure > LARGEST) {
                        let why = "the figure is too large to be a count; check the digits";
                        return Err(ImportRefusal::at(cell.place(), "cell.overflow", why));
                    }
                    figure.map(Votes::new)
                }
                _ => None,
            };
            if let (Some(votes), Some(totals)) = (figure, &mut self.totals) {
                totals.add(line, votes).map_err(|why| {
                    ImportRefusal::at(row.place(), "import.overflow", why.to_string())
                })?;
            }
            self.read.push(figure);
        }
        Ok(())
    }

    /// Looks at the notes of a row; one with a severity becomes a finding when it cannot be read.
    fn notes(&self, batch: &mut Batch, row: &Row<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (nth, note) in self.source.notes.iter().enumerate() {
            let Some(column) = self.binding.notes[nth] else {
                continue;
            };
            let text = row.cell(column).text().unwrap_or_default();
            let noted = &mut batch.notes[nth].2;
            match legible(note.kind, text) {
                None => noted.empty += 1,
                Some(true) => noted.read += 1,
                Some(false) => {
                    noted.doubtful += 1;
                    findings.extend(note.severity.map(|grave| Finding::of(&note.code, grave)));
                }
            }
        }
        findings
    }
}

/// Whether a note can be read; none when it is empty.
fn legible(kind: NoteKind, text: &str) -> Option<bool> {
    if text.is_empty() {
        return None;
    }
    match kind {
        NoteKind::Text => Some(true),
        NoteKind::Flag => {
            let word = text.to_ascii_lowercase();
            Some(
                [
                    "true", "false", "yes", "no", "1", "0", "oui", "non", "نعم", "لا",
                ]
                .contains(&word.as_str()),
            )
        }
        NoteKind::Time => match time_of_day(text) {
            TimeOfDay::Empty => None,
            TimeOfDay::At(_) => Some(true),
            TimeOfDay::Doubtful => Some(false),
        },
    }
}

/// A choice that is known by its heading only: its code is made of the folded spelling, so that one
/// list has one code wherever it stands.
fn named(heading: &str) -> Choice {
    let code = format!("L-{}", short_code(&folded(heading)));
    let names = if heading
        .chars()
        .any(|c| ('\u{600}'..='\u{6FF}').contains(&c))
    {
        Names {
            ar: heading.to_owned(),
            ..Names::default()
        }
    } else {
        Names::plain(heading)
    };
    Choice {
        code: ChoiceCode::new(&code).expect("ten harmless characters are a code"),
        names,
        candidates: Vec::new(),
    }
}

/// Where each choice of a contest stands among the choices of a later file.
fn ordered(
    known: &[Choice],
    here: &[Choice],
    place: impl Fn() -> Place,
) -> Result<Vec<usize>, ImportRefusal> {
    let differs = |choice: &Choice, what: &str| {
        let name = choice.names.in_locale(sanduq_core::names::Locale::Ar);
        let why = format!("the list `{name}` is {what}; one contest has the same lists everywhere");
        ImportRefusal::at(place(), "import.other_lists", why)
    };
    if let Some(new) = here
        .iter()
        .find(|choice| !known.iter().any(|k| k.code == choice.code))
    {
        return Err(differs(new, "not on the ballot of the files before"));
    }
    let position = |choice: &Choice| {
        let at = here.iter().position(|other| other.code == choice.code);
        at.ok_or_else(|| differs(choice, "missing"))
    };
    known.iter().map(position).collect()
}

#[cfg(test)]
mod tests;
