// What an election asks, read from the bytes of its `election.json` (2.0, crypto version 1). Always
// true here: the fingerprint is that of the bytes as they came, never of a text written anew; an
// election of another version or another group is refused by name.

import { fingerprint } from "./bytes.ts";
import type { Group } from "./group.ts";

/** A question whose answers are added up: from `min` to `max` of them, or, with `blank`, none. */
export interface Tallied {
  readonly kind: "tallied";
  readonly question: string;
  readonly answers: readonly string[];
  readonly min: number;
  readonly max: number;
  readonly blank: boolean;
}

/** A question whose answers are numbers, shuffled and shown one by one (`NonHomomorphic`). */
export interface Shuffled {
  readonly kind: "shuffled";
  readonly question: string;
  readonly answers: readonly string[];
}

/** A question. */
export type Question = Tallied | Shuffled;

/** An election whose ballots this program can make. */
export interface Election<Element> {
  readonly group: Group<Element>;
  readonly uuid: string;
  readonly name: string;
  readonly description: string;
  readonly questions: readonly Question[];
  /** SHA-256 of the bytes of `election.json`, in base64 without padding: φ in hashes. */
  readonly fingerprint: string;
  /** The election's public key. */
  readonly key: Element;
  /** The public key as it is written. */
  readonly keyText: string;
}

/** Raised with a stable word for what an `election.json` cannot be used for. */
export class Unusable extends Error {
  readonly code: "syntax" | "version" | "group" | "key" | "question";

  constructor(code: Unusable["code"], why: string) {
    super(`election.json: ${why}`);
    this.code = code;
  }
}

type Read = Record<string, unknown>;

function texts(value: unknown): readonly string[] {
  const all = Array.isArray(value) && value.every((one) => typeof one === "string");
  if (!all || value.length === 0) throw new Unusable("question", "answers are not texts");
  return value as string[];
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Unusable("syntax", "a text is missing");
  return value;
}

function count(value: unknown, most: number): number {
  const whole = typeof value === "number" && Number.isInteger(value) && value >= 0;
  if (!whole || value > most) throw new Unusable("question", "min or max is out of range");
  return value;
}

function question(read: Read): Question {
  if (read["type"] === "NonHomomorphic") {
    const value = read["value"] as Read;
    return {
      kind: "shuffled",
      question: text(value["question"]),
      answers: texts(value["answers"]),
    };
  }
  if (read["type"] !== undefined) throw new Unusable("question", "of an unknown type");
  const answers = texts(read["answers"]);
  const max = count(read["max"], answers.length);
  return {
    kind: "tallied",
    question: text(read["question"]),
    answers,
    min: count(read["min"], max),
    max,
    blank: read["blank"] === true,
  };
}

/**
 * Reads an `election.json`.
 *
 * @throws {Unusable} when this program cannot make ballots for it.
 */
export function election<Element>(bytes: string, group: Group<Element>): Election<Element> {
  let read: Read;
  try {
    read = JSON.parse(bytes) as Read;
  } catch {
    throw new Unusable("syntax", "it is not JSON");
  }
  if (read["version"] !== 1) throw new Unusable("version", "it is not of crypto version 1");
  if (read["group"] !== group.name) throw new Unusable("group", "it is of another group");
  const keyText = text(read["public_key"]);
  const questions = Array.isArray(read["questions"]) ? (read["questions"] as Read[]) : [];
  if (questions.length === 0) throw new Unusable("question", "it asks nothing");
  let key: Element;
  try {
    key = group.decode(keyText);
  } catch (error) {
    throw new Unusable("key", `its public key is refused: ${String(error)}`);
  }
  if (group.equal(key, group.power(0n))) throw new Unusable("key", "its public key is one");
  return {
    group,
    uuid: text(read["uuid"]),
    name: text(read["name"]),
    description: text(read["description"]),
    questions: questions.map(question),
    fingerprint: fingerprint(bytes),
    key,
    keyText,
  };
}
