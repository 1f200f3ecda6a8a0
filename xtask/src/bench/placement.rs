//! Placement beside OR-tools: the same instances, one run, one table.
//!
//! Both solve the transport of the same groups to the same nearest stations, so their costs have
//! to be equal. Ours then places them among all stations, which is what is used, and whose cost is
//! its own lower bound. A whole nation has no peer: it is held against what is promised. Seconds
//! are those of processors: who measures on a machine that others use waits for them, and that is
//! not what is compared.

mod nation;
mod options;

use crate::bench::commit;
use crate::bench::object;
use crate::bench::placement::options::Options;
use crate::bench::placement::options::USAGE;
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

/// An instance: its name, stations, groups, and the nearest stations that the peer is given.
struct Work {
    name: &'static str,
    size: [u32; 3],
    standard: bool,
}

const WORKS: [Work; 3] = [
    Work {
        name: "2k",
        size: [2_000, 40_000, 12],
        standard: true,
    },
    Work {
        name: "10k",
        size: [10_000, 200_000, 10],
        standard: true,
    },
    Work {
        name: "55k",
        size: [55_000, 1_000_000, 6],
        standard: false,
    },
];

/// What was measured of one solver.
#[derive(Clone, Debug, Default, PartialEq)]
struct Figure {
    cost_metres: i64,
    processor_seconds: f64,
}

/// Measures what is asked for and prints it.
///
/// # Errors
/// Whatever keeps it from measuring; and, after the table, a cost that differs or a longer time.
pub fn run(project: &Project, words: &[String]) -> Result<(), Stop> {
    let options = Options::read(words)?;
    if options.help {
        print!("{USAGE}");
        return Ok(());
    }
    machine::provide(&machine::MEASURED)?;
    if let Some(nation) = &options.nation {
        println!("machine  {}", this_machine());
        println!("commit   {}\n", commit(project)?);
        return kept(&nation.measure(project)?);
    }
    districts(project, &options)
}

/// Whether all promises are kept.
fn kept(missed: &[String]) -> Result<(), Stop> {
    for what in missed {
        println!("missed   {what}");
    }
    match missed.len() {
        0 => Ok(()),
        missed => Err(Stop::Failed(format!("promises not kept: {missed}"))),
    }
}

/// Districts beside the peer.
fn districts(project: &Project, options: &Options) -> Result<(), Stop> {
    let works = chosen(options.only.as_deref())?;
    let folder = project.target.join("bench-placement");
    fs::create_dir_all(&folder).map_err(|error| failed(&folder, &error))?;
    let mut build = project.cargo(&["build", "--release", "--locked"]);
    call(build.args(["--package", "sanduq-placement", "--example", "measure"]))?;
    if !options.ours {
        packages(project, &folder)?;
    }
    println!("machine  {}", this_machine());
    println!("commit   {}\n", commit(project)?);
    println!("{HEAD}");
    let mut missed = 0;
    for work in works {
        let file = folder.join(format!("{}.bin", work.name));
        let [same, all] = solve(project, work, &file)?;
        let peer = if options.ours {
            None
        } else {
            Some(peer(project, &folder, &file)?)
        };
        println!("{}", row(work.name, &same, peer.as_ref(), &all));
        missed += usize::from(peer.is_some_and(|peer| is_missed(&same, &peer)));
    }
    match missed {
        0 => Ok(()),
        missed => Err(Stop::Failed(format!("instances not reached: {missed}"))),
    }
}

/// The works of these names; the standard ones where nothing is named.
fn chosen(only: Option<&str>) -> Result<Vec<&'static Work>, Stop> {
    let Some(names) = only else {
        return Ok(WORKS.iter().filter(|work| work.standard).collect());
    };
    let find = |name: &str| {
        let found = WORKS.iter().find(|work| work.name == name);
        found.ok_or_else(|| Stop::Failed(format!("no instance {name}\n\n{USAGE}")))
    };
    names.split(',').map(find).collect()
}

/// OR-tools, once for each list of packages.
pub(super) fn packages(project: &Project, folder: &Path) -> Result<(), Stop> {
    let list = project.root.join("xtask/bench/placement-requirements.txt");
    let wanted = fs::read_to_string(&list).map_err(|error| failed(&list, &error))?;
    let python = folder.join("python");
    let note = python.join("requirements.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    call(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&python),
    )?;
    let mut install = Command::new(interpreter(folder));
    install.args(["-m", "pip", "install", "--quiet"]);
    call(
        install
            .args(["--disable-pip-version-check", "-r"])
            .arg(&list),
    )?;
    fs::write(&note, wanted).map_err(|error| failed(&note, &error))
}

