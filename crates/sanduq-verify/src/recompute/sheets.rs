//! Every version of every sheet, against the journal and against the arithmetic of its form. Always
//! true here: the digest is computed from the published figures, the checks are run by the
//! published form, and the state, the failed checks and the decision must be those of the journal.
//! Figures are shown with the salt of their digest, a salt with its figures, and no salt twice.

use crate::recompute::acts::Acts;
use crate::recompute::acts::Reported;
use crate::recompute::legal::PollingDay;
use crate::recompute::point::Failures;
use crate::recompute::point::Point;
use crate::recompute::versions::DecisionAct;
use crate::recompute::versions::SheetActs;
use crate::recompute::versions::Versions;
use jiff::Timestamp;
use sanduq_core::act::Organ;
use sanduq_core::id::UnitCode;
use sanduq_core::law::SecondSignature;
use sanduq_count::form::Finding;
use sanduq_count::publication::Edition;
use sanduq_count::publication::PublicContest;
use sanduq_count::publication::PublicDecision;
use sanduq_count::publication::PublicSheet;
use sanduq_count::publication::SheetsFile;
use sanduq_count::publication::StateWord;
use sanduq_count::publication::sheets_path;
use sanduq_count::sheet;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::Salt;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::Way;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What was looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetCounts {
    /// Versions of sheets.
    pub sheets: u64,
    /// Figures on them, empty lines included.
    pub figures: u64,
    /// Checks run.
    pub checks: u64,
}

/// The salts that were seen, of all contests.
#[derive(Debug, Default)]
pub struct Salts(BTreeSet<[u8; 16]>);

/// The sheets of one contest.
pub struct Sheets<'a> {
    edition: &'a Edition,
    entry: &'a PublicContest,
    paper: Paper<'a>,
    path: String,
    all: &'a Acts,
    acts: Option<&'a BTreeMap<UnitCode, Versions>>,
    /// When stations opened that have no day of their own, because none of the event has.
    opened: Option<Timestamp>,
    failures: &'a mut Failures,
    salts: &'a mut Salts,
    counts: SheetCounts,
}

/// Checks every sheet of a contest and says how much that was.
pub fn check(
    edition: &Edition,
    entry: &PublicContest,
    acts: &Acts,
    file: &SheetsFile,
    (salts, failures): (&mut Salts, &mut Failures),
) -> SheetCounts {
    let mut sheets = Sheets {
        edition,
        entry,
        paper: edition.paper(entry),
        path: sheets_path(&entry.contest.code),
        all: acts,
        acts: acts.sheets.get(&entry.contest.code),
        opened: PollingDay::of(edition)
            .filter(|_| !acts.polled())
            .map(|day| day.opens),
        failures,
        salts,
        counts: SheetCounts::default(),
    };
    sheets.versions(file);
    for sheet in &file.sheets {
        sheets.sheet(sheet);
    }
    sheets.counts
}

/// Whether the last version of a sheet waits for somebody: it is typed, or held back.
#[must_use]
pub fn waits(file: &SheetsFile) -> bool {
    let last: BTreeMap<&UnitCode, StateWord> = file
        .sheets
        .iter()
        .map(|sheet| (&sheet.station, sheet.state))
        .collect();
    let settled = [
        StateWord::Accepted,
        StateWord::Returned,
        StateWord::Superseded,
    ];
    last.values().any(|state| !settled.contains(state))
}

fn place(station: &UnitCode, version: u32) -> String {
    format!("station {station} version {version}")
}

