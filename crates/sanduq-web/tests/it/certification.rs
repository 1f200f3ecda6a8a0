//! Certification: one organ proposes the totals it has before it, the other signs those; nobody
//! does it alone, nothing open is offered, and what is signed is final on every page.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::language::language;

const PRESIDENT: &str = "/desk/certification/president";

fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.unwrap().split('"').next().unwrap()
}

/// The results officer proposes what the page shows.
async fn proposed(site: &Site) -> (Answer, String) {
    let officer = Staff::new(site, &number(Role::ResultsOfficer)).await;
    let page = officer.get(PRESIDENT).await.body;
    let digest = hidden(&page, "totals").to_owned();
    (offered(site, &digest).await, digest)
}

/// The results officer proposes the totals of this digest.
async fn offered(site: &Site, digest: &str) -> Answer {
    let officer = Staff::new(site, &number(Role::ResultsOfficer)).await;
    let body = format!("totals={digest}");
    officer.send(&format!("{PRESIDENT}/propose"), &body).await
}

/// The supervisor answers.
async fn answered(site: &Site, answer: &str, digest: &str, reason: &str) -> Answer {
    let supervisor = Staff::new(site, &number(Role::Supervisor)).await;
    let body = format!("answer={answer}&totals={digest}&reason={reason}");
    supervisor.send(&format!("{PRESIDENT}/answer"), &body).await
}

async fn final_site() -> Site {
    let site = Site::at(Stage::Complete).await;
    let (answer, digest) = proposed(&site).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let answer = answered(&site, "sign", &digest, "").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    site.live().await;
    site
}

#[tokio::test]
async fn two_organs_make_a_result_final_and_both_are_named() {
    let site = Site::at(Stage::Complete).await;
    let officer = Staff::new(&site, &number(Role::ResultsOfficer)).await;
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let before = supervisor.get(PRESIDENT).await.body;
    assert!(
        !before.contains("<button name=\"answer\""),
        "nothing is proposed"
    );
    let (answer, digest) = proposed(&site).await;
    assert_eq!(
        answer.header("location"),
        format!("{PRESIDENT}?done=proposed")
    );
    let own = officer.get(PRESIDENT).await.body;
    assert!(
        !own.contains("<form method=\"post\" action=\"/desk/cert"),
        "not proposed twice"
    );
    let page = supervisor.get(PRESIDENT).await.body;
    assert!(page.contains(number(Role::ResultsOfficer).as_str()));
    assert_eq!(
        hidden(&page, "totals"),
        digest,
        "the very totals that were proposed"
    );
    // Until the other organ has signed, nothing public has changed.
    assert!(!site.get("/contests.json").await.body.contains("\"final\""));
    let answer = answered(&site, "sign", &digest, "").await;
    assert_eq!(
        answer.header("location"),
        format!("{PRESIDENT}?done=signed")
    );
    let live = site.live().await;
    assert!(live.view.snapshot.contests[0].certified);
    let page = officer.get(PRESIDENT).await.body;
    for role in [Role::ResultsOfficer, Role::Supervisor] {
        assert!(page.contains(number(role).as_str()), "{role:?} is named");
    }
    let acts = supervisor.get("/desk/two-persons").await.body;
    let act = acts.split("class=\"pair approved\"").nth(1).unwrap();
    let act = act.split("</li>").next().unwrap();
    for role in [Role::ResultsOfficer, Role::Supervisor] {
        assert!(act.contains(number(role).as_str()), "{role:?}: {act}");
    }
    assert_eq!(act.matches("\"/journal/").count(), 2, "each with its entry");
    let journal = site.get("/journal?lang=en").await.body;
    assert!(journal.contains("The final result of"), "{journal}");
    let process = site.get("/processes.json").await.body;
    let process = process.split("\"P20\"").nth(1).unwrap();
    let process = process.split("\"P21\"").next().unwrap();
    assert!(process.contains("\"under_way\""), "{process}");
    let again = answered(&site, "sign", &digest, "").await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(
        again.body.contains("both organs have certified it"),
        "{}",
        again.body
    );
}

#[tokio::test]
async fn what_is_certified_is_final_on_every_public_page_and_nothing_else_is() {
    let site = final_site().await;
    for locale in Locale::ALL {
        let said = |key| language(locale).say(key);
        for path in ["/", "/contests", "/unit/1", "/unit/1-1-1-1", "/wall"] {
            let body = site
                .get(&format!("{path}?lang={}", locale.tag()))
                .await
                .body;
            assert!(
                body.contains(&said("standing-final")),
                "{path} {}",
                locale.tag()
            );
        }
        // The assembly is certified by nobody.
        let all = site.get(&format!("/contests?lang={}", locale.tag())).await;
        assert_eq!(all.body.matches(&said("standing-final")).count(), 1);
        assert!(all.body.contains(&said("standing-preliminary")));
    }
    let nation = site.get("/?lang=en").await.body;
    assert!(
        nation.contains("<div class=\"coverage final\">"),
        "{nation}"
    );
    for (path, mark) in [
        ("/index.json", "\"standing\":\"final\""),
        ("/contests.json", "\"standing\":\"final\""),
        ("/contests.csv", ",final,"),
        ("/files/nist/president.json", "\"Status\":\"certified\""),
        ("/files/seats/president.json", "\"standing\":\"final\""),
    ] {
        let body = site.get(path).await.body.replace("\": \"", "\":\"");
        assert_eq!(body.matches(mark).count(), 1, "{path}: {body:.400}");
    }
}

