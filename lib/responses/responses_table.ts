import { BitSet, ColumnTable } from "arquero";
import { categoriesOf } from "./codebook.ts";
import { NeedsRows } from "./counted_answers.ts";
import { numbersOf } from "./kind_values.ts";
import type { Language } from "./language.ts";
import { NO_ANSWER, NOT_ASKED, type Survey } from "./survey.ts";
import { whereMask } from "./where.ts";

/**
 * Respondents as an Arquero table, one row each. It is an Arquero table in all respects but one:
 * shown below a cell it names its columns, their levels and the number of rows, and no row, as do
 * the tables that filtering, selecting, deriving, joining or sorting makes of it. What counts them
 * (`count`, `rollup`, `pivot`) gives an ordinary table.
 */
export class Responses extends ColumnTable {
  override count(...options: Parameters<ColumnTable["count"]>): this {
    return counted(super.count(...options));
  }

  override rollup(...values: Parameters<ColumnTable["rollup"]>): this {
    return counted(super.rollup(...values));
  }

  override pivot(...options: Parameters<ColumnTable["pivot"]>): this {
    return counted(super.pivot(...options));
  }
}

/**
 * What an analyst counted of respondents with Arquero's verbs. Its rows are groups and shown as those of
 * any table; the rules that hide small groups elsewhere do not know of it.
 */
export class CountedByHand extends ColumnTable {
  /** Whether it holds a number of people, in a column of whole numbers, that is below the least base. */
  isBelowLeastBase(): boolean {
    const { [LEAST_BASE]: least = 0 } = this.params() as Readonly<Record<string, number>>;
    return this.columnNames().map((name) => this.array(name) as readonly unknown[])
      .filter((values) => values.every((value) => value == null || Number.isInteger(value)))
      .some((values) => values.some((value) => Number(value) > 0 && Number(value) < least));
  }
}

/** The parameter of a table that says so; Arquero hands parameters on from table to table. */
const LEAST_BASE = "least_base";

function counted<T extends ColumnTable>(made: T): T {
  return new CountedByHand(
    made.data(),
    made.columnNames(),
    made.mask() ?? undefined,
    made.groups() ?? undefined,
    made.comparator() ?? undefined,
    made.params(),
  ) as unknown as T;
}

/**
 * The answers as an Arquero table: the ids where the file has them, every variable and question in
 * codebook order as a {@link Factor}, and the weights where there are any.
 *
 * @param language Labels of that language as levels; category ids where it is null.
 * @returns One row per respondent; of a survey on a group, those in the group.
 * @throws {NeedsRows} Where the survey was read as counts.
 */
export function responsesTable(survey: Survey, language: Language | null = null): Responses {
  const { codebook, codes, weights, within, source: { respondents } } = survey;
  if (survey.counted) throw new NeedsRows("the table of responses");
  const columns: [string, Factor | Float64Array | NonNullable<Survey["ids"]>][] = [];
  if (survey.ids) columns.push([codebook.respondent.column, survey.ids]);
  const names = new Set([...Object.keys(codebook.variables), ...Object.keys(codebook.questions)]);
  for (const name of names) {
    const column = codes.get(name);
    if (column === undefined) continue;
    const numbers = numbersOf(survey, name);
    if (numbers) {
      columns.push([name, numbers]);
      continue;
    }
    const categories = Object.entries(categoriesOf(codebook, name) ?? {});
    const levels = categories.map(([id, label]) => language === null ? id : label[language]);
    columns.push([name, new Factor(column, levels)]);
  }
  if (weights) columns.push([codebook.weight?.column ?? "weight", weights]);
  const table = new Responses(Object.fromEntries(columns), columns.map(([name]) => name));
  table.params({ [LEAST_BASE]: codebook.disclosure.least_base });
  if (within === undefined) return table;
  const filter = new BitSet(respondents);
  whereMask(codes, codebook, within, respondents).forEach((isInside, row) => {
    if (isInside) filter.set(row);
  });
  return table.create({ filter });
}

/**
 * A question or variable as a column of an Arquero table: one code per respondent, and the names of
 * the codes 1, 2, 3 … as levels. A level is a respondent's value; `null` is no answer, `undefined` not
 * asked.
 *
 * Arquero takes it as any column. Grouping by it alone gives the levels in the codebook's order, and
 * comparing it with a text compares codes (`groups` and `keyFor`, as of Arquero's own dictionary
 * columns).
 */
export class Factor implements Iterable<string | null | undefined> {
  readonly length: number;
  readonly #values: readonly (string | null | undefined)[];

  /**
   * @param codes One code per respondent, as in `Survey.codes`. Not copied.
   * @param levels The names of the codes from 1: category ids, or labels.
   */
  constructor(readonly codes: Uint8Array, readonly levels: readonly string[]) {
    this.length = codes.length;
    const values = new Array<string | null | undefined>(256).fill(undefined);
    values[NO_ANSWER] = null;
    levels.forEach((level, i) => values[i + 1] = level);
    this.#values = values;
  }

  /** The respondent's level, null (no answer) or undefined (not asked). */
  at(row: number): string | null | undefined {
    return this.#values[this.codes[row]!];
  }

  *[Symbol.iterator](): Iterator<string | null | undefined> {
    for (const code of this.codes) yield this.#values[code];
  }

  /** The levels of all respondents. */
  toArray(): (string | null | undefined)[] {
    return Array.from(this.codes, (code) => this.#values[code]);
  }

  /** The code of a row, which {@link keyFor} gives for a value. */
  key(row: number): number {
    return this.codes[row]!;
  }

  /** The code of a value; −1 where nobody can have it. */
  keyFor(value: unknown): number {
    if (value === null) return NO_ANSWER;
    if (value === undefined) return NOT_ASKED;
    return this.levels.indexOf(value as string) + 1 || -1;
  }

  /** The groups that Arquero's `groupby()` makes of it, in the order of the levels. */
  groups(names: readonly string[]) {
    const first = new Int32Array(256).fill(-1);
    for (let i = this.length - 1; i >= 0; i--) first[this.codes[i]!] = i;
    const codes = [...this.levels.keys()].map((i) => i + 1).concat(NO_ANSWER, NOT_ASKED)
      .filter((code) => first[code]! >= 0);
    const place = new Uint8Array(256);
    codes.forEach((code, i) => place[code] = i);
    return {
      keys: this.codes.map((code) => place[code]!),
      get: [(row: number) => this.at(row)],
      names,
      rows: codes.map((code) => first[code]!),
      size: codes.length,
    };
  }
}
