//! A folder is published, then damaged in every way there is; each damage is named.

use super::*;
use jiff::Timestamp;
use sanduq_core::act::Act;
use sanduq_core::act::Actor;
use sanduq_core::act::Entry;
use sanduq_core::act::Organ;
use sanduq_core::id::ActorId;
use sanduq_journal::checkpoint::Checkpoint;
use sanduq_journal::note::LogSigner;
use sanduq_journal::note::WitnessSigner;
use sanduq_journal::tile_writer::write_tree;
use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

fn publisher() -> LogSigner {
    LogSigner::from_seed("authority.example/journal", &[1; 32]).unwrap()
}

fn witness() -> WitnessSigner {
    WitnessSigner::from_seed("press.example/witness", &[2; 32]).unwrap()
}

fn entry(act: Act, facts: &[(&str, &str)]) -> Vec<u8> {
    let actor = Actor {
        id: ActorId::new("S-17").unwrap(),
        organ: Organ::Executive,
    };
    let at: Timestamp = "2026-11-21T19:00:00Z".parse().unwrap();
    let entry = Entry::new(act, &actor, at);
    facts
        .iter()
        .fold(entry, |entry, (key, value)| entry.with(key, value))
        .to_bytes()
}

/// A publication before it is written down; a test changes what it likes.
struct Draft {
    publisher: LogSigner,
    keys: Keys,
    files: BTreeMap<String, Vec<u8>>,
    /// What the journal says before and after it seals the manifest.
    before: Vec<Vec<u8>>,
    after: Vec<Vec<u8>>,
    /// The manifest's text, before its digest is sealed.
    manifest: fn(Vec<u8>) -> Vec<u8>,
    /// The entry that seals a digest.
    seal: fn(&str) -> Vec<u8>,
    cosigned_by: Vec<WitnessSigner>,
}

fn seal(digest: &str) -> Vec<u8> {
    entry(
        Act::PublicationSealed,
        &[("snapshot", "s2"), ("manifest", digest)],
    )
}

