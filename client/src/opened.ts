// What a ballot holds, told to whoever has its opening: the voter who audits it, or a second device.
// Always true here: an answer is named only when the ciphertexts made anew from the opening and that
// answer are those of the ballot, byte for byte, and the ballot is the one that was asked for.

import type { Choice } from "./ballot.ts";
import { fingerprint } from "./bytes.ts";
import { Stream } from "./chance.ts";
import type { Election, Tallied } from "./election.ts";

/** Why a ballot is not told. */
export type Untold = "another-ballot" | "another-election" | "another-opening" | "not-readable";

interface Pair {
  readonly alpha: string;
  readonly beta: string;
}

function answer<Element>(
  { group, key }: Election<Element>,
  encryptions: Stream,
  question: Tallied,
  pairs: readonly Pair[],
): Choice | undefined {
  const raiseKey = group.fixed(key);
  if (pairs.length !== question.answers.length + Number(question.blank)) return undefined;
  const choice: number[] = [];
  for (const { alpha, beta } of pairs) {
    const r = encryptions.scalar();
    const masked = raiseKey(r);
    const [own, nought, one] = group.encode([
      group.power(r),
      masked,
      group.times(masked, group.power(1n)),
    ]);
    const value = [nought, one].indexOf(beta);
    if (own !== alpha || value < 0) return undefined;
    choice.push(value);
  }
  return choice;
}

/** The answers in a ballot of an election without preferences, or why they are not told. */
export function opened<Element>(
  election: Election<Element>,
  text: string,
  tracker: string,
  opening: Uint8Array,
): readonly Choice[] | Untold {
  if (fingerprint(text) !== tracker) return "another-ballot";
  try {
    const ballot = JSON.parse(text) as {
      readonly election_hash: string;
      readonly answers: readonly { readonly choices: readonly Pair[] }[];
    };
    if (ballot.election_hash !== election.fingerprint) return "another-election";
    const encryptions = new Stream(election.group, opening);
    const choices: Choice[] = [];
    for (const [nth, question] of election.questions.entries()) {
      if (question.kind !== "tallied") return "not-readable";
      const found = answer(election, encryptions, question, ballot.answers[nth]!.choices);
      if (!found) return "another-opening";
      choices.push(found);
    }
    return choices;
  } catch {
    return "not-readable";
  }
}
