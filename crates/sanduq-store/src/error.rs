//! How the store says no. A [`StoreRefusal`] is an answer to the person who asked and has a stable
//! code; a [`Fault`] is a failure of the machine or of the database and has a line in the log.
//! Always true here: whatever the database forbids comes out under a name, never as a bare text.

use sanduq_core::geography::GeographyRefusal;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_count::image::ImageRefusal;
use sanduq_count::results::ResultRefusal;
use sanduq_count::sheet::SheetRefusal;
use sanduq_operations::staff::StaffRefusal;
use sanduq_operations::station_day::StationDayRefusal;
use sanduq_operations::turnout::TurnoutRefusal;
use sanduq_register::poll_book::PollBookRefusal;
use std::path::PathBuf;
use tokio_postgres::error::DbError;

/// What the store answers instead of doing it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// A no by name.
    #[error(transparent)]
    Refused(#[from] StoreRefusal),
    /// The machine or the database failed.
    #[error(transparent)]
    Fault(#[from] Fault),
}

impl StoreError {
    /// The stable code of the refusal or fault.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => refusal.code(),
            Self::Fault(fault) => fault.code(),
        }
    }
}

/// Why a read or write is refused. Nothing of a refused write is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreRefusal {
    /// What stands where the folder of the store should be, or above it.
    #[error("{0} is not a folder; name one for the store, there or new")]
    NotAFolder(PathBuf),
    /// Somebody else changed the same thing in the meantime.
    #[error("somebody else changed it in the meantime: read it again, then decide")]
    Conflict,
    /// A write ended without a journal entry (invariant 7 of the house).
    #[error("nothing changes without an entry in the journal")]
    NoEntry,
    /// An entry names another organ than the one in whose name the write is done, or its act is
    /// none of that organ's.
    #[error("the entry is in the name of another organ, or its act is none of this organ's")]
    OtherOrgan,
    /// The database gives the organ no right to do this.
    #[error("the organ has no right to this: {0}")]
    NotPermitted(String),
    /// There is no event, contest, unit or account of this code.
    #[error("unknown: {0}")]
    Unknown(String),
    /// It exists already.
    #[error("exists already: {0}")]
    AlreadyExists(String),
    /// The store holds this event, and a store holds one: its journal is of one event.
    #[error(
        "the store holds the event {0}, and a store holds one: name the folder of another store"
    )]
    SecondEvent(EventId),
    /// A sheet that was accepted keeps its figures, one that was returned or superseded stays as it
    /// is, and a version follows one that has left the way to the totals (INV-25).
    #[error("a settled sheet does not change; a correction is its next version")]
    Immutable,
    /// A sheet of a station cannot come in yet.
    #[error("station {0}: {1}")]
    Sheet(UnitCode, SheetRefusal),
    /// A sheet takes no image, or not this one.
    #[error("station {0}: {1}")]
    Image(UnitCode, ImageRefusal),
    /// An act on a sheet is dated before the act that it follows.
    #[error(
        "the act on the sheet of station {0} is dated before the one that it follows: set the clock"
    )]
    Earlier(UnitCode),
    /// The figures of the contest are asked for and its last station has not closed (INV-31).
    #[error("the figures of contest {0} are not released")]
    NotReleased(ContestCode),
    /// A figure exceeds 2^63 − 1.
    #[error("a figure does not fit in 63 bits")]
    TooLarge,
    /// The roll of the event is frozen (INV-05).
    #[error("the roll is frozen")]
    RollFrozen,
    /// A station cannot open or close.
    #[error("station {0}: {1}")]
    StationDay(UnitCode, StationDayRefusal),
    /// An hourly report is not taken.
    #[error("station {0}: {1}")]
    Turnout(UnitCode, TurnoutRefusal),
    /// A person got no ballot.
    #[error(transparent)]
    PollBook(#[from] PollBookRefusal),
    /// A person cannot take a role.
    #[error(transparent)]
    Staff(#[from] StaffRefusal),
    /// A result cannot be certified, or is final.
    #[error(transparent)]
    Results(#[from] ResultRefusal),
    /// The units, or their outlines, are no geography.
    #[error(transparent)]
    Geography(#[from] GeographyRefusal),
}

impl Refusal for StoreRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::NotAFolder(_) => "store.not_a_folder",
            Self::Conflict => "store.conflict",
            Self::NoEntry => "store.no_entry",
            Self::OtherOrgan => "store.other_organ",
            Self::NotPermitted(_) => "store.not_permitted",
            Self::Unknown(_) => "store.unknown",
            Self::AlreadyExists(_) => "store.already_exists",
            Self::SecondEvent(_) => "store.second_event",
            Self::Immutable => "sheet.immutable",
            Self::Sheet(_, refusal) => refusal.code(),
            Self::Image(_, refusal) => refusal.code(),
            Self::Earlier(_) => "sheet.earlier",
            Self::NotReleased(_) => "results.not_released",
            Self::TooLarge => "store.too_large",
            Self::RollFrozen => "roll.frozen",
            Self::StationDay(_, refusal) => refusal.code(),
            Self::Turnout(_, refusal) => refusal.code(),
            Self::PollBook(refusal) => refusal.code(),
            Self::Staff(refusal) => refusal.code(),
            Self::Results(refusal) => refusal.code(),
            Self::Geography(refusal) => refusal.code(),
        }
    }
}

