// The day of a station on a phone, by the keyboard alone, in Arabic with Arabic digits and in
// English: it opens, reports an hour, closes behind its line, sends its sheet, and loses nothing of
// what is typed when the line is lost.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import {
  LOCALES,
  cut,
  enter,
  hosted,
  open,
  overflow,
  picture,
  rehearse,
  serve,
  violations,
} from "./site.mjs";

const PHONE = { width: 390 };
const FIELDS = [700, 420, 0, 420, 700, 280, 0, 420, 420, 400, 12, 8];
const CHOICES = [200, 100, 60, 40];

const arabic = (text) => text.replace(/[0-9]/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);
const LANGUAGES = [
  ["ar", arabic],
  ["en", (text) => text],
];

/** Nothing amiss on a phone and on a desk. */
async function sound(page, name) {
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    assert.deepEqual(await overflow(page), [], `${name} is wider than ${width}`);
    assert.deepEqual(await cut(page), [], name);
    assert.deepEqual(await violations(page), [], name);
    assert.ok(!(await page.content()).includes("⟦"), "a sentence is missing");
    await picture(page, `${name}-${width}`);
  }
  await page.setViewportSize({ width: 390, height: 844 });
}

/** Types into a box that has the cursor after Tab. */
async function fill(page, id, text) {
  await page.locator(`#${id}`).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}

async function press(page, selector) {
  await page.locator(selector).focus();
  await page.keyboard.press("Enter");
}

