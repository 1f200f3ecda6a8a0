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
        "test" => suite::run(&project),
        "ci" => ci::run(&project, rest.iter().any(|word| word == "--keep-going")),
        "tidy" => tidy::run(&project.root).map_err(Stop::Failed),
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
