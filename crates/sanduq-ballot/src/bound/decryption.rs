//! The bound proofs of one trustee's partial decryption, as they stand in the sidecar.

use crate::bound::Claim;
use crate::bound::Purpose;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::proof::Proof;
use crate::refusal::Refusal;
use rand_core::CryptoRng;

/// Question and ciphertext, counted from 0.
pub type Place = (Option<usize>, Option<usize>);

/// One proof for each decryption factor of a trustee.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoundDecryption<G: Group> {
    /// The person, counted from 1 over all trustees.
    pub owner: u64,
    /// For each ciphertext of each question.
    pub proofs: Vec<Vec<Proof<G>>>,
}

impl<G: Group> BoundDecryption<G> {
    /// Proves, for each ciphertext of the tally, how the trustee `owner` of the election with the
    /// fingerprint `election` decrypted it with `secret`.
    pub fn create<R: CryptoRng + ?Sized>(
        election: &str,
        owner: u64,
        secret: &Secret<G::Scalar>,
        tally: &[Vec<Ciphertext<G>>],
        chance: &mut R,
    ) -> BoundDecryption<G> {
        let public = G::power_of_generator(secret.expose());
        let mut prove = |one: &Ciphertext<G>| {
            let factor = one.alpha.power(secret.expose());
            let beta = one.beta.text();
            claim(election, owner, &public, one, &beta, &factor).prove(secret, chance)
        };
        let question = |part: &Vec<Ciphertext<G>>| part.iter().map(&mut prove).collect();
        BoundDecryption {
            owner,
            proofs: tally.iter().map(question).collect(),
        }
    }

    /// Every factor that is not proven to be made with the secret of `public`: `Shape`,
    /// `DecryptionProof`.
    #[must_use]
    pub fn verify(
        &self,
        election: &str,
        public: &G::Element,
        tally: &[Vec<Ciphertext<G>>],
        factors: &[Vec<G::Element>],
    ) -> Vec<(Place, Refusal)> {
        if [factors.len(), self.proofs.len()] != [tally.len(); 2] {
            return vec![((None, None), Refusal::Shape)];
        }
        let mut found = Vec::new();
        let questions = tally.iter().zip(factors).zip(&self.proofs);
        for (question, ((part, factors), proofs)) in questions.enumerate() {
            if [factors.len(), proofs.len()] != [part.len(); 2] {
                found.push(((Some(question), None), Refusal::Shape));
                continue;
            }
            for (place, ((one, factor), proof)) in part.iter().zip(factors).zip(proofs).enumerate()
            {
                let beta = one.beta.text();
                let claim = claim(election, self.owner, public, one, &beta, factor);
                if let Err(refusal) = claim.verify(proof) {
                    found.push(((Some(question), Some(place)), refusal));
                }
            }
        }
        found
    }
}

fn claim<'a, G: Group>(
    context: &'a str,
    trustee: u64,
    public: &'a G::Element,
    one: &'a Ciphertext<G>,
    beta: &'a str,
    factor: &'a G::Element,
) -> Claim<'a, G> {
    Claim {
        purpose: Purpose::Decryption,
        context,
        trustee,
        public,
        alpha: &one.alpha,
        beta,
        factor,
    }
}

impl<G: Group> Canonical for BoundDecryption<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"owner\":")?;
        let owner = reader.number()?;
        reader.expect(",\"bound_proofs\":")?;
        let proofs = reader.array(|reader| reader.array(Proof::read))?;
        reader.expect("}")?;
        Ok(BoundDecryption { owner, proofs })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!("{{\"owner\":{},\"bound_proofs\":", self.owner));
        write_array(&self.proofs, out, |part, out| {
            write_array(part, out, Proof::write);
        });
        out.push('}');
    }
}
