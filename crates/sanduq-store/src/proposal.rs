//! What two persons have to agree on about an account. Always true here: a proposal is carried out
//! or refused once; of two who answer at the same time one is told to look again; row security
//! keeps the supervision's from administrators and the other way round.

use crate::account::Account;
use crate::account::account;
use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Write;
use crate::value::code;
use crate::value::column;
use crate::value::damaged;
use crate::value::time_in;
use crate::value::time_out;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_operations::second_person::Matter;
use sanduq_operations::staff::StaffRefusal;
use tokio_postgres::Row;

/// A proposal that waits for a second person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is proposed.
    pub matter: Matter,
    /// About which account.
    pub account: Account,
    /// By whom.
    pub by: ActorId,
    /// When.
    pub at: Timestamp,
}

const COLUMNS: &str = "account, role, unit, locale, true, NULL::bigint, false,
    matter, proposer, at_ns";

fn proposal(row: &Row) -> Result<Proposal, StoreError> {
    let matter: &str = column(row, 7)?;
    Ok(Proposal {
        account: account(row)?,
        matter: Matter::from_code(matter).ok_or_else(|| damaged(&matter))?,
        by: code(row, 8)?,
        at: time_out(column(row, 9)?)?,
    })
}

impl Read {
    /// The proposals of one's own administration, the oldest first.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn proposals(&self) -> Result<Vec<Proposal>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM staff.proposal ORDER BY at_ns, account");
        let rows = self.transaction.rows(&sql, &[]).await?;
        rows.iter().map(proposal).collect()
    }
}

impl Write {
    /// Keeps a proposal with the hash of the half of the first password that whoever proposes
    /// holds. What was proposed about the account before and has waited too long gives way.
    ///
    /// # Errors
    /// [`StaffRefusal::AlreadyProposed`], [`StaffRefusal::NumberTaken`];
    /// [`StoreRefusal::NotPermitted`].
    pub async fn propose_account(
        &mut self,
        new: &Proposal,
        half_hash: &str,
    ) -> Result<(), StoreError> {
        let number = new.account.id.as_str();
        let added = self
            .transaction
            .execute(
                "INSERT INTO staff.proposal
                    (account, matter, organ, role, unit, locale, proposer, at_ns, half_hash)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                &[
                    &number,
                    &new.matter.code(),
                    &new.account.role.organ().code(),
                    &new.account.role.code(),
                    &new.account.unit.as_ref().map(UnitCode::as_str),
                    &new.account.locale.tag(),
                    &new.by.as_str(),
                    &time_in(new.at)?,
                    &half_hash,
                ],
            )
            .await;
        match added {
            Err(StoreError::Refused(StoreRefusal::AlreadyExists(_))) => {
                Err(StoreRefusal::Staff(StaffRefusal::AlreadyProposed).into())
            }
            added => added.map(|_| ()),
        }
    }

    /// Takes a proposal away, carried out or refused.
    ///
    /// # Errors
    /// [`StoreRefusal::Conflict`] when it is not there any more.
    pub async fn settle_proposal(&mut self, settled: &Proposal) -> Result<(), StoreError> {
        let sql = "DELETE FROM staff.proposal WHERE account = $1 AND proposer = $2 AND at_ns = $3";
        let (number, by) = (settled.account.id.as_str(), settled.by.as_str());
        let at = time_in(settled.at)?;
        match self.transaction.execute(sql, &[&number, &by, &at]).await? {
            0 => Err(StoreRefusal::Conflict.into()),
            _ => Ok(()),
        }
    }
}
