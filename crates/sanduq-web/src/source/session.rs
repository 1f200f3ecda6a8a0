//! Log-ins and sessions. Always true here: a first password opens one session, in time, and that
//! session knows it; with another password every session of an account ends.

use super::Failed;
use super::Held;
use super::Source;
use super::Stored;
use super::stored::reader;
use crate::page::Reader;
use jiff::Timestamp;
use sanduq_core::id::ActorId;
use sanduq_operations::first_password::First;
use sanduq_store::StoreError;
use sanduq_store::StoreRefusal;
use std::collections::BTreeMap;
use std::sync::MutexGuard;
use std::sync::PoisonError;

/// Whose session it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Who has logged in.
    pub reader: Reader,
    /// Whether it was a first password that opened it: nothing can be done in it but to set one's
    /// own.
    pub first: bool,
}

/// What a log-in is held against.
#[derive(Clone, Debug)]
pub struct Known {
    /// Whose account it is.
    pub reader: Reader,
    /// What the password was hashed to.
    pub hash: String,
    /// The first password, when it is one.
    pub first: Option<First>,
}

impl Source {
    /// The account of a service number, when it is let in.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn account(&self, id: &ActorId) -> Result<Option<Known>, Failed> {
        match self {
            Self::Held(held) => Ok(held.ask(|state| {
                let own = state.accounts.get(id).filter(|own| own.active);
                own.map(|own| Known {
                    reader: own.reader.clone(),
                    hash: own.hash.clone(),
                    first: own.first,
                })
            })),
            Self::Stored(stored) => {
                let account = stored.store.account(id).await?;
                Ok(account.map(|(account, hash)| Known {
                    first: account.first,
                    reader: reader(account),
                    hash,
                }))
            }
        }
    }

    /// Opens a session whose token has this hash; whether it was opened. It is not where the
    /// account has changed since it was looked at, or its first password was used meanwhile.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn open_session(
        &self,
        token_hash: [u8; 32],
        known: &Known,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<bool, Failed> {
        match self {
            Self::Held(held) => Ok(held.open_session(token_hash, known, at, until)),
            Self::Stored(stored) => stored.open_session(&token_hash, known, at, until).await,
        }
    }

    /// Whose session this is at `at`; none when it has ended.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn session(
        &self,
        token_hash: &[u8; 32],
        at: Timestamp,
    ) -> Result<Option<Session>, Failed> {
        match self {
            Self::Held(held) => Ok(held.session(token_hash, at)),
            Self::Stored(stored) => {
                let account = stored.store.session(token_hash, at).await?;
                Ok(account.map(|account| Session {
                    first: account.first.is_some(),
                    reader: reader(account),
                }))
            }
        }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn close_session(&self, token_hash: &[u8; 32], at: Timestamp) -> Result<(), Failed> {
        match self {
            Self::Held(held) => {
                let mut sessions = held.sessions();
                sessions.remove(token_hash);
                sessions.retain(|_, (_, until)| *until > at);
                Ok(())
            }
            Self::Stored(stored) => Ok(stored.store.close_session(token_hash, at).await?),
        }
    }

    /// Sets the own password of whoever has this session and was given a first one; their sessions
    /// end. Whether it was done.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn set_own_password(
        &self,
        token_hash: &[u8; 32],
        password_hash: String,
        at: Timestamp,
    ) -> Result<bool, Failed> {
        match self {
            Self::Held(held) => Ok(held.set_own_password(token_hash, password_hash, at)),
            Self::Stored(stored) => {
                let set = stored
                    .store
                    .set_own_password(token_hash, &password_hash, at);
                Ok(set.await?.is_some())
            }
        }
    }
}

type Sessions = BTreeMap<[u8; 32], (ActorId, Timestamp)>;

impl Held {
    fn sessions(&self) -> MutexGuard<'_, Sessions> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every session of an account.
    pub(super) fn end_sessions(&self, id: &ActorId) {
        self.sessions().retain(|_, (own, _)| own != id);
    }

    fn open_session(
        &self,
        token_hash: [u8; 32],
        known: &Known,
        at: Timestamp,
        until: Timestamp,
    ) -> bool {
        let id = &known.reader.id;
        let mut opened = false;
        self.change(|state| {
            let own = state.accounts.get_mut(id);
            let Some(own) = own.filter(|own| own.active && own.hash == known.hash) else {
                return;
            };
            opened = own.first.is_none_or(|first| first.opens(at));
            if let Some(first) = &mut own.first {
                first.used = true;
            }
        });
        if opened {
            let mut sessions = self.sessions();
            sessions.retain(|_, (_, until)| *until > at);
            sessions.insert(token_hash, (id.clone(), until));
        }
        opened
    }

    fn session(&self, token_hash: &[u8; 32], at: Timestamp) -> Option<Session> {
        let sessions = self.sessions();
        let (id, _) = sessions.get(token_hash).filter(|(_, until)| *until > at)?;
        let id = id.clone();
        drop(sessions);
        self.ask(|state| {
            let own = state.accounts.get(&id).filter(|own| own.active)?;
            Some(Session {
                reader: own.reader.clone(),
                first: own.first.is_some(),
            })
        })
    }

    fn set_own_password(&self, token_hash: &[u8; 32], hash: String, at: Timestamp) -> bool {
        let Some(session) = self.session(token_hash, at).filter(|own| own.first) else {
            return false;
        };
        let id = &session.reader.id;
        self.change(|state| {
            if let Some(own) = state.accounts.get_mut(id) {
                (own.hash, own.first) = (hash, None);
            }
        });
        self.end_sessions(id);
        true
    }
}

impl Stored {
    async fn open_session(
        &self,
        token_hash: &[u8; 32],
        known: &Known,
        at: Timestamp,
        until: Timestamp,
    ) -> Result<bool, Failed> {
        let by = (&known.reader.id, known.hash.as_str());
        match self.store.open_session(token_hash, by, at, until).await {
            Ok(()) => Ok(true),
            Err(StoreError::Refused(StoreRefusal::Unknown(_))) => Ok(false),
            Err(error) => Err(error.into()),
        }
    }
}
