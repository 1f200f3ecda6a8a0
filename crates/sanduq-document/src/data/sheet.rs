//! The minutes of a station: its lines and votes, what balances and what does not, every version
//! of the sheet, and what the journal says of it.

use crate::data::Document;
use crate::data::head::Asked;
use crate::data::head::Head;
use crate::data::value;
use crate::exit::Ended;
use crate::folder::Folder;
use crate::folder::Noted;
use crate::shown::Moment;
use crate::shown::Reader;
use crate::shown::text;
use sanduq_core::count::Votes;
use sanduq_count::form::Checks;
use sanduq_count::form::Finding;
use sanduq_count::form::Form;
use sanduq_count::form::Made;
use sanduq_count::form::Marks;
use sanduq_count::form::Relation;
use sanduq_count::form::Severity;
use sanduq_count::publication::PublicDecision;
use sanduq_count::publication::PublicSheet;
use serde::Serialize;
use serde_json::json;

/// A line of the form or of the ballot.
#[derive(Serialize)]
pub struct Line {
    number: String,
    code: String,
    name: String,
    /// None where the line of the paper is empty.
    figure: Option<String>,
}

/// A check of the form.
#[derive(Serialize)]
struct CheckLine {
    code: String,
    name: String,
    holds: bool,
    relation: &'static str,
    left: Option<String>,
    right: Option<String>,
    severity: &'static str,
}

/// A decision of both organs.
#[derive(Serialize)]
struct Decided {
    verdict: &'static str,
    ground: String,
    proposed_by: &'static str,
    proposed_at: Moment,
    answered_by: &'static str,
    answered_at: Moment,
    refused_because: Option<String>,
}

/// A version of the sheet.
#[derive(Serialize)]
struct Version {
    number: String,
    state: &'static str,
    digest: Option<String>,
    shown: bool,
    decision: Option<Decided>,
}

/// An act in the journal.
#[derive(Serialize)]
struct ActLine {
    number: String,
    act: &'static str,
    organ: &'static str,
    at: Moment,
    version: Option<String>,
}

#[derive(Serialize)]
struct Sheet {
    head: Head,
    title: String,
    version: String,
    state: &'static str,
    digest: Option<String>,
    lines: Vec<Line>,
    choices: Vec<Line>,
    sum: Option<String>,
    checks: Vec<CheckLine>,
    /// Findings that are no check of the form, by code.
    remarks: Vec<String>,
    versions: Vec<Version>,
    acts: Vec<ActLine>,
}

/// The minutes of a station; of its last version, or of the one that is asked for.
///
/// # Errors
/// The contest is locked, the station has no sheet, the version shows no figures.
pub fn sheet(
    folder: &Folder,
    asked: &Asked<'_>,
    station: &str,
    version: Option<u32>,
) -> Result<Document, Ended> {
    let place = folder.station(station)?;
    folder.released()?;
    let (reader, contest) = (asked.reader, &folder.entry().contest);
    let file = folder.sheets()?;
    let own = |sheet: &&PublicSheet| sheet.station.as_str() == station;
    let all: Vec<&PublicSheet> = file.sheets.iter().filter(own).collect();
    let none = |what: &str| {
        let why = format!("the sheet of {station} for {}{what}", contest.code);
        Ended::refused("sheet.none", why)
    };
    let sheet = match version {
        None => all.last().copied(),
        Some(number) => all.iter().find(|sheet| sheet.version == number).copied(),
    };
    let sheet = sheet.ok_or_else(|| none(" is not in the folder"))?;
    let figures = sheet
        .figures()
        .ok_or_else(|| none(&format!(" shows no figures: it is {}", sheet.state.code())))?;
    let form = folder.edition.paper(folder.entry()).form();
    let fields = form.fields.iter().zip(&figures.fields);
    let fields =
        fields.map(|(field, votes)| (field.code.as_str(), reader.name(&field.names), votes));
    let choices = contest.choices.iter().zip(&figures.choices);
    let choices =
        choices.map(|(choice, votes)| (choice.code.as_str(), reader.name(&choice.names), votes));
    let sum = Votes::sum(figures.choices.iter().copied().flatten()).ok();
    let made = Checks::new(form).made(Marks::of(contest), &figures.fields, &figures.choices);
    let path = format!("/sheet/{}/{station}", contest.code);
    let head = Head::new(folder, asked, place, &path);
    let code = head.code().to_owned();
    let data = Sheet {
        head,
        title: reader.name(&form.names),
        version: reader.n(sheet.version),
        state: sheet.state.code(),
        digest: sheet.digest.clone(),
        lines: lines(reader, fields),
        choices: lines(reader, choices),
        sum: sum.map(|sum| reader.n(sum.get())),
        checks: made.iter().map(|made| check(reader, form, made)).collect(),
        remarks: remarks(form, &sheet.findings),
        versions: all.iter().map(|one| told(reader, one, sheet)).collect(),
        acts: folder
            .acts_on(&sheet.station)
            .map(|noted| act(reader, noted))
            .collect(),
    };
    Ok(Document {
        template: "sheet",
        data: value(&data)?,
        code,
        about: json!({ "station": station, "version": sheet.version, "state": data.state,
            "digest": data.digest }),
    })
}

