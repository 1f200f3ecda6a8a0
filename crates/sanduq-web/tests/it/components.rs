//! Every page of the site stands at `/components` with its five states, each drawn or with the
//! reason why it cannot be.

use crate::nation::Stage;
use crate::role::Codes;
use crate::role::expected;
use crate::role::table::TABLE;
use crate::site::Site;
use crate::site::links;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::components::state::Cell;
use sanduq_web::components::state::KINDS;
use sanduq_web::components::state::PageKind;
use sanduq_web::components::state::STATES;
use sanduq_web::language::language;
use sanduq_web::router::ROUTES;
use std::collections::BTreeSet;

fn kinds() -> impl Iterator<Item = &'static PageKind> {
    KINDS.into_iter().flatten()
}

/// The routes that answer whoever may see them with a page.
async fn pages(site: &Site) -> BTreeSet<&'static str> {
    let codes = Codes::of(site).await;
    let mut pages = BTreeSet::new();
    for (_, address, route, may) in TABLE.iter().filter(|(method, ..)| *method == "GET") {
        let roles = Role::ALL.into_iter().map(Some).chain([None]);
        let role = roles.into_iter().find(|role| expected(*may, *role));
        let role = role.unwrap_or_else(|| panic!("nobody may see {route}"));
        let cookie = match role {
            Some(role) => site.session(role).await,
            None => String::new(),
        };
        let address = codes.address(address, role);
        // Where the table asks for the figures of a place as data, the page stands beside them.
        let page = match route.ends_with("{file}") {
            true => address.trim_end_matches(".json"),
            false => &address,
        };
        let answer = site.get_with(page, &[("cookie", &cookie)]).await;
        let html = answer.header("content-type").starts_with("text/html");
        if html && answer.status.is_success() {
            pages.insert(*route);
        }
    }
    pages
}

#[tokio::test]
async fn every_page_is_listed_once_with_its_states() {
    let site = Site::at(Stage::Counting(64)).await;
    let mut listed = BTreeSet::new();
    for kind in kinds() {
        for route in kind.routes {
            assert!(listed.insert(*route), "{route} is listed twice");
            let there = ROUTES.iter().any(|own| own.path == *route);
            assert!(there, "{route} is no route");
        }
    }
    let mut pages = pages(&site).await;
    // Whoever has a station, or a password of their own, is led on from here.
    for route in ["/desk/station", "/password"] {
        assert!(listed.contains(route), "{route}");
        pages.insert(route);
    }
    assert_eq!(listed, pages);
}

#[test]
fn no_page_is_said_never_to_fail() {
    for kind in kinds() {
        let failed = kind.states[4];
        let never = matches!(failed, Cell::Never(_));
        assert!(!never, "{}: the store may always be gone", kind.code);
    }
}

/// The examples of a page: the heading of each, and what stands under it.
fn examples<'a>(body: &'a str, code: &str) -> Vec<(&'a str, &'a str)> {
    let start = format!("aria-labelledby=\"g-{code}\"");
    let group = body.split(&start).nth(1);
    let group = group.unwrap_or_else(|| panic!("{code} is on no page"));
    let group = group.split("<section class=\"group\"").next();
    let parts = group.unwrap().split("<div class=\"example\"><h3>").skip(1);
    parts
        .map(|part| {
            let (state, shown) = part.split_once("</h3>").unwrap();
            (state, shown.trim())
        })
        .collect()
}

#[tokio::test]
async fn every_page_shows_all_its_states_in_every_language() {
    let site = Site::at(Stage::Counting(64)).await;
    for locale in Locale::ALL {
        let cookie = format!("lang={}", locale.tag());
        let first = site.get_with("/components", &[("cookie", &cookie)]).await;
        let shelves = links(&first.body).into_iter();
        let shelves: BTreeSet<String> = shelves.filter(|p| p.starts_with("/components")).collect();
        let mut all = String::new();
        for shelf in &shelves {
            let answer = site.get_with(shelf, &[("cookie", &cookie)]).await;
            assert!(answer.status.is_success(), "{shelf}");
            all.push_str(&answer.body);
        }
        for kind in kinds() {
            let shown = examples(&all, kind.code);
            let names = STATES.map(|state| language(locale).say(state));
            let said: Vec<&str> = shown.iter().take(5).map(|(state, _)| *state).collect();
            assert_eq!(said, names, "{} {}", kind.code, locale.tag());
            assert_eq!(shown.len(), 5 + kind.more.len(), "{}", kind.code);
            for (state, html) in shown {
                let text = html.split('<').filter_map(|part| part.split_once('>'));
                let text: String = text.map(|(_, text)| text.trim()).collect();
                assert!(text.len() > 3, "{} {state} shows nothing", kind.code);
            }
        }
    }
}

#[tokio::test]
async fn no_two_parts_of_a_page_have_one_id() {
    let site = Site::at(Stage::Counting(64)).await;
    let first = site.get("/components").await;
    for shelf in links(&first.body) {
        let body = site.get(&shelf).await.body;
        let mut seen = BTreeSet::new();
        for id in body.split(" id=\"").skip(1) {
            let id = id.split('"').next().unwrap();
            let new = seen.insert(id) || !shelf.starts_with("/components");
            assert!(new, "{shelf}: {id} stands twice");
        }
    }
}
