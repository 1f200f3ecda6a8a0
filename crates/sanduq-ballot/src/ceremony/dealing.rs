//! The first two steps: every member binds itself to a polynomial, and when all have, shows the
//! powers of its coefficients and deals a share to each member.

use crate::ceremony::keys::MemberKeys;
use crate::ceremony::polynomial::Polynomial;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::ceremony::roster::Roster;
use crate::ceremony::share::Route;
use crate::ceremony::share::SealedShare;
use crate::ceremony::step::Content;
use crate::ceremony::step::Head;
use crate::ceremony::step::Round;
use crate::ceremony::step::Step;
use crate::chance::Nonces;
use crate::chance::Secret;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::power;
use crate::refusal::Refusal;
use crate::trustees::pedersen::Certificate;
use crate::trustees::pedersen::Coefficients;
use crate::trustees::pedersen::Signed;
use rand_core::CryptoRng;

/// A member binds itself to its coefficients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Which ceremony and whose step it is.
    pub head: Head,
    /// SHA-256 of ceremony, member and the powers of the coefficients.
    pub hash: Hash,
}

impl Content for Commitment {
    fn head(&self) -> Head {
        self.head
    }
}

impl Canonical for Commitment {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let head = Head::read("commit", reader)?;
        reader.expect(",\"hash\":")?;
        let hash = reader.hash()?;
        reader.expect("}")?;
        Ok(Commitment { head, hash })
    }

    fn write(&self, out: &mut String) {
        self.head.write("commit", out);
        out.push_str(",\"hash\":");
        write_text(&self.hash.hexadecimal(), out);
        out.push('}');
    }
}

/// A member shows the powers of its coefficients and deals its shares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reveal<G: Group> {
    /// Which ceremony and whose step it is.
    pub head: Head,
    /// What the member saw of the commitments: [`Round::hash`].
    pub commitments: Hash,
    /// The powers, signed as they will stand in trustees.json.
    pub coefficients: Signed<G>,
    /// The member knows the logarithm of the first power.
    pub knowledge: Proof<G>,
    /// A share for each member, itself included.
    pub shares: Vec<SealedShare<G>>,
}

impl<G: Group> Content for Reveal<G> {
    fn head(&self) -> Head {
        self.head
    }
}

impl<G: Group> Canonical for Reveal<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let head = Head::read("reveal", reader)?;
        reader.expect(",\"commitments\":")?;
        let commitments = reader.hash()?;
        reader.expect(",\"coefexps\":")?;
        let coefficients = Signed::read(reader)?;
        reader.expect(",\"pok\":")?;
        let knowledge = Proof::read(reader)?;
        reader.expect(",\"shares\":")?;
        let shares = reader.array(SealedShare::read)?;
        reader.expect("}")?;
        Ok(Reveal {
            head,
            commitments,
            coefficients,
            knowledge,
            shares,
        })
    }

    fn write(&self, out: &mut String) {
        self.head.write("reveal", out);
        out.push_str(",\"commitments\":");
        write_text(&self.commitments.hexadecimal(), out);
        out.push_str(",\"coefexps\":");
        self.coefficients.write(out);
        out.push_str(",\"pok\":");
        self.knowledge.write(out);
        out.push_str(",\"shares\":");
        write_array(&self.shares, out, SealedShare::write);
        out.push('}');
    }
}

/// What a dealer shows, once it is checked.
#[derive(Clone, Debug)]
pub(super) struct Dealing<'a, G: Group> {
    pub(super) head: Head,
    pub(super) powers: Coefficients<G>,
    pub(super) shares: &'a [SealedShare<G>],
}

impl<G: Group> Reveal<G> {
    /// Checks what everybody can check of a dealer.
    ///
    /// # Errors
    /// `OtherTranscript`, `Coefficients`, `NotAsCommitted`, `KeyProof`, `Shares`.
    pub(super) fn check(
        &self,
        roster: &Roster<G>,
        commitments: &Round<Commitment>,
    ) -> Result<Dealing<'_, G>, CeremonyRefusal> {
        if self.commitments != commitments.hash() {
            return Err(CeremonyRefusal::OtherTranscript);
        }
        let key = &roster.certificate(self.head.member)?.verification;
        let powers = Coefficients::<G>::from_bytes(self.coefficients.message.as_bytes());
        let powers = powers.map_err(|_| CeremonyRefusal::Coefficients)?;
        let signed = self.coefficients.verify(key);
        if signed.is_err() || powers.0.len() != roster.threshold() {
            return Err(CeremonyRefusal::Coefficients);
        }
        let committed = commitments.of(self.head.member).map(|one| one.hash);
        if committed != Some(bind(&self.head, &self.coefficients.message)) {
            return Err(CeremonyRefusal::NotAsCommitted);
        }
        let first = &powers.0[0];
        let statement = statement::<G>(&self.head, first);
        power::verify(ProofKind::Key, &statement, first, &self.knowledge)
            .map_err(|_| CeremonyRefusal::KeyProof)?;
        if self.shares.len() != roster.members().len() {
            return Err(CeremonyRefusal::Shares);
        }
        Ok(Dealing {
            head: self.head,
            powers,
            shares: &self.shares,
        })
    }
}

