//! What a page weighs: its own text and every style, script and drawing that it names, each once,
//! as they are before compression. Fonts are the reader's own.

use crate::nation::Stage;
use crate::role::Codes;
use crate::role::expected;
use crate::role::table::TABLE;
use crate::site::Site;
use crate::site::crawl;
use crate::site::links;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::asset::ASSETS;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A page with all that it loads weighs no more than this (bytes).
const HEAVIEST: usize = 50 * 1024;
/// A voter's page, on an old phone and a slow line (bytes).
const HEAVIEST_FOR_VOTERS: usize = 20 * 1024;

/// The styles, scripts and drawings that a page names.
fn loaded(body: &str) -> BTreeSet<&str> {
    let named = |start: &str| {
        let rest = body.split(start).skip(1);
        rest.filter_map(|rest| rest.split('"').next())
            .collect::<Vec<_>>()
    };
    let all = [named("href=\""), named("src=\"")].concat();
    let assets = all.into_iter().filter(|path| path.starts_with("/assets/"));
    assets.collect()
}

/// A page with all that it loads, in bytes.
async fn weight(site: &Site, body: &str, known: &mut BTreeMap<String, usize>) -> usize {
    let mut sum = body.len();
    for path in loaded(body) {
        if !known.contains_key(path) {
            let asset = site.get(path).await;
            assert!(asset.status.is_success(), "{path}");
            known.insert(path.to_owned(), asset.body.len());
        }
        sum += known[path];
    }
    sum
}

/// The classes that a stylesheet has rules for.
fn styled(style: &str) -> BTreeSet<&str> {
    let named = |c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_');
    let classes = style.split('.').skip(1).filter_map(|rest| {
        let class = &rest[..rest.find(named).unwrap_or(rest.len())];
        class
            .starts_with(|c: char| c.is_ascii_lowercase())
            .then_some(class)
    });
    classes.collect()
}

/// Classes that a stylesheet names for what stands around or beside them only on other pages.
const ELSEWHERE: [&str; 3] = ["below", "partial", "polling-day"];

/// The classes that each stylesheet has rules for, by its path.
static STYLED: LazyLock<Vec<(String, BTreeSet<&str>)>> = LazyLock::new(|| {
    let all = ASSETS.iter().filter(|(name, ..)| name.ends_with(".css"));
    all.map(|(name, _, text)| (format!("/assets/{name}"), styled(text)))
        .collect()
});

/// The classes of a page that have rules in some stylesheet, but in none that the page loads.
fn bare(body: &str) -> Vec<&str> {
    let loads = loaded(body);
    let mut classes = BTreeSet::new();
    for list in body.split(" class=\"").skip(1) {
        classes.extend(list.split('"').next().unwrap().split(' '));
    }
    let is_bare = |class: &&str| {
        let mut by = STYLED.iter().filter(|(_, styled)| styled.contains(class));
        by.clone().next().is_some() && !by.any(|(path, _)| loads.contains(path.as_str()))
    };
    let own = classes.into_iter().filter(|own| !ELSEWHERE.contains(own));
    own.filter(is_bare).collect()
}

/// What is heavier than it may be, as `bytes path`, the heaviest first; and what is not styled.
async fn amiss(
    site: &Site,
    pages: &[(String, String)],
    known: &mut BTreeMap<String, usize>,
) -> Vec<(usize, String)> {
    let mut heavy = Vec::new();
    for (path, body) in pages {
        for class in bare(body) {
            heavy.push((0, format!("{path} does not load the style of {class}")));
        }
        let sum = weight(site, body, known).await;
        let voter = body.contains("<body class=\"voter-page\">");
        let most = if voter { HEAVIEST_FOR_VOTERS } else { HEAVIEST };
        if sum > most {
            heavy.push((sum, format!("{path} ({} of its own)", body.len())));
        }
    }
    heavy.sort_unstable();
    heavy.reverse();
    heavy
}

#[tokio::test]
async fn every_public_page_is_light_with_all_that_it_loads() {
    let starts = ["/", "/board", "/wall", "/components", "/login", "/where"];
    let mut heavy = Vec::new();
    for stage in [Stage::Counting(64), Stage::Complete] {
        let site = Site::at(stage).await;
        let mut known = BTreeMap::new();
        for locale in Locale::ALL {
            let answers = crawl(&site, locale, &starts).await.into_iter();
            let pages: Vec<(String, String)> = answers
                .filter(|(_, answer)| answer.header("content-type").starts_with("text/html"))
                .map(|(path, answer)| (format!("{} {path}", locale.tag()), answer.body))
                .collect();
            assert!(pages.len() > 40, "only {} pages", pages.len());
            heavy.extend(amiss(&site, &pages, &mut known).await);
        }
    }
    assert!(heavy.is_empty(), "{} pages: {heavy:#?}", heavy.len());
}

/// Every page that a role comes to from its own desk, and those of the table that no link names.
async fn desk_of(site: &Site, role: Role, locale: Locale) -> Vec<(String, String)> {
    let codes = Codes::of(site).await;
    let cookie = format!("{}; lang={}", site.session(role).await, locale.tag());
    let rows = TABLE.iter().filter(|(method, _, route, may)| {
        *method == "GET" && expected(*may, Some(role)) && !expected(*may, None) && !route.is_empty()
    });
    let mut waiting: Vec<String> = rows
        .map(|(_, address, ..)| codes.address(address, Some(role)))
        .collect();
    let mut seen = BTreeSet::new();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = site.get_with(&path, &[("cookie", &cookie)]).await;
        if answer.header("content-type").starts_with("text/html") {
            let desk = links(&answer.body).into_iter();
            waiting.extend(desk.filter(|path| path.starts_with("/desk")));
            pages.push((format!("{} {role:?} {path}", locale.tag()), answer.body));
        }
    }
    pages
}

#[tokio::test]
async fn every_page_of_staff_is_light_with_all_that_it_loads() {
    let site = Site::at(Stage::Counting(64)).await;
    let mut known = BTreeMap::new();
    let mut heavy = Vec::new();
    for role in Role::ALL {
        for locale in Locale::ALL {
            let pages = desk_of(&site, role, locale).await;
            assert!(pages.len() > 1, "{role:?}: only {} pages", pages.len());
            heavy.extend(amiss(&site, &pages, &mut known).await);
        }
    }
    assert!(heavy.is_empty(), "{} pages: {heavy:#?}", heavy.len());
}

#[test]
fn what_a_page_loads_is_all_counted() {
    let page = "<link rel=\"stylesheet\" href=\"/assets/a.css\"><link rel=\"icon\" \
        href=\"/assets/i.svg\"><script src=\"/assets/a.js\" defer></script><img \
        src=\"/assets/i.svg\"><a href=\"/unit/1\">";
    let all = ["/assets/a.css", "/assets/a.js", "/assets/i.svg"];
    assert_eq!(loaded(page).into_iter().collect::<Vec<_>>(), all);
}
