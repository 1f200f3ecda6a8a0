//! Wadi in a store, act by act, and the program run on it.

use crate::nation::Nation;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_count::publication::Snapshot;
use sanduq_count::sheet::Sheet;
use sanduq_journal::hash::Hash;
use sanduq_journal::tree::Frontier;
use sanduq_operations::station_day::Opening;
use sanduq_operations::turnout::HourFigures;
use sanduq_store::Access;
use sanduq_store::Config;
use sanduq_store::Store;
use sanduq_store::StoreError;
use sanduq_store::Write;
use sanduq_store::event::Event;
use sanduq_store::event::FrozenRoll;
use sanduq_store::sheet::Revision;
use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::process::Output;

fn root(entries: &[Vec<u8>]) -> [u8; 32] {
    let leaves = entries.iter().map(|entry| Hash::of_leaf(entry));
    *leaves.collect::<Frontier>().root().as_bytes()
}

/// Wadi in memory.
pub fn wadi() -> Nation {
    Nation::wadi(root)
}

/// One entry of Wadi on its way into the store.
struct Step<'a> {
    nation: &'a Snapshot,
    entry: Entry,
    sheet: Option<&'a Sheet>,
}

impl Step<'_> {
    fn contest(&self) -> ContestCode {
        ContestCode::new(&self.entry.facts["contest"]).unwrap()
    }

    fn stations(&self) -> impl Iterator<Item = UnitCode> + '_ {
        self.nation.days.iter().map(|(code, _)| code.clone())
    }

    /// What the entry says, done.
    async fn work(
        &self,
        w: &mut Write,
        revisions: &mut BTreeMap<(String, u32), Revision>,
    ) -> Result<(), StoreError> {
        if let Some(sheet) = self.sheet {
            let name = format!("{} {}", sheet.key.contest, sheet.key.station);
            let was = revisions
                .entry((name, sheet.version))
                .or_insert(Revision::NONE);
            let change = Change {
                next: sheet.clone(),
                entry: self.entry.clone(),
            };
            *was = w.save_sheet(&self.nation.event, *was, &change).await?;
            return Ok(());
        }
        let event = &self.nation.event;
        match Act::from_code(&self.entry.act).unwrap() {
            Act::EventCalled => w.call_event(&self.event()).await?,
            Act::GeographyAdopted => w.adopt_geography(event, &self.nation.geography).await?,
            Act::RollFrozen => w.freeze_roll(event, &self.roll()).await?,
            Act::CandidatesAdopted => {
                let mut contests = self.nation.contests.iter();
                let own = contests
                    .find(|own| own.contest.code == self.contest())
                    .unwrap();
                let adopted = [(own.contest.clone(), own.form.clone())];
                w.adopt_contests(event, &adopted).await?;
            }
            // The store journals these itself.
            Act::StationsOpened => return self.open(w).await,
            Act::StationsClosed => return self.close(w).await,
            Act::TurnoutReported => return self.report(w).await,
            Act::CandidateFiguresReleased => w.release_contests(event, &[self.contest()]).await?,
            _ => {}
        }
        w.journal(self.entry.clone());
        Ok(())
    }

    fn event(&self) -> Event {
        let forms = self.nation.forms.iter().map(|(_, text)| text.clone());
        Event {
            event: self.nation.event.clone(),
            names: self.nation.names.clone(),
            profile: self.nation.profile_text.clone(),
            forms: forms.collect(),
            seat_rules: self.nation.seat_rules.clone(),
        }
    }

    fn roll(&self) -> FrozenRoll {
        FrozenRoll {
            registered: self.nation.registered,
            digest: self.entry.facts["digest"].clone(),
        }
    }

    async fn open(&self, w: &mut Write) -> Result<(), StoreError> {
        let record = Opening {
            head_present: true,
            ballots: 500,
            box_sealed: true,
            ..Opening::default()
        };
        let stations = self.stations().map(|code| (code, record.clone()));
        let stations: Vec<_> = stations.collect();
        let opened = self.nation.days[0].1.opened.unwrap();
        w.open_stations(&self.nation.event, &stations, opened).await
    }

    async fn close(&self, w: &mut Write) -> Result<(), StoreError> {
        let days = self
            .nation
            .days
            .iter()
            .filter(|(_, day)| day.closed.is_some());
        let stations: Vec<_> = days.map(|(code, _)| code.clone()).collect();
        let closed = self.nation.days[0].1.closed.unwrap();
        w.close_stations(&self.nation.event, &stations, closed)
            .await
    }

    async fn report(&self, w: &mut Write) -> Result<(), StoreError> {
        let mut reports = Vec::new();
        for (code, day) in &self.nation.days {
            for (hour, came, voted) in day.hours.iter().copied() {
                if hour.to_string() == self.entry.facts["hour"] {
                    reports.push((code.clone(), HourFigures { hour, came, voted }));
                }
            }
        }
        w.report_hours(&self.nation.event, &reports).await
    }
}

/// The store of this folder.
pub async fn open(dir: &Path) -> Store {
    let config = Config::Private {
        dir: dir.to_owned(),
    };
    Store::open(&config).await.unwrap()
}

/// Wadi in the store of this folder; the journal is the same, byte for byte.
pub async fn fill(dir: &Path, nation: &Nation) {
    let store = open(dir).await;
    let mut revisions = BTreeMap::new();
    for (number, bytes) in nation.entries.iter().enumerate() {
        let step = Step {
            nation: &nation.snapshot,
            entry: Entry::from_bytes(bytes).unwrap(),
            sheet: nation.sheets.get(&number),
        };
        let (entry, at) = (&step.entry, step.entry.at);
        let actor = Actor {
            id: entry.actor.clone(),
            organ: entry.organ,
        };
        let access = match Act::from_code(&entry.act).unwrap() {
            Act::RollFrozen => Access::Registrar,
            _ => actor.organ.into(),
        };
        let work = async |w: &mut Write| step.work(w, &mut revisions).await;
        let done = store.write_as(access, &actor, at, work).await;
        done.unwrap_or_else(|why| panic!("{}: {why}", step.entry.act));
    }
}

/// The program, run to its end.
pub fn sanduq(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_sanduq");
    Command::new(program).args(arguments).output().unwrap()
}

/// What the program printed.
pub fn printed(output: &Output) -> String {
    let (out, err) = (&output.stdout, &output.stderr);
    format!(
        "{}{}",
        String::from_utf8_lossy(out),
        String::from_utf8_lossy(err)
    )
}
