//! What is kept of a run, and for whom.

use super::*;

const REPORT: Report = Report {
    keys: 1,
    pairs: 2,
    split: 3,
    refused: 4,
    copies: 5,
};

fn link(one: u32) -> Link {
    Link {
        one,
        other: u32::MAX,
        score: -7,
    }
}

#[test]
fn what_is_done_is_found_again_by_the_same_run_alone() {
    let folder = tempfile::tempdir().unwrap();
    let (same, other) = (Fingerprint::of(&["a", "b"]), Fingerprint::of(&["ab"]));
    assert_ne!(same, other);
    let work = Work::open(folder.path(), same).unwrap();
    assert!(work.done(0).is_none());
    work.keep(0, &[link(1), link(2)], REPORT).unwrap();
    drop(work);
    let work = Work::open(folder.path(), same).unwrap();
    let (links, report) = work.done(0).unwrap();
    assert_eq!(links, [link(1), link(2)]);
    assert_eq!([report.keys, report.pairs, report.split], [1, 2, 3]);
    assert_eq!([report.refused, report.copies], [4, 5]);
    assert!(work.done(1).is_none());
    drop(work);
    let work = Work::open(folder.path(), other).unwrap();
    assert!(work.done(0).is_none(), "of other files");
    let path = folder.path().to_owned();
    work.end().unwrap();
    assert!(!path.exists());
}

#[test]
fn a_file_that_is_cut_off_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let work = Work::open(folder.path(), Fingerprint::of(&[])).unwrap();
    work.keep(3, &[link(1)], REPORT).unwrap();
    let file = folder.path().join("rule-003");
    let whole = fs::read(&file).unwrap();
    for length in 0..whole.len() {
        fs::write(&file, &whole[..length]).unwrap();
        assert!(work.done(3).is_none(), "{length}");
    }
    for at in 0..whole.len() {
        let mut other = whole.clone();
        other[at] ^= 1;
        fs::write(&file, &other).unwrap();
        assert!(work.done(3).is_none(), "{at}");
    }
    fs::write(&file, &whole).unwrap();
    assert!(work.done(3).is_some());
}

#[test]
fn two_runs_do_not_work_in_one_folder() {
    let folder = tempfile::tempdir().unwrap();
    let _first = Work::open(folder.path(), Fingerprint::of(&[])).unwrap();
    let second = Work::open(folder.path(), Fingerprint::of(&[]));
    assert!(matches!(second, Err(WorkFault::Taken(_))));
}

#[test]
fn runs_close_behind_each_other_take_nothing_from_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("work");
    let run = || match Work::open(&path, Fingerprint::of(&[])) {
        Ok(work) => {
            work.keep(0, &[link(1)], REPORT).unwrap();
            assert!(work.done(0).is_some());
            work.end().unwrap();
        }
        Err(WorkFault::Taken(_)) => {}
        Err(fault) => panic!("{fault}"),
    };
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..200).for_each(|_| run()));
        }
    });
    assert!(!path.exists());
    fs::write(&path, "a file").unwrap();
    let other = Work::open(&path, Fingerprint::of(&[]));
    assert!(matches!(other, Err(WorkFault::Failed(..))));
}

/// A file in the place of another is no longer that file, whatever of it is the same.
#[test]
fn whatever_the_disk_notes_of_a_file_is_its_own() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "roll").unwrap();
    let noted = Noted::of(&file.as_file().metadata().unwrap());
    assert_eq!(noted.length, 4);
    assert!(noted.modified > 0 && noted.changed[0] > 0);
    assert!(noted.device > 0 && noted.number > 0);
    let others: [fn(&mut Noted); 6] = [
        |noted| noted.length += 1,
        |noted| noted.modified += 1,
        |noted| noted.changed[0] += 1,
        |noted| noted.changed[1] += 1,
        |noted| noted.device += 1,
        |noted| noted.number += 1,
    ];
    let mut seen = vec![noted.mixed(7)];
    for other in others {
        let mut changed = noted;
        other(&mut changed);
        let hash = changed.mixed(7);
        assert!(!seen.contains(&hash), "{changed:?}");
        seen.push(hash);
    }
}

/// Moved in, with the time of the old one: only its number on the disk and the time that the
/// disk notes tell.
#[test]
fn a_file_that_was_moved_in_is_another() {
    let folder = tempfile::tempdir().unwrap();
    let [path, other] = ["roll", "other"].map(|name| folder.path().join(name));
    let time = UNIX_EPOCH + std::time::Duration::from_secs(9);
    for path in [&path, &other] {
        fs::write(path, "the same").unwrap();
        File::open(path).unwrap().set_modified(time).unwrap();
    }
    let mark = Fingerprint::of(&[]).with(&path).unwrap();
    fs::rename(&other, &path).unwrap();
    assert_ne!(Fingerprint::of(&[]).with(&path).unwrap(), mark);
}

#[test]
fn another_content_is_another_fingerprint_also_where_the_time_of_change_is_set_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("roll");
    let long = "a".repeat(200_000);
    let middle = format!("{}b{}", &long[..100_000], &long[100_001..]);
    let mut seen = Vec::new();
    for text in ["a", "b", "ab", &long, &middle] {
        fs::write(&path, text).unwrap();
        let time = UNIX_EPOCH + std::time::Duration::from_secs(9);
        File::open(&path).unwrap().set_modified(time).unwrap();
        let mark = Fingerprint::of(&["x"]).with(&path).unwrap();
        assert_eq!(Fingerprint::of(&["x"]).with(&path).unwrap(), mark);
        assert!(!seen.contains(&mark), "{}", text.len());
        seen.push(mark);
    }
}
