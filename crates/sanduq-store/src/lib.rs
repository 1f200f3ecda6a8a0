//! The only SQL: a private PostgreSQL cluster, the schema, and one file per noun.
//!
//! [`Store::open`] gives the store of a folder or an address. [`Store::read`] is one snapshot of
//! it, which can change nothing. [`Store::write`] is one transaction in the name of an organ, with
//! at least one journal entry, or nothing happens.
//!
//! Always true here: whoever is told that a write is done can lose power the next instant and find
//! it done; whoever is told nothing finds all of it or none of it. What the database itself can
//! forbid, it forbids: append-only tables have no right to UPDATE or DELETE for any organ, and
//! nothing joins people with votes but the code of a station. The clock is never read: every time
//! is an argument.

pub mod access;
pub mod account;
pub mod certification;
pub mod cluster;
pub mod elector;
pub mod error;
pub mod event;
pub mod find;
pub mod geography;
pub mod image;
pub mod import;
pub mod journal;
pub mod own_station;
pub mod poll_book;
pub mod proof;
pub mod proposal;
pub mod publication;
pub mod schema;
pub mod sheet;
pub mod snapshot;
pub mod station_day;
pub mod station_record;
pub mod trial;

mod copy;
mod store;
mod transaction;
mod value;

pub use access::Access;
pub use error::Fault;
pub use error::StoreError;
pub use error::StoreRefusal;
pub use store::Config;
pub use store::Read;
pub use store::Store;
pub use store::Write;
