//! Signed notes: a text, a blank line, and one line a signature (C2SP `signed-note` v1.0.0).
//!
//! Two kinds of Ed25519 key are known: a log's (type 0x01, over the text) and a witness's (type
//! 0x04, over the time and the text, C2SP `tlog-cosignature`). Always true: what parses prints back
//! byte for byte; a public key is a canonical point of full order; signatures are verified strictly
//! (RFC 8032 with canonical S, no point of small order), so that a valid signature has one form.

use crate::refusal::refusals;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use core::fmt::Debug;
use core::fmt::Display;
use core::fmt::Formatter;
use ed25519_dalek::Signature;
use ed25519_dalek::Signer;
use ed25519_dalek::SigningKey;
use ed25519_dalek::VerifyingKey;
use ring::digest::Context;
use ring::digest::SHA256;

refusals! {
    /// Why a text is not the public key of a log or a witness.
    KeyRefusal {
        Malformed = "key.malformed", "a key is written name+id+base64, the id in eight hex digits";
        NameUnfit = "key.name_unfit",
            "a key's name is not empty and has no space, no plus sign and no control character";
        KindUnknown = "key.kind_unknown", "only Ed25519 keys of logs and witnesses are known";
        PointUnfit = "key.point_unfit",
            "the 32 bytes are not a canonical Ed25519 public key of full order";
        IdDiffers = "key.id_differs", "the id does not follow from the name and the public key";
    }
}

refusals! {
    /// Why bytes are not a signed note, or not one that a known key signed.
    NoteRefusal {
        TooLong = "note.too_long", "a note has at most 1,048,576 bytes";
        NotUtf8 = "note.not_utf8", "a note is a text in UTF-8";
        ControlCharacter = "note.control_character",
            "a note has no control character but the newline";
        NotSigned = "note.not_signed",
            "a note is a text, a blank line and at least one signature line, each ended by newline";
        TooManySignatures = "note.too_many_signatures", "a note has at most 100 signatures";
        LineMalformed = "note.line_malformed",
            "a signature line is an em dash, a space, a key's name, a space and base64";
        SignatureNotBase64 = "note.signature_not_base64",
            "a signature is canonical base64 of a key id of four bytes and what was signed with it";
        KeyAmbiguous = "note.key_ambiguous", "two known keys have one name and one id";
        SignatureRepeated = "note.signature_repeated", "a known key signed the note twice";
        SignatureWrong = "note.signature_wrong",
            "a signature by a known key does not fit the text";
        NoKnownSignature = "note.no_known_signature", "no known key signed the note";
    }
}

/// Notes longer than this are refused before they are looked at, in bytes.
pub const MAX_NOTE_LEN: usize = 1 << 20;

/// Notes with more signatures than this are refused.
pub const MAX_SIGNATURES: usize = 100;

/// What a key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KeyKind {
    /// The text of the note (type 0x01).
    Log,
    /// That the text was seen, and when (type 0x04, `cosignature/v1`).
    Witness,
}

impl KeyKind {
    const fn byte(self) -> u8 {
        match self {
            Self::Log => 0x01,
            Self::Witness => 0x04,
        }
    }

    const fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0x01 => Some(Self::Log),
            0x04 => Some(Self::Witness),
            _ => None,
        }
    }
}

/// The public key of a log or a witness: `name+id+base64(type ‖ key)`.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: KeyKind,
    id: [u8; 4],
    point: VerifyingKey,
}

impl VerifierKey {
    fn from_point(name: &str, kind: KeyKind, point: VerifyingKey) -> Result<Self, KeyRefusal> {
        if !is_name(name) {
            return Err(KeyRefusal::NameUnfit);
        }
        // The point's bytes must be the only ones it has, and it must not be one of the few that
        // accept a signature for nearly every text.
        if point.is_weak() || point.to_edwards().compress().as_bytes() != point.as_bytes() {
            return Err(KeyRefusal::PointUnfit);
        }
        let mut hash = Context::new(&SHA256);
        hash.update(name.as_bytes());
        hash.update(&[b'\n', kind.byte()]);
        hash.update(point.as_bytes());
        let mut id = [0; 4];
        id.copy_from_slice(&hash.finish().as_ref()[..4]);
        Ok(Self {
            name: name.to_owned(),
            kind,
            id,
            point,
        })
    }

