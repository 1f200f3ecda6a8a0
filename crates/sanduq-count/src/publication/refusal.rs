//! Why an edition is not published, or a folder's files tell of none.

use crate::results::ResultRefusal;
use core::fmt;
use sanduq_core::count::Overflow;
use sanduq_core::geography::GeographyRefusal;
use sanduq_core::id::ContestCode;
use sanduq_core::id::LawCode;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_core::seats::SeatRefusal;

/// What stands in the way of an edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicationRefusal {
    /// A file is not of the shape that its reader expects.
    Unreadable {
        /// The file.
        path: String,
        /// Where and what.
        why: String,
    },
    /// A file says what it says in other bytes than the canonical ones.
    NotCanonical {
        /// The file.
        path: String,
        /// The first line that differs.
        line: usize,
    },
    /// A field of a file contradicts another file.
    Contradicts {
        /// The file.
        path: String,
        /// The field.
        field: String,
        /// What it states.
        stated: String,
    },
    /// A text of law is not the one whose digest is stated.
    LawDigest {
        /// The file.
        path: String,
        /// Its digest.
        computed: String,
        /// The stated one.
        stated: String,
    },
    /// The units are no geography.
    Geography(GeographyRefusal),
    /// A text of law stands twice.
    LawTwice(LawCode),
    /// A contest stands twice.
    ContestTwice(ContestCode),
    /// A contest lacks its unit, form or rule.
    Contest {
        /// The contest.
        contest: ContestCode,
        /// What is missing.
        missing: String,
    },
    /// A sheet is of no contest of the event.
    UnknownContest {
        /// The contest that it names.
        contest: ContestCode,
    },
    /// There is no such station.
    UnknownStation {
        /// The code.
        station: String,
    },
    /// A sheet of a station that does not vote in the contest.
    SheetNotOwed {
        /// The contest.
        contest: ContestCode,
        /// The station.
        station: UnitCode,
    },
    /// A version of a sheet stands twice, or not in order.
    SheetTwice {
        /// The contest.
        contest: ContestCode,
        /// The station.
        station: UnitCode,
        /// The version.
        version: u32,
    },
    /// Figures do not fit the form or the ballot.
    SheetShape {
        /// The contest.
        contest: ContestCode,
        /// The station.
        station: UnitCode,
    },
    /// Figures of a contest that is not released (INV-31).
    LockedFigures {
        /// The contest.
        contest: ContestCode,
        /// The station.
        station: UnitCode,
    },
    /// The sheets do not add up: a level differs from the one below it (INV-24), a station counts
    /// twice (INV-26).
    Results(ResultRefusal),
    /// A seat rule cannot be read.
    SeatRule {
        /// The rule.
        rule: LawCode,
        /// Why.
        why: SeatRefusal,
    },
    /// A sum does not fit in 64 bits.
    Overflow,
}

impl From<Overflow> for PublicationRefusal {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}

impl From<ResultRefusal> for PublicationRefusal {
    fn from(refusal: ResultRefusal) -> Self {
        Self::Results(refusal)
    }
}

impl Refusal for PublicationRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "publication.unreadable",
            Self::NotCanonical { .. } => "publication.not_canonical",
            Self::Contradicts { .. } => "publication.contradicts",
            Self::LawDigest { .. } => "publication.law_digest",
            Self::Geography(refusal) => refusal.code(),
            Self::LawTwice(_) => "publication.law_twice",
            Self::ContestTwice(_) => "publication.contest_twice",
            Self::Contest { .. } => "publication.contest_incomplete",
            Self::UnknownContest { .. } => "publication.unknown_contest",
            Self::UnknownStation { .. } => "publication.unknown_station",
            Self::SheetNotOwed { .. } => "publication.sheet_not_owed",
            Self::SheetTwice { .. } => "publication.sheet_twice",
            Self::SheetShape { .. } => "publication.sheet_shape",
            Self::LockedFigures { .. } => "publication.locked_figures",
            Self::Results(refusal) => refusal.code(),
            Self::SeatRule { .. } => "publication.seat_rule",
            Self::Overflow => "publication.overflow",
        }
    }
}

impl PublicationRefusal {
    /// The file that it is about, when it is about one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Unreadable { path, .. }
            | Self::NotCanonical { path, .. }
            | Self::Contradicts { path, .. }
            | Self::LawDigest { path, .. } => Some(path),
            Self::Geography(_) => Some("geography.json"),
            _ => None,
        }
    }

    fn about_file(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable { path, why } => write!(f, "{path} cannot be read: {why}"),
            Self::NotCanonical { path, line } => {
                write!(f, "{path}, line {line}: not written in the canonical form")
            }
            Self::Contradicts {
                path,
                field,
                stated,
            } => {
                write!(
                    f,
                    "{path}: `{field}` states {stated}, which the other files contradict"
                )
            }
            Self::LawDigest {
                path,
                computed,
                stated,
            } => {
                write!(f, "{path}: its digest is {computed}, stated is {stated}")
            }
            _ => Ok(()),
        }
    }

    fn about_sheet(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SheetNotOwed { contest, station } => {
                write!(
                    f,
                    "station {station} does not vote in {contest} and has a sheet for it"
                )
            }
            Self::SheetTwice {
                contest,
                station,
                version,
            } => write!(
                f,
                "version {version} of the sheet of {station} for {contest} is not in its place or \
                 stands twice"
            ),
            Self::SheetShape { contest, station } => {
                write!(
                    f,
                    "the figures of {station} for {contest} do not fit form and ballot"
                )
            }
            Self::LockedFigures { contest, station } => write!(
                f,
                "{contest} is not released, and figures of station {station} would be shown"
            ),
            _ => Ok(()),
        }
    }
}

impl fmt::Display for PublicationRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Geography(refusal) => write!(f, "geography.json: {refusal}"),
            Self::LawTwice(code) => write!(f, "the text of law {code} stands twice"),
            Self::ContestTwice(code) => write!(f, "the contest {code} stands twice"),
            Self::Contest { contest, missing } => write!(f, "{contest}: {missing} is missing"),
            Self::UnknownContest { contest } => {
                write!(
                    f,
                    "a sheet names the contest {contest}, which the event does not have"
                )
            }
            Self::UnknownStation { station } => write!(f, "there is no station {station}"),
            Self::Results(refusal) => refusal.fmt(f),
            Self::SeatRule { rule, why } => write!(f, "the seat rule {rule}: {why}"),
            Self::Overflow => f.write_str("a sum does not fit in 64 bits"),
            Self::Unreadable { .. }
            | Self::NotCanonical { .. }
            | Self::Contradicts { .. }
            | Self::LawDigest { .. } => self.about_file(f),
            Self::SheetNotOwed { .. }
            | Self::SheetTwice { .. }
            | Self::SheetShape { .. }
            | Self::LockedFigures { .. } => self.about_sheet(f),
        }
    }
}

impl core::error::Error for PublicationRefusal {}
