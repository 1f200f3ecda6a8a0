//! Seats: the rule of each contest is run on the totals of one snapshot. Where votes cannot decide,
//! a lot is drawn in front of both organs, kept and journaled, and the rule is run again.

use crate::chance::Chance;
use crate::course::Course;
use crate::course::actor;
use crate::error::RehearsalError;
use sanduq_core::act::Act;
use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;
use sanduq_core::seats::Allotment;
use sanduq_core::seats::Lot;
use sanduq_core::seats::LotNeeded;
use sanduq_core::seats::Outcome;
use sanduq_core::seats::SeatRule;
use sanduq_core::seats::allot;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::Snapshot;
use sanduq_count::publication::lot_drawn;
use sanduq_count::results::Release;
use sanduq_count::results::Shown;
use sanduq_count::results::seat_input;
use sanduq_count::results::tally;

fn refused(refusal: &dyn Refusal) -> RehearsalError {
    RehearsalError::refused(refusal)
}

impl Course<'_> {
    /// Allots the seats of every contest.
    pub(crate) async fn declare(&mut self) -> Result<(), RehearsalError> {
        let contests = self.nation.contests.len() as u64;
        self.watch.stage("seats", contests, "contests");
        let snapshot = self.store.read().await?.snapshot(&self.event).await?;
        let gone = || RehearsalError::Data("the event has no snapshot".to_owned());
        let snapshot = snapshot.ok_or_else(gone)?;
        let mut chance = Chance::new(self.plan.seed, "lots");
        for (nth, entry) in snapshot.contests.iter().enumerate() {
            let Some(code) = &entry.contest.seat_rule else {
                continue;
            };
            let text = self.texts.seat_rules.iter().find(|text| text.code == *code);
            let rule = text.ok_or_else(|| RehearsalError::Data(format!("no seat rule {code}")))?;
            let rule = SeatRule::from_toml(&rule.text).map_err(|no| refused(&no))?;
            let mut lots = Vec::new();
            let allotment = loop {
                let allotment = seats(&snapshot, entry, &rule, &lots)?;
                let Outcome::LotNeeded(needed) = &allotment.outcome else {
                    break allotment;
                };
                lots.push(self.draw(entry, needed, &mut chance).await?);
            };
            let seats: u32 = allotment.awards.iter().map(|award| award.seats).sum();
            self.allotted(entry, seats).await?;
            self.figures.lots += lots.len() as u64;
            self.watch.reached(nth as u64 + 1);
        }
        Ok(())
    }

    async fn draw(
        &self,
        entry: &PublicContest,
        needed: &LotNeeded,
        chance: &mut Chance,
    ) -> Result<Lot, RehearsalError> {
        let mut order = needed.among.clone();
        chance.shuffle(&mut order);
        order.truncate(usize::try_from(needed.seats).unwrap_or(usize::MAX));
        let lot = Lot {
            among: needed.among.clone(),
            drawn: order,
        };
        let board = actor("board-1", Organ::Executive);
        let (code, at) = (&entry.contest.code, self.clock.minute(30 * 60));
        let drawn: Result<(), RehearsalError> = self
            .store
            .write(&board, at, async |w| {
                w.keep_lot(&self.event, code, &lot).await?;
                w.journal(lot_drawn(code, &lot, &board, at));
                Ok(())
            })
            .await;
        drawn.map(|()| lot)
    }

    async fn allotted(&self, entry: &PublicContest, seats: u32) -> Result<(), RehearsalError> {
        let board = actor("board-1", Organ::Executive);
        let at = self.clock.minute(31 * 60);
        self.store
            .write(&board, at, async |w| {
                let act = w
                    .entry(Act::SeatsAllotted)
                    .with("contest", &entry.contest.code);
                w.journal(act.with("seats", seats));
                Ok(())
            })
            .await
    }
}

/// The seats of a contest by the totals of the snapshot.
fn seats(
    snapshot: &Snapshot,
    entry: &PublicContest,
    rule: &SeatRule,
    lots: &[Lot],
) -> Result<Allotment, RehearsalError> {
    let contest = &entry.contest;
    let no = |what: &str| RehearsalError::Data(format!("{}: {what}", contest.code));
    let form = snapshot.form(&entry.form).ok_or_else(|| no("no form"))?;
    let tree = &snapshot.geography;
    let tally = tally(tree, form, contest, &snapshot.sheets).map_err(|no| refused(&no))?;
    let release = Release::read(&contest.code);
    let shown = tally.show(Some(&release)).map_err(|no| refused(&no))?;
    let Shown::Released(figures) = shown else {
        return Err(no("not released"));
    };
    let input = seat_input(form, contest, &figures.whole()).ok_or_else(|| no("no valid votes"))?;
    allot(rule, &input, lots).map_err(|no| refused(&no))
}
