/*
 * How wide text is, without a browser. The table holds the advance widths of
 * DejaVu Sans, the widest of the faces that `system-ui, sans-serif` stands for on common systems
 * (Segoe UI, San Francisco, Roboto, Noto Sans and Arial are all narrower), so that what fits by
 * this table fits everywhere.
 */

/** Hundredths of the font size for the characters U+0020 to U+007E. */
const REGULAR = ("32 41 46 84 64 95 78 28 39 39 50 84 32 37 32 34 64 64 64 64 64 64 64 64 " +
  "64 64 34 34 84 84 84 54 100 69 69 70 77 64 58 78 76 30 30 66 56 87 75 79 " +
  "61 79 70 64 62 74 69 99 69 62 69 39 34 39 84 50 50 62 64 55 64 62 36 64 " +
  "64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84").split(" ").map(Number);

/** Characters that are as wide as one of those; any other one is taken to be as wide as it is high. */
const ALIKE: Readonly<Record<string, string>> = {
  ...{ "ø": "o", "Ø": "O", "–": "-", "−": "+", "\u00a0": " ", "·": ".", "’": "'", "≈": "+" },
};

/** How much wider bold letters are at most, in words. */
const BOLD = 1.15;

type Weight = "regular" | "bold";

/** The width in px that a line of text takes at most at a font size in px. */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let hundredths = 0;
  for (const character of text) {
    // A letter with a mark is as wide as the letter: å, é, ü.
    const plain = ALIKE[character] ?? character.normalize("NFD");
    hundredths += REGULAR[plain.charCodeAt(0) - 0x20] ?? 100;
  }
  return hundredths * size / 100 * (weight === "bold" ? BOLD : 1);
}

/**
 * Breaks a label into lines of about equal length that are no wider than a column; a word that is wider
 * is broken inside.
 *
 * @param width px, as is `size`.
 * @param options `lines`: the most of them, 6 by default; what does not fit ends in "…".
 */
export function wrapText(
  text: string,
  width: number,
  { size, weight, lines: most = 6 }: {
    readonly size: number;
    readonly weight?: Weight;
    readonly lines?: number;
  },
): string[] {
  const fits = (line: string, within = width) => textWidth(line, size, weight) <= within;
  const words = cleanText(text).split(" ").flatMap((word) => pieces(word, fits));
  const filled = (within: number) => {
    const lines = [words[0] ?? ""];
    for (const word of words.slice(1)) {
      const longer = `${lines.at(-1)} ${word}`;
      if (fits(longer, within)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  };
  let lines = filled(width);
  if (lines.length > most) {
    const last = [...lines[most - 1]!];
    while (last.length > 0 && !fits(`${last.join("")}…`)) last.pop();
    return [...lines.slice(0, most - 1), `${last.join("").trimEnd()}…`];
  }
  // The narrowest setting in as many lines, so that no line is left with one short word.
  for (let narrower = width; narrower > width / 3; narrower -= 4) {
    const next = filled(narrower);
    if (next.length > lines.length) break;
    lines = next;
  }
  return lines;
}

/** A word in pieces that fit in a line. */
function pieces(word: string, fits: (line: string) => boolean): string[] {
  const parts = [""];
  for (const character of word) {
    if (parts.at(-1) === "" || fits(parts.at(-1) + character)) parts[parts.length - 1] += character;
    else parts.push(character);
  }
  return parts;
}

/** Text in one line, without the control characters and half surrogates that XML forbids. */
export function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[ \t\r\n]+/g, " ").trim();
}
