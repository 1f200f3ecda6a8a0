// The one file of the ballot's pages: the page itself, and the worker that it starts from the same
// file, so that one published hash speaks for all that a voter's browser runs.

import type { Tallied } from "../election.ts";
import { check } from "./check.ts";
import { button, notice, show } from "./dom.ts";
import { Maker, fetched, work } from "./making.ts";
import type { DedicatedWorkerGlobalScope } from "./making.ts";
import { choose, randomCode } from "./practice.ts";
import { language, words } from "./words.ts";

/** The practice ballot, in place of what the server wrote for browsers without scripts. */
async function practise(root: HTMLElement, maker: Maker, lead: boolean): Promise<void> {
  const own = language();
  const said = words(own);
  const { election: address, box, photos } = root.dataset as Record<string, string>;
  try {
    const held = await fetched(address!);
    const questions = held.election.questions as readonly Tallied[];
    const code = randomCode();
    const asking = { words: said, language: own, questions, photos };
    choose({ ...asking, root, held, maker, box: box!, code, choices: undefined, made: 0 }, lead);
  } catch {
    const again = button(said.again, () => void practise(root, maker, true));
    show(root, said.loadingFailed, [notice("failed", said.loadingFailedNext), again]);
  }
}

function begin(root: HTMLElement): void {
  const own = language();
  const said = words(own);
  const { election: elections, box, ballot } = root.dataset as Record<string, string>;
  if (ballot === "check") {
    const checking = { root, words: said, language: own, elections: elections!, box: box! };
    // A code that is scanned while the page is open is a new check.
    addEventListener("hashchange", () => {
      if (location.hash.length > 1) void check(checking);
    });
    void check(checking);
    return;
  }
  void practise(root, new Maker(import.meta.url), false);
}

if (typeof document === "undefined") {
  work(self as unknown as DedicatedWorkerGlobalScope);
} else {
  const root = document.querySelector<HTMLElement>("[data-ballot]");
  if (root) begin(root);
}
