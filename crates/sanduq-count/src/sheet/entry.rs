//! From the paper's arrival to the end of typing: received, entered by one person, entered by
//! another who sees nothing of the first entry, and, where the two differ, looked at by a third.

use super::Figures;
use super::Finding;
use super::Keyed;
use super::Salt;
use super::Salts;
use super::Sheet;
use super::SheetKey;
use super::SheetRefusal;
use super::SheetState;
use super::paper::Line;
use super::paper::Paper;
use super::paper::digest;
use super::way::Day;
use super::way::may;
use super::way::may_act;
use super::way::next_version;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::count::Votes;
use std::collections::BTreeMap;

/// The entry of an act on one version of a sheet.
pub(super) fn entry(act: Act, key: &SheetKey, version: u32, by: &Actor, at: Timestamp) -> Entry {
    Entry::new(act, by, at)
        .with("contest", &key.contest)
        .with("station", &key.station)
        .with("version", version)
}

/// The codes of findings as the journal holds them.
pub(super) fn failures(findings: &[Finding]) -> String {
    let codes: Vec<_> = findings.iter().map(|found| found.check.as_str()).collect();
    codes.join(",")
}

/// A sheet comes in. `before` is its last version, `salts` is where its salt comes from, `day` is
/// that of its station.
///
/// # Errors
/// The station has a sheet that was not returned or superseded, never opened, or has not closed.
pub fn receive(
    before: Option<&Sheet>,
    (key, salts): (&SheetKey, &Salts),
    day: Day,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Sheet>, SheetRefusal> {
    let version = next_version(before.map(|sheet| (sheet.version, sheet.state.stand())))?;
    day.counted(at)?;
    may_act(Act::SheetReceived, by)?;
    Ok(Change {
        next: Sheet {
            key: key.clone(),
            version,
            salt: salts.version(key, version),
            state: SheetState::Received,
        },
        entry: entry(Act::SheetReceived, key, version, by, at),
    })
}

/// One person types the sheet.
///
/// # Errors
/// The sheet is not waiting for it, or the figures do not fit the paper.
pub fn first_entry(
    paper: &Paper<'_>,
    sheet: &Sheet,
    figures: Figures,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Sheet>, SheetRefusal> {
    may(sheet.state.stand(), Act::SheetFirstEntered, by)?;
    paper.fits(&figures)?;
    let first = keyed(by, at, figures);
    Ok(Change {
        next: with(sheet, SheetState::FirstEntered { first }),
        entry: entry(Act::SheetFirstEntered, &sheet.key, sheet.version, by, at),
    })
}

/// Another person types the sheet without having seen the first entry. When both have read the
/// same, the checks decide; otherwise the sheet is differing.
///
/// # Errors
/// The sheet is not waiting for it, the person is the first one, or the figures do not fit.
pub fn second_entry(
    paper: &Paper<'_>,
    sheet: &Sheet,
    figures: Figures,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Sheet>, SheetRefusal> {
    let SheetState::FirstEntered { first } = &sheet.state else {
        return Err(SheetRefusal::NotForSecondEntry(sheet.state.code()));
    };
    may(sheet.state.stand(), Act::SheetSecondEntered, by)?;
    paper.fits(&figures)?;
    let lines = paper.differing(&first.figures, &figures);
    if lines.is_empty() {
        return Ok(checked(paper, sheet, figures, by, at));
    }
    let state = SheetState::Differing {
        first: first.clone(),
        second: keyed(by, at, figures),
    };
    Ok(Change {
        next: with(sheet, state),
        entry: entry(Act::SheetSecondEntered, &sheet.key, sheet.version, by, at)
            .with("differing", listed(&lines)),
    })
}

/// The lines in which the two entries of a sheet differ; empty when it is in another state. The
/// figures themselves are not told, so that the third look is blind too.
#[must_use]
pub fn differences(paper: &Paper<'_>, sheet: &Sheet) -> Vec<Line> {
    match &sheet.state {
        SheetState::Differing { first, second } => paper.differing(&first.figures, &second.figures),
        _ => Vec::new(),
    }
}

/// A third person reads the differing lines, all of them and no others, from the paper again.
///
/// A line is settled when the third person reads what one of the two had read: then two persons
/// have read it alike, which is what double entry asks for (INV-28). A figure that nobody had read
/// before is one person's reading only. It takes the place of the first entry in that line, and the
/// line stays open for yet another person: it must be entered twice like any other. This is why a
/// person of the two may not be the third, for they would only confirm themselves.
///
/// # Errors
/// The sheet is not differing, the person is one of the two, or the lines are not those that
/// differ.
pub fn correct_differences(
    paper: &Paper<'_>,
    sheet: &Sheet,
    corrections: &BTreeMap<Line, Option<Votes>>,
    by: &Actor,
    at: Timestamp,
) -> Result<Change<Sheet>, SheetRefusal> {
    let SheetState::Differing { first, second } = &sheet.state else {
        return Err(SheetRefusal::NotDiffering(sheet.state.code()));
    };
    may(sheet.state.stand(), Act::SheetCorrected, by)?;
    let lines = paper.differing(&first.figures, &second.figures);
    if let Some(other) = corrections.keys().find(|line| !lines.contains(line)) {
        return Err(SheetRefusal::NotADifference(other.clone()));
    }
    let mut third = first.figures.clone();
    let mut settled = second.figures.clone();
    for line in &lines {
        let Some(read) = corrections.get(line) else {
            return Err(SheetRefusal::StillDiffering(line.clone()));
        };
        let slot = paper.figure(&mut third, line);
        let slot = slot.expect("a line that differs is on the paper");
        if *slot == *read {
            let second = paper.figure(&mut settled, line);
            *second.expect("a line that differs is on the paper") = *read;
        }
        *slot = *read;
    }
    let open = paper.differing(&third, &settled);
    if open.is_empty() {
        let mut change = checked(paper, sheet, settled, by, at);
        change.entry = change.entry.with("corrected", listed(&lines));
        return Ok(change);
    }
    let state = SheetState::Differing {
        first: keyed(by, at, third),
        second: Keyed {
            figures: settled,
            ..second.clone()
        },
    };
    Ok(Change {
        next: with(sheet, state),
        entry: entry(Act::SheetCorrected, &sheet.key, sheet.version, by, at)
            .with("differing", listed(&open)),
    })
}

/// Figures on which two persons agree meet the checks: accepted, or held back.
fn checked(
    paper: &Paper<'_>,
    sheet: &Sheet,
    figures: Figures,
    by: &Actor,
    at: Timestamp,
) -> Change<Sheet> {
    let findings = paper.failing(&figures.fields, &figures.choices);
    judged(
        paper,
        &sheet.key,
        (sheet.version, sheet.salt),
        (figures, findings),
        by,
        at,
    )
}

/// Accepted when no finding holds back, otherwise quarantined; the entry names both outcome and
/// findings.
pub(super) fn judged(
    paper: &Paper<'_>,
    key: &SheetKey,
    (version, salt): (u32, Salt),
    (figures, findings): (Figures, Vec<Finding>),
    by: &Actor,
    at: Timestamp,
) -> Change<Sheet> {
    let held = findings.iter().any(Finding::holds_back);
    let act = if held {
        Act::SheetQuarantined
    } else {
        Act::SheetAccepted
    };
    let digest = digest(paper, key, (version, salt), &figures);
    let mut entry = entry(act, key, version, by, at).with("digest", digest);
    if !findings.is_empty() {
        entry = entry.with("failures", failures(&findings));
    }
    let state = if held {
        SheetState::Quarantined {
            figures,
            findings,
            proposal: None,
        }
    } else {
        SheetState::Accepted {
            figures,
            findings,
            decision: None,
            proposal: None,
        }
    };
    Change {
        next: Sheet {
            key: key.clone(),
            version,
            salt,
            state,
        },
        entry,
    }
}

fn keyed(by: &Actor, at: Timestamp, figures: Figures) -> Keyed {
    Keyed {
        by: by.clone(),
        at,
        figures,
    }
}

pub(super) fn with(sheet: &Sheet, state: SheetState) -> Sheet {
    Sheet {
        key: sheet.key.clone(),
        version: sheet.version,
        salt: sheet.salt,
        state,
    }
}

fn listed(lines: &[Line]) -> String {
    let lines: Vec<_> = lines.iter().map(Line::to_string).collect();
    lines.join(",")
}
