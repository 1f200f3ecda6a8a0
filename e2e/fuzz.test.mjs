// Every JSON door under schemathesis, an outside program that reads /openapi.json and asks what the
// description allows and what it does not: on the sample, and on an election in a store.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TARGET, hosted, rehearse } from "./site.mjs";

const PINNED = path.join(path.dirname(fileURLToPath(import.meta.url)), "requirements.txt");
const CONFIG = path.join(path.dirname(PINNED), "schemathesis.toml");
const FOLDER = path.join(TARGET, "schemathesis");
const RUN = [
  `--config-file=${CONFIG}`,
  "run",
  "--checks=all",
  "--phases=examples,coverage,fuzzing,stateful",
  "--max-examples=40",
  "--seed=1",
  "--continue-on-failure",
  "--no-color",
];

/** The program, made once beside the other products of the build; what failed where it cannot be. */
function schemathesis() {
  const stamp = path.join(FOLDER, "installed.txt");
  const pinned = readFileSync(PINNED, "utf8");
  const there = existsSync(stamp) && readFileSync(stamp, "utf8") === pinned;
  const pip = ["-m", "pip", "install", "--quiet", "--retries=1", "--timeout=20", "-r", PINNED];
  const steps = [
    ["python3", ["-m", "venv", FOLDER]],
    [path.join(FOLDER, "bin/python"), pip],
  ];
  for (const [program, args] of there ? [] : steps) {
    if (spawnSync(program, args).status !== 0) return { failed: `${program} ${args[1]} failed` };
  }
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(stamp, pinned);
  return { program: path.join(FOLDER, "bin/st") };
}

for (const [where, start] of [
  ["on the sample", undefined],
  ["on an election in a store", () => rehearse("--leave", "3")],
]) {
  describe(`the JSON doors under schemathesis, ${where}`, () => {
    const host = hosted(start);
    test("every check, and nothing found", (t) => {
      const { program, failed } = schemathesis();
      if (failed) return t.skip(`schemathesis is not there: ${failed}`);
      const url = `${host.site.address}/openapi.json`;
      const ran = spawnSync(program, [...RUN, url], { cwd: FOLDER, encoding: "utf8" });
      assert.equal(ran.status, 0, ran.stdout + ran.stderr);
      console.log(`${where}: ${/Test cases:\n *(.*)/.exec(ran.stdout)?.[1]}`);
    });
  });
}
