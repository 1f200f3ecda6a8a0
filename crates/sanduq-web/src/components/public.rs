//! The parts of the public pages in every state.

use super::Example;
use super::Group;
use super::example;
use crate::check::Check;
use crate::check::File;
use crate::component::Nearest;
use crate::component::SeatLine;
use crate::component::Seats;
use crate::component::html;
use crate::own_station::Ask;
use crate::own_station::Place;
use crate::own_station::Step;
use crate::own_station::Told;
use crate::own_station::Wrong;
use crate::own_station::notice;
use crate::page::Page;
use crate::search::Hit;
use crate::search::Rank;
use crate::search::Results;
use sanduq_core::names::Names;

/// Live, and in a published folder, where files are beside the page and no server answers.
pub fn check(page: &Page) -> Group {
    let part = |live: bool| Check {
        page,
        snapshot: "412-9f86d081884c".to_owned(),
        meaning: live.then(|| "#g-check".to_owned()),
        address: if live {
            "/unit/12-03"
        } else {
            "pages/en/unit/12-03.html"
        }
        .to_owned(),
        data: live.then(|| ["#g-check".to_owned(), "#g-check".to_owned()]),
        files: ["totals/president.json", "nist/president.json"]
            .map(|path| File {
                path: path.to_owned(),
                href: (!live).then(|| "#g-check".to_owned()),
            })
            .into(),
    };
    Group {
        code: "check",
        title: "check-title",
        examples: vec![
            example("components-live", &part(true)),
            example("components-folder", &part(false)),
        ],
    }
}

/// The form fills in its fields' names, which a page can have once: the states share the one form.
pub fn own_station(page: &Page) -> Group {
    let voter = |state, html: &str| Example {
        state,
        html: format!("<div class=\"voter\">{html}</div>"),
    };
    let said = |state, told| voter(state, &notice(page, &told));
    let names = Names::new("مدرسة النور – مكتب ٢", "Al Nour School – Station 2");
    let above = Names::new("مدرسة النور", "Al Nour School");
    let place = Place {
        page,
        name: page.name(&names).to_owned(),
        code: "12-03-1-2",
        href: "#g-own-station".to_owned(),
        within: vec![Step {
            level: page.t("components-units"),
            names: &above,
            href: "#g-own-station".to_owned(),
        }],
        hours: page.hour(&8),
    };
    let ask = Ask {
        page,
        wrong_number: false,
        wrong_date: true,
    };
    let wrong = Told::Unreadable(vec![Wrong::Date]);
    let refused = html(&ask);
    Group {
        code: "own-station",
        title: "own-station-title",
        examples: vec![
            voter("components-empty", &(notice(page, &wrong) + &refused)),
            voter("components-complete", &html(&place)),
            said("own-station-not-placed", Told::NotPlaced),
            said("own-station-not-found", Told::NotFound),
            said("own-station-too-many", Told::TooMany(5)),
            said("own-station-busy", Told::Busy),
            said("own-station-not-frozen", Told::NotFrozen),
            said("components-failed", Told::Failed),
        ],
    }
}

/// Few seats in a row with what each list lacked, many in a half circle, some still open, none.
pub fn seats(page: &Page) -> Group {
    let sample = super::sample_choices();
    let table = |given: [(u64, u64, Option<u64>); 3], seats| {
        let line =
            |(choice, (votes, seats, lacked)): (&'_ usize, (u64, u64, Option<u64>))| SeatLine {
                names: &sample[*choice].names,
                votes,
                seats,
                lacked,
                first: Vec::new(),
            };
        let lines = [0, 1, 2].iter().zip(given).map(line).collect();
        Seats::new(page, lines, seats)
    };
    let votes = [
        (208_445, 4, Some(20_113)),
        (120_331, 2, Some(1_204)),
        (9_998, 0, None),
    ];
    let mut complete = table(votes, 6);
    let names = [&sample[1].names, &sample[0].names].map(|names| page.name(names));
    let lines = vec![page.instead("seats-margin-seat", 1_204_u64, names)];
    complete.nearest = html(&Nearest { lines });
    let votes = [
        (2_084_450, 101, None),
        (1_203_310, 64, None),
        (399_980, 22, None),
    ];
    let many = table(votes, 217);
    Group {
        code: "seats",
        title: "components-seats",
        examples: vec![
            example("components-empty", &table([(0, 0, None); 3], 6)),
            example("components-complete", &complete),
            example("components-partial", &many),
        ],
    }
}

/// The search field stands once on a page, so that its states share the one above them.
pub fn search(page: &Page) -> Group {
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
