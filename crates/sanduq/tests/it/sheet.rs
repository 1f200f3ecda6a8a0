//! `sanduq sheet import` from the outside: published elections, bad input, a store that already has
//! the sheets, a program that is killed.

mod bad_input;
mod kept;
mod odd_input;
mod published;
mod seats;
mod total_rows;

use serde_json::Value;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use tempfile::TempDir;

/// Runs an import.
fn import(args: &[&str], paths: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sanduq"))
        .args(["sheet", "import", "--json"])
        .args(args)
        .args(paths)
        .output()
        .unwrap()
}

/// The object that an import prints.
fn object(output: &Output) -> Value {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The refusal that an import prints, as a sentence and as the same object; it has printed nothing
/// else.
fn refusal(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    let refused = said.lines().find(|line| line.starts_with("refused "));
    let refused = refused.unwrap_or_else(|| panic!("no refusal in: {said}"));
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    let told = |key: &str| object[key].as_str().unwrap().to_owned();
    let sentence = format!("refused [{}]: {}", told("code"), told("message"));
    assert_eq!(refused, sentence);
    assert_eq!(object.as_object().unwrap().len(), 7, "no figures: {object}");
    sentence
}

/// A folder with a jurisdiction of one form, and files that its sheets come in.
struct Bench {
    folder: TempDir,
}

const PROFILE: &str = r#"
code = "bench"
names = { en = "Bench" }
polling_day = "2026-10-01"
offset_minutes = 180
opens_minute = 480
closes_minute = 1140
voting_age_years = 18
station_maximum = 800
second_signature = "REQUIRED"
levels = [{ code = "nation", names = { en = "nation" } }]
"#;

const FORM: &str = r#"
code = "bench"
names = { en = "Sheet" }
field = [
  { code = "registered", names = { en = "Registered" }, meaning = "registered" },
  { code = "valid", names = { ar = "الأصوات الصحيحة", en = "Valid" }, meaning = "valid" },
]
[[check]]
code = "choices_valid"
names = { en = "the choices add up to the valid votes" }
severity = "critical"
left = ["choices"]
relation = "="
right = ["valid"]
[contest]
code = "c"
names = { en = "C" }
nation = { code = "n", names = { en = "N" } }
max_choices = 1
[[contest.choice]]
code = "one"
names = { ar = "أحمد", en = "One" }
[[contest.choice]]
code = "two"
names = { en = "Two" }
[[source]]
code = "stations"
ignored = ["note"]
total_rows = { level = "station", values = ["الإجمالي", "total"] }
[[source.level]]
code = "province"
names = { en = "P" }
key = "name"
headers = ["province"]
[[source.level]]
code = "station"
names = { en = "S" }
key = "code"
headers = ["station"]
"#;

const HEADER: &str = "province,station,registered,valid,one,two\n";

impl Bench {
    fn new() -> Self {
        Self::with(FORM)
    }

    fn with(form: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let forms = folder.path().join("law/bench/forms");
        std::fs::create_dir_all(&forms).unwrap();
        std::fs::write(forms.join("bench.toml"), form).unwrap();
        std::fs::write(folder.path().join("law/bench/profile.toml"), PROFILE).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Runs an import of the bench's form; without `--store` in `args` it writes nothing.
    fn import(&self, args: &[&str], paths: &[&Path]) -> Output {
        let law = self.path("law");
        let mut all = vec!["--form", "bench", "--jurisdictions", law.to_str().unwrap()];
        all.extend(args);
        if !args.contains(&"--store") {
            all.push("--dry-run");
        }
        import(&all, paths)
    }

    fn read(&self, content: impl AsRef<[u8]>) -> Value {
        object(&self.import(&[], &[&self.file("sheets.csv", content)]))
    }

    fn refused(&self, content: impl AsRef<[u8]>) -> String {
        refusal(&self.import(&[], &[&self.file("sheets.csv", content)]))
    }
}
