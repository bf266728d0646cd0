import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { randomStream, shuffled } from "../../responses/synthesis/random.ts";
import { columnOf } from "../column.ts";
import { studentTUpperQuantile } from "../distributions/student_t.ts";
import { finitePopulationCorrection } from "../linearised_variance.ts";
import { sampleOf } from "../sample.ts";
import { rake } from "./rake.ts";

/** Weights that stand for other samples that might have been drawn; for any estimate. */
export interface Replicates {
  readonly kind: "jackknife" | "bootstrap" | "own";
  /** By replicate, what the square of its distance from the centre counts for. */
  readonly scales: readonly number[];
  /** What distances are from: the estimate itself, or the mean of the replicates. */
  readonly centre: "estimate" | "mean";
  /** Degrees of freedom of Student's t. */
  readonly df: number;
  /** One weight per respondent, 0 or more, of the replicate at this place. */
  readonly weightsOf: (replicate: number) => Float64Array;
}

/** An estimate with what its replicates say of it. */
export interface ReplicatedEstimate {
  readonly name: string;
  readonly estimate: number | null;
  readonly standardError: number | null;
  /** Ends of Student's interval, at the codebook's confidence. */
  readonly low: number | null;
  readonly high: number | null;
  /** Replicates in which there was such an estimate, and of how many. */
  readonly replicates: number;
  readonly of: number;
}

/** One number of a survey, or several by name; null for what may not be shown or does not exist. */
export type Statistic<S extends Survey = Survey> = (
  survey: S,
) => number | null | Readonly<Record<string, number | null>>;

/** People drawn together: their places, and the finite population correction. */
interface DrawnFrom {
  readonly rows: readonly number[];
  readonly correction: number;
}

/**
 * Jackknife: leaves out one respondent at a time, or one random group of them, and lets the others of
 * the stratum weigh m/(m−1). The variance is Σ (1 − mₕ/Mₕ)(mₕ−1)/mₕ·(θᵣ − θ)². A stratum of one
 * respondent is left out whole, as with `survey.lonely.psu = "adjust"`. Needs rows.
 *
 * In R `survey`: `as.svrepdesign(design, type = "JK1", mse = TRUE)`, with strata `"JKn"`.
 * Source: K. M. Wolter (2007), Introduction to Variance Estimation, 2nd ed., 4.3 and 4.5.
 *
 * @param options `groups`: at most so many in a stratum; everybody by default, up to 1,000.
 *   `finite`: whether people are described who can all be counted; otherwise an endless population.
 */
export function jackknifeReplicates(
  survey: Survey,
  { groups = 1000, finite = true, seed = 1 }: {
    readonly groups?: number;
    readonly finite?: boolean;
    readonly seed?: number;
  } = {},
): Replicates {
  if (!(Number.isSafeInteger(groups) && groups > 1)) {
    throw new InputError(`groups is a whole number from 2, not ${groups}.`);
  }
  const strata = drawnFrom(survey, finite);
  if (strata.every(({ rows }) => rows.length === 1)) {
    throw new InputError("A jackknife needs two respondents, and with strata two in one of them.");
  }
  const places = strata.flatMap(({ rows, correction }, stratum) => {
    if (correction === 0) return [];
    const all = Math.min(groups, rows.length);
    const isDealt = all < rows.length;
    const dealt = isDealt ? shuffled(rows, randomStream(seed, `stratum ${stratum}`)) : rows;
    const scale = rows.length === 1 ? 1 - 1 / strata.length : correction * (1 - 1 / all);
    return Array.from({ length: all }, (_, group) => ({ stratum, dealt, group, all, scale }));
  });
  return {
    kind: "jackknife",
    scales: places.map(({ scale }) => scale),
    centre: "estimate",
    df: degreesOfFreedom(strata),
    weightsOf: weigh(survey, (factors, replicate) => {
      const { stratum, dealt, group, all } = places[replicate]!;
      const m = dealt.length;
      const left = Math.ceil((m - group) / all);
      if (m === 1) factors.fill(strata.length / (strata.length - 1));
      for (const i of strata[stratum]!.rows) factors[i] = m / (m - left);
      for (let i = group; i < m; i += all) factors[dealt[i]!] = 0;
    }),
  };
}

