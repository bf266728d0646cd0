import * as v from "valibot";
import { InputError } from "./input_error.ts";
import { readStrictly } from "./schema/read_strictly.ts";
import { record } from "./schema/record.ts";
import { strictObject } from "./schema/strict_object.ts";
import { confidence, day, filled, id, integerFrom, list, text, where } from "./schema/values.ts";

/** A possible answer: its labels, and what else stands for it in a file. */
const category = strictObject({
  ...text.entries,
  aliases: v.optional(list(v.string()), []),
});

const scale = strictObject({
  /** What the scale measures, in a word. */
  title: text,
  /** The possible answers in the order in which they are shown, "don't know" last. */
  categories: record(
    id,
    category,
  ),
  /** The category that means "don't know". It stays in the base. */
  dont_know: v.nullable(id),
  colours: v.picklist(["sequential", "diverging"]),
  /** Categories that are read together. */
  sets: record(
    id,
    strictObject({ label: text, categories: list(id, 1) }),
  ),
  /** The set that a headline about a question on this scale speaks of. */
  main_set: id,
});

const base = strictObject({
  /** Who was asked, fit to follow "Base:". */
  label: text,
  /** The same people as the subject of a sentence. */
  who: text,
  /** Asked are those whose answers are among these, for every variable named. Empty: everyone. */
  where,
});

const variable = strictObject({
  label: text,
  /** Who was asked. */
  base: id,
  /** Whether breakdowns "by background" show it. */
  background: v.boolean(),
  /** Made from other variables and questions (each category has a `where`), so not a column. */
  derived: v.boolean(),
  aliases: list(v.string()),
  categories: record(
    id,
    strictObject({
      ...category.entries,
      /** The people who gave it, fit to stand in brackets or behind others: "women", "aged 55 or more". */
      who: v.optional(text),
      where: v.optional(where),
    }),
  ),
});

const question = strictObject({
  /** Short: the name of a bar. */
  label: text,
  /** The question as it is put, in our wording. */
  text,
  scale: id,
  base: id,
  /** Page of the published report. */
  page: v.optional(integerFrom(1)),
  aliases: list(v.string()),
});

const schema = strictObject({
  study: strictObject({
    title: text,
    subtitle: text,
    population: text,
    /** Number of people invited; the population of the finite population correction. */
    invited: integerFrom(1),
    /**
     * The variable by whose categories people were drawn apart from each other, and how many were
     * invited in each: intervals and tests then follow the stratified sample.
     */
    strata: v.optional(
      strictObject({ variable: id, invited: v.optional(record(id, integerFrom(1))) }),
    ),
    fieldwork: strictObject({ from: day, to: day }),
    reminders: integerFrom(0),
    /** Confidence of every interval; tests are made at the level 1 − confidence. */
    confidence: v.optional(confidence, 0.95),
    interviews: strictObject({
      count: integerFrom(1),
      minutes: integerFrom(1),
    }),
  }),
  disclosure: strictObject({
    /** The smallest unweighted base over which anything is shown. */
    least_base: integerFrom(1),
    /**
     * An answer that fewer people gave is shown by groups only added up with others; `least_base`
     * by default.
     */
    least_answer: v.optional(integerFrom(1)),
    /**
     * How many people of a group must have answered otherwise than most of it; 2 by default, so that
     * not even the only one who did can tell what all the others answered.
     */
    least_others: v.optional(integerFrom(0)),
  }),
  respondent: strictObject({
    /** The column that tells respondents apart; a file may leave it out. */
    column: id,
    aliases: list(v.string()),
    /** Every id of a synthetic respondent begins with this, so that a copied file still says so. */
    synthetic_prefix: filled,
  }),
  /** The column of weights; a file may leave it out, and it is used only where that is asked for. */
  weight: v.optional(strictObject({ column: id, aliases: list(v.string()) })),
  bases: record(id, base),
  variables: record(id, variable),
  scales: record(id, scale),
  questions: record(id, question),
});

