// What the pages stand on, without a browser: names, links, codes, openings, words.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { sha256 } from "@noble/hashes/sha2.js";
import { ed25519 } from "@noble/curves/ed25519.js";
import jsqr from "jsqr";
import { fingerprint, fromBase64, toNumber, utf8 } from "../src/bytes.ts";
import { ED25519 } from "../src/ed25519.ts";
import { election } from "../src/election.ts";
import { opened } from "../src/opened.ts";
import { GOOD_FOR_SECONDS, read, written } from "../src/page/link.ts";
import { pieces } from "../src/page/name.ts";
import { squares } from "../src/page/second.ts";
import { about } from "../src/page/words.ts";
import { AR } from "../src/page/words/ar.ts";
import { EN } from "../src/page/words/en.ts";
import { FA } from "../src/page/words/fa.ts";
import { FR } from "../src/page/words/fr.ts";
import { ROOT } from "./fixtures.ts";
import { QUESTIONS, VOTES, cast, held } from "./sample-election.ts";

/** Pieces as one text, marks in brackets. */
function shown(name: string): string {
  return pieces(name).map((piece) => ("text" in piece ? piece.text : `[${piece.mark}]`)).join("");
}

test("names are shown as what they are", () => {
  const cases: [string, string][] = [
    ["Amal Haddad", "Amal Haddad"],
    ["<b>Amal</b> &amp;", "<b>Amal</b> &amp;"],
    ["أمل حدّاد", "أمل حدّاد"],
    // The non-joiner of Persian spelling stays, and no other one.
    ["علی\u200cرضا", "علی\u200cرضا"],
    ["\u200cعلی", "[U+200C]علی"],
    ["Am\u200cal", "Am[U+200C]al"],
    ["Amal\u202eddaH", "Amal[U+202E]ddaH"],
    ["\u2066Amal\u2069", "[U+2066]Amal[U+2069]"],
    ["\u200fAmal\u200e\u061c", "[U+200F]Amal[U+200E][U+061C]"],
    ["A\u200bm\u2060a\ufeffl\u00ad", "A[U+200B]m[U+2060]a[U+FEFF]l[U+00AD]"],
    ["Amal\u3164\u2800\u115f", "Amal[U+3164][U+2800][U+115F]"],
    ["Amal\ufe0f\u{e0041}", "Amal[U+FE0F][U+E0041]"],
    ["A\u0000m\na\u0085l\u2028", "A[U+0000]m[U+000A]a[U+0085]l[U+2028]"],
    ["A\ud800l", "A[U+D800]l"],
    ["a\u0323\u0323\u0323\u0323\u0323", "ạ\u0323\u0323\u0323[U+0323]"],
    ["", ""],
  ];
  for (const [name, expected] of cases) assert.equal(shown(name), expected, JSON.stringify(name));
});

test("a link is good for half an hour and in one form", () => {
  const { tracker, opening } = cast(held(ED25519, [QUESTIONS[1]!]).election, 1, [[0, 1, 0]]);
  const at = 1_800_000_000;
  const text = written({ tracker, opening, until: at + GOOD_FOR_SECONDS });
  assert.match(text, /^[\w.-]+$/);
  const link = { tracker, opening, until: at + GOOD_FOR_SECONDS };
  assert.deepEqual(read(text, at), link);
  assert.deepEqual(read(text, at + GOOD_FOR_SECONDS - 1), link);
  assert.equal(read(text, at + GOOD_FOR_SECONDS), "expired");
  assert.equal(read(text, at - 3_600), "expired");
  const end = text.split(".")[2]!;
  for (const other of ["", "1", text.slice(1), `2${text.slice(1)}`, `${text}é`, text.slice(0, 60)]) {
    assert.equal(read(other, at), "unreadable", other);
  }
  // The last digit of 32 bytes holds four bits: one that says more is another form of them.
  assert.equal(read(`1.${"A".repeat(42)}B.${"A".repeat(43)}.${end}`, at), "unreadable");
});

test("base64 has one form", () => {
  for (const bytes of [[], [0], [255, 254], [1, 2, 3], [251, 255, 191, 62]]) {
    const text = Buffer.from(bytes).toString("base64").replaceAll("=", "");
    assert.deepEqual([...fromBase64(text)], bytes);
  }
  for (const wrong of ["A", "AB", "AA=", "A A", "é"]) assert.throws(() => fromBase64(wrong), wrong);
});

