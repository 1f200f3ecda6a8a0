// What a screen reader says: the accessible tree of each page of a journey, in Arabic and in
// English, as it was read by people and found good. `VOICE=write` writes it anew, to be read again.

import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { enter, hosted, open } from "./site.mjs";

const FOLDER = path.join(path.dirname(fileURLToPath(import.meta.url)), "voice");

// Page, whose it is (a service number; nobody's when it is public), and the part that is told.
const SPOKEN = {
  frame: ["/login", null, "body"],
  nation: ["/", null, "main"],
  station: ["/unit/1-1-1-1", null, "main"],
  sheet: ["/sheet/president/1-1-1-1", null, "main"],
  contests: ["/contests", null, "main"],
  search: ["/search?q=1-1-1", null, "main"],
  board: ["/board", null, "main"],
  needs: ["/board/needs/1-1", null, "main"],
  journal: ["/journal/7", null, "main"],
  desk: ["/desk", "E-1202", "body"],
  typing: ["/desk/entry/assembly-2-2/2-2-2-1", "E-1202", "main"],
  decisions: ["/desk/decisions", "E-0007", "main"],
  where: ["/where", null, "body"],
  processes: ["/processes", null, "main"],
  law: ["/law", null, "main"],
};

/** The tree without what differs from build to build: addresses of assets, digests, instants. */
function steady(tree) {
  return tree
    .replaceAll(/\n *- \/url: .*/g, "")
    .replaceAll(/[0-9a-f]{64}/g, "<digest>")
    .replaceAll(/[0-9a-f]{16,}…?/g, "<digest>");
}

for (const locale of ["ar", "en"]) {
  describe(`what is heard in ${locale}`, () => {
    const host = hosted();
    for (const [name, [where, number, part]] of Object.entries(SPOKEN)) {
      test(name, async () => {
        const url = `${host.site.address}${where}`;
        const asked = `${url}${where.includes("?") ? "&" : "?"}lang=${locale}`;
        const { page, close } = number
          ? await enter(host, number, locale, where)
          : await open(host.browser, asked);
        const heard = `${steady(await page.locator(part).ariaSnapshot())}\n`;
        await close();
        const file = path.join(FOLDER, `${name}.${locale}.yml`);
        if (process.env.VOICE === "write") {
          mkdirSync(FOLDER, { recursive: true });
          writeFileSync(file, heard);
          return;
        }
        assert.ok(existsSync(file), `nobody has read ${file}; VOICE=write writes it`);
        assert.equal(heard, readFileSync(file, "utf8"));
      });
    }
  });
}
