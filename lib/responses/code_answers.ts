import { categoriesOf, type Codebook } from "./codebook.ts";
import { InputError } from "./input_error.ts";
import { deriveCodes } from "./derive_codes.ts";
import { UNKNOWN } from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { type Problem, problem } from "./problem.ts";
import { showValue } from "./show_value.ts";
import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/** The columns of a file that the codebook knows, as they were read. */
export interface ReadAnswers {
  readonly respondents: number;
  /** The codes of a codebook column, to be changed; null where the file has none. */
  readonly codesOf: (id: string) => Uint8Array | null;
}

/** How to speak of the columns of a file, and of their rows. */
export interface Columns {
  readonly respondents: number;
  /** What is wrong with the values of a codebook column that the file has. */
  readonly problemsOf: (id: string) => readonly Problem[];
  /** The value of a row (from 0) in a codebook column as it stands in the file. */
  readonly textOf: (id: string, row: number) => string | null;
  /** Its name in the file. */
  readonly nameOf: (id: string) => string;
  readonly lineOf: (row: number) => number | null;
}

/** What came of coding the answers of a file. */
export interface CodedAnswers {
  readonly codes: Map<string, Uint8Array>;
  /** What is wrong. */
  readonly problemsIn: (columns: Columns) => Problem[];
}

type Where = Readonly<Record<string, readonly string[]>>;

/**
 * Codes all answers, works out who was asked what, and makes the derived variables.
 *
 * Who was asked follows from the codebook's bases alone. An answer of somebody who was not asked is
 * an error; no answer of somebody who was is a warning with its count.
 *
 * @returns Codes by question and variable (none for what the file lacks), and what tells what is wrong:
 *   answers may be coded before everything of a file is known that it takes to speak of them.
 * @throws {InputError} If the codebook's conditions go round in a circle.
 */
export function codeAnswers(
  { respondents, codesOf }: ReadAnswers,
  codebook: Codebook,
): CodedAnswers {
  const codes = new Map<string, Uint8Array>();
  const told: ((columns: Columns) => readonly Problem[])[] = [];
  const missingFor = new Map<string, string[]>();
  const underway = new Set<string>();
  const askedBy = new Map<Where, Uint8Array>();

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
    told.push((columns) => columns.problemsOf(name));
    applyRouting(name, column);
    return column;
  }

  function applyRouting(name: string, column: Uint8Array) {
    const where = baseOf(codebook, name);
    const asked = askedIn(where, name);
    if (asked === null) return;
    // Most columns have an answer of everybody; to find none is quicker than to count them.
    if (asked === "everybody" && !column.includes(NO_ANSWER)) return;
    const { wrong, idle, empty, answered } = asked === "everybody"
      ? countedAlone(column)
      : counted(asked, column);
    const isIn = (i: number, state: number) => (asked === "everybody" ? ASKED : asked[i]) === state;
    const first = wrong === 0
      ? -1
      : column.findIndex((code, i) => isIn(i, NO) && code !== NO_ANSWER);
    const firstEmpty = empty === 0
      ? -1
      : column.findIndex((code, i) => code === NO_ANSWER && isIn(i, ASKED));
    if (asked !== "everybody" && wrong + idle > 0) markNotAsked(column, asked);
    const at = ({ lineOf, nameOf }: Columns, row: number, count: number) => ({
      row: row + 1,
      line: lineOf(row),
      column: nameOf(name),
      count,
    });
    if (wrong > 0) {
      told.push((columns) => [problem(
        "answered_not_asked",
        `empty, since only those are asked with ${conditionOf(where, columns, first)}`,
        { ...at(columns, first, wrong), value: columns.textOf(name, first) ?? "" },
      )]);
    }
    if (empty > 0) {
      told.push((columns) => [
        answered === 0
          ? problem("nobody_answered", `answers of ${empty} people`, {
            column: columns.nameOf(name),
          })
          : problem(
            "no_answer",
            `${empty} of ${empty + answered} who were asked`,
            at(columns, firstEmpty, empty),
          ),
      ]);
    }
  }

  function conditionOf(where: Where, columns: Columns, row: number): string {
    return Object.entries(where).map(([variable, among]) => {
      const labels = among.map((id) => categoriesOf(codebook, variable)?.[id]?.da ?? id);
      const here = codesOf(variable)
        ? ` (here: "${showValue(columns.textOf(variable, row) ?? "")}")`
        : "";
      return `${columns.nameOf(variable)} = ${labels.join(" or ")}${here}`;
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
      conditions.push({ column, fits: fitting(variable, among, codebook) });
    }
    if (conditions.length === 0) return "everybody";
    // Questions with the same base share what was worked out.
    const known = askedBy.get(where);
    if (known) return known;
    const asked = new Uint8Array(respondents).fill(ASKED);
    for (const { column, fits } of conditions) {
      narrow(
        asked,
        column,
        fits.map((fit, code) => fit ? ASKED : code === UNKNOWN ? CANNOT_TELL : NO),
      );
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
          where[variable] ? fitting(variable, where[variable], codebook) : null
        ),
      })),
      categories.length,
    );
  }

  const derived = Object.keys(codebook.variables)
    .filter((name) => codebook.variables[name]?.derived);
  for (const name of [...fileColumns(codebook), ...derived]) resolve(name);
  for (const [variable, questions] of missingFor) {
    told.push(() => [
      problem("missing_routing", `needed to tell who was asked ${questions.join(", ")}`, {
        column: variable,
      }),
    ]);
  }
  return { codes, problemsIn: (columns) => told.flatMap((tell) => tell(columns)) };
}

