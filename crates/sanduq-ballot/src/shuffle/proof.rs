//! The proof of one shuffled list, as it is written, and the challenges in it.
//!
//! `[[t1,t2,t3,[t41,t42],[t̂…]],[s1,s2,s3,s4,[ŝ…],[s'…]],[c…],[ĉ…]]` (CHVote protocol specification
//! 1.3.2, algorithms 8.44 to 8.47; Belenios specification, "Shuffles").

use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::hash::Hash;
use crate::json::Canonical;
use crate::json::Reader;
use crate::json::write_array;
use crate::json::write_element;
use crate::json::write_scalar;
use crate::proof::ProofKind;
use crate::refusal::Refusal;
use sha2::Digest;
use sha2::Sha256;

/// The commitments t: what the responses must lead back to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitments<G: Group> {
    /// t1, about the sum of the openings of c: every column of the permutation adds up to 1.
    pub sum: G::Element,
    /// t2, about the opening of the last ĉ: the product of the challenges is kept.
    pub product: G::Element,
    /// t3, about the openings of c weighted by the challenges: the order is the committed one.
    pub weighted: G::Element,
    /// t4, β first: the output is the permuted input, encrypted anew.
    pub encryption: [G::Element; 2],
    /// t̂, one for each step of the chain ĉ.
    pub chain: Vec<G::Element>,
}

/// The responses s, each to the commitment of the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Responses<G: Group> {
    /// s1.
    pub sum: G::Scalar,
    /// s2.
    pub product: G::Scalar,
    /// s3.
    pub weighted: G::Scalar,
    /// s4.
    pub encryption: G::Scalar,
    /// ŝ.
    pub chain: Vec<G::Scalar>,
    /// s', for the challenges in the order of the output.
    pub permuted: Vec<G::Scalar>,
}

/// The proof that a list was shuffled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShuffleProof<G: Group> {
    /// t.
    pub commitments: Commitments<G>,
    /// s.
    pub responses: Responses<G>,
    /// c, the commitments to the columns of the permutation.
    pub permutation: Vec<G::Element>,
    /// ĉ, the commitments that multiply up the challenges.
    pub chain: Vec<G::Element>,
}

impl<G: Group> ShuffleProof<G> {
    /// Whether it is a proof about this many ciphertexts.
    pub(super) fn has_length(&self, count: usize) -> bool {
        let lengths = [
            self.commitments.chain.len(),
            self.responses.chain.len(),
            self.responses.permuted.len(),
            self.permutation.len(),
            self.chain.len(),
        ];
        lengths == [count; 5]
    }

    /// All of its elements.
    pub(super) fn elements(&self) -> impl Iterator<Item = &G::Element> {
        let t = &self.commitments;
        let few = [&t.sum, &t.product, &t.weighted];
        let many = t.chain.iter().chain(&self.permutation).chain(&self.chain);
        few.into_iter().chain(&t.encryption).chain(many)
    }
}

impl<G: Group> Canonical for ShuffleProof<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("[")?;
        let commitments = Commitments::read(reader)?;
        reader.expect(",")?;
        let responses = Responses::read(reader)?;
        reader.expect(",")?;
        let permutation = read_elements::<G>(reader)?;
        reader.expect(",")?;
        let chain = read_elements::<G>(reader)?;
        reader.expect("]")?;
        Ok(ShuffleProof {
            commitments,
            responses,
            permutation,
            chain,
        })
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        self.commitments.write(out);
        out.push(',');
        self.responses.write(out);
        out.push(',');
        write_elements::<G>(&self.permutation, out);
        out.push(',');
        write_elements::<G>(&self.chain, out);
        out.push(']');
    }
}

impl<G: Group> Canonical for Commitments<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("[")?;
        let sum = reader.element::<G>()?;
        reader.expect(",")?;
        let product = reader.element::<G>()?;
        reader.expect(",")?;
        let weighted = reader.element::<G>()?;
        reader.expect(",[")?;
        let beta = reader.element::<G>()?;
        reader.expect(",")?;
        let alpha = reader.element::<G>()?;
        reader.expect("],")?;
        let chain = read_elements::<G>(reader)?;
        reader.expect("]")?;
        Ok(Commitments {
            sum,
            product,
            weighted,
            encryption: [beta, alpha],
            chain,
        })
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        for one in [&self.sum, &self.product, &self.weighted] {
            write_element(one, out);
            out.push(',');
        }
        write_array(&self.encryption, out, write_element);
        out.push(',');
        write_elements::<G>(&self.chain, out);
        out.push(']');
    }
}

