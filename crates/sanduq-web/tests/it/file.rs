//! The files of contests on the live site are those of the published folder, byte for byte.

use crate::nation::Stage;
use crate::nation::sample;
use crate::site::Site;
use axum::http::StatusCode;
use sanduq_count::publication;
use sanduq_count::publication::PublicationRefusal;
use sanduq_web::file::FOLDERS;

#[tokio::test]
async fn live_files_are_those_of_a_publication() {
    for stage in [Stage::Closing, Stage::Counting(64), Stage::Complete] {
        let site = Site::at(stage).await;
        let (snapshot, _) = sample(stage);
        let mut files = Vec::new();
        let written = publication::files::<PublicationRefusal>(&snapshot, &mut |path, bytes| {
            if FOLDERS.iter().any(|f| path.starts_with(&format!("{f}/"))) {
                files.push((path.to_owned(), String::from_utf8(bytes).unwrap()));
            }
            Ok(())
        });
        written.unwrap();
        assert!(files.len() > 5 * 16, "{}", files.len());
        for (path, body) in files {
            let answer = site.get(&format!("/files/{path}")).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            assert!(answer.body == body, "{path} differs");
            let json = answer.header("content-type") == "application/json";
            assert_eq!(json, path.ends_with(".json"), "{path}");
        }
        let known = site.get("/files/totals/president.json").await;
        let known = [("if-none-match", known.header("etag"))];
        let again = site.get_with("/files/totals/president.json", &known).await;
        assert_eq!(again.status, StatusCode::NOT_MODIFIED);
        assert!(again.body.is_empty());
        let other = site.get_with("/files/totals/president.csv", &known).await;
        assert_eq!(other.status, StatusCode::OK);
    }
}

#[tokio::test]
async fn a_file_that_a_publication_has_not_is_not_found() {
    let site = Site::at(Stage::Closing).await;
    for path in [
        // Not released: no seats.
        "seats/assembly-1-1.json",
        "seats/assembly-1-1.csv",
        "nist/president.csv",
        "sheets/nobody.json",
        "sheets/president",
        "sheets/president.html",
        "law/president.json",
        "sheets/..%2Fpresident.json",
        "sheets/president.json.json",
    ] {
        let answer = site.get(&format!("/files/{path}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}
