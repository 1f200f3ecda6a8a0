//! Everything that must hold before a change is taken in, in one list.

use crate::licences;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::listen;
use crate::project::works;
use crate::step;
use crate::step::Done;
use crate::step::Step;
use crate::suite;
use crate::tidy;
use std::fs;
use std::process::Command;

const SEEDS: [u32; 3] = [1, 2, 3];

/// Takes every step; with `keep_going` also those after a failure.
pub fn run(project: &Project, keep_going: bool) -> Result<(), Stop> {
    let mut steps = suite::steps(project);
    steps.extend(guards(project));
    steps.extend(SEEDS.map(|seed| {
        Step::new(&format!("rehearsal with seed {seed}"), move || {
            rehearsal(project, seed)
        })
    }));
    step::take(&steps, keep_going)
}

/// A command of cargo on the whole workspace, any warning of which stops it. Nothing is run, so
/// that all crates may share what one of them asks of a dependency.
fn strict(project: &Project, command: &str, more: &[&str]) -> Result<(), Stop> {
    let mut cargo = project.cargo(&[&[command, "--workspace", "--locked"], more].concat());
    call(cargo.env("RUSTDOCFLAGS", "-D warnings"))
}

/// What is read rather than run.
fn guards(project: &Project) -> Vec<Step<'_>> {
    vec![
        Step::new("format", || {
            call(&mut project.cargo(&["fmt", "--all", "--check"]))
        }),
        Step::new("lints", || {
            strict(
                project,
                "clippy",
                &["--all-targets", "--", "-D", "warnings"],
            )
        }),
        Step::new("tidy", || tidy::run(&project.root).map_err(Stop::Failed)),
        Step::new("documentation", || strict(project, "doc", &["--no-deps"])),
        Step::new("licences", || licences::check(project)),
        Step::that_may_skip("cargo deny", || {
            if !works("cargo", &["deny", "--version"]) {
                return Ok(Done::Skipped("cargo-deny is not installed"));
            }
            // It looks at the crates of every system, and a build fetches those of its own.
            call(&mut project.cargo(&["fetch", "--locked"]))?;
            let deny = ["deny", "--offline", "check", "licenses", "bans", "sources"];
            call(&mut project.cargo(&deny)).map(|()| Done::Passed)
        }),
    ]
}

/// A rehearsal of a village whose published folder the checker accepts. The first seed is played
/// twice and must end in the same hash.
fn rehearsal(project: &Project, seed: u32) -> Result<(), Stop> {
    let hash = play(project, seed)?;
    println!("seed {seed}: {hash}");
    if seed != SEEDS[0] {
        return Ok(());
    }
    let again = play(project, seed)?;
    if again == hash {
        println!("seed {seed} again: the same");
        return Ok(());
    }
    Err(Stop::Failed(format!(
        "seed {seed} ended in {hash} and then in {again}"
    )))
}

/// Plays one rehearsal with the program that the tests used and returns its final hash.
fn play(project: &Project, seed: u32) -> Result<String, Stop> {
    let program = project.target.join("debug/sanduq");
    let folder = project.target.join("ci").join(format!("rehearsal-{seed}"));
    if folder.exists() {
        let gone = fs::remove_dir_all(&folder);
        gone.map_err(|error| Stop::Failed(format!("{}: {error}", folder.display())))?;
    }
    let mut rehearse = Command::new(&program);
    rehearse.args(["rehearse", "--scale", "village", "--no-serve"]);
    rehearse
        .args(["--seed", &seed.to_string(), "--out"])
        .arg(&folder);
    let screen = listen(&mut rehearse)?;
    print!("{screen}");
    call(Command::new(&program).arg("verify").arg(&folder))?;
    let missing = || Stop::Failed("the rehearsal prints no final hash".to_owned());
    final_hash(&screen).map(str::to_owned).ok_or_else(missing)
}

/// The hash on the screen that ends a rehearsal.
fn final_hash(screen: &str) -> Option<&str> {
    let line = screen
        .lines()
        .rev()
        .find(|line| line.contains("final hash"))?;
    line.split_whitespace()
        .next_back()
        .filter(|word| word.len() >= 32)
}

#[cfg(test)]
mod tests {
    use super::final_hash;

    #[test]
    fn the_final_hash_is_the_last_word_of_its_line() {
        let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
        let screen =
            format!("final hash of the register 1\n  final hash   {hash}\nopen http://x\n");
        assert_eq!(final_hash(&screen), Some(hash));
        assert_eq!(final_hash("final hash\n"), None);
        assert_eq!(final_hash("hash 12\n"), None);
    }
}
