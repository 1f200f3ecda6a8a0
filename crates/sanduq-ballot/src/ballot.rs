//! A ballot: encrypted answers, the proofs that they are answers, and the voter's signature
//! (Belenios specification, "Encrypted answers" and "Ballots").
//!
//! What is always true here: every proof is bound to the election's hash φ and to the credential,
//! so that no part of a ballot can be used for another voter or another election; what is read has
//! the shape that the questions ask for, and no more is read than that.

pub mod answer;
#[cfg(test)]
mod tests;

use crate::ballot::answer::Answer;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::election::CryptoVersion;
use crate::election::Election;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::power;
use crate::refusal::Refusal;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// What of a ballot does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// The question, counted from 0; `None` for the ballot as a whole.
    pub question: Option<usize>,
    /// The choice within the question, counted from 0; `None` for the question as a whole.
    pub choice: Option<usize>,
    /// Why.
    pub refusal: Refusal,
}

/// The signature of a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature<G: Group> {
    /// SHA-256 of the ballot without its signature.
    pub hash: Hash,
    /// Knowledge of the credential's secret.
    pub proof: Proof<G>,
}

/// A ballot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot<G: Group> {
    credential: G::Element,
    answers: Vec<Answer<G>>,
    signature: Signature<G>,
    /// SHA-256 of what is signed, as it was read or written.
    body: Hash,
}