    /// A key from its 32 bytes.
    ///
    /// # Errors
    /// [`KeyRefusal::PointUnfit`] or [`KeyRefusal::NameUnfit`].
    pub fn from_bytes(name: &str, kind: KeyKind, bytes: &[u8; 32]) -> Result<Self, KeyRefusal> {
        let point = VerifyingKey::from_bytes(bytes).map_err(|_| KeyRefusal::PointUnfit)?;
        Self::from_point(name, kind, point)
    }

    /// Reads the form that `Display` prints, and no other.
    ///
    /// # Errors
    /// [`KeyRefusal`], the first that holds.
    pub fn parse(text: &str) -> Result<Self, KeyRefusal> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyRefusal::Malformed);
        };
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if id.len() != 8 || !id.bytes().all(hex) {
            return Err(KeyRefusal::Malformed);
        }
        let key = STANDARD.decode(key).map_err(|_| KeyRefusal::Malformed)?;
        let (kind, point) = key.split_first().ok_or(KeyRefusal::Malformed)?;
        let kind = KeyKind::from_byte(*kind).ok_or(KeyRefusal::KindUnknown)?;
        let point = point.try_into().map_err(|_| KeyRefusal::PointUnfit)?;
        let key = Self::from_bytes(name, kind, point)?;
        if key.to_string() != text {
            return Err(KeyRefusal::IdDiffers);
        }
        Ok(key)
    }

    /// Whose key it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ key), which stand in each signature.
    #[must_use]
    pub const fn id(&self) -> [u8; 4] {
        self.id
    }

    fn signed(&self, line: &SignatureLine) -> bool {
        line.name == self.name && line.id == self.id
    }

    /// Checks one signature over `text`; the time at which a witness signed it.
    fn verify(&self, text: &str, bytes: &[u8]) -> Result<Option<u64>, NoteRefusal> {
        let wrong = NoteRefusal::SignatureWrong;
        let (message, signature, seen_at) = match self.kind {
            KeyKind::Log => (text.to_owned(), bytes, None),
            KeyKind::Witness => {
                let (time, signature) = bytes.split_first_chunk().ok_or(wrong)?;
                let time = u64::from_be_bytes(*time);
                (cosigned(text, time).ok_or(wrong)?, signature, Some(time))
            }
        };
        let signature = Signature::from_slice(signature).map_err(|_| wrong)?;
        self.point
            .verify_strict(message.as_bytes(), &signature)
            .map_err(|_| wrong)?;
        Ok(seen_at)
    }
}

impl Display for VerifierKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let mut key = vec![self.kind.byte()];
        key.extend_from_slice(self.point.as_bytes());
        let id = u32::from_be_bytes(self.id);
        write!(f, "{}+{id:08x}+{}", self.name, STANDARD.encode(key))
    }
}

impl Debug for VerifierKey {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        Display::fmt(self, f)
    }
}

fn is_name(name: &str) -> bool {
    let fit = |c: char| !c.is_whitespace() && c >= ' ' && c != '+';
    !name.is_empty() && name.chars().all(fit)
}

/// What a witness signs; none when the time is not below 2^63 as the specification asks.
fn cosigned(text: &str, seconds: u64) -> Option<String> {
    i64::try_from(seconds).ok()?;
    Some(format!("cosignature/v1\ntime {seconds}\n{text}"))
}

/// The secret key of a log, in memory only: it is never printed, and wiped when dropped.
pub struct LogSigner {
    secret: SigningKey,
    key: VerifierKey,
}

