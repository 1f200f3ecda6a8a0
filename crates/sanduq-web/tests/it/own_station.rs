//! "Where do I vote?": the right pair finds the station; nothing else tells anything, comes back,
//! or can be tried without end.

use crate::nation::NOT_PLACED;
use crate::nation::Stage;
use crate::nation::sample;
use crate::nation::voter;
use crate::site::Answer;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_web::asset::ASSETS;
use sanduq_web::date::Calendar;
use sanduq_web::language::digits;
use sanduq_web::own_station::NO_SOONER;
use sanduq_web::router::ROUTES;
use sanduq_web::router::Verb;
use sanduq_web::source::Held;
use std::collections::BTreeSet;
use std::time::Instant;

/// Asks with a number and the parts of a date.
async fn ask(site: &Site, number: &str, (day, month, year): (i32, i32, i32)) -> Answer {
    let form = format!("number={number}&day={day}&month={month}&year={year}");
    site.post("/where", &form, &[("cookie", "lang=en")]).await
}

async fn ask_of(site: &Site, at: usize) -> Answer {
    let (number, born) = voter(at);
    let (month, year) = (born.month().into(), born.year().into());
    ask(site, &number, (born.day().into(), month, year)).await
}

/// What a browser is told, but for the time of day.
fn told(answer: &Answer) -> (StatusCode, Vec<(String, String)>, String) {
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap().to_owned();
        (name.to_string(), value)
    });
    (answer.status, headers.collect(), answer.body.clone())
}

#[tokio::test]
async fn the_right_pair_finds_its_station_in_every_language() {
    let site = Site::at(Stage::Counting(64)).await;
    let live = site.live().await;
    let geography = &live.view.snapshot.geography;
    for (at, ix) in geography.stations().enumerate().take(3) {
        let unit = geography.unit(ix);
        let answer = ask_of(&site, at).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.contains(&format!("/unit/{}\"", unit.code)));
        assert!(answer.body.contains(&unit.names.en), "{}", unit.names.en);
        assert!(answer.body.contains("You are on the voter roll"));
    }
    let (number, born) = voter(0);
    for (locale, calendar) in [
        (Locale::Ar, Calendar::Hijri),
        (Locale::Ar, Calendar::Gregorian),
        (Locale::Fa, Calendar::Persian),
        (Locale::Fr, Calendar::Gregorian),
    ] {
        let (year, month, day) = calendar.fields(born);
        let day = digits(&format!("{day}&month={month}&year={year}"), locale);
        let form = format!("number={number}&day={day}");
        let cookie = format!("lang={}", locale.tag());
        let answer = site.post("/where", &form, &[("cookie", &cookie)]).await;
        assert!(
            answer.body.contains("/unit/1-1-1-1\""),
            "{locale:?} {calendar:?}"
        );
    }
    let (number, _) = NOT_PLACED;
    let answer = ask(&site, number, (1, 1, 1990)).await;
    assert!(answer.body.contains("has not been assigned yet"));
}

/// No such number, a date that is not its own, a number of another length: one answer.
#[tokio::test]
async fn a_number_that_nobody_has_and_a_wrong_date_get_the_same_answer_byte_for_byte() {
    let site = Site::at(Stage::Counting(64)).await;
    let (number, _) = voter(5);
    let wrong_date = ask(&site, &number, (2, 2, 1950)).await;
    assert!(wrong_date.body.contains("not together on the voter roll"));
    for other in [
        "888888888888",
        "123456",
        "12345678901234567890",
        NOT_PLACED.0,
    ] {
        let began = Instant::now();
        let none = ask(&site, other, (2, 2, 1950)).await;
        assert!(
            began.elapsed() >= NO_SOONER,
            "no answer of the store comes sooner"
        );
        assert_eq!(told(&none), told(&wrong_date), "{other}");
    }
}

