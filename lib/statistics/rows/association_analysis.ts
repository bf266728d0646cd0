import { InputError } from "../../responses/input_error.ts";
import type { Survey } from "../../responses/survey.ts";
import { columnOf } from "../column.ts";
import { countAnswers, peopleShown } from "../count_answers.ts";
import { isLinearised } from "../counts.ts";
import { sumOf } from "../cross_table.ts";
import { isSplit } from "../disclosure/enough.ts";
import { shownOf } from "../disclosure/suppress.ts";
import { normalUpperQuantile, normalUpperTail } from "../distributions.ts";
import type { Domain } from "../domain.ts";
import { sampleOf } from "../sample.ts";
import {
  type AnalysisFrame,
  analysisFrame,
  type AnalysisPlan,
  type DesignColumn,
  designMatrix,
  type DontKnow,
  type LeftOut,
} from "./analysis_frame.ts";
import { type BrantTest, brantTest } from "./brant.ts";
import {
  answersOf,
  designCovariance,
  logistic,
  type OrdinalData,
  peopleOf,
  productsOf,
  type ProportionalOdds,
  proportionalOdds,
  varianceInflation,
} from "./proportional_odds.ts";

export interface AssociationAnalysis {
  /**
   * `estimated`; or why there are no rows: `separated` and `collinear` as of `proportionalOdds()`,
   * `too_few` people for as many columns, or everybody (or nobody) in the outcome's set; `needs_rows`:
   * the survey was read as counts.
   */
  readonly status: "estimated" | "separated" | "collinear" | "too_few" | "needs_rows";
  /** The terms that `separated` or `collinear` is about. */
  readonly about: readonly string[];
  readonly plan: AnalysisPlan;
  /** People in the regression; NaN where `peopleShown()` says so. */
  readonly n: number;
  readonly leftOut: readonly LeftOut[];
  readonly weighted: boolean;
  /** One per column, in the plan's order: factors, then scores. */
  readonly rows: readonly AssociationRow[];
  /** The check of proportional odds; null where it cannot be made. */
  readonly brant: BrantTest | null;
  /** How well the regression describes the answers; null where there is none. */
  readonly fit: Fit | null;
  /**
   * The same with whoever says "don't know" to a score kept by an indicator; null where nobody does, or
   * where this is it.
   */
  readonly indicator: AssociationAnalysis | null;
}

/** How well a regression describes the answers, beside one with thresholds only. */
interface Fit {
  readonly logLikelihood: number;
  readonly nullLogLikelihood: number;
  /** 1 − log-likelihood over that of thresholds only. */
  readonly mcFadden: number;
  /** Cox and Snell's over its greatest value; by weights where there are some, their mean being 1. */
  readonly nagelkerke: number;
}

/** One column of the regression. Numbers are null where too few people stand behind them. */
export interface AssociationRow extends DesignColumn {
  /** What a dummy is compared with, a category of the same variable; null for a score. */
  readonly reference: string | null;
  /** People with the category or a score; NaN where that would tell who is left out. */
  readonly n: number;
  /** Above 1: goes with higher answers. Of a score: per standard deviation. */
  readonly oddsRatio: number | null;
  readonly oddsRatioLow: number | null;
  readonly oddsRatioHigh: number | null;
  /** Of the odds ratio being 1, two-sided (Wald). */
  readonly pValue: number | null;
  /** Average marginal effect on the share of the outcome's set, in percentage points. */
  readonly points: number | null;
  readonly pointsLow: number | null;
  readonly pointsHigh: number | null;
  /** Variance inflation factor of the column. */
  readonly inflation: number | null;
  readonly suppressed: boolean;
}

