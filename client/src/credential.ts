// The secret that a voter signs with, made from the code on the voter's letter. Always true here:
// the same code and election give the same secret in every program of the same version.

import { pbkdf2 } from "@noble/hashes/pbkdf2.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { joined, toNumber, utf8 } from "./bytes.ts";
import { reduced } from "./group.ts";
import type { Group } from "./group.ts";

/** How a code becomes a secret: by 1,000 rounds of PBKDF2 until 2.3, by two hashes since 2.4. */
export type Derivation = "2.0" | "2.4";

/** The secret of a code in an election: a scalar of the group. */
export function derived<Element>(
  group: Group<Element>,
  uuid: string,
  code: string,
  derivation: Derivation = "2.4",
): bigint {
  if (derivation === "2.0") {
    const bytes = pbkdf2(sha256, utf8(code), utf8(uuid), { c: 1_000, dkLen: 32 });
    return reduced(toNumber(bytes), group.order);
  }
  const half = (nth: number): Uint8Array =>
    sha256(utf8(`derive_credential|${uuid}|${nth}|${code}`));
  return reduced(toNumber(joined(half(0), half(1))), group.order);
}
