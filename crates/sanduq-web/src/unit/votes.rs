//! The votes of a unit choice by choice for programs: beside each its votes in the event before,
//! its seats and what it lacked for one more; and the margin of the last seat of every contest.
//! Always true here: what the page does not show for lack of a release, of a sheet or of an event
//! before is not here either; a cell without a figure is empty.

use crate::app::App;
use crate::asked::Asked;
use crate::openapi::NamesSchema;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::unit::data::PartObject;
use crate::unit::data_of;
use crate::unit::seats;
use crate::view::View;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Response;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use sanduq_core::seats::Margin;
use sanduq_core::seats::Prize;
use sanduq_count::form::Meaning;
use sanduq_count::publication::PublicContest;
use schemars::JsonSchema;
use serde::Serialize;

/// The votes of a unit as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UnitVotes")]
pub struct Object<'a> {
    snapshot: String,
    unit: &'a str,
    choices: Vec<Row<'a>>,
}

/// A choice in a unit.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChoiceInUnit")]
struct Row<'a> {
    contest: &'a str,
    /// What may be said of its votes: `awaited`, `partial`, `preliminary` or `final`.
    standing: &'static str,
    /// Stations of the unit that are counted.
    counted: u64,
    /// Stations of the unit that owe a sheet.
    stations: u64,
    choice: &'a str,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    votes: u64,
    /// The valid votes, where the form has a line for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid: Option<u64>,
    /// The invalid votes, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    invalid: Option<u64>,
    /// The blank papers, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    blank: Option<u64>,
    /// The papers in the box, likewise.
    #[serde(skip_serializing_if = "Option::is_none")]
    in_box: Option<u64>,
    /// The same choice in the event before, of its valid votes.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<PartObject>,
    /// Its seats, in the unit that the contest is put to, once every sheet is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<u64>,
    /// What may be said of its seats: no more than of the votes that they follow from, which are
    /// those of every contest of the nation where a threshold of the nation decides.
    #[serde(skip_serializing_if = "Option::is_none")]
    seats_standing: Option<&'static str>,
    /// The fewest further votes that would have brought it one more.
    #[serde(skip_serializing_if = "Option::is_none")]
    lacked: Option<u64>,
}

fn object(view: &View, ix: UnitIx) -> Object<'_> {
    let entries = view.contests_of(ix);
    Object {
        snapshot: view.snapshot.id(),
        unit: view.snapshot.geography.unit(ix).code.as_str(),
        choices: entries.flat_map(|entry| rows(view, ix, entry)).collect(),
    }
}

fn rows<'a>(view: &'a View, ix: UnitIx, entry: &'a PublicContest) -> Vec<Row<'a>> {
    let contest = &entry.contest;
    let Some(totals) = view.totals(contest, ix) else {
        return Vec::new();
    };
    let sum_of = |meaning| {
        let at = view.form(entry)?.meaning(meaning)?;
        totals.fields.get(at).map(|votes| votes.get())
    };
    let [valid, invalid, blank, in_box] = [
        Meaning::Valid,
        Meaning::Invalid,
        Meaning::Blank,
        Meaning::InBox,
    ]
    .map(sum_of);
    let file = seats::complete(view, entry).filter(|_| view.root(contest) == ix);
    let then = view.shares_then(contest, ix).unwrap_or_default();
    let then = then.into_iter().chain(core::iter::repeat(None));
    let coverage = view.coverage(contest, ix);
    let all = contest.choices.iter().zip(&totals.choices).zip(then);
    all.map(|((choice, votes), then)| Row {
        contest: contest.code.as_str(),
        standing: entry.standing(coverage).code(),
        counted: coverage.counted,
        stations: coverage.stations,
        choice: choice.code.as_str(),
        names: &choice.names,
        votes: votes.get(),
        valid,
        invalid,
        blank,
        in_box,
        previous: then.map(PartObject::from),
        seats: file.map(|file| seats::allotted_to(file, &choice.code)),
        seats_standing: file.map(|file| file.standing.code()),
        lacked: file.and_then(|file| seats::lacked(file, &choice.code)),
    })
    .collect()
}

/// A figure that may be missing, as a cell.
fn cell(figure: Option<u64>) -> String {
    figure.map_or_else(String::new, |figure| figure.to_string())
}

