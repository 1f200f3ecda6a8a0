//! Partial decryptions: for each ciphertext of the tally the factor α^x of one trustee, and the
//! proof that it is that (Belenios specification, "Tally").

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::election::CryptoVersion;
use crate::election::Election;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::decryption;
use crate::proof::decryption::Claim;
use crate::refusal::Refusal;
use crate::tally::Ciphertexts;
use crate::tally::ciphertexts_text;
use rand_core::CryptoRng;
use rayon::prelude::IndexedParallelIterator;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;

/// The decryption factors of one trustee and their proofs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialDecryption<G: Group> {
    /// α^x for each ciphertext of each question.
    pub factors: Vec<Vec<G::Element>>,
    /// That they are that.
    pub proofs: Vec<Vec<Proof<G>>>,
}

/// What of a partial decryption does not hold: question and ciphertext, counted from 0.
pub type Place = (Option<usize>, Option<usize>);

impl<G: Group> PartialDecryption<G> {
    /// Decrypts with one trustee's secret key.
    pub fn create<R: CryptoRng + ?Sized>(
        election: &Election<G>,
        secret: &Secret<G::Scalar>,
        tally: &Ciphertexts<G>,
        chance: &mut R,
    ) -> PartialDecryption<G> {
        let CryptoVersion::One = election.description().version;
        let public = G::power_of_generator(secret.expose());
        let hash = Hash::of(ciphertexts_text(tally).as_bytes());
        let parts = [election.fingerprint().as_bytes(), &hash.0];
        let mut nonces = Nonces::new("decryption", secret.expose(), &parts, chance);
        let mut decryption = PartialDecryption {
            factors: Vec::new(),
            proofs: Vec::new(),
        };
        for part in tally {
            let power = |one: &Ciphertext<G>| one.alpha.power(secret.expose());
            let factors: Vec<G::Element> = part.par_iter().map(power).collect();
            let draw = |_: &G::Element| Secret::new(nonces.draw());
            let drawn: Vec<Secret<G::Scalar>> = factors.iter().map(draw).collect();
            let prove = |((one, factor), nonce): ((&Ciphertext<G>, &G::Element), &Secret<_>)| {
                let claim = Claim {
                    election: election.fingerprint(),
                    public: &public,
                    alpha: &one.alpha,
                    factor,
                };
                decryption::prove(&claim, secret, nonce)
            };
            let pairs = part.par_iter().zip(&factors).zip(&drawn);
            decryption.proofs.push(pairs.map(prove).collect());
            decryption.factors.push(factors);
        }
        decryption
    }

    /// Reads a decryption of the shape of this tally.
    ///
    /// # Errors
    /// `Shape`, `Form` and what elements and scalars refuse.
    pub fn from_bytes(bytes: &[u8], tally: &Ciphertexts<G>) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(bytes).map_err(|_| Refusal::Form)?;
        let mut reader = Reader::new(text);
        let size = |place: usize| tally[place].len();
        reader.expect("{\"decryption_factors\":")?;
        let factors = reader.array_of(tally.len(), |reader, place| {
            reader.array_of(size(place), |reader, _| reader.element::<G>())
        })?;
        reader.expect(",\"decryption_proofs\":")?;
        let proofs = reader.array_of(tally.len(), |reader, place| {
            reader.array_of(size(place), |reader, _| Proof::read(reader))
        })?;
        reader.expect("}")?;
        reader.end()?;
        Ok(PartialDecryption { factors, proofs })
    }

    /// The canonical form.
    pub fn to_text(&self) -> String {
        let mut out = String::from("{\"decryption_factors\":");
        write_array(&self.factors, &mut out, |part, out| {
            write_array(part, out, write_element);
        });
        out.push_str(",\"decryption_proofs\":");
        write_array(&self.proofs, &mut out, |part, out| {
            write_array(part, out, Proof::write);
        });
        out.push('}');
        out
    }

    /// Every factor that is not proven to be made with the secret of `public`.
    #[must_use]
    pub fn verify(
        &self,
        election: &Election<G>,
        public: &G::Element,
        tally: &Ciphertexts<G>,
    ) -> Vec<(Place, Refusal)> {
        let CryptoVersion::One = election.description().version;
        let questions = [self.factors.len(), self.proofs.len()];
        if questions != [tally.len(); 2] {
            return vec![((None, None), Refusal::Shape)];
        }
        let mut found = Vec::new();
        let parts = tally.iter().zip(&self.factors).zip(&self.proofs);
        for (question, ((part, factors), proofs)) in parts.enumerate() {
            if [factors.len(), proofs.len()] != [part.len(); 2] {
                found.push(((Some(question), None), Refusal::Shape));
                continue;
            }
            let check = |(place, ((one, factor), proof)): (usize, ((&Ciphertext<G>, _), _))| {
                let claim = Claim {
                    election: election.fingerprint(),
                    public,
                    alpha: &one.alpha,
                    factor,
                };
                let refusal = decryption::verify(&claim, proof).err()?;
                Some(((Some(question), Some(place)), refusal))
            };
            let all = part.par_iter().zip(factors).zip(proofs).enumerate();
            found.extend(all.filter_map(check).collect::<Vec<_>>());
        }
        found
    }
}

/// Whose object it is: a trustee's number and the object's hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owned {
    /// The person, counted from 1 over all trustees.
    pub owner: u64,
    /// SHA-256 of the object.
    pub payload: Hash,
}

impl Canonical for Owned {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"owner\":")?;
        let owner = reader.number()?;
        reader.expect(",\"payload\":")?;
        let payload = reader.hash()?;
        reader.expect("}")?;
        Ok(Owned { owner, payload })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!("{{\"owner\":{},\"payload\":", self.owner));
        write_text(&self.payload.hexadecimal(), out);
        out.push('}');
    }
}
