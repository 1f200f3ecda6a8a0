//! Search: places, contests, choices and candidates by code or by name, whatever the script and the
//! spelling. Always true here: what is searched for stands in the address, so that an answer can be
//! sent to somebody; no person but a candidate can be found; names and codes are shown, never
//! figures.

mod index;

pub use index::Found;
pub use index::Index;
pub use index::LONGEST;
pub use index::Rank;
pub use index::Target;

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::component::html;
use crate::links::Links;
use crate::openapi::NamesSchema;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::view::View;
use askama::Template;
use axum::Extension;
use axum::extract::Query;
use axum::extract::State;
use axum::response::Response;
use core::fmt::Write as _;
use sanduq_core::geography::UnitIx;
use sanduq_core::names::Names;
use schemars::JsonSchema;
use serde::Serialize;

/// The most results that are shown; the rest is counted.
pub const MOST: usize = 50;

/// One result.
pub struct Hit<'a> {
    /// What it is: `unit`, `contest`, `choice`, `candidate`.
    pub kind: &'static str,
    /// How well it fits.
    pub rank: Rank,
    /// The word for its level or kind.
    pub level: String,
    /// Its code; empty for a candidate of a list.
    pub code: String,
    /// Its name.
    pub names: &'a Names,
    /// What it stands in, the largest first; the nation left out.
    pub within: Vec<&'a Names>,
    /// Its page.
    pub href: String,
}

/// The field in which one searches, and the results below it.
#[derive(Template)]
#[template(path = "search/results.html")]
pub struct Results<'a> {
    /// The page it stands on.
    pub page: &'a Page,
    /// What is searched for.
    pub wanted: String,
    /// The best results.
    pub hits: Vec<Hit<'a>>,
    /// How many there are in all.
    pub total: u64,
    /// How many of them are not shown.
    pub rest: u64,
    /// Whether the field is left out.
    pub bare: bool,
}

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage<'a> {
    page: &'a Page,
    json: String,
    csv: String,
    wanted: &'a str,
    results: String,
}

/// Text as a part of an address (RFC 3986, section 2.1).
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a string takes every text");
        }
    }
    out
}

/// The results for a page.
#[must_use]
pub fn results<'a>(page: &'a Page, view: &'a View, wanted: &str, found: &Found) -> Results<'a> {
    let hits = found
        .best
        .iter()
        .map(|(rank, target)| hit(page, view, *rank, *target));
    let count = |n: usize| u64::try_from(n).unwrap_or(u64::MAX);
    Results {
        page,
        wanted: wanted.to_owned(),
        hits: hits.collect(),
        total: count(found.total),
        rest: count(found.total - found.best.len()),
        bare: false,
    }
}

fn hit<'a>(page: &Page, view: &'a View, rank: Rank, target: Target) -> Hit<'a> {
    let geography = &view.snapshot.geography;
    let places = |ix: UnitIx| -> Vec<&'a Names> {
        let path = geography.path(ix).into_iter().skip(1);
        path.map(|ix| &geography.unit(ix).names).collect()
    };
    let contest = |at: usize| &view.snapshot.contests[at].contest;
    let page_of = |at: usize| {
        let contest = contest(at);
        format!(
            "{}#c-{}",
            page.links.unit(view, view.root(contest)),
            contest.code
        )
    };
    match target {
        Target::Unit(ix) => {
            let unit = geography.unit(ix);
            let mut within = places(ix);
            within.pop();
            Hit {
                kind: "unit",
                rank,
                level: crate::unit::level(page, view, ix),
                code: unit.code.to_string(),
                names: &unit.names,
                within,
                href: page.links.unit(view, ix),
            }
        }
        Target::Contest(c) => Hit {
            kind: "contest",
            rank,
            level: page.t("contests-contest"),
            code: contest(c).code.to_string(),
            names: &contest(c).names,
            within: places(view.root(contest(c))),
            href: page_of(c),
        },
        Target::Choice(c, n) => Hit {
            kind: "choice",
            rank,
            level: page.t("choices-choice"),
            code: contest(c).choices[n].code.to_string(),
            names: &contest(c).choices[n].names,
            within: vec![&contest(c).names],
            href: page_of(c),
        },
        Target::Candidate(c, n, k) => Hit {
            kind: "candidate",
            rank,
            level: page.t("search-candidate"),
            code: String::new(),
            names: &contest(c).choices[n].candidates[k],
            within: vec![&contest(c).names, &contest(c).choices[n].names],
            href: page_of(c),
        },
    }
}

