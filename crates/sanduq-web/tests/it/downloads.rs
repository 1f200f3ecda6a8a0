//! Beside every table of figures: the same figures for programs, of the same snapshot. The whole
//! site is walked from its first page; a table without its downloads cannot be added unseen.

use crate::nation::Stage;
use crate::site::Site;
use crate::site::crawl;
use crate::site::links;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Pages without figures of the election: the samples of the parts of pages, the list of the doors
/// of programs, and names and codes that were searched for.
const OTHERS: [&str; 4] = [
    "/components",
    "/components/conduct",
    "/developers",
    "/search",
];

/// The whole numbers of a text that a program reads.
fn numbers(text: &str) -> BTreeSet<u64> {
    let digits = text.split(|c: char| !c.is_ascii_digit());
    digits.filter_map(|digits| digits.parse().ok()).collect()
}

/// The figures of a page's tables, table by table, without shares. What stands below a table is a
/// sum of it, but below votes: there it is what else was in the box.
fn tables(body: &str) -> Vec<BTreeSet<u64>> {
    let tables = body.split("<table").skip(1);
    let inside = tables.filter_map(|rest| rest.split("</table>").next());
    let rows = inside.filter_map(|table| match table.starts_with(" class=\"choices\"") {
        true => Some(table),
        false => table.split("<tfoot>").next(),
    });
    rows.map(|rows| {
        let cells = rows.split("<td class=\"number\">").skip(1);
        let texts = cells.filter_map(|rest| rest.split("</td>").next());
        let whole = texts.filter(|text| !text.contains(['%', ':', '<']));
        let figures = whole.flat_map(|text| text.split(" of "));
        let figures = figures.map(|figure| figure.replace(',', ""));
        figures.filter_map(|figure| figure.parse().ok()).collect()
    })
    .collect()
}

/// Every page with a table or with links to data.
async fn pages_of_figures(site: &Site) -> Vec<(String, String)> {
    let found = crawl(site, Locale::En, &["/"]).await;
    let pages = found.into_iter().filter(|(path, answer)| {
        answer.status == StatusCode::OK
            && answer.header("content-type").starts_with("text/html")
            && (answer.body.contains("<table") || !data(&answer.body, ".csv").is_empty())
            && !OTHERS.contains(&path.as_str())
    });
    pages.map(|(path, answer)| (path, answer.body)).collect()
}

/// The links of a page to its figures as data, that of an end alone.
fn data(body: &str, end: &str) -> Vec<String> {
    let own = links(body).into_iter();
    let own = own.filter(|link| !link.starts_with("/files/"));
    own.filter(|link| {
        link.split('?')
            .next()
            .is_some_and(|path| path.ends_with(end))
    })
    .collect()
}

#[tokio::test]
async fn every_table_of_figures_stands_beside_the_same_as_json_and_csv() {
    for stage in [Stage::Polling(14), Stage::Counting(64)] {
        let site = Site::at(stage).await;
        let snapshot = site.live().await.view.snapshot.id();
        let pages = pages_of_figures(&site).await;
        assert!(pages.len() > 100, "{}", pages.len());
        let mut known: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
        for (path, body) in pages {
            for (end, kind) in [(".json", "application/json"), (".csv", "text/csv")] {
                let links = data(&body, end);
                assert!(!links.is_empty(), "{path} has no {end}");
                let mut all = BTreeSet::new();
                for link in links {
                    if !known.contains_key(&link) {
                        let answer = site.get(&link).await;
                        assert_eq!(answer.status, StatusCode::OK, "{path}: {link}");
                        let told = answer.header("content-type");
                        assert!(told.starts_with(kind), "{path}: {link} is {told}");
                        let rows = answer.body.lines().count();
                        let bare = end == ".csv" && rows == 1;
                        let named = answer.body.contains(&snapshot);
                        assert!(named || bare, "{path}: {link} names no snapshot");
                        known.insert(link.clone(), numbers(&answer.body));
                    }
                    all.extend(&known[&link]);
                }
                for (nth, figures) in tables(&body).into_iter().enumerate() {
                    let lacking: Vec<_> = figures.difference(&all).collect();
                    assert!(
                        lacking.is_empty(),
                        "{path}: table {nth} has {lacking:?}, which is in no {end} beside it"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn every_page_of_figures_names_its_snapshot_and_says_how_to_check_it() {
    let site = Site::at(Stage::Counting(64)).await;
    let snapshot = site.live().await.view.snapshot.id();
    let pages = pages_of_figures(&site).await;
    for start in [
        "/journal",
        "/processes",
        "/board/needs/",
        "/images/",
        "/snapshot/",
    ] {
        let mut paths = pages.iter().map(|(path, _)| path);
        assert!(paths.any(|path| path.starts_with(start)), "{start}");
    }
    for (path, body) in pages {
        let foot = body.split("<footer").nth(1).unwrap();
        let link = format!("href=\"/snapshot/{snapshot}\"");
        assert!(foot.contains(&link), "{path} does not lead to its snapshot");
        assert!(
            body.contains("<details class=\"check\">"),
            "{path} does not say how to check it"
        );
    }
}
