//! Making a proof (CHVote protocol specification 1.3.2, algorithm 8.44).
//!
//! What is always true here: secret exponents are raised in constant time and wiped; only the
//! order itself decides which places of memory are read, so that a shuffle is made on a machine
//! that nobody else uses.

use crate::chance::Nonces;
use crate::chance::Secret;
use crate::encryption::Ciphertext;
use crate::group::Element;
use crate::group::Group;
use crate::group::Scalar;
use crate::group::Table;
use crate::shuffle::Context;
use crate::shuffle::proof::Commitments;
use crate::shuffle::proof::Responses;
use crate::shuffle::proof::ShuffleProof;
use crate::shuffle::proof::Transcript;
use rayon::prelude::IndexedParallelIterator;
use rayon::prelude::IntoParallelIterator;
use rayon::prelude::IntoParallelRefIterator;
use rayon::prelude::ParallelIterator;
use zeroize::Zeroize;
use zeroize::Zeroizing;

/// Secret scalars, one for each ciphertext.
type Secrets<G> = Vec<Secret<<G as Group>::Scalar>>;

/// What the one who shuffles knows and nobody else.
pub(super) struct Hidden<G: Group> {
    /// For each place of the output the place of the input.
    pub(super) order: Vec<usize>,
    /// With what each ciphertext of the output was encrypted anew.
    pub(super) fresh: Secrets<G>,
}

impl<G: Group> Hidden<G> {
    /// Draws an order, each as likely as any other: that of independent random numbers.
    pub(super) fn draw(count: usize, nonces: &mut Nonces) -> Hidden<G> {
        let mut tickets: Vec<(Zeroizing<String>, usize)> = Vec::with_capacity(count);
        for place in 0..count {
            let mut ticket: G::Scalar = nonces.draw();
            tickets.push((Zeroizing::new(ticket.text()), place));
            ticket.zeroize();
        }
        tickets.sort_unstable_by(|one, other| one.0.as_str().cmp(other.0.as_str()));
        Hidden {
            order: tickets.iter().map(|(_, place)| *place).collect(),
            fresh: draw_all::<G>(count, nonces),
        }
    }

    /// The output.
    pub(super) fn apply(
        &self,
        context: &Context<'_, G>,
        input: &[Ciphertext<G>],
    ) -> Vec<Ciphertext<G>> {
        let neutral = G::Element::identity();
        let renew = |(place, secret): (&usize, &Secret<G::Scalar>)| {
            input[*place].plus(&context.key.encrypt(&neutral, secret))
        };
        self.order.par_iter().zip(&self.fresh).map(renew).collect()
    }
}

impl<G: Group> Drop for Hidden<G> {
    fn drop(&mut self) {
        self.order.zeroize();
    }
}

fn draw_all<G: Group>(count: usize, nonces: &mut Nonces) -> Secrets<G> {
    (0..count).map(|_| Secret::new(nonces.draw())).collect()
}

/// Σ secret·factor, kept secret.
fn inner<'a, S: Scalar>(secrets: &[Secret<S>], factors: impl Iterator<Item = &'a S>) -> Secret<S> {
    let pairs = secrets.iter().zip(factors);
    Secret::new(pairs.fold(S::zero(), |sum, (secret, factor)| {
        sum + *secret.expose() * *factor
    }))
}

/// ∏ base^exponent, in constant time.
fn powers<'a, G: Group>(
    bases: impl IndexedParallelIterator<Item = &'a G::Element>,
    exponents: &Secrets<G>,
) -> G::Element {
    bases
        .zip(exponents)
        .map(|(base, exponent)| base.power(exponent.expose()))
        .reduce(G::Element::identity, |one, other| one.times(&other))
}

/// Of an element, the power of g and the power of h in it.
type Logarithms<G> = (Secret<<G as Group>::Scalar>, Secret<<G as Group>::Scalar>);

/// ĉ: each link is g^r̂ times the one before to the power u'; the first one is h.
struct Chain<G: Group> {
    /// Of h, and of each link after it.
    logarithms: Vec<Logarithms<G>>,
    table: G::Table,
}

impl<G: Group> Chain<G> {
    fn new(base: &G::Element, steps: &Secrets<G>, permuted: &Secrets<G>) -> Chain<G> {
        let mut last = (G::Scalar::zero(), G::Scalar::one());
        // All the room is taken at once, so that no copy is left behind where the list grows.
        let mut logarithms = Vec::with_capacity(steps.len() + 1);
        logarithms.push((Secret::new(last.0), Secret::new(last.1)));
        for (step, u) in steps.iter().zip(permuted) {
            last = (*step.expose() + *u.expose() * last.0, *u.expose() * last.1);
            logarithms.push((Secret::new(last.0), Secret::new(last.1)));
        }
        last.0.zeroize();
        last.1.zeroize();
        let table = G::Table::new(base);
        Chain { logarithms, table }
    }

    /// g^of_g · h^of_h.
    fn element(&self, of_g: &G::Scalar, of_h: &G::Scalar) -> G::Element {
        G::power_of_generator(of_g).times(&self.table.power(of_h))
    }

    fn links(&self) -> Vec<G::Element> {
        let links = self.logarithms[1..].par_iter();
        links
            .map(|(of_g, of_h)| self.element(of_g.expose(), of_h.expose()))
            .collect()
    }

    /// t̂: g^ω̂ times the link before to the power ω'.
    fn commitments(&self, masks: &Masks<G>) -> Vec<G::Element> {
        let all = (0..masks.chain.len()).into_par_iter();
        all.map(|place| {
            let (of_g, of_h) = &self.logarithms[place];
            let power = masks.permuted[place].expose();
            let sum = Secret::new(*masks.chain[place].expose() + *power * *of_g.expose());
            let product = Secret::new(*power * *of_h.expose());
            self.element(sum.expose(), product.expose())
        })
        .collect()
    }

