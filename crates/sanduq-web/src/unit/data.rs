//! A unit for programs: the figures of its page as JSON, the units below it as a table.

use crate::day;
use crate::openapi::NamesSchema;
use crate::previous::Part;
use crate::reply::Table;
use crate::view::States;
use crate::view::View;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ContestCode;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Names;
use sanduq_count::publication::PublicContest;
use sanduq_count::results::Coverage;
use schemars::JsonSchema;
use serde::Serialize;

/// A unit as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Unit")]
pub struct Object<'a> {
    snapshot: String,
    at: String,
    unit: Row<'a>,
    /// Who voted of the registered in the event before.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_turnout: Option<PartObject>,
    contests: Vec<ContestObject<'a>>,
    hours: Vec<HourObject>,
    below: Vec<Row<'a>>,
}

/// A unit in a table.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UnitFigures")]
struct Row<'a> {
    #[schemars(with = "String")]
    code: &'a UnitCode,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    registered: u64,
    stations: u64,
    opened: u64,
    closed: u64,
    came: u64,
    voted: u64,
    sheets: StatesObject,
    /// Who voted of the registered in the event before, once every station of it has closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<PartObject>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SheetStates")]
struct StatesObject {
    awaited: u64,
    received: u64,
    entered: u64,
    accepted: u64,
    quarantined: u64,
    returned: u64,
}

impl From<&States> for StatesObject {
    fn from(states: &States) -> Self {
        Self {
            awaited: states.awaited,
            received: states.received,
            entered: states.entered,
            accepted: states.accepted,
            quarantined: states.quarantined,
            returned: states.returned,
        }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "UnitContest")]
struct ContestObject<'a> {
    #[schemars(with = "String")]
    code: &'a ContestCode,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    standing: &'static str,
    counted: u64,
    stations: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    votes: Option<Vec<VotesObject<'a>>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChoiceVotes")]
struct VotesObject<'a> {
    choice: &'a str,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    votes: u64,
    /// The same choice in the event before.
    #[serde(skip_serializing_if = "Option::is_none")]
    previous: Option<PartObject>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "PartOfWhole")]
pub(super) struct PartObject {
    pub(super) part: u64,
    pub(super) whole: u64,
}

impl From<Part> for PartObject {
    fn from(Part { part, whole }: Part) -> Self {
        Self { part, whole }
    }
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Hour")]
pub(super) struct HourObject {
    pub(super) hour: u8,
    pub(super) came: u64,
    pub(super) voted: u64,
    pub(super) reported: u64,
    /// Who was to be expected to have come by then, by the event before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected: Option<u64>,
}

/// Came and voted of a unit by the hour, beside what was to be expected.
pub(super) fn hour_objects(view: &View, ix: UnitIx) -> Vec<HourObject> {
    let hours = day::hours(view, ix);
    let expected = view.expected(ix, &hours).into_iter();
    let expected = expected.map(|one| Some(one.get()));
    let expected = expected.chain(core::iter::repeat(None));
    let hour = |(hour, expected): (&day::Hour, Option<u64>)| HourObject {
        expected,
        hour: hour.hour,
        came: hour.came,
        voted: hour.voted,
        reported: hour.reported,
    };
    hours.iter().zip(expected).map(hour).collect()
}

fn row<'a>(view: &'a View, ix: UnitIx) -> Row<'a> {
    let unit = view.snapshot.geography.unit(ix);
    let sums = view.sums(ix);
    Row {
        code: &unit.code,
        names: &unit.names,
        registered: sums.registered,
        stations: sums.day.stations,
        opened: sums.day.opened(),
        closed: sums.day.closed,
        came: sums.day.came,
        voted: sums.day.voted,
        sheets: (&sums.sheets).into(),
        previous: view
            .turnout_then(ix)
            .and_then(|(_, then)| Some(then?.into())),
    }
}

/// A unit as JSON.
#[must_use]
pub fn object<'a>(view: &'a View, ix: UnitIx) -> Object<'a> {
    let contest = |entry: &'a PublicContest| {
        let coverage = view.coverage(&entry.contest, ix);
        let Coverage { counted, stations } = coverage;
        let then = view.shares_then(&entry.contest, ix).unwrap_or_default();
        let votes = view.totals(&entry.contest, ix).map(|totals| {
            let then = then.into_iter().chain(core::iter::repeat(None));
            let pairs = entry.contest.choices.iter().zip(&totals.choices).zip(then);
            let votes = pairs.map(|((choice, votes), then)| VotesObject {
                choice: choice.code.as_str(),
                names: &choice.names,
                votes: votes.get(),
                previous: then.map(PartObject::from),
            });
            votes.collect()
        });
        ContestObject {
            code: &entry.contest.code,
            names: &entry.contest.names,
            standing: entry.standing(coverage).code(),
            counted,
            stations,
            votes,
        }
    };
    let children = view.snapshot.geography.children(ix);
    Object {
        snapshot: view.snapshot.id(),
        at: view.snapshot.at.to_string(),
        unit: row(view, ix),
        previous_turnout: view
            .turnout_then(ix)
            .and_then(|(_, then)| Some(then?.into())),
        contests: view.contests_of(ix).map(contest).collect(),
        hours: hour_objects(view, ix),
        below: children.iter().map(|below| row(view, *below)).collect(),
    }
}

/// The units below a unit as a table; a station itself, which has none below.
#[must_use]
pub fn table(view: &View, ix: UnitIx) -> Table {
    let children = view.snapshot.geography.children(ix);
    let own = [ix];
    let shown = if children.is_empty() {
        &own[..]
    } else {
        children
    };
    let cells = |ix: &UnitIx| {
        let row = row(view, *ix);
        let mut cells = vec![
            row.code.to_string(),
            row.names.ar.clone(),
            row.names.en.clone(),
        ];
        let figures = [
            row.registered,
            row.stations,
            row.opened,
            row.closed,
            row.came,
            row.voted,
        ];
        let sheets = [
            row.sheets.accepted,
            row.sheets.quarantined,
            view.sums(*ix).sheets.owed(),
        ];
        cells.extend(figures.into_iter().chain(sheets).map(|n| n.to_string()));
        let then = row.previous.map(|then| [then.part, then.whole]);
        cells.extend(match then {
            Some(then) => then.map(|n| n.to_string()),
            None => [String::new(), String::new()],
        });
        cells.push(view.snapshot.id());
        cells
    };
    Table {
        head: vec![
            "unit",
            "name_ar",
            "name_en",
            "registered",
            "stations",
            "opened",
            "closed",
            "came",
            "voted",
            "sheets_accepted",
            "sheets_quarantined",
            "sheets_owed",
            "previous_voted",
            "previous_registered",
            "snapshot",
        ],
        rows: shown.iter().map(cells).collect(),
    }
}
