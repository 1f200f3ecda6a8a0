// A whole rehearsal, from the roll to the reader: the pages that the program itself serves of the
// election in its store, and the folder that it published, read from the disk.

import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { hosted, open, overflow, picture, rehearse, violations } from "./site.mjs";

/** Follows a link and checks the page behind it. */
async function follow(page, link, name) {
  const [response] = await Promise.all([page.waitForNavigation(), link.click()]);
  assert.ok(!response || response.status() < 400, `${name}: ${response?.status()}`);
  assert.deepEqual(await violations(page), [], name);
  assert.deepEqual(await overflow(page), [], name);
  await picture(page, `rehearsal-${name}`);
}

describe("an election in a store", () => {
  const host = hosted(rehearse);

  test("a reader goes from the nation down to one sheet and its arithmetic", async () => {
    const { page, complaints, close } = await open(host.browser, `${host.site.address}/?lang=ar`);
    for (const level of ["province", "constituency", "centre", "station"]) {
      await follow(page, page.locator(".units tbody a").first(), level);
    }
    await follow(page, page.locator(".onward a").first(), "sheet");
    assert.ok((await page.locator(".checks .holds").count()) >= 5, "checks with both sides");
    assert.ok((await page.locator(".entries li").count()) >= 3, "what the journal says");
    assert.match(await page.locator(".digest").innerText(), /[0-9a-f]{64}/);
    assert.match(await page.locator(".salt").innerText(), /\b[0-9a-f]{32}\b/);
    await follow(page, page.locator(".sections a[href='/board']"), "board");
    await follow(page, page.locator(".sections a[href='/journal']"), "journal");
    assert.deepEqual(complaints, []);
    await close();
  });

  test("each role of the rehearsal logs in", async () => {
    assert.equal(host.site.accounts.length, 11);
    for (const { number, password } of host.site.accounts) {
      const { page, close } = await open(host.browser, `${host.site.address}/login?lang=en`);
      await page.fill("#number", number);
      await page.fill("#password", password);
      await page.click("main button");
      await page.waitForURL("**/desk");
      assert.ok((await page.locator("main").innerText()).includes(number));
      await close();
    }
  });

  test("the published folder reads from the disk", async () => {
    const index = pathToFileURL(`${host.site.published}/index.html`).href;
    const { page, complaints, close } = await open(host.browser, index);
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflow(page), []);
    await picture(page, "rehearsal-folder");
    await follow(page, page.locator("a[lang=ar]"), "folder-nation");
    for (const level of ["province", "constituency", "centre"]) {
      await follow(page, page.locator(".units tbody a").first(), `folder-${level}`);
    }
    assert.ok((await page.locator(".checks .holds").count()) >= 5, "sheets on the centre's page");
    await follow(page, page.locator(".languages a[lang=en]"), "folder-centre-en");
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.deepEqual(complaints, []);
    await close();
  });
});

describe("sheets that are left for people", () => {
  const host = hosted(() => rehearse("--leave", "3"));

  /** Logs in as the account of the rehearsal whose number begins so, and goes to a page. */
  async function enter(page, role, path) {
    const { number, password } = host.site.accounts.find((one) => one.number.startsWith(role));
    await page.goto(`${host.site.address}/login?lang=en`);
    await page.fill("#number", number);
    await page.fill("#password", password);
    await page.click("main button");
    await page.waitForURL("**/desk");
    await page.goto(`${host.site.address}${path}`);
  }

  test("a clerk types them, and two organs decide on what is held back", async () => {
    const { page, complaints, close } = await open(host.browser, host.site.address);
    await enter(page, "clerk", "/desk/entry");
    const papers = readFileSync(host.site.papers, "utf8").split("\n\n");
    const outcomes = [];
    for (let sheet = 0; sheet < 4; sheet += 1) {
      await page.goto(`${host.site.address}/desk/entry/next`);
      const [contest, station] = new URL(page.url()).pathname.split("/").slice(-2);
      const paper = papers.find((text) => text.startsWith(`${contest} ${station} `));
      for (const line of paper.trim().split("\n").slice(1)) {
        const [code, figure] = line.trim().split(/ +/);
        await page.locator(`#f-${code}, #c-${code}`).fill(figure);
      }
      await page.click(".typing button");
      await page.waitForURL(/entry\?saved=/);
      outcomes.push((await page.locator(".notice p").nth(1).innerText()).split(".")[0]);
    }
    outcomes.sort();
    assert.deepEqual(outcomes, [
      "Another person will now type it without seeing your figures",
      "Another person will now type it without seeing your figures",
      "Both entries agree",
      "Both entries agree",
    ]);

    await enter(page, "adjudicator", "/desk/decisions");
    await page.locator("[aria-labelledby=desk-to-propose] a").first().click();
    const sheet = new URL(page.url()).pathname;
    await page.check("#accept");
    await page.fill("#ground", "Article 61");
    await page.click(".deciding button");
    await page.waitForURL(/done=proposed/);
    await enter(page, "supervisor", sheet);
    await page.click("button[value=sign]");
    await page.waitForURL(/done=answered/);
    assert.equal(await page.locator(".sheet-head .badge.accepted").count(), 1);
    assert.deepEqual(complaints, []);
    await close();
  });
});

describe("a store that no longer answers", () => {
  const store = mkdtempSync(path.join(tmpdir(), "store-"));
  // The cluster of whoever is root belongs to somebody else.
  chmodSync(store, 0o755);
  const host = hosted(() => rehearse("--store", path.join(store, "kept")));
  after(() => rmSync(store, { recursive: true, force: true }));

  for (const address of ["/board", "/wall"]) {
    test(`${address} says that its figures may be old`, async () => {
      const opened = await open(host.browser, `${host.site.address}${address}?lang=en`);
      const state = opened.page.locator("#board-state");
      const lock = path.join(store, "kept/data/postmaster.pid");
      if (existsSync(lock)) {
        assert.equal(await state.innerText(), "");
        process.kill(Number(readFileSync(lock, "utf8").split("\n")[0]), "SIGQUIT");
      }
      await opened.page.locator("#board-state:not(:empty)").waitFor({ timeout: 20_000 });
      const time = await opened.page.locator("#board time").first().innerText();
      assert.ok((await state.innerText()).includes(time));
      await opened.close();
    });
  }
});
