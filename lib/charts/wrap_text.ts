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

interface WrapOptions {
  /** Font size in px. */
  readonly size: number;
  readonly weight?: Weight;
  /** Most lines; what does not fit ends in "…". Default: 6. */
  readonly lines?: number;
}

/**
 * Breaks a label into lines of about equal length that are no wider than a column.
 *
 * A word that is wider than the column is broken inside. White space is one space, and characters
 * that cannot stand in XML are left out.
 *
 * @param text The label.
 * @param width px.
 * @returns At least one line.
 */
export function wrapText(text: string, width: number, options: WrapOptions): string[] {
  const { size, weight = "regular", lines: most = 6 } = options;
  const measure = (line: string) => textWidth(line, size, weight);
  const words = cleanText(text).split(" ");
  const greedy = fill(words, width, measure);
  if (greedy.length > most) return shorten(greedy, most, width, measure);
  return balance(words, greedy, width, measure);
}

/** Text in one line, without the control characters and half surrogates that XML forbids. */
export function cleanText(text: string): string {
  // deno-lint-ignore no-control-regex
  return text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
    .replace(/[ \t\r\n]+/g, " ").trim();
}

type Measure = (line: string) => number;

function fill(words: readonly string[], width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words.flatMap((word) => pieces(word, width, measure))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line === "" || measure(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function pieces(word: string, width: number, measure: Measure): string[] {
  if (measure(word) <= width) return [word];
  const parts: string[] = [];
  let part = "";
  for (const character of word) {
    if (part !== "" && measure(part + character) > width) {
      parts.push(part);
      part = "";
    }
    part += character;
  }
  return [...parts, part];
}

/** The narrowest setting in as many lines, so that no line is left with one short word. */
function balance(
  words: readonly string[],
  greedy: string[],
  width: number,
  measure: Measure,
): string[] {
  let best = greedy;
  for (let narrower = width - 4; narrower > width / 3; narrower -= 4) {
    if (words.some((word) => measure(word) > narrower)) break;
    const lines = fill(words, narrower, measure);
    if (lines.length > greedy.length) break;
    best = lines;
  }
  return best;
}

function shorten(
  lines: readonly string[],
  most: number,
  width: number,
  measure: Measure,
): string[] {
  const kept = lines.slice(0, most);
  let last = [...kept[most - 1] ?? ""];
  while (last.length > 0 && measure(`${last.join("")}…`) > width) last = last.slice(0, -1);
  return [...kept.slice(0, -1), `${last.join("").trimEnd()}…`];
}
