// Sheets that are put right, by the keyboard alone: a third person reads a difference, two organs
// read other figures from the paper, a refusal is recorded, and everybody reads what was before.

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { enter, hosted, open, serve, sound, taken, violations } from "./site.mjs";

const arabic = (text) => text.replace(/[0-9]/g, (digit) => "٠١٢٣٤٥٦٧٨٩"[digit]);
// What the first entry of the sheets that differ in the sample has, and no other sheet.
const FIRST = "77003";

/** Nothing amiss on the page, at the widths at which people decide too. */
async function seen(page, name) {
  await sound(page, name);
  for (const width of [390, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    assert.deepEqual(await violations(page), [], `${name} at ${width}`);
  }
}

async function press(page, selector, key = "Enter") {
  await page.locator(selector).focus();
  await page.keyboard.press(key);
}

async function json(host, path) {
  const answer = await fetch(host.site.address + path);
  assert.equal(answer.status, 200, path);
  return answer.json();
}

/** The paths of sheets that wait for a proposal. */
function waiting(page) {
  const links = page.locator("[aria-labelledby=desk-to-propose] a");
  return links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
}

/** Proposes with a ground; other figures as `typed`, line by line. */
async function propose(page, outcome, ground, typed = {}) {
  await press(page, `#${outcome}`, "Space");
  await page.locator("#ground").focus();
  await page.keyboard.type(ground);
  if (Object.keys(typed).length > 0) {
    await press(page, "details.typing > summary");
    for (const [line, figure] of Object.entries(typed)) {
      await press(page, `#${line}`, "Control+A");
      await page.keyboard.type(figure);
    }
  }
  await press(page, ".deciding button");
  await page.waitForURL(/done=proposed/);
  return new URL(page.url()).pathname;
}

/** The other organ signs, or refuses with a reason. */
async function answer(page, answer, reason) {
  if (reason) {
    await page.locator("#reason").focus();
    await page.keyboard.type(reason);
  }
  await press(page, `button[value=${answer}]`);
  await page.waitForURL(/done=answered/);
}

/** The public page of a sheet, once what was decided is on it. */
async function published(host, locale, desk, state) {
  const path = desk.replace("/desk/decisions/", "/sheet/");
  const opened = await open(host.browser, `${host.site.address}${path}?lang=${locale}`);
  await taken(opened.page, opened.page.locator(`.sheet-head .badge.${state}`));
  return opened;
}

/** The number in a box, with so many more. */
async function more(page, line, by) {
  const value = await page.locator(`#${line}`).inputValue();
  return String(Number(value) + by);
}

for (const [locale, digits] of [
  ["ar", arabic],
  ["en", (text) => text],
]) {
  describe(`putting sheets right in ${locale}`, () => {
    const host = hosted();

    test("a third person reads what two read differently, and both organs see all three", async () => {
      const { needs } = await json(host, "/board/needs/wahat.json");
      const { contest, station } = needs.find((need) => need.reason === "differing");
      const third = await enter(host, "E-1202", locale, `/desk/entry/${contest}/${station}`);
      await seen(third.page, `third-${locale}`);
      const lines = third.page.locator(".line input");
      assert.equal(await lines.count(), 1, "only the line that differs is asked for again");
      const shown = await third.page.content();
      for (const figure of [FIRST, arabic(FIRST)]) {
        assert.ok(!shown.includes(figure), "what somebody typed is on the page");
      }
      await lines.focus();
      await third.page.keyboard.type(digits(FIRST));
      await third.page.keyboard.press("Enter");
      await third.page.keyboard.press("Enter");
      await third.page.waitForURL(/entry\?saved=/);
      assert.deepEqual(third.complaints, []);
      await third.close();

      const desk = `/desk/decisions/${contest}/${station}`;
      for (const number of ["E-0007", "S-0003"]) {
        const organ = await enter(host, number, locale, desk);
        const part = organ.page.locator("[aria-labelledby=entries]");
        const persons = await part.locator(".persons li .code").allInnerTexts();
        assert.deepEqual(persons, ["E-1201", "E-1203", "E-1202"]);
        assert.equal(await part.locator("tr.differs").count(), 1);
        assert.equal(await part.locator("tr.differs .tag").count(), 1, "also in words");
        const row = await part.locator("tr.differs td").allInnerTexts();
        assert.equal(row.length, 3);
        assert.equal(row[0], row[2], "the third read what the first had read");
        assert.notEqual(row[0], row[1]);
        const asked = await part.locator("tbody tr:not(.differs) td:last-child .unseen").count();
        assert.equal(asked, (await part.locator("tbody tr").count()) - 1);
        const snapshot = organ.page.locator(".note a[href^='/snapshot/']");
        assert.equal(await snapshot.count(), 1);
        await seen(organ.page, `three-entries-${locale}-${number}`);
        assert.deepEqual(organ.complaints, []);
        await organ.close();
      }
    });

    test("other figures that both organs read from the paper come into the totals", async () => {
      const executive = await enter(host, "E-0007", locale, "/desk/decisions");
      const sheets = await waiting(executive.page);
      await executive.page.goto(host.site.address + sheets[0]);
      // The sample has ten votes too many in the second choice.
      const line = await executive.page.locator(".typing fieldset:last-of-type input").nth(1);
      const id = await line.getAttribute("id");
      const figure = await more(executive.page, id, -10);
      const ground = locale === "ar" ? "المادة ٦١" : "Article 61";
      const desk = await propose(executive.page, "correct", ground, { [id]: digits(figure) });
      const other = await enter(host, "S-0003", locale, desk);
      const changes = other.page.locator(".proposal .lines tbody tr");
      assert.equal(await changes.count(), 1, "one line changes");
      assert.equal(await other.page.locator(".proposal .failing").count(), 0, "all checks hold");
      await seen(other.page, `correct-${locale}-answer`);
      await answer(other.page, "sign");
      assert.equal(await other.page.locator(".sheet-head .badge.accepted").count(), 1);
      assert.deepEqual([...executive.complaints, ...other.complaints], []);
      await executive.close();
      await other.close();
      const reader = await published(host, locale, desk, "accepted");
      assert.ok((await reader.page.content()).includes(ground), "the ground is public");
      await seen(reader.page, `correct-${locale}-public`);
      await reader.close();
    });

    test("what a correction replaces stays beside it for everybody", async () => {
      const executive = await enter(host, "E-0007", locale, "/desk");
      // Counted, and not by a decision.
      const { entries } = await json(host, "/journal.json?act=sheet.accepted");
      const { contest, station } = entries[0].facts;
      await executive.page.goto(`${host.site.address}/desk/decisions/${contest}/${station}`);
      const boxes = executive.page.locator(".typing fieldset:last-of-type input");
      const [from, to] = await boxes.evaluateAll((all) => all.slice(0, 2).map((box) => box.id));
      const typed = {
        [from]: digits(await more(executive.page, from, -1)),
        [to]: digits(await more(executive.page, to, 1)),
      };
      const ground = locale === "ar" ? "المادة ٦٢" : "Article 62";
      const desk = await propose(executive.page, "correct", ground, typed);
      await executive.close();
      const other = await enter(host, "S-0003", locale, desk);
      await answer(other.page, "sign");
      await other.close();

      const sheet = desk.replace("/desk/decisions/", "/sheet/");
      const reader = await open(host.browser, `${host.site.address}${sheet}?lang=${locale}`);
      const { page } = reader;
      const history = page.locator(".history li");
      await taken(page, history.nth(1));
      assert.equal(await history.count(), 2);
      assert.equal(await page.locator(".history .badge.superseded").count(), 1);
      assert.equal(await page.locator(".sheet-head .badge.accepted").count(), 1);
      await seen(page, `history-${locale}`);
      await press(page, ".history li:first-child a");
      await page.waitForURL(`**${sheet}/1`);
      assert.equal(await page.locator(".sheet-head .badge.superseded").count(), 1);
      assert.ok((await page.content()).includes(ground));
      await seen(page, `superseded-${locale}`);
      const { versions } = await json(host, `${sheet}.json`);
      const states = versions.map((version) => version.state);
      assert.deepEqual(states, ["superseded", "accepted"]);
      const votes = versions.map(({ figures }) => figures.choices.map((choice) => choice.votes));
      assert.deepEqual(
        votes[1].map((figure, at) => figure - votes[0][at]).slice(0, 3),
        [-1, 1, 0],
      );
      assert.deepEqual(reader.complaints, []);
      await reader.close();
    });
  });

  describe(`a refusal that the law only records, in ${locale}`, () => {
    const host = hosted(() => serve("--stage", "counting", "--record-refusal"));

    test("the proposal stands, and everybody reads who did not agree and why", async () => {
      const executive = await enter(host, "E-0007", locale, "/desk/decisions");
      const sheets = await waiting(executive.page);
      await executive.page.goto(host.site.address + sheets[0]);
      const ground = locale === "ar" ? "المادة ٦٠" : "Article 60";
      const desk = await propose(executive.page, "return", ground);
      await executive.close();
      const other = await enter(host, "S-0003", locale, desk);
      await seen(other.page, `record-${locale}-answer`);
      const reason = locale === "ar" ? "لم تُعرض علينا الورقة" : "not shown the paper";
      await answer(other.page, "refuse", reason);
      assert.equal(await other.page.locator(".sheet-head .badge.returned").count(), 1);
      assert.deepEqual(other.complaints, []);
      await other.close();
      const reader = await published(host, locale, desk, "returned");
      const text = await reader.page.content();
      for (const said of [ground, reason]) assert.ok(text.includes(said), said);
      await seen(reader.page, `record-${locale}-public`);
      await reader.close();
    });
  });
}
