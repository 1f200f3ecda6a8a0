//! A group of trustees of whom a threshold is enough: what they publish of their key ceremony.
//!
//! Member i of m publishes a certificate with two keys of its own and, signed with the first, the
//! powers A_i0 … A_i(t−1) of the coefficients of a secret polynomial. Shares, sent in secret, add
//! up to the decryption keys, and what belongs to them can be computed by anyone: the group's key
//! is ∏_i A_i0, the verification key of member j is ∏_i ∏_k A_ik^(j^k).

use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_text;
use crate::proof::Proof;
use crate::proof::ProofKind;
use crate::proof::power;
use crate::refusal::Refusal;
use crate::trustees::TrusteeKey;

#[cfg(test)]
mod tests;

/// The largest number of members of a group.
pub const LARGEST_GROUP: usize = 1000;

/// A message as it was signed, byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed<G: Group> {
    /// The canonical form of a [`Certificate`] or of [`Coefficients`].
    pub message: String,
    /// Made with the secret of the certificate's verification key.
    pub signature: Proof<G>,
}

impl<G: Group> Signed<G> {
    /// Checks A = g^response · key^challenge, challenge = H(sigmsg|message|, A).
    ///
    /// # Errors
    /// `Signature`.
    pub fn verify(&self, key: &G::Element) -> Result<(), Refusal> {
        power::verify(ProofKind::Certificate, &self.message, key, &self.signature)
    }
}

impl<G: Group> Canonical for Signed<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"message\":")?;
        let message = reader.text()?;
        reader.expect(",\"signature\":")?;
        let signature = Proof::read(reader)?;
        reader.expect("}")?;
        Ok(Signed { message, signature })
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"message\":");
        write_text(&self.message, out);
        out.push_str(",\"signature\":");
        self.signature.write(out);
        out.push('}');
    }
}

/// For which ceremony a certificate was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The name of the group.
    pub group: String,
    /// The number of members.
    pub size: u64,
    /// The number that is enough.
    pub threshold: u64,
    /// The member's number, counted from 1.
    pub index: u64,
}

/// The keys of a member for the ceremony itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate<G: Group> {
    /// The ceremony; absent in certificates of version 2.0.
    pub context: Option<Context>,
    /// Checks the member's signatures.
    pub verification: G::Element,
    /// Encrypts what is sent to the member.
    pub encryption: G::Element,
}

impl<G: Group> Canonical for Certificate<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{")?;
        let context = if reader.take("\"context\":{\"group\":") {
            let group = reader.text()?;
            reader.expect(",\"size\":")?;
            let size = reader.number()?;
            reader.expect(",\"threshold\":")?;
            let threshold = reader.number()?;
            reader.expect(",\"index\":")?;
            let index = reader.number()?;
            reader.expect("},")?;
            Some(Context {
                group,
                size,
                threshold,
                index,
            })
        } else {
            None
        };
        reader.expect("\"verification\":")?;
        let verification = reader.key::<G>()?;
        reader.expect(",\"encryption\":")?;
        let encryption = reader.key::<G>()?;
        reader.expect("}")?;
        Ok(Certificate {
            context,
            verification,
            encryption,
        })
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        if let Some(context) = &self.context {
            out.push_str("\"context\":{\"group\":");
            write_text(&context.group, out);
            let (size, threshold) = (context.size, context.threshold);
            let index = context.index;
            out.push_str(&format!(
                ",\"size\":{size},\"threshold\":{threshold},\"index\":{index}}},"
            ));
        }
        out.push_str("\"verification\":");
        write_element(&self.verification, out);
        out.push_str(",\"encryption\":");
        write_element(&self.encryption, out);
        out.push('}');
    }
}

/// The powers of a member's coefficients, the constant one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coefficients<G: Group>(pub Vec<G::Element>);

impl<G: Group> Canonical for Coefficients<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"coefexps\":")?;
        let powers = reader.array(Reader::key::<G>)?;
        reader.expect("}")?;
        Ok(Coefficients(powers))
    }

    fn write(&self, out: &mut String) {
        out.push_str("{\"coefexps\":");
        write_array(&self.0, out, write_element);
        out.push('}');
    }
}

/// A group of trustees and all it has published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pedersen<G: Group> {
    /// How many members are enough.
    pub threshold: usize,
    /// The certificates, and what they say.
    pub certificates: Vec<(Signed<G>, Certificate<G>)>,
    /// The powers of the coefficients, and the messages in which they were signed.
    pub coefficients: Vec<(Signed<G>, Coefficients<G>)>,
    /// One signature of each member over all certificates and the powers of its own coefficients:
    /// whoever made a polynomial knew for whom. Absent in version 2.0.
    pub signatures: Option<Vec<Proof<G>>>,
    /// The keys that belong to the members' shares.
    pub verification_keys: Vec<TrusteeKey<G>>,
}

impl<G: Group> Pedersen<G> {
    /// The group's share in the election's key: ∏_i A_i0.
    pub fn public_key(&self) -> G::Element {
        let constant = |(_, powers): &(Signed<G>, Coefficients<G>)| powers.0.first().copied();
        let constants = self.coefficients.iter().filter_map(constant);
        constants.fold(G::Element::identity(), |product, one| product.times(&one))
    }

