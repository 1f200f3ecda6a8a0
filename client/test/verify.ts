// A verifier of ballots, for tests only: written from the equations of the verifier's side, not from
// those the client makes proofs with. Always true here: it says of a ballot everything that is wrong.

import { fingerprint } from "../src/bytes.ts";
import type { Election, Question, Tallied } from "../src/election.ts";
import { challenge, reduced } from "../src/group.ts";
import type { Group } from "../src/group.ts";

export interface PairText {
  alpha: string;
  beta: string;
}
export interface ProofText {
  challenge: string;
  response: string;
}
export interface TalliedText {
  choices: PairText[];
  individual_proofs: ProofText[][];
  overall_proof: ProofText[];
  blank_proof?: ProofText[];
}
export interface ShuffledText {
  choices: PairText;
  proof: ProofText;
}
export interface BallotText {
  election_uuid: string;
  election_hash: string;
  credential: string;
  answers: (TalliedText | ShuffledText)[];
  signature: { hash: string; proof: ProofText };
}

/** One of the values that a ciphertext may hold. */
interface Statement<Element> {
  alpha: Element;
  beta: Element;
  value: bigint;
}

/** An element raised to a number that is no secret, without a table. */
function raised<Element>(group: Group<Element>, base: Element, exponent: bigint): Element {
  const point = base as { multiply?: (exponent: bigint) => Element };
  return point.multiply?.(exponent) ?? group.fixed(base)(exponent);
}

class Verifier<Element> {
  readonly wrong: string[] = [];
  readonly #election: Election<Element>;
  readonly #place: string;
  readonly #raiseKey: (exponent: bigint) => Element;

  constructor(election: Election<Element>, credential: string) {
    this.#election = election;
    this.#raiseKey = election.group.fixed(election.key);
    this.#place = `${election.fingerprint}|${credential}`;
  }

