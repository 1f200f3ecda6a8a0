//! Stores for tests: one private cluster for all tests of a machine, one database for each test,
//! copied from a template that has the schema. The cluster stops when the last test has ended.

use crate::error::StoreError;
use crate::store::Store;

/// A store of a test's own. Its database is removed when it is dropped.
pub struct Trial {
    /// The store.
    pub store: Store,
}

impl Trial {
    /// An empty store with the schema.
    ///
    /// # Errors
    /// A fault of the machine.
    pub async fn start() -> Result<Self, StoreError> {
        crate::unwritten(&())
    }
}
