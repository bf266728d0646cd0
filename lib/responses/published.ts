import {
  among,
  boolean,
  integer,
  integerFrom,
  isObject,
  list,
  nullable,
  number,
  numberOrText,
  object,
  parseFile,
  plain,
  type Read,
  record,
  type Schema,
  string,
  text,
} from "./schema.ts";

const id = plain("string", (value): value is string => typeof value === "string", [
  "an id (a letter, then a-z, 0-9 and _)",
  (value) => /^[a-zA-Z][a-z0-9_]*$/.test(value),
]);
const where = record(id, list(id, 1));
const page = integerFrom(1);
const hard = boolean;

/**
 * What has to be true of an indicator. A hard rule follows from the report's own words or numbers;
 * a soft one from the most likely reading. Numbers are percentages or people, by the indicator's unit.
 */
const rule = oneKind(
  /** The share rounded half up to a whole per cent; the people in the base and among `where`. */
  object({
    kind: among("equals_rounded", "count_equals", "count_at_least"),
    value: integer,
    hard,
  }),
  /** The unrounded share. */
  object({ kind: among("below", "above", "at_least"), value: number, hard }),
  /** The unrounded share, against that of another indicator. */
  object({ kind: among("below_indicator"), indicator: id, hard }),
  /** The unrounded share from each group to the next, strictly. */
  object({ kind: among("rises", "falls"), by: id, order: list(id, 2), hard }),
  /** The unrounded share among `where`, against the share among `than`. */
  object({ kind: among("greater_than"), than: where, hard }),
  /** At least one person in the indicator's categories, and one in these. */
  object({ kind: among("both_present"), categories: list(id, 1), hard }),
  /**
   * Respondents over invited, rounded half up to a whole per cent, equals the fact; at least as many
   * respondents as it says; documented only, since these data cannot tell.
   */
  object({ kind: among("response_rate", "respondents_at_least", "documented"), fact: id, hard }),
);

const indicator = object({
  id,
  /** The number on a bar, a number or statement of the text, a comparison, an interview profile, a fact of the method. */
  kind: among("label", "stated", "direction", "profile", "method"),
  page,
  /** None where people are counted whatever they answered; two where an answer to either counts. */
  questions: list(id),
  /** The codebook's set that the categories make up, if they make up one. */
  set: nullable(id),
  categories: list(id),
  /** Who was asked: a base of the codebook. */
  base: id,
  /** The part of the base that the figure is about. Empty: all of it. */
  where,
  /** The size of that group where the report prints it. */
  n: nullable(integerFrom(1)),
  value: nullable(numberOrText),
  unit: among("percent", "count", "direction", "meta"),
  rules: list(rule, 1),
  /** Whether the report prints the number; otherwise it follows from printed numbers or from words. */
  printed: boolean,
  precision: among(
    "rounded",
    "about",
    "at_least",
    "majority",
    "fraction",
    "comparison",
    "not_stated",
  ),
  /** How the report words it, in fragments of up to four words. */
  wording: list(string),
  note: nullable(text),
});

const fact = object({
  id,
  page: nullable(page),
  value: numberOrText,
  unit: string,
  precision: among(
    "exact",
    "rounded",
    "about",
    "at_least",
    "at_most",
    "less_than",
    "counted_by_us",
  ),
  label: text,
  note: nullable(text),
});

const association = object({
  id,
  page,
  x: id,
  y: id,
  /** Which way the answers to y go as x grows in what its name says. */
  direction: among("rises", "falls"),
  base: id,
  indicators: list(id),
  numbers_printed: boolean,
  gist: text,
});

const conclusion = object({
  id,
  page,
  gist: text,
  indicators: list(id),
  supporting: list(id),
  claims: list(
    object({ id, indicators: list(id), gist: text }),
  ),
});

const theme = object({
  id,
  kind: among(
    "kind_of_pressure",
    "source_of_pressure",
    "coping",
    "wellbeing_plus",
    "wellbeing_minus",
    "circumstance",
    "request_to_leaders",
  ),
  pages: list(page, 1),
  label: text,
  gist: text,
  /** Whom the report says it of. */
  who: nullable(text),
  /** What the report says comes of it. */
  effect: nullable(text),
});

const schema = object({
  indicators: list(indicator),
  facts: list(fact),
  associations: list(association),
  main_conclusions: list(conclusion),
  ambiguities: list(object({ id, page: nullable(page), text })),
  pages: list(
    object({ page, number_printed: boolean, gist: text }),
  ),
  themes: list(theme),
});

/** What the report published, as data; see data/README.md. */
export type Published = Read<typeof schema>;
export type Indicator = Published["indicators"][number];
export type IndicatorRule = Indicator["rules"][number];
export type Fact = Published["facts"][number];
export type Theme = Published["themes"][number];

/**
 * Reads published figures strictly.
 *
 * @param value The parsed JSON.
 * @param file Its name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parsePublished(value: unknown, file: string): Published {
  return parseFile(schema, value, "use the published figures in", file);
}

type Kind = Schema<unknown> & { readonly entries: { readonly kind: ReturnType<typeof among> } };

/** An object whose `kind` says which of these it is. */
function oneKind<const K extends readonly Kind[]>(...kinds: K): Schema<Read<K[number]>> {
  const all = among(...kinds.flatMap(({ entries }) => entries.kind.texts));
  return {
    read: (value, at, note) => {
      const { kind } = Object(value) as { kind?: string };
      const found = kinds.find(({ entries }) => entries.kind.texts.includes(kind ?? ""));
      if (!found && isObject(value)) all.read(kind, `${at}.kind`, note);
      return (found ?? object({})).read(isObject(value) && !found ? {} : value, at, note) as Read<
        K[number]
      >;
    },
  };
}