/**
 * Rao and Wu's bootstrap: of the m respondents of a stratum m − 1 are drawn with replacement, and with
 * f of the population in the sample each counts 1 − √(1−f) + √(1−f)·m/(m−1)·(times drawn). The same
 * seed gives the same replicates. A stratum of one respondent does not vary here. Needs rows.
 *
 * In R `survey`, of an endless population: `as.svrepdesign(design, type = "subbootstrap")`.
 * Source: J. N. K. Rao, C. F. J. Wu & K. Yue (1992), Survey Methodology 18, 209–217. A standard error of
 * R replicates is itself uncertain by about 1/√(2(R−1)): 2.2 % for 1,000.
 */
export function bootstrapReplicates(
  survey: Survey,
  { replicates = 1000, finite = true, seed = 1 }: {
    readonly replicates?: number;
    readonly finite?: boolean;
    readonly seed?: number;
  } = {},
): Replicates {
  if (!(Number.isSafeInteger(replicates) && replicates > 1)) {
    throw new InputError(`replicates is a whole number from 2, not ${replicates}.`);
  }
  const strata = drawnFrom(survey, finite).filter(({ rows }) => rows.length > 1);
  return {
    kind: "bootstrap",
    scales: new Array(replicates).fill(1 / (replicates - 1)),
    centre: "mean",
    df: Math.min(replicates - 1, degreesOfFreedom(strata)),
    weightsOf: weigh(survey, (factors, replicate) => {
      const random = randomStream(seed, `replicate ${replicate}`);
      for (const { rows, correction } of strata) {
        const [m, stretch] = [rows.length, Math.sqrt(correction)];
        for (const i of rows) factors[i] = 1 - stretch;
        for (let k = 1; k < m; k++) {
          factors[rows[Math.floor(random.uniform() * m)]!]! += stretch * m / (m - 1);
        }
      }
    }),
  };
}

/** How the replicate weights of a file were made, by the names of R's `svrepdesign()`. */
export const OWN_KINDS = ["BRR", "Fay", "JK1", "JK2", "JKn", "bootstrap", "SDR"] as const;

/**
 * The replicate weights that came with a file.
 *
 * In R `survey`: `svrepdesign(weights, repweights, type, combined.weights = TRUE)`; SDR is
 * `"successive-difference"`.
 *
 * @param columns One weight per respondent in each, as they are used (not factors of the main weight).
 * @param options `kind`: one of `OWN_KINDS`. `rho`: Fay's. `scales`: one per replicate, needed
 *   for JKn; `centre`: the mean of the replicates, as in R, or the estimate (`mse = TRUE` there).
 * @throws {InputError} Where there are fewer than two, or one is not above or at 0 throughout.
 */
export function ownReplicates(
  survey: Survey,
  columns: readonly Float64Array[],
  { kind, rho = 0, scales, centre = "mean" }: {
    readonly kind: typeof OWN_KINDS[number];
    readonly rho?: number;
    readonly scales?: readonly number[];
    readonly centre?: Replicates["centre"];
  },
): Replicates {
  const all = columns.length;
  if (all < 2) throw new InputError("Replicate weights are two columns or more.");
  columns.forEach((column, c) => {
    const wrong = column.findIndex((weight) => !(weight >= 0 && weight < Infinity));
    if (column.length === survey.source.respondents && wrong < 0) return;
    throw new InputError(
      `Column ${c + 1} of the replicate weights has ` +
        (wrong < 0
          ? `${column.length} weights for ${survey.source.respondents} respondents.`
          : `${column[wrong]} in row ${wrong + 1}: a weight is a number from 0.`),
    );
  });
  const scale: Record<typeof kind, number | null> = {
    BRR: 1 / all,
    Fay: 1 / (all * (1 - rho) ** 2),
    JK1: (all - 1) / all,
    JK2: 1,
    JKn: null,
    bootstrap: 1 / (all - 1),
    SDR: 4 / all,
  };
  const own: (number | null)[] = scales ? [...scales] : new Array(all).fill(scale[kind]);
  if (own.length !== all || !own.every((each) => each !== null && each >= 0)) {
    throw new InputError(
      `Give scales: ${all} numbers, such as (m − 1)/m of each replicate's stratum, for ${kind}.`,
    );
  }
  return {
    kind: "own",
    scales: own as number[],
    centre,
    df: all - 1,
    weightsOf: (replicate) => columns[replicate]!,
  };
}

