//! The pages of whoever heads a station, and of images of sheets.

use super::Cell::Empty;
use super::Cell::Never;
use super::Cell::No;
use super::Cell::Notice;
use super::Cell::Part;
use super::FAULT;
use super::PageKind;
use super::WHOLE;
use super::badge;
use super::lines::Box::Bare;
use super::lines::Box::Slip;
use super::lines::Box::Typed;
use super::lines::lines;
use crate::component::Kind;
use crate::component::html;
use crate::page::Page;
use crate::station::parts::Ask;
use crate::station::parts::Recorded;
use crate::station::refused_notice;

/// What the script shows between the sending and the answer; without it the browser shows the page
/// before.
fn sending(page: &Page) -> String {
    let said = page.t("station-sending");
    format!("<p class=\"kept-says\" role=\"status\">{said}</p>")
}

fn came(page: &Page) -> String {
    let keys = ["station-came", "station-came-hint"];
    html(&Ask::number(page, "example-came", keys, ""))
}

fn seals(page: &Page) -> String {
    let keys = ["station-ballots", "station-ballots-hint"];
    html(&Ask::number(page, "example-ballots", keys, ""))
}

fn line(page: &Page) -> String {
    let keys = ["station-waiting", "station-waiting-hint"];
    html(&Ask::number(page, "example-waiting", keys, ""))
}

/// Some tokens are settled, others wait.
fn tokens(page: &Page) -> String {
    let row = |key: &str, count: u64| (page.t(key), page.n(count));
    let rows = vec![row("station-issued", 12), row("station-used", 9)];
    html(&Recorded::new(page, rows, None))
}

/// No line to the server: what was typed is kept.
const UNSENT: super::Cell = Notice(Kind::Failed, "station-not-recorded", &["station-unsent"]);

/// The pages.
pub const KINDS: [PageKind; 7] = [
    PageKind {
        code: "page-station",
        title: "station-title",
        routes: &["/desk/station", "/desk/station/{station}"],
        states: [
            Empty("station-nothing"),
            WHOLE,
            Part(tokens),
            No("refused", "web.other_station"),
            FAULT,
        ],
        more: &[("components-not-found", No("refused", "web.no_station"))],
    },
    PageKind {
        code: "page-opening",
        title: "station-opening",
        routes: &["/desk/station/{station}/opening"],
        states: [
            Part(seals),
            Part(sending),
            Never("never-partial-form"),
            Part(|page| refused_notice(page, "station.no_seals")),
            UNSENT,
        ],
        more: &[
            (
                "components-waiting",
                Notice(Kind::Loading, "station-too-early", &[]),
            ),
            (
                "components-complete",
                Notice(Kind::Information, "station-recorded", &[]),
            ),
        ],
    },
    PageKind {
        code: "page-hours",
        title: "station-hours",
        routes: &["/desk/station/{station}/hours"],
        states: [
            Part(came),
            Part(sending),
            Notice(
                Kind::Information,
                "station-hours-wait",
                &["station-hours-none"],
            ),
            Part(|page| refused_notice(page, "turnout.went_down")),
            UNSENT,
        ],
        more: &[(
            "components-complete",
            Notice(Kind::Information, "station-hours-all", &[]),
        )],
    },
    PageKind {
        code: "page-closing",
        title: "station-closing",
        routes: &["/desk/station/{station}/closing"],
        states: [
            Part(line),
            Part(sending),
            Part(tokens),
            Part(|page| refused_notice(page, "station.tokens_wait")),
            UNSENT,
        ],
        more: &[(
            "components-information",
            Notice(
                Kind::Information,
                "station-already",
                &["station-already-help"],
            ),
        )],
    },
    PageKind {
        code: "page-station-sheets",
        title: "station-sheets-back",
        routes: &["/desk/station/{station}/sheet"],
        states: [
            Notice(Kind::Loading, "station-too-early", &["station-close-first"]),
            WHOLE,
            Part(|page| badge(page, "received", &page.t("story-received"))),
            No("refused", "web.other_station"),
            FAULT,
        ],
        more: &[],
    },
    PageKind {
        code: "page-station-sheet",
        title: "station-sheet",
        routes: &["/desk/station/{station}/sheet/{contest}"],
        states: [
            Part(|page| lines(page, "own", &[("f1", Bare), ("f9", Bare)])),
            Part(sending),
            Never("never-partial-form"),
            Part(|page| {
                let wrong = Slip("7.5", "entry-slip-decimal");
                lines(page, "wrong", &[("f1", Typed("731")), ("f9", wrong)])
            }),
            UNSENT,
        ],
        more: &[(
            "components-complete",
            Notice(Kind::Information, "station-recorded", &[]),
        )],
    },
    PageKind {
        code: "page-upload",
        title: "image-send",
        routes: &[
            "/desk/image/{contest}/{station}",
            "/desk/station/{station}/image/{contest}",
        ],
        states: [
            Empty("image-none-yet"),
            WHOLE,
            Notice(
                Kind::Information,
                "image-recorded",
                &["image-recorded-help"],
            ),
            Notice(
                Kind::Refused,
                "image-not-recorded",
                &["refusal-image-damaged"],
            ),
            Notice(Kind::Failed, "image-not-recorded", &["refusal-web-fault"]),
        ],
        more: &[
            (
                "components-locked",
                Notice(Kind::Information, "image-on-record", &["image-not-shown"]),
            ),
            (
                "components-waiting",
                Notice(Kind::Information, "image-closed", &["image-closed-help"]),
            ),
        ],
    },
];
