// Builds the one file that voters are served, or the tests. Always true here: the same sources and
// lock file give the same bytes on every machine, so that anybody can make the published hash again.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const SERVED = fileURLToPath(new URL("../crates/sanduq-web/assets/ballot.js", import.meta.url));
// The oldest browsers with whole numbers of any size and private fields.
const BROWSERS = ["chrome87", "firefox90", "safari15"];
const LARGEST_BYTES = 80_000;
const NOTICE =
  "/*! Sanduq's ballot client, Apache-2.0 OR MIT; with @noble/curves and @noble/hashes, " +
  "MIT, (c) Paul Miller, and lean-qr, MIT, (c) David Evans. */";

const shared = { bundle: true, format: "esm", logLevel: "warning", absWorkingDir: HERE };

/** The bytes of the file that is served. */
async function served() {
  const { outputFiles } = await build({
    ...shared,
    entryPoints: ["src/page/main.ts"],
    write: false,
    minify: true,
    charset: "utf8",
    target: BROWSERS,
    legalComments: "none",
    banner: { js: NOTICE },
  });
  return Buffer.from(outputFiles[0].contents);
}

async function tests() {
  const names = readdirSync(`${HERE}test`).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...shared,
    entryPoints: names.map((name) => `test/${name}`),
    outdir: "built/test",
    platform: "node",
    target: "node18",
    packages: "external",
    outExtension: { ".js": ".mjs" },
  });
}

async function client(check) {
  const bytes = await served();
  const hash = createHash("sha256").update(bytes).digest("hex");
  console.log(`ballot.js: ${bytes.length} bytes, SHA-256 ${hash}`);
  if (bytes.length > LARGEST_BYTES) throw new Error(`more than ${LARGEST_BYTES} bytes`);
  if (!check) writeFileSync(SERVED, bytes);
  else if (!readFileSync(SERVED).equals(bytes)) {
    throw new Error("the file that is served is another one: run `npm run build` and commit it");
  }
}

const [what] = process.argv.slice(2);
await (what === "test" ? tests() : client(what === "check"));
