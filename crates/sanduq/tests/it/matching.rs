//! `sanduq match` from the outside: bad input, one answer whatever the machine, a run that is
//! stopped, a full disk, lists, explanations, measurements, and nothing personal in what it says.

mod aside;
mod bounds;
mod dates;
mod explain;
mod ids;
mod link;
mod prepared;
mod refused;
mod roll;
mod said;
mod same;
mod stopped;

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// The columns of a roll of the invented nation.
const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";

/// A folder with rolls, in which the program runs.
struct Desk {
    folder: TempDir,
}

/// A row of the file of pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    one: String,
    other: String,
    score: i32,
    class: String,
    cluster: String,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), content).unwrap();
        self
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// `sanduq match` with these words, in the folder.
    fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
        command.arg("match").args(words.split_whitespace());
        command.current_dir(self.folder.path());
        command
    }

    fn run(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    /// The object at the end of a run that has done what it was asked.
    fn done(&self, words: &str) -> Value {
        object(&self.run(&format!("{words} --json")))
    }

    /// Everything in the folder with what it holds; of a folder only that it is there.
    fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let held = |path: &Path| std::fs::read(path).unwrap_or_default();
        entries
            .map(|entry| entry.unwrap())
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                let plain = entry.file_type().unwrap().is_file();
                (
                    name,
                    if plain {
                        held(&entry.path())
                    } else {
                        Vec::new()
                    },
                )
            })
            .collect()
    }

    fn names(&self) -> Vec<String> {
        self.all().into_keys().collect()
    }

    /// The rows of a file of pairs.
    fn pairs(&self, name: &str) -> Vec<Row> {
        let mut file = csv::Reader::from_path(self.path(name)).unwrap();
        let rows = file.records().map(|row| {
            let row = row.unwrap();
            let field = |at: usize| row[at].to_owned();
            Row {
                one: field(0),
                other: field(1),
                score: row[2].parse().unwrap(),
                class: field(3),
                cluster: field(4),
            }
        });
        rows.collect()
    }

    /// The code and message with which a run is refused; it has printed them as an object too, and
    /// the folder is as it was.
    fn refusal(&self, words: &str) -> (String, String) {
        let before = self.all();
        let output = self.run(&format!("{words} --json"));
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(3), "{words}: {said}");
        let object: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(object.as_object().unwrap().len(), 2, "{object}");
        let told = |key: &str| object[key].as_str().unwrap().to_owned();
        let (code, message) = (told("code"), told("message"));
        let sentence = format!("refused [{code}]: {message}");
        assert!(said.contains(&sentence), "{said}");
        assert_eq!(before, self.all(), "{words}");
        (code, message)
    }
}

/// The object that a run prints.
fn object(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The folder of made rolls beside the project, where it is there.
fn fixtures() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/roll");
    if folder.is_dir() {
        return folder.canonicalize().ok();
    }
    println!("skipped: ../shared/fixtures is absent");
    None
}
