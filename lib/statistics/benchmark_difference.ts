import { categoriesOf } from "../responses/codebook.ts";
import { normaliseValue } from "../responses/normalise.ts";
import type { Benchmark } from "../responses/published.ts";
import type { Survey } from "../responses/survey.ts";
import { countAnswers } from "./count_answers.ts";
import { countedShare, sized } from "./difference_of_shares.ts";
import { isAnswerShown } from "./disclosure/suppress.ts";
import { sizeOfRounded } from "./published_wave.ts";
import { type Difference, scoreDifference } from "./score_interval.ts";

/** Why a benchmark is not compared. */
export type Refusal = "wording" | "answers" | "base" | "part" | "not_asked" | "too_few";

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
