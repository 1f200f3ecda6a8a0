//! The ids under which records stand in their file, kept short: they are asked for only when a
//! pair is written.

/// Ids by row. Each takes its own length and one byte; every sixty-fourth has a mark.
#[derive(Default)]
pub struct Ids {
    bytes: Vec<u8>,
    marks: Vec<u64>,
    count: usize,
}

/// Ids between two marks.
const APART: usize = 64;
/// The longest id; what stands behind it is cut off.
const LONGEST: usize = 255;

impl Ids {
    /// Takes the id of the next row.
    pub fn push(&mut self, id: &[u8]) {
        if self.count.is_multiple_of(APART) {
            self.marks.push(self.bytes.len() as u64);
        }
        let id = &id[..id.len().min(LONGEST)];
        self.bytes.push(u8::try_from(id.len()).unwrap_or(u8::MAX));
        self.bytes.extend_from_slice(id);
        self.count += 1;
    }

    /// How many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.count
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The id of a row; empty where there is no such row.
    #[must_use]
    pub fn of(&self, row: usize) -> &[u8] {
        let mark = self.marks.get(row / APART).copied().unwrap_or(u64::MAX);
        let mut at = usize::try_from(mark).unwrap_or(usize::MAX);
        for _ in 0..row % APART {
            let length = self.bytes.get(at).copied().unwrap_or(0);
            at = at.saturating_add(1 + usize::from(length));
        }
        match self.bytes.get(at..) {
            Some([length, rest @ ..]) => rest.get(..usize::from(*length)).unwrap_or_default(),
            _ => &[],
        }
    }

    /// The first row with this id, by reading all.
    #[must_use]
    pub fn row(&self, id: &[u8]) -> Option<usize> {
        let mut at = 0;
        (0..self.count).find(|_| {
            let length = usize::from(self.bytes[at]);
            let here = &self.bytes[at + 1..at + 1 + length];
            at += 1 + length;
            here == id
        })
    }

    /// Bytes of memory.
    #[must_use]
    pub fn memory(&self) -> u64 {
        (self.bytes.capacity() + 8 * self.marks.capacity()) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_comes_back_as_it_was_given() {
        let mut ids = Ids::default();
        let given: Vec<String> = (0..200)
            .map(|row| match row {
                7 => String::new(),
                130 => "x".repeat(300),
                row => format!("rec-{row}"),
            })
            .collect();
        given.iter().for_each(|id| ids.push(id.as_bytes()));
        assert_eq!(ids.len(), 200);
        for (row, id) in given.iter().enumerate() {
            assert_eq!(ids.of(row), &id.as_bytes()[..id.len().min(255)], "{row}");
        }
        assert_eq!(ids.of(200), b"");
        assert_eq!(ids.of(640), b"");
        assert_eq!(ids.row(b"rec-199"), Some(199));
        assert_eq!(ids.row(b"rec-200"), None);
        assert_eq!(Ids::default().of(0), b"");
    }
}
