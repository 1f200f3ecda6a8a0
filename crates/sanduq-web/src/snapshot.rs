//! What a snapshot is: every figure of the site carries the id of the snapshot that it was computed
//! from, and this is the address that the id leads to. Always true here: what is told of an id
//! follows from the journal, whose first entries have exactly one root; an id that does not begin
//! with that root is nobody's.
//!
//! ```text
//! id = size-root ─▶ is it served now? ─▶ the present one
//!                └▶ has the journal that root at that size? ─▶ one that was replaced, else none
//! ```

use crate::app::App;
use crate::app::Live;
use crate::asked::Asked;
use crate::board::conditions::states;
use crate::component::Badge;
use crate::component::html;
use crate::page::Page;
use crate::page::Stamp;
use crate::refusal::NO_SNAPSHOT;
use crate::refusal::No;
use crate::reply::Format;
use crate::reply::Table;
use crate::reply::reply;
use crate::served::Standing;
use askama::Template;
use axum::Extension;
use axum::extract::Path;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_count::publication::snapshot_id;
use sanduq_journal::hash::Hash;
use schemars::JsonSchema;
use serde::Serialize;

/// What is known of a snapshot.
struct Told {
    id: String,
    at: Timestamp,
    size: u64,
    root: Hash,
    /// Entries that came after it; none after the present one.
    later: u64,
    /// What it stood at; none when this server has not served it, or too long ago.
    standing: Option<Standing>,
    sealed: Option<Sealed>,
}

/// The entry by which it was published as a signed folder.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SealedSnapshot")]
struct Sealed {
    /// The number of the entry.
    entry: u64,
    /// SHA-256 of the manifest of the folder.
    manifest: String,
}

/// Sheets in one state.
struct InState {
    badge: String,
    sheets: u64,
}

#[derive(Template)]
#[template(path = "snapshot/page.html")]
struct SnapshotPage<'a> {
    page: &'a Page,
    told: &'a Told,
    current: String,
    /// Its page without the ending, for its data.
    data: [String; 2],
    root: String,
    states: Vec<InState>,
    owed: u64,
    came: u64,
}

impl Told {
    /// The number of its last entry.
    const fn last(&self) -> u64 {
        self.size.saturating_sub(1)
    }

    fn of_present(live: &Live) -> Self {
        let snapshot = &live.view.snapshot;
        Self {
            id: snapshot.id(),
            at: snapshot.at,
            size: snapshot.journal_size,
            root: Hash::from_bytes(snapshot.journal_root),
            later: 0,
            standing: Some(Standing::of(&live.view)),
            sealed: None,
        }
    }

    /// The snapshot of an id, as it is told by the journal; none when no snapshot has it.
    async fn find(app: &App, asked: &Asked, live: &Live, id: &str) -> Result<Option<Self>, No> {
        let mut told = Self::of_present(live);
        if id != told.id {
            let Some(size) = named_size(id).filter(|size| *size < told.size) else {
                return Ok(None);
            };
            let failed = |failed| asked.failed(app, &failed);
            let root = app.source().root_at(size).await.map_err(failed)?;
            if snapshot_id(size, root.as_bytes()) != id {
                return Ok(None);
            }
            let last = app.source().entries(size - 1, 1).await.map_err(failed)?;
            let Some(last) = last.first() else {
                return Ok(None);
            };
            told = Self {
                id: id.to_owned(),
                at: last.entry.at,
                size,
                root,
                later: told.size - size,
                standing: app.served().find(size, root.as_bytes()),
                sealed: None,
            };
        }
        let chronicle = asked.chronicle(app, live).await?;
        let mut sealed = chronicle.of(&[Act::PublicationSealed]);
        let own = sealed.find(|line| line.entry.facts.get("snapshot") == Some(&told.id));
        told.sealed = own.map(|line| Sealed {
            entry: line.index,
            manifest: line
                .entry
                .facts
                .get("manifest")
                .cloned()
                .unwrap_or_default(),
        });
        Ok(Some(told))
    }

    fn render(&self, page: &Page, current: String) -> String {
        let sheets = self.standing.map(|standing| standing.sheets);
        let sheets = sheets.unwrap_or_default();
        let state = |(code, sheets)| InState {
            badge: html(&Badge { page, code }),
            sheets,
        };
        html(&SnapshotPage {
            page,
            told: self,
            current,
            data: ["json", "csv"].map(|end| format!("/snapshot/{}.{end}", self.id)),
            root: self.root.to_string(),
            states: states(&sheets).map(state).into(),
            owed: sheets.owed(),
            came: sheets.owed() - sheets.awaited,
        })
    }

