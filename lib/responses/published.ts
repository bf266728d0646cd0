import type { Codebook } from "./codebook.ts";
import { LANGUAGES } from "./language.ts";
import * as s from "./schema.ts";

const id = s.textLike("an id (a letter, then a-z, 0-9 and _)", /^[a-zA-Z][a-z0-9_]*$/);
const ids = s.list(id);
const where = s.record(id, s.list(id, 1));
const page = s.integerFrom(1);
const { boolean: hard, text, nullable } = s;
const PRECISIONS = ["rounded", "about", "at_least"] as const;

/**
 * What has to be true of an indicator. A hard rule follows from the report's own words or numbers;
 * a soft one from the most likely reading. Numbers are percentages or people, by the indicator's unit.
 */
const rule = oneKind({
  /** The share, rounded half up to a whole per cent. */
  equals_rounded: { value: s.integer, hard },
  /** The unrounded share. */
  below: { value: s.number, hard },
  above: { value: s.number, hard },
  at_least: { value: s.number, hard },
  /** The unrounded share, against that of another indicator. */
  below_indicator: { indicator: id, hard },
  /** The unrounded share from each group to the next, strictly. */
  rises: { by: id, order: s.list(id, 2), hard },
  falls: { by: id, order: s.list(id, 2), hard },
  /** The unrounded share among `where`, against the share among `than`. */
  greater_than: { than: where, hard },
  /** The number of people in the base and among `where`. */
  count_equals: { value: s.integer, hard },
  count_at_least: { value: s.integer, hard },
  /** At least one person in the indicator's categories, and one in these. */
  both_present: { categories: s.list(id, 1), hard },
  /** Respondents over invited, rounded half up to a whole per cent, equals the fact. */
  response_rate: { fact: id, hard },
  /** At least as many respondents as the fact says. */
  respondents_at_least: { fact: id, hard },
  /** Documented only: these data cannot tell. */
  documented: { fact: id, hard },
});

const indicator = s.object({
  id,
  /** The number on a bar, of the text, a comparison, an interview profile, a fact of the method. */
  kind: s.among("label", "stated", "direction", "profile", "method"),
  page,
  /** None where people are counted whatever they answered; two where an answer to either counts. */
  questions: ids,
  /** The codebook's set that the categories make up, if they make up one. */
  set: nullable(id),
  categories: ids,
  /** Who was asked: a base of the codebook; and the part of it that the figure is about. */
  base: id,
  where,
  /** The size of that group where the report prints it. */
  n: nullable(s.integerFrom(1)),
  value: nullable(s.numberOrText),
  unit: s.among("percent", "count", "direction", "meta"),
  rules: s.list(rule, 1),
  /** Whether the report prints the number; otherwise it follows from printed numbers or from words. */
  printed: s.boolean,
  precision: s.among(...PRECISIONS, "majority", "fraction", "comparison", "not_stated"),
  /** How the report words it, in fragments of up to four words. */
  wording: s.list(s.string),
  note: nullable(text),
});

const fact = s.object({
  ...{ id, page: nullable(page), value: s.numberOrText, unit: s.string, label: text },
  precision: s.among(...PRECISIONS, "exact", "at_most", "less_than", "counted_by_us"),
  note: nullable(text),
});

const association = s.object({
  ...{ id, page, x: id, y: id, base: id, indicators: ids, numbers_printed: s.boolean, gist: text },
  /** Which way the answers to y go as x grows in what its name says. */
  direction: s.among("rises", "falls"),
});

const theme = s.object({
  ...{ id, kind: id, pages: s.list(page, 1), label: text, gist: text },
  /** Whom the report says it of, and what it says comes of it. */
  who: nullable(text),
  effect: nullable(text),
});

const schema = s.object({
  indicators: s.list(indicator),
  facts: s.list(fact),
  associations: s.list(association),
  main_conclusions: s.list(s.object({
    ...{ id, page, gist: text, indicators: ids, supporting: ids },
    claims: s.list(s.object({ id, indicators: ids, gist: text })),
  })),
  ambiguities: s.list(s.object({ id, page: nullable(page), text })),
  pages: s.list(s.object({ page, number_printed: s.boolean, gist: text })),
  themes: s.list(theme),
});

/** What the report published, as data; see data/README.md. */
export type Published = s.Read<typeof schema>;
export type Indicator = Published["indicators"][number];
export type IndicatorRule = Indicator["rules"][number];
export type Theme = Published["themes"][number];

/**
 * Reads published figures strictly.
 *
 * @param value The parsed JSON.
 * @param file Its name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parsePublished(value: unknown, file: string): Published {
  return s.parseFile(schema, value, "use the published figures in", file, idsTwice);
}

const benchmark = s.object({
  id: s.id,
  /** What it is compared with: a question of the codebook, and a set or a category of its scale. */
  question: s.string,
  set: s.nullable(s.string),
  category: s.nullable(s.string),
  percent: s.numberThat([">=0", (value) => value >= 0], ["<=100", (value) => value <= 100]),
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

/** A published share that these answers may be compared with; see data/README.md. */
export type Benchmark = s.Read<typeof benchmark>;

/**
 * Reads benchmarks strictly.
 *
 * @param codebook Has the questions and their answers.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseBenchmarks(value: unknown, codebook: Codebook, file: string): Benchmark[] {
  const schema = s.object({ benchmarks: s.list(benchmark) });
  return s.parseFile(schema, value, "use the benchmarks in", file, (read) => [
    ...idsTwice(read),
    ...read.benchmarks.flatMap(({ question, set, category }, i) => {
      const at = `benchmarks.${i}`;
      const scale = codebook.scales[codebook.questions[question]?.scale ?? ""];
      if (!scale) return [`${at}.question: no question "${question}" in the codebook`];
      if ((set === null) === (category === null)) {
        return [`${at}.set: give a set or a category, and null for the other`];
      }
      const [key, name, known] = set === null
        ? ["category", category!, Object.keys(scale.categories)] as const
        : ["set", set, Object.keys(scale.sets)] as const;
      return known.includes(name)
        ? []
        : [`${at}.${key}: no "${name}" (there is: ${known.join(", ")})`];
    }),
  ]).benchmarks;
}

/** What is wrong with lists of which entries have the name of an earlier one. */
function idsTwice(lists: Readonly<Record<string, readonly object[]>>): string[] {
  return Object.entries(lists).flatMap(([list, entries]) => {
    const key = list === "pages" ? "page" : "id";
    const ids = entries.map((each) => (each as Record<string, unknown>)[key]);
    return ids.flatMap((id, i) => {
      const first = ids.indexOf(id);
      return first < i ? [`${list}.${i}.${key}: "${id}" is the name of ${list}.${first} too`] : [];
    });
  });
}

type Kinds = Readonly<Record<string, Readonly<Record<string, s.Schema<unknown>>>>>;
type OfKind<K> = {
  [N in keyof K]: { kind: N } & { [E in keyof K[N]]: s.Read<K[N][E]> };
}[keyof K];

/** An object whose `kind` says what else is in it. */
function oneKind<const K extends Kinds>(kinds: K): s.Schema<OfKind<K>> {
  const kind = s.among(...Object.keys(kinds));
  return (value, at, note) => {
    const own = kinds[String((value as { kind?: unknown } | null)?.kind)] ?? null;
    const rest = own ??
      Object.fromEntries(Object.keys(Object(value)).map((key) => [key, s.anything]));
    return s.object({ ...rest, kind })(value, at, note) as OfKind<K>;
  };
}
