//! What a trustee has made offline, as a file that is carried to the administrator: whose it is,
//! of which election, of which state of its archive.

use crate::ballot::files;
use crate::ballot::files::PUBLIC;
use crate::ballot::files::refused;
use crate::ballot::secrets;
use crate::ballot::secrets::Purpose;
use crate::ballot::secrets::SecretArgs;
use crate::ballot::secrets::other_election;
use crate::exit::Ended;
use sanduq_ballot::chance::Secret;
use sanduq_ballot::group::Group;
use sanduq_ballot::group::Scalar;
use sanduq_ballot::reopened::Reopened;
use serde::Deserialize;
use serde::Serialize;
use std::path::Path;

/// A file of a trustee.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// `shuffle` or `decryption`.
    pub step: String,
    /// The election's fingerprint φ.
    pub election: String,
    /// The trustee, counted from 1 over all of them.
    pub owner: u64,
    /// SHA-256 of the last event of the archive from which it was made.
    pub after: String,
    /// What goes into the archive, byte for byte.
    pub object: String,
    /// The bound proofs of a decryption, which stand beside the archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bound: Option<String>,
}

impl Carried {
    /// Writes the file.
    ///
    /// # Errors
    /// `ballot.out_in_use`; a fault of the machine.
    pub fn write(&self, path: &Path) -> Result<(), Ended> {
        let text = serde_json::to_string(self).map_err(Ended::fault)?;
        files::write(path, format!("{text}\n").as_bytes(), PUBLIC)
    }

    /// Reads the file of a step of this election.
    ///
    /// # Errors
    /// `ballot.carried` for what is none of this step, `ballot.other_election`.
    pub fn read<G: Group>(
        path: &Path,
        step: &str,
        reopened: &Reopened<G>,
    ) -> Result<Carried, Ended> {
        let none = |why: String| refused("carried", format!("{}: {why}", path.display()));
        let carried: Carried =
            serde_json::from_slice(&files::read(path)?).map_err(|why| none(why.to_string()))?;
        if carried.step != step {
            return Err(none(format!("it is a {}, not a {step}", carried.step)));
        }
        if carried.election != reopened.election().fingerprint() {
            return Err(other_election(path));
        }
        Ok(carried)
    }
}

/// A trustee of the election: the secret and the number.
pub struct Holder<G: Group> {
    /// x.
    pub secret: Secret<G::Scalar>,
    /// X.
    pub public: G::Element,
    /// The number, counted from 1 over all trustees.
    pub number: u64,
}

impl<G: Group> Holder<G> {
    /// Reads the secret of a trustee of this election.
    ///
    /// # Errors
    /// What the file refuses, `ballot.other_election`, `ballot.other_key` for nobody's.
    pub fn read(args: &SecretArgs, reopened: &Reopened<G>) -> Result<Holder<G>, Ended> {
        let kept = secrets::read(args, Purpose::Trustee)?;
        let uuid = reopened.election().description().uuid.as_str();
        if kept.kind.name() != G::NAME || kept.election != uuid {
            return Err(other_election(&args.secret));
        }
        let unfit = |refusal| files::unfit(&args.secret, refusal);
        let secret = Secret::new(G::Scalar::read(&kept.text).map_err(unfit)?);
        let public = G::power_of_generator(secret.expose());
        let mut keys = (1..).zip(reopened.trustees().keys());
        let found = keys.find(|(_, key)| key.public_key == public);
        let nobody = || {
            let path = args.secret.display();
            refused("other_key", format!("{path} is the key of no trustee"))
        };
        let number = found.ok_or_else(nobody)?.0;
        Ok(Holder {
            secret,
            public,
            number,
        })
    }
}
