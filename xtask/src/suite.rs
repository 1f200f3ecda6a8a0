//! Every test of the project: those of Rust, those in the documentation, those in the browser.

use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::works;
use crate::step;
use crate::step::Done;
use crate::step::Step;
use std::path::PathBuf;
use std::process::Command;

/// Runs every test.
pub fn run(project: &Project) -> Result<(), Stop> {
    step::take(&steps(project), false)
}

/// The steps of the test command.
pub fn steps(project: &Project) -> Vec<Step<'_>> {
    vec![
        Step::new("what the machine needs", || {
            machine::provide(machine::PROGRAM.iter().chain(&machine::TESTS))
        }),
        // A test that passes without its data says so where a test runner hides it; this does not.
        Step::that_may_skip("data of real elections", || {
            let absent = "../shared/data is absent; the tests on it have nothing to recompute";
            let there = project.root.join("../shared/data").is_dir();
            Ok(if there {
                Done::Passed
            } else {
                Done::Skipped(absent)
            })
        }),
        // The whole workspace, so that every later step finds the same dependencies built.
        Step::new("build", || {
            let all = ["build", "--workspace", "--exclude", APART, "--locked"];
            call(project.cargo(&all).args(["--bins", "--examples"]))
        }),
        Step::new("tests", || {
            let runner: &[&str] = if works("cargo", &["nextest", "--version"]) {
                &[
                    "nextest",
                    "run",
                    "--workspace",
                    "--exclude",
                    APART,
                    "--locked",
                    "--no-fail-fast",
                ]
            } else {
                &[
                    "test",
                    "--workspace",
                    "--exclude",
                    APART,
                    "--locked",
                    "--no-fail-fast",
                    "--lib",
                    "--bins",
                    "--tests",
                ]
            };
            call(&mut project.cargo(runner))
        }),
        Step::new("tests in the documentation", || {
            let doc = [
                "test",
                "--workspace",
                "--exclude",
                APART,
                "--locked",
                "--doc",
            ];
            call(&mut project.cargo(&doc))
        }),
        Step::new("ballot client", || client(project)),
        Step::that_may_skip("tests in the browser", || browser(project)),
        Step::new("documents", || {
            call(&mut project.cargo(&["test", "-p", APART, "--locked"]))
        }),
    ]
}

/// The crate that makes documents, never compiled with the others: what its engine asks of crates
/// that both use would change what the others are tested with.
pub const APART: &str = "sanduq-document";

/// The browser that pages are looked at with.
pub fn chromium() -> Result<PathBuf, Stop> {
    machine::chromium().ok_or_else(|| Stop::Failed("Chromium is not on the path".to_owned()))
}

/// What the tests in `e2e/` stand on.
pub fn packages(project: &Project) -> Result<(), Stop> {
    npm(project, "e2e", &["ci", "--no-audit", "--no-fund"])
}

fn npm(project: &Project, folder: &str, args: &[&str]) -> Result<(), Stop> {
    let folder = project.root.join(folder);
    call(Command::new("npm").args(args).current_dir(folder))
}

/// The voter's ballot client: its types, that its sources give the very file that is served, its
/// tests. One of these asks an outside program whether the ballots are good, where there is one.
fn client(project: &Project) -> Result<(), Stop> {
    for args in [
        &["ci", "--no-audit", "--no-fund"][..],
        &["run", "check"],
        &["test"],
    ] {
        npm(project, "client", args)?;
    }
    Ok(())
}

/// The tests in `e2e/`; they find the built programs in `SANDUQ` and `SAMPLE`, which they would
/// build for themselves with other dependencies, and the browser in `CHROMIUM`.
fn browser(project: &Project) -> Result<Done, Stop> {
    let folder = project.root.join("e2e");
    if !folder.join("package.json").exists() {
        return Ok(Done::Skipped("there is no e2e/package.json"));
    }
    let chromium = chromium()?;
    packages(project)?;
    let mut node = Command::new("node");
    // A browser waits more than it works: two files at a time.
    node.args(["--test", "--test-concurrency=2"])
        .current_dir(&folder);
    let built = project.target.join("debug");
    node.env("SANDUQ", built.join("sanduq"))
        .env("SAMPLE", built.join("examples/sample"))
        .env("CHROMIUM", chromium);
    call(&mut node).map(|()| Done::Passed)
}
