//! The private cluster (body follows).

use crate::error::StoreError;
use std::path::Path;

/// A private cluster.
pub struct Cluster;

impl Cluster {
    /// Opens it.
    ///
    /// # Errors
    /// A fault.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        crate::unwritten(&dir)
    }
}
