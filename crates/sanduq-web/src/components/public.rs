//! The parts of the public pages in every state.

use super::Example;
use super::Group;
use super::example;
use crate::page::Page;
use crate::search::Hit;
use crate::search::Rank;
use crate::search::Results;
use sanduq_core::names::Names;

/// The groups of the public pages.
pub fn groups(page: &Page) -> Vec<Group> {
    vec![search(page)]
}

/// The search field stands once on a page, so that its states share the one above them.
fn search(page: &Page) -> Group {
    let (north, oasis) = (
        Names::new("الشمال", "North"),
        Names::new("واحة الشمال", "Northern Oasis"),
    );
    let hit = |code: &str| Hit {
        kind: "unit",
        rank: Rank::Word,
        level: page.t("components-units"),
        code: code.to_owned(),
        names: &oasis,
        within: vec![&north],
        href: "#g-search".to_owned(),
    };
    let state = |wanted: &str, hits, total, rest| Results {
        page,
        wanted: wanted.to_owned(),
        hits,
        total,
        rest,
        bare: !wanted.is_empty(),
    };
    let examples: Vec<Example> = vec![
        example("components-empty", &state("", Vec::new(), 0, 0)),
        example("components-not-found", &state("?", Vec::new(), 0, 0)),
        example("components-complete", &state("1", vec![hit("12-03")], 1, 0)),
        example(
            "components-partial",
            &state("1", vec![hit("12-03"), hit("12-04")], 214, 212),
        ),
    ];
    Group {
        code: "search",
        title: "search-title",
        examples,
    }
}
