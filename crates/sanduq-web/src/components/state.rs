//! Every page of the site in its five states: empty, loading, in part, refused, failed; and what
//! else a page of staff says. Where a state cannot be, the reason stands in its place.

mod desk;
mod lines;
mod results;
mod run;
mod staff;
mod station;

use super::Example;
use super::Group;
use crate::component::Badge;
use crate::component::Kind;
use crate::component::Pager;
use crate::component::html;
use crate::component::notice;
use crate::page::Page;
use crate::refusal;

/// What a page shows in a state.
#[derive(Clone, Copy)]
pub enum Cell {
    /// A notice: its title, and the keys of its lines.
    Notice(Kind, &'static str, &'static [&'static str]),
    /// That there is nothing, in a sentence.
    Empty(&'static str),
    /// The page of a refusal: the kind of its title and of what to do next, and its code.
    No(&'static str, &'static str),
    /// A part as the page draws it.
    Part(fn(&Page) -> String),
    /// More than one page has room for: the way to the rest.
    Pages,
    /// Nothing: the state cannot be, for this reason.
    Never(&'static str),
}

/// The states of every page, as the keys of their names.
pub const STATES: [&str; 5] = [
    "components-empty",
    "components-loading",
    "components-partial",
    "components-refused",
    "components-failed",
];

/// A page of the site: one or more routes that show the same.
pub struct PageKind {
    /// Its code.
    pub code: &'static str,
    /// The key of its title.
    pub title: &'static str,
    /// The routes that show it.
    pub routes: &'static [&'static str],
    /// What it shows in each of the five states.
    pub states: [Cell; 5],
    /// What else it says, each with the key of a name.
    pub more: &'static [(&'static str, Cell)],
}

/// The pages, by the page of components that shows them.
pub const KINDS: [&[PageKind]; 5] = [
    &results::KINDS,
    &run::KINDS,
    &desk::KINDS,
    &staff::KINDS,
    &station::KINDS,
];

/// The server sends a page in one piece.
const WHOLE: Cell = Cell::Never("never-loading");
/// The store does not answer.
const FAULT: Cell = Cell::No("failed", "web.fault");
/// Nothing is called yet.
const NO_EVENT: Cell = Cell::No("not-found", "web.no_event");
/// No such place, sheet, entry or account.
const NOT_FOUND: Cell = Cell::No("not-found", "web.not_found");
/// The reader's role is another one.
const NOT_PERMITTED: Cell = Cell::No("refused", "web.not_permitted");

impl Cell {
    /// As the page with this title shows it.
    fn html(self, page: &Page, title: &str) -> String {
        match self {
            Self::Notice(kind, title, lines) => {
                let lines = lines.iter().map(|key| page.t(key)).collect();
                notice(kind, page.t(title), lines)
            }
            Self::Empty(key) => format!("<p class=\"empty\">{}</p>", page.t(key)),
            Self::No(kind, code) => refusal::said(page, code, [kind, kind], "h4"),
            Self::Part(part) => part(page),
            Self::Pages => pager(page, title),
            Self::Never(reason) => format!("<p class=\"note\">{}</p>", page.t(reason)),
        }
    }
}

/// These pages with their states.
pub(super) fn groups(page: &Page, kinds: &'static [PageKind]) -> Vec<Group> {
    let group = |kind: &'static PageKind| {
        let example = |(state, cell): (&'static str, Cell)| Example {
            state,
            html: cell.html(page, kind.title),
        };
        let states = STATES.into_iter().zip(kind.states);
        Group {
            code: kind.code,
            title: kind.title,
            examples: states
                .chain(kind.more.iter().copied())
                .map(example)
                .collect(),
        }
    };
    kinds.iter().map(group).collect()
}

/// The way to the rest, named after its page: here several stand on one page.
fn pager(page: &Page, title: &str) -> String {
    let part = html(&Pager {
        page,
        newer: None,
        newer_key: "pager-before",
        older: Some("#main".to_owned()),
        older_key: "pager-after",
    });
    let label = page.t("pager-title");
    let own = format!("aria-label=\"{label} · {}\"", page.t(title));
    part.replace(&format!("aria-label=\"{label}\""), &own)
}

/// How many wait.
fn waiting(page: &Page) -> String {
    format!("<p>{}</p>", page.count("desk-waiting", 7_u64))
}

/// A sheet in a state, with what is said about it.
fn badge(page: &Page, code: &'static str, story: &str) -> String {
    format!("<p>{}</p><p>{story}</p>", html(&Badge { page, code }))
}
