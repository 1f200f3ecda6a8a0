//! Acts that need two organs: who proposed what on which ground, and what the other organ said; and
//! what two persons of one administration have to agree on about an account. Always true here:
//! everything is read from the journal, which holds no figure of a sheet; a proposal is answered by
//! the first answer that follows it.
//!
//! ```text
//! waiting ── the other organ signs ──▶ approved
//!    │ └──── it refuses, and the law only records that ──▶ recorded
//!    └────── it refuses ──▶ refused
//! ```

mod reach;

use crate::app::App;
use crate::asked::Asked;
use crate::chronicle::Chronicle;
use crate::component::Pager;
use crate::component::html;
use crate::journal::Line;
use crate::links::query;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use askama::Template;
use axum::Extension;
use axum::extract::State as Shared;
use axum::response::Response;
use jiff::Timestamp;
use reach::Reach;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_operations::second_person::WAITS;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// What became of an act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Proposed; the other organ has not answered.
    Waiting,
    /// Both organs signed.
    Approved,
    /// The other organ refused, and it was done all the same: the law only records that.
    Recorded,
    /// The other organ refused, and it was not done.
    Refused,
    /// Whoever proposed it took it back.
    Withdrawn,
    /// Nobody answered in time: it gives way to another proposal.
    Void,
}

impl State {
    /// Every state, the most urgent first.
    pub const ALL: [Self; 6] = [
        Self::Waiting,
        Self::Refused,
        Self::Recorded,
        Self::Withdrawn,
        Self::Void,
        Self::Approved,
    ];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Approved => "approved",
            Self::Recorded => "recorded",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Void => "void",
        }
    }

    const fn shape(self) -> &'static str {
        match self {
            Self::Waiting => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l4 2",
            Self::Approved => "M4 13l5 5L20 6",
            Self::Recorded => "M12 3l10 18H2zM12 10v5M12 18v1",
            Self::Refused => "M8 3h8l5 5v8l-5 5H8l-5-5V8zM8 12h8",
            Self::Withdrawn => "M9 5l-6 6 6 6M3 11h12a6 6 0 0 1 0 12",
            Self::Void => "M6 3h12M6 21h12M7 3c0 9 10 9 10 18M17 3c0 9-10 9-10 18",
        }
    }

    fn key(self) -> String {
        format!("two-{}", self.code())
    }
}

/// One organ's part in an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Part {
    /// The service number.
    pub number: String,
    /// The organ's word.
    pub organ: String,
    /// When; none where the journal has no entry of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    pub at: Option<Timestamp>,
    /// The entry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<u64>,
}

/// An act of two organs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// What became of it.
    pub state: State,
    /// What is done: `accept`, `correct`, `return`, or `certify`; `enrol` or `reset` an account.
    pub outcome: String,
    /// The account that it is about; none for an act on sheets.
    pub staff: Option<String>,
    /// The contest; empty for an act on an account.
    pub contest: String,
    /// The station; none for an act on a whole contest.
    pub station: Option<String>,
    /// The legal ground.
    pub ground: String,
    /// Why the other organ refused.
    pub reason: String,
    /// Who proposed.
    pub proposed: Part,
    /// Who answered.
    pub answered: Option<Part>,
}

/// The acts of two organs, and what answers them.
const ACTS: &[Act] = &[
    Act::SheetProposed,
    Act::SheetProposalRefused,
    Act::SheetAdjudicated,
    Act::SheetReturned,
    Act::SheetSuperseded,
    Act::ResultProposed,
    Act::ResultProposalRefused,
    Act::ResultCertified,
    Act::StaffProposed,
    Act::StaffResetProposed,
    Act::StaffProposalRefused,
    Act::StaffProposalApproved,
];

/// Proposals that give way when they are made anew: after their day, or after a sheet was touched.
const ANEW: [Act; 3] = [
    Act::StaffProposed,
    Act::StaffResetProposed,
    Act::ResultProposed,
];

fn fact(entry: &Entry, key: &str) -> String {
    entry.facts.get(key).cloned().unwrap_or_default()
}

fn part(line: &Line) -> Part {
    Part {
        number: line.entry.actor.to_string(),
        organ: line.entry.organ.code().to_owned(),
        at: Some(line.entry.at),
        entry: Some(line.index),
    }
}

fn proposal(line: &Line) -> Pair {
    let entry = &line.entry;
    let outcome = match Act::from_code(&entry.act) {
        Some(Act::StaffProposed) => "enrol".to_owned(),
        Some(Act::StaffResetProposed) => "reset".to_owned(),
        Some(Act::ResultProposed) => "certify".to_owned(),
        _ => fact(entry, "outcome"),
    };
    Pair {
        state: State::Waiting,
        outcome,
        staff: entry.facts.get("staff").cloned(),
        contest: fact(entry, "contest"),
        station: entry.facts.get("station").cloned(),
        ground: fact(entry, "ground"),
        reason: String::new(),
        proposed: part(line),
        answered: None,
    }
}

