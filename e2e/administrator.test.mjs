// The administrator, and what everybody may see of how the election is run, by the keyboard alone,
// in Arabic and in English.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { enter, hosted, open, serve, sound } from "./site.mjs";

/** Opens what is folded away, by the keyboard. */
async function unfold(page, summary) {
  await page.locator(summary).focus();
  await page.keyboard.press("Enter");
}

for (const locale of ["ar", "en"]) {
  describe(`the administrator in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "counting"));

    test("enrols, suspends and readmits; the supervision's accounts are not seen", async () => {
      const administrator = await enter(host, "T-0001", locale, "/desk");
      const { page } = administrator;
      await page.locator('.doors a[href="/desk/staff"]').focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/desk/staff");
      await sound(page, `staff-${locale}`);
      assert.ok(!(await page.content()).includes("S-0003"), "not the supervision's");

      await unfold(page, "details.asking:has(#number) > summary");
      await page.locator("#number").focus();
      await page.keyboard.type("E-5001");
      await page.locator("#role").focus();
      await page.keyboard.press("Home");
      await page.locator("#role").selectOption("station_head");
      await page.locator("form:has(#number) button").focus();
      await page.keyboard.press("Enter");
      await page.locator(".notice.refused").waitFor();
      assert.equal(await page.locator("#number").inputValue(), "E-5001", "what was typed is kept");
      await sound(page, `staff-${locale}-refused`);
      await page.locator("#unit").focus();
      await page.keyboard.type("1-1-1-1");
      await page.keyboard.press("Enter");
      await page.locator(".notice.password").waitFor();
      const password = await page.locator(".secret").innerText();
      assert.match(password, /^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
      await sound(page, `staff-${locale}-enrolled`);

      await page.goto(`${host.site.address}/desk/staff?role=station_head`);
      assert.ok(!(await page.content()).includes(password), "shown once");
      await page.locator('a[href="/desk/staff/E-5001"]').focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/desk/staff/E-5001");
      await sound(page, `account-${locale}`);
      for (const to of ["suspend", "readmit"]) {
        await page.locator(`button[value=${to}]`).focus();
        await page.keyboard.press("Enter");
        await page.waitForURL(/done=1/);
        const other = to === "suspend" ? "readmit" : "suspend";
        await page.locator(`button[value=${other}]`).waitFor();
        await page.goto(`${host.site.address}/desk/staff/E-5001`);
      }
      await sound(page, `account-${locale}-readmitted`);
      await page.goto(`${host.site.address}/desk/roles`);
      await sound(page, `roles-${locale}`);
      await administrator.close();

      const supervisor = await enter(host, "S-0003", locale, "/desk/staff");
      const seen = await supervisor.page.locator(".staff tbody th").allInnerTexts();
      assert.deepEqual(seen, ["S-0003", "S-0004"], "its own and nobody else's");
      await supervisor.close();
    });

    test("acts of two organs, by their state", async () => {
      const auditor = await enter(host, "A-0001", locale, "/desk/two-persons");
      const { page } = auditor;
      await sound(page, `two-persons-${locale}`);
      const filter = page.locator('.filters a[href$="state=waiting"]');
      const count = await filter.locator("b").innerText();
      await filter.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/state=waiting/);
      assert.ok((await page.locator(".pair.waiting").count()) > 0, count);
      assert.equal(await page.locator(".pair.approved").count(), 0);
      await sound(page, `two-persons-${locale}-waiting`);
      await page.locator(".pair a[href^='/journal/']").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/journal\/\d+$/);
      await auditor.close();
    });

    test("everybody: processes, the law, the journal and its proof", async () => {
      const opened = await open(host.browser, `${host.site.address}/?lang=${locale}`);
      const { page } = opened;
      await page.locator('.conduct a[href="/processes"]').focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/processes");
      assert.equal(await page.locator("li.process").count(), 25);
      await unfold(page, "#p7 summary");
      await sound(page, `processes-${locale}`);

      await page.locator('.conduct a[href="/law"]').focus();
      await page.keyboard.press("Enter");
      await page.waitForURL("**/law");
      await sound(page, `law-${locale}`);
      const [text] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("#profile ~ .law-text a").press("Enter"),
      ]);
      assert.match(readFileSync(await text.path(), "utf8"), /polling_day/);

      await page.goto(`${host.site.address}/journal`);
      await unfold(page, ".asking > summary");
      await page.locator("#f-station").focus();
      await page.keyboard.type(locale === "ar" ? "١-١-١-١" : "1-1-1-1");
      await page.keyboard.press("Enter");
      await page.waitForURL(/station=/);
      assert.ok((await page.locator(".entries li").count()) > 1);
      await sound(page, `journal-${locale}-asked`);
      await page.locator(".entries a[href^='/journal/']").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/journal\/\d+$/);
      await sound(page, `journal-${locale}-entry`);
      const [proof] = await Promise.all([
        page.waitForEvent("download"),
        page.locator("a[href$='/proof']").press("Enter"),
      ]);
      assert.match(proof.suggestedFilename(), /^entry-\d+\.tlog-proof$/);
      assert.match(readFileSync(await proof.path(), "utf8"), /^c2sp\.org\/tlog-proof@v1\n/);
      await opened.close();
    });
  });
}
