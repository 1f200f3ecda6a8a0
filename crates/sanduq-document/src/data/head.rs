//! What stands on every document: the event, the contest, the place, and where all of it comes
//! from, so that a reader can find the same figures in the published folder.

use crate::folder::Folder;
use crate::shown::Day;
use crate::shown::Moment;
use crate::shown::Reader;
use sanduq_core::geography::UnitIx;
use serde::Serialize;

/// Who asks for the document, and how.
pub struct Asked<'a> {
    /// The language.
    pub reader: Reader,
    /// Where the results stand on the web, without a slash at its end.
    pub address: Option<&'a str>,
}

/// A unit of the path to the place.
#[derive(Serialize)]
pub struct Above {
    level: String,
    name: String,
    code: String,
}

/// Something with a code and a name.
#[derive(Serialize)]
pub struct Named {
    /// The code.
    pub code: String,
    /// The name in the reader's language.
    pub name: String,
}

/// What stands on every document.
#[derive(Serialize)]
pub struct Head {
    locale: &'static str,
    direction: &'static str,
    event: Named,
    invented: bool,
    polling_day: Day,
    contest: Named,
    seats: String,
    /// From the nation to the place.
    path: Vec<Above>,
    snapshot: String,
    taken: Moment,
    /// Year, month, day, hour, minute, second of the snapshot in legal time, for the properties of
    /// the file.
    taken_at: [u16; 6],
    journal_size: String,
    journal_root: String,
    seal: String,
    manifest: String,
    publisher: String,
    address: Option<String>,
    code: String,
}

impl Head {
    /// The head of a document on a place; `path` is its path on the pages of the web.
    pub fn new(folder: &Folder, asked: &Asked<'_>, place: UnitIx, path: &str) -> Self {
        let (edition, reader) = (&folder.edition, asked.reader);
        let geography = &edition.geography;
        let contest = &folder.entry().contest;
        let stamp = edition.stamp();
        let above = |place: &UnitIx| {
            let unit = geography.unit(*place);
            let level = &geography.levels()[usize::from(unit.level)];
            Above {
                level: reader.name(&level.names),
                name: reader.name(&unit.names),
                code: unit.code.to_string(),
            }
        };
        let units = geography.path(place).iter().map(above).collect();
        let address = asked.address.map(|address| format!("{address}{path}"));
        let (entry, manifest) = &folder.seal;
        let code = address.clone().unwrap_or_else(|| {
            format!("sanduq:{}{path}#{}:{manifest}", stamp.event, stamp.snapshot)
        });
        Self {
            locale: reader.locale.tag(),
            direction: reader.locale.direction(),
            event: Named {
                code: stamp.event.to_string(),
                name: reader.name(&edition.event.names),
            },
            invented: stamp.invented,
            polling_day: reader.day(edition.event.polling_day),
            contest: Named {
                code: contest.code.to_string(),
                name: reader.name(&contest.names),
            },
            seats: reader.n(contest.seats),
            path: units,
            snapshot: stamp.snapshot.clone(),
            taken: reader.moment(stamp.at),
            taken_at: parts(reader, stamp.at),
            journal_size: reader.n(edition.event.journal.size),
            journal_root: edition.event.journal.root.clone(),
            seal: reader.n(entry),
            manifest: manifest.clone(),
            publisher: folder.publisher.clone(),
            address,
            code,
        }
    }

    /// What the QR code says.
    pub fn code(&self) -> &str {
        &self.code
    }
}

fn parts(reader: Reader, at: jiff::Timestamp) -> [u16; 6] {
    let time = reader.legal(at);
    let part = |part: i8| u16::try_from(part).unwrap_or(0);
    [
        u16::try_from(time.year()).unwrap_or(0),
        part(time.month()),
        part(time.day()),
        part(time.hour()),
        part(time.minute()),
        part(time.second()),
    ]
}
