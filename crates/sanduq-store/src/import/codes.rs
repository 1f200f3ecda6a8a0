//! A hundred thousand codes in one text, to be looked up without a copy of each.

use core::cell::Cell;

/// Codes in their order. Whoever asks for them in that order finds each at once.
pub(super) struct Codes {
    text: String,
    /// Where each code begins and ends in the text.
    places: Vec<(usize, usize)>,
    /// The one behind that found last.
    next: Cell<usize>,
}

impl Codes {
    /// The codes of a text, between commas and in any order.
    pub(super) fn new(text: String) -> Self {
        let mut places = Vec::new();
        let mut start = 0;
        for code in text.split(',') {
            if !code.is_empty() {
                places.push((start, start + code.len()));
            }
            start += code.len() + 1;
        }
        places.sort_unstable_by_key(|(start, end)| &text[*start..*end]);
        Self {
            text,
            places,
            next: Cell::new(0),
        }
    }

    /// Whether a code is among them.
    pub(super) fn has(&self, code: &str) -> bool {
        let at = |(start, end): &(usize, usize)| &self.text[*start..*end];
        let next = self.next.get();
        if self.places.get(next).is_some_and(|place| at(place) == code) {
            self.next.set(next + 1);
            return true;
        }
        let found = self.places.binary_search_by(|place| at(place).cmp(code));
        if let Ok(found) = found {
            self.next.set(found + 1);
        }
        found.is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::Codes;

    #[test]
    fn a_code_is_found_in_whatever_order_it_is_asked_for() {
        let codes = Codes::new("b,a-1,c,a".to_owned());
        for order in [
            ["a", "a-1", "b", "c"],
            ["c", "b", "a-1", "a"],
            ["b", "b", "a", "c"],
        ] {
            for code in order {
                assert!(codes.has(code), "{code}");
            }
        }
        for other in ["", "a-", "a-11", "d", "0", ",", "a,b"] {
            assert!(!codes.has(other), "{other}");
        }
        assert!(codes.has("a"));
        let none = Codes::new(String::new());
        assert!(!none.has("a") && !none.has(""));
    }
}