/// An answer whose proposal has no entry of its own: who proposed is a fact of the answer.
fn alone(line: &Line, outcome: &str) -> Pair {
    let entry = &line.entry;
    Pair {
        outcome: outcome.to_owned(),
        proposed: Part {
            number: fact(entry, "proposer"),
            organ: fact(entry, "proposing_organ"),
            at: None,
            entry: None,
        },
        ..proposal(line)
    }
}

fn answer(pair: &mut Pair, line: &Line) {
    let entry = &line.entry;
    let act = Act::from_code(&entry.act);
    let refused = [
        Act::SheetProposalRefused,
        Act::StaffProposalRefused,
        Act::ResultProposalRefused,
    ];
    (pair.state, pair.reason) = if act.is_some_and(|act| refused.contains(&act)) {
        let state = match entry.actor.as_str() == pair.proposed.number {
            true => State::Withdrawn,
            false => State::Refused,
        };
        (state, fact(entry, "reason"))
    } else {
        match entry.facts.get("refused") {
            Some(reason) => (State::Recorded, reason.clone()),
            None => (State::Approved, String::new()),
        }
    };
    pair.answered = Some(part(line));
}

/// Every act of two organs in the order in which they were proposed, as it stands at a time: what
/// is proposed about an account waits for a day ([`WAITS`]).
#[must_use]
pub fn pairs(chronicle: &Chronicle, now: Timestamp) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    // The last act on each sheet or account; a contest as a whole has no station.
    let mut last: BTreeMap<[String; 3], usize> = BTreeMap::new();
    for line in chronicle.of(ACTS) {
        let entry = &line.entry;
        let key = ["contest", "station", "staff"].map(|key| fact(entry, key));
        let act = Act::from_code(&entry.act);
        let before = last.get(&key).map(|at| &mut pairs[*at]);
        match (act, before) {
            (Some(act), Some(before)) if ANEW.contains(&act) && before.answered.is_none() => {
                // What nobody answered in time has given way to this one.
                before.state = State::Void;
                last.insert(key, pairs.len());
                pairs.push(proposal(line));
            }
            (Some(act), _) if act == Act::SheetProposed || ANEW.contains(&act) => {
                last.insert(key, pairs.len());
                pairs.push(proposal(line));
            }
            (_, Some(pair)) if pair.answered.is_none() => answer(pair, line),
            // A correction of what counts has two entries: one leaves the totals, one enters them.
            (Some(Act::SheetAdjudicated), Some(pair)) if goes_on(pair, line) => {}
            (act, _) => {
                let outcome = match act {
                    Some(Act::ResultCertified | Act::ResultProposalRefused) => "certify",
                    Some(Act::SheetReturned) => "return",
                    _ => "accept",
                };
                let mut pair = alone(line, outcome);
                answer(&mut pair, line);
                last.insert(key, pairs.len());
                pairs.push(pair);
            }
        }
    }
    let late = |pair: &Pair| {
        let at = pair.proposed.at;
        at.is_some_and(|at| now.duration_since(at) >= WAITS)
    };
    let about_staff = pairs.iter_mut().filter(|pair| pair.staff.is_some());
    for pair in about_staff.filter(|pair| pair.state == State::Waiting && late(pair)) {
        pair.state = State::Void;
    }
    pairs
}

fn goes_on(pair: &Pair, line: &Line) -> bool {
    pair.answered.as_ref().is_some_and(|answered| {
        answered.at == Some(line.entry.at) && answered.number == line.entry.actor.as_str()
    })
}

/// A word for a state, with a shape of its own.
#[derive(Template)]
#[template(path = "two_persons/list.html")]
pub struct List<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The acts.
    pub pairs: Vec<&'a Pair>,
}

impl List<'_> {
    fn outcome(&self, pair: &Pair) -> String {
        match pair.outcome.as_str() {
            "certify" => self.page.t("two-certify"),
            "enrol" => self.page.t("two-enrol"),
            "reset" => self.page.t("two-reset"),
            "accept" | "correct" | "return" => self.page.t(format!("outcome-{}", pair.outcome)),
            other => other.to_owned(),
        }
    }

    fn organ(&self, part: &Part) -> String {
        let key = format!("organ-{}", part.organ);
        let named = (!part.organ.is_empty()).then(|| self.page.t(key));
        named.unwrap_or_else(|| "–".to_owned())
    }
}

struct Filter {
    href: String,
    name: String,
    count: u64,
    current: bool,
}

#[derive(Template)]
#[template(path = "two_persons/page.html")]
struct TwoPersonsPage<'a> {
    page: &'a Page,
    filters: Vec<Filter>,
    data: String,
    list: String,
    pager: String,
}

