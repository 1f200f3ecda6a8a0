// Certifying a result by the keyboard alone: the executive proposes, the supervision refuses once
// and then signs, and the public page says that it is final; in Arabic and in English.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, hosted, open, rehearse, serve, sound, taken } from "./site.mjs";

const FINAL = {
  ar: "نتيجة نهائية اعتمدها الجهازان",
  en: "Final result: certified by both organs",
};

/** Goes to what a selector finds and presses a key on it. */
async function press(page, selector, key = "Enter") {
  await page.locator(selector).first().focus();
  await page.keyboard.press(key);
}

for (const locale of ["ar", "en"]) {
  describe(`certifying a result in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "complete"));

    test("one organ proposes, the other signs, and everybody reads that it is final", async () => {
      const { address } = host.site;
      const executive = await enter(host, "E-0400", locale, "/desk");
      const { page } = executive;
      await press(page, 'a[href="/desk/certification"]');
      await page.waitForURL("**/desk/certification");
      await sound(page, `certification-${locale}`);
      const supervision = await enter(host, "S-0003", locale, "/desk/certification");
      for (const answer of ["refuse", "sign"]) {
        await page.goto(`${address}/desk/certification?stage=ready`);
        await press(page, 'a[href="/desk/certification/president"]');
        await page.waitForURL("**/desk/certification/president");
        await sound(page, `certification-${locale}-${answer}`);
        await press(page, 'form[action$="/propose"] button');
        await page.waitForURL(/done=proposed/);
        assert.equal(await page.locator("main form").count(), 0, "not one's own");

        const other = supervision.page;
        await other.goto(`${address}/desk/certification?stage=proposed`);
        await press(other, 'a[href="/desk/certification/president"]');
        await other.waitForURL("**/desk/certification/president");
        assert.match(await other.locator(".proposal").innerText(), /E-0400/);
        await sound(other, `certification-${locale}-${answer}-answer`);
        if (answer === "refuse") {
          await other.locator("#reason").focus();
          await other.keyboard.type(locale === "ar" ? "المادة ٩" : "Article 9");
        }
        await press(other, `button[value=${answer}]`);
        await other.waitForURL(/done=(refused|signed)/);
        await sound(other, `certification-${locale}-${answer}-done`);
      }
      const text = await supervision.page.locator(".proposal").innerText();
      assert.match(text, /E-0400[^]*S-0003/, "both are named");
      await supervision.page.goto(`${address}/desk/two-persons`);
      assert.equal(await supervision.page.locator(".pair.refused").count(), 1);
      assert.equal(await supervision.page.locator(".pair.approved").first().count(), 1);
      assert.deepEqual([...executive.complaints, ...supervision.complaints], []);
      await executive.close();
      await supervision.close();

      const reader = await open(host.browser, `${address}/?lang=${locale}`);
      const standing = reader.page.locator(".coverage.final .standing");
      await taken(reader.page, standing);
      assert.equal((await standing.first().innerText()).trim(), FINAL[locale]);
      await sound(reader.page, `final-${locale}`);
      await reader.page.goto(`${address}/contests`);
      const said = await reader.page.locator("main table").innerText();
      assert.equal(said.split(FINAL[locale]).length, 2, "no other contest is");
      await sound(reader.page, `final-contests-${locale}`);
      assert.deepEqual(reader.complaints, []);
      await reader.close();
    });
  });
}

describe("certifying the results of a village that is kept in a database", () => {
  const host = hosted(() => rehearse("--uncertified"));

  test("a contest that both organs have signed is final, and takes no decision any more", async () => {
    const as = async (role, path) => {
      const number = `${role}-1`;
      const { password } = host.site.accounts.find((account) => account.number === number);
      return (await enter(host, number, "en", path, {}, password)).page;
    };
    const list = "/desk/certification?stage=ready";
    const executive = await as("results-officer", list);
    const supervision = await as("supervisor", "/desk/certification");
    await press(executive, "main th a");
    await executive.waitForURL("**/desk/certification/*");
    const contest = new URL(executive.url()).pathname;
    await press(executive, 'form[action$="/propose"] button');
    await executive.waitForURL(/done=proposed/);
    await supervision.goto(`${host.site.address}${contest}`);
    await press(supervision, "button[value=sign]");
    await supervision.waitForURL(/done=signed/);
    assert.equal(await supervision.locator(".coverage.final").count(), 1);

    const { address } = host.site;
    const code = contest.split("/").pop();
    let entry;
    do {
      const { contests } = await (await fetch(`${address}/contests.json`)).json();
      entry = contests.find((own) => own.code === code);
    } while (entry.standing !== "final");
    const { contests } = await (await fetch(`${address}/contests.json`)).json();
    assert.equal(contests.filter(({ standing }) => standing === "final").length, 1);

    const { sheets } = await (await fetch(`${address}/files/sheets/${code}.json`)).json();
    const { station } = sheets.find(({ state }) => state === "accepted");
    const adjudicator = await as("adjudicator", `/desk/decisions/${code}/${station}`);
    assert.equal(await adjudicator.locator(".sheet-head .badge.accepted").count(), 1);
    assert.equal(await adjudicator.locator(".deciding").count(), 0, "nothing is asked");
  });
});
