//! The image of a sheet: a photograph or a scan of the signed paper, page by page.
//!
//! ```text
//! what was sent ─▶ clean: kind by its signature, size, pixels by its header, nothing of a person
//!      or a place ─▶ digest ─▶ add: an open version of the sheet, the next page ─▶ journal
//! ```
//!
//! Always true here: no pixel is decoded. What is kept is built up again from the parts that make a
//! picture and from nothing else, so that no position, name, note or second picture that a camera
//! puts beside them is kept, and the digest is of the bytes that are kept. One image belongs to one
//! sheet (E64). An image replaces none, and a version that counts, or has ended, takes no more
//! (INV-25).

mod refusal;
mod parts;
mod jpeg;
mod png;
mod known;

pub use known::Known;
pub use refusal::ImageRefusal;

use crate::sheet::Outcome;
use crate::sheet::Sheet;
use crate::sheet::SheetKey;
use crate::sheet::SheetState;
use crate::sheet::hex;
use jiff::Timestamp;
use ring::digest::SHA256;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Change;
use sanduq_core::act::Entry;
use serde::Deserialize;
use serde::Serialize;

/// The longest file of an image, in bytes: 6 MiB. A telephone of twelve million pixels makes two to
/// five.
pub const LONGEST: usize = 6 << 20;
/// The shorter side at least, in pixels: below it a line of print on a sheet of A4 has less than
/// eleven pixels of height.
pub const SHORTEST_SIDE: u32 = 800;
/// The longer side at most, in pixels: what a telephone of fifty million pixels makes, and A4 at
/// six hundred dots an inch. Whoever looks at a picture must hold all of it.
pub const LONGEST_SIDE: u32 = 8_200;
/// Pages of one version at most.
pub const MOST_PAGES: u32 = 8;

/// The kind of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// JPEG (ITU-T T.81): baseline, extended or progressive, Huffman coded.
    Jpeg,
    /// PNG (W3C, third edition).
    Png,
}

impl Kind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Jpeg, Self::Png];

    /// The word in the journal and in files.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
        }
    }

    /// The kind of this word.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// How the name of its files ends, without a dot.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }

    /// Its media type (RFC 2046, RFC 2083).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The kind of bytes, by how they begin; a name says nothing.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(&jpeg::SIGNATURE) {
            Some(Self::Jpeg)
        } else if bytes.starts_with(&png::SIGNATURE) {
            Some(Self::Png)
        } else {
            None
        }
    }
}

/// A picture that was taken apart and put together again.
struct Whole {
    bytes: Vec<u8>,
    width: u32,
    height: u32,
}

/// A picture that may be kept as the image of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// What file it is.
    pub file: ImageFile,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What is known of the file of an image.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ImageFile {
    /// The kind.
    pub kind: Kind,
    /// Its length in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, as 64 hexadecimal digits in lower case.
    pub digest: String,
}

impl ImageFile {
    /// The name under which it is found, on the site and in a folder.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}.{}", self.digest, self.kind.ending())
    }
}

/// An image that is on record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Image {
    /// Of which sheet.
    pub key: SheetKey,
    /// Of which version of it.
    pub version: u32,
    /// Which page, from 1 on, in the order in which they came.
    pub page: u32,
    /// The file; none while its contest is not released, since it shows votes (INV-31).
    pub file: Option<ImageFile>,
}

/// Where an image was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// At the station, by its head.
    Station,
    /// At the centre, by a clerk.
    Centre,
}

impl Taken {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Station, Self::Centre];

    /// The word in the journal.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Station => "station",
            Self::Centre => "centre",
        }
    }
}

