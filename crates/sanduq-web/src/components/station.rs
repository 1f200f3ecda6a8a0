//! What the screens of a station are made of, in every state.

use super::Example;
use super::Group;
use super::example;
use crate::component::Kind;
use crate::component::notice;
use crate::page::Page;
use crate::station::parts::Ask;
use crate::station::parts::Recorded;
use crate::station::parts::Stand;
use crate::station::parts::Step;
use crate::station::parts::Steps;
use crate::station::refused_notice;
use jiff::Timestamp;
use sanduq_store::station_record::Mark;

/// The screens of a station.
pub fn groups(page: &Page) -> [Group; 4] {
    [steps(page), ask(page), record(page), answers(page)]
}

fn steps(page: &Page) -> Group {
    use Stand::Done;
    use Stand::Now;
    use Stand::Waits;
    let href = |_| "#g-station-steps".to_owned();
    let steps = |state, stands, here| {
        let mut part = Steps::new(page, href, stands, here);
        part.label = format!("{} · {}", page.t("station-steps"), page.t(state));
        example(state, &part)
    };
    Group {
        code: "station-steps",
        title: "components-station-steps",
        examples: vec![
            steps("components-waiting", [Waits; 4], None),
            steps(
                "components-partial",
                [Done, Now, Waits, Waits],
                Some(Step::Hours),
            ),
            steps("components-complete", [Done; 4], None),
        ],
    }
}

fn ask(page: &Page) -> Group {
    let keys = ["station-came", "station-came-hint"];
    let empty = Ask::number(page, "example-came", keys, "");
    let refused = Ask {
        wrong: crate::refusal::sentence(page, "turnout.went_down"),
        ..Ask::number(page, "example-again", keys, "12")
    };
    Group {
        code: "station-ask",
        title: "components-station-ask",
        examples: vec![
            example("components-empty", &empty),
            example("components-refused", &refused),
        ],
    }
}

fn record(page: &Page) -> Group {
    let row = |key: &str, count: u64| (page.t(key), page.n(count));
    let mark = Mark {
        entry: 1,
        at: Timestamp::UNIX_EPOCH,
    };
    let issued = || vec![row("station-issued", 12), row("station-used", 12)];
    Group {
        code: "station-record",
        title: "components-station-record",
        examples: vec![
            example("components-partial", &Recorded::new(page, issued(), None)),
            example(
                "components-complete",
                &Recorded::new(page, issued(), Some(mark)),
            ),
        ],
    }
}

fn answers(page: &Page) -> Group {
    let told = |state, html| Example { state, html };
    let said = |kind, title: &str, lines: &[&str]| {
        notice(
            kind,
            page.t(title),
            lines.iter().map(|key| page.t(key)).collect(),
        )
    };
    Group {
        code: "station-answers",
        title: "components-station-answers",
        examples: vec![
            told(
                "components-waiting",
                said(Kind::Loading, "station-too-early", &["station-open-first"]),
            ),
            told(
                "components-complete",
                said(Kind::Information, "station-recorded", &[]),
            ),
            told(
                "components-information",
                said(
                    Kind::Information,
                    "station-already",
                    &["station-already-help"],
                ),
            ),
            told(
                "components-refused",
                refused_notice(page, "station.already_opened"),
            ),
            told(
                "components-failed",
                said(Kind::Failed, "station-not-recorded", &["station-unsent"]),
            ),
        ],
    }
}
