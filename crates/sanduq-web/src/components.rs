//! Every part that pages are made of, and every page, in every state: `/components`. The figures
//! there are invented.

mod accounts;
mod conduct;
mod hours;
mod image;
mod map;
mod public;
pub mod state;
mod station;
mod watch;

use self::state::KINDS;
use crate::app::App;
use crate::asked::Asked;
use crate::component::Badge;
use crate::component::Choices;
use crate::component::CoverageBar;
use crate::component::Figure;
use crate::component::Figures;
use crate::component::Kind;
use crate::component::Locked;
use crate::component::Notice;
use crate::component::Pager;
use crate::component::UnitRow;
use crate::component::Units;
use crate::component::html;
use crate::day::Day;
use crate::page::Page;
use crate::previous::Part;
use crate::refusal::No;
use crate::view::States;
use crate::view::Sums;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Html;
use sanduq_core::contest::Choice;
use sanduq_core::count::Votes;
use sanduq_core::id::ChoiceCode;
use sanduq_core::names::Names;
use sanduq_count::results::Standing;

struct Example {
    state: &'static str,
    html: String,
}

struct Group {
    code: &'static str,
    title: &'static str,
    examples: Vec<Example>,
}

/// One page of components: all together weigh more than a page may.
struct Shelf {
    code: &'static str,
    title: &'static str,
    /// The stylesheets that its parts need.
    styles: &'static [&'static str],
    groups: fn(&Page) -> Vec<Group>,
}

/// The pages of components: the parts of pages first, then every page with its states.
const SHELVES: [Shelf; 11] = [
    Shelf {
        code: "parts",
        title: "shelf-parts",
        styles: &["result"],
        groups: |page| {
            let table = units(page);
            vec![
                notices(page),
                coverages(page),
                figures(page),
                table,
                badges(page),
                pager(page),
            ]
        },
    },
    Shelf {
        code: "votes",
        title: "shelf-votes",
        styles: &["result"],
        groups: |page| {
            vec![
                choices(page),
                hours::hours(page),
                hours::chart(page),
                public::seats(page),
            ]
        },
    },
    Shelf {
        code: "voters",
        title: "shelf-voters",
        styles: &["result", "voter"],
        groups: |page| {
            vec![
                public::search(page),
                public::check(page),
                public::own_station(page),
            ]
        },
    },
    Shelf {
        code: "day",
        title: "shelf-day",
        styles: &["board", "map"],
        groups: |page| vec![watch::provinces(page), watch::needs(page), map::group(page)],
    },
    Shelf {
        code: "conduct",
        title: "run-title",
        styles: &["sheet", "conduct"],
        groups: |page| {
            let mut groups: Vec<Group> = conduct::groups(page).into_iter().collect();
            groups.push(accounts::group(page));
            groups
        },
    },
    Shelf {
        code: "station",
        title: "shelf-station",
        styles: &["desk", "image"],
        groups: |page| {
            let mut groups: Vec<Group> = station::groups(page).into_iter().collect();
            groups.push(image::group(page));
            groups
        },
    },
    Shelf {
        code: "results-pages",
        title: "shelf-results-pages",
        styles: &["result", "voter"],
        groups: |page| state::groups(page, KINDS[0]),
    },
    Shelf {
        code: "conduct-pages",
        title: "shelf-conduct-pages",
        styles: &["result", "board", "conduct"],
        groups: |page| state::groups(page, KINDS[1]),
    },
    Shelf {
        code: "typing-pages",
        title: "shelf-typing-pages",
        styles: &["sheet", "desk"],
        groups: |page| state::groups(page, KINDS[2]),
    },
    Shelf {
        code: "staff-pages",
        title: "shelf-staff-pages",
        styles: &["result", "desk", "conduct"],
        groups: |page| state::groups(page, KINDS[3]),
    },
    Shelf {
        code: "station-pages",
        title: "shelf-station-pages",
        styles: &["sheet", "desk"],
        groups: |page| state::groups(page, KINDS[4]),
    },
];

#[derive(Template)]
#[template(path = "components/page.html")]
struct ComponentsPage<'a> {
    page: &'a Page,
    here: &'static Shelf,
    shelves: &'static [Shelf],
    groups: Vec<Group>,
}

/// The first page of components.
pub async fn show(State(app): State<App>, Extension(asked): Extension<Asked>) -> Html<String> {
    Html(render(&asked.bare_page(app.live().as_deref()), &SHELVES[0]))
}

/// Another page of components.
pub async fn shelf(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(code): Path<String>,
) -> Result<Html<String>, No> {
    let here = SHELVES.iter().find(|shelf| shelf.code == code);
    let here = here.ok_or_else(|| asked.not_found(&app))?;
    Ok(Html(render(&asked.bare_page(app.live().as_deref()), here)))
}

fn render(page: &Page, here: &'static Shelf) -> String {
    html(&ComponentsPage {
        page,
        here,
        shelves: &SHELVES,
        groups: (here.groups)(page),
    })
}

fn example(state: &'static str, part: &impl Template) -> Example {
    Example {
        state,
        html: html(part),
    }
}

fn notices(page: &Page) -> Group {
    let notice = |state: &'static str, kind| {
        let part = Notice {
            kind,
            title: page.t(format!("{state}-title")),
            lines: vec![page.t(format!("{state}-text"))],
        };
        example(state, &part)
    };
    Group {
        code: "notice",
        title: "components-notice",
        examples: vec![
            notice("components-information", Kind::Information),
            notice("components-loading", Kind::Loading),
            notice("components-partial", Kind::Partial),
            notice("components-warning", Kind::Warning),
            notice("components-refused", Kind::Refused),
            notice("components-failed", Kind::Failed),
        ],
    }
}

