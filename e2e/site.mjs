// The sample nation and a browser: what every test starts, and stops again whatever happens.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import path from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const TARGET = process.env.SANDUQ
  ? path.resolve(process.env.SANDUQ, "../..")
  : (process.env.CARGO_TARGET_DIR ?? path.join(ROOT, "target"));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const LOCALES = ["ar", "fa", "fr", "en"];
export const WIDTHS = [360, 1280];
// What a journey stops at is looked at as most phones and desks show it, too.
const SCREENS = [360, 390, 1280, 1440];
// A page that was enlarged four times is as narrow as this and needs no second way of scrolling
// (WCAG 2.2, 1.4.10).
const NARROWEST = 320;
export const PASSWORD = "wahat-2027";

/** A program of the house: the one that the variable names, else built now. */
function program(variable, file, ...build) {
  if (process.env[variable]) return process.env[variable];
  const built = path.join(TARGET, "debug", file);
  const arguments_ = ["build", "--quiet", "--locked", ...build, "--target-dir", TARGET];
  const cargo = spawnSync("cargo", arguments_, { cwd: ROOT });
  if (cargo.status !== 0 || !existsSync(built)) {
    throw new Error(`${file} does not build:\n${cargo.stderr}`);
  }
  return built;
}

/** Starts a server and waits for the text that says where it is; `stop` ends it. */
async function start(file, args, ready) {
  const server = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  const told = new Promise((resolve, reject) => {
    server.stdout.on("data", (more) => {
      text += more;
      const found = ready.exec(text);
      if (found) resolve(found);
    });
    server.once("exit", (code) => reject(new Error(`${file} ended with ${code}:\n${text}`)));
  });
  let stopped;
  const stop = () =>
    (stopped ??= new Promise((resolve) => {
      server.once("exit", resolve);
      server.kill("SIGTERM");
    }));
  return { found: await told, stop };
}

/** Starts the sample server at a stage of its election. */
export async function serve(...args) {
  const file = program("SAMPLE", "examples/sample", "-p", "sanduq-web", "--example", "sample");
  const { found, stop } = await start(file, ["--listen", "127.0.0.1:0", ...args], /http:\S+/);
  return { address: found[0], stop };
}

