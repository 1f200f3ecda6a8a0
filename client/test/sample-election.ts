// Elections of the tests' own, with a key that the tests hold, and voters whose choices are known.

import { sha512 } from "@noble/hashes/sha2.js";
import { ballot } from "../src/ballot.ts";
import type { Ballot, Choice } from "../src/ballot.ts";
import { joined, utf8 } from "../src/bytes.ts";
import type { Generator } from "../src/chance.ts";
import { derived } from "../src/credential.ts";
import { election } from "../src/election.ts";
import type { Election } from "../src/election.ts";
import { challenge, reduced } from "../src/group.ts";
import type { Group } from "../src/group.ts";

/** A question of `election.json`. */
export type Asked = Record<string, unknown>;

/** An election with the one trustee's private key. */
export interface Held<Element> {
  readonly json: string;
  readonly election: Election<Element>;
  readonly key: bigint;
}

/** One of ten; one of two or blank; up to three of five; two or three of four or blank. */
export const QUESTIONS: readonly Asked[] = [
  { answers: Array.from({ length: 10 }, (_, nth) => `C${nth + 1}`), min: 1, max: 1, question: "1" },
  { answers: ["Yes", "No"], blank: true, min: 1, max: 1, question: "2" },
  { answers: ["A", "B", "C", "D", "E"], min: 0, max: 3, question: "3" },
  { answers: ["A", "B", "C", "D"], blank: true, min: 2, max: 3, question: "4" },
  { answers: ["A", "B"], blank: true, min: 0, max: 2, question: "5" },
];

/** Allowed answers to these questions, each voter's in a row. */
export const VOTES: readonly (readonly Choice[])[] = [
  [[1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [0, 1, 0], [0, 0, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0]],
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 1], [1, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0]],
  [[0, 0, 0, 0, 1, 0, 0, 0, 0, 0], [0, 0, 1], [0, 1, 0, 0, 1], [0, 1, 1, 0, 1], [0, 1, 1]],
];

/** A question whose answers are shuffled, and answers to it. */
export const RANKING: Asked = {
  type: "NonHomomorphic",
  value: { answers: ["A", "B", "C"], question: "Rank" },
};
export const RANKS: readonly (readonly Choice[])[] = [[[2, 3, 1]], [[3, 1, 2]], [[1, 2, 255]]];

/** Bytes that look like chance and follow from a seed: SHA-512 of the seed and a counter. */
export function seeded(seed: string): Generator {
  let counter = 0;
  let held = new Uint8Array(0);
  return (bytes) => {
    while (held.length < bytes.length) {
      held = joined(held, sha512(utf8(`${seed}|${counter}`))) as Uint8Array<ArrayBuffer>;
      counter += 1;
    }
    bytes.set(held.subarray(0, bytes.length));
    held = held.slice(bytes.length);
  };
}

/** An election with these questions. */
export function held<Element>(group: Group<Element>, questions: readonly Asked[]): Held<Element> {
  const key = 123_456_789_012_345_678_901_234_567_890n;
  const [text] = group.encode([group.power(key)]);
  const json = JSON.stringify({
    version: 1,
    description: "d",
    name: "A sample – نموذج",
    group: group.name,
    public_key: text,
    questions,
    uuid: "kLNvaWi4TKA9hQ",
  });
  return { json, election: election(json, group), key };
}

/** The public key of an election's trustee with the proof that it is known. */
export function trustees<Element>({ election: { group, keyText }, key }: Held<Element>): string {
  const w = 987_654_321_987_654_321n;
  const c = challenge(group, `pok|${group.name}|${keyText}|`, [group.power(w)]);
  const response = reduced(w - key * c, group.order);
  const pok = { challenge: String(c), response: String(response) };
  return JSON.stringify([["Single", { pok, public_key: keyText }]]);
}

/** The secret of a voter. */
export function secret<Element>({ group, uuid }: Election<Element>, voter: number): bigint {
  return derived(group, uuid, `voter-${voter}`);
}

/** The public credential of a voter. */
export function credential<Element>(own: Election<Element>, voter: number): string {
  return own.group.encode([own.group.power(secret(own, voter))])[0]!;
}

/** The ballot of a voter. */
export function cast<Element>(
  own: Election<Element>,
  voter: number,
  choices: readonly Choice[],
  more: { generator?: Generator; occasion?: string } = {},
): Ballot {
  const { generator = seeded(`voter ${voter}`), occasion = "1" } = more;
  return ballot({ election: own, choices, secret: secret(own, voter), occasion, generator });
}
