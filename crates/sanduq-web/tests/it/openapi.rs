//! The description of the JSON doors: complete by construction. Every route that answers JSON is
//! described, every described address is a route that answers JSON, and a no is JSON there too.
//! What only staff may open is asked by somebody who may.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::file::FOLDERS;
use sanduq_web::language::language;
use sanduq_web::openapi::DOORS;
use sanduq_web::openapi::FEEDS;
use sanduq_web::openapi::TAKINGS;
use sanduq_web::router::ROUTES;
use sanduq_web::router::Roles;
use sanduq_web::router::Verb;
use serde_json::Value;
use std::collections::BTreeSet;

/// Codes of the sample for what stands in braces; `file` is tried with each.
const CODES: [(&str, &str); 9] = [
    ("{language}", "en"),
    ("{tracker}", NOBODYS),
    ("{contest}", "president"),
    ("{station}", "1-1-1-1"),
    ("{version}", "1"),
    ("{number}", "0"),
    ("{code}", "sheet.same_person"),
    ("{name}", "sanduq.css"),
    ("{unit}", "1-1"),
];

/// The tracking number of no ballot.
const NOBODYS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// A unit above the stations, a station, a contest.
const FILES: [&str; 3] = ["1-1", "1-1-1-1", "president"];

pub fn filled(path: &str, file: &str) -> String {
    let with = |path: String, (name, code): &(&str, &str)| path.replace(name, code);
    CODES.iter().fold(path.replace("{file}", file), with)
}

pub fn is_json(answer: &Answer) -> bool {
    answer.status == StatusCode::OK && answer.header("content-type") == "application/json"
}

/// Asks as a role that may; as nobody where everybody may.
pub async fn ask(site: &Site, roles: Roles, address: &str) -> Answer {
    let mut may = Role::ALL.into_iter().filter(|role| roles.allow(*role));
    match may.next().filter(|_| roles != Roles::Everybody) {
        Some(role) => {
            let cookie = site.session(role).await;
            site.get_with(address, &[("cookie", &cookie)]).await
        }
        None => site.get(address).await,
    }
}

async fn document(site: &Site) -> Value {
    let answer = site.get("/openapi.json").await;
    assert!(is_json(&answer));
    serde_json::from_str(&answer.body).unwrap()
}

#[tokio::test]
async fn every_route_that_answers_json_is_described_and_no_other() {
    let site = Site::at(Stage::Counting(64)).await;
    let snapshot = site.live().await.view.snapshot.id();
    let files = FILES.into_iter().chain([snapshot.as_str()]);
    let mut answering = BTreeSet::new();
    let shown = ROUTES.iter().filter(|route| route.verb == Verb::Get);
    for route in shown.filter(|route| !route.path.ends_with("/events")) {
        let folders: &[&str] = if route.path.contains("{folder}") {
            &FOLDERS
        } else {
            &[""]
        };
        let paths = folders.iter().map(|f| route.path.replace("{folder}", f));
        for (path, file) in paths.flat_map(|p| files.clone().map(move |file| (p.clone(), file))) {
            for end in ["", ".json"] {
                let address = filled(&path, file) + end;
                if is_json(&ask(&site, route.roles, &address).await) {
                    answering.insert(address);
                }
            }
        }
    }
    let document = document(&site).await;
    let described = document["paths"].as_object().unwrap();
    let mut reached = BTreeSet::new();
    let shown = described.iter().filter(|(_, one)| one.get("get").is_some());
    let shown: Vec<&String> = shown.map(|(path, _)| path).collect();
    for path in &shown {
        let door = DOORS.iter().find(|door| door.path == **path).unwrap();
        for unit in ["1-1", "1-1-1-1"] {
            let path_of = path
                .replace("{unit}", unit)
                .replace("{snapshot}", &snapshot);
            let address = filled(&path_of, "");
            assert!(
                is_json(&ask(&site, door.roles(), &address).await),
                "{path} is described and does not answer"
            );
            reached.insert(address);
        }
    }
    assert_eq!(answering, reached);
    let listed: BTreeSet<_> = DOORS.iter().map(|door| door.path.to_owned()).collect();
    assert_eq!(listed, shown.into_iter().cloned().collect());
    let feeds: BTreeSet<_> = FEEDS.iter().map(|(path, _)| *path).collect();
    let streams = ROUTES.iter().map(|route| route.path);
    assert_eq!(
        feeds,
        streams.filter(|path| path.ends_with("/events")).collect()
    );
}

