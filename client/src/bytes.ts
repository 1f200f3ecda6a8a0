// Bytes as text and as numbers. Always true here: every conversion is total and of one form only, so
// that two programs that mean the same write the same.

import { sha256 } from "@noble/hashes/sha2.js";

const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Base64 without padding, as trackers and fingerprints are written. */
export function base64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const rest = bytes.length - at;
    const three = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = rest > 2 ? 4 : rest + 1;
    for (let nth = 0; nth < digits; nth += 1) text += DIGITS[(three >> (18 - 6 * nth)) & 63]!;
  }
  return text;
}

/** Base64 without padding that may stand in an address: `-` and `_` for `+` and `/`. */
export function base64Address(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_");
}

/**
 * The bytes of base64 without padding, with either pair of last digits.
 *
 * @throws when a sign is no digit, or the last digit says more than whole bytes.
 */
export function fromBase64(text: string): Uint8Array {
  const plain = text.replaceAll("-", "+").replaceAll("_", "/");
  const bytes: number[] = [];
  let held = 0;
  let bits = 0;
  for (const sign of plain) {
    const digit = DIGITS.indexOf(sign);
    if (digit < 0) throw new Error("base64: a sign that is no digit");
    held = ((held << 6) | digit) & 0xffff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  const found = Uint8Array.from(bytes);
  if (base64(found) !== plain) throw new Error("base64: not written in its one form");
  return found;
}

/** Lower-case hexadecimal. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The bytes of hexadecimal text.
 *
 * @throws when it is not pairs of digits.
 */
export function fromHex(text: string): Uint8Array {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new Error("hexadecimal: not pairs of digits");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** The number that bytes are when the first is the highest. */
export function toNumber(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${hex(bytes)}`);
}

/** Bytes one behind the other. */
export function joined(...parts: Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Base64 without padding of the SHA-256 of a text: fingerprints, trackers, signed hashes. */
export function fingerprint(text: string): string {
  return base64(sha256(utf8(text)));
}
