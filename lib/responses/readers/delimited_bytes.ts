export const QUOTE = 34, NEWLINE = 10, RETURN = 13;
/** Instead of a position: a quote is still open at the end, or a value goes on after its quote. */
export const OPEN = -1, STRAY = -2;

/**
 * Where a value ends: at the delimiter, line break or end behind it.
 *
 * @param end Where the bytes end; outside of quotes a line break has to stand there.
 * @returns {@link OPEN} or {@link STRAY} where it is no value.
 */
export function valueEnd(bytes: Uint8Array, from: number, end: number, delimiter: number): number {
  let i = from;
  if (bytes[i] !== QUOTE) {
    for (;; i++) {
      const c = bytes[i]!;
      if (c === delimiter || c === NEWLINE || c === RETURN) return i;
    }
  }
  for (i++;; i++) {
    if (i >= end) return OPEN;
    if (bytes[i] !== QUOTE) continue;
    if (i + 1 < end && bytes[i + 1] === QUOTE) i++;
    else break;
  }
  if (++i >= end) return end;
  const c = bytes[i]!;
  return c === delimiter || c === NEWLINE || c === RETURN ? i : STRAY;
}

/** Where the next line begins: behind the line break at a position. */
export function behindBreak(bytes: Uint8Array, at: number): number {
  return at + (bytes[at] === RETURN && bytes[at + 1] === NEWLINE ? 2 : 1);
}

/** Number of line breaks: \n, \r or both. */
export function lineBreaks(bytes: Uint8Array, from: number, end: number): number {
  let count = 0;
  for (let i = from; i < end; i++) {
    const c = bytes[i]!;
    if (c === NEWLINE || (c === RETURN && bytes[i + 1] !== NEWLINE)) count++;
  }
  return count;
}
