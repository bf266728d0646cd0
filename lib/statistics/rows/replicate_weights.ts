import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { randomStream, shuffled } from "../../responses/synthesis/random.ts";
import { columnOf } from "../column.ts";
import { studentTUpperQuantile } from "../distributions.ts";
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
  /**
   * The unit of each respondent, and by unit what the weights of a replicate are multiplied by, for
   * what is a sum over respondents; null where the weights are no such product.
   */
  readonly drawn: {
    readonly of: Uint32Array;
    readonly factorsOf: (replicate: number) => Float64Array;
  } | null;
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

/**
 * The sample as units that are drawn: respondents, or random groups of them where a stratum has more than
 * so many.
 */
interface Units {
  /** The unit of each respondent, and how many are in each unit. */
  readonly of: Uint32Array;
  readonly sizes: Uint32Array;
  readonly strata: readonly {
    readonly first: number;
    readonly count: number;
    readonly people: number;
    readonly correction: number;
  }[];
}

interface DrawOptions {
  /** At most so many units in a stratum; with more respondents these are random groups of them. */
  readonly groups?: number;
  /** Whether people are described who can all be counted; otherwise an endless population. */
  readonly finite?: boolean;
  readonly seed?: number;
}

/**
 * Jackknife: leaves out one respondent at a time, or one random group of them, and lets the others of
 * the stratum weigh m/(m−1). The variance is Σ (1 − mₕ/Mₕ)(mₕ−1)/mₕ·(θᵣ − θ)². A stratum of one
 * respondent is left out whole, as with `survey.lonely.psu = "adjust"`. Needs rows.
 *
 * In R `survey`: `as.svrepdesign(design, type = "JK1", mse = TRUE)`, with strata `"JKn"`.
 * Source: K. M. Wolter (2007), Introduction to Variance Estimation, 2nd ed., 4.3 and 4.5.
 *
 * @throws {InputError} Where there are not two respondents in any stratum.
 */
export function jackknifeReplicates(
  survey: Survey,
  { groups = 1000, finite = true, seed = 1 }: DrawOptions = {},
): Replicates {
  const units = unitsOf(survey, { groups, finite, seed });
  const { sizes, strata } = units;
  if (strata.every(({ people }) => people === 1)) {
    throw new InputError("A jackknife needs two respondents, and with strata two in one of them.");
  }
  const lonely = strata.length / (strata.length - 1);
  const places = strata.flatMap((stratum) => {
    const { first, count, people, correction } = stratum;
    if (correction === 0) return [];
    const scale = people === 1 ? 1 / lonely : correction * (1 - 1 / count);
    return Array.from({ length: count }, (_, u) => ({ stratum, unit: first + u, scale }));
  });
  return {
    kind: "jackknife",
    scales: places.map(({ scale }) => scale),
    centre: "estimate",
    df: degreesOfFreedom(units),
    ...weighed(survey, units, (replicate) => {
      const { stratum: { first, count, people }, unit } = places[replicate]!;
      const factors = new Float64Array(sizes.length).fill(people === 1 ? lonely : 1);
      factors.fill(people / (people - sizes[unit]!), first, first + count);
      factors[unit] = 0;
      return factors;
    }),
  };
}

/**
 * Rao and Wu's bootstrap: of the m respondents of a stratum m − 1 are drawn with replacement, and with
 * f of the population in the sample each counts 1 − √(1−f) + √(1−f)·m/(m−1)·(times drawn). Of a stratum
 * of more than 5,000 random groups are drawn instead. The same seed gives the same replicates. A stratum
 * of one respondent does not vary here. Needs rows.
 *
 * In R `survey`, of an endless population: `as.svrepdesign(design, type = "subbootstrap")`.
 * Source: J. N. K. Rao, C. F. J. Wu & K. Yue (1992), Survey Methodology 18, 209–217. A standard error of
 * R replicates is itself uncertain by about 1/√(2(R−1)): 2.2 % for 1,000.
 */
