//! The files a rule of tidy looks at: the project's own, read once into memory.
//! Paths are relative to the root, with `/`, in order; a rule sees nothing but this tree.

use crate::tidy::source::Source;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

/// One file of the project.
pub struct File {
    /// Where it lies, relative to the root.
    pub path: String,
    /// What it says; empty when it is no UTF-8 text.
    pub text: String,
    /// Its code, comments and literals apart; empty when it is not Rust.
    pub source: Source,
    bytes: Vec<u8>,
}

impl File {
    fn new(path: &str, bytes: Vec<u8>) -> File {
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        let source = if path.ends_with(".rs") {
            Source::read(&text)
        } else {
            Source::default()
        };
        File {
            path: path.to_owned(),
            text,
            source,
            bytes,
        }
    }

    /// The part of the name after its last dot.
    pub fn extension(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The crate's folder and the path below its `src`, for a file of a crate's own code.
    pub fn crate_source(&self) -> Option<(&str, &str)> {
        self.path.strip_prefix("crates/")?.split_once("/src/")
    }

    /// Whether the whole file is compiled for tests only.
    pub fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs") || self.path.contains("/tests/")
    }

    /// Whether this file was copied, byte for byte, from these bytes.
    pub fn is_copy_of(&self, other: &[u8]) -> bool {
        self.bytes == other
    }

    /// Breach of a rule at a line of this file (first line: 1; 0 means the whole file).
    pub fn breach(&self, line: usize, what: impl Into<String>) -> Breach {
        Breach {
            path: self.path.clone(),
            line,
            what: what.into(),
        }
    }
}

/// A rule broken at a place.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is wrong there, as a sentence for whoever has to mend it.
    pub what: String,
}

/// The project's files, and those foreign files that one of them might have been copied from.
pub struct Tree {
    /// The project's files, in the order of their paths.
    pub files: Vec<File>,
    /// Content of files that must never be committed.
    pub foreign: Vec<Vec<u8>>,
}

impl Tree {
    /// A small tree for a test.
    #[cfg(test)]
    pub fn sample(files: &[(&str, &str)]) -> Tree {
        let files = files
            .iter()
            .map(|(path, text)| File::new(path, text.as_bytes().to_vec()));
        Tree {
            files: files.collect(),
            foreign: Vec::new(),
        }
    }

    /// Reads every file that git tracks or would track under `root`.
    pub fn load(root: &Path) -> Result<Tree, String> {
        let listing = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(root)
            .output()
            .map_err(|error| format!("git, which lists the files, does not start: {error}"))?;
        if !listing.status.success() {
            let why = String::from_utf8_lossy(&listing.stderr);
            return Err(format!("git does not list the files: {}", why.trim()));
        }
        let mut paths: Vec<String> = String::from_utf8_lossy(&listing.stdout)
            .split('\0')
            .filter(|path| !path.is_empty())
            .map(str::to_owned)
            .collect();
        paths.sort();
        paths.dedup();
        // A path that git still lists but nobody can read was deleted a moment ago.
        let files: Vec<File> = paths
            .iter()
            .filter_map(|path| Some(File::new(path, fs::read(root.join(path)).ok()?)))
            .collect();
        let foreign = foreign(&root.join("../shared/data"), &files);
        Ok(Tree { files, foreign })
    }

    /// The file at this path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether a file or a folder of the project has this path.
    pub fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty()
            || self
                .files
                .iter()
                .any(|file| file.path == path || file.path.starts_with(&folder))
    }

    /// The files whose name ends with this extension.
    pub fn with_extension<'a>(&'a self, extension: &'a str) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.extension() == extension)
    }
}

/// Content of the files under `folder` that are as long as some file of ours.
fn foreign(folder: &Path, ours: &[File]) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        for path in entries.map(|entry| entry.path()) {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let length = fs::metadata(&path).map_or(0, |about| about.len());
            if ours.iter().any(|file| file.bytes.len() as u64 == length) {
                found.extend(fs::read(&path).ok());
            }
        }
    }
    found
}