#[tokio::test]
async fn nothing_is_offered_while_a_sheet_is_missing_or_waits() {
    let site = Site::at(Stage::Counting(99)).await;
    let officer = Staff::new(&site, &number(Role::ResultsOfficer)).await;
    let page = officer.get(PRESIDENT).await.body;
    assert!(page.contains("What is still missing") && !page.contains("name=\"totals\""));
    let view = site.live().await;
    let contest = &view.view.snapshot.contests[0].contest;
    let digest = view.view.totals_digest(contest).unwrap();
    let sent = offered(&site, &digest).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(
        sent.body.contains("is being typed, is held back"),
        "{}",
        sent.body
    );
    let list = officer.get("/desk/certification").await.body;
    assert!(
        list.contains("stations have no sheet in the totals"),
        "{list}"
    );
    let ready = officer
        .get("/desk/certification.json?stage=ready")
        .await
        .body;
    assert!(!ready.contains("\"president\""), "{ready}");
    let open = officer.get("/desk/certification.csv?stage=open").await.body;
    assert!(open.contains("president,open,partial,"), "{open}");
}

#[tokio::test]
async fn other_totals_than_were_read_are_neither_proposed_nor_signed() {
    let site = Site::at(Stage::Complete).await;
    let other = "0".repeat(64);
    let sent = offered(&site, &other).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(
        sent.body.contains("not those that you read"),
        "{}",
        sent.body
    );
    let (_, digest) = proposed(&site).await;
    let twice = offered(&site, &digest).await;
    assert!(twice.body.contains("proposed already"));
    for answer in ["sign", "refuse"] {
        let sent = answered(&site, answer, &other, "why").await;
        assert_eq!(sent.status, StatusCode::CONFLICT);
        assert!(sent.body.contains("not those that you read"), "{answer}");
    }
    assert!(!site.live().await.view.snapshot.contests[0].certified);
}

/// A proposal on a sheet that the other organ refuses leaves the same totals; what was proposed
/// before is signed by nobody, told so, and proposed anew.
#[tokio::test]
async fn a_touched_proposal_is_told_and_made_anew_with_the_same_totals() {
    let site = Site::at(Stage::Complete).await;
    let (_, digest) = proposed(&site).await;
    let adjudicator = Staff::new(&site, &number(Role::Adjudicator)).await;
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let sheet = "/desk/decisions/president/1-1-1-1";
    let body = "version=1&outcome=return&ground=Article+61";
    let sent = adjudicator.send(&format!("{sheet}/propose"), body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = supervisor.get(sheet).await.body;
    let body = format!(
        "proposal={}&answer=refuse&reason=why",
        hidden(&page, "proposal")
    );
    let sent = supervisor.send(&format!("{sheet}/answer"), &body).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    site.live().await;

    let said = "has been touched since this was proposed";
    let page = supervisor.get(PRESIDENT).await.body;
    assert!(page.contains(said), "{page}");
    assert!(!page.contains("name=\"answer\""), "nothing to sign");
    let list = supervisor.get("/desk/certification").await.body;
    assert_eq!(list.matches(said).count(), 1);
    let data = supervisor.get("/desk/certification.json").await.body;
    assert_eq!(data.matches("\"touched\":true").count(), 1, "{data}");
    assert!(data.contains("\"stage\":\"ready\""), "{data}");
    let acts = supervisor.get("/desk/two-persons.csv").await.body;
    let own = acts.lines().find(|line| line.contains("certify,president"));
    assert!(own.unwrap().contains("void,"), "{acts}");
    let sent = answered(&site, "sign", &digest, "").await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(sent.body.contains(said), "{}", sent.body);
    let (again, same) = proposed(&site).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(same, digest);
    let sent = answered(&site, "sign", &digest, "").await;
    assert_eq!(
        sent.header("location"),
        format!("{PRESIDENT}?done=signed"),
        "{}",
        sent.body
    );
}

#[tokio::test]
async fn a_refusal_has_a_reason_and_leaves_the_result_as_it_was() {
    let site = Site::at(Stage::Complete).await;
    let nothing = answered(&site, "sign", &"0".repeat(64), "").await;
    assert!(
        nothing.body.contains("Nothing is proposed"),
        "{}",
        nothing.body
    );
    let (_, digest) = proposed(&site).await;
    for (reason, status, said) in [
        ("", StatusCode::CONFLICT, "Say why it is refused"),
        ("a%E2%80%AEb", StatusCode::UNPROCESSABLE_ENTITY, "U+202E"),
    ] {
        let sent = answered(&site, "refuse", &digest, reason).await;
        assert_eq!(sent.status, status, "{reason}");
        assert!(sent.body.contains(said), "{reason}: {}", sent.body);
    }
    let sent = answered(&site, "refuse", &digest, "Article+9").await;
    assert_eq!(sent.header("location"), format!("{PRESIDENT}?done=refused"));
    assert!(!site.live().await.view.snapshot.contests[0].certified);
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let acts = supervisor.get("/desk/two-persons?state=refused").await.body;
    assert!(acts.contains("Article 9"), "{acts}");
    let (again, _) = proposed(&site).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn no_sheet_of_a_final_result_is_decided_on() {
    let site = final_site().await;
    let adjudicator = Staff::new(&site, &number(Role::Adjudicator)).await;
    let path = "/desk/decisions/president/1-1-1-1";
    let page = adjudicator.get(path).await.body;
    assert!(page.contains("class=\"sheet"), "it is shown");
    assert!(!page.contains("class=\"deciding"), "and nothing is asked");
    let body = "version=1&outcome=return&ground=Article+61";
    let sent = adjudicator.send(&format!("{path}/propose"), body).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    assert!(
        sent.body.contains("its sheets stay as they are"),
        "{}",
        sent.body
    );
}