for (const [locale, digits] of LANGUAGES) {
  describe(`opening a station in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "opening"));

    test("the record is refused beside its box, then stands with its number", async () => {
      const { page, complaints, close } = await enter(host, "E-0201", locale, "/desk", PHONE);
      await press(page, 'a[href="/desk/station"]');
      await page.waitForURL("**/desk/station/2-3-1-1");
      await sound(page, `station-${locale}-day`);
      await press(page, "a.door");
      await page.waitForURL("**/opening");
      await sound(page, `station-${locale}-opening`);
      await page.locator("#head").focus();
      await page.keyboard.press("Space");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("A-17 B-4");
      await page.keyboard.press("Tab");
      await page.keyboard.type(digits("500"));
      await page.keyboard.press("Tab");
      await page.keyboard.type(digits("6"));
      await page.keyboard.press("Enter");
      await page.locator(".tick.slip").waitFor();
      assert.equal(await page.locator(".says").count(), 1);
      assert.equal(await page.locator("#seals").inputValue(), "A-17 B-4");
      await sound(page, `station-${locale}-opening-refused`);
      await page.locator("#sealed").focus();
      await page.keyboard.press("Space");
      await press(page, ".kept button");
      await page.waitForURL(/done=recorded/);
      assert.match(await page.locator(".on-record").innerText(), /A-17 · B-4/);
      assert.equal(await page.locator(".on-record-mark a").count(), 1);
      await sound(page, `station-${locale}-opening-recorded`);
      assert.deepEqual(complaints.filter((text) => !text.includes("status of 409")), []);
      await close();
    });
  });

  describe(`an hour of a station in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "noon"));
    const path = "/desk/station/3-1-2-2/hours";

    test("what is typed without a line is kept, and sent once when it is back", async () => {
      const { page, close } = await enter(host, "E-0202", locale, path, PHONE);
      const context = page.context();
      await sound(page, `station-${locale}-hours`);
      await context.setOffline(true);
      await page.locator("#hour-13").focus();
      await page.keyboard.press("Space");
      await fill(page, "came", digits("600"));
      await fill(page, "voted", digits("590"));
      await page.keyboard.press("Enter");
      await page.locator(".kept-says:not([hidden])").waitFor();
      await page.locator(".kept button:enabled").waitFor();
      const unsent = await page.locator("form.kept").getAttribute("data-unsent");
      assert.equal(await page.locator(".kept-says").innerText(), unsent);
      await sound(page, `station-${locale}-hours-offline`);
      let posts = 0;
      page.on("request", (request) => (posts += request.method() === "POST" ? 1 : 0));
      await context.setOffline(false);
      await page.waitForURL(/done=recorded/);
      assert.equal(posts, 1, "sent once");
      assert.equal(await page.locator(".hours-kept tbody tr").first().locator("a").count(), 1);
      assert.equal(await page.locator("#came").inputValue(), "", "nothing is kept of it");
      await sound(page, `station-${locale}-hours-recorded`);
      await close();
    });

    test("what is typed comes back on this device, and goes with the log-out", async () => {
      const { page, close } = await enter(host, "E-0202", locale, path, PHONE);
      await fill(page, "came", digits("640"));
      await page.reload();
      assert.equal(await page.locator("#came").inputValue(), digits("640"));
      const restored = await page.locator("form.kept").getAttribute("data-restored");
      assert.equal(await page.locator(".kept-says").innerText(), restored);
      await sound(page, `station-${locale}-hours-restored`);
      assert.equal(await page.evaluate(() => localStorage.length), 1);
      await press(page, "form.who button");
      await page.waitForURL((url) => url.pathname === "/");
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      await close();
    });

    test("a no stands beside its box, without a script too", async () => {
      const options = { ...PHONE, javaScriptEnabled: false };
      const { page, close } = await enter(host, "E-0202", locale, path, options);
      await page.fill("#came", digits("600"));
      await page.fill("#voted", digits("601"));
      await page.click(".kept button");
      assert.equal(await page.locator("#voted-says").count(), 1);
      assert.equal(await page.locator("#came").inputValue(), digits("600"));
      await page.fill("#voted", digits("599"));
      await page.click(".kept button");
      assert.match(page.url(), /done=recorded/);
      await close();
    });
  });

  describe(`closing a station in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "closing"));
    const station = "/desk/station/4-4-2-2";

    test("behind its line, and its sheet with what does not add up", async () => {
      const opened = await enter(host, "E-0200", locale, `${station}/closing`, PHONE);
      const { page, close } = opened;
      await sound(page, `station-${locale}-closing`);
      await fill(page, "waiting", digits("12"));
      await page.keyboard.press("Enter");
      await page.waitForURL(/done=recorded/);
      await fill(page, "token", digits("1"));
      await fill(page, "last", digits("11"));
      await press(page, "button[value=used]");
      await page.locator(".on-record dd", { hasText: digits("11") }).first().waitFor();
      await sound(page, `station-${locale}-tokens`);
      await fill(page, "token", digits("13"));
      await press(page, "button[value=used]");
      await page.locator("#token-says").waitFor();
      await fill(page, "token", digits("12"));
      await press(page, "button[value=void]");
      await page.locator("button[value=close]").waitFor();
      await sound(page, `station-${locale}-close`);
      await press(page, "button[value=close]");
      await page.locator("a.door").waitFor();
      await sound(page, `station-${locale}-closed`);
      await press(page, "a.door");
      await page.waitForURL(`**${station}/sheet`);
      await sound(page, `station-${locale}-sheets`);
      await press(page, `a[href="${station}/sheet/president"]`);
      await page.waitForURL("**/sheet/president");
      await sound(page, `station-${locale}-sheet`);
      await page.locator(".line input").first().focus();
      for (const figure of [...FIELDS, 210, ...CHOICES.slice(1)]) {
        await page.keyboard.type(digits(String(figure)));
        await page.keyboard.press("Enter");
      }
      await page.keyboard.press("Enter");
      await page.locator("#explanation").waitFor();
      assert.ok((await page.locator(".checks .fails").count()) > 0);
      await sound(page, `station-${locale}-explain`);
      await fill(page, "explanation", locale === "ar" ? "تلفت بطاقات في الفرز" : "Papers were torn");
      await press(page, ".kept .onward button");
      await page.waitForURL(/sheet\?done=recorded/);
      await sound(page, `station-${locale}-sheets-done`);
      await page.goto(`${host.site.address}/desk/entry/president/4-4-2-2`);
      assert.equal(await page.locator("form.typing").count(), 0, "nobody types it twice");
      await close();
    });
  });
}

describe("the screens of a station in every language", () => {
  const host = hosted(() => serve("--stage", "dawn"));
  for (const locale of LOCALES) {
    test(`too early, ${locale}`, async () => {
      const day = "/desk/station/4-4-2-2";
      const { page, close } = await enter(host, "E-0200", locale, day, PHONE);
      for (const step of ["", "/opening", "/hours", "/closing", "/sheet"]) {
        const answer = await page.goto(`${host.site.address}${day}${step}`);
        assert.equal(answer.status(), 200);
        const bytes = (await answer.body()).length;
        assert.ok(bytes < 50 * 1024, `${step}: ${bytes} bytes`);
        await sound(page, `station-${locale}-early${step.replace("/", "-")}`);
      }
      await close();
    });
  }
});

describe("the head of a station of the rehearsal", () => {
  const host = hosted(() => rehearse("--leave", "3"));

  test("types the sheet of the own station, and the centre types it again", async () => {
    const login = async (page, role) => {
      const { number, password } = host.site.accounts.find((one) => one.role === role);
      await page.goto(`${host.site.address}/login?lang=en`);
      await page.fill("#number", number);
      await page.fill("#password", password);
      await page.click("main button");
      await page.waitForURL("**/desk");
    };
    const { page, close } = await open(host.browser, host.site.address, PHONE);
    await login(page, "station_head");
    await page.click('a[href="/desk/station"]');
    await page.waitForURL("**/desk/station/*");
    const station = new URL(page.url()).pathname.split("/").pop();
    const type = async (contest) => {
      const papers = readFileSync(host.site.papers, "utf8").split("\n\n");
      const paper = papers.find((text) => text.startsWith(`${contest} ${station} `));
      for (const line of paper.trim().split("\n").slice(1)) {
        const [code, figure] = line.trim().split(/ +/);
        await page.locator(`#f-${code}, #c-${code}`).fill(figure);
      }
      await page.click(".typing .onward button");
    };
    await page.goto(`${page.url()}/sheet`);
    await page.locator(".worklist a").first().click();
    await page.locator("form.typing").waitFor();
    const contest = new URL(page.url()).pathname.split("/").pop();
    await type(contest);
    await page.waitForURL(/sheet\?done=recorded/);
    await login(page, "clerk");
    await page.goto(`${host.site.address}/desk/entry/${contest}/${station}`);
    await page.locator('input[name="turn"][value="second"]').waitFor({ state: "attached" });
    await type(contest);
    await page.waitForURL(/entry\?saved=/);
    assert.match(await page.locator("main").innerText(), /Both entries agree/);
    await close();
  });
});
