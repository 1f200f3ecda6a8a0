//! Totals: every unit's figures are the sum of the accepted sheets below it at one snapshot, and
//! nothing else (INV-24). No total is ever typed.
//!
//! ```text
//! accepted sheets ─▶ tally ─┬─ lock ────▶ locked: coverage only
//!                           └─ release ─▶ released ─┬─▶ partial
//!                                                   └─▶ preliminary ─ both organs ─▶ final
//! ```
//!
//! Always true here: a tally hands out candidates' figures to nobody who cannot show that the last
//! station of the contest has closed (INV-31); a station counts once at most (INV-26); a figure
//! announced as partial cannot be shown as preliminary, nor that as final.

mod refusal;
mod tally;
mod standing;
mod lock;
mod announcement;
mod certification;
mod seats;
mod invariant;

pub use announcement::Announced;
pub use announcement::Final;
pub use announcement::Partial;
pub use announcement::Preliminary;
pub use certification::Proposed;
pub use certification::certifiable;
pub use certification::open_sheet;
pub use certification::totals_digest;
pub use invariant::Broken;
pub use invariant::hold;
pub use lock::Locked;
pub use lock::Release;
pub use lock::Released;
pub use lock::Shown;
pub use lock::lift_lock;
pub use refusal::ResultRefusal;
pub use seats::seat_input;
pub use standing::Standing;
pub use tally::Coverage;
pub use tally::Tally;
pub use tally::tally;

use sanduq_core::count::Votes;
use serde::Deserialize;
use serde::Serialize;

/// The figures of one unit for one contest.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// Stations below the unit that owe a sheet.
    pub stations: u64,
    /// Accepted sheets among them: the coverage.
    pub counted: u64,
    /// Sum of each field of the form, over accepted sheets; an empty line adds nothing.
    pub fields: Vec<Votes>,
    /// Sum of each choice, over accepted sheets.
    pub choices: Vec<Votes>,
}

impl Totals {
    /// How much of the count they hold.
    #[must_use]
    pub const fn coverage(&self) -> Coverage {
        Coverage {
            stations: self.stations,
            counted: self.counted,
        }
    }
}

#[cfg(test)]
mod tests;
