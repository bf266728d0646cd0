import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { NO_ANSWER_ID, NOT_ASKED_ID } from "../responses/counted_answers.ts";
import { EMPTY, normaliseValue } from "../responses/normalise.ts";
import { MADE_UP } from "../responses/read_counts.ts";

/** A name as SQL has it. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL has it. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Where the answers are, and how its values are to be read. */
export interface AnswersSource {
  readonly codebook: Codebook;
  /** Questions and variables that were part of the wave, derived ones included. */
  readonly names: readonly string[];
  /** A table, or whatever else can follow FROM. */
  readonly from: string;
  /** The answer to a question or variable that has a column: an id of the codebook, NULL for none. */
  readonly valueOf: (name: string) => string;
  /** A number per respondent. */
  readonly weight: string;
  /** One of {@link MADE_UP}. */
  readonly madeUp: string;
  /** How an answer is written in SQL; by default as the text of its id. */
  readonly literal?: (name: string, answer: string) => string;
}

/**
 * The SQL that makes the relation `answers` of a table with a row per respondent: who was asked what
 * follows from the codebook, and so do the derived variables.
 *
 * @returns Common table expressions, the last one being `answers`; to follow `WITH`.
 */
export function answersSql(source: AnswersSource): string {
  const { codebook, names, from, valueOf, weight, madeUp } = source;
  const { literal = (_: string, answer: string) => sqlText(answer) } = source;
  const levels = names.map((name) => levelOf(codebook, name));
  const steps = Math.max(0, ...levels) + 1;
  const isFile = (name: string) => !codebook.variables[name]?.derived;
  const parts = [selectSql("step_0", from, [
    `${weight} AS weight`,
    `${madeUp} AS made_up`,
    ...names.filter(isFile).map((name) => `${valueOf(name)} AS ${sqlName(name)}`),
  ])];
  for (let step = 1; step <= steps; step++) {
    const columns = names.flatMap((name, i) => {
      const level = levels[i]! + 1;
      if (level > step && !isFile(name)) return [];
      return [
        level === step
          ? `${routedSql(codebook, name, literal)} AS ${sqlName(name)}`
          : sqlName(name),
      ];
    });
    parts.push(selectSql(step === steps ? "answers" : `step_${step}`, `step_${step - 1}`, [
      "weight",
      "made_up",
      ...columns,
    ]));
  }
  return parts.join(",\n");
}

function selectSql(name: string, from: string, columns: readonly string[]): string {
  return `${name} AS (\n  SELECT\n    ${columns.join(",\n    ")}\n  FROM ${from}\n)`;
}

/** What an answer depends on: what a variable is made of, or what tells who was asked. */
function conditionsOf(codebook: Codebook, name: string): Readonly<Record<string, string[]>>[] {
  const variable = codebook.variables[name];
  if (variable?.derived) {
    return Object.values(variable.categories).map(({ where }) => where ?? {});
  }
  const base = (codebook.questions[name] ?? variable)?.base ?? "";
  return [codebook.bases[base]?.where ?? {}];
}

/** How many steps after the others an answer can be told. */
function levelOf(codebook: Codebook, name: string): number {
  const sources = conditionsOf(codebook, name).flatMap((where) => Object.keys(where));
  return Math.max(-1, ...sources.map((source) => levelOf(codebook, source))) + 1;
}

function routedSql(
  codebook: Codebook,
  name: string,
  literal: (name: string, answer: string) => string,
): string {
  const conditions = conditionsOf(codebook, name);
  const among = (where: Readonly<Record<string, string[]>>) =>
    Object.entries(where).map(([source, of]) =>
      `${sqlName(source)} IN (${of.map((answer) => literal(source, answer)).join(", ")})`
    ).join(" AND ");
  if (codebook.variables[name]?.derived) {
    const sources = [...new Set(conditions.flatMap((where) => Object.keys(where)))];
    const groups = Object.keys(codebook.variables[name]?.categories ?? {});
    const notAsked = sources.map((source) =>
      `${sqlName(source)} = ${literal(source, NOT_ASKED_ID)}`
    );
    return [
      `CASE WHEN ${notAsked.join(" OR ")} THEN ${literal(name, NOT_ASKED_ID)}`,
      ...groups.map((group, i) =>
        `WHEN ${among(conditions[i] ?? {})} THEN ${literal(name, group)}`
      ),
      `ELSE ${literal(name, NO_ANSWER_ID)} END`,
    ].join(" ");
  }
  const condition = among(conditions[0] ?? {});
  const answered = `COALESCE(${sqlName(name)}, ${literal(name, NO_ANSWER_ID)})`;
  // An answer of somebody who was not asked stays: whoever reads the counts is told.
  return condition === ""
    ? answered
    : `CASE WHEN ${condition} THEN ${answered} ELSE COALESCE(${sqlName(name)}, ` +
      `${literal(name, NOT_ASKED_ID)}) END`;
}

/**
 * The id that a value stands for: an id, a label of either language or an alias. A value that is none
 * of these goes through as it stands, and is refused where the counts are read.
 *
 * @param column The column, as SQL has it.
 */
export function valueSql(codebook: Codebook, name: string, column: string): string {
  const known = new Map<string, string>();
  const entries = Object.entries(categoriesOf(codebook, name) ?? {});
  for (const [id, { da, en }] of entries) {
    for (const text of [da, en, id]) known.set(normaliseValue(text), id);
  }
  for (const [id, { aliases }] of entries) {
    for (const text of aliases) {
      if (!known.has(normaliseValue(text))) known.set(normaliseValue(text), id);
    }
  }
  const value = `LOWER(TRIM(CAST(${column} AS VARCHAR(1000))))`;
  const texts = (id: string) =>
    [...known].filter(([, of]) => of === id).map(([text]) => sqlText(text)).join(", ");
  return [
    "CASE",
    ...entries.map(([id]) => `WHEN ${value} IN (${texts(id)}) THEN ${sqlText(id)}`),
    `WHEN ${value} IN (${[...EMPTY].map(sqlText).join(", ")}) THEN NULL`,
    `ELSE ${value} END`,
  ].join(" ");
}

/** Whether a respondent is made up, by their id. */
export function madeUpSql(codebook: Codebook, column: string): string {
  const { synthetic_prefix } = codebook.respondent;
  return `CASE WHEN CAST(${column} AS VARCHAR(1000)) LIKE ${
    sqlText(`${synthetic_prefix}%`)
  } THEN ` +
    `${sqlText(MADE_UP.yes)} ELSE ${sqlText(MADE_UP.no)} END`;
}
