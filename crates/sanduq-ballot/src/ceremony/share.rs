//! A share, sealed for one member: α = g^r, K = E^r for the member's encryption key E = g^e, and
//! the share plus a mask that is a hash of K.
//!
//! What is always true here: the mask is of ceremony, dealer, receiver, α and K together, so that
//! a share that is copied elsewhere opens to nothing; K = α^e opens one share and no other.

use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_element;
use crate::json::write_scalar;
use crate::refusal::Refusal;
use sha2::Digest;
use sha2::Sha512;
use zeroize::Zeroize;
use zeroize::Zeroizing;

/// From whom to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Route {
    pub(super) ceremony: Hash,
    pub(super) dealer: u64,
    pub(super) receiver: u64,
}

impl Route {
    /// What a proof about the opened share is bound to, beside the receiver.
    pub(super) fn context(&self) -> String {
        format!("{}|{}", self.ceremony, self.dealer)
    }
}

/// A share that only its receiver can open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SealedShare<G: Group> {
    /// α.
    pub alpha: G::Element,
    /// The share plus the mask.
    pub masked: G::Scalar,
}

impl<G: Group> SealedShare<G> {
    /// Seals; `secret` is r, never used again.
    pub(super) fn seal(
        route: &Route,
        encryption: &G::Element,
        share: &Secret<G::Scalar>,
        secret: &Secret<G::Scalar>,
    ) -> SealedShare<G> {
        let alpha = G::power_of_generator(secret.expose());
        let opened = encryption.power(secret.expose());
        let mask = mask::<G>(route, &alpha, &opened);
        SealedShare {
            alpha,
            masked: *share.expose() + *mask.expose(),
        }
    }

    /// K = α^e.
    pub(super) fn open(&self, opening: &Secret<G::Scalar>) -> G::Element {
        self.alpha.power(opening.expose())
    }

    /// The share, by K.
    pub(super) fn share(&self, route: &Route, opened: &G::Element) -> Secret<G::Scalar> {
        let mask = mask::<G>(route, &self.alpha, opened);
        Secret::new(self.masked - *mask.expose())
    }
}

/// SHA-512 of the statement, with a counter for as many bytes as a scalar is drawn from.
fn mask<G: Group>(route: &Route, alpha: &G::Element, opened: &G::Element) -> Secret<G::Scalar> {
    let opened = Zeroizing::new(opened.text());
    let text = Zeroizing::new(format!(
        "share|{}|{}|{}|{}|{}|{}",
        G::NAME,
        route.ceremony,
        route.dealer,
        route.receiver,
        alpha.text(),
        *opened,
    ));
    let length = G::Scalar::UNIFORM_BYTES;
    let mut bytes = Zeroizing::new(Vec::with_capacity(length + 64));
    let mut block: u64 = 0;
    while bytes.len() < length {
        let mut hasher = Sha512::new_with_prefix(block.to_be_bytes());
        hasher.update(text.as_bytes());
        let mut hash: [u8; 64] = hasher.finalize().into();
        bytes.extend_from_slice(&hash);
        hash.zeroize();
        block += 1;
    }
    Secret::new(G::Scalar::from_uniform(&bytes[..length]))
}

impl<G: Group> Canonical for SealedShare<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"alpha\":")?;
        let alpha = reader.key::<G>()?;
        reader.expect(",\"masked\":")?;
        let masked = reader.scalar::<G>()?;
        reader.expect("}")?;
        Ok(SealedShare { alpha, masked })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"alpha\":");
        write_element(&self.alpha, out);
        out.push_str(",\"masked\":");
        write_scalar(&self.masked, out);
        out.push('}');
    }
}