/// What failed in the machine or the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// PostgreSQL is not installed.
    #[error(
        "PostgreSQL was not found (searched PATH and /usr/lib/postgresql/*/bin); \
         install it with: apt-get install --yes postgresql"
    )]
    NoPostgres,
    /// The folder was made by another major version of PostgreSQL.
    #[error("{folder} was made by PostgreSQL {made_by} and this machine has {here}")]
    OtherVersion {
        /// The folder of the store.
        folder: PathBuf,
        /// The version that made it.
        made_by: String,
        /// The version found.
        here: String,
    },
    /// The folder cannot be written.
    #[error("{folder} cannot be written: {why}")]
    Folder {
        /// The folder.
        folder: PathBuf,
        /// What the system answered.
        why: String,
    },
    /// The disk is full.
    #[error("the disk of the store is full: {0}")]
    DiskFull(String),
    /// The private cluster did not start; the end of its log follows.
    #[error("the private cluster did not start: {0}")]
    ClusterDidNotStart(String),
    /// The database cannot be reached, or the connection was lost. What was not acknowledged did
    /// not happen or happened whole: read again to know which.
    #[error("the database cannot be reached: {0}")]
    Connection(String),
    /// A question took longer than it may.
    #[error("the database stopped a question that took too long")]
    TooSlow,
    /// The schema is newer than this program, or was made by other migrations.
    #[error("the schema of the store is not one this program knows: {0}")]
    Schema(String),
    /// A stored value breaks an invariant: the store was changed from outside.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The database answered with an error that the store has no name for.
    #[error("the database failed: {0}")]
    Database(String),
}

impl Fault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoPostgres => "store.no_postgres",
            Self::OtherVersion { .. } => "store.other_version",
            Self::Folder { .. } => "store.folder",
            Self::DiskFull(_) => "store.disk_full",
            Self::ClusterDidNotStart(_) => "store.cluster_did_not_start",
            Self::Connection(_) => "store.connection",
            Self::TooSlow => "store.too_slow",
            Self::Schema(_) => "store.schema",
            Self::Damaged(_) => "store.damaged",
            Self::Database(_) => "store.database",
        }
    }
}

