//! Every route with every role, and with none. The table below is written out by hand and says who
//! may; the router's table is another one, and the two must agree.

pub mod table;

use crate::image::imaged;
use crate::nation::Stage;
use crate::site::PASSWORD;
use crate::site::Site;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_journal::hash::Hash;
use sanduq_operations::staff::Role;
use sanduq_web::ballot::SCRIPT;
use sanduq_web::router::ROUTES;
use sanduq_web::router::Verb;
use table::May;
use table::TABLE;

/// Contest and station of a sheet in a state.
async fn in_state(site: &Site, state: &str) -> String {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let waits = sheets.find(|sheet| sheet.state.code() == state);
    let key = &waits.unwrap().key;
    format!("{}/{}", key.contest, key.station)
}

pub fn expected(may: May, role: Option<Role>) -> bool {
    match (may, role) {
        (May::Everybody, _) => true,
        (May::AnyStaff, role) => role.is_some(),
        (May::Only(roles), role) => role.is_some_and(|role| roles.contains(&role)),
    }
}

/// What stands for the codes in the addresses of the table.
pub struct Codes {
    received: String,
    held: String,
    picture: String,
    snapshot: String,
}

impl Codes {
    pub async fn of(site: &Site) -> Self {
        Self {
            received: in_state(site, "received").await,
            held: in_state(site, "quarantined").await,
            picture: imaged(site).await,
            snapshot: site.live().await.view.snapshot.id(),
        }
    }

    /// The address as a role asks for it.
    pub fn address(&self, address: &str, role: Option<Role>) -> String {
        // An account that the role administers: its own.
        let own = role.map_or("nobody".to_owned(), |role| number(role).to_string());
        let (contest, station) = self.received.split_once('/').unwrap();
        address
            .replace("{received}", &self.received)
            .replace("{held}", &self.held)
            .replace("{picture}", &self.picture)
            .replace("{own}", &own)
            .replace("{ballot}", &Hash::of_bytes(SCRIPT.as_bytes()).to_string())
            .replace("{snapshot}", &self.snapshot)
            .replace("{station}", station)
            .replace("{contest}", contest)
    }
}

/// What a form sends: to the log-in what opens it, which answers anything else as it answers
/// strangers; to all others what none of them takes.
fn form(address: &str) -> String {
    match address {
        "/login" => format!("number={}&password={PASSWORD}", number(Role::Clerk)),
        _ => "number=nobody&password=x".to_owned(),
    }
}

async fn cookie(site: &Site, role: Option<Role>) -> String {
    match role {
        Some(role) => site.session(role).await,
        None => String::new(),
    }
}

/// Whoever may is let through: to a form that is none, and is told so, but never that they may not.
fn let_through(method: &str, address: &str, status: StatusCode) -> bool {
    let shut = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN];
    let good = status.is_success() || status.is_redirection();
    let sent_wrong = method == "POST" && !["/login", "/logout"].contains(&address);
    match sent_wrong {
        true => status.is_client_error() && !shut.contains(&status),
        false => good,
    }
}

#[tokio::test]
async fn every_route_with_every_role() {
    let site = Site::at(Stage::Counting(64)).await;
    let codes = Codes::of(&site).await;
    let everyone = std::iter::once(None).chain(Role::ALL.into_iter().map(Some));
    for role in everyone {
        for (method, address, _, may) in TABLE {
            // A session of its own for each request: logging out must not end the others.
            let cookie = cookie(&site, role).await;
            let headers = [("cookie", cookie.as_str())];
            let address = &codes.address(address, role);
            let answer = match *method {
                "GET" => site.get_with(address, &headers).await,
                _ => site.post(address, &form(address), &headers).await,
            };
            let refusal = match role {
                None => StatusCode::UNAUTHORIZED,
                Some(_) => StatusCode::FORBIDDEN,
            };
            let status = answer.status;
            if expected(*may, role) {
                let through = let_through(method, address, status);
                assert!(through, "{role:?} {method} {address}: {status}");
            } else {
                assert_eq!(status, refusal, "{role:?} {method} {address}");
                assert!(
                    !answer.body.contains("worklist"),
                    "{role:?} {address} shows work"
                );
            }
        }
    }
}

