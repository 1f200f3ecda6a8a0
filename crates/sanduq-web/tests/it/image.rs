//! Images of sheets: who sends them, what is refused beside its box, what everybody sees, and what
//! nobody sees before the contest is released.

use crate::drawing;
use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Answer;
use crate::site::Site;
use crate::site::number;
use axum::body::Body;
use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::http::Request;
use axum::http::StatusCode;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_count::image::LONGEST;
use sanduq_count::image::Picture;
use sanduq_count::image::Taken;
use sanduq_count::image::clean;
use sanduq_count::image::takes;
use sanduq_count::publication::digest;
use sanduq_count::sheet::Figures;
use sanduq_count::sheet::Paper;
use sanduq_count::sheet::SheetKey;
use sanduq_count::sheet::SheetState;
use sanduq_operations::staff::Role;
use sanduq_web::source::Held;
use std::collections::BTreeSet;
use tower::ServiceExt;

/// The paper of a sheet of the sample as a picture.
pub fn picture(key: &SheetKey) -> Vec<u8> {
    let (snapshot, _) = sample(Stage::Complete);
    let mut contests = snapshot.contests.iter();
    let entry = contests.find(|entry| entry.contest.code == key.contest);
    let paper = Paper::new(&snapshot.forms[0].0, &entry.unwrap().contest);
    drawing::sheet(&paper, key, &Figures::default())
}

/// A form with a file, as browsers send it.
fn form(name: &str, file: &[u8]) -> Vec<u8> {
    let head = format!(
        "--frontier\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"GPS me.txt\"\r\n\
         Content-Type: text/plain\r\n\r\n"
    );
    [head.as_bytes(), file, b"\r\n--frontier--\r\n"].concat()
}

const MULTIPART: &str = "multipart/form-data; boundary=frontier";

async fn sent(site: &Site, role: Role, path: &str, body: Vec<u8>) -> Answer {
    let cookie = format!("{}; lang=en", site.session(role).await);
    let request = Request::post(path)
        .header("content-type", MULTIPART)
        .header("sec-fetch-site", "same-origin")
        .header("cookie", cookie);
    site.send(request.body(Body::from(body)).unwrap()).await
}

async fn seen(site: &Site, role: Role, path: &str) -> Answer {
    let cookie = format!("{}; lang=en", site.session(role).await);
    site.get_with(path, &[("cookie", &cookie)]).await
}

/// The bytes at an address.
async fn bytes(site: &Site, path: &str, tag: &str) -> (StatusCode, HeaderMap, Bytes) {
    let request = Request::get(path).header("if-none-match", tag);
    let request = request.body(Body::empty()).unwrap();
    let (head, body) = site.router().oneshot(request).await.unwrap().into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    (head.status, head.headers, body)
}

/// A sheet in this state.
async fn in_state(site: &Site, state: &str) -> SheetKey {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let own = sheets.find(|sheet| sheet.state.code() == state);
    own.unwrap().key.clone()
}

/// The page on which the head of the sheet's station sends images of it.
fn at_station(key: &SheetKey) -> String {
    format!("/desk/station/{}/image/{}", key.station, key.contest)
}

fn at_centre(key: &SheetKey) -> String {
    format!("/desk/image/{}/{}", key.contest, key.station)
}

/// The picture of a sheet as it is kept.
pub fn clean_picture(key: &SheetKey) -> Picture {
    clean(&picture(key)).unwrap()
}

/// The digest of an image that everybody may see.
pub async fn imaged(site: &Site) -> String {
    let live = site.live().await;
    let mut sheets = live.view.current_sheets();
    let open = sheets.find(|sheet| takes(sheet.state.code())).unwrap();
    let picture = clean_picture(&open.key);
    let by = Actor {
        id: number(Role::Clerk),
        organ: Organ::Executive,
    };
    let act = (&by, live.view.snapshot.at, Taken::Centre);
    let done = site.source().add_image(&open.key, &picture, act).await;
    assert!(done.is_ok());
    picture.file.digest
}