impl Sheets<'_> {
    fn at(&mut self, point: Point, place: &str) {
        self.failures.at(point, &self.path, place);
    }

    fn compare(&mut self, point: Point, place: &str, computed: &str, stated: &str) {
        self.failures
            .compare(point, &self.path, place, (computed, stated));
    }

    /// Every version that the journal knows is there, and versions follow one another.
    fn versions(&mut self, file: &SheetsFile) {
        let mut published: BTreeMap<&UnitCode, Vec<u32>> = BTreeMap::new();
        for sheet in &file.sheets {
            published
                .entry(&sheet.station)
                .or_default()
                .push(sheet.version);
        }
        for (station, versions) in &published {
            let follow = (1..)
                .zip(versions)
                .all(|(number, version)| number == *version);
            if !follow {
                self.at(Point::SheetVersions, &format!("station {station}"));
            }
        }
        let known = self.acts.into_iter().flatten();
        let known = known.flat_map(|(station, versions)| {
            let versions = versions.iter();
            versions.map(move |(version, acts)| (station, version, acts))
        });
        for (station, version, acts) in known {
            if acts.way.as_ref().is_some_and(Way::is_due) {
                self.at(Point::SheetDue, &place(station, version));
            }
            let there = published
                .get(station)
                .is_some_and(|own| own.contains(&version));
            if !there {
                self.at(Point::SheetNotPublished, &place(station, version));
            }
        }
    }

    fn sheet(&mut self, sheet: &PublicSheet) {
        self.counts.sheets += 1;
        let place = place(&sheet.station, sheet.version);
        let acts = self.acts.and_then(|stations| stations.get(&sheet.station));
        let acts = acts.and_then(|versions| versions.get(sheet.version));
        let Some((acts, way)) = acts.and_then(|acts| Some((acts, acts.way.as_ref()?))) else {
            self.at(Point::SheetNotJournaled, &place);
            return;
        };
        self.compare(Point::SheetState, &place, way.state(), sheet.state.code());
        if let Some(point) = self.early(&sheet.station, acts) {
            self.at(point, &place);
        }
        if self.entry.released {
            self.salt(sheet, &place);
            self.figures(sheet, acts, &place);
        } else {
            self.locked(sheet, acts, &place);
        }
        self.decision(sheet, acts, &place);
    }

    /// Whether a version began before its station opened, or before it had closed: by the hour, and
    /// by the place of the acts in the journal (INV-20). Where no station opened, because all
    /// sheets came as data, the law's hour of opening stands for all.
    fn early(&self, station: &UnitCode, acts: &SheetActs) -> Option<Point> {
        let (index, at) = acts.began?;
        let place = self.edition.geography.find(station);
        let day = place.and_then(|place| self.edition.days[place.ix()].as_ref());
        let Some(day) = day else {
            let opened = self.opened.is_some_and(|opened| opened <= at);
            return (!opened).then_some(Point::SheetEarly);
        };
        if day.opened.is_none_or(|opened| opened > at) {
            return Some(Point::SheetEarly);
        }
        let report = (Reported::Closed, day.reports.closed);
        let said = self.all.reports.get(&report);
        let closed = day.closed.is_some_and(|closed| closed <= at)
            && said.is_some_and(|said| said.index < index);
        (!closed).then_some(Point::SheetOpen)
    }

    /// A contest that is not released shows no figure, no side of a check, and neither digest nor
    /// salt: from both the few figures of a station can be guessed (INV-31).
    fn locked(&mut self, sheet: &PublicSheet, acts: &SheetActs, place: &str) {
        let told = |found: &Finding| found.left.is_some() || found.right.is_some();
        let lines = sheet.fields.is_some() || sheet.choices.is_some();
        let bound = sheet.digest.is_some() || sheet.salt.is_some();
        if lines || bound || sheet.findings.iter().any(told) {
            self.at(Point::ContestLock, place);
        }
        if acts.digest().is_some() {
            self.at(Point::LockedDigest, place);
        }
    }

    /// Figures stand beside their salt and a salt beside its figures; one that is seen a second
    /// time opens a digest that it was not drawn for. What nobody can see is whether it was drawn.
    fn salt(&mut self, sheet: &PublicSheet, place: &str) {
        let salt = sheet.salt.filter(|salt| *salt != Salt::WITHHELD);
        match (sheet.figures().is_some(), salt) {
            (true, None) => self.at(Point::SheetSaltMissing, place),
            (false, Some(_)) => self.at(Point::SheetSaltTold, place),
            _ => {}
        }
        if salt.is_some_and(|salt| !self.salts.0.insert(*salt.as_bytes())) {
            self.at(Point::SheetSaltTwice, place);
        }
    }

    fn figures(&mut self, sheet: &PublicSheet, acts: &SheetActs, place: &str) {
        let shown = matches!(
            sheet.state,
            StateWord::Accepted | StateWord::Quarantined | StateWord::Superseded
        );
        let Some(figures) = sheet.figures() else {
            if shown {
                self.at(Point::SheetLines, place);
            }
            return;
        };
        if !shown || !self.lines_fit(sheet) {
            self.at(Point::SheetLines, place);
            return;
        }
        self.counts.figures += len(figures.fields.len() + figures.choices.len());
        let key = SheetKey {
            contest: self.entry.contest.code.clone(),
            station: sheet.station.clone(),
        };
        let own = (sheet.version, sheet.salt.unwrap_or(Salt::WITHHELD));
        let computed = sheet::digest(&self.paper, &key, own, &figures);
        let stated = sheet.digest.as_deref().unwrap_or("nothing");
        self.compare(Point::SheetDigest, place, &computed, stated);
        let journaled = acts.digest().unwrap_or("nothing");
        self.compare(Point::SheetDigest, place, &computed, journaled);
        if sheet.state != StateWord::Superseded {
            self.findings(sheet, &figures, acts, place);
        }
    }

    /// Whether the lines are those of the form and the ballot, by code and in their order (INV-27).
    fn lines_fit(&self, sheet: &PublicSheet) -> bool {
        let fields = self.paper.form().fields.iter().map(|field| &field.code);
        let choices = self.entry.contest.choices.iter().map(|choice| &choice.code);
        sheet
            .fields
            .as_ref()
            .is_some_and(|own| own.codes().eq(fields))
            && sheet
                .choices
                .as_ref()
                .is_some_and(|own| own.codes().eq(choices))
    }

    fn findings(&mut self, sheet: &PublicSheet, figures: &Figures, acts: &SheetActs, place: &str) {
        let checks = &self.paper.form().checks;
        self.counts.checks += len(checks.len());
        let failing = self.paper.failing(&figures.fields, &figures.choices);
        // Findings about how the sheet came in are none of the form; the journal answers for them.
        let of_form = |found: &&Finding| {
            checks.iter().any(|check| check.code == found.check) || failing.contains(found)
        };
        let stated: Vec<&Finding> = sheet.findings.iter().filter(of_form).collect();
        let (computed, stated) = (listed(&failing), listed(stated));
        self.compare(Point::SheetFindings, place, &computed, &stated);
        let codes: Vec<&str> = sheet
            .findings
            .iter()
            .map(|found| found.check.as_str())
            .collect();
        let journaled = or_none(acts.failures.clone());
        self.compare(
            Point::SheetFailures,
            place,
            &journaled,
            &or_none(codes.join(",")),
        );
        let holds_back = sheet.findings.iter().any(Finding::holds_back);
        let counted = sheet.state == StateWord::Accepted;
        if counted == holds_back && sheet.decision.is_none() {
            self.at(Point::SheetHeld, place);
        }
    }

    fn decision(&mut self, sheet: &PublicSheet, acts: &SheetActs, place: &str) {
        match (&sheet.decision, &acts.decision) {
            (None, None) => {}
            (Some(stated), Some(act)) => {
                let proposal = self.proposal(sheet, acts);
                let computed = journaled(act, proposal);
                self.compare(Point::SheetDecision, place, &computed, &published(stated));
                self.organs(stated, act, place);
            }
            _ => self.at(Point::SheetDecision, place),
        }
    }

    /// The proposal that the decision answered: on this version, or, when this version took the
    /// place of an accepted one, on that one.
    fn proposal(&self, sheet: &PublicSheet, acts: &SheetActs) -> Option<(String, String)> {
        let before = || {
            let versions = self.acts?.get(&sheet.station)?;
            versions.get(sheet.version.checked_sub(1)?)?.signed.as_ref()
        };
        let proposal = acts.signed.as_ref().or_else(before)?;
        Some((proposal.outcome.clone(), proposal.at.to_string()))
    }

    /// Two persons, one of the executive and one of the supervision; a refusal only where the law
    /// lets the work go on (INV-28, TP-14, E67).
    fn organs(&mut self, stated: &PublicDecision, act: &DecisionAct, place: &str) {
        let mut organs = [stated.proposed_by, stated.answered_by];
        organs.sort();
        let same_person = act.facts.get("proposer") == Some(&act.person);
        let law = self.edition.profile.read.second_signature;
        let unlawful = stated.refused_because.is_some() && law == SecondSignature::Required;
        if organs != [Organ::Executive, Organ::Supervision] || same_person || unlawful {
            self.at(Point::SheetOrgans, place);
        }
    }
}