/**
 * Any estimate with its standard error by replicates: Σ scale·(θᵣ − centre)². Replicates in which there
 * is no such estimate are left out, and told.
 *
 * In R `survey`: `withReplicates()`.
 *
 * @param statistic Is asked once for the survey and once for each replicate of it.
 */
export function replicateEstimates<S extends Survey>(
  survey: S,
  { scales, centre, df, weightsOf }: Replicates,
  statistic: Statistic<S>,
  withWeights: (weights: Float64Array) => S = (weights) => ({ ...survey, weights }),
): ReplicatedEstimate[] {
  const named = (of: S) => {
    const found = statistic(of);
    return typeof found === "object" && found !== null ? found : { "": found };
  };
  const all = named(survey);
  const there = scales.map((_, r) => named(withWeights(weightsOf(r))));
  const t = studentTUpperQuantile((1 - survey.codebook.study.confidence) / 2, df);
  return Object.entries(all).map(([name, estimate]): ReplicatedEstimate => {
    const of = scales.length;
    const none = { name, estimate: null, standardError: null, low: null, high: null };
    if (estimate === null || !Number.isFinite(estimate)) return { ...none, replicates: 0, of };
    const values = there.flatMap((each, r) => {
      const value = each[name];
      return typeof value === "number" && Number.isFinite(value) && scales[r]! > 0
        ? [{ value, scale: scales[r]! }]
        : [];
    });
    const middle = centre === "estimate"
      ? estimate
      : values.reduce((sum, { value }) => sum + value, 0) / values.length;
    const standardError = Math.sqrt(
      values.reduce((sum, { value, scale }) => sum + scale * (value - middle) ** 2, 0),
    );
    const [low, high] = [estimate - t * standardError, estimate + t * standardError];
    return { name, estimate, standardError, low, high, replicates: values.length, of };
  });
}

function drawnFrom(survey: Survey, finite: boolean): DrawnFrom[] {
  const { respondents, invited, strata } = sampleOf(survey);
  if (respondents === 0) throw new InputError("Nobody answered, so nothing varies.");
  const correction = (n: number, population: number | null) =>
    finite ? finitePopulationCorrection(n, population) : 1;
  if (strata === undefined) {
    const rows = Array.from({ length: respondents }, (_, i) => i);
    return [{ rows, correction: correction(respondents, invited) }];
  }
  const { codes, categories } = columnOf(survey, survey.codebook.study.strata!.variable);
  const rows = categories.map((): number[] => []);
  codes.forEach((code, i) => rows[code - 1]!.push(i));
  return strata.map(({ id, respondents, invited }) => ({
    rows: rows[categories.indexOf(id)]!,
    correction: correction(respondents, invited),
  }));
}

function degreesOfFreedom(strata: readonly DrawnFrom[]): number {
  return Math.max(1, strata.reduce((sum, { rows }) => sum + rows.length - 1, 0));
}

/** Nobody is left out of raking: this stands for a weight of 0 there. */
const NEXT_TO_NOTHING = 1e-12;

/**
 * Weights times the factors of a replicate. Weights that were raked are raked anew: what the margins
 * explain does not vary.
 */
function weigh(
  survey: Survey,
  fill: (factors: Float64Array, replicate: number) => void,
): (replicate: number) => Float64Array {
  const { weights, weighting } = survey;
  const respondents = survey.source.respondents;
  const raked = weighting?.by === "population" ? weighting.population : null;
  return (replicate) => {
    const factors = new Float64Array(respondents).fill(1);
    fill(factors, replicate);
    if (raked === null) return weights ? factors.map((f, i) => f * weights[i]!) : factors;
    const start = factors.map((factor) => Math.max(factor, NEXT_TO_NOTHING));
    return rake(survey, raked.margins, { start, ...raked.trim && { trim: raked.trim } }).weights;
  };
}
