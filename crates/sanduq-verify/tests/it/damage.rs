//! One byte of the folder changes: the checker refuses it and names the file.

use crate::folder::published;
use crate::folder::signer;
use crate::folder::told;
use crate::folder::write;
use sanduq_verify::verify::verify;

/// A generator that a seed determines (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

#[test]
fn a_thousand_flipped_bytes_are_refused_each_with_its_place() {
    let files = published();
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &files);
    let mut dice = Dice(2026);
    let paths: Vec<&String> = files.keys().collect();
    let total: usize = files.values().map(Vec::len).sum();
    for round in 0..1_000 {
        // Every second byte is drawn among all bytes, the others after a file was drawn, so that
        // short files have their share.
        let (path, at) = if round % 2 == 0 {
            let mut at = dice.below(total);
            let mut files = files.iter();
            loop {
                let (path, bytes) = files.next().unwrap();
                match at.checked_sub(bytes.len()) {
                    Some(rest) => at = rest,
                    None => break (path, at),
                }
            }
        } else {
            let path = paths[dice.below(paths.len())];
            (path, dice.below(files[path].len()))
        };
        let mut bytes = files[path].clone();
        bytes[at] ^= 1 << dice.below(8);
        std::fs::write(dir.path().join(path), &bytes).unwrap();
        let verified = verify(dir.path(), Some(signer().key()), &mut |_| {});
        assert!(!verified.holds(), "{path}, byte {at}");
        let told = told(&verified);
        let named = told.iter().any(|line| line.starts_with(path.as_str()));
        assert!(named, "{path}, byte {at}: {told:?}");
        std::fs::write(dir.path().join(path), &files[path]).unwrap();
    }
    assert!(verify(dir.path(), Some(signer().key()), &mut |_| {}).holds());
}
