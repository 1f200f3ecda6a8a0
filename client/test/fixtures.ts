// Sample elections made by other programs of the protocol, from the shared folder beside the
// checkout; a machine without them skips the tests on them visibly.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";

/** The folder of the project. */
export const ROOT = path.resolve(process.env["SANDUQ_ROOT"] ?? path.join(process.cwd(), ".."));
const FOLDER = path.join(ROOT, "../shared/fixtures/belenios");

/** Why tests on the samples are skipped; nothing when they are there. */
export const absent: string | false = existsSync(FOLDER)
  ? false
  : "skipped: ../shared/fixtures/belenios is absent";

/** A file of a sample. */
export function read(sample: string, file: string): string {
  return readFileSync(path.join(FOLDER, sample, file), "utf8").trimEnd();
}

/** The ballots of a sample, in the order of their names. */
export function ballots(sample: string): string[] {
  const names = readdirSync(path.join(FOLDER, sample, "ballots"));
  return names.sort().map((name) => read(sample, `ballots/${name}`));
}

/** The product of the private keys of a sample with trustees who each hold a whole key: their sum. */
export function privateKey(sample: string): bigint {
  const names = readdirSync(path.join(FOLDER, sample)).filter((name) => /\.privkey$/.test(name));
  return names.reduce((sum, name) => sum + BigInt(JSON.parse(read(sample, name)) as string), 0n);
}

/** The answers that the voters of a sample gave, one voter a line. */
export function votes(sample: string): number[][][] {
  const lines = read(sample, "votes.txt").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as number[][]);
}
