//! What a template is handed, as JSON: texts that are ready to be printed, in the digits of the
//! reader. Always true here: every figure is one of the folder or a sum that the rules of counting
//! made; codes stand beside names, so that a template can look words up.

mod head;
mod matrix;
mod sheet;
mod unit;
mod certificate;
mod form;

pub use certificate::Standing;
pub use certificate::certificate;
pub use form::form;
pub use head::Asked;
pub use sheet::sheet;
pub use unit::unit;

use crate::exit::Ended;
use serde::Serialize;
use serde_json::Value;

/// A document before it is set.
pub struct Document {
    /// The template's name without its ending.
    pub template: &'static str,
    /// What the template is handed.
    pub data: Value,
    /// What the QR code says.
    pub code: String,
    /// What `--json` tells besides.
    pub about: Value,
}

/// The data of a document.
fn value(data: &impl Serialize) -> Result<Value, Ended> {
    serde_json::to_value(data).map_err(Ended::fault)
}
