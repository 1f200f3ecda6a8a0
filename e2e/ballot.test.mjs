// The practice ballot in a real browser: by the keyboard, in four languages, with every request read.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import * as harness from "./ballot/box.mjs";
import {
  LOCALES,
  WIDTHS,
  browse,
  hosted,
  open,
  overflow,
  picture,
  violations,
} from "./site.mjs";

const host = {};
const spoof = ["Amal\u202eddaH", "\u2066<b>Bold</b>\u2069", "Sami\u200b\u3164", "علی\u200cرضا", "ب 2 A"];
const key = "bf3529c9b8dee5e3623772f68588a2e010813fafb1f2cde391336933a46dec36";

/** An election of the tests' own, as `election.json`. */
function election(questions) {
  const common = { version: 1, description: "", name: "Sample", group: "Ed25519", public_key: key };
  return JSON.stringify({ ...common, questions, uuid: "SanduqPracticeXy" });
}
const names = (count) => Array.from({ length: count }, (_, nth) => `Candidate ${nth + 1}`);

before(async () => {
  host.site = await harness.open({
    ten: election([{ answers: names(10), min: 1, max: 1, question: "Ten" }]),
    hundred: election([{ answers: names(100), min: 1, max: 1, question: "Hundred" }]),
    spoof: election([{ answers: spoof, min: 1, max: 2, question: "Who?\u202e" }]),
    several: election([
      { answers: names(4), min: 2, max: 3, question: "Several" },
      { answers: names(3), blank: true, min: 1, max: 1, question: "Or blank" },
    ]),
  });
  host.browser = await browse();
});
after(async () => {
  await host.browser?.close();
  await host.site?.stop();
});

const practice = (query = "lang=en") => `${host.site.address}/ballot/practice?${query}`;
const visit = (query, options) => open(host.browser, practice(query), options);

/** Presses a key until what is focused has this text. */
async function reach(page, text) {
  for (let tries = 0; tries < 40; tries += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (found.includes(text)) return;
  }
  assert.fail(`no way by the keyboard to: ${text}`);
}

/** The heading of a step, once it is the reader's place. */
async function step(page) {
  await page.waitForFunction(() => document.activeElement?.matches(".ballot h2"));
  return page.locator(".ballot h2").innerText();
}

/** Chooses the line at a place (from 0) and encrypts; what the voter may do next is on the page. */
async function encrypt(page, place) {
  await page.locator(".ballot-line input").nth(place).check();
  await page.locator(".ballot-form button").click();
  await page.locator(".ballot > button").first().click();
  await page.locator(".ballot-tracker").waitFor();
  return (await page.locator(".ballot-tracker").textContent()).trim();
}

/** Casts what was encrypted; the address of its check. */
async function cast(page) {
  await page.locator(".ballot > button").first().click();
  await page.locator(".ballot-code").waitFor();
  return page.locator(".ballot-second a").getAttribute("href");
}

/** What the second device shows at an address, in a window of its own. */
async function checked(address, options) {
  const { page, close, complaints } = await open(host.browser, address, options);
  await page.locator(".ballot .notice").waitFor();
  const told = await page.locator(".ballot").innerText();
  const left = await page.evaluate(() => location.href);
  await close();
  return { told, left, complaints };
}

async function sound(opened, name) {
  const { page, complaints } = opened;
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await picture(page, `ballot-${name}-${width}`);
    assert.deepEqual(await overflow(page), [], `${name} is wider than ${width}`);
    assert.deepEqual(await violations(page), [], `${name} at ${width}`);
  }
  assert.deepEqual(complaints, [], `${name}: complaints of the browser`);
}

