import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import type { Benchmark, Indicator } from "../responses/published.ts";
import { normaliseValue } from "../responses/spelling.ts";
import { readPublished } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import type { Count } from "./counts.ts";
import { countedShare, sized } from "./difference_of_shares.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";
import { type Difference, scoreDifference, shareOf } from "./intervals.ts";
import type { EarlierEstimate } from "./moved_most.ts";
import { describeSample } from "./sample.ts";
import type { EarlierShare, EarlierWave } from "./wave_changes.ts";

/**
 * The published figures as an earlier wave: shares as printed, in whole per cent, over the published
 * bases; of everyone, and of the groups whose size is printed.
 */
export function publishedWave(codebook: Codebook): EarlierWave {
  return {
    wave: codebook.study.wave,
    shares: (question, by) => publishedShares(codebook, question, by),
    // Who answered was not published.
    overlap: () => null,
  };
}

/**
 * The printed shares of a question, overall or in the groups of a variable.
 *
 * A set that is not printed is the sum of its categories as printed. A printed whole per cent stands for
 * any share within half a point: rounding adds the variance of an even spread, 1/12 of a square point for
 * each printed number, and so takes from the people that the share rests on.
 */
export function publishedShares(
  codebook: Codebook,
  question: string,
  by: string | null,
): EarlierShare[] {
  const { indicators } = readPublished();
  const respondents = Number(indicators.find(({ id }) => id === "n_all")?.value);
  const sample = describeSample(codebook, respondents, false);
  const own = indicators.filter((indicator) =>
    indicator.unit === "percent" && indicator.printed && indicator.questions.length === 1 &&
    indicator.questions[0] === question && typeof indicator.value === "number"
  );
  const groups = by === null ? [null] : Object.keys(codebook.variables[by]?.categories ?? {});
  return groups.flatMap((group) => {
    const where = by === null ? {} : { [by]: [group] };
    const printed = own.filter((each) => JSON.stringify(each.where) === JSON.stringify(where));
    const n = printed.find((indicator) => indicator.n !== null)?.n ?? null;
    if (n === null) return [];
    return printedAnswers(codebook, question, printed).map(({ percent, rounded, ...answer }) => {
      const share = percent / 100;
      const size = sizeOfRounded(share, n, rounded);
      const counted = { part: people(share * size), base: people(size), sample };
      const { low, high } = shareOf(counted.part, counted.base, sample);
      const estimate: EarlierEstimate = {
        ...{ question, ...answer, base: codebook.questions[question]!.base, variable: by, group },
        ...{ n, count: null, share, low, high, weighted: false, suppressed: false },
      };
      return { estimate, counted, answers: [] };
    });
  });
}

/** How many were asked of each base, as published. */
export function publishedBases({ questions }: Codebook): Record<string, number> {
  return Object.fromEntries(
    readPublished().indicators.flatMap(({ questions: [question = ""], n, where, base }) =>
      n !== null && Object.keys(where).length === 0 && questions[question]?.base === base
        ? [[base, n] as const]
        : []
    ),
  );
}

/** Per cent as printed, of how many printed numbers it is the sum. */
function printedAnswers(codebook: Codebook, question: string, printed: readonly Indicator[]) {
  const { categories, sets } = codebook.scales[codebook.questions[question]!.scale]!;
  const percentOf = (among: readonly string[]) => {
    const same = printed.find((indicator) =>
      indicator.categories.length === among.length &&
      among.every((category) => indicator.categories.includes(category))
    );
    return same === undefined ? null : Number(same.value);
  };
  const answer = (set: string | null, category: string | null, among: readonly string[]) => {
    const whole = percentOf(among);
    const parts = whole === null ? among.map((each) => percentOf([each])) : [whole];
    if (parts.some((percent) => percent === null)) return [];
    const percent = parts.reduce((sum: number, part) => sum + part!, 0);
    return [{ set, category, percent, rounded: parts.length }];
  };
  return [
    ...Object.keys(categories).flatMap((category) => answer(null, category, [category])),
    ...Object.entries(sets).flatMap(([set, { categories }]) => answer(set, null, categories)),
  ];
}

function people(n: number): Count {
  return { n, w: n, w2: n };
}

/** A rounded number's variance: that of an even spread over one per cent. */
const ROUNDING = 0.01 ** 2 / 12;

/**
 * The people whose unrounded answers would tell a share as exactly: p(1−p) over its variance and that of
 * the rounding, p being half a point from 0 and 1 at the nearest.
 *
 * @param rounded How many printed numbers the share is the sum of; 100⁻ᵈ for one of d decimals.
 */
function sizeOfRounded(share: number, n: number, rounded: number): number {
  const p = Math.min(0.995, Math.max(0.005, share));
  return 1 / (1 / n + rounded * ROUNDING / (p * (1 - p)));
}

/** Why a benchmark is not compared. */
type Refusal = "wording" | "answers" | "base" | "part" | "not_asked" | "too_few";

/** A benchmark beside what these answers say, or why it does not stand beside it. */
export interface BenchmarkDifference {
  readonly benchmark: Benchmark;
  /** Shares, 0 to 1; null where they are not compared. */
  readonly share: number | null;
  readonly n: number | null;
  readonly weighted: boolean;
  /** These answers less the benchmark; null where they are not compared. */
  readonly difference: Difference | null;
  readonly refused: Refusal | null;
}

/**
 * The difference of these answers from a benchmark, with its interval and test: of everybody, and only where
 * wording (but for capitals, spaces and the full stop), answers and base are the same.
 *
 * As two independent shares, see `scoreDifference()`. The benchmark's rounding adds the variance of an even
 * spread over its last decimal; where it has no n it is taken as exact but for that.
 */
export function benchmarkDifference(survey: Survey, benchmark: Benchmark): BenchmarkDifference {
  const { question, set, category, percent, n, decimals } = benchmark;
  const counts = countAnswers(survey, question);
  const answers = set === null ? [category!] : counts.sets[set]!;
  const { weighted, confidence: level } = counts.sample;
  const refused = survey.left_out.includes(question)
    ? "not_asked"
    : refusalOf(survey, benchmark) ?? (isAnswerShown(counts, null, answers) ? null : "too_few");
  if (refused) return { benchmark, share: null, n: null, weighted, difference: null, refused };
  const own = countedShare(counts, null, answers);
  const first = sized(own);
  const share = percent / 100;
  const size = sizeOfRounded(share, n ?? Infinity, 100 ** -decimals);
  const difference = scoreDifference(first, { share, size }, { level });
  return { benchmark, share: first.share, n: own.base.n, weighted, difference, refused: null };
}

function refusalOf({ codebook, within = {} }: Survey, benchmark: Benchmark): Refusal | null {
  if (Object.keys(within).length > 0) return "part";
  const { question, language, wording, answers, base } = benchmark;
  const asked = codebook.questions[question]!;
  const isSame = (theirs: string, ours: string | undefined) => plain(theirs) === plain(ours ?? "");
  const { asked: verbatim, text } = asked;
  if (![verbatim, text].some((ours) => isSame(wording, ours?.[language]))) return "wording";
  const own = Object.values(categoriesOf(codebook, question) ?? {}).map((answer) =>
    answer[language]
  );
  const isScale = own.length === answers.length &&
    own.every((each, i) => isSame(answers[i]!, each));
  if (!isScale) return "answers";
  return isSame(base, codebook.bases[asked.base]?.label[language]) ? null : "base";
}

function plain(text: string): string {
  return normaliseValue(text).replace(/[.!?:]+$/, "");
}
