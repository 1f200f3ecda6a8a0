//! What every page must be: whole, small, in the reader's language and digits, and the same figures
//! in every form.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use crate::site::crawl;
use axum::http::StatusCode;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use serde_json::Value;

/// A page without its script weighs no more than this (bytes, before compression).
const HEAVIEST: usize = 50 * 1024;

#[tokio::test]
async fn every_link_leads_somewhere_and_every_page_is_whole() {
    for (stage, locale) in [
        (Stage::Dawn, Locale::Ar),
        (Stage::Polling(11), Locale::Fr),
        (Stage::Counting(64), Locale::Fa),
        (Stage::Complete, Locale::Ar),
        (Stage::Complete, Locale::En),
    ] {
        let site = Site::at(stage).await;
        let turned = if matches!(locale, Locale::Ar | Locale::Fa) {
            "rtl"
        } else {
            "ltr"
        };
        let head = format!("<html lang=\"{}\" dir=\"{turned}\">", locale.tag());
        let starts = ["/", "/board", "/wall", "/components", "/login"];
        for (path, answer) in crawl(&site, locale, &starts).await {
            let staff_only = path == "/desk";
            assert!(
                answer.status == StatusCode::OK || staff_only,
                "{path} {}",
                answer.status
            );
            assert!(
                !answer.body.contains('⟦'),
                "{path} lacks a sentence: {}",
                answer.body
            );
            let kind = answer.header("content-type");
            if kind.starts_with("text/html") {
                assert!(answer.body.contains(&head), "{path}");
                assert!(
                    answer.body.len() <= HEAVIEST,
                    "{path} weighs {}",
                    answer.body.len()
                );
                assert!(
                    !answer.body.contains(" style="),
                    "{path} has a style of its own"
                );
                assert!(answer.body.ends_with("</html>\n") || answer.body.ends_with("</html>"));
            }
        }
    }
}

#[tokio::test]
async fn every_page_of_figures_carries_its_snapshot() {
    let site = Site::at(Stage::Counting(64)).await;
    let (snapshot, _) = sample(Stage::Counting(64));
    for path in [
        "/",
        "/unit/1-1",
        "/contests",
        "/board",
        "/wall",
        "/board/needs/wahat.json",
        "/board/needs/wahat.csv",
        "/journal",
        "/sheet/president/1-1-1-1",
    ] {
        let answer = site.get(path).await;
        assert!(answer.body.contains(&snapshot.id()), "{path}");
    }
    for path in [
        "/index.json",
        "/index.csv",
        "/unit/1-1.json",
        "/board.json",
        "/contests.csv",
    ] {
        assert!(site.get(path).await.body.contains(&snapshot.id()), "{path}");
    }
}

#[tokio::test]
async fn the_reader_chooses_the_language_once() {
    let site = Site::at(Stage::Counting(64)).await;
    for (locale, direction, digits) in [
        (Locale::Ar, "rtl", "٢٠٢٧"),
        (Locale::Fa, "rtl", "۱۴۰۵"),
        (Locale::Fr, "ltr", "2027"),
        (Locale::En, "ltr", "2027"),
    ] {
        let tag = locale.tag();
        let chosen = site.get(&format!("/?lang={tag}")).await;
        let head = format!("<html lang=\"{tag}\" dir=\"{direction}\">");
        assert!(
            chosen.body.contains(&head) && chosen.body.contains(digits),
            "{tag}"
        );
        let cookie = chosen
            .header("set-cookie")
            .split(';')
            .next()
            .unwrap()
            .to_owned();
        let next = site.get_with("/contests", &[("cookie", &cookie)]).await;
        assert!(next.body.contains(&head), "{tag} is kept");
    }
    let browser = site
        .get_with("/", &[("accept-language", "fr-TN,fr;q=0.9")])
        .await;
    assert!(browser.body.contains("<html lang=\"fr\""));
    assert!(
        browser.header("set-cookie").is_empty(),
        "nothing was chosen"
    );
}

#[tokio::test]
async fn one_handler_gives_the_same_figures_in_every_form() {
    let site = Site::at(Stage::Complete).await;
    let json: Value = serde_json::from_str(&site.get("/index.json").await.body).unwrap();
    let voted = json["unit"]["voted"].as_u64().unwrap();
    let page = site.get("/?lang=en").await.body;
    assert!(page.contains(&sanduq_core::text::localised(voted, Locale::En)));
    let csv = site.get("/index.csv").await.body;
    let mut lines = csv.lines();
    let column = lines
        .next()
        .unwrap()
        .split(',')
        .position(|name| name == "voted")
        .unwrap();
    let sum: u64 = lines
        .map(|line| line.split(',').nth(column).unwrap().parse::<u64>().unwrap())
        .sum();
    assert_eq!(sum, voted, "the provinces add up to the nation");
    let contests = json["contests"].as_array().unwrap();
    let votes = contests[0]["votes"].as_array().unwrap();
    for choice in votes {
        let votes = choice["votes"].as_u64().unwrap();
        let shown = sanduq_core::text::localised(votes, Locale::En);
        assert!(page.contains(&shown), "{shown} of {choice}");
    }
}

