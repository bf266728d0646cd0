/*
 * How wide text is, without a browser. The table holds the advance widths of
 * DejaVu Sans, the widest of the faces that `system-ui, sans-serif` stands for on common systems
 * (Segoe UI, San Francisco, Roboto, Noto Sans and Arial are all narrower), so that what fits by
 * this table fits everywhere.
 */

/** Hundredths of the font size for the characters U+0020 to U+007E. */
const REGULAR = numbers(
  "32 41 46 84 64 95 78 28 39 39 50 84 32 37 32 34 64 64 64 64 64 64 64 64 " +
    "64 64 34 34 84 84 84 54 100 69 69 70 77 64 58 78 76 30 30 66 56 87 75 79 " +
    "61 79 70 64 62 74 69 99 69 62 69 39 34 39 84 50 50 62 64 55 64 62 36 64 " +
    "64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84",
);
const BOLD = numbers(
  "35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 " +
    "70 70 40 40 84 84 84 58 100 78 77 74 83 69 69 83 84 38 38 78 64 100 84 85 " +
    "74 85 77 72 69 82 78 111 78 73 73 46 37 46 84 50 50 68 72 60 72 68 44 72 " +
    "72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84",
);

/** Characters that are not a letter of the table with a mark on it. */
const OTHERS = "æÆøØßðÐþÞœŒłŁđĐıŋ–—−…·•‘’‚“”„«»×÷±½°§€£©®†≥≤→←↑↓";
const OTHERS_REGULAR = numbers(
  "99 98 62 79 63 62 78 64 61 103 107 29 57 64 78 28 64 50 100 84 100 32 59 32 " +
    "32 32 52 52 52 62 62 84 84 84 97 50 50 64 64 100 100 50 84 84 84 84 84 84",
);
const OTHERS_BOLD = numbers(
  "105 109 69 85 72 69 84 72 74 110 117 38 65 72 84 35 72 50 100 84 100 38 64 38 " +
    "38 38 66 66 66 65 65 84 84 84 104 50 50 70 70 100 100 50 84 84 84 84 84 84",
);

/** Wide enough for whatever else a label may hold, such as a Chinese character. */
const UNKNOWN = 140;

export type Weight = "regular" | "bold";

/**
 * The width that a line of text takes at most.
 *
 * @param text One line.
 * @param size Font size in px.
 * @param weight The weight it is set in.
 * @returns px; no kerning, which would only make it narrower.
 */
export function textWidth(text: string, size: number, weight: Weight = "regular"): number {
  let hundredths = 0;
  for (const character of text) hundredths += advance(character, weight);
  return hundredths * size / 100;
}

function advance(character: string, weight: Weight): number {
  const table = weight === "bold" ? BOLD : REGULAR;
  const plain = table[character.charCodeAt(0) - 0x20];
  if (plain !== undefined) return plain;
  const other = (weight === "bold" ? OTHERS_BOLD : OTHERS_REGULAR)[OTHERS.indexOf(character)];
  if (other !== undefined) return other;
  if (character === "\u00a0") return table[0] ?? UNKNOWN;
  // A letter with a mark is as wide as the letter: å, é, ü.
  const letter = character.normalize("NFD").charCodeAt(0) - 0x20;
  return character.normalize("NFD") === character ? UNKNOWN : table[letter] ?? UNKNOWN;
}

function numbers(list: string): readonly number[] {
  return list.split(" ").map(Number);
}
