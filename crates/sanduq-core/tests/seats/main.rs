//! The seats engine against hand-worked cases, theorems, real elections and outside programs.

#![allow(
    clippy::unwrap_used,
    reason = "in a test what is not there is a failure"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "tests read figures and start outside programs"
)]

mod cases;
mod common;
mod law_files;
mod margins;
mod nation;
mod open;
mod oracle;
mod properties;
mod real_egypt;
mod real_iran;
mod real_russia;
mod real_tunisia;
mod refusals;
mod shares;
