//! What two persons have to agree on about an account: proposed by one, answered by another of the
//! same administration. Always true here: who answers is held against the proposal as it stands
//! when the answer is written, and a proposal is answered once.

use super::Denied;
use super::Failed;
use super::Held;
use super::Password;
use super::Source;
use super::Stored;
use super::enrolling::account;
use super::enrolling::enrolled;
use super::enrolling::taken;
use super::stored::reader;
use crate::page::Reader;
use crate::password;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::refusal::Refusal;
use sanduq_operations::second_person;
use sanduq_operations::second_person::Matter;
use sanduq_operations::second_person::WAITS;
use sanduq_operations::staff;
use sanduq_operations::staff::StaffRefusal;
use sanduq_store::StoreRefusal;
use sanduq_store::Write;
use sanduq_store::account::Accounts;
use sanduq_store::proposal::Proposal;

impl Source {
    /// What waits for a second person in an administration, the oldest first.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn proposals(&self, organ: Organ) -> Result<Vec<Proposal>, Failed> {
        match self {
            Self::Held(held) => Ok(held.proposals(organ)),
            Self::Stored(stored) => {
                let read = stored.store.read_as(organ.into()).await?;
                Ok(read.proposals().await?)
            }
        }
    }

    /// How many administer in the name of an organ and are let in.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn administrators(&self, organ: Organ) -> Result<u64, Failed> {
        let administrators = Accounts {
            role: second_person::administrator(organ),
            active: Some(true),
            ..Accounts::default()
        };
        let (_, count) = self.staff(organ, &administrators, (None, 1)).await?;
        Ok(count)
    }

    /// Proposes a matter of an account. Whoever proposes holds one half of its first password, of
    /// which this hash is kept.
    ///
    /// # Errors
    /// There is nobody who could agree, something waits already, the number is taken or their own.
    pub async fn propose(
        &self,
        (by, at): (&Actor, Timestamp),
        matter: Matter,
        (about, half_hash): (&Reader, String),
    ) -> Result<(), Denied> {
        staff::reset(&by.id, &about.id)?;
        let all = self.administrators(by.organ).await;
        let others = all.map_err(Denied::Failed)?.saturating_sub(1);
        second_person::propose(others)?;
        let act = match matter {
            Matter::Enrol => Act::StaffProposed,
            Matter::Reset => Act::StaffResetProposed,
        };
        let entry = Entry::new(act, by, at)
            .with("role", about.role.code())
            .with("staff", &about.id);
        let proposal = Proposal {
            matter,
            account: account(about, None),
            by: by.id.clone(),
            at,
        };
        match self {
            Self::Held(held) => held.propose((proposal, half_hash), entry),
            Self::Stored(stored) => {
                let proposed = stored.store.write(by, at, async |write| {
                    write.propose_account(&proposal, &half_hash).await?;
                    write.journal(entry);
                    Ok::<(), Denied>(())
                });
                proposed.await
            }
        }
    }

    /// Carries out what was proposed; `password` is the half of whoever approves.
    ///
    /// # Errors
    /// It may not be approved; somebody was first.
    pub async fn approve(
        &self,
        (by, at): (&Actor, Timestamp),
        proposal: &Proposal,
        password: Password,
    ) -> Result<(), Denied> {
        let about = &proposal.account.id;
        let proposer = self.member(by.organ, &proposal.by).await;
        let stands = proposer
            .map_err(Denied::Failed)?
            .is_some_and(|one| one.active);
        second_person::approve((&proposal.by, proposal.at), about, (&by.id, at), stands)?;
        let new = reader(proposal.account.clone());
        let done = match proposal.matter {
            Matter::Enrol => enrolled((by, at), &new),
            Matter::Reset => Entry::new(Act::StaffPasswordReset, by, at).with("staff", about),
        };
        let approved = Entry::new(Act::StaffProposalApproved, by, at)
            .with("role", new.role.code())
            .with("staff", about)
            .with("proposer", &proposal.by);
        let entries = [approved, done];
        match self {
            Self::Held(held) => held.approve(proposal, password, entries),
            Self::Stored(stored) => stored.approve((by, at), proposal, password, entries).await,
        }
    }

    /// Strikes out what was proposed.
    ///
    /// # Errors
    /// Somebody was first.
    pub async fn refuse(
        &self,
        (by, at): (&Actor, Timestamp),
        proposal: &Proposal,
    ) -> Result<(), Denied> {
        let entry = Entry::new(Act::StaffProposalRefused, by, at)
            .with("role", proposal.account.role.code())
            .with("staff", &proposal.account.id)
            .with("proposer", &proposal.by);
        match self {
            Self::Held(held) => {
                held.settle(proposal)?;
                held.change(|state| state.journal(entry));
                Ok(())
            }
            Self::Stored(stored) => {
                let refused = stored.store.write(by, at, async |write| {
                    write.settle_proposal(proposal).await?;
                    write.journal(entry);
                    Ok::<(), Denied>(())
                });
                refused.await
            }
        }
    }
}

