//! Log-ins of staff, and their sessions. Always true here: a password is never seen, only the text
//! that a slow hash made of it; a session is kept as the hash of its token. Row security keeps the
//! supervision's accounts from the executive's administrators and the other way round.
//!
//! Sessions, and the password that a person sets of their own, are written without a journal entry:
//! they are no state of the election, they only say who sits at a keyboard, and each act done there
//! carries its actor. The role of the database that writes them can write nothing else: a password
//! only where a first one was given, and only by the session that it opened.

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::store::Read;
use crate::store::Store;
use crate::store::Write;
use crate::transaction::Transaction;
use crate::transaction::Values;
use crate::value::code;
use crate::value::column;
use crate::value::count_out;
use crate::value::time_in;
use crate::value::time_out;
use crate::value::word;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_operations::first_password::First;
use sanduq_operations::staff::Role;
use tokio_postgres::Row;

/// A member of staff who can log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// The service number.
    pub id: ActorId,
    /// The role, and with it the organ.
    pub role: Role,
    /// The unit that the role is limited to; none for the whole nation.
    pub unit: Option<UnitCode>,
    /// The language of the pages.
    pub locale: Locale,
    /// Whether it may log in.
    pub active: bool,
    /// The first password that somebody else gave; none once the person has set their own.
    pub first: Option<First>,
}

impl Account {
    /// Who acts, for the journal.
    #[must_use]
    pub fn actor(&self) -> Actor {
        Actor {
            id: self.id.clone(),
            organ: self.role.organ(),
        }
    }
}

/// Which accounts; what is not named is not asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Accounts {
    /// Of this role.
    pub role: Option<Role>,
    /// Limited to this unit.
    pub unit: Option<UnitCode>,
    /// Limited to one of these units: what an account that is limited itself may see.
    pub within: Option<Vec<UnitCode>>,
    /// Active, or not.
    pub active: Option<bool>,
}

impl Accounts {
    /// Whether an account that is limited to this unit is within; one of the whole nation is not.
    #[must_use]
    pub fn reach(&self, unit: Option<&UnitCode>) -> bool {
        let has = |within: &Vec<UnitCode>| unit.is_some_and(|unit| within.contains(unit));
        self.within.as_ref().is_none_or(has)
    }
}

/// The columns of an account without the hash of its password.
const COLUMNS: &str = "id, role, unit, locale, active, first_until_ns, first_used";

/// An account out of its columns.
pub(crate) fn account(row: &Row) -> Result<Account, StoreError> {
    let unit: Option<&str> = column(row, 2)?;
    let until: Option<i64> = column(row, 5)?;
    let used = column(row, 6)?;
    let first = until.map(|until| {
        let until = time_out(until)?;
        Ok::<_, StoreError>(First { until, used })
    });
    Ok(Account {
        first: first.transpose()?,
        id: code(row, 0)?,
        role: code(row, 1)?,
        unit: unit.map(word).transpose()?,
        locale: code(row, 3)?,
        active: column(row, 4)?,
    })
}

impl Store {
    /// A transaction that can do nothing but log in and out.
    async fn log_in(&self) -> Result<Transaction, StoreError> {
        self.begin("BEGIN; SET LOCAL ROLE sanduq_login").await
    }

    /// The account of a service number and the text of its password's hash (PHC format, argon2);
    /// `None` when there is none or it is not active.
    ///
    /// # Errors
    /// A fault.
    pub async fn account(&self, id: &ActorId) -> Result<Option<(Account, String)>, StoreError> {
        let log_in = self.log_in().await?;
        let sql =
            format!("SELECT {COLUMNS}, password_hash FROM staff.account WHERE id = $1 AND active");
        let row = log_in.row(&sql, &[&id.as_str()]).await?;
        row.map(|row| Ok((account(&row)?, column(&row, 7)?)))
            .transpose()
    }

