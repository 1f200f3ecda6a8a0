//! Borders with a guard: the `Cargo.toml` files say who may know whom. Above all, nothing on the
//! votes' side of the wall depends on the register, so no count can name an elector.

use crate::tidy::borders::RULES;
use crate::tidy::tree::Breach;
use crate::tidy::tree::File;
use crate::tidy::tree::Tree;

/// Crates whose neighbours of ours are numbered; any other crate may use what is not a `Keeper`'s.
const NEIGHBOURS: [(&str, &[&str]); 13] = [
    ("sanduq-core", &[]),
    ("sanduq-register", &["sanduq-core"]),
    ("sanduq-count", &["sanduq-core"]),
    (
        "sanduq-matching",
        &["sanduq-core", "sanduq-register", "sanduq-table"],
    ),
    ("sanduq-placement", &["sanduq-core", "sanduq-register"]),
    ("sanduq-operations", &["sanduq-core"]),
    (
        "sanduq-assignment",
        &["sanduq-core", "sanduq-operations", "sanduq-placement"],
    ),
    ("sanduq-ballot", &[]),
    ("sanduq-journal", &[]),
    ("sanduq-table", &["sanduq-core"]),
    (
        "sanduq-verify",
        &[
            "sanduq-core",
            "sanduq-count",
            "sanduq-ballot",
            "sanduq-journal",
        ],
    ),
    (
        "sanduq-document",
        &[
            "sanduq-core",
            "sanduq-count",
            "sanduq-journal",
            "sanduq-verify",
        ],
    ),
    ("xtask", &[]),
];

/// The crates from outside that rules may be built on: no clock, no chance, no input or output.
const GROUND: [&str; 9] = [
    "base64",
    "ed25519-dalek",
    "jiff",
    "serde",
    "serde_json",
    "ring",
    "thiserror",
    "toml",
    "unicode-normalization",
];

/// What the remote ballot is built on besides: arithmetic, hashes, and the trait by which chance is
/// handed in. Its proofs are checked on all threads, with the same outcome on any number.
const BALLOT_GROUND: [&str; 9] = [
    "crypto-bigint",
    "curve25519-dalek",
    "fiat-crypto",
    "hmac",
    "rand_core",
    "rayon",
    "sha2",
    "subtle",
    "zeroize",
];

/// What only some crates may depend on.
const KEEPERS: [(&str, &[&str]); 14] = [
    ("tokio-postgres", &["sanduq-store"]),
    ("deadpool-postgres", &["sanduq-store"]),
    ("axum", &["sanduq-web"]),
    ("hyper", &["sanduq-web"]),
    ("hyper-util", &["sanduq-web"]),
    ("tower", &["sanduq-web"]),
    ("tower-http", &["sanduq-web"]),
    ("typst", &["sanduq-document"]),
    ("typst-layout", &["sanduq-document"]),
    ("typst-pdf", &["sanduq-document"]),
    ("sanduq-document", &[]),
    ("sanduq-web", &["sanduq", "sanduq-rehearsal"]),
    ("sanduq-rehearsal", &["sanduq"]),
    ("sanduq", &[]),
];

/// A crate's `Cargo.toml`, as far as a rule asks.
struct Manifest<'a> {
    file: &'a File,
    name: &'a str,
    dependencies: Vec<Dependency<'a>>,
}

struct Dependency<'a> {
    line: usize,
    name: &'a str,
    for_tests: bool,
    from_workspace: bool,
}

impl<'a> Manifest<'a> {
    fn read(file: &'a File) -> Manifest<'a> {
        let folder = file.path.trim_end_matches("/Cargo.toml");
        let name = folder.rsplit('/').next().unwrap_or_default();
        let mut manifest = Manifest {
            file,
            name,
            dependencies: Vec::new(),
        };
        let mut section = "";
        for (index, line) in file.text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if let Some(header) = line.strip_prefix('[') {
                section = header.trim_end_matches(']');
                // [dependencies.name] opens a table for one dependency.
                if let Some((kind, name)) = section.rsplit_once('.')
                    && kind.ends_with("dependencies")
                {
                    manifest.add(index + 1, kind, name, false);
                }
                continue;
            }
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            if section.ends_with("dependencies") {
                let (name, field) = key.trim().split_once('.').unwrap_or((key.trim(), ""));
                let from_workspace = field == "workspace" || value.contains("workspace = true");
                manifest.add(index + 1, section, name, from_workspace);
            }
        }
        manifest
    }

    fn add(&mut self, line: usize, section: &str, name: &'a str, from_workspace: bool) {
        let for_tests = section.ends_with("dev-dependencies");
        self.dependencies.push(Dependency {
            line,
            name,
            for_tests,
            from_workspace,
        });
    }
}

fn manifests(tree: &Tree) -> impl Iterator<Item = Manifest<'_>> {
    let members = tree
        .files
        .iter()
        .filter(|file| file.path.ends_with("/Cargo.toml"));
    members.map(Manifest::read)
}

/// No crate depends on one that it must not know.
pub fn edges(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for manifest in manifests(tree) {
        for dependency in &manifest.dependencies {
            if let Some(what) = forbidden(manifest.name, dependency) {
                breaches.push(manifest.file.breach(dependency.line, what));
            }
        }
    }
    breaches
}

fn forbidden(name: &str, dependency: &Dependency<'_>) -> Option<String> {
    let other = dependency.name;
    let ours = other.starts_with("sanduq");
    let neighbours = NEIGHBOURS.iter().find(|(member, _)| *member == name);
    if let Some((_, neighbours)) = neighbours
        && ours
        && !neighbours.contains(&other)
        // Tests of rules may read tables of real elections.
        && !(dependency.for_tests && other == "sanduq-table")
    {
        return Some(format!("{name} must not know {other}"));
    }
    if name == "xtask" {
        return Some(format!("xtask is plain Rust and needs no {other}"));
    }
    if dependency.for_tests {
        return None;
    }
    let ground =
        GROUND.contains(&other) || name == "sanduq-ballot" && BALLOT_GROUND.contains(&other);
    if RULES.contains(&name) && !ours && !ground {
        return Some(format!(
            "{other} is not among the crates that rules may be built on"
        ));
    }
    let keeper = KEEPERS.iter().find(|(kept, _)| *kept == other);
    keeper
        .filter(|(_, users)| !users.contains(&name))
        .map(|(kept, users)| format!("{kept} is for {users:?} only"))
}

/// Every crate inherits the workspace's lints and versions, and every rules crate has the same
/// `clippy.toml`, which forbids clocks, chance and input.
pub fn inherited(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for manifest in manifests(tree) {
        let file = manifest.file;
        if !file.text.contains("[lints]\nworkspace = true") {
            breaches.push(file.breach(0, "the crate does not inherit the workspace's lints"));
        }
        for dependency in manifest
            .dependencies
            .iter()
            .filter(|one| !one.from_workspace)
        {
            let what = format!("write `{}.workspace = true`", dependency.name);
            breaches.push(file.breach(dependency.line, what));
        }
        if RULES.contains(&manifest.name) {
            let clippy = tree.file(&format!("crates/{}/clippy.toml", manifest.name));
            let first = tree.file("crates/sanduq-core/clippy.toml");
            let same = clippy
                .zip(first)
                .is_some_and(|(own, core)| own.text == core.text);
            if !same {
                breaches.push(file.breach(0, "clippy.toml differs from sanduq-core's"));
            }
        }
    }
    breaches
}
