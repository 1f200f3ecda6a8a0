// The sample nation and a browser: what every test starts, and stops again whatever happens.

import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { chromium } from "playwright-core";

const ROOT = path.resolve(import.meta.dirname, "..");
const TARGET = process.env.SANDUQ
  ? path.resolve(process.env.SANDUQ, "../..")
  : (process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const LOCALES = ["ar", "fa", "fr", "en"];
export const WIDTHS = [360, 1280];
export const PASSWORD = "wahat-2027";

/** The program of the sample server: the one in `SAMPLE`, else built now. */
function sample() {
  if (process.env.SAMPLE) return process.env.SAMPLE;
  const program = path.join(TARGET, "debug/examples/sample");
  const build = ["build", "--quiet", "--locked", "-p", "sanduq-web", "--example", "sample"];
  const built = spawnSync("cargo", [...build, "--target-dir", TARGET], { cwd: ROOT });
  if (built.status !== 0 || !existsSync(program)) {
    throw new Error(`the sample server does not build:\n${built.stderr}`);
  }
  return program;
}

/** Starts the sample server at a stage of its election; `stop` ends it. */
export async function serve(...args) {
  const server = spawn(sample(), ["--listen", "127.0.0.1:0", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await new Promise((resolve, reject) => {
    server.stdout.once("data", (line) => resolve(line.toString().trim()));
    server.once("exit", (code) => reject(new Error(`the sample server ended with ${code}`)));
  });
  const stop = () =>
    new Promise((resolve) => {
      server.once("exit", resolve);
      server.kill("SIGTERM");
    });
  return { address, stop };
}

/** A headless browser that asks nobody but the server under test. */
export function browse() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** Opens a page and gathers what the browser complains about. */
export async function open(browser, url, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  const response = await page.goto(url, { waitUntil: "load" });
  return { page, response, complaints, close: () => context.close() };
}

/** What axe finds on a page: rule and element of each violation. */
export async function violations(page) {
  // Evaluated by the debugger, which the policy of the page does not bind.
  await page.evaluate(AXE);
  const result = await page.evaluate(() => globalThis.axe.run(document));
  return result.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}

/** By how many pixels a page is wider than its window. */
export function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return Math.max(0, scrollWidth - clientWidth);
  });
}

/** Keeps a picture of the page when `SCREENSHOTS` names a folder. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
