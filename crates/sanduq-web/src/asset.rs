//! The files of the program that a browser needs: the stylesheets, the scripts, an icon. All are
//! part of the program; nothing is fetched from anywhere.

use crate::app::App;
use crate::asked::Asked;
use crate::refusal::No;
use crate::reply::known;
use crate::reply::tag;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::IntoResponse;
use axum::response::Response;

/// Name, media type and content of every file.
pub const ASSETS: [(&str, &str, &str); 9] = [
    (
        "sanduq.css",
        "text/css; charset=utf-8",
        include_str!("../assets/sanduq.css"),
    ),
    (
        "board.css",
        "text/css; charset=utf-8",
        include_str!("../assets/board.css"),
    ),
    (
        "image.css",
        "text/css; charset=utf-8",
        include_str!("../assets/image.css"),
    ),
    (
        "map.css",
        "text/css; charset=utf-8",
        include_str!("../assets/map.css"),
    ),
    (
        "voter.css",
        "text/css; charset=utf-8",
        include_str!("../assets/voter.css"),
    ),
    (
        "board.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/board.js"),
    ),
    (
        "entry.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/entry.js"),
    ),
    (
        "station.js",
        "text/javascript; charset=utf-8",
        include_str!("../assets/station.js"),
    ),
    (
        "icon.svg",
        "image/svg+xml",
        include_str!("../assets/icon.svg"),
    ),
];

/// A file.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(name): Path<String>,
) -> Result<Response, No> {
    let found = ASSETS.iter().find(|(own, ..)| *own == name);
    let (_, media_type, content) = found.ok_or_else(|| asked.not_found(&app))?;
    let tag = tag(content.as_bytes());
    let is_known = known(&asked.headers, &tag);
    let cache = [
        (header::ETAG, tag),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    if is_known {
        return Ok((StatusCode::NOT_MODIFIED, cache).into_response());
    }
    Ok((cache, [(header::CONTENT_TYPE, *media_type)], *content).into_response())
}
