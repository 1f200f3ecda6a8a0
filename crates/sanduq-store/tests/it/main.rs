//! The store against a real PostgreSQL: one private cluster for all tests, one database for each.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops where something is not as it must be"
)]

mod account;
mod certification;
mod cluster;
mod counted;
mod crash;
mod day;
mod event;
mod find;
mod image;
mod first_password;
mod import;
mod journal;
mod nation;
mod own_station;
mod people;
mod record;
mod rights;
mod salts;
mod schema;
mod second_person;
mod sheet;
mod snapshot;
mod times;
