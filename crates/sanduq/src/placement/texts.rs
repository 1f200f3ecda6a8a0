//! Many short texts in one piece of memory: the ids of a roll of tens of millions.

use rayon::prelude::*;

/// Texts by their numbers.
#[derive(Clone, Debug, Default)]
pub struct Texts {
    bytes: String,
    ends: Vec<u64>,
}

impl Texts {
    /// Puts a text at the end.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u64);
    }

    /// The text of a number.
    pub fn get(&self, at: usize) -> &str {
        let place = |end: u64| usize::try_from(end).unwrap_or(usize::MAX);
        let start = at
            .checked_sub(1)
            .map_or(0, |before| place(self.ends[before]));
        &self.bytes[start..place(self.ends[at])]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers in the order of their texts.
    pub fn sorted(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..u32::try_from(self.len()).unwrap_or(u32::MAX)).collect();
        order.par_sort_unstable_by_key(|at| (self.get(*at as usize), *at));
        order
    }

    /// The first two numbers whose texts are the same.
    pub fn repeated(&self) -> Option<(usize, usize)> {
        let order = self.sorted();
        let mut pairs = order.windows(2).filter_map(|pair| {
            let (one, other) = (pair[0] as usize, pair[1] as usize);
            (self.get(one) == self.get(other)).then_some((other, one))
        });
        let first = pairs.by_ref().min();
        first.map(|(other, one)| (one, other))
    }
}

#[cfg(test)]
mod tests {
    use super::Texts;

    #[test]
    fn texts_are_kept_and_the_first_that_stands_twice_is_found() {
        let mut texts = Texts::default();
        for text in ["b", "", "أ", "c", "b", "c"] {
            texts.push(text);
        }
        assert_eq!((texts.get(0), texts.get(1), texts.get(2)), ("b", "", "أ"));
        assert_eq!(texts.len(), 6);
        assert_eq!(texts.repeated(), Some((0, 4)));
        assert_eq!(texts.sorted()[..3], [1, 0, 4]);
        let mut alone = Texts::default();
        alone.push("b");
        assert_eq!(alone.repeated(), None);
    }
}
