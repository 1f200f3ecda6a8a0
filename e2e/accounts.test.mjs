// First passwords and one's own, an account that two persons open, a password that was forgotten:
// by the keyboard alone, in Arabic and in English.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enrol, enter, hosted, login, open, press, serve, sound, type } from "./site.mjs";

const OWN = { ar: "مالك الحزين فوق الحقل", en: "a heron over wet fields" };

for (const locale of ["ar", "en"]) {
  describe(`accounts in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "counting"));
    const shared = {};

    test("the first password opens once and leads to one's own", async () => {
      const administrator = await enter(host, "T-0001", locale, "/desk/staff");
      await enrol(administrator.page, "E-5100", "operations_officer");
      await administrator.page.locator(".notice.password").waitFor();
      await sound(administrator.page, `accounts-${locale}-enrolled`);
      shared.first = await administrator.page.locator(".secret").innerText();
      await administrator.close();

      const officer = await login(host, "E-5100", shared.first, locale);
      const { page } = officer;
      await page.waitForURL("**/password");
      await sound(page, `own-${locale}`);
      const shut = await page.goto(`${host.site.address}/desk/stations`);
      assert.equal(shut.status(), 403);
      await sound(page, `own-${locale}-shut`);
      await press(page, 'a[href="/password"]');
      await page.waitForURL("**/password");

      for (const [one, other, name] of [
        [OWN[locale], "something else at all", "differs"],
        [shared.first, shared.first, "first"],
      ]) {
        await type(page, "#new", one);
        await page.keyboard.press("Tab");
        await page.keyboard.type(other);
        await page.keyboard.press("Enter");
        await page.locator(".notice.refused").waitFor();
        await page.locator('[aria-invalid="true"]').waitFor();
        await sound(page, `own-${locale}-${name}`);
      }
      await type(page, "#new", OWN[locale]);
      await page.keyboard.press("Tab");
      await page.keyboard.type(OWN[locale]);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/desk");
      await officer.close();

      const spent = await login(host, "E-5100", shared.first, locale);
      assert.equal(new URL(spent.page.url()).pathname, "/login");
      await spent.close();
      const again = await login(host, "E-5100", OWN[locale], locale);
      await again.page.waitForURL("**/desk");
      await again.close();
    });

    test("an account that decides is opened by two", async () => {
      const first = await enter(host, "T-0001", locale, "/desk/staff");
      await enrol(first.page, "E-5101", "adjudicator");
      await first.page.locator(".pair.waiting").waitFor();
      assert.equal(await first.page.locator('button[value="approve"]').count(), 0);
      const half = await first.page.locator(".secret").innerText();
      assert.match(half, /^[a-z2-9]{4}-[a-z2-9]{4}$/);
      await sound(first.page, `second-${locale}-proposed`);

      const second = await enter(host, "T-0002", locale, "/desk/staff");
      await sound(second.page, `second-${locale}-waiting`);
      await press(second.page, 'button[value="approve"]');
      await second.page.locator(".notice.password").waitFor();
      await sound(second.page, `second-${locale}-approved`);
      const other = await second.page.locator(".secret").innerText();
      assert.match(other, /^[a-z2-9]{4}(-[a-z2-9]{4}){2}$/);
      await second.close();

      await enrol(first.page, "E-5102", "results_officer");
      await first.page.locator(".pair.waiting").waitFor();
      await press(first.page, 'button[value="refuse"]');
      await first.page.waitForURL(/done=refused/);
      assert.equal(await first.page.locator(".pair.waiting").count(), 0);
      await first.close();

      for (const alone of [half, other]) {
        const no = await login(host, "E-5101", alone, locale);
        await no.page.locator(".notice.refused").waitFor();
        await no.close();
      }
      const adjudicator = await login(host, "E-5101", `${half}-${other}`, locale);
      await adjudicator.page.waitForURL("**/password");
      await adjudicator.close();
      const auditor = await enter(host, "A-0001", locale, "/desk/two-persons");
      const told = await auditor.page.locator(".pair.approved").first().innerText();
      for (const part of ["E-5101", "T-0001", "T-0002"]) assert.ok(told.includes(part), told);
      await sound(auditor.page, `second-${locale}-told`);
      await auditor.close();
    });

    test("a forgotten password is reset", async () => {
      const administrator = await enter(host, "T-0001", locale, "/desk/staff/E-5100");
      await sound(administrator.page, `reset-${locale}`);
      await press(administrator.page, 'button[value="reset"]');
      await administrator.page.locator(".notice.password").waitFor();
      await sound(administrator.page, `reset-${locale}-given`);
      const password = await administrator.page.locator(".secret").innerText();
      await administrator.page.goto(`${host.site.address}/desk/staff/E-5100`);
      await sound(administrator.page, `reset-${locale}-account`);
      await administrator.page.goto(`${host.site.address}/desk/staff/E-0007`);
      await press(administrator.page, 'button[value="reset"]');
      await administrator.page.locator(".pair.waiting").first().waitFor();
      await administrator.close();

      const old = await login(host, "E-5100", OWN[locale], locale);
      assert.equal(new URL(old.page.url()).pathname, "/login");
      await old.close();
      const officer = await login(host, "E-5100", password, locale);
      await officer.page.waitForURL("**/password");
      await officer.close();
      const spent = await login(host, "E-5100", password, locale);
      await spent.page.locator(".notice.refused").waitFor();
      await sound(spent.page, `reset-${locale}-spent`);
      await spent.close();
    });
  });
}
