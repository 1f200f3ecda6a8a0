// The ballots of this client: sound in every group, one form, nothing in them that a choice shows in,
// and no secret number that a stuck generator makes appear twice.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ed25519 } from "@noble/curves/ed25519.js";
import { NotAllowed, steps } from "../src/ballot.ts";
import type { Choice } from "../src/ballot.ts";
import { fingerprint } from "../src/bytes.ts";
import { Chance, Stream } from "../src/chance.ts";
import { ED25519 } from "../src/ed25519.ts";
import { Unusable, election } from "../src/election.ts";
import { BELENIOS_2048, RFC_3526_2048 } from "../src/field.ts";
import type { Group } from "../src/group.ts";
import { QUESTIONS, RANKING, RANKS, VOTES, cast, held, seeded } from "./sample-election.ts";
import { wrong } from "./verify.ts";
import type { BallotText, TalliedText } from "./verify.ts";

const OWN = held(ED25519, QUESTIONS);

function sound<Element>(group: Group<Element>, asked: typeof QUESTIONS, votes: typeof VOTES): void {
  const { election: own } = held(group, asked);
  votes.forEach((choices, voter) => {
    const { text, tracker } = cast(own, voter, choices);
    assert.deepEqual(wrong(own, text), [], `${group.name}, voter ${voter}`);
    assert.equal(tracker, fingerprint(text));
    assert.match(tracker, /^[A-Za-z0-9+/]{43}$/);
  });
}

test("every allowed choice makes a sound ballot", () => {
  sound(ED25519, QUESTIONS, VOTES);
  sound(ED25519, [RANKING], RANKS);
  sound(RFC_3526_2048, [RANKING], RANKS.slice(0, 1));
  sound(BELENIOS_2048, [QUESTIONS[1]!], [[[0, 1, 0]], [[1, 0, 0]]]);
});

test("a choice that is not allowed makes no ballot, and nothing is drawn for it", () => {
  const no: [Choice, number][] = [
    [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 0],
    [[1, 1, 0, 0, 0, 0, 0, 0, 0, 0], 0],
    [[1, 0, 0], 0],
    [[2, -1, 0, 0, 0, 0, 0, 0, 0, 0], 0],
    [[0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0], 0],
    [[1, 1, 0], 1],
    [[0, 0, 0], 1],
    [[1, 1, 1, 1, 0], 2],
    [[1, 1, 0, 0, 0], 3],
    [[0, 1, 0, 0, 0], 3],
  ];
  const generator = (): void => assert.fail("bytes were drawn");
  for (const [choice, question] of no) {
    const choices = VOTES[0]!.map((own, nth) => (nth === question ? choice : own));
    const refused = (error: unknown): boolean =>
      error instanceof NotAllowed && error.question === question;
    assert.throws(() => cast(OWN.election, 1, choices, { generator }), refused, `${choice}`);
  }
  assert.throws(() => cast(OWN.election, 1, VOTES[0]!.slice(1), { generator }), NotAllowed);
});

test("an election that ballots cannot be made for is refused by name", () => {
  const key = OWN.election.keyText;
  const one = `01${"0".repeat(62)}`.replace(/^(..)(.*)$/, "$2$1");
  const small = `${"0".repeat(64)}`;
  const cases: [string, string, Unusable["code"]][] = [
    ['{"version":1', '{"version":2', "version"],
    ["Ed25519", "Ed448", "group"],
    [key, one, "key"],
    [key, small, "key"],
    [key, key.toUpperCase(), "key"],
    [key, "f".repeat(64), "key"],
    ['"max":1', '"max":11', "question"],
    ['"min":1', '"min":2', "question"],
    ['{"answers"', '{"type":"Lists","answers"', "question"],
    ["{", "", "syntax"],
  ];
  for (const [from, to, code] of cases) {
    const altered = OWN.json.replace(from, to);
    assert.notEqual(altered, OWN.json, code);
    const named = (error: unknown): boolean => error instanceof Unusable && error.code === code;
    assert.throws(() => election(altered, ED25519), named, `${from} → ${to}`);
  }
});

/** Every number and element that a ballot shows. */
function shown(text: string): string[] {
  return text.match(/"(?:[0-9a-f]{64}|[0-9]{50,})"/g) ?? [];
}

