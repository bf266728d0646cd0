import { Buffer } from "node:buffer";
import type { Codebook } from "../../responses/codebook.ts";
import { type Problem, problem } from "../../responses/problem.ts";
import { rowsOf, sqlLiteral, sqlName } from "../../responses/readers/duckdb.ts";
import { filesSql, locate, type ParquetFiles } from "./parquet_files.ts";

/** So many ids are told apart at a time. */
const MOST_IDS = 8_000_000;
/** So many ids that come twice are told. */
const MOST_TOLD = 8;

/** Who stands in the files: each once, and made up or not. */
export class RespondentIds {
  /** People, people with an id, different ids, and ids of those who are made up. */
  readonly #sums = [0, 0, 0, 0];
  readonly #ranges: [least: string, most: string][] = [];
  readonly #id: string;

  /** @param column The column of ids in the files. */
  constructor(readonly codebook: Codebook, readonly column: string) {
    this.#id = `NULLIF(TRIM(CAST(${sqlName(column)} AS VARCHAR)), '')`;
  }

  /** Whether anybody is made up. */
  get areSynthetic(): boolean {
    return this.#sums[3]! > 0;
  }

  /** Looks at the ids of some of the files. Two that look alike here are compared in full later. */
  async look({ database }: ParquetFiles, paths: readonly string[]): Promise<void> {
    const prefix = sqlLiteral(`${this.codebook.respondent.synthetic_prefix}%`);
    const [row = []] = await rowsOf(
      database,
      `SELECT COUNT(*), COUNT(id), COUNT(DISTINCT hash(id)) FILTER (id IS NOT NULL), COUNT(*) FILTER (id LIKE ${prefix}), ` +
        `MIN(id), MAX(id) FROM ${this.#ids(paths)}`,
    );
    row.slice(0, 4).forEach((n, i) => this.#sums[i]! += Number(n));
    if (Number(row[1]) > 0) this.#ranges.push([String(row[4]), String(row[5])]);
  }

  /**
   * What is wrong with the ids. Exact: where the files do not follow each other in the order of ids,
   * all ids are told apart, a share of them at a time.
   */
  async problems(files: ParquetFiles): Promise<Problem[]> {
    const { column, codebook: { respondent: { synthetic_prefix } } } = this;
    const [people, named, distinct, synthetic] = this.#sums as [number, number, number, number];
    const problems: Problem[] = [];
    if (people > named) {
      const [at = { column }] = await locate(files, `${this.#id} IS NULL`, column);
      problems.push(problem("empty_respondent", "an id", { ...at, count: people - named }));
    }
    if (synthetic > 0 && synthetic < named) {
      const expected = `all or none of the ids to begin with ${synthetic_prefix}`;
      problems.push(problem("mixed_respondents", expected, { column, count: synthetic }));
    }
    // Ids of some files may lie between those of others, so that one may be in both.
    const sorted = this.#ranges.toSorted(([a], [b]) => compareBytes(a, b));
    const areMixed = sorted.some(([least], i) =>
      i > 0 && compareBytes(least, sorted[i - 1]![1]) <= 0
    );
    if (distinct < named || areMixed) problems.push(...await this.#duplicates(files, named));
    return problems;
  }

  async #duplicates(files: ParquetFiles, named: number): Promise<Problem[]> {
    const { column } = this;
    const shares = Math.ceil(named / MOST_IDS);
    const problems: Problem[] = [];
    let times = 0;
    for (let share = 0; share < shares; share++) {
      const twice = `SELECT id, COUNT(*) AS times FROM ${
        this.#ids(files.files.map(({ path }) => path))
      } ` +
        `WHERE id IS NOT NULL AND hash(id) % ${shares} = ${share} GROUP BY id HAVING COUNT(*) > 1`;
      const [sum] = await rowsOf(files.database, `SELECT SUM(times - 1) FROM (${twice})`);
      times += Number(sum?.[0] ?? 0);
      const left = MOST_TOLD - problems.length;
      if (!sum?.[0] || left === 0) continue;
      for (const [id] of await rowsOf(files.database, `${twice} ORDER BY id LIMIT ${left}`)) {
        const condition = `${this.#id} = ${sqlLiteral(String(id))}`;
        const [first, second] = await locate(files, condition, column, 2);
        const expected = `each respondent once; row ${first?.row} of ${first?.file} is the first`;
        const at = { column, ...second, value: String(id) };
        problems.push(problem("duplicate_respondent", expected, at));
      }
    }
    if (times > problems.length) {
      const at = { column, value: "(further ids)", count: times - problems.length };
      problems.push(problem("duplicate_respondent", "each respondent once", at));
    }
    return problems;
  }

  #ids(paths: readonly string[]): string {
    return `(SELECT ${this.#id} AS id FROM ${filesSql(paths)})`;
  }
}

/** As the database compares texts. */
function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
