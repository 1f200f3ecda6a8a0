//! The schema and its migrations (body follows).

use crate::error::StoreError;
use tokio_postgres::Client;

/// One step of the schema.
#[derive(Clone, Copy, Debug)]
pub struct Migration {
    /// Its name: number and subject.
    pub name: &'static str,
    /// Its statements.
    pub sql: &'static str,
}

/// Every step, in order.
pub const MIGRATIONS: &[Migration] = &[];

/// Brings the schema forward.
///
/// # Errors
/// [`Fault::Schema`](crate::Fault::Schema).
pub async fn migrate(owner: &mut Client, steps: &[Migration]) -> Result<(), StoreError> {
    let _ = owner;
    crate::unwritten(&steps)
}
