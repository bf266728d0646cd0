import { askedWhere, categoriesOf, type Codebook } from "./codebook.ts";
import { UNKNOWN } from "./encode_column.ts";
import { fileColumns, followUpsOf } from "./file_columns.ts";
import { InputError } from "./input_error.ts";
import { columnsToAnswer, itemOf, questionsOf } from "./kinds.ts";
import { type Problem, problem, showValue } from "./problem.ts";
import { NO_ANSWER, NOT_ASKED } from "./survey.ts";
import { deriveCodes, fitting } from "./where.ts";

/** The columns of a file that the codebook knows, encoded, and how to speak of their rows. */
export interface Columns {
  readonly respondents: number;
  /** The codes of a codebook column, to be changed; null where the file has none. */
  readonly codesOf: (id: string) => Uint8Array | null;
  /** What is wrong with its values. */
  readonly problemsOf: (id: string) => readonly Problem[];
  /** The value of a row (from 0) in it as it stands in the file. */
  readonly textOf: (id: string, row: number) => string | null;
  /** Its name in the file. */
  readonly nameOf: (id: string) => string;
  readonly lineOf: (row: number) => number | null;
}

/** The answers of a file, and what is wrong with them. */
export interface CodedAnswers {
  readonly codes: Map<string, Uint8Array>;
  readonly problems: readonly Problem[];
  /** How many are taken to have been asked, by the question that they left empty. */
  readonly inferred: Readonly<Record<string, number>>;
}

type Where = Readonly<Record<string, readonly string[]>>;

/**
 * Codes all answers, works out who was asked what, and makes the derived variables.
 *
 * Who was asked follows from the codebook's bases alone. An answer of somebody who was not asked is
 * an error, unless the codebook says that an empty answer to the question that tells it is to be taken
 * for the one that had them asked; no answer of somebody who was is a warning with its count.
 *
 * @returns Codes by question and variable (none for what the file lacks), and what is wrong.
 * @throws {InputError} If the codebook's conditions go round in a circle.
 */
