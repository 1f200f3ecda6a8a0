//! The description of an election, of which every byte counts: its hash is in every proof.

use crate::encryption::EncryptionKey;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::question::Question;
use crate::refusal::Refusal;
use std::fmt;

/// The characters of identifiers and credentials.
pub const BASE_58: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// The version of the cryptography. Whoever makes or checks a ballot asks for it, so that a second
/// one cannot be taken for the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CryptoVersion {
    /// That of Belenios 1.0 to 3.0.
    One,
}

impl CryptoVersion {
    fn number(self) -> u64 {
        match self {
            CryptoVersion::One => 1,
        }
    }
}

/// What identifies an election: at least 14 characters of base 58.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ElectionId(String);

impl ElectionId {
    /// Takes an identifier.
    ///
    /// # Errors
    /// `ElectionIdentifier`.
    pub fn new(text: &str) -> Result<ElectionId, Refusal> {
        let fit =
            (14..=64).contains(&text.len()) && text.bytes().all(|byte| BASE_58.contains(&byte));
        fit.then(|| ElectionId(text.to_owned()))
            .ok_or(Refusal::ElectionIdentifier)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ElectionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is said of an election, as it is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description<G: Group> {
    /// The version of the cryptography.
    pub version: CryptoVersion,
    /// A longer text.
    pub description: String,
    /// A shorter text.
    pub name: String,
    /// y, under which votes are encrypted.
    pub public_key: G::Element,
    /// The questions.
    pub questions: Vec<Question>,
    /// What identifies the election.
    pub uuid: ElectionId,
    /// Who administers it.
    pub administrator: Option<String>,
    /// Who hands out the credentials.
    pub credential_authority: Option<String>,
}

impl<G: Group> Canonical for Description<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"version\":")?;
        let version = match reader.number()? {
            1 => CryptoVersion::One,
            _ => return Err(Refusal::UnknownVersion),
        };
        reader.expect(",\"description\":")?;
        let description = reader.text()?;
        reader.expect(",\"name\":")?;
        let name = reader.text()?;
        reader.expect(",\"group\":")?;
        if reader.plain()? != G::NAME {
            return Err(Refusal::UnknownGroup);
        }
        reader.expect(",\"public_key\":")?;
        let public_key = reader.key::<G>()?;
        reader.expect(",\"questions\":")?;
        let questions = reader.array(Question::read)?;
        if questions.is_empty() {
            return Err(Refusal::Question);
        }
        reader.expect(",\"uuid\":")?;
        let uuid = ElectionId::new(reader.plain()?)?;
        let administrator = optional(reader, ",\"administrator\":")?;
        let credential_authority = optional(reader, ",\"credential_authority\":")?;
        reader.expect("}")?;
        Ok(Description {
            version,
            description,
            name,
            public_key,
            questions,
            uuid,
            administrator,
            credential_authority,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!(
            "{{\"version\":{},\"description\":",
            self.version.number()
        ));
        write_text(&self.description, out);
        out.push_str(",\"name\":");
        write_text(&self.name, out);
        out.push_str(",\"group\":");
        write_text(G::NAME, out);
        out.push_str(",\"public_key\":");
        write_element(&self.public_key, out);
        out.push_str(",\"questions\":");
        write_array(&self.questions, out, Question::write);
        out.push_str(",\"uuid\":");
        write_text(self.uuid.as_str(), out);
        for (field, text) in [
            (",\"administrator\":", &self.administrator),
            (",\"credential_authority\":", &self.credential_authority),
        ] {
            if let Some(text) = text {
                out.push_str(field);
                write_text(text, out);
            }
        }
        out.push('}');
    }
}

fn optional(reader: &mut Reader<'_>, field: &str) -> Result<Option<String>, Refusal> {
    if reader.take(field) {
        reader.text().map(Some)
    } else {
        Ok(None)
    }
}

/// The group that an election's description names, read before anything that depends on it.
///
/// # Errors
/// `Form`, `UnknownVersion`.
pub fn group_named(description: &[u8]) -> Result<String, Refusal> {
    let text = std::str::from_utf8(description).map_err(|_| Refusal::Form)?;
    let mut reader = Reader::new(text);
    reader.expect("{\"version\":")?;
    if reader.number()? != CryptoVersion::One.number() {
        return Err(Refusal::UnknownVersion);
    }
    reader.expect(",\"description\":")?;
    reader.text()?;
    reader.expect(",\"name\":")?;
    reader.text()?;
    reader.expect(",\"group\":")?;
    reader.plain().map(str::to_owned)
}

/// An election that is ready for ballots: its description, the hash of it, its key prepared.
#[derive(Clone, Debug)]
pub struct Election<G: Group> {
    description: Description<G>,
    hash: Hash,
    fingerprint: String,
    key: EncryptionKey<G>,
}

impl<G: Group> Election<G> {
    /// Prepares an election.
    pub fn new(description: Description<G>) -> Election<G> {
        let hash = Hash::of(description.to_text().as_bytes());
        let largest = description.questions.iter().map(|question| match question {
            Question::Homomorphic(question) => question.max.max(1),
            Question::NonHomomorphic(_) => 0,
        });
        let key = EncryptionKey::new(&description.public_key, largest.max().unwrap_or(0));
        Election {
            description,
            hash,
            fingerprint: hash.base64(),
            key,
        }
    }

    /// Reads a description and prepares the election.
    ///
    /// # Errors
    /// What the description's fields refuse.
    pub fn from_bytes(bytes: &[u8]) -> Result<Election<G>, Refusal> {
        Description::from_bytes(bytes).map(Election::new)
    }

    /// What is published.
    pub fn description(&self) -> &Description<G> {
        &self.description
    }

    /// SHA-256 of what is published.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// φ: the hash in base 64 without padding.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// y, prepared.
    pub fn key(&self) -> &EncryptionKey<G> {
        &self.key
    }

    /// The questions.
    pub fn questions(&self) -> &[Question] {
        &self.description.questions
    }

    /// Whether any question's ballots must be shuffled.
    pub fn is_shuffled(&self) -> bool {
        self.questions().iter().any(Question::is_shuffled)
    }

    /// S0 = φ|credential: what the proofs of one voter's ballot are bound to; `credential` is its
    /// text.
    pub fn statement(&self, credential: &str) -> String {
        format!("{}|{credential}", self.fingerprint)
    }
}