/** A port that nobody listens on. */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Rehearses a village and serves it: address, published folder, log-ins, papers. */
export async function rehearse(...more) {
  const file = program("SANDUQ", "sanduq", "-p", "sanduq");
  const listen = `127.0.0.1:${await freePort()}`;
  const args = ["rehearse", "--scale", "village", "--listen", listen, ...more];
  // The auditor is the last of the log-ins; whoever has read that line has read them all.
  const screen = /published +(\S+)[^]*(http:\S+)[^]*one a role:\n([^]*auditor +\S+ +\S+)\n/;
  const { found, stop } = await start(file, args, screen);
  const accounts = found[3].trim().split("\n").map((line) => {
    const [role, number, password] = line.trim().split(/ +/);
    return { role, number, password };
  });
  const papers = /to type +(\S+)/.exec(found.input)?.[1];
  const voters = [...found.input.matchAll(/^ +(\d+)  born (\S+)$/gm)].map(([, number, born]) => ({
    number,
    born,
  }));
  return { published: found[1], address: found[2], accounts, papers, voters, stop };
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

/** A server and a browser for the tests of one group; both end with it, whatever happens. */
export function hosted(start = () => serve("--stage", "counting")) {
  const host = {};
  before(async () => {
    host.site = await start();
    host.browser = await browse();
  });
  after(async () => {
    await host.browser?.close();
    await host.site?.stop();
  });
  return host;
}

/**
 * Keys wait until the cursor stands where the page puts it: that is done while the page is drawn,
 * which is after it has loaded, and a key that comes before it is lost.
 */
function patient(page) {
  for (const name of ["press", "type"]) {
    const own = page.keyboard[name].bind(page.keyboard);
    page.keyboard[name] = async (...keys) => {
      await page.waitForFunction(() => {
        const place = document.querySelector("[autofocus]");
        return !place || location.hash || document.activeElement !== document.body;
      });
      await own(...keys);
    };
  }
}

/** Opens a page and gathers what the browser complains about. */
export async function open(browser, url, { width = 1280, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, ...options });
  const page = await context.newPage();
  patient(page);
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
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  // A page read from the disk may not be asked for its stylesheet a second time; what holds is not
  // asked for, since telling it takes most of the time.
  const result = await page.evaluate(() =>
    globalThis.axe.run(document, {
      preload: location.protocol !== "file:",
      resultTypes: ["violations"],
    }),
  );
  return result.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(" ")}: ${node.failureSummary}`),
  );
}

/**
 * By how many pixels a page is wider than its window, and what stands out of it; nothing when it is
 * not. A page that is still being read or drawn is given two seconds to settle: what stays counts.
 */
export async function overflow(page) {
  await page.waitForLoadState();
  await page.evaluate(() => document.fonts.ready);
  for (let tries = 0; ; tries += 1) {
    const out = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const outside = ({ left, right }) => left < 0 || right > clientWidth;
      const named = ({ tagName, className }) => `${tagName}.${className}`;
      const all = [...document.body.querySelectorAll("*")];
      const found = all.filter((part) => outside(part.getBoundingClientRect())).map(named);
      return scrollWidth > clientWidth ? [scrollWidth - clientWidth, ...found.slice(0, 5)] : [];
    });
    if (out.length === 0 || tries === 20) return out;
    await page.waitForTimeout(100);
  }
}

/** What is wider than its own frame: parts of it are seen only by whoever thinks of moving it. */
export function cut(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll(".scroll, .tile, .figures > div, .checks li, .entrance li")]
      .filter((frame) => frame.scrollWidth > frame.clientWidth)
      .map((frame) => `${frame.className}: ${frame.scrollWidth} in ${frame.clientWidth}`),
  );
}

/** Keeps a picture of the page when `SCREENSHOTS` names a folder. */
export async function picture(page, name) {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}

/** Logs in by the keyboard and goes to a page. */
export async function enter(host, number, locale, path, options, password = PASSWORD) {
  const opened = await open(host.browser, `${host.site.address}/login?lang=${locale}`, options);
  const { page } = opened;
  await page.locator("#number").focus();
  await page.keyboard.type(number);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForURL("**/desk");
  await page.goto(`${host.site.address}${path}`);
  return opened;
}

/**
 * Waits until a page of a snapshot has taken in what was done a moment ago: it is loaded again until
 * the place is there, for twenty seconds.
 */
export async function taken(page, place) {
  for (let tries = 0; (await place.count()) === 0; tries += 1) {
    assert.ok(tries < 80, `${page.url()} has not taken it in`);
    await page.waitForTimeout(250);
    await page.reload();
  }
}

/** Presses what has this selector, by the keyboard. */
export async function press(page, selector) {
  await page.locator(selector).first().focus();
  await page.keyboard.press("Enter");
}

/** Types into a field. */
export async function type(page, selector, text) {
  await page.locator(selector).focus();
  await page.keyboard.type(text);
}

/** Sends the form of a new account. */
export async function enrol(page, number, role) {
  await press(page, "details.asking:has(form[method=post]) > summary");
  await type(page, "form[method=post] #number", number);
  await page.locator("#role").focus();
  await page.locator("#role").selectOption(role);
  await press(page, "form:has(#role) button");
}

/** Logs in by the keyboard with any password, and stays where that leads. */
export async function login(host, number, password, locale) {
  const opened = await open(host.browser, `${host.site.address}/login?lang=${locale}`);
  const { page } = opened;
  await type(page, "#number", number);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Enter");
  await page.waitForLoadState("load");
  return opened;
}

/** Nothing amiss on the page, on small and large phones and desks. */
export async function sound(page, name) {
  for (const width of SCREENS) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await overflow(page), [], `${name} is wider than ${width}`);
    assert.deepEqual(await cut(page), [], name);
    // What axe asks for depends on the kind of screen, not on a few pixels more.
    if (WIDTHS.includes(width)) assert.deepEqual(await violations(page), [], name);
    await picture(page, `${name}-${width}`);
  }
  await reflows(page, name);
}

/** Nothing is wider than the narrowest window; what a script draws is drawn anew in it first. */
export async function reflows(page, name) {
  await page.setViewportSize({ width: NARROWEST, height: 900 });
  assert.deepEqual(await overflow(page), [], `${name} is wider than ${NARROWEST}`);
}
