//! A folder with files in which the commands of one noun run, and what they say and leave in it.

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// A folder in which the program runs.
pub struct Desk {
    noun: &'static str,
    folder: TempDir,
}

impl Desk {
    /// An empty folder for the commands of a noun.
    pub fn of(noun: &'static str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { noun, folder }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        std::fs::write(self.path(name), content).unwrap();
        self
    }

    pub fn bytes(&self, name: &str) -> Vec<u8> {
        std::fs::read(self.path(name)).unwrap_or_else(|fault| panic!("{name}: {fault}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.bytes(name)).unwrap()
    }

    /// The rows of a CSV file, without its heading.
    pub fn rows(&self, name: &str) -> Vec<Vec<String>> {
        let mut file = csv::Reader::from_path(self.path(name)).unwrap();
        let rows = file.records();
        rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
            .collect()
    }

    /// Everything in the folder with what it holds; of a folder only that it is there.
    pub fn all(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let held = |entry: std::io::Result<std::fs::DirEntry>| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let content = match entry.file_type().unwrap().is_file() {
                true => std::fs::read(entry.path()).unwrap_or_default(),
                false => Vec::new(),
            };
            (name, content)
        };
        entries.map(held).collect()
    }

    pub fn names(&self) -> Vec<String> {
        self.all().into_keys().collect()
    }

    /// The program with these words behind its noun, in the folder.
    pub fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_sanduq"));
        command.arg(self.noun).args(words.split_whitespace());
        command.current_dir(self.folder.path());
        command
    }

    pub fn run(&self, words: &str) -> Output {
        self.command(words).output().unwrap()
    }

    /// The object at the end of a run that has done what it was asked.
    pub fn done(&self, words: &str) -> Value {
        object(&self.run(&format!("{words} --json")))
    }

    /// The code and message with which a run is refused; it has printed them as an object too, and
    /// the folder is as it was.
    pub fn refusal(&self, words: &str) -> (String, String) {
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
        if self.noun == "match" {
            for lang in ["ar", "fr"] {
                self.told_in(lang, words, &code);
            }
        }
        (code, message)
    }

    /// The refusal is told in a language, and nothing of it in English.
    fn told_in(&self, lang: &str, words: &str, code: &str) {
        let output = self.run(&format!("{words} --lang {lang}"));
        let said = String::from_utf8(output.stderr).unwrap();
        let (_, told) = said.split_once(&format!("refused [{code}]: ")).unwrap();
        let english = [
            " the ", " is ", " it ", " and ", " has ", " cannot ", " are ",
        ];
        let found = english.iter().find(|word| told.contains(**word));
        assert_eq!(found, None, "{words}: {told}");
    }
}

/// The object that a run prints.
pub fn object(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}
