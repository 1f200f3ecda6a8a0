//! Minutes, certificates and blank forms as PDF, made from a published folder and from nothing
//! else. Always true here: a folder that is not what its publisher signed gives no document; every
//! figure of a document comes from the folder and is not computed in a template; the same folder,
//! templates and fonts give the same bytes.
//!
//! ```text
//! folder ─ checked ─▶ edition + journal ─▶ data ─▶ template ─▶ PDF
//! ```
//!
//! Exit codes: 0 done; 1 a fault of the program or the machine; 2 a wrong command line; 3 a
//! refusal.

mod exit;
mod shown;
mod folder;
mod data;
mod templates;
mod world;
mod print;
mod command;

use crate::command::Cli;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(ended) => ended.report(),
    }
}