    /// The verification key of the member with this number, counted from 1, as the coefficients
    /// have it.
    pub fn expected_key(&self, member: u64) -> G::Element {
        let step = G::Scalar::from_number(member);
        let mut bases = Vec::new();
        let mut exponents = Vec::new();
        for (_, powers) in &self.coefficients {
            let mut exponent = G::Scalar::one();
            for power in &powers.0 {
                bases.push(*power);
                exponents.push(exponent);
                exponent = exponent * step;
            }
        }
        G::Element::product_of_powers_vartime(&bases, &exponents)
    }

    /// Checks every signature, context, key and proof of the ceremony.
    ///
    /// # Errors
    /// The first of: `Threshold`, `Shape`, `CertificateContext`, `Signature`, `VerificationKey`,
    /// `KeyProof`.
    pub fn verify(&self) -> Result<(), Refusal> {
        let members = self.certificates.len();
        if !(1..=members).contains(&self.threshold) || members > LARGEST_GROUP {
            return Err(Refusal::Threshold);
        }
        let signed = self
            .signatures
            .as_ref()
            .is_none_or(|all| all.len() == members);
        let lengths = [self.coefficients.len(), self.verification_keys.len()];
        if lengths != [members; 2] || !signed {
            return Err(Refusal::Shape);
        }
        let parts = self.certificates.iter().zip(&self.coefficients);
        for (number, ((signed, certificate), (message, powers))) in (1..).zip(parts) {
            self.verify_context(certificate, number)?;
            signed.verify(&certificate.verification)?;
            message.verify(&certificate.verification)?;
            if powers.0.len() != self.threshold {
                return Err(Refusal::Shape);
            }
        }
        self.verify_signatures()?;
        for (number, key) in (1..).zip(&self.verification_keys) {
            if self.expected_key(number) != key.public_key {
                return Err(Refusal::VerificationKey);
            }
            key.verify()?;
        }
        Ok(())
    }

    /// Checks the signatures over the ceremony (Belenios specification 2.5.1, "Polynomials").
    fn verify_signatures(&self) -> Result<(), Refusal> {
        let Some(signatures) = &self.signatures else {
            return Ok(());
        };
        let own = self.certificates.iter().zip(&self.coefficients);
        for (((_, certificate), (_, powers)), signature) in own.zip(signatures) {
            let text = self.ceremony_text(powers);
            let key = &certificate.verification;
            power::verify(ProofKind::Certificate, &text, key, signature)?;
        }
        Ok(())
    }

    /// What a member signs of the ceremony: all certificates and the powers of its own
    /// coefficients.
    fn ceremony_text(&self, powers: &Coefficients<G>) -> String {
        let mut out = String::from("certs_sig|{\"certs\":");
        write_array(&self.certificates, &mut out, |(signed, _), out| {
            signed.write(out)
        });
        out.push_str(",\"coefexps\":");
        write_array(&powers.0, &mut out, write_element);
        out.push('}');
        out
    }

    fn verify_context(&self, certificate: &Certificate<G>, number: u64) -> Result<(), Refusal> {
        // Certificates with a context come with signatures over the ceremony, those without come
        // without: a mixture is neither version.
        if certificate.context.is_some() != self.signatures.is_some() {
            return Err(Refusal::CertificateContext);
        }
        let Some(context) = &certificate.context else {
            return Ok(());
        };
        let fit = context.group == G::NAME
            && usize::try_from(context.size) == Ok(self.certificates.len())
            && usize::try_from(context.threshold) == Ok(self.threshold)
            && context.index == number;
        fit.then_some(()).ok_or(Refusal::CertificateContext)
    }
}

/// A signed message and the object that it is the canonical form of.
fn read_signed<G: Group, T: Canonical>(reader: &mut Reader<'_>) -> Result<(Signed<G>, T), Refusal> {
    let signed = Signed::read(reader)?;
    let object = T::from_bytes(signed.message.as_bytes())?;
    Ok((signed, object))
}

impl<G: Group> Canonical for Pedersen<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("{\"threshold\":")?;
        let threshold = usize::try_from(reader.number()?).map_err(|_| Refusal::Threshold)?;
        reader.expect(",\"certs\":")?;
        let certificates = reader.array(read_signed)?;
        reader.expect(",\"coefexps\":")?;
        let coefficients = reader.array(read_signed)?;
        let signatures = if reader.take(",\"signatures\":") {
            Some(reader.array(Proof::read)?)
        } else {
            None
        };
        reader.expect(",\"verification_keys\":")?;
        let verification_keys = reader.array(TrusteeKey::read)?;
        reader.expect("}")?;
        Ok(Pedersen {
            threshold,
            certificates,
            coefficients,
            signatures,
            verification_keys,
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(&format!("{{\"threshold\":{},\"certs\":", self.threshold));
        write_array(&self.certificates, out, |(signed, _), out| {
            signed.write(out)
        });
        out.push_str(",\"coefexps\":");
        write_array(&self.coefficients, out, |(signed, _), out| {
            signed.write(out)
        });
        if let Some(signatures) = &self.signatures {
            out.push_str(",\"signatures\":");
            write_array(signatures, out, Proof::write);
        }
        out.push_str(",\"verification_keys\":");
        write_array(&self.verification_keys, out, TrusteeKey::write);
        out.push('}');
    }
}
