//! The files of a contest as the published folder has them, from the snapshot that is served:
//! sheets, totals, seats, and the report in the exchange format. Always true here: the bytes are
//! those that a publication of this snapshot would have, so that one who keeps a file can hold it
//! against the folder later.

use crate::app::App;
use crate::asked::Asked;
use crate::refusal::No;
use crate::reply::tagged;
use crate::source::Failed;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use sanduq_core::id::ContestCode;
use sanduq_count::publication::contest_file;

/// The folders of a publication that have a file of each contest.
pub const FOLDERS: [&str; 4] = ["sheets", "totals", "seats", "nist"];

/// A file.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path((folder, file)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let named = file.rsplit_once('.').and_then(|(code, end)| {
        let code = ContestCode::new(code).ok()?;
        Some((code, media_type(end)?))
    });
    let (code, media_type) = named.ok_or_else(|| asked.not_found(&app))?;
    let path = format!("{folder}/{file}");
    let making = tokio::task::spawn_blocking(move || {
        let view = &live.view;
        let contest = view.contest(&code);
        let seats = contest.and_then(|entry| view.seats(&entry.contest));
        contest_file(&view.snapshot, &code, seats, &path)
    });
    let failed = |why: String| asked.failed(&app, &Failed(why));
    let made = making.await.map_err(|why| failed(why.to_string()))?;
    let bytes = made.map_err(|why| failed(why.to_string()))?;
    let bytes = bytes.ok_or_else(|| asked.not_found(&app))?;
    Ok(tagged(&headers, media_type, bytes))
}

fn media_type(end: &str) -> Option<&'static str> {
    match end {
        "json" => Some("application/json"),
        "csv" => Some("text/csv; charset=utf-8"),
        _ => None,
    }
}
