// The practice ballot: choose, review, encrypt, then cast or open it to check the device.
//
//   choose ⇄ review → encrypting → ready → sending → cast → choose (a later ballot replaces it)
//                                    └→ opening → opened → review (encrypted anew)
//
// Always true here: the tracking number is shown before the voter says whether the ballot is cast or
// opened (Benaloh's challenge), what was opened is never cast, and the server is sent encrypted
// ballots alone.

import type { Ballot, Choice } from "../ballot.ts";
import { base64Address, hex } from "../bytes.ts";
import type { Tallied } from "../election.ts";
import { opened } from "../opened.ts";
import { asked, objection } from "./choosing.ts";
import type { Asking } from "./choosing.ts";
import { button, element, named, notice, show, tracked } from "./dom.ts";
import { GOOD_FOR_SECONDS } from "./link.ts";
import { chosen } from "./making.ts";
import type { Held, Maker } from "./making.ts";
import { second } from "./second.ts";
import { digits } from "./words.ts";

/** Everything the steps of one voter's ballots share. */
export interface Voter extends Asking {
  readonly root: HTMLElement;
  readonly held: Held;
  readonly maker: Maker;
  /** Where ballots are sent and asked for; ends with `/`. */
  readonly box: string;
  readonly questions: readonly Tallied[];
  /** The code that this page's ballots are signed with. */
  readonly code: string;
  choices: readonly Choice[] | undefined;
  /** How many ballots were made. */
  made: number;
}

/** The server's time in seconds since 1970. */
const now = ({ held }: Voter): number => Math.floor(Date.now() / 1_000) + held.ahead;

/** A random code to sign with, of as many bits as the codes on letters. */
export function randomCode(): string {
  return base64Address(crypto.getRandomValues(new Uint8Array(18)));
}

/** The questions. */
export function choose(voter: Voter, lead = true): void {
  const { words, questions, root } = voter;
  const groups = questions.map((question, nth) =>
    asked(voter, question, nth, voter.choices?.[nth]),
  );
  const onward = element("button", {}, words.toReview);
  const form = element("form", { class: "ballot-form", novalidate: true });
  form.append(...groups.map(({ group }) => group), onward);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const choices = groups.map(({ read }) => read());
    let first: HTMLInputElement | undefined;
    groups.forEach(({ says, fields }, nth) => {
      const why = objection(voter, questions[nth]!, choices[nth]!);
      says.textContent = why ?? "";
      if (why !== undefined) first ??= fields[0];
    });
    if (first) return first.focus();
    voter.choices = choices;
    review(voter);
  });
  show(root, words.choose, [form], lead);
}

/** What is chosen, as a list. */
export function summary(voter: Asking, choices: readonly Choice[]): HTMLElement {
  const { words, language, questions } = voter;
  const rows = questions.map((question, nth) => {
    const choice = choices[nth]!;
    const names = chosen(question, choice);
    const places = names.map((name) => {
      const number = digits(language, question.answers.indexOf(name) + 1);
      return element("dd", {}, element("span", { class: "ballot-number" }, number), named(name));
    });
    if (places.length === 0) places.push(element("dd", {}, words.blank));
    return element("div", {}, element("dt", {}, named(question.question)), ...places);
  });
  return element("dl", { class: "ballot-summary" }, ...rows);
}

/** What was chosen, before it is encrypted. */
function review(voter: Voter): void {
  const { words, root } = voter;
  show(root, words.review, [
    summary(voter, voter.choices!),
    button(words.encrypt, () => void encrypt(voter)),
    element("p", { class: "ask-hint" }, words.encryptHint),
    button(words.change, () => choose(voter), "plain"),
  ]);
}

/** Encrypts, with a bar that shows how far it has come. */
async function encrypt(voter: Voter): Promise<void> {
  const { words, root, maker, held } = voter;
  const bar = element("progress", { max: 100, value: 0, "aria-label": words.encrypting });
  show(root, words.encrypting, [bar, element("p", { class: "ask-hint" }, words.encryptingHint)]);
  voter.made += 1;
  const occasion = `${new Date().toISOString()} ${voter.made}`;
  const order = { json: held.json, choices: voter.choices!, code: voter.code, occasion };
  try {
    ready(voter, await maker.make(order, (done) => (bar.value = Math.round(done * 100))));
  } catch {
    const again = button(words.again, () => void encrypt(voter));
    const told = notice("failed", words.readyHint);
    show(root, words.encryptFailed, [told, again, button(words.change, () => choose(voter), "plain")]);
  }
}

