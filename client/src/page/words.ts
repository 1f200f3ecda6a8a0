// Every sentence of the ballot's pages, in the four languages of the house. Always true here: each
// language has each sentence, or the client does not build.

import { AR } from "./words/ar.ts";
import { EN } from "./words/en.ts";
import { FA } from "./words/fa.ts";
import { FR } from "./words/fr.ts";

/** The sentences; `{}` stands for what a sentence is about. */
export interface Words {
  readonly loading: string;
  readonly loadingFailed: string;
  readonly loadingFailedNext: string;
  readonly again: string;
  readonly choose: string;
  readonly chooseOne: string;
  readonly chooseUpTo: string;
  readonly chooseFrom: string;
  readonly blank: string;
  readonly photo: string;
  readonly review: string;
  readonly toReview: string;
  readonly chosen: string;
  readonly change: string;
  readonly encrypt: string;
  readonly encryptHint: string;
  readonly tooFew: string;
  readonly tooMany: string;
  readonly blankAndChosen: string;
  readonly encrypting: string;
  readonly encryptingHint: string;
  readonly encryptFailed: string;
  readonly ready: string;
  readonly readyHint: string;
  readonly tracker: string;
  readonly trackerHint: string;
  readonly cast: string;
  readonly castHint: string;
  readonly audit: string;
  readonly auditHint: string;
  readonly casting: string;
  readonly castFailed: string;
  readonly castFailedNext: string;
  readonly castRefused: string;
  readonly castRefusedNext: string;
  readonly castDone: string;
  readonly castDoneHint: string;
  readonly second: string;
  readonly secondHint: string;
  readonly secondCode: string;
  readonly secondLink: string;
  readonly secondGone: string;
  readonly newCode: string;
  readonly vote: string;
  readonly audited: string;
  readonly auditedHolds: string;
  readonly auditedSpoilt: string;
  readonly auditedWrong: string;
  readonly auditedSecond: string;
  readonly anew: string;
  readonly details: string;
  readonly detailsBallot: string;
  readonly detailsOpening: string;
  readonly check: string;
  readonly checking: string;
  readonly holds: string;
  readonly last: string;
  readonly lastHint: string;
  readonly replaced: string;
  readonly replacedHint: string;
  readonly spoilt: string;
  readonly spoiltHint: string;
  readonly expires: string;
  readonly expired: string;
  readonly expiredHint: string;
  readonly unreadable: string;
  readonly unreadableHint: string;
  readonly unknown: string;
  readonly unknownHint: string;
  readonly mismatch: string;
  readonly mismatchHint: string;
}

/** A language of the pages. */
export type Language = "ar" | "fa" | "fr" | "en";

const WORDS: Readonly<Record<Language, Words>> = { ar: AR, fa: FA, fr: FR, en: EN };
const DIGITS: Readonly<Record<Language, string>> = {
  ar: "ar-u-nu-arab",
  fa: "fa-u-nu-arabext",
  fr: "fr",
  en: "en-GB",
};

/** The language of the page; English where it names none of the four. */
export function language(): Language {
  const own = document.documentElement.lang.slice(0, 2);
  return own in WORDS ? (own as Language) : "en";
}

/** The sentences of a language. */
export function words(own: Language): Words {
  return WORDS[own];
}

/** A number in the digits of a language. */
export function digits(own: Language, number: number): string {
  return number.toLocaleString(DIGITS[own], { useGrouping: false });
}

/** The time of day of a moment, in seconds since 1970, in the digits of a language. */
export function clock(own: Language, moment: number): string {
  const form = { hour: "2-digit", minute: "2-digit", hour12: false } as const;
  return new Date(moment * 1_000).toLocaleTimeString(DIGITS[own], form);
}

/** A sentence with what it is about in the places of `{}`, one after the other. */
export function about(sentence: string, ...parts: readonly string[]): string {
  let nth = 0;
  return sentence.replace(/\{\}/g, () => parts[nth++] ?? "");
}