/// What PostgreSQL forbids gets its name here, by the code of the standard (SQLSTATE) or, from
/// `SQ001` on, by that of a guard of the schema.
impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        let Some(answer) = error.as_db_error() else {
            return Fault::Connection(error.to_string()).into();
        };
        let text = answer.message().to_owned();
        match answer.code().code() {
            "42501" => StoreRefusal::NotPermitted(text).into(),
            "23505" => StoreRefusal::AlreadyExists(twice(answer)).into(),
            "23503" => StoreRefusal::Unknown(text).into(),
            "40001" | "40P01" => StoreRefusal::Conflict.into(),
            "SQ001" => StoreRefusal::Conflict.into(),
            "SQ002" => StoreRefusal::RollFrozen.into(),
            "SQ003" => day(answer, StationDayRefusal::NotOpen),
            "SQ004" => guarded(answer, |unit| {
                StoreRefusal::Turnout(unit, TurnoutRefusal::NotOpened)
            }),
            "SQ005" => guarded(answer, |unit| {
                StoreRefusal::Turnout(unit, TurnoutRefusal::HourPast)
            }),
            "SQ006" => guarded(answer, |unit| {
                StoreRefusal::Turnout(unit, TurnoutRefusal::WentDown)
            }),
            "SQ007" => StoreRefusal::Conflict.into(),
            "SQ008" => StoreRefusal::Immutable.into(),
            "SQ009" => guarded(answer, |unit| {
                StoreRefusal::Turnout(unit, TurnoutRefusal::NoSuchHour)
            }),
            "SQ010" => guarded(answer, |unit| {
                StoreRefusal::Turnout(unit, TurnoutRefusal::MoreVotedThanCame)
            }),
            "SQ011" => guarded(answer, StoreRefusal::Earlier),
            "SQ013" => day(answer, StationDayRefusal::AlreadyCounted),
            "SQ014" => day(answer, StationDayRefusal::TokensWait),
            "SQ015" => day(answer, StationDayRefusal::NoQueue),
            "SQ016" => day(answer, StationDayRefusal::NoSuchToken),
            "SQ017" => StoreRefusal::Staff(StaffRefusal::LastOne).into(),
            "SQ018" => StoreRefusal::Staff(StaffRefusal::Suspended).into(),
            "SQ019" => StoreRefusal::Staff(StaffRefusal::OwnPasswordFirst).into(),
            "SQ020" => StoreRefusal::Staff(StaffRefusal::NumberTaken).into(),
            "SQ021" => StoreRefusal::Staff(StaffRefusal::SecondPerson).into(),
            "SQ022" => results(answer, ResultRefusal::Certified),
            "SQ023" => guarded(answer, |unit| ResultRefusal::SheetWaits(unit).into()),
            "SQ024" => guarded(answer, |unit| ResultRefusal::SheetMissing(unit).into()),
            "SQ025" => StoreRefusal::Results(ResultRefusal::Touched).into(),
            "SQ026" => results(answer, ResultRefusal::NotReleased),
            "SQ012" => match answer.detail().map(EventId::new) {
                Some(Ok(event)) => StoreRefusal::SecondEvent(event).into(),
                _ => Fault::Database(text).into(),
            },
            "57014" => Fault::TooSlow.into(),
            "53100" => Fault::DiskFull(text).into(),
            code if code.starts_with("08") || code.starts_with("57P") => {
                Fault::Connection(text).into()
            }
            code => Fault::Database(format!("{code} {text}")).into(),
        }
    }
}

/// What is there twice, in words.
fn twice(answer: &DbError) -> String {
    let what = match answer.table() {
        Some("event") => "an event of this code",
        Some("unit") => "the units of the event",
        Some("contest") => "a contest of the event",
        Some("sheet") => "a sheet of the event; another import may have brought it just now",
        Some("elector") => "an elector of the event",
        Some("placement") => "an elector on the list of a station",
        Some("account") => "an account of this service number",
        Some("proposal") => "a proposal about the account of this service number",
        Some("run") => "an entry of this number in the journal",
        Some(table) => table,
        None => answer.message(),
    };
    what.to_owned()
}

/// The refusal of a guard of the day of a station.
fn day(answer: &DbError, no: StationDayRefusal) -> StoreError {
    guarded(answer, |unit| StoreRefusal::StationDay(unit, no))
}

/// The refusal of a guard that names a contest in the detail of its answer.
fn results(answer: &DbError, refusal: fn(ContestCode) -> ResultRefusal) -> StoreError {
    match answer.detail().map(ContestCode::new) {
        Some(Ok(contest)) => StoreRefusal::Results(refusal(contest)).into(),
        _ => Fault::Database(answer.message().to_owned()).into(),
    }
}

/// The refusal of a guard that names a station in the detail of its answer.
fn guarded(answer: &DbError, refusal: impl FnOnce(UnitCode) -> StoreRefusal) -> StoreError {
    match answer.detail().map(UnitCode::new) {
        Some(Ok(unit)) => refusal(unit).into(),
        _ => Fault::Database(answer.message().to_owned()).into(),
    }
}