/** A tracking number in its frame. */
export function trackerOf({ words }: Asking, tracker: string): HTMLElement {
  return element(
    "div",
    { class: "own ballot-tracking" },
    element("p", { class: "ask-hint" }, words.tracker),
    element("p", {}, tracked(tracker)),
    element("p", { class: "ask-hint" }, words.trackerHint),
  );
}

/** The ballot is made; the voter says what becomes of it. */
function ready(voter: Voter, ballot: Ballot): void {
  const { words, root } = voter;
  show(root, words.ready, [
    trackerOf(voter, ballot.tracker),
    button(words.cast, () => void cast(voter, ballot)),
    element("p", { class: "ask-hint" }, `${words.castHint} ${words.readyHint}`),
    button(words.audit, () => void audit(voter, ballot), "plain"),
    element("p", { class: "ask-hint" }, words.auditHint),
  ]);
}

/** Sends a ballot: whether it was taken, was refused, or nobody knows. */
async function sent(voter: Voter, act: string, text: string): Promise<"taken" | "refused" | "lost"> {
  try {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${voter.box}${act}`, { method: "POST", headers, body: text });
    if (answer.ok) return "taken";
    return answer.status < 500 && answer.status !== 429 ? "refused" : "lost";
  } catch {
    return "lost";
  }
}

/** Sends the ballot to be counted. */
async function cast(voter: Voter, ballot: Ballot): Promise<void> {
  const { words, root } = voter;
  show(root, words.casting, [element("progress", { "aria-label": words.casting })]);
  const outcome = await sent(voter, "cast", ballot.text);
  if (outcome !== "taken") {
    const title = outcome === "lost" ? words.castFailed : words.castRefused;
    const next = outcome === "lost" ? words.castFailedNext : words.castRefusedNext;
    show(root, title, [
      notice("failed", next),
      trackerOf(voter, ballot.tracker),
      button(words.again, () => void cast(voter, ballot)),
      button(words.change, () => choose(voter), "plain"),
    ]);
    return;
  }
  const until = now(voter) + GOOD_FOR_SECONDS;
  show(root, words.castDone, [
    notice("done", words.castDoneHint),
    trackerOf(voter, ballot.tracker),
    second(voter, ballot, until, GOOD_FOR_SECONDS),
    button(words.newCode, () => choose(voter), "plain"),
    element("p", { class: "ask-hint" }, words.vote),
  ]);
}

/** For whoever wants to compute it all again. */
export function details({ words }: Asking, text: string, opening: Uint8Array): HTMLElement {
  const place = (label: string, content: string): HTMLElement =>
    element(
      "div",
      {},
      element("h3", {}, label),
      element("pre", { dir: "ltr", tabindex: 0, "aria-label": label }, content),
    );
  return element(
    "details",
    { class: "ballot-details" },
    element("summary", {}, words.details),
    place(words.detailsOpening, hex(opening)),
    place(words.detailsBallot, text),
  );
}

/** Opens the ballot instead of casting it: it is told to the server as spoilt, without what opens it. */
async function audit(voter: Voter, ballot: Ballot): Promise<void> {
  const { words, root, held } = voter;
  show(root, words.checking, [element("progress", { "aria-label": words.checking })]);
  const outcome = await sent(voter, "spoil", ballot.text);
  const found = opened(held.election, ballot.text, ballot.tracker, ballot.opening);
  const same = JSON.stringify(found) === JSON.stringify(voter.choices);
  const told = same
    ? notice("done", words.auditedHolds)
    : notice("failed", words.auditedWrong);
  const parts = [told, trackerOf(voter, ballot.tracker)];
  if (same) parts.splice(1, 0, summary(voter, voter.choices!));
  if (outcome === "taken") {
    const until = now(voter) + GOOD_FOR_SECONDS;
    parts.push(second(voter, ballot, until, GOOD_FOR_SECONDS, words.auditedSecond));
  }
  show(root, words.audited, [
    ...parts,
    details(voter, ballot.text, ballot.opening),
    element("p", {}, words.auditedSpoilt),
    button(words.anew, () => review(voter)),
  ]);
}
