//! Turnout by the hour, as a table and as a picture.

use super::Example;
use super::Group;
use super::example;
use crate::board::Chart;
use crate::component::Hours;
use crate::component::html;
use crate::day::Hour;
use crate::page::Page;
use sanduq_core::count::Came;
use sanduq_core::count::Registered;
use sanduq_operations::expectation::Expected;
use sanduq_operations::expectation::expected;

fn sample_hours() -> Vec<Hour> {
    let hour = |(hour, came, voted)| Hour {
        hour,
        came,
        voted,
        reported: 10_012,
    };
    [
        (9, 310_000, 301_000),
        (10, 720_000, 699_000),
        (11, 1_100_000, 1_080_000),
        (12, 1_560_000, 1_530_000),
        (13, 2_041_903, 2_000_100),
    ]
    .map(hour)
    .into()
}

/// Registered in the event that is shown.
const SAMPLE_REGISTERED: u64 = 4_000_000;

/// An event before in which a little more had come by each hour.
fn sample_expected(hours: &[Hour]) -> Vec<Expected> {
    let then = |hour: &Hour| {
        let registered = Registered::new(SAMPLE_REGISTERED);
        expected(Came::new(hour.came / 10 * 11), registered, registered)
    };
    hours.iter().filter_map(then).collect()
}

pub(super) fn hours(page: &Page) -> Group {
    let table = |hours: &[Hour]| {
        html(&Hours {
            page,
            hours,
            expected: sample_expected(hours),
            registered: SAMPLE_REGISTERED,
            stations: 10_012,
        })
    };
    let example = |state, html| Example { state, html };
    Group {
        code: "hours",
        title: "components-hours",
        examples: vec![
            example("components-empty", table(&[])),
            example("components-partial", table(&sample_hours())),
        ],
    }
}

pub(super) fn chart(page: &Page) -> Group {
    Group {
        code: "chart",
        title: "components-chart",
        examples: vec![
            example(
                "components-empty",
                &Chart::new(page, &[], &[], SAMPLE_REGISTERED),
            ),
            example(
                "components-partial",
                &Chart::new(
                    page,
                    &sample_hours(),
                    &sample_expected(&sample_hours()),
                    SAMPLE_REGISTERED,
                ),
            ),
        ],
    }
}
