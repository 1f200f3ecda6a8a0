//! An election in a store. Always true here: everything shown is read with the rights of the
//! public; log-ins are asked of the store, which keeps no password and no token.

use super::Failed;
use crate::chronicle::Chronicle;
use crate::journal::Line;
use crate::page::Reader;
use sanduq_core::act::Entry;
use sanduq_core::id::EventId;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::SheetKey;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::account::Account;
use sanduq_store::journal::Journaled;
use sanduq_store::own_station::Claim;
use sanduq_store::own_station::EventSecret;
use sanduq_store::own_station::OwnStation;
use sanduq_store::proof::Blocks;
use std::sync::Arc;
use tokio::sync::Mutex;

/// An election in a store.
pub struct Stored {
    pub(super) store: Store,
    pub(super) event: EventId,
    pub(super) chronicle: Mutex<Arc<Chronicle>>,
    pub(super) blocks: Mutex<Blocks>,
    secret: Option<EventSecret>,
}

impl From<StoreError> for Failed {
    fn from(error: StoreError) -> Self {
        Self(error.to_string())
    }
}

pub(super) fn reader(account: Account) -> Reader {
    Reader {
        id: account.id,
        role: account.role,
        unit: account.unit,
        locale: account.locale,
    }
}

pub(super) fn line(journaled: &Journaled) -> Result<Line, Failed> {
    let index = journaled.index;
    let entry = Entry::from_bytes(&journaled.bytes);
    let entry = entry.ok_or_else(|| Failed(format!("entry {index} of the journal is none")))?;
    Ok(Line { index, entry })
}

impl Stored {
    /// The election of an event.
    #[must_use]
    pub fn new(store: Store, event: EventId) -> Self {
        Self {
            store,
            event,
            chronicle: Mutex::default(),
            blocks: Mutex::default(),
            secret: None,
        }
    }

    /// The same with the secret under which the numbers of its voters became keys: with it, voters
    /// are told where they vote.
    #[must_use]
    pub fn with_secret(mut self, secret: Option<EventSecret>) -> Self {
        self.secret = secret;
        self
    }

    pub(super) async fn own_station(&self, claim: &Claim) -> Result<Option<OwnStation>, Failed> {
        match &self.secret {
            None => Ok(None),
            Some(secret) => {
                let answer = self.store.own_station(&self.event, secret, claim);
                Ok(Some(answer.await?))
            }
        }
    }

    pub(super) async fn head(&self) -> Result<u64, Failed> {
        Ok(self.store.read().await?.head().await?.size)
    }

    pub(super) async fn snapshot(&self) -> Result<Option<Snapshot>, Failed> {
        Ok(self.store.read().await?.snapshot(&self.event).await?)
    }

    pub(super) async fn entries(&self, from: u64, limit: u32) -> Result<Vec<Line>, Failed> {
        let entries = self.store.read().await?.entries(from, limit).await?;
        entries.iter().map(line).collect()
    }

    pub(super) async fn sheet_entries(&self, key: &SheetKey) -> Result<Vec<Line>, Failed> {
        let entries = self.store.read().await?.entries_about(key).await?;
        entries.iter().map(line).collect()
    }
}
