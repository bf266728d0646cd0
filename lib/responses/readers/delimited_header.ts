import { behindBreak, NEWLINE, QUOTE, RETURN, valueEnd } from "./delimited_bytes.ts";
import type { ScanPlan } from "./scan_plan.ts";
import type { Source } from "./source.ts";

/** The beginning of a delimited file. */
export interface Header {
  /** One byte. */
  readonly delimiter: number;
  /** The byte that ends the header's line: a line break, or a return (which one may follow). */
  readonly lineEnd: number;
  /** The names without blanks around them; null where the header's shape is wrong. */
  readonly names: readonly string[] | null;
  /** Number of lines above the header. */
  readonly skipped: number;
  /** Where the header begins. */
  readonly start: number;
  /** Where the first record behind it begins, and number of line breaks up to there. */
  readonly body: number;
  readonly lines: number;
}

const SPACE = 32, TAB = 9;
/** So many bytes are looked at, and more where the header is longer. */
const HEAD = 2 ** 18;

/**
 * Reads the beginning of a delimited file: a mark, Excel's `sep=` line, blank lines, the header.
 *
 * @returns null where nothing but blanks stands in the file.
 */
export function readHeader(source: Source, encoding: ScanPlan["encoding"]): Header | null {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  for (let length = Math.min(HEAD, source.size);; length = Math.min(4 * length, source.size)) {
    const head = new Uint8Array(length + 1);
    source.copy(0, head.subarray(0, length));
    // Behind the last byte there is a line break, so that a value ends there.
    head[length] = NEWLINE;
    const found = headerIn(head, length, length === source.size, decoder);
    if (found !== "longer") return found;
  }
}

function headerIn(
  head: Uint8Array,
  length: number,
  isWhole: boolean,
  decoder: TextDecoder,
): Header | null | "longer" {
  const isMarked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  let start = isMarked && decoder.encoding === "utf-8" ? 3 : 0;
  let skipped = 0;
  // Excel can write the delimiter on a line of its own, before the header.
  const said = /^sep=([^\r\n])[\r\n]/.exec(String.fromCharCode(...head.subarray(start, start + 6)));
  if (said) {
    start = behindBreak(head, start + 5);
    skipped++;
  }
  for (let i = start; i < length;) {
    const c = head[i]!;
    if (c === NEWLINE || c === RETURN) {
      i = start = behindBreak(head, i);
      skipped++;
    } else if (c === SPACE || c === TAB) i++;
    else break;
  }
  const text = decoder.decode(head.subarray(start, length));
  if (text.trim() === "") return isWhole ? null : "longer";
  const delimiter = (said?.[1] ?? findDelimiter(text)).charCodeAt(0);
  const found = { delimiter, lineEnd: NEWLINE, skipped, start };
  const names: string[] = [];
  let [i, lines] = [start, 0];
  for (;;) {
    const end = valueEnd(head, i, length, delimiter);
    if (end < 0 || end >= length) {
      if (!isWhole) return "longer";
      if (end < 0) return { ...found, names: null, body: length, lines: 0 };
    }
    const quoted = head[i] === QUOTE;
    const value = decoder.decode(head.subarray(quoted ? i + 1 : i, quoted ? end - 1 : end));
    names.push((quoted ? value.replaceAll('""', '"') : value).trim());
    if (quoted) lines += value.split(/\r\n|\r|\n/).length - 1;
    if (end < length && head[end] === delimiter) i = end + 1;
    else {
      const body = Math.min(length, behindBreak(head, end));
      const lineEnd = head[end] === RETURN ? RETURN : NEWLINE;
      return { ...found, lineEnd, names, body, lines: lines + 1 };
    }
  }
}

/**
 * Finds the delimiter of a text: of comma, semicolon and tab the one that its first line has most
 * of outside quotes; a comma where there is none.
 */
export function findDelimiter(text: string): string {
  const line = text.slice(0, 100_000).match(/^(?:"(?:[^"]|"")*"|[^\r\n"])*/)?.[0] ?? "";
  const bare = line.replace(/"(?:[^"]|"")*"/g, "");
  const counts = [",", ";", "\t"]
    .map((delimiter) => ({ delimiter, n: bare.split(delimiter).length }));
  return counts.reduce((a, b) => (b.n > a.n ? b : a)).delimiter;
}
