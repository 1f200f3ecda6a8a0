//! The first password opens once and leads to one's own; until then no door of the table of routes
//! is open but four. And what two persons have to agree on.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_core::id::ActorId;
use sanduq_operations::staff::Role;
use sanduq_web::router::Door;
use sanduq_web::router::ROUTES;
use sanduq_web::router::Verb;
use serde_json::Value;

const OWN: &str = "a heron over wet fields";

async fn staff(site: &Site, role: Role) -> Staff<'_> {
    Staff::new(site, &number(role)).await
}

fn id(text: &str) -> ActorId {
    ActorId::new(text).unwrap()
}

fn form(number: &str, role: &str, unit: &str) -> String {
    format!("number={number}&role={role}&unit={unit}&locale=en")
}

/// The password that a page shows.
fn shown(body: &str) -> String {
    let rest = body.split("class=\"code secret\" dir=\"ltr\">").nth(1);
    let rest = rest.unwrap_or_else(|| panic!("no password in {body}"));
    rest.split('<').next().unwrap().to_owned()
}

async fn log_in(site: &Site, number: &str, password: &str) -> Answer {
    let form = format!("number={number}&password={password}");
    site.post("/login?lang=en", &form, &[]).await
}

fn cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter();
    let mut texts = cookies.map(|value| value.to_str().unwrap());
    let session = texts.find(|text| text.starts_with("session="));
    let session = session.unwrap_or_else(|| panic!("no session: {}", answer.body));
    format!("{}; lang=en", session.split(';').next().unwrap())
}

fn own(new: &str, again: &str) -> String {
    format!(
        "new={}&again={}",
        new.replace(' ', "+"),
        again.replace(' ', "+")
    )
}

/// The digest of the first proposal on a page.
fn digest(page: &str) -> String {
    let digest = page.split("name=\"proposal\" value=\"").nth(1).unwrap();
    digest.split('"').next().unwrap().to_owned()
}

