//! Accounts: who sees and changes which, what is refused by name, and where a password never is.

use crate::nation::Stage;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_core::id::ActorId;
use sanduq_operations::staff::Role;
use serde_json::Value;

async fn staff(site: &Site, role: Role) -> Staff<'_> {
    Staff::new(site, &number(role)).await
}

fn form(number: &str, role: &str, unit: &str) -> String {
    format!("number={number}&role={role}&unit={unit}&locale=fa")
}

async fn numbers(staff: &Staff<'_>, query: &str) -> Vec<String> {
    let told = staff.get(&format!("/desk/staff.json{query}")).await.body;
    let told: Value = serde_json::from_str(&told).unwrap();
    let accounts = told["accounts"].as_array().unwrap().clone();
    let number = |one: &Value| one["number"].as_str().unwrap().to_owned();
    accounts.iter().map(number).collect()
}

/// The password that a page shows.
fn shown(page: &str) -> String {
    let rest = page.split("class=\"code secret\" dir=\"ltr\">").nth(1);
    rest.unwrap().split('<').next().unwrap().to_owned()
}

#[tokio::test]
async fn neither_sees_the_others_accounts() {
    let site = Site::at(Stage::Counting(64)).await;
    let administrator = staff(&site, Role::Administrator).await;
    let supervisor = staff(&site, Role::Supervisor).await;
    let theirs = number(Role::Supervisor).to_string();
    let others = numbers(&administrator, "").await;
    assert_eq!(others.len(), Role::ALL.len() - 1);
    assert!(!others.contains(&theirs));
    assert_eq!(numbers(&supervisor, "").await, [theirs.as_str()]);
    assert!(numbers(&administrator, "?role=supervisor").await.is_empty());
    let clerk = number(Role::Clerk).to_string();
    for (one, account, status) in [
        (&administrator, &clerk, StatusCode::OK),
        (&administrator, &theirs, StatusCode::NOT_FOUND),
        (&supervisor, &theirs, StatusCode::OK),
        (&supervisor, &clerk, StatusCode::NOT_FOUND),
    ] {
        let path = format!("/desk/staff/{account}");
        assert_eq!(one.get(&path).await.status, status, "{account}");
        let page = one.get("/desk/staff").await.body;
        assert_eq!(page.contains(account.as_str()), status == StatusCode::OK);
        if status == StatusCode::NOT_FOUND {
            let answer = one.send(&path, "to=suspend").await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{account}");
        }
    }
}

