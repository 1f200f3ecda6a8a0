//! The stage of assignment: judges and administrators are placed on the committees of stations that
//! know their voters, the head of a station has the log-in of the judge who serves there, and on
//! the eve one judge is excused and another takes the place, with the log-in.

use crate::committees::Assigned;
use crate::committees::Committees;
use crate::committees::ratio_of;
use crate::course::Course;
use crate::course::Serving;
use crate::course::actor;
use crate::error::RehearsalError;
use crate::ground::Ground;
use jiff::Timestamp;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_operations::assignment::rules::Rules;
use sanduq_operations::second_person;
use sanduq_operations::second_person::Matter;
use sanduq_operations::staff::Role;
use sanduq_register::placement::station::Admits;
use sanduq_store::account::Account;
use sanduq_store::proposal::Proposal;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

impl Course<'_> {
    /// Judges and administrators to their committees, and the head of a station to the log-in.
    pub(crate) async fn assign_staff(&mut self, ground: &Ground) -> Result<(), RehearsalError> {
        self.watch.stage("assignment", 0, "people");
        let rules = |text: &str| Rules::read(text).map_err(|no| RehearsalError::refused(&no));
        let for_judges = rules(&self.texts.judges)?;
        let for_administrators = rules(&self.texts.administrators)?;
        let committees = Committees::new(&self.nation, &of_women(ground));
        let seed = self.plan.seed;
        let work = tokio::task::spawn_blocking(move || {
            let judges = committees.judges(&for_judges, seed)?;
            let administrators = committees.administrators(&for_administrators, seed)?;
            Ok::<_, RehearsalError>((judges, administrators))
        });
        let done = work
            .await
            .map_err(|e| RehearsalError::Data(e.to_string()))?;
        let (mut judges, administrators) = done?;
        let all: Vec<&Assigned> = administrators.iter().collect();
        let count = |all: &[&Assigned]| all.iter().map(|one| one.posts.len() as u64).sum();
        self.figures.serving = Serving {
            judges: count(&[&judges]),
            administrators: count(&all),
            head: None,
        };
        let serving = &self.figures.serving;
        self.watch.reached(serving.judges + serving.administrators);
        self.watch.note(format!(
            "{} judges, cost over bound {}; {} administrators, {}",
            serving.judges,
            ratio_of(&[&judges]),
            serving.administrators,
            ratio_of(&all)
        ));
        self.journal_assigned("judges", &[&judges]).await?;
        self.journal_assigned("administrators", &all).await?;
        self.head(&mut judges).await
    }

    async fn journal_assigned(
        &self,
        register: &str,
        all: &[&Assigned],
    ) -> Result<(), RehearsalError> {
        let by = actor("board-1", Organ::Executive);
        let people: usize = all.iter().map(|one| one.posts.len()).sum();
        let committees: u64 = all.iter().map(|one| one.sitting()).sum();
        let at = self.clock.days_before(10);
        self.store
            .write(&by, at, async |w| {
                let entry = w.entry(Act::StaffAssigned).with("register", register);
                let entry = entry.with("people", people).with("committees", committees);
                w.journal(entry.with("digest", digest(all)));
                Ok(())
            })
            .await
    }

    /// The judge of the station that has a log-in heads it; on the eve the judge is excused, and
    /// whom the engine finds takes the place.
    async fn head(&mut self, judges: &mut Assigned) -> Result<(), RehearsalError> {
        let mut accounts = self.plan.accounts.iter();
        let Some((account, hash)) = accounts.find(|(one, _)| one.role == Role::StationHead) else {
            return Ok(());
        };
        let headed = self.headed();
        let judge = headed.as_ref().and_then(|station| judges.at(station));
        let (Some(station), Some(judge)) = (&headed, judge.cloned()) else {
            let why = "no judge serves at the station that has a log-in";
            return Err(RehearsalError::Data(why.to_owned()));
        };
        let of = |id: &ActorId| {
            let account = Account {
                id: id.clone(),
                unit: headed.clone(),
                ..account.clone()
            };
            [(account, hash.clone())]
        };
        let administrator = actor("administrator-1", Organ::Technical);
        self.enrol_by(&of(&judge), &administrator, 9).await?;
        self.watch.stage("apology", 1, "judge");
        let post = judges.excuse(&judge, self.plan.seed)?;
        let board = actor("board-1", Organ::Executive);
        let eve = self.clock.days_before(1);
        let replaced: Result<(), RehearsalError> = self
            .store
            .write(&board, eve, async |w| {
                let entry = w.entry(Act::StaffReplaced).with("excused", &judge);
                let entry = entry.with("committee", station);
                w.journal(entry.with("person", &post.person));
                Ok(())
            })
            .await;
        replaced?;
        let suspended: Result<(), RehearsalError> = self
            .store
            .write(&administrator, eve, async |w| {
                w.set_active(&judge, false).await?;
                w.journal(w.entry(Act::StaffSuspended).with("staff", &judge));
                Ok(())
            })
            .await;
        suspended?;
        let [(account, _)] = of(&post.person);
        self.second_head(account, eve).await?;
        self.watch.reached(1);
        self.watch.note(format!(
            "{judge} is excused at {station}, {} takes the place",
            post.person
        ));
        self.figures.serving.head = Some(post.person);
        Ok(())
    }

    /// A station that has had a head gets another one only by two persons: one administrator
    /// proposes, the other approves, and each holds half of the password.
    async fn second_head(&self, account: Account, at: Timestamp) -> Result<(), RehearsalError> {
        let one = actor("administrator-1", Organ::Technical);
        let other = actor("administrator-2", Organ::Technical);
        let [first_half, second_half] = &self.plan.halves;
        let proposal = Proposal {
            matter: Matter::Enrol,
            account,
            by: one.id.clone(),
            at,
        };
        let (role, staff) = (proposal.account.role.code(), &proposal.account.id);
        let proposed: Result<(), RehearsalError> = self
            .store
            .write(&one, at, async |w| {
                w.propose_account(&proposal, first_half).await?;
                let entry = w.entry(Act::StaffProposed).with("role", role);
                w.journal(entry.with("staff", staff));
                Ok(())
            })
            .await;
        proposed?;
        second_person::approve((&one.id, at), staff, (&other.id, at), true)
            .map_err(|no| RehearsalError::refused(&no))?;
        self.store
            .write(&other, at, async |w| {
                // The account first: the store looks for the proposal that it was made by.
                let enrolled = (proposal.account.clone(), second_half.clone());
                w.enrol_staff(&[enrolled]).await?;
                w.settle_proposal(&proposal).await?;
                let entry = w.entry(Act::StaffProposalApproved).with("role", role);
                w.journal(entry.with("staff", staff).with("proposer", &one.id));
                let entry = w.entry(Act::StaffEnrolled).with("role", role);
                w.journal(entry.with("count", 1));
                Ok(())
            })
            .await
    }
}

/// The stations for women alone.
fn of_women(ground: &Ground) -> BTreeSet<UnitCode> {
    let rows = ground.rows.iter().zip(&ground.stations);
    let women = rows.filter(|(row, _)| row.admits == Admits::Women);
    women.flat_map(|(_, stations)| stations.clone()).collect()
}

/// SHA-256 over lines of service number, space and committee, in the order of numbers.
fn digest(all: &[&Assigned]) -> String {
    let posts = all.iter().flat_map(|one| &one.posts);
    let lines: BTreeMap<&ActorId, &UnitCode> =
        posts.map(|post| (&post.person, &post.committee)).collect();
    let mut hash = Context::new(&SHA256);
    for (person, committee) in lines {
        hash.update(format!("{person} {committee}\n").as_bytes());
    }
    let bytes = hash.finish();
    bytes.as_ref().iter().map(|b| format!("{b:02x}")).collect()
}
