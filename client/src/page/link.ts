// The link that a second device reads: which ballot, what opens it, until when. Always true here: all
// of it stands behind the `#` of an address, which no browser sends to a server; a link that is no
// longer good, or was never one, opens nothing.

import { base64Address, fromBase64 } from "../bytes.ts";

/** How long a link is good: long enough to fetch a second device, no longer. */
export const GOOD_FOR_SECONDS = 30 * 60;

// Both devices go by the server's clock, whose answers took a while to come.
const LATITUDE_SECONDS = 120;

/** What a link says. */
export interface Link {
  readonly tracker: string;
  readonly opening: Uint8Array;
  /** Seconds since 1970 after which it opens nothing. */
  readonly until: number;
}

/** Why a link is not followed. */
export type Refused = "unreadable" | "expired";

/** The text behind the `#`. */
export function written({ tracker, opening, until }: Link): string {
  return ["1", base64Address(fromBase64(tracker)), base64Address(opening), until.toString(36)].join(
    ".",
  );
}

/** Reads the text behind the `#`; `now` in seconds since 1970, by the server's clock. */
export function read(text: string, now: number): Link | Refused {
  const form = /^1\.([\w-]{43})\.([\w-]{43})\.([0-9a-z]{1,8})$/.exec(text);
  if (!form) return "unreadable";
  const [, tracker, opening, until] = form as unknown as [string, string, string, string];
  try {
    const link = {
      tracker: tracker.replaceAll("-", "+").replaceAll("_", "/"),
      opening: fromBase64(opening),
      until: parseInt(until, 36),
    };
    fromBase64(tracker);
    return link.until > now && link.until <= now + GOOD_FOR_SECONDS + LATITUDE_SECONDS ? link : "expired";
  } catch {
    return "unreadable";
  }
}
