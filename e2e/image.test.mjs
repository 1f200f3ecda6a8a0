// The image of a sheet, by the keyboard alone, in Arabic and in English: a file that is no picture is
// refused beside its box, a picture is put on record, and everybody sees it on the page of the sheet.

import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, test } from "node:test";
import { crc32, deflateSync } from "node:zlib";
import { LOCALES, enter, hosted, open, sound, taken } from "./site.mjs";

const FOLDER = mkdtempSync(path.join(tmpdir(), "sanduq-image-"));
const OPEN = ["received", "first_entered", "differing", "quarantined"];
/** The heads of stations of the sample. */
const HEADS = { "4-4-2-2": "E-0200", "2-3-1-1": "E-0201", "3-1-2-2": "E-0202" };

function chunk(name, own) {
  const named = Buffer.concat([Buffer.from(name), own]);
  const length = Buffer.alloc(4);
  const sum = Buffer.alloc(4);
  length.writeUInt32BE(own.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}

/** A grey page with a band at this height, and a note of where it was taken. */
function picture(band) {
  const [width, height] = [800, 1100];
  const pixels = Buffer.alloc((width + 1) * height, 0xee);
  for (let y = 0; y < height; y += 1) {
    pixels[y * (width + 1)] = 0;
    if (y % 100 < 4 || Math.abs(y - band) < 20) {
      pixels.fill(0x33, y * (width + 1) + 41, (y + 1) * (width + 1) - 40);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", header),
    chunk("tEXt", Buffer.from("Comment\0GPS 33.8869 N 9.5375 E")),
    chunk("IDAT", deflateSync(pixels)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function file(name, bytes) {
  const at = path.join(FOLDER, name);
  writeFileSync(at, bytes);
  return at;
}

/** The window in which a file is chosen, opened by the keyboard; a busy browser may miss a key. */
async function chooser(page) {
  for (let tries = 0; tries < 6; tries += 1) {
    const opened = page.waitForEvent("filechooser", { timeout: 5000 }).catch(() => undefined);
    await page.locator("#picture").focus();
    await page.keyboard.press("Space");
    const found = await opened;
    if (found) return found;
  }
  return assert.fail("no file can be chosen by the keyboard");
}

/** Chooses a file as one does without a mouse, and sends it. */
async function send(page, at) {
  await (await chooser(page)).setFiles(at);
  await page.locator(".upload button").focus();
  await page.keyboard.press("Enter");
}

/** A sheet of the presidency that takes an image. */
async function waiting(address, among) {
  const list = await (await fetch(`${address}/images/president.json`)).json();
  const rows = list.missing.filter(({ state }) => OPEN.includes(state));
  const row = rows.find(({ station }) => !among || among.includes(station));
  return { ...row, missing: list.missing.length };
}

/** On the page of the sheet its picture is seen when its part is opened. */
async function shown(page, address, station, name, locale) {
  const image = page.locator(".image img");
  await page.goto(`${address}/sheet/president/${station}?lang=${locale}`);
  await taken(page, image);
  await page.locator(".image summary").focus();
  await page.keyboard.press("Enter");
  await image.scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector(".image img").naturalWidth === 800);
  assert.ok((await image.getAttribute("alt")).includes(station));
  await sound(page, name);
  const kept = await fetch(new URL(await image.getAttribute("src"), address));
  const bytes = Buffer.from(await kept.arrayBuffer());
  assert.equal(kept.headers.get("content-type"), "image/png");
  assert.ok(!bytes.includes("GPS"), "nothing of a place is kept");
}

for (const [locale, band] of [
  ["ar", 300],
  ["en", 700],
]) {
  describe(`the image of a sheet in ${locale}`, () => {
    const host = hosted();

    test("a clerk is refused a file that is none, and sends a picture", async () => {
      const { address } = host.site;
      const { station, missing } = await waiting(address);
      const form = `/desk/image/president/${station}`;
      const opened = await enter(host, "E-1201", locale, form);
      const { page, complaints, close } = opened;
      await sound(page, `image-${locale}-form`);
      await send(page, file("paper.png", "this is no picture"));
      await page.locator("#picture-says").waitFor();
      assert.equal(await page.locator(".images-kept").count(), 0);
      await sound(page, `image-${locale}-refused`);
      await send(page, file(`paper-${locale}.txt`, picture(band)));
      await page.waitForURL(/done=recorded/);
      assert.equal(await page.locator(".images-kept li").count(), 1);
      assert.equal(await page.locator("main img").count(), 0, "nobody is shown votes here");
      await sound(page, `image-${locale}-recorded`);
      await shown(page, address, station, `image-${locale}-sheet`, locale);
      const left = (await waiting(address)).missing;
      assert.equal(left, missing - 1);
      await page.goto(`${address}/images/president?lang=${locale}`);
      await sound(page, `image-${locale}-missing`);
      const own = complaints.filter((text) => !text.includes("status of 422"));
      assert.deepEqual(own, []);
      await close();
    });

    test("the head sends one from the phone, without a script too", async () => {
      const { address } = host.site;
      const { station } = await waiting(address, Object.keys(HEADS));
      const form = `/desk/station/${station}/image/president`;
      const options = { width: 390, javaScriptEnabled: false };
      const opened = await enter(host, HEADS[station], locale, form, options);
      const { page, close } = opened;
      assert.equal(await page.locator("#picture").getAttribute("capture"), "environment");
      await page.setInputFiles("#picture", file(`head-${locale}.png`, picture(band + 100)));
      await page.click(".upload button");
      assert.match(page.url(), /done=recorded/);
      await page.setInputFiles("#picture", file(`head-${locale}.png`, picture(band + 100)));
      await page.click(".upload button");
      assert.match(page.url(), /done=already/);
      assert.equal(await page.locator(".images-kept li").count(), 1);
      await close();
    });
  });
}

describe("the pages of images in every language", () => {
  const host = hosted();
  for (const locale of LOCALES) {
    test(`the sheets without one, ${locale}`, async () => {
      const url = `${host.site.address}/images/president?lang=${locale}`;
      const { page, response, close } = await open(host.browser, url);
      const bytes = (await response.body()).length;
      assert.ok(bytes < 50 * 1024, `${bytes} bytes`);
      assert.ok(!(await page.content()).includes("⟦"), "a sentence is missing");
      await sound(page, `image-missing-${locale}`);
      await close();
    });
  }
});