describe("every step in every language", { concurrency: 2 }, () => {
  for (const locale of LOCALES) {
    test(locale, async () => {
      const opened = await visit(`lang=${locale}`, { locale });
      const { page } = opened;
      await page.locator(".ballot-line").first().waitFor();
      await sound(opened, `choose-${locale}`);
      await page.locator(".ballot-form button").click();
      assert.notEqual(await page.locator(".ballot-says").innerText(), "");
      await sound(opened, `refused-${locale}`);
      await page.locator(".ballot-line input").nth(2).check();
      await page.locator(".ballot-form button").click();
      await sound(opened, `review-${locale}`);
      await page.locator(".ballot > button").first().click();
      await page.locator(".ballot-tracker").waitFor();
      await sound(opened, `ready-${locale}`);
      await page.locator(".ballot > button.plain").click();
      await page.locator(".ballot-details").waitFor();
      await sound(opened, `audited-${locale}`);
      await page.locator(".ballot > button").click();
      await page.locator(".ballot > button").first().click();
      await page.locator(".ballot-tracker").waitFor();
      const address = await cast(page);
      await sound(opened, `cast-${locale}`);
      const check = await open(host.browser, address);
      await check.page.locator(".ballot .notice").waitFor();
      await sound(check, `check-${locale}`);
      await check.close();
      await opened.close();
    });
  }
});

test("all of it by the keyboard, and the reader is led from step to step", async () => {
  const { page, close } = await visit("lang=en");
  await page.locator(".ballot-line").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await reach(page, "Continue");
  await page.keyboard.press("Enter");
  assert.equal(await step(page), "Check what you chose");
  assert.match(await page.locator(".ballot-summary").innerText(), /3\s+Fig/);
  await reach(page, "Encrypt my ballot");
  await page.keyboard.press("Enter");
  await page.locator(".ballot-tracker").waitFor();
  assert.equal(await step(page), "Your ballot is encrypted");
  await reach(page, "Open it instead");
  await page.keyboard.press("Enter");
  await page.locator(".ballot-details").waitFor();
  assert.match(await page.locator(".ballot").innerText(), /It holds what you chose[^]*Fig/);
  await reach(page, "Back to my choice");
  await page.keyboard.press("Enter");
  await reach(page, "Encrypt my ballot");
  await page.keyboard.press("Enter");
  await page.locator(".ballot-tracker").waitFor();
  await reach(page, "Cast this ballot");
  await page.keyboard.press("Enter");
  await page.locator(".ballot-code").waitFor();
  assert.equal(await step(page), "Your practice ballot has arrived");
  await close();
});

/** The requests while one ballot is cast and one is opened, and what they say beyond ciphertext. */
async function traffic(place) {
  const { page, close } = await visit("lang=en&election=ten");
  await page.locator(".ballot-line").first().waitFor();
  // Photos are asked for as they come near the window, whatever is chosen.
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  const from = host.site.seen.length;
  await encrypt(page, place);
  await page.locator(".ballot > button.plain").click();
  await page.locator(".ballot-details").waitFor();
  const openings = [await page.locator(".ballot-details pre").first().textContent()];
  await page.locator(".ballot > button").click();
  await page.locator(".ballot > button").first().click();
  await page.locator(".ballot-tracker").waitFor();
  const link = await cast(page);
  const { told } = await checked(link.replace("?", "?election=ten&"));
  assert.match(told, new RegExp(`Candidate ${place + 1}\\n`));
  openings.push(Buffer.from(link.split(".").at(-2), "base64url").toString("hex"));
  const seen = host.site.seen.slice(from);
  await close();
  return { seen, openings, fragment: link.split("#")[1] };
}

