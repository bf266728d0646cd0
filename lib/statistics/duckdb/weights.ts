import { type Problem, problem } from "../../responses/problem.ts";
import { LEAST_WEIGHT, MOST_WEIGHT } from "../../responses/read_weights.ts";
import { sqlName } from "../answers_sql.ts";
import type { Database } from "./database.ts";
import { partsSql } from "./describe_files.ts";
import { locate, placed } from "./locate.ts";
import type { Part } from "./parts.ts";

/** The column of weights in the files. */
export interface WeightColumn {
  readonly name: string;
  /** The database's type of it. */
  readonly type: string;
}

/** A weight as a number, NULL where it is none. */
export function weightSql({ name, type }: WeightColumn): string {
  const column = sqlName(name);
  return type === "VARCHAR"
    ? `TRY_CAST(REPLACE(TRIM(${column}), ',', '.') AS DOUBLE)`
    : `TRY_CAST(${column} AS DOUBLE)`;
}

/** Weights that nobody can have, noted over the files. */
export class Weights {
  #bad = 0;
  #first: Problem | null = null;
  #least = Infinity;
  #most = 0;

  constructor(readonly column: WeightColumn) {}

  /** Looks at the weights of some of the files. */
  async look(database: Database, parts: readonly Part[]): Promise<void> {
    const weight = weightSql(this.column);
    // NaN is greater than anything to the database.
    const isGood = `COALESCE(${weight} >= ${LEAST_WEIGHT} AND ${weight} <= ${MOST_WEIGHT}, FALSE)`;
    const [row = []] = await database.rows(
      `SELECT COUNT(*) FILTER (NOT ${isGood}), MIN(${weight}), MAX(${weight}) ` +
        `FROM ${partsSql(parts)}`,
    );
    this.#least = Math.min(this.#least, Number(row[1] ?? Infinity));
    this.#most = Math.max(this.#most, Number(row[2] ?? 0));
    const bad = Number(row[0]);
    this.#bad += bad;
    if (bad === 0 || this.#first !== null) return;
    const [place] = await locate(database, parts, `NOT ${isGood}`);
    this.#first = problem("bad_weight", "a number above 0", placed(place, this.column.name));
  }

  /** What is wrong with the weights. */
  get problems(): Problem[] {
    if (this.#first) return [{ ...this.#first, count: this.#bad }];
    return this.#least === this.#most
      ? [problem("equal_weights", "weights that differ", { column: this.column.name })]
      : [];
  }
}
