// What a secret is raised with: only the multiplication of the curve's library whose steps do not
// depend on the number, in an order that does not depend on the choice; and no finite field in what
// voters are served.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ED25519 } from "../src/ed25519.ts";
import type { Point } from "../src/ed25519.ts";
import type { Group } from "../src/group.ts";
import { ROOT } from "./fixtures.ts";
import { QUESTIONS, VOTES, cast, held } from "./sample-election.ts";

const SOURCES = path.join(ROOT, "client/src");

/** Every source file that voters' pages are built from, with its text and without its comments. */
function sources(): [string, string][] {
  const names = readdirSync(SOURCES, { recursive: true }) as string[];
  const written = names.filter((name) => name.endsWith(".ts"));
  const read = (name: string): string => readFileSync(path.join(SOURCES, name), "utf8");
  return written.map((name) => [name, read(name).replace(/\/\*[^]*?\*\/|\/\/.*$/gm, "")]);
}

/** Words that a source must not have: arithmetic whose time tells a secret. */
const FORBIDDEN = [/multiplyUnsafe/, /\*\*/, /\.pow\(/, /Math\.random/, /pippenger/i];

test("no source multiplies in a time that depends on the number", () => {
  const breaches = (all: [string, string][]): string[] =>
    all.flatMap(([name, text]) =>
      FORBIDDEN.filter((word) => word.test(text)).map((word) => `${name}: ${word}`),
    );
  assert.deepEqual(breaches(sources()), []);
  assert.equal(breaches([["planted.ts", "key.multiplyUnsafe(secret) + g ** secret"]]).length, 2);
});

test("only tests know the finite fields", () => {
  const importing = sources().filter(([, text]) => /from "\.[^"]*\/field\.ts"/.test(text));
  assert.deepEqual(importing.map(([name]) => name), []);
});

/** What a ballot raises, in order: the generator, the key, or another element. */
function trace(choices: (typeof VOTES)[number]): string[] {
  const seen: string[] = [];
  const watched: Group<Point> = {
    ...ED25519,
    power: (exponent) => {
      seen.push("g");
      return ED25519.power(exponent);
    },
    fixed: (base) => {
      const raise = ED25519.fixed(base);
      return (exponent) => {
        seen.push(base.equals(own.key) ? "y" : "another");
        return raise(exponent);
      };
    },
  };
  const { election: own } = held(watched, QUESTIONS);
  seen.length = 0;
  cast(own, 1, choices);
  return seen;
}

test("the same elements are raised in the same order for every choice", () => {
  const [first, ...others] = VOTES.map(trace);
  assert.deepEqual([...new Set(first)].sort(), ["g", "y"]);
  for (const other of others) assert.deepEqual(other, first);
});
