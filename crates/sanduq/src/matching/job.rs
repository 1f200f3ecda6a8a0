//! One comparison from its files to its pairs: load, prepare, run the rules, each kept as it ends.

use crate::exit::Ended;
use crate::matching::profiles::Chosen;
use crate::progress::Progress;
use sanduq_matching::blocks::Report;
use sanduq_matching::fields::Fields;
use sanduq_matching::load::Loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::run::Engine;
use sanduq_matching::run::Link;
use sanduq_matching::run::join;
use sanduq_matching::run::work;
use sanduq_matching::source::Source;
use sanduq_matching::source::quarantine::Quarantined;
use sanduq_matching::work::Fingerprint;
use sanduq_matching::work::Work;
use sanduq_matching::work::WorkFault;
use std::fs::File;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;

/// Rows that were set aside and values that were wrong: a file of places, made when the first is
/// found.
pub struct Aside {
    path: PathBuf,
    out: Option<BufWriter<File>>,
    failed: Option<std::io::Error>,
    /// Rows that take no part.
    pub rows: u64,
    /// Wrong values of rows that take part.
    pub values: u64,
}

impl Aside {
    /// Nothing yet; a file of an earlier run goes.
    pub fn new(path: PathBuf) -> Self {
        let failed = match std::fs::remove_file(&path) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => Some(fault),
            _ => None,
        };
        Self {
            path,
            out: None,
            failed,
            rows: 0,
            values: 0,
        }
    }

    /// Where the places stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn take(&mut self, file: &str, fields: &Fields, found: Quarantined) {
        if found.reason.is_note() {
            self.values += 1;
        } else {
            self.rows += 1;
        }
        let column = found.name(&fields.wanted()).unwrap_or_default().to_owned();
        let Quarantined {
            row, line, reason, ..
        } = found;
        let code = reason.code();
        let written = self.writer().and_then(|out| {
            writeln!(
                out,
                "\"{file}\",{row},{line},\"{column}\",{code},\"{reason}\""
            )
        });
        if let Err(fault) = written {
            self.failed.get_or_insert(fault);
        }
    }

    fn writer(&mut self) -> std::io::Result<&mut BufWriter<File>> {
        if self.out.is_none() {
            let mut out = BufWriter::new(File::create(&self.path)?);
            writeln!(out, "file,row,line,column,code,what")?;
            self.out = Some(out);
        }
        self.out
            .as_mut()
            .ok_or_else(|| std::io::Error::other("no file"))
    }

    /// Everything is written.
    ///
    /// # Errors
    /// When it could not be.
    pub fn end(&mut self) -> Result<(), Ended> {
        if let Some(out) = &mut self.out
            && let Err(fault) = out.flush()
        {
            self.failed.get_or_insert(fault);
        }
        match self.failed.take() {
            Some(fault) => Err(Ended::fault(format!("{}: {fault}", self.path.display()))),
            None => Ok(()),
        }
    }
}

/// Reads files one after the other; says where each begins.
///
/// # Errors
/// When one of them is refused.
pub fn load(
    chosen: &Chosen,
    files: &[&Path],
    aside: &mut Aside,
    progress: &mut Progress,
) -> Result<(Loaded, Vec<u32>), Ended> {
    let fields = Fields::new(&chosen.profile);
    let today = jiff::Zoned::now().date();
    let mut loaded = Loaded::new(today);
    let mut begins = Vec::new();
    for path in files {
        begins.push(u32::try_from(loaded.records.len()).unwrap_or(u32::MAX));
        let refused = |refusal: &dyn sanduq_core::refusal::Refusal| Ended::refused(refusal);
        let bytes = Source::open(path, &fields.wanted()).map_err(|refusal| refused(&refusal))?;
        progress.stage("reading", bytes.bytes(), "bytes");
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .replace('"', "'");
        loaded
            .read(
                (&chosen.profile, &fields),
                path,
                &mut |found| aside.take(&name, &fields, found),
                &mut |done| progress.reached(done),
            )
            .map_err(|refusal| refused(&refusal))?;
    }
    aside.end()?;
    progress.end();
    Ok((loaded, begins))
}

/// What a comparison found.
pub struct Found {
    /// Sorted, each once.
    pub links: Vec<Link>,
    /// What each rule did.
    pub reports: Vec<Report>,
    /// Rules whose pairs an earlier run had kept.
    pub kept: usize,
}

impl From<WorkFault> for Ended {
    fn from(fault: WorkFault) -> Self {
        match &fault {
            WorkFault::Taken(_) => Self::Refused {
                code: "matching.taken".to_owned(),
                sentence: fault.to_string(),
            },
            WorkFault::Failed(..) => Self::fault(fault),
        }
    }
}

/// Runs every rule that is not done yet.
///
/// # Errors
/// When what is done cannot be kept.
pub fn run(
    engine: &Engine,
    chosen: &Chosen,
    work_of_run: Option<&Work>,
    progress: &mut Progress,
) -> Result<Found, Ended> {
    let floor = chosen.weights.review;
    let whole = work(&engine.rules);
    progress.stage("comparing", whole as u64, "buckets");
    let told = Mutex::new(progress);
    let mut found = Found {
        links: Vec::new(),
        reports: Vec::new(),
        kept: 0,
    };
    for (at, rule) in engine.rules.iter().enumerate() {
        let before = whole / engine.rules.len() * at;
        let reached = |buckets: usize| {
            if let Ok(mut progress) = told.try_lock() {
                progress.reached((before + buckets) as u64);
            }
        };
        let (links, report) = match work_of_run.and_then(|work| work.done(at)) {
            Some(done) => {
                found.kept += 1;
                done
            }
            None => {
                let (links, report) = engine.links_of(rule, &chosen.weights, floor, &reached);
                if let Some(work) = work_of_run {
                    work.keep(at, &links, report)?;
                }
                (links, report)
            }
        };
        join(&mut found.links, links);
        found.reports.push(report);
    }
    if let Ok(progress) = told.into_inner() {
        progress.reached(whole as u64);
        progress.end();
    }
    Ok(found)
}

/// The engine of what was loaded.
///
/// # Errors
/// When the bound of memory cannot be kept.
pub fn engine<'a>(
    chosen: &'a Chosen,
    loaded: Loaded,
    list: Option<u32>,
    bound: Bound,
) -> Result<Engine<'a>, Ended> {
    Engine::new(&chosen.profile, loaded, list, bound).map_err(|refusal| Ended::refused(&refusal))
}

/// The fingerprint of a run.
///
/// # Errors
/// When a file cannot be read.
pub fn fingerprint(chosen: &Chosen, files: &[&Path]) -> Result<Fingerprint, Ended> {
    let weights = chosen.weights.write();
    let mut mark = Fingerprint::of(&[env!("CARGO_PKG_VERSION"), &chosen.text, &weights]);
    for path in files {
        mark = mark
            .with(path)
            .map_err(|fault| Ended::fault(format!("{}: {fault}", path.display())))?;
    }
    Ok(mark)
}
