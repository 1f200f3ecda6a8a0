//! The journal as people read it: every entry a sentence in their language, newest first. Always
//! true here: the sentence is filled from the entry's own facts, and a fact stands apart from the
//! words around it, so that no writing direction can turn a code around.

pub(crate) mod filter;
pub mod proof;

use crate::app::App;
use crate::asked::Asked;
use crate::component::Pager;
use crate::component::html;
use crate::language::digits;
use crate::language::language;
use crate::openapi::EntrySchema;
use crate::page::Page;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::Query;
use axum::extract::State;
use axum::extract::rejection::QueryRejection;
use axum::http::StatusCode;
use axum::response::Html;
use axum::response::IntoResponse;
use axum::response::Response;
use filter::Sent;
use jiff::Timestamp;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_core::names::Locale;
use sanduq_count::publication::Snapshot;
use sanduq_journal::hash::Hash;
use sanduq_store::find::Wanted;
use schemars::JsonSchema;
use serde::Serialize;
use tokio::sync::SemaphorePermit;

/// Entries on one page.
pub const ROWS: u32 = 40;

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
    /// What the head of the station said of figures that do not add up.
    explanation: Option<&'a String>,
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
    /// What can be asked for; empty on the page of one entry.
    filter: String,
    /// How the entry is proved; empty on the page of many.
    proof: String,
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
        explanation: line.entry.facts.get("explanation"),
    });
    html(&Entries {
        page,
        lines: lines.collect(),
    })
}

/// Facts that are codes, not counts: their digits stay as they are.
const CODES: [&str; 13] = [
    "tokens", "station", "contest", "event", "law", "form", "agency", "digest", "snapshot",
    "manifest", "root", "staff", "proposer",
];

/// Facts that are digests.
const DIGESTS: [&str; 3] = ["digest", "manifest", "root"];

/// Characters of a digest that are shown in a sentence.
const DIGEST_SHOWN: usize = 12;

/// The sentence of an entry in pieces.
#[must_use]
pub fn pieces(entry: &Entry, locale: Locale) -> Vec<Piece> {
    let Some(words) = entry.words(locale) else {
        return vec![Piece::Fact(entry.act.to_string())];
    };
    let mut pieces = Vec::new();
    let mut rest = words.as_str();
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

/// The sentence of an entry as its page has it, for files: in one place the words and digits that
/// the reader sees in the other.
#[must_use]
pub fn sentence(entry: &Entry, locale: Locale) -> String {
    let texts = pieces(entry, locale).into_iter().map(|piece| match piece {
        Piece::Text(text) | Piece::Fact(text) | Piece::Digest(_, text) | Piece::Sheet(text, _) => {
            text
        }
    });
    texts.collect()
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
    /// The id of the snapshot that it is read at.
    pub snapshot: String,
    /// Entries in the journal.
    pub size: u64,
    /// The root over them; none on the page of one entry.
    pub root: Option<String>,
    /// The entries, newest first.
    pub lines: Vec<Line>,
}

impl Stretch {
    /// The whole journal at a snapshot, none of its entries taken yet.
    fn at(snapshot: &Snapshot) -> Self {
        Self {
            snapshot: snapshot.id(),
            size: snapshot.journal_size,
            root: Some(Hash::from_bytes(snapshot.journal_root).to_string()),
            lines: Vec::new(),
        }
    }
}

/// The page of a stretch, with the way to the entries before and after it.
fn render(page: &Page, stretch: &Stretch, shown: Shell) -> String {
    let at = |query: String| format!("/journal{query}");
    html(&JournalPage {
        page,
        json: format!("/journal.json{}", shown.here),
        csv: format!("/journal.csv{}", shown.here),
        size: stretch.size,
        root: stretch.root.clone(),
        entries: entries(page, &stretch.lines),
        pager: html(&Pager {
            page,
            newer: shown.before.map(at),
            newer_key: shown.keys[0],
            older: shown.after.map(at),
            older_key: shown.keys[1],
        }),
        filter: shown.filter,
        proof: shown.proof,
    })
}

/// What stands around the entries of a page.
#[derive(Default)]
struct Shell {
    /// The query of this page.
    here: String,
    /// The queries of the pages before and after.
    before: Option<String>,
    after: Option<String>,
    keys: [&'static str; 2],
    filter: String,
    proof: String,
}

/// A stretch as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalStretch")]
pub struct Object<'a> {
    snapshot: &'a str,
    size: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    root: Option<&'a str>,
    entries: Vec<EntryObject<'a>>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "JournalEntry")]
struct EntryObject<'a> {
    index: u64,
    sentence: String,
    #[serde(flatten)]
    #[schemars(with = "EntrySchema")]
    entry: &'a Entry,
}

/// A stretch as JSON, its sentences in `locale`.
#[must_use]
pub fn object(stretch: &Stretch, locale: Locale) -> Object<'_> {
    let entries = stretch.lines.iter().map(|line| EntryObject {
        index: line.index,
        sentence: sentence(&line.entry, locale),
        entry: &line.entry,
    });
    Object {
        snapshot: &stretch.snapshot,
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
            sentence(&line.entry, locale),
            stretch.snapshot.clone(),
        ]
    };
    Table {
        head: vec![
            "index", "at", "act", "organ", "actor", "sentence", "snapshot",
        ],
        rows: stretch.lines.iter().map(row).collect(),
    }
}

