import type { Codebook } from "../../responses/codebook.ts";
import { type Problem, problem } from "../../responses/problem.ts";
import { sqlName, sqlText } from "../answers_sql.ts";
import type { Database } from "./database.ts";
import { partsSql } from "./describe_files.ts";
import { locate, placed } from "./locate.ts";
import type { Part } from "./parts.ts";

/** So many ids are told apart at a time. */
const MOST_IDS = 8_000_000;
/** So many ids that come twice are told. */
const MOST_TOLD = 8;

/** Who stands in the files: each once, and made up or not. */
export class Respondents {
  #people = 0;
  #named = 0;
  #distinct = 0;
  #synthetic = 0;
  readonly #ranges: [least: string, most: string][] = [];

  /** @param column The column of ids in the files, or null. */
  constructor(readonly codebook: Codebook, readonly column: string | null) {}

  /** Whether anybody is made up. */
  get areSynthetic(): boolean {
    return this.#synthetic > 0;
  }

  /** Looks at the ids of some of the files. Two that look alike here are compared in full later. */
  async look(database: Database, parts: readonly Part[]): Promise<void> {
    if (this.column === null) return;
    const prefix = sqlText(`${this.codebook.respondent.synthetic_prefix}%`);
    const [row = []] = await database.rows(
      `SELECT COUNT(*), COUNT(id), COUNT(DISTINCT hash(id)), COUNT(*) FILTER (id LIKE ${prefix}), ` +
        `MIN(id), MAX(id) FROM ${this.#idsSql(parts)}`,
    );
    const [people, named, distinct, synthetic] = row.slice(0, 4).map(Number);
    this.#people += people!;
    this.#named += named!;
    this.#distinct += distinct!;
    this.#synthetic += synthetic!;
    if (named! > 0) this.#ranges.push([String(row[4]), String(row[5])]);
  }

  /**
   * What is wrong with the ids. Exact: where the files do not follow each other in the order of ids,
   * all ids are told apart, a share of them at a time.
   */
  async problems(database: Database, parts: readonly Part[]): Promise<Problem[]> {
    const { column } = this;
    const { synthetic_prefix } = this.codebook.respondent;
    if (column === null) return [];
    const problems: Problem[] = [];
    if (this.#people > this.#named) {
      const [place] = await locate(database, parts, `${idSql(column)} IS NULL`);
      const at = { ...placed(place, column), count: this.#people - this.#named };
      problems.push(problem("empty_respondent", "an id", at));
    }
    if (this.#synthetic > 0 && this.#synthetic < this.#named) {
      problems.push(problem(
        "mixed_respondents",
        `all or none of the ids to begin with ${synthetic_prefix}`,
        { column, count: this.#synthetic },
      ));
    }
    if (this.#distinct < this.#named || this.#areMixed()) {
      problems.push(...await this.#duplicates(database, parts));
    }
    return problems;
  }

  /** Whether ids of some files lie between those of others, so that one may be in both. */
  #areMixed(): boolean {
    const sorted = this.#ranges.toSorted(([a], [b]) => compareBytes(a, b));
    return sorted.some(([least], i) => i > 0 && compareBytes(least, sorted[i - 1]![1]) <= 0);
  }

  async #duplicates(database: Database, parts: readonly Part[]): Promise<Problem[]> {
    const column = this.column!;
    const shares = Math.ceil(this.#named / MOST_IDS);
    const problems: Problem[] = [];
    let more = 0;
    for (let share = 0; share < shares; share++) {
      const twice =
        `SELECT id, COUNT(*) AS times FROM ${this.#idsSql(parts)} WHERE id IS NOT NULL ` +
        `AND hash(id) % ${shares} = ${share} GROUP BY id HAVING COUNT(*) > 1`;
      const [sum] = await database.rows(`SELECT SUM(times - 1) FROM (${twice})`);
      more += Number(sum?.[0] ?? 0);
      const left = MOST_TOLD - problems.length;
      if (!sum?.[0] || left === 0) continue;
      for (const [id] of await database.rows(`${twice} ORDER BY id LIMIT ${left}`)) {
        const condition = `${idSql(column)} = ${sqlText(String(id))}`;
        const [first, second] = await locate(database, parts, condition, 2);
        problems.push(problem(
          "duplicate_respondent",
          `each respondent once; row ${first?.row} of ${first?.file} is the first`,
          { ...placed(second, column), value: String(id) },
        ));
      }
    }
    if (more > problems.length) {
      problems.push(problem("duplicate_respondent", "each respondent once", {
        column,
        value: "(further ids)",
        count: more - problems.length,
      }));
    }
    return problems;
  }

  #idsSql(parts: readonly Part[]): string {
    return `(SELECT ${idSql(this.column!)} AS id FROM ${partsSql(parts)})`;
  }
}

function idSql(column: string): string {
  return `NULLIF(TRIM(CAST(${sqlName(column)} AS VARCHAR)), '')`;
}

/** As the database compares texts. */
function compareBytes(a: string, b: string): number {
  const [one, other] = [new TextEncoder().encode(a), new TextEncoder().encode(b)];
  for (let i = 0; i < Math.min(one.length, other.length); i++) {
    if (one[i] !== other[i]) return one[i]! - other[i]!;
  }
  return one.length - other.length;
}
