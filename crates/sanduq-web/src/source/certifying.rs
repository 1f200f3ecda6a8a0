//! Certifying a result: one organ proposes, the other signs or refuses. Always true here: the rule
//! sees the sheets of the contest as they stand when its answer is written, and nobody changes one
//! in between; whoever acts names the digest of the totals that were before them.

use super::Denied;
use super::Failed;
use super::Held;
use super::Source;
use super::State;
use super::Stored;
use crate::view::View;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ContestCode;
use sanduq_core::refusal::Refusal;
use sanduq_count::publication::PublicContest;
use sanduq_count::results::Preliminary;
use sanduq_count::results::Proposed;
use sanduq_count::results::Release;
use sanduq_count::results::ResultRefusal;
use sanduq_count::results::certifiable;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_store::Write;
use sanduq_store::certification::Certification;
use std::collections::BTreeMap;

impl From<ResultRefusal> for Denied {
    fn from(refusal: ResultRefusal) -> Self {
        Self::Refused(refusal.code())
    }
}

/// What is proposed and signed, and what stands in the way without being seen by everybody.
#[derive(Default)]
pub struct Certifying {
    /// Proposals and signatures by contest.
    pub made: BTreeMap<ContestCode, Certification>,
    /// Sheets that count and on which a proposal waits; for the two organs only.
    pub disputed: BTreeMap<ContestCode, u64>,
}

/// What somebody does about a contest, with the digest that they read.
#[derive(Clone, Copy)]
pub struct Certify<'a> {
    /// The contests and their ground.
    pub view: &'a View,
    /// The contest.
    pub entry: &'a PublicContest,
    /// The digest.
    pub read: &'a str,
}

impl Certify<'_> {
    fn contest(&self) -> &ContestCode {
        &self.entry.contest.code
    }

    /// The result by these sheets; `final_already` when it is certified.
    fn result(&self, sheets: &[Sheet], final_already: bool) -> Result<Preliminary, ResultRefusal> {
        let contest = &self.entry.contest;
        let form = self.view.form(self.entry);
        let form = form.expect("a view has the forms of its contests");
        let release = self.entry.released.then(|| Release::read(&contest.code));
        let state = (release.as_ref(), final_already);
        certifiable(
            &self.view.snapshot.geography,
            (form, contest),
            state,
            sheets,
        )
    }

    fn propose(
        &self,
        sheets: &[Sheet],
        made: Option<&Certification>,
        doing: (&Actor, Timestamp),
    ) -> Result<Change<Proposed>, ResultRefusal> {
        let signed = made.is_some_and(|made| made.signed.is_some());
        let result = self.result(sheets, signed)?;
        let waiting = made.and_then(Certification::holds);
        result.propose(&self.view.snapshot.geography, (self.read, waiting), doing)
    }

    /// What waits, was read and can be signed.
    fn signable<'c>(&self, made: Option<&'c Certification>) -> Result<&'c Proposed, ResultRefusal> {
        let proposed = self.waiting(made)?;
        let holds = made.and_then(Certification::holds).is_some();
        holds.then_some(proposed).ok_or(ResultRefusal::Touched)
    }

    /// What waits and was read.
    fn waiting<'c>(&self, made: Option<&'c Certification>) -> Result<&'c Proposed, ResultRefusal> {
        let made = made.ok_or(ResultRefusal::NothingProposed)?;
        if made.signed.is_some() {
            return Err(ResultRefusal::Certified(self.contest().clone()));
        }
        let same = made.proposed.digest == self.read;
        same.then_some(&made.proposed).ok_or(ResultRefusal::Changed)
    }
}