/**
 * How an answer goes together with other answers, all else in the plan being equal: a proportional-
 * odds regression, told in odds ratios and in percentage points. Needs rows.
 *
 * Categories are compared with their reference; effects of scores are of one standard deviation;
 * "don't know" to a score is compared with the mean score (see `designMatrix()`). Points are average
 * marginal effects on the share of the outcome's set.
 *
 * Errors are those of the model; with weights or strata linearised (`designCovariance()`). Neither
 * has a finite population correction: an association is said of such people in general, not of those
 * who were members that year. It is no effect: people may differ in what nobody asked about. Scores are
 * standardised, and inflation is told, without weights.
 *
 * Everybody needs an answer to everything; whoever says "don't know" is left out, and how many are is told.
 * To keep them with an indicator of their own biases the other coefficients (M. P. Jones (1996), JASA 91,
 * 222–230), so that stands beside, as `indicator`. What fewer than the codebook's
 * least base of people stand behind, on either side of a comparison, is suppressed; the regression
 * itself uses everybody.
 *
 * In R: `MASS::polr(…, Hess = TRUE)`, `survey::svyolr`, `logLik`, `car::vif`, `brant::brant`, `marginaleffects::avg_slopes`.
 *
 * @throws {InputError} Where the plan or the domain names what the survey does not have, or the
 *   outcome's set is not of answers next to each other.
 */
export function associationAnalysis(
  survey: Survey,
  plan: AnalysisPlan,
  { within = {}, dontKnow = "left_out" }: {
    readonly within?: Domain;
    readonly dontKnow?: DontKnow;
  } = {},
): AssociationAnalysis {
  const set = columnOf(survey, plan.outcome).sets[plan.set];
  if (set === undefined) {
    throw new InputError(`"${plan.outcome}" has no set "${plan.set}" of answers.`);
  }
  if (survey.counted) {
    const { weighted } = sampleOf(survey);
    const nobody = { about: [], plan, n: 0, leftOut: [], weighted, rows: [] };
    return { status: "needs_rows", brant: null, fit: null, indicator: null, ...nobody };
  }
  const frame = analysisFrame(survey, plan, within, dontKnow);
  const { n, given, sample } = frame;
  const { leastBase, confidence: level } = sample;
  const known = dontKnow === "left_out" ? [plan.outcome, ...plan.scores] : [plan.outcome];
  const shownN = peopleShown(survey, known, n, within);
  const isUnknown = frame.leftOut.some(({ variable, reason }) =>
    reason === "dont_know" && plan.scores.includes(variable)
  );
  const isTold = areGroupsTold(survey, plan, frame.leftOut, within);
  const none: AssociationAnalysis = {
    status: "too_few",
    about: [],
    plan,
    n: shownN ?? n,
    leftOut: frame.leftOut.map((out) =>
      out.reason === "dont_know" && Number.isNaN(shownN) ? { ...out, n: NaN } : out
    ),
    weighted: survey.weights !== null,
    rows: [],
    brant: null,
    fit: null,
    indicator: isUnknown
      ? associationAnalysis(survey, plan, { within, dontKnow: "indicator" })
      : null,
  };
  const ends = endsOf(frame.answered, set, plan);
  if (shownN === null || ends === null) return none;

  const { columns, x } = designMatrix(frame.patterns, frame.factors, frame.scores);
  const categories = frame.answered.length;
  if (n <= columns.length + categories) return none;
  const names = columns.map(({ term }) => term);
  const design = isLinearised(sample) ? { squares: given.w2, parts: frame.parts, sample } : null;
  const data: OrdinalData = { counts: given.w, categories, names, x };
  const fit = proportionalOdds(data);
  if (fit.status !== "converged") return { ...none, status: fit.status, about: fit.names };

  const covariance = design ? designCovariance(data, fit, design) : fit.covariance;
  const effects = averageMarginalEffects(data, { ...fit, covariance }, {
    ...ends,
    dummies: groupsOf(columns),
  });
  const inflation = varianceInflation(
    productsOf(x, columns.length, peopleOf(given.n, frame.patterns)),
  );
  const z = normalUpperQuantile((1 - level) / 2);
  const rows = columns.map((column, j): AssociationRow => {
    const { n, least, reference } = standing(column, frame);
    const shared = { ...column, reference, n: isTold ? n : NaN };
    if (least < leastBase) return { ...shared, ...SUPPRESSED };
    const log = fit.coefficients[j]!;
    const error = Math.sqrt(covariance[j]![j]!);
    const points = effects[j]!.effect * 100;
    const reach = z * effects[j]!.se * 100;
    return {
      ...shared,
      oddsRatio: Math.exp(log),
      oddsRatioLow: Math.exp(log - z * error),
      oddsRatioHigh: Math.exp(log + z * error),
      pValue: 2 * normalUpperTail(Math.abs(log) / error),
      points,
      pointsLow: points - reach,
      pointsHigh: points + reach,
      inflation: inflation?.[j] ?? null,
      suppressed: false,
    };
  });
  const brant = brantTest(data, design);
  return { ...none, status: "estimated", rows, brant, fit: fitOf(data, fit.logLikelihood) };
}

