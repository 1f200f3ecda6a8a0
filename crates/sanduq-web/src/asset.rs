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
use std::sync::LazyLock;

/// Name, media type and content of every file, as it is written.
const WRITTEN: [(&str, &str, &str); 15] = [
    ("sanduq.css", STYLE, include_str!("../assets/sanduq.css")),
    ("result.css", STYLE, include_str!("../assets/result.css")),
    ("sheet.css", STYLE, include_str!("../assets/sheet.css")),
    ("desk.css", STYLE, include_str!("../assets/desk.css")),
    ("conduct.css", STYLE, include_str!("../assets/conduct.css")),
    ("board.css", STYLE, include_str!("../assets/board.css")),
    ("wall.css", STYLE, include_str!("../assets/wall.css")),
    ("map.css", STYLE, include_str!("../assets/map.css")),
    ("image.css", STYLE, include_str!("../assets/image.css")),
    ("voter.css", STYLE, include_str!("../assets/voter.css")),
    ("ballot.css", STYLE, include_str!("../assets/ballot.css")),
    ("board.js", SCRIPT, include_str!("../assets/board.js")),
    ("entry.js", SCRIPT, include_str!("../assets/entry.js")),
    ("station.js", SCRIPT, include_str!("../assets/station.js")),
    (
        "icon.svg",
        "image/svg+xml",
        include_str!("../assets/icon.svg"),
    ),
];

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// Name, media type and content of every file, as it is sent: without what only its writers read. A
/// phone on a slow line pays for each byte.
pub static ASSETS: LazyLock<Vec<(&str, &str, String)>> = LazyLock::new(|| {
    let sent = |(name, kind, text)| match kind {
        STYLE => (name, kind, slim_style(text)),
        SCRIPT => (name, kind, slim_script(text)),
        _ => (name, kind, text.to_owned()),
    };
    WRITTEN.into_iter().map(sent).collect()
});

/// A stylesheet without comments and without the blanks that no rule needs. What stands between
/// quotation marks stays as it is; so do blanks within a value or a selector.
fn slim_style(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut parts = text.split("/*");
    bare.push_str(parts.next().unwrap_or_default());
    for part in parts {
        bare.push_str(part.split_once("*/").map_or("", |(_, rest)| rest));
    }
    let mut slim = String::with_capacity(bare.len());
    for (nth, piece) in bare.split('"').enumerate() {
        if nth > 0 {
            slim.push('"');
        }
        if nth % 2 == 1 {
            slim.push_str(piece);
            continue;
        }
        let mut gap = false;
        for c in piece.chars() {
            if c.is_whitespace() {
                gap = true;
                continue;
            }
            let edge = slim.ends_with(['{', '}', ';', ',', ':']) || "{};,".contains(c);
            if gap && !edge && !slim.is_empty() {
                slim.push(' ');
            }
            gap = false;
            slim.push(c);
        }
        if gap && !slim.ends_with(['{', '}', ';', ',', ':']) {
            slim.push(' ');
        }
    }
    slim
}

/// A script without indentation, empty lines and lines that are comments alone.
fn slim_script(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let said = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    let said = said.filter(|line| !(line.starts_with("/**") && line.ends_with("*/")));
    said.map(|line| format!("{line}\n")).collect()
}

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
    Ok((
        cache,
        [(header::CONTENT_TYPE, *media_type)],
        content.as_str(),
    )
        .into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_says_the_same_without_its_blanks() {
        for (written, sent) in [
            (
                "a { color: red; }\n\n/* why */\nb > c { x: y }\n",
                "a{color:red;}b > c{x:y}",
            ),
            (
                ".on :is(th, td) { margin: 0 1rem; }",
                ".on :is(th,td){margin:0 1rem;}",
            ),
            (
                "a::before { content: \" ; { /\"; }",
                "a::before{content:\" ; { /\";}",
            ),
            (
                "p { inline-size: calc(1rem + 2px); }",
                "p{inline-size:calc(1rem + 2px);}",
            ),
            (
                "@media (max-width: 40rem) and (hover) { a { b: c; } }",
                "@media (max-width:40rem) and (hover){a{b:c;}}",
            ),
        ] {
            assert_eq!(slim_style(written), sent, "{written}");
        }
    }

    #[test]
    fn a_script_keeps_its_lines() {
        let written = "// Why.\n/** What. */\nconst a = 1; // kept\n\n  go(`//x`);\n";
        assert_eq!(slim_script(written), "const a = 1; // kept\ngo(`//x`);\n");
    }

    /// What is left out is left out of lines and comments alone: no text may run over lines.
    #[test]
    fn no_script_has_a_text_or_a_comment_of_several_lines() {
        for (name, kind, text) in WRITTEN {
            let odd = |line: &str| line.matches('`').count() % 2 == 1;
            let open = |line: &str| line.contains("/*") && !line.contains("*/");
            let amiss = text.lines().find(|line| odd(line) || open(line));
            assert!(kind != SCRIPT || amiss.is_none(), "{name}: {amiss:?}");
        }
    }
}