/// The decision as the journal has it, in one line.
fn journaled(act: &DecisionAct, proposal: Option<(String, String)>) -> String {
    let fact = |key: &str| act.facts.get(key).map_or("nothing", String::as_str);
    let (verdict, proposed_at) = proposal.unwrap_or(("nothing".into(), "never".into()));
    let refused = act.facts.get("refused").map_or("signed", String::as_str);
    format!(
        "{verdict} on `{}`, proposed by {} at {proposed_at}, answered by {} at {}: {refused}",
        fact("ground"),
        fact("proposing_organ"),
        act.organ.code(),
        act.at,
    )
}

/// The decision as it is published, in the same words.
fn published(stated: &PublicDecision) -> String {
    let refused = stated.refused_because.as_deref().unwrap_or("signed");
    format!(
        "{} on `{}`, proposed by {} at {}, answered by {} at {}: {refused}",
        stated.verdict.code(),
        stated.ground,
        stated.proposed_by.code(),
        stated.proposed_at,
        stated.answered_by.code(),
        stated.answered_at,
    )
}

/// Findings with both their sides, in one line.
fn listed<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> String {
    let side = |side: Option<i128>| side.map_or("empty".to_owned(), |side| side.to_string());
    let told = findings.into_iter().map(|found| {
        let (left, right) = (side(found.left), side(found.right));
        format!("{} {:?} {left}/{right}", found.check, found.severity)
    });
    let told: Vec<String> = told.collect();
    or_none(told.join(", "))
}

