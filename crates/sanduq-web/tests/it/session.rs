//! What a session opens for and how long: what was known of an account when the password was looked
//! at has to hold still when the session is opened.

use crate::nation::Stage;
use crate::site::Answer;
use crate::site::PASSWORD;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use jiff::SignedDuration;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_operations::staff::Role;
use sanduq_web::source::Known;

#[tokio::test]
async fn an_account_that_has_changed_meanwhile_opens_no_session() {
    let site = Site::at(Stage::Counting(64)).await;
    let clerk = number(Role::Clerk);
    let known = site.source().account(&clerk).await.unwrap().unwrap();
    let now = Timestamp::now();
    let until = now + SignedDuration::from_hours(1);
    let opens = async |token: u8, known: &Known| {
        let opened = site.source().open_session([token; 32], known, now, until);
        opened.await.unwrap()
    };
    assert!(opens(1, &known).await);
    let at_end = site.source().session(&[1; 32], until).await.unwrap();
    assert!(at_end.is_none(), "a session ends");
    let before = until - SignedDuration::from_secs(1);
    assert!(
        site.source()
            .session(&[1; 32], before)
            .await
            .unwrap()
            .is_some()
    );
    let other = Known {
        hash: "another".to_owned(),
        ..known.clone()
    };
    assert!(!opens(2, &other).await, "the password is another by now");
    let by = Actor {
        id: number(Role::Administrator),
        organ: Organ::Technical,
    };
    let suspended = site.source().switch((&by, now), &clerk, false).await;
    assert!(suspended.is_ok());
    assert!(!opens(3, &known).await, "suspended meanwhile");
    assert!(
        site.source()
            .session(&[3; 32], before)
            .await
            .unwrap()
            .is_none()
    );
}

async fn log_in(site: &Site, number: &str, password: &str) -> Answer {
    let form = format!("number={number}&password={password}");
    site.post("/login?lang=en", &form, &[]).await
}

/// For how many seconds the browser keeps the session that an answer opens.
fn lasts(answer: &Answer) -> u64 {
    let cookies = answer.headers.get_all("set-cookie").into_iter();
    let mut texts = cookies.map(|value| value.to_str().unwrap());
    let session = texts.find(|text| text.starts_with("session=")).unwrap();
    let age = session.split("Max-Age=").nth(1).unwrap();
    age.split(';').next().unwrap().parse().unwrap()
}

/// Half a day for a password of one's own; for one that another has seen, long enough to think of
/// one's own.
#[tokio::test]
async fn a_first_password_opens_a_short_session() {
    let site = Site::at(Stage::Counting(64)).await;
    let own = log_in(&site, number(Role::Clerk).as_str(), PASSWORD).await;
    assert_eq!(lasts(&own), 12 * 60 * 60);
    let administrator = Staff::new(&site, &number(Role::Administrator)).await;
    let form = "number=E-77&role=operations_officer&unit=&locale=en";
    let page = administrator.send("/desk/staff", form).await.body;
    let first = page
        .split("class=\"code secret\" dir=\"ltr\">")
        .nth(1)
        .unwrap();
    let first = first.split('<').next().unwrap();
    assert_eq!(lasts(&log_in(&site, "E-77", first).await), 60 * 60);
}
