import { type Codebook, comparisonOf } from "../responses/codebook.ts";
import { NeedsRows } from "../responses/counted_answers.ts";
import { InputError } from "../responses/input_error.ts";
import type { Numbers } from "../responses/kinds.ts";
import type { Text } from "../responses/language.ts";
import type { Survey } from "../responses/survey.ts";
import { type GroupTest, type MarkedGroup, markRows } from "./breakdown_rows.ts";
import { columnOf } from "./column.ts";
import { countAnswers, type CountOptions, countsOf } from "./count_answers.ts";
import { type Counts, groupsCounted, isLinearised } from "./counts.ts";
import { sumOf } from "./cross_table.ts";
import { isAnswerShown, isRestShown, shownOf } from "./disclosure/suppress.ts";
import { domainCodes } from "./domain.ts";
import type { Estimate } from "./estimate.ts";
import type { Difference } from "./intervals.ts";
import type { People } from "./linearised_variance.ts";
import {
  addPeople,
  differenceOfMeans,
  meanOf,
  quantileInterval,
  reachOf,
  sizeOf,
} from "./means.ts";
import { isMadeFrom, shownBy } from "./needed_counts.ts";
import { codesOfParts, columnsOfParts } from "./rows/calibration.ts";
import { apartIn } from "./rows/waves_apart.ts";
import { patternsOf, tallyOfPlaces } from "./tally.ts";

/**
 * What is told of numbers: their mean, their quartiles, or the share of one set less that of another
 * in points (eNPS, −100 to 100).
 */
export type Statistic = "mean" | "lower_quartile" | "median" | "upper_quartile" | "net";
const QUANTILES = { lower_quartile: 0.25, median: 0.5, upper_quartile: 0.75 } as const;

/** A statistic of the numbers of some people, with its base and interval. It never travels without its base. */
export interface NumberEstimate
  extends Pick<Estimate, "question" | "base" | "variable" | "group" | "weighted" | "suppressed"> {
  readonly statistic: Statistic;
  /** Unweighted number of people who gave a number; NaN where it may not be shown either. */
  readonly n: number;
  /** In the question's unit; null where suppressed. */
  readonly value: number | null;
  /** Standard error; null where suppressed, and where there is none: of a single respondent. */
  readonly se: number | null;
  /** Ends of the interval; null where suppressed, and an end that too few people lie beyond. */
  readonly low: number | null;
  readonly high: number | null;
  /** How many decimals it is told with: as many as its sample can bear. */
  readonly digits: number;
  /** What is counted, where the codebook has a word for it; a net share has none. */
  readonly unit?: Text | undefined;
}

/** An estimate of numbers that may be shown. */
type ShownNumber = NumberEstimate & { readonly value: number };

/** Whether an estimate has a number to show. */
export function isNumberShown(estimate: NumberEstimate): estimate is ShownNumber {
  return !estimate.suppressed && estimate.value !== null;
}

/**
 * Mean, quartiles and, where the codebook has it, the net share of the numbers of a question or score,
 * overall or in each group of a variable.
 *
 * A group is shown where its shares are, with the least base of people who gave a number; a quartile, and
 * an end of its interval, where the least base lies at it or on either side.
 *
 * @returns Group by group in codebook order.
 * @throws {InputError} Where it is no question of numbers, or there is no such variable.
 */
export function numberEstimates(
  survey: Survey,
  question: string,
  options: CountOptions = {},
): NumberEstimate[] {
  return estimatesIn(survey, countNumbers(survey, question, options));
}

function estimatesIn({ codebook }: Survey, counted: CountedNumbers): NumberEstimate[] {
  const { bands } = counted;
  const { question } = bands;
  const { numbers } = numberQuestion(codebook, question);
  const statistics: Statistic[] = ["mean", ...Object.keys(QUANTILES) as Statistic[]];
  if (numbers.net) statistics.push("net");
  return groupsCounted(bands).flatMap((group) => {
    const people = peopleOf(counted, group);
    return statistics.map((statistic) => {
      const told = numbersOf(statistic, people, group, counted, numbers);
      const isWhole = statistic === "net" || numbers.max - numbers.min >= 50 ||
        (statistic !== "mean" && numbers.decimals === 0 && Number.isInteger(told.value));
      return {
        ...{ question, statistic, base: bands.base, variable: bands.variable, group, ...told },
        digits: isWhole ? 0 : 1,
        unit: statistic === "net" ? undefined : numbers.unit,
        weighted: bands.sample.weighted,
      };
    });
  });
}

type Told = Pick<NumberEstimate, "n" | "value" | "se" | "low" | "high" | "suppressed">;

