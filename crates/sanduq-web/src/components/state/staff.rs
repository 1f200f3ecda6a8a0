//! The pages of accounts, and of stations to call.

use super::Cell::Empty;
use super::Cell::Never;
use super::Cell::Notice;
use super::Cell::Pages;
use super::Cell::Part;
use super::FAULT;
use super::NOT_FOUND;
use super::NOT_PERMITTED;
use super::PageKind;
use super::WHOLE;
use crate::component::Kind;
use crate::component::html;
use crate::page::Page;
use crate::staff::List;
use crate::staff::Shown;

/// No account is as the reader asked.
fn nobody(page: &Page) -> String {
    let members = &[];
    html(&List { page, members })
}

/// An account that waits for a second person.
fn half(page: &Page) -> String {
    html(&Shown {
        page,
        title: page.about("second-proposed", "E-0007"),
        said: ("second-first-half", "second-proposed-next"),
        password: "abcd-2345",
        until: None,
    })
}

/// The pages.
pub const KINDS: [PageKind; 4] = [
    PageKind {
        code: "page-stations",
        title: "desk-stations",
        routes: &["/desk/stations"],
        states: [Empty("desk-nothing"), WHOLE, Pages, NOT_PERMITTED, FAULT],
        more: &[],
    },
    PageKind {
        code: "page-staff",
        title: "staff-title",
        routes: &["/desk/staff"],
        states: [
            Part(nobody),
            WHOLE,
            Part(half),
            Notice(
                Kind::Refused,
                "staff-refused",
                &["refusal-staff-number-taken"],
            ),
            FAULT,
        ],
        more: &[(
            "staff-enrol",
            Notice(Kind::Information, "staff-enrolled", &[]),
        )],
    },
    PageKind {
        code: "page-account",
        title: "staff-number",
        routes: &["/desk/staff/{number}"],
        states: [
            Part(|page| crate::journal::entries(page, &[])),
            WHOLE,
            Notice(Kind::Information, "first-title", &["first-used"]),
            Notice(Kind::Refused, "staff-refused", &["refusal-staff-last-one"]),
            FAULT,
        ],
        more: &[
            ("components-not-found", NOT_FOUND),
            (
                "components-complete",
                Notice(Kind::Information, "staff-done", &[]),
            ),
        ],
    },
    PageKind {
        code: "page-roles",
        title: "roles-title",
        routes: &["/desk/roles"],
        states: [
            Never("never-empty"),
            WHOLE,
            Never("never-partial"),
            NOT_PERMITTED,
            FAULT,
        ],
        more: &[],
    },
];
