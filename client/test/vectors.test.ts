// The files that other programs replay or read are what this client does today; with `VECTORS=write`
// they are written anew, which the difference of a change then shows.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "./fixtures.ts";
import { file, practice } from "./vectors.ts";

function same(name: string, made: string): void {
  const place = path.join(ROOT, "testdata/ballot", name);
  if (process.env["VECTORS"] === "write") writeFileSync(place, made);
  assert.equal(readFileSync(place, "utf8"), made);
}

test("the vectors are made again byte for byte", () => same("vectors.json", file()));

test("so is the ballot that the program's tests read", () => {
  const place = path.join(ROOT, "crates/sanduq-web/assets/practice/en.json");
  same("practice.json", practice(readFileSync(place, "utf8")));
});
