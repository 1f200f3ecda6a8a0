// Where a ballot is made while the page stays alive: in a worker, or, where a browser starts none,
// between two pictures of the page. Always true here: the choice goes from the page to its worker and
// to nobody else.

import { making, steps } from "../ballot.ts";
import type { Ballot, Choice } from "../ballot.ts";
import { BROWSER } from "../chance.ts";
import { derived } from "../credential.ts";
import { ED25519 } from "../ed25519.ts";
import type { Point } from "../ed25519.ts";
import { election } from "../election.ts";
import type { Election, Question } from "../election.ts";

/** What the worker is asked. */
export interface Order {
  /** The bytes of `election.json`. */
  readonly json: string;
  readonly choices: readonly Choice[];
  /** The code that the voter signs with. */
  readonly code: string;
  readonly occasion: string;
}

/** What the worker says: how much is done, from 0 to 1; the ballot; or why there is none. */
export type Said =
  | { readonly done: number }
  | { readonly ballot: Ballot }
  | { readonly failed: string };

const SECONDS_WITHOUT_A_WORD = 20;

function begun({ json, choices, code, occasion }: Order) {
  const own = election(json, ED25519);
  const secret = derived(own.group, own.uuid, code);
  const run = making({ election: own, choices, secret, occasion, generator: BROWSER });
  return { run, all: steps(own) + 1 };
}

/** What runs in the worker. */
export function work(scope: DedicatedWorkerGlobalScope): void {
  const say = (said: Said): void => scope.postMessage(said);
  scope.addEventListener("message", ({ data }: MessageEvent<Order | "prepare">) => {
    try {
      if (data === "prepare") return prepare();
      const { run, all } = begun(data);
      for (let done = 1; ; done += 1) {
        const { done: last, value } = run.next();
        if (last) return say({ ballot: value });
        say({ done: done / all });
      }
    } catch (error) {
      say({ failed: String(error) });
    }
  });
}

/** Makes the table of the generator, so that the first ballot need not wait for it. */
function prepare(): void {
  ED25519.power(1n);
}

/** The scope of a worker, as far as it is used here. */
export interface DedicatedWorkerGlobalScope {
  postMessage(said: Said): void;
  addEventListener(kind: "message", act: (event: MessageEvent<Order | "prepare">) => void): void;
}

/** Something that makes ballots one after the other. */
export class Maker {
  #worker: Worker | undefined;

  /** @param address of the script that this page runs, which a worker runs, too */
  constructor(address: string) {
    try {
      this.#worker = new Worker(address, { type: "module" });
      this.#worker.addEventListener("error", () => (this.#worker = undefined), { once: true });
      this.#worker.postMessage("prepare");
    } catch {
      this.#worker = undefined;
    }
  }

  /** Makes a ballot; `progress` is told how much is done. */
  async make(order: Order, progress: (done: number) => void): Promise<Ballot> {
    if (this.#worker) {
      try {
        return await told(this.#worker, order, progress);
      } catch {
        // A browser that starts no modules in workers says so by an error or by silence.
        this.#worker.terminate();
        this.#worker = undefined;
      }
    }
    return here(order, progress);
  }
}

function told(worker: Worker, order: Order, progress: (done: number) => void): Promise<Ballot> {
  return new Promise((resolve, reject) => {
    const ended = new AbortController();
    let patience: ReturnType<typeof setTimeout> | undefined;
    const end = (act: () => void): void => {
      ended.abort();
      clearTimeout(patience);
      act();
    };
    const wait = (): void => {
      clearTimeout(patience);
      const silent = (): void => end(() => reject(new Error("the worker is silent")));
      patience = setTimeout(silent, SECONDS_WITHOUT_A_WORD * 1_000);
    };
    const options = { signal: ended.signal };
    const heard = ({ data }: MessageEvent<Said>): void => {
      if ("ballot" in data) end(() => resolve(data.ballot));
      else if ("failed" in data) end(() => reject(new Error(data.failed)));
      else {
        progress(data.done);
        wait();
      }
    };
    worker.addEventListener("message", heard, options);
    worker.addEventListener("error", () => end(() => reject(new Error("no worker"))), options);
    wait();
    worker.postMessage(order);
  });
}

/** Makes a ballot in the page itself and lets it be drawn after every choice. */
async function here(order: Order, progress: (done: number) => void): Promise<Ballot> {
  const { run, all } = begun(order);
  for (let done = 1; ; done += 1) {
    const { done: last, value } = run.next();
    if (last) return value;
    progress(done / all);
    await new Promise((resolve) => setTimeout(resolve));
  }
}

/** An election as the pages use it, with its bytes. */
export interface Held {
  readonly json: string;
  readonly election: Election<Point>;
  /** How many seconds the server's clock is ahead of this device's. */
  readonly ahead: number;
}

/** The election at an address. */
export async function fetched(address: string): Promise<Held> {
  const answer = await fetch(address, { cache: "no-store" });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  const json = await answer.text();
  const clock = Date.parse(answer.headers.get("date") ?? "");
  const ahead = Number.isNaN(clock) ? 0 : Math.round((clock - Date.now()) / 1_000);
  return { json, election: election(json, ED25519), ahead };
}

/** The names of what a choice chooses. */
export function chosen(question: Question, choice: Choice): readonly string[] {
  const first = question.kind === "tallied" && question.blank ? 1 : 0;
  return question.answers.filter((_, nth) => choice[nth + first] === 1);
}