fn or_none(text: String) -> String {
    if text.is_empty() {
        "none".to_owned()
    } else {
        text
    }
}

fn len(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(sheets: &[(&str, u32, &str)]) -> SheetsFile {
        let sheets = sheets.iter().map(|(station, version, state)| {
            format!(r#"{{"station":"{station}","version":{version},"state":"{state}"}}"#)
        });
        let sheets: Vec<String> = sheets.collect();
        let text = format!(
            r#"{{"edition":{{"event":"e","snapshot":"1-0","at":"2026-10-01T17:00:00Z",
            "invented":true}},"contest":"c","form":"f","released":true,"sheets":[{}]}}"#,
            sheets.join(",")
        );
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn a_sheet_waits_when_its_last_version_is_not_settled() {
        for (sheets, expected) in [
            (&[("a", 1, "accepted"), ("b", 1, "accepted")][..], false),
            (&[("a", 1, "quarantined"), ("a", 2, "accepted")][..], false),
            (&[("a", 1, "accepted"), ("a", 2, "quarantined")][..], true),
            (&[("a", 1, "accepted"), ("b", 1, "received")][..], true),
            (&[("a", 1, "first_entered"), ("b", 1, "accepted")][..], true),
            (&[("a", 1, "superseded"), ("a", 2, "returned")][..], false),
        ] {
            assert_eq!(waits(&file(sheets)), expected, "{sheets:?}");
        }
    }
}
