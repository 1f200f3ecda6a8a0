// The secret that a voter signs with, made from the code on the voter's letter. Always true here:
// the same code and election give the same secret in every program of the protocol since 2.4.

import { sha256 } from "@noble/hashes/sha2.js";
import { joined, toNumber, utf8 } from "./bytes.ts";
import { reduced } from "./group.ts";
import type { Group } from "./group.ts";

/** The secret of a code in an election, a scalar of the group: two hashes, as since 2.4. */
export function derived<Element>(group: Group<Element>, uuid: string, code: string): bigint {
  const half = (nth: number): Uint8Array =>
    sha256(utf8(`derive_credential|${uuid}|${nth}|${code}`));
  return reduced(toNumber(joined(half(0), half(1))), group.order);
}
