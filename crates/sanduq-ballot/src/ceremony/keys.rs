//! The keys that a member has for the ceremony itself, and the certificate that publishes them.

use crate::ceremony::refusal::CeremonyRefusal;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::group::Group;
use crate::group::Scalar;
use crate::json::Canonical;
use crate::proof::ProofKind;
use crate::proof::power;
use crate::trustees::pedersen::Certificate;
use crate::trustees::pedersen::Signed;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// The secrets of a member: to sign its steps and to open what is sealed for it.
#[derive(Clone, Debug)]
pub struct MemberKeys<G: Group> {
    signing: Secret<G::Scalar>,
    opening: Secret<G::Scalar>,
}

impl<G: Group> MemberKeys<G> {
    /// Draws keys for one ceremony.
    pub fn draw<R: CryptoRng + ?Sized>(chance: &mut R) -> MemberKeys<G> {
        let mut nonces = Nonces::new("member keys", &G::Scalar::zero(), &[], chance);
        MemberKeys {
            signing: Secret::new(nonces.draw()),
            opening: Secret::new(nonces.draw()),
        }
    }

    /// The secrets as a text for the member's own keeping: two decimal numbers.
    pub fn secret_text(&self) -> Zeroizing<String> {
        let signing = Zeroizing::new(self.signing.expose().text());
        let opening = Zeroizing::new(self.opening.expose().text());
        Zeroizing::new(format!("{} {}", *signing, *opening))
    }

    /// Reads what [`MemberKeys::secret_text`] wrote.
    ///
    /// # Errors
    /// `OtherKey`.
    pub fn from_secret_text(text: &str) -> Result<MemberKeys<G>, CeremonyRefusal> {
        let (signing, opening) = text.split_once(' ').ok_or(CeremonyRefusal::OtherKey)?;
        let read = |one| G::Scalar::read(one).map(Secret::new);
        Ok(MemberKeys {
            signing: read(signing).map_err(|_| CeremonyRefusal::OtherKey)?,
            opening: read(opening).map_err(|_| CeremonyRefusal::OtherKey)?,
        })
    }

    /// The certificate: both public keys, signed with the first.
    pub fn certificate<R: CryptoRng + ?Sized>(&self, chance: &mut R) -> Signed<G> {
        let content = Certificate::<G> {
            context: None,
            verification: G::power_of_generator(self.signing.expose()),
            encryption: G::power_of_generator(self.opening.expose()),
        };
        self.sign(content.to_text(), chance)
    }

    /// What opens the shares sealed for this member.
    pub(super) fn opening(&self) -> &Secret<G::Scalar> {
        &self.opening
    }

    /// What the chance of this member is hedged with.
    pub(super) fn hedge(&self) -> &G::Scalar {
        self.signing.expose()
    }

    /// Signs a message: A = g^w, challenge = H(sigmsg|message|, A).
    pub(super) fn sign<R>(&self, message: String, chance: &mut R) -> Signed<G>
    where
        R: CryptoRng + ?Sized,
    {
        let parts = [message.as_bytes()];
        let nonce = Nonces::new("step", self.signing.expose(), &parts, chance).draw();
        let nonce = Secret::new(nonce);
        Signed {
            signature: power::prove(ProofKind::Certificate, &message, &self.signing, &nonce),
            message,
        }
    }
}
