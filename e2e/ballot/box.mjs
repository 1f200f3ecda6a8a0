// A server of the practice ballot, as small as one can be: the pages, the files, a box of ballots in
// memory, and the strictest policy a page can have. It serves the files that the program serves, and
// keeps every request it was sent for the tests to look into.

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const ASSETS = fileURLToPath(new URL("../../crates/sanduq-web/assets/", import.meta.url));
const asset = (name) => (existsSync(`${ASSETS}${name}`) ? readFileSync(`${ASSETS}${name}`) : undefined);
// The name holds the hash of the content, so that a browser never asks for it again.
const SCRIPT = `ballot-${createHash("sha256").update(asset("ballot.js")).digest("hex")}.js`;
const KINDS = { css: "text/css", js: "text/javascript", svg: "image/svg+xml", json: "application/json" };
const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
const TITLES = {
  ar: ["التصويت التجريبي", "التحقّق من صوت", "يلزم JavaScript للتشفير."],
  fa: ["رأی‌گیری تمرینی", "بررسی یک رأی", "برای رمزنگاری JavaScript لازم است."],
  fr: ["Vote d’essai", "Vérification d’un bulletin", "Le chiffrement demande JavaScript."],
  en: ["Practice ballot", "Check of a ballot", "Encryption needs JavaScript."],
};

/** A page around the ballot, as the program makes it. */
function page(locale, kind, election) {
  const [ballot, check, script] = TITLES[locale];
  const title = kind === "check" ? check : ballot;
  const right = ["ar", "fa"].includes(locale) ? "rtl" : "ltr";
  const photos = kind === "practice" ? ' data-photos="/ballot/practice/photo/"' : "";
  return `<!doctype html>
<html lang="${locale}" dir="${right}"><head><meta charset="utf-8"><title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/assets/voter.css"><link rel="stylesheet" href="/assets/ballot.css">
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<script type="module" src="/assets/${SCRIPT}"></script></head>
<body class="voter-page"><main id="main" class="voter" tabindex="-1"><h1>${title}</h1>
<div class="ballot" data-ballot="${kind}" data-box="/ballot/practice/"
data-election="/ballot/practice/election/${election}.json"${photos}><p>${script}</p></div>
</main></body></html>`;
}

const tracker = (text) => createHash("sha256").update(text).digest("hex");

/** Ballots by tracking number, with what became of each. */
class Box {
  kept = new Map();
  /** What the server does instead of taking a ballot: a status, or nothing. */
  refuses = undefined;

  take(act, text) {
    const ballot = JSON.parse(text);
    if (act === "cast") {
      for (const other of this.kept.values()) {
        if (other.credential === ballot.credential && other.state === "last") other.state = "replaced";
      }
    }
    const state = act === "cast" ? "last" : "spoilt";
    this.kept.set(tracker(text), { ballot: text, credential: ballot.credential, state });
  }
}

async function body(request) {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

/** Answers a request: status, kind and content. */
function answer(box, elections, { method, path, locale, election, text }) {
  const [, first, second, third, fourth] = path.split("/");
  if (first === "assets") {
    const found = asset(second === SCRIPT ? "ballot.js" : second);
    return found ? [200, KINDS[second.split(".").pop()], found] : [404, "text/plain", ""];
  }
  if (first !== "ballot" || second !== "practice") return [404, "text/plain", ""];
  if (method === "POST") {
    if (box.refuses) return [box.refuses, "application/json", "{}"];
    box.take(third, text);
    return [201, "application/json", "{}"];
  }
  if (third === "election") {
    const name = fourth.replace(".json", "");
    return [200, KINDS.json, elections[name] ?? asset(`practice/${fourth}`)];
  }
  if (third === "photo") {
    const found = asset(`practice/${fourth}`);
    return found ? [200, KINDS.svg, found] : [404, KINDS.svg, ""];
  }
  if (third === "ballots") {
    const found = box.kept.get(fourth);
    return [200, KINDS.json, JSON.stringify(found ?? { state: "unknown" })];
  }
  return [200, "text/html; charset=utf-8", page(locale, third ?? "practice", election)];
}

/**
 * Starts the server. `elections` are further elections by name, asked for with `?election=`;
 * `seen` are the requests so far: method, address as sent, headers and body.
 */
export async function open(elections = {}) {
  const box = new Box();
  const seen = [];
  const server = createServer(async (request, response) => {
    const { method, url, headers } = request;
    const text = await body(request);
    seen.push({ method, url, headers: JSON.stringify(headers), text });
    const { pathname: path, searchParams } = new URL(url, "http://here");
    const locale = searchParams.get("lang") ?? "en";
    const election = searchParams.get("election") ?? locale;
    const told = answer(box, elections, { method, path, locale, election, text });
    response.writeHead(told[0], {
      "content-type": told[1],
      "content-encoding": "gzip",
      "cache-control": path.endsWith(SCRIPT) ? "max-age=31536000, immutable" : "no-cache",
      "content-security-policy": POLICY,
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
    });
    response.end(gzipSync(told[2]));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${server.address().port}`;
  const stop = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { address, box, seen, stop };
}
