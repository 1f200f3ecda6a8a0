//! The count: every station counts its boxes, every sheet is typed by two clerks who do not see
//! each other's entry, differences are read again by a third, and what the checks hold back is
//! decided on by both organs. Sheets go through in trays, one transaction for each step of a tray.
//! A few papers are drawn as pictures, so that images of sheets can be seen.

mod table;

use crate::course::Course;
use crate::course::actor;
use crate::drawing;
use crate::error::RehearsalError;
use crate::polling::Station;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Organ;
use sanduq_core::count::Votes;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use sanduq_core::refusal::Refusal;
use sanduq_count::image;
use sanduq_count::image::Picture;
use sanduq_count::image::Taken;
use sanduq_count::sheet;
use sanduq_count::sheet::Answer;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Line;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_store::sheet::Revision;
use std::collections::BTreeMap;
use table::Boxes;
use table::OnTable;

/// The file of the papers that are left for people to type.
pub const PAPERS: &str = "papers.txt";
/// Stations whose sheets go through together.
const TRAY: usize = 100;
/// Papers that are drawn as pictures.
const PICTURED: usize = 6;

/// Who types, in turns.
struct Staff {
    clerks: [Actor; 3],
    adjudicator: Actor,
    supervisor: Actor,
}

impl Staff {
    fn new() -> Self {
        let clerk = |id| actor(id, Organ::Executive);
        Self {
            clerks: [clerk("clerk-1"), clerk("clerk-2"), clerk("clerk-3")],
            adjudicator: actor("adjudicator-1", Organ::Executive),
            supervisor: actor("supervisor-1", Organ::Supervision),
        }
    }
}

