//! An agency's file: one record for each person that the agency knows, as it was delivered. The
//! reader checks form only; whether a person may vote is decided in [`crate::register`].

use jiff::civil::Date;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use serde::Deserialize;
use serde::Serialize;

/// Sex as the civil register has it; station lists are kept apart by it where the law says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sex {
    /// Female.
    F,
    /// Male.
    M,
}

/// One person as the agency delivered the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// The national number, in ASCII digits.
    pub national_number: String,
    /// The legal name in Arabic script, all parts.
    pub name_ar: String,
    /// The name in Latin script, as the agency spells it.
    pub name_latin: String,
    /// Sex.
    pub sex: Sex,
    /// The day of birth.
    pub born: Date,
    /// The polling centre of the domicile.
    pub domicile: UnitCode,
    /// The day of death, when there is one.
    pub died: Option<Date>,
}

/// The columns of the file, in order.
pub const COLUMNS: [&str; 7] = [
    "national_number",
    "name_ar",
    "name_latin",
    "sex",
    "born",
    "domicile",
    "died",
];

/// Why a row of the file is not a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AgencyRefusal {
    /// The number is not 6 to 20 digits.
    NationalNumber,
    /// The name is empty or longer than 200 bytes.
    Name,
    /// Sex is neither F nor M.
    Sex,
    /// A date is not year-month-day, or death comes before birth.
    Date,
    /// The domicile is not a code.
    Domicile,
}

impl Refusal for AgencyRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NationalNumber => "agency.national_number",
            Self::Name => "agency.name",
            Self::Sex => "agency.sex",
            Self::Date => "agency.date",
            Self::Domicile => "agency.domicile",
        }
    }
}

impl core::fmt::Display for AgencyRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Self::NationalNumber => "the national number must be 6 to 20 digits",
            Self::Name => "the name must not be empty or longer than 200 bytes",
            Self::Sex => "sex must be F or M",
            Self::Date => "dates are written year-month-day, and nobody dies before birth",
            Self::Domicile => "the domicile must be the code of a polling centre",
        })
    }
}

impl core::error::Error for AgencyRefusal {}

/// Whether a text is a national number: 6 to 20 ASCII digits.
#[must_use]
pub fn is_national_number(text: &str) -> bool {
    (6..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The record of one row, its cells in the order of [`COLUMNS`].
///
/// # Errors
/// The first [`AgencyRefusal`] from left to right.
pub fn record(cells: [&str; 7]) -> Result<Record, AgencyRefusal> {
    let [number, name_ar, name_latin, sex, born, domicile, died] = cells.map(str::trim);
    if !is_national_number(number) {
        return Err(AgencyRefusal::NationalNumber);
    }
    if name_ar.is_empty() || name_ar.len() > 200 || name_latin.len() > 200 {
        return Err(AgencyRefusal::Name);
    }
    let sex = match sex {
        "F" => Sex::F,
        "M" => Sex::M,
        _ => return Err(AgencyRefusal::Sex),
    };
    let day = |text: &str| text.parse::<Date>().map_err(|_| AgencyRefusal::Date);
    let born = day(born)?;
    let died = if died.is_empty() {
        None
    } else {
        Some(day(died)?)
    };
    if died.is_some_and(|day| day < born) {
        return Err(AgencyRefusal::Date);
    }
    Ok(Record {
        national_number: number.to_owned(),
        name_ar: name_ar.to_owned(),
        name_latin: name_latin.to_owned(),
        sex,
        born,
        domicile: UnitCode::new(domicile).map_err(|_| AgencyRefusal::Domicile)?,
        died,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: [&str; 7] = [
        "290010112345",
        "محمد علي حسن",
        "Mohamed Ali",
        "M",
        "1990-01-01",
        "1-2-3",
        "",
    ];

    fn with(column: usize, cell: &'static str) -> [&'static str; 7] {
        let mut cells = GOOD;
        cells[column] = cell;
        cells
    }

    #[test]
    fn a_row_is_a_record_or_is_refused_by_name() {
        assert_eq!(record(GOOD).unwrap().born, jiff::civil::date(1990, 1, 1));
        assert_eq!(
            record(with(6, "2020-02-29")).unwrap().died.unwrap().day(),
            29
        );
        for (column, cell, refusal) in [
            (0, "12345", AgencyRefusal::NationalNumber),
            (0, "29001011234x", AgencyRefusal::NationalNumber),
            (1, "  ", AgencyRefusal::Name),
            (3, "X", AgencyRefusal::Sex),
            (4, "1990-02-30", AgencyRefusal::Date),
            (6, "1989-12-31", AgencyRefusal::Date),
            (5, "../x", AgencyRefusal::Domicile),
        ] {
            assert_eq!(record(with(column, cell)), Err(refusal), "{cell}");
        }
    }
}
