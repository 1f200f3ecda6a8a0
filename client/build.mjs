// Builds what the program serves, or the tests. Always true here: the same sources and lock file
// give the same bytes, on every machine.

import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const BROWSERS = ["es2020", "chrome87", "firefox85", "safari14"];

const HERE = fileURLToPath(new URL(".", import.meta.url));
const shared = { bundle: true, format: "esm", logLevel: "warning", absWorkingDir: HERE };

if (process.argv[2] === "test") {
  const files = readdirSync(new URL("test", import.meta.url)).filter((name) => /\.test\.ts$/.test(name));
  await build({
    ...shared,
    entryPoints: files.map((name) => `test/${name}`),
    outdir: "built/test",
    platform: "node",
    target: "node18",
    packages: "external",
    outExtension: { ".js": ".mjs" },
  });
}