/** The likelihood of thresholds only is that of the answers' own shares. */
function fitOf(data: OrdinalData, logLikelihood: number): Fit {
  const given = answersOf(data);
  const total = sumOf(given);
  const nullLogLikelihood = sumOf(given.map((count) => count * Math.log(count / total)));
  const coxSnell = 1 - Math.exp(2 * (nullLogLikelihood - logLikelihood) / total);
  return {
    logLikelihood,
    nullLogLikelihood,
    mcFadden: 1 - logLikelihood / nullLogLikelihood,
    nagelkerke: coxSnell / (1 - Math.exp(2 * nullLogLikelihood / total)),
  };
}

/**
 * Whether the numbers of people by group may be shown: beside those of everyone they tell of what
 * background those are who are left out, since they do not know.
 */
function areGroupsTold(
  survey: Survey,
  { outcome, factors, scores }: AnalysisPlan,
  leftOut: readonly LeftOut[],
  within: Domain,
): boolean {
  return [outcome, ...scores].every((question) => {
    const { dontKnow } = columnOf(survey, question);
    const isLeftOut = leftOut.some(({ variable, reason }) =>
      variable === question && reason === "dont_know"
    );
    if (dontKnow === null || !isLeftOut) return true;
    return Object.keys(factors).every((by) => {
      const { together, hidesPeople } = shownOf(countAnswers(survey, question, { by, within }));
      return !isSplit(together, [dontKnow]) && !hidesPeople;
    });
  });
}

/** The set as answers from … to …; null where everybody or nobody gave one of them. */
function endsOf(
  answered: readonly string[],
  set: readonly string[],
  { outcome, set: name }: AnalysisPlan,
): { from: number; to: number } | null {
  const places = answered.flatMap((category, i) => set.includes(category) ? [i + 1] : []);
  const [from, to] = [places.at(0), places.at(-1)];
  if (from === undefined || to === undefined || places.length === answered.length) return null;
  if (to - from + 1 !== places.length) {
    throw new InputError(
      `The set "${name}" of "${outcome}" has answers that are not next to each other.`,
    );
  }
  return { from, to };
}

/**
 * Columns that are set to 0 together where one of them is looked at: a factor's dummies; and with
 * "don't know" its score, since who does not know has none.
 */
function groupsOf(columns: readonly DesignColumn[]): string[][] {
  const variables = [...new Set(columns.map(({ variable }) => variable))];
  return variables.map((variable) =>
    columns.filter((column) => column.variable === variable).map(({ term }) => term)
  );
}

/** The numbers of a column that too few people stand behind. */
const SUPPRESSED = {
  oddsRatio: null,
  oddsRatioLow: null,
  oddsRatioHigh: null,
  pValue: null,
  points: null,
  pointsLow: null,
  pointsHigh: null,
  inflation: null,
  suppressed: true,
} as const;

/** How many people stand behind a column, and behind the weaker side of its comparison. */
function standing(
  { variable, category, kind }: DesignColumn,
  { factors, scores }: AnalysisFrame,
): { n: number; least: number; reference: string | null } {
  const factor = factors.find((factor) => factor.variable === variable);
  if (factor) {
    const [reference] = factor.levels;
    const n = factor.people[factor.levels.indexOf(category!)]!;
    return { n, least: Math.min(n, factor.people[0]!), reference: reference! };
  }
  const [unknown, ...known] = scores.find((score) => score.variable === variable)!.people;
  const n = kind === "score" ? sumOf(known) : unknown!;
  return { n, least: n, reference: null };
}

