//! `images/<digest>.<jpg|png>`: the images of the sheets of released contests, each under the
//! digest that the journal names, and `images/README.md`, where there are any. Always true here:
//! the name of a file follows from its bytes, so that one image has one file, and an image of a
//! contest that is not released has none (INV-31).

use crate::image::Image;
use crate::image::ImageFile;
use crate::image::Kind;
use serde::Deserialize;
use serde::Serialize;

/// The folder of images.
pub const IMAGES: &str = "images/";

/// What lies in that folder and how to check it.
pub(super) const README: &str = include_str!("images.md");

/// Where the file of an image lies.
#[must_use]
pub fn image_path(file: &ImageFile) -> String {
    format!("{IMAGES}{}", file.name())
}

/// One page of the paper of a sheet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicImage {
    /// Which page, from 1 on.
    pub page: u32,
    /// The kind of its file.
    pub kind: Kind,
    /// The length of its file in bytes.
    pub size: u64,
    /// SHA-256 of its file, as the journal names it.
    pub digest: String,
}

impl PublicImage {
    /// The image as it is published; none while nobody may see it.
    pub(super) fn of(image: &Image) -> Option<Self> {
        let file = image.file.as_ref()?;
        Some(Self {
            page: image.page,
            kind: file.kind,
            size: file.size,
            digest: file.digest.clone(),
        })
    }

    /// Its file.
    #[must_use]
    pub fn file(&self) -> ImageFile {
        ImageFile {
            kind: self.kind,
            size: self.size,
            digest: self.digest.clone(),
        }
    }
}
