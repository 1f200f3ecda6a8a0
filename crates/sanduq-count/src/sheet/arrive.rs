//! Sheets that come in as data, already read: from a file or from a station's device. They meet the
//! checks at once. A second sheet of one station is either the same one sent twice, which changes
//! nothing (E62), or another one, and then neither counts until both organs have decided (E63).

use super::Figures;
use super::Finding;
use super::Salts;
use super::Sheet;
use super::SheetKey;
use super::SheetRefusal;
use super::SheetState;
use super::entry::judged;
use super::paper::Paper;
use super::way::Day;
use super::way::may_act;
use super::way::next_version;
use crate::form::Severity;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;

/// The code under which two different sheets of one station are reported.
pub const CONFLICT: &str = "conflict";

/// What a second sheet of one station does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It is the same sheet again: nothing changes.
    Same,
    /// It is another sheet: both are kept, neither counts. One transaction writes both.
    Conflict {
        /// The sheet that was there, held back now.
        first: Box<Change<Sheet>>,
        /// The sheet that came, as the next version, held back.
        second: Box<Change<Sheet>>,
    },
}

fn conflict() -> Finding {
    Finding::of(CONFLICT, Severity::Critical)
}

/// A sheet comes in as data. `before` is its last version, `salts` is where its salt comes from,
/// `day` is that of its station; `noted` are findings about how it came (a cut row), which count
/// like failed checks.
///
/// # Errors
/// The station has a sheet that was not returned or superseded, never opened or has not closed, or
/// the figures do not fit the paper.
pub fn arrive(
    paper: &Paper<'_>,
    before: Option<&Sheet>,
    (key, salts): (&SheetKey, &Salts),
    day: Day,
    (figures, mut noted): (Figures, Vec<Finding>),
    (by, at): (&Actor, Timestamp),
) -> Result<Change<Sheet>, SheetRefusal> {
    let version = next_version(before.map(|sheet| (sheet.version, sheet.state.stand())))?;
    day.counted(at)?;
    may_act(Act::SheetAccepted, by)?;
    paper.fits(&figures)?;
    noted.extend(paper.failing(&figures.fields, &figures.choices));
    let own = (version, salts.version(key, version));
    Ok(judged(paper, key, own, (figures, noted), by, at))
}

/// A sheet comes in as data for a station that has one; `salts` is where the salt of another sheet
/// comes from.
///
/// # Errors
/// The sheet that is there has no figures that two persons agree on, so that nobody can say whether
/// this is the same; or the figures do not fit the paper.
pub fn arrive_again(
    paper: &Paper<'_>,
    (sheet, salts): (&Sheet, &Salts),
    figures: Figures,
    (by, at): (&Actor, Timestamp),
) -> Result<Arrival, SheetRefusal> {
    let (known, findings) = match &sheet.state {
        SheetState::Accepted {
            figures, findings, ..
        }
        | SheetState::Quarantined {
            figures, findings, ..
        } => (figures, findings),
        SheetState::Returned { .. } | SheetState::Superseded { .. } => {
            return Err(SheetRefusal::NotCurrent(sheet.state.code()));
        }
        state => return Err(SheetRefusal::AlreadyReceived(state.code())),
    };
    may_act(Act::SheetAccepted, by)?;
    paper.fits(&figures)?;
    if *known == figures {
        return Ok(Arrival::Same);
    }
    let mut held = findings.clone();
    if !held.contains(&conflict()) {
        held.insert(0, conflict());
    }
    let read = (known.clone(), held);
    let own = (sheet.version, sheet.salt);
    let first = judged(paper, &sheet.key, own, read, by, at);
    let mut found = vec![conflict()];
    found.extend(paper.failing(&figures.fields, &figures.choices));
    let version = sheet.version + 1;
    let next = (version, salts.version(&sheet.key, version));
    let second = judged(paper, &sheet.key, next, (figures, found), by, at);
    Ok(Arrival::Conflict {
        first: Box::new(first),
        second: Box::new(second),
    })
}
