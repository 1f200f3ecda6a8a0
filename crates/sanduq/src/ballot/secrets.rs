//! Secrets in files of their own: a trustee's key, a member's keys for a ceremony, a polynomial
//! between two steps, the administrator's key that signs checkpoints.
//!
//! What is always true here: only its owner may read such a file, none is written over another,
//! what is read names its kind, its group and its election, and copies in memory are wiped. With a
//! password the secret is encrypted under a key of Argon2id (RFC 9106), in ChaCha20-Poly1305 (RFC
//! 8439); kind, group and election are authenticated with it.

use crate::ballot::files;
use crate::ballot::files::PRIVATE;
use crate::ballot::files::fault;
use crate::ballot::files::refused;
use crate::ballot::kind::Kind;
use crate::exit::Ended;
use crate::exit::say;
use argon2::Algorithm;
use argon2::Argon2;
use argon2::Params;
use argon2::Version;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clap::Args;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use ring::aead::Aad;
use ring::aead::CHACHA20_POLY1305;
use ring::aead::LessSafeKey;
use ring::aead::Nonce;
use ring::aead::UnboundKey;
use serde::Deserialize;
use std::cell::RefCell;
use std::fs;
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// Memory of Argon2id in KiB, rounds and lanes: the second choice of RFC 9106, section 4.
const MEMORY: u32 = 65_536;
const ROUNDS: u32 = 3;
const LANES: u32 = 4;
const SALT_BYTES: usize = 16;
/// The shortest password.
const SHORTEST: usize = 12;
/// The largest file of a secret.
const LARGEST: u64 = 1 << 20;

/// Where a person's secret is.
#[derive(Args)]
pub struct SecretArgs {
    /// The file of the secret; only its owner may read it.
    #[arg(long, value_name = "FILE")]
    pub secret: PathBuf,
    /// A file with the password of the secret in its first line; - reads standard input.
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
    /// The password, once it was read: standard input gives it once.
    #[arg(skip)]
    known: RefCell<Option<Zeroizing<String>>>,
}

impl SecretArgs {
    /// A secret in a file, behind a password or not.
    pub fn new(secret: &Path, password_file: Option<&Path>) -> SecretArgs {
        SecretArgs {
            secret: secret.to_owned(),
            password_file: password_file.map(Path::to_owned),
            known: RefCell::new(None),
        }
    }

    /// The same for another secret of the same person.
    pub fn beside(&self, secret: PathBuf) -> SecretArgs {
        SecretArgs {
            secret,
            password_file: self.password_file.clone(),
            known: self.known.clone(),
        }
    }
}

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Decrypting the tally.
    Trustee,
    /// Taking part in a key ceremony.
    Member,
    /// Between the first and the second step of a ceremony.
    Polynomial,
    /// Keeping the sidecar: signing its checkpoints.
    Keeper,
}

impl Purpose {
    fn name(self) -> &'static str {
        match self {
            Purpose::Trustee => "trustee",
            Purpose::Member => "member",
            Purpose::Polynomial => "polynomial",
            Purpose::Keeper => "keeper",
        }
    }
}

/// A secret as it was read.
pub struct Kept {
    /// Its group.
    pub kind: Kind,
    /// The identifier of its election.
    pub election: String,
    /// Its text.
    pub text: Zeroizing<String>,
}

/// The form of the file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    secret: String,
    group: String,
    election: String,
    salt: Option<String>,
    text: Zeroized,
}

#[derive(Deserialize)]
#[serde(from = "String")]
struct Zeroized(Zeroizing<String>);

impl From<String> for Zeroized {
    fn from(text: String) -> Self {
        Zeroized(Zeroizing::new(text))
    }
}

/// Fresh chance of the system.
///
/// # Errors
/// A fault when the system has none.
pub fn chance() -> Result<ChaCha20Rng, Ended> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut_slice()).map_err(Ended::fault)?;
    Ok(ChaCha20Rng::from_seed(*seed))
}

/// Says on standard error that a folder of secrets is open to others.
fn warn_of(folder: &Path) {
    let open = fs::metadata(folder).is_ok_and(|found| found.permissions().mode() & 0o007 != 0);
    if open {
        say(&format!(
            "warning: everybody on this machine may look into {}; chmod 700 it",
            folder.display()
        ));
    }
}

/// Writes a secret into a new file.
///
/// # Errors
/// `ballot.out_in_use`, `ballot.password`; a fault of the machine.
pub fn keep(
    args: &SecretArgs,
    purpose: Purpose,
    draft: (Kind, &str),
    text: &str,
) -> Result<(), Ended> {
    let (kind, election) = draft;
    let heading = heading(purpose, kind.name(), election);
    let mut file = Zeroizing::new(String::with_capacity(heading.len() + 2 * text.len() + 200));
    file.push_str(&heading);
    match password(args)? {
        None => {
            file.push_str(",\"text\":\"");
            file.push_str(text);
        }
        Some(password) => {
            let mut salt = [0; SALT_BYTES];
            getrandom::fill(&mut salt).map_err(Ended::fault)?;
            let key = key_of(&password, &salt)?;
            let mut sealed = Zeroizing::new(Vec::with_capacity(text.len() + 16));
            sealed.extend_from_slice(text.as_bytes());
            let aad = Aad::from(heading.as_bytes());
            let done = key.seal_in_place_append_tag(nonce(), aad, &mut *sealed);
            done.map_err(Ended::fault)?;
            file.push_str(",\"salt\":\"");
            file.push_str(&STANDARD.encode(salt));
            file.push_str("\",\"text\":\"");
            file.push_str(&STANDARD.encode(&*sealed));
        }
    }
    file.push_str("\"}\n");
    warn_of(files::above(&args.secret));
    files::write(&args.secret, file.as_bytes(), PRIVATE)
}

