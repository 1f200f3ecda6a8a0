//! Deciding on sheets: what one organ proposes the other has before it, to the digest, and signs or
//! refuses; nobody else sees what is locked.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Answer;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Outcome;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetState;
use sanduq_operations::staff::Role;
use sanduq_web::source::Held;

/// A sheet that is held back, with a proposal or without.
async fn held_back(site: &Site, proposed: bool) -> String {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let sheet = sheets.find(|sheet| match &sheet.state {
        SheetState::Quarantined { proposal, .. } => proposal.is_some() == proposed,
        _ => false,
    });
    let key = &sheet.unwrap().key;
    format!("/desk/decisions/{}/{}", key.contest, key.station)
}

async fn current(site: &Site, path: &str) -> Sheet {
    let live = site.live().await;
    let codes = &path["/desk/decisions/".len()..];
    let (contest, station) = codes.split_once('/').unwrap();
    let mut sheets = live.view.current_sheets();
    let own = |sheet: &&Sheet| {
        (sheet.key.contest.as_str(), sheet.key.station.as_str()) == (contest, station)
    };
    sheets.find(own).unwrap().clone()
}

/// The boxes of the page, as a browser sends them, with what is typed over them.
fn boxes(page: &str, over: &[(&str, &str)]) -> String {
    let inputs = page.split("<input id=\"").skip(1);
    let pairs = inputs.filter_map(|rest| {
        let name = rest.split('"').next()?;
        let value = rest.split("value=\"").nth(1)?.split('"').next()?;
        let typed = over.iter().find(|(own, _)| *own == name);
        let value = typed.map_or(value, |(_, typed)| typed);
        (name.starts_with("f-") || name.starts_with("c-")).then(|| format!("{name}={value}"))
    });
    pairs.collect::<Vec<_>>().join("&")
}

fn hidden<'p>(page: &'p str, name: &str) -> &'p str {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.unwrap().split('"').next().unwrap()
}

/// Proposes that a sheet goes back, or has other figures.
async fn propose(site: &Site, path: &str, role: Role, outcome: &str, ground: &str) -> Answer {
    let staff = Staff::new(site, &number(role)).await;
    let page = staff.get(path).await.body;
    let version = hidden(&page, "version").to_owned();
    let figures = boxes(&page, &[("f-f6", "77001")]);
    let body = format!("version={version}&outcome={outcome}&ground={ground}&{figures}");
    staff.send(&format!("{path}/propose"), &body).await
}

#[tokio::test]
async fn the_other_organ_signs_what_it_has_before_it() {
    let site = Site::at(Stage::Counting(99)).await;
    let path = held_back(&site, false).await;
    let answer = propose(&site, &path, Role::Adjudicator, "correct", "Article+61").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let page = supervisor.get(&path).await.body;
    let changes = page.split("Lines that change").nth(1).unwrap();
    let changes = changes.split("</table>").next().unwrap();
    assert_eq!(
        changes.matches("<tr>").count(),
        2,
        "heading and one line: {changes}"
    );
    assert!(
        changes.contains("77001") || changes.contains("77,001"),
        "{changes}"
    );
    assert!(page.contains("Article 61") && page.contains("N-adjudicator"));
    let digest = hidden(&page, "proposal").to_owned();
    let signed = format!("proposal={digest}&answer=sign");
    let answer = supervisor.send(&format!("{path}/answer"), &signed).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let sheet = current(&site, &path).await;
    let counted = sheet.state.counted().unwrap();
    assert!(
        counted
            .fields
            .iter()
            .flatten()
            .any(|votes| votes.get() == 77_001)
    );
    let done = supervisor.get(answer.header("location")).await;
    assert!(done.body.contains("answer is recorded") && !done.body.contains("name=\"proposal\""));
}

#[tokio::test]
async fn nobody_signs_for_their_own_organ_or_what_was_not_before_them() {
    let site = Site::at(Stage::Counting(99)).await;
    let path = held_back(&site, false).await;
    propose(&site, &path, Role::Adjudicator, "return", "Article+60").await;
    let before = current(&site, &path).await;
    let supervisor = Staff::new(&site, &number(Role::Supervisor)).await;
    let digest = hidden(&supervisor.get(&path).await.body, "proposal").to_owned();
    let own = Staff::new(&site, &number(Role::Adjudicator)).await;
    let page = own.get(&path).await.body;
    assert!(page.contains("waits for the other organ") && !page.contains("name=\"answer\""));
    for (staff, body, code) in [
        (
            &own,
            format!("proposal={digest}&answer=sign"),
            "Another person",
        ),
        (
            &supervisor,
            "proposal=0&answer=sign".to_owned(),
            "Somebody else changed it",
        ),
        (
            &supervisor,
            "answer=sign".to_owned(),
            "Somebody else changed it",
        ),
        (
            &supervisor,
            format!("proposal={digest}&answer=refuse&reason=+"),
            "Say on what ground",
        ),
    ] {
        let answer = staff.send(&format!("{path}/answer"), &body).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{body}");
        assert!(answer.body.contains(code), "{body}: {}", answer.body);
        assert_eq!(current(&site, &path).await, before, "{body}");
    }
    let unread = supervisor
        .send(&format!("{path}/answer"), &format!("proposal={digest}"))
        .await;
    assert_eq!(unread.status, StatusCode::BAD_REQUEST);
    let refused = format!("proposal={digest}&answer=refuse&reason=not+shown+the+paper");
    let answer = supervisor.send(&format!("{path}/answer"), &refused).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let SheetState::Quarantined { proposal, .. } = current(&site, &path).await.state else {
        panic!("the law asks for the second signature: the sheet stays held back");
    };
    assert_eq!(proposal, None, "the proposal has fallen");
}

