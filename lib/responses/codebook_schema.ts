import * as s from "./schema.ts";

/*
 * What data/codebook.json may hold, field by field: the one place that reads it strictly and that
 * explains it to whoever writes it (`data/codebook.schema.json`, which the editor uses, is made of it).
 */

const aliases = s.about(
  "What else it is called in a file.",
  s.withDefault(s.list(s.string), () => []),
);

/** A possible answer: its labels, and what else stands for it in a file. */
const category = s.object({ ...s.text.entries, aliases });

/** How the waves can be compared of something that was another in one of them. */
export const COMPARE = ["yes", "notice", "no"] as const;

/** Entries of something that may have been another in other waves. */
function withWaves<const E extends s.Entries>(entries: E) {
  const other = s.object({
    ...s.partial(entries),
    compare: s.about(
      "Whether its shares are compared all the same: by default with a notice where it was asked or answered in other words, or by others.",
      s.optional(s.among(...COMPARE)),
    ),
  });
  return s.object({
    ...entries,
    waves: s.about(
      "By the name of another wave, what was different in it; null: it was not asked.",
      s.optional(s.record(s.filled, s.nullable(other))),
    ),
  });
}

const noAnswer = s.about(
  'Values that are no answer, though they are given as one, such as "do not wish to answer".',
  s.optional(s.list(category)),
);

const scale = withWaves({
  title: s.about("What the scale measures, in a word.", s.text),
  categories: s.about(
    `The possible answers in the order in which they are shown, "don't know" last.`,
    s.record(s.id, category),
  ),
  dont_know: s.about(
    `The category that means "don't know". It stays in the base.`,
    s.nullable(s.id),
  ),
  no_answer: noAnswer,
  colours: s.among("sequential", "diverging"),
  sets: s.about(
    "Categories that are read together.",
    s.record(s.id, s.object({ label: s.text, categories: s.list(s.id, 1) })),
  ),
  main_set: s.about("The set that a headline about a question on this scale speaks of.", s.id),
});

/** How the people of a base are counted in a sentence: "hvert tredje medlem, der …". */
const noun = s.object({
  every: s.about('The word for each of them: "hver" or "hvert".', s.filled),
  one: s.filled,
  many: s.filled,
  the: s.about('All of them, definite: "medlemmerne".', s.filled),
  clause: s.about("Which of them, with the comma or space before it; empty: all.", s.string),
});

const base = s.object({
  label: s.about('Who was asked, fit to follow "Base:".', s.text),
  who: s.about("The same people as the subject of a sentence.", s.text),
  noun: s.optional(s.object({ da: noun, en: noun })),
  group: s.about(
    "The part of the base that a report is about, where it is about one; not for the file.",
    s.optional(s.text),
  ),
  where: s.about(
    "Asked are those whose answers are among these, for every variable named. Empty: everyone.",
    s.where,
  ),
});

const variable = withWaves({
  label: s.text,
  base: s.about("Who was asked.", s.id),
  background: s.about('Whether breakdowns "by background" show it.', s.boolean),
  derived: s.about(
    "Made from other variables and questions (each category has a `where`), so not a column.",
    s.boolean,
  ),
  aliases,
  no_answer: noAnswer,
  categories: s.record(
    s.id,
    s.object({
      ...category.entries,
      who: s.about(
        'The people who gave it, fit to stand in brackets or behind others: "women", "aged 55 or more".',
        s.optional(s.text),
      ),
      where: s.optional(s.where),
    }),
  ),
});

const question = withWaves({
  label: s.about("Short: the name of a bar.", s.text),
  text: s.about("The question in short, in our wording.", s.text),
  asked: s.about(
    "The question as it stands on the questionnaire, for whoever owns that to fill in.",
    s.optional(s.text),
  ),
  kind: s.about(
    'What an answer is: one of a scale ("single", the default), "several" of it, a "number", or text in people\'s own words ("open"), which is never shown.',
    s.optional(s.among("single", "several", "number", "open")),
  ),
  scale: s.about("The scale of a single answer or of several.", s.optional(s.id)),
  separator: s.about(
    "Of several answers in one cell, what stands between them, if not a semicolon, bar or comma.",
    s.optional(s.filled),
  ),
  min: s.about("The least number that can be answered.", s.optional(s.number)),
  max: s.about("The greatest number that can be answered.", s.optional(s.number)),
  decimals: s.about("How many decimals numbers have; 0 by default.", s.optional(s.integerFrom(0))),
  unit: s.about('What is counted, fit to follow a number: "hours".', s.optional(s.text)),
  bands: s.about(
    "What numbers are counted in, upwards; by default each whole number, or five of one width.",
    s.optional(s.record(s.id, s.object({ ...category.entries, from: s.number, to: s.number }))),
  ),
  sets: s.about(
    "Numbers that are read together, of whole bands, such as 9 to 10.",
    s.optional(s.record(s.id, s.object({ label: s.text, from: s.number, to: s.number }))),
  ),
  main_set: s.about("The set of numbers that a headline speaks of.", s.optional(s.id)),
  no_answer: noAnswer,
  dont_know: s.about('The answer "don\'t know" to a question of numbers.', s.optional(category)),
  net: s.about(
    "Two sets of numbers whose shares are taken from each other, as promoters and detractors (eNPS).",
    s.optional(s.object({ plus: s.id, minus: s.id })),
  ),
  base: s.id,
  page: s.about("Page of the published report.", s.optional(s.integerFrom(1))),
  aliases,
});

