//! A folder is published, then damaged in every way there is; each damage is named.

mod draft;

use super::*;
use draft::Draft;
use draft::Published;
use draft::entry;
use draft::publisher;
use draft::seal;
use draft::told;
use sanduq_core::act::Act;
use sanduq_core::act::Entry;
use sanduq_journal::note::LogSigner;
use sanduq_journal::note::WitnessSigner;
use std::collections::BTreeMap;
use std::fs;

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