test("a stuck generator gives no two ballots alike, and no number twice", () => {
  const generator = (bytes: Uint8Array): void => void bytes.fill(7);
  const [first, second] = [VOTES[0]!, VOTES[1]!];
  const made = [
    cast(OWN.election, 1, first, { generator }),
    cast(OWN.election, 1, first, { generator, occasion: "2" }),
    cast(OWN.election, 1, second, { generator }),
    cast(OWN.election, 2, first, { generator }),
    cast(held(ED25519, [...QUESTIONS].reverse()).election, 1, [...first].reverse(), { generator }),
  ];
  // The credential of voter 1 stands in four of them; nothing else may come back.
  const seen = new Map<string, number>();
  for (const { text } of made) {
    const own = shown(text);
    assert.equal(new Set(own).size, own.length, "a number comes back within a ballot");
    for (const one of own) seen.set(one, (seen.get(one) ?? 0) + 1);
  }
  assert.deepEqual([...seen.values()].filter((times) => times > 1), [4]);
  assert.equal(new Set(made.map(({ opening }) => opening.join())).size, made.length);
});

test("whoever knows the generator but not the secret knows no number", () => {
  const generator = (bytes: Uint8Array): void => void bytes.fill(7);
  const numbers = [1n, 2n].map((secret) => {
    const chance = new Chance(generator, ED25519, secret, ["the same"]);
    return [chance.opening().join(), chance.proof("the same").scalar()];
  });
  assert.notEqual(numbers[0]![0], numbers[1]![0]);
  assert.notEqual(numbers[0]![1], numbers[1]![1]);
});

test("the generator matters, and the same bytes make the same ballot", () => {
  const made = (seed: string): string =>
    cast(OWN.election, 1, VOTES[0]!, { generator: seeded(seed) }).text;
  assert.equal(made("a"), made("a"));
  assert.notEqual(made("a"), made("b"));
});

test("how much is drawn, and the form of the ballot, do not depend on the choice", () => {
  const forms = VOTES.map((choices) => {
    let drawn = 0;
    const source = seeded("form");
    const generator = (bytes: Uint8Array<ArrayBuffer>): void => {
      drawn += bytes.length;
      source(bytes);
    };
    const { text } = cast(OWN.election, 1, choices, { generator });
    return `${drawn} ${text.replaceAll(/[0-9]{60,78}"/g, 'n"').replaceAll(/[0-9a-f]{64}"/g, 'e"')}`;
  });
  const plain = forms.map((form) => form.replace(/"(?:election_)?hash":"[^"]*"/g, ""));
  assert.equal(new Set(plain).size, 1);
});

test("an opening opens every choice of its ballot and no other", () => {
  const { text, opening } = cast(OWN.election, 1, VOTES[2]!);
  const { group, key } = OWN.election;
  const raiseKey = group.fixed(key);
  const { answers } = JSON.parse(text) as BallotText;
  const encryptions = new Stream(group, opening);
  answers.forEach((answer, question) => {
    (answer as TalliedText).choices.forEach(({ alpha, beta }, place) => {
      const r = encryptions.scalar();
      const own = BigInt(VOTES[2]![question]![place]!);
      const expected = group.encode([group.power(r), group.times(raiseKey(r), group.power(own))]);
      assert.deepEqual([alpha, beta], expected);
    });
  });
});

test("the steps that are announced are taken", () => {
  assert.equal(steps(OWN.election), 10 + 3 + 5 + 5 + 3);
});

test("the curve is the one that signatures of the same name are made on", () => {
  const { Point } = ed25519;
  assert.equal(ED25519.order, Point.Fn.ORDER);
  for (const exponent of [0n, 1n, 2n, 987_654_321n, ED25519.order - 2n]) {
    const theirs = exponent === 0n ? Point.ZERO : Point.BASE.multiply(exponent);
    const [ours] = ED25519.encode([ED25519.power(exponent)]);
    assert.equal(ours, Buffer.from(theirs.toBytes().reverse()).toString("hex"));
    if (exponent > 0n) assert.deepEqual(ED25519.encode([ED25519.decode(ours!)]), [ours]);
  }
});
