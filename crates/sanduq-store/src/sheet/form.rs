//! How a sheet's state stands in columns: the word, the figures, and the rest as JSON. Always true
//! here: what was taken apart comes together again as it was. A figure that a view withholds comes
//! out as no figure, never as zero.

use crate::error::StoreError;
use crate::value::code;
use crate::value::column;
use crate::value::damaged;
use crate::value::figures_in;
use crate::value::figures_out;
use crate::value::json_in;
use crate::value::json_out;
use sanduq_count::sheet::Decision;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Finding;
use sanduq_count::sheet::Keyed;
use sanduq_count::sheet::Proposal;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use serde::Deserialize;
use serde::Serialize;
use tokio_postgres::Row;

/// Everything of a state but its word and the figures that count or are held back. Nothing that is
/// absent is written, so that the plain accepted sheet has no detail at all.
#[derive(Default, Serialize, Deserialize)]
struct Detail {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<Keyed>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    second: Option<Keyed>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<Decision>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposal: Option<Proposal>,
}

/// The columns of a state, but its word.
pub(crate) struct Columns<'a> {
    pub(crate) figures: Option<&'a Figures>,
    pub(crate) detail: Option<String>,
}

impl<'a> Columns<'a> {
    pub(crate) fn of(state: &'a SheetState) -> Result<Self, StoreError> {
        let detail = Detail::of(state);
        Ok(Self {
            figures: state.public(),
            detail: detail.map(|detail| json_in(&detail)).transpose()?,
        })
    }

    /// The figures of the form's fields as a value of a statement.
    pub(crate) fn fields(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let fields = self.figures.map(|figures| figures_in(&figures.fields));
        fields.transpose()
    }

    /// The figures of the choices as a value of a statement.
    pub(crate) fn choices(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let choices = self.figures.map(|figures| figures_in(&figures.choices));
        choices.transpose()
    }
}

impl Detail {
    /// `None` where the word and the figures say everything.
    fn of(state: &SheetState) -> Option<Self> {
        let mut detail = Self::default();
        match state {
            SheetState::Received => return None,
            SheetState::FirstEntered { first } => detail.first = Some(first.clone()),
            SheetState::Differing { first, second } => {
                detail.first = Some(first.clone());
                detail.second = Some(second.clone());
            }
            SheetState::Accepted {
                findings,
                decision,
                proposal,
                ..
            } => {
                if findings.is_empty() && decision.is_none() && proposal.is_none() {
                    return None;
                }
                detail.findings.clone_from(findings);
                detail.decision.clone_from(decision);
                detail.proposal.clone_from(proposal);
            }
            SheetState::Quarantined {
                findings, proposal, ..
            } => {
                detail.findings.clone_from(findings);
                detail.proposal.clone_from(proposal);
            }
            SheetState::Returned { decision } | SheetState::Superseded { decision, .. } => {
                detail.decision = Some(decision.clone());
            }
        }
        Some(detail)
    }

    fn into_state(self, word: &str, figures: Figures) -> Option<SheetState> {
        let (findings, proposal) = (self.findings, self.proposal);
        Some(match word {
            "received" => SheetState::Received,
            "first_entered" => SheetState::FirstEntered { first: self.first? },
            "differing" => SheetState::Differing {
                first: self.first?,
                second: self.second?,
            },
            "accepted" => SheetState::Accepted {
                figures,
                findings,
                decision: self.decision,
                proposal,
            },
            "quarantined" => SheetState::Quarantined {
                figures,
                findings,
                proposal,
            },
            "returned" => SheetState::Returned {
                decision: self.decision?,
            },
            "superseded" => SheetState::Superseded {
                figures,
                decision: self.decision?,
            },
            _ => return None,
        })
    }
}

/// The columns of a sheet; the salt is null where a view withholds it.
macro_rules! sheet_columns {
    () => {
        "contest, station, version, state, fields, choices, detail::text, salt"
    };
}
pub(crate) use sheet_columns;

/// The sheet of a row whose first columns are those of [`sheet_columns`].
pub(crate) fn sheet_out(row: &Row) -> Result<Sheet, StoreError> {
    let version: i32 = column(row, 2)?;
    let word: &str = column(row, 3)?;
    let detail: Option<&str> = column(row, 6)?;
    let detail: Option<Detail> = detail.map(json_out).transpose()?;
    let salt: Option<&[u8]> = column(row, 7)?;
    let salt = salt.map_or(Some(Salt::WITHHELD), Salt::from_bytes);
    let figures = Figures {
        fields: figures_out(row, 4)?,
        choices: figures_out(row, 5)?,
    };
    let state = detail.unwrap_or_default().into_state(word, figures);
    Ok(Sheet {
        key: SheetKey {
            contest: code(row, 0)?,
            station: code(row, 1)?,
        },
        version: u32::try_from(version).map_err(|e| damaged(&e))?,
        salt: salt.ok_or_else(|| damaged(&"a salt of another length"))?,
        state: state.ok_or_else(|| damaged(&format!("a sheet that is {word}")))?,
    })
}