#[test]
fn no_route_is_without_a_row_and_no_row_without_a_route() {
    let method = |verb| match verb {
        Verb::Get => "GET",
        Verb::Post => "POST",
    };
    let mut routes: Vec<_> = ROUTES.iter().map(|r| (method(r.verb), r.path)).collect();
    let mut rows: Vec<_> = TABLE
        .iter()
        .map(|(method, _, route, _)| (*method, *route))
        .collect();
    routes.sort_unstable();
    rows.sort_unstable();
    assert_eq!(routes, rows);
    let count = routes.len();
    routes.dedup();
    assert_eq!(routes.len(), count, "a route stands twice");
}

#[tokio::test]
async fn what_is_not_in_the_table_does_not_exist() {
    let site = Site::at(Stage::Counting(64)).await;
    for path in [
        "/admin",
        "/unit",
        "/desk/accounts",
        "/assets/../Cargo.toml",
        "/assets/x",
        "//",
    ] {
        assert_eq!(site.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn a_path_says_which_methods_it_has() {
    let site = Site::at(Stage::Counting(64)).await;
    for (method, path, allow) in [
        ("POST", "/", "GET,HEAD"),
        ("POST", "/desk", "GET,HEAD"),
        ("PUT", "/board", "GET,HEAD"),
        ("DELETE", "/unit/1-1", "GET,HEAD"),
        ("PATCH", "/login", "GET,HEAD,POST"),
        ("GET", "/logout", "POST"),
        ("PUT", "/desk/image/president/1-1-1-1", "GET,HEAD,POST"),
    ] {
        let request = axum::http::Request::builder().method(method).uri(path);
        let request = request.header("accept-language", "fr");
        let answer = site
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        assert_eq!(
            answer.status,
            StatusCode::METHOD_NOT_ALLOWED,
            "{method} {path}"
        );
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
        assert!(answer.body.contains("web.wrong_method"), "{}", answer.body);
        assert!(answer.body.contains("lang=\"fr\""), "{}", answer.body);
    }
    let nowhere = site.post("/nowhere", "", &[]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    let head = axum::http::Request::head("/unit/1-1").body(axum::body::Body::empty());
    assert_eq!(site.send(head.unwrap()).await.status, StatusCode::OK);
}

/// What browsers say of where a form comes from, and whether that is our own page.
const FROM: [(&str, &str, bool); 9] = [
    ("", "", false),
    ("sec-fetch-site", "none", false),
    ("sec-fetch-site", "cross-site", false),
    ("sec-fetch-site", "same-site", false),
    ("origin", "null", false),
    ("origin", "http://there", false),
    ("origin", "http://here.there", false),
    ("origin", "http://here", true),
    ("sec-fetch-site", "same-origin", true),
];

#[tokio::test]
async fn nothing_changes_from_another_site() {
    let site = Site::at(Stage::Counting(64)).await;
    let codes = Codes::of(&site).await;
    let mut changing = 0;
    for (_, address, route, may) in TABLE.iter().filter(|(method, ..)| *method == "POST") {
        changing += 1;
        // Somebody who may: only where the form comes from can be wrong.
        let role = Role::ALL
            .into_iter()
            .find(|role| expected(*may, Some(*role)));
        let address = codes.address(address, role);
        for (name, value, ours) in FROM {
            let cookie = cookie(&site, role).await;
            let mut request = axum::http::Request::post(&address)
                .header("host", "here")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("cookie", &cookie);
            if !name.is_empty() {
                request = request.header(name, value);
            }
            let request = request.body(form(&address).into()).unwrap();
            let answer = site.send(request).await;
            let said = format!("{route} {name}: {value}: {}", answer.status);
            assert_eq!(answer.status == StatusCode::FORBIDDEN, !ours, "{said}");
            assert_eq!(answer.body.contains("web.other_origin"), !ours, "{said}");
            if !ours {
                let desk = site.get_with("/desk", &[("cookie", &cookie)]).await;
                assert_eq!(desk.status, StatusCode::OK, "still logged in: {said}");
            }
        }
    }
    let routes = ROUTES.iter().filter(|route| route.verb == Verb::Post);
    assert_eq!(changing, routes.count());
}