const NO = 0, ASKED = 1, CANNOT_TELL = 2;
const STATES = 3 * 256;
/** How many of those who were not asked and who were have answered or not. */
function counted(asked: Uint8Array, column: Uint8Array) {
  const counts = crossed(asked, column);
  const countOf = (state: number, isEmpty: boolean) =>
    counts.subarray(256 * state, 256 * (state + 1))
      .reduce((sum, n, code) => (code === NO_ANSWER) === isEmpty ? sum + n : sum, 0);
  return {
    wrong: countOf(NO, false),
    idle: countOf(NO, true),
    empty: countOf(ASKED, true),
    answered: countOf(ASKED, false),
  };
}

/** The same where everybody was asked. */
function countedAlone(column: Uint8Array) {
  let empty = 0;
  for (let i = 0; i < column.length; i++) empty += column[i] === NO_ANSWER ? 1 : 0;
  return { wrong: 0, idle: 0, empty, answered: column.length - empty };
}

/** How many people there are with each state and code: at 256 times the state, plus the code. */
function crossed(asked: Uint8Array, column: Uint8Array): Uint32Array {
  // Neighbours are counted apart: a number that was just raised is slow to be raised again.
  const counts = new Uint32Array(2 * STATES);
  for (let i = 0; i < column.length; i++) {
    counts[(i & 1) * STATES + ((asked[i]! << 8) | column[i]!)]!++;
  }
  return counts.subarray(0, STATES).map((n, at) => n + counts[STATES + at]!);
}

/** Who was asked so far is asked on only as a column's codes say. */
function narrow(asked: Uint8Array, column: Uint8Array, states: Uint8Array): void {
  // What a processor cannot foresee is looked up rather than asked.
  const table = new Uint8Array(STATES);
  for (let state = 0; state < 3; state++) {
    table.set(state === ASKED ? states : new Uint8Array(256).fill(state), 256 * state);
  }
  for (let i = 0; i < column.length; i++) asked[i] = table[(asked[i]! << 8) | column[i]!]!;
}

function markNotAsked(column: Uint8Array, asked: Uint8Array): void {
  const marks = Uint8Array.of(0, 0, 0);
  marks[NO] = NOT_ASKED;
  // All of its bits are set.
  for (let i = 0; i < column.length; i++) column[i]! |= marks[asked[i]!]!;
}

function baseOf(codebook: Codebook, name: string): Where {
  const base = codebook.questions[name]?.base ?? codebook.variables[name]?.base;
  return codebook.bases[base ?? ""]?.where ?? {};
}

/** For every code, whether it is one of the categories. */
function fitting(
  variable: string,
  among: readonly string[],
  codebook: Codebook,
): Uint8Array {
  const fits = new Uint8Array(256);
  const ids = Object.keys(categoriesOf(codebook, variable) ?? {});
  for (const id of among) fits[ids.indexOf(id) + 1] = 1;
  return fits;
}