impl LogSigner {
    /// The key that follows from a seed of 32 secret bytes (RFC 8032 section 5.1.5).
    ///
    /// # Errors
    /// [`KeyRefusal::NameUnfit`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyRefusal> {
        let secret = SigningKey::from_bytes(seed);
        let key = VerifierKey::from_point(name, KeyKind::Log, secret.verifying_key())?;
        Ok(Self { secret, key })
    }

    /// Its public half.
    #[must_use]
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// Signs the text of a note.
    #[must_use]
    pub fn sign(&self, text: &str) -> SignatureLine {
        let signature = self.secret.sign(text.as_bytes());
        SignatureLine::new(&self.key, signature.to_bytes().to_vec())
    }
}

/// The secret key of a witness, in memory only: it is never printed, and wiped when dropped.
pub struct WitnessSigner {
    secret: SigningKey,
    key: VerifierKey,
}

impl WitnessSigner {
    /// The key that follows from a seed of 32 secret bytes. One seed serves one name: the name is
    /// not part of what is signed.
    ///
    /// # Errors
    /// [`KeyRefusal::NameUnfit`].
    pub fn from_seed(name: &str, seed: &[u8; 32]) -> Result<Self, KeyRefusal> {
        let secret = SigningKey::from_bytes(seed);
        let key = VerifierKey::from_point(name, KeyKind::Witness, secret.verifying_key())?;
        Ok(Self { secret, key })
    }

    /// Its public half.
    #[must_use]
    pub const fn key(&self) -> &VerifierKey {
        &self.key
    }

    /// States that the log stood like this at a time, in seconds since 1970-01-01 UTC; none for a
    /// time of 2^63 or later.
    #[must_use]
    pub fn cosign(&self, text: &str, seconds: u64) -> Option<SignatureLine> {
        let signature = self.secret.sign(cosigned(text, seconds)?.as_bytes());
        let bytes = [&seconds.to_be_bytes()[..], &signature.to_bytes()].concat();
        Some(SignatureLine::new(&self.key, bytes))
    }
}

/// One signature as it stands in a note, verified or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureLine {
    name: String,
    id: [u8; 4],
    bytes: Vec<u8>,
}

impl SignatureLine {
    fn new(key: &VerifierKey, bytes: Vec<u8>) -> Self {
        Self {
            name: key.name.clone(),
            id: key.id,
            bytes,
        }
    }

    /// The name of the key it claims.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    fn parse(line: &str) -> Result<Self, NoteRefusal> {
        let rest = line.strip_prefix("— ").ok_or(NoteRefusal::LineMalformed)?;
        let (name, signature) = rest.split_once(' ').ok_or(NoteRefusal::LineMalformed)?;
        if !is_name(name) {
            return Err(NoteRefusal::LineMalformed);
        }
        let not_base64 = NoteRefusal::SignatureNotBase64;
        let bytes = STANDARD.decode(signature).map_err(|_| not_base64)?;
        match bytes.split_first_chunk() {
            Some((id, rest)) if !rest.is_empty() => Ok(Self {
                name: name.to_owned(),
                id: *id,
                bytes: rest.to_vec(),
            }),
            _ => Err(not_base64),
        }
    }
}

impl Display for SignatureLine {
    fn fmt(&self, f: &mut Formatter<'_>) -> core::fmt::Result {
        let bytes = [&self.id[..], &self.bytes].concat();
        writeln!(f, "— {} {}", self.name, STANDARD.encode(bytes))
    }
}

/// A signature that a known key made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified<'k> {
    /// The key.
    pub key: &'k VerifierKey,
    /// When a witness saw the text, in seconds since 1970-01-01 UTC; none for a log.
    pub seen_at: Option<u64>,
}

/// A signed note: believe nothing in it before [`Note::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<SignatureLine>,
}

impl Note {
    /// A note of a text that ends in a newline and of at least one signature.
    ///
    /// # Errors
    /// [`NoteRefusal`], when the note could not be read again.
    pub fn new(text: &str, signatures: Vec<SignatureLine>) -> Result<Self, NoteRefusal> {
        let note = Self {
            text: text.to_owned(),
            signatures,
        };
        match Self::parse(&note.to_bytes()) {
            Ok(read) if read == note => Ok(note),
            Ok(_) => Err(NoteRefusal::NotSigned),
            Err(refusal) => Err(refusal),
        }
    }

