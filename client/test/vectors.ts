// What another program needs to make the very same ballots: everything that goes in, every number
// that is derived on the way, and the bytes that come out. Written to testdata/ballot/vectors.json.

import type { Choice } from "../src/ballot.ts";
import { hex } from "../src/bytes.ts";
import { Stream } from "../src/chance.ts";
import { ED25519 } from "../src/ed25519.ts";
import { election } from "../src/election.ts";
import { BELENIOS_2048, RFC_3526_2048 } from "../src/field.ts";
import type { Group } from "../src/group.ts";
import { QUESTIONS, RANKING, RANKS, VOTES, cast, held, secret, seeded } from "./sample-election.ts";
import type { Asked } from "./sample-election.ts";

/** A ballot and all that it follows from. */
export interface Vector {
  readonly name: string;
  readonly group: string;
  /** The bytes of `election.json`. */
  readonly election: string;
  readonly fingerprint: string;
  /** The code on the voter's letter, and the secret scalar it becomes (derivation of 2.4). */
  readonly code: string;
  readonly secret: string;
  readonly occasion: string;
  readonly choices: readonly Choice[];
  /** All bytes drawn from the generator, in order, in hexadecimal. */
  readonly drawn: string;
  /** 32 bytes that the numbers of the ciphertexts follow from, in hexadecimal. */
  readonly opening: string;
  /** The secret numbers in the order of drawing: of ciphertexts, and challenges and commitments. */
  readonly numbers: readonly string[];
  readonly ballot: string;
  readonly tracker: string;
}

function vector<Element>(
  name: string,
  group: Group<Element>,
  asked: readonly Asked[],
  choices: readonly Choice[],
): Vector {
  const { json, election: own } = held(group, asked);
  const source = seeded(name);
  let drawn = "";
  const generator = (bytes: Uint8Array<ArrayBuffer>): void => {
    source(bytes);
    drawn += hex(bytes);
  };
  const numbers: string[] = [];
  const original = Stream.prototype.scalar;
  Stream.prototype.scalar = function (): bigint {
    const number = original.call(this);
    numbers.push(String(number));
    return number;
  };
  try {
    const occasion = "2027-01-01T00:00:00Z 1";
    const made = cast(own, 1, choices, { generator, occasion });
    return {
      name,
      group: group.name,
      election: json,
      fingerprint: own.fingerprint,
      code: "voter-1",
      secret: String(secret(own, 1)),
      occasion,
      choices,
      drawn,
      opening: hex(made.opening),
      numbers,
      ballot: made.text,
      tracker: made.tracker,
    };
  } finally {
    Stream.prototype.scalar = original;
  }
}

/** Every vector. */
export function vectors(): Vector[] {
  const [ten, referendum, several, blank] = QUESTIONS as [Asked, Asked, Asked, Asked];
  return [
    vector("one of ten", ED25519, [ten], [VOTES[0]![0]!]),
    vector("one of two, not blank", ED25519, [referendum], [[0, 0, 1]]),
    vector("one of two, blank", ED25519, [referendum], [[1, 0, 0]]),
    vector("none of up to three", ED25519, [several], [[0, 0, 0, 0, 0]]),
    vector("three of up to three", ED25519, [several], [[1, 0, 1, 0, 1]]),
    vector("several questions", ED25519, [blank, referendum], [[0, 1, 1, 0, 1], [0, 1, 0]]),
    vector("a preference", ED25519, [RANKING], RANKS[0]!),
    vector("a preference and a choice", ED25519, [RANKING, referendum], [[3, 1, 2], [0, 1, 0]]),
    vector("a finite field", BELENIOS_2048, [referendum], [[0, 1, 0]]),
    vector("a preference in a finite field", RFC_3526_2048, [RANKING], RANKS[1]!),
  ];
}

/** The file of vectors. */
export function file(): string {
  return `${JSON.stringify(vectors(), null, 1)}\n`;
}

/** A ballot of a practice election: for its third candidate. */
export function practice(json: string): string {
  const own = election(json, ED25519);
  const choice = Array.from({ length: own.questions[0]!.answers.length + 1 }, (_, nth) => nth);
  return cast(own, 1, [choice.map((nth) => Number(nth === 3))]).text;
}
