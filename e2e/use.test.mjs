// Using the pages: by keyboard alone, without a script, in print, and the board as it changes.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import {
  PASSWORD,
  hosted,
  open,
  overflow,
  picture,
  serve,
  sound,
  violations,
} from "./site.mjs";

/** The focused element: what it is, where it leads, whether the focus can be seen. */
function focused(page) {
  return page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return {
      tag: element.tagName,
      href: element.getAttribute("href") ?? "",
      id: element.id,
      seen: outlineStyle !== "none" && parseFloat(outlineWidth) > 0,
      inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}

/** Goes on by the keyboard until what is wanted has the focus. */
async function reach(page, wanted) {
  for (let stop = 0; stop < 60; stop += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((own) => document.activeElement.matches(own), wanted)) return;
  }
  assert.fail(`no key leads to ${wanted}`);
}

describe("by keyboard alone", () => {
  const host = hosted();

  test("the first stop skips to the content, and every link is reached and seen", async () => {
    const { site, browser } = host;
    const sheet = "/sheet/president/1-1-1-1";
    for (const path of ["/", "/board", "/board/needs/wahat", "/journal", sheet, "/contests"]) {
      const { page, close } = await open(browser, `${site.address}${path}?lang=ar`);
      await page.keyboard.press("Tab");
      const first = await focused(page);
      assert.equal(first.href, "#main", path);
      assert.ok(first.inside && first.seen, "the skip link shows itself");
      await page.keyboard.press("Enter");
      assert.equal((await focused(page)).id, "main", path);

      const wanted = await page.locator("a[href], button, input, summary, [tabindex='0']").count();
      await page.goto(`${site.address}${path}?lang=ar`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
      for (let stop = 0; stop < wanted; stop += 1) {
        await page.keyboard.press("Tab");
        const here = await focused(page);
        assert.notEqual(here.tag, "BODY", `${path}: stop ${stop} of ${wanted} is nowhere`);
        assert.ok(here.seen, `${path}: the focus on ${here.tag} ${here.href} cannot be seen`);
        assert.ok(here.inside, `${path}: ${here.tag} ${here.href} is outside the window`);
      }
      await close();
    }
  });

  for (const [locale, how] of [["ar", "كيف تتحقق بنفسك"], ["en", "How to check this yourself"]]) {
    test(`how to check a figure is opened and its files are taken: ${locale}`, async () => {
      const { site, browser } = host;
      const { page, close } = await open(browser, `${site.address}/unit/1-1?lang=${locale}`);
      await page.locator(".check summary").focus();
      assert.equal(await page.evaluate(() => document.activeElement.innerText), how);
      assert.ok(!(await page.locator(".command").isVisible()));
      await page.keyboard.press("Enter");
      assert.ok(await page.locator(".command").isVisible());
      assert.deepEqual(await violations(page), []);
      const data = await page.request.get(`${site.address}/unit/1-1.json`);
      const { snapshot } = await data.json();
      await page.keyboard.press("Tab");
      assert.equal((await focused(page)).href, `/snapshot/${snapshot}`);
      await page.keyboard.press("Tab");
      assert.equal((await focused(page)).href, "/unit/1-1.json");
      assert.ok((await page.locator(".check").innerText()).includes(snapshot));
      await close();
    });
  }

  for (const [locale, role] of [["ar", "مدخل بيانات"], ["en", "Data-entry clerk"]]) {
    test(`a member of staff logs in, sees their desk, and logs out, in ${locale}`, async () => {
      const { site, browser } = host;
      const { page, close } = await open(browser, `${site.address}/login?lang=${locale}`);
      await reach(page, "#number");
      await page.keyboard.type("E-1201");
      await page.keyboard.press("Tab");
      assert.equal((await focused(page)).id, "password");
      await page.keyboard.type("wrong");
      await page.keyboard.press("Enter");
      await page.locator("[role=alert]").waitFor();
      assert.equal(await page.inputValue("#password"), "", "a password is never sent back");
      await sound(page, `login-wrong-${locale}`);

      await reach(page, "#number");
      await page.keyboard.type("E-1201");
      await page.keyboard.press("Tab");
      await page.keyboard.type(PASSWORD);
      await page.keyboard.press("Enter");
      await page.waitForURL("**/desk");
      assert.equal(await page.getAttribute("html", "lang"), locale, "the language stays");
      const text = await page.locator("main").innerText();
      assert.ok(text.includes("E-1201") && text.includes(role), text);
      await sound(page, `desk-${locale}`);
      await page.goto(`${site.address}/desk/entry`);
      await sound(page, `desk-entry-${locale}`);
      await page.goto(`${site.address}/desk/decisions`);
      assert.ok((await page.locator("main").innerText()).includes("web.not_permitted"));
      await reach(page, ".who button");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/");
      const desk = await page.goto(`${site.address}/desk`);
      assert.equal(desk.status(), 401);
      await close();
    });
  }
});

describe("without a script", () => {
  const host = hosted();

  test("every figure is there, and the board asks for itself", async () => {
    const { site, browser } = host;
    const plain = { javaScriptEnabled: false };
    const { page, close } = await open(browser, `${site.address}/board?lang=en`, plain);
    assert.ok((await page.locator(".tile-figure").count()) === 4);
    assert.ok((await page.content()).includes('http-equiv="refresh"'));
    await page.goto(`${site.address}/?lang=en`);
    assert.ok((await page.locator(".choices tbody tr").count()) >= 4);
    await close();
  });
});

describe("the board as the day goes by", () => {
  const host = hosted(() => serve("--live"));

  test("figures change without a hand, and a lost connection is said", async () => {
    const { site, browser } = host;
    const opened = await open(browser, `${site.address}/board?lang=ar`);
    const { page, complaints } = opened;
    const voted = () => page.locator("#board .figures dd").nth(1).innerText();
    const first = await voted();
    await page.waitForFunction(() => Number(board.dataset.updates) >= 4, null, { timeout: 20_000 });
    assert.notEqual(await voted(), first);
    assert.deepEqual(await violations(page), [], "after the updates as before");
    assert.deepEqual(await overflow(page), []);
    assert.deepEqual(complaints, []);
    await picture(page, "board-live-ar-1280");

    await site.stop();
    await page.locator("#board-state:not(:empty)").waitFor({ timeout: 10_000 });
    await opened.close();
  });
});

describe("in print", () => {
  const host = hosted(() => serve("--stage", "complete"));

  test("a sheet prints its figures and none of the furniture", async () => {
    const { site, browser } = host;
    const { page, close } = await open(browser, `${site.address}/sheet/president/1-1-1-1?lang=ar`);
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator(".sheet-paper").isVisible());
    for (const furniture of [".languages", ".sections", ".skip"]) {
      assert.ok(!(await page.locator(furniture).isVisible()), furniture);
    }
    await picture(page, "sheet-print-ar-1280");
    await close();
  });

  for (const where of ["/", "/board", "/wall", "/board/needs/wahat", "/contests", "/journal"]) {
    test(`${where} prints dark on white`, async () => {
      const { site, browser } = host;
      const { page, close } = await open(browser, `${site.address}${where}?lang=ar`);
      await page.emulateMedia({ media: "print" });
      const paper = () => getComputedStyle(document.body).backgroundColor;
      // What has no colour of its own is the paper.
      assert.match(await page.evaluate(paper), /^rgb\(255, 255, 255\)$|, 0\)$/);
      const pale = (await violations(page)).filter((found) => found.startsWith("color-contrast"));
      assert.deepEqual(pale, []);
      await picture(page, `print-${where.replaceAll("/", "-")}`);
      await close();
    });
  }
});
