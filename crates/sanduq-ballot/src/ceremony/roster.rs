//! Who takes part in a ceremony, and how many of them will be enough to decrypt.

use crate::ceremony::keys::MemberKeys;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::group::Element;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_text;
use crate::refusal::Refusal;
use crate::trustees::pedersen::Certificate;
use crate::trustees::pedersen::LARGEST_GROUP;
use crate::trustees::pedersen::Signed;
use std::collections::BTreeSet;

/// The members, numbered from 1, and the threshold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Roster<G: Group> {
    threshold: usize,
    members: Vec<(Signed<G>, Certificate<G>)>,
    ceremony: Hash,
}

impl<G: Group> Roster<G> {
    /// Opens a ceremony of the holders of these certificates.
    ///
    /// # Errors
    /// `Threshold`, `Certificate`, `MemberTwice`.
    pub fn new(
        threshold: usize,
        certificates: Vec<Signed<G>>,
    ) -> Result<Roster<G>, CeremonyRefusal> {
        let size = certificates.len();
        if !(1..=size).contains(&threshold) || size > LARGEST_GROUP {
            return Err(CeremonyRefusal::Threshold);
        }
        let mut members = Vec::with_capacity(size);
        let mut keys = BTreeSet::new();
        for signed in certificates {
            let certificate = Certificate::<G>::from_bytes(signed.message.as_bytes());
            let certificate = certificate.map_err(|_| CeremonyRefusal::Certificate)?;
            let holds = signed.verify(&certificate.verification);
            if holds.is_err() || certificate.context.is_some() {
                return Err(CeremonyRefusal::Certificate);
            }
            for key in [&certificate.verification, &certificate.encryption] {
                if !keys.insert(key.text()) {
                    return Err(CeremonyRefusal::MemberTwice);
                }
            }
            members.push((signed, certificate));
        }
        let mut roster = Roster {
            threshold,
            members,
            ceremony: Hash([0; 32]),
        };
        roster.ceremony = Hash::of(roster.to_text().as_bytes());
        Ok(roster)
    }

    /// The same ceremony anew without the members of these numbers.
    ///
    /// # Errors
    /// `Threshold` when too few are left.
    pub fn without(&self, excluded: &BTreeSet<u64>) -> Result<Roster<G>, CeremonyRefusal> {
        let numbered = (1..).zip(&self.members);
        let left = numbered.filter(|(number, _)| !excluded.contains(number));
        let left = left.map(|(_, (signed, _))| signed.clone()).collect();
        Roster::new(self.threshold, left)
    }

    /// What every step of this ceremony names: the hash of the roster.
    pub fn ceremony(&self) -> Hash {
        self.ceremony
    }

    /// How many will be enough.
    pub fn threshold(&self) -> usize {
        self.threshold
    }

    /// The certificates in the order of the members' numbers.
    pub fn members(&self) -> &[(Signed<G>, Certificate<G>)] {
        &self.members
    }

    /// All numbers.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        (1..).zip(&self.members).map(|(number, _)| number)
    }

    /// The certificate of the member with this number.
    ///
    /// # Errors
    /// `UnknownMember`.
    pub fn certificate(&self, member: u64) -> Result<&Certificate<G>, CeremonyRefusal> {
        let place = usize::try_from(member)
            .ok()
            .and_then(|member| member.checked_sub(1));
        let found = place.and_then(|place| self.members.get(place));
        found
            .map(|(_, certificate)| certificate)
            .ok_or(CeremonyRefusal::UnknownMember)
    }

    /// The number of the member whose keys these are.
    ///
    /// # Errors
    /// `OtherKey`.
    pub fn number_of(&self, keys: &MemberKeys<G>) -> Result<u64, CeremonyRefusal> {
        let public = G::power_of_generator(keys.opening().expose());
        let mut numbered = (1..).zip(&self.members);
        let found = numbered.find(|(_, (_, certificate))| certificate.encryption == public);
        found
            .map(|(number, _)| number)
            .ok_or(CeremonyRefusal::OtherKey)
    }
}

impl<G: Group> Canonical for Roster<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"group\":")?;
        if reader.text()? != G::NAME {
            return Err(Refusal::UnknownGroup);
        }
        reader.expect(",\"threshold\":")?;
        let threshold = usize::try_from(reader.number()?).map_err(|_| Refusal::Threshold)?;
        reader.expect(",\"certs\":")?;
        let certificates = reader.array(Signed::read)?;
        reader.expect("}")?;
        // The file says why in its own words; in a file the certificates are what can be wrong.
        Roster::new(threshold, certificates).map_err(|refusal| match refusal {
            CeremonyRefusal::Threshold => Refusal::Threshold,
            CeremonyRefusal::MemberTwice => Refusal::TrusteeTwice,
            _ => Refusal::Signature,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"group\":");
        write_text(G::NAME, out);
        out.push_str(&format!(",\"threshold\":{},\"certs\":", self.threshold));
        write_array(&self.members, out, |(signed, _), out| signed.write(out));
        out.push('}');
    }
}
