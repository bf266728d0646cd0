import { z } from "zod";
import { InputError } from "../language/input_error.ts";
import data from "../../data/published.json" with { type: "json" };

const id = z.string().regex(/^[a-zA-Z][a-z0-9_]*$/);
const text = z.strictObject({ da: z.string().min(1), en: z.string().min(1) });
const where = z.record(id, z.array(id).min(1));
const page = z.int().positive();
const hard = z.boolean();

/**
 * What has to be true of an indicator. A hard rule follows from the report's own words or numbers;
 * a soft one from the most likely reading. Numbers are percentages or people, by the indicator's unit.
 */
const rule = z.discriminatedUnion("kind", [
  /** The share, rounded half up to a whole per cent. */
  z.strictObject({ kind: z.literal("equals_rounded"), value: z.int(), hard }),
  /** The unrounded share. */
  z.strictObject({ kind: z.literal("below"), value: z.number(), hard }),
  z.strictObject({ kind: z.literal("above"), value: z.number(), hard }),
  z.strictObject({ kind: z.literal("at_least"), value: z.number(), hard }),
  /** The unrounded share, against that of another indicator. */
  z.strictObject({ kind: z.literal("below_indicator"), indicator: id, hard }),
  /** The unrounded share from each group to the next, strictly. */
  z.strictObject({
    kind: z.enum(["rises", "falls"]),
    by: id,
    order: z.array(id).min(2),
    hard,
  }),
  /** The unrounded share among `where`, against the share among `than`. */
  z.strictObject({ kind: z.literal("greater_than"), than: where, hard }),
  /** The number of people in the base and among `where`. */
  z.strictObject({ kind: z.literal("count_equals"), value: z.int(), hard }),
  z.strictObject({ kind: z.literal("count_at_least"), value: z.int(), hard }),
  /** At least one person in the indicator's categories, and one in these. */
  z.strictObject({
    kind: z.literal("both_present"),
    categories: z.array(id).min(1),
    hard,
  }),
  /** Respondents over invited, rounded half up to a whole per cent, equals the fact. */
  z.strictObject({ kind: z.literal("response_rate"), fact: id, hard }),
  /** At least as many respondents as the fact says. */
  z.strictObject({ kind: z.literal("respondents_at_least"), fact: id, hard }),
  /** Documented only: these data cannot tell. */
  z.strictObject({ kind: z.literal("documented"), fact: id, hard }),
]);

const indicator = z.strictObject({
  id,
  /** The number on a bar, a number or statement of the text, a comparison, an interview profile, a fact of the method. */
  kind: z.enum(["label", "stated", "direction", "profile", "method"]),
  page,
  /** None where people are counted whatever they answered; two where an answer to either counts. */
  questions: z.array(id),
  /** The codebook's set that the categories make up, if they make up one. */
  set: id.nullable(),
  categories: z.array(id),
  /** Who was asked: a base of the codebook. */
  base: id,
  /** The part of the base that the figure is about. Empty: all of it. */
  where,
  /** The size of that group where the report prints it. */
  n: z.int().positive().nullable(),
  value: z.union([z.number(), z.string()]).nullable(),
  unit: z.enum(["percent", "count", "direction", "meta"]),
  rules: z.array(rule).min(1),
  /** Whether the report prints the number; otherwise it follows from printed numbers or from words. */
  printed: z.boolean(),
  precision: z.enum([
    "rounded",
    "about",
    "at_least",
    "majority",
    "fraction",
    "comparison",
    "not_stated",
  ]),
  /** How the report words it, in fragments of up to four words. */
  wording: z.array(z.string()),
  note: text.nullable(),
});

const fact = z.strictObject({
  id,
  page: page.nullable(),
  value: z.union([z.number(), z.string()]),
  unit: z.string(),
  precision: z.enum([
    "exact",
    "rounded",
    "about",
    "at_least",
    "at_most",
    "less_than",
    "counted_by_us",
  ]),
  label: text,
  note: text.nullable(),
});

const association = z.strictObject({
  id,
  page,
  x: id,
  y: id,
  /** Which way the answers to y go as x grows in what its name says. */
  direction: z.enum(["rises", "falls"]),
  base: id,
  indicators: z.array(id),
  numbers_printed: z.boolean(),
  gist: text,
});

const conclusion = z.strictObject({
  id,
  page,
  gist: text,
  indicators: z.array(id),
  supporting: z.array(id),
  claims: z.array(
    z.strictObject({ id, indicators: z.array(id), gist: text }),
  ),
});

const theme = z.strictObject({
  id,
  kind: z.enum([
    "kind_of_pressure",
    "source_of_pressure",
    "coping",
    "wellbeing_plus",
    "wellbeing_minus",
    "circumstance",
    "request_to_leaders",
  ]),
  pages: z.array(page).min(1),
  label: text,
  gist: text,
  /** Whom the report says it of. */
  who: text.nullable(),
  /** What the report says comes of it. */
  effect: text.nullable(),
});

const schema = z.strictObject({
  indicators: z.array(indicator),
  facts: z.array(fact),
  associations: z.array(association),
  main_conclusions: z.array(conclusion),
  ambiguities: z.array(z.strictObject({ id, page: page.nullable(), text })),
  pages: z.array(
    z.strictObject({ page, number_printed: z.boolean(), gist: text }),
  ),
  themes: z.array(theme),
});

/** What the report published, as data; see data/README.md. */
export type Published = z.infer<typeof schema>;
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
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) =>
    `  ${issue.path.join(".") || "(top)"}: ${issue.message}`
  );
  throw new InputError(
    `Cannot use the published figures in ${file}:\n${problems.join("\n")}\n` +
      `Correct these entries in ${file} and run again.`,
  );
}
