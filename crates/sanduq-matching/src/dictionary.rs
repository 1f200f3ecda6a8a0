//! All spellings of a roll, each once: its key, how often it stands in each role, and the common
//! spelling it is likely to stand for. Frequencies come from the roll itself, never from a list.

use rustc_hash::FxHashMap;
use sanduq_register::matching::letters::Alphabet;
use sanduq_register::matching::letters::bare;
use sanduq_register::matching::letters::is_latin;
use sanduq_register::matching::letters::skeleton;
use sanduq_register::matching::letters::without_article;
use sanduq_register::matching::record::Name;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLES;
use sanduq_register::matching::record::rarity;
use sanduq_register::matching::similarity::Confusions;
use sanduq_register::matching::titles::Titles;
use std::hash::Hash;
use std::hash::Hasher;

/// Keys of all names, by id; id 0 is the missing name.
#[derive(Default)]
pub struct Dictionary {
    alphabet: Alphabet,
    confusions: Confusions,
    raw: FxHashMap<Box<[u8]>, NameId>,
    keys: FxHashMap<Box<[u8]>, NameId>,
    letters: Vec<u8>,
    spans: Vec<(u32, u8)>,
    counts: Vec<[u32; ROLES]>,
    scratch: Vec<u8>,
}

/// Hashes under which a name of common length is looked for.
const HASHES: usize = 7;
/// A spelling this many times as frequent as its neighbour may be what the neighbour meant.
const COMMONER: u32 = 12;

impl Dictionary {
    /// An empty dictionary.
    #[must_use]
    pub fn new() -> Self {
        Self {
            spans: vec![(0, 0)],
            counts: vec![[0; ROLES]],
            ..Self::default()
        }
    }

    /// The dictionary of what was kept: letters of all keys, the length of each, how often each
    /// stands in each role.
    pub(crate) fn of_kept(letters: Vec<u8>, lengths: &[u8], counts: Vec<[u32; ROLES]>) -> Self {
        let mut spans = Vec::with_capacity(lengths.len());
        let mut keys = FxHashMap::default();
        let mut start = 0u32;
        for (id, length) in (0u32..).zip(lengths) {
            spans.push((start, *length));
            let from = start as usize;
            start = start.saturating_add(u32::from(*length));
            if id > 0
                && let Some(key) = letters.get(from..start as usize)
            {
                keys.insert(key.into(), id);
            }
        }
        Self {
            keys,
            letters,
            spans,
            counts,
            ..Self::default()
        }
    }

    /// What [`Self::of_kept`] takes.
    pub(crate) fn kept(&self) -> (&[u8], Vec<u8>, &[[u32; ROLES]]) {
        let lengths = self.spans.iter().map(|(_, length)| *length).collect();
        (&self.letters, lengths, &self.counts)
    }

    /// The id of a text; 0 when no letter is in it.
    pub fn id(&mut self, text: &[u8]) -> NameId {
        if text.is_empty() {
            return 0;
        }
        if let Some(id) = self.raw.get(text) {
            return *id;
        }
        let mut key = std::mem::take(&mut self.scratch);
        self.alphabet.key(&String::from_utf8_lossy(text), &mut key);
        let id = self.id_of_key(&key);
        self.scratch = key;
        self.raw.insert(text.into(), id);
        id
    }

    fn id_of_key(&mut self, key: &[u8]) -> NameId {
        if key.is_empty() {
            return 0;
        }
        if let Some(id) = self.keys.get(key) {
            return *id;
        }
        let id = u32::try_from(self.spans.len()).unwrap_or(0);
        let start = u32::try_from(self.letters.len()).unwrap_or(0);
        self.letters.extend_from_slice(key);
        self.spans
            .push((start, u8::try_from(key.len()).unwrap_or(0)));
        self.counts.push([0; ROLES]);
        self.keys.insert(key.into(), id);
        id
    }

    /// The id of a text that is already known, and its count in a role.
    #[must_use]
    pub fn known(&self, text: &str, role: usize) -> Option<(NameId, u32)> {
        let mut key = Vec::new();
        self.alphabet.key(text, &mut key);
        let id = *self.keys.get(key.as_slice())?;
        Some((id, self.counts[id as usize][role]))
    }

    /// Counts a name in a role.
    pub fn count(&mut self, id: NameId, role: usize) {
        if id > 0 {
            self.counts[id as usize][role] += 1;
        }
    }

    /// Takes back one time that a name was counted in a role.
    pub(crate) fn take_back(&mut self, id: NameId, role: usize) {
        if id > 0 {
            let count = &mut self.counts[id as usize][role];
            *count = count.saturating_sub(1);
        }
    }

