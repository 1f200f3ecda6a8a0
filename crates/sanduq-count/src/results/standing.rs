//! The standing of figures in one word, for pages and files: what may be said of them, and no more.
//! Always true here: the word follows from the lock, the certificate and the coverage, and from
//! nothing that anybody types.

use crate::results::Coverage;
use serde::Deserialize;
use serde::Serialize;

/// The standing of the figures of a contest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Figures are locked until the last station of the contest has closed.
    Locked,
    /// Released, and no sheet is counted yet.
    Awaited,
    /// Some sheets are counted.
    Partial,
    /// Every sheet is counted; what was contested may still change it.
    Preliminary,
    /// Both organs have certified it (TP-09).
    Final,
}

impl Standing {
    /// The standing of figures that are released, and certified, or not.
    #[must_use]
    pub const fn of((released, certified): (bool, bool), coverage: Coverage) -> Self {
        let Coverage { counted, stations } = coverage;
        match (released, certified, counted) {
            (false, _, _) => Self::Locked,
            (true, true, _) => Self::Final,
            (true, false, 0) => Self::Awaited,
            (true, false, _) if counted < stations => Self::Partial,
            (true, false, _) => Self::Preliminary,
        }
    }

    /// Whether every sheet is counted.
    #[must_use]
    pub const fn is_complete(self) -> bool {
        matches!(self, Self::Preliminary | Self::Final)
    }

    /// The word in files and class names.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Locked => "locked",
            Self::Awaited => "awaited",
            Self::Partial => "partial",
            Self::Preliminary => "preliminary",
            Self::Final => "final",
        }
    }
}