#[tokio::test]
async fn a_password_is_shown_once_and_stands_nowhere_else() {
    let site = Site::at(Stage::Counting(64)).await;
    let administrator = staff(&site, Role::Administrator).await;
    let body = form("E-7001", "station_head", "1-1-1-1");
    let answer = administrator.send("/desk/staff", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    assert_eq!(answer.header("cache-control"), "no-store");
    let password = shown(&answer.body);
    assert_eq!(password.len(), 19, "{password}");
    let sent = format!("number=E-7001&password={password}");
    let entered = site.post("/login", &sent, &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "it opens the door");
    site.live().await;
    for path in ["/desk/staff", "/desk/staff.json", "/desk/staff/E-7001"] {
        let answer = administrator.get(path).await;
        assert!(answer.body.contains("E-7001"), "{path}");
        assert!(!answer.body.contains(&password), "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
    }
    let journal = site.get("/journal.json?staff=E-7001").await.body;
    let journal: Value = serde_json::from_str(&journal).unwrap();
    let entry = &journal["entries"][0];
    assert_eq!(entry["act"], "staff.enrolled");
    assert_eq!(entry["organ"], "technical");
    assert_eq!(entry["facts"].as_object().unwrap().len(), 3, "{entry}");
    let other = administrator
        .send("/desk/staff", &form("E-7002", "registrar", ""))
        .await;
    assert_ne!(shown(&other.body), password);
}

#[tokio::test]
async fn what_is_refused_is_refused_by_name_and_changes_nothing() {
    let site = Site::at(Stage::Counting(64)).await;
    let administrator = staff(&site, Role::Administrator).await;
    let supervisor = staff(&site, Role::Supervisor).await;
    let size = site.live().await.view.snapshot.journal_size;
    let clerk = number(Role::Clerk);
    let hidden = number(Role::Supervisor);
    let rows = [
        ("a", clerk.as_str(), "registrar", "", "is enrolled already"),
        ("a", hidden.as_str(), "registrar", "", "is enrolled already"),
        ("a", "E%207", "registrar", "", "Latin letters"),
        ("a", "E-8", "king", "", "Choose a role"),
        ("a", "E-8", "supervisor", "", "another organ"),
        ("a", "E-8", "station_head", "", "one station"),
        ("a", "E-8", "station_head", "1-1", "no station"),
        ("a", "E-8", "registrar", "9-9", "No unit has this code"),
        ("s", "S-8", "registrar", "", "another organ"),
        ("s", "S-8", "administrator", "", "another organ"),
    ];
    for (who, id, role, unit, says) in rows {
        let one = if who == "a" {
            &administrator
        } else {
            &supervisor
        };
        let body = form(id, role, unit);
        let status = match says {
            "is enrolled already" => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let answer = one.send("/desk/staff", &body).await;
        assert_eq!(answer.status, status, "{body}");
        assert!(answer.body.contains(says), "{body}: {}", answer.body);
        assert!(!answer.body.contains("code secret"), "{body}");
    }
    let answer = administrator
        .send("/desk/staff", "number=E-8&role=registrar&locale=xx")
        .await;
    assert!(answer.body.contains("Choose a language"));
    assert_eq!(site.live().await.view.snapshot.journal_size, size);
}

#[tokio::test]
async fn whoever_is_suspended_is_out_at_once_and_stays_out() {
    let site = Site::at(Stage::Counting(64)).await;
    let administrator = staff(&site, Role::Administrator).await;
    let clerk = staff(&site, Role::Clerk).await;
    assert_eq!(clerk.get("/desk").await.status, StatusCode::OK);
    let path = format!("/desk/staff/{}", number(Role::Clerk));
    let done = administrator.send(&path, "to=suspend").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER);
    assert_eq!(clerk.get("/desk").await.status, StatusCode::UNAUTHORIZED);
    let page = administrator.get(&path).await.body;
    assert!(
        page.contains("Suspended") && page.contains("was suspended"),
        "{page}"
    );
    let twice = administrator.send(&path, "to=suspend").await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    assert!(twice.body.contains("in this state already"));
    let back = administrator.send(&path, "to=readmit").await;
    assert_eq!(back.status, StatusCode::SEE_OTHER);
    assert_eq!(
        clerk.get("/desk").await.status,
        StatusCode::UNAUTHORIZED,
        "log in again"
    );
    assert!(numbers(&administrator, "?state=suspended").await.is_empty());
}

#[tokio::test]
async fn nobody_suspends_himself() {
    let site = Site::at(Stage::Counting(64)).await;
    for role in [Role::Administrator, Role::Supervisor] {
        let own = staff(&site, role).await;
        let path = format!("/desk/staff/{}", number(role));
        let page = own.get(&path).await.body;
        assert!(!page.contains("value=\"suspend\""), "no such button");
        let answer = own.send(&path, "to=suspend").await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{role:?}");
        assert!(answer.body.contains("of their own"), "{}", answer.body);
        assert_eq!(own.get("/desk").await.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn long_lists_come_page_by_page() {
    let site = Site::at(Stage::Counting(64)).await;
    let administrator = staff(&site, Role::Administrator).await;
    for number in 0..60 {
        let id = ActorId::new(&format!("E-9{number:03}")).unwrap();
        site.enrol(&id, Role::Auditor);
    }
    let first = numbers(&administrator, "?role=auditor").await;
    assert_eq!(first.len(), 50);
    let page = administrator.get("/desk/staff?role=auditor").await.body;
    let next = format!("/desk/staff?role=auditor&#38;after={}", first[49]);
    assert!(page.contains(&next), "{next}");
    let rest = numbers(
        &administrator,
        &format!("?role=auditor&after={}", first[49]),
    )
    .await;
    assert_eq!(rest.len(), 11);
}

#[tokio::test]
async fn rights_are_those_of_the_table_of_routes() {
    let site = Site::at(Stage::Counting(64)).await;
    let auditor = staff(&site, Role::Auditor).await;
    let page = auditor.get("/desk/roles").await.body;
    let of = |role: &str| {
        let rest = page.split(&format!("id=\"role-{role}\"")).nth(1).unwrap();
        rest.split("</section>").next().unwrap().to_owned()
    };
    for (role, path, may) in [
        ("clerk", "/desk/entry/{contest}/{station}", true),
        ("clerk", "/desk/staff", false),
        ("administrator", "/desk/staff", true),
        ("administrator", "/desk/entry", false),
        (
            "supervisor",
            "/desk/decisions/{contest}/{station}/answer",
            true,
        ),
        (
            "auditor",
            "/desk/decisions/{contest}/{station}/answer",
            false,
        ),
    ] {
        let told = of(role).contains(&format!("dir=\"ltr\">{path}</bdi>"));
        assert_eq!(told, may, "{role} {path}");
    }
}
