//! A roll as it is compared, kept on disk: a list of one day is compared with it without reading
//! the roll again. What is found is what `link` finds on the roll itself.
//!
//! Always true here: a file that is torn, or was made by other rules, another profile or another
//! version, is refused with the reason; what is read of it keeps its sum. Only the records that
//! share a key with the list are read: the keys of each rule are kept sorted.
//!
//! ```text
//! roll ─▶ Loaded ─▶ Engine ─▶ keep ─▶ file ─▶ open ─▶ loaded ─▶ + list ─▶ engine
//! ```

mod heading;
mod pages;
mod sought;

use crate::blocks::BUCKETS;
use crate::load::Loaded;
use crate::load::Told;
use crate::memory::Bound;
use crate::memory::MemoryRefusal;
use crate::prepared::heading::Heading;
use crate::prepared::heading::Part;
use crate::prepared::pages::Pages;
use crate::prepared::pages::Torn;
use crate::prepared::pages::Writer;
use crate::run::Engine;
use crate::work::Fingerprint;
use sanduq_core::refusal::Refusal;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::Record;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::path::Path;

/// The first bytes of a prepared roll.
const MAGIC: [u8; 16] = *b"sanduq prepared\n";
/// The form of the file; one of another form is made again.
const FORM: u64 = 3;
/// Bytes of a record.
const RECORD: usize = 32;

/// What a prepared roll depends on: all of it is the same when it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The version of the program.
    pub version: String,
    /// What letters become in this program.
    letters: u64,
    /// The rules of blocking.
    rules: u64,
    /// The whole profile.
    profile: u64,
}

impl About {
    /// What a roll depends on that is prepared by this version with this profile, whose text this
    /// is.
    #[must_use]
    pub fn new(version: &str, profile: &Profile, text: &str) -> Self {
        let rules = [&profile.rules, &profile.unusual_rules];
        let rules = rules.map(|rules| rules.join("\n"));
        Self {
            version: version.to_owned(),
            letters: crate::dictionary::letters(),
            rules: Fingerprint::of(&[&rules[0], &rules[1]]).number(),
            profile: Fingerprint::of(&[text]).number(),
        }
    }
}

/// Why a prepared roll cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PreparedRefusal {
    /// It is cut off or altered.
    Torn(String),
    /// It was made by another version of the program.
    Version(String),
    /// Letters become another key than when it was made.
    Letters,
    /// It was made by other rules of blocking.
    Rules,
    /// It was made with another profile.
    Profile,
}

impl From<Torn> for PreparedRefusal {
    fn from(torn: Torn) -> Self {
        Self::Torn(torn.0)
    }
}

impl core::fmt::Display for PreparedRefusal {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Torn(why) => write!(f, "the prepared roll is damaged ({why})")?,
            Self::Version(by) => write!(f, "the roll was prepared by version {by}")?,
            Self::Letters => {
                f.write_str("letters are read otherwise since the roll was prepared")?
            }
            Self::Rules => f.write_str("the roll was prepared by other rules of blocking")?,
            Self::Profile => f.write_str(
                "the roll was prepared with another profile, or other --dates or --calendar",
            )?,
        }
        f.write_str("; prepare it again with sanduq match prepare")
    }
}

impl core::error::Error for PreparedRefusal {}

impl Refusal for PreparedRefusal {
    fn code(&self) -> &'static str {
        match self {
            Self::Torn(_) => "matching.prepared_torn",
            Self::Version(_) => "matching.prepared_version",
            Self::Letters => "matching.prepared_letters",
            Self::Rules => "matching.prepared_rules",
            Self::Profile => "matching.prepared_profile",
        }
    }
}

/// Why a list cannot be compared with a prepared roll.
#[derive(Debug)]
pub enum EngineRefusal {
    /// The roll cannot be used.
    Prepared(PreparedRefusal),
    /// The records that share a key with the list do not fit into memory.
    Memory(MemoryRefusal),
}

impl From<Torn> for EngineRefusal {
    fn from(torn: Torn) -> Self {
        Self::Prepared(torn.into())
    }
}

