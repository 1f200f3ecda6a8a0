// Deciding on a sheet by the keyboard alone: one organ proposes, the other signs or refuses, in
// Arabic and in English.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, hosted, sound, violations } from "./site.mjs";

for (const locale of ["ar", "en"]) {
  describe(`deciding on a sheet in ${locale}`, () => {
    const host = hosted();

    test("two organs bring it back to its station, or leave it held back", async () => {
      const executive = await enter(host, "E-0007", locale, "/desk/decisions");
      const { page } = executive;
      await sound(page, `decisions-${locale}`);
      const waiting = page.locator("[aria-labelledby=desk-to-propose] a");
      let decided;
      for (const outcome of ["return", "accept"]) {
        await page.goto(`${host.site.address}/desk/decisions`);
        // The list is of a snapshot, which takes in what was decided a moment later.
        while ((await waiting.first().getAttribute("href")) === decided) await page.reload();
        await waiting.first().focus();
        await page.keyboard.press("Enter");
        await page.waitForURL("**/desk/decisions/**");
        await sound(page, `decision-${locale}-${outcome}`);
        for (const width of [390, 1440]) {
          await page.setViewportSize({ width, height: 900 });
          assert.deepEqual(await violations(page), [], `at ${width}`);
        }
        const persons = await page.locator(".persons li .code").allInnerTexts();
        assert.ok(persons.length >= 2, "who typed stands beside what was typed");
        assert.equal(new Set(persons).size, persons.length, "no person twice");
        const read = page.locator(".readings thead th.number");
        assert.equal(await read.count(), persons.length, "a column for each");
        assert.equal(await page.locator("section.images .empty").count(), 1, "no image, in words");
        await page.locator(".note a[href^='/snapshot/']").focus();
        await page.keyboard.press("Enter");
        await page.waitForURL("**/snapshot/*");
        assert.equal(await page.locator("h1 .snapshot-id").count(), 1);
        await page.goBack();
        await page.locator("#ground").focus();
        await page.keyboard.press("Tab");
        await page.locator(`#${outcome}`).focus();
        await page.keyboard.press("Space");
        await page.locator(".deciding button").focus();
        await page.keyboard.press("Enter");
        await page.locator(".notice.refused").waitFor();
        assert.ok(await page.locator(`#${outcome}`).isChecked(), "what was chosen comes back");
        await page.locator("#ground").focus();
        await page.keyboard.type(locale === "ar" ? "المادة ٦٠" : "Article 60");
        await page.locator(".deciding button").focus();
        await page.keyboard.press("Enter");
        await page.waitForURL(/done=proposed/);
        assert.equal(await page.locator("button[name=answer]").count(), 0, "not one's own");
        const sheet = new URL(page.url()).pathname;

        const other = await enter(host, "S-0003", locale, sheet);
        await sound(other.page, `decision-${locale}-${outcome}-answer`);
        if (outcome === "accept") {
          await other.page.locator("#reason").focus();
          await other.page.keyboard.type("not shown the paper");
        }
        const answer = outcome === "return" ? "sign" : "refuse";
        await other.page.locator(`button[value=${answer}]`).focus();
        await other.page.keyboard.press("Enter");
        await other.page.waitForURL(/done=answered/);
        const state = outcome === "return" ? "returned" : "quarantined";
        assert.equal(await other.page.locator(`.sheet-head .badge.${state}`).count(), 1);
        assert.deepEqual(other.complaints, []);
        await other.close();
        decided = sheet;
      }
      await executive.close();
    });
  });
}