fn coverages(page: &Page) -> Group {
    let coverage = |state, standing, counted, stations| {
        let part = CoverageBar {
            page,
            standing,
            counted,
            stations,
        };
        example(state, &part)
    };
    let locked = Locked {
        page,
        closed: 10_011,
        stations: 10_012,
    };
    Group {
        code: "coverage",
        title: "components-coverage",
        examples: vec![
            coverage("components-empty", Standing::Awaited, 0, 10_012),
            coverage("components-partial", Standing::Partial, 9_812, 10_012),
            coverage("components-complete", Standing::Preliminary, 10_012, 10_012),
            coverage("components-final", Standing::Final, 10_012, 10_012),
            coverage("components-locked", Standing::Locked, 200, 10_012),
            example("components-locked", &locked),
        ],
    }
}

fn figures(page: &Page) -> Group {
    let figure = |key: &str, value| Figure {
        label: page.t(key),
        value,
        note: Some(page.t("figure-by-reports")),
    };
    let row = |voted: u64| Figures {
        figures: vec![
            figure("figure-registered", page.n(7_853_447_u64)),
            figure("figure-voted", page.n(voted)),
            figure("figure-turnout", page.percent(voted, 7_853_447_u64)),
        ],
    };
    let told = |key: &str, value: u64| Figure {
        label: page.t(key),
        value: page.n(value),
        note: None,
    };
    // Words that are taken for one another, each over a figure of its own kind.
    let kinds = Figures {
        figures: vec![
            told("figure-eligible", 9_136_502),
            told("figure-registered", 7_853_447),
            told("figure-came", 2_103_318),
            told("figure-voted", 2_041_903),
        ],
    };
    Group {
        code: "figures",
        title: "components-figures",
        examples: vec![
            example("components-empty", &row(0)),
            example("components-partial", &row(2_041_903)),
            example("components-kinds", &kinds),
        ],
    }
}

fn sample_choices() -> Vec<Choice> {
    let choice = |(code, ar, en)| Choice {
        code: ChoiceCode::new(code).expect("the codes of examples are codes"),
        names: Names::new(ar, en),
        candidates: Vec::new(),
    };
    [
        ("c1", "قائمة النخيل", "Palm List"),
        ("c2", "قائمة الينابيع", "Springs List"),
        (
            "c3",
            "قائمة القوافل والأسواق والحرف التقليدية",
            "Caravans, Markets and Crafts List",
        ),
    ]
    .map(choice)
    .into()
}

fn choices(page: &Page) -> Group {
    let sample = sample_choices();
    let table = |choices: &[Choice], votes: [u64; 3]| {
        let votes = votes.map(Votes::new);
        let valid = votes.iter().map(|votes| votes.get()).sum();
        let caption = page.t("components-choices");
        html(&Choices::new(page, caption, choices, &votes, valid))
    };
    let example = |state, html| Example { state, html };
    Group {
        code: "choices",
        title: "components-choices",
        examples: vec![
            example("components-empty", table(&[], [0, 0, 0])),
            example(
                "components-complete",
                table(&sample, [120_331, 208_445, 9_998]),
            ),
            example("components-tie", table(&sample, [500, 500, 12])),
            example("components-compared", compared(page, &sample)),
        ],
    }
}

/// Beside the event before: one gained, one lost, one is new.
fn compared(page: &Page, sample: &[Choice]) -> String {
    let votes = [120_331, 208_445, 9_998].map(Votes::new);
    let caption = page.t("components-compared");
    let mut table = Choices::new(page, caption, sample, &votes, 338_774);
    let then = |part| Part {
        part,
        whole: 310_000,
    };
    table.compare(sample, &[Some(then(130_004)), Some(then(150_772)), None]);
    html(&table)
}

fn units(page: &Page) -> Group {
    let names = Names::new("واحة الشمال", "Northern Oasis");
    let sums = Sums {
        registered: 12_400,
        day: Day {
            stations: 20,
            open: 20,
            came: 4_300,
            voted: 4_211,
            ..Day::default()
        },
        sheets: States {
            accepted: 31,
            quarantined: 2,
            awaited: 7,
            ..States::default()
        },
        ..Sums::default()
    };
    let part = Units {
        page,
        caption: page.t("components-units"),
        level: page.t("components-units"),
        rows: vec![UnitRow {
            href: "#g-units".to_owned(),
            names: &names,
            sums: &sums,
        }],
        total: &sums,
    };
    Group {
        code: "units",
        title: "components-units",
        examples: vec![example("components-partial", &part)],
    }
}

/// Every state that a badge knows.
const STATES: [&str; 11] = [
    "awaited",
    "received",
    "first_entered",
    "differing",
    "entered",
    "quarantined",
    "returned",
    "accepted",
    "superseded",
    "holds",
    "fails",
];

fn badges(page: &Page) -> Group {
    let all: Vec<String> = STATES
        .iter()
        .map(|code| html(&Badge { page, code }))
        .collect();
    Group {
        code: "badge",
        title: "components-badge",
        examples: vec![Example {
            state: "components-complete",
            html: all.join(" "),
        }],
    }
}

fn pager(page: &Page) -> Group {
    let part = Pager {
        page,
        newer: Some("#g-pager".to_owned()),
        newer_key: "pager-before",
        older: Some("#g-pager".to_owned()),
        older_key: "pager-after",
    };
    Group {
        code: "pager",
        title: "components-pager",
        examples: vec![example("components-complete", &part)],
    }
}