/// A door for staff names its session, its roles and both ways of saying no, and says no in them;
/// a door for everybody names none of them.
#[tokio::test]
async fn a_door_for_staff_says_for_whom() {
    let site = Site::at(Stage::Counting(64)).await;
    let document = document(&site).await;
    let scheme = &document["components"]["securitySchemes"]["session"];
    assert_eq!(scheme["in"], "cookie");
    let name = scheme["name"].as_str().unwrap();
    let page = site.get("/developers?lang=en").await.body;
    let mut closed = 0;
    for door in DOORS {
        let operation = &document["paths"][door.path]["get"];
        let answers = operation["responses"].as_object().unwrap();
        let answers = ["401", "403"].map(|status| answers.contains_key(status));
        if door.roles() == Roles::Everybody {
            assert!(operation.get("security").is_none(), "{}", door.path);
            assert_eq!(answers, [false; 2], "{}", door.path);
            continue;
        }
        closed += 1;
        assert_eq!(operation["security"], serde_json::json!([{"session": []}]));
        assert_eq!(answers, [true; 2], "{}", door.path);
        let words = operation["description"].as_str().unwrap();
        assert!(page.contains(words), "{words}");
        for role in Role::ALL {
            let cookie = site.session(role).await;
            assert!(cookie.starts_with(&format!("{name}=")), "{cookie}");
            let answer = site.get_with(door.path, &[("cookie", &cookie)]).await;
            let may = door.roles().allow(role);
            let named = words.contains(&language(Locale::En).say(&key(role)));
            assert_eq!(named, may, "{words}");
            assert_eq!(is_json(&answer), may, "{} {role:?}", door.path);
            let no = answer.status == StatusCode::FORBIDDEN
                && answer.header("content-type") == "application/problem+json";
            assert_eq!(no, !may, "{} {role:?}", door.path);
        }
        let nobody = site.get(door.path).await;
        assert_eq!(nobody.status, StatusCode::UNAUTHORIZED, "{}", door.path);
        assert_eq!(nobody.header("content-type"), "application/problem+json");
    }
    let routes = ROUTES
        .iter()
        .filter(|route| route.path.ends_with(".json") && route.roles != Roles::Everybody);
    assert_eq!(closed, routes.count());
}

fn key(role: Role) -> String {
    format!("role-{}", role.code().replace('_', "-"))
}

/// What a door is told stands in its address or is in the query, and every reference leads
/// somewhere.
#[tokio::test]
async fn the_description_is_whole() {
    let site = Site::at(Stage::Counting(64)).await;
    let document = document(&site).await;
    for door in DOORS {
        let operation = &document["paths"][door.path]["get"];
        for parameter in operation["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let in_path = door.path.contains(&format!("{{{name}}}"));
            assert_eq!(in_path, parameter["in"] == "path", "{} {name}", door.path);
            assert_eq!(in_path, parameter["required"] == true);
        }
        let said = operation["parameters"].as_array().unwrap().iter();
        let in_path = said.filter(|parameter| parameter["in"] == "path").count();
        assert_eq!(in_path, door.path.matches('{').count(), "{}", door.path);
    }
    let text = document.to_string();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    for reference in text.split("\"#/components/schemas/").skip(1) {
        let name = reference.split('"').next().unwrap();
        assert!(schemas.contains_key(name), "{name}");
    }
    assert!(!text.contains('⟦') && !text.contains("#/$defs"), "{text}");
}

