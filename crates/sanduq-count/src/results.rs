//! Totals: every unit's figures are the sum of the accepted sheets below it at one snapshot, and
//! nothing else (INV-24). No total is ever typed.

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
