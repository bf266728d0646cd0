import { categoriesOf, type Codebook } from "./codebook.ts";
import { InputError } from "../language/input_error.ts";
import { encodeColumn, UNKNOWN } from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { type Problem, problem } from "./problem.ts";
import type { AboutColumn } from "./readers/reader.ts";
import { showValue } from "./show_value.ts";
import { NO_ANSWER, NOT_ASKED } from "./survey.ts";

/** The columns of a file that the codebook knows, and how to speak of their rows. */
export interface Columns {
  readonly respondents: number;
  /** The values of a codebook column, or null where the file has none. */
  readonly valuesOf: (id: string) => ArrayLike<string | null> | null;
  /** What the file says of the column. */
  readonly aboutOf?: (id: string) => AboutColumn | undefined;
  /** What the analyst's mapping says of its values. */
  readonly mappedOf?: (id: string) => ReadonlyMap<string, string | null> | undefined;
  /** Its name in the file. */
  readonly nameOf: (id: string) => string;
  readonly lineOf: (row: number) => number | null;
}

type Where = Readonly<Record<string, readonly string[]>>;

/**
 * Codes all answers, works out who was asked what, and makes the derived variables.
 *
 * Who was asked follows from the codebook's bases alone. An answer of somebody who was not asked is
 * an error; no answer of somebody who was is a warning with its count.
 *
 * @returns Codes by question and variable (none for what the file lacks), and what is wrong.
 * @throws {InputError} If the codebook's conditions go round in a circle.
 */
export function codeAnswers(
  columns: Columns,
  codebook: Codebook,
): { codes: Map<string, Uint8Array>; problems: Problem[] } {
  const { respondents } = columns;
  const codes = new Map<string, Uint8Array>();
  const problems: Problem[] = [];
  const missingFor = new Map<string, string[]>();
  const underway = new Set<string>();

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
    const values = columns.valuesOf(name);
    if (!values) return null;
    const column = {
      values,
      name: columns.nameOf(name),
      lineOf: columns.lineOf,
      about: columns.aboutOf?.(name),
      mapped: columns.mappedOf?.(name),
    };
    const encoded = encodeColumn(column, name, codebook);
    problems.push(...encoded.problems);
    applyRouting(name, values, encoded.codes);
    return encoded.codes;
  }

  function applyRouting(
    name: string,
    values: ArrayLike<string | null>,
    column: Uint8Array,
  ) {
    const where = baseOf(codebook, name);
    const asked = askedIn(where, name);
    if (!asked) return;
    let [wrong, first, empty, firstEmpty, answered] = [0, -1, 0, -1, 0];
    for (let i = 0; i < respondents; i++) {
      if (asked[i] === ASKED) {
        if (column[i] !== NO_ANSWER) answered++;
        else if (empty++ === 0) firstEmpty = i;
      } else if (asked[i] === NO) {
        if (column[i] !== NO_ANSWER && wrong++ === 0) first = i;
        column[i] = NOT_ASKED;
      }
    }
    const at = (row: number, count: number) => ({
      row: row + 1,
      line: columns.lineOf(row),
      column: columns.nameOf(name),
      count,
    });
    if (wrong > 0) {
      problems.push(problem(
        "answered_not_asked",
        `empty, since only those are asked with ${conditionOf(where, codebook, first)}`,
        { ...at(first, wrong), value: values[first] ?? "" },
      ));
    }
    if (empty > 0) {
      problems.push(
        answered === 0
          ? problem("nobody_answered", `answers of ${empty} people`, {
            column: columns.nameOf(name),
          })
          : problem(
            "no_answer",
            `${empty} of ${empty + answered} who were asked`,
            at(firstEmpty, empty),
          ),
      );
    }
  }

  function conditionOf(where: Where, codebook: Codebook, row: number): string {
    return Object.entries(where).map(([variable, among]) => {
      const labels = among.map((id) => categoriesOf(codebook, variable)?.[id]?.da ?? id);
      const found = columns.valuesOf(variable)?.[row];
      const here = found === undefined ? "" : ` (here: "${showValue(found ?? "")}")`;
      return `${columns.nameOf(variable)} = ${labels.join(" or ")}${here}`;
    }).join(" and ");
  }

  /** Whether each respondent was asked; null where a column to tell it by is missing. */
  function askedIn(where: Where, name: string): Uint8Array | null {
    const asked = new Uint8Array(respondents).fill(ASKED);
    for (const [variable, among] of Object.entries(where)) {
      const column = resolve(variable);
      if (!column) {
        missingFor.set(variable, [...(missingFor.get(variable) ?? []), name]);
        return null;
      }
      const fits = fitting(variable, among, codebook);
      for (let i = 0; i < respondents; i++) {
        if (asked[i] !== ASKED) continue;
        const code = column[i] as number;
        if (!fits[code]) asked[i] = code === UNKNOWN ? CANNOT_TELL : NO;
      }
    }
    return asked;
  }

  function derive(name: string): Uint8Array | null {
    const made = new Uint8Array(respondents).fill(NO_ANSWER);
    const categories = Object.values(codebook.variables[name]?.categories ?? {});
    for (const [i, { where = {} }] of categories.entries()) {
      const sources = Object.entries(where).map(([variable, among]) => ({
        column: resolve(variable),
        fits: fitting(variable, among, codebook),
      }));
      if (sources.some(({ column }) => column === null)) return null;
      for (let r = 0; r < respondents; r++) {
        const answers = sources.map(({ column }) => column?.[r] ?? NO_ANSWER);
        if (answers.includes(NOT_ASKED)) made[r] = NOT_ASKED;
        else if (sources.every(({ fits }, s) => fits[answers[s] ?? 0])) {
          made[r] = i + 1;
        }
      }
    }
    return made;
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
  return { codes, problems };
}

const NO = 0, ASKED = 1, CANNOT_TELL = 2;

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