#[tokio::test]
async fn the_head_sends_an_image_and_everybody_sees_it() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let (sheet, path) = (
        format!("/sheet/{}/{}", key.contest, key.station),
        at_station(&key),
    );
    let before = site.get(&format!("{sheet}?lang=en")).await;
    assert!(before.body.contains("No image of this sheet is on record"));
    let form_page = seen(&site, Role::StationHead, &path).await;
    assert!(form_page.body.contains("enctype=\"multipart/form-data\""));
    assert!(form_page.body.contains("capture=\"environment\""));
    let paper = picture(&key);
    let answer = sent(&site, Role::StationHead, &path, form("picture", &paper)).await;
    assert_eq!(answer.header("location"), format!("{path}?done=recorded"));
    let again = sent(&site, Role::StationHead, &path, form("picture", &paper)).await;
    assert_eq!(again.header("location"), format!("{path}?done=already"));
    let own = seen(&site, Role::StationHead, &format!("{path}?done=recorded")).await;
    assert!(own.body.contains("The image is on record"), "{}", own.body);
    assert!(own.body.contains(" · PNG · "), "{}", own.body);
    assert!(!own.body.contains("<img"), "whoever types sees no picture");
    site.live().await;
    let name = digest(&paper);
    let shown = site.get(&format!("{sheet}?lang=en")).await;
    let address = format!("/image/{name}.png");
    for text in [
        &format!("src=\"{address}\""),
        &name,
        "alt=\"Photograph or scan of",
    ] {
        assert!(shown.body.contains(text), "{text}: {}", shown.body);
    }
    let json = site.get(&format!("{sheet}.json")).await.body;
    let told = format!("\"digest\":\"{name}\",\"href\":\"{address}\"");
    assert!(json.contains(&told), "{json}");
}

