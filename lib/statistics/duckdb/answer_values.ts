import type { Codebook } from "../../responses/codebook.ts";
import { answersOf, placeOf } from "../../responses/counted_answers.ts";
import { encodeColumn, UNKNOWN } from "../../responses/encode_column.ts";
import { type Problem, problem } from "../../responses/problem.ts";
import { NO_ANSWER } from "../../responses/survey.ts";
import { sqlName, sqlText } from "../counts_sql.ts";
import { filesSql, locate, type ParquetFiles } from "./parquet_files.ts";

/** So many distinct values of one column are looked at; a question has fewer. */
const MOST_VALUES = 2_000;
/** So many unknown values of one column are told. */
const MOST_TOLD = 50;

/** The values of a column that have been seen so far, and where their answers stand in a table. */
export class AnswerValues {
  /** By value: its place, or null for no answer. */
  readonly #places = new Map<string, number | null>();
  /** What is wrong, by value. */
  readonly #unknown = new Map<string, Problem>();
  /** The column as text, as SQL has it. */
  readonly text: string;

  /**
   * @param id Codebook id.
   * @param name Its name in the files.
   * @param mapped What the analyst's mapping says of its values.
   */
  constructor(
    readonly codebook: Codebook,
    readonly id: string,
    readonly name: string,
    readonly mapped: ReadonlyMap<string, string | null> | undefined,
  ) {
    this.text = `CAST(${sqlName(name)} AS VARCHAR)`;
  }

  /** What is wrong with the values. */
  get problems(): Problem[] {
    return [...this.#unknown.values()];
  }

  /**
   * Finds the values in some files that have not been seen, learns what they stand for, and notes
   * those that stand for nothing.
   */
  async learn(files: ParquetFiles, paths: readonly string[]): Promise<void> {
    const rows = await files.database.rows(
      `SELECT ${this.text} AS value, COUNT(*) AS people FROM ${filesSql(paths)} ` +
        `WHERE ${sqlName(this.name)} IS NOT NULL GROUP BY value ORDER BY people DESC, value ` +
        `LIMIT ${MOST_VALUES}`,
    );
    const people = new Map(rows.map(([value, n]) => [String(value), Number(n)]));
    const values = [...people.keys()].filter((value) => !this.#places.has(value));
    const { name, mapped, id, codebook } = this;
    const column = { values, name, mapped, lineOf: () => null };
    const { codes, problems } = encodeColumn(column, id, codebook);
    values.forEach((value, i) => {
      if (codes[i] === UNKNOWN) return;
      this.#places.set(value, codes[i] === NO_ANSWER ? null : placeOf(codebook, id, codes[i]!));
    });
    for (const { row, rule, expected } of problems) {
      if (row === null) continue;
      const value = values[row - 1]!;
      const earlier = this.#unknown.get(value);
      if (!earlier && this.#unknown.size >= MOST_TOLD) continue;
      const [at] = earlier ? [] : await locate(files, `${this.text} = ${sqlText(value)}`, name);
      const count = (earlier?.count ?? 0) + people.get(value)!;
      this.#unknown.set(value, { ...earlier ?? problem(rule, expected, { ...at, value }), count });
    }
  }

  /** The places of some categories. */
  placesOf(categories: readonly string[]): number[] {
    const all = answersOf(this.codebook, this.id);
    return categories.map((category) => all.indexOf(category));
  }

  /**
   * The place of an answer in SQL, NULL where there is none. A call with one column in it the database
   * makes once per distinct value and not once per row, so that is what it is where it can be.
   */
  get placeSql(): string {
    const values = [...this.#places].filter((entry): entry is [string, number] =>
      entry[1] !== null
    );
    const ids = answersOf(this.codebook, this.id).slice(0, -2);
    const byPlace = ids.map((id, place) => values.find(([, at]) => at === place)?.[0] ?? id);
    const isOneEach =
      byPlace.every((value, place) => (this.#places.get(value) ?? place) === place) &&
      values.every(([value]) => byPlace.includes(value));
    const listed = isOneEach ? byPlace : values.map(([value]) => value);
    const position = `list_position([${listed.map(sqlText).join(", ")}], ${this.text})`;
    const places = values.map(([, place]) => place).join(", ");
    const place = isOneEach ? `${position} - 1` : `list_extract([${places}], ${position})`;
    return `CAST(${place} AS UTINYINT)`;
  }
}
