//! The head of a station: the day on record step by step, each no beside its box, the same thing
//! sent twice, and another station that stays closed to them.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::Staff;
use axum::http::StatusCode;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_operations::staff::Role;
use sanduq_web::page::Reader;
use sanduq_web::source::Held;

/// A server at a stage, with the heads of these stations.
async fn headed(stage: Stage, heads: &[(&str, Option<&str>)]) -> Site {
    let held = Held::default();
    let (snapshot, entries) = sample(stage);
    held.put(snapshot, entries);
    for (id, station) in heads {
        let reader = Reader {
            id: ActorId::new(id).unwrap(),
            role: Role::StationHead,
            unit: station.map(|code| UnitCode::new(code).unwrap()),
            locale: Locale::En,
        };
        held.enrol(reader, String::new());
    }
    Site::of(held).await
}

async fn head<'s>(site: &'s Site, id: &str) -> Staff<'s> {
    Staff::new(site, &ActorId::new(id).unwrap()).await
}

const OPENING: &str = "head=yes&sealed=yes&seals=A-17+B-4&ballots=500&agents=6";

/// Each no of an opening stands beside its box.
async fn refused_beside(one: &Staff<'_>, path: &str) {
    let (unread, no) = (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::CONFLICT);
    for (right, wrong, status, beside) in [
        ("ballots=500", "ballots=5o0", unread, "id=\"ballots-says\""),
        ("agents=6", "agents=", unread, "id=\"agents-says\""),
        ("head=yes", "", no, "id=\"head-says\""),
        ("sealed=yes", "", no, "id=\"sealed-says\""),
        ("A-17+B-4", "+", no, "id=\"seals-says\""),
        ("A-17+B-4", "A-17+A-17", no, "id=\"seals-says\""),
        ("ballots=500", "ballots=0", no, "id=\"ballots-says\""),
    ] {
        let answer = one.send(path, &OPENING.replace(right, wrong)).await;
        assert_eq!(answer.status, status, "{wrong}");
        assert_eq!(answer.body.matches("class=\"says\"").count(), 1, "{wrong}");
        assert!(answer.body.contains(beside), "{wrong}: {}", answer.body);
    }
}

#[tokio::test]
async fn a_station_opens_with_its_record_and_each_no_stands_beside_its_box() {
    let site = headed(Stage::Polling(9), &[("H-1", Some("2-3-1-1"))]).await;
    let one = head(&site, "H-1").await;
    let desk = one.get("/desk").await;
    assert!(
        desk.body.contains("href=\"/desk/station\""),
        "{}",
        desk.body
    );
    let to = one.get("/desk/station").await;
    assert_eq!(to.header("location"), "/desk/station/2-3-1-1");
    let day = one.get("/desk/station/2-3-1-1").await;
    let next = "class=\"door first\" href=\"/desk/station/2-3-1-1/opening\"";
    assert!(day.body.contains(next), "{}", day.body);
    let path = "/desk/station/2-3-1-1/opening";
    refused_beside(&one, path).await;
    // The same digits in another script are the same record.
    let sent = OPENING.replace("500", "%D9%A5%D9%A0%D9%A0");
    let answer = one.send(path, &sent).await;
    assert_eq!(answer.header("location"), format!("{path}?done=recorded"));
    let shown = one.get(answer.header("location")).await;
    for text in [
        "A-17 · B-4",
        "500",
        "Recorded at \u{2068}09:12",
        "href=\"/journal/",
    ] {
        assert!(shown.body.contains(text), "{text}: {}", shown.body);
    }
    let again = one.send(path, OPENING).await;
    assert_eq!(again.header("location"), format!("{path}?done=already"));
    let other = one.send(path, &OPENING.replace("500", "501")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(
        other
            .body
            .contains("Another device of the station was first")
    );
    assert!(other.body.contains("A-17 · B-4"), "what stands is shown");
}

#[tokio::test]
async fn before_the_hour_each_screen_says_when() {
    let site = headed(Stage::Dawn, &[("H-1", Some("1-1-1-1"))]).await;
    let one = head(&site, "H-1").await;
    for (step, says) in [
        ("opening", "The station opens at \u{2068}08:00"),
        ("hours", "Record the opening first"),
        ("closing", "Record the opening first"),
        ("sheet", "The sheet comes after the close"),
    ] {
        let path = format!("/desk/station/1-1-1-1/{step}");
        let page = one.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains(says), "{step}: {}", page.body);
        assert!(!page.body.contains("form class=\"kept\""), "{step}");
    }
    let early = one.send("/desk/station/1-1-1-1/opening", OPENING).await;
    assert_eq!(early.status, StatusCode::CONFLICT);
    let early = one.get("/desk/station/1-1-1-1/sheet/president").await;
    assert!(early.body.contains("sheet.station_never_opened"));
}