/// Writes a roll as it is compared; `reached` is told how many rules are done.
///
/// # Errors
/// When the file cannot be written.
pub fn keep(
    engine: &Engine,
    (told, about): (&Told, &About),
    file: &File,
    mut reached: impl FnMut(u64),
) -> io::Result<()> {
    let mut out = Writer::new(file);
    out.write(&MAGIC)?;
    let mut heading = Heading::new(engine, told, about);
    for (part, bytes) in heading::parts(engine, told) {
        heading.begin(part, &mut out, bytes.len());
        out.write(&bytes)?;
    }
    heading.begin(Part::Records, &mut out, engine.records().len() * RECORD);
    for record in engine.records() {
        out.write(&heading::packed(record))?;
    }
    let (marks, ids) = engine.ids().kept();
    heading.begin(Part::IdMarks, &mut out, marks.len() * 8);
    for mark in marks {
        out.write(&mark.to_le_bytes())?;
    }
    heading.begin(Part::Ids, &mut out, ids.len());
    out.write(ids)?;
    for (at, rule) in engine.rules.iter().enumerate() {
        let mut ends = Vec::with_capacity(BUCKETS);
        let begin = out.at();
        let mut count = 0;
        engine.sorted_keys(rule, |keys| {
            count += keys.len() as u64;
            ends.push(count);
            keys.iter()
                .try_for_each(|key| out.write(&key.to_le_bytes()))
        })?;
        heading.rules.push((begin, ends));
        reached(at as u64 + 1);
    }
    out.end(&heading.written())
}

/// A prepared roll, opened.
pub struct Prepared {
    pages: Pages,
    heading: Heading,
}

impl Prepared {
    /// Whether a file is a prepared roll, by its first bytes.
    #[must_use]
    pub fn is(path: &Path) -> bool {
        let mut start = [0; MAGIC.len()];
        let read = File::open(path).and_then(|mut file| file.read_exact(&mut start));
        read.is_ok() && start == MAGIC
    }

    /// Opens a prepared roll that depends on what `about` says.
    ///
    /// # Errors
    /// When it is torn, or depends on anything else.
    pub fn open(path: &Path, about: &About) -> Result<Self, PreparedRefusal> {
        let file = File::open(path).map_err(Torn::from)?;
        let (pages, bytes) = Pages::open(file)?;
        let heading = Heading::read(&bytes).ok_or_else(|| {
            let form = Heading::form(&bytes).filter(|form| *form != FORM);
            form.map_or(
                PreparedRefusal::Torn("its heading makes no sense".to_owned()),
                |form| PreparedRefusal::Version(format!("of form {form}")),
            )
        })?;
        let made = &heading.about;
        if made.version != about.version {
            return Err(PreparedRefusal::Version(made.version.clone()));
        }
        for (same, refusal) in [
            (made.letters == about.letters, PreparedRefusal::Letters),
            (made.rules == about.rules, PreparedRefusal::Rules),
            (made.profile == about.profile, PreparedRefusal::Profile),
        ] {
            if !same {
                return Err(refusal);
            }
        }
        Ok(Self { pages, heading })
    }

    /// What the list is loaded on top of: everything of the roll but its records.
    ///
    /// # Errors
    /// When the file is torn.
    pub fn loaded(&self, today: jiff::civil::Date) -> Result<Loaded, PreparedRefusal> {
        let told = self.heading.told(&self.pages)?;
        let dictionary = self.heading.dictionary(&self.pages)?;
        Ok(Loaded::after(today, dictionary, told, self.heading.rows))
    }

    /// How many records the roll has.
    #[must_use]
    pub fn records(&self) -> usize {
        self.heading.rows
    }

    /// The list that was loaded, ready to be compared with the roll.
    ///
    /// # Errors
    /// When the file is torn, or what is compared does not fit into memory.
    pub fn engine<'p>(
        &self,
        profile: &'p Profile,
        mut loaded: Loaded,
        bound: Bound,
    ) -> Result<Engine<'p>, EngineRefusal> {
        loaded.finish(profile);
        let names = loaded.dictionary.finish();
        let rows = sought::rows((&self.pages, &self.heading), profile, &loaded, &names)?;
        let list = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        sought::put_before((&self.pages, &self.heading), &rows, &mut loaded)?;
        let measure = self.heading.measure(&self.pages)?;
        let others = self.heading.rows - rows.len();
        let parts = (loaded, names, measure);
        let mut engine =
            Engine::assembled(profile, parts, Some(list), bound).map_err(EngineRefusal::Memory)?;
        engine.elsewhere = others;
        Ok(engine)
    }
}

/// The record of its bytes.
fn record(bytes: &[u8]) -> Record {
    heading::unpacked(bytes)
}
