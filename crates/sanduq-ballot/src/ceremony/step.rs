//! A step of a member: a signed file; and a round: the files of all members for one step.

use crate::ceremony::keys::MemberKeys;
use crate::ceremony::refusal::CeremonyRefusal;
use crate::ceremony::roster::Roster;
use crate::group::Group;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_text;
use crate::refusal::Refusal;
use crate::trustees::pedersen::Signed;
use rand_core::CryptoRng;
use std::collections::BTreeMap;

/// Which ceremony and whose step it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The roster's hash.
    pub ceremony: Hash,
    /// The member's number, counted from 1.
    pub member: u64,
}

impl Head {
    /// Reads the head of the step with this name.
    pub(super) fn read(step: &str, reader: &mut Reader<'_>) -> Result<Head, Refusal> {
        reader.expect(&format!("{{\"step\":\"{step}\",\"ceremony\":"))?;
        let ceremony = reader.hash()?;
        reader.expect(",\"member\":")?;
        let member = reader.number()?;
        Ok(Head { ceremony, member })
    }

    /// Appends it, with the brace that opens the object.
    pub(super) fn write(&self, step: &str, out: &mut String) {
        out.push_str(&format!("{{\"step\":\"{step}\",\"ceremony\":"));
        write_text(&self.ceremony.hexadecimal(), out);
        out.push_str(&format!(",\"member\":{}", self.member));
    }
}

/// What a member says in a step.
pub trait Content: Canonical + Clone + PartialEq {
    /// Which ceremony and whose step it is.
    fn head(&self) -> Head;
}

/// What a member says, signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<G: Group, T> {
    signed: Signed<G>,
    content: T,
}

impl<G: Group, T: Content> Step<G, T> {
    /// Signs with the keys of the member that the content names.
    pub(super) fn sign<R: CryptoRng + ?Sized>(
        content: T,
        keys: &MemberKeys<G>,
        chance: &mut R,
    ) -> Step<G, T> {
        let signed = keys.sign(content.to_text(), chance);
        Step { signed, content }
    }

    /// What is said.
    pub fn content(&self) -> &T {
        &self.content
    }

    /// Checks that a member of this ceremony said it.
    ///
    /// # Errors
    /// `OtherCeremony`, `UnknownMember`, `Signature`.
    pub fn verify(&self, roster: &Roster<G>) -> Result<(), CeremonyRefusal> {
        let head = self.content.head();
        if head.ceremony != roster.ceremony() {
            return Err(CeremonyRefusal::OtherCeremony);
        }
        let key = &roster.certificate(head.member)?.verification;
        let holds = self.signed.verify(key);
        holds.map_err(|_| CeremonyRefusal::Signature)
    }
}

impl<G: Group, T: Content> Canonical for Step<G, T> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        let signed = Signed::read(reader)?;
        let content = T::from_bytes(signed.message.as_bytes())?;
        Ok(Step { signed, content })
    }

    fn write(&self, out: &mut String) {
        self.signed.write(out);
    }
}

/// One step of every member, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round<T> {
    contents: Vec<T>,
    hash: Hash,
}

impl<T: Content> Round<T> {
    /// Gathers the files of a step.
    ///
    /// # Errors
    /// Each member or file for which there cannot be a round: `OtherCeremony`, `UnknownMember` and
    /// `Signature` for files that are to be thrown away; `StepTwice` and `Absent` for members that
    /// the ceremony cannot go on with.
    pub fn gather<G: Group>(
        roster: &Roster<G>,
        steps: &[Step<G, T>],
    ) -> Result<Round<T>, Vec<(u64, CeremonyRefusal)>> {
        let mut found = Vec::new();
        let mut by_member: BTreeMap<u64, &T> = BTreeMap::new();
        for step in steps {
            let member = step.content.head().member;
            if let Err(refusal) = step.verify(roster) {
                found.push((member, refusal));
                continue;
            }
            let before = by_member.insert(member, &step.content);
            if before.is_some_and(|before| *before != step.content) {
                found.push((member, CeremonyRefusal::StepTwice));
            }
        }
        let absent = roster
            .numbers()
            .filter(|number| !by_member.contains_key(number));
        found.extend(absent.map(|number| (number, CeremonyRefusal::Absent)));
        if !found.is_empty() {
            return Err(found);
        }
        let contents: Vec<T> = by_member.into_values().cloned().collect();
        // The contents and not their signatures, of which a member can make several.
        let texts: String = contents.iter().map(Canonical::to_text).collect();
        let hash = Hash::of(texts.as_bytes());
        Ok(Round { contents, hash })
    }

    /// What the members say, in the order of their numbers.
    pub fn contents(&self) -> &[T] {
        &self.contents
    }

    /// What the next step names of this one.
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// What the member with this number says.
    pub(super) fn of(&self, member: u64) -> Option<&T> {
        let place = usize::try_from(member).ok()?.checked_sub(1)?;
        self.contents.get(place)
    }
}
