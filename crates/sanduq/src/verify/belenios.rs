//! `sanduq verify --belenios`: an archive of the Belenios protocol, checked from its own bytes
//! alone, with what such an archive cannot show said beside what it shows.

use crate::ballot::in_words;
use crate::ballot::values;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::progress::grouped;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::report::Failure;
use sanduq_ballot::verify::report::Report;
use serde_json::Value;
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;

/// What an archive of this protocol alone cannot show, each with a word for machines.
const NOT_EXCLUDED: [(&str, &str); 4] = [
    (
        "decryption_statement",
        "the challenge of a partial decryption does not name the ciphertext and the factor: a \
         trustee who chose the proof before the ciphertext is not excluded",
    ),
    (
        "other_archive",
        "no checkpoint is signed: that others were shown another archive, or ballots at its end \
         left out, is not excluded; compare the digest with others",
    ),
    (
        "roll",
        "who holds the credentials is not written here: that they are the electors, one each, the \
         authority and its roll have to show",
    ),
    (
        "time",
        "the archive has one time for all its records: when each ballot was cast is not shown",
    ),
];

/// Checks the archive in a folder, or a file.
///
/// # Errors
/// When there is none, or more than one, or it does not hold.
pub fn run(place: &Path, unfinished: bool, json: bool) -> Result<(), Ended> {
    let refused = |code: &str, sentence: String| Ended::Refused {
        code: code.to_owned(),
        sentence,
    };
    let path = archive(place).map_err(|why| refused("archive.none", why).told(json))?;
    let opened = File::open(&path).map_err(|why| format!("{}: {why}", path.display()));
    let file = opened.map_err(|why| refused("archive.unreadable", why).told(json))?;
    let mut progress = Progress::new();
    progress.stage("ballots", 0, "ballots");
    let options = Options { unfinished };
    let report = sanduq_ballot::verify::verify(file, options, &mut |done| progress.reached(done));
    progress.end();
    if json {
        println!("{}", object(&report));
    } else {
        show(&path, &report);
    }
    match report.failures.first() {
        None if report.is_accepted() => Ok(()),
        first => Err(refused(
            first.map_or("archive.unchecked", |first| first.refusal.code()),
            match (first, report.failures.len()) {
                (None, _) => "not every ballot could be checked".to_owned(),
                (Some(first), 1) => first.to_string(),
                (Some(first), more) => format!("{more} failures, the first: {first}"),
            },
        )),
    }
}

/// The archive that is meant: the file, or the one archive of the folder.
fn archive(place: &Path) -> Result<PathBuf, String> {
    if place.is_file() {
        return Ok(place.to_owned());
    }
    let entries = std::fs::read_dir(place).map_err(|why| format!("{}: {why}", place.display()))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|end| end == "bel"))
        .collect();
    found.sort();
    match (found.pop(), found.len()) {
        (Some(one), 0) => Ok(one),
        (None, _) => Err(format!("{} has no archive (*.bel)", place.display())),
        (Some(_), more) => Err(format!(
            "{} has {} archives (*.bel); name the one that is meant",
            place.display(),
            more + 1
        )),
    }
}

fn show(path: &Path, report: &Report) {
    for failure in &report.failures {
        println!("{failure}");
    }
    println!("{}", path.display());
    if let Some(election) = &report.election {
        println!("  election   {election}");
    }
    println!("  voters     {} credentials", grouped(report.voters));
    println!(
        "  ballots    {} of {} checked, {} count with a weight of {}",
        grouped(report.checked),
        grouped(report.ballots),
        grouped(report.counted),
        grouped(report.weight)
    );
    if let Some(result) = &report.result {
        for (place, answered) in (1..).zip(&result.0) {
            println!("  question {place} {}", in_words(answered));
        }
    }
    println!("not excluded by an archive of this protocol alone:");
    for (_, sentence) in NOT_EXCLUDED {
        println!("  {sentence}");
    }
    match report.failures.len() as u64 {
        0 if report.is_accepted() => println!("everything holds"),
        failures => println!("DOES NOT HOLD: {} failures", grouped(failures)),
    }
}

fn object(report: &Report) -> Value {
    let result = report.result.as_ref().map(|result| values(&result.0));
    let failures: Vec<Value> = report.failures.iter().map(failed).collect();
    let codes = NOT_EXCLUDED.map(|(code, _)| code);
    json!({
        "holds": report.is_accepted(),
        "election": report.election,
        "voters": report.voters,
        "ballots": report.ballots,
        "checked": report.checked,
        "counted": report.counted,
        "weight": report.weight,
        "result": result,
        "failures": failures,
        "not_excluded": codes,
    })
}

fn failed(failure: &Failure) -> Value {
    json!({
        "place": failure.place.to_string(),
        "event": failure.place.event,
        "ballot": failure.place.ballot,
        "trustee": failure.place.trustee,
        "code": failure.refusal.code(),
        "detail": failure.refusal.to_string(),
    })
}