const score = s.object({
  label: s.about("Short: the name of a bar.", s.text),
  text: s.about("What it says of somebody.", s.optional(s.text)),
  items: s.about(
    "Its questions, each with the end of its scale that stands for 100: the first answer or the last. Answers between are at equal distances.",
    s.record(s.id, s.among("first", "last")),
  ),
  least_items: s.about(
    'How many of them somebody has to have answered, "don\'t know" being no answer; half by default. Their mean is the score.',
    s.optional(s.integerFrom(1)),
  ),
  page: s.about("Page of the published report.", s.optional(s.integerFrom(1))),
});

/** What data/codebook.json holds. */
export const codebookFile = s.object({
  study: s.object({
    title: s.text,
    subtitle: s.text,
    population: s.text,
    invited: s.about(
      "Number of people invited; the population of the finite population correction.",
      s.integerFrom(1),
    ),
    wave: s.about(
      'What this wave is called where it is compared with another, such as "2025".',
      s.optional(s.filled),
    ),
    earlier: s.about(
      "The wave that `--baseline` reads: what it is called, and how many were invited to it.",
      s.optional(s.object({ wave: s.filled, invited: s.optional(s.integerFrom(1)) })),
    ),
    older_waves: s.about(
      "Still earlier waves that questions, scales and variables say something of.",
      s.optional(s.list(s.filled)),
    ),
    routing: s.about(
      '"infer": who left a question empty that tells who is asked something, and answered that, is taken to have been asked. Otherwise such a file is refused.',
      s.optional(s.among("infer")),
    ),
    client: s.about("For whom the study was made, and by whom.", s.optional(s.filled)),
    conducted_by: s.optional(s.filled),
    strata: s.about(
      "The variable by whose categories people were drawn apart from each other, and how many were invited in each: intervals and tests then follow the stratified sample.",
      s.optional(
        s.object({ variable: s.id, invited: s.optional(s.record(s.id, s.integerFrom(1))) }),
      ),
    ),
    fieldwork: s.object({ from: s.day, to: s.day }),
    reminders: s.integerFrom(0),
    confidence: s.about(
      "Confidence of every interval; tests are made at the level 1 − confidence.",
      s.withDefault(
        s.numberThat([
          "a confidence above 0.5 and below 1, such as 0.95",
          (value) => value > 0.5 && value < 1,
        ]),
        () => 0.95,
      ),
    ),
    protection: s.about(
      "What stands where an exact number would tell of a few people: a rounded one (standard) or none (strict); see data/README.md.",
      s.withDefault(s.among("standard", "strict"), () => "standard" as const),
    ),
    interviews: s.about(
      "Left out where nobody was interviewed.",
      s.withDefault(
        s.object({ count: s.integerFrom(1), minutes: s.integerFrom(1) }),
        () => ({ count: 0, minutes: 0 }),
      ),
    ),
  }),
  disclosure: s.object({
    least_base: s.about(
      "The smallest unweighted base over which anything is shown.",
      s.integerFrom(1),
    ),
    least_answer: s.about(
      "An answer that fewer people gave is shown by groups only added up; `least_base` by default.",
      s.optional(s.integerFrom(1)),
    ),
    least_others: s.about(
      "How many people of a group must have answered otherwise than most of it; 2 by default, so that not even the only one who did can tell what all the others answered.",
      s.optional(s.integerFrom(0)),
    ),
  }),
  respondent: s.object({
    column: s.about("The column that tells respondents apart; a file may leave it out.", s.id),
    aliases: s.list(s.string),
    persons: s.about(
      "Whether the same id is the same person in every wave, though the ids are running numbers.",
      s.optional(s.boolean),
    ),
    synthetic_prefix: s.about(
      "Every id of a synthetic respondent begins with this, so that a copied file still says so.",
      s.filled,
    ),
    counts_if: s.about(
      "Who of those in a file counts as a respondent: who answered at least this share of the questions that they were asked, and all of these. Everybody where it is left out.",
      s.optional(
        s.object({ answered: s.optional(s.share), questions: s.optional(s.list(s.id)) }),
      ),
    ),
  }),
  weight: s.about(
    "The column of weights; a file may leave it out, and it is used only where that is asked for.",
    s.optional(s.object({ column: s.id, aliases: s.list(s.string) })),
  ),
  bases: s.record(s.id, base),
  variables: s.record(s.id, variable),
  scales: s.record(s.id, scale),
  questions: s.record(s.id, question),
  scores: s.about(
    "Numbers from 0 to 100 that are made of several questions.",
    s.optional(s.record(s.id, score)),
  ),
  $schema: s.about("Where the editor finds what may stand here.", s.optional(s.string)),
});

/** data/codebook.json as JSON Schema: what an editor completes, explains and checks. */
export const codebookSchema = (): s.JsonSchema => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  ...codebookFile.json,
});

/** A codebook as it is written. */
export type Written = s.Read<typeof codebookFile>;
export type Scale = Written["scales"][string];
export type Variable = Written["variables"][string];
export type Base = Written["bases"][string];