#[tokio::test]
async fn an_hour_is_cumulative_and_the_first_of_two_devices_stands() {
    let site = headed(Stage::Polling(14), &[("H-1", Some("3-1-2-2"))]).await;
    let one = head(&site, "H-1").await;
    let path = "/desk/station/3-1-2-2/hours";
    let page = one.get(path).await.body;
    assert!(page.contains("value=\"13\"") && page.contains("value=\"14\" checked"));
    assert!(!page.contains("value=\"12\""), "{page}");
    let report =
        |hour: u8, came: &str, voted: &str| format!("hour={hour}&came={came}&voted={voted}");
    for (sent, status, beside) in [
        (report(14, "", "5"), 422, "id=\"came-says\""),
        (report(14, "-5", "5"), 422, "id=\"came-says\""),
        (report(14, "600", "5.5"), 422, "id=\"voted-says\""),
        (report(14, "1", "1"), 409, "id=\"came-says\""),
        (report(14, "500", "501"), 409, "id=\"voted-says\""),
        (report(14, "90000", "80000"), 409, "id=\"voted-says\""),
        (report(15, "600", "590"), 409, "The hour is not over"),
        (report(12, "600", "590"), 409, "has been reported"),
    ] {
        let answer = one.send(path, &sent).await;
        assert_eq!(answer.status.as_u16(), status, "{sent}");
        assert!(answer.body.contains(beside), "{sent}: {}", answer.body);
    }
    let answer = one
        .send(path, &report(13, "%DB%B6%DB%B0%DB%B0", "590"))
        .await;
    assert_eq!(
        answer.header("location"),
        format!("{path}?done=recorded"),
        "{}",
        answer.body
    );
    let again = one.send(path, &report(13, "600", "590")).await;
    assert_eq!(again.header("location"), format!("{path}?done=already"));
    let other = one.send(path, &report(13, "601", "590")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert!(
        other
            .body
            .contains("Another device of the station was first")
    );
    assert!(
        other.body.contains("<td class=\"number\">600</td>"),
        "{}",
        other.body
    );
}

/// What is sent when every line of a page is given a figure.
fn filled(page: &str, choices: u64) -> String {
    let names = page.split(" name=\"").skip(1);
    let names = names.filter_map(|rest| rest.split('"').next());
    let mut left = choices;
    let line = |name: &str| match name {
        "f-f1" => Some("200".to_owned()),
        "f-f2" | "f-f4" | "f-f8" | "f-f9" => Some("100".to_owned()),
        "f-f5" => Some("150".to_owned()),
        "f-f6" => Some("50".to_owned()),
        "f-f10" => Some("90".to_owned()),
        "f-f11" => Some("6".to_owned()),
        "f-f12" => Some("4".to_owned()),
        name if name.starts_with("f-") => Some("0".to_owned()),
        name if name.starts_with("c-") => Some(core::mem::take(&mut left).to_string()),
        _ => None,
    };
    let mut line = line;
    let pairs = names.filter_map(|name| Some(format!("{name}={}", line(name)?)));
    pairs.collect::<Vec<_>>().join("&")
}

const LAST: &str = "/desk/station/4-4-2-2";

#[tokio::test]
async fn exactly_those_in_line_vote_then_the_station_closes() {
    let heads = [("H-1", Some("4-4-2-2")), ("H-2", Some("1-1-1-1"))];
    let site = headed(Stage::Closing, &heads).await;
    let one = head(&site, "H-1").await;
    let path = format!("{LAST}/closing");
    let recorded = format!("{path}?done=recorded");
    let sent = async |body: &str| one.send(&path, body).await;
    for (body, status, says) in [
        ("act=used&token=1", 409, "No line has been counted"),
        ("act=count&waiting=", 422, "id=\"waiting-says\""),
        ("act=count&waiting=801", 409, "id=\"waiting-says\""),
    ] {
        let answer = sent(body).await;
        assert_eq!(answer.status.as_u16(), status, "{body}");
        assert!(answer.body.contains(says), "{body}: {}", answer.body);
    }
    assert_eq!(
        sent("act=count&waiting=3").await.header("location"),
        recorded
    );
    assert!(one.get(&path).await.body.contains("Tokens issued"));
    let early = sent("act=close").await;
    assert!(early.body.contains("Tokens still wait"), "{}", early.body);
    assert_eq!(
        sent("act=used&token=1&last=2").await.header("location"),
        recorded
    );
    for (body, says) in [
        ("act=void&token=2", "is on record already"),
        ("act=used&token=4", "No such token was issued"),
        ("act=count&waiting=4", "The line has been counted"),
    ] {
        let answer = sent(body).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{body}");
        assert!(answer.body.contains(says), "{body}: {}", answer.body);
    }
    let again = sent("act=used&token=1").await;
    assert_eq!(again.header("location"), format!("{path}?done=already"));
    sent("act=void&token=3").await;
    assert_eq!(sent("act=close").await.header("location"), recorded);
    let late = sent("act=used&token=3").await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    site.live().await;
    let journal = site
        .get_with("/journal", &[("cookie", "lang=en")])
        .await
        .body;
    for sentence in ["in line at station", "used, ", " stations closed"] {
        assert!(journal.contains(sentence), "{sentence}: {journal}");
    }
}

/// A station whose line is empty closes in one step.
#[tokio::test]
async fn nobody_in_line_is_one_step() {
    let site = headed(Stage::Closing, &[("H-1", Some("4-4-2-2"))]).await;
    let one = head(&site, "H-1").await;
    let closed = one
        .send(&format!("{LAST}/closing"), "act=count&waiting=0")
        .await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    let page = one.get(&format!("{LAST}/closing")).await.body;
    assert!(
        page.contains("Closed at") && !page.contains("Tokens issued"),
        "{page}"
    );
}

/// What is no explanation, or would tell votes, is sent back.
async fn explained_or_not(one: &Staff<'_>, (path, wrong): (&str, &str)) {
    for (text, says) in [
        ("", "Say why the figures do not add up"),
        ("they+got+77003", "Write no figures"),
        ("%D9%A7%D9%A7%D9%AC%D9%A0%D9%A0%D9%A3", "Write no figures"),
        ("got+1+385", "Write no figures"),
        ("torn%E2%80%AE", "U+202E · 5"),
        (&"x".repeat(1001), "Characters at most: "),
    ] {
        let no = one.send(path, &format!("{wrong}&explanation={text}")).await;
        assert_eq!(no.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(no.body.contains(says), "{text}: {}", no.body);
    }
}

/// The head types first and explains what does not add up; the centre types second, blind; nothing
/// of the figures is shown to anybody while the contest is locked.
#[tokio::test]
async fn what_does_not_add_up_is_explained_and_the_lock_holds() {
    let site = headed(Stage::Closing, &[("H-1", Some("4-4-2-2"))]).await;
    let one = head(&site, "H-1").await;
    let path = format!("{LAST}/sheet/president");
    let early = one.get(&path).await;
    assert!(
        early.body.contains("sheet.station_not_closed"),
        "{}",
        early.body
    );
    one.send(&format!("{LAST}/closing"), "act=count&waiting=0")
        .await;
    let list = one.get(&format!("{LAST}/sheet")).await.body;
    assert!(list.contains(&format!("href=\"{path}\"")), "{list}");
    let page = one.get(&path).await.body;
    let wrong = filled(&page, 77_003);
    let slip = one.send(&path, &wrong.replace("=200", "=2x")).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(slip.body.contains("class=\"line slip\""), "{}", slip.body);
    let empty = one.send(&path, &wrong.replace("=200", "=")).await;
    assert!(empty.body.contains("id=\"empty\""), "{}", empty.body);
    let asked = one.send(&path, &wrong).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(asked.body.contains("class=\"fails\"") && asked.body.contains("77003"));
    explained_or_not(&one, (&path, &wrong)).await;
    let sent = format!("{wrong}&explanation=Two+papers+were+torn");
    let done = one.send(&path, &sent).await;
    let recorded = format!("{LAST}/sheet?done=recorded");
    assert_eq!(done.header("location"), recorded, "{}", done.body);
    let again = one.send(&path, &sent).await;
    assert_eq!(
        again.header("location"),
        format!("{LAST}/sheet?done=already")
    );
    let other = one.send(&path, &sent.replace("77003", "77004")).await;
    assert_eq!(other.status, StatusCode::CONFLICT);
    assert_eq!(one.get(&path).await.status, StatusCode::CONFLICT);

    site.live().await;
    let clerk = site.session(Role::Clerk).await;
    let clerk = [("cookie", clerk.as_str())];
    let second = site.get_with("/desk/entry/president/4-4-2-2", &clerk).await;
    assert!(second.body.contains("value=\"second\""), "{}", second.body);
    let public = site.get("/sheet/president/4-4-2-2").await;
    let journal = site.get("/journal.json").await;
    let list = one.get(&format!("{LAST}/sheet")).await;
    assert!(
        journal.body.contains("Two papers were torn"),
        "{}",
        journal.body
    );
    for page in [second, public, journal, list] {
        for figure in ["77003", "77,003", "٧٧٬٠٠٣", "77\u{202f}003"] {
            assert!(!page.body.contains(figure), "{figure}: {}", page.body);
        }
    }
}

#[tokio::test]
async fn a_head_has_one_station_and_no_other() {
    let heads = [("H-1", Some("4-4-2-2")), ("H-0", None)];
    let site = headed(Stage::Closing, &heads).await;
    let one = head(&site, "H-1").await;
    for station in ["1-1-1-1", "4-4-2-1", "4-4-2", "nowhere"] {
        for step in [
            "",
            "/opening",
            "/hours",
            "/closing",
            "/sheet",
            "/sheet/president",
        ] {
            let path = format!("/desk/station/{station}{step}");
            let answer = one.get(&path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            assert!(answer.body.contains("web.other_station"), "{path}");
            if !matches!(step, "" | "/sheet") {
                let answer = one.send(&path, "act=close&hour=19&came=1&voted=1").await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
            }
        }
    }
    let none = head(&site, "H-0").await;
    for path in [
        "/desk/station",
        "/desk/station/4-4-2-2",
        "/desk/station/4-4-2-2/closing",
    ] {
        assert!(
            none.get(path).await.body.contains("web.no_station"),
            "{path}"
        );
    }
    let gone = one.send("/logout", "").await;
    assert_eq!(gone.header("clear-site-data"), "\"storage\"");
}
