//! Wadi as published, with names that are hard to set, and the program run on its folder.

use crate::nation::Nation;
use crate::nation::actor;
use crate::sealing::public;
use crate::sealing::root;
use crate::sealing::sealed;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::geography::Geography;
use sanduq_core::geography::Unit;
use sanduq_core::names::Names;
use sanduq_count::publication::TotalsFile;
use sanduq_count::publication::contest_file;
use sanduq_count::publication::read_file;
use sanduq_count::publication::totals_path;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// A name of 180 letters: it must wrap, and nothing of it may be cut.
pub const LONG: &str = "The School of the Martyrs of the Great Northern Oasis of the Eastern \
    Valley, Second Building behind the Old Market, Upper Floor, Hall of Languages and Literature, \
    North Wing";

/// ZWNJ, lam-alef, tashkil; ی in the Persian, ي in the Arabic.
pub const STATION: [&str; 4] = [
    "مدرسة الأمل للآداب والإلهيات، مكتب السَّلام",
    "دبستان گل‌های میخک، شعبه‌ی لاله‌زار",
    "École de l’Espoir",
    LONG,
];

/// Wadi with such names.
pub fn wadi() -> Nation {
    let mut nation = Nation::wadi(root);
    let [ar, fa, fr, en] = STATION.map(str::to_owned);
    nation.snapshot.names = Names::new("انتخابات الوادي", "Elections of Wadi");
    let geography = &nation.snapshot.geography;
    let mut units: Vec<Unit> = geography.units().to_vec();
    for unit in units.iter_mut().filter(|unit| unit.level == 2) {
        // No name has a digit, so that every digit is one of a figure.
        unit.names = Names::new("مكتب النخيل", "Station of the Palms");
    }
    let station = units.iter_mut().find(|unit| unit.code.as_str() == "d1-1");
    station.unwrap().names = Names { ar, fa, fr, en };
    nation.snapshot.geography = Geography::new(geography.levels().to_vec(), units).unwrap();
    nation
}

/// Wadi after both organs have certified the presidency.
pub fn certified() -> Nation {
    let mut nation = wadi();
    nation.snapshot.contests[0].certified = true;
    let contest = &nation.snapshot.contests[0].contest.code;
    let path = totals_path(contest);
    let totals = contest_file(&nation.snapshot, contest, None, &path);
    let totals: TotalsFile = read_file(&path, &totals.unwrap().unwrap()).unwrap();
    let said = |act, by| {
        Entry::new(act, &by, nation.snapshot.at)
            .with("contest", contest)
            .with("counted", 6)
            .with("stations", 6)
            .with("digest", totals.digest())
    };
    let by = actor("officer-1", Organ::Executive);
    let proposed = said(Act::ResultProposed, by);
    let by = actor("board-1", Organ::Supervision);
    let signed = said(Act::ResultCertified, by)
        .with("proposer", "officer-1")
        .with("proposing_organ", "executive");
    for entry in [proposed, signed] {
        nation.entries.push(entry.to_bytes());
        nation.snapshot.journal_size += 1;
    }
    nation.snapshot.journal_root = root(&nation.entries);
    nation
}

/// A folder on disk and what was made of it.
pub struct Published {
    dir: TempDir,
}

impl Published {
    /// Publishes a nation: its files, sealed in its journal, which is signed.
    pub fn of(nation: &Nation) -> Self {
        let files = public(nation);
        let folder = sealed(&files, nation, &nation.snapshot.id());
        let dir = tempfile::tempdir().unwrap();
        for (path, bytes) in &folder {
            let path = dir.path().join("folder").join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        Self { dir }
    }

    /// The folder.
    pub fn folder(&self) -> PathBuf {
        self.dir.path().join("folder")
    }

    /// A place beside the folder.
    pub fn beside(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Runs the program: a document's words and options, and the name of its file.
    pub fn run(&self, words: &str, out: &str) -> Output {
        let mut words = words.split_whitespace();
        let mut program = Command::new(env!("CARGO_BIN_EXE_sanduq-document"));
        program.arg(words.next().unwrap()).arg(self.folder());
        program.args(words).arg("--out").arg(self.beside(out));
        program.output().unwrap()
    }

    /// Makes a document, and gives its path.
    pub fn make(&self, words: &str, out: &str) -> PathBuf {
        let ended = self.run(words, out);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{words}: {said}");
        assert_eq!(said, "", "{words}: no warning");
        self.beside(out)
    }
}

/// What a tool of Poppler says of a file; none, visibly, where Poppler is not installed.
pub fn poppler(tool: &str, args: &[&str], file: &Path) -> Option<String> {
    let screen = (tool == "pdftotext").then_some("-");
    let said = Command::new(tool)
        .args(args)
        .arg(file)
        .args(screen)
        .output();
    match said {
        Ok(said) => Some(String::from_utf8(said.stdout).unwrap()),
        Err(why) => {
            eprintln!("skipped: {tool} is not installed ({why}); apt-get install poppler-utils");
            None
        }
    }
}