impl Draft {
    fn new() -> Self {
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

    fn publish(mut self) -> Published {
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

struct Published {
    folder: TempDir,
    files: BTreeMap<String, Vec<u8>>,
}

impl Published {
    fn write(files: BTreeMap<String, Vec<u8>>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in &files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        Self { folder, files }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn check(&self, pinned: Option<&VerifierKey>) -> Checked {
        let watch = Watch {
            progress: &mut |_| (),
            entry: &mut |_, _, _| (),
        };
        check(self.folder.path(), pinned, watch)
    }

    /// What is wrong, as `path code`.
    fn told(&self) -> Vec<String> {
        told(&self.check(None))
    }
}

fn told(checked: &Checked) -> Vec<String> {
    let told = |failure: &Failure| format!("{} {}", failure.path, failure.code);
    checked.failures.iter().map(told).collect()
}

#[test]
fn a_published_folder_is_whole() {
    let published = Draft::new().publish();
    let (mut progress, mut entries) = (Vec::new(), 0);
    let watch = Watch {
        progress: &mut |step| progress.push((step.stage, step.done, step.total)),
        entry: &mut |number, bytes, entry| {
            assert_eq!((number, bytes.to_vec()), (entries, entry.to_bytes()));
            entries += 1;
        },
    };
    let checked = check(published.folder.path(), Some(publisher().key()), watch);
    assert_eq!(told(&checked), [""; 0]);
    assert!(checked.is_whole());
    assert_eq!(entries, 274);
    assert_eq!(progress, [(Stage::Journal, 274, 274), (Stage::Files, 6, 6)]);
    let opened = checked.opened.as_ref().unwrap();
    assert_eq!(opened.checkpoint.size(), 274);
    assert_eq!(
        opened.witnesses,
        [("press.example/witness".to_owned(), 1_795_000_000)]
    );
    let paths: Vec<_> = checked.files().map(|(path, _)| path).collect();
    assert_eq!(paths[..2], ["event.json", "index.html"]);
    for path in paths {
        assert_eq!(checked.read(path).as_ref(), Ok(&published.files[path]));
    }
}

/// The promise: any change of one byte anywhere is refused, and its file is named.
#[test]
fn a_thousand_flipped_bytes_are_each_refused_by_the_name_of_their_file() {
    let published = Draft::new().publish();
    let paths: Vec<_> = published
        .files
        .iter()
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    let mut chance = 2_026_u64;
    let mut below = |end: usize| {
        // A linear congruence is chance enough to scatter places, and the same each time.
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963);
        usize::try_from((chance >> 33) % end as u64).unwrap()
    };
    for round in 0..1_000 {
        let (path, bytes) = paths[below(paths.len())];
        let mut flipped = bytes.clone();
        let place = below(bytes.len());
        flipped[place] ^= 1 << below(8);
        fs::write(published.at(path), &flipped).unwrap();
        let checked = published.check(None);
        fs::write(published.at(path), bytes).unwrap();
        let told = told(&checked);
        assert_eq!(
            checked.failures.first().map(|f| &f.path),
            Some(path),
            "{round}: {told:?}"
        );
        // A changed line of the manifest accuses the file on that line too; nothing else does.
        let only = checked.failures.iter().all(|failure| failure.path == *path);
        assert!(
            only || path == MANIFEST,
            "{round}: {path} byte {place}: {told:?}"
        );
    }
    assert!(published.check(None).is_whole());
}

#[test]
fn a_file_that_is_missing_longer_or_shorter_is_named() {
    let published = Draft::new().publish();
    for (path, bytes) in &published.files {
        let at = published.at(path);
        fs::remove_file(&at).unwrap();
        let missing = published.check(None).failures;
        assert!(
            missing.iter().any(|failure| failure.path == *path),
            "{path}: {missing:?}"
        );
        fs::write(&at, [&bytes[..], b"\n"].concat()).unwrap();
        let longer = published.check(None).failures;
        assert_eq!(
            longer.first().map(|failure| &failure.path),
            Some(path),
            "{longer:?}"
        );
        if !bytes.is_empty() {
            fs::write(&at, &bytes[..bytes.len() - 1]).unwrap();
            let shorter = published.check(None).failures;
            assert_eq!(
                shorter.first().map(|failure| &failure.path),
                Some(path),
                "{shorter:?}"
            );
        }
        fs::write(&at, bytes).unwrap();
    }
}

#[test]
fn everything_that_nothing_names_is_refused() {
    let published = Draft::new().publish();
    let extra = [
        ("more.json", "more.json file.extra"),
        ("sheets/c-2.json", "sheets/c-2.json file.extra"),
        ("journal/notes", "journal/notes file.extra"),
        (
            "journal/tile/0/001.p/19",
            "journal/tile/0/001.p/19 file.extra",
        ),
        ("journal/tile/0/002", "journal/tile/0/002 file.extra"),
        (".hidden", ".hidden file.extra"),
        ("journal/tile/9/000", "journal/tile/9/000 file.extra"),
    ];
    for (path, failure) in extra {
        fs::create_dir_all(published.at(path).parent().unwrap()).unwrap();
        fs::write(published.at(path), b"x").unwrap();
        assert_eq!(published.told(), [failure]);
        fs::remove_file(published.at(path)).unwrap();
    }
    // The folder that the tile of level 9 stood in is left behind.
    assert_eq!(published.told(), ["journal/tile/9 file.empty_folder"]);
    fs::remove_dir(published.at("journal/tile/9")).unwrap();
    assert!(published.check(None).is_whole());
}

#[cfg(unix)]
#[test]
fn links_and_names_that_are_no_text_are_refused() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let published = Draft::new().publish();
    let elsewhere = tempfile::tempdir().unwrap();
    // A link to the very same bytes, for a file, a tile and a folder.
    for path in ["event.json", "journal/tile/0/000"] {
        let target = elsewhere.path().join("target");
        fs::write(&target, &published.files[path]).unwrap();
        fs::remove_file(published.at(path)).unwrap();
        symlink(&target, published.at(path)).unwrap();
        let told = published.told();
        assert_eq!(told[0], format!("{path} file.not_a_file"));
        assert!(told.iter().all(|line| line.starts_with(path)), "{told:?}");
        fs::remove_file(published.at(path)).unwrap();
        fs::write(published.at(path), &published.files[path]).unwrap();
    }
    symlink(elsewhere.path(), published.at("more")).unwrap();
    assert_eq!(published.told(), ["more file.not_a_file"]);
    fs::remove_file(published.at("more")).unwrap();
    let name = published
        .folder
        .path()
        .join(OsStr::from_bytes(b"sheets/\xff"));
    fs::write(&name, b"x").unwrap();
    assert_eq!(published.told(), ["sheets/\u{fffd} file.name_not_text"]);
    fs::remove_file(name).unwrap();
    assert!(published.check(None).is_whole());
}

#[test]
fn damage_to_several_files_names_them_all() {
    let published = Draft::new().publish();
    fs::write(published.at("event.json"), b"{\"event\":\"f\"}\n").unwrap();
    fs::write(published.at("index.html"), b"").unwrap();
    fs::remove_file(published.at("sheets/c-1.csv")).unwrap();
    fs::remove_file(published.at("journal/tile/0/000")).unwrap();
    fs::write(published.at("more"), b"").unwrap();
    let told = [
        "journal/tile/0/000 tile.not_readable",
        "event.json file.digest_differs",
        "index.html file.size_differs",
        "sheets/c-1.csv file.missing",
        "more file.extra",
    ];
    assert_eq!(published.told(), told);
    let checked = published.check(None);
    let read = |path| checked.read(path).map_err(|failure| failure.code);
    assert_eq!(read("event.json"), Err("file.digest_differs"));
    assert_eq!(read("index.html"), Err("file.size_differs"));
    assert_eq!(read("sheets/c-1.csv"), Err("file.missing"));
    assert_eq!(
        read("more"),
        Err("file.missing"),
        "the manifest does not name it"
    );
    assert!(read("sheets/c-1.json").is_ok());
}

#[test]
fn an_empty_folder_and_none_are_refused() {
    let empty = tempfile::tempdir().unwrap();
    let published = Published {
        folder: empty,
        files: BTreeMap::new(),
    };
    let told = [
        " file.empty_folder",
        "manifest.json file.missing",
        "keys.json file.missing",
    ];
    assert_eq!(published.told(), told);
    let gone = published.at("gone");
    let watch = Watch {
        progress: &mut |_| (),
        entry: &mut |_, _, _| (),
    };
    let checked = check(&gone, None, watch);
    assert_eq!(checked.failures[0].code, "file.not_readable");
    assert!(checked.opened.is_none() && checked.publisher.is_none());
}

/// Who holds no key of the publisher can make a whole folder of their own, and only a reader who
/// brings the publisher's key can tell.
#[test]
fn a_folder_of_another_publisher_is_refused_with_the_key_brought_along() {
    let name = "authority.example/journal";
    let other = LogSigner::from_seed(name, &[66; 32]).unwrap();
    let mut draft = Draft::new();
    draft.keys.publisher = other.key().clone();
    draft.publisher = other;
    let forged = draft.publish();
    assert!(forged.check(None).is_whole());
    let checked = forged.check(Some(publisher().key()));
    let refused = [
        "keys.json keys.publisher_differs",
        "journal/checkpoint checkpoint.not_signed_by_log",
    ];
    assert_eq!(told(&checked), refused);
    assert!(checked.opened.is_none());
}

#[test]
fn every_signature_on_the_checkpoint_must_be_of_a_named_key() {
    let stranger = || WitnessSigner::from_seed("stranger.example", &[9; 32]).unwrap();
    let mut draft = Draft::new();
    draft.cosigned_by.push(stranger());
    let unknown = ["journal/checkpoint checkpoint.signer_unknown"];
    assert_eq!(draft.publish().told(), unknown);
    let mut draft = Draft::new();
    draft.cosigned_by.push(stranger());
    draft.keys.witnesses.push(stranger().key().clone());
    assert!(draft.publish().check(None).is_whole());
}

#[test]
fn only_the_last_seal_counts() {
    let mut draft = Draft::new();
    let later = seal(&Hash::of_bytes(b"later").to_string());
    draft.after.push(later);
    assert_eq!(
        draft.publish().told(),
        ["manifest.json manifest.not_sealed"]
    );

    let mut draft = Draft::new();
    draft.before.remove(100);
    draft.seal = |_| entry(Act::CandidateFiguresReleased, &[("contest", "c")]);
    assert_eq!(
        draft.publish().told(),
        ["journal/checkpoint journal.no_seal"]
    );

    let malformed: [fn(&str) -> Vec<u8>; 3] = [
        |_| entry(Act::PublicationSealed, &[("snapshot", "s")]),
        |digest| {
            entry(
                Act::PublicationSealed,
                &[("manifest", &digest.to_uppercase())],
            )
        },
        |digest| entry(Act::PublicationSealed, &[("manifest", &digest[1..])]),
    ];
    for seal in malformed {
        let mut draft = Draft::new();
        draft.seal = seal;
        let refused = ["journal/tile/entries/001.p/18 journal.seal_malformed"];
        assert_eq!(draft.publish().told(), refused);
    }
}

#[test]
fn every_entry_must_be_a_known_one() {
    let unreadable = ["journal/tile/entries/000 journal.entry_unreadable"];
    let known = String::from_utf8(Draft::new().before[7].clone()).unwrap();
    for other in [
        String::new(),
        "{}".to_owned(),
        format!("{known} "),
        known.replace("contest", "a\\u0063ontest"),
        known.replace(Act::CandidateFiguresReleased.code(), "figures.invented"),
    ] {
        let mut draft = Draft::new();
        draft.before[7] = other.clone().into_bytes();
        draft.before[9] = other.into_bytes();
        assert_eq!(draft.publish().told(), unreadable);
    }
}

/// The digest that is sealed is right, the text is not the canonical one.
#[test]
fn a_sealed_manifest_must_still_be_a_manifest() {
    let with = |manifest: fn(Vec<u8>) -> Vec<u8>| {
        let mut draft = Draft::new();
        draft.manifest = manifest;
        draft.publish().told()
    };
    let spaced = with(|text| [&text[..], b"\n"].concat());
    assert_eq!(spaced, ["manifest.json manifest.not_canonical"]);
    let none = with(|_| b"{}".to_vec());
    assert_eq!(none, ["manifest.json manifest.malformed"]);
    let escaping = with(|text| {
        String::from_utf8(text)
            .unwrap()
            .replace("index.html", "../x.html")
            .into_bytes()
    });
    let told = [
        "manifest.json manifest.paths_not_sorted",
        "manifest.json manifest.path_unfit",
        "index.html file.extra",
    ];
    assert_eq!(escaping, told);
    let unnamed = with(|text| {
        let text = String::from_utf8(text).unwrap();
        let lines = text.lines().filter(|line| !line.contains("keys.json"));
        lines
            .map(|line| format!("{line}\n"))
            .collect::<String>()
            .into_bytes()
    });
    assert_eq!(unnamed, ["keys.json file.extra"]);
}

#[test]
fn codes_are_stable_texts() {
    use sanduq_core::refusal::Refusal;
    let hash = Hash::of_bytes(b"");
    let text = String::new;
    let faults = [
        Fault::NotReadable(text()),
        Fault::NameNotText,
        Fault::NotAFile,
        Fault::EmptyFolder,
        Fault::Missing,
        Fault::Extra,
        Fault::TooLong(1),
        Fault::SizeDiffers {
            stated: 1,
            found: 2,
        },
        Fault::DigestDiffers {
            stated: hash,
            found: hash,
        },
        Fault::ManifestMalformed(text()),
        Fault::ManifestNotCanonical,
        Fault::PathUnfit(text()),
        Fault::PathsNotSorted(text()),
        Fault::NotSealed {
            stated: hash,
            found: hash,
        },
        Fault::KeysMalformed(text()),
        Fault::KeyUnfit {
            key: text(),
            why: "",
        },
        Fault::PublisherDiffers {
            pinned: text(),
            found: text(),
        },
        Fault::SignerUnknown(text()),
        Fault::EntryUnreadable(1),
        Fault::NoSeal,
        Fault::SealMalformed(1),
    ];
    let codes: BTreeSet<_> = faults.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), faults.len());
    let failure = Failure::new(
        "a/b",
        &Fault::SizeDiffers {
            stated: 1,
            found: 2,
        },
    );
    let sentence = "a/b: has 2 bytes, the manifest gives 1 (file.size_differs)";
    assert_eq!(failure.to_string(), sentence);
}
