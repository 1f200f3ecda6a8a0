//! What the unit of an account means: nothing of a station outside it is typed, decided on, sent or
//! listed, and everything within it is.

use crate::desk::burdened;
use crate::nation::Stage;
use crate::site::Site;
use crate::site::Staff;
use axum::http::StatusCode;
use sanduq_core::geography::UnitIx;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_count::sheet::Sheet;
use sanduq_operations::staff::Role;
use sanduq_web::view::View;
use serde_json::Value;

/// A station's units, from the nation down.
fn units(view: &View, station: &str) -> Vec<UnitCode> {
    let geography = &view.snapshot.geography;
    let (ix, _) = view.unit(station).unwrap();
    let path: Vec<UnitIx> = geography.path(ix);
    let code = |ix: UnitIx| geography.unit(ix).code.clone();
    path.into_iter().map(code).collect()
}

fn is_within(view: &View, station: &str, unit: &UnitCode) -> bool {
    units(view, station).contains(unit)
}

/// What a clerk may type who has typed nothing yet.
const TYPED: &[&str] = &["received", "first_entered", "differing"];
const HELD: &[&str] = &["quarantined"];

/// Two sheets in one of these states of two stations, by contest and station, and the largest unit
/// that has the one and not the other.
fn two(view: &View, states: &[&str]) -> ([(String, String); 2], UnitCode) {
    let sheets = view.current_sheets();
    let sheets = sheets.filter(|own| states.contains(&own.state.code()));
    let name = |own: &Sheet| (own.key.contest.to_string(), own.key.station.to_string());
    let sheets: Vec<_> = sheets.map(name).collect();
    let first = sheets.first().unwrap();
    let other = sheets.iter().rfind(|one| one.1 != first.1).unwrap();
    let own = units(view, &first.1);
    let mut own = own.into_iter();
    let limit = own.find(|unit| !is_within(view, &other.1, unit)).unwrap();
    ([first.clone(), other.clone()], limit)
}

async fn limited<'s>(site: &'s Site, role: Role, unit: &UnitCode) -> Staff<'s> {
    let id = ActorId::new(&format!("L-{}-{unit}", role.code())).unwrap();
    site.enrol_at(&id, role, Some(unit.clone()));
    Staff::new(site, &id).await
}

#[tokio::test]
async fn nobody_works_on_a_sheet_of_another_unit() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    for (role, states, paths) in [
        (Role::Clerk, TYPED, &["/desk/entry", "/desk/image"][..]),
        (Role::Adjudicator, HELD, &["/desk/decisions"]),
        (Role::Supervisor, HELD, &["/desk/decisions"]),
    ] {
        let ([own, other], unit) = two(&live.view, states);
        for limit in [unit, UnitCode::new(&own.1).unwrap()] {
            let staff = limited(&site, role, &limit).await;
            for path in paths {
                let at =
                    |(contest, station): &(String, String)| format!("{path}/{contest}/{station}");
                let answer = staff.get(&at(&own)).await;
                assert_eq!(answer.status, StatusCode::OK, "{role:?} {path} in {limit}");
                let read = staff.get(&at(&other)).await;
                let sent = match *path {
                    "/desk/decisions" => {
                        let body = "outcome=return&ground=article+60";
                        let proposed = staff.send(&format!("{}/propose", at(&other)), body).await;
                        let body = "proposal=none&answer=sign";
                        let answered = staff.send(&format!("{}/answer", at(&other)), body).await;
                        vec![proposed, answered]
                    }
                    "/desk/entry" => vec![staff.send(&at(&other), "turn=first").await],
                    _ => vec![],
                };
                for answer in sent.into_iter().chain([read]) {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {path}");
                    assert!(answer.body.contains("web.other_unit"), "{}", answer.body);
                }
            }
        }
    }
}

