//! Secrets and the chance they are drawn from.
//!
//! What is always true here: chance is an argument, and it is hedged. Every secret number of a
//! proof is HMAC-SHA-512 of the prover's own secret, of what is proven and of the chance given, so
//! that a generator that is stuck, repeated or known to an attacker still gives distinct numbers
//! for distinct statements and shows nothing of the secret. Secrets are wiped when dropped.

#[cfg(test)]
pub(crate) mod said;
#[cfg(test)]
pub(crate) mod stuck;

use crate::group::Scalar;
use hmac::Hmac;
use hmac::KeyInit;
use hmac::Mac;
use rand_core::CryptoRng;
use sha2::Sha512;
use std::fmt;
use zeroize::Zeroize;
use zeroize::Zeroizing;

/// A secret scalar: a trustee's key, a credential, the number behind an encryption.
#[derive(Clone)]
pub struct Secret<S: Scalar>(S);

impl<S: Scalar> Secret<S> {
    /// Takes a scalar into keeping.
    pub fn new(scalar: S) -> Self {
        Secret(scalar)
    }

    /// The scalar, for the operations of the group.
    pub fn expose(&self) -> &S {
        &self.0
    }
}

impl<S: Scalar> Drop for Secret<S> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<S: Scalar> fmt::Debug for Secret<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// A stream of hedged secret scalars for one statement.
pub struct Nonces {
    key: Zeroizing<[u8; 64]>,
    drawn: u64,
    /// What is drawn instead, where a test says it.
    #[cfg(test)]
    said: Option<said::Said>,
}

impl Nonces {
    /// Begins the stream for what is proven: `statement` must hold all that makes it different
    /// from other statements, above all what is encrypted; each part counts with its length.
    pub fn new<S, R>(purpose: &str, secret: &S, statement: &[&[u8]], chance: &mut R) -> Nonces
    where
        S: Scalar,
        R: CryptoRng + ?Sized,
    {
        let mut seed = Zeroizing::new([0; 64]);
        chance.fill_bytes(seed.as_mut_slice());
        let secret = Zeroizing::new(secret.text());
        let mut mac = keyed(seed.as_slice());
        for part in [purpose.as_bytes(), secret.as_bytes()]
            .iter()
            .chain(statement)
        {
            mac.update(&u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
            mac.update(part);
        }
        let key = Zeroizing::new(mac.finalize().into_bytes().into());
        Nonces {
            key,
            drawn: 0,
            #[cfg(test)]
            said: None,
        }
    }

    /// The next scalar of the stream.
    pub fn draw<S: Scalar>(&mut self) -> S {
        #[cfg(test)]
        if let Some(said) = &mut self.said {
            return said.next();
        }
        let mut bytes = Zeroizing::new(Vec::with_capacity(S::UNIFORM_BYTES + 64));
        while bytes.len() < S::UNIFORM_BYTES {
            let mut mac = keyed(self.key.as_slice());
            mac.update(&self.drawn.to_be_bytes());
            self.drawn += 1;
            let mut block: [u8; 64] = mac.finalize().into_bytes().into();
            bytes.extend_from_slice(&block);
            block.zeroize();
        }
        S::from_uniform(&bytes[..S::UNIFORM_BYTES])
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha512> {
    Hmac::new_from_slice(key).expect("HMAC takes a key of any length")
}

impl fmt::Debug for Nonces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Nonces")
    }
}
