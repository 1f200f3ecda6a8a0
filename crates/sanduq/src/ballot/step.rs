//! What the steps take alike: those of the administrator, and those that a trustee does offline and
//! the administrator puts into the archive.

use crate::ballot::checkpoints::KeyArgs;
use crate::ballot::kept::Kept;
use crate::ballot::said::Put;
use crate::ballot::said::Telling;
use crate::ballot::secrets::SecretArgs;
use crate::exit::Ended;
use clap::Args;
use serde_json::json;
use std::path::Path;
use std::path::PathBuf;

/// The archive, and what its administrator needs to change it.
#[derive(Args)]
pub struct KeptArgs {
    /// The archive: its folder, or the file.
    #[arg(long, value_name = "DIR")]
    archive: PathBuf,
    /// The key of the checkpoints.
    #[command(flatten)]
    pub key: KeyArgs,
    /// How it is told.
    #[command(flatten)]
    pub telling: Telling,
}

impl KeptArgs {
    /// Opens the archive to read it.
    ///
    /// # Errors
    /// Those of [`Kept::open`].
    pub fn open(&self) -> Result<Kept, Ended> {
        Kept::open(&self.archive)
    }

    /// Opens the archive to change it.
    ///
    /// # Errors
    /// Those of [`Kept::lock`].
    pub fn lock(&self) -> Result<Kept, Ended> {
        Kept::lock(&self.archive)
    }

    /// A refusal as it is asked for.
    pub fn told(&self, ended: Ended) -> Ended {
        self.telling.told(ended)
    }
}

/// The archive, whose step it is and where it goes.
#[derive(Args)]
pub struct StepArgs {
    /// The archive and the key of the administrator.
    #[command(flatten)]
    pub kept: KeptArgs,
    /// The file of the trustee's secret; only its owner may read it.
    #[arg(long, value_name = "FILE", requires = "out")]
    secret: Option<PathBuf>,
    /// Where the trustee's part goes, to be carried to the administrator.
    #[arg(long, value_name = "FILE", requires = "secret")]
    out: Option<PathBuf>,
}

/// What a trustee does offline: with which secret, and where it goes.
pub struct Offline<'a> {
    /// The secret.
    pub secret: SecretArgs,
    /// The file that is made.
    pub out: &'a Path,
}

impl StepArgs {
    /// What is asked of a trustee; nothing where the archive is to be changed.
    pub fn offline(&self) -> Option<Offline<'_>> {
        let (secret, out) = self.secret.as_deref().zip(self.out.as_deref())?;
        let secret = self.kept.key.beside(secret);
        Some(Offline { secret, out })
    }

    /// Opens the archive: a trustee reads it, the administrator changes it.
    ///
    /// # Errors
    /// Those of [`Kept::open`] and [`Kept::lock`].
    pub fn open(&self) -> Result<Kept, Ended> {
        match self.out {
            Some(_) => self.kept.open(),
            None => self.kept.lock(),
        }
    }

    /// Says which part of which trustee went where, and what is compared aloud: the keys of both,
    /// and the fingerprint.
    pub fn say_part(&self, path: &Path, trustee: u64, [what, compared, aloud]: [&str; 3]) {
        let object = json!({
            "file": path.display().to_string(),
            "trustee": trustee,
            "fingerprint": aloud,
        });
        let telling = self.kept.telling;
        let parts = [
            ("path", Put::text(path.display())),
            ("trustee", Put::Count(trustee)),
        ];
        let aloud = telling.line(compared, &[("aloud", Put::text(aloud))]);
        telling.say(&object, &[telling.line(what, &parts), aloud]);
    }
}
