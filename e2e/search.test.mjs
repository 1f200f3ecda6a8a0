// Search by keyboard alone, without a script, in Arabic and in English.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { cut, hosted, open, overflow, picture, violations } from "./site.mjs";

/** Presses Tab until the element of this id has the focus. */
async function reach(page, id) {
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.id === wanted, id)) return;
  }
  assert.fail(`${id} is not reached`);
}

describe("a reader searches", { concurrency: 2 }, () => {
  const host = hosted();

  // What is typed, what is found first, what stands on its page.
  const JOURNEYS = [
    ["ar", "عین السدر", "عين السدر", "مجلس النواب – عين السدر"],
    ["ar", "١-١-١-٢", "مكتب ٢", "1-1-1-2"],
    ["en", "ayn as-sidr", "Ayn as-Sidr", "Assembly – Ayn as-Sidr"],
    ["en", "haddad", "Youssef Al-Haddad", "Presidency"],
  ];
  for (const [locale, typed, first, there] of JOURNEYS) {
    test(`${locale} ${typed}`, async () => {
      const { site, browser } = host;
      const plain = { javaScriptEnabled: false, width: 390 };
      const { page, complaints, close } = await open(browser, `${site.address}/?lang=${locale}`);
      try {
        await reach(page, "search");
        await page.keyboard.type(typed);
        await page.keyboard.press("Enter");
        await page.waitForURL("**/search?q=*");
        assert.equal(await page.inputValue("#wanted"), typed, "what was typed is kept");
        assert.ok(page.url().includes(`q=${encodeURIComponent(typed).replaceAll("%20", "+")}`));
        assert.deepEqual(await violations(page), []);
        const found = page.locator(".found-name a").first();
        assert.equal(await found.innerText(), first);
        await reach(page, "wanted");
        await page.keyboard.press("Tab");
        await page.keyboard.press("Tab");
        assert.equal(await page.evaluate(() => document.activeElement.innerText), first);
        const answer = page.url();
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => !url.pathname.startsWith("/search"));
        assert.ok((await page.locator("main").innerText()).includes(there));
        assert.deepEqual(complaints, []);

        // The address alone finds it again, on a phone without a script.
        const again = await open(browser, `${answer}&lang=${locale}`, plain);
        assert.equal(await again.page.locator(".found-name a").first().innerText(), first);
        assert.deepEqual(await overflow(again.page), []);
        await again.close();
      } finally {
        await close();
      }
    });
  }

  for (const width of [390, 1440]) {
    for (const locale of ["ar", "en"]) {
      test(`looks ${locale} ${width}`, async () => {
        const { site, browser } = host;
        const url = `${site.address}/search?lang=${locale}&q=${locale === "ar" ? "السدر" : "sidr"}`;
        const { page, close } = await open(browser, url, { width });
        await picture(page, `search-${locale}-${width}`);
        await page.goto(`${site.address}/?lang=${locale}`);
        await picture(page, `search-field-${locale}-${width}`);
        assert.deepEqual(await cut(page), []);
        await close();
      });
    }
  }
});
