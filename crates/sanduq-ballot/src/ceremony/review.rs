//! The third step: every member opens its shares and complains of those that do not fit; and the
//! rule that says who is excluded.
//!
//! A complaint names the dealer and shows K, which opens this one share to everybody, with a proof
//! that it is the right K. The share of one who complains is no secret any more: a dealer that is
//! rightly named is excluded and the ceremony begins anew, with another polynomial of everybody;
//! one who complains without reason has told its own share alone.

use crate::bound::Claim;
use crate::bound::Purpose;
use crate::ceremony::dealing::Commitment;
use crate::ceremony::dealing::Dealing;
use crate::ceremony::dealing::Reveal;
use crate::ceremony::keys::MemberKeys;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::ceremony::roster::Roster;
use crate::ceremony::step::Content;
use crate::ceremony::step::Head;
use crate::ceremony::step::Round;
use crate::ceremony::step::Step;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::refusal::Refusal;
use rand_core::CryptoRng;
use std::collections::BTreeSet;

/// A share does not fit, says its receiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Complaint<G: Group> {
    /// Whose share it is.
    pub dealer: u64,
    /// K.
    pub opened: G::Element,
    /// K is α to the power of the receiver's secret key.
    pub proof: Proof<G>,
}

impl<G: Group> Canonical for Complaint<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"dealer\":")?;
        let dealer = reader.number()?;
        reader.expect(",\"opened\":")?;
        let opened = reader.element::<G>()?;
        reader.expect(",\"proof\":")?;
        let proof = Proof::read(reader)?;
        reader.expect("}")?;
        Ok(Complaint {
            dealer,
            opened,
            proof,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!("{{\"dealer\":{},\"opened\":", self.dealer));
        write_element(&self.opened, out);
        out.push_str(",\"proof\":");
        self.proof.write(out);
        out.push('}');
    }
}

/// What a member says of the dealers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review<G: Group> {
    /// Which ceremony and whose step it is.
    pub head: Head,
    /// What the member saw of the reveals: [`Round::hash`].
    pub reveals: Hash,
    /// None when all shares fit.
    pub complaints: Vec<Complaint<G>>,
}

impl<G: Group> Content for Review<G> {
    fn head(&self) -> Head {
        self.head
    }
}

impl<G: Group> Canonical for Review<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let head = Head::read("review", reader)?;
        reader.expect(",\"reveals\":")?;
        let reveals = reader.hash()?;
        reader.expect(",\"complaints\":")?;
        let complaints = reader.array(Complaint::read)?;
        reader.expect("}")?;
        Ok(Review {
            head,
            reveals,
            complaints,
        })
    }

    fn write(&self, out: &mut String) {
        self.head.write("review", out);
        out.push_str(",\"reveals\":");
        write_text(&self.reveals.hexadecimal(), out);
        out.push_str(",\"complaints\":");
        write_array(&self.complaints, out, Complaint::write);
        out.push('}');
    }
}

/// The dealers whose public part holds.
fn dealings<'a, G: Group>(
    roster: &'a Roster<G>,
    commitments: &'a Round<Commitment>,
    reveals: &'a Round<Reveal<G>>,
) -> impl Iterator<Item = Dealing<'a, G>> {
    let all = reveals.contents().iter();
    all.filter_map(|reveal| reveal.check(roster, commitments).ok())
}

/// The third step.
///
/// # Errors
/// `OtherKey` when the keys are no member's.
pub fn review<G: Group, R: CryptoRng + ?Sized>(
    roster: &Roster<G>,
    keys: &MemberKeys<G>,
    commitments: &Round<Commitment>,
    reveals: &Round<Reveal<G>>,
    chance: &mut R,
) -> Result<Step<G, Review<G>>, CeremonyRefusal> {
    let member = roster.number_of(keys)?;
    let mut complaints = Vec::new();
    for dealing in dealings(roster, commitments, reveals) {
        let Some((route, sealed)) = dealing.sealed(member) else {
            continue;
        };
        let opened = sealed.open(keys.opening());
        if dealing.fits(member, &sealed.share(&route, &opened)) {
            continue;
        }
        complaints.push(complain(roster, keys, &dealing, member, chance)?);
    }
    let content = Review {
        head: Head {
            ceremony: roster.ceremony(),
            member,
        },
        reveals: reveals.hash(),
        complaints,
    };
    Ok(Step::sign(content, keys, chance))
}

