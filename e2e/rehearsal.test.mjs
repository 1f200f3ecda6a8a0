// A whole rehearsal, from the roll to the reader: the pages that the program itself serves of the
// election in its store, and the folder that it published, read from the disk.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { hosted, open, overflow, picture, rehearse, violations } from "./site.mjs";

/** Follows a link and checks the page behind it. */
async function follow(page, link, name) {
  const [response] = await Promise.all([page.waitForNavigation(), link.click()]);
  assert.ok(!response || response.status() < 400, `${name}: ${response?.status()}`);
  assert.deepEqual(await violations(page), [], name);
  assert.equal(await overflow(page), 0, name);
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
    await follow(page, page.locator(".sections a").nth(2), "board");
    await follow(page, page.locator(".sections a").nth(3), "journal");
    assert.deepEqual(complaints, []);
    await close();
  });

  test("each role of the rehearsal logs in", async () => {
    assert.equal(host.site.accounts.length, 9);
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
    assert.equal(await overflow(page), 0);
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
