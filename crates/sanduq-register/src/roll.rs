//! The roll at its freeze: a digest over every elector in the order of the keys, so that any later
//! change of the roll can be shown. The digest is public; the electors are not (the keys are keyed
//! hashes, so that a digest cannot be searched by trying numbers).

use crate::register::ElectorKey;
use ring::digest::Context;
use ring::digest::SHA256;
use sanduq_core::id::UnitCode;
use sanduq_core::refusal::Refusal;

/// The electors were not handed in by ascending key, or one twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfOrder;

impl Refusal for OutOfOrder {
    fn code(&self) -> &'static str {
        "roll.out_of_order"
    }
}

impl core::fmt::Display for OutOfOrder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("the electors must come by ascending key, each once")
    }
}

impl core::error::Error for OutOfOrder {}

/// The digest of a roll in the making.
#[derive(Clone)]
pub struct RollDigest {
    hash: Context,
    last: Option<ElectorKey>,
    registered: u64,
}

impl Default for RollDigest {
    fn default() -> Self {
        Self {
            hash: Context::new(&SHA256),
            last: None,
            registered: 0,
        }
    }
}

impl RollDigest {
    /// Adds the next elector: key, then the length and bytes of the domicile's code.
    ///
    /// # Errors
    /// [`OutOfOrder`] when the key is not greater than the one before.
    pub fn add(&mut self, key: ElectorKey, domicile: &UnitCode) -> Result<(), OutOfOrder> {
        if self.last.is_some_and(|last| last >= key) {
            return Err(OutOfOrder);
        }
        self.last = Some(key);
        self.registered += 1;
        self.hash.update(&key.0);
        let code = domicile.as_str().as_bytes();
        self.hash
            .update(&[u8::try_from(code.len()).unwrap_or(u8::MAX)]);
        self.hash.update(code);
        Ok(())
    }

    /// The number of electors and the digest in lower-case hexadecimal.
    #[must_use]
    pub fn finish(self) -> (u64, String) {
        let digest = self.hash.finish();
        (
            self.registered,
            digest
                .as_ref()
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(electors: &[(u8, &str)]) -> Result<(u64, String), OutOfOrder> {
        let mut roll = RollDigest::default();
        for (key, unit) in electors {
            roll.add(ElectorKey([*key; 16]), &UnitCode::new(unit).unwrap())?;
        }
        Ok(roll.finish())
    }

    #[test]
    fn the_digest_sees_every_elector_and_every_domicile() {
        let roll = digest(&[(1, "a"), (2, "bc")]).unwrap();
        assert_eq!(roll.0, 2);
        for other in [
            &[(1, "a"), (3, "bc")][..],
            &[(1, "ab"), (2, "c")],
            &[(1, "a")],
        ] {
            assert_ne!(digest(other).unwrap().1, roll.1);
        }
        assert_eq!(digest(&[(2, "a"), (1, "b")]), Err(OutOfOrder));
        assert_eq!(digest(&[(1, "a"), (1, "a")]), Err(OutOfOrder));
    }
}
