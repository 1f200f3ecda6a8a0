//! Binds the columns of one file to the lines of a form, by their headings. Lists in another order
//! end at the same lines; a column too few or too many is refused, because nobody can say what it
//! counts.

use crate::form::Form;
use crate::form::Source;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_core::text::folded;

/// Which column carries what, for one source of the form; columns by their place, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The source, by its place in the form.
    pub source: usize,
    /// The column of each field; none where the file has none and the field may be empty.
    pub fields: Vec<Option<usize>>,
    /// The column of each choice of the ballot, in ballot order; or, where the source takes its
    /// choices from the headings, of each of these in the order of the file.
    pub choices: Vec<usize>,
    /// The column of each level; none where the file's name is the cell.
    pub levels: Vec<Option<usize>>,
    /// The column of the name of each level's units, where the file has one.
    pub named: Vec<Option<usize>>,
    /// The column of each note, where the file has one.
    pub notes: Vec<Option<usize>>,
}

/// Why a file's headings do not fit the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BindRefusal {
    /// The form has no source: it is written by hand.
    NoSource,
    /// No column carries this line, unit or choice.
    MissingColumn(String),
    /// A column carries nothing that the form knows.
    UnknownColumn(usize),
    /// Two columns carry the same; the place of the second.
    RepeatedColumn(usize),
}

impl Refusal for BindRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSource => "source.none",
            Self::MissingColumn(_) => "source.missing_column",
            Self::UnknownColumn(_) => "source.unknown_column",
            Self::RepeatedColumn(_) => "source.repeated_column",
        }
    }
}

impl core::fmt::Display for BindRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::NoSource => f.write_str("the form is typed by hand; it describes no file"),
            Self::MissingColumn(named) => write!(
                f,
                "the column `{named}` is missing; check that this is the form of the file"
            ),
            Self::UnknownColumn(_) => f.write_str(
                "the form does not know this column; take it out, or describe it in the form",
            ),
            Self::RepeatedColumn(_) => {
                f.write_str("another column carries the same; take one of the two out")
            }
        }
    }
}

impl core::error::Error for BindRefusal {}

/// A heading ready to be compared; white space around it does not count.
struct Heading {
    written: String,
    folded: String,
}

impl Heading {
    fn of(written: &str) -> Self {
        Self {
            written: written.trim().to_owned(),
            folded: folded(written),
        }
    }

    /// Equal, or equal once folded; a heading without letters or digits (`%`) must be equal.
    fn is(&self, other: &Self) -> bool {
        self.written == other.written || (!self.folded.is_empty() && self.folded == other.folded)
    }
}

fn headings<'a>(written: impl IntoIterator<Item = &'a str>) -> Vec<Heading> {
    written.into_iter().map(Heading::of).collect()
}

/// The headings under which a line is known: its code, its names, and those listed for it.
pub(super) fn known<'a>(code: &'a str, names: &'a Names, listed: &'a [String]) -> Vec<&'a str> {
    let names = [&names.ar, &names.fa, &names.fr, &names.en];
    let names = names.into_iter().map(String::as_str);
    let own = core::iter::once(code).chain(names.filter(|name| !name.is_empty()));
    own.chain(listed.iter().map(String::as_str)).collect()
}

/// The columns of one file while they are bound.
struct Columns {
    headings: Vec<Heading>,
    taken: Vec<bool>,
}

impl Columns {
    /// Takes the column under one of these headings, if there is one.
    fn take(&mut self, known: &[&str]) -> Result<Option<usize>, BindRefusal> {
        let known = headings(known.iter().copied());
        let mut found = None;
        for (column, heading) in self.headings.iter().enumerate() {
            if !known.iter().any(|known| heading.is(known)) {
                continue;
            }
            if found.is_some() || self.taken[column] {
                return Err(BindRefusal::RepeatedColumn(column));
            }
            found = Some(column);
        }
        if let Some(column) = found {
            self.taken[column] = true;
        }
        Ok(found)
    }

    fn must(&mut self, known: &[&str]) -> Result<usize, BindRefusal> {
        let missing = || BindRefusal::MissingColumn(known.join("` or `"));
        self.take(known)?.ok_or_else(missing)
    }

