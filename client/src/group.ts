// A group of prime order in which discrete logarithms are hard, written multiplicatively as in the
// Belenios specification (2.0, crypto version 1, "Groups"). Always true here: an `Element` came from
// the group's own arithmetic or from `decode`, which refuses whatever is not in the group.

import { sha256 } from "@noble/hashes/sha2.js";
import { toNumber, utf8 } from "./bytes.ts";

/** A group; scalars are numbers from 0 to `order` − 1. */
export interface Group<Element> {
  /** Its name in `election.json`. */
  readonly name: string;
  /** The number of its elements, a prime. */
  readonly order: bigint;
  /** How many uniform bytes make a scalar: its order's, and 16 more at the least. */
  readonly uniformBytes: number;
  /** How many bits hold each whole number of a preference (`NonHomomorphic` questions). */
  readonly bitsPerNumber: number;
  /** The generator raised to a secret. */
  power(exponent: bigint): Element;
  /** A function that raises this element to secrets, from a table made now. */
  fixed(base: Element): (exponent: bigint) => Element;
  /** Product of two elements. */
  times(one: Element, other: Element): Element;
  /** Quotient of two elements. */
  over(one: Element, other: Element): Element;
  /** Whether two elements are one. */
  equal(one: Element, other: Element): boolean;
  /** The texts of elements, as JSON and hashes have them; many at once cost least. */
  encode(elements: readonly Element[]): string[];
  /**
   * The element of a text.
   *
   * @throws when the text is not the one form of an element of the group.
   */
  decode(text: string): Element;
  /**
   * The element that stands for whole numbers of `bitsPerNumber` bits each.
   *
   * @throws when they do not fit.
   */
  embed(numbers: readonly number[]): Element;
}

/** A whole number in the range from 0 to `order` − 1 that is congruent to `number`. */
export function reduced(number: bigint, order: bigint): bigint {
  const rest = number % order;
  return rest < 0n ? rest + order : rest;
}

/** Whole numbers side by side, the first one highest. */
export function packed(numbers: readonly number[], bits: number): bigint {
  let whole = 0n;
  for (const number of numbers) {
    if (!Number.isInteger(number) || number < 0 || number >= 1 << bits) {
      throw new Error(`preference: ${number} is no whole number of ${bits} bits`);
    }
    whole = (whole << BigInt(bits)) | BigInt(number);
  }
  return whole;
}

/** H(prefix, elements): SHA-256 of the prefix and the elements with commas between, as a scalar. */
export function challenge<Element>(
  group: Group<Element>,
  prefix: string,
  elements: readonly Element[],
): bigint {
  const text = prefix + group.encode(elements).join(",");
  return reduced(toNumber(sha256(utf8(text))), group.order);
}
