//! The twenty-five processes as a board that is read at a glance. Always true here: each state is
//! computed from the journal, with the entry that says so; what the program does not carry out has
//! no state.

use crate::app::App;
use crate::asked::Asked;
use crate::component::html;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use askama::Template;
use axum::Extension;
use axum::extract::State as Shared;
use axum::response::Response;
use sanduq_core::act::Organ;
use sanduq_core::names::Locale;
use sanduq_operations::process::Extent;
use sanduq_operations::process::Mark;
use sanduq_operations::process::PROCESSES;
use sanduq_operations::process::Phase;
use sanduq_operations::process::Process;
use sanduq_operations::process::Seen;
use sanduq_operations::process::Standing;
use sanduq_operations::process::State;
use sanduq_operations::process::standing;
use schemars::JsonSchema;
use serde::Serialize;

/// A word for the state of a process, with a shape of its own.
#[derive(Template)]
#[template(path = "process/state.html")]
pub struct StateBadge<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The state.
    pub state: State,
}

impl StateBadge<'_> {
    fn key(&self) -> String {
        state_key(self.state)
    }

    const fn shape(&self) -> &'static str {
        match self.state {
            State::Done => "M4 13l5 5L20 6",
            State::UnderWay => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 3v18M12 12h9",
            State::NotBegun => "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z",
            State::Elsewhere => "M6 3h9l4 4v14H6zM9 10h7M9 14h7",
        }
    }
}

/// One process on the board.
#[derive(Template)]
#[template(path = "process/card.html")]
pub struct Card<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// The process.
    pub process: &'a Process,
    /// How far it is.
    pub standing: Standing,
}

impl Card<'_> {
    fn say(&self, what: &str) -> String {
        self.page
            .t(format!("process-{}-{what}", self.process.number))
    }

    fn badge(&self) -> String {
        html(&StateBadge {
            page: self.page,
            state: self.standing.state,
        })
    }

    fn is_part(&self) -> bool {
        self.process.extent == Extent::Part
    }

    fn begun(&self) -> Option<&Mark> {
        self.standing.begun.as_ref()
    }

    fn ended(&self) -> Option<&Mark> {
        self.standing.ended.as_ref()
    }

    /// What the journal says when it says nothing.
    fn unseen(&self) -> bool {
        self.standing.state == State::NotBegun
    }
}

/// How many of some processes are in each state.
fn counts(standings: &[(&Process, Standing)]) -> [(State, u64); 4] {
    State::ALL.map(|state| {
        let own = standings.iter().filter(|(_, own)| own.state == state);
        (state, own.count() as u64)
    })
}

struct Group {
    phase: Phase,
    done: u64,
    total: u64,
    cards: Vec<String>,
}

impl Group {
    fn key(&self) -> String {
        format!("process-phase-{}", self.phase.code())
    }
}

#[derive(Template)]
#[template(path = "process/page.html")]
struct ProcessesPage<'a> {
    page: &'a Page,
    counts: Vec<(String, u64)>,
    groups: Vec<Group>,
}

/// The key of the word for a state.
fn state_key(state: State) -> String {
    format!("process-state-{}", state.code().replace('_', "-"))
}

fn standings(seen: &Seen) -> Vec<(&'static Process, Standing)> {
    let of = |process| (process, standing(process, seen));
    PROCESSES.iter().map(of).collect()
}

fn group(page: &Page, phase: Phase, all: &[(&'static Process, Standing)]) -> Group {
    let own = all.iter().filter(|(process, _)| process.phase == phase);
    let own: Vec<_> = own.copied().collect();
    let card = |(process, standing): &(&'static Process, Standing)| {
        html(&Card {
            page,
            process,
            standing: *standing,
        })
    };
    Group {
        phase,
        done: counts(&own)[3].1,
        total: own.len() as u64,
        cards: own.iter().map(card).collect(),
    }
}

/// The board.
#[must_use]
pub fn render(page: &Page, seen: &Seen) -> String {
    let all = standings(seen);
    let counted = counts(&all).into_iter().rev();
    html(&ProcessesPage {
        page,
        counts: counted
            .map(|(state, count)| (state_key(state), count))
            .collect(),
        groups: Phase::ALL
            .into_iter()
            .map(|phase| group(page, phase, &all))
            .collect(),
    })
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProcessEntry")]
struct Entry {
    entry: u64,
    at: String,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ProcessRow")]
struct Row {
    process: String,
    phase: &'static str,
    name: String,
    owner: String,
    #[schemars(with = "String")]
    organ: Organ,
    gate: String,
    paper: String,
    carried: &'static str,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    begun: Option<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Entry>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contests: Option<(u64, u64)>,
}

/// The page for programs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Processes")]
pub struct Object {
    snapshot: String,
    at: String,
    processes: Vec<Row>,
}

fn rows(seen: &Seen, locale: Locale) -> Vec<Row> {
    let say = |number: u8, what: &str| {
        crate::language::language(locale).say(&format!("process-{number}-{what}"))
    };
    let entry = |mark: Mark| Entry {
        entry: mark.index,
        at: mark.at.to_string(),
    };
    let row = |(process, standing): (&'static Process, Standing)| Row {
        process: process.code(),
        phase: process.phase.code(),
        name: say(process.number, "name"),
        owner: say(process.number, "owner"),
        organ: process.owner,
        gate: say(process.number, "gate"),
        paper: say(process.number, "paper"),
        carried: process.extent.code(),
        state: standing.state.code(),
        begun: standing.begun.map(entry),
        ended: standing.ended.map(entry),
        contests: standing.contests,
    };
    standings(seen).into_iter().map(row).collect()
}

fn table(rows: &[Row], snapshot: &str) -> Table {
    let number = |entry: &Option<Entry>| {
        let index = entry.as_ref().map(|entry| entry.entry.to_string());
        index.unwrap_or_default()
    };
    let cells = |row: &Row| {
        vec![
            row.process.clone(),
            row.phase.to_owned(),
            row.name.clone(),
            row.owner.clone(),
            row.organ.code().to_owned(),
            row.gate.clone(),
            row.paper.clone(),
            row.carried.to_owned(),
            row.state.to_owned(),
            number(&row.begun),
            number(&row.ended),
            snapshot.to_owned(),
        ]
    };
    Table {
        head: vec![
            "process",
            "phase",
            "name",
            "owner",
            "organ",
            "gate",
            "paper",
            "carried",
            "state",
            "begun_entry",
            "ended_entry",
            "snapshot",
        ],
        rows: rows.iter().map(cells).collect(),
    }
}

/// The board of processes.
pub async fn show(
    Shared(app): Shared<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let chronicle = asked.chronicle(&app, &live).await?;
    let (_, format) = Format::split(&asked.path);
    let told = || rows(&chronicle.seen, asked.locale);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &chronicle.seen),
        || Object {
            snapshot: snapshot.id(),
            at: snapshot.at.to_string(),
            processes: told(),
        },
        || table(&told(), &snapshot.id()),
    ))
}
