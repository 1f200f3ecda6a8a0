//! One work done by the peer and by us: run, cost, judgement.

use crate::bench::matching::data::Data;
use crate::bench::matching::data::Records;
use crate::bench::matching::data::failed;
use crate::bench::matching::data::roll_name;
use crate::bench::matching::figures;
use crate::bench::matching::figures::Figure;
use crate::bench::matching::figures::value;
use crate::bench::matching::works::Work;
use crate::bench::matching::works::works;
use crate::project::Stop;
use crate::project::listen;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// What the program's report may differ from the judge before it is spoken of.
const ROUNDING: f64 = 0.0005;

/// Runs our program, lets the judge judge, and asks the program for what its pairs cannot show.
pub fn ours(
    data: &Data,
    work: &Work,
    records: &Records,
    program: &Path,
) -> Result<Vec<Figure>, Stop> {
    let pairs = data.folder.join(format!("pairs-{}.csv", work.name));
    gone(&pairs)?;
    let verb = if records.list.is_some() {
        "link"
    } else {
        "dedupe"
    };
    let mut run = matching(program, verb, work);
    run.args(records.list.iter().map(|[list, _]| list));
    run.arg(&records.roll).arg("--out").arg(&pairs);
    let (mut found, _) = costed(data, &run, Path::new("-"))?;
    let mut judge = data.script("judge.py");
    judge.arg("--pairs").arg(&pairs);
    found.extend(figures::read(&listen(known(&mut judge, records))?));
    found.extend(reported(work, records, program, &found)?);
    Ok(found)
}

/// A command of ours, with the profile of the work.
fn matching(program: &Path, verb: &str, work: &Work) -> Command {
    let mut command = Command::new(program);
    command.args(["match", verb, "--profile", &work.profile]);
    command
}

/// The files a judge compares with.
fn known<'a>(judge: &'a mut Command, records: &Records) -> &'a mut Command {
    judge.arg("--truth").arg(&records.truth);
    judge.arg("--roll").arg(&records.roll);
    if let Some([_, truth]) = &records.list {
        judge.arg("--list-truth").arg(truth);
    }
    judge
}

/// What the program says of its own work: the true pairs it compared and the errors of groups.
fn reported(
    work: &Work,
    records: &Records,
    program: &Path,
    judged: &[Figure],
) -> Result<Vec<Figure>, Stop> {
    let mut report = matching(program, "report", work);
    report.arg("--truth").arg(&records.truth);
    if let Some([list, truth]) = &records.list {
        report
            .arg("--list")
            .arg(list)
            .arg("--list-truth")
            .arg(truth);
    }
    let lines = listen(report.arg(&records.roll).arg("--json"))?;
    let mut said = figures::read(&lines);
    if let (Some(told), Some(found)) = (value(&said, "f1"), value(judged, "f1"))
        && (told - found).abs() > ROUNDING
    {
        eprintln!(
            "{}: the report says F1 {told:.4}, the judge {found:.4}",
            work.name
        );
    }
    said.retain(|figure| matches!(&*figure.name, "blocking_recall" | "pairs_compared"));
    for (name, of_pairs) in [("worst_group", false), ("worst_pairs", true)] {
        if let Some((group, of_mean)) = figures::worst_group(&lines, of_pairs) {
            eprintln!("{}: most errors in the group {group}", work.name);
            said.push(Figure {
                name: name.to_owned(),
                value: of_mean,
            });
        }
    }
    Ok(said)
}

/// Runs the peer's script, with what it learnt from another roll where the work says so.
pub fn peer(
    data: &Data,
    work: &Work,
    records: &Records,
    seed: Option<u64>,
) -> Result<Vec<Figure>, Stop> {
    let mut script = data.python();
    let mut words = work.peer.split_whitespace();
    script.arg(data.shared(words.next().unwrap_or_default()));
    script.args(words.map(|word| if word == "ROLL" { &records.name } else { word }));
    let has_twins = !work.made.is_empty() && work.list.is_empty();
    let pairs = data.folder.join("peer-pairs.parquet");
    if has_twins {
        script.env("DUMP", &pairs);
    }
    if !work.learnt.is_empty() {
        script.env("MODEL_IN", lesson(data, work, seed)?);
    } else if has_twins {
        script.env("MODEL_OUT", model(data, &records.name));
    }
    let file = |ending: &str| data.folder.join(format!("peer-{}.{ending}", work.name));
    let (costs, printed) = costed(data, &script, &file("log"))?;
    let file = file("txt");
    fs::write(&file, printed).map_err(|error| failed(&file, &error))?;
    let mut reader = data.script("peer.py");
    known(reader.arg("--printed").arg(file), records);
    if has_twins {
        reader.arg("--pairs").arg(&pairs);
    }
    let mut found = figures::read(&listen(&mut reader)?);
    gone(&pairs)?;
    // The peer's own clock leaves out what a user of it does not wait for.
    found.extend(costs.into_iter().filter(|cost| cost.name != "wall"));
    Ok(found)
}

/// What the peer learnt from the roll of another work; learns it first where it has not yet.
fn lesson(data: &Data, work: &Work, seed: Option<u64>) -> Result<PathBuf, Stop> {
    let all = works();
    let teacher = all.iter().find(|other| other.name == work.learnt);
    let teacher = teacher.expect("the table of works names one of its own");
    let file = model(data, &roll_name(teacher, seed));
    if !file.exists() {
        eprintln!("{}: the peer learns from {} …", work.name, teacher.name);
        let records = data.provide(teacher, seed)?;
        peer(data, teacher, &records, seed)?;
    }
    Ok(file)
}

fn model(data: &Data, roll: &str) -> PathBuf {
    data.folder.join(format!("model-{roll}.json"))
}

/// Runs a command in the folder of everything made; its cost and what it printed. What it says
/// besides goes into the log, or is passed on where that is `-`.
fn costed(data: &Data, command: &Command, log: &Path) -> Result<(Vec<Figure>, String), Stop> {
    let file = data.folder.join("cost.txt");
    gone(&file)?;
    let mut measured = data.script("cost.py");
    measured
        .arg(&file)
        .arg(log)
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        if let Some(value) = value {
            measured.env(name, value);
        }
    }
    let printed = listen(&mut measured)?;
    let cost = fs::read_to_string(&file).map_err(|error| failed(&file, &error))?;
    Ok((figures::read(&cost), printed))
}

/// Removes what an earlier run left.
fn gone(file: &Path) -> Result<(), Stop> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(file, &error)),
        _ => Ok(()),
    }
}