impl Source {
    /// What is proposed and signed, as an organ may see it.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn certifying(&self, organ: Organ) -> Result<Certifying, Failed> {
        match self {
            Self::Held(held) => Ok(held.ask(certifying)),
            Self::Stored(stored) => stored.certifying(organ).await,
        }
    }

    /// The contests whose proposed result holds no longer, as everybody may know.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn touched_results(&self) -> Result<Vec<ContestCode>, Failed> {
        let made: Vec<Certification> = match self {
            Self::Held(held) => held.ask(|state| state.certifications.values().cloned().collect()),
            Self::Stored(stored) => {
                let read = stored.store.read().await?;
                read.certifications(&stored.event).await?
            }
        };
        let touched = made
            .into_iter()
            .filter(|made| made.signed.is_none() && made.touched);
        Ok(touched.map(|made| made.proposed.contest).collect())
    }

    /// The executive proposes to certify the totals that were read.
    ///
    /// # Errors
    /// A sheet waits or is missing, the totals are others by now, they are proposed already.
    pub async fn propose_result(
        &self,
        what: &Certify<'_>,
        doing: (&Actor, Timestamp),
    ) -> Result<(), Denied> {
        match self {
            Self::Held(held) => held.certify(what, |made, sheets| {
                let change = what.propose(sheets, made.as_ref(), doing)?;
                *made = Some(Certification {
                    proposed: change.next,
                    signed: None,
                    touched: false,
                });
                Ok(change.entry)
            }),
            Self::Stored(stored) => {
                let (by, at) = doing;
                let proposed = stored.store.write(by, at, async |write| {
                    let (sheets, made) = stored.held(write, what).await?;
                    let change = what.propose(&sheets, made.as_ref(), doing)?;
                    write.propose_certification(&stored.event, &change).await?;
                    Ok::<(), Denied>(())
                });
                proposed.await
            }
        }
    }

    /// The supervision signs the totals that were read: the result is final.
    ///
    /// # Errors
    /// Nothing is proposed, it is one person or one organ, the totals are others by now.
    pub async fn sign_result(
        &self,
        what: &Certify<'_>,
        doing: (&Actor, Timestamp),
    ) -> Result<(), Denied> {
        let geography = &what.view.snapshot.geography;
        match self {
            Self::Held(held) => held.certify(what, |made, sheets| {
                let proposed = what.signable(made.as_ref())?.clone();
                let result = what.result(sheets, false)?;
                let change = result.certify(geography, (what.read, &proposed), doing)?;
                let signed = Some((doing.0.id.clone(), doing.1));
                *made = Some(Certification {
                    proposed,
                    signed,
                    touched: false,
                });
                Ok(change.entry)
            }),
            Self::Stored(stored) => {
                let (by, at) = doing;
                let signed = stored.store.write(by, at, async |write| {
                    let (sheets, made) = stored.held(write, what).await?;
                    let proposed = what.signable(made.as_ref())?;
                    let result = what.result(&sheets, false)?;
                    let change = result.certify(geography, (what.read, proposed), doing)?;
                    write.certify(&stored.event, proposed, &change).await?;
                    Ok::<(), Denied>(())
                });
                signed.await
            }
        }
    }

    /// The supervision refuses what was proposed; the result stays preliminary.
    ///
    /// # Errors
    /// Nothing is proposed, it is one person or one organ, there is no reason.
    pub async fn refuse_result(
        &self,
        what: &Certify<'_>,
        reason: &str,
        doing: (&Actor, Timestamp),
    ) -> Result<(), Denied> {
        match self {
            Self::Held(held) => held.certify(what, |made, _| {
                let entry = what.waiting(made.as_ref())?.refuse(reason, doing)?;
                *made = None;
                Ok(entry)
            }),
            Self::Stored(stored) => {
                let (by, at) = doing;
                let refused = stored.store.write(by, at, async |write| {
                    let made = stored.made(write, what.contest()).await?;
                    let proposed = what.waiting(made.as_ref())?;
                    let entry = proposed.refuse(reason, doing)?;
                    let event = &stored.event;
                    write.strike_certification(event, proposed, entry).await?;
                    Ok::<(), Denied>(())
                });
                refused.await
            }
        }
    }
}

fn certifying(state: &State) -> Certifying {
    let mut all = Certifying {
        made: state.certifications.clone(),
        ..Certifying::default()
    };
    let sheets = state.snapshot.iter().flat_map(|held| &held.sheets);
    for sheet in sheets {
        let disputed = matches!(
            sheet.state,
            SheetState::Accepted {
                proposal: Some(_),
                ..
            }
        );
        if disputed {
            *all.disputed.entry(sheet.key.contest.clone()).or_default() += 1;
        }
    }
    all
}

impl Held {
    /// Puts what is made of a contest, and its sheets, to a rule; keeps what the rule makes of it.
    fn certify(
        &self,
        what: &Certify<'_>,
        rule: impl FnOnce(&mut Option<Certification>, &[Sheet]) -> Result<Entry, ResultRefusal>,
    ) -> Result<(), Denied> {
        let contest = what.contest();
        let mut done = Err(Denied::Refused(ResultRefusal::NothingProposed.code()));
        self.change(|state| {
            let sheets = state.snapshot.iter().flat_map(|held| &held.sheets);
            let own = sheets.filter(|sheet| sheet.key.contest == *contest);
            let own: Vec<Sheet> = own.cloned().collect();
            let mut made = state.certifications.remove(contest);
            let before = made.clone();
            let ruled = rule(&mut made, &own);
            let kept = match ruled.is_ok() {
                true => made,
                false => before,
            };
            let signed = kept.as_ref().is_some_and(|made| made.signed.is_some());
            if let Some(kept) = kept {
                state.certifications.insert(contest.clone(), kept);
            }
            let contests = state.snapshot.iter_mut().flat_map(|own| &mut own.contests);
            for entry in contests.filter(|own| own.contest.code == *contest) {
                entry.certified = signed;
            }
            done = ruled
                .map_err(Denied::from)
                .map(|entry| state.journal(entry));
        });
        done
    }
}

impl Stored {
    async fn certifying(&self, organ: Organ) -> Result<Certifying, Failed> {
        let read = self.store.read_as(organ.into()).await?;
        let made = read.certifications(&self.event).await?;
        let made = made
            .into_iter()
            .map(|made| (made.proposed.contest.clone(), made));
        let disputed = match organ {
            Organ::Executive | Organ::Supervision => read.disputed_sheets(&self.event).await?,
            _ => Vec::new(),
        };
        Ok(Certifying {
            made: made.collect(),
            disputed: disputed.into_iter().collect(),
        })
    }

    async fn made(
        &self,
        write: &Write,
        contest: &ContestCode,
    ) -> Result<Option<Certification>, Denied> {
        let made = write.certifications(&self.event).await?.into_iter();
        let mut own = made.filter(|made| made.proposed.contest == *contest);
        Ok(own.next())
    }

    /// The sheets of the contest, held to the end of the transaction, and what is made of it.
    async fn held(
        &self,
        write: &Write,
        what: &Certify<'_>,
    ) -> Result<(Vec<Sheet>, Option<Certification>), Denied> {
        let sheets = write.held_sheets(&self.event, what.contest()).await?;
        Ok((sheets, self.made(write, what.contest()).await?))
    }
}
