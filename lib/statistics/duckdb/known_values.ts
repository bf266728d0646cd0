import type { Codebook } from "../../responses/codebook.ts";
import { answersOf, placeOf } from "../../responses/counted_answers.ts";
import { encodeColumn, UNKNOWN } from "../../responses/encode_column.ts";
import { NO_ANSWER } from "../../responses/survey.ts";
import type { Problem } from "../../responses/problem.ts";
import { sqlText } from "../answers_sql.ts";

/** A column of the files, and what its values stand for. */
export interface PartsColumn {
  /** Codebook id. */
  readonly id: string;
  /** Its name in the files. */
  readonly name: string;
  readonly mapped: ReadonlyMap<string, string | null> | undefined;
}

/** The values of a column that have been seen so far, and where their answers stand in a table. */
export class KnownValues {
  /** By value: its place, or null for no answer. */
  readonly #places = new Map<string, number | null>();

  constructor(readonly column: PartsColumn, readonly codebook: Codebook) {}

  /** Whether every value with an answer has been seen. */
  has(value: string): boolean {
    return this.#places.has(value);
  }

  /**
   * Finds out what values stand for.
   *
   * @returns What is wrong with them: a problem for each that the codebook does not know, with its
   *   position among the values as its row.
   */
  learn(values: readonly string[]): readonly Problem[] {
    const { id, name, mapped } = this.column;
    const { codes, problems } = encodeColumn(
      { values, name, mapped, lineOf: () => null },
      id,
      this.codebook,
    );
    values.forEach((value, i) => {
      const code = codes[i]!;
      if (code === UNKNOWN) return;
      const place = code === NO_ANSWER ? null : placeOf(this.codebook, id, code);
      this.#places.set(value, place);
    });
    return problems;
  }

  /** The places of some categories. */
  placesOf(categories: readonly string[]): number[] {
    const all = answersOf(this.codebook, this.column.id);
    return categories.map((category) => all.indexOf(category));
  }

  /**
   * The place of an answer in SQL, NULL where there is none. A call with one column in it the database
   * makes once per distinct value and not once per row, so that is what it is where it can be.
   *
   * @param text The column as text, as SQL has it.
   */
  placeSql(text: string): string {
    const values = [...this.#places].filter((entry): entry is [string, number] =>
      entry[1] !== null
    );
    const ids = answersOf(this.codebook, this.column.id).slice(0, -2);
    const byPlace = ids.map((id, place) => values.find(([, at]) => at === place)?.[0] ?? id);
    const isOneEach =
      byPlace.every((value, place) => (this.#places.get(value) ?? place) === place) &&
      values.every(([value]) => byPlace.includes(value));
    if (isOneEach) {
      const list = byPlace.map(sqlText).join(", ");
      return `CAST(list_position([${list}], ${text}) - 1 AS UTINYINT)`;
    }
    const at = `list_position([${values.map(([value]) => sqlText(value)).join(", ")}], ${text})`;
    return `CAST(list_extract([${
      values.map(([, place]) => place).join(", ")
    }], ${at}) AS UTINYINT)`;
  }
}
