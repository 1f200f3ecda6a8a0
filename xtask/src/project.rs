//! Where the project lies and how its tools are called.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::ExitCode;
use std::process::Stdio;

/// The checkout this program was built from.
pub struct Project {
    /// The folder with the workspace's `Cargo.toml`.
    pub root: PathBuf,
    /// The folder with everything built.
    pub target: PathBuf,
}

impl Project {
    /// Finds the project by the variable that cargo sets for a program it runs, and the built
    /// files by this very program, which is one of them.
    pub fn find() -> Project {
        let here = env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| OsString::from(env!("CARGO_MANIFEST_DIR")));
        let root = Path::new(&here)
            .parent()
            .expect("xtask lies in the project")
            .to_owned();
        let program = env::current_exe().ok();
        let built = program
            .as_deref()
            .and_then(Path::parent)
            .and_then(Path::parent);
        let target = built.map_or_else(|| root.join("target"), Path::to_owned);
        Project { root, target }
    }

    /// A call of cargo at the project's root.
    pub fn cargo(&self, arguments: &[&str]) -> Command {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
        let mut command = Command::new(cargo);
        command.args(arguments).current_dir(&self.root);
        command
    }
}

/// Why a command ends without having done its work.
#[derive(Debug)]
pub enum Stop {
    /// Something failed; the sentence says what.
    Failed(String),
    /// The machine lacks something this program may not install; the line to type does it.
    Lacking(String),
    /// Data that are not part of the project are not beside it; the sentence says which.
    Absent(String),
}

impl Stop {
    /// 3 when the machine or the place beside the checkout lacks something, 1 otherwise.
    pub fn code(&self) -> ExitCode {
        match self {
            Stop::Failed(_) => ExitCode::FAILURE,
            Stop::Lacking(_) | Stop::Absent(_) => ExitCode::from(3),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Failed(why) | Stop::Absent(why) => write!(out, "{why}"),
            Stop::Lacking(line) => write!(out, "Type this one line, then run again:\n\n{line}\n"),
        }
    }
}

/// Runs a command with this program's own input and output.
pub fn call(command: &mut Command) -> Result<(), Stop> {
    let ended = command
        .status()
        .map_err(|error| unstarted(command, &error))?;
    if ended.success() {
        Ok(())
    } else {
        Err(Stop::Failed(format!("{}: {ended}", words(command))))
    }
}

/// Runs a command and returns what it prints on its standard output.
pub fn listen(command: &mut Command) -> Result<String, Stop> {
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| unstarted(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    Err(Stop::Failed(format!(
        "{text}{}: {}",
        words(command),
        output.status
    )))
}

/// Whether a command starts and ends well; it prints nothing.
pub fn works(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|ended| ended.success())
}

fn unstarted(command: &Command, error: &std::io::Error) -> Stop {
    Stop::Failed(format!("{} does not start: {error}", words(command)))
}

fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
