//! One answer in three forms: the page for people, JSON and CSV for programs, from one handler, so
//! that they cannot differ. What has not changed is not sent twice (ETag over the bytes).

use axum::body::Body;
use axum::http::HeaderMap;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header;
use axum::response::Response;
use sanduq_count::publication::cell;
use sanduq_journal::hash::Hash;
use serde::Serialize;

/// The form an answer is asked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A page.
    Html,
    /// An object.
    Json,
    /// A table.
    Csv,
}

impl Format {
    /// The form that the end of a path asks for, and the path without that end.
    #[must_use]
    pub fn split(path: &str) -> (&str, Self) {
        if let Some(name) = path.strip_suffix(".json") {
            (name, Self::Json)
        } else if let Some(name) = path.strip_suffix(".csv") {
            (name, Self::Csv)
        } else {
            (path, Self::Html)
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html; charset=utf-8",
            Self::Json => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }
}

/// A table of texts under a row of column codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The codes of the columns.
    pub head: Vec<&'static str>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Table {
    /// The table as CSV (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        let mut text = self.head.join(",");
        for row in &self.rows {
            text.push_str("\r\n");
            let cells: Vec<String> = row.iter().map(|text| quoted(text)).collect();
            text.push_str(&cells.join(","));
        }
        text.push_str("\r\n");
        text
    }
}

/// A cell as it is written. A number is no formula, whatever its sign; of all else see [`cell`].
fn quoted(text: &str) -> String {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let number = |c: char| c.is_ascii_digit() || c == '.';
    if !digits.is_empty() && digits.chars().all(number) {
        return text.to_owned();
    }
    let shown = cell(text);
    if shown.contains([',', '"', '\r', '\n']) {
        format!("\"{}\"", shown.replace('"', "\"\""))
    } else {
        shown
    }
}

/// An answer in the form that was asked for.
///
/// # Panics
/// Never: the objects that pages are made of always serialise.
pub fn reply<J: Serialize>(
    (format, asked): (Format, &HeaderMap),
    html: impl FnOnce() -> String,
    json: impl FnOnce() -> J,
    table: impl FnOnce() -> Table,
) -> Response {
    let body = match format {
        Format::Html => html(),
        Format::Json => serde_json::to_string(&json()).expect("the objects of pages serialise"),
        Format::Csv => table().csv(),
    };
    let mut response = tagged(asked, format.media_type(), body.into_bytes());
    if format == Format::Html {
        let vary = HeaderValue::from_static("accept-language, cookie");
        response.headers_mut().insert(header::VARY, vary);
    }
    response
}

/// An answer of these bytes, or that whoever asks has them already; asked for again each time.
#[must_use]
pub fn tagged(asked: &HeaderMap, media_type: &'static str, content: Vec<u8>) -> Response {
    let tag = tag(&content);
    let mut response = if known(asked, &tag) {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        Response::new(Body::from(content))
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// The entity tag of a content: its SHA-256. Weak, because what is sent may be compressed (RFC 9110
/// section 8.8.1).
#[must_use]
pub fn tag(content: &[u8]) -> String {
    format!("W/\"{}\"", Hash::of_bytes(content))
}

/// Whether the one who asks has the content of `tag` already: `If-None-Match` names it or says `*`
/// (RFC 9110 section 13.1.2; compared weakly, 8.8.3.2). A comma inside another's tag cannot make it
/// ours: ours has none.
#[must_use]
pub fn known(asked: &HeaderMap, tag: &str) -> bool {
    among(asked.get_all(header::IF_NONE_MATCH).iter(), tag)
}

/// Whether a tag is among those of these fields.
pub fn among<'h>(fields: impl Iterator<Item = &'h HeaderValue>, tag: &str) -> bool {
    fn opaque(tag: &str) -> &str {
        let tag = tag.trim();
        tag.strip_prefix("W/").unwrap_or(tag)
    }
    let mut texts = fields.filter_map(|field| field.to_str().ok());
    texts.any(|text| text.trim() == "*" || text.split(',').any(|one| opaque(one) == opaque(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_path_names_the_form() {
        for (path, name, format) in [
            ("12-03", "12-03", Format::Html),
            ("12-03.json", "12-03", Format::Json),
            ("12-03.csv", "12-03", Format::Csv),
            ("a.b", "a.b", Format::Html),
        ] {
            assert_eq!(Format::split(path), (name, format));
        }
    }

    #[test]
    fn a_spreadsheet_runs_no_cell_and_no_figure_changes() {
        for (cell, kept) in [
            ("=HYPERLINK(A1)", "'=HYPERLINK(A1)"),
            ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("  =1+1", "'  =1+1"),
            ("＝1", "'＝1"),
            ("=1,2", "\"'=1,2\""),
            ("-", "'-"),
            ("-17", "-17"),
            ("+17", "+17"),
            ("-0.25", "-0.25"),
            ("1203", "1203"),
            ("", ""),
            ("a=b", "a=b"),
            ("1-2-3", "1-2-3"),
            ("المادة ٧١", "المادة ٧١"),
        ] {
            assert_eq!(quoted(cell), kept, "{cell:?}");
        }
    }

    #[test]
    fn a_cell_with_a_comma_or_a_quote_stays_one_cell() {
        let table = Table {
            head: vec!["name", "votes"],
            rows: vec![
                vec!["a, \"b\"".into(), "1".into()],
                vec!["ج".into(), String::new()],
            ],
        };
        assert_eq!(table.csv(), "name,votes\r\n\"a, \"\"b\"\"\",1\r\nج,\r\n");
    }

    #[test]
    fn what_is_known_is_not_sent_again() {
        let answer =
            |headers: &HeaderMap| reply((Format::Json, headers), String::new, || 1, Table::default);
        let first = answer(&HeaderMap::new());
        assert_eq!(first.status(), StatusCode::OK);
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        assert_eq!(answer(&asked).status(), StatusCode::NOT_MODIFIED);
    }

    #[test]
    fn a_tag_is_known_as_the_standard_says() {
        for (fields, is_known) in [
            (&[] as &[&str], false),
            (&["W/\"a1\""], true),
            (&["\"a1\""], true),
            (&["\"a2\", W/\"a1\""], true),
            (&["\"a2\",\"a1\" , \"a3\""], true),
            (&["\"a2\"", "\"a1\""], true),
            (&["*"], true),
            (&[" * "], true),
            (&["\"*\""], false),
            (&["\"a2\""], false),
            (&["a1"], false),
            (&["W/\"a1"], false),
            (&["\"x,a1\""], false),
            (&["w/\"a1\""], false),
            (&[""], false),
        ] {
            let mut asked = HeaderMap::new();
            for field in fields {
                asked.append(header::IF_NONE_MATCH, HeaderValue::from_static(field));
            }
            assert_eq!(known(&asked, "W/\"a1\""), is_known, "{fields:?}");
        }
    }
}
