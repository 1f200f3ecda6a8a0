//! Typing sheets: the number of the station, the lines as they stand on the paper, the next one.
//!
//! ```text
//! /desk/entry ─ number ─▶ /desk/entry/{contest}/{station} ─ figures ─▶ /desk/entry?saved=…
//!      └─────── next ───▶          first │ second │ differences
//! ```
//!
//! Always true here: nobody is shown what another person typed, nor a sum by which the figures
//! could be bent; the arithmetic is told when two persons have read the same (requirements A.5,
//! data-entry clerk; INV-28). What was typed is handed back with every no.

mod form;
pub(crate) mod lines;
mod table;
pub(crate) mod typed;

pub(crate) use form::first;
pub(crate) use form::fresh;
pub(crate) use form::look;
pub use form::save;
pub use form::show;
pub(crate) use table::failing;
pub use table::next;
pub(crate) use table::said;
pub use table::table;

use crate::app::App;
use crate::asked::Asked;
use crate::page::Reader;
use crate::refusal::No;
use crate::sheet;
use crate::sheet::Which;
use crate::view::View;
use sanduq_core::act::Actor;
use sanduq_count::sheet::Day;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetRefusal;
use sanduq_count::sheet::SheetState;
use sanduq_count::sheet::differences;

/// What somebody is to type of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// All lines, as the first.
    First,
    /// All lines, as the second, who has not seen the first entry.
    Second,
    /// The lines in which the two differ.
    Third(Vec<Line>),
}

impl Turn {
    /// The word in the form and in the keys of sentences.
    const fn code(&self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Second => "second",
            Self::Third(_) => "third",
        }
    }

    /// The lines to type.
    fn lines(&self, paper: &Paper<'_>) -> Vec<Line> {
        match self {
            Self::First | Self::Second => typed::lines(paper),
            Self::Third(lines) => lines.clone(),
        }
    }

    /// What this person is to type of a sheet with these versions.
    fn of(paper: &Paper<'_>, versions: &[Sheet], who: &Reader) -> Result<Self, SheetRefusal> {
        let Some(sheet) = versions.last() else {
            return Ok(Self::First);
        };
        let other = |own: &sanduq_count::sheet::Keyed| own.by.id != who.id;
        match &sheet.state {
            SheetState::Received | SheetState::Returned { .. } | SheetState::Superseded { .. } => {
                Ok(Self::First)
            }
            SheetState::FirstEntered { first } if other(first) => Ok(Self::Second),
            SheetState::Differing { first, second } if other(first) && other(second) => {
                Ok(Self::Third(differences(paper, sheet)))
            }
            SheetState::FirstEntered { .. } | SheetState::Differing { .. } => {
                Err(SheetRefusal::SamePerson)
            }
            SheetState::Accepted { .. } | SheetState::Quarantined { .. } => {
                Err(SheetRefusal::AlreadyReceived(sheet.state.code()))
            }
        }
    }
}

/// In whose name somebody acts.
pub(crate) fn actor(reader: &Reader) -> Actor {
    Actor {
        id: reader.id.clone(),
        organ: reader.role.organ(),
    }
}

/// A sheet that somebody works on: which it is, and what it is written on.
pub(crate) struct Named<'a> {
    pub(crate) which: Which<'a>,
    pub(crate) paper: Paper<'a>,
    pub(crate) key: SheetKey,
}

impl<'a> Named<'a> {
    /// The sheet of these codes; none when the station owes no such sheet.
    pub(crate) fn find(view: &'a View, [contest, station]: [&str; 2]) -> Option<Self> {
        let which = sheet::find(view, contest, station, None)?;
        let unit = view.snapshot.geography.unit(which.station);
        Some(Self {
            paper: Paper::new(view.form(which.entry)?, &which.entry.contest),
            key: SheetKey {
                contest: which.entry.contest.code.clone(),
                station: unit.code.clone(),
            },
            which,
        })
    }

    /// Every version of it, as its organ may read it.
    pub(crate) async fn versions(
        &self,
        app: &App,
        asked: &Asked,
        reader: &Reader,
    ) -> Result<Vec<Sheet>, No> {
        let versions = app.source().sheet_versions(reader.role.organ(), &self.key);
        versions.await.map_err(|failed| asked.failed(app, &failed))
    }
}

/// The day of a sheet's station, as far as the sheet depends on it.
fn day(view: &View, which: &Which<'_>) -> Day {
    let (days, law) = (&view.snapshot.days, &view.snapshot.profile);
    if let Some(opens) = law.instant(law.opens_minute).filter(|_| days.is_empty()) {
        return Day::ByLaw(opens);
    }
    let station = &view.snapshot.geography.unit(which.station).code;
    let day = view.station_day(station);
    match day.map(|day| (day.opened, day.closed)) {
        Some((_, Some(closed))) => Day::Closed(closed),
        Some((Some(_), None)) => Day::Open,
        Some((None, None)) | None => Day::Ready,
    }
}