#[tokio::test]
async fn a_picture_is_served_as_a_picture_and_kept_by_whoever_has_it() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let paper = picture(&key);
    sent(
        &site,
        Role::Clerk,
        &at_centre(&key),
        form("picture", &paper),
    )
    .await;
    let name = digest(&paper);
    let address = format!("/image/{name}.png");
    let (status, headers, kept) = bytes(&site, &address, "").await;
    assert_eq!((status, &kept[..]), (StatusCode::OK, &paper[..]));
    for (header, value) in [
        ("content-type", "image/png"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "public, max-age=31536000, immutable"),
        (
            "content-security-policy",
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
    ] {
        assert_eq!(headers[header], value, "{header}");
    }
    let (status, _, body) = bytes(&site, &address, &format!("\"{name}\"")).await;
    assert_eq!((status, body.len()), (StatusCode::NOT_MODIFIED, 0));
    for wrong in [
        format!("/image/{name}.jpg"),
        format!("/image/{name}"),
        "/image/x.png".to_owned(),
        format!("/image/{}.png", digest(b"nothing")),
    ] {
        assert_eq!(
            site.get(&wrong).await.status,
            StatusCode::NOT_FOUND,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn each_no_stands_beside_the_box_and_nothing_is_kept() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let path = at_centre(&key);
    let paper = picture(&key);
    let cut = paper[..paper.len() - 20].to_vec();
    let mut long = paper.clone();
    long.resize(LONGEST + 1, 0);
    for (name, body, code) in [
        ("another box", form("other", &paper), "No file was sent"),
        ("nothing chosen", form("picture", b""), "No file was sent"),
        (
            "a page",
            form("picture", b"<script>"),
            "neither JPEG nor PNG",
        ),
        ("cut off", form("picture", &cut), "damaged or cut off"),
        ("too long", form("picture", &long), "more than 6 MiB"),
        (
            "far too long",
            form("picture", &vec![0; 25 << 20]),
            "more than 6 MiB",
        ),
    ] {
        let answer = sent(&site, Role::Clerk, &path, body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains("id=\"picture-says\""), "{name}");
        assert!(answer.body.contains(code), "{name}: {}", answer.body);
    }
    // A line that breaks, and a form that is none.
    let mut broken = form("picture", &paper);
    broken.truncate(5000);
    let answer = sent(&site, Role::Clerk, &path, broken).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let cookie = site.session(Role::Clerk).await;
    let plain = site.post(&path, "picture=x", &[("cookie", &cookie)]).await;
    assert_eq!(plain.status, StatusCode::BAD_REQUEST);
    let live = site.live().await;
    assert!(live.view.snapshot.images.is_empty());
}

#[tokio::test]
async fn a_file_of_another_sheet_and_an_image_that_comes_too_late_are_refused() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let (path, paper) = (at_centre(&key), picture(&key));
    // The same file under another sheet (E64).
    let answer = sent(&site, Role::Clerk, &path, form("picture", &paper)).await;
    assert_eq!(answer.header("location"), format!("{path}?done=recorded"));
    let other = at_centre(&in_state(&site, "differing").await);
    let answer = sent(&site, Role::Clerk, &other, form("picture", &paper)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(
        answer.body.contains("the image of another sheet"),
        "{}",
        answer.body
    );
    // A sheet that counts takes none, and says so before anybody tries.
    let counted = in_state(&site, "accepted").await;
    let path = at_centre(&counted);
    let page = seen(&site, Role::Clerk, &path).await;
    assert!(
        page.body.contains("takes no image now") && !page.body.contains("<form class=\"upload")
    );
    let late = sent(
        &site,
        Role::Clerk,
        &path,
        form("picture", &picture(&counted)),
    )
    .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(site.live().await.view.snapshot.images.len(), 1);
}

#[tokio::test]
async fn a_head_sends_images_of_the_own_station_only_and_nobody_from_elsewhere() {
    let site = Site::at(Stage::Counting(64)).await;
    let own = in_state(&site, "received").await;
    let other = in_state(&site, "differing").await;
    assert_ne!(own.station, other.station);
    let body = || form("picture", &picture(&other));
    let path = at_station(&other);
    let answer = sent(&site, Role::StationHead, &path, body()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("web.other_station"));
    let path = at_station(&own);
    let cookie = site.session_of(&number(Role::StationHead)).await;
    let request = Request::post(&path)
        .header("content-type", MULTIPART)
        .header("sec-fetch-site", "cross-site")
        .header("cookie", cookie);
    let answer = site.send(request.body(Body::from(body())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("web.other_origin"));
    assert!(site.live().await.view.snapshot.images.is_empty());
}

#[tokio::test]
async fn no_image_of_a_locked_contest_is_seen_by_anybody() {
    let (mut snapshot, entries) = sample(Stage::Counting(64));
    for entry in &mut snapshot.contests {
        entry.released = false;
    }
    let held = Held::default();
    held.put(snapshot, entries);
    let site = Site::of(held).await;
    let key = in_state(&site, "received").await;
    let paper = picture(&key);
    let answer = sent(
        &site,
        Role::Clerk,
        &at_centre(&key),
        form("picture", &paper),
    )
    .await;
    assert!(answer.header("location").ends_with("?done=recorded"));
    site.live().await;
    let name = digest(&paper);
    let (sheet, address) = (
        format!("/sheet/{}/{}", key.contest, key.station),
        format!("/image/{name}.png"),
    );
    let roles = Role::ALL.into_iter().map(Some).chain([None]);
    for role in roles {
        let cookie = match role {
            Some(role) => format!("{}; lang=en", site.session(role).await),
            None => "lang=en".to_owned(),
        };
        let headers = [("cookie", cookie.as_str())];
        let page = site.get_with(&sheet, &headers).await;
        assert!(page.body.contains("not shown yet"), "{role:?}");
        assert!(!page.body.contains("/image/"), "{role:?}");
        let json = site.get_with(&format!("{sheet}.json"), &headers).await;
        assert!(!json.body.contains(&name), "{role:?}");
        let tag = format!("\"{name}\"");
        let all = [("cookie", cookie.as_str()), ("if-none-match", tag.as_str())];
        for headers in [&headers[..], &all[..]] {
            let picture = site.get_with(&address, headers).await;
            assert_eq!(picture.status, StatusCode::NOT_FOUND, "{role:?}");
        }
    }
}

#[tokio::test]
async fn the_sheets_without_an_image_are_listed_for_everybody() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let path = format!("/images/{}", key.contest);
    let count = |body: &str| {
        let json: serde_json::Value = serde_json::from_str(body).unwrap();
        let missing = json["missing"].as_array().unwrap().len() as u64;
        (json["sheets"].as_u64().unwrap(), missing)
    };
    let (sheets, missing) = count(&site.get(&format!("{path}.json")).await.body);
    assert!(sheets > 0 && missing == sheets);
    let paper = picture(&key);
    sent(
        &site,
        Role::Clerk,
        &at_centre(&key),
        form("picture", &paper),
    )
    .await;
    site.live().await;
    assert_eq!(
        count(&site.get(&format!("{path}.json")).await.body),
        (sheets, sheets - 1)
    );
    let csv = site.get(&format!("{path}.csv")).await.body;
    assert_eq!(csv.lines().count() as u64, sheets);
    assert!(!csv.contains(&format!("\n{},", key.station)));
    let page = site.get(&format!("{path}?lang=en")).await.body;
    assert!(page.contains("Sheets without an image"), "{page}");
    let there = format!("<bdi class=\"code\">{}</bdi>", key.station);
    assert!(!page.contains(&there), "{page}");
    assert_eq!(
        site.get("/images/none.json").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn when_too_many_send_at_once_the_next_is_told_to_wait() {
    let site = Site::at(Stage::Counting(64)).await;
    let key = in_state(&site, "received").await;
    let _all = site.app().uploading().try_acquire_many(64).unwrap();
    let body = form("picture", &picture(&key));
    let answer = sent(&site, Role::Clerk, &at_centre(&key), body).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.body.contains("web.many_images"), "{}", answer.body);
}

/// A sheet that has no image is told what is true of it, and nothing that is true of another.
#[tokio::test]
async fn a_sheet_without_an_image_has_the_sentence_of_its_own_state() {
    const PUBLISHED: &str = "its figures are published without one";
    const COUNTED: &str = "its figures are shown to nobody before";
    const NOT_YET: &str = "an image may still come.";
    const ENDED: &str = "The version does not count; another may take its place.";
    const AWAITED: &str = "the sheet has not come in yet";
    for released in [true, false] {
        let (mut snapshot, journal) = sample(Stage::Counting(64));
        for contest in &mut snapshot.contests {
            contest.released = released;
        }
        let held = Held::default();
        held.put(snapshot, journal);
        let site = Site::of(held).await;
        let mut told = BTreeSet::new();
        for sheet in site.live().await.view.current_sheets() {
            if sheet.version > 1 || !told.insert(sheet.state.code()) {
                continue;
            }
            let own = match (&sheet.state, released) {
                (SheetState::Accepted { .. }, true) => PUBLISHED,
                (SheetState::Accepted { .. }, false) => COUNTED,
                (SheetState::Returned { .. }, _) => ENDED,
                _ => NOT_YET,
            };
            let at = format!("/sheet/{}/{}?lang=en", sheet.key.contest, sheet.key.station);
            let body = site.get(&at).await.body;
            for sentence in [PUBLISHED, COUNTED, NOT_YET, ENDED, AWAITED] {
                assert_eq!(body.contains(sentence), sentence == own, "{at}: {sentence}");
            }
        }
        assert!(told.len() > 3, "{told:?}");
        let list = site.get("/images/president?lang=en").await.body;
        let withheld = list.contains("Figures and images are shown to nobody before");
        assert_eq!(withheld, !released);
        assert_eq!(list.contains("counted and published without"), released);
        let csv = site.get("/images/president.csv").await.body;
        assert!(
            csv.contains(",accepted") && !csv.contains(",returned"),
            "{csv}"
        );
    }
}