/** What was asked, of whom, and how it may be answered and shown; see data/codebook.json. */
export type Codebook = v.InferOutput<typeof schema>;
export type Question = Codebook["questions"][string];
export type Scale = Codebook["scales"][string];
export type Variable = Codebook["variables"][string];
export type Base = Codebook["bases"][string];

/**
 * Reads a codebook strictly: shape first, then that every name it refers to exists.
 *
 * @param value The parsed JSON.
 * @param file The file's name, for the messages.
 * @throws {InputError} Naming the file and every place that is wrong.
 */
export function parseCodebook(value: unknown, file: string): Codebook {
  const read = readStrictly(schema, value);
  const problems = read.problems ?? brokenReferences(read.value);
  if (read.value && problems.length === 0) return read.value;
  throw new InputError(
    `Cannot use the codebook ${file}:\n` +
      problems.map((problem) => `  ${problem}`).join("\n") +
      `\nCorrect these entries in ${file} and run again.`,
  );
}

function brokenReferences(codebook: Codebook): string[] {
  const problems: string[] = [];
  const need = (at: string, kind: string, name: string, names: object) => {
    if (!Object.hasOwn(names, name)) {
      problems.push(
        `${at}: no ${kind} "${name}" (there is: ${Object.keys(names).join(", ")})`,
      );
    }
  };
  const needWhere = (at: string, where: Record<string, string[]>) => {
    for (const [name, categories] of Object.entries(where)) {
      const answers = categoriesOf(codebook, name);
      if (answers === undefined) {
        problems.push(`${at}: no question or variable "${name}"`);
      } else {for (const category of categories) {
          need(`${at}.${name}`, "category", category, answers);
        }}
    }
  };
  const { strata } = codebook.study;
  if (strata) {
    need("study.strata.variable", "variable", strata.variable, codebook.variables);
    const categories = codebook.variables[strata.variable]?.categories ?? {};
    for (const category of Object.keys(strata.invited ?? {})) {
      need("study.strata.invited", "category", category, categories);
    }
  }
  for (const [name, { where }] of Object.entries(codebook.bases)) {
    needWhere(`bases.${name}.where`, where);
  }
  for (const [name, scale] of Object.entries(codebook.scales)) {
    const at = `scales.${name}`;
    need(`${at}.main_set`, "set", scale.main_set, scale.sets);
    if (scale.dont_know !== null) {
      need(`${at}.dont_know`, "category", scale.dont_know, scale.categories);
    }
    for (const [set, { categories }] of Object.entries(scale.sets)) {
      for (const category of categories) {
        need(`${at}.sets.${set}`, "category", category, scale.categories);
      }
    }
  }
  for (const [name, variable] of Object.entries(codebook.variables)) {
    const at = `variables.${name}`;
    need(`${at}.base`, "base", variable.base, codebook.bases);
    for (const [category, { where }] of Object.entries(variable.categories)) {
      if (variable.derived !== (where !== undefined)) {
        problems.push(
          `${at}.categories.${category}: a derived variable has a "where" in every category, ` +
            `any other variable in none`,
        );
      }
      if (where) needWhere(`${at}.categories.${category}.where`, where);
    }
    if (Object.hasOwn(codebook.questions, name)) {
      problems.push(`${at}: a question has the same name`);
    }
  }
  for (const [name, question] of Object.entries(codebook.questions)) {
    need(`questions.${name}.scale`, "scale", question.scale, codebook.scales);
    need(`questions.${name}.base`, "base", question.base, codebook.bases);
  }
  return problems;
}

/** The categories of a question or a variable by id, or undefined where there is no such name. */
export function categoriesOf(
  codebook: Codebook,
  name: string,
): Record<string, { da: string; en: string; aliases: string[] }> | undefined {
  const question = codebook.questions[name];
  if (question) return codebook.scales[question.scale]?.categories;
  return codebook.variables[name]?.categories;
}
