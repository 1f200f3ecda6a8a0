//! Our archives before the tool of another program, where it is installed.
#![expect(
    clippy::disallowed_methods,
    reason = "rules touch no files and start no programs, this test does"
)]

use crate::making::Making;
use crate::making::full;
use crate::making::shuffled;
use sanduq_ballot::ballot::Ballot;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::field::Belenios2048;
use sanduq_ballot::group::field::Rfc3526;
use std::fs;
use std::process::Command;

/// Another program's tool accepts the archive, where the tool is installed.
pub fn accepted<G: Group>(making: &Making<G>, archive: &[u8]) {
    if Command::new("belenios-tool")
        .arg("--version")
        .output()
        .is_err()
    {
        println!("skipped: belenios-tool is not installed");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let uuid = making.election.description().uuid.as_str();
    fs::write(folder.path().join(format!("{uuid}.bel")), archive).unwrap();
    let mut command = Command::new("belenios-tool");
    let folder = folder.path().to_str().unwrap().to_owned();
    let output = command
        .args(["election", "verify", "--dir", &folder])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(
        output.status.success() && said.contains("all checks passed"),
        "{said}"
    );
}

fn tool_accepts<G: Group>((mut making, cast): (Making<G>, Vec<(usize, Ballot<G>)>)) {
    let acts = making.acts(&cast);
    let archive = making.archive(&acts);
    accepted(&making, &archive);
}

#[test]
fn the_tool_accepts_ours_in_belenios_2048() {
    tool_accepts::<Belenios2048>(full(1, 9));
}

#[test]
fn the_tool_accepts_ours_in_rfc_3526_2048() {
    tool_accepts::<Rfc3526>(shuffled(2));
}
