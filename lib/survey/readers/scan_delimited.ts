const QUOTE = 34, NEWLINE = 10, RETURN = 13;

/** The shape of a delimited text: what a parser that only splits it would not tell. */
export interface Shape {
  /** Number of values of each record, the header included; 0 for a blank line. Trailing empty values do not count beyond the header's. */
  readonly fields: readonly number[];
  /** The line (from 1) on which each record begins. */
  readonly lines: readonly number[];
  /** Line of a quote that is never closed, or null. */
  readonly unclosed: number | null;
  /** Line of the first value that goes on after its closing quote, or null. */
  readonly stray: number | null;
}

/**
 * Walks over a delimited text (RFC 4180: quotes around a value, two quotes for one inside) and
 * notes its shape. Quotes count only at the start of a value, as in Arquero's parser.
 *
 * @param text The text without a mark at its start.
 * @param delimiter One character.
 */
export function scanDelimited(text: string, delimiter: string): Shape {
  const delimiterCode = delimiter.charCodeAt(0);
  const fields: number[] = [];
  const lines: number[] = [];
  let unclosed: number | null = null;
  let stray: number | null = null;
  let line = 1;
  let i = 0;
  while (i < text.length) {
    lines.push(line);
    const start = i;
    let count = 0;
    let filled = 0;
    for (let more = true; more;) {
      const valueStart = i;
      if (text.charCodeAt(i) === QUOTE) {
        const opened = line;
        i++;
        for (;;) {
          if (i >= text.length) {
            unclosed ??= opened;
            break;
          }
          const code = text.charCodeAt(i++);
          if (code === QUOTE) {
            if (text.charCodeAt(i) !== QUOTE) break;
            i++;
          } else if (
            code === NEWLINE ||
            (code === RETURN && text.charCodeAt(i) !== NEWLINE)
          ) line++;
        }
        if (!atEnd(i)) stray ??= line;
      }
      while (!atEnd(i)) i++;
      count++;
      if (i > valueStart) filled = count;
      more = i < text.length && text.charCodeAt(i) === delimiterCode;
      if (more) i++;
    }
    const blank = i === start;
    const width = fields[0] ?? count;
    fields.push(blank ? 0 : count > width ? Math.max(width, filled) : count);
    if (i < text.length) {
      i += text.charCodeAt(i) === RETURN && text.charCodeAt(i + 1) === NEWLINE ? 2 : 1;
      line++;
    }
  }
  return { fields, lines, unclosed, stray };

  function atEnd(at: number): boolean {
    if (at >= text.length) return true;
    const code = text.charCodeAt(at);
    return code === delimiterCode || code === NEWLINE || code === RETURN;
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
