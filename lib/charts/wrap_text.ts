import { textWidth, type Weight } from "./text_width.ts";

export interface WrapOptions {
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

/** Whether every word of a text fits in a column unbroken. */
export function wordsFit(text: string, width: number, size: number): boolean {
  return cleanText(text).split(" ").every((word) => textWidth(word, size) <= width);
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
