//! Before the day: the call with its law, the units, the contests, staff, the roll.

use crate::course::Course;
use crate::course::actor;
use crate::error::RehearsalError;
use crate::homes;
use crate::persons;
use crate::registrar::Desk;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::count::Registered;
use sanduq_core::id::UnitCode;
use sanduq_count::publication;
use sanduq_count::publication::LawKind;

use sanduq_operations::staff::Role;
use sanduq_register::register;
use sanduq_register::roll::RollDigest;
use sanduq_store::Access;
use sanduq_store::account::Account;
use sanduq_store::event::Event;
use sanduq_store::event::FrozenRoll;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Course<'_> {
    /// The call of the event with its law, geography and contests.
    pub(crate) async fn call(&mut self) -> Result<(), RehearsalError> {
        self.watch.stage("call", 3, "acts");
        let board = actor("board-1", Organ::Executive);
        let event = Event {
            event: self.event.clone(),
            names: self.data.names.titles.event.clone(),
            profile: self.profile_text()?,
            forms: vec![self.form_text()],
            seat_rules: self.texts.seat_rules.clone(),
        };
        let at = self.clock.days_before(90);
        let called: Result<(), RehearsalError> = async {
            self.store
                .write(&board, at, async |w| {
                    w.call_event(&event).await?;
                    w.journal(w.entry(Act::EventCalled).with("event", &event.event));
                    let laws = [(LawKind::Profile, &event.profile)].into_iter();
                    let forms = event.forms.iter().map(|law| (LawKind::Form, law));
                    let rules = event.seat_rules.iter().map(|law| (LawKind::SeatRule, law));
                    for (kind, law) in laws.chain(forms).chain(rules) {
                        w.journal(publication::law_adopted(kind, law, &board, at));
                    }
                    Ok(())
                })
                .await
        }
        .await;
        called?;
        self.watch.reached(1);
        let tree = &self.nation.geography;
        let at = self.clock.days_before(80);
        let adopted: Result<(), RehearsalError> = self
            .store
            .write(&board, at, async |w| {
                w.adopt_geography(&self.event, tree).await?;
                w.journal(publication::geography_adopted(tree, &board, at));
                Ok(())
            })
            .await;
        adopted?;
        self.watch.reached(2);
        self.adopt_contests().await?;
        self.watch.reached(3);
        Ok(())
    }

    async fn adopt_contests(&self) -> Result<(), RehearsalError> {
        let board = actor("board-1", Organ::Executive);
        let form = self.form_code();
        let contests: Vec<_> = self
            .nation
            .contests
            .iter()
            .map(|contest| (contest.clone(), form.clone()))
            .collect();
        let at = self.clock.days_before(30);
        self.store
            .write(&board, at, async |w| {
                w.adopt_contests(&self.event, &contests).await?;
                for (contest, form) in &contests {
                    w.journal(publication::candidates_adopted(contest, form, &board, at));
                }
                Ok(())
            })
            .await
    }

    /// The station of the head's log-in: the first of those whose sheets are left to people, else
    /// the last.
    pub(crate) fn headed(&self) -> Option<UnitCode> {
        let tree = &self.nation.geography;
        let codes = tree.stations().map(|station| &tree.unit(station).code);
        let codes: BTreeSet<&UnitCode> = codes.collect();
        let left = self.plan.leave.clamp(1, codes.len().max(1));
        codes.iter().rev().nth(left - 1).map(|code| (*code).clone())
    }

    /// Staff: the executive's by its administrator, the supervision's by itself. Who heads a
    /// station is enrolled once judges are assigned.
    pub(crate) async fn enrol_staff(&mut self) -> Result<(), RehearsalError> {
        let accounts = self.plan.accounts.iter();
        let accounts = accounts.filter(|(account, _)| account.role != Role::StationHead);
        let (theirs, others): (Vec<_>, Vec<_>) = accounts
            .cloned()
            .partition(|(account, _)| account.role == Role::Supervisor);
        let count = (theirs.len() + others.len()) as u64;
        self.watch.stage("staff", count, "log-ins");
        let administrator = actor("administrator-1", Organ::Technical);
        self.enrol_by(&others, &administrator, 20).await?;
        let supervisor = actor("supervisor-1", Organ::Supervision);
        self.enrol_by(&theirs, &supervisor, 20).await?;
        self.watch.reached(count);
        Ok(())
    }

    /// Enrols staff in the name of `by`, so many days before the polling day.
    pub(crate) async fn enrol_by(
        &self,
        staff: &[(Account, String)],
        by: &Actor,
        days_before: i64,
    ) -> Result<(), RehearsalError> {
        let at = self.clock.days_before(days_before);
        self.store
            .write(by, at, async |w| {
                w.enrol_staff(staff).await?;
                let mut by_role: BTreeMap<Role, u64> = BTreeMap::new();
                for (account, _) in staff {
                    *by_role.entry(account.role).or_default() += 1;
                }
                for (role, count) in by_role {
                    let entry = w.entry(Act::StaffEnrolled).with("role", role.code());
                    w.journal(entry.with("count", count));
                }
                Ok(())
            })
            .await
    }

    /// The roll: the agency writes its file, the registrar reads it, the roll is frozen.
    pub(crate) async fn build_roll(&mut self) -> Result<(), RehearsalError> {
        let file = self.agency_file()?;
        self.register(&file).await?;
        std::fs::remove_file(&file)?;
        self.freeze().await
    }

    fn agency_file(&mut self) -> Result<PathBuf, RehearsalError> {
        let path = self.plan.folder.join("civil-register.csv");
        let expected = self.scale.voters + self.scale.voters / 32;
        self.watch.stage("agency file", expected, "persons");
        let file = |path: &Path| {
            Ok::<_, std::io::Error>(BufWriter::with_capacity(1 << 20, File::create(path)?))
        };
        let (mut out, mut living) = (file(&path)?, file(&self.plan.folder.join(homes::FILE))?);
        let last = register::last_birthday(&self.law);
        let (people, nation, seed) = (&self.texts.people, &self.nation, self.plan.seed);
        let watch = &mut self.watch;
        let mut progress = |rows| watch.reached(rows);
        let written = persons::write(
            people,
            nation,
            last,
            seed,
            (&mut out, &mut living),
            &mut progress,
        )?;
        self.figures.records = written.rows();
        Ok(path)
    }

    /// One thread reads and decides, while this one hands the electors to the store.
    async fn register(&mut self, file: &Path) -> Result<(), RehearsalError> {
        self.watch
            .stage("register", self.figures.records, "records");
        let registrar = actor("registrar-1", Organ::Executive);
        let mut load = self.store.enrol_electors(&registrar, &self.event).await?;
        let (hand, mut tray) = tokio::sync::mpsc::channel(1);
        let desk = Desk::new(self);
        let path = file.to_owned();
        let reading = tokio::task::spawn_blocking(move || desk.read(&path, &hand));
        while let Some(admitted) = tray.recv().await {
            for elector in &admitted.electors {
                load.elector(elector).await?;
            }
            self.watch.reached(admitted.rows);
        }
        let decided = reading
            .await
            .map_err(|e| RehearsalError::Data(e.to_string()))??;
        self.figures.voters = decided.voters();
        let entry = Entry::new(
            Act::AgencyBatchApplied,
            &registrar,
            self.clock.days_before(60),
        );
        load.finish(vec![decided.told(entry).with("digest", file_digest(file)?)])
            .await?;
        Ok(())
    }

    async fn freeze(&mut self) -> Result<(), RehearsalError> {
        self.watch.stage("freeze", self.scale.voters, "voters");
        let read = self.store.read_as(Access::Registrar).await?;
        let mut roll = read.roll(&self.event).await?;
        let mut digest = RollDigest::default();
        let mut rows = 0;
        while let Some((elector, domicile)) = roll.next().await? {
            digest
                .add(elector, &domicile)
                .map_err(|no| RehearsalError::refused(&no))?;
            rows += 1;
            if rows % 100_000 == 0 {
                self.watch.reached(rows);
            }
        }
        drop(roll);
        drop(read);
        self.watch.reached(rows);
        let (registered, digest) = digest.finish();
        self.figures.registered = registered;
        let frozen = FrozenRoll {
            registered: Registered::new(registered),
            digest,
        };
        let registrar = actor("registrar-1", Organ::Executive);
        let at = self.clock.days_before(15);
        self.store
            .write_as(Access::Registrar, &registrar, at, async |w| {
                w.freeze_roll(&self.event, &frozen).await?;
                let entry = w.entry(Act::RollFrozen).with("registered", registered);
                w.journal(entry.with("digest", &frozen.digest));
                Ok(())
            })
            .await
    }
}

/// SHA-256 of a file in hexadecimal.
fn file_digest(path: &Path) -> std::io::Result<String> {
    let mut hash = Context::new(&SHA256);
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hex(hash.finish().as_ref())),
            n => hash.update(&buffer[..n]),
        }
    }
}
