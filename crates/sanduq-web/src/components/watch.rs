//! What the board and the wall are made of, in every state.

use super::Example;
use super::Group;
use super::example;
use crate::condition::Condition;
use crate::day::Day;
use crate::needs::Line;
use crate::needs::Needs;
use crate::needs::Reason;
use crate::page::Page;
use crate::provinces::Province;
use crate::provinces::Provinces;
use crate::view::States;
use crate::view::Sums;
use sanduq_core::names::Names;

/// The day of an invented province with these stations in each condition.
fn sums(conditions: [u64; Condition::ALL.len()]) -> Sums {
    let [waiting, late, open, silent, closed, held, counted] = conditions;
    let stations = conditions.iter().sum();
    Sums {
        registered: stations * 800,
        day: Day {
            stations,
            waiting: waiting + late,
            late,
            open: open + silent,
            silent,
            closed: closed + held + counted,
            came: (stations - waiting - late) * 310,
            voted: (stations - waiting - late) * 300,
        },
        sheets: States {
            awaited: stations - held - counted,
            quarantined: held,
            accepted: counted,
            ..States::default()
        },
        conditions,
    }
}

/// Provinces: before the day, in it, and after it.
pub fn provinces(page: &Page) -> Group {
    let names = Names::new("واحة الشمال", "Northern Oasis");
    let part = |state, conditions, links| {
        let sums = sums(conditions);
        let province = Province {
            href: "#g-provinces".to_owned(),
            names: &names,
            sums: &sums,
            first: 0,
        };
        let part = Provinces {
            page,
            provinces: vec![province],
            total: &sums,
            links,
            level: page.t("components-units"),
        };
        example(state, &part)
    };
    Group {
        code: "provinces",
        title: "components-provinces",
        examples: vec![
            part("components-empty", [24, 0, 0, 0, 0, 0, 0], false),
            part("components-partial", [0, 2, 18, 4, 0, 0, 0], false),
            part("components-complete", [0, 0, 0, 0, 3, 1, 20], true),
        ],
    }
}

/// What waits: nothing, and one of each.
pub fn needs(page: &Page) -> Group {
    let line = |reason: Reason| Line {
        reason,
        what: page.t(reason.what()),
        action: page.t(reason.action()),
        place: page.t("components-units"),
        province: page.t("components-provinces"),
        href: "#g-needs".to_owned(),
    };
    let count = |reason: Reason| (reason, "#g-needs".to_owned(), 3);
    let list = |state, reasons: &[Reason]| -> Example {
        let part = Needs {
            page,
            counts: reasons.iter().copied().map(count).collect(),
            lines: reasons.iter().copied().map(line).collect(),
        };
        example(state, &part)
    };
    Group {
        code: "needs",
        title: "components-needs",
        examples: vec![
            list("components-empty", &[]),
            list("components-partial", &Reason::ALL),
        ],
    }
}
