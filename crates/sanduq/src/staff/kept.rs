//! What a run has reached, in one file beside its result, so that a run that was stopped goes on.
//!
//! Always true here: the file is whole or not there (it is renamed into its place); it belongs to
//! the rules, the registers, the seed and the program it was written with, or it is not used; and
//! what it holds is what was written.

use crate::exit::Ended;
use crate::matching::job::beside;
use ring::digest::Context;
use ring::digest::SHA256;
use ring::digest::SHA256_OUTPUT_LEN;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The file.
pub struct Kept {
    path: PathBuf,
    mark: Vec<u8>,
}

impl Kept {
    /// The file of a run that writes to `out`, and depends on these texts and files.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn new(out: &Path, texts: &[&str], files: &[&Path]) -> Result<Self, Ended> {
        let mut hash = Context::new(&SHA256);
        let mut add = |bytes: &[u8]| {
            hash.update(&(bytes.len() as u64).to_le_bytes());
            hash.update(bytes);
        };
        for text in texts {
            add(text.as_bytes());
        }
        for path in files {
            let bytes = fs::read(path);
            add(&bytes.map_err(|fault| Ended::fault(format!("{}: {fault}", path.display())))?);
        }
        Ok(Self {
            path: beside(out, ".work"),
            mark: hash.finish().as_ref().to_owned(),
        })
    }

    /// What an earlier run of the same has reached.
    pub fn read(&self) -> Option<Vec<u32>> {
        let bytes = fs::read(&self.path).ok()?;
        let (mark, rest) = bytes.split_at_checked(SHA256_OUTPUT_LEN)?;
        let (sum, rest) = rest.split_at_checked(SHA256_OUTPUT_LEN)?;
        if mark != self.mark || sum != ring::digest::digest(&SHA256, rest).as_ref() {
            return None;
        }
        let words = rest.chunks_exact(4);
        Some(
            words
                .map(|word| u32::from_le_bytes([word[0], word[1], word[2], word[3]]))
                .collect(),
        )
    }

    /// Keeps what is reached.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self, words: &[u32]) -> Result<(), Ended> {
        let words: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        let sum = ring::digest::digest(&SHA256, &words);
        let bytes = [&self.mark, sum.as_ref(), &words].concat();
        let unfinished = beside(&self.path, ".new");
        let written =
            fs::write(&unfinished, bytes).and_then(|()| fs::rename(unfinished, &self.path));
        written.map_err(|fault| Ended::fault(format!("{}: {fault}", self.path.display())))
    }

    /// The run is over.
    pub fn remove(&self) {
        // Where it stays, the next run finds that it belongs to another or does the work again.
        let _gone = fs::remove_file(&self.path);
    }
}
