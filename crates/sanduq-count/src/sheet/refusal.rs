//! Why a fact about a sheet is refused.

use super::paper::Line;
use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;
use sanduq_core::typed::TypedRefusal;

/// Why a fact about a sheet is refused. Each rule checks in the order of this list: first whether
/// the sheet is where the fact finds it, then who asks, then what they bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetRefusal {
    /// The station never opened: there can be no sheet of it (E78).
    StationNeverOpened,
    /// The station has not closed, or not yet at this instant: nobody has counted (INV-20).
    StationNotClosed,
    /// The station has a sheet for this contest already, in this state.
    AlreadyReceived(&'static str),
    /// The sheet that was there does not stand any more, but is in this state: what comes in now is
    /// the next version.
    NotCurrent(&'static str),
    /// The sheet is not waiting for its first entry, but in this state.
    NotForFirstEntry(&'static str),
    /// The sheet is not waiting for its second entry, but in this state.
    NotForSecondEntry(&'static str),
    /// The two entries do not differ; the sheet is in this state.
    NotDiffering(&'static str),
    /// A sheet in this state is not for both organs to decide.
    NotForDecision(&'static str),
    /// A proposal is waiting for the second organ.
    AlreadyProposed,
    /// Nothing has been proposed that could be signed or refused.
    NothingProposed,
    /// Another version of the sheet is in the totals; it must leave them first (INV-26).
    OtherVersionCounts(u32),
    /// An accepted sheet cannot be accepted again.
    NothingToAccept,
    /// The person has done an earlier part of this and may not do this part (INV-28, INV-48).
    SamePerson,
    /// Both signatures would be of one organ.
    SameOrgan,
    /// This organ has no part in it.
    WrongOrgan(Organ),
    /// The figures are not as many as the form and the contest have lines (INV-27).
    WrongLines,
    /// The line is not one in which the two entries differ.
    NotADifference(Line),
    /// The two entries differ in this line too, and no figure is given for it.
    StillDiffering(Line),
    /// A decision, or the refusal of one, without its ground.
    NoGround,
    /// The ground or reason is none that the journal keeps.
    Text(TypedRefusal),
}

impl Refusal for SheetRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::StationNeverOpened => "sheet.station_never_opened",
            Self::StationNotClosed => "sheet.station_not_closed",
            Self::AlreadyReceived(_) => "sheet.already_received",
            Self::NotCurrent(_) => "sheet.not_current",
            Self::NotForFirstEntry(_) => "sheet.not_for_first_entry",
            Self::NotForSecondEntry(_) => "sheet.not_for_second_entry",
            Self::NotDiffering(_) => "sheet.not_differing",
            Self::NotForDecision(_) => "sheet.not_for_decision",
            Self::AlreadyProposed => "sheet.already_proposed",
            Self::NothingProposed => "sheet.nothing_proposed",
            Self::OtherVersionCounts(_) => "sheet.other_version_counts",
            Self::NothingToAccept => "sheet.nothing_to_accept",
            Self::SamePerson => "sheet.same_person",
            Self::SameOrgan => "sheet.same_organ",
            Self::WrongOrgan(_) => "sheet.wrong_organ",
            Self::WrongLines => "sheet.wrong_lines",
            Self::NotADifference(_) => "sheet.not_a_difference",
            Self::StillDiffering(_) => "sheet.still_differing",
            Self::NoGround => "sheet.no_ground",
            Self::Text(refusal) => refusal.code(),
        }
    }
}

impl SheetRefusal {
    /// The sentence of a refusal that says no more than its name.
    const fn plain(&self) -> &'static str {
        match self {
            Self::StationNeverOpened => "the station never opened; report the sheet as an incident",
            Self::StationNotClosed => {
                "the station has not closed; close it first, or report the sheet as an incident"
            }
            Self::AlreadyProposed => "a proposal is waiting for the second organ; answer it first",
            Self::NothingProposed => "nothing has been proposed for this sheet",
            Self::NothingToAccept => {
                "the sheet is accepted; propose other figures or its withdrawal"
            }
            Self::SamePerson => "another person must do this part than did the part before",
            Self::SameOrgan => "the second signature must be of the other organ",
            Self::WrongLines => "the figures are not as many as the form and the ballot have lines",
            Self::NoGround => "say on what ground",
            _ => "",
        }
    }
}

impl core::fmt::Display for SheetRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Text(refusal) => refusal.fmt(f),
            Self::AlreadyReceived(state) => write!(
                f,
                "the station has a sheet for this contest already; it is {state}"
            ),
            Self::NotCurrent(state) => {
                write!(
                    f,
                    "the sheet is {state}; what comes in now is its next version"
                )
            }
            Self::NotForFirstEntry(state) => {
                write!(
                    f,
                    "the sheet is not waiting for its first entry; it is {state}"
                )
            }
            Self::NotForSecondEntry(state) => {
                write!(
                    f,
                    "the sheet is not waiting for its second entry; it is {state}"
                )
            }
            Self::NotDiffering(state) => {
                write!(f, "the sheet has no two entries that differ; it is {state}")
            }
            Self::NotForDecision(state) => write!(
                f,
                "both organs decide on held back or accepted sheets; this is {state}"
            ),
            Self::OtherVersionCounts(version) => {
                write!(
                    f,
                    "version {version} of the sheet is in the totals and must leave them"
                )
            }
            Self::WrongOrgan(organ) => {
                write!(f, "the organ `{}` has no part in this", organ.code())
            }
            Self::NotADifference(line) => {
                write!(
                    f,
                    "the two entries agree in line {line}; it may not be given again"
                )
            }
            Self::StillDiffering(line) => {
                write!(
                    f,
                    "the two entries differ in line {line} too; give its figure"
                )
            }
            plain => f.write_str(plain.plain()),
        }
    }
}

