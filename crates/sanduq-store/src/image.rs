//! Images of sheets. Always true here: an image is written once, with its entry in the journal, and
//! never changed; it is of the last version of its sheet, while that neither counts nor has ended
//! (INV-25); one file is the image of one sheet (E64); nobody is handed a picture of a contest that
//! is not released, nor its digest (INV-31).
//!
//! Picture, row and entry are in one transaction: a crash, or a disk that is full, leaves all three
//! or none.

use crate::error::StoreError;
use crate::error::StoreRefusal;
use crate::sheet::sheet_columns;
use crate::sheet::sheet_out;
use crate::sheet::version_in;
use crate::store::Read;
use crate::store::Write;
use crate::value::code;
use crate::value::column;
use crate::value::count_out;
use crate::value::damaged;
use crate::value::hash;
use crate::value::time_in;
use core::pin::pin;
use futures_util::TryStreamExt;
use sanduq_core::act::Change;
use sanduq_core::id::EventId;
use sanduq_count::image::Image;
use sanduq_count::image::ImageFile;
use sanduq_count::image::ImageRefusal;
use sanduq_count::image::Kind;
use sanduq_count::sheet::Sheet;
use sanduq_count::sheet::SheetKey;
use sanduq_journal::hash::Hash;
use tokio_postgres::Row;

/// A sheet as whoever adds an image finds it.
#[derive(Clone, Debug)]
pub struct Awaiting {
    /// Its last version; none when nothing has come in.
    pub sheet: Option<Sheet>,
    /// The pages that this version has.
    pub pages: u32,
    /// The sheet that has the very same file.
    pub holder: Option<SheetKey>,
}

impl Read {
    /// The images of an event, by contest, station, version and page; without their files where the
    /// contest is not released. Everybody but the keepers of people may see them.
    ///
    /// # Errors
    /// A fault.
    pub async fn images(&self, event: &EventId) -> Result<Vec<Image>, StoreError> {
        let rows = self
            .transaction
            .stream(
                "SELECT contest, station, version, page, kind, size, digest
                FROM votes.public_image WHERE event = $1
                ORDER BY contest, station, version, page",
                &[&event.as_str()],
            )
            .await?;
        let mut rows = pin!(rows);
        let mut images = Vec::new();
        while let Some(row) = rows.try_next().await? {
            images.push(image_out(&row)?);
        }
        Ok(images)
    }

    /// The picture of this digest; none when there is none, or its contest is not released.
    ///
    /// # Errors
    /// A fault.
    pub async fn picture(
        &self,
        event: &EventId,
        digest: &Hash,
    ) -> Result<Option<(Kind, Vec<u8>)>, StoreError> {
        let row = self
            .transaction
            .row(
                "SELECT kind, content FROM votes.public_picture WHERE event = $1 AND digest = $2",
                &[&event.as_str(), &digest.as_bytes().as_slice()],
            )
            .await?;
        let read = |row: Row| Ok((kind_out(column(&row, 0)?)?, column(&row, 1)?));
        row.map(read).transpose()
    }
}

impl Write {
    /// A sheet as whoever adds an image finds it; until this transaction ends nobody else adds one
    /// to it, and it is not accepted. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::NotPermitted`], or a fault.
    pub async fn sheet_for_image(
        &self,
        event: &EventId,
        key: &SheetKey,
        digest: &str,
    ) -> Result<Awaiting, StoreError> {
        let (event, contest, station) =
            (event.as_str(), key.contest.as_str(), key.station.as_str());
        let row = self
            .transaction
            .row(
                concat!(
                    "SELECT ",
                    sheet_columns!(),
                    "
                FROM votes.sheet WHERE event = $1 AND contest = $2 AND station = $3
                ORDER BY version DESC LIMIT 1 FOR NO KEY UPDATE"
                ),
                &[&event, &contest, &station],
            )
            .await?;
        let sheet = row.as_ref().map(sheet_out).transpose()?;
        let version = sheet.as_ref().map_or(1, |sheet| sheet.version);
        let row = self
            .transaction
            .row(
                "SELECT count(*) FROM votes.image
                WHERE event = $1 AND contest = $2 AND station = $3 AND version = $4",
                &[&event, &contest, &station, &version_in(version)?],
            )
            .await?;
        let pages = row.map(|row| count_out(column(&row, 0)?)).transpose()?;
        Ok(Awaiting {
            sheet,
            pages: u32::try_from(pages.unwrap_or(0)).map_err(|e| damaged(&e))?,
            holder: self.holder(event, digest).await?,
        })
    }

    /// The sheet of which this digest is an image.
    async fn holder(&self, event: &str, digest: &str) -> Result<Option<SheetKey>, StoreError> {
        let digest = Hash::from_hex(digest).map_err(|e| damaged(&e))?;
        let row = self
            .transaction
            .row(
                "SELECT contest, station FROM votes.image WHERE event = $1 AND digest = $2",
                &[&event, &digest.as_bytes().as_slice()],
            )
            .await?;
        let key = |row: Row| {
            Ok(SheetKey {
                contest: code(&row, 0)?,
                station: code(&row, 1)?,
            })
        };
        row.map(key).transpose()
    }

    /// Adds an image with its bytes and journals the entry. Executive.
    ///
    /// # Errors
    /// [`StoreRefusal::Image`] when somebody brings the same file for another sheet at the same
    /// second; [`StoreRefusal::Immutable`] when the version is not the last, counts or has ended;
    /// [`StoreRefusal::Conflict`] when it is not the next page.
    pub async fn add_image(
        &mut self,
        event: &EventId,
        change: &Change<Image>,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let image = &change.next;
        let file = image.file.as_ref();
        let file = file.ok_or_else(|| damaged(&"an image without its file"))?;
        let digest = Hash::from_hex(&file.digest).map_err(|e| damaged(&e))?;
        let written = self
            .transaction
            .execute(
                "INSERT INTO votes.image (event, contest, station, version, page, at_ns, kind,
                    digest, content)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (event, digest) DO NOTHING",
                &[
                    &event.as_str(),
                    &image.key.contest.as_str(),
                    &image.key.station.as_str(),
                    &version_in(image.version)?,
                    &version_in(image.page)?,
                    &time_in(change.entry.at)?,
                    &file.kind.code(),
                    &digest.as_bytes().as_slice(),
                    &bytes,
                ],
            )
            .await?;
        if written == 0 {
            let station = image.key.station.clone();
            return Err(StoreRefusal::Image(station, ImageRefusal::OtherSheet).into());
        }
        self.journal(change.entry.clone());
        Ok(())
    }
}

fn kind_out(word: &str) -> Result<Kind, StoreError> {
    Kind::from_code(word).ok_or_else(|| damaged(&format!("the kind {word} of an image")))
}

fn number(row: &Row, index: usize) -> Result<u32, StoreError> {
    let number: i32 = column(row, index)?;
    u32::try_from(number).map_err(|e| damaged(&e))
}

fn image_out(row: &Row) -> Result<Image, StoreError> {
    let kind: Option<&str> = column(row, 4)?;
    let file = match kind {
        None => None,
        Some(kind) => Some(ImageFile {
            kind: kind_out(kind)?,
            size: count_out(column(row, 5)?)?,
            digest: hash(column(row, 6)?)?.to_string(),
        }),
    };
    Ok(Image {
        key: SheetKey {
            contest: code(row, 0)?,
            station: code(row, 1)?,
        },
        version: number(row, 2)?,
        page: number(row, 3)?,
        file,
    })
}
