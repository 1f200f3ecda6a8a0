//! Shuffles: lists of ciphertexts, encrypted anew and in another order, with a proof for each list
//! (Belenios specification, "Shuffles"; Wikström's and Terelius's proof as in the CHVote protocol
//! specification 1.3.2).
//!
//! What is always true here: one who shuffles can neither add, drop nor change a vote, even
//! knowing all secret keys; nobody learns the order while at least one of those who shuffle keeps
//! it to himself. The verifier makes the generators itself and hashes the whole statement.

mod generators;
mod proof;
mod prove;
#[cfg(test)]
mod tests;
mod verify;

pub use crate::shuffle::generators::Generators;
pub use crate::shuffle::proof::Commitments;
pub use crate::shuffle::proof::Responses;
pub use crate::shuffle::proof::ShuffleProof;

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::encryption::EncryptionKey;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::refusal::Refusal;
use crate::shuffle::prove::Hidden;
use crate::tally::ciphertexts_text;
use rand_core::CryptoRng;

/// For what a list is shuffled.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a, G: Group> {
    /// φ, the election's fingerprint.
    pub election: &'a str,
    /// y, the election's key.
    pub key: &'a EncryptionKey<G>,
    /// As many as the longest list has ciphertexts, or more.
    pub generators: &'a Generators<G>,
}

/// The shuffled lists, one for each question that is not homomorphic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shuffle<G: Group> {
    /// The lists in their new order.
    pub ciphertexts: Vec<Vec<Ciphertext<G>>>,
    /// A proof for each of them.
    pub proofs: Vec<ShuffleProof<G>>,
}

impl<G: Group> Shuffle<G> {
    /// Shuffles lists, each by itself. `secret` is one that only the one who shuffles knows, such
    /// as a trustee's key: with it, chance that others foresee still gives an order they do not.
    ///
    /// # Errors
    /// `Shape` when there are fewer generators than ciphertexts in a list.
    pub fn create<R: CryptoRng + ?Sized>(
        context: &Context<'_, G>,
        input: &[Vec<Ciphertext<G>>],
        secret: &Secret<G::Scalar>,
        chance: &mut R,
    ) -> Result<Shuffle<G>, Refusal> {
        let longest = input.iter().map(Vec::len).max().unwrap_or(0);
        if context.generators.count() < longest {
            return Err(Refusal::Shape);
        }
        let lists = Hash::of(ciphertexts_text::<G>(&input.to_vec()).as_bytes());
        let key = context.key.public().text();
        let parts = [context.election.as_bytes(), key.as_bytes(), &lists.0];
        let mut nonces = Nonces::new("shuffle", secret.expose(), &parts, chance);
        let mut shuffle = Shuffle {
            ciphertexts: Vec::new(),
            proofs: Vec::new(),
        };
        for list in input {
            let hidden = Hidden::draw(list.len(), &mut nonces);
            let output = hidden.apply(context, list);
            let proof = prove::prove(context, list, &output, &hidden, &mut nonces);
            shuffle.proofs.push(proof);
            shuffle.ciphertexts.push(output);
        }
        Ok(shuffle)
    }

    /// Every list that is not proven to be shuffled, by its place counted from 0, or without one
    /// when the number of lists differs: `Shape`, `Identity`, `ShuffleProof`.
    #[must_use]
    pub fn verify(
        &self,
        context: &Context<'_, G>,
        input: &[Vec<Ciphertext<G>>],
    ) -> Vec<(Option<usize>, Refusal)> {
        if [self.ciphertexts.len(), self.proofs.len()] != [input.len(); 2] {
            return vec![(None, Refusal::Shape)];
        }
        let lists = input.iter().zip(&self.ciphertexts).zip(&self.proofs);
        let check = |(place, ((input, output), proof)): (usize, ((&Vec<_>, &Vec<_>), &_))| {
            let refusal = verify::verify(context, input, output, proof).err()?;
            Some((Some(place), refusal))
        };
        lists.enumerate().filter_map(check).collect()
    }
}

impl<G: Group> Canonical for Shuffle<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"ciphertexts\":")?;
        let ciphertexts = reader.array(proof::read_ciphertexts)?;
        reader.expect(",\"proofs\":")?;
        let proofs = reader.array(ShuffleProof::read)?;
        reader.expect("}")?;
        Ok(Shuffle {
            ciphertexts,
            proofs,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"ciphertexts\":");
        write_array(&self.ciphertexts, out, |list, out| {
            write_array(list, out, Ciphertext::write);
        });
        out.push_str(",\"proofs\":");
        write_array(&self.proofs, out, ShuffleProof::write);
        out.push('}');
    }
}