pub(super) fn interpreter(folder: &Path) -> PathBuf {
    folder.join("python/bin/python")
}

/// Ours: the instance of the peer, which it writes, and all stations.
fn solve(project: &Project, work: &Work, file: &Path) -> Result<[Figure; 2], Stop> {
    let program = project.target.join("release/examples/measure");
    let mut measure = Command::new(program);
    measure.args(work.size.map(|number| number.to_string()));
    let lines = listen(measure.arg(file))?;
    let figures: Vec<Figure> = lines.lines().filter_map(figure).collect();
    <[Figure; 2]>::try_from(figures).map_err(|_| Stop::Failed(format!("no figures: {lines}")))
}

/// The peer on the instance of the file.
fn peer(project: &Project, folder: &Path, file: &Path) -> Result<Figure, Stop> {
    let mut python = Command::new(interpreter(folder));
    python.env("PYTHONDONTWRITEBYTECODE", "1");
    python.arg(project.root.join("xtask/bench/placement.py"));
    let lines = listen(python.arg(file))?;
    let found = lines.lines().find_map(figure);
    found.ok_or_else(|| Stop::Failed(format!("the peer found no optimum: {lines}")))
}

/// The figures of a line.
fn figure(line: &str) -> Option<Figure> {
    let fields = object(line)?;
    let field = |name: &str| {
        let found = fields.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.as_str())
    };
    Some(Figure {
        cost_metres: field("cost_metres")?.parse().ok()?,
        processor_seconds: field("processor_seconds")?.parse().ok()?,
    })
}

/// Whether the costs differ or ours took longer.
fn is_missed(ours: &Figure, peer: &Figure) -> bool {
    ours.cost_metres != peer.cost_metres || ours.processor_seconds > peer.processor_seconds
}

const HEAD: &str = "\
            the same ways                                                    all stations
instance             cost, ours          cost, peer  s, ours  s, peer                cost        s";

fn row(name: &str, same: &Figure, peer: Option<&Figure>, all: &Figure) -> String {
    let cost = peer.map_or("-".to_owned(), |peer| peer.cost_metres.to_string());
    let seconds = peer.map_or("-".to_owned(), |peer| {
        format!("{:.2}", peer.processor_seconds)
    });
    format!(
        "{name:<11} {:>19} {cost:>19} {:>8.2} {seconds:>8} {:>19} {:>8.2}",
        same.cost_metres, same.processor_seconds, all.cost_metres, all.processor_seconds,
    )
}

/// A file that could not be read or written.
pub(super) fn failed(path: &Path, error: &std::io::Error) -> Stop {
    Stop::Failed(format!("{}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::Figure;
    use super::chosen;
    use super::figure;
    use super::is_missed;
    use super::row;

    #[test]
    fn figures_are_read_and_compared() {
        let line = r#"{"what":"same ways","cost_metres":71206902697,"processor_seconds":2.1}"#;
        let ours = figure(line).expect("figures");
        for (cost_metres, processor_seconds, missed) in [
            (71_206_902_697, 18.76, false),
            (71_206_902_696, 18.76, true),
            (71_206_902_697, 2.0, true),
        ] {
            let peer = Figure {
                cost_metres,
                processor_seconds,
            };
            assert_eq!(is_missed(&ours, &peer), missed, "{peer:?}");
        }
        // The peer found nothing: its cost is no number.
        assert_eq!(
            figure(r#"{"cost_metres": null, "processor_seconds": 1}"#),
            None
        );
        assert!(row("2k", &ours, None, &ours).contains("71206902697                   -"));
    }

    #[test]
    fn instances_are_chosen_by_name() {
        let names = |only| chosen(only).map(|works| works.iter().map(|work| work.name).collect());
        let standard: Vec<&str> = names(None).unwrap_or_default();
        assert_eq!(standard, ["2k", "10k"]);
        let named: Vec<&str> = names(Some("55k,2k")).unwrap_or_default();
        assert_eq!(named, ["55k", "2k"]);
        assert!(chosen(Some("3k")).is_err());
    }
}
