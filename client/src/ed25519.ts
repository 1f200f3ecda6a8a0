// The group that votes are cast in: the subgroup of prime order of edwards25519. Always true here:
// what is raised to a secret goes through `multiply` of the curve's library, whose steps do not
// depend on the secret.

import { normalizeZ } from "@noble/curves/abstract/curve.js";
import { edwards } from "@noble/curves/abstract/edwards.js";
import { fromHex, hex } from "./bytes.ts";
import { packed, reduced } from "./group.ts";
import type { Group } from "./group.ts";

// RFC 8032, section 5.1. The library's own module of this curve holds the same numbers, which a test
// compares, and signatures that no voter's page needs.
const Point = edwards({
  p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffedn,
  n: 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3edn,
  h: 8n,
  a: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffecn,
  d: 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n,
  Gx: 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51an,
  Gy: 0x6666666666666666666666666666666666666666666666666666666666666658n,
});
/** An element of the group. */
export type Point = InstanceType<typeof Point>;

const ORDER = Point.Fn.ORDER;
// Bits of a window of the tables: at 6, making the table of a key costs about what it saves in a
// ballot of ten candidates.
const WINDOW = 6;
const BITS_PER_NUMBER = 8;
const PADDING_BITS = 14;
// The embedded number, its padding and nothing else must stay below the field's 255 bits.
const ROOM_BITS = 254;

const table = (base: Point): Point => base.precompute(WINDOW, false);
const BACK = Point.BASE.negate();

function decode(text: string): Point {
  if (!/^[0-9a-f]{64}$/.test(text)) throw new Error("element: not 64 hexadecimal digits");
  const point = Point.fromBytes(fromHex(text).reverse(), false);
  if (!point.isTorsionFree()) throw new Error("element: outside the subgroup of prime order");
  return point;
}

/** The least element at or above a number; how long it takes depends on the number. */
function embed(numbers: readonly number[]): Point {
  if (numbers.length * BITS_PER_NUMBER + PADDING_BITS > ROOM_BITS) {
    throw new Error("preference: too many numbers for one element");
  }
  const least = packed(numbers, BITS_PER_NUMBER) << BigInt(PADDING_BITS);
  for (let padding = 0n; padding < 1n << BigInt(PADDING_BITS); padding += 1n) {
    const digits = (least + padding).toString(16).padStart(64, "0");
    try {
      return decode(digits);
    } catch {
      // This number is no element's; the next one is tried.
    }
  }
  throw new Error("preference: no element near this number");
}

/** The group `Ed25519`. */
export const ED25519: Group<Point> = {
  name: "Ed25519",
  order: ORDER,
  uniformBytes: 64,
  bitsPerNumber: BITS_PER_NUMBER,
  // The library multiplies by anything but nought, and a vote may be nought: one more, and one back.
  power: (exponent) => Point.BASE.multiply(reduced(exponent + 1n, ORDER)).add(BACK),
  fixed: (base) => {
    const known = table(base);
    return (exponent) => known.multiply(exponent);
  },
  times: (one, other) => one.add(other),
  over: (one, other) => one.subtract(other),
  equal: (one, other) => one.equals(other),
  encode: (elements) =>
    normalizeZ(Point, [...elements]).map((point) => hex(point.toBytes().reverse())),
  decode,
  embed,
};
