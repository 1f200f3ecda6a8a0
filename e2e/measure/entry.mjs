// How a practised clerk gets on: sheets of a rehearsed village are typed by the keyboard alone, from
// a pile of papers, and what is printed is how many keys a sheet takes and how long the clerk waits
// for the program. The pace of a hand is not measured here: it is stated beside each figure.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { browse, enter, rehearse } from "../site.mjs";

const SHEETS = Number(process.argv[2] ?? 24);
/** Keys an hour: what offices ask of a beginner and of a practised hand at figures. */
const PACES = [5_000, 8_000, 12_000];
/** Seconds for taking a sheet from the pile, finding its number and laying it down. */
const PAPER = 10;

/** A keyboard that counts, and how long was waited after a key that asks the server. */
class Hand {
  keys = 0;
  waited = [];

  constructor(page) {
    this.page = page;
  }

  async type(text) {
    this.keys += text.length;
    await this.page.keyboard.type(text);
  }

  async press(key) {
    this.keys += 1;
    await this.page.keyboard.press(key);
  }

  /** Presses a key and waits for the page behind it, until it has the focus where one types. */
  async go(key, path) {
    const began = performance.now();
    await this.press(key);
    await this.page.waitForURL(path, { waitUntil: "domcontentloaded" });
    while (!(await this.page.evaluate(() => document.activeElement !== document.body))) {
      if (performance.now() - began > 5000) throw new Error(`no focus at ${this.page.url()}`);
    }
    this.waited.push(performance.now() - began);
  }
}

/** The papers: contest, station and the figures of each line, in the order of the form. */
function pile(text) {
  return text
    .trim()
    .split("\n\n")
    .map((paper) => {
      const [head, ...lines] = paper.split("\n");
      const [contest, station] = head.split(" ");
      return { contest, station, figures: lines.map((line) => line.trim().split(/ +/)[1]) };
    });
}

/** Whether a sheet waits for this clerk: some of the pile are held back already. */
async function waits(page, address, paper) {
  const path = `${address}/desk/entry/${paper.contest}/${paper.station}`;
  const answer = await page.request.get(path);
  return answer.ok() && (await answer.text()).includes('class="line');
}

/** One sheet, from its number to the notice that it is kept. */
async function one(hand, paper) {
  const { page } = hand;
  assert.equal(await page.evaluate(() => document.activeElement.id), "station");
  await hand.type(paper.station.replaceAll("-", ""));
  await hand.go("Enter", /entry\?station=/);
  const form = `/desk/entry/${paper.contest}/${paper.station}`;
  const reached = () => document.activeElement.getAttribute("href");
  for (let tabs = 0; (await page.evaluate(reached)) !== form; tabs += 1) {
    assert.ok(tabs < 12, `${form} is not within twelve stops`);
    await hand.press("Tab");
  }
  await hand.go("Enter", `**${form}`);
  for (const figure of paper.figures) {
    await hand.type(figure);
    await hand.press("Enter");
  }
  await hand.go("Enter", /entry\?saved=/);
}

const middle = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const tell = (figure, value, unit) =>
  console.log(JSON.stringify({ bench: "entry", figure, value, unit }));

const site = await rehearse("--leave", String(SHEETS));
const browser = await browse();
try {
  const clerk = site.accounts.find((account) => account.number.startsWith("clerk"));
  const host = { site, browser };
  const { page } = await enter(host, clerk.number, "en", "/desk/entry", {}, clerk.password);
  const keys = [];
  const waited = [];
  const lines = [];
  for (const paper of pile(readFileSync(site.papers, "utf8"))) {
    if (!(await waits(page, site.address, paper))) continue;
    const hand = new Hand(page);
    await one(hand, paper);
    keys.push(hand.keys);
    lines.push(paper.figures.length);
    waited.push(hand.waited.reduce((sum, wait) => sum + wait, 0) / 1000);
  }
  tell("sheets typed", keys.length, "sheets");
  tell("lines of a sheet, middle", middle(lines), "lines");
  tell("keys of a sheet, middle", middle(keys), "keys");
  tell("keys of a sheet, most", Math.max(...keys), "keys");
  tell("waiting of a sheet, middle", Number(middle(waited).toFixed(3)), "s");
  tell("waiting of a sheet, longest", Number(Math.max(...waited).toFixed(3)), "s");
  for (const pace of PACES) {
    const seconds = (middle(keys) * 3600) / pace + middle(waited) + PAPER;
    const figure = `at ${pace} keys an hour and ${PAPER} s for the paper`;
    tell(figure, Math.floor(3600 / seconds), "sheets/h");
  }
} finally {
  await browser.close();
  await site.stop();
}
