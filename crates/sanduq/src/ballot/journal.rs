//! What a trustee has decrypted, in a file beside the secret.
//!
//! What is always true here: a key decrypts one set of ciphertexts of one election and no other;
//! what is decrypted is written down, on the disk, before the key is used, so that no crash makes
//! room for a second set. A copy of the secret without its journal decrypts nothing.

use crate::ballot::files;
use crate::ballot::files::PRIVATE;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::exit::Ended;
use sanduq_ballot::hash::Hash;
use serde::Deserialize;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// The journal of one key.
pub struct Journal {
    path: PathBuf,
    written: Written,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    key: String,
    decrypted: Option<Decrypted>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Decrypted {
    election: String,
    ciphertexts: String,
}

fn path_of(secret: &Path) -> PathBuf {
    let mut name = secret.to_owned().into_os_string();
    name.push(".journal");
    name.into()
}

impl Journal {
    /// Begins the journal of a new key.
    ///
    /// # Errors
    /// `ballot.out_in_use`; a fault of the machine.
    pub fn begin(secret: &Path, key: &str) -> Result<(), Ended> {
        let text = json!({ "key": key, "decrypted": null });
        files::write(&path_of(secret), format!("{text}\n").as_bytes(), PRIVATE)
    }

    /// Reads the journal of a key.
    ///
    /// # Errors
    /// `ballot.no_journal`, `ballot.journal` for one of another key.
    pub fn read(secret: &Path, key: &str) -> Result<Journal, Ended> {
        let path = path_of(secret);
        let sentence = || format!("{} is not beside the secret", path.display());
        let bytes = files::read(&path).map_err(|_| refused("no_journal", sentence()))?;
        let other = || refused("journal", format!("{} is of another key", path.display()));
        let written: Written = serde_json::from_slice(&bytes).map_err(|_| other())?;
        if written.key != key {
            return Err(other());
        }
        Ok(Journal { path, written })
    }

    /// Writes down what will be decrypted; the same again is nothing new.
    ///
    /// # Errors
    /// `ballot.decrypted_already` for another set of ciphertexts; a fault of the machine.
    pub fn decrypt(self, election: &str, ciphertexts: &Hash) -> Result<(), Ended> {
        let now = Decrypted {
            election: election.to_owned(),
            ciphertexts: ciphertexts.hexadecimal(),
        };
        match &self.written.decrypted {
            Some(before) if *before == now => Ok(()),
            Some(before) => {
                let why = format!(
                    "{}: this key has decrypted other ciphertexts ({} of election {})",
                    self.path.display(),
                    before.ciphertexts,
                    before.election
                );
                Err(refused("decrypted_already", why))
            }
            None => {
                let text = json!({
                    "key": self.written.key,
                    "decrypted": { "election": now.election, "ciphertexts": now.ciphertexts },
                });
                self.replace(format!("{text}\n").as_bytes())
            }
        }
    }

    fn replace(&self, bytes: &[u8]) -> Result<(), Ended> {
        let folder = files::above(&self.path);
        let next = self.path.with_extension("journal-next");
        // Left by a crash: it was never the journal.
        let _none = std::fs::remove_file(&next);
        files::write(&next, bytes, PRIVATE)?;
        std::fs::rename(&next, &self.path).map_err(|why| fault(&self.path, &why))?;
        files::settle(folder)
    }
}