    fn object(&self, current: String) -> Object<'_> {
        Object {
            snapshot: &self.id,
            is_present: self.later == 0,
            present: current,
            at: self.at.to_string(),
            journal_size: self.size,
            journal_root: self.root.to_string(),
            last_entry: self.last(),
            later_entries: self.later,
            stations: self.standing.map(|standing| standing.stations),
            sheets: self.standing.map(|own| states(&own.sheets).into()),
            sealed: self.sealed.as_ref(),
        }
    }

    fn table(&self) -> Table {
        let mut cells = vec![
            self.id.clone(),
            self.at.to_string(),
            self.size.to_string(),
            self.root.to_string(),
            self.later.to_string(),
        ];
        match self.standing {
            None => cells.extend(core::iter::repeat_n(String::new(), 7)),
            Some(standing) => {
                cells.push(standing.stations.to_string());
                let sheets = states(&standing.sheets).into_iter();
                cells.extend(sheets.map(|(_, sheets)| sheets.to_string()));
            }
        }
        Table {
            head: vec![
                "snapshot",
                "at",
                "journal_size",
                "journal_root",
                "later_entries",
                "stations",
                "sheets_awaited",
                "sheets_received",
                "sheets_entered",
                "sheets_quarantined",
                "sheets_returned",
                "sheets_accepted",
            ],
            rows: vec![cells],
        }
    }
}

/// The size of the journal that an id names, as the id writes it; none when it is no id.
fn named_size(id: &str) -> Option<u64> {
    let (size, root) = id.split_once('-')?;
    let hexadecimal = |c: u8| c.is_ascii_digit() || (b'a'..=b'f').contains(&c);
    let well_written = root.len() == 12 && root.bytes().all(hexadecimal);
    let number: u64 = size.parse().ok().filter(|size| *size > 0)?;
    (well_written && number.to_string() == size).then_some(number)
}

/// A snapshot as JSON.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "SnapshotStanding")]
pub struct Object<'a> {
    snapshot: &'a str,
    /// Whether it is the one that is served now.
    is_present: bool,
    /// The one that is served now.
    present: String,
    /// When its last act was done.
    at: String,
    journal_size: u64,
    /// SHA-256 over the entries of the journal (RFC 9162).
    journal_root: String,
    /// The number of its last entry.
    last_entry: u64,
    /// Entries that have come since.
    later_entries: u64,
    /// Left out where this server does not have it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    stations: Option<u64>,
    /// Sheets by state; left out where this server does not have it any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheets: Option<Vec<(&'static str, u64)>>,
    /// Left out where it was not published as a folder, or not yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<&'a Sealed>,
}

/// A snapshot.
pub async fn show(
    State(app): State<App>,
    Extension(asked): Extension<Asked>,
    Path(file): Path<String>,
) -> Result<Response, No> {
    let live = asked.live(&app)?;
    let (id, format) = Format::split(&file);
    let told = Told::find(&app, &asked, &live, id).await?;
    let told = told.ok_or_else(|| asked.no(&app, StatusCode::NOT_FOUND, NO_SNAPSHOT))?;
    let current = live.view.snapshot.id();
    // The foot of the page speaks of the snapshot that the page speaks of.
    let page = || Page {
        stamp: Some(Stamp {
            snapshot: told.id.clone(),
            at: told.at,
            journal_size: told.size,
        }),
        ..asked.page(&live)
    };
    Ok(reply(
        (format, &asked.headers),
        || told.render(&page(), current.clone()),
        || told.object(current.clone()),
        || told.table(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_in_one_way() {
        for (id, size) in [
            ("412-9f86d081884c", Some(412)),
            ("0412-9f86d081884c", None),
            ("+412-9f86d081884c", None),
            ("0-9f86d081884c", None),
            ("412-9F86D081884C", None),
            ("412-9f86d081884", None),
            ("412-9f86d081884cc", None),
            ("412", None),
            ("-9f86d081884c", None),
            ("99999999999999999999-9f86d081884c", None),
            ("", None),
        ] {
            assert_eq!(named_size(id), size, "{id}");
        }
    }
}
