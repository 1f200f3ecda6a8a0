//! What must hold of the sheets and the totals of a contest, whatever happened to them
//! (requirements D.3). The store asserts it in rehearsals, the publication on every edition, and
//! the stranger's checker from public files alone.
//!
//! | invariant | where it is kept |
//! |---|---|
//! | INV-22 checks hold or a case exists | [`hold`] |
//! | INV-23 the headline of a sheet | the form's checks, by INV-22: what balances is law |
//! | INV-24 totals are sums of accepted sheets | [`hold`] |
//! | INV-25 an accepted version does not change | [`hold`], against an earlier state |
//! | INV-26 one current sheet for each station | [`hold`], [`super::Tally`] |
//! | INV-27 lines bound by code, in ballot order | [`hold`], the digest |
//! | INV-28 two entries or two organs | the types of `sheet`; [`hold`] for the two organs |
//! | INV-29 image, data and copy agree | needs images; not kept here |
//! | INV-30 sums agree at every level | INV-24 |
//! | INV-31 the lock | [`super::Release`] |

use super::ResultRefusal;
use super::Tally;
use super::tally;
use crate::form::Finding;
use crate::sheet::Paper;
use crate::sheet::Sheet;
use crate::sheet::SheetState;
use sanduq_core::geography::Geography;
use sanduq_core::id::UnitCode;
use std::collections::BTreeMap;

/// An invariant that does not hold, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Its number in the requirements (`INV-26`).
    pub invariant: &'static str,
    /// The station or unit; none for the contest as a whole.
    pub unit: Option<UnitCode>,
    /// What is the case instead.
    pub what: String,
}

impl core::fmt::Display for Broken {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match &self.unit {
            Some(unit) => write!(f, "{} at {unit}: {}", self.invariant, self.what),
            None => write!(f, "{}: {}", self.invariant, self.what),
        }
    }
}

impl core::error::Error for Broken {}

fn broken(invariant: &'static str, sheet: &Sheet, what: impl Into<String>) -> Broken {
    Broken {
        invariant,
        unit: Some(sheet.key.station.clone()),
        what: what.into(),
    }
}

/// Whether everything holds for one contest: `sheets` are all its versions, `tally` its totals at
/// the same snapshot, `earlier` its sheets at an earlier one, where there is one.
///
/// # Errors
/// The first [`Broken`] invariant, in the order of the sheets.
pub fn hold(
    paper: &Paper<'_>,
    geography: &Geography,
    sheets: &[Sheet],
    tally: &Tally,
    earlier: &[Sheet],
) -> Result<(), Broken> {
    for sheet in sheets {
        inv_27(paper, sheet)?;
        inv_22(paper, sheet)?;
        inv_28(sheet)?;
    }
    inv_26(sheets)?;
    inv_25(sheets, earlier)?;
    inv_24(paper, geography, sheets, tally)
}

/// The checks of every sheet hold, or it says which do not: held back when one of them holds back,
/// unless both organs have decided.
fn inv_22(paper: &Paper<'_>, sheet: &Sheet) -> Result<(), Broken> {
    let (figures, findings, decided) = match &sheet.state {
        SheetState::Accepted {
            figures,
            findings,
            decision,
            ..
        } => (figures, findings, decision.is_some()),
        SheetState::Quarantined {
            figures, findings, ..
        } => (figures, findings, false),
        _ => return Ok(()),
    };
    for failed in paper.failing(&figures.fields, &figures.choices) {
        if !findings.contains(&failed) {
            let what = format!("check {} fails and is not noted", failed.check);
            return Err(broken("INV-22", sheet, what));
        }
    }
    let holds_back = findings.iter().any(Finding::holds_back);
    let counted = sheet.state.counted().is_some();
    match (counted, holds_back) {
        (true, true) if !decided => Err(broken("INV-22", sheet, "a failed check was passed over")),
        (false, false) => Err(broken("INV-22", sheet, "it is held back without a reason")),
        _ => Ok(()),
    }
}

/// The tally is that of the accepted sheets, and adds up at every level.
fn inv_24(
    paper: &Paper<'_>,
    geography: &Geography,
    sheets: &[Sheet],
    given: &Tally,
) -> Result<(), Broken> {
    let whole = |refusal: ResultRefusal| Broken {
        invariant: "INV-24",
        unit: None,
        what: refusal.to_string(),
    };
    given.check_sums(geography).map_err(whole)?;
    let again = tally(geography, paper.form(), paper.contest(), sheets).map_err(whole)?;
    if again != *given {
        return Err(Broken {
            invariant: "INV-24",
            unit: None,
            what: "the totals are not those of the accepted sheets".to_owned(),
        });
    }
    Ok(())
}

/// What was accepted has the same figures, or has left the totals with them.
fn inv_25(sheets: &[Sheet], earlier: &[Sheet]) -> Result<(), Broken> {
    let now: BTreeMap<_, _> = sheets.iter().map(|s| ((&s.key, s.version), s)).collect();
    for before in earlier {
        let Some(figures) = before.state.counted() else {
            continue;
        };
        let kept = now.get(&(&before.key, before.version));
        if kept.and_then(|sheet| sheet.state.public()) != Some(figures) {
            let what = format!("accepted version {} has changed or is gone", before.version);
            return Err(broken("INV-25", before, what));
        }
    }
    Ok(())
}

/// One version of a sheet counts at most, versions begin with 1 and leave none out.
fn inv_26(sheets: &[Sheet]) -> Result<(), Broken> {
    let mut stations: BTreeMap<&UnitCode, Vec<&Sheet>> = BTreeMap::new();
    for sheet in sheets {
        stations.entry(&sheet.key.station).or_default().push(sheet);
    }
    for versions in stations.values_mut() {
        versions.sort_by_key(|sheet| sheet.version);
        for (before, sheet) in versions.iter().enumerate() {
            if u32::try_from(before + 1).ok() != Some(sheet.version) {
                let what = format!("version {} does not follow another", sheet.version);
                return Err(broken("INV-26", sheet, what));
            }
        }
        let mut counted = versions
            .iter()
            .filter(|sheet| sheet.state.counted().is_some());
        if let (Some(_), Some(second)) = (counted.next(), counted.next()) {
            return Err(broken("INV-26", second, "two versions count"));
        }
    }
    Ok(())
}

/// As many lines as the paper has, so that each is bound to its code.
fn inv_27(paper: &Paper<'_>, sheet: &Sheet) -> Result<(), Broken> {
    let Some(figures) = sheet.state.public() else {
        return Ok(());
    };
    if paper.takes(figures) {
        return Ok(());
    }
    Err(broken(
        "INV-27",
        sheet,
        "it has not as many lines as the paper",
    ))
}

/// A decision is that of two persons of two organs.
fn inv_28(sheet: &Sheet) -> Result<(), Broken> {
    let decision = match &sheet.state {
        SheetState::Accepted { decision, .. } => decision.as_ref(),
        SheetState::Returned { decision } | SheetState::Superseded { decision, .. } => {
            Some(decision)
        }
        _ => None,
    };
    let Some(decision) = decision else {
        return Ok(());
    };
    let first = &decision.proposal.by;
    let second = decision.countersign.by();
    if first.id == second.id || first.organ == second.organ {
        return Err(broken(
            "INV-28",
            sheet,
            "one person or one organ has decided alone",
        ));
    }
    Ok(())
}
