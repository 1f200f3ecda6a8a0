//! `sanduq match` from the outside: bad input, one answer whatever the machine, a run that is
//! stopped, a full disk, lists, explanations, measurements, and nothing personal in what it says.

mod aside;
mod bounds;
mod dates;
mod explain;
mod ids;
mod link;
mod prepared;
mod refused;
mod roll;
mod said;
mod same;
mod sexes;
mod stopped;
mod unheard;

use crate::desk::Desk;
use std::path::Path;
use std::path::PathBuf;

/// The columns of a roll of the invented nation.
const HEADER: &str = "rid,given,father,grandfather,family,sex,dob,gov,nid\n";

/// A row of the file of pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Row {
    one: String,
    other: String,
    score: i32,
    class: String,
    cluster: String,
}

impl Desk {
    /// The rows of a file of pairs.
    fn pairs(&self, name: &str) -> Vec<Row> {
        let mut file = csv::Reader::from_path(self.path(name)).unwrap();
        let rows = file.records().map(|row| {
            let row = row.unwrap();
            let field = |at: usize| row[at].to_owned();
            Row {
                one: field(0),
                other: field(1),
                score: row[2].parse().unwrap(),
                class: field(3),
                cluster: field(4),
            }
        });
        rows.collect()
    }
}

/// The folder of made rolls beside the project, where it is there.
fn fixtures() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures/roll");
    if folder.is_dir() {
        return folder.canonicalize().ok();
    }
    println!("skipped: ../shared/fixtures is absent");
    None
}
