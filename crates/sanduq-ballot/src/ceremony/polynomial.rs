//! The secret polynomial of a dealer: its value at 0 is the dealer's part of the key, its value at
//! a member's number that member's share.

use crate::ceremony::keys::MemberKeys;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::ceremony::roster::Roster;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::group::Group;
use crate::group::Scalar;
use crate::trustees::pedersen::Coefficients;
use rand_core::CryptoRng;
use zeroize::Zeroizing;

/// As many coefficients as the threshold, the constant one first. Kept by the dealer from its
/// commitment to its reveal, then wiped.
#[derive(Clone, Debug)]
pub struct Polynomial<G: Group>(pub(super) Vec<Secret<G::Scalar>>);

impl<G: Group> Polynomial<G> {
    /// Draws one for this ceremony.
    pub fn draw<R: CryptoRng + ?Sized>(
        roster: &Roster<G>,
        keys: &MemberKeys<G>,
        chance: &mut R,
    ) -> Polynomial<G> {
        let ceremony = roster.ceremony();
        let mut nonces = Nonces::new("polynomial", keys.hedge(), &[&ceremony.0], chance);
        let draw = |_| Secret::new(nonces.draw());
        Polynomial((0..roster.threshold()).map(draw).collect())
    }

    /// The coefficients as a text for the dealer's own keeping: decimal numbers.
    pub fn secret_text(&self) -> Zeroizing<String> {
        // All the room is taken at once, so that no copy is left behind where the text grows.
        let mut text = Zeroizing::new(String::with_capacity(self.0.len() * 620));
        for (place, coefficient) in self.0.iter().enumerate() {
            if place > 0 {
                text.push(' ');
            }
            text.push_str(&Zeroizing::new(coefficient.expose().text()));
        }
        text
    }

    /// Reads what [`Polynomial::secret_text`] wrote.
    ///
    /// # Errors
    /// `Coefficients`.
    pub fn from_secret_text(text: &str) -> Result<Polynomial<G>, CeremonyRefusal> {
        let read = |one| G::Scalar::read(one).map(Secret::new);
        let all: Result<_, _> = text.split(' ').map(read).collect();
        all.map(Polynomial)
            .map_err(|_| CeremonyRefusal::Coefficients)
    }

    /// A_k = g^a_k.
    pub(super) fn powers(&self) -> Coefficients<G> {
        let power = |one: &Secret<G::Scalar>| G::power_of_generator(one.expose());
        Coefficients(self.0.iter().map(power).collect())
    }

    /// The value at the number of a member, after Horner.
    pub(super) fn at(&self, member: u64) -> Secret<G::Scalar> {
        let place = G::Scalar::from_number(member);
        let from_last = self.0.iter().rev();
        Secret::new(from_last.fold(G::Scalar::zero(), |value, coefficient| {
            value * place + *coefficient.expose()
        }))
    }
}
