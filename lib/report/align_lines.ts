/** A word, a number or a sign, with its place. */
interface Token {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}

/** Above this many tokens the table of the alignment would take too much memory. */
const MOST = 4_000;

/**
 * Finds the line of a cell's source that a place in its compiled form comes from.
 *
 * The kernel takes types and empty lines out of a cell before it runs it and reports places in what
 * is left. Words and signs stay in their order, so the longest common subsequence of both texts ties
 * them together.
 *
 * @param source The cell as written.
 * @param compiled The cell as run.
 * @param line The line in `compiled`, from 1.
 * @param column The column there, from 1.
 * @returns The line in `source`, from 1; null where the texts have nothing in common or are too long.
 */
export function alignLines(
  source: string,
  compiled: string,
  line: number,
  column: number,
): number | null {
  const from = tokens(compiled);
  const to = tokens(source);
  if (from.length > MOST || to.length > MOST) return null;
  const origins = align(from, to);
  const at = from.findLastIndex((token) =>
    token.line < line || (token.line === line && token.column <= column)
  );
  // The next token that both texts have, on the same line first, else the last one before it.
  for (let i = Math.max(at, 0); i < from.length && from[i]!.line <= line; i++) {
    if (origins[i] !== null) return to[origins[i]!]!.line;
  }
  for (let i = at; i >= 0; i--) {
    if (origins[i] !== null) return to[origins[i]!]!.line;
  }
  return null;
}

/** Words, numbers and signs; quotes, commas, brackets and semicolons may be put in by compiling. */
function tokens(text: string): Token[] {
  return text.split("\n").flatMap((content, index) =>
    [...content.matchAll(/[\p{L}\p{N}_$]+|[^\s'"`,;()]/gu)].map((match) => ({
      text: match[0],
      line: index + 1,
      column: match.index + 1,
    }))
  );
}

/** For each token of `from`, the index of its partner in `to`, or null. */
function align(from: readonly Token[], to: readonly Token[]): (number | null)[] {
  const width = to.length + 1;
  const common = new Uint16Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--) {
    for (let j = to.length - 1; j >= 0; j--) {
      common[i * width + j] = from[i]!.text === to[j]!.text
        ? common[(i + 1) * width + j + 1]! + 1
        : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!);
    }
  }
  const partners: (number | null)[] = from.map(() => null);
  for (let i = 0, j = 0; i < from.length && j < to.length;) {
    if (from[i]!.text === to[j]!.text) partners[i++] = j++;
    else if (common[(i + 1) * width + j]! >= common[i * width + j + 1]!) i++;
    else j++;
  }
  return partners;
}
