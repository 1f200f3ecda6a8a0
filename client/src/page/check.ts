// The second device: asks the server for the ballot that the code names, opens it with what only the
// code says, and shows what it holds and whether it is the voter's last one. Always true here: the
// server is told the tracking number alone; what was read is out of the address at once, and off the
// page when its time has passed.

import { fromBase64, hex } from "../bytes.ts";
import { opened } from "../opened.ts";
import type { Untold } from "../opened.ts";
import type { Choice } from "../ballot.ts";
import type { Tallied } from "../election.ts";
import { button, element, notice, show } from "./dom.ts";
import type { Kind } from "./dom.ts";
import { read } from "./link.ts";
import type { Link } from "./link.ts";
import { fetched } from "./making.ts";
import type { Held } from "./making.ts";
import { details, summary, trackerOf } from "./practice.ts";
import { about, clock } from "./words.ts";
import type { Language, Words } from "./words.ts";

/** What the page needs. */
export interface Checking {
  readonly root: HTMLElement;
  readonly words: Words;
  readonly language: Language;
  readonly elections: string;
  readonly box: string;
}

type State = "last" | "replaced" | "spoilt";

/** What the server says of a ballot. */
interface Kept {
  readonly ballot: string;
  readonly state: State;
}

function told({ root }: Checking, kind: Kind, title: string, hint: string): void {
  show(root, title, [notice(kind, hint)]);
}

/** The ballot that a link names; nothing when the server has none. */
async function kept({ box }: Checking, { tracker }: Link): Promise<Kept | undefined> {
  const address = `${box}ballots/${hex(fromBase64(tracker))}`;
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const told = (await answer.json()) as Kept | { readonly state: "unknown" };
  return told.state === "unknown" ? undefined : told;
}

/** Checks the ballot of the page's address. */
export async function check(checking: Checking): Promise<void> {
  const fragment = location.hash.slice(1);
  // Whoever looks at this browser later finds no link in it.
  history.replaceState(null, "", location.pathname + location.search);
  await follow(checking, fragment);
}

async function follow(checking: Checking, fragment: string): Promise<void> {
  const { root, words } = checking;
  const link = read(fragment, Math.floor(Date.now() / 1_000));
  if (link === "unreadable") return told(checking, "failed", words.unreadable, words.unreadableHint);
  show(root, words.checking, [element("progress", { "aria-label": words.checking })], false);
  try {
    const held = await fetched(checking.elections);
    const clocked = read(fragment, Math.floor(Date.now() / 1_000) + held.ahead);
    if (typeof clocked === "string") {
      return told(checking, "warning", words.expired, words.expiredHint);
    }
    const found = await kept(checking, clocked);
    if (!found) return told(checking, "failed", words.unknown, words.unknownHint);
    const holds = opened(held.election, found.ballot, clocked.tracker, clocked.opening);
    if (typeof holds === "string") return untold(checking, holds);
    holding(checking, held, clocked, found, holds);
  } catch {
    const again = button(words.again, () => void follow(checking, fragment));
    show(root, words.loadingFailed, [notice("failed", words.loadingFailedNext), again]);
  }
}

/** A ballot that does not open; the reason stands in the code beside the sentence. */
function untold(checking: Checking, why: Untold): void {
  const { words, root } = checking;
  const reason = element("code", { class: "code", dir: "ltr" }, why);
  show(root, words.mismatch, [notice("failed", words.mismatchHint, element("p", {}, reason))]);
}

/** What the ballot holds, as long as it may be shown. */
function holding(
  checking: Checking,
  held: Held,
  { tracker, opening, until }: Link,
  { ballot, state }: Kept,
  choices: readonly Choice[],
): void {
  const { words, language, root } = checking;
  const states: Readonly<Record<State, [Kind, string, string]>> = {
    last: ["done", words.last, words.lastHint],
    replaced: ["warning", words.replaced, words.replacedHint],
    spoilt: ["info", words.spoilt, words.spoiltHint],
  };
  const [kind, title, hint] = states[state];
  const questions = held.election.questions as readonly Tallied[];
  const asking = { words, language, questions, photos: undefined };
  show(root, words.holds, [
    summary(asking, choices),
    notice(kind, title, element("p", {}, hint)),
    trackerOf(asking, tracker),
    element("p", { class: "ask-hint" }, about(words.expires, clock(language, until))),
    details(asking, ballot, opening),
  ]);
  const left = until - Math.floor(Date.now() / 1_000) - held.ahead;
  const gone = (): void => told(checking, "warning", words.expired, words.expiredHint);
  setTimeout(gone, Math.max(0, left) * 1_000);
}
