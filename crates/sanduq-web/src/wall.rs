//! The board as a screen on a wall: nobody logs in, nothing is clicked, it renews itself. Always
//! true here: it shows counts only, no candidate, no person, and the time of its figures in large
//! digits, so that an old picture is not taken for a new one.
//!
//! Hours stand beside what was to be expected of them by the event before, and beside nothing where
//! that does not tell: a curve that nobody has published would be one of our own making.

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::Today;
use crate::board::stream;
use crate::component::CoverageBar;
use crate::component::html;
use crate::needs;
use crate::needs::Reason;
use crate::page::Page;
use crate::provinces;
use crate::provinces::Part;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use sanduq_count::publication::PublicContest;

struct Counted {
    name: String,
    coverage: String,
}

#[derive(Template)]
#[template(path = "wall/body.html")]
struct Body<'a> {
    page: &'a Page,
    today: Today<'a>,
    contests: Vec<Counted>,
    needs: Vec<(Reason, usize, u64)>,
    provinces: Part,
}

#[derive(Template)]
#[template(path = "wall/page.html")]
struct WallPage<'a> {
    page: &'a Page,
    body: &'a str,
}

/// What changes on the wall.
#[must_use]
pub fn body(page: &Page, view: &View) -> String {
    let nation = view.nation();
    let counted = |entry: &PublicContest| {
        let coverage = view.coverage(&entry.contest, nation);
        Counted {
            name: page.name(&entry.contest.names).to_owned(),
            coverage: html(&CoverageBar {
                page,
                standing: entry.standing(coverage),
                counted: coverage.counted,
                stations: coverage.stations,
            }),
        }
    };
    html(&Body {
        page,
        today: Today::of(page, view),
        contests: view.contests_of(nation).map(counted).collect(),
        needs: needs::counts(&needs::below(view, nation)),
        provinces: provinces::part(page, view, false),
    })
}

/// The wall.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let page = asked.page(&live);
    let whole = || {
        html(&WallPage {
            page: &page,
            body: live.wall(asked.locale),
        })
    };
    Ok(reply(
        (Format::Html, &asked.headers),
        whole,
        || (),
        Default::default,
    ))
}

/// What changes on the wall, sent whenever it changes.
pub async fn events(State(app): State<App>, Extension(asked): Extension<Asked>) -> Response {
    stream(&app, asked.locale, Live::wall)
}
