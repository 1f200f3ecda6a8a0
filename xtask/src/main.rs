//! The chores of the project in plain Rust: `cargo xtask` lists them.

mod tidy;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    match tidy::run(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
