//! What may be said of the images of a sheet: one case for each thing that is true, so that no page
//! says of a sheet what holds for another.
//!
//! | sheet | contest | images | case |
//! |---|---|---|---|
//! | none | any | – | no sheet |
//! | open | any | none | not yet |
//! | counted | locked | none | counted without one, figures withheld |
//! | counted | released | none | published without one |
//! | ended | any | none | ended without one |
//! | any | locked | some | withheld |
//! | any | released | some | shown |

use crate::sheet::SheetState;

/// What is true of the images of a version of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing has come in of which there could be one.
    NoSheet,
    /// None, and the sheet is not counted: one may still come.
    NotYet,
    /// None, and the sheet is counted; nobody is shown its figures before the release.
    CountedWithout,
    /// None, and the sheet is counted and its figures are public.
    PublishedWithout,
    /// None, and the version was sent back or replaced.
    EndedWithout,
    /// So many are on record, and nobody is shown them before the release (INV-31).
    Withheld(u64),
    /// They are shown.
    Shown,
}

impl Known {
    /// What is true of a sheet in this state, of a contest that is released or not, with so many
    /// images on record.
    #[must_use]
    pub const fn of(sheet: Option<&SheetState>, released: bool, images: u64) -> Self {
        let Some(state) = sheet else {
            return Self::NoSheet;
        };
        match (images, released) {
            (1.., true) => return Self::Shown,
            (1.., false) => return Self::Withheld(images),
            (0, _) => {}
        }
        match (state, released) {
            (SheetState::Accepted { .. }, true) => Self::PublishedWithout,
            (SheetState::Accepted { .. }, false) => Self::CountedWithout,
            (SheetState::Returned { .. } | SheetState::Superseded { .. }, _) => Self::EndedWithout,
            (
                SheetState::Received
                | SheetState::FirstEntered { .. }
                | SheetState::Differing { .. }
                | SheetState::Quarantined { .. },
                _,
            ) => Self::NotYet,
        }
    }
}

#[cfg(test)]
mod tests;