impl<G: Group> Canonical for Responses<G> {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Refusal> {
        reader.expect("[")?;
        let sum = reader.scalar::<G>()?;
        reader.expect(",")?;
        let product = reader.scalar::<G>()?;
        reader.expect(",")?;
        let weighted = reader.scalar::<G>()?;
        reader.expect(",")?;
        let encryption = reader.scalar::<G>()?;
        reader.expect(",")?;
        let chain = reader.array(Reader::scalar::<G>)?;
        reader.expect(",")?;
        let permuted = reader.array(Reader::scalar::<G>)?;
        reader.expect("]")?;
        Ok(Responses {
            sum,
            product,
            weighted,
            encryption,
            chain,
            permuted,
        })
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        for one in [&self.sum, &self.product, &self.weighted, &self.encryption] {
            write_scalar(one, out);
            out.push(',');
        }
        write_array(&self.chain, out, write_scalar);
        out.push(',');
        write_array(&self.permuted, out, write_scalar);
        out.push(']');
    }
}

/// Elements, whose texts are read one after another and decoded all at once.
fn read_elements<G: Group>(reader: &mut Reader<'_>) -> Result<Vec<G::Element>, Refusal> {
    let texts = reader.array(Reader::plain)?;
    G::Element::read_all(&texts)
}

/// Ciphertexts, decoded all at once.
pub(super) fn read_ciphertexts<G: Group>(
    reader: &mut Reader<'_>,
) -> Result<Vec<Ciphertext<G>>, Refusal> {
    let texts = reader.array(|reader| {
        reader.expect("{\"alpha\":")?;
        let alpha = reader.plain()?;
        reader.expect(",\"beta\":")?;
        let beta = reader.plain()?;
        reader.expect("}")?;
        Ok([alpha, beta])
    })?;
    let elements = G::Element::read_all(texts.as_flattened())?;
    let pairs = elements.as_chunks::<2>().0.iter();
    Ok(pairs
        .map(|[alpha, beta]| Ciphertext {
            alpha: *alpha,
            beta: *beta,
        })
        .collect())
}

fn write_elements<G: Group>(elements: &[G::Element], out: &mut String) {
    let texts = G::Element::texts(elements);
    write_array(&texts, out, |text, out| {
        out.push('"');
        out.push_str(text);
        out.push('"');
    });
}

/// What is hashed for the challenges of one list: the election, both lists and c.
pub(super) struct Transcript<'a> {
    election: &'a str,
    /// Each element with a comma after it: e, e', c.
    statement: String,
}

impl<'a> Transcript<'a> {
    /// Writes down what is proven about what.
    pub(super) fn new<G: Group>(
        election: &'a str,
        input: &[Ciphertext<G>],
        output: &[Ciphertext<G>],
        permutation: &[G::Element],
    ) -> Transcript<'a> {
        let mut statement = String::new();
        for list in [input, output] {
            let pairs = list.iter().flat_map(|one| [one.alpha, one.beta]);
            append::<G>(&pairs.collect::<Vec<_>>(), &mut statement);
        }
        append::<G>(permutation, &mut statement);
        Transcript {
            election,
            statement,
        }
    }

    /// u: SHA-256 of the two hexadecimal texts SHA-256(shuffle-challenges|φ|e,e',c,) and
    /// SHA-256(i), for each i.
    pub(super) fn challenges<G: Group>(&self, count: usize) -> Vec<G::Scalar> {
        let mut hasher = Sha256::new_with_prefix("shuffle-challenges|");
        hasher.update(self.election);
        hasher.update("|");
        hasher.update(&self.statement);
        let seed = Hash(hasher.finalize().into()).hexadecimal();
        let challenge = |place: usize| {
            let number = Hash::of(place.to_string().as_bytes()).hexadecimal();
            G::Scalar::from_hash(&Hash::of(format!("{seed}{number}").as_bytes()).0)
        };
        (0..count).map(challenge).collect()
    }

    /// The main challenge: SHA-256(shuffle-challenge|φ|t,e,e',c,ĉ,y).
    pub(super) fn challenge<G: Group>(
        &self,
        commitments: &Commitments<G>,
        chain: &[G::Element],
        key: &G::Element,
    ) -> G::Scalar {
        let t = commitments;
        let mut first = vec![t.sum, t.product, t.weighted];
        first.extend(t.encryption);
        first.extend(&t.chain);
        let mut text = format!("{}|{}|", ProofKind::Shuffle.label(), self.election);
        append::<G>(&first, &mut text);
        let mut hasher = Sha256::new_with_prefix(&text);
        hasher.update(&self.statement);
        text.clear();
        append::<G>(chain, &mut text);
        hasher.update(&text);
        hasher.update(key.text());
        G::Scalar::from_hash(&hasher.finalize().into())
    }
}

fn append<G: Group>(elements: &[G::Element], text: &mut String) {
    for one in G::Element::texts(elements) {
        text.push_str(&one);
        text.push(',');
    }
}