/** A drawn code as a picture of four dots a square, read by another program's reader. */
function scanned(text: string): string | undefined {
  const { path: drawn, side } = squares(text);
  const [rim, dots] = [4, 4];
  const width = (side + 2 * rim) * dots;
  const picture = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, run] of drawn.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = 0; row < dots; row += 1) {
      for (let column = 0; column < Number(run) * dots; column += 1) {
        const down = (Number(y) + rim) * dots + row;
        const along = (Number(x) + rim) * dots + column;
        picture.fill(0, (down * width + along) * 4, (down * width + along) * 4 + 3);
      }
    }
  }
  const scan = jsqr as unknown as { default?: typeof jsqr } & typeof jsqr;
  return (scan.default ?? scan)(picture, width, width)?.data;
}

test("the code of a check is read by another program", () => {
  const fragment = `1.${"aZ-_09".repeat(8).slice(0, 43)}.${"b".repeat(43)}.tr5k2m`;
  for (const host of ["http://127.0.0.1:8080", `https://vote.${"long-".repeat(12)}name.example`]) {
    const address = `${host}/ballot/practice/check?lang=ar#${fragment}`;
    assert.equal(scanned(address), address);
  }
});

test("a ballot is told to whoever has its opening, and no other ballot", () => {
  const own = held(ED25519, QUESTIONS).election;
  const [one, other] = [cast(own, 1, VOTES[0]!), cast(own, 2, VOTES[1]!)];
  assert.deepEqual(opened(own, one.text, one.tracker, one.opening), VOTES[0]);
  const otherOne = held(ED25519, [...QUESTIONS].reverse()).election;
  assert.equal(opened(own, one.text, one.tracker, other.opening), "another-opening");
  assert.equal(opened(own, other.text, one.tracker, one.opening), "another-ballot");
  assert.equal(opened(otherOne, one.text, one.tracker, one.opening), "another-election");
  const altered = one.text.replace(/"beta":"(.)/, (_, digit) => `"beta":"${digit === "0" ? 1 : 0}`);
  assert.equal(opened(own, altered, one.tracker, one.opening), "another-ballot");
  // Either half of a ciphertext, in whichever ballot: what it holds follows from both.
  for (const half of ["alpha", "beta"]) {
    const found = one.text.match(new RegExp(`"${half}":"([^"]*)"`, "g"))!;
    const swapped = one.text.replace(found[0]!, found[1]!);
    assert.equal(opened(own, swapped, fingerprint(swapped), one.opening), "another-opening", half);
  }
});

test("the languages have the same sentences about the same things", () => {
  const places = (text: string): number => text.split("{}").length;
  for (const other of [AR, FA, FR]) {
    assert.deepEqual(Object.keys(other), Object.keys(EN));
    for (const [key, text] of Object.entries(other)) {
      assert.ok(text.length > 0, key);
      assert.equal(places(text), places(EN[key as keyof typeof EN]), `${key}: ${text}`);
      if (other !== FR) assert.match(text, /\p{Script=Arabic}/u, key);
    }
  }
  assert.equal(about("from {} to {}", "1", "2"), "from 1 to 2");
});

test("nobody holds the key of the practice elections: it follows from a text", () => {
  // The derivation of generators in the protocol: eight times the first point at or after the hash.
  let number = toNumber(sha256(utf8("ggen|practice"))) >> 2n;
  const { Point } = ed25519;
  let point: typeof Point.BASE | undefined;
  for (; !point; number += 1n) {
    const bytes = Buffer.from(number.toString(16).padStart(64, "0"), "hex").reverse();
    try {
      point = Point.fromBytes(new Uint8Array(bytes));
    } catch {
      // The next number is tried.
    }
  }
  const key = Buffer.from(point.clearCofactor().toBytes().reverse()).toString("hex");
  for (const language of ["ar", "fa", "fr", "en"]) {
    const place = path.join(ROOT, `crates/sanduq-web/assets/practice/${language}.json`);
    const own = election(readFileSync(place, "utf8"), ED25519);
    assert.equal(own.keyText, key, language);
    assert.equal(own.questions[0]!.answers.length, 10, language);
  }
});
