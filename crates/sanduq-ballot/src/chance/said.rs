//! Numbers that a test says, in place of those that are drawn.

use crate::chance::Nonces;
use crate::group::Scalar;
use std::vec::IntoIter;
use zeroize::Zeroizing;

/// Numbers in decimal digits, one after the other.
pub(crate) struct Said(IntoIter<String>);

impl Said {
    pub(super) fn next<S: Scalar>(&mut self) -> S {
        S::read(&self.0.next().unwrap()).unwrap()
    }
}

impl Nonces {
    /// A stream of these numbers.
    pub(crate) fn said<S: Scalar>(numbers: &[S]) -> Nonces {
        let texts: Vec<String> = numbers.iter().map(S::text).collect();
        Nonces {
            key: Zeroizing::new([0; 64]),
            drawn: 0,
            said: Some(Said(texts.into_iter())),
        }
    }
}
