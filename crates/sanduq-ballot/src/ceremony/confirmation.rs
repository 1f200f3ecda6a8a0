//! The last step: every member adds up its shares, which is its decryption key, and confirms it
//! with the public part; from all confirmations the published object is put together.

use crate::ceremony::dealing::Commitment;
use crate::ceremony::dealing::Reveal;
use crate::ceremony::keys::MemberKeys;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::ceremony::review::Review;
use crate::ceremony::review::judge;
use crate::ceremony::roster::Roster;
use crate::ceremony::step::Content;
use crate::ceremony::step::Head;
use crate::ceremony::step::Round;
use crate::ceremony::step::Step;
use crate::chance::Secret;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_text;
use crate::refusal::Refusal;
use crate::trustees::TrusteeKey;
use crate::trustees::pedersen::Pedersen;
use rand_core::CryptoRng;

/// A member has its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation<G: Group> {
    /// Which ceremony and whose step it is.
    pub head: Head,
    /// What the member saw of the reviews: [`Round::hash`].
    pub reviews: Hash,
    /// The public part of the key, and the proof that the member has the secret one.
    pub key: TrusteeKey<G>,
}

impl<G: Group> Content for Confirmation<G> {
    fn head(&self) -> Head {
        self.head
    }
}

impl<G: Group> Canonical for Confirmation<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let head = Head::read("confirm", reader)?;
        reader.expect(",\"reviews\":")?;
        let reviews = reader.hash()?;
        reader.expect(",\"key\":")?;
        let key = TrusteeKey::read(reader)?;
        reader.expect("}")?;
        Ok(Confirmation { head, reviews, key })
    }

    fn write(&self, out: &mut String) {
        self.head.write("confirm", out);
        out.push_str(",\"reviews\":");
        write_text(&self.reviews.hexadecimal(), out);
        out.push_str(",\"key\":");
        self.key.write(out);
        out.push('}');
    }
}

/// The rounds before the last step.
type Rounds<'a, G> = (
    &'a Round<Commitment>,
    &'a Round<Reveal<G>>,
    &'a Round<Review<G>>,
);

/// A member's decryption key, to be kept, and its last step.
pub type Confirmed<G> = (Secret<<G as Group>::Scalar>, Step<G, Confirmation<G>>);

/// The last step: the member's decryption key, to be kept, and the confirmation. `name` stands
/// beside the key when it is published.
///
/// # Errors
/// `Excluded` and `OtherTranscript` when there is no agreement, `OtherKey` when the keys are no
/// member's, `InconsistentShare` when a share does not fit of which the member has not complained.
pub fn confirm<G: Group, R: CryptoRng + ?Sized>(
    roster: &Roster<G>,
    keys: &MemberKeys<G>,
    (commitments, reveals, reviews): Rounds<'_, G>,
    name: Option<String>,
    chance: &mut R,
) -> Result<Confirmed<G>, CeremonyRefusal> {
    let agreed = judge(roster, commitments, reveals, reviews).agreed();
    agreed.map_err(|(_, refusal)| refusal)?;
    let member = roster.number_of(keys)?;
    let mut sum = Secret::new(G::Scalar::zero());
    for reveal in reveals.contents() {
        let dealing = reveal.check(roster, commitments)?;
        let (route, sealed) = dealing.sealed(member).ok_or(CeremonyRefusal::Shares)?;
        let share = sealed.share(&route, &sealed.open(keys.opening()));
        if !dealing.fits(member, &share) {
            return Err(CeremonyRefusal::InconsistentShare);
        }
        sum = Secret::new(*sum.expose() + *share.expose());
    }
    let content = Confirmation {
        head: Head {
            ceremony: roster.ceremony(),
            member,
        },
        reviews: reviews.hash(),
        key: TrusteeKey::new(&sum, name, chance),
    };
    Ok((sum, Step::sign(content, keys, chance)))
}

/// The group as it stands in trustees.json.
///
/// # Errors
/// `Excluded`; `OtherTranscript` when a member saw other reviews, `VerificationKey` when its key
/// does not follow from the coefficients or is not proven, each with the member's number; 0 stands
/// for all of them.
pub fn conclude<G: Group>(
    roster: &Roster<G>,
    (commitments, reveals, reviews): Rounds<'_, G>,
    confirmations: &Round<Confirmation<G>>,
) -> Result<Pedersen<G>, (u64, CeremonyRefusal)> {
    judge(roster, commitments, reveals, reviews).agreed()?;
    let mut coefficients = Vec::new();
    for reveal in reveals.contents() {
        let dealing = reveal.check(roster, commitments);
        let dealing = dealing.map_err(|refusal| (reveal.head.member, refusal))?;
        coefficients.push((reveal.coefficients.clone(), dealing.powers));
    }
    let keys = confirmations.contents().iter();
    let pedersen = Pedersen {
        threshold: roster.threshold(),
        certificates: roster.members().to_vec(),
        coefficients,
        signatures: None,
        verification_keys: keys.map(|one| one.key.clone()).collect(),
    };
    for confirmation in confirmations.contents() {
        let member = confirmation.head.member;
        if confirmation.reviews != reviews.hash() {
            return Err((member, CeremonyRefusal::OtherTranscript));
        }
        let follows = confirmation.key.public_key == pedersen.expected_key(member);
        if !follows || confirmation.key.verify().is_err() {
            return Err((member, CeremonyRefusal::VerificationKey));
        }
    }
    let accepted = pedersen.verify();
    accepted.map_err(|refusal| (0, CeremonyRefusal::Outcome(refusal)))?;
    Ok(pedersen)
}
