//! Where something stands in a table, in the words of the person who has the file open.

use core::fmt;

/// A place in a table file. What is not known or does not apply is absent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The file's name; for a table in an archive `archive.zip/table.csv`. Never the folder it lies
    /// in, so that two machines name one place alike.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// The row as a spreadsheet program numbers it: the first row of the file is 1, empty rows
    /// count, a line break inside a cell does not. In a JSON file the first object is 1.
    pub row: Option<u64>,
    /// The column.
    pub column: Option<Column>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its number; the first is 1.
    pub number: usize,
    /// Its heading, where it has one.
    pub name: Option<String>,
}

impl Column {
    /// Its letters as a spreadsheet program shows them: A, B, … Z, AA, AB, …
    #[must_use]
    pub fn letters(&self) -> String {
        letters(self.number)
    }
}

/// The letters of a column by its number.
pub(crate) fn letters(number: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = number;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder of 26 fits a byte");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet “{sheet}”")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        if let Some(column) = &self.column {
            write!(f, ", column {}", column.letters())?;
            if let Some(name) = column.name.as_deref().filter(|name| !name.is_empty()) {
                write!(f, " “{name}”")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (number, letters) in [
            (1, "A"),
            (26, "Z"),
            (27, "AA"),
            (52, "AZ"),
            (703, "AAA"),
            (16_384, "XFD"),
        ] {
            assert_eq!(Column { number, name: None }.letters(), letters);
        }
    }

    #[test]
    fn a_place_reads_as_a_person_would_say_it() {
        let mut place = Place {
            file: "2.csv".to_owned(),
            ..Place::default()
        };
        assert_eq!(place.to_string(), "2.csv");
        place.row = Some(230);
        place.column = Some(Column {
            number: 6,
            name: Some("registered".to_owned()),
        });
        assert_eq!(place.to_string(), "2.csv, row 230, column F “registered”");
        place.sheet = Some("Centres".to_owned());
        place.column = None;
        assert_eq!(place.to_string(), "2.csv, sheet “Centres”, row 230");
    }
}
