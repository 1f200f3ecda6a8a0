//! One comparison from its files to its pairs: load, prepare, run the rules, each kept as it ends.

use crate::exit::Ended;
use crate::matching::out;
use crate::matching::place;
use crate::matching::profiles::Chosen;
use crate::matching::said;
use crate::matching::written::Unfinished;
use crate::progress::Progress;
use sanduq_core::cell;
use sanduq_core::names::Locale;
use sanduq_matching::blocks::BUCKETS;
use sanduq_matching::blocks::Report;
use sanduq_matching::fields::Fields;
use sanduq_matching::load::LeftOut;
use sanduq_matching::load::Loaded;
use sanduq_matching::memory::Bound;
use sanduq_matching::prepared::About;
use sanduq_matching::prepared::EngineRefusal;
use sanduq_matching::prepared::Prepared;
use sanduq_matching::prepared::PreparedRefusal;
use sanduq_matching::run::Engine;
use sanduq_matching::run::Link;
use sanduq_matching::run::join;
use sanduq_matching::source::Source;
use sanduq_matching::source::quarantine::Quarantined;
use sanduq_matching::work::Fingerprint;
use sanduq_matching::work::Work;
use sanduq_matching::work::WorkFault;
use std::fs::File;
use std::io::BufWriter;
use std::io::Seek;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;

/// Rows that were set aside and values that were wrong. They are noted in a file without a name,
/// which goes with the process, and put in their place beside the result: a run that is refused
/// says nothing of its rows beside the result of another.
pub struct Aside {
    path: PathBuf,
    out: Option<BufWriter<File>>,
    failed: Option<std::io::Error>,
    /// Rows that take no part.
    pub rows: u64,
    /// Wrong values of rows that take part.
    pub values: u64,
    /// Rows that were given an id of their own.
    pub numbered: u64,
}

/// The file of places, whole and on the disk under another name; it goes when it is not put in
/// its place.
pub struct Staged(PathBuf, Option<Unfinished>);

impl Aside {
    /// Nothing yet.
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            out: None,
            failed: None,
            rows: 0,
            values: 0,
            numbered: 0,
        }
    }

    /// Where the places stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn take(
        &mut self,
        (file, locale): (&str, Option<Locale>),
        fields: &Fields,
        found: Quarantined,
    ) {
        if found.reason.is_note() {
            self.values += 1;
        } else {
            self.rows += 1;
        }
        let column = quoted(found.name(&fields.wanted()).unwrap_or_default());
        let Quarantined {
            row, line, reason, ..
        } = found;
        let code = reason.code();
        let said = locale.and_then(|locale| said::with_figures(code, &reason.figures(), locale));
        let what = quoted(&said.unwrap_or_else(|| reason.to_string()));
        let written = self
            .writer()
            .and_then(|out| writeln!(out, "{file},{row},{line},{column},{code},{what}"));
        if let Err(fault) = written {
            self.failed.get_or_insert(fault);
        }
    }

    fn writer(&mut self) -> std::io::Result<&mut BufWriter<File>> {
        if self.out.is_none() {
            let folder = out::folder_of(&self.path);
            let mut out = BufWriter::new(tempfile::tempfile_in(folder)?);
            writeln!(out, "file,row,line,column,code,what")?;
            self.out = Some(out);
        }
        self.out
            .as_mut()
            .ok_or_else(|| std::io::Error::other("no file"))
    }

    /// Everything is noted.
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
            Some(fault) => Err(place::unwritten(&self.path, &fault)),
            None => Ok(()),
        }
    }

    /// Writes the file of places under another name; none where nothing was wrong.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn staged(&mut self) -> Result<Staged, Ended> {
        let path = self.path.clone();
        let Some(out) = &mut self.out else {
            return Ok(Staged(path, None));
        };
        let unfinished = Unfinished::begin(&path)?;
        let noted = out.get_mut();
        let copied = noted
            .rewind()
            .and_then(|()| std::io::copy(noted, &mut unfinished.file()));
        copied.map_err(|fault| place::unwritten(&path, &fault))?;
        unfinished.whole()?;
        Ok(Staged(path, Some(unfinished)))
    }
}

