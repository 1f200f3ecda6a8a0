// Every page in every language, on a phone and on a desk: nothing that axe finds, nothing wider
// than the window, nothing the browser complains about.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  LOCALES,
  WIDTHS,
  cut,
  hosted,
  open,
  overflow,
  picture,
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
  board: "/board",
  journal: "/journal",
  entry: "/journal/7",
  explained: "/refusal/sheet.same_person",
  components: "/components",
  login: "/login",
  refused: "/desk",
  missing: "/nowhere",
};
// What changes most from hour to hour, at every other stage, in the default language.
const STAGES = ["dawn", "morning", "closing", "complete"];
const CHANGING = ["nation", "constituency", "sheet", "contests", "board"];

async function check({ site, browser }, name, locale, width, stage = "counting") {
  const url = `${site.address}${PAGES[name]}?lang=${locale}`;
  const opened = await open(browser, url, { width });
  const { page, response, complaints } = opened;
  try {
    // The browser itself reports the status of a page that says no.
    const own = complaints.filter((text) => !text.includes("the server responded with a status"));
    assert.deepEqual(own, [], "complaints of the browser");
    assert.equal(await page.getAttribute("html", "lang"), locale);
    const rightToLeft = ["ar", "fa"].includes(locale);
    assert.equal(await page.getAttribute("html", "dir"), rightToLeft ? "rtl" : "ltr");
    assert.equal(await page.locator("h1").count(), 1, "one heading of the first level");
    assert.ok(!(await page.content()).includes("⟦"), "a sentence is missing");
    assert.equal(await overflow(page), 0, "wider than the window");
    assert.deepEqual(await cut(page), [], "wider than its frame");
    assert.deepEqual(await violations(page), []);
    assert.ok(response.status() < 500);
  } finally {
    await picture(page, `${stage}-${name}-${locale}-${width}`);
    await opened.close();
  }
}

describe("every page in every language", () => {
  const host = hosted();
  for (const name of Object.keys(PAGES)) {
    for (const locale of LOCALES) {
      for (const width of WIDTHS) {
        test(`${name} ${locale} ${width}`, () => check(host, name, locale, width));
      }
    }
  }
});

for (const stage of STAGES) {
  describe(`the pages at the stage: ${stage}`, () => {
    const host = hosted(() => serve("--stage", stage));
    for (const name of CHANGING) {
      for (const width of WIDTHS) {
        test(`${name} ${width}`, () => check(host, name, "ar", width, stage));
      }
    }
  });
}
