/**
 * What an ordinal regression is made of: how many people gave which answer, by covariate pattern
 * (who is alike in all columns). A pattern may be there more than once, so that a table of people,
 * each with a count of 1, is one too.
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

/** The people of each pattern, or the sums of their weights. */
export function peopleOf(counts: Float64Array, patterns: number): Float64Array {
  const categories = counts.length / patterns;
  const people = new Float64Array(patterns);
  for (let i = 0; i < patterns; i++) {
    for (let c = 0; c < categories; c++) people[i]! += counts[i * categories + c]!;
  }
  return people;
}

/** The columns of a regression, fit to be computed with. */
export interface Standard {
  readonly x: Float64Array;
  /** By column, what was taken off and then divided by. */
  readonly scales: readonly { readonly mean: number; readonly deviation: number }[];
}

/** Columns of which no regression can be made. */
export interface Collinear {
  readonly status: "collinear";
  /** Those that follow from the others or do not vary. */
  readonly names: readonly string[];
}

/**
 * Standardises the columns of a regression, so that its information is well conditioned. The mean
 * is taken off only where it is far from 0: others keep their zeros, which need no computing.
 *
 * @returns The columns, or which of them follow from others.
 * @throws {RangeError} Where numbers are missing, not finite or of different lengths, a pattern or a
 *   category has nobody, or there are fewer than two categories.
 */
export function standardise(data: OrdinalData): Standard | Collinear {
  requireData(data);
  const { names } = data;
  const k = names.length;
  const people = peopleOf(data.counts, data.counts.length / data.categories);
  const scales = names.map((_, j) => spread(data.x, j, k, people));
  const flat = names.filter((_, j) => scales[j]!.deviation === 0);
  if (flat.length > 0) return { status: "collinear", names: flat };
  const x = new Float64Array(data.x.length);
  scales.forEach(({ mean, deviation }, j) => {
    for (let at = j; at < x.length; at += k) x[at] = (data.x[at]! - mean) / deviation;
  });
  const dependent = dependentColumns(x, people, names);
  return dependent.length > 0 ? { status: "collinear", names: dependent } : { x, scales };
}

function requireData({ counts, categories, names, x }: OrdinalData): void {
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

/** The deviation of column j of k, and its mean if that is far from 0. */
function spread(
  x: Float64Array,
  j: number,
  k: number,
  people: Float64Array,
): Standard["scales"][number] {
  let [total, sum, squares] = [0, 0, 0];
  let isFlat = true;
  for (let i = 0; i < people.length; i++) {
    const value = x[i * k + j]!;
    total += people[i]!;
    sum += people[i]! * value;
    isFlat &&= value === x[j];
  }
  const mean = sum / total;
  for (let i = 0; i < people.length; i++) squares += people[i]! * (x[i * k + j]! - mean) ** 2;
  const deviation = isFlat ? 0 : Math.sqrt(squares / total);
  return { mean: Math.abs(mean) > 10 * deviation ? mean : 0, deviation };
}

/** Columns of which Gram and Schmidt leave nothing, those before them and a constant taken out. */
function dependentColumns(
  x: Float64Array,
  people: Float64Array,
  names: readonly string[],
): string[] {
  const roots = people.map(Math.sqrt);
  const constant = Math.sqrt(dot(roots, roots));
  const basis = [roots.map((root) => root / constant)];
  return names.filter((_, j) => {
    const rest = roots.map((root, i) => root * x[i * names.length + j]!);
    const length = Math.sqrt(dot(rest, rest));
    for (const direction of basis) {
      const along = dot(rest, direction);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
    }
    const left = Math.sqrt(dot(rest, rest));
    if (left < 1e-8 * length) return true;
    basis.push(rest.map((value) => value / left));
    return false;
  });
}

/** Σ ab. */
export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
