/**
 * What an ordinal regression is made of: how many people gave which answer, by covariate pattern
 * (who is alike in all columns; see `covariatePatterns()`). A pattern may be there more than once,
 * so that a table of people, each with a count of 1, is one too.
 */
export interface OrdinalData {
  /**
   * People, or sums of their weights, as `weights` of R's `polr()` and `glm()` has them: by pattern
   * and, within it, by answer from the lowest. Patterns × categories numbers.
   */
  readonly counts: Float64Array;
  readonly categories: number;
  /** The names of the columns of x. */
  readonly names: readonly string[];
  /** By pattern and, within it, by name; no constant. Patterns × names numbers. */
  readonly x: Float64Array;
}

/**
 * The people of each pattern, or the sums of their weights.
 *
 * @param counts By pattern and, within it, by answer.
 * @param patterns How many patterns.
 */
export function peopleOf(counts: Float64Array, patterns: number): Float64Array {
  const categories = counts.length / patterns;
  const people = new Float64Array(patterns);
  for (let i = 0; i < patterns; i++) {
    for (let c = 0; c < categories; c++) people[i]! += counts[i * categories + c]!;
  }
  return people;
}

/**
 * Refuses data that no regression can be made of.
 *
 * @throws {RangeError} Where numbers are missing, not finite or of different lengths, a pattern or a
 *   category has nobody, or there are fewer than two categories.
 */
export function requireData({ counts, categories, names, x }: OrdinalData): void {
  if (categories < 2) throw new RangeError(`${categories} categories; a regression needs two`);
  const patterns = counts.length / categories;
  if (!Number.isInteger(patterns) || x.length !== patterns * names.length) {
    throw new RangeError(
      `${counts.length} counts of ${categories} categories and ${x.length} numbers of ` +
        `${names.length} columns are not of the same patterns`,
    );
  }
  const odd = x.findIndex((value) => !Number.isFinite(value));
  if (odd >= 0) {
    throw new RangeError(
      `Pattern ${Math.floor(odd / names.length) + 1} has no finite number in ` +
        `"${names[odd % names.length]}": ${x[odd]}`,
    );
  }
  const wrong = counts.findIndex((count) => !(count >= 0 && count < Infinity));
  if (wrong >= 0) {
    throw new RangeError(
      `Pattern ${Math.floor(wrong / categories) + 1} has a count that is none: ${counts[wrong]}`,
    );
  }
  const empty = peopleOf(counts, patterns).indexOf(0);
  if (empty >= 0) throw new RangeError(`Pattern ${empty + 1} has nobody`);
  for (let c = 0; c < categories; c++) {
    if (!counts.some((count, at) => count > 0 && at % categories === c)) {
      throw new RangeError(`Nobody gave answer ${c + 1} of ${categories}`);
    }
  }
}