#[tokio::test]
async fn a_proposal_needs_an_outcome_a_ground_and_the_version_it_is_about() {
    let site = Site::at(Stage::Counting(99)).await;
    let path = held_back(&site, false).await;
    let before = current(&site, &path).await;
    for (outcome, ground, status, says) in [
        (
            "",
            "Article+1",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose what becomes",
        ),
        (
            "annul",
            "Article+1",
            StatusCode::UNPROCESSABLE_ENTITY,
            "Choose what becomes",
        ),
        ("return", "+", StatusCode::CONFLICT, "Say on what ground"),
    ] {
        let answer = propose(&site, &path, Role::Supervisor, outcome, ground).await;
        assert_eq!(answer.status, status, "{outcome}");
        assert!(answer.body.contains(says), "{outcome}: {}", answer.body);
        assert!(ground == "+" || answer.body.contains(">Article 1</textarea>"));
    }
    let staff = Staff::new(&site, &number(Role::Supervisor)).await;
    let old = staff
        .send(
            &format!("{path}/propose"),
            "version=7&outcome=return&ground=x",
        )
        .await;
    assert_eq!(old.status, StatusCode::CONFLICT);
    assert!(old.body.contains("not the current version"), "{}", old.body);
    let page = staff.get(&path).await.body;
    let slip = boxes(&page, &[("f-f6", "12x")]);
    let version = hidden(&page, "version").to_owned();
    let body = format!("version={version}&outcome=correct&ground=x&{slip}");
    let answer = staff.send(&format!("{path}/propose"), &body).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("value=\"12x\"") && answer.body.contains("Digits only"));
    assert_eq!(current(&site, &path).await, before);
}

#[tokio::test]
async fn figures_that_are_locked_are_for_the_two_organs_alone() {
    let (mut snapshot, entries) = sample(Stage::Counting(99));
    for contest in &mut snapshot.contests {
        contest.released = false;
    }
    let held = Held::default();
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let path = held_back(&site, false).await;
    let figures = current(&site, &path).await.state.public().unwrap().clone();
    let most = figures
        .fields
        .iter()
        .flatten()
        .map(|votes| votes.get())
        .max()
        .unwrap();
    let shown = |body: &str| {
        body.contains(&format!("value=\"{most}\"")) || body.contains("class=\"digest\"")
    };
    for role in [Role::Auditor, Role::ResultsOfficer] {
        let page = Staff::new(&site, &number(role)).await.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!shown(&page.body), "{role:?}");
        assert!(!page.body.contains("/propose"), "{role:?}");
    }
    for role in [Role::Adjudicator, Role::Supervisor] {
        assert!(
            shown(&Staff::new(&site, &number(role)).await.get(&path).await.body),
            "{role:?}"
        );
    }
}

/// What the checks say would tell of figures, and a source that keeps figures back gives no lines.
#[tokio::test]
async fn a_page_without_its_figures_stands_and_tells_no_check() {
    for (kept_back, role, told) in [
        (false, Role::Adjudicator, true),
        (false, Role::Auditor, false),
        (true, Role::Auditor, false),
        (true, Role::Adjudicator, false),
    ] {
        let (mut snapshot, entries) = sample(Stage::Counting(99));
        for contest in &mut snapshot.contests {
            contest.released = false;
        }
        for sheet in &mut snapshot.sheets {
            let SheetState::Quarantined {
                figures, proposal, ..
            } = &mut sheet.state
            else {
                continue;
            };
            if let Some(proposal) = proposal {
                proposal.outcome = Outcome::Accept;
            }
            if kept_back {
                *figures = Figures::default();
            }
        }
        let held = Held::default();
        held.put(snapshot, entries);
        let site = Site::of(held).await;
        let path = held_back(&site, true).await;
        let page = Staff::new(&site, &number(role)).await.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{role:?} {kept_back}");
        let tells = page.body.contains("<ul class=\"failing\">");
        assert_eq!(tells, told, "{role:?} {kept_back}");
    }
}

#[tokio::test]
async fn a_sheet_that_is_being_typed_is_not_for_decision() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let staff = Staff::new(&site, &number(Role::Adjudicator)).await;
    for state in ["received", "first_entered", "differing"] {
        let mut sheets = live.view.current_sheets();
        let key = sheets
            .find(|sheet| sheet.state.code() == state)
            .unwrap()
            .key
            .clone();
        let path = format!("/desk/decisions/{}/{}", key.contest, key.station);
        let page = staff.get(&path).await;
        assert_eq!(page.status, StatusCode::CONFLICT, "{state}");
        assert!(page.body.contains("sheet.not_for_decision"), "{state}");
    }
}