#[tokio::test]
async fn the_units_of_every_level_add_up() {
    let site = Site::at(Stage::Counting(64)).await;
    let (snapshot, _) = sample(Stage::Counting(64));
    for unit in snapshot
        .geography
        .units()
        .iter()
        .filter(|unit| unit.level < 4)
    {
        let path = format!("/unit/{}.json", unit.code);
        let json: Value = serde_json::from_str(&site.get(&path).await.body).unwrap();
        for figure in ["registered", "came", "voted", "stations", "opened"] {
            let below = json["below"].as_array().unwrap().iter();
            let sum: u64 = below.map(|unit| unit[figure].as_u64().unwrap()).sum();
            assert_eq!(json["unit"][figure].as_u64(), Some(sum), "{path} {figure}");
        }
    }
}

#[tokio::test]
async fn a_sheet_shows_both_sides_of_every_check() {
    let site = Site::at(Stage::Counting(64)).await;
    let (snapshot, _) = sample(Stage::Counting(64));
    let held = snapshot
        .sheets
        .iter()
        .find(|sheet| sheet.state.code() == "quarantined")
        .unwrap();
    let path = format!("/sheet/{}/{}", held.key.contest, held.key.station);
    let json: Value = serde_json::from_str(&site.get(&format!("{path}.json")).await.body).unwrap();
    let checks = json["versions"][0]["figures"]["checks"].as_array().unwrap();
    let failing: Vec<_> = checks
        .iter()
        .filter(|check| check["holds"] == false)
        .collect();
    assert_eq!(failing.len(), 1, "S5: ten votes too many");
    let (left, right) = (
        failing[0]["left"].as_i64().unwrap(),
        failing[0]["right"].as_i64().unwrap(),
    );
    assert_eq!(left, right + 10);
    let page = site.get(&format!("{path}?lang=en")).await.body;
    for side in [left, right] {
        let shown = sanduq_core::text::localised(side.try_into().unwrap(), Locale::En);
        assert!(page.contains(&format!("<b>{shown}</b>")), "{shown}");
    }
    assert!(page.contains("class=\"fails\"") && page.contains("class=\"holds\""));
}

#[tokio::test]
async fn headers_forbid_what_no_page_needs() {
    let site = Site::at(Stage::Counting(64)).await;
    for path in [
        "/",
        "/board",
        "/nowhere",
        "/desk",
        "/assets/sanduq.css",
        "/index.json",
    ] {
        let answer = site.get(path).await;
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[tokio::test]
async fn before_an_event_is_called_the_site_says_so() {
    let site = Site::of(sanduq_web::source::Held::default()).await;
    for path in ["/", "/board", "/wall", "/contests", "/journal", "/unit/1"] {
        let answer = site.get(&format!("{path}?lang=en")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert!(answer.body.contains("web.no_event"), "{path}");
        assert!(!answer.body.contains('⟦'), "{path}");
    }
    assert_eq!(site.get("/login").await.status, StatusCode::OK);
    assert_eq!(site.get("/components").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_no_has_a_code_and_a_page_in_four_languages() {
    let site = Site::at(Stage::Counting(64)).await;
    for (path, code) in [
        ("/unit/nowhere", "web.not_found"),
        ("/sheet/president/1-1", "web.not_found"),
        ("/sheet/nothing/1-1-1-1", "web.not_found"),
        ("/sheet/president/1-1-1-1/99", "web.not_found"),
        ("/sheet/president/1-1-1-1/x", "web.not_found"),
        ("/journal/999999", "web.not_found"),
        ("/nowhere", "web.not_found"),
        ("/board/station/64", "web.not_found"),
        ("/board/station/x", "web.not_found"),
        ("/board/needs/nowhere", "web.not_found"),
        ("/unit/%ff", "web.not_found"),
        ("/sheet/president/%c3%28", "web.not_found"),
        ("/sheet/%80/1-1-1-1/1", "web.not_found"),
        ("/journal/%ff", "web.not_found"),
        ("/refusal/%ff", "web.not_found"),
        ("/assets/%ff", "web.not_found"),
        ("/%ff", "web.not_found"),
        ("/desk", "web.not_logged_in"),
    ] {
        for locale in Locale::ALL {
            let answer = site.get(&format!("{path}?lang={}", locale.tag())).await;
            assert!(answer.status.is_client_error(), "{path}");
            assert!(answer.body.contains(code), "{path}: {}", answer.body);
            assert!(
                answer.body.contains(&format!("lang=\"{}\"", locale.tag())),
                "{path}"
            );
            assert!(!answer.body.contains('⟦'), "{path}");
        }
    }
}

#[tokio::test]
async fn the_tag_of_an_answer_is_the_digest_of_its_bytes() {
    let site = Site::at(Stage::Counting(64)).await;
    for path in ["/", "/index.json", "/index.csv", "/assets/sanduq.css"] {
        let answer = site.get(path).await;
        let digest = Hash::of_bytes(answer.body.as_bytes());
        let tag = format!("W/\"{digest}\"");
        assert_eq!(answer.header("etag"), tag, "{path}");
        for (known, status) in [
            (tag.as_str(), StatusCode::NOT_MODIFIED),
            (&format!("\"x\", {tag}"), StatusCode::NOT_MODIFIED),
            ("*", StatusCode::NOT_MODIFIED),
            ("\"x\"", StatusCode::OK),
        ] {
            let again = site.get_with(path, &[("if-none-match", known)]).await;
            assert_eq!(again.status, status, "{path} {known}");
            assert_eq!(again.header("etag"), tag, "{path} {known}");
        }
    }
}
