import { answerLabel } from "../charts/caption.ts";
import { type Benchmark, parseBenchmarks } from "../responses/published.ts";
import { readBenchmarks } from "../responses/study.ts";
import type { Survey } from "../responses/survey.ts";
import { type BenchmarkDifference, benchmarkDifference } from "../statistics/published_wave.ts";
import { texts } from "../words/catalogue.ts";
import { endNames, intervalName } from "../words/figure_texts.ts";
import { ownText } from "../words/message.ts";
import { checkOptions, type Named } from "./check_options.ts";
import { type Column, dataTable, number, tabulated, text } from "./data_table.ts";
import { labelOf } from "./labels.ts";
import { narrate } from "./narrate.ts";
import type { Showable } from "./notebook_file.ts";

const WORDS = texts("benchmarks");

/** What was compared, which as a cell's last line shows itself as a table. */
type Benchmarks = Showable & { readonly differences: readonly BenchmarkDifference[] };

/**
 * These answers beside what others published: see `benchmarkDifference()`.
 *
 * @param options `questions`: only those of these; `from`: benchmarks in the form of
 *   data/benchmarks.json in place of those; `name`, `title`.
 * @throws {InputError} For an option that is none, or a benchmark that is wrong.
 */
export function benchmarks(
  survey: Survey,
  options: Named & {
    readonly questions?: string | readonly string[];
    readonly from?: readonly Benchmark[];
  } = {},
): Benchmarks {
  const { questions, from, name = "benchmarks", title = WORDS.title } = checkOptions(
    "benchmarks()",
    options,
    ["questions", "from"],
  );
  const { codebook } = survey;
  const all = from === undefined
    ? readBenchmarks()
    : parseBenchmarks({ benchmarks: from }, codebook, "from of benchmarks()");
  const differences = all
    .filter(({ question }) => questions === undefined || [questions].flat().includes(question))
    .map((benchmark) => benchmarkDifference(survey, benchmark));
  if (differences.length === 0) return Object.assign(narrate(WORDS.none), { differences });
  const { confidence } = codebook.study;
  const ends = endNames(confidence);
  const points =
    (key: "difference" | "low" | "high"): Column<BenchmarkDifference>["value"] =>
    ({ difference }) => difference && 100 * difference[key];
  const columns: Column<BenchmarkDifference>[] = [
    text(WORDS.question, ({ benchmark: { question, ...of } }) => {
      const answer = answerLabel(codebook, question, of);
      return ownText("benchmarks.answer", { question: labelOf(survey, question), answer });
    }),
    text(WORDS.source, ({ benchmark }) => benchmark.source),
    text(WORDS.population, ({ benchmark }) => benchmark.population),
    text(WORDS.year, ({ benchmark }) => String(benchmark.year)),
    number("share", WORDS.theirs, ({ benchmark }) => benchmark.percent / 100),
    number("count", WORDS.n, ({ benchmark }) => benchmark.n),
    number("share", WORDS.own, ({ share }) => share),
    number("count", "n", ({ n }) => n),
    number("number", WORDS.points, points("difference"), 1),
    number("number", ends.low, points("low"), 1),
    number("number", ends.high, points("high"), 1),
    number("p", WORDS.p, ({ difference }) => difference && (difference.pValue ?? NaN)),
    text(
      WORDS.note,
      ({ refused, benchmark }) =>
        refused !== null
          ? WORDS[refused === "base" ? "other_base" : refused]
          : benchmark.n === null
          ? WORDS.no_n
          : null,
    ),
  ];
  const base = ownText("benchmarks.base", { interval: intervalName(confidence) });
  const shown = dataTable([tabulated(differences, columns, { name, title, base })]);
  return Object.assign(shown, { differences });
}
