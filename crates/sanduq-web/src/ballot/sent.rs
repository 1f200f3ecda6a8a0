//! A practice ballot as it is sent. Always true here: what is taken is a ballot of one of the
//! practice elections in its one form, signed over its own hash, and holds nothing besides; the
//! tracking number is the hash of its bytes. Its proofs are checked by whoever counts, and practice
//! is not counted.

use crate::ballot::election;
use sanduq_core::names::Locale;
use sanduq_journal::hash::Hash;
use serde::Deserialize;
use serde::Serialize;
use std::sync::LazyLock;

/// A ballot that can be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// SHA-256 of its bytes.
    pub tracker: Hash,
    /// The public credential of its voter, 64 hexadecimal digits.
    pub credential: String,
    /// Its bytes.
    pub text: String,
}

/// Why what was sent is no practice ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is not a ballot, or not written in the one form.
    Form,
    /// It belongs to another election.
    Election,
    /// It does not answer as the question asks: a ciphertext for each candidate and the blank vote.
    Answer,
    /// Something that should be a number of the group is none.
    Number,
    /// What was signed is not this ballot.
    Signed,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Ballot {
    election_uuid: String,
    election_hash: String,
    credential: String,
    answers: Vec<Answer>,
    signature: Signature,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    choices: Vec<Ciphertext>,
    individual_proofs: Vec<Vec<Proof>>,
    overall_proof: Vec<Proof>,
    blank_proof: Vec<Proof>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Ciphertext {
    alpha: String,
    beta: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    challenge: String,
    response: String,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Signature {
    hash: String,
    proof: Proof,
}

/// What is read of a practice election.
#[derive(Deserialize)]
struct Election {
    uuid: String,
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    answers: Vec<String>,
}

/// The practice elections: identifier, fingerprint, and how many ciphertexts an answer has.
static ELECTIONS: LazyLock<Vec<(String, String, usize)>> = LazyLock::new(|| {
    let read = |locale: Locale| {
        let text = election(locale);
        let own: Election = serde_json::from_str(text).expect("a practice election is readable");
        let candidates: usize = own.questions.iter().map(|own| own.answers.len()).sum();
        (own.uuid, fingerprint(text), candidates + 1)
    };
    Locale::ALL.into_iter().map(read).collect()
});

/// SHA-256 in base64 without padding, as the protocol writes it.
fn fingerprint(text: &str) -> String {
    let padded = Hash::of_bytes(text.as_bytes()).to_base64();
    padded.trim_end_matches('=').to_owned()
}

fn is_element(text: &str) -> bool {
    let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 64 && text.bytes().all(digit)
}

/// A whole number of at most 77 digits, as many as the order of the group has at the most.
fn is_scalar(text: &str) -> bool {
    let plain = text == "0" || !text.starts_with('0');
    plain && (1..=77).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn are_scalars<'a>(mut proofs: impl Iterator<Item = &'a Proof>) -> bool {
    proofs.all(|proof| is_scalar(&proof.challenge) && is_scalar(&proof.response))
}

/// Reads a ballot that was sent.
///
/// # Errors
/// It is no ballot of a practice election.
pub fn received(text: &str) -> Result<Received, Unfit> {
    let ballot: Ballot = serde_json::from_str(text).map_err(|_| Unfit::Form)?;
    let again = serde_json::to_string(&ballot).map_err(|_| Unfit::Form)?;
    if again != text {
        return Err(Unfit::Form);
    }
    let mut elections = ELECTIONS.iter();
    let own = elections
        .find(|(uuid, hash, _)| *uuid == ballot.election_uuid && *hash == ballot.election_hash);
    let (_, _, ciphertexts) = own.ok_or(Unfit::Election)?;
    let [answer] = ballot.answers.as_slice() else {
        return Err(Unfit::Answer);
    };
    if !fits(answer, *ciphertexts) {
        return Err(Unfit::Answer);
    }
    if !is_element(&ballot.credential) || !are_numbers(answer, &ballot.signature) {
        return Err(Unfit::Number);
    }
    if ballot.signature.hash != signed(text).ok_or(Unfit::Form)? {
        return Err(Unfit::Signed);
    }
    Ok(Received {
        tracker: Hash::of_bytes(text.as_bytes()),
        credential: ballot.credential,
        text: text.to_owned(),
    })
}

/// Whether there are as many of everything as the question asks for: one of the candidates, or
/// blank.
fn fits(answer: &Answer, ciphertexts: usize) -> bool {
    answer.choices.len() == ciphertexts
        && answer.individual_proofs.len() == ciphertexts
        && answer
            .individual_proofs
            .iter()
            .all(|proof| proof.len() == 2)
        && answer.overall_proof.len() == 2
        && answer.blank_proof.len() == 2
}

fn are_numbers(answer: &Answer, signature: &Signature) -> bool {
    let mut elements = answer
        .choices
        .iter()
        .flat_map(|own| [&own.alpha, &own.beta]);
    let individual = answer.individual_proofs.iter().flatten();
    let proofs = individual
        .chain(&answer.overall_proof)
        .chain(&answer.blank_proof)
        .chain([&signature.proof]);
    elements.all(|text| is_element(text)) && are_scalars(proofs)
}

/// The hash that a signature of this ballot is over: of all that stands before it.
fn signed(text: &str) -> Option<String> {
    let (head, _) = text.rsplit_once(",\"signature\":")?;
    Some(fingerprint(&format!("{head}}}")))
}

#[cfg(test)]
mod tests;
