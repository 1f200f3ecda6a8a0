//! Why figures are not added up, not shown, or not certified.

use sanduq_core::count::Overflow;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_core::typed::TypedRefusal;

/// Why figures are not added up, not shown, or not certified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ResultRefusal {
    /// The contest is put to a unit that the geography does not have.
    UnknownUnit(UnitCode),
    /// A sheet is of a station that the contest does not have.
    UnknownStation(UnitCode),
    /// Two sheets of one station would count (INV-26).
    CountedTwice(UnitCode),
    /// A sheet is taken out of the totals that is not in them.
    NotCounted(UnitCode),
    /// A sheet has not as many lines as the contest (INV-27).
    WrongLines(UnitCode),
    /// A sum does not fit in 64 bits; a forged sheet may have such figures.
    Overflow,
    /// A unit's figures are not the sum of those directly below it (INV-24).
    SumDiffers(UnitCode),
    /// A station of the contest has not closed (INV-31).
    StationOpen(UnitCode),
    /// The release is that of another contest.
    OtherContest(ContestCode),
    /// Both signatures of a certification are of one person or one organ, or of an organ that has
    /// no part in it (TP-09).
    Signatures,
    /// The figures of the contest are locked still (INV-31).
    NotReleased(ContestCode),
    /// The sheet of a station waits for somebody, so nobody can certify the whole.
    SheetWaits(UnitCode),
    /// A station has no sheet in the totals.
    SheetMissing(UnitCode),
    /// The executive has proposed these totals already.
    AlreadyProposed,
    /// Nothing is proposed that could be signed or refused.
    NothingProposed,
    /// The totals are not those that were read, or that were proposed.
    Changed,
    /// A sheet of the contest has been touched since its totals were proposed.
    Touched,
    /// The result is final: both organs have certified it, and its sheets stay as they are.
    Certified(ContestCode),
    /// A proposal is refused without a reason.
    NoReason,
    /// The reason is not as the journal keeps texts.
    Text(TypedRefusal),
}

impl Refusal for ResultRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownUnit(_) => "results.unknown_unit",
            Self::UnknownStation(_) => "results.unknown_station",
            Self::CountedTwice(_) => "results.counted_twice",
            Self::NotCounted(_) => "results.not_counted",
            Self::WrongLines(_) => "results.wrong_lines",
            Self::Overflow => "results.overflow",
            Self::SumDiffers(_) => "results.sum_differs",
            Self::StationOpen(_) => "results.station_open",
            Self::OtherContest(_) => "results.other_contest",
            Self::Signatures => "results.signatures",
            Self::NotReleased(_) => "results.not_released",
            Self::SheetWaits(_) => "results.sheet_waits",
            Self::SheetMissing(_) => "results.sheet_missing",
            Self::AlreadyProposed => "results.already_proposed",
            Self::NothingProposed => "results.nothing_proposed",
            Self::Changed => "results.changed",
            Self::Touched => "results.touched",
            Self::Certified(_) => "results.final",
            Self::NoReason => "results.no_reason",
            Self::Text(refusal) => refusal.code(),
        }
    }
}

impl core::fmt::Display for ResultRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::UnknownUnit(unit) => write!(f, "the geography has no unit {unit}"),
            Self::UnknownStation(unit) => write!(f, "the contest has no station {unit}"),
            Self::CountedTwice(unit) => write!(f, "two sheets of station {unit} would count"),
            Self::NotCounted(unit) => write!(f, "no sheet of station {unit} is in the totals"),
            Self::WrongLines(unit) => {
                write!(
                    f,
                    "the sheet of {unit} has not as many lines as the contest"
                )
            }
            Self::Overflow => f.write_str("a sum does not fit in 64 bits; look for a forged sheet"),
            Self::SumDiffers(unit) => {
                write!(
                    f,
                    "the figures of {unit} are not the sum of those directly below it"
                )
            }
            Self::StationOpen(unit) => write!(
                f,
                "station {unit} has not closed; candidates' figures stay locked"
            ),
            Self::OtherContest(contest) => write!(f, "the release is that of contest {contest}"),
            Self::Signatures => f.write_str(
                "a certification is signed by two persons, one of the executive and one of the \
                 supervision",
            ),
            Self::NotReleased(contest) => write!(f, "the figures of {contest} are not released"),
            Self::SheetWaits(unit) => write!(f, "the sheet of station {unit} waits for somebody"),
            Self::SheetMissing(unit) => write!(f, "no sheet of station {unit} is in the totals"),
            Self::AlreadyProposed => f.write_str("these totals are proposed already"),
            Self::NothingProposed => f.write_str("nothing is proposed: look at the contest again"),
            Self::Changed => {
                f.write_str("the totals are not those that were read: read them again, then decide")
            }
            Self::Touched => f.write_str(
                "a sheet of the contest has been touched since: the executive proposes anew",
            ),
            Self::Certified(contest) => {
                write!(
                    f,
                    "the result of {contest} is final: its sheets stay as they are"
                )
            }
            Self::NoReason => f.write_str("say why it is refused"),
            Self::Text(refusal) => refusal.fmt(f),
        }
    }
}

impl core::error::Error for ResultRefusal {}

impl From<Overflow> for ResultRefusal {
    fn from(_: Overflow) -> Self {
        Self::Overflow
    }
}