export function bootstrapReplicates(
  survey: Survey,
  { replicates = 1000, groups = 5000, finite = true, seed = 1 }: DrawOptions & {
    readonly replicates?: number;
  } = {},
): Replicates {
  requireSeveral("replicates", replicates);
  const units = unitsOf(survey, { groups, finite, seed });
  return {
    kind: "bootstrap",
    scales: new Array(replicates).fill(1 / (replicates - 1)),
    centre: "mean",
    df: Math.min(replicates - 1, degreesOfFreedom(units)),
    ...weighed(survey, units, (replicate) => {
      const random = randomStream(seed, `replicate ${replicate}`);
      const factors = new Float64Array(units.sizes.length).fill(1);
      for (const { first, count, correction } of units.strata) {
        if (count === 1) continue;
        const stretch = Math.sqrt(correction);
        factors.fill(1 - stretch, first, first + count);
        for (let k = 1; k < count; k++) {
          factors[first + Math.floor(random.uniform() * count)]! += stretch * count / (count - 1);
        }
      }
      return factors;
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
    drawn: null,
  };
}

/**
 * Any estimate with its standard error by replicates: Σ scale·(θᵣ − centre)². Replicates in which there
 * is no such estimate are left out, and told.
 *
 * In R `survey`: `withReplicates()`.
 *
 * @param statistic Is asked once for the survey and once for each replicate of it.
 * @param opened A replicate as `statistic` takes it.
 */
export function replicateEstimates<S extends Survey>(
  survey: S,
  { scales, centre, df, weightsOf }: Replicates,
  statistic: Statistic<S>,
  opened: (replicate: Survey) => S = (replicate) => replicate as S,
): ReplicatedEstimate[] {
  const named = (of: S) => {
    const found = statistic(of);
    return typeof found === "object" && found !== null ? found : { "": found };
  };
  const all = named(survey);
  // Rounded sums of weights would not vary as the sums do.
  const { isPublished: _, ...others }: Survey = survey;
  const there = scales.map((_, r) => named(opened({ ...others, weights: weightsOf(r) })));
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

function unitsOf(
  survey: Survey,
  { groups, finite, seed }: Required<DrawOptions>,
): Units {
  requireSeveral("groups", groups);
  const sample = sampleOf(survey);
  if (sample.respondents === 0) throw new InputError("Nobody answered, so nothing varies.");
  const column = sample.strata && columnOf(survey, survey.codebook.study.strata!.variable);
  const of = new Uint32Array(sample.respondents);
  const sizes: number[] = [];
  const strata = (sample.strata ?? [{ ...sample, id: "" }]).map(({ id, respondents, invited }) => {
    const code = column ? column.categories.indexOf(id) + 1 : null;
    const rows = Array.from(of.keys()).filter((i) => code === null || column!.codes[i] === code);
    const [first, count] = [sizes.length, Math.min(groups, respondents)];
    const dealt = count < respondents ? shuffled(rows, randomStream(seed, `units ${id}`)) : rows;
    dealt.forEach((row, i) => of[row] = first + i % count);
    for (let u = 0; u < count; u++) sizes.push(Math.ceil((respondents - u) / count));
    const correction = finite ? finitePopulationCorrection(respondents, invited) : 1;
    return { first, count, people: respondents, correction };
  });
  return { of, sizes: Uint32Array.from(sizes), strata };
}

function requireSeveral(name: string, value: number): void {
  if (Number.isSafeInteger(value) && value > 1) return;
  throw new InputError(`${name} is a whole number from 2, not ${value}.`);
}

function degreesOfFreedom({ strata }: Units): number {
  return Math.max(1, strata.reduce((sum, { count }) => sum + count - 1, 0));
}

/** Nobody is left out of raking: this stands for a weight of 0 there. */
const NEXT_TO_NOTHING = 1e-12;
/** With more respondents raking anew takes longer than what it makes narrower is worth. */
const MOST_RAKED = 50_000;

/**
 * Weights times the factors of a replicate. Weights that were raked are raked anew, since what the
 * margins explain does not vary; of more than 50,000 respondents they are not, which errs on the wide side.
 */
function weighed(
  survey: Survey,
  { of }: Units,
  factorsOf: (replicate: number) => Float64Array,
): Pick<Replicates, "weightsOf" | "drawn"> {
  const { weights, weighting } = survey;
  const isRaked = weighting?.by === "population" && of.length <= MOST_RAKED;
  if (!isRaked) {
    return {
      drawn: { of, factorsOf },
      weightsOf: (replicate) => {
        const factors = factorsOf(replicate);
        return Float64Array.from(of, (unit, i) => factors[unit]! * (weights?.[i] ?? 1));
      },
    };
  }
  const { before, population: { margins, trim } } = weighting;
  return {
    drawn: null,
    weightsOf: (replicate) => {
      const factors = factorsOf(replicate);
      const start = Float64Array.from(
        of,
        (unit, i) => Math.max(factors[unit]!, NEXT_TO_NOTHING) * (before?.[i] ?? 1),
      );
      return rake(survey, margins, { start, ...trim && { trim } }).weights;
    },
  };
}
