//! `sanduq verify --belenios`: an archive of the Belenios protocol, checked from its own bytes
//! alone, with what such an archive cannot show said beside what it shows.

use crate::ballot::said::Put;
use crate::ballot::said::SAID;
use crate::ballot::said::answered;
use crate::ballot::said::line;
use crate::ballot::said::of;
use crate::ballot::values;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::verify::said;
use sanduq_ballot::result::LARGEST_WEIGHT;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::report::Failure;
use sanduq_ballot::verify::report::Report;
use sanduq_core::names::Locale;
use serde_json::Value;
use serde_json::json;
use std::fs::File;
use std::path::Path;
use std::path::PathBuf;

/// What an archive of this protocol alone cannot show, each a word for machines and the key of its
/// sentence.
const NOT_EXCLUDED: [(&str, &str); 4] = [
    ("decryption_statement", "excluded-decryption-statement"),
    ("other_archive", "excluded-other-archive"),
    ("roll", "excluded-roll"),
    ("time", "excluded-time"),
];

/// What is asked for.
pub struct Asked<'a> {
    /// The folder, or the file.
    pub place: &'a Path,
    /// Whether an archive may end before the result.
    pub unfinished: bool,
    /// Whether one JSON object is printed.
    pub json: bool,
    /// The language of what does not hold.
    pub lang: Option<Locale>,
}

/// Checks the archive in a folder, or a file.
///
/// # Errors
/// When there is none, or more than one, or it does not hold.
pub fn run(asked: &Asked<'_>) -> Result<(), Ended> {
    let (json, lang) = (asked.json, asked.lang);
    let refused = |code: &str, sentence: String| {
        let code = code.to_owned();
        SAID.told(Ended::Refused { code, sentence }, json, lang)
    };
    let path = archive(asked.place).map_err(|why| refused("archive.none", why))?;
    let opened = File::open(&path).map_err(|why| format!("{}: {why}", path.display()));
    let file = opened.map_err(|why| refused("archive.unreadable", why))?;
    let mut progress = Progress::new();
    progress.stage("ballots", 0, "ballots");
    let options = Options {
        unfinished: asked.unfinished,
    };
    let report = sanduq_ballot::verify::verify(file, options, &mut |done| progress.reached(done));
    progress.end();
    if json {
        println!("{}", object(&report, lang));
    } else {
        show(&path, &report, lang);
    }
    outcome(&report, lang)
}

/// The end of the command: a refusal that names the first failure.
///
/// # Errors
/// When anything does not hold.
pub fn outcome(report: &Report, lang: Option<Locale>) -> Result<(), Ended> {
    let first = report.failures.first();
    if first.is_none() && report.is_accepted() {
        return Ok(());
    }
    let ended = Ended::Refused {
        code: first
            .map_or("archive.unchecked", |first| first.refusal.code())
            .to_owned(),
        sentence: match (first, report.failures.len()) {
            (None, _) => "not every ballot could be checked".to_owned(),
            (Some(first), 1) => first.to_string(),
            (Some(first), more) => format!("{more} failures, the first: {first}"),
        },
    };
    Err(said::refused(ended, lang))
}

/// The archive that is meant: the file, or the one archive of the folder.
///
/// # Errors
/// In words, when there is none or more than one.
pub fn archive(place: &Path) -> Result<PathBuf, String> {
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

fn show(path: &Path, report: &Report, lang: Option<Locale>) {
    for failure in &report.failures {
        println!("{}", said::line(failure, lang));
    }
    head(path, report, lang);
    println!("{}", line(lang, "excluded-head", &[]));
    for (_, key) in NOT_EXCLUDED {
        println!("  {}", line(lang, key, &[]));
    }
    verdict(report, lang);
}

/// What was checked.
pub fn head(path: &Path, report: &Report, lang: Option<Locale>) {
    let say = |key: &str, parts: &[(&str, Put)]| println!("  {}", line(lang, key, parts));
    println!("{}", path.display());
    if let Some(election) = &report.election {
        say("head-election", &[("election", Put::text(election))]);
    }
    say("head-voters", &[("count", Put::Count(report.voters))]);
    let ballots = [
        ("checked", Put::Count(report.checked)),
        ("ballots", Put::Count(report.ballots)),
        ("counted", Put::Count(report.counted)),
        ("weight", Put::Count(report.weight)),
    ];
    say("head-ballots", &ballots);
    if report.weight > LARGEST_WEIGHT {
        say("head-weight", &[("limit", Put::Count(LARGEST_WEIGHT))]);
    }
    if let Some(count) = report.shufflers {
        let trustees = ("trustees", Put::Count(report.trustees));
        say("head-shuffled", &[("count", Put::Count(count)), trustees]);
    }
    let answers = report.result.iter().flat_map(|result| &result.0);
    for (number, one) in (1..).zip(answers) {
        let said = Put::Text(answered(one, lang));
        let parts = [("number", Put::Count(number)), ("answered", said)];
        say("head-question", &parts);
    }
}

/// The last line.
pub fn verdict(report: &Report, lang: Option<Locale>) {
    let failures = (!report.is_accepted()).then_some(report.failures.len() as u64);
    println!("{}", said::verdict(failures, lang));
}

fn object(report: &Report, lang: Option<Locale>) -> Value {
    let mut object = told(report, lang);
    object["not_excluded"] = json!(NOT_EXCLUDED.map(|(code, _)| code));
    object
}

/// What was found, for machines.
pub fn told(report: &Report, lang: Option<Locale>) -> Value {
    let result = report.result.as_ref().map(|result| values(&result.0));
    let failures = report.failures.iter().map(|one| failed(one, lang));
    let failures: Vec<Value> = failures.collect();
    json!({
        "holds": report.is_accepted(),
        "election": report.election,
        "voters": report.voters,
        "ballots": report.ballots,
        "checked": report.checked,
        "counted": report.counted,
        "weight": report.weight,
        "weight_above_limit": report.weight > LARGEST_WEIGHT,
        "trustees": report.trustees,
        "shuffled_by": report.shufflers,
        "result": result,
        "failures": failures,
    })
}

fn failed(failure: &Failure, lang: Option<Locale>) -> Value {
    let code = failure.refusal.code();
    let mut told = json!({
        "place": failure.place.to_string(),
        "event": failure.place.event,
        "ballot": failure.place.ballot,
        "trustee": failure.place.trustee,
        "code": code,
        "detail": failure.refusal.to_string(),
    });
    if let Some(lang) = lang {
        told["said"] = json!(of(code, lang));
    }
    told
}