/// The file up to the secret itself; what a sealed one is bound to.
fn heading(purpose: Purpose, group: &str, election: &str) -> String {
    let purpose = purpose.name();
    format!("{{\"secret\":\"{purpose}\",\"group\":\"{group}\",\"election\":\"{election}\"")
}

/// Reads a secret.
///
/// # Errors
/// `ballot.no_file`, `ballot.secret_open` when others may read it, `ballot.secret_form`,
/// `ballot.secret_purpose` for a secret of another purpose, `ballot.password`.
pub fn read(args: &SecretArgs, purpose: Purpose) -> Result<Kept, Ended> {
    let path = &args.secret;
    let written = written(path)?;
    if written.secret != purpose.name() {
        return Err(refused(
            "secret_purpose",
            format!(
                "{} is the secret of a {}, not of a {}",
                path.display(),
                written.secret,
                purpose.name()
            ),
        ));
    }
    let form = || refused("secret_form", format!("{} is no secret", path.display()));
    let kind = Kind::named(&written.group).ok_or_else(form)?;
    let text = match (&written.salt, password(args)?) {
        (None, None) => written.text.0,
        (None, Some(_)) => {
            let why = format!("{} has no password", path.display());
            return Err(refused("password", why));
        }
        (Some(_), None) => {
            let why = format!("{} has a password; --password-file", path.display());
            return Err(refused("password", why));
        }
        (Some(salt), Some(password)) => {
            let salt = STANDARD.decode(salt).map_err(|_| form())?;
            let sealed = STANDARD.decode(&*written.text.0).map_err(|_| form())?;
            let mut sealed = Zeroizing::new(sealed);
            let key = key_of(&password, &salt)?;
            let heading = heading(purpose, &written.group, &written.election);
            let opened = key.open_in_place(nonce(), Aad::from(heading.as_bytes()), &mut sealed);
            let opened = opened.map_err(|_| {
                let why = format!("{}: the password does not open it", path.display());
                refused("password", why)
            })?;
            let text = str::from_utf8(opened).map_err(|_| form())?;
            Zeroizing::new(text.to_owned())
        }
    };
    Ok(Kept {
        kind,
        election: written.election,
        text,
    })
}

fn written(path: &Path) -> Result<Written, Ended> {
    let found = fs::metadata(path)
        .map_err(|_| refused("no_file", format!("{} is no file", path.display())))?;
    if found.permissions().mode() & 0o077 != 0 {
        let why = format!(
            "{}: others than its owner may read it; chmod 600 it",
            path.display()
        );
        return Err(refused("secret_open", why));
    }
    warn_of(files::above(path));
    let form = |_| refused("secret_form", format!("{} is no secret", path.display()));
    if found.len() > LARGEST {
        return Err(form(()));
    }
    let bytes = Zeroizing::new(files::read(path)?);
    serde_json::from_slice(&bytes).map_err(|_| form(()))
}

/// A file of another election.
pub fn other_election(path: &Path) -> Ended {
    let why = format!("{} belongs to another election", path.display());
    refused("other_election", why)
}

/// A key is used once: it follows from a salt that was drawn for it.
fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

fn key_of(password: &str, salt: &[u8]) -> Result<LessSafeKey, Ended> {
    let params = Params::new(MEMORY, ROUNDS, LANES, Some(32)).map_err(Ended::fault)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut key = Zeroizing::new([0; 32]);
    argon2
        .hash_password_into(password.as_bytes(), salt, key.as_mut_slice())
        .map_err(Ended::fault)?;
    let key = UnboundKey::new(&CHACHA20_POLY1305, key.as_slice()).map_err(Ended::fault)?;
    Ok(LessSafeKey::new(key))
}

/// The password, if one is named.
fn password(args: &SecretArgs) -> Result<Option<Zeroizing<String>>, Ended> {
    let Some(path) = &args.password_file else {
        return Ok(None);
    };
    if let Some(known) = &*args.known.borrow() {
        return Ok(Some(known.clone()));
    }
    let mut text = Zeroizing::new(String::with_capacity(4096));
    let read = if path == Path::new("-") {
        std::io::stdin().take(4096).read_to_string(&mut text)
    } else {
        let file = fs::File::open(path).map_err(|why| fault(path, &why))?;
        file.take(4096).read_to_string(&mut text)
    };
    read.map_err(|why| fault(path, &why))?;
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() < SHORTEST {
        let why = format!("a password has {SHORTEST} characters or more");
        return Err(refused("password", why));
    }
    let line = Zeroizing::new(line.to_owned());
    args.known.replace(Some(line.clone()));
    Ok(Some(line))
}