/// The results as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Found")]
pub struct Object<'a> {
    snapshot: String,
    wanted: &'a str,
    total: u64,
    rest: u64,
    results: Vec<HitObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Hit")]
struct HitObject<'a> {
    kind: &'static str,
    fits: &'static str,
    code: &'a str,
    #[schemars(with = "NamesSchema")]
    names: &'a Names,
    #[schemars(with = "Vec<NamesSchema>")]
    within: &'a [&'a Names],
    page: &'a str,
}

const fn fits(rank: Rank) -> &'static str {
    match rank {
        Rank::Code => "code",
        Rank::Word => "word",
        Rank::Beginning => "beginning",
        Rank::Anywhere => "anywhere",
    }
}

fn object<'a>(view: &View, results: &'a Results<'a>) -> Object<'a> {
    let object = |hit: &'a Hit<'a>| HitObject {
        kind: hit.kind,
        fits: fits(hit.rank),
        code: &hit.code,
        names: hit.names,
        within: &hit.within,
        page: &hit.href,
    };
    Object {
        snapshot: view.snapshot.id(),
        wanted: &results.wanted,
        total: results.total,
        rest: results.rest,
        results: results.hits.iter().map(object).collect(),
    }
}

fn table(view: &View, results: &Results<'_>) -> Table {
    let row = |hit: &Hit<'_>| {
        vec![
            hit.kind.to_owned(),
            fits(hit.rank).to_owned(),
            hit.code.clone(),
            hit.names.ar.clone(),
            hit.names.fa.clone(),
            hit.names.fr.clone(),
            hit.names.en.clone(),
            hit.href.clone(),
            results.total.to_string(),
            view.snapshot.id(),
        ]
    };
    Table {
        head: vec![
            "kind", "fits", "code", "name_ar", "name_fa", "name_fr", "name_en", "page", "total",
            "snapshot",
        ],
        rows: results.hits.iter().map(row).collect(),
    }
}

/// The page of the results.
fn render(page: &Page, query: &str, results: &Results<'_>) -> String {
    html(&SearchPage {
        page,
        json: format!("/search.json{query}"),
        csv: format!("/search.csv{query}"),
        wanted: &results.wanted,
        results: html(results),
    })
}

/// Searches.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let wanted = pairs.into_iter().find(|(name, _)| name == "q");
    let wanted = wanted.map_or_else(String::new, |(_, wanted)| wanted);
    Ok(answer(&asked, &live, wanted.trim()))
}

fn answer(asked: &Asked, live: &Live, wanted: &str) -> Response {
    let wanted: String = wanted.chars().take(LONGEST).collect();
    let query = format!("?q={}", encoded(&wanted));
    let page = Page {
        links: Links::live(&format!("/search{query}")),
        ..asked.page(live)
    };
    let found = live.index.search(&wanted, MOST);
    let results = results(&page, &live.view, &wanted, &found);
    let (_, format) = Format::split(&asked.path);
    reply(
        (format, &asked.headers),
        || render(&page, &query, &results),
        || object(&live.view, &results),
        || table(&live.view, &results),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_searched_for_stands_in_the_address() {
        for (text, written) in [
            ("12-03", "12-03"),
            ("a b&c=d#e", "a%20b%26c%3Dd%23e"),
            ("باب", "%D8%A8%D8%A7%D8%A8"),
            ("\"><", "%22%3E%3C"),
        ] {
            assert_eq!(encoded(text), written);
        }
    }
}