fn table(view: &View, ix: UnitIx) -> Table {
    let object = object(view, ix);
    let row = |row: &Row<'_>| {
        vec![
            object.unit.to_owned(),
            row.contest.to_owned(),
            row.standing.to_owned(),
            row.counted.to_string(),
            row.stations.to_string(),
            row.choice.to_owned(),
            row.names.ar.clone(),
            row.names.en.clone(),
            row.votes.to_string(),
            cell(row.valid),
            cell(row.invalid),
            cell(row.blank),
            cell(row.in_box),
            cell(row.previous.as_ref().map(|part| part.part)),
            cell(row.previous.as_ref().map(|part| part.whole)),
            cell(row.seats),
            row.seats_standing.unwrap_or_default().to_owned(),
            cell(row.lacked),
            object.snapshot.clone(),
        ]
    };
    Table {
        head: vec![
            "unit",
            "contest",
            "standing",
            "counted",
            "stations",
            "choice",
            "name_ar",
            "name_en",
            "votes",
            "valid",
            "invalid",
            "blank",
            "in_box",
            "previous_votes",
            "previous_valid",
            "seats",
            "seats_standing",
            "lacked",
            "snapshot",
        ],
        rows: object.choices.iter().map(row).collect(),
    }
}

/// The votes of a unit.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (ix, format) = data_of((&app, &asked), &live.view, &file)?;
    Ok(reply(
        (format, &asked.headers),
        String::new,
        || object(&live.view, ix),
        || table(&live.view, ix),
    ))
}

/// The margins of the last seats as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Margins")]
pub struct Margins<'a> {
    snapshot: String,
    margins: Vec<Near<'a>>,
}

/// Who was nearest to a seat, or to a place in the second round, of a contest whose every sheet is
/// counted.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Margin")]
struct Near<'a> {
    contest: &'a str,
    unit: &'a str,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    /// What may be said of its seats: `preliminary` or `final`.
    standing: &'static str,
    /// Stations that are counted.
    counted: u64,
    /// Stations that owe a sheet.
    stations: u64,
    /// `seat` or `run_off_place`.
    prize: &'static str,
    choice: &'a str,
    /// The fewest further votes that would have brought it.
    lacked: u64,
    /// Who would have got less for it.
    instead_of: Vec<&'a str>,
}

fn margins(view: &View) -> Margins<'_> {
    let mut margins = Vec::new();
    for entry in &view.snapshot.contests {
        let Some(file) = seats::complete(view, entry) else {
            continue;
        };
        for (prize, word) in [(Prize::Seat, "seat"), (Prize::RunOffPlace, "run_off_place")] {
            let mut all = seats::margins(file).iter();
            let nearest: Option<&Margin> = all.find(|margin| margin.prize == prize);
            margins.extend(nearest.map(|margin| Near {
                contest: entry.contest.code.as_str(),
                unit: entry.contest.unit.as_str(),
                names: &entry.contest.names,
                standing: file.standing.code(),
                counted: file.counted,
                stations: file.stations,
                prize: word,
                choice: margin.choice.as_str(),
                lacked: margin.lacked,
                instead_of: margin.instead_of.iter().map(|code| code.as_str()).collect(),
            }));
        }
    }
    Margins {
        snapshot: view.snapshot.id(),
        margins,
    }
}

fn margin_table(view: &View) -> Table {
    let object = margins(view);
    let row = |near: &Near<'_>| {
        vec![
            near.contest.to_owned(),
            near.unit.to_owned(),
            near.names.ar.clone(),
            near.names.en.clone(),
            near.standing.to_owned(),
            near.counted.to_string(),
            near.stations.to_string(),
            near.prize.to_owned(),
            near.choice.to_owned(),
            near.lacked.to_string(),
            near.instead_of.join(" "),
            object.snapshot.clone(),
        ]
    };
    Table {
        head: vec![
            "contest",
            "unit",
            "name_ar",
            "name_en",
            "standing",
            "counted",
            "stations",
            "prize",
            "choice",
            "lacked",
            "instead_of",
            "snapshot",
        ],
        rows: object.margins.iter().map(row).collect(),
    }
}

/// The margins of the last seats of all contests.
pub async fn nearest(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        String::new,
        || margins(&live.view),
        || margin_table(&live.view),
    ))
}
