//! `sanduq placement` from the outside: a real list of centres, bad input, what the law asks of a
//! placement, a run that is stopped, who moves and why, queues, roads, pictures.

mod made;
mod moved;
mod queue;
mod real;
mod refused;
mod roads;
mod rolls;
mod stopped;

use serde_json::Value;
use std::path::Path;
use std::path::PathBuf;

/// A file of the shared real data, where it is there.
fn shared(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let file = folder.join(name);
    if file.exists() {
        return file.canonicalize().ok();
    }
    println!("skipped: {} is absent", file.display());
    None
}

/// Every key of the objects for machines stands in the manual.
fn stands_in_the_manual(object: &Value) {
    let manual = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/placement.md");
    let manual = std::fs::read_to_string(manual).unwrap();
    for key in object.as_object().unwrap().keys() {
        assert!(manual.contains(&format!("`{key}`")), "{key}");
    }
}
