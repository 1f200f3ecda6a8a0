//! Acting on a sheet: read as staff may read it, put to the rule, written with its journal entries.
//! Always true here: what a page was told beforehand decides nothing; the rule sees the sheet as it
//! stands when it is written, or nothing is written.

use super::Failed;
use super::Held;
use super::Source;
use super::State;
use super::Stored;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;
use sanduq_count::results::ResultRefusal;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetRefusal;
use sanduq_store::StoreError;
use sanduq_store::sheet::Revision;
use std::collections::BTreeMap;

/// Why an act did not happen; nothing was written.
#[derive(Debug)]
pub enum Denied {
    /// A rule or the store said no, under this code.
    Refused(&'static str),
    /// The store did not answer.
    Failed(Failed),
}

impl From<StoreError> for Denied {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => Self::Refused(refusal.code()),
            StoreError::Fault(fault) => Self::Failed(Failed(fault.to_string())),
        }
    }
}

impl From<SheetRefusal> for Denied {
    fn from(refusal: SheetRefusal) -> Self {
        Self::Refused(refusal.code())
    }
}

/// What a rule makes of the versions of a sheet, the first one first: one change or several that
/// belong together.
pub type Ruled = Result<Vec<Change<Sheet>>, Denied>;

impl Source {
    /// Every version of a sheet as an organ may read it, the first one first.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn sheet_versions(&self, organ: Organ, key: &SheetKey) -> Result<Vec<Sheet>, Failed> {
        match self {
            Self::Held(held) => Ok(held.versions(key)),
            Self::Stored(stored) => {
                let versions = stored.versions(organ, key).await?;
                Ok(versions.into_iter().map(|(sheet, _)| sheet).collect())
            }
        }
    }

    /// Every state that one version of a sheet had, the first one first, as an organ may read it.
    ///
    /// # Errors
    /// The store did not answer.
    pub async fn sheet_states(
        &self,
        organ: Organ,
        (key, version): (&SheetKey, u32),
    ) -> Result<Vec<Sheet>, Failed> {
        let mut states = match self {
            Self::Held(held) => held.states(key),
            Self::Stored(stored) => {
                let read = stored.store.read_as(organ.into()).await?;
                let past = read.sheet_history(&stored.event, key).await?;
                past.into_iter().map(|past| past.sheet).collect()
            }
        };
        states.retain(|sheet| sheet.version == version);
        Ok(states)
    }

    /// Puts a sheet to a rule and writes what the rule answers; the sheet as it stands then.
    ///
    /// # Errors
    /// The rule said no, or somebody else has changed the sheet in the meantime.
    pub async fn act(
        &self,
        key: &SheetKey,
        (by, at): (&Actor, Timestamp),
        rule: impl FnOnce(&[Sheet]) -> Ruled,
    ) -> Result<Sheet, Denied> {
        match self {
            Self::Held(held) => held.act(key, rule),
            Self::Stored(stored) => stored.act(key, (by, at), rule).await,
        }
    }
}

/// The sheet that a page shows after these changes.
fn last(changes: &[Change<Sheet>]) -> Result<Sheet, Denied> {
    let last = changes.last().map(|change| change.next.clone());
    last.ok_or(Denied::Refused("store.no_entry"))
}

impl Held {
    fn versions(&self, key: &SheetKey) -> Vec<Sheet> {
        self.ask(|state| {
            let sheets = state.snapshot.iter().flat_map(|held| &held.sheets);
            sheets.filter(|sheet| sheet.key == *key).cloned().collect()
        })
    }

    fn states(&self, key: &SheetKey) -> Vec<Sheet> {
        let past = self.ask(|state| state.past.get(key).cloned().unwrap_or_default());
        past.into_iter().chain(self.versions(key)).collect()
    }

    fn act(&self, key: &SheetKey, rule: impl FnOnce(&[Sheet]) -> Ruled) -> Result<Sheet, Denied> {
        let changes = rule(&self.versions(key))?;
        let own = |state: &State| state.certifications.get(&key.contest)?.signed.clone();
        if self.ask(own).is_some() {
            return Err(ResultRefusal::Certified(key.contest.clone()).into());
        }
        self.change(|state| {
            let Some(snapshot) = &mut state.snapshot else {
                return;
            };
            for change in &changes {
                let next = &change.next;
                let place =
                    |sheet: &Sheet| (&sheet.key, sheet.version).cmp(&(&next.key, next.version));
                match snapshot.sheets.binary_search_by(place) {
                    Ok(at) => {
                        let former = core::mem::replace(&mut snapshot.sheets[at], next.clone());
                        let past = state.past.entry(former.key.clone()).or_default();
                        past.push(former);
                    }
                    Err(at) => snapshot.sheets.insert(at, next.clone()),
                }
            }
            for change in &changes {
                state.journal(change.entry.clone());
            }
            if let Some(proposed) = state.certifications.get_mut(&key.contest) {
                proposed.touched = true;
            }
        });
        last(&changes)
    }
}

impl Stored {
    async fn versions(
        &self,
        organ: Organ,
        key: &SheetKey,
    ) -> Result<Vec<(Sheet, Revision)>, Failed> {
        let read = self.store.read_as(organ.into()).await?;
        let versions = read.sheet_versions(&self.event, key).await?;
        let one = |stored: sanduq_store::sheet::Stored| (stored.sheet, stored.revision);
        Ok(versions.into_iter().map(one).collect())
    }

    async fn act(
        &self,
        key: &SheetKey,
        (by, at): (&Actor, Timestamp),
        rule: impl FnOnce(&[Sheet]) -> Ruled,
    ) -> Result<Sheet, Denied> {
        let versions = self.versions(by.organ, key).await.map_err(Denied::Failed)?;
        let (sheets, mut revisions): (Vec<Sheet>, BTreeMap<u32, Revision>) = versions
            .into_iter()
            .map(|(sheet, revision)| {
                let version = sheet.version;
                (sheet, (version, revision))
            })
            .unzip();
        let changes = rule(&sheets)?;
        let work = async |write: &mut sanduq_store::Write| {
            for change in &changes {
                let version = change.next.version;
                let was = revisions.get(&version).copied().unwrap_or(Revision::NONE);
                let saved = write.save_sheet(&self.event, was, change).await?;
                revisions.insert(version, saved);
            }
            Ok::<(), Denied>(())
        };
        self.store.write(by, at, work).await?;
        last(&changes)
    }
}
