//! Those who hold the key of an election: each alone, or in groups of which a threshold is enough
//! (Belenios specification, "Trustees"; key establishment after Pedersen).
//!
//! What is always true here: what is read has its shape and its elements in the group; whether the
//! proofs hold is asked of [`Trustees::verify`].

pub mod pedersen;

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::power;
use crate::refusal::Refusal;
use crate::trustees::pedersen::Pedersen;
use rand_core::CryptoRng;
use std::collections::BTreeSet;

/// A public key and the proof that somebody knows its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrusteeKey<G: Group> {
    /// Knowledge of x.
    pub proof: Proof<G>,
    /// X = g^x.
    pub public_key: G::Element,
    /// Whose key it is.
    pub name: Option<String>,
}

impl<G: Group> TrusteeKey<G> {
    /// Makes the public key of a secret one.
    pub fn new<R: CryptoRng + ?Sized>(
        secret: &Secret<G::Scalar>,
        name: Option<String>,
        chance: &mut R,
    ) -> TrusteeKey<G> {
        let public_key = G::power_of_generator(secret.expose());
        let statement = statement::<G>(&public_key);
        let parts = [statement.as_bytes()];
        let nonce = Nonces::new("trustee key", secret.expose(), &parts, chance).draw();
        TrusteeKey {
            proof: power::prove(ProofKind::Key, &statement, secret, &Secret::new(nonce)),
            public_key,
            name,
        }
    }

    /// Checks the proof: A = g^response · X^challenge, challenge = H(pok|GROUP|X|, A).
    ///
    /// # Errors
    /// `KeyProof`.
    pub fn verify(&self) -> Result<(), Refusal> {
        let statement = statement::<G>(&self.public_key);
        power::verify(ProofKind::Key, &statement, &self.public_key, &self.proof)
    }
}

fn statement<G: Group>(public_key: &G::Element) -> String {
    format!("{}|{}", G::NAME, public_key.text())
}

impl<G: Group> Canonical for TrusteeKey<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"pok\":")?;
        let proof = Proof::read(reader)?;
        reader.expect(",\"public_key\":")?;
        let public_key = reader.key::<G>()?;
        let name = if reader.take(",\"name\":") {
            Some(reader.text()?)
        } else {
            None
        };
        reader.expect("}")?;
        Ok(TrusteeKey {
            proof,
            public_key,
            name,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"pok\":");
        self.proof.write(out);
        out.push_str(",\"public_key\":");
        write_element(&self.public_key, out);
        if let Some(name) = &self.name {
            out.push_str(",\"name\":");
            write_text(name, out);
        }
        out.push('}');
    }
}

/// One who must decrypt, or a group of which a threshold must.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trustee<G: Group> {
    /// Without this one nothing is decrypted.
    Single(TrusteeKey<G>),
    /// Any threshold of the members is enough.
    Pedersen(Pedersen<G>),
}

impl<G: Group> Trustee<G> {
    /// The keys with which decryptions are checked, one for each person.
    pub fn keys(&self) -> &[TrusteeKey<G>] {
        match self {
            Trustee::Single(key) => std::slice::from_ref(key),
            Trustee::Pedersen(group) => &group.verification_keys,
        }
    }

    /// The share in the election's key.
    pub fn public_key(&self) -> G::Element {
        match self {
            Trustee::Single(key) => key.public_key,
            Trustee::Pedersen(group) => group.public_key(),
        }
    }

    /// How many persons must decrypt.
    pub fn threshold(&self) -> usize {
        match self {
            Trustee::Single(_) => 1,
            Trustee::Pedersen(group) => group.threshold,
        }
    }

    /// The texts of the keys that nobody shares, and of those that the members of a group do:
    /// where one is enough, all shares are the same.
    fn personal_keys(&self) -> (Vec<String>, Vec<String>) {
        let shares = self.keys().iter().map(|key| key.public_key.text());
        match self {
            Trustee::Single(_) => (shares.collect(), Vec::new()),
            Trustee::Pedersen(group) => {
                let certificates = group.certificates.iter().map(|(_, one)| one);
                let keys = certificates.flat_map(|one| [&one.verification, &one.encryption]);
                (keys.map(Element::text).collect(), shares.collect())
            }
        }
    }

