/** What is typed in a Danish or English text of some code; what is computed in it is left out. */
interface TypedText {
  readonly line: number;
  readonly text: string;
}

const OPEN = "([{";
const CLOSE = ")]}";

/**
 * Reads the texts in `{ da: …, en: … }` of TypeScript code: strings and templates, with functions of
 * the voice and concatenations, without what stands in `${…}`.
 */
export function typedTexts(code: string): TypedText[] {
  return [...code.matchAll(/\b(?:da|en):\s*/g)].map(({ index, 0: { length } }) => ({
    line: code.slice(0, index).split("\n").length,
    text: literalsOf(code, index + length),
  })).filter(({ text }) => text !== "");
}

/** The literals of the expression that begins here, joined. */
function literalsOf(code: string, from: number): string {
  let [at, depth, text] = [from, 0, ""];
  while (at < code.length) {
    const sign = code[at]!;
    if (sign === '"' || sign === "'" || sign === "`") {
      const read = readLiteral(code, at);
      // A name in a call or a comparison is no prose.
      if (depth === 0) text += read.text;
      at = read.end;
      continue;
    }
    if (OPEN.includes(sign)) depth++;
    if (CLOSE.includes(sign) && --depth < 0) break;
    if (depth === 0 && (sign === "," || sign === ";")) break;
    at++;
  }
  return text;
}

/** A string or template from its opening quote; computed parts become a space. */
function readLiteral(code: string, start: number): { text: string; end: number } {
  const quote = code[start]!;
  let [at, text] = [start + 1, ""];
  while (at < code.length && code[at] !== quote) {
    if (code[at] === "\\") {
      text += code[at + 1] === "n" ? "\n" : code[at + 1] ?? "";
      at += 2;
    } else if (quote === "`" && code.startsWith("${", at)) {
      at = endOfComputed(code, at + 2);
      text += " ";
    } else {
      text += code[at++];
    }
  }
  return { text, end: at + 1 };
}

/** The place after the brace that closes a computed part. */
function endOfComputed(code: string, start: number): number {
  let [at, depth] = [start, 1];
  while (at < code.length && depth > 0) {
    const sign = code[at]!;
    if (sign === '"' || sign === "'" || sign === "`") {
      at = readLiteral(code, at).end;
      continue;
    }
    if (sign === "{") depth++;
    if (sign === "}") depth--;
    at++;
  }
  return at;
}