fn lines<'a>(
    reader: Reader,
    all: impl Iterator<Item = (&'a str, String, &'a Option<Votes>)>,
) -> Vec<Line> {
    let line = |(number, (code, name, votes)): (u64, (&str, String, &Option<Votes>))| Line {
        number: reader.n(number),
        code: code.to_owned(),
        name,
        figure: votes.map(|votes| reader.n(votes.get())),
    };
    (1..).zip(all).map(line).collect()
}

fn check(reader: Reader, form: &Form, made: &Made) -> CheckLine {
    let finding = &made.finding;
    let check = form.checks.iter().find(|check| check.code == finding.check);
    CheckLine {
        code: finding.check.clone(),
        name: check.map_or_else(String::new, |check| reader.name(&check.names)),
        holds: made.holds,
        relation: match check.map(|check| check.relation) {
            Some(Relation::AtMost) => "at_most",
            _ => "equal",
        },
        left: finding.left.map(|side| reader.n(side)),
        right: finding.right.map(|side| reader.n(side)),
        severity: match finding.severity {
            Severity::Minor => "minor",
            Severity::Major => "major",
            Severity::Critical => "critical",
        },
    }
}

fn remarks(form: &Form, findings: &[Finding]) -> Vec<String> {
    let of_form = |finding: &&Finding| form.checks.iter().any(|check| check.code == finding.check);
    let others = findings.iter().filter(|finding| !of_form(finding));
    others.map(|finding| finding.check.clone()).collect()
}

fn told(reader: Reader, sheet: &PublicSheet, shown: &PublicSheet) -> Version {
    Version {
        number: reader.n(sheet.version),
        state: sheet.state.code(),
        digest: sheet.digest.clone(),
        shown: sheet.version == shown.version,
        decision: sheet.decision.as_ref().map(|own| decided(reader, own)),
    }
}

fn decided(reader: Reader, decision: &PublicDecision) -> Decided {
    Decided {
        verdict: decision.verdict.code(),
        ground: text(&decision.ground),
        proposed_by: decision.proposed_by.code(),
        proposed_at: reader.moment(decision.proposed_at),
        answered_by: decision.answered_by.code(),
        answered_at: reader.moment(decision.answered_at),
        refused_because: decision.refused_because.as_deref().map(text),
    }
}

fn act(reader: Reader, noted: &Noted) -> ActLine {
    ActLine {
        number: reader.n(noted.index),
        act: noted.act.code(),
        organ: noted.organ.code(),
        at: reader.moment(noted.at),
        version: noted.version.as_ref().map(|version| reader.n(version)),
    }
}
