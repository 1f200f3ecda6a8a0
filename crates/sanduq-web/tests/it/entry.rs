//! Typing sheets: three clerks, one sheet, and everything that may go wrong between them.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::Staff;
use crate::site::number;
use axum::http::StatusCode;
use sanduq_core::geography::Geography;
use sanduq_core::id::ActorId;
use sanduq_core::id::UnitCode;
use sanduq_core::names::Locale;
use sanduq_count::sheet::Sheet;
use sanduq_operations::staff::Role;
use sanduq_web::page::Reader;
use sanduq_web::source::Held;

/// A server at which two more clerks may log in.
async fn desk() -> Site {
    let held = Held::default();
    let (snapshot, entries) = sample(Stage::Counting(64));
    held.put(snapshot, entries);
    for id in ["E-2", "E-3"] {
        let reader = Reader {
            id: ActorId::new(id).unwrap(),
            role: Role::Clerk,
            unit: None,
            locale: Locale::En,
        };
        held.enrol(reader, String::new());
    }
    Site::of(held).await
}

async fn clerk<'s>(site: &'s Site, id: &str) -> Staff<'s> {
    Staff::new(site, &ActorId::new(id).unwrap()).await
}

/// A sheet that waits for its first entry, and two clerks.
async fn received(site: &Site) -> (String, [Staff<'_>; 2]) {
    let path = in_state(site, "received").await;
    (path, [clerk(site, "E-2").await, clerk(site, "E-3").await])
}

/// The path of the first sheet of the sample in a state.
async fn in_state(site: &Site, state: &str) -> String {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let sheet = sheets.find(|sheet| sheet.state.code() == state).unwrap();
    format!("/desk/entry/{}/{}", sheet.key.contest, sheet.key.station)
}

/// What is sent when every line of a page is given this figure.
fn filled(page: &str, figure: impl Fn(&str) -> String) -> String {
    let names = page.split(" name=\"").skip(1);
    let names = names.filter_map(|rest| rest.split('"').next());
    let lines = names.filter(|name| name.starts_with("f-") || name.starts_with("c-"));
    let turn = page.split("name=\"turn\" value=\"").nth(1).unwrap();
    let turn = turn.split('"').next().unwrap();
    let lines: Vec<String> = lines
        .map(|name| format!("{name}={}", figure(name)))
        .collect();
    format!("turn={turn}&{}", lines.join("&"))
}

/// Figures that balance in every check of the form.
fn balanced(name: &str) -> String {
    match name {
        "f-f1" => "200",
        "f-f2" | "f-f4" | "f-f8" | "f-f9" => "100",
        "f-f5" => "150",
        "f-f6" => "50",
        "f-f10" => "90",
        "f-f11" => "6",
        "f-f12" => "4",
        "f-f3" | "f-f7" | "f-left" => "0",
        name if name.starts_with("f-") => "0",
        _ => "SHARE",
    }
    .to_owned()
}

async fn current(site: &Site, path: &str) -> Sheet {
    let live = site.live().await;
    let (contest, station) = path["/desk/entry/".len()..].split_once('/').unwrap();
    let mut sheets = live.view.current_sheets();
    let sheet = sheets.find(|sheet| {
        sheet.key.contest.as_str() == contest && sheet.key.station.as_str() == station
    });
    sheet.unwrap().clone()
}

/// What a clerk sends who shares ninety votes among the choices of a page.
fn honest(page: &str) -> String {
    let sent = filled(page, balanced);
    let choices = sent.matches("SHARE").count() as u64;
    let rest = 90 - (choices - 1) * 10;
    sent.replacen("SHARE", &rest.to_string(), 1)
        .replace("SHARE", "10")
}

#[tokio::test]
async fn two_who_read_the_same_bring_a_sheet_into_the_totals() {
    let site = desk().await;
    let (path, [one, two]) = received(&site).await;
    let page = one.get(&path).await;
    assert!(page.body.contains("First entry"), "{}", page.body);
    let sent = honest(&page.body);
    let answer = one.send(&path, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let told = one.get(answer.header("location")).await;
    assert!(told.body.contains("Another person will now type it"));
    assert_eq!(current(&site, &path).await.state.code(), "first_entered");

    let again = one.get(&path).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("sheet.same_person"), "{}", again.body);
    let again = one
        .send(&path, &sent.replace("turn=first", "turn=second"))
        .await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.body.contains("sheet.same_person"), "{}", again.body);

    let page = two.get(&path).await;
    assert!(page.body.contains("Second entry"));
    assert!(!page.body.contains("value=\"100\"") && !page.body.contains(">100<"));
    // The same figures in other digits are the same figures.
    let sent = sent
        .replace("turn=first", "turn=second")
        .replace("=100", "=%D9%A1%D9%A0%D9%A0");
    let answer = two.send(&path, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let told = two.get(answer.header("location")).await;
    assert!(
        told.body.contains("The sheet is in the totals"),
        "{}",
        told.body
    );
    let sheet = current(&site, &path).await;
    assert_eq!(sheet.state.code(), "accepted");
    let done = two.get(&path).await;
    assert_eq!(done.status, StatusCode::CONFLICT);
    assert!(done.body.contains("sheet.already_received"));
}

#[tokio::test]
async fn only_the_lines_that_differ_are_asked_again_and_nobody_sees_anothers_figures() {
    let site = desk().await;
    let (path, [one, two]) = received(&site).await;
    let sent = honest(&one.get(&path).await.body);
    one.send(&path, &sent).await;
    let slip = sent
        .replace("turn=first", "turn=second")
        .replace("f-f6=50", "f-f6=77003");
    let answer = two.send(&path, &slip).await;
    let told = two.get(answer.header("location")).await;
    assert!(
        told.body.contains("The two entries differ in"),
        "{}",
        told.body
    );
    for own in [&one, &two] {
        assert_eq!(own.get(&path).await.status, StatusCode::CONFLICT);
    }
    let three = clerk(&site, number(Role::Clerk).as_str()).await;
    let page = three.get(&path).await.body;
    assert_eq!(page.matches("class=\"line").count(), 1, "{page}");
    assert!(page.contains("name=\"f-f6\"") && !page.contains("77003"));
    let answer = three.send(&path, "turn=third&f-f6=50").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(current(&site, &path).await.state.code(), "accepted");
}

#[tokio::test]
async fn what_does_not_add_up_is_held_back_and_said_in_words() {
    let site = desk().await;
    let (path, [one, two]) = received(&site).await;
    let page = one.get(&path).await.body;
    let sent = honest(&page).replace("f-f9=100", "f-f9=101");
    one.send(&path, &sent).await;
    let answer = two
        .send(&path, &sent.replace("turn=first", "turn=second"))
        .await;
    let told = two.get(answer.header("location")).await;
    assert!(told.body.contains("held back until both organs decide"));
    assert!(
        told.body.contains("S3 ·") && told.body.contains("S4 ·"),
        "{}",
        told.body
    );
    assert_eq!(current(&site, &path).await.state.code(), "quarantined");
    // Before two have typed the same, nobody is told that it does not add up.
    assert!(!page.contains("S4"));
}

#[tokio::test]
async fn what_cannot_be_saved_comes_back_as_it_was_typed() {
    let site = desk().await;
    let (path, [one, _]) = received(&site).await;
    let sent = honest(&one.get(&path).await.body);
    for (typed, says) in [
        ("12o", "Digits only"),
        ("-5", "No sign"),
        ("1.5", "No decimal point"),
        ("1%D9%A2", "Digits of two scripts"),
        ("9999999999", "No station has so many"),
        ("<b>", "Digits only"),
    ] {
        let answer = one
            .send(&path, &sent.replace("f-f6=50", &format!("f-f6={typed}")))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(answer.body.contains(says), "{typed}: {}", answer.body);
        assert!(
            answer
                .body
                .contains("id=\"f-f5\" name=\"f-f5\" value=\"150\"")
        );
        assert!(!answer.body.contains("<b>"));
        let line = answer.body.split("id=\"f-f6\"").nth(1).unwrap();
        let line = line.split("</div>").next().unwrap();
        assert!(
            line.contains("aria-invalid") && line.contains("autofocus"),
            "{line}"
        );
    }
    let empty = one.send(&path, &sent.replace("f-f6=50", "f-f6=")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("line is empty") && empty.body.contains("name=\"empty\""));
    assert_eq!(current(&site, &path).await.state.code(), "received");
    let confirmed = sent.replace("f-f6=50", "f-f6=") + "&empty=yes";
    let saved = one.send(&path, &confirmed).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

#[tokio::test]
async fn of_two_who_type_at_once_the_later_is_not_made_to_type_again() {
    let site = desk().await;
    let (path, [one, two]) = received(&site).await;
    let sent = honest(&one.get(&path).await.body);
    let warned = two.get(&path).await;
    assert!(
        warned
            .body
            .contains("Somebody else has just opened this sheet")
    );
    one.send(&path, &sent).await;
    let late = two.send(&path, &sent).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.body.contains("save it as the second entry"),
        "{}",
        late.body
    );
    assert!(late.body.contains("name=\"turn\" value=\"second\""));
    assert!(
        late.body
            .contains("id=\"f-f5\" name=\"f-f5\" value=\"150\"")
    );
    let saved = two
        .send(&path, &sent.replace("turn=first", "turn=second"))
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(current(&site, &path).await.state.code(), "accepted");
}

#[tokio::test]
async fn the_number_on_the_paper_opens_the_sheet() {
    let site = desk().await;
    let one = clerk(&site, "E-2").await;
    let found = one
        .get("/desk/entry?station=%D9%A1-%D9%A1-%D9%A1-%D9%A1")
        .await;
    assert_eq!(found.status, StatusCode::OK);
    assert!(
        found.body.contains("/desk/entry/president/1-1-1-1"),
        "{}",
        found.body
    );
    // Without its dashes too, and the first sheet that waits has the focus.
    let short = one
        .get("/desk/entry?station=%D9%A1%D9%A1%D9%A1%D9%A1")
        .await;
    assert!(short.body.contains("/desk/entry/president/1-1-1-1"));
    assert_eq!(short.body.matches("autofocus").count(), 1);
    let (_, list) = short.body.split_once("class=\"worklist\"").unwrap();
    assert!(list.contains(" autofocus"), "{list}");
    for unknown in ["9-9", "1-1", "11", "11-11", "1111-", "%3Cb%3E", "%FF"] {
        let answer = one.get(&format!("/desk/entry?station={unknown}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{unknown}");
        assert!(!answer.body.contains("<b>"));
        assert!(
            !answer.body.contains("Which sheet of this station?"),
            "{unknown}"
        );
    }
    let answer = one.get("/desk/entry?station=9-9").await;
    assert!(answer.body.contains("No station has the number"));
    for missing in ["/desk/entry/president/1-1", "/desk/entry/nothing/1-1-1-1"] {
        assert_eq!(
            one.get(missing).await.status,
            StatusCode::NOT_FOUND,
            "{missing}"
        );
        let saved = one.send(missing, "turn=first").await;
        assert_eq!(saved.status, StatusCode::NOT_FOUND, "{missing}");
    }
}

#[tokio::test]
async fn of_two_stations_with_the_same_digits_neither_is_guessed() {
    let (mut snapshot, _) = sample(Stage::Dawn);
    let twin = UnitCode::new("11-1-1").unwrap();
    let mut units = snapshot.geography.units().to_vec();
    let station = units
        .iter_mut()
        .find(|unit| unit.code.as_str() == "1-1-1-2");
    station.unwrap().code = twin.clone();
    let levels = snapshot.geography.levels().to_vec();
    snapshot.geography = Geography::new(levels, units).unwrap();
    snapshot.days.clear();
    snapshot.sheets.clear();
    let held = Held::default();
    held.put(snapshot, Vec::new());
    let site = Site::of(held).await;
    let one = Staff::new(&site, &number(Role::Clerk)).await;
    for (typed, found) in [("1111", false), ("1-1-1-1", true), ("11-1-1", true)] {
        let page = one.get(&format!("/desk/entry?station={typed}")).await;
        let listed = page.body.contains("/desk/entry/president/");
        assert_eq!(listed, found, "{typed}");
    }
}

#[tokio::test]
async fn clerks_who_ask_for_work_get_different_sheets_and_never_their_own() {
    let site = desk().await;
    let (_, [one, two]) = received(&site).await;
    let mut given = Vec::new();
    for clerk in [&one, &two] {
        let answer = clerk.get("/desk/entry/next").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        given.push(answer.header("location").to_owned());
    }
    assert_ne!(given[0], given[1]);
    for path in given {
        assert!(path.starts_with("/desk/entry/"), "{path}");
        assert_eq!(one.get(&path).await.status, StatusCode::OK, "{path}");
    }
}

#[tokio::test]
async fn what_came_as_data_and_was_sent_back_is_typed_as_its_next_version() {
    let (mut snapshot, entries) = sample(Stage::Counting(64));
    snapshot.days.clear();
    let held = Held::default();
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let path = in_state(&site, "returned").await;
    let one = clerk(&site, number(Role::Clerk).as_str()).await;
    let sent = honest(&one.get(&path).await.body);
    let answer = one.send(&path, &sent).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let sheet = current(&site, &path).await;
    assert_eq!((sheet.version, sheet.state.code()), (2, "first_entered"));
}
