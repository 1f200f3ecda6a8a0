// What a sheet costs a practised hand: keys, and waiting for the server. The keys are held to; the
// waiting and the sheets in an hour that follow from it are printed, for a clock is no test.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { hosted, login, rehearse } from "./site.mjs";

// Keys in an hour of somebody who types figures for a living, at the lower end of what is asked of
// them; and seconds to lay one paper aside and take the next.
const KEYS_AN_HOUR = 8_000;
const PAPER = 5;

describe("typing sheet after sheet", () => {
  const host = hosted(() => rehearse("--leave", "6"));

  test("no key is spent on anything but the number of the station and the figures", async () => {
    const { number, password } = host.site.accounts.find((own) => own.number.startsWith("clerk"));
    const { page, close } = await login(host, number, password, "ar");
    await page.waitForURL("**/desk");
    await page.goto(`${host.site.address}/desk/entry`);
    const papers = readFileSync(host.site.papers, "utf8").trim().split("\n\n");
    let keys = 0;
    let waited = 0;
    const press = async (key) => {
      keys += 1;
      await page.keyboard.press(key);
    };
    const write = async (text) => {
      keys += text.length;
      await page.keyboard.type(text);
    };
    /** Enter, and the time until the next page has its place for the next key. */
    const onward = async (to, place) => {
      const begun = performance.now();
      await press("Enter");
      await page.waitForURL(to);
      await page.waitForFunction((own) => document.activeElement?.matches(own), place);
      waited += performance.now() - begun;
    };
    let typed = 0;
    let needed = 0;
    for (const paper of papers) {
      const [head, ...lines] = paper.trim().split("\n");
      const [contest, station] = head.split(" ");
      const digits = station.replaceAll("-", "");
      await page.goto(`${host.site.address}/desk/entry`);
      const before = [keys, waited];
      await write(digits);
      await onward(/entry\?station=/, 'a[href^="/desk/entry/"], #station');
      const focused = await page.evaluate(() => document.activeElement.getAttribute("href"));
      if (focused !== `/desk/entry/${contest}/${station}`) {
        // Its turn is not this clerk's, or the other sheet of the station comes first.
        [keys, waited] = before;
        continue;
      }
      await onward(`**${focused}`, ".line input");
      for (const line of lines) {
        const figure = line.trim().split(/ +/)[1];
        await write(figure);
        await press("Enter");
        needed += figure.length + 1;
      }
      await onward(/entry\?saved=/, "#station");
      needed += digits.length + 3;
      typed += 1;
    }
    assert.ok(typed > 0, "sheets were typed");
    assert.equal(keys, needed);
    const seconds = (keys / typed) * (3_600 / KEYS_AN_HOUR) + waited / typed / 1_000 + PAPER;
    console.log(
      `${typed} sheets: ${(keys / typed).toFixed(1)} keys and ${(waited / typed).toFixed(0)} ms of ` +
        `waiting each; at ${KEYS_AN_HOUR} keys an hour and ${PAPER} s for the paper ` +
        `${(3_600 / seconds).toFixed(0)} sheets an hour`,
    );
    await close();
  });
});
