//! The folder as it lies on the disk: which plain files it has, and a door that reads only those.
//!
//! Always true: no link is followed and no device is opened; a path is made of texts with `/`
//! between, from the folder on.

use crate::failure::Failure;
use crate::failure::Fault;
use crate::manifest::Listed;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_journal::hash::Hash;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// The plain files under a folder, with their sizes in bytes.
pub struct Tree {
    root: PathBuf,
    files: BTreeMap<String, u64>,
}

impl Tree {
    /// Lists the folder, and everything in it that is not a plain file.
    pub fn list(root: &Path) -> (Self, Vec<Failure>) {
        let mut tree = Self {
            root: root.to_owned(),
            files: BTreeMap::new(),
        };
        let mut failures = Vec::new();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            match tree.list_folder(&folder, &mut folders) {
                Ok(found) => failures.extend(found),
                Err(why) => {
                    let fault = Fault::NotReadable(why.to_string());
                    failures.push(Failure::new(&folder, &fault));
                }
            }
        }
        failures.sort();
        (tree, failures)
    }

    fn list_folder(
        &mut self,
        folder: &str,
        folders: &mut Vec<String>,
    ) -> std::io::Result<Vec<Failure>> {
        let mut failures = Vec::new();
        let mut empty = true;
        for item in self.root.join(folder).read_dir()? {
            let item = item?;
            empty = false;
            let name = item.file_name();
            let path = match folder {
                "" => name.to_string_lossy().into_owned(),
                _ => format!("{folder}/{}", name.to_string_lossy()),
            };
            let kind = item.file_type()?;
            if name.to_str().is_none() {
                failures.push(Failure::new(&path, &Fault::NameNotText));
            } else if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() {
                self.files.insert(path, item.metadata()?.len());
            } else {
                failures.push(Failure::new(&path, &Fault::NotAFile));
            }
        }
        if empty {
            failures.push(Failure::new(folder, &Fault::EmptyFolder));
        }
        Ok(failures)
    }

    /// The paths of the files, in order.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// The size of a file as it was listed, in bytes.
    pub fn size(&self, path: &str) -> Option<u64> {
        self.files.get(path).copied()
    }

    /// Reads a file of at most `limit` bytes.
    pub fn read(&self, path: &str, limit: u64) -> Result<Vec<u8>, Fault> {
        let mut bytes = Vec::new();
        let mut file = self.open(path)?.take(limit.saturating_add(1));
        file.read_to_end(&mut bytes)
            .map_err(|why| Fault::NotReadable(why.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(Fault::TooLong(limit));
        }
        Ok(bytes)
    }

    /// The size and the digest of a file of any length.
    pub fn measure(&self, path: &str) -> Result<Listed, Fault> {
        let mut file = self.open(path)?;
        let mut digest = Context::new(&SHA256);
        let mut size = 0;
        let mut bytes = vec![0; 1 << 16];
        loop {
            match file.read(&mut bytes) {
                Ok(0) => break,
                Ok(len) => {
                    digest.update(&bytes[..len]);
                    size += len as u64;
                }
                Err(why) => return Err(Fault::NotReadable(why.to_string())),
            }
        }
        let sha256 = Hash::from(digest.finish());
        Ok(Listed { size, sha256 })
    }

    /// Opens a file that was listed as a plain one.
    fn open(&self, path: &str) -> Result<File, Fault> {
        if self.size(path).is_none() {
            return Err(Fault::Missing);
        }
        File::open(self.root.join(path)).map_err(|why| Fault::NotReadable(why.to_string()))
    }
}
