//! Logging in and out: what opens, what does not, and what an answer gives away.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::PASSWORD;
use crate::site::Site;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_operations::staff::Role;

async fn log_in(site: &Site, number: &str, password: &str) -> Answer {
    let form = format!("number={number}&password={password}");
    site.post("/login?lang=en", &form, &[]).await
}

/// The cookie of a fresh session, as a browser would send it back.
fn cookie(answer: &Answer) -> String {
    let cookies = answer.headers.get_all("set-cookie").into_iter();
    let mut texts = cookies.map(|value| value.to_str().unwrap());
    let session = texts.find(|text| text.starts_with("session=")).unwrap();
    session.split(';').next().unwrap().to_owned()
}

#[tokio::test]
async fn in_to_the_desk_and_out_again() {
    let site = Site::at(Stage::Counting(64)).await;
    let answer = log_in(&site, number(Role::Clerk).as_str(), PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/desk");
    let set = answer.headers.get_all("set-cookie").into_iter();
    let set: Vec<_> = set.map(|value| value.to_str().unwrap()).collect();
    let session = set
        .iter()
        .find(|text| text.starts_with("session="))
        .unwrap();
    assert!(
        session.contains("HttpOnly") && session.contains("SameSite=Strict"),
        "{session}"
    );
    let cookie = cookie(&answer);
    assert_eq!(
        cookie.len(),
        "session=".len() + 64,
        "256 bits in hexadecimal"
    );

    let desk = site.get_with("/desk", &[("cookie", &cookie)]).await;
    assert_eq!(desk.status, StatusCode::OK);
    assert!(desk.body.contains("N-clerk"));
    assert!(desk.body.contains("/desk/entry") && !desk.body.contains("/desk/decisions"));
    assert!(
        desk.body.contains("lang=\"fr\""),
        "the language of the account"
    );

    let out = site.post("/logout", "", &[("cookie", &cookie)]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    let after = site.get_with("/desk", &[("cookie", &cookie)]).await;
    assert_eq!(
        after.status,
        StatusCode::UNAUTHORIZED,
        "the old cookie opens nothing"
    );
}

/// Session fixation: what somebody else has put into the browser, or left there, opens nothing once
/// a person has logged in; a log-in that fails ends nothing.
#[tokio::test]
async fn a_log_in_ends_the_session_that_the_browser_brought() {
    let site = Site::at(Stage::Counting(64)).await;
    for before in [Role::Clerk, Role::Auditor] {
        let brought = site.session(before).await;
        let enter = async |password: &str| {
            let form = format!("number={}&password={password}", number(Role::Clerk));
            let sent = site.post("/login", &form, &[("cookie", &brought)]).await;
            let old = site.get_with("/desk", &[("cookie", &brought)]).await;
            (sent, old.status)
        };
        let (sent, old) = enter("wrong").await;
        assert_eq!(sent.status, StatusCode::UNAUTHORIZED);
        assert_eq!(old, StatusCode::OK, "{before:?}");
        let (sent, old) = enter(PASSWORD).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        let new = cookie(&sent);
        assert_ne!(new, brought);
        assert_eq!(old, StatusCode::UNAUTHORIZED, "{before:?}");
        let desk = site.get_with("/desk", &[("cookie", &new)]).await;
        assert!(desk.body.contains("N-clerk"), "{before:?}");
    }
}

#[tokio::test]
async fn the_wrong_password_and_the_unknown_number_get_the_same_answer() {
    let site = Site::at(Stage::Counting(64)).await;
    let wrong = log_in(&site, number(Role::Clerk).as_str(), "wrong").await;
    let unknown = log_in(&site, "N-nobody", "wrong").await;
    let no_code = log_in(&site, "%D9%A1%20%2F", PASSWORD).await;
    for answer in [&wrong, &unknown, &no_code] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(!answer.headers.contains_key("set-cookie") || !answer.body.is_empty());
        assert!(!answer.header("set-cookie").contains("session="));
    }
    assert_eq!(wrong.body, unknown.body);
    assert_eq!(wrong.body, no_code.body);
    assert!(!wrong.body.contains("N-clerk") && !wrong.body.contains("wrong\""));
}

#[tokio::test]
async fn the_sixth_attempt_is_not_even_looked_at() {
    let site = Site::at(Stage::Counting(64)).await;
    let clerk = number(Role::Clerk);
    for _ in 0..5 {
        let answer = log_in(&site, clerk.as_str(), "wrong").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let right = log_in(&site, clerk.as_str(), PASSWORD).await;
    assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS);
    let other = log_in(&site, number(Role::Auditor).as_str(), PASSWORD).await;
    assert_eq!(
        other.status,
        StatusCode::SEE_OTHER,
        "another number is not held up"
    );
}

/// Whoever has tried too often is told how long to wait, in words of their own; and is told the
/// same whether anybody has the number or not.
#[tokio::test]
async fn whoever_waits_is_told_how_long_and_not_whether_there_is_an_account() {
    let site = Site::at(Stage::Counting(64)).await;
    let mut told = Vec::new();
    for number in [number(Role::Clerk).as_str(), "N-nobody"] {
        for attempt in 1..=7 {
            let answer = log_in(&site, number, "wrong").await;
            let waits = attempt > 5;
            let status = match waits {
                true => StatusCode::TOO_MANY_REQUESTS,
                false => StatusCode::UNAUTHORIZED,
            };
            assert_eq!(answer.status, status, "{number} {attempt}");
            let body = answer.body.replace(['\u{2068}', '\u{2069}'], "");
            let minutes = body.contains("For 15 more minutes no password is looked at");
            assert_eq!(minutes, waits, "{number} {attempt}: {body}");
            let wrong = body.contains("The service number or the password is wrong");
            assert_eq!(wrong, !waits, "{number} {attempt}");
            assert_eq!(answer.header("retry-after") == "900", waits);
            told.push(answer.body);
        }
    }
    assert_eq!(told[..7], told[7..]);
}

#[tokio::test]
async fn what_can_be_nobodys_number_is_not_remembered() {
    let site = Site::at(Stage::Counting(64)).await;
    for _ in 0..10 {
        let answer = log_in(&site, "%D9%A1%20%2F", "wrong").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn no_page_of_a_session_is_kept() {
    let site = Site::at(Stage::Counting(64)).await;
    let kept = |answer: &Answer| answer.header("cache-control") != "no-store";
    assert!(!kept(&site.get("/login").await));
    assert!(!kept(&log_in(&site, "N-clerk", "wrong").await));
    let inside = log_in(&site, "N-clerk", PASSWORD).await;
    assert!(!kept(&inside));
    let cookie = cookie(&inside);
    for path in [
        "/",
        "/unit/1",
        "/contests",
        "/sheet/president/1-1-1-1",
        "/board",
        "/journal",
        "/journal/7",
        "/refusal/sheet.same_person",
        "/components",
        "/desk",
        "/desk/entry",
        "/desk/decisions",
        "/nowhere",
    ] {
        let answer = site.get_with(path, &[("cookie", &cookie)]).await;
        assert!(answer.body.contains("N-clerk"), "{path} names its reader");
        assert!(!kept(&answer), "{path}");
    }
    // What is the same for everybody may be kept, as long as it is asked for again.
    for path in ["/index.json", "/index.csv", "/assets/sanduq.css"] {
        let answer = site.get_with(path, &[("cookie", &cookie)]).await;
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    assert_eq!(site.get("/").await.header("cache-control"), "no-cache");
    let out = site.post("/logout", "", &[("cookie", &cookie)]).await;
    assert!(!kept(&out));
}

#[tokio::test]
async fn a_made_up_cookie_opens_nothing() {
    let site = Site::at(Stage::Counting(64)).await;
    let zeros = format!("session={}", "0".repeat(64));
    for cookie in ["session=", "session=x", &zeros] {
        let answer = site.get_with("/desk", &[("cookie", cookie)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{cookie}");
    }
}

#[tokio::test]
async fn a_form_that_is_none_is_refused() {
    let site = Site::at(Stage::Counting(64)).await;
    let half = site.post("/login", "number=x", &[]).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    let long = format!("number=x&password={}", "x".repeat(20_000));
    let answer = site.post("/login", &long, &[]).await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
}
