//! The main job in one command: provide, build, rehearse.

use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use std::os::unix::process::CommandExt;
use std::process::Command;

/// Provides what is lacking, builds the program and becomes `sanduq rehearse`: its input, output,
/// signals and exit code are this process's own.
pub fn run(project: &Project, arguments: &[String]) -> Result<(), Stop> {
    machine::provide(&machine::PROGRAM)?;
    build(project)?;
    let program = project.target.join("release/sanduq");
    let error = Command::new(&program)
        .arg("rehearse")
        .args(arguments)
        .exec();
    Err(Stop::Failed(format!(
        "{} does not start: {error}",
        program.display()
    )))
}

/// Builds the program as it is used.
pub fn build(project: &Project) -> Result<(), Stop> {
    call(&mut project.cargo(&["build", "--release", "--locked", "--package", "sanduq"]))
}
