//! The public shapes of Wadi as they were, file by file: a shape does not change unseen. After a
//! change that is meant, run the test with `SANDUQ_GOLDEN=write` and read the difference.

use crate::folder::public;
use crate::folder::wadi;
use std::path::Path;
use std::path::PathBuf;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../testdata/publication/wadi")
}

fn listed(root: &Path, below: &str, paths: &mut Vec<String>) {
    for item in std::fs::read_dir(root.join(below)).unwrap() {
        let item = item.unwrap();
        let name = format!("{below}{}", item.file_name().to_str().unwrap());
        if item.file_type().unwrap().is_dir() {
            listed(root, &format!("{name}/"), paths);
        } else {
            paths.push(name);
        }
    }
}

#[test]
fn the_public_shapes_are_as_they_were() {
    let files = public(&wadi());
    let root = folder();
    if std::env::var_os("SANDUQ_GOLDEN").is_some_and(|what| what == "write") {
        crate::folder::write(&root, &files);
    }
    let mut kept = Vec::new();
    listed(&root, "", &mut kept);
    kept.sort();
    assert_eq!(kept, files.keys().cloned().collect::<Vec<_>>());
    for (path, bytes) in &files {
        let kept = std::fs::read(root.join(path)).unwrap();
        let (kept, made) = (
            String::from_utf8(kept).unwrap(),
            std::str::from_utf8(bytes).unwrap(),
        );
        for (number, (kept, made)) in (1..).zip(kept.lines().zip(made.lines())) {
            assert_eq!(kept, made, "{path}, line {number}");
        }
        assert_eq!(kept, made, "{path}");
    }
}