    /// The power of g in the last link.
    fn opening(&self) -> &G::Scalar {
        self.logarithms[self.logarithms.len() - 1].0.expose()
    }
}

/// ω: what hides the secrets in the responses.
struct Masks<G: Group> {
    sum: Secret<G::Scalar>,
    product: Secret<G::Scalar>,
    weighted: Secret<G::Scalar>,
    encryption: Secret<G::Scalar>,
    chain: Secrets<G>,
    permuted: Secrets<G>,
}

impl<G: Group> Masks<G> {
    fn draw(count: usize, nonces: &mut Nonces) -> Masks<G> {
        Masks {
            sum: Secret::new(nonces.draw()),
            product: Secret::new(nonces.draw()),
            weighted: Secret::new(nonces.draw()),
            encryption: Secret::new(nonces.draw()),
            chain: draw_all::<G>(count, nonces),
            permuted: draw_all::<G>(count, nonces),
        }
    }

    fn commit(
        &self,
        context: &Context<'_, G>,
        output: &[Ciphertext<G>],
        chain: &Chain<G>,
    ) -> Commitments<G> {
        let power = |secret: &Secret<G::Scalar>| G::power_of_generator(secret.expose());
        let generators = &context.generators.each()[..output.len()];
        let beta = powers::<G>(output.par_iter().map(|one| &one.beta), &self.permuted);
        let alpha = powers::<G>(output.par_iter().map(|one| &one.alpha), &self.permuted);
        let hidden = context.key.table().power(self.encryption.expose());
        Commitments {
            sum: power(&self.sum),
            product: power(&self.product),
            weighted: power(&self.weighted)
                .times(&powers::<G>(generators.par_iter(), &self.permuted)),
            encryption: [beta.over(&hidden), alpha.over(&power(&self.encryption))],
            chain: chain.commitments(self),
        }
    }

    /// Each mask and c times what it hides.
    fn respond(
        &self,
        known: &Known<G>,
        hidden: &Hidden<G>,
        opening: &G::Scalar,
        challenges: &[G::Scalar],
        challenge: G::Scalar,
    ) -> Responses<G> {
        let respond =
            |mask: &Secret<G::Scalar>, secret: &G::Scalar| *mask.expose() + challenge * *secret;
        let respond_all = |masks: &Secrets<G>, secrets: &Secrets<G>| -> Vec<G::Scalar> {
            let pairs = masks.iter().zip(secrets);
            let respond = |(mask, secret): (_, &Secret<_>)| respond(mask, secret.expose());
            pairs.map(respond).collect()
        };
        let one = G::Scalar::one();
        let sum = inner(&known.openings, std::iter::repeat(&one));
        let weighted = inner(&known.openings, challenges.iter());
        let fresh = inner(&hidden.fresh, known.permuted.iter().map(Secret::expose));
        Responses {
            sum: respond(&self.sum, sum.expose()),
            product: respond(&self.product, opening),
            weighted: respond(&self.weighted, weighted.expose()),
            encryption: respond(&self.encryption, fresh.expose()),
            chain: respond_all(&self.chain, &known.steps),
            permuted: respond_all(&self.permuted, &known.permuted),
        }
    }
}

/// What the responses are about.
struct Known<G: Group> {
    /// r, with which c was made.
    openings: Secrets<G>,
    /// r̂, with which ĉ was made.
    steps: Secrets<G>,
    /// u', the challenges in the order of the output.
    permuted: Secrets<G>,
}

/// Proves that the output is what was hidden made of the input.
pub(super) fn prove<G: Group>(
    context: &Context<'_, G>,
    input: &[Ciphertext<G>],
    output: &[Ciphertext<G>],
    hidden: &Hidden<G>,
    nonces: &mut Nonces,
) -> ShuffleProof<G> {
    let count = input.len();
    let openings = draw_all::<G>(count, nonces);
    let permutation = commit_to_order(context, hidden, &openings);
    let transcript = Transcript::new::<G>(context.election, input, output, &permutation);
    let challenges = transcript.challenges::<G>(count);
    let places = hidden.order.iter();
    let permuted: Secrets<G> = places
        .map(|place| Secret::new(challenges[*place]))
        .collect();
    let steps = draw_all::<G>(count, nonces);
    let chain = Chain::<G>::new(context.generators.base(), &steps, &permuted);
    let links = chain.links();
    let masks = Masks::<G>::draw(count, nonces);
    let commitments = masks.commit(context, output, &chain);
    let challenge = transcript.challenge(&commitments, &links, context.key.public());
    let known = Known {
        openings,
        steps,
        permuted,
    };
    let opening = chain.opening();
    ShuffleProof {
        commitments,
        responses: masks.respond(&known, hidden, opening, &challenges, challenge),
        permutation,
        chain: links,
    }
}

/// c: at the place where a ciphertext of the output comes from, g^r times the generator of the
/// place where it goes to.
fn commit_to_order<G: Group>(
    context: &Context<'_, G>,
    hidden: &Hidden<G>,
    openings: &Secrets<G>,
) -> Vec<G::Element> {
    let mut goes_to = Zeroizing::new(vec![0; hidden.order.len()]);
    for (to, from) in hidden.order.iter().enumerate() {
        goes_to[*from] = to;
    }
    let generators = context.generators.each();
    let commit = |(to, opening): (&usize, &Secret<G::Scalar>)| {
        G::power_of_generator(opening.expose()).times(&generators[*to])
    };
    goes_to.par_iter().zip(openings).map(commit).collect()
}
