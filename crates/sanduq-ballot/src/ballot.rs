//! A ballot: encrypted answers, the proofs that they are answers, and the voter's signature
//! (Belenios specification, "Encrypted answers" and "Ballots").
//!
//! What is always true here: every proof is bound to the election's hash φ and to the credential,
//! so that no part of a ballot can be used for another voter or another election; what is read has
//! the shape that the questions ask for, and no more is read than that.

pub mod answer;
pub mod part;
pub mod stated;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod vectors;

use crate::ballot::answer::Answer;
use crate::ballot::answer::Elements;
use crate::ballot::part::Claimed;
use crate::ballot::part::Part;
use crate::ballot::stated::Stated;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::election::CryptoVersion;
use crate::election::Election;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::one_of::Membership;
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
    /// How many bytes of the text are signed.
    signed_bytes: usize,
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
        let plain = Zeroizing::new(statement_of(votes));
        let parts = [election.fingerprint().as_bytes(), &plain];
        let nonces = Nonces::new("ballot", credential.expose(), &parts, chance);
        Ballot::of_nonces(election, credential, votes, nonces)
    }

    fn of_nonces(
        election: &Election<G>,
        credential: &Secret<G::Scalar>,
        votes: &[Vec<u8>],
        mut nonces: Nonces,
    ) -> Result<Ballot<G>, Refusal> {
        let CryptoVersion::One = election.description().version;
        if votes.len() != election.questions().len() {
            return Err(Refusal::Choices);
        }
        let public = G::power_of_generator(credential.expose());
        let statement = election.statement(&public.text());
        let answers = election
            .questions()
            .iter()
            .zip(votes)
            .map(|(question, choices)| {
                Answer::create(question, election.key(), &statement, choices, &mut nonces)
            })
            .collect::<Result<Vec<_>, _>>()?;
        let mut body = body_text(election, &public, &answers);
        let signed_bytes = body.len();
        body.push('}');
        let hash = Hash::of(body.as_bytes());
        let nonce = Secret::new(nonces.draw());
        let proof = power::prove(ProofKind::Ballot, &hash.base64(), credential, &nonce);
        Ok(Ballot {
            credential: public,
            answers,
            signature: Signature { hash, proof },
            body: hash,
            signed_bytes,
        })
    }

    /// Reads a ballot of this election: exactly the bytes that [`Ballot::to_text`] writes.
    ///
    /// # Errors
    /// `OtherElection`, `Shape`, `Form` and what elements and scalars refuse.
    pub fn from_bytes(election: &Election<G>, bytes: &[u8]) -> Result<Ballot<G>, Refusal> {
        Ballot::read(election, bytes, None, &mut Elements::Read)
    }

    /// The same, of a ballot whose credential and ciphertexts are known: they stand there, or the
    /// ballot is refused.
    ///
    /// # Errors
    /// As [`Ballot::from_bytes`], and `Hint` where other elements stand.
    pub fn from_known(
        election: &Election<G>,
        bytes: &[u8],
        credential: (&G::Element, &str),
        (elements, texts): (&[G::Element], &[String]),
    ) -> Result<Ballot<G>, Refusal> {
        let mut elements = Elements::Known(elements.iter().zip(texts));
        Ballot::read(election, bytes, Some(credential), &mut elements)
    }

    /// Reads a ballot that was verified before: whether elements are in the group is not asked
    /// again. For whoever makes hints of it, and not for a tally: a sum that is decrypted is made
    /// of what was asked.
    ///
    /// # Errors
    /// As [`Ballot::from_bytes`].
    pub fn from_verified(election: &Election<G>, bytes: &[u8]) -> Result<Ballot<G>, Refusal> {
        Ballot::read(election, bytes, None, &mut Elements::Unproven)
    }

    /// Reads a ballot and verifies it, as [`Ballot::from_bytes`] and [`Ballot::verify`] do, in less
    /// time. The credential stands in a list that was checked, under this text.
    ///
    /// Where several powers of an element are cheaper together, whether a choice is in the group
    /// is asked with its proof: until then its elements are not known to be, and if one is not,
    /// no ballot is given.
    ///
    /// # Errors
    /// As [`Ballot::from_bytes`], and `Hint` where another credential stands.
    pub fn from_listed(
        election: &Election<G>,
        bytes: &[u8],
        credential: (&G::Element, &str),
    ) -> Result<(Ballot<G>, Vec<Finding>), Refusal> {
        let (mut elements, membership) = if G::Element::SHARES_POWERS {
            (Elements::Unproven, Membership::Asked)
        } else {
            (Elements::Read, Membership::Known)
        };
        let ballot = Ballot::read(election, bytes, Some(credential), &mut elements)?;
        let found = ballot.verify_with(election, membership);
        let outside = |one: &Finding| one.refusal == Refusal::NotInGroup;
        if found.iter().any(outside) {
            return Err(Refusal::NotInGroup);
        }
        Ok((ballot, found))
    }

    fn read(
        election: &Election<G>,
        bytes: &[u8],
        known: Option<(&G::Element, &str)>,
        elements: &mut Elements<'_, G>,
    ) -> Result<Ballot<G>, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        let head = Head::read(&mut reader)?;
        if !head.is_of(election) {
            return Err(Refusal::OtherElection);
        }
        let credential = match known {
            None => G::read_key(head.credential)?,
            Some((element, text)) if text == head.credential => *element,
            Some(_) => return Err(Refusal::Hint),
        };
        let questions = election.questions();
        let answers = reader.array_of(questions.len(), |reader, place| {
            Answer::read(reader, &questions[place], elements)
        })?;
        let signed = &text[..text.len() - reader.rest().len()];
        let body = Hash::of_parts(&[signed.as_bytes(), b"}"]);
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
            signed_bytes: signed.len(),
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

    /// SHA-256 of what is signed, as it was read or written.
    pub fn body(&self) -> Hash {
        self.body
    }

    /// How many bytes of the text are signed; the signature is what follows.
    pub fn signed_bytes(&self) -> usize {
        self.signed_bytes
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
        self.verify_with(election, Membership::Known)
    }

    fn verify_with(&self, election: &Election<G>, membership: Membership) -> Vec<Finding> {
        let CryptoVersion::One = election.description().version;
        let statement = election.statement(&self.credential.text());
        let mut found = Vec::new();
        let parts = election.questions().iter().zip(&self.answers);
        for (place, (question, answer)) in parts.enumerate() {
            let answered = answer.verify(question, election.key(), &statement, membership);
            found.extend(answered.into_iter().map(|(choice, refusal)| Finding {
                question: Some(place),
                choice,
                refusal,
            }));
        }
        let signed = self.signed();
        if let Err(refusal) = signed.and_then(|part| part.verify(election.key())) {
            found.push(Finding {
                question: None,
                choice: None,
                refusal,
            });
        }
        found
    }

    /// The proof of the signature.
    ///
    /// # Errors
    /// `Signature` when it is over other bytes.
    fn signed(&self) -> Result<Part<'_, G>, Refusal> {
        let own = self.signature.hash == self.body;
        own.then(|| Part {
            choice: None,
            kind: ProofKind::Ballot,
            before: 0,
            statement: self.signature.hash.base64(),
            claimed: Claimed::Power(self.credential, &self.signature.proof),
        })
        .ok_or(Refusal::Signature)
    }

    /// All proofs, one by one: those of each answer in turn, then the signature.
    ///
    /// # Errors
    /// `Shape`, and `Signature` when it is over other bytes.
    pub fn parts(&self, election: &Election<G>) -> Result<Vec<Part<'_, G>>, Refusal> {
        let questions = election.questions().iter().zip(&self.answers);
        let stated: Vec<Stated<G>> = questions
            .map(|(question, answer)| Stated::of(question, answer.ciphertexts()))
            .collect();
        self.parts_stated(election, &self.credential.text(), &stated)
    }

    /// The same, where what the proofs speak of is known: the text of the credential, and for each
    /// answer its own.
    ///
    /// # Errors
    /// As [`Ballot::parts`].
    pub fn parts_stated(
        &self,
        election: &Election<G>,
        credential: &str,
        stated: &[Stated<G>],
    ) -> Result<Vec<Part<'_, G>>, Refusal> {
        let CryptoVersion::One = election.description().version;
        let statement = election.statement(credential);
        let mut parts = Vec::new();
        let mut before = 0;
        let answers = election.questions().iter().zip(&self.answers);
        for ((question, answer), stated) in answers.zip(stated) {
            let own = answer.parts(question, election.key(), &statement, stated)?;
            parts.extend(own.into_iter().map(|part| Part { before, ..part }));
            before += answer.ciphertexts().len();
        }
        parts.push(self.signed()?);
        Ok(parts)
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