/// Acts on one page.
const ROWS: usize = 30;

fn address(state: Option<State>, from: usize) -> String {
    let state = state.map(|state| format!("state={}", state.code()));
    let from = (from > 0).then(|| format!("from={from}"));
    query([state, from])
}

fn filters(page: &Page, all: &[Pair], chosen: Option<State>) -> Vec<Filter> {
    let filter = |state: Option<State>| Filter {
        href: format!("/desk/two-persons{}", address(state, 0)),
        name: page.t(state.map_or("two-all".to_owned(), State::key)),
        count: all.iter().filter(|pair| is(pair, state)).count() as u64,
        current: state == chosen,
    };
    let states = State::ALL.into_iter().map(Some);
    core::iter::once(None).chain(states).map(filter).collect()
}

fn is(pair: &Pair, state: Option<State>) -> bool {
    state.is_none_or(|state| pair.state == state)
}

/// The page of the acts of one state, or of all; the last proposed first.
#[must_use]
pub fn render(page: &Page, all: &[Pair], (state, from): (Option<State>, usize)) -> String {
    let wanted: Vec<&Pair> = all.iter().rev().filter(|pair| is(pair, state)).collect();
    let start = from.min(wanted.len());
    let end = (start + ROWS).min(wanted.len());
    let at = |from| format!("/desk/two-persons{}", address(state, from));
    html(&TwoPersonsPage {
        page,
        filters: filters(page, all, state),
        data: address(state, 0),
        list: html(&List {
            page,
            pairs: wanted[start..end].to_vec(),
        }),
        pager: html(&Pager {
            page,
            newer: (start > 0).then(|| at(start.saturating_sub(ROWS))),
            newer_key: "pager-before",
            older: (end < wanted.len()).then(|| at(end)),
            older_key: "pager-after",
        }),
    })
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ActOfTwo")]
struct Row<'a> {
    state: &'static str,
    outcome: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<&'a str>,
    contest: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    station: Option<&'a str>,
    ground: &'a str,
    reason: &'a str,
    proposed: &'a Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered: Option<&'a Part>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ActsOfTwo")]
/// The acts of two organs as JSON.
pub struct Object<'a> {
    snapshot: String,
    acts: Vec<Row<'a>>,
}

fn row(pair: &Pair) -> Row<'_> {
    Row {
        state: pair.state.code(),
        outcome: &pair.outcome,
        staff: pair.staff.as_deref(),
        contest: &pair.contest,
        station: pair.station.as_deref(),
        ground: &pair.ground,
        reason: &pair.reason,
        proposed: &pair.proposed,
        answered: pair.answered.as_ref(),
    }
}

fn rows(all: &[Pair], state: Option<State>) -> Vec<Row<'_>> {
    let wanted = all.iter().rev().filter(|pair| is(pair, state));
    wanted.map(row).collect()
}

fn table(rows: &[Row<'_>]) -> Table {
    let part = |part: Option<&Part>| -> [String; 4] {
        let Some(part) = part else {
            return Default::default();
        };
        [
            part.number.clone(),
            part.organ.clone(),
            part.at.map_or_else(String::new, |at| at.to_string()),
            part.entry
                .map_or_else(String::new, |entry| entry.to_string()),
        ]
    };
    let cells = |row: &Row<'_>| {
        let mut cells = vec![
            row.state.to_owned(),
            row.outcome.to_owned(),
            row.contest.to_owned(),
            row.station.unwrap_or_default().to_owned(),
            row.ground.to_owned(),
            row.reason.to_owned(),
        ];
        cells.extend(part(Some(row.proposed)));
        cells.extend(part(row.answered));
        cells.push(row.staff.unwrap_or_default().to_owned());
        cells
    };
    Table {
        head: vec![
            "state",
            "outcome",
            "contest",
            "station",
            "ground",
            "reason",
            "proposed_by",
            "proposed_organ",
            "proposed_at",
            "proposed_entry",
            "answered_by",
            "answered_organ",
            "answered_at",
            "answered_entry",
            "staff",
        ],
        rows: rows.iter().map(cells).collect(),
    }
}

/// The acts of two organs.
pub async fn show(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let chronicle = asked.chronicle(&app, &live).await?;
    let reach = Reach::of((&app, &asked), &live.view).await?;
    let mut all = pairs(&chronicle, app.now());
    reach::void_touched((&app, &asked), &mut all).await?;
    all.retain(|pair| reach.has(pair));
    let named = asked.query("state").unwrap_or_default();
    let state = State::ALL.into_iter().find(|one| one.code() == named);
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &all, (state, asked.from())),
        || Object {
            snapshot: snapshot.id(),
            acts: rows(&all, state),
        },
        || table(&rows(&all, state)),
    ))
}

#[cfg(test)]
mod tests;
