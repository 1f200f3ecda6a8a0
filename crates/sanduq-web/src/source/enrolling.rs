//! Accounts of staff as their administrators see them. Always true here: whoever asks names the
//! organ, and sees and changes nothing but what that organ administers.

use super::Denied;
use super::Failed;
use super::Held;
use super::Own;
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
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;
use sanduq_operations::first_password::First;
use sanduq_operations::staff;
use sanduq_operations::staff::Role;
use sanduq_operations::staff::StaffRefusal;
use sanduq_store::StoreRefusal;
use sanduq_store::account::Account;
use sanduq_store::account::Accounts;

/// An account as its administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is for.
    pub reader: Reader,
    /// Whether it may log in.
    pub active: bool,
    /// The first password, until the person has set their own.
    pub first: Option<First>,
}

/// A first password, as it is kept.
#[derive(Clone, Debug)]
pub struct Password {
    /// The text of its hash.
    pub hash: String,
    /// How long it opens what.
    pub first: First,
}

impl From<StaffRefusal> for Denied {
    fn from(refusal: StaffRefusal) -> Self {
        Self::Refused(refusal.code())
    }
}

/// A number that somebody has, under its name.
pub(super) fn taken(denied: Denied) -> Denied {
    match denied {
        Denied::Refused("store.already_exists") => StaffRefusal::NumberTaken.into(),
        other => other,
    }
}

/// The entry of an enrolment.
pub(super) fn enrolled((by, at): (&Actor, Timestamp), new: &Reader) -> Entry {
    Entry::new(Act::StaffEnrolled, by, at)
        .with("count", 1)
        .with("role", new.role.code())
        .with("staff", &new.id)
}

/// An account for the store.
pub(super) fn account(new: &Reader, first: Option<First>) -> Account {
    Account {
        id: new.id.clone(),
        role: new.role,
        unit: new.unit.clone(),
        locale: new.locale,
        active: true,
        first,
    }
}

fn of_own(own: &Own) -> Member {
    Member {
        reader: own.reader.clone(),
        active: own.active,
        first: own.first,
    }
}

fn member(account: Account) -> Member {
    Member {
        active: account.active,
        first: account.first,
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

    /// Opens an account with a first password.
    ///
    /// # Errors
    /// Somebody has the number, the organ has no right to, or a second person has to agree.
    pub async fn enrol(
        &self,
        (by, at): (&Actor, Timestamp),
        new: &Reader,
        password: Password,
    ) -> Result<(), Denied> {
        let entry = enrolled((by, at), new);
        match self {
            Self::Held(held) => held.open(new, password, entry),
            Self::Stored(stored) => stored.open((by, at), new, password, entry).await,
        }
    }

    /// Gives an account another first password; its sessions end.
    ///
    /// # Errors
    /// It is one's own, the organ has no such account, or a second person has to agree.
    pub async fn reset(
        &self,
        (by, at): (&Actor, Timestamp),
        id: &ActorId,
        password: Password,
    ) -> Result<(), Denied> {
        let known = self.known(by, id).await?;
        staff::reset(&by.id, &known.reader.id)?;
        let entry = Entry::new(Act::StaffPasswordReset, by, at).with("staff", id);
        match self {
            Self::Held(held) => {
                held.give(id, password);
                held.change(|state| state.journal(entry));
                Ok(())
            }
            Self::Stored(stored) => stored.give((by, at), id, password, entry).await,
        }
    }

    /// An account that the organ of `by` administers.
    async fn known(&self, by: &Actor, id: &ActorId) -> Result<Member, Denied> {
        let known = self.member(by.organ, id).await.map_err(Denied::Failed)?;
        let unknown = Denied::Refused(StoreRefusal::Unknown(String::new()).code());
        known.ok_or(unknown)
    }

    /// Whether a station has a head, let in or not: a suspended one can be readmitted.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn headed(&self, organ: Organ, station: &UnitCode) -> Result<bool, Failed> {
        let heads = Accounts {
            role: Some(Role::StationHead),
            unit: Some(station.clone()),
            ..Accounts::default()
        };
        let (_, count) = self.staff(organ, &heads, (None, 1)).await?;
        Ok(count > 0)
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
        let known = self.known(by, id).await?;
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
                && wanted.reach(reader.unit.as_ref())
                && wanted.active.is_none_or(|active| member.active == active)
        };
        let mut all = self.ask(|state| {
            let members = state.accounts.values().map(of_own);
            members.filter(is_wanted).collect::<Vec<_>>()
        });
        let count = all.len() as u64;
        all.retain(|member| after.is_none_or(|after| member.reader.id > *after));
        all.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        (all, count)
    }

    fn member(&self, organ: Organ, id: &ActorId) -> Option<Member> {
        let own = self.ask(|state| state.accounts.get(id).cloned());
        let own = own.filter(|own| staff::administers(organ, own.reader.role));
        own.as_ref().map(of_own)
    }

    pub(super) fn open(
        &self,
        new: &Reader,
        password: Password,
        entry: Entry,
    ) -> Result<(), Denied> {
        let mut taken = false;
        self.change(|state| {
            taken = state.accounts.contains_key(&new.id);
            if !taken {
                let own = Own {
                    reader: new.clone(),
                    hash: password.hash,
                    active: true,
                    first: Some(password.first),
                };
                state.accounts.insert(new.id.clone(), own);
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
            if let Some(own) = state.accounts.get_mut(id) {
                own.active = to;
                state.journal(entry);
            }
        });
        self.end_sessions(id);
    }

    pub(super) fn give(&self, id: &ActorId, password: Password) {
        self.change(|state| {
            if let Some(own) = state.accounts.get_mut(id) {
                (own.hash, own.first) = (password.hash, Some(password.first));
            }
        });
        self.end_sessions(id);
    }
}

impl Stored {
    async fn open(
        &self,
        (by, at): (&Actor, Timestamp),
        new: &Reader,
        password: Password,
        entry: Entry,
    ) -> Result<(), Denied> {
        let account = account(new, Some(password.first));
        let opened = self.store.write(by, at, async |write| {
            write.enrol_staff(&[(account, password.hash)]).await?;
            write.journal(entry);
            Ok::<(), Denied>(())
        });
        opened.await.map_err(taken)
    }

    async fn give(
        &self,
        (by, at): (&Actor, Timestamp),
        id: &ActorId,
        password: Password,
        entry: Entry,
    ) -> Result<(), Denied> {
        let given = self.store.write(by, at, async |write| {
            write
                .give_password(id, &password.hash, password.first)
                .await?;
            write.journal(entry);
            Ok::<(), Denied>(())
        });
        given.await
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
