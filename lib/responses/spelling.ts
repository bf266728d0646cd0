/**
 * A text as it is compared: composed letters, lower case, single plain spaces, plain hyphens.
 *
 * @param text A label or code as written in a file or the codebook.
 */
export function normaliseValue(text: string): string {
  return text.normalize("NFC").replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\s\u200b\ufeff]+/g, " ").trim().toLowerCase();
}

/** A column name as it is compared: as a value, with spaces, dots and hyphens as underscores. */
export function normaliseName(text: string): string {
  return normaliseValue(text).replace(/[ .\-_]+/g, "_");
}

/** What is written where there is no value, normalised. */
export const EMPTY: ReadonlySet<string> = new Set(
  ["", "na", "nan", "null", "#null!", "."],
);

/**
 * What may be written where there is no value, and may as well be an answer ("none of them", "not relevant")
 * or a look-up in Excel that failed; normalised.
 */
export const MAYBE_EMPTY: ReadonlySet<string> = new Set(["none", "n/a", "#n/a"]);

/** Whether a value is what R, Excel, SPSS and others write where there is none. */
export function isEmptyValue(normalised: string): boolean {
  return EMPTY.has(normalised);
}

/**
 * Finds the candidates that a misspelt word most likely stands for.
 *
 * @param word What was written.
 * @param candidates What could be meant.
 * @param most How many to give at most.
 * @returns The nearest candidates, best first; none where nothing is at all near (more than two
 *   changes, one in a word of four letters, and more than two in five letters).
 */
export function nearest(word: string, candidates: Iterable<string>, most = 3): string[] {
  const from = plain(word);
  // Nothing we know is that long, and the distance takes time with the square of the length.
  if (from.length === 0 || from.length > 200) return [];
  return [...new Set(candidates)].flatMap((candidate) => {
    const to = plain(candidate);
    const longer = Math.max(from.length, to.length);
    const distance = editDistance(from, to);
    const isNear = distance <= Math.max(longer < 5 ? 1 : 2, 0.4 * longer) && distance < longer;
    return isNear ? [{ candidate, distance }] : [];
  })
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, most)
    .map(({ candidate }) => candidate);
}

/**
 * Of texts that each mean something, what a text means that is nearly the same as one of them: at most a
 * letter is other, or two of a long one, its digits are the same, and nothing that means something else is
 * near at all ("Uenigt" is as near to "Enig" as a negation is).
 *
 * @param word What was written.
 * @param meanings What each known text means.
 * @returns null where that cannot be said.
 */
export function nearlyTheSame(word: string, meanings: ReadonlyMap<string, string>): string | null {
  const from = plain(word);
  if (from.length > 200) return null;
  const digits = (text: string) => text.replace(/\D+/g, " ").trim();
  const distances = new Map<string, number>();
  const sure = new Set<string>();
  const most = from.length >= 12 ? 2 : from.length >= 5 ? 1 : 0;
  for (const [text, meaning] of meanings) {
    const distance = editDistance(from, plain(text));
    distances.set(meaning, Math.min(distance, distances.get(meaning) ?? Infinity));
    if (distance <= most && digits(from) === digits(text)) sure.add(meaning);
  }
  const [best, second] = [...distances].sort(([, a], [, b]) => a - b);
  if (!best || !sure.has(best[0])) return null;
  return second === undefined || second[1] > 2 * best[1] ? best[0] : null;
}

function plain(text: string): string {
  return text.normalize("NFC").trim().toLowerCase().replace(/[\u2018\u2019\u00b4`]/g, "'")
    .replace(/[\u201c\u201d\u201e]/g, '"').replaceAll("æ", "ae").replaceAll("ø", "oe")
    .replaceAll("å", "aa");
}

/**
 * Number of letters to insert, delete, replace or swap with their neighbour to turn one text into
 * the other (optimal string alignment: Boytsov, Indexing methods for approximate dictionary
 * searching, ACM Journal of Experimental Algorithmics 16, 2011, section 2.1).
 */
export function editDistance(a: string, b: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? beforeLast[j - 2]! + 1 : Infinity;
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same, swapped));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}

/**
 * A number with a decimal point or comma, as survey tools write it: also "10 - very likely", the label of
 * an end of a scale with its number in front.
 *
 * @returns NaN where the text is no finite number.
 */
export function numberOf(text: string): number {
  const plain = text.trim().replace(/^([+-]?\d+)\s*[-–—:=.)]\s+\D.*$/s, "$1");
  if (!/^[+-]?(\d+([.,]\d*)?|[.,]\d+)(e[+-]?\d+)?$/i.test(plain)) return NaN;
  const number = Number(plain.replace(",", "."));
  return Number.isFinite(number) ? number : NaN;
}
