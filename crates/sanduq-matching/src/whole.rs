//! A whole name in one field, cut into its parts by what the other rows know.

use crate::load::Loaded;
use sanduq_register::matching::profile::NAME_PARTS;
use sanduq_register::matching::profile::Profile;
use sanduq_register::matching::record::NameId;
use sanduq_register::matching::record::ROLE;
use sanduq_register::matching::record::rarity;

impl Loaded {
    /// Splits the whole names into their parts, by what is known from the other rows, and marks
    /// the unusual records.
    pub fn finish(&mut self, profile: &Profile) {
        for (row, name) in std::mem::take(&mut self.whole) {
            let names = self.split(profile, &name);
            for (part, id) in names.into_iter().enumerate() {
                self.count(id, ROLE[part]);
            }
            self.records[row as usize].names = names;
            self.records[row as usize].unusual = true;
        }
    }

    /// The likeliest parts of a whole name: every way of cutting it is weighed by rarity.
    fn split(&mut self, profile: &Profile, name: &str) -> [NameId; NAME_PARTS] {
        let words: Vec<&str> = name.split_whitespace().take(12).collect();
        let parts: Vec<usize> = (0..NAME_PARTS)
            .filter(|part| !profile.columns.names[*part].is_empty())
            .collect();
        let mut cheapest: Vec<Option<(u32, Vec<String>)>> = vec![None; words.len() + 1];
        cheapest[0] = Some((0, Vec::new()));
        for part in &parts {
            cheapest = self.split_further(&words, *part, &cheapest);
        }
        let mut names = [0; NAME_PARTS];
        if let Some((_, texts)) = cheapest.pop().flatten() {
            for (part, text) in parts.iter().zip(texts) {
                names[*part] = self.dictionary.id(text.as_bytes());
            }
        }
        names
    }

    fn split_further(
        &self,
        words: &[&str],
        part: usize,
        before: &[Option<(u32, Vec<String>)>],
    ) -> Vec<Option<(u32, Vec<String>)>> {
        const MISSING: u32 = 16;
        const UNKNOWN: u32 = 44;
        let total = self.counted() as u64;
        let mut after: Vec<Option<(u32, Vec<String>)>> = vec![None; before.len()];
        for (from, reached) in before.iter().enumerate() {
            let Some((cost, texts)) = reached else {
                continue;
            };
            for to in from..=words.len().min(from + 3) {
                let text = words[from..to].concat();
                let price = match self.dictionary.known(&text, ROLE[part]) {
                    Some((_, count)) if count > 0 => u32::from(rarity(u64::from(count), total)),
                    _ if text.is_empty() => MISSING,
                    _ => UNKNOWN + 8 * u32::try_from(to - from).unwrap_or(9),
                };
                let better = after[to]
                    .as_ref()
                    .is_none_or(|(best, _)| cost + price < *best);
                if better {
                    let mut texts = texts.clone();
                    texts.push(text);
                    after[to] = Some((cost + price, texts));
                }
            }
        }
        after
    }
}