function numbersOf(
  statistic: Statistic,
  people: People,
  group: string | null,
  counted: CountedNumbers,
  numbers: Numbers,
): Told {
  const { bands } = counted;
  const { sample: { leastBase, confidence }, sample } = bands;
  const shown = shownOf(bands);
  const n = sizeOf(people);
  const hidden: Told = {
    ...{ n: shown.hidesPeople ? NaN : n, value: null, se: null, low: null, high: null },
    suppressed: true,
  };
  if (!shown.groups.has(group) || n < leastBase) return hidden;
  if (statistic === "mean" || statistic === "net") {
    const isNet = statistic === "net";
    if (isNet && !netSets(bands, numbers).every((set) => isAnswerShown(bands, group, set))) {
      return hidden;
    }
    const behind = peopleBehind(statistic, counted, group, numbers);
    if (behind === null) return hidden;
    const [least, most] = isNet ? [-100, 100] : [numbers.min, numbers.max];
    const { mean, variance, df } = meanOf(behind, sample);
    const reach = reachOf(variance, df, confidence);
    return {
      ...{ n, value: mean, se: variance === null ? null : Math.sqrt(variance) },
      low: reach === null ? null : Math.max(least, mean - reach),
      high: reach === null ? null : Math.min(most, mean + reach),
      suppressed: false,
    };
  }
  const isSafe = (value: number) =>
    [1, -1].every((sign) =>
      sumOf(people.n.filter((_, i) => sign * (people.values[i]! - value) <= 0)) >= leastBase
    );
  const { value, low, high } = quantileInterval(people, QUANTILES[statistic], sample);
  if (!isSafe(value)) return hidden;
  const [from, to] = [low, high].map((end) => end && isSafe(end.value) ? end.value : null);
  return { n, value, se: null, low: from!, high: to!, suppressed: false };
}

const netSets = ({ sets }: Counts, { net }: Numbers) =>
  [net!.plus, net!.minus].map((set) => sets[set] ?? []);

/** Whether the answers are points that are not all shown by themselves: their sum would tell them apart. */
const isTogether = ({ counts, bands }: CountedNumbers) =>
  counts === bands && shownOf(bands).together.length > 0;

/**
 * The people of a mean, of points as they are shown where some are rounded; null: those are hidden, or
 * have weights. Of a net share as 100 where they are in one set, −100 in the other, 0 in neither.
 */
function peopleBehind(
  statistic: "mean" | "net",
  counted: CountedNumbers,
  group: string | null,
  numbers: Numbers,
): People | null {
  const { bands, values } = counted;
  if (statistic === "mean") {
    if (!isTogether(counted)) return peopleOf(counted, group);
    const rounded = shownOf(bands).roundedIn(group);
    if (rounded === null || isLinearised(bands.sample)) return null;
    const places = [...rounded.people.keys()].filter((place) => !Number.isNaN(values[place]));
    const n = places.map((place) => rounded.people[place]!);
    return { values: places.map((place) => values[place]!), n, w: n, w2: n };
  }
  const [plus, minus] = netSets(bands, numbers);
  const points = bands.answers.map((id) =>
    !numbers.bands.some((band) => band.id === id)
      ? NaN
      : plus!.includes(id)
      ? 100
      : minus!.includes(id)
      ? -100
      : 0
  );
  return peopleOf({ counts: bands, values: points }, group);
}

/** The means of every group of some variables, each tested against the rest; the tests are one family. */
export function meansAgainstRest(
  survey: Survey,
  question: string,
  variables: readonly string[],
): { readonly estimate: NumberEstimate; readonly test: MarkedGroup }[] {
  const tables = variables.filter((by) => !isMadeFrom(survey.codebook, by, question))
    .flatMap((by) => {
      const counted = countNumbers(survey, question, { by });
      const { bands: { sample } } = counted;
      const means = estimatesIn(survey, counted)
        .filter(({ statistic, n }) => statistic === "mean" && n !== 0);
      const people = means.map(({ group }) => peopleOf(counted, group));
      if (means.length < 2) return [];
      const groups = means.map(({ group, n, value }, i): GroupTest => {
        const rest = addPeople(people.filter((_, other) => other !== i));
        const isTested = value !== null && isRestShown(counted.bands, group!) &&
          sizeOf(rest) >= sample.leastBase && !isTogether(counted);
        const own = { people: people[i]!, sample };
        return {
          ...{ group: group!, n, share: value },
          againstRest: isTested ? differenceOfMeans(own, { people: rest, sample }, true) : null,
        };
      });
      return [{ estimates: means, test: { groups, pairs: [] } }];
    });
  return markRows(tables, survey).flat();
}

/** By earlier wave, which of its tables may stand beside those of a later one. */
const apart = new WeakMap<Survey, { now: Survey; isApart: ReturnType<typeof apartIn> }>();

/** How a statistic of numbers has changed since an earlier wave. */
export interface NumberChange extends Difference {
  readonly before: ShownNumber;
}

/**
 * How the mean, or the net share, of a question has changed since an earlier wave, whose people are
 * taken as others: where the same people answer alike in both waves, the change is surer than is said.
 *
 * @returns null where either wave hides it or did not ask.
 */