test("no request tells the choice, or what opens the ballot", async () => {
  const forms = [];
  const lengths = [];
  for (const place of [0, 0, 6, 9]) {
    const { seen, openings, fragment } = await traffic(place);
    const sent = seen.filter(({ method }) => method === "POST");
    assert.deepEqual(sent.map(({ url }) => url), ["/ballot/practice/spoil", "/ballot/practice/cast"]);
    const all = JSON.stringify(seen);
    for (const secret of [...openings, fragment, fragment.split(".")[2], "andidate", "%23", "#"]) {
      assert.ok(!all.includes(secret), `a request holds ${secret}`);
    }
    for (const opening of openings) {
      for (const form of ["base64", "base64url"]) {
        assert.ok(!all.includes(Buffer.from(opening, "hex").toString(form).replaceAll("=", "")));
      }
    }
    for (const { text } of sent) {
      // Random numbers are now and then a digit shorter; all else is of one form.
      lengths.push(text.length);
      const form = text.replaceAll(/"\d{60,}"/g, "n").replaceAll(/"[0-9a-f]{64}"/g, "e");
      forms.push(form.replaceAll(/hash":"[^"]{43}"/g, "hash"));
    }
    // Beside the two ballots a request is an address without a body.
    assert.ok(seen.every(({ method, text }) => method === "POST" || text === ""));
    const visited = seen.map(({ url }) => url.replace(/[0-9a-f]{64}$/, "…").split("?")[0]);
    forms.push(visited.filter((url) => !url.startsWith("/assets/")).join());
  }
  assert.equal(new Set(forms).size, 2, `one form of ballots, one list of addresses:\n${forms.join("\n")}`);
  const numbers = 2 * (2 * 10 + 1 + 1);
  assert.ok(Math.max(...lengths) - Math.min(...lengths) <= numbers, String(lengths));
  assert.equal(new Set(host.site.seen.map(({ text }) => text).filter(Boolean)).size >= 8, true);
});

test("names are shown as what they are, and turn nothing beside them", async () => {
  const opened = await visit("lang=ar&election=spoof");
  const { page } = opened;
  await page.locator(".ballot-line").first().waitFor();
  const shown = await page.locator(".ballot-line .ballot-name").allTextContents();
  assert.deepEqual(shown, [
    "AmalU+202EddaH",
    "U+2066<b>Bold</b>U+2069",
    "SamiU+200BU+3164",
    "علی\u200cرضا",
    "ب 2 A",
  ]);
  assert.equal(await page.locator(".ballot b").count(), 0);
  const marks = page.locator(".ballot-line .ballot-sign");
  assert.equal(await marks.count(), 5);
  for (const mark of await marks.all()) assert.ok(await mark.isVisible());
  const sides = await page.locator(".ballot-name bdi").evaluateAll((all) =>
    all.map((one) => getComputedStyle(one).unicodeBidi),
  );
  assert.ok(sides.every((side) => side === "isolate"), String(sides));
  await sound(opened, "spoof");
  await opened.close();
});

test("several answers: what is not allowed is said beside the question", async () => {
  const { page, close } = await visit("lang=en&election=several");
  const field = (nth) => page.locator(".ballot-line input").nth(nth);
  await field(0).waitFor();
  const onward = page.locator(".ballot-form button");
  const says = async () => {
    await onward.click();
    return page.locator(".ballot-says").allTextContents();
  };
  assert.deepEqual(await says(), ["Choose at least 2.", "Choose one."]);
  for (const nth of [0, 1, 2, 3]) await field(nth).check();
  assert.deepEqual(await says(), ["Choose at most 3.", "Choose one."]);
  await field(3).uncheck();
  // The blank vote is the last line of its question.
  await field(7).check();
  await onward.click();
  assert.match(await page.locator(".ballot-summary").innerText(), /Candidate 1[^]*3[^]*Blank vote/);
  await page.locator(".ballot > button").first().click();
  await page.locator(".ballot-tracker").waitFor();
  const { told } = await checked((await cast(page)).replace("?", "?election=several&"));
  assert.match(told, /Candidate 2\n[^]*Blank vote[^]*It is your last ballot/);
  await close();
});

test("the second device says which ballot is the last one, and nothing once it has expired", async () => {
  const { page, close } = await visit("lang=en");
  await page.locator(".ballot-line").first().waitFor();
  await encrypt(page, 1);
  const first = await cast(page);
  const one = await checked(first);
  assert.match(one.told, /Date\n[^]*It is your last ballot/);
  assert.ok(!one.left.includes("#"), "the link does not stay in the address");
  await page.locator(".ballot > button.plain").click();
  await encrypt(page, 3);
  const second = await cast(page);
  assert.match((await checked(first)).told, /Date\n[^]*It is not your last ballot/);
  assert.match((await checked(second)).told, /Grape\n[^]*It is your last ballot/);
  const [base, fragment] = second.split("#");
  const parts = fragment.split(".");
  const late = (Math.floor(Date.now() / 1000) - 1).toString(36);
  const early = (Math.floor(Date.now() / 1000) + 7_200).toString(36);
  const other = first.split(".").at(-2);
  const cases = [
    [[...parts.slice(0, 3), late], /This check has expired/],
    [[...parts.slice(0, 3), early], /This check has expired/],
    [["1", parts[1]], /This is no link to a check/],
    [["1", "A".repeat(43), parts[2], parts[3]], /The server has no such ballot/],
    [["1", parts[1], other, parts[3]], /The ballot does not open[^]*another-opening/],
  ];
  for (const [altered, told] of cases) {
    assert.match((await checked(`${base}#${altered.join(".")}`)).told, told);
  }
  // A server that hands out another ballot under this number is found out.
  const number = Buffer.from(parts[1], "base64url").toString("hex");
  const kept = [...host.site.box.kept.values()];
  const own = host.site.box.kept.get(number);
  const swapped = kept.find(({ ballot }) => ballot !== own.ballot);
  host.site.box.kept.set(number, { ...swapped, state: "last" });
  assert.match((await checked(second)).told, /The ballot does not open[^]*another-ballot/);
  host.site.box.kept.set(number, own);
  await close();
});

test("code and choice leave the page when half an hour has passed", async () => {
  const context = await host.browser.newContext();
  const page = await context.newPage();
  await page.clock.install({ time: new Date() });
  await page.goto(practice());
  await page.locator(".ballot-line").first().waitFor();
  await encrypt(page, 4);
  const link = await cast(page);
  const second = await context.newPage();
  await second.clock.install({ time: new Date() });
  await second.goto(link);
  await second.locator(".ballot-summary").waitFor();
  for (const own of [page, second]) await own.clock.fastForward("30:05");
  await page.locator(".ballot-code").waitFor({ state: "detached" });
  await second.locator(".ballot-summary").waitFor({ state: "detached" });
  assert.ok(!(await second.content()).includes("Pomegranate"));
  await context.close();
});

test("an opened ballot is spoilt, and the second device says so", async () => {
  const { page, close } = await visit("lang=en");
  await page.locator(".ballot-line").first().waitFor();
  const tracker = await encrypt(page, 1);
  await page.locator(".ballot > button.plain").click();
  const link = page.locator(".ballot-second a");
  await link.waitFor();
  assert.match((await checked(await link.getAttribute("href"))).told, /Date\n[^]*opened for a check/);
  await page.locator(".ballot > button").click();
  await page.locator(".ballot > button").first().click();
  await page.locator(".ballot-tracker").waitFor();
  const anew = (await page.locator(".ballot-tracker").textContent()).trim();
  assert.notEqual(anew, tracker, "what was opened is not sent");
  await close();
});

test("a line that fails loses no ballot", async () => {
  const { page, close } = await visit("lang=en");
  await page.locator(".ballot-line").first().waitFor();
  const tracker = await encrypt(page, 5);
  const failing = [[503, "The ballot was not confirmed"], [422, "The ballot was refused"]];
  for (const [status, told] of failing) {
    host.site.box.refuses = status;
    await page.locator(".ballot > button").first().click();
    await page.locator(".notice.failed").waitFor();
    assert.equal(await step(page), told);
    assert.equal((await page.locator(".ballot-tracker").textContent()).trim(), tracker);
  }
  host.site.box.refuses = undefined;
  await cast(page);
  assert.equal((await page.locator(".ballot-tracker").textContent()).trim(), tracker);
  await close();
});

test("without workers it encrypts in the page; without scripts it says what is missing", async () => {
  const context = await host.browser.newContext();
  const page = await context.newPage();
  await page.addInitScript(() => delete globalThis.Worker);
  await page.goto(practice());
  await page.locator(".ballot-line").first().waitFor();
  await encrypt(page, 2);
  assert.match((await checked(await cast(page))).told, /Fig\n/);
  await context.close();
  const plain = await visit("lang=en", { javaScriptEnabled: false });
  assert.match(await plain.page.locator(".ballot").innerText(), /needs JavaScript/);
  await plain.close();
});

test("ten candidates take no time, and of a hundred one sees how far they are", async (t) => {
  const { page, close } = await visit("lang=en&election=ten");
  await page.locator(".ballot-line").first().waitFor();
  const times = [];
  for (const place of [0, 1, 2]) {
    times.push(await encryption(page, place));
    await page.goto(practice("lang=en&election=ten"));
    await page.locator(".ballot-line").first().waitFor();
  }
  await page.goto(practice("lang=en&election=hundred"));
  await page.locator(".ballot-line").first().waitFor();
  await page.evaluate(() => {
    globalThis.bars = new Set();
    const look = () => {
      const bar = document.querySelector(".ballot progress");
      if (bar?.hasAttribute("value")) globalThis.bars.add(bar.value);
    };
    const options = { subtree: true, childList: true, attributes: true };
    new MutationObserver(look).observe(document.querySelector(".ballot"), options);
  });
  const hundred = await encryption(page, 50);
  const bars = await page.evaluate(() => [...globalThis.bars]);
  assert.ok(bars.length > 20, `it shows how far it is: ${bars}`);
  assert.deepEqual(bars, [...bars].sort((one, other) => one - other));
  t.diagnostic(`10 candidates: ${times.map(Math.round)} ms, the first of a page; 100: ${Math.round(hundred)} ms`);
  await close();
});

/** Milliseconds from the press of the button until the tracking number is on the page. */
async function encryption(page, place) {
  await page.locator(".ballot-line input").nth(place).check();
  await page.locator(".ballot-form button").click();
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const begun = performance.now();
        const look = new MutationObserver(() => {
          if (!document.querySelector(".ballot-tracker")) return;
          look.disconnect();
          resolve(performance.now() - begun);
        });
        look.observe(document.querySelector(".ballot"), { childList: true });
        document.querySelector(".ballot > button").click();
      }),
  );
}