impl Held {
    fn proposals(&self, organ: Organ) -> Vec<Proposal> {
        let mut own = self.ask(|state| {
            let all = state.proposals.values().map(|(one, _)| one);
            let own = all.filter(|one| staff::administers(organ, one.account.role));
            own.cloned().collect::<Vec<_>>()
        });
        own.sort_by_key(|one| one.at);
        own
    }

    fn propose(
        &self,
        (proposal, half_hash): (Proposal, String),
        entry: Entry,
    ) -> Result<(), Denied> {
        let id: ActorId = proposal.account.id.clone();
        let mut done = Ok(());
        self.change(|state| {
            let taken = proposal.matter == Matter::Enrol && state.accounts.contains_key(&id);
            let before = state.proposals.get(&id);
            let waits = before.is_some_and(|(one, _)| proposal.at.duration_since(one.at) < WAITS);
            if taken {
                done = Err(StaffRefusal::NumberTaken.into());
            } else if waits {
                done = Err(StaffRefusal::AlreadyProposed.into());
            } else {
                state.proposals.insert(id, (proposal, half_hash));
                state.journal(entry);
            }
        });
        done
    }

    /// Takes a proposal away; the hash of the half that its proposer holds.
    fn settle(&self, proposal: &Proposal) -> Result<String, Denied> {
        let mut half = None;
        self.change(|state| {
            let id = &proposal.account.id;
            let waiting = state.proposals.get(id);
            if waiting.is_some_and(|(one, _)| one == proposal) {
                half = state.proposals.remove(id).map(|(_, half)| half);
            }
        });
        half.ok_or(Denied::Refused(StoreRefusal::Conflict.code()))
    }

    fn approve(
        &self,
        proposal: &Proposal,
        mut password: Password,
        [approved, done]: [Entry; 2],
    ) -> Result<(), Denied> {
        let first_half = self.settle(proposal)?;
        password.hash = password::of_two(&first_half, &password.hash);
        self.change(|state| state.journal(approved));
        match proposal.matter {
            Matter::Enrol => self.open(&reader(proposal.account.clone()), password, done),
            Matter::Reset => {
                self.give(&proposal.account.id, password);
                self.change(|state| state.journal(done));
                Ok(())
            }
        }
    }
}

impl Stored {
    /// The account is written first and the proposal taken away behind it: the database asks for
    /// the proposal when it sees the account.
    async fn approve(
        &self,
        (by, at): (&Actor, Timestamp),
        proposal: &Proposal,
        Password { hash, first }: Password,
        entries: [Entry; 2],
    ) -> Result<(), Denied> {
        let mut account = proposal.account.clone();
        account.first = Some(first);
        let approved = self.store.write(by, at, async |write: &mut Write| {
            match proposal.matter {
                Matter::Enrol => write.enrol_staff(&[(account, hash)]).await?,
                Matter::Reset => write.give_password(&account.id, &hash, first).await?,
            }
            write.settle_proposal(proposal).await?;
            entries.into_iter().for_each(|entry| write.journal(entry));
            Ok::<(), Denied>(())
        });
        approved.await.map_err(taken)
    }
}
