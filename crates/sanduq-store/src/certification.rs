//! What is proposed to be certified and what is final. Always true here: the executive proposes and
//! the supervision signs, two persons (TP-09); nothing is certified while a sheet of the contest
//! waits or is missing, nor after one has changed since the proposal; of a final result no sheet
//! comes in or changes any more. The database enforces it.
//!
//! Whoever proposes or signs holds the sheets first ([`Write::held_sheets`]): what the rule has
//! read then is what is certified. A crash before the end leaves what was there.

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::sheet::sheet_columns;
use crate::sheet::sheet_out;
use crate::store::Read;
use crate::store::Write;
use crate::value::code;
use crate::value::column;
use crate::value::count_in;
use crate::value::count_out;
use crate::value::time_in;
use crate::value::time_out;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::ContestCode;
use sanduq_core::id::EventId;
use sanduq_count::results::Final;
use sanduq_count::results::Proposed;
use sanduq_count::results::ResultRefusal;
use sanduq_count::sheet::Sheet;
use tokio_postgres::Row;

/// A proposal, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certification {
    /// What is proposed.
    pub proposed: Proposed,
    /// Who signed it and when; none while it waits.
    pub signed: Option<(ActorId, Timestamp)>,
    /// Whether a sheet of the contest has been touched since; then nobody signs it any more, the
    /// totals the same or not.
    pub touched: bool,
}

impl Certification {
    /// What waits and can still be signed.
    #[must_use]
    pub fn holds(&self) -> Option<&Proposed> {
        (self.signed.is_none() && !self.touched).then_some(&self.proposed)
    }
}

fn certification(row: &Row) -> Result<Certification, StoreError> {
    let signer: Option<&str> = column(row, 6)?;
    let signed = match signer {
        None => None,
        Some(_) => Some((code(row, 6)?, time_out(column(row, 7)?)?)),
    };
    Ok(Certification {
        proposed: Proposed {
            contest: code(row, 0)?,
            digest: column(row, 1)?,
            counted: count_out(column(row, 2)?)?,
            stations: count_out(column(row, 3)?)?,
            by: Actor {
                id: code(row, 4)?,
                organ: Organ::Executive,
            },
            at: time_out(column(row, 5)?)?,
        },
        signed,
        touched: column(row, 8)?,
    })
}

impl Read {
    /// What is proposed and what is final, by the code of the contest. Everybody may see it.
    ///
    /// # Errors
    /// A fault.
    pub async fn certifications(&self, event: &EventId) -> Result<Vec<Certification>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT contest, digest, counted, stations, proposer, proposed_ns,
                    signer, signed_ns, signer IS NULL AND votes.touched(event, contest, marks)
                FROM votes.certification WHERE event = $1 ORDER BY contest",
                &[&event.as_str()],
            )
            .await?;
        rows.iter().map(certification).collect()
    }

    /// Accepted sheets by contest on which a proposal waits for the other organ. Executive or
    /// supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn disputed_sheets(
        &self,
        event: &EventId,
    ) -> Result<Vec<(ContestCode, u64)>, StoreError> {
        let rows = self
            .transaction
            .rows(
                "SELECT contest, count(*) FROM votes.sheet
                WHERE event = $1 AND state = 'accepted' AND detail ? 'proposal'
                GROUP BY contest ORDER BY contest",
                &[&event.as_str()],
            )
            .await?;
        let one = |row| Ok((code(row, 0)?, count_out(column(row, 1)?)?));
        rows.iter().map(one).collect()
    }
}

impl Write {
    /// Every version of every sheet of a contest; nobody else changes a sheet until this
    /// transaction ends. Executive or supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn held_sheets(
        &self,
        event: &EventId,
        contest: &ContestCode,
    ) -> Result<Vec<Sheet>, StoreError> {
        self.transaction
            .row("SELECT votes.hold_sheets()", &[])
            .await?;
        let rows = self
            .transaction
            .rows(
                concat!(
                    "SELECT ",
                    sheet_columns!(),
                    "
                FROM votes.sheet WHERE event = $1 AND contest = $2 ORDER BY station, version"
                ),
                &[&event.as_str(), &contest.as_str()],
            )
            .await?;
        rows.iter().map(sheet_out).collect()
    }

    /// Keeps a proposal and journals its entry; what was proposed of the contest before gives way.
    /// Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::Results`]: the contest is final, not released, or a sheet waits or is
    /// missing; [`StoreRefusal::Unknown`].
    pub async fn propose_certification(
        &mut self,
        event: &EventId,
        change: &Change<Proposed>,
    ) -> Result<(), StoreError> {
        self.journal(change.entry.clone());
        let new = &change.next;
        let contest = new.contest.as_str();
        let sql = "DELETE FROM votes.certification
            WHERE event = $1 AND contest = $2 AND signer IS NULL";
        self.transaction
            .execute(sql, &[&event.as_str(), &contest])
            .await?;
        self.transaction
            .execute(
                "INSERT INTO votes.certification
                    (event, contest, digest, counted, stations, proposer, proposed_ns)
                VALUES ($1, $2, $3, $4, $5, $6, $7)",
                &[
                    &event.as_str(),
                    &contest,
                    &new.digest,
                    &count_in(new.counted)?,
                    &count_in(new.stations)?,
                    &new.by.id.as_str(),
                    &time_in(new.at)?,
                ],
            )
            .await?;
        Ok(())
    }

    /// Keeps the signature under a proposal and journals its entry: the result is final.
    /// Supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::Results`]: the proposal is not there any more, or a sheet has been touched
    /// since.
    pub async fn certify(
        &mut self,
        event: &EventId,
        proposed: &Proposed,
        change: &Change<Final>,
    ) -> Result<(), StoreError> {
        self.journal(change.entry.clone());
        let signed = self
            .transaction
            .execute(
                "UPDATE votes.certification SET signer = $5, signed_ns = $6
                WHERE event = $1 AND contest = $2 AND digest = $3 AND proposer = $4
                    AND proposed_ns = $7 AND signer IS NULL",
                &[
                    &event.as_str(),
                    &proposed.contest.as_str(),
                    &proposed.digest,
                    &proposed.by.id.as_str(),
                    &change.entry.actor.as_str(),
                    &time_in(change.entry.at)?,
                    &time_in(proposed.at)?,
                ],
            )
            .await?;
        there(signed)
    }

    /// Takes a refused proposal away and journals the refusal. Supervision.
    ///
    /// # Errors
    /// [`StoreRefusal::Results`] when it is not there any more.
    pub async fn strike_certification(
        &mut self,
        event: &EventId,
        proposed: &Proposed,
        entry: Entry,
    ) -> Result<(), StoreError> {
        self.journal(entry);
        let sql = "DELETE FROM votes.certification
            WHERE event = $1 AND contest = $2 AND proposer = $3 AND proposed_ns = $4
                AND signer IS NULL";
        let contest = proposed.contest.as_str();
        let (by, at) = (proposed.by.id.as_str(), time_in(proposed.at)?);
        let values: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
            [&event.as_str(), &contest, &by, &at];
        there(self.transaction.execute(sql, &values).await?)
    }
}

/// A proposal that somebody answered first, or that gave way, is not there any more.
fn there(changed: u64) -> Result<(), StoreError> {
    match changed {
        0 => Err(StoreRefusal::Results(ResultRefusal::NothingProposed).into()),
        _ => Ok(()),
    }
}