export function codeAnswers(columns: Columns, codebook: Codebook): CodedAnswers {
  const { respondents, codesOf, nameOf, textOf, lineOf } = columns;
  const codes = new Map<string, Uint8Array>();
  const problems: Problem[] = [];
  const missingFor = new Map<string, string[]>();
  const underway = new Set<string>();
  const askedBy = new Map<Where, Uint8Array>();
  const inferred: Record<string, number> = {};

  function resolve(name: string): Uint8Array | null {
    const known = codes.get(name);
    if (known) return known;
    if (underway.has(name)) {
      throw new InputError(
        `Cannot use the codebook: who is asked ${name} depends on the answers to ${name} itself. ` +
          `Correct its base in data/codebook.json.`,
      );
    }
    underway.add(name);
    const made = codebook.variables[name]?.derived ? derive(name) : readColumn(name);
    underway.delete(name);
    if (made) codes.set(name, made);
    return made;
  }

  function readColumn(name: string): Uint8Array | null {
    const column = codesOf(name);
    if (!column) return null;
    problems.push(...columns.problemsOf(name));
    fillNotChosen(name, column);
    if (codebook.study.routing === "infer") inferFrom(name, column);
    applyRouting(name, column);
    return column;
  }

  /** Fills in what somebody must have answered to be asked what they did answer. */
  function inferFrom(name: string, column: Uint8Array) {
    const ids = Object.keys(categoriesOf(codebook, name) ?? {});
    const told = followUpsOf(codebook, name).flatMap(({ question, answer }) => {
      const answers = codesOf(question);
      return answers ? [{ answers, code: ids.indexOf(answer) + 1 }] : [];
    });
    if (told.length === 0) return;
    let count = 0;
    for (let row = 0; row < column.length; row++) {
      if (column[row] !== NO_ANSWER) continue;
      const codes = told.flatMap(({ answers, code }) => answers[row] === NO_ANSWER ? [] : [code]);
      // Answers that only different people were asked for are told as errors.
      if (codes.length === 0 || codes.some((code) => code !== codes[0])) continue;
      column[row] = codes[0]!;
      count++;
    }
    if (count > 0) inferred[name] = count;
  }

  /** Of several answers with a column each, what is empty beside one that is not was not chosen. */
  function fillNotChosen(name: string, column: Uint8Array) {
    const item = itemOf(name);
    if (item === null) return;
    const others = questionsOf(codebook, item.of).flatMap((other) => codesOf(other) ?? []);
    const notChosen = Object.keys(categoriesOf(codebook, name)!).indexOf("not_chosen") + 1;
    for (let row = 0; row < column.length; row++) {
      const isAnswered = column[row] === NO_ANSWER &&
        others.some((codes) => codes[row] !== NO_ANSWER && codes[row] !== NOT_ASKED);
      if (isAnswered) column[row] = notChosen;
    }
  }

  function applyRouting(name: string, column: Uint8Array) {
    const where = askedWhere(codebook, name);
    const asked = askedIn(where, name);
    if (asked === null) return;
    let [wrong, firstWrong, empty, firstEmpty] = [0, -1, 0, -1];
    let people = 0;
    if (asked === "everybody") {
      people = column.length;
      firstEmpty = column.indexOf(NO_ANSWER);
      if (firstEmpty >= 0) {
        for (let row = 0; row < column.length; row++) empty += column[row] === NO_ANSWER ? 1 : 0;
      }
    } else {
      for (let row = 0; row < column.length; row++) {
        const isAnswer = column[row] !== NO_ANSWER;
        if (asked[row] === ASKED) {
          people++;
          if (!isAnswer && empty++ === 0) firstEmpty = row;
        } else if (asked[row] === NO) {
          if (isAnswer && wrong++ === 0) firstWrong = row;
          column[row] = NOT_ASKED;
        }
      }
    }
    const at = (row: number, count: number) => ({
      ...{ row: row + 1, line: lineOf(row), column: nameOf(name), count },
    });
    // Of several answers one tells it for all.
    const { of = name } = itemOf(name) ?? {};
    if (name !== questionsOf(codebook, of)[0]) return;
    if (wrong > 0) {
      problems.push(problem(
        "answered_not_asked",
        `empty, since only those are asked with ${conditionOf(where, firstWrong)}`,
        { ...at(firstWrong, wrong), value: textOf(name, firstWrong) ?? "" },
      ));
    }
    if (empty > 0) {
      problems.push(
        empty === people
          ? problem("nobody_answered", `answers of ${empty} people`, { column: nameOf(name) })
          : problem("no_answer", `${empty} of ${people} who were asked`, at(firstEmpty, empty)),
      );
    }
  }

  function conditionOf(where: Where, row: number): string {
    return Object.entries(where).map(([variable, among]) => {
      const labels = among.map((id) => categoriesOf(codebook, variable)?.[id]?.da ?? id);
      const here = codesOf(variable) ? ` (here: "${showValue(textOf(variable, row) ?? "")}")` : "";
      return `${nameOf(variable)} = ${labels.join(" or ")}${here}`;
    }).join(" and ");
  }

  /** Whether each respondent was asked; null where a column to tell it by is missing. */
  function askedIn(where: Where, name: string): Uint8Array | "everybody" | null {
    const conditions: { column: Uint8Array; fits: Uint8Array }[] = [];
    for (const [variable, among] of Object.entries(where)) {
      const column = resolve(variable);
      if (!column) {
        missingFor.set(variable, [...(missingFor.get(variable) ?? []), name]);
        return null;
      }
      conditions.push({ column, fits: fitting(codebook, variable, among) });
    }
    if (conditions.length === 0) return "everybody";
    // Questions with the same base share what was worked out.
    const known = askedBy.get(where);
    if (known) return known;
    const asked = new Uint8Array(respondents).fill(ASKED);
    for (const { column, fits } of conditions) {
      const states = fits.map((fit, code) => fit ? ASKED : code === UNKNOWN ? CANNOT_TELL : NO);
      for (let row = 0; row < respondents; row++) {
        if (asked[row] === ASKED) asked[row] = states[column[row]!]!;
      }
    }
    askedBy.set(where, asked);
    return asked;
  }

  function derive(name: string): Uint8Array | null {
    const categories = Object.values(codebook.variables[name]?.categories ?? {});
    const sources = new Map<string, Uint8Array>();
    for (const { where = {} } of categories) {
      for (const variable of Object.keys(where)) {
        const column = resolve(variable);
        if (!column) return null;
        sources.set(variable, column);
      }
    }
    return deriveCodes(
      respondents,
      [...sources].map(([variable, column]) => ({
        column,
        // What is no part of a category's condition keeps nobody from it.
        fits: categories.map(({ where = {} }) =>
          where[variable] ? fitting(codebook, variable, where[variable]) : null
        ),
      })),
      categories.length,
    );
  }

  const derived = Object.keys(codebook.variables)
    .filter((name) => codebook.variables[name]?.derived);
  for (const name of [...fileColumns(codebook), ...derived]) resolve(name);
  for (const [variable, questions] of missingFor) {
    problems.push(
      problem("missing_routing", `needed to tell who was asked ${questions.join(", ")}`, {
        column: variable,
      }),
    );
  }
  return { codes, problems, inferred };
}

/**
 * The rows (from 0) of people who stopped too early to count, by the codebook's rule; none where it has
 * none.
 *
 * @param codes Codes by question and variable, with who was asked what.
 */
export function incompleteRows(
  codes: ReadonlyMap<string, Uint8Array>,
  codebook: Codebook,
  respondents: number,
): Set<number> {
  const rows = new Set<number>();
  const { counts_if } = codebook.respondent;
  if (counts_if === undefined) return rows;
  const { answered = 0, questions: needed = [] } = counts_if;
  const columnsOf = (names: readonly string[]) => names.flatMap((name) => codes.get(name) ?? []);
  const all = columnsOf(columnsToAnswer(codebook));
  const own = columnsOf(needed.flatMap((name) => questionsOf(codebook, name).slice(0, 1)));
  for (let row = 0; row < respondents; row++) {
    const asked = all.filter((column) => column[row] !== NOT_ASKED);
    const given = asked.filter((column) => column[row] !== NO_ANSWER).length;
    const isThere = own.every((column) => column[row] !== NO_ANSWER);
    if (!isThere || given < answered * asked.length) rows.add(row);
  }
  return rows;
}

const NO = 0, ASKED = 1, CANNOT_TELL = 2;