    /// How many names it holds, the missing one included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether it holds no name but the missing one.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.len() == 1
    }

    /// Bytes of memory, about: letters, spans, counts, the index of keys, and what is held of each
    /// name while its neighbours are sought.
    #[must_use]
    pub fn memory(&self) -> u64 {
        const INDEXED: usize = 48;
        const SOUGHT: usize = HASHES * size_of::<(u64, NameId)>();
        let each = size_of::<[u32; ROLES]>() + size_of::<(u32, u8)>() + INDEXED + SOUGHT;
        (self.letters.capacity() * 2 + self.spans.capacity() * each) as u64
    }

    /// The key of a name.
    #[must_use]
    pub fn key(&self, id: NameId) -> &[u8] {
        let (start, length) = self.spans[id as usize];
        &self.letters[start as usize..start as usize + usize::from(length)]
    }

    /// Closes the dictionary: what is known of each name, by id.
    #[must_use]
    pub fn finish(&mut self) -> Vec<Name> {
        self.raw = FxHashMap::default();
        let mut totals = [0u64; ROLES];
        for counts in &self.counts {
            for (total, count) in totals.iter_mut().zip(counts) {
                *total += u64::from(*count);
            }
        }
        let canonical = self.canonical();
        (0u32..)
            .zip(&self.counts)
            .map(|(id, counts)| {
                let key = self.key(id);
                let mut rarities = [0; ROLES];
                for (role, slot) in rarities.iter_mut().enumerate() {
                    *slot = rarity(u64::from(counts[role]), totals[role]);
                }
                Name {
                    canonical: canonical[id as usize],
                    skeleton: skeleton(self.key(canonical[id as usize])),
                    rarity: rarities,
                    latin: is_latin(key),
                }
            })
            .collect()
    }

    /// For each name the far commoner one that one slip makes of it; followed to its end.
    fn canonical(&self) -> Vec<NameId> {
        let totals: Vec<u32> = self
            .counts
            .iter()
            .map(|counts| {
                counts
                    .iter()
                    .fold(0u32, |sum, one| sum.saturating_add(*one))
            })
            .collect();
        let mut canonical: Vec<NameId> = (0u32..).take(self.len()).collect();
        let order = |id: NameId| (totals[id as usize], u32::MAX - id);
        for neighbours in self
            .neighbourhoods()
            .chunk_by(|one, other| one.0 == other.0)
        {
            let Some((_, common)) = neighbours.iter().max_by_key(|(_, id)| order(*id)) else {
                continue;
            };
            for (_, id) in neighbours {
                let current = canonical[*id as usize];
                let far = totals[*common as usize] / COMMONER >= totals[*id as usize].max(1);
                let written = bare(self.key(*id)) == bare(self.key(*common));
                if (far || written)
                    && order(*common) > order(current)
                    && self.one_slip(*id, *common)
                {
                    canonical[*id as usize] = *common;
                }
            }
        }
        for id in 0..canonical.len() {
            let mut at = canonical[id];
            while canonical[at as usize] != at {
                at = canonical[at as usize];
            }
            canonical[id] = at;
        }
        canonical
    }

    fn one_slip(&self, one: NameId, other: NameId) -> bool {
        let (one, other) = (
            without_article(self.key(one)),
            without_article(self.key(other)),
        );
        is_latin(one) == is_latin(other) && self.confusions.distance(one, other) <= 2
    }

    /// Each name under the hash of itself and of itself with one letter left out, sorted: two names
    /// one edit apart meet under at least one hash.
    fn neighbourhoods(&self) -> Vec<(u64, NameId)> {
        let mut hashes = Vec::with_capacity(self.len() * HASHES);
        for id in (1u32..).take(self.len() - 1) {
            let key = without_article(self.key(id));
            hashes.push((hash(key, usize::MAX), id));
            if key.len() >= 3 {
                hashes.extend((0..key.len()).map(|left_out| (hash(key, left_out), id)));
            }
        }
        hashes.sort_unstable();
        hashes.dedup();
        hashes
    }
}

/// A number that is another one as soon as letters become another key.
#[must_use]
pub fn letters() -> u64 {
    const EVERY: [&str; 2] = [
        "ٱلأَسْماء إآؤئء كمالـ گیتی پژمان چ ۀ ة ى ې ے ہ ھ ە ڪ ک",
        "0٤۹ ﻻ ﷲ Aziz Élodie ڤڨڭڕڵێۆ Mم",
    ];
    let alphabet = Alphabet::default();
    let mut hasher = rustc_hash::FxHasher::default();
    let mut key = Vec::new();
    for word in EVERY.iter().flat_map(|words| words.split(' ')) {
        alphabet.key(word, &mut key);
        (&key, skeleton(&key), is_latin(&key)).hash(&mut hasher);
        without_article(&key).hash(&mut hasher);
    }
    Titles::default()
        .keys()
        .for_each(|title| title.hash(&mut hasher));
    hasher.finish()
}

fn hash(key: &[u8], left_out: usize) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    for (_, code) in key
        .iter()
        .enumerate()
        .filter(|(place, _)| *place != left_out)
    {
        code.hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_spelling_stands_for_the_common_one_a_slip_away() {
        let mut dictionary = Dictionary::new();
        for (name, times) in [
            ("محمد", 400),
            ("محمود", 200),
            ("مجمد", 2),
            ("عمر", 90),
            ("عمرو", 60),
            ("علاء", 30),
            ("علا", 20),
        ] {
            for _ in 0..times {
                let id = dictionary.id(name.as_bytes());
                dictionary.count(id, 0);
            }
        }
        let id = |name: &str| dictionary.known(name, 0).map(|(id, _)| id).unwrap();
        let ids = ["محمد", "محمود", "مجمد", "عمر", "عمرو", "علاء", "علا"].map(id);
        let names = dictionary.finish();
        let canonical = ids.map(|id| names[id as usize].canonical);
        let [a, b, _, c, d, e, _] = ids;
        assert_eq!(canonical, [a, b, a, c, d, e, e]);
        let rarities = ids.map(|id| names[id as usize].rarity[0]);
        assert_eq!(rarities, [2, 4, 17, 6, 7, 9, 10], "of 802, in half bits");
    }
}