/// Leave to look for some of the entries: the database looks through all of them. Staff do not
/// wait for strangers.
fn leave<'a>(
    app: &'a App,
    asked: &Asked,
    wanted: &Wanted,
) -> Result<Option<SemaphorePermit<'a>>, No> {
    let searches = !wanted.all() && asked.reader.is_none();
    let leave = searches.then(|| app.searching().try_acquire());
    leave.transpose().map_err(|_| asked.busy(app))
}

/// The entries that somebody looks for, at the size of the snapshot that is served.
pub async fn list(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    sent: Result<Query<Sent>, QueryRejection>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let snapshot = &live.view.snapshot;
    let (_, format) = Format::split(&asked.path);
    let bad = || asked.no(&app, StatusCode::BAD_REQUEST, "web.bad_form");
    let Query(sent) = sent.map_err(|_| bad())?;
    if sent.is_amiss() {
        return Err(asked.bad_query(&app));
    }
    let read = filter::read(&sent, snapshot.profile.offset_minutes);
    let size = snapshot.journal_size;
    let mut stretch = Stretch::at(snapshot);
    let page = asked.page(&live);
    let wanted = match read {
        Ok(wanted) => wanted,
        Err(_) if format != Format::Html => return Err(bad()),
        Err(slips) => {
            let shell = Shell {
                filter: filter::form(&page, &sent, &slips),
                ..Shell::default()
            };
            let body = Html(render(&page, &stretch, shell));
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, body).into_response());
        }
    };
    let oldest_first = sent.oldest_first();
    let range = match sent.cursor() {
        None => 0..size,
        Some(after) if oldest_first => after.saturating_add(1).min(size)..size,
        Some(before) => 0..before.min(size),
    };
    let _leave = leave(&app, &asked, &wanted)?;
    // One more than is shown tells whether there are more.
    let found = app.source().find(&wanted, range, (ROWS + 1, !oldest_first));
    stretch.lines = found.await.map_err(|failed| asked.failed(&app, &failed))?;
    let more = stretch.lines.len() > ROWS as usize;
    stretch.lines.truncate(ROWS as usize);
    let last = stretch.lines.last().map(|line| line.index);
    let keys = match oldest_first {
        true => ["journal-oldest", "journal-newer"],
        false => ["journal-newest", "journal-older"],
    };
    let shell = || Shell {
        here: sent.query(sent.cursor()),
        before: sent.cursor().map(|_| sent.query(None)),
        after: last.filter(|_| more).map(|last| sent.query(Some(last))),
        keys,
        filter: filter::form(&page, &sent, &[]),
        proof: String::new(),
    };
    Ok(reply(
        (format, &asked.headers),
        || render(&page, &stretch, shell()),
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
        root: None,
        lines: lines.map_err(|failed| asked.failed(&app, &failed))?,
        ..Stretch::at(&live.view.snapshot)
    };
    let shell = Shell {
        here: format!("?before={}", number + 1),
        before: (number + 1 < size).then(|| format!("/{}", number + 1)),
        after: number.checked_sub(1).map(|before| format!("/{before}")),
        keys: ["journal-newer", "journal-older"],
        ..Shell::default()
    };
    let page = asked.page(&live);
    let shell = Shell {
        proof: proof::part(&page, &app, number),
        ..shell
    };
    let html = render(&page, &stretch, shell);
    Ok(Html(html).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;
    use sanduq_core::act::Act;
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
                "station", "contest", "version", "digest", "units", "stations", "ground", "refused",
            ] {
                filled = filled.with(key, "x");
            }
            for locale in Locale::ALL {
                let plain = filled.sentence(locale);
                if !plain.contains('{') {
                    assert_eq!(sentence(&filled, locale), plain, "{}", act.code());
                }
            }
        }
    }
}