    /// Opens a session: `token_hash` is the SHA-256 of a random token, `until` its expiry, `known`
    /// the text of the hash that the password was verified against. A first password is used up by
    /// it: of two log-ins at the same time one opens.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] when the account is not active, has another password by now, or a
    /// first one that does not open any more.
    pub async fn open_session(
        &self,
        token_hash: &[u8; 32],
        (id, known): (&ActorId, &str),
        at: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        let log_in = self.log_in().await?;
        let row = log_in
            .row(
                "SELECT staff.open_session($1, $2, $3, $4, $5)",
                &[
                    &token_hash.as_slice(),
                    &id.as_str(),
                    &known,
                    &time_in(at)?,
                    &time_in(until)?,
                ],
            )
            .await?;
        let opened = row.map(|row| column::<bool>(&row, 0)).transpose()?;
        if opened != Some(true) {
            return Err(StoreRefusal::Unknown(format!("account {id}")).into());
        }
        log_in.commit().await
    }

    /// Sets the own password of whoever has this session and was given a first one; every session
    /// of theirs ends, this one too. `None` when there is no such session.
    ///
    /// # Errors
    /// A fault.
    pub async fn set_own_password(
        &self,
        token_hash: &[u8; 32],
        password_hash: &str,
        at: Timestamp,
    ) -> Result<Option<ActorId>, StoreError> {
        let log_in = self.log_in().await?;
        let sql = "SELECT staff.set_own_password($1, $2, $3)";
        let values: Values<'_> = &[&token_hash.as_slice(), &password_hash, &time_in(at)?];
        let row = log_in.row(sql, values).await?;
        let id: Option<&str> = row.as_ref().map_or(Ok(None), |row| column(row, 0))?;
        let id = id.map(word).transpose()?;
        log_in.commit().await?;
        Ok(id)
    }

    /// The account whose session this is, as it stands now; `None` when the session has ended, has
    /// expired at `at`, or the account is not active any more.
    ///
    /// # Errors
    /// A fault.
    pub async fn session(
        &self,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Account>, StoreError> {
        let log_in = self.log_in().await?;
        let sql = format!(
            "SELECT {COLUMNS} FROM staff.session JOIN staff.account ON account.id = session.account
            WHERE token_hash = $1 AND opened_ns <= $2 AND $2 < until_ns AND active"
        );
        let values: Values<'_> = &[&token_hash.as_slice(), &time_in(at)?];
        let row = log_in.row(&sql, values).await?;
        row.map(|row| account(&row)).transpose()
    }

    /// Ends a session, and removes those that have expired at `at`.
    ///
    /// # Errors
    /// A fault.
    pub async fn close_session(
        &self,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let log_in = self.log_in().await?;
        let sql = "DELETE FROM staff.session WHERE token_hash = $1 OR until_ns <= $2";
        log_in
            .execute(sql, &[&token_hash.as_slice(), &time_in(at)?])
            .await?;
        log_in.commit().await
    }
}

impl Read {
    /// The accounts by service number: with the access of the supervision its own, with technical
    /// access all others.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM staff.account ORDER BY id");
        let rows = self.transaction.rows(&sql, &[]).await?;
        rows.iter().map(account).collect()
    }

