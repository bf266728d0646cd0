import { type OrdinalData, peopleOf, requireData } from "./ordinal_data.ts";

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
 * @throws {RangeError} As `requireData()`.
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

/**
 * Columns that follow from those before them and a constant: nothing is left of them by Gram and
 * Schmidt.
 */
function dependentColumns(
  x: Float64Array,
  people: Float64Array,
  names: readonly string[],
): string[] {
  const roots = people.map(Math.sqrt);
  const constant = Math.sqrt(dot(roots, roots));
  const basis = [roots.map((root) => root / constant)];
  return names.filter((_, j) => {
    const rest = new Float64Array(roots.length);
    for (let i = 0; i < rest.length; i++) rest[i] = roots[i]! * x[i * names.length + j]!;
    const length = Math.sqrt(dot(rest, rest));
    for (const direction of basis) {
      const along = dot(rest, direction);
      for (let i = 0; i < rest.length; i++) rest[i]! -= along * direction[i]!;
    }
    const left = Math.sqrt(dot(rest, rest));
    if (left < 1e-8 * length) return true;
    for (let i = 0; i < rest.length; i++) rest[i]! /= left;
    basis.push(rest);
    return false;
  });
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