impl<G: Group> Ballot<G> {
    /// Encrypts and signs. `votes` holds the choices for each question: see
    /// [`Question::accept`](crate::question::Question::accept).
    ///
    /// # Errors
    /// `Choices`, `DoesNotFit`.
    pub fn create<R: CryptoRng + ?Sized>(
        election: &Election<G>,
        credential: &Secret<G::Scalar>,
        votes: &[Vec<u8>],
        chance: &mut R,
    ) -> Result<Ballot<G>, Refusal> {
        let CryptoVersion::One = election.description().version;
        if votes.len() != election.questions().len() {
            return Err(Refusal::Choices);
        }
        let public = G::power_of_generator(credential.expose());
        let plain = Zeroizing::new(statement_of(votes));
        let parts = [election.fingerprint().as_bytes(), &plain];
        let mut nonces = Nonces::new("ballot", credential.expose(), &parts, chance);
        let statement = election.statement(&public);
        let answers = election
            .questions()
            .iter()
            .zip(votes)
            .map(|(question, choices)| {
                Answer::create(question, election.key(), &statement, choices, &mut nonces)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut body = body_text(election, &public, &answers);
        body.push('}');
        let hash = Hash::of(body.as_bytes());
        let nonce = Secret::new(nonces.draw());
        let proof = power::prove(ProofKind::Ballot, &hash.base64(), credential, &nonce);
        Ok(Ballot {
            credential: public,
            answers,
            signature: Signature { hash, proof },
            body: hash,
        })
    }

    /// Reads a ballot of this election: exactly the bytes that [`Ballot::to_text`] writes.
    ///
    /// # Errors
    /// `OtherElection`, `Shape`, `Form` and what elements and scalars refuse.
    pub fn from_bytes(election: &Election<G>, bytes: &[u8]) -> Result<Ballot<G>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        let head = Head::read(&mut reader)?;
        if !head.is_of(election) {
            return Err(Refusal::OtherElection);
        }
        let credential = G::read_key(head.credential)?;
        let questions = election.questions();
        let answers = reader.array_of(questions.len(), |reader, place| {
            Answer::read(reader, &questions[place])
        })?;
        let signed = &text[..text.len() - reader.rest().len()];
        let body = Hash::of(&[signed.as_bytes(), b"}"].concat());
        reader.expect(",\"signature\":{\"hash\":")?;
        let hash = Hash::read_base64(reader.plain()?)?;
        reader.expect(",\"proof\":")?;
        let proof = Proof::read(&mut reader)?;
        reader.expect("}}")?;
        reader.end()?;
        Ok(Ballot {
            credential,
            answers,
            signature: Signature { hash, proof },
            body,
        })
    }

    /// The canonical form.
    pub fn to_text(&self, election: &Election<G>) -> String {
        let mut out = body_text(election, &self.credential, &self.answers);
        out.push_str(",\"signature\":{\"hash\":");
        write_text(&self.signature.hash.base64(), &mut out);
        out.push_str(",\"proof\":");
        self.signature.proof.write(&mut out);
        out.push_str("}}");
        out
    }

    /// The public credential.
    pub fn credential(&self) -> &G::Element {
        &self.credential
    }

    /// The answers, one for each question.
    pub fn answers(&self) -> &[Answer<G>] {
        &self.answers
    }

    /// The signature.
    pub fn signature(&self) -> &Signature<G> {
        &self.signature
    }

    /// Everything in the ballot that does not hold; a good ballot gives an empty list. Whether the
    /// credential is listed and the ballot not cast before is for whoever keeps the box.
    #[must_use]
    pub fn verify(&self, election: &Election<G>) -> Vec<Finding> {
        let CryptoVersion::One = election.description().version;
        let statement = election.statement(&self.credential);
        let mut found = Vec::new();
        let parts = election.questions().iter().zip(&self.answers);
        for (place, (question, answer)) in parts.enumerate() {
            let answered = answer.verify(question, election.key(), &statement);
            found.extend(answered.into_iter().map(|(choice, refusal)| Finding {
                question: Some(place),
                choice,
                refusal,
            }));
        }
        if let Err(refusal) = self.verify_signature() {
            found.push(Finding {
                question: None,
                choice: None,
                refusal,
            });
        }
        found
    }

    /// A = g^response · credential^challenge, challenge = H(sig|hash|, A).
    fn verify_signature(&self) -> Result<(), Refusal> {
        if self.signature.hash != self.body {
            return Err(Refusal::Signature);
        }
        let hash = self.signature.hash.base64();
        let proof = &self.signature.proof;
        power::verify(ProofKind::Ballot, &hash, &self.credential, proof)
    }
}

/// The choices with their lengths, so that different votes are different bytes.
fn statement_of(votes: &[Vec<u8>]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(votes.iter().map(|choices| choices.len() + 8).sum());
    for choices in votes {
        let length = u64::try_from(choices.len()).unwrap_or(u64::MAX);
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(choices);
    }
    bytes
}

/// The ballot up to its answers, without the closing brace.
fn body_text<G: Group>(
    election: &Election<G>,
    credential: &G::Element,
    answers: &[Answer<G>],
) -> String {
    let mut out = String::from("{\"election_uuid\":");
    write_text(election.description().uuid.as_str(), &mut out);
    out.push_str(",\"election_hash\":");
    write_text(election.fingerprint(), &mut out);
    out.push_str(",\"credential\":");
    write_element(credential, &mut out);
    out.push_str(",\"answers\":");
    write_array(answers, &mut out, Answer::write);
    out
}

/// The beginning of a ballot: enough to say whose it is, without any computation.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The identifier of its election.
    pub uuid: &'a str,
    /// φ of its election.
    pub fingerprint: &'a str,
    /// The text of its credential, not yet known to be an element.
    pub credential: &'a str,
}

impl<'a> Head<'a> {
    /// Reads the beginning of a ballot.
    ///
    /// # Errors
    /// `Form`.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Head<'a>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        Head::read(&mut Reader::new(text))
    }

    fn read(reader: &mut Reader<'a>) -> Result<Head<'a>, Refusal> {
        reader.expect("{\"election_uuid\":")?;
        let uuid = reader.plain()?;
        reader.expect(",\"election_hash\":")?;
        let fingerprint = reader.plain()?;
        reader.expect(",\"credential\":")?;
        let credential = reader.plain()?;
        reader.expect(",\"answers\":")?;
        Ok(Head {
            uuid,
            fingerprint,
            credential,
        })
    }

    /// Whether the ballot says that it is of this election.
    pub fn is_of<G: Group>(&self, election: &Election<G>) -> bool {
        self.uuid == election.description().uuid.as_str()
            && self.fingerprint == election.fingerprint()
    }
}
