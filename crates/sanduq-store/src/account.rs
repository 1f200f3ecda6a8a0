//! Log-ins of staff, and their sessions. Always true here: a password is never seen, only the text
//! that a slow hash made of it; a session is kept as the hash of its token. Row security keeps the
//! supervision's accounts from the executive's administrators and the other way round.
//!
//! Sessions are the one thing written without a journal entry: a session is no state of the
//! election, it only says who sits at a keyboard, and each act done in it carries its actor. The
//! role of the database that writes them can write nothing else.

use crate::error::StoreError;
use crate::store::Read;
use crate::store::Store;
use crate::store::Write;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;

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

impl Store {
    /// The account of a service number and the text of its password's hash (PHC format, argon2);
    /// `None` when there is none or it is not active.
    ///
    /// # Errors
    /// A fault.
    pub async fn account(&self, id: &ActorId) -> Result<Option<(Account, String)>, StoreError> {
        crate::unwritten(&id)
    }

    /// Opens a session: `token_hash` is the SHA-256 of a random token, `until` its expiry.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) when the account is not active.
    pub async fn open_session(
        &self,
        token_hash: &[u8; 32],
        id: &ActorId,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<(), StoreError> {
        crate::unwritten(&(token_hash, id, at, until))
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
        crate::unwritten(&(token_hash, at))
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
        crate::unwritten(&(token_hash, at))
    }
}

impl Read {
    /// The accounts by service number: with the access of the supervision its own, with technical
    /// access all others.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted), or a fault.
    pub async fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        crate::unwritten(&())
    }
}

impl Write {
    /// Enrols staff, each with the text of the password's hash. The supervision enrols its own,
    /// technical access all others.
    ///
    /// # Errors
    /// [`StoreRefusal::AlreadyExists`](crate::StoreRefusal::AlreadyExists) naming the number;
    /// [`StoreRefusal::NotPermitted`](crate::StoreRefusal::NotPermitted).
    pub async fn enrol_staff(&mut self, staff: &[(Account, String)]) -> Result<(), StoreError> {
        crate::unwritten(&staff)
    }

    /// Lets an account log in, or no longer.
    ///
    /// # Errors
    /// [`StoreRefusal::Unknown`](crate::StoreRefusal::Unknown) when the organ has no such account.
    pub async fn set_active(&mut self, id: &ActorId, active: bool) -> Result<(), StoreError> {
        crate::unwritten(&(id, active))
    }
}
