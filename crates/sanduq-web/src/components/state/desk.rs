//! The pages of log-in, of clerks and of those who decide.

use super::Cell::Empty;
use super::Cell::Never;
use super::Cell::No;
use super::Cell::Notice;
use super::Cell::Pages;
use super::Cell::Part;
use super::FAULT;
use super::NOT_PERMITTED;
use super::PageKind;
use super::WHOLE;
use super::badge;
use super::lines::Box::Asked;
use super::lines::Box::Bare;
use super::lines::Box::Slip;
use super::lines::Box::Typed;
use super::lines::lines;
use super::waiting;
use crate::component::Kind;
use crate::component::notice;
use crate::login;
use crate::page::Page;

/// A notice about so many lines, above the lines.
fn counted(page: &Page, (kind, title, count): (Kind, &str, u64), line: &str) -> String {
    notice(kind, page.count(title, count), vec![page.t(line)])
}

fn slips(page: &Page) -> String {
    let boxes = [
        ("f1", Typed("731")),
        ("f9", Slip("7x", "entry-slip-digits")),
    ];
    let said = (Kind::Refused, "entry-slips", 1);
    counted(page, said, "entry-slips-help") + &lines(page, "slip", &boxes)
}

fn empty_lines(page: &Page) -> String {
    let said = (Kind::Partial, "entry-empty", 1);
    let boxes = [("f1", Typed("731")), ("f9", Asked)];
    counted(page, said, "entry-empty-help") + &lines(page, "asked", &boxes)
}

/// Only the lines that two persons read differently.
fn differing(page: &Page) -> String {
    let help = page.t("entry-third-help");
    format!("<p>{help}</p>{}", lines(page, "third", &[("f10", Bare)]))
}

/// What is said once a sheet is saved.
fn saved(page: &Page) -> String {
    let title = page.about("entry-saved", "1-2-3-1");
    notice(Kind::Information, title, vec![page.t("entry-saved-first")])
}

fn proposed(page: &Page) -> String {
    let organ = page.organ(sanduq_core::act::Organ::Executive);
    badge(page, "quarantined", &page.about("story-proposed", &organ))
}

fn objected(page: &Page) -> String {
    badge(page, "quarantined", &page.about("story-objected", "§ 12"))
}

/// The pages.
pub const KINDS: [PageKind; 10] = [
    PageKind {
        code: "page-login",
        title: "login-title",
        routes: &["/login"],
        states: [
            Never("never-empty-form"),
            WHOLE,
            Never("never-partial"),
            Part(|page| login::told(page, "login-wrong")),
            FAULT,
        ],
        more: &[
            (
                "components-locked",
                Part(|page| login::told_to_wait(page, 11)),
            ),
            (
                "first-title",
                Part(|page| login::told(page, "login-first-spent")),
            ),
        ],
    },
    PageKind {
        code: "page-password",
        title: "own-title",
        routes: &["/password"],
        states: [
            Never("never-empty-form"),
            WHOLE,
            Never("never-partial"),
            Notice(
                Kind::Refused,
                "own-refused",
                &["refusal-password-too-short"],
            ),
            FAULT,
        ],
        more: &[("login-title", No("refused", "staff.own_password_first"))],
    },
    PageKind {
        code: "page-desk",
        title: "desk-title",
        routes: &["/desk"],
        states: [
            Empty("desk-nothing"),
            WHOLE,
            Part(waiting),
            No("refused", "web.not_logged_in"),
            FAULT,
        ],
        more: &[],
    },
    PageKind {
        code: "page-entry-table",
        title: "desk-entry",
        routes: &["/desk/entry"],
        states: [
            Empty("desk-nothing"),
            WHOLE,
            Part(waiting),
            Part(|page| {
                let title = page.about("entry-unknown", "9-9-9-9");
                notice(Kind::Refused, title, vec![page.t("entry-unknown-help")])
            }),
            FAULT,
        ],
        more: &[],
    },
    PageKind {
        code: "page-entry-form",
        title: "entry-first",
        routes: &["/desk/entry/{contest}/{station}"],
        states: [
            Part(|page| lines(page, "bare", &[("f1", Bare), ("f9", Bare)])),
            WHOLE,
            Part(empty_lines),
            Part(slips),
            Notice(Kind::Failed, "entry-not-saved", &["refusal-web-fault"]),
        ],
        more: &[
            ("entry-third", Part(differing)),
            ("components-complete", Part(saved)),
            (
                "components-expired",
                Notice(Kind::Warning, "entry-moved", &["entry-moved-second"]),
            ),
            (
                "components-waiting",
                Notice(Kind::Warning, "entry-taken", &["entry-taken-help"]),
            ),
            ("login-out", No("refused", "web.not_logged_in")),
        ],
    },
    PageKind {
        code: "page-decisions",
        title: "desk-decisions",
        routes: &["/desk/decisions"],
        states: [Empty("desk-nothing"), WHOLE, Pages, NOT_PERMITTED, FAULT],
        more: &[],
    },
    PageKind {
        code: "page-decision",
        title: "decision-proposal",
        routes: &["/desk/decisions/{contest}/{station}"],
        states: [
            Part(|page| badge(page, "quarantined", &page.t("story-quarantined"))),
            WHOLE,
            Part(proposed),
            Notice(
                Kind::Refused,
                "decision-not-recorded",
                &["refusal-sheet-same-organ"],
            ),
            Notice(
                Kind::Failed,
                "decision-not-recorded",
                &["refusal-web-fault"],
            ),
        ],
        more: &[
            (
                "two-waiting",
                Notice(Kind::Information, "decision-done-proposed", &[]),
            ),
            ("two-recorded", Part(objected)),
            (
                "two-approved",
                Notice(Kind::Information, "decision-done-answered", &[]),
            ),
        ],
    },
    PageKind {
        code: "page-certifications",
        title: "certify-title",
        routes: &["/desk/certification"],
        states: [Empty("certify-none"), WHOLE, Pages, NOT_PERMITTED, FAULT],
        more: &[],
    },
    PageKind {
        code: "page-certification",
        title: "certify-propose",
        routes: &["/desk/certification/{contest}"],
        states: [
            Part(|page| notice(Kind::Information, page.t("certify-ready"), Vec::new())),
            WHOLE,
            Part(|page| {
                let lines = [("certify-missing", 12), ("certify-waiting", 3)];
                let lines = lines.map(|(key, count)| page.count(key, count));
                notice(Kind::Partial, page.t("certify-open"), lines.to_vec())
            }),
            Notice(
                Kind::Refused,
                "decision-not-recorded",
                &["refusal-results-sheet-waits"],
            ),
            Notice(
                Kind::Failed,
                "decision-not-recorded",
                &["refusal-web-fault"],
            ),
        ],
        more: &[
            (
                "two-waiting",
                Notice(Kind::Information, "certify-proposed", &[]),
            ),
            (
                "two-approved",
                Notice(Kind::Information, "certify-done-signed", &[]),
            ),
            (
                "two-refused",
                Notice(Kind::Information, "certify-done-refused", &[]),
            ),
        ],
    },
    PageKind {
        code: "page-two-persons",
        title: "two-title",
        routes: &["/desk/two-persons"],
        states: [Empty("two-none"), WHOLE, Pages, NOT_PERMITTED, FAULT],
        more: &[],
    },
];