    fn verify(&self) -> Result<(), Refusal> {
        match self {
            Trustee::Single(key) => key.verify(),
            Trustee::Pedersen(group) => group.verify(),
        }
    }
}

impl<G: Group> Canonical for Trustee<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let trustee = if reader.take("[\"Single\",") {
            Trustee::Single(TrusteeKey::read(reader)?)
        } else {
            reader.expect("[\"Pedersen\",")?;
            Trustee::Pedersen(Pedersen::read(reader)?)
        };
        reader.expect("]")?;
        Ok(trustee)
    }

    fn write(&self, out: &mut String) {
        match self {
            Trustee::Single(key) => {
                out.push_str("[\"Single\",");
                key.write(out);
            }
            Trustee::Pedersen(group) => {
                out.push_str("[\"Pedersen\",");
                group.write(out);
            }
        }
        out.push(']');
    }
}

/// All trustees of an election.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trustees<G: Group>(pub Vec<Trustee<G>>);

impl<G: Group> Trustees<G> {
    /// The keys of all persons; their number, counted from 1, is the owner of a decryption.
    pub fn keys(&self) -> impl Iterator<Item = &TrusteeKey<G>> {
        self.0.iter().flat_map(Trustee::keys)
    }

    /// The key of the person with this number.
    pub fn key(&self, owner: u64) -> Option<&TrusteeKey<G>> {
        let place = usize::try_from(owner).ok()?.checked_sub(1)?;
        self.keys().nth(place)
    }

    /// y: the product of all shares.
    pub fn election_key(&self) -> G::Element {
        let neutral = G::Element::identity();
        let shares = self.0.iter().map(Trustee::public_key);
        shares.fold(neutral, |product, share| product.times(&share))
    }

    /// The number of a trustee's first person, counted from 1; `place` is counted from 0.
    pub fn first_number(&self, place: usize) -> usize {
        let before = self.0.iter().take(place);
        1 + before.map(|one| one.keys().len()).sum::<usize>()
    }

    /// The places of trustees who hold a key that one before them holds, or that two of their
    /// members hold. Two keys of one person are not two persons, without whom nothing is opened.
    fn named_twice(&self) -> Vec<usize> {
        let mut known = BTreeSet::new();
        let mut found = Vec::new();
        for (place, trustee) in self.0.iter().enumerate() {
            let (keys, shared) = trustee.personal_keys();
            let count = keys.len();
            let mut own: BTreeSet<String> = keys.into_iter().collect();
            let again = own.len() < count;
            own.extend(shared);
            if again || own.iter().any(|key| known.contains(key)) {
                found.push(place);
            }
            known.extend(own);
        }
        found
    }

    /// Every reason why these trustees cannot be those of an election with the key `public_key`,
    /// each with the place of the trustee, counted from 0, or without one.
    pub fn verify(&self, public_key: &G::Element) -> Vec<(Option<usize>, Refusal)> {
        let mut found = Vec::new();
        if self.0.is_empty() {
            found.push((None, Refusal::Threshold));
        }
        for (place, trustee) in self.0.iter().enumerate() {
            if let Err(refusal) = trustee.verify() {
                found.push((Some(place), refusal));
            }
        }
        let twice = self.named_twice().into_iter();
        found.extend(twice.map(|place| (Some(place), Refusal::TrusteeTwice)));
        if self.election_key() != *public_key {
            found.push((None, Refusal::ElectionKey));
        }
        found
    }
}

impl<G: Group> Canonical for Trustees<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.array(Trustee::read).map(Trustees)
    }

    fn write(&self, out: &mut String) {
        write_array(&self.0, out, Trustee::write);
    }
}
