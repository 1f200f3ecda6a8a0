//! A run of the program itself as a process of its own, watched from outside: what it printed, how
//! long it took, and the most memory that it and its cluster held.

use crate::exit::Ended;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

/// What was seen of a run.
pub struct Seen {
    /// The object that it printed.
    pub said: Value,
    /// From its start to its end.
    pub took: Duration,
    /// The most memory of the program, in KiB.
    pub program_kib: u64,
    /// The most memory of the cluster: what its processes hold each and what they share, in KiB.
    pub cluster_kib: u64,
}

/// How often memory is looked at.
const LOOK: Duration = Duration::from_millis(100);

/// Runs the program with these arguments; its store is in a folder below `folder`.
///
/// # Errors
/// The program cannot be run, or does not end well.
pub fn run(arguments: &[String], folder: &Path) -> Result<Seen, Ended> {
    let program = std::env::current_exe().map_err(Ended::fault)?;
    let out = folder.join("said.json");
    let started = Instant::now();
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(fs::File::create(&out).map_err(Ended::fault)?)
        .stderr(Stdio::inherit())
        .spawn()
        .map_err(Ended::fault)?;
    let (mut program_kib, mut cluster_kib) = (0, 0);
    let ended = loop {
        if let Some(ended) = child.try_wait().map_err(Ended::fault)? {
            break ended;
        }
        let status = fs::read_to_string(format!("/proc/{}/status", child.id()));
        program_kib = program_kib.max(number(&status.unwrap_or_default(), "VmHWM:"));
        cluster_kib = cluster_kib.max(cluster(folder));
        std::thread::sleep(LOOK);
    };
    let took = started.elapsed();
    if !ended.success() {
        return Err(Ended::Fault(format!("the program ended with {ended}")));
    }
    let text = fs::read_to_string(&out).map_err(Ended::fault)?;
    Ok(Seen {
        said: serde_json::from_str(&text).map_err(Ended::fault)?,
        took,
        program_kib,
        cluster_kib,
    })
}

/// The figure of a line of a process's status; memory is in KiB.
fn number(status: &str, name: &str) -> u64 {
    let line = status.lines().find(|line| line.starts_with(name));
    let figure = line.and_then(|line| line.split_whitespace().nth(1));
    figure
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

/// Memory of the processes of the cluster whose data lies below `folder`: what each holds for
/// itself, and once the most that one of them has of what they share.
fn cluster(folder: &Path) -> u64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    let processes = processes.map(|process| process.path());
    let processes: Vec<(PathBuf, String)> = processes
        .filter_map(|process| {
            let status = fs::read_to_string(process.join("status")).ok()?;
            Some((process, status))
        })
        .filter(|(_, status)| status.starts_with("Name:\tpostgres"))
        .collect();
    let folder = folder.display().to_string();
    let first: BTreeSet<u64> = processes
        .iter()
        .filter(|(process, _)| {
            let line = fs::read_to_string(process.join("cmdline"));
            line.unwrap_or_default().contains(&folder)
        })
        .map(|(_, status)| number(status, "Pid:"))
        .collect();
    let own = processes.iter().filter(|(_, status)| {
        ["Pid:", "PPid:"]
            .iter()
            .any(|name| first.contains(&number(status, name)))
    });
    let (mut held, mut shared) = (0, 0);
    for (_, status) in own {
        held += number(status, "RssAnon:");
        shared = shared.max(number(status, "RssShmem:"));
    }
    held + shared
}
