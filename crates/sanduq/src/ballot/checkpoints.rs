//! The key that signs the checkpoints of a sidecar: a secret of the administrator, in a file beside
//! the folder of the archive, never in it, because the folder is published and carried about.

use crate::ballot::files;
use crate::ballot::files::refused;
use crate::ballot::kind::Kind;
use crate::ballot::secrets;
use crate::ballot::secrets::Purpose;
use crate::ballot::secrets::SecretArgs;
use crate::ballot::secrets::other_election;
use crate::exit::Ended;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use sanduq_journal::note::KeyKind;
use sanduq_journal::note::VerifierKey;
use std::path::Path;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The name under which a key is shown where nobody gave it another.
pub const NAME: &str = "sanduq/ballot";

/// Where the key is.
#[derive(Args)]
pub struct KeyArgs {
    /// The file of the key that signs checkpoints; only its owner may read it [default: the
    /// archive's folder, with .key behind its name].
    #[arg(long, value_name = "FILE")]
    checkpoint_key: Option<PathBuf>,
    /// A file with the password of the secret in its first line; - reads standard input.
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

/// The secret of a key.
pub type Seed = Zeroizing<[u8; 32]>;

impl KeyArgs {
    /// Another secret of whoever runs the step, behind the same password.
    pub fn beside(&self, secret: &Path) -> SecretArgs {
        SecretArgs::new(secret, self.password_file.as_deref())
    }

    /// Where the key of the archive in a folder is.
    ///
    /// # Errors
    /// A fault when the folder has no name.
    pub fn path(&self, folder: &Path) -> Result<PathBuf, Ended> {
        if let Some(path) = &self.checkpoint_key {
            return Ok(path.clone());
        }
        let named = folder.file_name().is_some();
        let folder: PathBuf = match named {
            // Without a slash at its end, which would lead into the folder.
            true => folder.components().collect(),
            false => folder
                .canonicalize()
                .map_err(|why| files::fault(folder, &why))?,
        };
        let mut name = folder.into_os_string();
        name.push(".key");
        Ok(name.into())
    }

    /// Draws a key and keeps it.
    ///
    /// # Errors
    /// As [`secrets::keep`].
    pub fn draw(&self, folder: &Path, election: (Kind, &str)) -> Result<(PathBuf, Seed), Ended> {
        let mut seed = Seed::new([0; 32]);
        getrandom::fill(seed.as_mut_slice()).map_err(Ended::fault)?;
        let text = Zeroizing::new(STANDARD.encode(*seed));
        let path = self.path(folder)?;
        secrets::keep(&self.beside(&path), Purpose::Keeper, election, &text)?;
        Ok((path, seed))
    }

    /// Reads the key of an election whose archive is in a folder.
    ///
    /// # Errors
    /// `ballot.no_checkpoint_key`, `ballot.other_election`, and what the file refuses.
    pub fn read(&self, folder: &Path, uuid: &str) -> Result<Seed, Ended> {
        let path = self.path(folder)?;
        if !path.is_file() {
            let path = path.display();
            let why = format!("{path} is no file; name the administrator's: --checkpoint-key");
            return Err(refused("no_checkpoint_key", why));
        }
        let kept = secrets::read(&self.beside(&path), Purpose::Keeper)?;
        if kept.election != uuid {
            return Err(other_election(&path));
        }
        let mut bytes = Zeroizing::new([0; 48]);
        let length = STANDARD.decode_slice(kept.text.as_bytes(), bytes.as_mut_slice());
        let none = || refused("secret_form", format!("{} is no secret", path.display()));
        if length != Ok(32) {
            return Err(none());
        }
        let seed = bytes.first_chunk().copied().ok_or_else(none)?;
        Ok(Seed::new(seed))
    }
}

/// A public key as the authority says it elsewhere.
pub fn shown(key: &[u8; 32]) -> Option<VerifierKey> {
    VerifierKey::from_bytes(NAME, KeyKind::Log, key).ok()
}
