// The map of units: gone through by keyboard, never mirrored, with the stations over it.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hosted, open, overflow, picture, serve, violations } from "./site.mjs";

for (const stage of ["noon", "complete"]) {
  describe(`the map, ${stage}`, () => {
    const host = hosted(() => serve("--stage", stage));

    for (const locale of ["ar", "en"]) {
      test(`down by keyboard alone, from the nation to the constituency: ${locale}`, async () => {
        const { site, browser } = host;
        const opened = await open(browser, `${site.address}/?lang=${locale}`);
        const { page, complaints } = opened;
        const links = page.locator(".map a");
        const units = await page.locator(".below table tbody a").evaluateAll((all) =>
          all.map((link) => link.getAttribute("href")),
        );
        const hrefs = await links.evaluateAll((all) => all.map((a) => a.getAttribute("href")));
        assert.deepEqual(hrefs, units, "the list beneath says the same");
        await links.first().focus();
        for (const href of hrefs) {
          const here = await page.evaluate(() => {
            const link = document.activeElement;
            const shape = link.querySelector("path, circle");
            return {
              href: link.getAttribute("href"),
              name: link.getAttribute("aria-label"),
              outline: getComputedStyle(link).outlineStyle,
              stroke: getComputedStyle(shape).strokeWidth,
            };
          });
          assert.equal(here.href, href);
          assert.match(here.name, /^.+: .+/);
          assert.equal(here.outline, "solid");
          assert.ok(parseFloat(here.stroke) >= 4, "the focused unit has a thick border");
          await page.keyboard.press("Tab");
        }
        await links.nth(1).focus();
        await page.keyboard.press("Enter");
        await page.waitForURL("**/unit/2*");
        await page.locator(".map a").first().focus();
        await page.keyboard.press("Enter");
        await page.waitForURL("**/unit/2-1*");
        assert.deepEqual(complaints, []);
        await opened.close();
      });

      test(`no finding, no sideways scrolling, east on the right: ${locale}`, async () => {
        const { site, browser } = host;
        for (const width of [390, 1440]) {
          const opened = await open(browser, `${site.address}/?lang=${locale}`, { width });
          const { page } = opened;
          assert.deepEqual(await violations(page), []);
          assert.deepEqual(await overflow(page), []);
          const lefts = await page.locator(".map a").evaluateAll((all) =>
            all.map((link) => link.getBoundingClientRect().left),
          );
          // The first province lies west of the second one.
          assert.ok(lefts[0] < lefts[1]);
          await picture(page, `map-${stage}-${locale}-${width}`);
          await opened.close();
        }
      });
    }

    test("every station is a dot on the map of the board, and without a script the map stays", async () => {
      const { site, browser } = host;
      for (const path of ["/board", "/wall"]) {
        const { page, close } = await open(browser, `${site.address}${path}?lang=ar`, { width: 1440 });
        await page.waitForFunction(() => document.querySelector(".map-stations")?.dataset.drawn === "64");
        const [map, dots] = await page.evaluate(() => {
          const box = (element) => {
            const { left, top, width, height } = element.getBoundingClientRect();
            return [left, top, width, height].map(Math.round);
          };
          return [box(document.querySelector(".map svg")), box(document.querySelector(".map-stations"))];
        });
        assert.deepEqual(dots, map, `${path}: the dots lie on the map`);
        const inked = await page.evaluate(() => {
          const canvas = document.querySelector(".map-stations");
          const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
          return data.filter((byte, at) => at % 4 === 3 && byte > 0).length;
        });
        assert.ok(inked >= 64 * 9, `${path}: ${inked} pixels`);
        await picture(page, `map-${path.slice(1)}-${stage}`);
        await close();
        const plain = await open(browser, `${site.address}${path}?lang=ar`, { javaScriptEnabled: false });
        assert.equal(await plain.page.locator(".map svg path").count(), 4);
        await plain.close();
      }
    });
  });
}
