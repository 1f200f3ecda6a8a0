//! The journal as people read it: every entry a sentence in their language, newest first. Always
//! true here: the sentence is filled from the entry's own facts, and a fact stands apart from the
//! words around it, so that no writing direction can turn a code around.

use crate::app::App;
use crate::asked::Asked;
use crate::component::Pager;
use crate::component::html;
use crate::language::digits;
use crate::language::language;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use serde::Serialize;

/// Entries on one page.
pub const ROWS: u32 = 50;

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A fact of the entry.
    Fact(String),
    /// A digest, whole and as much of it as a sentence bears.
    Digest(String, String),
    /// The station of a sheet, and the way to the sheet.
    Sheet(String, String),
}

/// An entry with its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its number, counted from 0.
    pub index: u64,
    /// The entry.
    pub entry: Entry,
}

/// An entry as it is shown.
pub struct Shown<'a> {
    index: u64,
    at: Timestamp,
    actor: &'a ActorId,
    organ: Organ,
    pieces: Vec<Piece>,
}

#[derive(Template)]
#[template(path = "component/entries.html")]
struct Entries<'a> {
    page: &'a Page,
    lines: Vec<Shown<'a>>,
}

#[derive(Template)]
#[template(path = "journal/page.html")]
struct JournalPage<'a> {
    page: &'a Page,
    json: String,
    csv: String,
    size: u64,
    root: Option<String>,
    entries: String,
    pager: String,
}

/// A list of entries.
#[must_use]
pub fn entries(page: &Page, lines: &[Line]) -> String {
    let lines = lines.iter().map(|line| Shown {
        index: line.index,
        at: line.entry.at,
        actor: &line.entry.actor,
        organ: line.entry.organ,
        pieces: pieces(&line.entry, page.locale),
    });
    html(&Entries {
        page,
        lines: lines.collect(),
    })
}

/// Facts that are codes, not counts: their digits stay as they are.
const CODES: [&str; 10] = [
    "station", "contest", "event", "law", "form", "agency", "digest", "snapshot", "manifest",
    "root",
];

/// Facts that are digests.
const DIGESTS: [&str; 3] = ["digest", "manifest", "root"];

/// Characters of a digest that are shown in a sentence.
const DIGEST_SHOWN: usize = 12;

/// The sentence of an entry in pieces.
#[must_use]
pub fn pieces(entry: &Entry, locale: Locale) -> Vec<Piece> {
    let Some(act) = Act::from_code(&entry.act) else {
        return vec![Piece::Fact(entry.act.to_string())];
    };
    let mut pieces = Vec::new();
    let mut rest = act.sentence(locale);
    while let Some((words, after)) = rest.split_once('{') {
        let Some((key, behind)) = after.split_once('}') else {
            break;
        };
        if !words.is_empty() {
            pieces.push(Piece::Text(words.to_owned()));
        }
        pieces.push(fact(entry, key, locale));
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

fn fact(entry: &Entry, key: &str, locale: Locale) -> Piece {
    let Some(value) = entry.facts.get(key) else {
        return Piece::Fact("–".to_owned());
    };
    match entry.facts.get("contest") {
        Some(contest) if key == "station" => {
            Piece::Sheet(value.clone(), format!("/sheet/{contest}/{value}"))
        }
        _ if DIGESTS.contains(&key) && value.len() > DIGEST_SHOWN => {
            let head: String = value.chars().take(DIGEST_SHOWN).collect();
            Piece::Digest(value.clone(), head + "…")
        }
        _ if CODES.contains(&key) => Piece::Fact(value.clone()),
        _ if matches!(key, "role" | "outcome") => Piece::Fact(word(key, value, locale)),
        _ if !value.is_empty() && value.bytes().all(|b| b.is_ascii_digit()) => {
            let grouped = value
                .parse()
                .map(|n| sanduq_core::text::localised(n, locale));
            Piece::Fact(grouped.unwrap_or_else(|_| digits(value, locale)))
        }
        _ => Piece::Fact(value.clone()),
    }
}

/// The readers' word for a fact that is a word of ours: a role, what was decided.
fn word(key: &str, value: &str, locale: Locale) -> String {
    let key = format!("{key}-{}", value.replace('_', "-"));
    if language(locale).has(&key) {
        language(locale).say(&key)
    } else {
        value.to_owned()
    }
}

/// A stretch of the journal, newest first.
pub struct Stretch {
    /// Entries in the journal.
    pub size: u64,
    /// The root over them; none on the page of one entry.
    pub root: Option<String>,
    /// The entries, newest first.
    pub lines: Vec<Line>,
}

/// The number of the entry after the last one of the page that begins before `before`.
#[must_use]
pub fn end(before: Option<u64>, size: u64) -> u64 {
    before.unwrap_or(size).min(size)
}

/// The page of a stretch.
#[must_use]
pub fn render(page: &Page, stretch: &Stretch, before: Option<u64>) -> String {
    let end = end(before, stretch.size);
    let rows = u64::from(ROWS);
    let at = |before: u64| format!("/journal?before={before}");
    let query = before.map_or_else(String::new, |before| format!("?before={before}"));
    html(&JournalPage {
        page,
        json: format!("/journal.json{query}"),
        csv: format!("/journal.csv{query}"),
        size: stretch.size,
        root: stretch.root.clone(),
        entries: entries(page, &stretch.lines),
        pager: html(&Pager {
            page,
            newer: (end < stretch.size).then(|| at(end.saturating_add(rows).min(stretch.size))),
            newer_key: "journal-newer",
            older: (end > rows).then(|| at(end - rows)),
            older_key: "journal-older",
        }),
    })
}

/// A stretch as JSON.
#[derive(Serialize)]
pub struct Object<'a> {
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    root: Option<&'a str>,
    entries: Vec<EntryObject<'a>>,
}

#[derive(Serialize)]
struct EntryObject<'a> {
    index: u64,
    sentence: String,
    #[serde(flatten)]
    entry: &'a Entry,
}

