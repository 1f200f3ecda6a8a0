//! Every route with every role, and with none. The table below is written out by hand and says who
//! may; the router's table is another one, and the two must agree.

mod table;

use crate::image::imaged;
use crate::nation::Stage;
use crate::site::Site;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_operations::staff::Role;
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

fn expected(may: May, role: Option<Role>) -> bool {
    match (may, role) {
        (May::Everybody, _) => true,
        (May::AnyStaff, role) => role.is_some(),
        (May::Only(roles), role) => role.is_some_and(|role| roles.contains(&role)),
    }
}

#[tokio::test]
async fn every_route_with_every_role() {
    let site = Site::at(Stage::Counting(64)).await;
    let received = in_state(&site, "received").await;
    let held = in_state(&site, "quarantined").await;
    let picture = imaged(&site).await;
    let everyone = std::iter::once(None).chain(Role::ALL.into_iter().map(Some));
    for role in everyone {
        for (method, address, _, may) in TABLE {
            // A session of its own for each request: logging out must not end the others.
            let cookie = match role {
                Some(role) => site.session(role).await,
                None => String::new(),
            };
            let headers = [("cookie", cookie.as_str())];
            let address = &address.replace("{received}", &received);
            let address = &address.replace("{held}", &held);
            let address = &address.replace("{picture}", &picture);
            // An account that the role administers: its own.
            let own = role.map_or("nobody".to_owned(), |role| number(role).to_string());
            let address = &address.replace("{own}", &own);
            let (contest, station) = received.split_once('/').unwrap();
            let address = &address.replace("{station}", station);
            let address = &address.replace("{contest}", contest);
            let answer = match *method {
                "GET" => site.get_with(address, &headers).await,
                _ => {
                    site.post(address, "number=nobody&password=x", &headers)
                        .await
                }
            };
            // Neither is what those forms send.
            let sent_wrong = *method == "POST" && *address != "/logout";
            let refusal = match role {
                None => StatusCode::UNAUTHORIZED,
                Some(_) => StatusCode::FORBIDDEN,
            };
            if expected(*may, role) && sent_wrong {
                assert!(
                    answer.status.is_client_error(),
                    "{role:?} {method} {address}"
                );
            } else if expected(*may, role) {
                let good = answer.status.is_success() || answer.status.is_redirection();
                assert!(good, "{role:?} {method} {address}: {}", answer.status);
            } else {
                assert_eq!(answer.status, refusal, "{role:?} {method} {address}");
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

#[tokio::test]
async fn nothing_changes_from_another_site() {
    let site = Site::at(Stage::Counting(64)).await;
    let cookie = site.session(Role::Clerk).await;
    for (site_header, allowed) in [
        ("same-origin", true),
        ("cross-site", false),
        ("none", false),
    ] {
        let request = axum::http::Request::post("/logout")
            .header("cookie", &cookie)
            .header("sec-fetch-site", site_header);
        let answer = site
            .send(request.body(axum::body::Body::empty()).unwrap())
            .await;
        let refused = answer.status == StatusCode::FORBIDDEN;
        assert_eq!(refused, !allowed, "{site_header}: {}", answer.status);
        if refused {
            let desk = site.get_with("/desk", &[("cookie", &cookie)]).await;
            assert_eq!(desk.status, StatusCode::OK, "still logged in");
        } else {
            let _ = site.session(Role::Clerk).await;
        }
    }
}
