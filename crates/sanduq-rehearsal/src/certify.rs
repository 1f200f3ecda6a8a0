//! Certification: the executive's board proposes the totals of each contest, the supervision adds
//! them up again and signs (TP-09).

use crate::course::Course;
use crate::course::actor;
use crate::error::RehearsalError;
use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::Snapshot;
use sanduq_count::results::Preliminary;
use sanduq_count::results::Proposed;
use sanduq_count::results::Release;
use sanduq_count::results::certifiable;
use sanduq_store::Write;

fn refused(refusal: &dyn Refusal) -> RehearsalError {
    RehearsalError::refused(refusal)
}

impl Course<'_> {
    /// Certifies the result of every contest.
    pub(crate) async fn certify(&mut self) -> Result<(), RehearsalError> {
        let contests = self.nation.contests.len() as u64;
        self.watch.stage("certification", contests, "contests");
        let snapshot = self.store.read().await?.snapshot(&self.event).await?;
        let gone = || RehearsalError::Data("the event has no snapshot".to_owned());
        let snapshot = snapshot.ok_or_else(gone)?;
        for entry in &snapshot.contests {
            let proposed = self.propose(&snapshot, entry).await?;
            self.sign(&snapshot, entry, &proposed).await?;
            self.figures.certified += 1;
            self.watch.reached(self.figures.certified);
        }
        Ok(())
    }

    async fn propose(
        &self,
        snapshot: &Snapshot,
        entry: &PublicContest,
    ) -> Result<Proposed, RehearsalError> {
        let by = actor("results-officer-1", Organ::Executive);
        let at = self.clock.minute(29 * 60);
        let tree = &snapshot.geography;
        self.store
            .write(&by, at, async |w| {
                let result = self.result(w, snapshot, entry).await?;
                let read = result.digest(tree);
                let made = result.propose(tree, (&read, None), (&by, at));
                let made = made.map_err(|no| refused(&no))?;
                w.propose_certification(&self.event, &made).await?;
                Ok(made.next)
            })
            .await
    }

    async fn sign(
        &self,
        snapshot: &Snapshot,
        entry: &PublicContest,
        proposed: &Proposed,
    ) -> Result<(), RehearsalError> {
        let by = actor("supervisor-1", Organ::Supervision);
        let at = self.clock.minute(29 * 60 + 30);
        let tree = &snapshot.geography;
        self.store
            .write(&by, at, async |w| {
                let result = self.result(w, snapshot, entry).await?;
                let read = result.digest(tree);
                let made = result.certify(tree, (&read, proposed), (&by, at));
                let made = made.map_err(|no| refused(&no))?;
                w.certify(&self.event, proposed, &made).await?;
                Ok(())
            })
            .await
    }

    /// The result of a contest by its sheets, which nobody changes until the transaction ends.
    async fn result(
        &self,
        write: &Write,
        snapshot: &Snapshot,
        entry: &PublicContest,
    ) -> Result<Preliminary, RehearsalError> {
        let contest = &entry.contest;
        let sheets = write.held_sheets(&self.event, &contest.code).await?;
        let release = Release::read(&contest.code);
        let state = (Some(&release), entry.certified);
        let paper = (&self.form, contest);
        certifiable(&snapshot.geography, paper, state, &sheets).map_err(|no| refused(&no))
    }
}
