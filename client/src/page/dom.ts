// The page's elements. Always true here: what is shown is text, never markup, and no element has a
// style or a handler in its attributes, so that the strictest policy of a page holds.

import { pieces } from "./name.ts";

/** What an element holds. */
export type Part = Node | string;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with attributes and parts; `true` is an attribute without a value. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...parts: readonly Part[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== undefined && value !== false) made.setAttribute(name, String(value));
  }
  made.append(...parts);
  return made;
}

/** A candidate's name, set apart, with every unseen sign as a mark. */
export function named(name: string): HTMLElement {
  const parts = pieces(name).map((piece) =>
    "text" in piece
      ? piece.text
      : element("code", { class: "ballot-sign", dir: "ltr" }, piece.mark),
  );
  // The frame begins where the page's lines begin, whichever way the name itself runs.
  return element("span", { class: "ballot-name" }, element("bdi", { dir: "auto" }, ...parts));
}

/** A tracking number in groups that an eye can compare; copied, it has no blanks. */
export function tracked(tracker: string): HTMLElement {
  const groups = tracker.match(/.{1,4}/g) ?? [];
  const spans = groups.map((group) => element("span", {}, group));
  return element("code", { class: "ballot-tracker", dir: "ltr" }, ...spans);
}

/** A button of a step. */
export function button(text: string, act: () => void, kind = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: kind || undefined }, text);
  made.addEventListener("click", act);
  return made;
}

/** The four kinds of notice; each with a shape of its own, as on every page of the house. */
export type Kind = "done" | "info" | "warning" | "failed";

const SHAPES: Readonly<Record<Kind, string>> = {
  done: "M4 12l5 6L20 6",
  info: "M12 11v7M12 6v1M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0",
  warning: "M12 3L2 20h20zM12 9v6M12 17v1",
  failed: "M8 2h8l6 6v8l-6 6H8l-6-6V8zM8 8l8 8M16 8l-8 8",
};

/** A drawing from one path. */
export function drawing(path: string, box: string, attributes: Attributes): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const line = document.createElementNS(space, "path");
  line.setAttribute("d", path);
  svg.setAttribute("viewBox", box);
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, String(value));
  svg.append(line);
  return svg;
}

/** A notice with a title that a reader is told of at once. */
export function notice(kind: Kind, title: string, ...parts: readonly Part[]): HTMLElement {
  const shape = drawing(SHAPES[kind], "0 0 24 24", { "aria-hidden": "true" });
  const head = element("p", { class: "notice-title" }, shape, element("span", {}, title));
  const class_ = `notice ${kind === "warning" ? "refused" : kind}`;
  return element("div", { class: class_ }, head, ...parts);
}

/** Shows a step in place of the one before, and leads the reader to its heading. */
export function show(root: Element, heading: string, parts: readonly Part[], lead = true): void {
  const head = element("h2", { tabindex: -1 }, heading);
  root.replaceChildren(head, ...parts);
  if (lead) head.focus();
}
