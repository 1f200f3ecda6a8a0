// Where secret numbers come from. Always true here: chance is an argument, and it is hedged. Each
// number is HMAC-SHA-512 of fresh bytes, the voter's secret and all that is being said, so that a
// generator that is stuck, or known to somebody else, gives no number twice for two statements. The
// README of the client writes the same down for other programs.

import { hmac } from "@noble/hashes/hmac.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { fromHex, joined, toNumber, utf8 } from "./bytes.ts";
import { reduced } from "./group.ts";
import type { Group } from "./group.ts";

/** Fills an array with unpredictable bytes. */
export type Generator = (bytes: Uint8Array<ArrayBuffer>) => void;

/** Fresh bytes that each stream of numbers begins with. */
export const FRESH_BYTES = 64;
const OPENING_BYTES = 32;

/** The generator of the browser. */
export const BROWSER: Generator = (bytes) => {
  globalThis.crypto.getRandomValues(bytes);
};

/** A number as eight bytes, the highest first. */
function eight(number: number): Uint8Array {
  return fromHex(number.toString(16).padStart(16, "0"));
}

/** A part of a statement behind its length, so that no two lists of parts are one text. */
function measured(part: string): Uint8Array {
  const bytes = utf8(part);
  return joined(eight(bytes.length), bytes);
}

/** A stream of scalars that follows from a key. */
export class Stream {
  readonly #group: Group<unknown>;
  readonly #key: Uint8Array;
  #drawn = 0;

  constructor(group: Group<unknown>, key: Uint8Array) {
    this.#group = group;
    this.#key = key;
  }

  /** The next scalar: so many bytes of HMAC, the lowest first, modulo the order. */
  scalar(): bigint {
    const { uniformBytes, order } = this.#group;
    const blocks: Uint8Array[] = [];
    for (let length = 0; length < uniformBytes; length += 64) {
      blocks.push(hmac(sha512, this.#key, eight(this.#drawn)));
      this.#drawn += 1;
    }
    return reduced(toNumber(joined(...blocks).slice(0, uniformBytes).reverse()), order);
  }
}

/** Chance for one ballot. */
export class Chance {
  readonly #generator: Generator;
  readonly #group: Group<unknown>;
  readonly #secret: string;
  readonly #ground: readonly string[];

  /**
   * @param secret the voter's secret
   * @param ground what the ballot is about to say: the occasion, the election, the voter, the choice
   */
  constructor(
    generator: Generator,
    group: Group<unknown>,
    secret: bigint,
    ground: readonly string[],
  ) {
    this.#generator = generator;
    this.#group = group;
    this.#secret = String(secret);
    this.#ground = ground;
  }

  #key(purpose: string, more: readonly string[]): Uint8Array {
    const fresh = new Uint8Array(FRESH_BYTES);
    this.#generator(fresh);
    const parts = [purpose, this.#secret, ...this.#ground, ...more];
    return hmac(sha512, fresh, joined(...parts.map(measured)));
  }

  /** The secret numbers of one proof, named with the statement that it proves. */
  proof(statement: string): Stream {
    return new Stream(this.#group, this.#key("proof", [statement]));
  }

  /** 32 secret bytes from which everything that opens the ballot follows. */
  opening(): Uint8Array {
    return this.#key("opening", []).slice(0, OPENING_BYTES);
  }
}
