// An outside program, belenios-tool 2.0, checks elections whose ballots this client made, opens them
// and finds the choices that went in. It knows the finite fields alone. Without it: visibly skipped.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import type { Choice } from "../src/ballot.ts";
import { BELENIOS_2048, RFC_3526_2048 } from "../src/field.ts";
import {
  QUESTIONS,
  RANKING,
  RANKS,
  VOTES,
  cast,
  credential,
  held,
  trustees,
} from "./sample-election.ts";
import type { Held } from "./sample-election.ts";

const TOOL = "belenios-tool";
const skip = spawnSync(TOOL, ["--version"]).status === 0
  ? false
  : "skipped: belenios-tool is not installed";

/** A folder in which the tool keeps one election. */
class Archive {
  readonly folder = mkdtempSync(path.join(tmpdir(), "sanduq-ballot-"));

  run(args: string[], input = ""): { status: number | null; said: string; output: string } {
    const done = spawnSync(TOOL, args, { cwd: this.folder, input, encoding: "utf8" });
    return { status: done.status, said: done.stderr, output: done.stdout };
  }

  must(args: string[], input = ""): string {
    const { status, said, output } = this.run(args, input);
    assert.equal(status, 0, `${args.join(" ")}: ${said}`);
    return output;
  }

  begin<Element>(own: Held<Element>, voters: number): void {
    const list = Array.from({ length: voters }, (_, voter) => credential(own.election, voter));
    const files: Record<string, string> = {
      "election.json": own.json,
      "trustees.json": trustees(own),
      "public_creds.json": JSON.stringify(list),
      "key.privkey": JSON.stringify(String(own.key)),
    };
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(path.join(this.folder, name), text);
    }
    this.must(["archive", "init"]);
  }

  add(type: string, payload = ""): void {
    this.must(["archive", "add-event", `--type=${type}`], payload);
  }

  verify(): boolean {
    return this.run(["election", "verify"]).status === 0;
  }

  /** Closes, opens and returns the result. */
  result(shuffle: boolean): unknown {
    this.add("EndBallots");
    this.add("EncryptedTally", this.must(["election", "compute-encrypted-tally"]));
    if (shuffle) {
      this.add("Shuffle", this.must(["election", "shuffle", "--trustee-id=1"]));
      this.add("EndShuffles");
    }
    const decrypt = ["election", "decrypt", "--privkey=key.privkey", "--trustee-id=1"];
    this.add("PartialDecryption", this.must(decrypt));
    const result = this.must(["election", "compute-result"]);
    this.add("Result", result);
    return JSON.parse(result);
  }

  end(): void {
    rmSync(this.folder, { recursive: true });
  }
}

function counted<Element>(own: Held<Element>, votes: readonly (readonly Choice[])[]): unknown {
  const archive = new Archive();
  try {
    archive.begin(own, votes.length);
    votes.forEach((choices, voter) => archive.add("Ballot", cast(own.election, voter, choices).text));
    const shuffle = own.json.includes("NonHomomorphic");
    const { result } = archive.result(shuffle) as { result: unknown[] };
    assert.ok(archive.verify(), "the whole archive is accepted");
    return shuffle ? [(result[0] as number[][]).map(String).sort()] : result;
  } finally {
    archive.end();
  }
}

const sums = (votes: readonly (readonly Choice[])[]): number[][] =>
  votes[0]!.map((first, question) =>
    first.map((_, place) => votes.reduce((sum, vote) => sum + vote[question]![place]!, 0)),
  );

test("the tool accepts our ballots and counts what was chosen", { skip }, () => {
  assert.deepEqual(counted(held(BELENIOS_2048, QUESTIONS), VOTES), sums(VOTES));
  const few = VOTES.map((choices) => [choices[1]!]);
  assert.deepEqual(counted(held(RFC_3526_2048, [QUESTIONS[1]!]), few), sums(few));
});

test("the tool accepts our preferences and finds them again", { skip }, () => {
  const meant = RANKS.map(([rank]) => String(rank)).sort();
  assert.deepEqual(counted(held(RFC_3526_2048, [RANKING]), RANKS), [meant]);
});

test("the tool refuses our ballot when a proof of it is altered", { skip }, () => {
  const own = held(BELENIOS_2048, [QUESTIONS[1]!]);
  const { text } = cast(own.election, 0, [[0, 1, 0]]);
  const accepted = new Archive();
  accepted.begin(own, 1);
  accepted.add("Ballot", text);
  assert.ok(accepted.verify(), "as it was made");
  accepted.end();
  for (const place of ["individual_proofs", "overall_proof", "blank_proof", "signature"]) {
    const at = text.indexOf('"response":"', text.indexOf(place)) + '"response":"'.length + 3;
    const altered = text.slice(0, at) + (text[at] === "4" ? "5" : "4") + text.slice(at + 1);
    const archive = new Archive();
    try {
      archive.begin(own, 1);
      archive.run(["archive", "add-event", "--type=Ballot"], altered);
      assert.ok(!archive.verify(), place);
    } finally {
      archive.end();
    }
  }
});
