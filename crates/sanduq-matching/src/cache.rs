//! Likenesses of names, remembered: a roll has few names and many pairs of them.

use crate::dictionary::Dictionary;
use crate::keys::mix;
use sanduq_register::matching::compare::Likenesses;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::similarity::Confusions;
use sanduq_register::matching::similarity::Likeness;

/// Slots of the cache, for each thread.
const SLOTS: usize = 1 << 16;

/// Remembers likenesses, which are the same whenever they are computed.
pub struct Cache<'a> {
    dictionary: &'a Dictionary,
    names: &'a [Name],
    confusions: Confusions,
    /// Both ids of 28 bits and the likeness in the lowest byte; 0 is empty.
    slots: Vec<u64>,
}

impl<'a> Cache<'a> {
    /// An empty cache over a closed dictionary.
    #[must_use]
    pub fn new(dictionary: &'a Dictionary, names: &'a [Name]) -> Self {
        Self {
            dictionary,
            names,
            confusions: Confusions::default(),
            slots: vec![0; SLOTS],
        }
    }

    fn fresh(&self, one: NameId, other: NameId) -> Likeness {
        let likeness = self
            .confusions
            .likeness(self.dictionary.key(one), self.dictionary.key(other));
        let [first, second] = [one, other].map(|id| self.names[id as usize]);
        let misspelt = first.canonical == second.canonical && first.latin == second.latin;
        if misspelt {
            likeness.min(Likeness::Variant)
        } else {
            likeness
        }
    }
}

impl Likenesses for Cache<'_> {
    fn of_different(&mut self, one: NameId, other: NameId) -> Likeness {
        let (low, high) = (one.min(other), one.max(other));
        let pair = u64::from(low) << 36 | u64::from(high) << 8;
        let slot = usize::from((mix(pair, 1) & 0xffff) as u16);
        let held = self.slots[slot];
        if held & !0xff == pair {
            return Likeness::of((held & 0xff) as u8);
        }
        let likeness = self.fresh(low, high);
        self.slots[slot] = pair | u64::from(likeness as u8);
        likeness
    }
}