/// What was sent as an image, as it may be kept: without anything that a camera writes beside the
/// picture, but for the way up that it was held.
///
/// # Errors
/// [`ImageRefusal`]: empty, too long, of no kind that is taken, damaged or cut off, too small or
/// too large.
pub fn clean(sent: &[u8]) -> Result<Picture, ImageRefusal> {
    if sent.is_empty() {
        return Err(ImageRefusal::Empty);
    }
    if sent.len() > LONGEST {
        return Err(ImageRefusal::TooLong);
    }
    let kind = Kind::of(sent).ok_or(ImageRefusal::NotAnImage)?;
    let whole = match kind {
        Kind::Jpeg => jpeg::rebuild(sent),
        Kind::Png => png::rebuild(sent),
    };
    let Whole {
        bytes,
        width,
        height,
    } = whole.ok_or(ImageRefusal::Damaged)?;
    if width.min(height) < SHORTEST_SIDE {
        return Err(ImageRefusal::TooSmall(width, height));
    }
    if width.max(height) > LONGEST_SIDE {
        return Err(ImageRefusal::TooLarge(width, height));
    }
    let digest = hex(ring::digest::digest(&SHA256, &bytes).as_ref());
    let file = ImageFile {
        kind,
        size: bytes.len() as u64,
        digest,
    };
    Ok(Picture {
        file,
        width,
        height,
        bytes,
    })
}

/// Whether a version in a state takes images; the word is that of
/// [`crate::sheet::SheetState::code`].
#[must_use]
pub fn takes(state: &str) -> bool {
    matches!(
        state,
        "received" | "first_entered" | "differing" | "quarantined"
    )
}

/// The versions that are of one paper with the last: while both organs read the paper of the
/// version before again and put other figures in its place, its images are those of the new version
/// too.
#[must_use]
pub fn of_one_paper(versions: &[Sheet]) -> &[Sheet] {
    let read_again = |sheet: &Sheet| match &sheet.state {
        SheetState::Superseded { decision, .. } => {
            matches!(decision.proposal.outcome, Outcome::Correct(_))
        }
        _ => false,
    };
    let Some((_, before)) = versions.split_last() else {
        return versions;
    };
    let other = before.iter().rposition(|sheet| !read_again(sheet));
    &versions[other.map_or(0, |at| at + 1)..]
}

/// Adds an image to the last version of a sheet as its next page; `pages` are those that it has,
/// `holder` is the sheet that has the same file already. None when this very sheet has it: sent
/// twice by a shaky line, it is there once.
///
/// # Errors
/// [`ImageRefusal`]: there is no sheet yet, the organ has no part in it, the file belongs to
/// another sheet, the version counts or has ended, or has as many pages as it may.
pub fn add(
    sheet: Option<&Sheet>,
    (pages, holder): (u32, Option<&SheetKey>),
    file: &ImageFile,
    (by, at, taken): (&Actor, Timestamp, Taken),
) -> Result<Option<Change<Image>>, ImageRefusal> {
    let sheet = sheet.ok_or(ImageRefusal::NoSheet)?;
    if !Act::SheetImaged.may_be_done_by(by.organ) {
        return Err(ImageRefusal::WrongOrgan(by.organ));
    }
    match holder {
        Some(holder) if *holder == sheet.key => return Ok(None),
        Some(_) => return Err(ImageRefusal::OtherSheet),
        None => {}
    }
    let state = sheet.state.code();
    if !takes(state) {
        return Err(ImageRefusal::Settled(state));
    }
    if pages >= MOST_PAGES {
        return Err(ImageRefusal::TooManyPages);
    }
    let page = pages + 1;
    let entry = Entry::new(Act::SheetImaged, by, at)
        .with("contest", &sheet.key.contest)
        .with("station", &sheet.key.station)
        .with("version", sheet.version)
        .with("page", page)
        .with("kind", file.kind.code())
        .with("size", file.size)
        .with("digest", &file.digest)
        .with("taken", taken.code());
    let next = Image {
        key: sheet.key.clone(),
        version: sheet.version,
        page,
        file: Some(file.clone()),
    };
    Ok(Some(Change { next, entry }))
}

#[cfg(test)]
mod tests;
