//! `sanduq verify` of an election by remote ballot: the archive together with its sidecar, without
//! which it is refused, and beside an earlier state of the same board where somebody kept one.

use crate::ballot::act::Shown;
use crate::ballot::act::is_on_its_way;
use crate::ballot::act::shown;
use crate::ballot::checkpoints::NAME;
use crate::ballot::lengthened::Lengthened;
use crate::ballot::said::Put;
use crate::ballot::said::SAID;
use crate::ballot::said::line;
use crate::exit::Ended;
use crate::progress::Progress;
use crate::verify::belenios::archive;
use crate::verify::belenios::head;
use crate::verify::belenios::outcome;
use crate::verify::belenios::told;
use crate::verify::belenios::verdict;
use crate::verify::said;
use sanduq_ballot::refusal::Refusal;
use sanduq_ballot::sealing::extends;
use sanduq_ballot::sealing::first_difference;
use sanduq_ballot::verify::Options;
use sanduq_ballot::verify::Sidecar;
use sanduq_ballot::verify::report::Failure;
use sanduq_ballot::verify::report::Place;
use sanduq_ballot::verify::report::Report;
use sanduq_ballot::verify::verify_with;
use sanduq_core::names::Locale;
use sanduq_journal::note::KeyKind;
use sanduq_journal::note::VerifierKey;
use serde_json::json;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;

/// What is asked for.
pub struct Asked<'a> {
    /// The folder.
    pub place: &'a Path,
    /// The same folder, as it was before.
    pub earlier: Option<&'a Path>,
    /// The key of the checkpoints, as it is known from elsewhere.
    pub key: Option<&'a VerifierKey>,
    /// Whether an archive may end before the result.
    pub unfinished: bool,
    /// Whether one JSON object is printed.
    pub json: bool,
    /// The language of what does not hold.
    pub lang: Option<Locale>,
}

/// Whether a folder is that of an election by remote ballot, and not a publication.
pub fn is_one(place: &Path) -> bool {
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    let archives = entries.filter(|entry| entry.path().extension().is_some_and(|end| end == "bel"));
    archives.count() > 0 && !place.join("event.json").exists()
}

/// The sidecar beside an archive.
pub fn beside(archive: &Path) -> PathBuf {
    archive.with_extension("sidecar")
}

/// Checks the archive of a folder with its sidecar.
///
/// # Errors
/// When there is none, or more than one, or anything does not hold.
pub fn run(asked: &Asked<'_>) -> Result<(), Ended> {
    let path = one_of(asked.place, asked)?;
    let Shown { files, lengths } = shown(&path, false).map_err(|ended| asked.told(ended))?;
    let [length, sidecar_length] = lengths;
    let archive = Lengthened::new(files.0, length, &[]);
    let mut report = match files.1 {
        Some(sidecar) => {
            let sidecar = Lengthened::new(sidecar, sidecar_length, &[]);
            checked(archive, sidecar, asked.unfinished)?
        }
        None => Report {
            failures: vec![Failure {
                place: Place::default(),
                refusal: Refusal::SidecarMissing,
            }],
            ..Report::default()
        },
    };
    let shown = report.key.and_then(|key| {
        let name = asked.key.map_or(NAME, VerifierKey::name);
        VerifierKey::from_bytes(name, KeyKind::Log, &key).ok()
    });
    if let (Some(named), Some(shown)) = (asked.key, &shown)
        && named.to_string() != shown.to_string()
    {
        fail(&mut report, Place::default(), Refusal::SidecarKey);
    }
    if let Some(earlier) = asked.earlier {
        compare(&one_of(earlier, asked)?, &path, asked, &mut report)?;
    }
    if asked.json {
        let mut object = told(&report, asked.lang);
        object["checked_with_hints"] = json!(report.hinted);
        object["checkpoints"] = json!(report.checkpoints);
        object["act_unfinished"] = json!(is_on_its_way(&path));
        object["key"] = json!(shown.as_ref().map(ToString::to_string));
        println!("{object}");
    } else {
        show(asked, &path, &report, shown.as_ref());
    }
    outcome(&report, asked.lang)
}

fn checked(
    archive: Lengthened<'_>,
    mut sidecar: Lengthened<'_>,
    unfinished: bool,
) -> Result<Report, Ended> {
    let mut chance = [0; 32];
    getrandom::fill(&mut chance).map_err(Ended::fault)?;
    let mut progress = Progress::new();
    progress.stage("ballots", 0, "ballots");
    let sidecar = Sidecar {
        source: &mut sidecar,
        chance,
        key: None,
    };
    let options = Options { unfinished };
    let report = verify_with(archive, sidecar, options, &mut |done| {
        progress.reached(done)
    });
    progress.end();
    Ok(report)
}

impl Asked<'_> {
    fn told(&self, ended: Ended) -> Ended {
        SAID.told(ended, self.json, self.lang)
    }

    fn refused(&self, code: &str, sentence: String) -> Ended {
        let code = code.to_owned();
        self.told(Ended::Refused { code, sentence })
    }
}

fn one_of(place: &Path, asked: &Asked<'_>) -> Result<PathBuf, Ended> {
    archive(place).map_err(|why| asked.refused("archive.none", why))
}

fn open(path: &Path, asked: &Asked<'_>) -> Result<BufReader<File>, Ended> {
    let opened = File::open(path).map(BufReader::new);
    opened.map_err(|why| {
        let sentence = format!("{}: {why}", path.display());
        asked.refused("archive.unreadable", sentence)
    })
}

fn fail(report: &mut Report, place: Place, refusal: Refusal) {
    report.failures.push(Failure { place, refusal });
}

/// What was shown before must be the beginning of what is shown now, archive and sidecar.
fn compare(
    earlier: &Path,
    later: &Path,
    asked: &Asked<'_>,
    report: &mut Report,
) -> Result<(), Ended> {
    if let Err(refusal) = extends(open(earlier, asked)?, open(later, asked)?) {
        let height = first_difference(open(earlier, asked)?, open(later, asked)?);
        fail(report, height.map(Place::at).unwrap_or_default(), refusal);
    }
    let both = [beside(earlier), beside(later)].map(File::open);
    if let [Ok(earlier), Ok(later)] = both {
        if let Err(refusal) = extends(earlier, later) {
            fail(report, Place::default(), refusal);
        }
    } else if report.failures.is_empty() {
        fail(report, Place::default(), Refusal::SidecarMissing);
    }
    Ok(())
}

fn show(asked: &Asked<'_>, path: &Path, report: &Report, key: Option<&VerifierKey>) {
    for failure in &report.failures {
        println!("{}", said::line(failure, asked.lang));
    }
    head(path, report, asked.lang);
    let say = |key: &str, parts: &[(&str, Put)]| println!("  {}", line(asked.lang, key, parts));
    let hinted = ("hinted", Put::Count(report.hinted));
    let checkpoints = ("checkpoints", Put::Count(report.checkpoints));
    say("head-sidecar", &[hinted, checkpoints]);
    if let Some(key) = key {
        let known = match asked.key {
            Some(_) => "head-key-named",
            None => "head-key-own",
        };
        say(known, &[("key", Put::text(key))]);
    }
    if let Some(earlier) = asked.earlier {
        say("head-earlier", &[("path", Put::text(earlier.display()))]);
    }
    if is_on_its_way(path) {
        say("head-act", &[]);
    }
    verdict(report, asked.lang);
}
