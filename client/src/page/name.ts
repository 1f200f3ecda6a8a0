// Names as what they are. Always true here: a name becomes text and nothing else; signs that nobody
// sees, or that turn the order of others, are shown as marks with their number, so that no name can
// pass for another one; the rest is set apart, so that it cannot turn what stands beside it.

/** A piece of a name: what is written, or the number of a sign that is not to be seen. */
export type Piece = { readonly text: string } | { readonly mark: string };

// Controls, format characters, separators of lines, blanks of no width, fillers, and variation
// selectors (Unicode 16, general categories Cc, Cf, Zl, Zp, Cs, Co, Cn and Default_Ignorable).
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u;
const NON_JOINER = "\u200c";
const ARABIC = /\p{Script=Arabic}/u;
// More marks over one letter than any language writes: they would cover the line above.
const MOST_MARKS = 3;
const COMBINING = /\p{M}/u;

function number(sign: string): string {
  return `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * The pieces of a name. A non-joiner between two letters of the Arabic script is spelling and stays;
 * every other unseen sign becomes a mark.
 */
export function pieces(name: string): Piece[] {
  const signs = [...name.normalize("NFC")];
  const found: Piece[] = [];
  let text = "";
  let marks = 0;
  const letter = (at: number): boolean => ARABIC.test(signs[at] ?? "");
  signs.forEach((sign, at) => {
    const spelling = sign === NON_JOINER && letter(at - 1) && letter(at + 1);
    marks = COMBINING.test(sign) ? marks + 1 : 0;
    if (spelling || (!UNSEEN.test(sign) && marks <= MOST_MARKS)) {
      text += sign;
      return;
    }
    if (text !== "") found.push({ text });
    text = "";
    found.push({ mark: number(sign) });
  });
  if (text !== "") found.push({ text });
  return found;
}