/** By how much a column changes the chance of some answers, in shares (0.1 is ten points). */
interface MarginalEffect {
  readonly effect: number;
  readonly se: number;
}

/** A function of t with its derivative. */
type Curve = (t: number) => readonly [value: number, slope: number];
const CHANCE: Curve = (t) => [logistic(t), logistic(t) * logistic(-t)];
const DENSITY: Curve = (t) => {
  const density = logistic(t) * logistic(-t);
  return [density, density * (logistic(-t) - logistic(t))];
};

/**
 * Average marginal effects of a proportional-odds regression on the chance of a set of answers
 * next to each other.
 *
 * For a column of 0 and 1, the mean over all people of P(set) with the column at 1 less that at 0
 * (in a group of dummies all the others at 0); for any other column, the mean derivative. Standard
 * errors by the delta method over coefficients and thresholds. As `margins` in Stata and
 * `marginaleffects::avg_slopes` in R.
 *
 * @param data What the regression was fitted on.
 * @param from First answer of the set, 1 to the number of categories.
 * @param to Last answer of the set.
 * @param dummies Groups of 0/1 columns of which at most one is 1 (the categories of one variable).
 * @returns One effect per column, in order.
 */
export function averageMarginalEffects(
  { counts, categories, names, x }: OrdinalData,
  { coefficients, thresholds, covariance }: ProportionalOdds,
  { from, to, dummies = [] }: {
    from: number;
    to: number;
    dummies?: readonly (readonly string[])[];
  },
): MarginalEffect[] {
  const k = names.length;
  const people = peopleOf(counts, counts.length / categories);
  const total = people.reduce((a, b) => a + b, 0);
  // P(set) is the sum of sign·P(answer ≤ threshold) over the thresholds that it ends at.
  const ends = ([[to, 1], [from - 1, -1]] as const)
    .filter(([cut]) => cut > 0 && cut < categories)
    .map(([cut, sign]) => ({ threshold: thresholds[cut - 1]!, sign, place: k + cut - 1 }));
  /** The mean of a curve at the ends with some columns set, and its derivatives by coefficient and threshold. */
  const meanOf = (curve: Curve, set: ReadonlyMap<number, number>) => {
    let mean = 0;
    const slopes = covariance.map(() => 0);
    // Of a million people there may be 100,000 patterns.
    const row = new Float64Array(k);
    for (let i = 0; i < people.length; i++) {
      for (let j = 0; j < k; j++) row[j] = x[i * k + j]!;
      set.forEach((value, j) => row[j] = value);
      let eta = 0;
      for (let j = 0; j < k; j++) eta += row[j]! * coefficients[j]!;
      for (const { threshold, sign, place } of ends) {
        const [value, slope] = curve(threshold - eta);
        const share = sign * people[i]! / total;
        mean += share * value;
        slopes[place]! += share * slope;
        for (let j = 0; j < k; j++) slopes[j]! -= share * slope * row[j]!;
      }
    }
    return { mean, slopes };
  };
  return names.map((name, j) => {
    const isDummy = people.every((_, i) => x[i * k + j] === 0 || x[i * k + j] === 1);
    const group = dummies.find((group) => group.includes(name)) ?? [name];
    const none = group.map((each) => [names.indexOf(each), 0] as const);
    const beta = coefficients[j]!;
    let [effect, slopes] = [0, [] as number[]];
    if (isDummy) {
      const one = meanOf(CHANCE, new Map([...none, [j, 1]]));
      const zero = meanOf(CHANCE, new Map(none));
      effect = one.mean - zero.mean;
      slopes = one.slopes.map((slope, s) => slope - zero.slopes[s]!);
    } else {
      const density = meanOf(DENSITY, new Map());
      effect = -beta * density.mean;
      slopes = density.slopes.map((slope, s) => -beta * slope - (s === j ? density.mean : 0));
    }
    const variance = slopes.reduce(
      (sum, a, s) => sum + slopes.reduce((line, b, t) => line + a * b * covariance[s]![t]!, 0),
      0,
    );
    return { effect, se: Math.sqrt(Math.max(0, variance)) };
  });
}
