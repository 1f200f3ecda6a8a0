//! The chores of the project in plain Rust: `cargo xtask` lists them.

mod bench;
mod ci;
mod licences;
mod machine;
mod project;
mod rehearse;
mod step;
mod suite;
mod tidy;

use crate::project::Project;
use crate::project::Stop;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask COMMAND

  rehearse [ARGS…]    provide what this machine lacks, build, and run a whole invented election;
                      ARGS go to `sanduq rehearse` (--scale, --seed, --out, --no-serve, --help …)
  test                provide what the tests need and run all of them, in the browser too
  ci [--keep-going]   test, format, lints, tidy, documentation, rehearsals, licences
  tidy                the rules of the house that no compiler checks
  bench [NAME ARGS…]  measure: machine, commit, figures; `bench --help` lists what can be measured,
                      `bench entry [SHEETS]` counts a clerk's keys and waiting in the browser,
                      `bench matching` sets matching beside Splink, with a judge of its own,
                      `bench ballots` sets the remote ballot beside belenios-tool,
                      `bench placement` sets placement beside the min-cost flow of OR-tools,
                      `bench staff` sets judges and administrators beside it and CP-SAT
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next().unwrap_or_default();
    let rest: Vec<String> = arguments.collect();
    let project = Project::find();
    let done = match command.as_str() {
        "rehearse" => rehearse::run(&project, &rest),
        "test" | "ci" | "tidy" if asks_for_help(&rest) => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        "test" => nothing_else(&rest, &[]).and_then(|()| suite::run(&project)),
        "ci" => nothing_else(&rest, &["--keep-going"])
            .and_then(|()| ci::run(&project, !rest.is_empty())),
        "tidy" => {
            nothing_else(&rest, &[]).and_then(|()| tidy::run(&project.root).map_err(Stop::Failed))
        }
        "bench" => bench::run(&project, &rest),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        other => Err(Stop::Failed(format!("no command {other}\n\n{USAGE}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            eprintln!("{stop}");
            stop.code()
        }
    }
}

/// Whether somebody wants to know what there is, and nothing done.
fn asks_for_help(words: &[String]) -> bool {
    words.iter().any(|word| word == "--help" || word == "-h")
}

/// Says no to a word that a command does not know: what takes half an hour is not begun by mistake.
fn nothing_else(words: &[String], known: &[&str]) -> Result<(), Stop> {
    match words.iter().find(|word| !known.contains(&word.as_str())) {
        Some(word) => Err(Stop::Failed(format!("{word} is not known here\n\n{USAGE}"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_long_is_begun_by_mistake() {
        let words =
            |text: &str| -> Vec<String> { text.split_whitespace().map(str::to_owned).collect() };
        for (text, help, known) in [
            ("", false, true),
            ("--keep-going", false, true),
            ("--help", true, false),
            ("--keep-going -h", true, false),
            ("--keep-goign", false, false),
            ("all", false, false),
        ] {
            assert_eq!(asks_for_help(&words(text)), help, "{text}");
            let known_here = nothing_else(&words(text), &["--keep-going"]).is_ok();
            assert_eq!(known_here, known, "{text}");
        }
    }
}
