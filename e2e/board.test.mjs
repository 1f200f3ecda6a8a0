// The marks of the stations on the board, the list of what waits for a person, and the wall.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { LOCALES, hosted, open, overflow, picture, serve, violations } from "./site.mjs";

/** How many pixels of each colour the canvases of the page show, marks only. */
function inks(page) {
  return page.evaluate(() => {
    const counts = {};
    for (const canvas of document.querySelectorAll("#board .provinces canvas")) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 0) continue;
        const ink = `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
        counts[ink] = (counts[ink] ?? 0) + 1;
      }
    }
    return counts;
  });
}

/** The size of a mark in a small nation, in pixels. */
const SIZE = 12;

const drawn = (page, count) =>
  page.waitForFunction((wanted) => Number(board.dataset.drawn) === wanted, count, {
    timeout: 20_000,
  });

describe("the marks of the stations", () => {
  const host = hosted(() => serve("--stage", "counting"));

  for (const locale of ["ar", "en"]) {
    test(`each condition in its colour, shape and number, and a click opens: ${locale}`, async () => {
      const { site, browser } = host;
      const opened = await open(browser, `${site.address}/board?lang=${locale}`);
      const { page, complaints } = opened;
      await drawn(page, 64);
      const legend = await page.$$eval(".conditions li", (items) =>
        items.map((item) => ({
          ink: getComputedStyle(item.querySelector("svg")).color,
          dots: [...item.dataset.shape].filter((dot) => dot === "x").length,
        })),
      );
      const marks = await page.evaluate(async () => [
        ...new Uint8Array(await (await fetch(board.dataset.stations)).arrayBuffer()),
      ]);
      const shown = await inks(page);
      for (const [byte, { ink, dots }] of legend.entries()) {
        const stations = marks.filter((mark) => mark === byte).length;
        const wanted = stations * dots * (SIZE / 3) ** 2;
        assert.equal(shown[ink] ?? 0, wanted, `${byte} ${ink}`);
      }
      // The first station stands where one begins to read.
      const canvas = page.locator("#board .provinces canvas").first();
      const { width } = await canvas.boundingBox();
      const x = locale === "ar" ? width - 9 : 6;
      await canvas.click({ position: { x, y: 6 } });
      await page.waitForURL("**/unit/1-1-1-1");
      assert.deepEqual(complaints, []);
      await opened.close();
    });

    test(`what waits is reached by keyboard alone: ${locale}`, async () => {
      const { site, browser } = host;
      const { page, close } = await open(browser, `${site.address}/board?lang=${locale}`);
      await page.locator(".need-counts a").nth(1).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/board/needs/wahat?from=*");
      assert.ok((await page.locator(".needs > li").first().getAttribute("class")) === "quarantined");
      await page.locator(".need-filters a").nth(3).focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/board/needs/3");
      assert.equal(await page.locator(".need-filters [aria-current=page]").count(), 1);
      await page.locator(".needs a").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/sheet/**");
      await close();
    });
  }

  test("whoever goes by keyboard stays where they are when the figures are renewed", async () => {
    const { site, browser } = host;
    const { page, close } = await open(browser, `${site.address}/board?lang=en`);
    await page.waitForFunction(() => Number(board.dataset.updates) >= 1, null, { timeout: 20_000 });
    const link = page.locator(".need-counts a").nth(1);
    const href = await link.getAttribute("href");
    await link.focus();
    const renewed = await page.evaluate(() => {
      const before = document.activeElement;
      renew(board.innerHTML);
      return before !== document.activeElement && !before.isConnected;
    });
    assert.ok(renewed, "the board was made anew");
    const held = () => page.evaluate(() => document.activeElement.getAttribute("href"));
    assert.equal(await held(), href);
    // What goes away leaves its place to what stands there now.
    await page.evaluate(() => {
      const gone = document.activeElement.getAttribute("href");
      renew(board.innerHTML.replaceAll(gone, "/board/needs/0"));
    });
    assert.equal(await held(), "/board/needs/0");
    await close();
  });

  test("without a script the table has every figure, and no mark is missed", async () => {
    const { site, browser } = host;
    const plain = { javaScriptEnabled: false };
    const { page, close } = await open(browser, `${site.address}/board?lang=en`, plain);
    const cells = await page.locator(".condition-table tfoot td").allInnerTexts();
    assert.equal(cells.map(Number).reduce((sum, cell) => sum + cell), 64);
    await close();
  });
});

describe("the wall", () => {
  const host = hosted(() => serve("--live"));

  test("it renews itself, and says that it is old when the line is lost", async () => {
    const { site, browser } = host;
    const opened = await open(browser, `${site.address}/wall?lang=ar`);
    const { page, complaints } = opened;
    const time = () => page.locator("#board time").innerText();
    const first = await time();
    await page.waitForFunction(() => Number(board.dataset.updates) >= 3, null, { timeout: 20_000 });
    assert.notEqual(await time(), first);
    assert.deepEqual(await violations(page), [], "after the updates as before");
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(complaints, []);
    assert.equal(await page.locator("#board-state").innerText(), "");
    await site.stop();
    await page.locator("#board-state:not(:empty)").waitFor({ timeout: 10_000 });
    const said = await page.locator("#board-state").innerText();
    assert.ok(said.includes(await time()), `its figures' time stands in: ${said}`);
    await picture(page, "wall-lost-ar-1280");
    await opened.close();
  });
});

for (const stage of ["noon", "closing", "counting", "complete"]) {
  describe(`the wall with its map, ${stage}`, () => {
    const host = hosted(() => serve("--stage", stage));
    for (const locale of LOCALES) {
      test(`fits a screen of any usual size: ${locale}`, async () => {
        const opened = await open(host.browser, `${host.site.address}/wall?lang=${locale}`);
        for (const [width, height] of [[1280, 800], [1440, 900], [1920, 1080], [2560, 1440]]) {
          await opened.page.setViewportSize({ width, height });
          // The marks are drawn anew behind a change of size.
          const drawn = () => opened.page.evaluate(() => document.documentElement.scrollHeight);
          for (let tries = 0; (await drawn()) !== height && tries < 20; tries += 1) {
            await opened.page.waitForTimeout(100);
          }
          assert.equal(await drawn(), height, `${width} by ${height}`);
        }
        await opened.close();
      });
    }
  });
}

describe("sixty thousand stations", () => {
  const host = hosted(() => serve("--large", "--stage", "morning"));

  for (const locale of ["ar", "en"]) {
    test(`the wall fits its screen, and its marks keep their shape: ${locale}`, async () => {
      const { site, browser } = host;
      const opened = await open(browser, `${site.address}/wall?lang=${locale}`, {
        viewport: { width: 1920, height: 1080 },
      });
      const { page } = opened;
      await drawn(page, 60_000);
      const [height, pitch, drawing] = await page.evaluate(() => [
        document.documentElement.scrollHeight,
        Number(document.querySelector("canvas").dataset.pitch),
        board.dataset.drawing,
      ]);
      console.log(`60,000 marks drawn in ${drawing} ms`);
      assert.equal(height, 1080);
      assert.ok(pitch >= 3, `${pitch} pixels a station`);
      await picture(page, `wall-large-${locale}-1920`);
      await opened.close();
    });
  }
});
