//! Accounts of staff as their administrators see them. Always true here: whoever asks names the
//! organ, and sees and changes nothing but what that organ administers.

use super::Denied;
use super::Failed;
use super::Held;
use super::Source;
use super::Stored;
use super::stored::reader;
use crate::page::Reader;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::refusal::Refusal;
use sanduq_operations::staff;
use sanduq_operations::staff::StaffRefusal;
use sanduq_store::StoreRefusal;
use sanduq_store::account::Account;
use sanduq_store::account::Accounts;
use std::sync::PoisonError;

/// An account as its administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is for.
    pub reader: Reader,
    /// Whether it may log in.
    pub active: bool,
}

impl From<StaffRefusal> for Denied {
    fn from(refusal: StaffRefusal) -> Self {
        Self::Refused(refusal.code())
    }
}

fn member(account: Account) -> Member {
    Member {
        active: account.active,
        reader: reader(account),
    }
}

impl Source {
    /// At most `limit` of the wanted accounts that an organ administers, after `after`; and how
    /// many there are in all.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn staff(
        &self,
        organ: Organ,
        wanted: &Accounts,
        (after, limit): (Option<&ActorId>, u32),
    ) -> Result<(Vec<Member>, u64), Failed> {
        match self {
            Self::Held(held) => Ok(held.staff(organ, wanted, (after, limit))),
            Self::Stored(stored) => {
                let read = stored.store.read_as(organ.into()).await?;
                let (accounts, count) = read.staff(wanted, after, limit).await?;
                Ok((accounts.into_iter().map(member).collect(), count))
            }
        }
    }

    /// One account that an organ administers.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn member(&self, organ: Organ, id: &ActorId) -> Result<Option<Member>, Failed> {
        match self {
            Self::Held(held) => Ok(held.member(organ, id)),
            Self::Stored(stored) => {
                let read = stored.store.read_as(organ.into()).await?;
                Ok(read.member(id).await?.map(member))
            }
        }
    }

    /// Opens an account whose password has this hash.
    ///
    /// # Errors
    /// Somebody has the number, or the organ has no right to.
    pub async fn enrol(
        &self,
        (by, at): (&Actor, Timestamp),
        new: &Reader,
        password_hash: String,
    ) -> Result<(), Denied> {
        let entry = Entry::new(Act::StaffEnrolled, by, at)
            .with("count", 1)
            .with("role", new.role.code())
            .with("staff", &new.id);
        match self {
            Self::Held(held) => held.open(new, password_hash, entry),
            Self::Stored(stored) => stored.open((by, at), new, password_hash, entry).await,
        }
    }

    /// Lets an account in, or no longer; its sessions end.
    ///
    /// # Errors
    /// The rule said no, or the organ has no such account.
    pub async fn switch(
        &self,
        (by, at): (&Actor, Timestamp),
        id: &ActorId,
        to: bool,
    ) -> Result<(), Denied> {
        let known = self.member(by.organ, id).await.map_err(Denied::Failed)?;
        let unknown = Denied::Refused(StoreRefusal::Unknown(String::new()).code());
        let known = known.ok_or(unknown)?;
        staff::switch(&by.id, id, known.active, to)?;
        let act = match to {
            true => Act::StaffReadmitted,
            false => Act::StaffSuspended,
        };
        let entry = Entry::new(act, by, at).with("staff", id);
        match self {
            Self::Held(held) => {
                held.switch(id, to, entry);
                Ok(())
            }
            Self::Stored(stored) => stored.switch((by, at), (id, to), entry).await,
        }
    }
}

impl Held {
    fn staff(
        &self,
        organ: Organ,
        wanted: &Accounts,
        (after, limit): (Option<&ActorId>, u32),
    ) -> (Vec<Member>, u64) {
        let is_wanted = |member: &Member| {
            let reader = &member.reader;
            staff::administers(organ, reader.role)
                && wanted.role.is_none_or(|role| reader.role == role)
                && (wanted.unit.is_none() || reader.unit == wanted.unit)
                && wanted.active.is_none_or(|active| member.active == active)
        };
        let mut all = self.ask(|state| {
            let members = state.accounts.values().map(|(reader, _, active)| Member {
                reader: reader.clone(),
                active: *active,
            });
            members.filter(is_wanted).collect::<Vec<_>>()
        });
        let count = all.len() as u64;
        all.retain(|member| after.is_none_or(|after| member.reader.id > *after));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        (all, count)
    }

    fn member(&self, organ: Organ, id: &ActorId) -> Option<Member> {
        let own = self.ask(|state| state.accounts.get(id).cloned());
        let own = own.filter(|(reader, ..)| staff::administers(organ, reader.role));
        own.map(|(reader, _, active)| Member { reader, active })
    }

    fn open(&self, new: &Reader, password_hash: String, entry: Entry) -> Result<(), Denied> {
        let mut taken = false;
        self.change(|state| {
            taken = state.accounts.contains_key(&new.id);
            if !taken {
                let account = (new.clone(), password_hash, true);
                state.accounts.insert(new.id.clone(), account);
                state.journal(entry);
            }
        });
        if taken {
            return Err(StaffRefusal::NumberTaken.into());
        }
        Ok(())
    }

    fn switch(&self, id: &ActorId, to: bool, entry: Entry) {
        self.change(|state| {
            if let Some((_, _, active)) = state.accounts.get_mut(id) {
                *active = to;
                state.journal(entry);
            }
        });
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        sessions.retain(|_, (own, _)| own != id);
    }
}

impl Stored {
    async fn open(
        &self,
        (by, at): (&Actor, Timestamp),
        new: &Reader,
        password_hash: String,
        entry: Entry,
    ) -> Result<(), Denied> {
        let account = Account {
            id: new.id.clone(),
            role: new.role,
            unit: new.unit.clone(),
            locale: new.locale,
            active: true,
        };
        let opened = self.store.write(by, at, async |write| {
            write.enrol_staff(&[(account, password_hash)]).await?;
            write.journal(entry);
            Ok::<(), Denied>(())
        });
        opened.await.map_err(|denied| match denied {
            Denied::Refused("store.already_exists") => StaffRefusal::NumberTaken.into(),
            other => other,
        })
    }

    async fn switch(
        &self,
        (by, at): (&Actor, Timestamp),
        (id, to): (&ActorId, bool),
        entry: Entry,
    ) -> Result<(), Denied> {
        let switched = self.store.write(by, at, async |write| {
            write.set_active(id, to).await?;
            write.journal(entry);
            Ok::<(), Denied>(())
        });
        switched.await
    }
}