#[tokio::test]
async fn a_no_is_json_where_the_answer_would_be() {
    let site = Site::at(Stage::Counting(64)).await;
    for (path, status, code) in [
        ("/unit/none.json", 404, "web.not_found"),
        ("/sheet/none/1-1-1-1.json", 404, "web.not_found"),
        ("/nowhere.json", 404, "web.not_found"),
        ("/unit/%ff.json", 404, "web.not_found"),
        ("/ballot/practice/ballots/none", 404, "web.not_found"),
        (
            "/ballot/practice/ballots/none?lang=fa",
            404,
            "web.not_found",
        ),
        ("/ballot/practice/election/none.json", 404, "web.not_found"),
        ("/journal.json?before=", 400, "web.bad_query"),
        ("/journal.json?order=oldest&after=", 400, "web.bad_query"),
        ("/journal.json?before=x", 400, "web.bad_query"),
        ("/journal.json?before=-1", 400, "web.bad_query"),
        (
            "/journal.json?before=99999999999999999999",
            400,
            "web.bad_query",
        ),
    ] {
        let answer = site.get(path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let problem: Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(problem["code"], code);
        assert_eq!(problem["status"], status);
        assert!(!problem["title"].as_str().unwrap().is_empty());
        let explained = site.get(problem["type"].as_str().unwrap()).await;
        assert_eq!(explained.status, StatusCode::OK);
    }
    let unknown = site.post("/ballot/practice/count", "", &[]).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    assert_eq!(unknown.header("content-type"), "application/problem+json");
    let page = site.post("/ballot/practice/check", "", &[]).await;
    assert!(page.header("content-type").starts_with("text/html"));
    let wrong = site.post("/index.json", "", &[]).await;
    assert_eq!(wrong.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(wrong.header("content-type"), "application/problem+json");
    let page = site.get("/unit/none").await;
    assert!(page.header("content-type").starts_with("text/html"));
}

/// What a door that takes something in answers is described, each no with its object.
#[tokio::test]
async fn what_takes_something_in_is_described_with_every_answer() {
    const MADE: &str = include_str!("../../../../testdata/ballot/practice.json");
    let site = Site::at(Stage::Counting(64)).await;
    let document = document(&site).await;
    let page = site.get("/developers?lang=en").await.body;
    let posts = document["paths"].as_object().unwrap().iter();
    let posts: Vec<_> = posts.filter(|(_, one)| one.get("post").is_some()).collect();
    assert_eq!(posts.len(), TAKINGS.len());
    for taking in TAKINGS {
        assert!(
            page.contains(&format!("POST {}", taking.path)),
            "{}",
            taking.path
        );
    }
    let mut described: BTreeSet<&str> = BTreeSet::new();
    let operation = &document["paths"]["/ballot/practice/{act}"]["post"];
    described.extend(
        operation["responses"]
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str),
    );
    let long = "x".repeat(17 * 1024);
    let elsewhere: &[(&str, &str)] = &[("sec-fetch-site", "cross-site")];
    let mut answered = BTreeSet::new();
    for (act, text, headers, status) in [
        ("spoil", MADE.as_bytes(), &[][..], "201"),
        ("cast", MADE.as_bytes(), &[], "409"),
        ("cast", b"{}", &[], "422"),
        ("cast", long.as_bytes(), &[], "413"),
        ("cast", b"\xff\xfe", &[], "400"),
        ("count", MADE.as_bytes(), &[], "404"),
        ("cast", MADE.as_bytes(), elsewhere, "403"),
    ] {
        let path = format!("/ballot/practice/{act}");
        let answer = site.post_bytes(&path, text, headers).await;
        assert_eq!(answer.status.as_str(), status, "{act} {headers:?}");
        answered.insert(status);
        if status != "201" {
            let kind = answer.header("content-type");
            assert_eq!(kind, "application/problem+json", "{status}");
        }
    }
    // Whoever sends too many is told so: tests of the practice ballot.
    answered.insert("429");
    assert_eq!(answered, described);
}