test("on a line of 64 kbit/s with 800 ms of delay a vote is cast within 30 seconds", async (t) => {
  const context = await host.browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  const line = await context.newCDPSession(page);
  await line.send("Network.enable");
  const rate = 64_000 / 8;
  const slow = { offline: false, latency: 800, downloadThroughput: rate, uploadThroughput: rate };
  await line.send("Network.emulateNetworkConditions", slow);
  const begun = performance.now();
  await page.goto(practice("lang=ar"), { waitUntil: "commit" });
  await page.locator(".ballot-line").first().waitFor();
  const shown = performance.now() - begun;
  await encrypt(page, 3);
  await cast(page);
  const cast_ = performance.now() - begun;
  t.diagnostic(`questions after ${(shown / 1000).toFixed(1)} s, cast after ${(cast_ / 1000).toFixed(1)} s`);
  assert.ok(cast_ < 30_000, `${cast_} ms`);
  await context.close();
});

describe("the program itself", () => {
  const program = hosted();

  test("a ballot is opened, another cast, and a second device sees the last one", async () => {
    const { site, browser } = program;
    const { page, complaints, close } = await open(browser, `${site.address}/where?lang=en`);
    await page.locator('a[href="/ballot/practice"]').click();
    await page.locator(".ballot-line").first().waitFor();
    await encrypt(page, 8);
    await page.locator(".ballot > button.plain").click();
    await page.locator(".ballot-second a").waitFor();
    const opening = await page.locator(".ballot-second a").getAttribute("href");
    await page.locator(".ballot > button").click();
    await page.locator(".ballot > button").first().click();
    await page.locator(".ballot-tracker").waitFor();
    const link = await cast(page);
    const told = async (address) => {
      const second = await open(browser, address);
      await second.page.locator(".ballot .notice").waitFor();
      const text = await second.page.locator(".ballot").innerText();
      assert.deepEqual(second.complaints, []);
      await second.close();
      return text;
    };
    assert.match(await told(link), /9\s+Pear\n[^]*It is your last ballot/);
    assert.match(await told(opening), /9\s+Pear\n[^]*opened for a check/);
    const elsewhere = link.replace(/#1\.[\w-]{43}/, `#1.${"A".repeat(43)}`);
    assert.match(await told(elsewhere), /The server has no such ballot/);
    assert.deepEqual(complaints, []);
    await picture(page, "ballot-program");
    const hash = await page.locator(".ballot-hash code").textContent();
    const script = await fetch(`${site.address}/ballot/client/${hash}.js`);
    const bytes = new Uint8Array(await script.arrayBuffer());
    const own = createHash("sha256").update(bytes).digest("hex");
    assert.equal(own, hash, "the hash on the page is that of the program it runs");
    await close();
  });
});