impl<G: Group> Dealing<'_, G> {
    /// What is sealed for a member, and on which way.
    pub(super) fn sealed(&self, member: u64) -> Option<(Route, &SealedShare<G>)> {
        let place = usize::try_from(member).ok()?.checked_sub(1)?;
        let route = Route {
            ceremony: self.head.ceremony,
            dealer: self.head.member,
            receiver: member,
        };
        Some((route, self.shares.get(place)?))
    }

    /// Whether a share is the member's: g^share = ∏_k A_k^(member^k).
    pub(super) fn fits(&self, member: u64, share: &Secret<G::Scalar>) -> bool {
        let step = G::Scalar::from_number(member);
        let mut exponent = G::Scalar::one();
        let mut exponents = Vec::with_capacity(self.powers.0.len());
        for _ in &self.powers.0 {
            exponents.push(exponent);
            exponent = exponent * step;
        }
        let expected = G::Element::product_of_powers_vartime(&self.powers.0, &exponents);
        G::power_of_generator(share.expose()) == expected
    }
}

/// What a member is bound to.
fn bind(head: &Head, coefficients: &str) -> Hash {
    let text = format!("commit|{}|{}|{coefficients}", head.ceremony, head.member);
    Hash::of(text.as_bytes())
}

fn statement<G: Group>(head: &Head, first: &G::Element) -> String {
    format!("{}|{}|{}", head.ceremony, head.member, first.text())
}

fn head_of<G: Group>(roster: &Roster<G>, keys: &MemberKeys<G>) -> Result<Head, CeremonyRefusal> {
    Ok(Head {
        ceremony: roster.ceremony(),
        member: roster.number_of(keys)?,
    })
}

/// The first step.
///
/// # Errors
/// `OtherKey` when the keys are no member's, `Coefficients` when there are more or fewer
/// coefficients than the threshold.
pub fn commit<G: Group, R: CryptoRng + ?Sized>(
    roster: &Roster<G>,
    keys: &MemberKeys<G>,
    polynomial: &Polynomial<G>,
    chance: &mut R,
) -> Result<Step<G, Commitment>, CeremonyRefusal> {
    if polynomial.0.len() != roster.threshold() {
        return Err(CeremonyRefusal::Coefficients);
    }
    let head = head_of(roster, keys)?;
    let hash = bind(&head, &polynomial.powers().to_text());
    Ok(Step::sign(Commitment { head, hash }, keys, chance))
}

/// The second step, with the polynomial of the first one, when all commitments are gathered.
///
/// # Errors
/// `OtherKey`; `NotAsCommitted` when the commitments hold another one of this member.
pub fn reveal<G: Group, R: CryptoRng + ?Sized>(
    roster: &Roster<G>,
    keys: &MemberKeys<G>,
    polynomial: &Polynomial<G>,
    commitments: &Round<Commitment>,
    chance: &mut R,
) -> Result<Step<G, Reveal<G>>, CeremonyRefusal> {
    let head = head_of(roster, keys)?;
    let powers = polynomial.powers();
    let message = powers.to_text();
    let committed = commitments.of(head.member).map(|one| one.hash);
    let (Some(first), Some(secret)) = (powers.0.first(), polynomial.0.first()) else {
        return Err(CeremonyRefusal::Coefficients);
    };
    if committed != Some(bind(&head, &message)) {
        return Err(CeremonyRefusal::NotAsCommitted);
    }
    let statement = statement::<G>(&head, first);
    let parts = [statement.as_bytes(), &commitments.hash().0];
    let mut nonces = Nonces::new("reveal", secret.expose(), &parts, chance);
    let nonce = Secret::new(nonces.draw());
    let knowledge = power::prove(ProofKind::Key, &statement, secret, &nonce);
    let deal = |(receiver, (_, certificate)): (u64, &(Signed<G>, Certificate<G>))| {
        let route = Route {
            ceremony: head.ceremony,
            dealer: head.member,
            receiver,
        };
        let share = polynomial.at(receiver);
        let nonce = Secret::new(nonces.draw());
        SealedShare::seal(&route, &certificate.encryption, &share, &nonce)
    };
    let shares = (1..).zip(roster.members()).map(deal).collect();
    let content = Reveal {
        head,
        commitments: commitments.hash(),
        coefficients: keys.sign(message, chance),
        knowledge,
        shares,
    };
    Ok(Step::sign(content, keys, chance))
}
