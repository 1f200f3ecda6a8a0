//! Judges and administrators beside OR-tools: the same invented nations, one run, one table.
//!
//! Ours is told registers and rules, and looks for the pairs worth looking at among all there are.
//! The min-cost flow of OR-tools is told integer costs of pairs: of a whole nation those that ours
//! looked at, since all 260 million do not fit into memory with it; of a governorate all. CP-SAT is
//! told all pairs of a small land, relatives too, and proves the optimum. What either found is
//! counted by one check, which is no part of any of them.

mod options;
mod table;

use crate::bench::commit;
use crate::bench::object;
use crate::bench::placement::failed;
use crate::bench::placement::interpreter;
use crate::bench::placement::packages;
use crate::bench::staff::options::Options;
use crate::bench::staff::options::USAGE;
use crate::bench::staff::table::Figures;
use crate::bench::staff::table::HEAD;
use crate::bench::staff::table::Measured;
use crate::bench::this_machine;
use crate::machine;
use crate::project::Project;
use crate::project::Stop;
use crate::project::call;
use crate::project::listen;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// Who stands beside ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Peer {
    /// The min-cost flow, on the pairs that ours looked at.
    Flow,
    /// The same on all pairs.
    FlowOfAll,
    /// CP-SAT on all pairs, relatives apart.
    Control,
}

/// An instance.
#[derive(Debug)]
struct Work {
    name: &'static str,
    /// The rules, from the project's root.
    rules: &'static str,
    /// People, sub-committees, general committees, governorates.
    size: [u32; 4],
    /// Whether people are where seats are, or where chance has them.
    supply: &'static str,
    peer: Peer,
    /// What is promised, by the clock.
    limit_seconds: f64,
    /// Those who do not come in the morning.
    apologies: u32,
}

const JUDGES: [u32; 4] = [18_620, 13_706, 367, 27];

const fn judges(name: &'static str, rules: &'static str) -> Work {
    Work {
        name,
        rules,
        size: JUDGES,
        supply: "drawn",
        peer: Peer::Flow,
        limit_seconds: 300.0,
        apologies: 1_200,
    }
}

const WORKS: [Work; 6] = [
    Work {
        size: [120, 80, 5, 2],
        peer: Peer::Control,
        apologies: 8,
        ..judges("control", "jurisdictions/wahat/staff/judges_next_door.toml")
    },
    Work {
        size: [2_000, 1_500, 30, 1],
        peer: Peer::FlowOfAll,
        apologies: 120,
        ..judges("governorate", "jurisdictions/wahat/staff/judges.toml")
    },
    judges("near-home", "jurisdictions/wahat/staff/judges.toml"),
    judges(
        "elsewhere",
        "jurisdictions/wahat/staff/judges_elsewhere.toml",
    ),
    judges(
        "next-door",
        "jurisdictions/wahat/staff/judges_next_door.toml",
    ),
    Work {
        size: [120_000, 13_706, 367, 27],
        supply: "enough",
        limit_seconds: 600.0,
        ..judges("administrators", "xtask/bench/staff-administrators.toml")
    },
];

/// Measures what is asked for and prints it.
///
/// # Errors
/// Whatever keeps it from measuring; and, after the table, a promise that is not kept.
pub fn run(project: &Project, words: &[String]) -> Result<(), Stop> {
    let options = Options::read(words)?;
    if options.help {
        print!("{USAGE}");
        return Ok(());
    }
    let works = chosen(options.only.as_deref())?;
    machine::provide(&machine::MEASURED)?;
    let folder = project.target.join("bench-staff");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut build = project.cargo(&["build", "--release", "--locked"]);
    call(build.args(["--package", "sanduq-assignment", "--example", "assign"]))?;
    if !options.ours {
        packages(project, &project.target.join("bench-placement"))?;
    }
    println!("machine  {}", this_machine());
    println!("commit   {}\n", commit(project)?);
    println!("{HEAD}");
    let mut missed = Vec::new();
    let mut mornings = String::new();
    for work in works {
        let bench = Bench {
            project,
            work,
            options: &options,
            folder: &folder,
        };
        let measured = bench.measure()?;
        print!("{}", measured.rows(work.name));
        mornings += &measured.morning(work.name);
        missed.extend(measured.missed(work));
    }
    print!("\n{mornings}");
    for what in &missed {
        println!("missed   {what}");
    }
    match missed.len() {
        0 => Ok(()),
        missed => Err(Stop::Failed(format!("promises not kept: {missed}"))),
    }
}

