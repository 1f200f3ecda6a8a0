// Every page in every language, on a phone and on a desk: nothing that axe finds, nothing wider
// than the window, nothing the browser complains about.

import assert from "node:assert/strict";
import { before, describe, test } from "node:test";
import {
  LOCALES,
  WIDTHS,
  cut,
  enrol,
  enter,
  hosted,
  login,
  open,
  overflow,
  picture,
  reflows,
  serve,
  violations,
} from "./site.mjs";

// Every page, while the count is half-way: every state of a sheet is there.
const PAGES = {
  nation: "/",
  province: "/unit/1",
  constituency: "/unit/1-1",
  centre: "/unit/1-1-1",
  station: "/unit/1-1-1-1",
  sheet: "/sheet/president/1-1-1-1",
  contests: "/contests",
  imageless: "/images/president",
  snapshot: "/snapshot/{snapshot}",
  unknown: "/snapshot/7-000000000000",
  search: "/search?q=1",
  unfound: "/search?q=nowhere",
  board: "/board",
  needs: "/board/needs/wahat",
  wall: "/wall",
  journal: "/journal",
  asked: "/journal?act=sheet.proposed&order=oldest",
  unread: "/journal?contest=a+b",
  processes: "/processes",
  law: "/law",
  entry: "/journal/7",
  explained: "/refusal/sheet.same_person",
  components: "/components",
  votes: "/components/votes",
  voters: "/components/voters",
  day: "/components/day",
  conduct: "/components/conduct",
  head: "/components/station",
  results: "/components/results-pages",
  running: "/components/conduct-pages",
  typing: "/components/typing-pages",
  staff: "/components/staff-pages",
  own: "/components/station-pages",
  where: "/where",
  practice: "/ballot/practice",
  checking: "/ballot/practice/check",
  developers: "/developers",
  login: "/login",
  password: "/password",
  refused: "/desk",
  missing: "/nowhere",
};
// What changes most from hour to hour, at every other stage, in the default language.
const STAGES = ["dawn", "morning", "closing", "complete"];
const CHANGING = ["nation", "constituency", "sheet", "contests", "board", "needs", "wall"];

// A page on a desk is asked of axe in one language of each direction; on a phone, where lines are
// short, in every language.
const AT_A_DESK = ["ar", "en"];

/** A path with the id of the snapshot that is served. */
async function found(site, path) {
  if (!path.includes("{snapshot}")) return path;
  const answer = await fetch(`${site.address}/index.json`);
  return path.replace("{snapshot}", (await answer.json()).snapshot);
}

async function check(site, { page, complaints }, name, locale, stage) {
  const path = await found(site, PAGES[name]);
  const url = `${site.address}${path}${path.includes("?") ? "&" : "?"}lang=${locale}`;
  complaints.length = 0;
  await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  const response = await page.goto(url, { waitUntil: "load" });
  assert.equal(new URL(page.url()).pathname, new URL(url).pathname, "it leads nowhere else");
  assert.ok(response.status() < 500);
  assert.equal(await page.getAttribute("html", "lang"), locale);
  const rightToLeft = ["ar", "fa"].includes(locale);
  assert.equal(await page.getAttribute("html", "dir"), rightToLeft ? "rtl" : "ltr");
  assert.equal(await page.locator("h1").count(), 1, "one heading of the first level");
  assert.ok(!(await page.content()).includes("⟦"), "a sentence is missing");
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `${stage}-${name}-${locale}-${width}`);
    assert.deepEqual(await overflow(page), [], `wider than a window of ${width}`);
    assert.deepEqual(await cut(page), [], `wider than its frame at ${width}`);
    if (width === WIDTHS[0] || AT_A_DESK.includes(locale)) {
      assert.deepEqual(await violations(page), [], `found by axe at ${width}`);
    }
  }
  await reflows(page, name);
  // The browser itself reports the status of a page that says no.
  const own = complaints.filter((text) => !text.includes("the server responded with a status"));
  assert.deepEqual(own, [], "complaints of the browser");
}

/** One page after the other in one window: to open a window takes longer than to read a page. */
async function each({ site, browser, first }, t, names, locale, stage = "counting") {
  const opened = await open(browser, `${site.address}/?lang=${locale}`);
  const context = opened.page.context();
  for (const name of names) {
    // Only whoever has a first password is asked for one of their own.
    if (name === "password") await context.addCookies(first);
    await t.test(name, () => check(site, opened, name, locale, stage));
    if (name === "password") await context.clearCookies();
  }
  await opened.close();
}

/** The session of an officer who was enrolled just now and has a first password only. */
async function firstSession(host) {
  const administrator = await enter(host, "T-0001", "en", "/desk/staff");
  await enrol(administrator.page, "E-5100", "operations_officer");
  const secret = await administrator.page.locator(".secret").innerText();
  await administrator.close();
  const officer = await login(host, "E-5100", secret, "en");
  await officer.page.waitForURL("**/password");
  const cookies = await officer.page.context().cookies();
  await officer.close();
  return cookies.filter((cookie) => cookie.name.endsWith("session"));
}

describe("every page in every language", { concurrency: 2 }, () => {
  const host = hosted();
  before(async () => {
    host.first = await firstSession(host);
  });
  for (const locale of LOCALES) test(locale, (t) => each(host, t, Object.keys(PAGES), locale));
});

for (const stage of STAGES) {
  describe(`the pages at the stage: ${stage}`, () => {
    const host = hosted(() => serve("--stage", stage));
    test("in Arabic", (t) => each(host, t, CHANGING, "ar", stage));
  });
}
