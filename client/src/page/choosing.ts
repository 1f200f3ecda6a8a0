// The questions as a form. Always true here: the form itself can be sent nowhere, and its fields have
// no values: if it were sent all the same, it would not tell what was chosen.

import type { Choice } from "../ballot.ts";
import type { Question, Tallied } from "../election.ts";
import { element, named } from "./dom.ts";
import { about, digits } from "./words.ts";
import type { Language, Words } from "./words.ts";

/** What a form of questions needs. */
export interface Asking {
  readonly words: Words;
  readonly language: Language;
  readonly questions: readonly Question[];
  /** Where pictures of candidates are, if there are any: their number and `.svg` behind it. */
  readonly photos: string | undefined;
}

const PHOTO_SIZE = 56;

function hint({ words, language }: Asking, { min, max, answers }: Tallied): string {
  const number = (count: number): string => digits(language, count);
  if (min === 1 && max === 1) return words.chooseOne;
  if (min === 0) return about(words.chooseUpTo, number(Math.min(max, answers.length)));
  return about(words.chooseFrom, number(min), number(max));
}

/** A line of the form: a field, the candidate's number, picture and name. */
function line(asking: Asking, question: Tallied, nth: number, place: number): HTMLElement {
  const { words, language, photos } = asking;
  const blank = question.blank && place === 0;
  const candidate = place - Number(question.blank);
  const single = question.max === 1;
  const field = element("input", {
    type: single ? "radio" : "checkbox",
    name: single ? `question-${nth}` : undefined,
    autocomplete: "off",
  });
  const label = element("label", { class: blank ? "ballot-line ballot-blank" : "ballot-line" });
  label.append(field);
  if (blank) {
    label.append(element("span", { class: "ballot-name" }, words.blank));
    return label;
  }
  label.append(element("span", { class: "ballot-number" }, digits(language, candidate + 1)));
  if (photos !== undefined) {
    const picture = element("img", {
      // Named before the address, or the browser fetches it at once.
      loading: "lazy",
      decoding: "async",
      alt: "",
      width: PHOTO_SIZE,
      height: PHOTO_SIZE,
      src: `${photos}${candidate + 1}.svg`,
    });
    label.append(picture);
  }
  label.append(named(question.answers[candidate]!));
  return label;
}

/** A question's group of fields, and what is chosen in it. */
export function asked(asking: Asking, question: Tallied, nth: number, before: Choice | undefined) {
  const places = question.answers.length + Number(question.blank);
  // The blank vote stands last on the page and first in the ballot.
  const order = Array.from({ length: places }, (_, place) => place);
  if (question.blank) order.push(order.shift()!);
  const lines = order.map((place) => line(asking, question, nth, place));
  const fields = lines.map((label) => label.querySelector("input")!);
  fields.forEach((field, at) => (field.checked = before?.[order[at]!] === 1));
  const says = element("p", { class: "ballot-says", id: `says-${nth}`, role: "alert" });
  const group = element(
    "fieldset",
    { class: "ballot-question", "aria-describedby": `hint-${nth} says-${nth}` },
    element("legend", {}, named(question.question)),
    element("p", { class: "ask-hint", id: `hint-${nth}` }, hint(asking, question)),
    says,
    ...lines,
  );
  const read = (): number[] => {
    const choice = new Array<number>(places).fill(0);
    fields.forEach((field, at) => (choice[order[at]!] = Number(field.checked)));
    return choice;
  };
  return { group, says, fields, read };
}

/** Why a choice is not allowed, as a sentence; nothing when it is. */
export function objection(asking: Asking, question: Tallied, choice: Choice): string | undefined {
  const { words, language } = asking;
  const blank = question.blank ? choice[0]! : 0;
  const chosen = choice.reduce((sum, one) => sum + one, 0) - blank;
  if (blank === 1) return chosen === 0 ? undefined : words.blankAndChosen;
  if (chosen < question.min) {
    return question.max === 1
      ? words.chooseOne
      : about(words.tooFew, digits(language, question.min));
  }
  return chosen > question.max ? about(words.tooMany, digits(language, question.max)) : undefined;
}