#[tokio::test]
async fn lists_have_what_is_within_the_unit_and_no_more() {
    let site = burdened().await;
    let live = site.live().await;
    let (_, unit) = two(&live.view, HELD);
    let all = |role: Role, path: &'static str, list: &'static str| {
        let (site, unit, view) = (&site, &unit, &live.view);
        async move {
            let stations = |body: &str| -> Vec<String> {
                let body: Value = serde_json::from_str(body).unwrap();
                let lines = body[list].as_array().unwrap().iter();
                lines
                    .map(|line| line["station"].as_str().unwrap().to_owned())
                    .collect()
            };
            let unlimited = Staff::new(site, &crate::site::number(role)).await;
            let every = stations(&unlimited.get(path).await.body);
            let mut within = every.clone();
            within.retain(|station| is_within(view, station, unit));
            let mine = stations(&limited(site, role, unit).await.get(path).await.body);
            assert_eq!(mine, within, "{path}");
            (within.len(), every.len())
        }
    };
    let (within, every) = all(Role::Supervisor, "/desk/decisions.json", "sheets").await;
    assert!(0 < within && within < every, "{within} of {every}");
    all(Role::Adjudicator, "/desk/decisions.json", "sheets").await;
    let (within, every) = all(Role::OperationsOfficer, "/desk/stations.json", "stations").await;
    assert!(0 < within && within < every, "{within} of {every}");
}

#[tokio::test]
async fn a_clerk_is_given_sheets_of_the_own_unit_only() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let ([_, other], unit) = two(&live.view, TYPED);
    let staff = limited(&site, Role::Clerk, &unit).await;
    let table = staff.get("/desk/entry").await.body;
    let listed = |table: &str| {
        let rows = table.split("href=\"/desk/entry/").skip(1);
        let rows = rows.filter_map(|row| row.split('"').next()?.split('/').nth(1));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let rows = listed(&table);
    assert!(!rows.is_empty());
    for station in rows {
        assert!(is_within(&live.view, &station, &unit), "{station}");
    }
    let typed = staff.get(&format!("/desk/entry?station={}", other.1)).await;
    assert_eq!(typed.status, StatusCode::FORBIDDEN);
    let saved = format!("/desk/entry?saved={}/{}", other.0, other.1);
    let told = staff.get(&saved).await.body;
    assert!(
        !told.contains("class=\"notice"),
        "nothing of a sheet of another unit"
    );
    for _ in 0..40 {
        let next = staff.get("/desk/entry/next").await;
        let onto = next.header("location").to_owned();
        let Some(station) = onto.split('/').nth(4) else {
            return;
        };
        assert!(is_within(&live.view, station, &unit), "{onto}");
    }
}

/// Who is limited to a part of a contest certifies none of it: the result is of the whole.
#[tokio::test]
async fn nobody_certifies_a_contest_that_is_larger_than_the_own_unit() {
    let site = Site::at(Stage::Complete).await;
    let live = site.live().await;
    let nation = live.view.nation();
    let of_nation = |unit: &UnitCode| live.view.unit(unit.as_str()).unwrap().0 == nation;
    let contests = &live.view.snapshot.contests;
    let whole = contests.iter().find(|own| of_nation(&own.contest.unit));
    let part = contests.iter().find(|own| !of_nation(&own.contest.unit));
    let (whole, part) = (whole.unwrap(), part.unwrap());
    for role in [Role::ResultsOfficer, Role::Supervisor] {
        let staff = limited(&site, role, &part.contest.unit).await;
        let at = |code: &str, act: &str| format!("/desk/certification/{code}{act}");
        let (own, other) = (part.contest.code.as_str(), whole.contest.code.as_str());
        assert_eq!(staff.get(&at(own, "")).await.status, StatusCode::OK);
        let act = match role {
            Role::Supervisor => staff.send(&at(other, "/answer"), "answer=sign").await,
            _ => staff.send(&at(other, "/propose"), "digest=none").await,
        };
        for no in [act, staff.get(&at(other, "")).await] {
            assert_eq!(no.status, StatusCode::FORBIDDEN, "{role:?}: {}", no.body);
            assert!(no.body.contains("web.other_unit"), "{}", no.body);
        }
        let list = staff.get("/desk/certification.csv").await.body;
        let rows: Vec<&str> = list.lines().skip(1).collect();
        assert_eq!(rows.len(), 1, "{list}");
        assert!(rows[0].starts_with(own), "{list}");
    }
}
