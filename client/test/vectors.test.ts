// The vectors that other programs replay are what this client does today; with `VECTORS=write` they
// are written anew, which the difference of a change then shows.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { ROOT } from "./fixtures.ts";
import { file } from "./vectors.ts";

test("the vectors are made again byte for byte", () => {
  const place = path.join(ROOT, "testdata/ballot/vectors.json");
  const made = file();
  if (process.env["VECTORS"] === "write") writeFileSync(place, made);
  assert.equal(readFileSync(place, "utf8"), made);
});