/// The works of these names; all where nothing is named.
fn chosen(only: Option<&str>) -> Result<Vec<&'static Work>, Stop> {
    let Some(names) = only else {
        return Ok(WORKS.iter().collect());
    };
    let find = |name: &str| {
        let found = WORKS.iter().find(|work| work.name == name);
        found.ok_or_else(|| Stop::Failed(format!("no instance {name}\n\n{USAGE}")))
    };
    names.split(',').map(find).collect()
}

/// One instance at work.
struct Bench<'a> {
    project: &'a Project,
    work: &'a Work,
    options: &'a Options,
    folder: &'a Path,
}

impl Bench<'_> {
    fn measure(&self) -> Result<Measured, Stop> {
        let (instance, posts) = (self.file("instance"), self.file("posts"));
        let pairs = match self.work.peer {
            Peer::Flow => "looked",
            Peer::FlowOfAll | Peer::Control => "all",
        };
        let mut ours = self.ours();
        ours.arg("--posts").arg(&posts);
        ours.args(["--apologies", &self.work.apologies.to_string()]);
        if !self.options.ours {
            ours.arg("--instance")
                .arg(&instance)
                .args(["--pairs", pairs]);
        }
        let ours = figures(&listen(&mut ours)?)?;
        let same = match self.options.again {
            true => Some(self.again(&posts)?),
            false => None,
        };
        let peer = match self.options.ours {
            true => None,
            false => Some(self.peer(&instance)?),
        };
        Ok(Measured { ours, same, peer })
    }

    /// Our program on this instance.
    fn ours(&self) -> Command {
        let mut ours = Command::new(self.project.target.join("release/examples/assign"));
        ours.arg("--rules")
            .arg(self.project.root.join(self.work.rules));
        let sizes = self.work.size.iter().zip(self.options.size);
        for (name, (usual, asked)) in options::SIZES.iter().zip(sizes) {
            ours.arg(name).arg(asked.unwrap_or(*usual).to_string());
        }
        ours.args(["--supply", self.work.supply]);
        ours.args(["--seed", &self.options.seed.to_string()]);
        ours
    }

    /// Whether a second run, on one thread, places everybody alike.
    fn again(&self, posts: &Path) -> Result<bool, Stop> {
        let second = self.file("again");
        let mut ours = self.ours();
        listen(
            ours.arg("--posts")
                .arg(&second)
                .env("RAYON_NUM_THREADS", "1"),
        )?;
        let read = |path: &Path| fs::read(path).map_err(|error| failed(path, &error));
        Ok(read(posts)? == read(&second)?)
    }

    /// The peer on the instance that ours has written, and what the check says of its answer.
    fn peer(&self, instance: &Path) -> Result<[Figures; 2], Stop> {
        let how = match self.work.peer {
            Peer::Flow | Peer::FlowOfAll => "flow",
            Peer::Control => "sat",
        };
        let answer = self.file("answer");
        let mut python = Command::new(interpreter(&self.project.target.join("bench-placement")));
        python.env("PYTHONDONTWRITEBYTECODE", "1");
        python.arg(self.project.root.join("xtask/bench/staff.py"));
        let found = figures(&listen(python.arg(how).arg(instance).arg(&answer))?)?;
        let checked = figures(&listen(self.ours().arg("--check").arg(&answer))?)?;
        Ok([found, checked])
    }

    fn file(&self, kind: &str) -> PathBuf {
        self.folder.join(format!("{}.{kind}", self.work.name))
    }
}

/// The figures of the last line that has any.
fn figures(lines: &str) -> Result<Figures, Stop> {
    let found = lines.lines().rev().find_map(object);
    let found = found.ok_or_else(|| Stop::Failed(format!("no figures: {lines}")))?;
    Ok(Figures::new(found))
}

#[cfg(test)]
mod tests {
    use super::chosen;

    #[test]
    fn instances_are_chosen_by_name() {
        let names = |only| chosen(only).map(|works| works.iter().map(|work| work.name).collect());
        let all: Vec<&str> = names(None).unwrap_or_default();
        assert_eq!(all.len(), 6);
        let named: Vec<&str> = names(Some("elsewhere,control")).unwrap_or_default();
        assert_eq!(named, ["elsewhere", "control"]);
        assert!(chosen(Some("near")).is_err());
    }
}
