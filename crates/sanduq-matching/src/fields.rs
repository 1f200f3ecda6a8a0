//! The columns that a profile asks a file for.

use crate::source::Column;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;

/// The columns that a profile asks a file for, and where its fields stand among them.
pub struct Fields {
    columns: Vec<(String, bool)>,
    /// Given, father's, grandfather's and family name.
    pub names: [Option<usize>; NAME_PARTS],
    /// Sex.
    pub sex: Option<usize>,
    /// Birth date.
    pub date: Option<usize>,
    /// Place of registration.
    pub place: Option<usize>,
    /// National number.
    pub number: Option<usize>,
    /// Further attributes.
    pub extras: Vec<Option<usize>>,
    ids: Vec<usize>,
}

impl Fields {
    /// The fields of a profile.
    #[must_use]
    pub fn new(profile: &Profile) -> Self {
        let wanted = &profile.columns;
        let mut columns: Vec<(String, bool)> = Vec::new();
        let mut take = |name: &String, required: bool| {
            if name.is_empty() {
                return None;
            }
            let required = required && !profile.optional.contains(name);
            let at = columns.iter().position(|(column, _)| column == name);
            at.or_else(|| {
                columns.push((name.clone(), required));
                Some(columns.len() - 1)
            })
        };
        Self {
            names: [0, 1, 2, 3].map(|part| take(&wanted.names[part], true)),
            sex: take(&wanted.sex, true),
            date: take(&wanted.date, true),
            place: take(&wanted.place, true),
            number: take(&wanted.number, true),
            extras: wanted.extras.iter().map(|name| take(name, true)).collect(),
            ids: wanted
                .id
                .iter()
                .filter_map(|name| take(name, false))
                .collect(),
            columns,
        }
    }

    /// The columns to ask a source for.
    #[must_use]
    pub fn wanted(&self) -> Vec<Column<'_>> {
        let columns = self.columns.iter();
        columns
            .map(|(name, required)| Column {
                name,
                required: *required,
                fractions: false,
            })
            .collect()
    }

    /// The name of the column of dates.
    #[must_use]
    pub fn date_column(&self) -> Option<&str> {
        self.date.map(|at| self.columns[at].0.as_str())
    }

    /// The names of the columns that may hold the records' ids.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let name = |at: &usize| self.columns[*at].0.as_str();
        self.ids.iter().map(name).collect()
    }

    /// The column of the ids, of those that a file has.
    #[must_use]
    pub fn id(&self, found: &[bool]) -> Option<usize> {
        self.ids.iter().copied().find(|at| found[*at])
    }
}

/// What stands in a field, without spaces and marks of direction at its ends: editors of texts from
/// right to left leave them there, and nobody sees them.
#[must_use]
pub(crate) fn seen(field: &str) -> &str {
    let unseen = |letter: char| {
        let mark = matches!(letter, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}');
        letter.is_whitespace() || mark
    };
    if field.is_ascii() {
        field.trim_ascii()
    } else {
        field.trim_matches(unseen)
    }
}