/// A stretch as JSON, its sentences in `locale`.
#[must_use]
pub fn object(stretch: &Stretch, locale: Locale) -> Object<'_> {
    let entries = stretch.lines.iter().map(|line| EntryObject {
        index: line.index,
        sentence: line.entry.sentence(locale),
        entry: &line.entry,
    });
    Object {
        size: stretch.size,
        root: stretch.root.as_deref(),
        entries: entries.collect(),
    }
}

/// A stretch as a table.
#[must_use]
pub fn table(stretch: &Stretch, locale: Locale) -> Table {
    let row = |line: &Line| {
        vec![
            line.index.to_string(),
            line.entry.at.to_string(),
            line.entry.act.to_string(),
            line.entry.organ.code().to_owned(),
            line.entry.actor.to_string(),
            line.entry.sentence(locale),
        ]
    };
    Table {
        head: vec!["index", "at", "act", "organ", "actor", "sentence"],
        rows: stretch.lines.iter().map(row).collect(),
    }
}

/// A stretch of the journal, newest first, at the size of the snapshot that is served.
pub async fn list(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let before = asked.number("before");
    let end = end(before, snapshot.journal_size);
    let from = end.saturating_sub(ROWS.into());
    let count = u32::try_from(end - from).unwrap_or(ROWS);
    let lines = app.source().entries(from, count).await;
    let mut lines = lines.map_err(|failed| asked.failed(&app, &failed))?;
    lines.reverse();
    let stretch = Stretch {
        size: snapshot.journal_size,
        root: Some(Hash::from_bytes(snapshot.journal_root).to_string()),
        lines,
    };
    let (_, format) = Format::split(&asked.path);
    Ok(reply(
        (format, &asked.headers),
        || render(&asked.page(&live), &stretch, before),
        || object(&stretch, asked.locale),
        || table(&stretch, asked.locale),
    ))
}

/// One entry.
pub async fn one(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(number): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let size = live.view.snapshot.journal_size;
    let number: u64 = number.parse().map_err(|_| asked.not_found(&app))?;
    if number >= size {
        return Err(asked.not_found(&app));
    }
    let lines = app.source().entries(number, 1).await;
    let stretch = Stretch {
        size,
        root: None,
        lines: lines.map_err(|failed| asked.failed(&app, &failed))?,
    };
    let html = render(&asked.page(&live), &stretch, Some(number + 1));
    Ok(Html(html).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::act::Actor;

    fn entry(act: Act) -> Entry {
        let actor = Actor {
            id: ActorId::new("E-1").unwrap(),
            organ: Organ::Executive,
        };
        Entry::new(act, &actor, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn codes_keep_their_digits_and_counts_take_the_readers() {
        let opened = entry(Act::StationsOpened).with("stations", 1200);
        assert_eq!(
            pieces(&opened, Locale::Ar),
            [
                Piece::Text("فُتح ".into()),
                Piece::Fact("١٬٢٠٠".into()),
                Piece::Text(" مكتب اقتراع".into()),
            ]
        );
        let proposed = entry(Act::SheetProposed).with("outcome", "correct");
        let word = Piece::Fact("التصحيح".into());
        assert!(pieces(&proposed, Locale::Ar).contains(&word));
        let received = entry(Act::SheetReceived)
            .with("station", "1203")
            .with("contest", "p");
        assert!(
            pieces(&received, Locale::Fa)
                .contains(&Piece::Sheet("1203".into(), "/sheet/p/1203".into()))
        );
    }

    #[test]
    fn the_pieces_say_what_the_sentence_says() {
        for act in Act::ALL {
            let mut filled = entry(*act);
            for key in [
                "station", "contest", "version", "digest", "units", "stations",
            ] {
                filled = filled.with(key, "x");
            }
            let text = |locale| {
                let pieces = pieces(&filled, locale).into_iter();
                let text = pieces.map(|piece| match piece {
                    Piece::Text(text)
                    | Piece::Fact(text)
                    | Piece::Digest(text, _)
                    | Piece::Sheet(text, _) => text,
                });
                text.collect::<String>()
            };
            for locale in Locale::ALL {
                let sentence = filled.sentence(locale);
                if !sentence.contains('{') {
                    assert_eq!(text(locale), sentence, "{}", act.code());
                }
            }
        }
    }
}
