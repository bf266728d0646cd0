import type { Survey } from "../../responses/survey.ts";
import { type CodedColumn, columnOf } from "../column.ts";
import type { Calibration, CalibrationCell, Sample, Stratum } from "../counts.ts";
import { dependentColumns, invert } from "../matrix.ts";
import { patternsOf } from "../tally.ts";
import { targetsOf } from "./rake.ts";

/**
 * The columns that everything is counted by first, for variances: the strata's, and where weights were
 * raked here the margins'.
 */
export function columnsOfParts(survey: Survey): CodedColumn[] {
  const { weighting, codebook: { study: { strata } } } = survey;
  const margins = weighting?.by === "population" ? weighting.population.margins : {};
  return [...strata ? [strata.variable] : [], ...Object.keys(margins)]
    .filter((name, i, all) => all.indexOf(name) === i)
    .map((name) => columnOf(survey, name));
}

/**
 * By part of a sample, its codes in the columns that everything is counted by first.
 *
 * @param columns As of {@link columnsOfParts}.
 * @returns null where the sample has no parts.
 */
export function codesOfParts(
  { calibration, strata }: Sample,
  columns: readonly CodedColumn[],
): readonly (readonly number[])[] | null {
  if (calibration) return calibration.cells.map(({ codes }) => codes);
  return strata?.map(({ id }) => [columns[0]!.categories.indexOf(id) + 1]) ?? null;
}

const made = new WeakMap<Float64Array, Calibration>();

/**
 * What raked weights were calibrated to, by cells of people who are alike in it, for
 * `linearisedCovariances()`. Needs rows. Worked out once for the same weights.
 *
 * Of a margin to which everybody answered x holds its categories; of one with answers missing how far
 * each category is from its share, among those with an answer: their number is not known.
 *
 * @param strata Those of the sample; null without.
 * @returns null where the weights were not raked here.
 */
export function calibrationOf(
  survey: Survey,
  strata: readonly Stratum[] | null,
): Calibration | null {
  const { weights, weighting } = survey;
  if (weights === null || weighting?.by !== "population") return null;
  const known = made.get(weights);
  if (known) return known;
  const columns = columnsOfParts(survey);
  const { of, size, codes } = patternsOf(columns, null, weights.length);
  const [before, w, w2] = [0, 1, 2].map(() => new Float64Array(size)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  weights.forEach((weight, i) => {
    const cell = of[i]!;
    before[cell]! += weighting.before?.[i] ?? 1;
    w[cell]! += weight;
    w2[cell]! += weight * weight;
  });
  const margins = Object.entries(weighting.population.margins).map(([name, shares]) => {
    const at = columns.findIndex(({ id }) => id === name);
    const target = targetsOf(columns[at]!, shares);
    return { of: codes[at]!, target, isWhole: codes[at]!.every((code) => target[code]! > 0) };
  });
  const isWhole = margins.some((margin) => margin.isWhole);
  const rows = Array.from({ length: size }, (_, cell) => [
    ...isWhole ? [1] : [],
    ...margins.flatMap(({ of, target }) => {
      const own = of[cell]!;
      const answered = target[own]! > 0 ? 1 : 0;
      return [...target].flatMap((share, code) =>
        share > 0 ? [(own === code ? 1 : 0) - answered * share] : []
      );
    }),
  ]);
  const products = (rows[0] ?? []).map((_, j, all) =>
    all.map((_, k) => rows.reduce((sum, row, cell) => sum + before[cell]! * row[j]! * row[k]!, 0))
  );
  const dependent = dependentColumns(products);
  const without = <T>(values: readonly T[]) => values.filter((_, j) => !dependent.includes(j));
  const inverse = invert(without(products).map(without));
  if (inverse === null) {
    throw new RangeError("The margins that weights were raked to repeat each other");
  }
  const cells = rows.map((row, cell): CalibrationCell => ({
    codes: codes.map((of) => of[cell]!),
    stratum: strata
      ? strata.findIndex(({ id }) => id === columns[0]!.categories[codes[0]![cell]! - 1])
      : 0,
    ...{ before: before[cell]!, w: w[cell]!, w2: w2[cell]!, known: without(row) },
  }));
  const calibration = { cells, inverse };
  made.set(weights, calibration);
  return calibration;
}
