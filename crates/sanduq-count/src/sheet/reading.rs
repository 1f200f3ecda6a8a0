//! What each person typed of a version of a sheet, for the organs that decide on it. Always true
//! here: it follows from the states that the version had and from the entry that ended its typing;
//! of a version that is still being typed there is nothing, because whoever types next must not
//! have seen it (INV-28).

use super::Figures;
use super::Keyed;
use super::Sheet;
use super::SheetState;
use super::paper::Line;
use super::paper::Paper;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::count::Votes;
use sanduq_core::id::ActorId;
use std::collections::BTreeMap;

/// What one person typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Who.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
    /// Line by line; a line that this person was not asked for is missing, one that is empty on the
    /// paper is `None`.
    pub lines: BTreeMap<Line, Option<Votes>>,
}

/// What each person typed of the version that `states` are the states of, the first one first, in
/// the order in which they typed; empty when nobody did, or not to the end. `entries` are those of
/// the journal about the sheet.
#[must_use]
pub fn readings<'e>(
    paper: &Paper<'_>,
    states: &[Sheet],
    entries: impl Iterator<Item = &'e Entry>,
) -> Vec<Reading> {
    let Some(version) = states.first().map(|sheet| sheet.version) else {
        return Vec::new();
    };
    let mut readings = Vec::new();
    for pair in states.windows(2) {
        let typed = match (&pair[0].state, &pair[1].state) {
            (SheetState::Received, SheetState::FirstEntered { first }) => all(paper, first),
            (SheetState::FirstEntered { .. }, SheetState::Differing { second, .. }) => {
                all(paper, second)
            }
            (
                SheetState::Differing { first, second },
                SheetState::Differing { first: third, .. },
            ) => {
                let asked = paper.differing(&first.figures, &second.figures);
                of(paper, third, asked)
            }
            (before, after) => {
                let ended = after.public().zip(ending(version, entries));
                let last = ended.and_then(|(figures, entry)| last(paper, before, figures, entry));
                let whole = last.is_some();
                readings.extend(last);
                return if whole { readings } else { Vec::new() };
            }
        };
        readings.push(typed);
    }
    Vec::new()
}

/// The entry by which the typing of a version ended.
fn ending<'e>(version: u32, mut entries: impl Iterator<Item = &'e Entry>) -> Option<&'e Entry> {
    let version = version.to_string();
    entries.find(|entry| {
        let own = entry.facts.get("version") == Some(&version);
        let act = Act::from_code(&entry.act);
        own && matches!(act, Some(Act::SheetAccepted | Act::SheetQuarantined))
    })
}

/// What the last person typed, who brought these figures about.
fn last(
    paper: &Paper<'_>,
    before: &SheetState,
    figures: &Figures,
    entry: &Entry,
) -> Option<Reading> {
    let keyed = Keyed {
        by: Actor {
            id: entry.actor.clone(),
            organ: entry.organ,
        },
        at: entry.at,
        figures: figures.clone(),
    };
    match before {
        SheetState::FirstEntered { .. } => Some(all(paper, &keyed)),
        // A line is settled by what the last person reads: the figures have it there.
        SheetState::Differing { first, second } => {
            let asked = paper.differing(&first.figures, &second.figures);
            Some(of(paper, &keyed, asked))
        }
        _ => None,
    }
}

fn all(paper: &Paper<'_>, keyed: &Keyed) -> Reading {
    let fields = paper.form().fields.iter();
    let fields = fields.map(|field| Line::Field(field.code.clone()));
    let choices = paper.contest().choices.iter();
    let choices = choices.map(|choice| Line::Choice(choice.code.clone()));
    of(paper, keyed, fields.chain(choices).collect())
}

fn of(paper: &Paper<'_>, keyed: &Keyed, lines: Vec<Line>) -> Reading {
    let mut figures = keyed.figures.clone();
    let mut read = |line: Line| {
        let votes = *paper.figure(&mut figures, &line)?;
        Some((line, votes))
    };
    Reading {
        by: keyed.by.id.clone(),
        at: keyed.at,
        lines: lines.into_iter().filter_map(&mut read).collect(),
    }
}
