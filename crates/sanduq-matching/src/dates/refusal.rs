//! Why the dates of a file cannot be compared.

use crate::dates::Contradicted;
use crate::dates::Read;
use sanduq_core::refusal::Refusal;

/// Why the dates of a file cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatesRefusal {
    /// More than half of them cannot be read.
    Unreadable(Read),
    /// More than half of them cannot be read, and most of those give the year alone.
    OnlyYears(Read),
    /// Their calendar is not known.
    Unclear {
        /// The file's name.
        file: String,
    },
    /// Its rows show otherwise than a person says.
    Contradicted {
        /// The file's name.
        file: String,
        /// What they show.
        shown: Contradicted,
    },
}

impl core::fmt::Display for DatesRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Unreadable(read) => write!(
                f,
                "{}: {} of {} dates cannot be read as {} of the {}{}; write them as \
                 year-month-day, the year with four digits, or say with --dates and --calendar \
                 how they are written",
                read.file,
                read.wrong,
                read.filled,
                read.manner
                    .orders()
                    .first()
                    .map_or("dates", |order| order.name()),
                read.manner.calendar.name(),
                read.alike()
            ),
            Self::OnlyYears(read) => write!(
                f,
                "{}: {} of {} dates give only the year; write its first day, as 1990-01-01, which \
                 is compared as a year whose day is not known; or ask for the days",
                read.file, read.only_years, read.filled
            ),
            Self::Unclear { file } => write!(
                f,
                "{file}: the years are of the Persian or of the Hijri calendar, and no row tells \
                 which; say --calendar persian or --calendar hijri"
            ),
            Self::Contradicted { file, shown } => {
                let Contradicted {
                    flag,
                    said,
                    found,
                    rows,
                    lines,
                } = shown;
                let lines: Vec<String> = lines.iter().map(u64::to_string).collect();
                write!(
                    f,
                    "{file}: {flag} {said} is asked for, and {rows} dates show {found} (first on \
                     lines {}); leave {flag} out, the rows show how this file is written; where \
                     another file is written otherwise, write its dates as year-month-day",
                    lines.join(", ")
                )
            }
        }
    }
}

impl core::error::Error for DatesRefusal {}

impl Refusal for DatesRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "matching.dates_unreadable",
            Self::OnlyYears(_) => "matching.dates_only_years",
            Self::Unclear { .. } => "matching.calendar_unclear",
            Self::Contradicted { .. } => "matching.dates_contradicted",
        }
    }
}
