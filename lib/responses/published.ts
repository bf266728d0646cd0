import * as v from "valibot";
import { InputError } from "./input_error.ts";
import { expecting } from "./schema/expecting.ts";
import { object } from "./schema/read_entries.ts";
import { readStrictly } from "./schema/read_strictly.ts";
import { record } from "./schema/record.ts";
import { strictObject } from "./schema/strict_object.ts";
import { integer, integerFrom, list, number, text } from "./schema/values.ts";
import data from "../../data/published.json" with { type: "json" };

const id = v.pipe(
  v.string(),
  v.regex(/^[a-zA-Z][a-z0-9_]*$/, expecting("an id (a letter, then a-z, 0-9 and _)")),
);
const where = record(id, list(id, 1));
const page = integerFrom(1);
const hard = v.boolean();

/**
 * What has to be true of an indicator. A hard rule follows from the report's own words or numbers;
 * a soft one from the most likely reading. Numbers are percentages or people, by the indicator's unit.
 */
const rule = v.pipe(
  object,
  v.variant("kind", [
    /** The share, rounded half up to a whole per cent. */
    strictObject({ kind: v.literal("equals_rounded"), value: integer, hard }),
    /** The unrounded share. */
    strictObject({ kind: v.literal("below"), value: number, hard }),
    strictObject({ kind: v.literal("above"), value: number, hard }),
    strictObject({ kind: v.literal("at_least"), value: number, hard }),
    /** The unrounded share, against that of another indicator. */
    strictObject({ kind: v.literal("below_indicator"), indicator: id, hard }),
    /** The unrounded share from each group to the next, strictly. */
    strictObject({
      kind: v.picklist(["rises", "falls"]),
      by: id,
      order: list(id, 2),
      hard,
    }),
    /** The unrounded share among `where`, against the share among `than`. */
    strictObject({ kind: v.literal("greater_than"), than: where, hard }),
    /** The number of people in the base and among `where`. */
    strictObject({ kind: v.literal("count_equals"), value: integer, hard }),
    strictObject({ kind: v.literal("count_at_least"), value: integer, hard }),
    /** At least one person in the indicator's categories, and one in these. */
    strictObject({
      kind: v.literal("both_present"),
      categories: list(id, 1),
      hard,
    }),
    /** Respondents over invited, rounded half up to a whole per cent, equals the fact. */
    strictObject({ kind: v.literal("response_rate"), fact: id, hard }),
    /** At least as many respondents as the fact says. */
    strictObject({ kind: v.literal("respondents_at_least"), fact: id, hard }),
    /** Documented only: these data cannot tell. */
    strictObject({ kind: v.literal("documented"), fact: id, hard }),
  ]),
);

const indicator = strictObject({
  id,
  /** The number on a bar, a number or statement of the text, a comparison, an interview profile, a fact of the method. */
  kind: v.picklist(["label", "stated", "direction", "profile", "method"]),
  page,
  /** None where people are counted whatever they answered; two where an answer to either counts. */
  questions: list(id),
  /** The codebook's set that the categories make up, if they make up one. */
  set: v.nullable(id),
  categories: list(id),
  /** Who was asked: a base of the codebook. */
  base: id,
  /** The part of the base that the figure is about. Empty: all of it. */
  where,
  /** The size of that group where the report prints it. */
  n: v.nullable(integerFrom(1)),
  value: v.nullable(v.union([number, v.string()])),
  unit: v.picklist(["percent", "count", "direction", "meta"]),
  rules: list(rule, 1),
  /** Whether the report prints the number; otherwise it follows from printed numbers or from words. */
  printed: v.boolean(),
  precision: v.picklist([
    "rounded",
    "about",
    "at_least",
    "majority",
    "fraction",
    "comparison",
    "not_stated",
  ]),
  /** How the report words it, in fragments of up to four words. */
  wording: list(v.string()),
  note: v.nullable(text),
});

const fact = strictObject({
  id,
  page: v.nullable(page),
  value: v.union([number, v.string()]),
  unit: v.string(),
  precision: v.picklist([
    "exact",
    "rounded",
    "about",
    "at_least",
    "at_most",
    "less_than",
    "counted_by_us",
  ]),
  label: text,
  note: v.nullable(text),
});

const association = strictObject({
  id,
  page,
  x: id,
  y: id,
  /** Which way the answers to y go as x grows in what its name says. */
  direction: v.picklist(["rises", "falls"]),
  base: id,
  indicators: list(id),
  numbers_printed: v.boolean(),
  gist: text,
});

const conclusion = strictObject({
  id,
  page,
  gist: text,
  indicators: list(id),
  supporting: list(id),
  claims: list(
    strictObject({ id, indicators: list(id), gist: text }),
  ),
});

const theme = strictObject({
  id,
  kind: v.picklist([
    "kind_of_pressure",
    "source_of_pressure",
    "coping",
    "wellbeing_plus",
    "wellbeing_minus",
    "circumstance",
    "request_to_leaders",
  ]),
  pages: list(page, 1),
  label: text,
  gist: text,
  /** Whom the report says it of. */
  who: v.nullable(text),
  /** What the report says comes of it. */
  effect: v.nullable(text),
});

const schema = strictObject({
  indicators: list(indicator),
  facts: list(fact),
  associations: list(association),
  main_conclusions: list(conclusion),
  ambiguities: list(strictObject({ id, page: v.nullable(page), text })),
  pages: list(
    strictObject({ page, number_printed: v.boolean(), gist: text }),
  ),
  themes: list(theme),
});

/** What the report published, as data; see data/README.md. */
export type Published = v.InferOutput<typeof schema>;
export type Indicator = Published["indicators"][number];
export type IndicatorRule = Indicator["rules"][number];
export type Fact = Published["facts"][number];
export type Theme = Published["themes"][number];

let parsed: Published | undefined;

/**
 * The published figures of data/published.json, checked at the first call.
 *
 * @throws {InputError} Naming every place of the file that is wrong.
 */
export function readPublished(): Published {
  return parsed ??= parsePublished(data, "data/published.json");
}

/**
 * Reads published figures strictly.
 *
 * @param value The parsed JSON.
 * @param file Its name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parsePublished(value: unknown, file: string): Published {
  const read = readStrictly(schema, value);
  if (!read.problems) return read.value;
  throw new InputError(
    `Cannot use the published figures in ${file}:\n` +
      read.problems.map((problem) => `  ${problem}`).join("\n") +
      `\nCorrect these entries in ${file} and run again.`,
  );
}