impl Staged {
    /// Puts the file in its place; where nothing was wrong, that of an earlier run goes.
    ///
    /// # Errors
    /// When it cannot be moved or removed.
    pub fn put(self) -> Result<(), Ended> {
        let Self(path, unfinished) = self;
        if let Some(unfinished) = unfinished {
            return unfinished.put();
        }
        match std::fs::remove_file(&path) {
            Err(fault) if fault.kind() != std::io::ErrorKind::NotFound => {
                Err(place::unwritten(&path, &fault))
            }
            _ => Ok(()),
        }
    }
}

/// A field of CSV in quotes, those inside it doubled (RFC 4180), that runs as no formula.
fn quoted(text: &str) -> String {
    format!("\"{}\"", cell::guarded(text).replace('"', "\"\""))
}

/// A path with more at its end.
pub fn beside(path: &Path, more: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(more);
    PathBuf::from(name)
}

/// Reads files one after the other; says where each begins.
///
/// # Errors
/// When one of them is refused.
pub fn load(
    (chosen, bound): (&Chosen, Bound),
    files: &[&Path],
    aside: &mut Aside,
    progress: &mut Progress,
) -> Result<(Loaded, Vec<u32>), Ended> {
    let mut loaded = Loaded::new(jiff::Zoned::now().date());
    loaded.bound = bound;
    let mut begins = Vec::new();
    for path in files {
        if !begins.is_empty() {
            loaded.close(&chosen.profile);
        }
        begins.push(u32::try_from(loaded.records.len()).unwrap_or(u32::MAX));
        read(&mut loaded, chosen, path, (aside, progress))?;
    }
    Ok((loaded, begins))
}

/// Reads one file on top of what is loaded.
fn read(
    loaded: &mut Loaded,
    chosen: &Chosen,
    path: &Path,
    (aside, progress): (&mut Aside, &mut Progress),
) -> Result<(), Ended> {
    out::check_plain(path)?;
    if Prepared::is(path) {
        let sentence = format!(
            "{} is a prepared roll, which stands only for the roll of link and missing; name the \
             file that it was made of",
            path.display()
        );
        let facts = vec![place::file(path)];
        return Err(place::refused("matching.prepared_roll", sentence, facts));
    }
    loaded.said = chosen.reading.said();
    let fields = Fields::new(&chosen.profile);
    let bytes = Source::open(path, &fields.wanted()).map_err(|refusal| place::source(&refusal))?;
    progress.stage("reading", bytes.bytes(), "bytes");
    let name = quoted(&path.file_name().unwrap_or_default().to_string_lossy());
    let from = loaded.records.len();
    loaded
        .read(
            (&chosen.profile, &fields),
            path,
            &mut |found| aside.take((&name, chosen.reading.locale()), &fields, found),
            &mut |done| progress.reached(done),
        )
        .map_err(|refusal| place::load(&refusal))?;
    let number = chosen.reading.numbers_ids();
    let own = loaded.own_ids((&chosen.profile, &fields), path, from, number);
    aside.numbered += own.map_err(|refusal| place::load(&refusal))?;
    aside.end()?;
    progress.end();
    Ok(())
}

/// What a comparison stands on: a prepared roll where there is one, what was read, and where the
/// list begins.
pub type Ready = (Option<Prepared>, Loaded, Option<u32>);

/// Reads the files of a comparison, the roll first, which may be a prepared one if a list follows.
///
/// # Errors
/// When one of them is refused.
pub fn loaded(
    (chosen, bound): (&Chosen, Bound),
    files: &[&Path],
    (aside, progress): (&mut Aside, &mut Progress),
) -> Result<Ready, Ended> {
    let [roll, list] = files else {
        let (loaded, _) = load((chosen, bound), files, aside, progress)?;
        return Ok((None, loaded, None));
    };
    if !Prepared::is(roll) {
        let (loaded, begins) = load((chosen, bound), files, aside, progress)?;
        return Ok((None, loaded, begins.get(1).copied()));
    }
    let refused = |refusal: PreparedRefusal| place::prepared(roll, &refusal);
    let prepared = Prepared::open(roll, &about(chosen)).map_err(refused)?;
    let today = jiff::Zoned::now().date();
    let mut loaded = prepared.loaded(today).map_err(refused)?;
    loaded.bound = bound;
    read(&mut loaded, chosen, list, (aside, progress))?;
    Ok((Some(prepared), loaded, None))
}

