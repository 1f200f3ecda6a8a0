// Ballots that other programs made, read by the verifier that later tests trust: it accepts every one
// of them, and none that was altered.

import assert from "node:assert/strict";
import { test } from "node:test";
import { derived } from "../src/credential.ts";
import { ED25519 } from "../src/ed25519.ts";
import { election } from "../src/election.ts";
import { BELENIOS_2048, RFC_3526_2048 } from "../src/field.ts";
import type { Group } from "../src/group.ts";
import { absent, ballots, privateKey, read, votes } from "./fixtures.ts";
import { wrong } from "./verify.ts";
import type { BallotText, ShuffledText } from "./verify.ts";

const skip = absent;

function each(check: <Element>(sample: string, group: Group<Element>) => void): void {
  check("h-belenios2048", BELENIOS_2048);
  check("nh-rfc3526", RFC_3526_2048);
  check("ed25519-h", ED25519);
  check("ed25519-nh", ED25519);
}

test("every ballot of the samples is accepted", { skip }, () => {
  each((sample, group) => {
    const own = election(read(sample, "setup/election.json"), group);
    // In the larger groups a ballot takes a second.
    const found = ballots(sample).slice(0, group === (ED25519 as unknown) ? 12 : 2);
    assert.ok(found.length > 1, sample);
    for (const text of found) assert.deepEqual(wrong(own, text), [], sample);
  });
});

test("no altered ballot is accepted", { skip }, () => {
  for (const sample of ["ed25519-h", "ed25519-nh"]) {
    const own = election(read(sample, "setup/election.json"), ED25519);
    const text = ballots(sample)[0]!;
    const step = Math.max(1, Math.floor(text.length / 25));
    for (let at = 0; at < text.length; at += step) {
      const other = text[at] === "1" ? "2" : "1";
      const altered = text.slice(0, at) + other + text.slice(at + 1);
      assert.notDeepEqual(wrong(own, altered), [], `${sample}: ${other} at ${at}`);
    }
  }
});

test("the codes on letters become the credentials of the list", { skip }, () => {
  const sample = "ed25519-h";
  const { uuid } = election(read(sample, "setup/election.json"), ED25519);
  const codes = JSON.parse(read(sample, "private_creds.json")) as Record<string, string>;
  const list = JSON.parse(read(sample, "setup/public_creds.json")) as string[];
  for (const [id, code] of Object.entries(codes)) {
    const [credential] = ED25519.encode([ED25519.power(derived(ED25519, uuid, code))]);
    assert.ok(list.some((line) => line.split(",")[0] === credential && line.endsWith(`,${id}`)));
  }
});

test("a preference is embedded where other programs look for it", { skip }, () => {
  const look = <Element>(sample: string, group: Group<Element>): void => {
    const own = election(read(sample, "setup/election.json"), group);
    const secret = privateKey(sample) % group.order;
    assert.ok(group.equal(group.power(secret), own.key), "the private keys make the public one");
    const sent = ballots(sample).map((text) => {
      const { alpha, beta } = ((JSON.parse(text) as BallotText).answers[0] as ShuffledText).choices;
      const opened = group.over(group.decode(beta), group.fixed(group.decode(alpha))(secret));
      return group.encode([opened])[0]!;
    });
    const meant = votes(sample).map(([vote]) => group.encode([group.embed(vote!)])[0]!);
    assert.deepEqual(sent.sort(), meant.sort(), sample);
  };
  look("nh-rfc3526", RFC_3526_2048);
  look("ed25519-nh", ED25519);
});
