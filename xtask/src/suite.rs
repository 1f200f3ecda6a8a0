//! Every test of the project: those of Rust, those in the documentation, those in the browser.

use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::works;
use crate::step;
use crate::step::Done;
use crate::step::Step;
use std::cell::RefCell;
use std::fs;
use std::fs::File;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::rc::Rc;

/// Runs every test.
pub fn run(project: &Project) -> Result<(), Stop> {
    step::take(&steps(project, Vec::new()), false)
}

/// The steps of the test command. While the browser is at work, which waits more than it computes,
/// the documents are made and the steps of `beside` taken.
pub fn steps<'a>(project: &'a Project, beside: Vec<Step<'a>>) -> Vec<Step<'a>> {
    let browser = Rc::new(Browser::new(project));
    let other = Rc::clone(&browser);
    let mut steps = of_rust(project);
    steps.push(Step::that_may_skip(
        "tests in the browser begin",
        move || other.begin(),
    ));
    steps.push(Step::new("documents", || {
        call(&mut project.cargo(&["test", "-p", APART, "--locked"]))
    }));
    steps.extend(beside);
    steps.push(Step::that_may_skip("tests in the browser", move || {
        browser.end()
    }));
    steps
}

fn of_rust(project: &Project) -> Vec<Step<'_>> {
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
            call(&mut project.cargo(&["build", "--workspace", "--exclude", APART, "--locked"]))
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

/// The tests in `e2e/`, which run while other steps are taken; what they print is kept until they
/// end.
struct Browser<'a> {
    project: &'a Project,
    running: RefCell<Option<Child>>,
}

const NO_TESTS: &str = "there is no e2e/package.json";

impl<'a> Browser<'a> {
    fn new(project: &'a Project) -> Browser<'a> {
        Browser {
            project,
            running: RefCell::new(None),
        }
    }

    fn log(&self) -> PathBuf {
        self.project.target.join("browser.log")
    }

    /// Starts them; they find the built program in `SANDUQ` and the browser in `CHROMIUM`.
    fn begin(&self) -> Result<Done, Stop> {
        let folder = self.project.root.join("e2e");
        if !folder.join("package.json").exists() {
            return Ok(Done::Skipped(NO_TESTS));
        }
        let chromium = chromium()?;
        packages(self.project)?;
        let failed = |error: std::io::Error| Stop::Failed(format!("the browser's tests: {error}"));
        let log = File::create(self.log()).map_err(failed)?;
        let mut node = Command::new("node");
        // A browser waits more than it works: two files at a time.
        node.args(["--test", "--test-concurrency=2"])
            .current_dir(&folder)
            .env("SANDUQ", self.project.target.join("debug/sanduq"))
            .env("CHROMIUM", chromium)
            .stdin(Stdio::null())
            .stderr(log.try_clone().map_err(failed)?)
            .stdout(log);
        *self.running.borrow_mut() = Some(node.spawn().map_err(failed)?);
        Ok(Done::Passed)
    }

    /// Waits for them and prints what they said.
    fn end(&self) -> Result<Done, Stop> {
        let Some(mut running) = self.running.borrow_mut().take() else {
            return Ok(Done::Skipped(NO_TESTS));
        };
        let failed = |error: std::io::Error| Stop::Failed(format!("the browser's tests: {error}"));
        let ended = running.wait().map_err(failed)?;
        let said = fs::read(self.log()).map_err(failed)?;
        println!("{}", String::from_utf8_lossy(&said));
        if ended.success() {
            Ok(Done::Passed)
        } else {
            Err(Stop::Failed(format!("node --test in e2e/: {ended}")))
        }
    }
}

impl Drop for Browser<'_> {
    /// Where another step has failed nobody waits for them: they are asked to stop, and take their
    /// browsers with them.
    fn drop(&mut self) {
        if let Some(mut running) = self.running.borrow_mut().take() {
            let id = running.id().to_string();
            let asked = call(Command::new("kill").arg(id));
            drop(asked);
            drop(running.wait());
        }
    }
}