impl core::error::Error for SheetRefusal {}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::id::FieldCode;

    type Row = (SheetRefusal, &'static str, &'static str);

    fn entering() -> Vec<Row> {
        use SheetRefusal as No;
        vec![
            (
                No::StationNeverOpened,
                "sheet.station_never_opened",
                "incident",
            ),
            (
                No::StationNotClosed,
                "sheet.station_not_closed",
                "close it first",
            ),
            (
                No::AlreadyReceived("accepted"),
                "sheet.already_received",
                "accepted",
            ),
            (
                No::NotCurrent("returned"),
                "sheet.not_current",
                "next version",
            ),
            (
                No::NotForFirstEntry("x"),
                "sheet.not_for_first_entry",
                "first entry",
            ),
            (
                No::NotForSecondEntry("x"),
                "sheet.not_for_second_entry",
                "second entry",
            ),
            (No::NotDiffering("x"), "sheet.not_differing", "differ"),
        ]
    }

    fn deciding() -> Vec<Row> {
        use SheetRefusal as No;
        let line = || Line::Field(FieldCode::new("f9").unwrap());
        vec![
            (
                No::NotForDecision("x"),
                "sheet.not_for_decision",
                "both organs",
            ),
            (
                No::AlreadyProposed,
                "sheet.already_proposed",
                "answer it first",
            ),
            (No::NothingProposed, "sheet.nothing_proposed", "nothing"),
            (
                No::OtherVersionCounts(2),
                "sheet.other_version_counts",
                "version 2",
            ),
            (
                No::NothingToAccept,
                "sheet.nothing_to_accept",
                "other figures",
            ),
            (No::SamePerson, "sheet.same_person", "another person"),
            (No::SameOrgan, "sheet.same_organ", "other organ"),
            (No::WrongOrgan(Organ::Audit), "sheet.wrong_organ", "`audit`"),
            (No::WrongLines, "sheet.wrong_lines", "as many"),
            (
                No::NotADifference(line()),
                "sheet.not_a_difference",
                "line f9",
            ),
            (
                No::StillDiffering(line()),
                "sheet.still_differing",
                "line f9",
            ),
            (No::NoGround, "sheet.no_ground", "ground"),
            (No::Text(TypedRefusal::TooLong(9)), "text.too_long", "9"),
            (
                No::Text(TypedRefusal::Sign('\u{202e}', 3)),
                "text.sign",
                "U+202E at place 3",
            ),
        ]
    }

    #[test]
    fn every_refusal_has_its_code_and_a_sentence_that_says_what_to_do() {
        for (refusal, code, says) in entering().into_iter().chain(deciding()) {
            assert_eq!(refusal.code(), code);
            assert!(refusal.to_string().contains(says), "{refusal}");
        }
    }
}