    /// At most `limit` of the wanted accounts by service number, those after `after`; and how many
    /// are wanted in all. Whose accounts can be seen at all is as in [`Read::accounts`].
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn staff(
        &self,
        wanted: &Accounts,
        after: Option<&ActorId>,
        limit: u32,
    ) -> Result<(Vec<Account>, u64), StoreError> {
        let role = wanted.role.map(Role::code);
        let unit = wanted.unit.as_ref().map(UnitCode::as_str);
        let within = wanted.within.iter().flatten().map(UnitCode::as_str);
        let within = wanted.within.is_some().then(|| within.collect::<Vec<_>>());
        let after = after.map_or("", ActorId::as_str);
        let limit = i64::from(limit);
        let sql = format!(
            "SELECT {COLUMNS} FROM staff.account
            WHERE ($1::text IS NULL OR role = $1) AND ($2::text IS NULL OR unit = $2)
                AND ($3::boolean IS NULL OR active = $3)
                AND ($4::text[] IS NULL OR unit = ANY($4)) AND id > $5
            ORDER BY id LIMIT $6"
        );
        let values: Values<'_> = &[&role, &unit, &wanted.active, &within, &after, &limit];
        let rows = self.transaction.rows(&sql, values).await?;
        let accounts = rows.iter().map(account).collect::<Result<_, _>>()?;
        let row = self
            .transaction
            .row(
                "SELECT count(*) FROM staff.account
                WHERE ($1::text IS NULL OR role = $1) AND ($2::text IS NULL OR unit = $2)
                    AND ($3::boolean IS NULL OR active = $3)
                    AND ($4::text[] IS NULL OR unit = ANY($4))",
                &[&role, &unit, &wanted.active, &within],
            )
            .await?;
        let count = row.map_or(Ok(0), |row| column(&row, 0))?;
        Ok((accounts, count_out(count)?))
    }

    /// The account of a service number, active or not; `None` when there is none that can be seen.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn member(&self, id: &ActorId) -> Result<Option<Account>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM staff.account WHERE id = $1");
        let row = self.transaction.row(&sql, &[&id.as_str()]).await?;
        row.map(|row| account(&row)).transpose()
    }
}

impl Write {
    /// Enrols staff, each with the text of the password's hash. The supervision enrols its own,
    /// technical access all others.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`] naming the number; [`StoreRefusal::NotPermitted`].
    pub async fn enrol_staff(&mut self, staff: &[(Account, String)]) -> Result<(), StoreError> {
        for (account, password_hash) in staff {
            let until = account.first.map(|first| time_in(first.until));
            self.transaction
                .execute(
                    "INSERT INTO staff.account
                        (id, organ, role, unit, locale, active, password_hash,
                        first_until_ns, first_used)
                    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    &[
                        &account.id.as_str(),
                        &account.role.organ().code(),
                        &account.role.code(),
                        &account.unit.as_ref().map(UnitCode::as_str),
                        &account.locale.tag(),
                        &account.active,
                        password_hash,
                        &until.transpose()?,
                        &account.first.is_some_and(|first| first.used),
                    ],
                )
                .await?;
        }
        Ok(())
    }

    /// Gives an account another first password, by the text of its hash; its sessions end.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] when the organ has no such account;
    /// [`StaffRefusal::SecondPerson`](sanduq_operations::staff::StaffRefusal::SecondPerson).
    pub async fn give_password(
        &mut self,
        id: &ActorId,
        password_hash: &str,
        first: First,
    ) -> Result<(), StoreError> {
        let sql = "UPDATE staff.account
            SET password_hash = $2, first_until_ns = $3, first_used = $4 WHERE id = $1";
        let until = time_in(first.until)?;
        let values: Values<'_> = &[&id.as_str(), &password_hash, &until, &first.used];
        match self.transaction.execute(sql, values).await? {
            0 => Err(StoreRefusal::Unknown(format!("account {id}")).into()),
            _ => Ok(()),
        }
    }

    /// Lets an account log in, or no longer: sessions that it has open end with it. Of two who do
    /// so at the same time one does it.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`] when the organ has no such account; [`StoreRefusal::Conflict`]
    /// when it is in that state already.
    pub async fn set_active(&mut self, id: &ActorId, active: bool) -> Result<(), StoreError> {
        let sql = "UPDATE staff.account SET active = $2 WHERE id = $1 AND active <> $2";
        let changed = self
            .transaction
            .execute(sql, &[&id.as_str(), &active])
            .await?;
        match changed {
            0 if self.member(id).await?.is_some() => Err(StoreRefusal::Conflict.into()),
            0 => Err(StoreRefusal::Unknown(format!("account {id}")).into()),
            _ => Ok(()),
        }
    }
}
