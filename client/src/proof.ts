// Proofs that a ciphertext holds what it may hold (Belenios specification 2.0, "Proofs of interval
// membership", "Proofs of possibly-blank votes", "Signatures"). Always true here: one branch of a
// proof is true and the others are feigned by the same steps, and every group operation on a secret
// raises the generator or the election's key, in an order that does not depend on the choice.

import type { Chance } from "./chance.ts";
import { challenge, reduced } from "./group.ts";
import type { Group } from "./group.ts";

/** Challenge and response, as every proof has them. */
export interface Proof {
  readonly challenge: bigint;
  readonly response: bigint;
}

/** Where proofs are made: a group and the election's key with its table. */
export interface Ground<Element> {
  readonly group: Group<Element>;
  readonly raiseKey: (exponent: bigint) => Element;
}

/**
 * A statement of a proof: the ciphertext made with the number `encryption` holds one certain value.
 * `difference` is what it holds minus that value: nought where the statement is true.
 */
export interface Branch {
  readonly encryption: bigint;
  readonly difference: bigint;
}

/**
 * Proves that one of several statements is true, without saying which.
 *
 * Each statement (α = g^r, β = y^r·g^m holds M) gets commitments A = g^w and
 * B = y^w·g^((m−M)·c). These are g^ρ·α^c and y^ρ·(β/g^M)^c for ρ = w − r·c, as the verifier
 * recomputes them: for the true one because m = M, for the others because c was chosen first.
 *
 * @param prefix what the challenge is bound to, up to the commitments
 * @param truth the place of a statement that is true
 */
export function oneOf<Element>(
  { group, raiseKey }: Ground<Element>,
  chance: Chance,
  prefix: string,
  branches: readonly Branch[],
  truth: number,
): Proof[] {
  const { order } = group;
  const numbers = chance.proof(prefix);
  const chosen: { c: bigint; w: bigint }[] = [];
  const commitments: Element[] = [];
  let sum = 0n;
  for (const { difference } of branches) {
    const c = numbers.scalar();
    const w = numbers.scalar();
    const off = group.power(reduced(difference * c, order));
    commitments.push(group.power(w), group.times(raiseKey(w), off));
    chosen.push({ c, w });
    sum += c;
  }
  const lacking = challenge(group, prefix, commitments) - sum;
  return branches.map(({ encryption }, place) => {
    const { c, w } = chosen[place]!;
    const own = reduced(c + lacking * BigInt(Number(place === truth)), order);
    return { challenge: own, response: reduced(w - encryption * own, order) };
  });
}

/** Proves that one knows the number that the generator was raised to. */
export function knows<Element>(
  group: Group<Element>,
  chance: Chance,
  prefix: string,
  secret: bigint,
): Proof {
  const w = chance.proof(prefix).scalar();
  const c = challenge(group, prefix, [group.power(w)]);
  return { challenge: c, response: reduced(w - secret * c, group.order) };
}
