//! The table at which an election is held by hand, and what is done at it.

use crate::wadi::printed;
use crate::wadi::sanduq;
use serde_json::Value;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A table on which the files lie.
pub struct Table(TempDir);

impl Table {
    /// With a closed drawer for each person.
    pub fn new() -> Table {
        let table = Table(tempfile::tempdir().unwrap());
        for person in ["a", "m1", "m2", "m3"] {
            let folder = table.path(person);
            fs::create_dir(&folder).unwrap();
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        }
        table
    }

    /// Where a file lies.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs a command in which words that begin with @ are files on the table.
    pub fn run(&self, words: &str) -> (Option<i32>, Value, String) {
        let words = words
            .split_whitespace()
            .map(|word| match word.strip_prefix('@') {
                Some(name) => self.path(name).to_str().unwrap().to_owned(),
                None => word.to_owned(),
            });
        let words: Vec<String> = ["ballot".to_owned()].into_iter().chain(words).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).chain(["--json"]).collect();
        let output = sanduq(&words);
        let told = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
        (output.status.code(), told, printed(&output))
    }

    /// Runs a command that must succeed.
    pub fn done(&self, words: &str) -> Value {
        let (code, told, said) = self.run(words);
        assert_eq!(code, Some(0), "{words}: {said}");
        told
    }

    /// Runs commands that must be refused with these codes and change no archive.
    pub fn refused(&self, table: &[(&str, &str)]) {
        let before = self.archive();
        for (words, expected) in table {
            let (code, told, said) = self.run(words);
            let code = (code, told["code"].as_str().unwrap_or_default());
            assert_eq!(code, (Some(3), *expected), "{words}: {said}");
        }
        assert!(
            self.archive() == before,
            "a refused step changed the archive"
        );
    }

    /// Where the archive is and its sidecar, once there are some.
    pub fn files(&self) -> Option<[PathBuf; 2]> {
        let entries = fs::read_dir(self.path("election")).ok()?;
        let paths = entries.map(|entry| entry.unwrap().path());
        let mut found = paths.filter(|path| path.extension().is_some_and(|end| end == "bel"));
        let path = found.next()?;
        Some([path.clone(), path.with_extension("sidecar")])
    }

    /// The bytes of the archive and of its sidecar, once there are some.
    pub fn archive(&self) -> Option<[Vec<u8>; 2]> {
        let read = |path: PathBuf| fs::read(path).unwrap_or_default();
        self.files().map(|files| files.map(read))
    }

    /// Puts an archive and its sidecar back as they were.
    pub fn put_back(&self, before: &Option<[Vec<u8>; 2]>) {
        let (files, before) = (self.files().unwrap(), before.as_ref().unwrap());
        for (path, bytes) in files.iter().zip(before) {
            fs::write(path, bytes).unwrap();
        }
    }

    /// Writes a file.
    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Questions, draft and credentials.
    pub fn draft(&self, group: &str, questions: &str) {
        let heading = format!("name = \"Council\"\ngroup = \"{group}\"\n");
        self.write("questions.toml", &(heading + questions));
        self.done("setup draft @questions.toml --out @draft.json");
        self.write("voters.csv", "voter,weight\n=1+1,1\nB,\nC,1\nD,\n");
        self.done(
            "credentials --draft @draft.json --voters @voters.csv --each @letters \
             --public @public.json",
        );
        self.write("password", "a long enough password\nignored\n");
    }

    /// A trustee alone, behind a password.
    pub fn single(&self) {
        self.done(
            "key single --draft @draft.json --secret @a/secret --out @a.json --name A \
             --password-file @password",
        );
    }

    /// Three members of whom two are enough.
    pub fn ceremony(&self) {
        for member in ["m1", "m2", "m3"] {
            self.done(&format!(
                "key member --draft @draft.json --secret @{member}/secret --out @{member}.json"
            ));
        }
        self.done(
            "key roster --draft @draft.json --threshold 2 --ceremony @ceremony \
             @m1.json @m2.json @m3.json",
        );
        for step in ["commit", "reveal", "review", "confirm"] {
            for member in ["m1", "m2", "m3"] {
                let key = format!("--key @{member}/key");
                let key = if step == "confirm" { key.as_str() } else { "" };
                self.done(&format!(
                    "key {step} --ceremony @ceremony --secret @{member}/secret {key}"
                ));
            }
            assert!(!self.path("m1/secret.polynomial").exists() || step == "commit");
        }
        self.done("key conclude --ceremony @ceremony --out @group.json");
    }

    /// Opens the election; the key with which everybody checks it is written down elsewhere.
    pub fn open(&self, trustees: &str) {
        let told = self.done(&format!(
            "setup open --draft @draft.json --credentials @public.json --out @election {trustees}"
        ));
        self.write("published", told["key"].as_str().unwrap());
    }

    /// A vote of the holder of one of the letters.
    pub fn vote(&self, letter: u32, choices: &str) -> Value {
        self.write("choices.json", choices);
        self.done(&format!(
            "cast --archive @election --credential @letters/{letter}.txt --choices @choices.json"
        ))
    }

    /// Everybody can check it: the archive alone, and the folder under the published key.
    pub fn checked(&self) -> Value {
        let folder = self.path("election");
        let output = sanduq(&["verify", "--belenios", "--json", folder.to_str().unwrap()]);
        assert!(output.status.success(), "{}", printed(&output));
        let alone: Value = serde_json::from_slice(&output.stdout).unwrap();
        let whole = self.verified(&[]);
        assert_eq!(whole["holds"], true, "{whole}");
        assert_eq!(whole["result"], alone["result"]);
        whole
    }

    /// What `sanduq verify` says of the folder under the published key.
    pub fn verified(&self, more: &[&str]) -> Value {
        let folder = self.path("election");
        let key = fs::read_to_string(self.path("published")).unwrap();
        let words = ["verify", "--json", folder.to_str().unwrap(), "--key", &key];
        let output = sanduq(&[&words, more].concat());
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(output.status.success(), told["holds"] == true, "{told}");
        told
    }

    /// Another program accepts it, where it is installed.
    pub fn by_another_program(&self) {
        let mut tool = Command::new("belenios-tool");
        let tool = tool.args(["election", "verify", "--dir"]);
        let Ok(output) = tool.arg(self.path("election")).output() else {
            println!("skipped: belenios-tool is not installed");
            return;
        };
        let said = printed(&output);
        assert!(said.contains("all checks passed"), "{said}");
    }
}
