//! The pages of results and of voters.

use super::Cell;
use super::Cell::Empty;
use super::Cell::Never;
use super::Cell::No;
use super::Cell::Pages;
use super::Cell::Part;
use super::FAULT;
use super::NO_EVENT;
use super::NOT_FOUND;
use super::PageKind;
use super::WHOLE;
use super::badge;
use crate::component::CoverageBar;
use crate::component::Kind;
use crate::component::html;
use crate::contest::Row;
use crate::contest::Rows;
use crate::own_station::Told;
use crate::own_station::notice;
use crate::page::Page;
use sanduq_core::names::Names;
use sanduq_count::results::Standing;

fn coverage(page: &Page) -> String {
    html(&CoverageBar {
        page,
        standing: Standing::Partial,
        counted: 9_812,
        stations: 10_012,
    })
}

/// A contest in a standing, as the list of contests has it.
fn contest(page: &Page, standing: Standing, counted: u64) -> String {
    let names = Names::new("الرئاسة", "Presidency");
    let choice = Names::new("قائمة النخيل", "Palm List");
    let leads = matches!(standing, Standing::Partial | Standing::Preliminary);
    let row = Row {
        href: "#main".to_owned(),
        names: &names,
        standing,
        counted,
        stations: 10_012,
        leading: leads.then_some(&choice),
        seats: 1,
    };
    let rows = vec![row];
    html(&Rows { page, rows })
}

/// The pages.
pub const KINDS: [PageKind; 8] = [
    PageKind {
        code: "page-unit",
        title: "result-title",
        routes: &["/", "/unit/{file}"],
        states: [NO_EVENT, WHOLE, Part(coverage), NOT_FOUND, FAULT],
        more: &[
            ("choices-votes", Empty("choices-none")),
            ("hours-title", Empty("hours-none")),
        ],
    },
    PageKind {
        code: "page-contests",
        title: "contests-title",
        routes: &["/contests"],
        states: [
            NO_EVENT,
            WHOLE,
            Part(|page| contest(page, Standing::Partial, 9_812)),
            Never("never-refused"),
            FAULT,
        ],
        more: &[
            (
                "components-locked",
                Part(|page| contest(page, Standing::Locked, 200)),
            ),
            (
                "components-waiting",
                Part(|page| contest(page, Standing::Awaited, 0)),
            ),
            (
                "components-complete",
                Part(|page| contest(page, Standing::Preliminary, 10_012)),
            ),
            (
                "certify-final",
                Part(|page| contest(page, Standing::Final, 10_012)),
            ),
        ],
    },
    PageKind {
        code: "page-snapshot",
        title: "check-snapshot",
        routes: &["/snapshot/{file}"],
        states: [
            NO_EVENT,
            WHOLE,
            Cell::Notice(Kind::Information, "snapshot-replaced", &[]),
            No("no-snapshot", "web.no_snapshot"),
            FAULT,
        ],
        more: &[(
            "components-complete",
            Cell::Notice(Kind::Information, "snapshot-present", &[]),
        )],
    },
    PageKind {
        code: "page-sheet",
        title: "sheet-title",
        routes: &[
            "/sheet/{contest}/{file}",
            "/sheet/{contest}/{station}/{version}",
        ],
        states: [
            Part(|page| badge(page, "awaited", &page.t("sheet-no-figures"))),
            WHOLE,
            Part(|page| badge(page, "first_entered", &page.t("story-first-entered"))),
            NOT_FOUND,
            FAULT,
        ],
        more: &[
            (
                "state-received",
                Part(|page| badge(page, "received", &page.t("story-received"))),
            ),
            (
                "state-differing",
                Part(|page| badge(page, "differing", &page.t("story-differing"))),
            ),
            (
                "state-quarantined",
                Part(|page| badge(page, "quarantined", &page.t("story-quarantined"))),
            ),
            (
                "state-returned",
                Part(|page| badge(page, "returned", &page.t("story-returned"))),
            ),
            (
                "state-accepted",
                Part(|page| badge(page, "accepted", &page.about("story-noted", "S7"))),
            ),
            (
                "state-superseded",
                Part(|page| badge(page, "superseded", &page.t("story-superseded"))),
            ),
        ],
    },
    PageKind {
        code: "page-images",
        title: "image-missing-title",
        routes: &["/images/{file}"],
        states: [Empty("image-missing-none"), WHOLE, Pages, NOT_FOUND, FAULT],
        more: &[],
    },
    PageKind {
        code: "page-search",
        title: "search-title",
        routes: &["/search"],
        states: [
            Empty("search-none"),
            WHOLE,
            Pages,
            Never("never-refused-search"),
            FAULT,
        ],
        more: &[],
    },
    PageKind {
        code: "page-where",
        title: "own-station-title",
        routes: &["/where"],
        states: [
            voter(|page| notice(page, &Told::NotFrozen)),
            WHOLE,
            voter(|page| notice(page, &Told::NotPlaced)),
            voter(|page| notice(page, &Told::TooMany(5))),
            voter(|page| notice(page, &Told::Failed)),
        ],
        more: &[],
    },
    PageKind {
        code: "page-ballot",
        title: "ballot-practice-title",
        routes: &["/ballot/practice", "/ballot/practice/check"],
        states: [
            Empty("ballot-script"),
            WHOLE,
            Never("never-partial"),
            No("refused", "ballot.unfit"),
            FAULT,
        ],
        more: &[],
    },
];

/// What a voter is told.
const fn voter(part: fn(&Page) -> String) -> Cell {
    Part(part)
}
