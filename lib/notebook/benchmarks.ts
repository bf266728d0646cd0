import { type Benchmark, parseBenchmarks } from "../responses/benchmarks.ts";
import { readBenchmarks } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import {
  type BenchmarkDifference,
  benchmarkDifference,
  type Refusal,
} from "../statistics/benchmark_difference.ts";
import { type WordKey, wordsOf } from "../words/catalogue.ts";
import { endNames, intervalName } from "../words/how_counted.ts";
import { ownText, words } from "../words/message.ts";
import { checkOptions, type Named, textsOf } from "./check_options.ts";
import { dataTable } from "./data_table.ts";
import { narrate } from "./narrate.ts";
import type { Showable } from "./showable.ts";

export interface BenchmarksOptions extends Named {
  /** Only those of these questions. */
  readonly questions?: string | readonly string[];
  /** Other benchmarks than those in data/benchmarks.json, in its form. */
  readonly from?: readonly Benchmark[];
}

/** What was compared, which as a cell's last line shows itself as a table. */
export type Benchmarks = Showable & { readonly differences: readonly BenchmarkDifference[] };

/** What is said of those that are not compared. */
const NOTES: Readonly<Record<Refusal, WordKey>> = {
  wording: "benchmarks.wording",
  answers: "benchmarks.answers",
  base: "benchmarks.other_base",
  part: "benchmarks.part",
  not_asked: "benchmarks.not_asked",
  too_few: "benchmarks.too_few",
};

/**
 * These answers beside what others published: the difference with its interval, or why they are not
 * compared. See `benchmarkDifference()`.
 *
 * @throws {InputError} For an option that is none, or a benchmark that is wrong.
 */
export function benchmarks(survey: Survey, options: BenchmarksOptions = {}): Benchmarks {
  const call = "benchmarks()";
  const known = ["questions", "from", "name", "title"];
  const { questions, from, name = "benchmarks" } = checkOptions(
    call,
    options,
    known,
  ) as BenchmarksOptions;
  const { title = ownText("benchmarks.title") } = textsOf(call, options);
  const { codebook } = survey;
  const all = from === undefined
    ? readBenchmarks()
    : parseBenchmarks({ benchmarks: from }, codebook, `from of ${call}`);
  const wanted = questions === undefined ? null : [questions].flat();
  const differences = all.filter(({ question }) => wanted === null || wanted.includes(question))
    .map((benchmark) => benchmarkDifference(survey, benchmark));
  if (differences.length === 0) {
    return Object.assign(narrate(ownText("benchmarks.none")), { differences });
  }
  const { confidence } = codebook.study;
  const ends = endNames(confidence);
  const shown = dataTable((language) => {
    const own = wordsOf("benchmarks", language);
    const [low, high] = [ends.low[language], ends.high[language]];
    const text = (label: string) => ({ label, kind: "text" as const });
    const points = (label: string) => ({ label, kind: "number" as const, digits: 1 });
    return {
      name,
      title: title[language],
      base: words("benchmarks.base", language, { interval: intervalName(confidence) }),
      columns: [
        ...[text(own.question), text(own.source), text(own.population), text(own.year)],
        { label: own.theirs, kind: "share" },
        { label: own.n, kind: "count" },
        { label: own.own, kind: "share" },
        { label: "n", kind: "count" },
        ...[points(own.points), points(low), points(high)],
        { label: own.p, kind: "p" },
        text(own.note),
      ],
      rows: differences.map(({ benchmark, share, n, difference, refused }) => {
        const { question, set, category, source, population, year, percent } = benchmark;
        const { label, scale } = codebook.questions[question]!;
        const { sets, categories } = codebook.scales[scale]!;
        const answer = set === null ? categories[category!]! : sets[set]!.label;
        return [
          words("benchmarks.answer", language, { question: label, answer }),
          ...[source, population, String(year), percent / 100, benchmark.n, share, n],
          ...difference === null
            ? [null, null, null, null]
            : [difference.difference, difference.low, difference.high].map((d) => 100 * d)
              .concat(difference.pValue ?? NaN),
          refused !== null
            ? words(NOTES[refused], language)
            : benchmark.n === null
            ? own.no_n
            : null,
        ];
      }),
    };
  });
  return Object.assign(shown, { differences });
}