impl Course<'_> {
    /// Counts every station and brings every sheet to acceptance, but for those of the last
    /// stations, which are left for people to type and to decide on.
    pub(crate) async fn count(&mut self, stations: &[Station]) -> Result<(), RehearsalError> {
        let left = stations.len() - self.plan.leave.min(stations.len());
        let (stations, left) = stations.split_at(left);
        let sheets = stations.len() * 2;
        self.watch.stage("count", sheets as u64, "sheets");
        let form = self.form.clone();
        let contests = self.nation.contests.clone();
        let papers: Vec<Paper<'_>> = contests.iter().map(|c| Paper::new(&form, c)).collect();
        let below = self.below();
        let staff = Staff::new();
        let mut boxes = Boxes::new(self.plan.seed, &contests);
        let opened = |tray: &[Station], boxes: &mut Boxes| {
            let mut table = Vec::new();
            for station in tray {
                let own = below.get(&station.unit).copied().unwrap_or(0);
                for contest in [0, own] {
                    table.push(boxes.open(station, &papers[contest], contest));
                }
            }
            table
        };
        let start = self.clock.closes();
        let trays = stations.len().div_ceil(TRAY);
        for (nth, tray) in stations.chunks(TRAY).enumerate() {
            let mut table = opened(tray, &mut boxes);
            let minutes = i64::try_from(nth * 300 / trays).unwrap_or(0);
            let at = start + jiff::Span::new().minutes(30 + minutes);
            self.receive(&mut table, &staff, at).await?;
            if nth == 0 {
                let when = at + jiff::Span::new().minutes(1);
                self.picture(&table, &staff, when).await?;
            }
            self.type_in(&mut table, &staff, at).await?;
            self.decide(&mut table, &staff, at).await?;
            let accepted = table.iter().filter(|t| t.sheet().state.counted().is_some());
            self.figures.sheets += accepted.count() as u64;
            self.watch.reached(self.figures.sheets);
        }
        let mut table = opened(left, &mut boxes);
        self.leave(&mut table, &staff, start + jiff::Span::new().minutes(360))
            .await
    }

    /// Sheets that people will type: in turns not typed yet, typed once, and typed twice alike with
    /// a figure that does not add up. Their papers are written to a file, to be typed from.
    async fn leave(
        &mut self,
        table: &mut [OnTable<'_>],
        staff: &Staff,
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        let [one, two, three] = &staff.clerks;
        self.step(table, one, at, |t| {
            sheet::receive(t.sheet.as_ref(), (&t.key, &t.salts), t.day, one, at).map(Some)
        })
        .await?;
        let mut thirds: [Vec<&mut OnTable<'_>>; 3] = Default::default();
        for (nth, on_table) in table.iter_mut().enumerate() {
            thirds[nth % 3].push(on_table);
        }
        let [_untyped, once, twice] = &mut thirds;
        for on_table in twice.iter_mut() {
            on_table.written = wrong(&on_table.truth);
        }
        let when = at + jiff::Span::new().minutes(3);
        for typed in [once, &mut *twice] {
            self.step_of(typed, two, when, |t| {
                sheet::first_entry(t.paper, t.sheet(), t.written.clone(), two, when).map(Some)
            })
            .await?;
        }
        let when = at + jiff::Span::new().minutes(8);
        self.step_of(twice, three, when, |t| {
            sheet::second_entry(t.paper, t.sheet(), t.written.clone(), three, when).map(Some)
        })
        .await?;
        self.figures.left += table.len() as u64;
        let papers: Vec<String> = table.iter().map(on_paper).collect();
        std::fs::write(self.plan.folder.join(PAPERS), papers.join("\n"))?;
        Ok(())
    }

    /// For each station the place of its constituency's contest in the list of contests.
    fn below(&self) -> BTreeMap<UnitIx, usize> {
        let tree = &self.nation.geography;
        let of_unit: BTreeMap<_, _> = self.nation.contests[1..]
            .iter()
            .enumerate()
            .map(|(i, contest)| (&contest.unit, i + 1))
            .collect();
        let contest = |station| {
            let path = tree.path(station);
            path.into_iter()
                .find_map(|unit| of_unit.get(&tree.unit(unit).code).copied())
        };
        tree.stations()
            .filter_map(|s| contest(s).map(|at| (s, at)))
            .collect()
    }

    /// The sheets come in.
    async fn receive(
        &mut self,
        table: &mut [OnTable<'_>],
        staff: &Staff,
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        let by = &staff.clerks[0];
        self.step(table, by, at, |t| {
            sheet::receive(t.sheet.as_ref(), (&t.key, &t.salts), t.day, by, at).map(Some)
        })
        .await?;
        Ok(())
    }

    /// The first papers are drawn, and their pictures put on record.
    async fn picture(
        &self,
        table: &[OnTable<'_>],
        staff: &Staff,
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        let by = &staff.clerks[0];
        let mut changes = Vec::new();
        for on_table in table.iter().take(PICTURED) {
            let Picture { file, bytes, .. } = image::clean(&drawing::sheet(
                on_table.paper,
                &on_table.key,
                &on_table.written,
            ))
            .map_err(|no| RehearsalError::refused(&no))?;
            let how = (by, at, Taken::Centre);
            let change = image::add(on_table.sheet.as_ref(), (0, None), &file, how);
            let change = change.map_err(|no| RehearsalError::refused(&no))?;
            changes.extend(change.map(|change| (change, bytes)));
        }
        self.store
            .write(by, at, async |w| {
                for (change, bytes) in &changes {
                    w.add_image(&self.event, change, bytes).await?;
                }
                Ok(())
            })
            .await
    }

    /// Typed twice, differences read again.
    async fn type_in(
        &mut self,
        table: &mut [OnTable<'_>],
        staff: &Staff,
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        let [one, two, three] = &staff.clerks;
        let later = |minutes: i64| at + jiff::Span::new().minutes(minutes);
        let when = later(3);
        self.step(table, one, when, |t| {
            sheet::first_entry(t.paper, t.sheet(), t.typed[0].clone(), one, when).map(Some)
        })
        .await?;
        let when = later(8);
        self.step(table, two, when, |t| {
            sheet::second_entry(t.paper, t.sheet(), t.typed[1].clone(), two, when).map(Some)
        })
        .await?;
        let when = later(11);
        let differing = self
            .step(table, three, when, |t| {
                let lines = sheet::differences(t.paper, t.sheet());
                if lines.is_empty() {
                    return Ok(None);
                }
                let read = lines.into_iter().map(|line| {
                    let figure = figure(t.paper, &t.written, &line);
                    (line, figure)
                });
                let read = read.collect();
                sheet::correct_differences(t.paper, t.sheet(), &read, three, when).map(Some)
            })
            .await?;
        self.figures.differing += differing;
        Ok(())
    }

    /// What is held back: proposed by one organ, signed by the other; what goes back to the
    /// station comes again as its next version, written right this time.
    async fn decide(
        &mut self,
        table: &mut [OnTable<'_>],
        staff: &Staff,
        at: Timestamp,
    ) -> Result<(), RehearsalError> {
        let when = at + jiff::Span::new().minutes(20);
        let by = &staff.adjudicator;
        let mut held = 0;
        let before = usize::try_from(self.figures.adjudicated).unwrap_or(0);
        let proposed = self
            .step(table, by, when, |t| {
                let SheetState::Quarantined { .. } = t.sheet().state else {
                    return Ok(None);
                };
                let (outcome, ground) = t.proposal(before + held);
                held += 1;
                sheet::propose(t.paper, t.sheet(), outcome, ground, by, when).map(Some)
            })
            .await?;
        if proposed == 0 {
            return Ok(());
        }
        self.figures.adjudicated += proposed;
        let when = at + jiff::Span::new().minutes(25);
        let law = self.law.second_signature;
        let by = &staff.supervisor;
        self.step(table, by, when, |t| {
            let SheetState::Quarantined { .. } = t.sheet().state else {
                return Ok(None);
            };
            let signed = (Answer::Sign, by, when);
            sheet::countersign(t.paper, law, t.sheet(), None, signed).map(|d| Some(d.this))
        })
        .await?;
        let (mut again, _): (Vec<&mut OnTable<'_>>, Vec<_>) = table
            .iter_mut()
            .partition(|t| matches!(t.sheet().state, SheetState::Returned { .. }));
        self.figures.returned += again.len() as u64;
        for on_table in &mut again {
            on_table.written = on_table.truth.clone();
            on_table.typed = [on_table.truth.clone(), on_table.truth.clone()];
            on_table.revision = Revision::NONE;
        }
        let [one, two, _] = &staff.clerks;
        let when = at + jiff::Span::new().minutes(40);
        self.step_of(&mut again, one, when, |t| {
            sheet::receive(t.sheet.as_ref(), (&t.key, &t.salts), t.day, one, when).map(Some)
        })
        .await?;
        self.step_of(&mut again, one, when, |t| {
            sheet::first_entry(t.paper, t.sheet(), t.typed[0].clone(), one, when).map(Some)
        })
        .await?;
        self.step_of(&mut again, two, when, |t| {
            sheet::second_entry(t.paper, t.sheet(), t.typed[1].clone(), two, when).map(Some)
        })
        .await?;
        Ok(())
    }

    async fn step<'p, R: Refusal>(
        &self,
        table: &mut [OnTable<'p>],
        by: &Actor,
        at: Timestamp,
        rule: impl FnMut(&OnTable<'p>) -> Result<Option<Change<Sheet>>, R>,
    ) -> Result<u64, RehearsalError> {
        let mut all: Vec<&mut OnTable<'p>> = table.iter_mut().collect();
        self.step_of(&mut all, by, at, rule).await
    }

    /// One step of a tray: the rule decides on each sheet, one transaction saves all it changed.
    async fn step_of<'p, R: Refusal>(
        &self,
        table: &mut [&mut OnTable<'p>],
        by: &Actor,
        at: Timestamp,
        mut rule: impl FnMut(&OnTable<'p>) -> Result<Option<Change<Sheet>>, R>,
    ) -> Result<u64, RehearsalError> {
        let mut changes = Vec::new();
        for (nth, on_table) in table.iter().enumerate() {
            if let Some(change) = rule(on_table).map_err(|no| RehearsalError::refused(&no))? {
                changes.push((nth, change));
            }
        }
        if changes.is_empty() {
            return Ok(0);
        }
        let revisions: Result<Vec<Revision>, RehearsalError> = self
            .store
            .write(by, at, async |w| {
                let mut revisions = Vec::with_capacity(changes.len());
                for (nth, change) in &changes {
                    let was = table[*nth].revision;
                    revisions.push(w.save_sheet(&self.event, was, change).await?);
                }
                Ok(revisions)
            })
            .await;
        let changed = changes.len() as u64;
        for ((nth, change), revision) in changes.into_iter().zip(revisions?) {
            table[nth].sheet = Some(change.next);
            table[nth].revision = revision;
        }
        Ok(changed)
    }
}

/// A paper on which the first choice has one vote more than was cast for it.
fn wrong(truth: &Figures) -> Figures {
    let mut figures = truth.clone();
    if let Some(Some(votes)) = figures.choices.first_mut() {
        *votes = Votes::new(votes.get() + 1);
    }
    figures
}

/// What the head of station wrote, line by line.
fn on_paper(on_table: &OnTable<'_>) -> String {
    let (form, contest) = (on_table.paper.form(), on_table.paper.contest());
    let mut text = format!(
        "{} {}  {} / {}\n",
        on_table.key.contest, on_table.key.station, contest.names.ar, contest.names.en
    );
    let mut line = |code: &str, names: &Names, votes: Option<Votes>| {
        let votes = votes.map_or_else(String::new, |votes| votes.get().to_string());
        text.push_str(&format!(
            "  {code:<12} {votes:>9}  {} / {}\n",
            names.ar, names.en
        ));
    };
    for (field, votes) in form.fields.iter().zip(&on_table.written.fields) {
        line(field.code.as_str(), &field.names, *votes);
    }
    for (choice, votes) in contest.choices.iter().zip(&on_table.written.choices) {
        line(choice.code.as_str(), &choice.names, *votes);
    }
    text
}

/// What stands in a line.
fn figure(paper: &Paper<'_>, figures: &Figures, line: &Line) -> Option<Votes> {
    match line {
        Line::Field(code) => figures.fields[paper.form().position(code.as_str())?],
        Line::Choice(code) => figures.choices[paper.contest().position(code)?],
    }
}
