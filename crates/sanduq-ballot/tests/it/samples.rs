//! The sample elections beside the project.
#![expect(
    clippy::disallowed_methods,
    reason = "rules read no files, their samples are files"
)]

use sanduq_ballot::group::Group;
use sanduq_ballot::group::ed25519::Ed25519;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use std::fs;
use std::path::PathBuf;

/// A sample election.
pub struct Sample {
    pub name: &'static str,
    folder: PathBuf,
}

/// What is done to a sample in its own group.
pub trait Visit {
    fn visit<G: Group>(&mut self, sample: &Sample);
}

impl Sample {
    /// The sample of this name, if it is there.
    pub fn open(name: &'static str) -> Option<Sample> {
        let path = "../../../shared/fixtures/belenios";
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
            .join(path)
            .join(name);
        if folder.is_dir() {
            return Some(Sample { name, folder });
        }
        println!("skipped: ../shared/fixtures is absent");
        None
    }

    /// A file of the sample.
    pub fn read(&self, path: &str) -> Vec<u8> {
        fs::read(self.folder.join(path)).unwrap()
    }

    /// A published object: the file without the line's end after it.
    pub fn object(&self, path: &str) -> Vec<u8> {
        self.read(path).trim_ascii_end().to_vec()
    }

    /// The contents of the files of a folder that end so, in the order of their names.
    pub fn files(&self, folder: &str, end: &str) -> Vec<Vec<u8>> {
        let entries = fs::read_dir(self.folder.join(folder)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.to_string_lossy().ends_with(end));
        paths.sort();
        paths.iter().map(|path| fs::read(path).unwrap()).collect()
    }

    /// Its ballots as they were cast.
    pub fn ballots(&self) -> Vec<Vec<u8>> {
        let mut data = self.files("pieces", ".data.json");
        data.retain(|bytes| bytes.starts_with(b"{\"election_uuid\""));
        data
    }
}

/// Visits every sample in its group.
pub fn each(visit: &mut impl Visit) {
    for name in ["ed25519-h", "ed25519-nh", "ed25519-threshold"] {
        Sample::open(name)
            .iter()
            .for_each(|sample| visit.visit::<Ed25519>(sample));
    }
    for name in ["h-belenios2048", "threshold"] {
        Sample::open(name)
            .iter()
            .for_each(|sample| visit.visit::<Belenios2048>(sample));
    }
    Sample::open("nh-rfc3526")
        .iter()
        .for_each(|sample| visit.visit::<Rfc3526>(sample));
}