    fn ignore(&mut self, ignored: &[String]) {
        let ignored = headings(ignored.iter().map(String::as_str));
        for (heading, taken) in self.headings.iter().zip(&mut self.taken) {
            *taken |= ignored.iter().any(|ignored| heading.is(ignored));
        }
    }
}

impl Form {
    /// Binds a file's headings to the first source of the form that they fit.
    ///
    /// # Errors
    /// [`BindRefusal`] of the source that comes nearest: of the one that misses a column last.
    pub fn bind(&self, header: &[String]) -> Result<Binding, BindRefusal> {
        let mut nearest = BindRefusal::NoSource;
        for (nth, source) in self.sources.iter().enumerate() {
            match self.bind_source(nth, source, header) {
                Ok(binding) => return Ok(binding),
                Err(refusal) if nearer(&refusal, &nearest) => nearest = refusal,
                Err(_) => {}
            }
        }
        Err(nearest)
    }

    fn bind_source(
        &self,
        nth: usize,
        source: &Source,
        header: &[String],
    ) -> Result<Binding, BindRefusal> {
        let mut columns = Columns {
            headings: headings(header.iter().map(String::as_str)),
            taken: vec![false; header.len()],
        };
        let mut levels = Vec::new();
        let mut named = Vec::new();
        for level in &source.levels {
            let own = strs(&level.headers);
            levels.push(match own.is_empty() {
                true => None,
                false => Some(columns.must(&own)?),
            });
            named.push(columns.take(&strs(&level.named))?);
        }
        let mut fields = Vec::new();
        for field in &self.fields {
            let known = known(field.code.as_str(), &field.names, &field.headers);
            fields.push(if field.optional {
                columns.take(&known)?
            } else {
                Some(columns.must(&known)?)
            });
        }
        let notes = source
            .notes
            .iter()
            .map(|note| columns.take(&strs(&note.headers)));
        let notes = notes.collect::<Result<_, _>>()?;
        columns.ignore(&source.ignored);
        let choices = self.bind_choices(source, &mut columns)?;
        if let Some(column) = columns.taken.iter().position(|taken| !taken) {
            return Err(BindRefusal::UnknownColumn(column));
        }
        Ok(Binding {
            source: nth,
            fields,
            choices,
            levels,
            named,
            notes,
        })
    }

    fn bind_choices(
        &self,
        source: &Source,
        columns: &mut Columns,
    ) -> Result<Vec<usize>, BindRefusal> {
        let Some(after) = &source.choices_after else {
            let ballot = self.contest.iter().flat_map(|ballot| &ballot.choices);
            return ballot
                .map(|choice| {
                    columns.must(&known(choice.code.as_str(), &choice.names, &choice.headers))
                })
                .collect();
        };
        let missing = || BindRefusal::MissingColumn(after.clone());
        let after = Heading::of(after);
        let mut headings = columns.headings.iter();
        let first = headings
            .position(|heading| heading.is(&after))
            .ok_or_else(missing)?
            + 1;
        let mut choices: Vec<usize> = Vec::new();
        for column in first..columns.headings.len() {
            if columns.taken[column] {
                continue;
            }
            let heading = &columns.headings[column];
            if heading.folded.is_empty() {
                return Err(BindRefusal::UnknownColumn(column));
            }
            let same = |other: &usize| columns.headings[*other].folded == heading.folded;
            if choices.iter().any(same) {
                return Err(BindRefusal::RepeatedColumn(column));
            }
            columns.taken[column] = true;
            choices.push(column);
        }
        if choices.is_empty() {
            return Err(BindRefusal::MissingColumn("of a choice".to_owned()));
        }
        Ok(choices)
    }
}

fn strs(list: &[String]) -> Vec<&str> {
    list.iter().map(String::as_str).collect()
}

/// Whether a refusal comes nearer to fitting than another: a column too many is nearer than one too
/// few, anything nearer than no source.
const fn nearer(refusal: &BindRefusal, other: &BindRefusal) -> bool {
    const fn distance(refusal: &BindRefusal) -> u8 {
        match refusal {
            BindRefusal::UnknownColumn(_) => 0,
            BindRefusal::RepeatedColumn(_) => 1,
            BindRefusal::MissingColumn(_) => 2,
            BindRefusal::NoSource => 3,
        }
    }
    distance(refusal) < distance(other)
}

#[cfg(test)]
mod tests;
