//! A publication as an authority would make it, for tests to damage.

use super::*;
use jiff::Timestamp;
use sanduq_core::act::Actor;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::tile_writer::write_tree;
use std::convert::Infallible;
use std::path::PathBuf;
use tempfile::TempDir;

pub fn publisher() -> LogSigner {
    LogSigner::from_seed("authority.example/journal", &[1; 32]).unwrap()
}

pub fn witness() -> WitnessSigner {
    WitnessSigner::from_seed("press.example/witness", &[2; 32]).unwrap()
}

pub fn entry(act: Act, facts: &[(&'static str, &str)]) -> Vec<u8> {
    let actor = Actor {
        id: ActorId::new("S-17").unwrap(),
        organ: Organ::Executive,
    };
    let at: Timestamp = "2026-11-21T19:00:00Z".parse().unwrap();
    let entry = Entry::new(act, &actor, at);
    facts
        .iter()
        .fold(entry, |entry, (key, value)| entry.with(*key, value))
        .to_bytes()
}

/// A publication before it is written down; a test changes what it likes.
pub struct Draft {
    pub publisher: LogSigner,
    pub keys: Keys,
    pub files: BTreeMap<String, Vec<u8>>,
    /// What the journal says before and after it seals the manifest.
    pub before: Vec<Vec<u8>>,
    pub after: Vec<Vec<u8>>,
    /// The manifest's text, before its digest is sealed.
    pub manifest: fn(Vec<u8>) -> Vec<u8>,
    /// The entry that seals a digest.
    pub seal: fn(&str) -> Vec<u8>,
    pub cosigned_by: Vec<WitnessSigner>,
}

pub fn seal(digest: &str) -> Vec<u8> {
    entry(
        Act::PublicationSealed,
        &[("snapshot", "s2"), ("manifest", digest)],
    )
}

impl Draft {
    pub fn new() -> Self {
        let released = |number: usize| {
            entry(
                Act::CandidateFiguresReleased,
                &[("contest", &format!("c-{number}"))],
            )
        };
        let mut before: Vec<_> = (0..270).map(released).collect();
        // An earlier publication, which no longer counts.
        before[100] = seal(&Hash::of_bytes(b"earlier").to_string());
        let mut files = BTreeMap::new();
        for (path, text) in [
            ("event.json", "{\"event\":\"e\"}\n"),
            ("index.html", "<!doctype html>\n"),
            ("sheets/c-1.json", "{\"sheets\":[1,2,3]}\n"),
            ("sheets/c-1.csv", "station,votes\n1,2\n"),
            ("totals/empty.csv", ""),
        ] {
            files.insert(path.to_owned(), text.as_bytes().to_vec());
        }
        Self {
            keys: Keys {
                publisher: publisher().key().clone(),
                witnesses: vec![witness().key().clone()],
            },
            publisher: publisher(),
            files,
            before,
            after: (300..303).map(released).collect(),
            manifest: |text| text,
            seal,
            cosigned_by: vec![witness()],
        }
    }

    pub fn publish(mut self) -> Published {
        self.files.insert(KEYS.to_owned(), self.keys.to_bytes());
        let mut manifest = Manifest::default();
        for (path, bytes) in &self.files {
            manifest.add(path, Listed::of(bytes)).unwrap();
        }
        let manifest = (self.manifest)(manifest.to_bytes());
        let mut entries = self.before;
        entries.push((self.seal)(&Hash::of_bytes(&manifest).to_string()));
        entries.extend(self.after);
        let mut files = self.files;
        files.insert(MANIFEST.to_owned(), manifest);
        let log = write_tree(entries, |path, bytes| {
            files.insert(format!("{JOURNAL}{path}"), bytes.to_vec());
            Ok::<(), Infallible>(())
        });
        let log = log.unwrap();
        let name = self.publisher.key().name();
        let checkpoint = Checkpoint::new(name, log.size(), log.root()).unwrap();
        let mut note = checkpoint.sign(&self.publisher).unwrap();
        for witness in self.cosigned_by {
            let line = witness
                .cosign(&checkpoint.to_string(), 1_795_000_000)
                .unwrap();
            note.add(line).unwrap();
        }
        files.insert(journal::CHECKPOINT.to_owned(), note.to_bytes());
        Published::write(files)
    }
}

pub struct Published {
    pub folder: TempDir,
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Published {
    pub fn write(files: BTreeMap<String, Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self { folder, files }
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    pub fn check(&self, pinned: Option<&VerifierKey>) -> Checked {
        let watch = Watch {
            progress: &mut |_| (),
            entry: &mut |_, _, _| (),
        };
        check(self.folder.path(), pinned, watch)
    }

    /// What is wrong, as `path code`.
    pub fn told(&self) -> Vec<String> {
        told(&self.check(None))
    }
}

pub fn told(checked: &Checked) -> Vec<String> {
    let told = |failure: &Failure| format!("{} {}", failure.path, failure.code);
    checked.failures.iter().map(told).collect()
}
