import { categoriesOf, type Codebook } from "../../responses/codebook.ts";
import {
  answersOf,
  emptyTable,
  keyOf,
  peopleBy,
  placesOf,
} from "../../responses/counted_answers.ts";
import type { CountedAnswers, CountedTable } from "../../responses/survey.ts";
import { answersSql, sqlName } from "../answers_sql.ts";
import { countingPasses, type Pass, type ToCount } from "../counts_sql.ts";
import { neededCounts } from "../needed_counts.ts";
import { textSql } from "./check_values.ts";
import type { Database } from "./database.ts";
import { partsSql } from "./describe_files.ts";
import type { KnownValues } from "./known_values.ts";
import type { Part } from "./parts.ts";
import { type WeightColumn, weightSql } from "./weights.ts";

/** What is counted of files. */
export interface PassOptions extends ToCount {
  /** Questions and variables that were part of the wave, derived ones included. */
  readonly names: readonly string[];
  readonly known: readonly KnownValues[];
  /** Null: everyone counts the same. */
  readonly weight: WeightColumn | null;
}

/** The passes of `countingPasses()` over files, some at a time, added up. */
export class PassCounts {
  readonly #passes: readonly Pass[];
  readonly #tables: readonly CountedTable[];

  constructor(readonly options: PassOptions) {
    this.#passes = countingPasses(options);
    this.#tables = this.#passes.map(({ names }) => emptyTable(options.codebook, names));
  }

  /** Counts some more files. */
  async add(database: Database, parts: readonly Part[]): Promise<void> {
    await database.run(`CREATE OR REPLACE TABLE answers AS ${this.#codesSql(parts)}`);
    for (const [i, pass] of this.#passes.entries()) {
      // Without weights all three numbers are the same, and one of them is cheaper.
      const sql = this.options.weight === null
        ? pass.sql.replace(/, SUM\(weight\) AS w, SUM\(weight \* weight\) AS w2/, "")
        : pass.sql;
      this.#addRows(this.#tables[i]!, await database.rows(sql));
    }
    await database.run("DROP TABLE answers");
  }

  /** All that has been counted, by what a report needs. */
  counted(): CountedAnswers {
    const { codebook, isAsked, within, weight } = this.options;
    const weighted = weight !== null;
    const all = { weighted, tables: new Map(this.#tables.map((table, i) => [`${i}`, table])) };
    const sets = neededCounts(codebook, isAsked, within);
    return {
      weighted,
      tables: new Map(sets.map((names) => [keyOf(names), peopleBy(all, codebook, names)])),
    };
  }

  /** The answers as their places in a table of counts: a byte each. */
  #codesSql(parts: readonly Part[]): string {
    const { codebook, names, known, weight } = this.options;
    const answers = answersSql({
      codebook,
      names,
      from: partsSql(parts),
      valueOf: (name) => {
        const values = known.find(({ column }) => column.id === name)!;
        return values.placeSql(textSql(values.column.name));
      },
      weight: weight === null ? "1" : weightSql(weight),
      madeUp: "1",
      literal: (name, answer) => String(answersOf(codebook, name).indexOf(answer)),
    });
    const columns = names.map((name) => `CAST(${sqlName(name)} AS UTINYINT) AS ${sqlName(name)}`);
    return `WITH ${answers} SELECT ${columns.join(", ")}` +
      `${weight === null ? "" : ", weight"} FROM answers`;
  }

  #addRows(table: CountedTable, rows: readonly (readonly unknown[])[]): void {
    const sizes = table.names.map((name) => placesOf(this.options.codebook, name));
    for (const row of rows) {
      const at = sizes.reduce((sum, size, i) => sum * size + Number(row[i]), 0);
      const n = Number(row[sizes.length]);
      table.n[at]! += n;
      table.w[at]! += this.options.weight === null ? n : Number(row[sizes.length + 1]);
      table.w2[at]! += this.options.weight === null ? n : Number(row[sizes.length + 2]);
    }
  }
}

/**
 * The questions and variables that files with these columns have, derived variables included.
 *
 * @param isInFile Whether there is a column.
 */
export function askedNames(codebook: Codebook, isInFile: (name: string) => boolean): string[] {
  const isAsked = (name: string): boolean => {
    const variable = codebook.variables[name];
    if (!variable?.derived) return isInFile(name);
    return Object.values(variable.categories)
      .flatMap(({ where }) => Object.keys(where ?? {})).every(isAsked);
  };
  return [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)]
    .filter((name) => isAsked(name) && categoriesOf(codebook, name) !== undefined);
}
