// Typing a sheet by the keyboard alone: two clerks, in Arabic with Arabic digits and in English.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, hosted, sound, taken } from "./site.mjs";

// Waits for its first entry in the sample, and adds up.
const STATION = "2-2-2-1";
const FIELDS = [700, 420, 0, 420, 700, 280, 0, 420, 420, 400, 12, 8];
const CHOICES = [200, 100, 50, 30, 20];

const arabic = (text) => text.replace(/[0-9]/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);

/** From the number of the station to the lines of its sheet for the assembly. */
async function find(page, digits) {
  await page.keyboard.type(digits(STATION));
  await page.keyboard.press("Enter");
  await page.waitForURL(/entry\?station=/);
  const link = page.locator(`a[href="/desk/entry/assembly-2-2/${STATION}"]`).first();
  await link.focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/desk/entry/assembly-2-2/${STATION}`);
}

/**
 * Types every line and sees it there; Enter goes on. The cursor is led away and back by the page
 * itself while it is drawn, so each line waits until it has it.
 */
async function type(page, figures, digits) {
  const lines = page.locator(".line input");
  for (const [nth, figure] of figures.entries()) {
    const line = await lines.nth(nth).elementHandle();
    await page.waitForFunction((own) => document.activeElement === own, line);
    await page.keyboard.type(digits(String(figure)));
    assert.equal(await line.inputValue(), digits(String(figure)), `line ${nth + 1}`);
    await page.keyboard.press("Enter");
  }
}

/** Saves, and answers with the kinds of what the next page says and with its words. */
async function save(page) {
  await page.waitForFunction(() => document.activeElement.tagName === "BUTTON");
  await page.keyboard.press("Enter");
  await page.waitForURL(/entry\?saved=/);
  const said = page.locator("main .notice");
  const words = (await said.allInnerTexts()).join(" / ");
  return [await said.evaluateAll((all) => all.map((one) => one.className)), words];
}

for (const [locale, digits] of [
  ["ar", arabic],
  ["en", (text) => text],
]) {
  describe(`typing a sheet in ${locale}`, () => {
    const host = hosted();

    test("two clerks by keyboard alone bring it into the totals", async () => {
      const first = await enter(host, "E-1202", locale, "/desk/entry");
      await sound(first.page, `entry-${locale}-table`);
      await find(first.page, digits);
      await sound(first.page, `entry-${locale}-form`);
      await first.page.locator(".line input").first().focus();
      await first.page.keyboard.type("12x");
      await first.page.keyboard.press("Enter");
      const says = first.page.locator(".line .says").first();
      assert.notEqual(await says.innerText(), "", "what is wrong is said at once");
      await first.page.keyboard.press("ArrowUp");
      await type(first.page, [...FIELDS, ...CHOICES], digits);
      const [kinds, words] = await save(first.page);
      assert.deepEqual(kinds, ["notice information"], words);
      await first.page.waitForFunction(() => document.activeElement.id === "station");

      const second = await enter(host, "E-1201", locale, "/desk/entry");
      await find(second.page, digits);
      const shown = await second.page.content();
      for (const figure of ["420", "280", "٤٢٠", "٢٨٠"]) {
        assert.ok(!shown.includes(figure), `${figure} of the first entry is on the page`);
      }
      await type(second.page, [...FIELDS, ...CHOICES], digits);
      const [again, accepted] = await save(second.page);
      assert.deepEqual(again, ["notice information"], accepted);
      await sound(second.page, `entry-${locale}-saved`);
      await second.page.goto(`${host.site.address}/sheet/assembly-2-2/${STATION}`);
      await taken(second.page, second.page.locator(".sheet-head .badge.accepted"));
      assert.deepEqual(first.complaints, []);
      await first.close();
      await second.close();
    });

    test("without a script the answer says what is wrong beside its line", async () => {
      const opened = await enter(host, "E-1202", locale, "/desk/entry", {
        javaScriptEnabled: false,
      });
      const { page } = opened;
      await page.goto(`${host.site.address}/desk/entry/president/1-3-1-2`);
      await page.locator(".line input").first().fill(digits("12") + "x");
      await page.locator("main button").click();
      assert.equal(await page.locator(".line.slip").count(), 1);
      assert.equal(await page.locator(".line input").first().inputValue(), digits("12") + "x");
      await page.locator(".line input").first().fill(digits("12"));
      await page.locator("main button").click();
      assert.ok((await page.locator(".line.empty").count()) > 5, "empty is not zero");
      assert.equal(await page.locator("#empty").count(), 1);
      await opened.close();
    });
  });
}
