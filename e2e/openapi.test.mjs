// Every JSON door of the sample at every stage, held against its schema in /openapi.json: nothing
// missing, nothing of another kind, nothing that the description does not know.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import { PASSWORD, hosted, rehearse, serve } from "./site.mjs";

/** A ballot that the client made for the practice election in English. */
const MADE = readFileSync(new URL("../testdata/ballot/practice.json", import.meta.url), "utf8");
const SUPERVISOR = { number: "S-0003", password: PASSWORD };

/** The description with every object closed: what it does not know is found. */
function closed(value) {
  if (Array.isArray(value)) return value.map(closed);
  if (value === null || typeof value !== "object") return value;
  const own = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, closed(one)]));
  if (own.type === "object" && own.properties && !("additionalProperties" in own)) {
    own.additionalProperties = false;
  }
  return own;
}

async function json(url, headers = {}) {
  const answer = await fetch(url, { headers });
  return { status: answer.status, kind: answer.headers.get("content-type"), body: await answer.json() };
}

/** The cookie of a session of this account. */
async function session(address, { number, password }) {
  const answer = await fetch(`${address}/login`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
    body: new URLSearchParams({ number, password }),
    redirect: "manual",
  });
  assert.equal(answer.status, 303, `${number} logs in`);
  return { cookie: /session=\w+/.exec(answer.headers.get("set-cookie"))[0] };
}

/** Holds every door, with codes of this election, against its schema; how many answers it read. */
async function check(address, account) {
  const { body: document } = await json(`${address}/openapi.json`);
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(closed(document), "openapi");
  const reads = (path, kind, status, verb = "get") => {
    const pointer = ["paths", path, verb, "responses", status, "content", kind, "schema"];
    const escaped = pointer.map((part) => part.replaceAll("~", "~0").replaceAll("/", "~1"));
    return ajv.getSchema(`openapi#/${escaped.map(encodeURIComponent).join("/")}`);
  };
  const nation = (await json(`${address}/index.json`)).body;
  const units = [nation.unit.code];
  const stations = [];
  for (let code = nation.unit.code; code; ) {
    const { body } = await json(`${address}/unit/${code}.json`);
    if (body.below.length === 0) stations.push(code);
    code = body.below[0]?.code;
    if (code) units.push(code);
  }
  const contests = nation.contests.map((contest) => contest.code);
  // The adjudicator of the supervision may open every door for staff.
  const staff = await session(address, account);
  let read = 0;
  const shown = Object.keys(document.paths).filter((path) => document.paths[path].get);
  for (const path of shown) {
    const good = reads(path, "application/json", "200");
    const bad = reads(path, "application/problem+json", "404");
    const forStaff = document.paths[path].get.security !== undefined;
    if (forStaff) {
      const refused = reads(path, "application/problem+json", "401");
      const { status, kind, body } = await json(address + path);
      assert.deepEqual([status, kind], [401, "application/problem+json"], path);
      assert.ok(refused(body), `${path}: ${ajv.errorsText(refused.errors)}`);
    }
    for (const unit of units) {
      for (const contest of contests) {
        const filled = path
          .replace("{unit}", unit)
          .replace("{contest}", contest)
          .replace("{snapshot}", nation.snapshot)
          .replace("{language}", "fa")
          .replace("{tracker}", "0".repeat(64))
          .replace("{station}", stations[0]);
        const query = path === "/search.json" ? "?q=1" : "";
        const { status, kind, body } = await json(address + filled + query, forStaff ? staff : {});
        // Seats are allotted from figures that are released, by a rule that the contest has.
        if (status === 404 && path.includes("/seats/")) continue;
        assert.equal(status, 200, filled);
        assert.equal(kind, "application/json");
        assert.ok(good(body), `${filled}: ${ajv.errorsText(good.errors)}`);
        read += 1;
        if (!path.includes("{")) break;
      }
      if (!path.includes("{unit}")) break;
    }
    if (path.includes("{")) {
      const none = path.replaceAll(/\{\w+\}/g, "none");
      const { status, kind, body } = await json(address + none);
      assert.equal(status, 404, none);
      assert.equal(kind, "application/problem+json");
      assert.ok(bad(body), `${none}: ${ajv.errorsText(bad.errors)}`);
    }
  }
  await send(address, (status) => {
    const path = "/ballot/practice/{act}";
    const described = document.paths[path].post.responses[status];
    assert.ok(described, `${path} answers ${status}`);
    return described.content && reads(path, "application/problem+json", status, "post");
  });
  return read;
}

/** Sends ballots for practice, good ones and bad ones, and holds every answer against its schema. */
async function send(address, schema) {
  const here = { "sec-fetch-site": "same-origin" };
  for (const [act, body, headers, expected] of [
    ["cast", MADE, here, 201],
    ["cast", MADE, here, 201],
    ["spoil", MADE, here, 409],
    ["cast", "{}", here, 422],
    ["cast", "x".repeat(17 * 1024), here, 413],
    ["count", MADE, here, 404],
    ["cast", MADE, {}, 403],
  ]) {
    const answer = await fetch(`${address}/ballot/practice/${act}`, { method: "POST", body, headers });
    assert.equal(answer.status, expected, `${act} ${body.slice(0, 20)}`);
    const reads = schema(String(expected));
    if (!reads) {
      assert.equal(await answer.text(), "");
      continue;
    }
    assert.equal(answer.headers.get("content-type"), "application/problem+json");
    assert.ok(reads(await answer.json()), `${act}: ${JSON.stringify(reads.errors)}`);
  }
}

for (const stage of ["dawn", "morning", "closing", "counting", "complete"]) {
  describe(`the doors at the stage: ${stage}`, () => {
    const host = hosted(() => serve("--stage", stage));
    test("every answer is as it is described", async () => {
      assert.ok((await check(host.site.address, SUPERVISOR)) >= 12);
    });
  });
}

describe("the doors of an election in a store", () => {
  const host = hosted(() => rehearse());
  test("every answer is as it is described", async () => {
    const { address, accounts } = host.site;
    const supervisor = accounts.find(({ number }) => number.startsWith("supervisor"));
    assert.ok((await check(address, supervisor)) >= 12);
  });
});