/// Opens a dealer's share to everybody.
pub(super) fn complain<G: Group, R: CryptoRng + ?Sized>(
    roster: &Roster<G>,
    keys: &MemberKeys<G>,
    dealing: &Dealing<'_, G>,
    member: u64,
    chance: &mut R,
) -> Result<Complaint<G>, CeremonyRefusal> {
    let (route, sealed) = dealing.sealed(member).ok_or(CeremonyRefusal::Shares)?;
    let opened = sealed.open(keys.opening());
    let claim = Claim::<G> {
        purpose: Purpose::Share,
        context: &route.context(),
        trustee: member,
        public: &roster.certificate(member)?.encryption,
        alpha: &sealed.alpha,
        beta: &sealed.masked.text(),
        factor: &opened,
    };
    Ok(Complaint {
        dealer: dealing.head.member,
        opened,
        proof: claim.prove(keys.opening(), chance),
    })
}

/// What follows from the files of the three steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Dealers with whom the ceremony cannot be held, and why.
    pub excluded: Vec<(u64, CeremonyRefusal)>,
    /// Members that name other files of the step before than those at hand. All bring what they
    /// were given: [`Round::gather`] of all of it names who has signed two files for one step
    /// (`StepTwice`); when nobody has, they named files that do not exist. Either is excluded.
    pub divided: Vec<u64>,
    /// Complaints without reason: who complained, of whom.
    pub dismissed: Vec<(u64, u64)>,
}

impl Verdict {
    /// Nobody is excluded, and all have seen the same files.
    ///
    /// # Errors
    /// The first member for whom it is not so: `Excluded`, `OtherTranscript`.
    pub fn agreed(&self) -> Result<(), (u64, CeremonyRefusal)> {
        if let Some((member, _)) = self.excluded.first() {
            return Err((*member, CeremonyRefusal::Excluded));
        }
        match self.divided.first() {
            Some(member) => Err((*member, CeremonyRefusal::OtherTranscript)),
            None => Ok(()),
        }
    }

    /// The numbers of those who are excluded, for [`Roster::without`].
    pub fn excluded_members(&self) -> BTreeSet<u64> {
        self.excluded.iter().map(|(member, _)| *member).collect()
    }
}

/// The rule: a dealer is excluded when its public part does not hold or a complaint opens a share
/// of it that does not fit.
#[must_use]
pub fn judge<G: Group>(
    roster: &Roster<G>,
    commitments: &Round<Commitment>,
    reveals: &Round<Reveal<G>>,
    reviews: &Round<Review<G>>,
) -> Verdict {
    let mut verdict = Verdict {
        excluded: Vec::new(),
        divided: Vec::new(),
        dismissed: Vec::new(),
    };
    for reveal in reveals.contents() {
        let member = reveal.head.member;
        match reveal.check(roster, commitments) {
            Ok(_) => {}
            Err(CeremonyRefusal::OtherTranscript) => verdict.divided.push(member),
            Err(refusal) => verdict.excluded.push((member, refusal)),
        }
    }
    let dealt: Vec<Dealing<'_, G>> = dealings(roster, commitments, reveals).collect();
    for review in reviews.contents() {
        let member = review.head.member;
        if review.reveals != reveals.hash() {
            verdict.divided.push(member);
            continue;
        }
        for complaint in &review.complaints {
            let mut named = dealt.iter();
            let dealing = named.find(|one| one.head.member == complaint.dealer);
            let upheld = dealing.is_some_and(|dealing| {
                is_upheld(roster, dealing, member, complaint).unwrap_or(false)
            });
            if upheld {
                let found = (complaint.dealer, CeremonyRefusal::InconsistentShare);
                verdict.excluded.push(found);
            } else {
                verdict.dismissed.push((member, complaint.dealer));
            }
        }
    }
    verdict.excluded.sort_unstable();
    verdict.excluded.dedup();
    verdict.divided.sort_unstable();
    verdict.divided.dedup();
    verdict
}

/// Whether the share that is opened does not fit.
fn is_upheld<G: Group>(
    roster: &Roster<G>,
    dealing: &Dealing<'_, G>,
    member: u64,
    complaint: &Complaint<G>,
) -> Result<bool, CeremonyRefusal> {
    let (route, sealed) = dealing.sealed(member).ok_or(CeremonyRefusal::Shares)?;
    let claim = Claim::<G> {
        purpose: Purpose::Share,
        context: &route.context(),
        trustee: member,
        public: &roster.certificate(member)?.encryption,
        alpha: &sealed.alpha,
        beta: &sealed.masked.text(),
        factor: &complaint.opened,
    };
    let share = sealed.share(&route, &complaint.opened);
    Ok(claim.verify(&complaint.proof).is_ok() && !dealing.fits(member, &share))
}
