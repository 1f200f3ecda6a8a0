//! The pages of the polling day, and of how the election is run.

use super::Cell::Empty;
use super::Cell::Never;
use super::Cell::No;
use super::Cell::Notice;
use super::Cell::Pages;
use super::Cell::Part;
use super::FAULT;
use super::NO_EVENT;
use super::NOT_FOUND;
use super::PageKind;
use super::WHOLE;
use crate::component::Kind;
use crate::journal::entries;
use crate::journal::filter;
use crate::journal::filter::Sent;
use crate::page::Page;

/// Not every station has reported the last hour.
fn reporting(page: &Page) -> String {
    let said = page.part("hours-reporting", 9_812_u64, 10_012_u64);
    format!("<p class=\"note\">{said}</p>")
}

/// Some of what a process needs has been done.
fn progress(page: &Page) -> String {
    format!("<p>{}</p>", page.part("process-progress", 2_u64, 3_u64))
}

/// What the board says below its figures once no event has come for a while.
fn lost(page: &Page) -> String {
    let said = page.t("board-lost");
    format!("<p class=\"board-state\" role=\"status\">{said}</p>")
}

/// What was asked of the journal cannot be read.
fn unread(page: &Page) -> String {
    filter::form(page, &Sent::default(), &["contest"])
}

/// The pages.
pub const KINDS: [PageKind; 9] = [
    PageKind {
        code: "page-board",
        title: "board-title",
        routes: &["/board", "/wall"],
        states: [
            NO_EVENT,
            WHOLE,
            Part(reporting),
            Never("never-refused"),
            Part(lost),
        ],
        more: &[("board-person", Empty("board-person-none"))],
    },
    PageKind {
        code: "page-needs",
        title: "components-needs",
        routes: &["/board/needs/{file}"],
        states: [Empty("board-person-none"), WHOLE, Pages, NOT_FOUND, FAULT],
        more: &[],
    },
    PageKind {
        code: "page-journal",
        title: "journal-title",
        routes: &["/journal"],
        states: [NO_EVENT, WHOLE, Pages, Part(unread), No("busy", "web.busy")],
        more: &[("filter-title", Part(|page| entries(page, &[])))],
    },
    PageKind {
        code: "page-entry",
        title: "proof-title",
        routes: &["/journal/{number}"],
        states: [
            Empty("proof-none"),
            WHOLE,
            Never("never-partial"),
            NOT_FOUND,
            No("failed", "web.other_journal"),
        ],
        more: &[],
    },
    PageKind {
        code: "page-processes",
        title: "process-title",
        routes: &["/processes"],
        states: [
            Empty("process-unseen"),
            WHOLE,
            Part(progress),
            Never("never-refused"),
            FAULT,
        ],
        more: &[],
    },
    PageKind {
        code: "page-law",
        title: "law-title",
        routes: &["/law"],
        states: [
            NO_EVENT,
            WHOLE,
            Notice(Kind::Warning, "law-unadopted", &[]),
            Never("never-refused"),
            FAULT,
        ],
        more: &[("law-digest", Notice(Kind::Failed, "law-differs", &[]))],
    },
    PageKind {
        code: "page-refusal",
        title: "refusal-title-refused",
        routes: &["/refusal/{code}"],
        states: [
            Never("never-empty"),
            WHOLE,
            Never("never-partial"),
            NOT_FOUND,
            No("failed", "web.fault"),
        ],
        more: &[],
    },
    PageKind {
        code: "page-components",
        title: "components-title",
        routes: &["/components", "/components/{shelf}"],
        states: [
            Never("never-empty"),
            WHOLE,
            Never("never-partial"),
            NOT_FOUND,
            No("failed", "web.fault"),
        ],
        more: &[],
    },
    PageKind {
        code: "page-developers",
        title: "developers-title",
        routes: &["/developers"],
        states: [
            Never("never-empty"),
            WHOLE,
            Never("never-partial"),
            Never("never-refused"),
            No("failed", "web.fault"),
        ],
        more: &[],
    },
];
