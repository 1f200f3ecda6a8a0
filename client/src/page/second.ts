// The code that a second device reads. Always true here: it goes when its time has passed, and what
// it says stands behind the `#` of an address only.

import { correction, generate } from "lean-qr/nano";
import type { Ballot } from "../ballot.ts";
import { drawing, element } from "./dom.ts";
import { written } from "./link.ts";
import { about, clock } from "./words.ts";
import type { Language, Words } from "./words.ts";

// The blank rim that readers of the code need (ISO/IEC 18004, 9.1).
const RIM = 4;

interface Showing {
  readonly words: Words;
  readonly language: Language;
  readonly box: string;
}

/** A text as a two-dimensional code: a path of unit squares, and how many squares a side has. */
export function squares(text: string): { path: string; side: number } {
  const dots = generate(text, { minCorrectionLevel: correction.M });
  let path = "";
  for (let y = 0; y < dots.size; y += 1) {
    for (let x = 0; x < dots.size; x += 1) {
      let run = 0;
      while (x + run < dots.size && dots.get(x + run, y)) run += 1;
      if (run > 0) path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { path, side: dots.size };
}

/** The drawing of a code. */
function code(text: string, label: string): SVGElement {
  const { path, side } = squares(text);
  const whole = side + 2 * RIM;
  const box = `${-RIM} ${-RIM} ${whole} ${whole}`;
  return drawing(path, box, { class: "ballot-code", role: "img", "aria-label": label });
}

/** The section with the code, which empties itself after so many seconds. */
export function second(
  { words, language, box }: Showing,
  { tracker, opening }: Ballot,
  until: number,
  seconds: number,
  why?: string,
): HTMLElement {
  const page = new URL(`${box}check?lang=${language}`, location.href);
  page.hash = written({ tracker, opening, until });
  const section = element(
    "section",
    { class: "ballot-second" },
    element("h3", {}, words.second),
    element("p", {}, [why, about(words.secondHint, clock(language, until))].filter(Boolean).join(" ")),
    code(page.href, words.secondCode),
    element("p", {}, element("a", { href: page.href, target: "_blank", rel: "noopener" }, words.secondLink)),
  );
  const gone = (): void =>
    section.replaceChildren(element("p", { class: "ask-hint" }, words.secondGone));
  setTimeout(gone, seconds * 1_000);
  return section;
}