  #scalar(text: string): bigint {
    const right = /^(?:0|[1-9][0-9]*)$/.test(text) && BigInt(text) < this.#election.group.order;
    if (!right) this.wrong.push(`no scalar: ${text}`);
    return right ? BigInt(text) : 1n;
  }

  /** An element raised to a number that is no secret; a library's table knows no nought. */
  #raised(base: Element, exponent: bigint): Element {
    const { group } = this.#election;
    const one = group.power(0n);
    if (exponent === 0n || group.equal(base, one)) return one;
    // A table pays for the key alone, which every statement of a ballot raises.
    if (group.equal(base, this.#election.key)) return this.#raiseKey(exponent);
    return raised(group, base, exponent);
  }

  #oneOf(what: string, prefix: string, all: Statement<Element>[], proofs: ProofText[]): void {
    const { group, key } = this.#election;
    if (proofs.length !== all.length) {
      this.wrong.push(`${what}: ${proofs.length} proofs for ${all.length} statements`);
      return;
    }
    let sum = 0n;
    const commitments = all.flatMap(({ alpha, beta, value }, nth) => {
      const c = this.#scalar(proofs[nth]!.challenge);
      const response = this.#scalar(proofs[nth]!.response);
      sum += c;
      const held = group.over(beta, group.power(value));
      return [
        group.times(this.#raised(alpha, c), group.power(response)),
        group.times(this.#raised(held, c), this.#raised(key, response)),
      ];
    });
    if (challenge(group, prefix, commitments) !== reduced(sum, group.order)) {
      this.wrong.push(`${what}: the challenges do not add up`);
    }
  }

  knows(what: string, prefix: string, power: Element, proof: ProofText): void {
    const { group } = this.#election;
    const c = this.#scalar(proof.challenge);
    const back = group.times(group.power(this.#scalar(proof.response)), this.#raised(power, c));
    if (challenge(group, prefix, [back]) !== c) this.wrong.push(`${what}: not known`);
  }

  tallied(question: Tallied, answer: TalliedText): void {
    const { group } = this.#election;
    const places = question.answers.length + Number(question.blank);
    if (answer.choices.length !== places || answer.individual_proofs.length !== places) {
      this.wrong.push("an answer has too many or too few choices");
      return;
    }
    const pairs = answer.choices.map(({ alpha, beta }) => ({
      alpha: group.decode(alpha),
      beta: group.decode(beta),
      text: `${alpha},${beta}`,
    }));
    const values = (pair: { alpha: Element; beta: Element }, from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, nth) => ({ ...pair, value: BigInt(from + nth) }));
    for (const [nth, pair] of pairs.entries()) {
      const prefix = `prove|${this.#place}|${pair.text}|`;
      this.#oneOf(`choice ${nth}`, prefix, values(pair, 0, 1), answer.individual_proofs[nth]!);
    }
    const bound = `${this.#place}|${pairs.map(({ text }) => text).join(",")}`;
    const counted = question.blank ? pairs.slice(1) : pairs;
    const sum = counted.reduce(
      (one, other) => ({
        alpha: group.times(one.alpha, other.alpha),
        beta: group.times(one.beta, other.beta),
      }),
      { alpha: group.power(0n), beta: group.power(0n) },
    );
    const range = values(sum, question.min, question.max);
    if (!question.blank) {
      const prefix = `prove|${bound}|${group.encode([sum.alpha, sum.beta]).join(",")}|`;
      this.#oneOf("overall", prefix, range, answer.overall_proof);
      return;
    }
    const flag = pairs[0]!;
    const either = [...values(flag, 0, 0), ...values(sum, 0, 0)];
    this.#oneOf("blank", `bproof0|${bound}|`, either, answer.blank_proof ?? []);
    const blankOrRange = [...values(flag, 1, 1), ...range];
    this.#oneOf("overall", `bproof1|${bound}|`, blankOrRange, answer.overall_proof);
  }

  shuffled({ choices: { alpha, beta }, proof }: ShuffledText): void {
    const { group, keyText } = this.#election;
    group.decode(beta);
    const prefix = `raweg|${this.#place}|${keyText},${alpha},${beta}|`;
    this.knows("preference", prefix, group.decode(alpha), proof);
  }
}

/** A ballot in the one form that the protocol allows. */
function canonical(ballot: BallotText): string {
  const proof = (own: ProofText) => ({ challenge: own.challenge, response: own.response });
  const pair = (own: PairText) => ({ alpha: own.alpha, beta: own.beta });
  const answer = (own: TalliedText | ShuffledText) =>
    "proof" in own
      ? { choices: pair(own.choices), proof: proof(own.proof) }
      : {
          choices: own.choices.map(pair),
          individual_proofs: own.individual_proofs.map((one) => one.map(proof)),
          overall_proof: own.overall_proof.map(proof),
          ...(own.blank_proof && { blank_proof: own.blank_proof.map(proof) }),
        };
  return JSON.stringify({
    election_uuid: ballot.election_uuid,
    election_hash: ballot.election_hash,
    credential: ballot.credential,
    answers: ballot.answers.map(answer),
    signature: { hash: ballot.signature.hash, proof: proof(ballot.signature.proof) },
  });
}

/** What is wrong with a ballot; nothing when it may be counted. */
export function wrong<Element>(election: Election<Element>, text: string): string[] {
  try {
    const ballot = JSON.parse(text) as BallotText;
    const { group, questions } = election;
    const verifier = new Verifier(election, ballot.credential);
    const { wrong: found } = verifier;
    if (canonical(ballot) !== text) found.push("not canonical");
    if (ballot.election_uuid !== election.uuid) found.push("another election");
    if (ballot.election_hash !== election.fingerprint) found.push("another fingerprint");
    if (ballot.answers.length !== questions.length) found.push("not an answer to each question");
    ballot.answers.forEach((answer, nth) => {
      const question: Question | undefined = questions[nth];
      if (question?.kind === "tallied") verifier.tallied(question, answer as TalliedText);
      if (question?.kind === "shuffled") verifier.shuffled(answer as ShuffledText);
    });
    const { hash, proof } = ballot.signature;
    const signed = text.slice(0, text.lastIndexOf(',"signature":')) + "}";
    if (fingerprint(signed) !== hash) found.push("another hash is signed");
    verifier.knows("signature", `sig|${hash}|`, group.decode(ballot.credential), proof);
    return found;
  } catch (error) {
    return [String(error)];
  }
}