    /// Reads a note, and only the form that [`Note::to_bytes`] writes.
    ///
    /// # Errors
    /// [`NoteRefusal`], the first that holds.
    pub fn parse(bytes: &[u8]) -> Result<Self, NoteRefusal> {
        if bytes.len() > MAX_NOTE_LEN {
            return Err(NoteRefusal::TooLong);
        }
        let note = core::str::from_utf8(bytes).map_err(|_| NoteRefusal::NotUtf8)?;
        if note.bytes().any(|byte| byte < b' ' && byte != b'\n') {
            return Err(NoteRefusal::ControlCharacter);
        }
        // The text may hold blank lines itself; the last one parts it from its signatures.
        let blank = note.rfind("\n\n").ok_or(NoteRefusal::NotSigned)?;
        let (text, lines) = (&note[..=blank], &note[blank + 2..]);
        let lines = lines.strip_suffix('\n').ok_or(NoteRefusal::NotSigned)?;
        if lines.bytes().filter(|byte| *byte == b'\n').count() >= MAX_SIGNATURES {
            return Err(NoteRefusal::TooManySignatures);
        }
        let signatures = lines
            .split('\n')
            .map(SignatureLine::parse)
            .collect::<Result<_, _>>()?;
        Ok(Self {
            text: text.to_owned(),
            signatures,
        })
    }

    /// The bytes of the note: the text, a blank line, the signatures.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.signatures.iter().map(ToString::to_string);
        format!("{}\n{}", self.text, lines.collect::<String>()).into_bytes()
    }

    /// The text with its last newline, which is what a log signs.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures, in the order in which they stand.
    #[must_use]
    pub fn signatures(&self) -> &[SignatureLine] {
        &self.signatures
    }

    /// Adds a signature below the others.
    ///
    /// # Errors
    /// [`NoteRefusal::TooManySignatures`].
    pub fn add(&mut self, signature: SignatureLine) -> Result<(), NoteRefusal> {
        if self.signatures.len() >= MAX_SIGNATURES {
            return Err(NoteRefusal::TooManySignatures);
        }
        self.signatures.push(signature);
        Ok(())
    }

    /// The signatures that claim none of these keys. The specification lets a reader ignore them;
    /// nobody has checked a byte of theirs.
    pub fn unknown<'n>(
        &'n self,
        keys: &'n [VerifierKey],
    ) -> impl Iterator<Item = &'n SignatureLine> {
        self.signatures
            .iter()
            .filter(|line| !keys.iter().any(|key| key.signed(line)))
    }

    /// Checks every signature that claims one of these keys, in the order of the note.
    ///
    /// # Errors
    /// [`NoteRefusal::NoKnownSignature`] when there is none;
    /// [`NoteRefusal::SignatureWrong`] when one of them is wrong, however many are right;
    /// [`NoteRefusal::SignatureRepeated`] and [`NoteRefusal::KeyAmbiguous`].
    pub fn verify<'k>(&self, keys: &'k [VerifierKey]) -> Result<Vec<Verified<'k>>, NoteRefusal> {
        let mut verified = Vec::<Verified<'k>>::new();
        for line in &self.signatures {
            let mut claimed = keys.iter().filter(|key| key.signed(line));
            let Some(key) = claimed.next() else { continue };
            if claimed.any(|other| other != key) {
                return Err(NoteRefusal::KeyAmbiguous);
            }
            if verified.iter().any(|earlier| earlier.key == key) {
                return Err(NoteRefusal::SignatureRepeated);
            }
            verified.push(Verified {
                key,
                seen_at: key.verify(&self.text, &line.bytes)?,
            });
        }
        if verified.is_empty() {
            return Err(NoteRefusal::NoKnownSignature);
        }
        Ok(verified)
    }
}

#[cfg(test)]
mod tests;
