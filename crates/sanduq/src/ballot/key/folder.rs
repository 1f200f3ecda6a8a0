//! The folder of a ceremony, which goes round among the members: the roster, and a file of each
//! member for each step. Nothing in it is secret.

use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::ballot::kind::Kind;
use crate::exit::Ended;
use sanduq_ballot::ceremony::CeremonyRefusal;
use sanduq_ballot::ceremony::Content;
use sanduq_ballot::ceremony::Roster;
use sanduq_ballot::ceremony::Round;
use sanduq_ballot::ceremony::Step;
use sanduq_ballot::group::Group;
use sanduq_ballot::json::Canonical;
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The file of the roster.
pub const ROSTER: &str = "roster.json";
/// The file that says for which election keys are made.
pub const ELECTION: &str = "election.json";

/// Which election a ceremony is for.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owner {
    /// The group.
    pub group: Kind,
    /// The identifier of the election.
    pub election: String,
}

/// A ceremony's folder.
#[derive(Clone, Copy)]
pub struct Folder<'a>(pub &'a Path);

impl Folder<'_> {
    /// For which election it is.
    ///
    /// # Errors
    /// `ballot.no_file`, `ballot.ceremony`.
    pub fn owner(self) -> Result<Owner, Ended> {
        let path = self.0.join(ELECTION);
        let owner = serde_json::from_slice(&files::read(&path)?);
        owner.map_err(|why| refused("ceremony", format!("{}: {why}", path.display())))
    }

    /// Who takes part.
    ///
    /// # Errors
    /// `ballot.no_file`, and what the roster refuses.
    pub fn roster<G: Group>(self) -> Result<Roster<G>, Ended> {
        files::object(&self.0.join(ROSTER))
    }

    fn path(self, step: &str, member: u64) -> PathBuf {
        self.0.join(format!("{step}-{member}.json"))
    }

    /// All files of a step.
    ///
    /// # Errors
    /// Every member that has given nothing or two things, every file that is none.
    pub fn round<G: Group, T: Content>(
        self,
        roster: &Roster<G>,
        step: &str,
    ) -> Result<Round<T>, Ended> {
        let entries = fs::read_dir(self.0).map_err(|why| fault(self.0, &why))?;
        let mut paths: Vec<PathBuf> = Vec::new();
        for entry in entries {
            paths.push(entry.map_err(|why| fault(self.0, &why))?.path());
        }
        let of_step = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| {
                let rest = name.strip_prefix(step);
                rest.is_some_and(|rest| rest.starts_with('-') && rest.ends_with(".json"))
            })
        };
        paths.retain(of_step);
        paths.sort();
        let steps: Result<Vec<Step<G, T>>, Ended> =
            paths.iter().map(|path| files::object(path)).collect();
        Round::gather(roster, &steps?).map_err(|found| astray(step, &found))
    }

    /// The path of a new file of a step.
    ///
    /// # Errors
    /// `ballot.out_in_use` when the member has given one already.
    pub fn free(self, step: &str, member: u64) -> Result<PathBuf, Ended> {
        let path = self.path(step, member);
        files::free(&path)?;
        Ok(path)
    }
}

/// Writes a step.
///
/// # Errors
/// A fault of the machine.
pub fn write(path: &Path, step: &impl Canonical) -> Result<(), Ended> {
    let text = format!("{}\n", step.to_text());
    files::write(path, text.as_bytes(), PUBLIC)
}

/// Why the files of a step are no round.
fn astray(step: &str, found: &[(u64, CeremonyRefusal)]) -> Ended {
    let code = found
        .first()
        .map_or("absent", |(_, refusal)| refusal.code());
    let members = found
        .iter()
        .map(|(member, why)| format!("member {member}: {why}"));
    let sentence = format!("{step}: {}", members.collect::<Vec<_>>().join("; "));
    refused(code, sentence)
}

/// Why a member or all of them cannot go on; 0 stands for all.
pub fn stopped(member: u64, why: CeremonyRefusal) -> Ended {
    let sentence = match member {
        0 => why.to_string(),
        member => format!("member {member}: {why}"),
    };
    refused(why.code(), sentence)
}
