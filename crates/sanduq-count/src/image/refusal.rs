//! Why an image is refused.

use super::LONGEST;
use super::LONGEST_SIDE;
use super::MOST_PAGES;
use super::SHORTEST_SIDE;
use sanduq_core::act::Organ;
use sanduq_core::refusal::Refusal;

/// Why an image is refused. First what was sent is looked at, then whether the sheet takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageRefusal {
    /// Nothing was sent.
    Empty,
    /// The file is longer than [`LONGEST`].
    TooLong,
    /// It begins like no kind of picture that is taken, whatever its name says.
    NotAnImage,
    /// It begins like a picture and cannot be read to its end: damaged, cut off, or of a variety
    /// that not every reader shows.
    Damaged,
    /// Its shorter side has less than [`SHORTEST_SIDE`] pixels; width and height.
    TooSmall(u32, u32),
    /// Its longer side has more than [`LONGEST_SIDE`] pixels; width and height.
    TooLarge(u32, u32),
    /// No sheet has come in of which it could be.
    NoSheet,
    /// This organ has no part in it.
    WrongOrgan(Organ),
    /// The same file is the image of another sheet (E64).
    OtherSheet,
    /// The version counts or has ended, and takes no image (INV-25); its state.
    Settled(&'static str),
    /// The version has [`MOST_PAGES`] pages.
    TooManyPages,
}

impl Refusal for ImageRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Empty => "image.empty",
            Self::TooLong => "image.too_long",
            Self::NotAnImage => "image.not_an_image",
            Self::Damaged => "image.damaged",
            Self::TooSmall(..) => "image.too_small",
            Self::TooLarge(..) => "image.too_large",
            Self::NoSheet => "image.no_sheet",
            Self::WrongOrgan(_) => "image.wrong_organ",
            Self::OtherSheet => "image.of_another_sheet",
            Self::Settled(_) => "image.settled",
            Self::TooManyPages => "image.too_many_pages",
        }
    }
}

impl core::fmt::Display for ImageRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("no file was sent; choose or take a picture first"),
            Self::TooLong => write!(
                f,
                "the file has more than {} MiB; take the picture at a lower quality",
                LONGEST >> 20
            ),
            Self::NotAnImage => f.write_str("the file is no JPEG and no PNG; send a photograph"),
            Self::Damaged => {
                f.write_str("the picture is damaged or cut off; take it again and send it whole")
            }
            Self::TooSmall(width, height) => write!(
                f,
                "the picture has {width} × {height} pixels, and its shorter side needs \
                 {SHORTEST_SIDE} to be read; take it from nearer or at a higher resolution"
            ),
            Self::TooLarge(width, height) => write!(
                f,
                "the picture has {width} × {height} pixels, and no side may have more than \
                 {LONGEST_SIDE}; take it at a lower resolution"
            ),
            Self::NoSheet => f.write_str("no sheet has come in yet; send its figures first"),
            Self::WrongOrgan(organ) => {
                write!(f, "the organ `{}` has no part in this", organ.code())
            }
            Self::OtherSheet => {
                f.write_str("this very file is the image of another sheet; take that of this paper")
            }
            Self::Settled(state) => write!(
                f,
                "the sheet is {state} and takes no image; its next version does"
            ),
            Self::TooManyPages => write!(f, "the sheet has {MOST_PAGES} images, and no more"),
        }
    }
}

impl core::error::Error for ImageRefusal {}
