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

/// The acts that `/desk/two-persons.json` has for somebody, each as one text.
async fn acts(staff: &Staff<'_>) -> Vec<Value> {
    let body = staff.get("/desk/two-persons.json").await.body;
    let body: Value = serde_json::from_str(&body).unwrap();
    body["acts"].as_array().unwrap().clone()
}

#[tokio::test]
async fn acts_of_two_are_those_about_the_own_unit() {
    let site = Site::at(Stage::Counting(99)).await;
    let live = site.live().await;
    let every = acts(&Staff::new(&site, &crate::site::number(Role::Auditor)).await).await;
    let station = |act: &Value| act["station"].as_str().unwrap().to_owned();
    let (first, last) = (station(&every[0]), station(&every[every.len() - 1]));
    let own = units(&live.view, &first);
    let mut own = own.into_iter();
    let unit = own
        .find(|unit| !is_within(&live.view, &last, unit))
        .unwrap();
    let mut within = every.clone();
    within.retain(|act| is_within(&live.view, &station(act), &unit));
    assert!(!within.is_empty() && within.len() < every.len());
    for role in [
        Role::Adjudicator,
        Role::Supervisor,
        Role::ResultsOfficer,
        Role::Administrator,
        Role::Auditor,
    ] {
        let staff = limited(&site, role, &unit).await;
        assert_eq!(acts(&staff).await, within, "{role:?}");
        let table = staff.get("/desk/two-persons.csv").await.body;
        assert_eq!(table.lines().count(), within.len() + 1, "{role:?}");
        let page = staff.get("/desk/two-persons").await.body;
        let count = format!("aria-current=\"true\">All <b>{}</b>", within.len());
        assert!(page.contains(&count), "{role:?}: {count}");
        assert!(!page.contains(&format!(">{last}<")), "{role:?}");
    }
}

/// Refuses the first proposal on a page.
async fn refuse(staff: &Staff<'_>, (page, path): (&str, &str)) {
    let digest = page.split("name=\"proposal\" value=\"").nth(1).unwrap();
    let digest = digest.split('"').next().unwrap();
    let sent = format!("to=refuse&proposal={digest}");
    let refused = staff.send(path, &sent).await;
    assert_eq!(refused.status, StatusCode::SEE_OTHER, "{}", refused.body);
}

#[tokio::test]
async fn acts_on_a_contest_and_on_an_account_are_those_of_the_own_unit() {
    let site = Site::at(Stage::Complete).await;
    let live = site.live().await;
    let nation = live.view.nation();
    let contests = live.view.snapshot.contests.iter();
    let parts = contests.filter(|own| live.view.root(&own.contest) != nation);
    let parts: Vec<_> = parts.map(|own| own.contest.clone()).collect();
    let (own, other) = (
        &parts[0],
        parts.iter().rfind(|one| one.unit != parts[0].unit).unwrap(),
    );
    let officer = Staff::new(&site, &crate::site::number(Role::ResultsOfficer)).await;
    for contest in [own, other] {
        let digest = live.view.totals_digest(contest).unwrap();
        let path = format!("/desk/certification/{}/propose", contest.code);
        let sent = officer.send(&path, &format!("totals={digest}")).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let administrator = Staff::new(&site, &crate::site::number(Role::Administrator)).await;
    site.enrol(&ActorId::new("T-2").unwrap(), Role::Administrator);
    for (number, unit) in [
        ("T-3", own.unit.as_str()),
        ("T-4", other.unit.as_str()),
        ("T-5", ""),
    ] {
        let form = format!("number={number}&role=administrator&unit={unit}&locale=en");
        let sent = administrator.send("/desk/staff", &form).await;
        assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.body);
    }
    site.live().await;
    let about = |acts: Vec<Value>| -> Vec<String> {
        let what = |act: &Value| match act["staff"].as_str() {
            Some(staff) => staff.to_owned(),
            None => act["contest"].as_str().unwrap().to_owned(),
        };
        let all: Vec<String> = acts.iter().map(what).collect();
        let mut tried = vec![own.code.as_str(), other.code.as_str(), "T-3", "T-4", "T-5"];
        tried.retain(|one| all.iter().any(|own| own == one));
        tried.into_iter().map(str::to_owned).collect()
    };
    for (role, accounts) in [
        (Role::Administrator, &["T-3"][..]),
        (Role::ResultsOfficer, &[]),
        (Role::Auditor, &[]),
    ] {
        let staff = limited(&site, role, &own.unit).await;
        let told = about(acts(&staff).await);
        assert_eq!(told, [&[own.code.as_str()], accounts].concat(), "{role:?}");
    }
    let limited = limited(&site, Role::Administrator, &own.unit).await;
    let page = limited.get("/desk/staff").await.body;
    assert!(page.contains("T-3"), "{page}");
    assert!(!page.contains("T-4") && !page.contains("T-5"), "{page}");
    refuse(&limited, (&page, "/desk/staff/T-3")).await;
    site.live().await;
    let after = about(acts(&limited).await);
    assert!(after.contains(&"T-3".to_owned()), "refused: {after:?}");
    let no = limited
        .send("/desk/staff/T-4", "to=refuse&proposal=none")
        .await;
    assert_eq!(no.status, StatusCode::FORBIDDEN, "{}", no.body);
}

/// Whoever is limited to a unit administers the accounts that are limited to something within it.
#[tokio::test]
async fn accounts_are_administered_within_the_own_unit() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let ([own, other], unit) = two(&live.view, TYPED);
    let station = |code: &str| Some(UnitCode::new(code).unwrap());
    for (role, mine, theirs, of_nation) in [
        (Role::Administrator, "E-1", "E-2", "E-3"),
        (Role::Supervisor, "S-1", "S-2", "S-5"),
    ] {
        let enrolled = match role {
            Role::Administrator => Role::Clerk,
            other => other,
        };
        let id = |number: &str| ActorId::new(number).unwrap();
        site.enrol_at(&id(mine), enrolled, station(&own.1));
        site.enrol_at(&id(theirs), enrolled, station(&other.1));
        site.enrol_at(&id(of_nation), enrolled, None);
        let staff = limited(&site, role, &unit).await;
        let told = staff.get("/desk/staff.json").await.body;
        let told: Value = serde_json::from_str(&told).unwrap();
        let accounts = told["accounts"].as_array().unwrap();
        assert_eq!(told["count"], accounts.len(), "{role:?}");
        let has = |number: &str| accounts.iter().any(|one| one["number"] == number);
        assert_eq!(
            [mine, theirs, of_nation].map(has),
            [true, false, false],
            "{role:?}"
        );
        let table = staff.get("/desk/staff.csv").await.body;
        assert!(table.contains(mine) && !table.contains(theirs), "{table}");
        for (number, status) in [
            (mine, StatusCode::OK),
            (theirs, StatusCode::FORBIDDEN),
            (of_nation, StatusCode::FORBIDDEN),
        ] {
            let path = format!("/desk/staff/{number}");
            assert_eq!(staff.get(&path).await.status, status, "{role:?} {number}");
            if status == StatusCode::FORBIDDEN {
                let sent = staff.send(&path, "to=suspend").await;
                assert_eq!(sent.status, status, "{role:?} {number}: {}", sent.body);
            }
        }
        for unit in [other.1.as_str(), ""] {
            let code = enrolled.code();
            let form = format!("number=N-9&role={code}&unit={unit}&locale=en");
            let sent = staff.send("/desk/staff", &form).await;
            assert_eq!(sent.status, StatusCode::FORBIDDEN, "{role:?} {unit}");
        }
    }
}