/// The engine of a list that was loaded and a prepared roll.
///
/// # Errors
/// When the roll is damaged, or the bound of memory cannot be kept.
pub fn prepared_engine<'a>(
    chosen: &'a Chosen,
    (path, roll): (&Path, &Prepared),
    loaded: Loaded,
    bound: Bound,
) -> Result<Engine<'a>, Ended> {
    let engine = roll.engine(&chosen.profile, loaded, bound);
    engine.map_err(|refusal| match refusal {
        EngineRefusal::Prepared(refusal) => place::prepared(path, &refusal),
        EngineRefusal::Memory(refusal) => place::memory(&refusal),
    })
}

/// What a roll depends on that is prepared with this profile: what is said of dates too, which
/// decides how those of the roll are read.
pub fn about(chosen: &Chosen) -> About {
    let read = format!("{}\n{:?}", chosen.text, chosen.reading.said());
    About::new(env!("CARGO_PKG_VERSION"), &chosen.profile, &read)
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
            WorkFault::Taken(path) => {
                place::refused("matching.taken", fault.to_string(), vec![place::file(path)])
            }
            WorkFault::Failed(path, fault) => place::unwritten(path, fault),
        }
    }
}

/// Shows how far the rules of an engine are while `work` runs, which is handed what to tell the
/// rule and its buckets that are done, by any thread.
pub fn comparing<T>(
    engine: &Engine,
    progress: &mut Progress,
    work: impl FnOnce(&(dyn Fn(usize, usize) + Sync)) -> T,
) -> T {
    let whole = (engine.rules.len() * BUCKETS) as u64;
    progress.stage("comparing", whole, "buckets");
    let told = Mutex::new(&mut *progress);
    let done = work(&|rule, buckets| {
        // A thread that would have to wait has nothing to say that the next one does not.
        if let Ok(mut progress) = told.try_lock() {
            progress.reached((rule * BUCKETS + buckets) as u64);
        }
    });
    progress.reached(whole);
    progress.end();
    done
}

/// Runs every rule that is not done yet.
///
/// # Errors
/// When what is done cannot be kept.
pub fn run(
    engine: &Engine,
    chosen: &Chosen,
    work: &Work,
    progress: &mut Progress,
) -> Result<Found, Ended> {
    let floor = chosen.weights.review;
    comparing(engine, progress, |reached| {
        let mut found = Found {
            links: Vec::new(),
            reports: Vec::new(),
            kept: 0,
        };
        for (at, rule) in engine.rules.iter().enumerate() {
            let (links, report) = if let Some(done) = work.done(at) {
                found.kept += 1;
                done
            } else {
                let told = |buckets| reached(at, buckets);
                let (links, report) = engine.links_of(rule, &chosen.weights, floor, &told);
                work.keep(at, &links, report)?;
                (links, report)
            };
            join(&mut found.links, links);
            let room = engine.has_room(found.links.len());
            room.map_err(|refusal| place::memory(&refusal))?;
            found.reports.push(report);
        }
        Ok(found)
    })
}

/// The records of a roll, and of the list that may follow it, without a bound of memory, and of
/// each file the rows that became no record; what is wrong with rows is told nowhere.
///
/// # Errors
/// When a file is refused.
pub fn opened<'a>(
    chosen: &'a Chosen,
    files: &[&Path],
    progress: &mut Progress,
) -> Result<(Engine<'a>, Vec<LeftOut>), Ended> {
    let folder =
        tempfile::tempdir().map_err(|fault| place::unwritten(&std::env::temp_dir(), &fault))?;
    let mut aside = Aside::new(folder.path().join("quarantine.csv"));
    let any = Bound(None);
    let (mut loaded, begins) = load((chosen, any), files, &mut aside, progress)?;
    let left_out = std::mem::take(&mut loaded.left_out);
    let engine = engine(chosen, loaded, begins.get(1).copied(), any)?;
    Ok((engine, left_out))
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
    Engine::new(&chosen.profile, loaded, list, bound).map_err(|refusal| place::memory(&refusal))
}

/// The fingerprint of a run.
///
/// # Errors
/// When a file cannot be read.
pub fn fingerprint(chosen: &Chosen, files: &[&Path]) -> Result<Fingerprint, Ended> {
    let weights = chosen.weights.write();
    let reading = chosen.reading.text();
    let version = env!("CARGO_PKG_VERSION");
    let mut mark = Fingerprint::of(&[version, &chosen.text, &weights, &reading]);
    for path in files {
        mark = mark
            .with(path)
            .map_err(|fault| place::unread(path, &fault))?;
    }
    Ok(mark)
}