/// Somebody newly enrolled, and the cookie of the session that their first password opened.
async fn newcomer(site: &Site, number: &str, role: &str) -> (String, String) {
    let administrator = staff(site, Role::Administrator).await;
    let body = form(number, role, "");
    let answer = administrator.send("/desk/staff", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let password = shown(&answer.body);
    let entered = log_in(site, number, &password).await;
    assert_eq!(entered.header("location"), "/password");
    (password, cookie(&entered))
}

/// Every route of the server, by every verb that it has.
#[tokio::test]
async fn before_ones_own_password_every_door_is_shut_but_four() {
    let site = Site::at(Stage::Counting(64)).await;
    let (_, cookie) = newcomer(&site, "E-7001", "registrar").await;
    let headers = [("cookie", cookie.as_str())];
    let mut open = Vec::new();
    for route in ROUTES {
        let address = route
            .path
            .replace("{name}", "sanduq.css")
            .replace(['{', '}'], "");
        let answer = match route.verb {
            Verb::Get => site.get_with(&address, &headers).await,
            // What logs out goes last.
            Verb::Post if address == "/logout" => continue,
            Verb::Post => site.post(&address, "x=y", &headers).await,
        };
        let shut = answer.status == StatusCode::FORBIDDEN
            && answer.body.contains("staff.own_password_first");
        assert_eq!(
            shut,
            route.door == Door::Desk,
            "{address}: {}",
            answer.status
        );
        if !shut {
            open.push(address);
        }
    }
    assert_eq!(open, ["/assets/sanduq.css", "/password", "/password"]);
    let out = site.post("/logout", "", &headers).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(out.header("location"), "/");
}

#[tokio::test]
async fn the_first_password_opens_once_and_ones_own_from_then_on() {
    let site = Site::at(Stage::Counting(64)).await;
    let (first, session) = newcomer(&site, "E-7001", "registrar").await;
    let again = log_in(&site, "E-7001", &first).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
    assert!(
        again.body.contains("opens nothing any more"),
        "{}",
        again.body
    );
    let headers = [("cookie", session.as_str())];
    for (sent, says) in [
        (own(OWN, "a heron over wet meadows"), "typed otherwise"),
        (own("too short", "too short"), "too short"),
        (own("E-7001-heron", "E-7001-heron"), "counts for nothing"),
        (own("password2027", "password2027"), "tried first"),
        (own(&first, &first), "you were given"),
    ] {
        let answer = site.post("/password", &sent, &headers).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{sent}");
        assert!(answer.body.contains(says), "{sent}: {}", answer.body);
        assert!(!answer.body.contains(&first) && !answer.body.contains(OWN));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let set = site.post("/password", &own(OWN, OWN), &headers).await;
    assert_eq!(set.header("location"), "/desk", "{}", set.body);
    let fresh = cookie(&set);
    assert_ne!(fresh, session, "a token that nobody fixed");
    let old = site.get_with("/desk", &headers).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let headers = [("cookie", fresh.as_str())];
    let desk = site.get_with("/desk", &headers).await;
    assert_eq!(desk.status, StatusCode::OK);
    let twice = site.post("/password", &own(OWN, OWN), &headers).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    let form = site.get_with("/password", &headers).await;
    assert_eq!(form.header("location"), "/desk");
    assert_eq!(
        log_in(&site, "E-7001", &first).await.status,
        StatusCode::UNAUTHORIZED
    );
    let entered = log_in(&site, "E-7001", &OWN.replace(' ', "+")).await;
    assert_eq!(entered.header("location"), "/desk");
}

/// What is composed otherwise is the same password.
#[tokio::test]
async fn a_password_is_the_same_in_other_characters() {
    let site = Site::at(Stage::Counting(64)).await;
    let (_, session) = newcomer(&site, "E-7001", "registrar").await;
    let headers = [("cookie", session.as_str())];
    // U+0623, and U+0627 with U+0654 above it.
    let one = "%D8%A3+wet+field+heron";
    let other = "%D8%A7%D9%94+wet+field+heron";
    let sent = format!("new={one}&again={other}");
    let set = site.post("/password", &sent, &headers).await;
    assert_eq!(set.header("location"), "/desk", "{}", set.body);
    let entered = log_in(&site, "E-7001", other).await;
    assert_eq!(entered.header("location"), "/desk");
}

#[tokio::test]
async fn who_decides_is_enrolled_by_two() {
    let site = Site::at(Stage::Counting(64)).await;
    let first = staff(&site, Role::Administrator).await;
    let body = form("E-7007", "adjudicator", "");
    let alone = first.send("/desk/staff", &body).await;
    assert_eq!(alone.status, StatusCode::CONFLICT);
    assert!(alone.body.contains("Only one person administers here"));
    assert!(
        alone.body.contains("nobody who could agree"),
        "{}",
        alone.body
    );
    site.enrol(&id("T-2"), Role::Administrator);
    let second = Staff::new(&site, &id("T-2")).await;

    let proposed = first.send("/desk/staff", &body).await;
    assert_eq!(proposed.status, StatusCode::CREATED, "{}", proposed.body);
    let half = shown(&proposed.body);
    assert!(
        !proposed.body.contains("value=\"approve\""),
        "not by themselves"
    );
    let again = first.send("/desk/staff", &body).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "{}", again.body);
    let page = second.get("/desk/staff").await.body;
    let digest = digest(&page);
    let answer = |to: &str, digest: &str| format!("to={to}&proposal={digest}");
    let path = "/desk/staff/E-7007";
    for (one, sent) in [
        (&first, answer("approve", &digest)),
        (&second, answer("approve", "")),
        (&second, answer("approve", &"0".repeat(64))),
    ] {
        let no = one.send(path, &sent).await;
        assert_eq!(no.status, StatusCode::CONFLICT, "{sent}");
        assert!(!no.body.contains("code secret"), "{sent}");
    }
    let supervisor = staff(&site, Role::Supervisor).await;
    let no = supervisor.send(path, &answer("approve", &digest)).await;
    assert_eq!(no.status, StatusCode::CONFLICT, "not theirs");
    assert!(!supervisor.get("/desk/staff").await.body.contains("E-7007"));

    let approved = second.send(path, &answer("approve", &digest)).await;
    assert_eq!(approved.status, StatusCode::OK, "{}", approved.body);
    let other = shown(&approved.body);
    let password = format!("{half}-{other}");
    for alone in [&half, &other, &format!("{other}-{half}")] {
        let entered = log_in(&site, "E-7007", alone).await;
        assert_eq!(entered.status, StatusCode::UNAUTHORIZED, "{alone}");
    }
    let entered = log_in(&site, "E-7007", &password).await;
    assert_eq!(entered.header("location"), "/password");
    let session = cookie(&entered);
    let headers = [("cookie", session.as_str())];
    for given in [&other, &format!("{half} and more")] {
        let no = site.post("/password", &own(given, given), &headers).await;
        assert!(no.body.contains("a half of it"), "{given}: {}", no.body);
    }
    let twice = second.send(path, &answer("approve", &digest)).await;
    assert_eq!(twice.status, StatusCode::CONFLICT);
    told(&site, &[half, other]).await;
}

/// Both numbers stand in the journal and on the page of acts by two; the password nowhere.
async fn told(site: &Site, halves: &[String]) {
    site.live().await;
    let auditor = staff(site, Role::Auditor).await;
    let pairs = auditor.get("/desk/two-persons.json").await.body;
    let pairs: Value = serde_json::from_str(&pairs).unwrap();
    let mut pairs = pairs["acts"].as_array().unwrap().iter();
    let pair = pairs.find(|pair| pair["staff"] == "E-7007").unwrap();
    assert_eq!(pair["state"], "approved");
    assert_eq!(pair["outcome"], "enrol");
    assert_eq!(pair["proposed"]["number"], "N-administrator");
    assert_eq!(pair["answered"]["number"], "T-2");
    let journal = site.get("/journal.json?staff=E-7007").await.body;
    assert!(journal.contains("staff.enrolled"));
    assert!(!halves.iter().any(|half| journal.contains(half)));
}

/// What was proposed by an account that is let in no longer is not carried out by another.
#[tokio::test]
async fn a_suspended_person_has_proposed_nothing() {
    let site = Site::at(Stage::Counting(64)).await;
    site.enrol(&id("T-2"), Role::Administrator);
    let first = staff(&site, Role::Administrator).await;
    let second = Staff::new(&site, &id("T-2")).await;
    let body = form("E-7010", "results_officer", "");
    first.send("/desk/staff", &body).await;
    let gone = second
        .send("/desk/staff/N-administrator", "to=suspend")
        .await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER, "{}", gone.body);
    let sent = format!(
        "to=approve&proposal={}",
        digest(&second.get("/desk/staff").await.body)
    );
    let no = second.send("/desk/staff/E-7010", &sent).await;
    assert_eq!(no.status, StatusCode::CONFLICT, "{}", no.body);
    assert!(
        no.body.contains("was suspended: propose it anew"),
        "{}",
        no.body
    );
    assert_eq!(
        second.get("/desk/staff/E-7010").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn what_is_refused_or_withdrawn_is_gone() {
    let site = Site::at(Stage::Counting(64)).await;
    site.enrol(&id("T-2"), Role::Administrator);
    let first = staff(&site, Role::Administrator).await;
    let second = Staff::new(&site, &id("T-2")).await;
    for (number, who) in [("E-7008", &second), ("E-7009", &first)] {
        let body = form(number, "results_officer", "");
        first.send("/desk/staff", &body).await;
        let page = who.get("/desk/staff").await.body;
        let digest = digest(&page);
        let path = format!("/desk/staff/{number}");
        let sent = format!("to=refuse&proposal={digest}");
        let gone = who.send(&path, &sent).await;
        assert_eq!(gone.header("location"), "/desk/staff?done=refused");
        let sent = format!("to=approve&proposal={digest}");
        let late = second.send(&path, &sent).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert_eq!(second.get(&path).await.status, StatusCode::NOT_FOUND);
    }
    site.live().await;
    let refused = second.get("/desk/two-persons?state=refused").await.body;
    assert!(refused.contains("E-7008") && !refused.contains("E-7009"));
    let pairs = second.get("/desk/two-persons?state=withdrawn").await.body;
    assert!(
        pairs.contains("E-7009") && !pairs.contains("E-7008"),
        "{pairs}"
    );
}

#[tokio::test]
async fn a_second_head_of_a_station_needs_a_second_person() {
    let site = Site::at(Stage::Counting(64)).await;
    site.enrol(&id("T-2"), Role::Administrator);
    let one = staff(&site, Role::Administrator).await;
    let enrol = async |number: &str| {
        let body = form(number, "station_head", "1-1-1-1");
        one.send("/desk/staff", &body).await.body
    };
    assert!(enrol("E-7101").await.contains("code secret"));
    let second = enrol("E-7102").await;
    assert!(
        second.contains("It opens nothing until another person"),
        "{second}"
    );
    let suspended = one.send("/desk/staff/E-7101", "to=suspend").await;
    assert_eq!(suspended.status, StatusCode::SEE_OTHER);
    // Who is suspended can be readmitted: the station has a head all the same.
    let third = enrol("E-7103").await;
    assert!(
        third.contains("It opens nothing until another person"),
        "{third}"
    );
}

#[tokio::test]
async fn a_forgotten_password_is_reset_and_the_sessions_end() {
    let site = Site::at(Stage::Counting(64)).await;
    site.enrol(&id("T-2"), Role::Administrator);
    let administrator = staff(&site, Role::Administrator).await;
    let registrar = staff(&site, Role::Registrar).await;
    let path = format!("/desk/staff/{}", number(Role::Registrar));
    let reset = administrator.send(&path, "to=reset").await;
    assert_eq!(reset.status, StatusCode::OK, "{}", reset.body);
    let password = shown(&reset.body);
    assert_eq!(
        registrar.get("/desk").await.status,
        StatusCode::UNAUTHORIZED
    );
    let old = log_in(&site, "N-registrar", crate::site::PASSWORD).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    let entered = log_in(&site, "N-registrar", &password).await;
    assert_eq!(entered.header("location"), "/password");
    let list = administrator
        .get("/desk/staff.json?role=registrar")
        .await
        .body;
    assert!(list.contains("first_until"), "{list}");

    // Who decides: by two. The supervision: not by administrators. Oneself: by nobody.
    let path = format!("/desk/staff/{}", number(Role::Adjudicator));
    let proposed = administrator.send(&path, "to=reset").await;
    let half = shown(&proposed.body);
    let no = log_in(&site, "N-adjudicator", &half).await;
    assert_eq!(no.status, StatusCode::UNAUTHORIZED, "nobody has agreed");
    let still = log_in(&site, "N-adjudicator", crate::site::PASSWORD).await;
    assert_eq!(still.header("location"), "/desk");
    let theirs = format!("/desk/staff/{}", number(Role::Supervisor));
    let no = administrator.send(&theirs, "to=reset").await;
    assert_eq!(no.status, StatusCode::NOT_FOUND);
    let own = format!("/desk/staff/{}", number(Role::Administrator));
    let no = administrator.send(&own, "to=reset").await;
    assert_eq!(no.status, StatusCode::CONFLICT);
    site.live().await;
    let journal = site.get("/journal.json?staff=N-registrar").await.body;
    assert!(journal.contains("staff.password_reset"), "{journal}");
    assert!(!journal.contains(&password));
}