export function changeOfMean(
  now: Survey,
  before: Survey,
  estimate: NumberEstimate,
): NumberChange | null {
  const { question, statistic, variable: by, group } = estimate;
  if (statistic !== "mean" && statistic !== "net") return null;
  const isThere = before.codes.has(question) && (by === null || before.codes.has(by));
  const [numbers, then] = [now, before].map((wave) => wave.codebook.questions[question]?.numbers);
  const isLike = then?.min === numbers?.min && then?.max === numbers?.max &&
    comparisonOf(now.codebook, question, before.codebook.study.wave) !== "no";
  if (!isThere || !isNumberShown(estimate) || !isLike) return null;
  const known = apart.get(before);
  const waves = known?.now === now ? known : { now, isApart: apartIn(now, before, null) };
  apart.set(before, waves);
  if (!waves.isApart(question, by)) return null;
  const counted = countNumbers(before, question, { by });
  const earlier = estimatesIn(before, counted)
    .find((each) => each.statistic === statistic && each.group === group);
  if (!earlier || !isNumberShown(earlier)) return null;
  const of = (numbers: Numbers, counted: CountedNumbers) => ({
    people: peopleBehind(statistic, counted, group, numbers)!,
    sample: counted.bands.sample,
  });
  const own = of(numbers!, countNumbers(now, question, { by }));
  return { ...differenceOfMeans(own, of(then!, counted), false), before: earlier };
}

/** Every statistic of every question of numbers and score: overall, and by background and derived variables. */
export function allNumberEstimates(survey: Survey): NumberEstimate[] {
  const { codebook, codes } = survey;
  return Object.entries(codebook.questions)
    .filter(([id, { numbers }]) =>
      numbers && codes.has(id) && (numbers.arePoints || !survey.counted)
    )
    .flatMap(([id]) =>
      [null, ...shownBy(survey, id)].flatMap((by) => numberEstimates(survey, id, { by }))
    );
}

/** Counts whose answers stand for numbers; NaN for an answer that is none. */
interface CountedNumbers {
  readonly counts: Counts;
  readonly values: readonly number[];
  /** The same people by the bands that shares are of: what may be shown follows from them. */
  readonly bands: Counts;
}

/**
 * The numbers of a question or score, counted: each different number is an answer.
 *
 * @throws {InputError} Where it is no question of numbers, or the survey was read as counts of bands.
 */
export function countNumbers(
  survey: Survey,
  question: string,
  { by = null, within = {} }: CountOptions = {},
): CountedNumbers {
  const { numbers } = numberQuestion(survey.codebook, question);
  const bands = countAnswers(survey, question, { by, within });
  if (numbers.arePoints) {
    const points = new Map(numbers.bands.map(({ id, from }) => [id, from]));
    return { counts: bands, values: bands.answers.map((id) => points.get(id) ?? NaN), bands };
  }
  if (survey.counted) throw new NeedsRows(question);
  const column = survey.numbers?.get(question) ?? new Float64Array(0);
  const values = [...new Set(column)].filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const placeOf = new Map(values.map((value, place) => [value, place]));
  const groups = by === null ? null : typeof by === "string" ? columnOf(survey, by) : by;
  const parts = columnsOfParts(survey);
  const columns = [...parts, ...groups ? [groups] : []];
  const tally = tallyOfPlaces(
    patternsOf(columns, domainCodes(survey, within), column.length),
    Uint32Array.from(column, (value) => placeOf.get(value) ?? values.length),
    // The numbers, and who gave none: "no answer" and "not asked" are one here.
    values.length + 2,
    survey.weights,
  );
  const { sample, sets, base } = bands;
  const answers = { id: question, base, sets, categories: values.map(String) };
  const counts = countsOf(tally, answers, groups, sample, codesOfParts(sample, parts));
  return { counts, values: [...values, NaN, NaN], bands };
}

/** A question of numbers, or a score. @throws {InputError} Where it is none. */
function numberQuestion({ questions }: Codebook, name: string) {
  const { numbers, ...question } = questions[name] ?? {};
  if (numbers) return { ...question, numbers };
  const all = Object.keys(questions).filter((id) => questions[id]!.numbers);
  throw new InputError(
    `"${name}" is no question of numbers, and no score. ` +
      (all.length > 0 ? `There is: ${all.join(", ")}.` : "The codebook has none."),
  );
}

/** The numbers of one group; of everyone for null. */
export function peopleOf(
  { counts, values }: Omit<CountedNumbers, "bands">,
  group: string | null,
): People {
  const width = counts.answers.length;
  const row = counts.groups.indexOf(group);
  const places = [...values.keys()].filter((place) => !Number.isNaN(values[place]!));
  const of = (sums: Float64Array) => places.map((place) => sums[row * width + place]!);
  return {
    values: places.map((place) => values[place]!),
    n: of(counts.n),
    w: of(counts.w),
    w2: of(counts.w2),
    ...counts.parts && {
      parts: counts.parts.map((part) => peopleOf({ counts: part, values }, group)),
    },
  };
}
