//! What people compare aloud, so that all are sure to hold the same file.

use sanduq_ballot::hash::Hash;

/// Characters of a hash that are read out: 128 bits.
const READ_OUT: usize = 32;

/// The first half of a hash in groups of four characters.
pub fn aloud(hash: &Hash) -> String {
    let digits: Vec<char> = hash.hexadecimal().chars().take(READ_OUT).collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}

/// The same of bytes.
pub fn of(bytes: &[u8]) -> String {
    aloud(&Hash::of(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_hash_is_read_out_in_groups() {
        assert_eq!(of(b""), "e3b0 c442 98fc 1c14 9afb f4c8 996f b924");
    }
}