/// Ten at once and no more, whether anybody has the number or not; a right one is none.
#[tokio::test]
async fn a_device_has_few_wrong_tries() {
    let site = Site::at(Stage::Counting(64)).await;
    for number in 0..10 {
        let before = ask_of(&site, number).await;
        assert_eq!(
            before.status,
            StatusCode::OK,
            "a right one takes nothing away"
        );
        let wrong = ask(&site, &format!("8800000000{number}"), (1, 1, 1950)).await;
        assert_eq!(wrong.status, StatusCode::OK);
    }
    let none = ask(&site, "777777777777", (1, 1, 1950)).await;
    assert_eq!(none.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(none.header("retry-after"), "360");
    let (number, _) = voter(7);
    let there = ask(&site, &number, (1, 1, 1950)).await;
    assert_eq!(
        told(&there),
        told(&none),
        "told alike whether the number is there"
    );
    let right = ask_of(&site, 7).await;
    assert_eq!(
        told(&right),
        told(&none),
        "a guess is not told by the limit that it was right"
    );
}

/// Eight questions are before the store at a time; whoever comes then waits two seconds, and is
/// told that it was none of their tries.
#[tokio::test]
async fn a_flood_of_questions_takes_no_more_than_its_part_of_the_store() {
    let site = Site::at(Stage::Counting(64)).await;
    let asking = &site.app().limits().asking;
    assert_eq!(asking.available_permits(), 8);
    let flood = asking.acquire_many(8).await.unwrap();
    let waits = ask_of(&site, 1).await;
    assert_eq!(waits.status, StatusCode::SERVICE_UNAVAILABLE);
    drop(flood);
    assert_eq!(ask_of(&site, 1).await.status, StatusCode::OK);
    assert_eq!(asking.available_permits(), 8, "given back");
}

/// Six wrong dates for one number from wherever; then its owner waits five minutes at most.
#[tokio::test]
async fn a_number_has_few_wrong_dates() {
    let site = Site::at(Stage::Counting(64)).await;
    let (number, _) = voter(7);
    for (number, year) in [(number.as_str(), 1950), ("888888888888", 1960)] {
        let few = if year == 1950 { 6 } else { 4 };
        for day in 1..=few {
            let wrong = ask(&site, number, (day, 1, year)).await;
            assert_eq!(wrong.status, StatusCode::OK);
        }
    }
    let other = Site::at(Stage::Counting(64)).await;
    for day in 1..=6 {
        ask(&other, &number, (day, 1, 1950)).await;
    }
    let waits = ask_of(&other, 7).await;
    assert_eq!(waits.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(waits.header("retry-after"), "300");
    assert_eq!(
        ask_of(&other, 8).await.status,
        StatusCode::OK,
        "another number is answered"
    );
}

#[tokio::test]
async fn nothing_that_was_typed_comes_back() {
    let site = Site::at(Stage::Counting(64)).await;
    let (number, _) = voter(3);
    let mut answers = vec![
        ask_of(&site, 3).await,
        ask(&site, &number, (1, 1, 1951)).await,
    ];
    answers.push(ask(&site, "29x1234567", (31, 2, 1951)).await);
    assert_eq!(answers[2].status, StatusCode::UNPROCESSABLE_ENTITY);
    for answer in &answers {
        for typed in [&*number, "29x1234567", "1951"] {
            assert!(!answer.body.contains(typed), "{typed}: {}", answer.body);
            let headers = format!("{:?}", answer.headers);
            assert!(!headers.contains(typed), "{typed}: {headers}");
        }
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    // What is not even a form says nothing either.
    let bad = site.post("/where", "number=271234567890", &[]).await;
    assert_eq!(bad.status, StatusCode::BAD_REQUEST);
    assert!(!bad.body.contains("271234567890"));
}

/// By POST from our own page, as a page, and in no other way.
#[tokio::test]
async fn there_is_no_door_for_programs() {
    let site = Site::at(Stage::Counting(64)).await;
    let doors: BTreeSet<_> = ROUTES
        .iter()
        .filter(|route| route.path.contains("where"))
        .map(|route| (route.verb == Verb::Post, route.path))
        .collect();
    assert_eq!(doors, BTreeSet::from([(false, "/where"), (true, "/where")]));
    let (number, born) = voter(0);
    let query = format!(
        "number={number}&day={}&month={}&year={}",
        born.day(),
        born.month(),
        born.year()
    );
    let by_address = site.get(&format!("/where?{query}")).await;
    assert!(!by_address.body.contains("/unit/1-1-1-1"));
    assert!(!by_address.body.contains(&number));
    let foreign = [("sec-fetch-site", "cross-site")];
    let mut request = axum::http::Request::post("/where");
    for (name, value) in foreign {
        request = request.header(name, value);
    }
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let sent = site.send(request.body(query.into()).unwrap()).await;
    assert_eq!(sent.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn before_the_freeze_there_is_nothing_to_ask() {
    let held = Held::default();
    let (mut snapshot, entries) = sample(Stage::Dawn);
    snapshot.registered = sanduq_core::count::Registered::new(0);
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let empty = site.get_with("/where", &[("cookie", "lang=en")]).await;
    assert!(empty.body.contains("not closed yet") && !empty.body.contains("<form"));
    for _ in 0..30 {
        let asked = ask_of(&site, 0).await;
        assert_eq!(asked.status, StatusCode::OK, "no try is counted");
        assert!(asked.body.contains("not closed yet"));
    }
}

/// A voter's page and its stylesheet: at most 20 KB, no script, no font, in every state.
#[tokio::test]
async fn a_voter_s_page_is_light() {
    let site = Site::at(Stage::Counting(64)).await;
    let style = ASSETS.iter().find(|(name, ..)| *name == "voter.css");
    let style = style.unwrap().2.as_str();
    assert!(!style.contains("url(") && !style.contains("@font-face") && !style.contains("@import"));
    let mut heaviest = 0;
    for locale in Locale::ALL {
        let cookie = format!("lang={}", locale.tag());
        let headers = [("cookie", &*cookie)];
        let (number, _) = voter(0);
        let right = format!("number={number}&day=27&month=3&year=1985");
        let mut bodies = vec![site.get_with("/where", &headers).await.body];
        for form in [
            &*right,
            "number=1&day=1&month=1&year=1",
            "number=888888&day=1&month=1&year=1950",
        ] {
            bodies.push(site.post("/where", form, &headers).await.body);
        }
        for body in bodies {
            assert!(!body.contains("<script") && !body.contains("sanduq.css"));
            assert!(!body.contains('⟦'), "a sentence is missing: {body}");
            heaviest = heaviest.max(body.len());
        }
    }
    println!("page {heaviest} bytes, stylesheet {} bytes", style.len());
    assert!(
        heaviest + style.len() <= 20 * 1024,
        "{heaviest} + {}",
        style.len()
    );
}
