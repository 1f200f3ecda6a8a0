// The two finite fields that other programs of the protocol know, so that an outside program can
// check what this one wrote. Always true here: no voter's page holds this file, for arithmetic on
// `bigint` takes a time that depends on the numbers; a test of the bundle sees to it.

import { packed, reduced } from "./group.ts";
import type { Group } from "./group.ts";

/** The parameters of a subgroup of a finite field. */
interface Field {
  readonly name: string;
  readonly modulus: bigint;
  readonly order: bigint;
  readonly generator: bigint;
  readonly paddingBits: number;
}

function raised(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let product = 1n;
  let square = base % modulus;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) product = (product * square) % modulus;
    square = (square * square) % modulus;
  }
  return product;
}

function inverse(number: bigint, modulus: bigint): bigint {
  let [low, high, one, other] = [reduced(number, modulus), modulus, 1n, 0n];
  while (low > 1n) {
    const times = high / low;
    [low, high] = [high - times * low, low];
    [one, other] = [other - times * one, one];
  }
  return reduced(one, modulus);
}

function group({ name, modulus, order, generator, paddingBits }: Field): Group<bigint> {
  const bitsPerNumber = 8;
  const raise = (base: bigint, exponent: bigint): bigint =>
    raised(base, reduced(exponent, order), modulus);
  const belongs = (number: bigint): boolean =>
    number > 0n && number < modulus && raised(number, order, modulus) === 1n;
  return {
    name,
    order,
    uniformBytes: 272,
    bitsPerNumber,
    power: (exponent) => raise(generator, exponent),
    fixed: (base) => (exponent) => raise(base, exponent),
    times: (one, other) => (one * other) % modulus,
    over: (one, other) => (one * inverse(other, modulus)) % modulus,
    equal: (one, other) => one === other,
    encode: (elements) => elements.map(String),
    decode: (text) => {
      const number = /^(?:0|[1-9][0-9]*)$/.test(text) ? BigInt(text) : 0n;
      if (!belongs(number)) throw new Error("element: outside the subgroup of prime order");
      return number;
    },
    embed: (numbers) => {
      const least = packed(numbers, bitsPerNumber) << BigInt(paddingBits);
      for (let padding = 0n; padding < 1n << BigInt(paddingBits); padding += 1n) {
        if (belongs(least + padding)) return least + padding;
      }
      throw new Error("preference: no element near this number");
    },
  };
}

/** Decimal digits over several lines. */
function digits(text: string): bigint {
  return BigInt(text.replaceAll(/\s/g, ""));
}

/** `BELENIOS-2048`: a subgroup of 256 bits; no preferences. */
export const BELENIOS_2048 = group({
  name: "BELENIOS-2048",
  modulus: digits(`
    2069478569142254640101364365750500806492298929575110409710088478705737421924271740192223725449
    7684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589
    8727358650490811670993105358677809800307904916540637771737641986785272734744763418356000356983
    0519314428456170191100078673730733356412397173289791324047457883446826065232797464795113767265
    8693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884
    1005864210502421203654335612013204811188524087310770141516662001623131771693721892480785077118
    27842317498073276598828825169183103125680162072880719`),
  order: 78571733251071885079927659812671450121821421258408794611510081919805623223441n,
  generator: digits(`
    2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155
    2696787996946682987493890950838965734256019006010684771644917354741372831046104586813145117816
    4675540052740288984613986453266121505579709716201616827031288643245666383486363578210615491841
    9982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138
    4060102316750957637779826651036068224066350766977640253462537730851331734951942489677540525736
    5904949247763147599157519877517771148149092045660020547812705472823814097251863985833411570056
    8353695553423781475582491896050296680037745308460627`),
  paddingBits: 0,
});

const RFC_3526_MODULUS = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A0879" +
    "8E3404DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B" +
    "0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA4836" +
    "1C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804" +
    "F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6" +
    "955817183995497CEA956AE515D2261898FA051015728E5A8AACAA68FFFFFFFFFFFFFFFF",
);

/** `RFC-3526-2048`: the squares of a safe prime (RFC 3526, section 3); with preferences. */
export const RFC_3526_2048 = group({
  name: "RFC-3526-2048",
  modulus: RFC_3526_MODULUS,
  order: (RFC_3526_MODULUS - 1n) / 2n,
  generator: 2n,
  paddingBits: 8,
});
