import type { Codebook } from "./codebook.ts";
import { LANGUAGES } from "./language.ts";
import * as s from "./schema.ts";

const percent = s.numberThat([">=0", (value) => value >= 0], ["<=100", (value) => value <= 100]);

const benchmark = s.object({
  id: s.id,
  /** What it is compared with: a question of the codebook, and a set or a category of its scale. */
  question: s.string,
  set: s.nullable(s.string),
  category: s.nullable(s.string),
  percent,
  /** Of the percentage as it is printed. */
  decimals: s.integerFrom(0),
  /** How many people answered; null where it is not told. */
  n: s.nullable(s.integerFrom(1)),
  year: s.integerFrom(1900),
  /** Where it was published, and whom it is about. */
  source: s.filled,
  population: s.filled,
  /** In which language these stand: the question as it was put, its answers in order, who was asked it. */
  language: s.among(...LANGUAGES),
  wording: s.filled,
  answers: s.list(s.filled, 2),
  base: s.filled,
});

const schema = s.object({ benchmarks: s.list(benchmark) });

/** A published share that these answers may be compared with; see data/README.md. */
export type Benchmark = s.Read<typeof benchmark>;

/**
 * Reads benchmarks strictly.
 *
 * @param value The parsed JSON.
 * @param codebook Has the questions and their answers.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming every place that is wrong.
 */
export function parseBenchmarks(value: unknown, codebook: Codebook, file: string): Benchmark[] {
  return s.parseFile(
    schema,
    value,
    "use the benchmarks in",
    file,
    ({ benchmarks }) =>
      benchmarks.flatMap(({ id, question, set, category }, i) => {
        const at = `benchmarks.${i}`;
        const first = benchmarks.findIndex((other) => other.id === id);
        const twice = first < i ? [`${at}.id: "${id}" is the name of benchmarks.${first} too`] : [];
        const scale = codebook.scales[codebook.questions[question]?.scale ?? ""];
        if (scale === undefined) {
          return [...twice, `${at}.question: no question "${question}" in the codebook`];
        }
        const names = Object.keys(set === null ? scale.categories : scale.sets);
        const name = set ?? category;
        if (name === null || (set !== null && category !== null)) {
          return [...twice, `${at}.set: give a set or a category, and null for the other`];
        }
        return names.includes(name) ? twice : [
          ...twice,
          `${at}.${set === null ? "category" : "set"}: no "${name}" (there is: ${
            names.join(", ")
          })`,
        ];
      }),
  ).benchmarks;
}
