import { Buffer } from "node:buffer";
import { checkResponses, otherYear, toldOf } from "../../responses/check_responses.ts";
import { categoriesOf, type Codebook } from "../../responses/codebook.ts";
import { answersOf, countedSurvey, peopleBy } from "../../responses/counted_answers.ts";
import { fileColumns } from "../../responses/file_columns.ts";
import { InputError } from "../../responses/input_error.ts";
import { type Mapping, matchColumns, NO_MAPPING } from "../../responses/mapping.ts";
import {
  isError,
  type Problem,
  problem,
  type Validation,
  validation,
} from "../../responses/problem.ts";
import { unanswered } from "../../responses/read_counts.ts";
import { foundIn, responseFile, wantedOf } from "../../responses/read_responses.ts";
import { aboutWeights } from "../../responses/read_weights.ts";
import { openDuckDB, rowsOf, sqlLiteral, sqlName } from "../../responses/readers/duckdb.ts";
import type { CountedAnswers, CountedTable, Source } from "../../responses/survey.ts";
import { tablesOf } from "../counts_csv.ts";
import type { Domain } from "../domain.ts";
import {
  daysIn,
  filesSql,
  hashParts,
  locate,
  openFiles,
  type ParquetFiles,
  scanBatch,
  unfitColumns,
} from "./parquet_files.ts";

/** So many respondents are in memory at a time. */
const BATCH = 1_000_000;
/** So many things that are wrong with one column are told. */
const MOST_TOLD = 50;
/** How files are to be counted. */
interface CountPartsOptions {
  readonly mapping?: Mapping;
  /** Whether the files' weights count. */
  readonly weights?: boolean;
  /** The domain that the report is on. */
  readonly within?: Domain;
  /** The name that the survey goes by. */
  readonly name: string;
  /** For tests: how many respondents are in memory at a time. */
  readonly batch?: number;
}

/**
 * Reads Parquet files as one survey of counts, in memory that does not grow with them: some rows at a
 * time are read, checked and counted as a response file is, and their counts are added up.
 *
 * @param paths The files, with each respondent in one of them.
 * @throws {DataProblems} Where a file cannot be read at all.
 * @throws {InputError} Where there is no DuckDB for this machine.
 */
export async function countParts(
  paths: readonly string[],
  codebook: Codebook,
  options: CountPartsOptions,
): Promise<Validation> {
  const { mapping = NO_MAPPING, weights = false, within = {}, name, batch = BATCH } = options;
  using database = await openDuckDB();
  if (database === null) {
    throw new InputError(
      `${name} is counted by DuckDB, and there is none for this machine, or none could be fetched. ` +
        `Connect to the internet once, or give one file that fits into memory.`,
    );
  }
  // Telling ids apart would take all the memory there is.
  await database.connection.run("SET memory_limit = '1GB'");
  const files = await openFiles(database, paths);
  const { positions, left_out, unknown, problems } = matchColumns(files.header, codebook, {
    mapping,
  });
  const nameOf = (id: string | undefined) => files.header[positions.get(id ?? "") ?? -1];
  const found: Problem[] = [
    ...problems,
    ...unfitColumns(files, positions),
    ...aboutWeights(codebook, nameOf(codebook.weight?.column), weights),
  ];
  if (found.some(isError)) return validation(found, null);

  const idColumn = nameOf(codebook.respondent.column);
  const ids = idColumn === undefined ? null : new RespondentIds(codebook, idColumn);
  const tables = new Map<string, CountedTable>();
  const names = new Set<string>();
  const wrong: Notes = new Map();
  const declined: Notes = new Map();
  let [respondents, least, most] = [0, Infinity, -Infinity];
  let apart: Apart = {};
  for (const each of files.files) {
    const { file, rows } = each;
    const header = each.columns.map(([name]) => name);
    const match = matchColumns(header, codebook, { mapping });
    const wanted = { ...wantedOf(match, header, codebook, { weights }), ids: null, texts: [] };
    await ids?.look(files, [each.path]);
    for (let from = 0, before = 0; from < rows; from += batch) {
      const scanned = await scanBatch(database, each, wanted, from, Math.min(rows, from + batch));
      const { answers } = scanned;
      const read = foundIn({
        ...{ header, scanned, sha256: "", lineOf: () => null },
        textOf: (row, position) => {
          const { texts = [], places = [] } = answers.get(position) ?? {};
          return texts[places[row]!] ?? null;
        },
      }, null);
      const part = checkResponses(responseFile(file, read, codebook, mapping), codebook, weights);
      for (const each of part.problems) {
        // Other rows of these or other files may be respondents.
        if (each.rule !== "no_rows") note(wrong, each, file, before);
      }
      for (const each of part.warnings) {
        // The others are not said of single rows: they are asked of all files together.
        if (each.rule === "declined") note(declined, each, file, before);
      }
      before += scanned.respondents;
      respondents += part.survey?.source.respondents ?? 0;
      if (wrong.size > 0 || part.survey === null) continue;
      for (const weight of part.survey.weights ?? []) {
        if (weight < least) least = weight;
        if (weight > most) most = weight;
      }
      for (const name of part.survey.codes.keys()) names.add(name);
      apart = addedTo(apart, part.survey.source);
      addTables(tables, tablesOf(part.survey, within));
    }
  }
  found.push(
    ...respondents === 0 && wrong.size === 0 ? [problem("no_rows", "one row per respondent")] : [],
    ...await ids?.problems(files) ?? [],
    ...[wrong, declined].flatMap((notes) => [...notes.values()])
      .flatMap((known) => [...known.values()]),
  );
  if (weights && least === most) {
    const column = nameOf(codebook.weight?.column)!;
    found.push(problem("equal_weights", "weights that differ", { column }));
  }
  if (found.some(isError)) return validation(found, null);

  const counted = { weighted: weights, tables, files: paths.length };
  for (const id of fileColumns(codebook).filter((id) => names.has(id))) {
    const column = nameOf(id)!;
    const told = [...unanswered(counted, codebook, id), ...answeredAlike(counted, codebook, id)];
    found.push(...told.map((each) => ({ ...each, column })));
  }
  if (respondents === 1) {
    found.push(problem("one_respondent", "one row for everybody who answered"));
  }
  if (!ids?.areSynthetic) found.push(...otherYear(await daysIn(files, unknown), codebook));
  const synthetic = ids?.areSynthetic ?? false;
  const source = { file: name, sha256: hashParts(paths), respondents, synthetic, ...apart };
  found.push(...toldOf(source, (id) => nameOf(id) ?? id));
  const all = [...Object.keys(codebook.questions), ...Object.keys(codebook.variables)];
  const asked = all.filter((name) => names.has(name));
  return validation(found, countedSurvey({ codebook, source, left_out }, asked, counted));
}

/** A question that everybody answered alike; see `checkAnswers()`. */
function answeredAlike(counted: CountedAnswers, codebook: Codebook, id: string): Problem[] {
  const given = peopleBy(counted, codebook, [id]).n.slice(0, -2);
  const [only, ...others] = [...given.keys()].filter((place) => given[place]! > 0);
  const count = given[only ?? -1] ?? 0;
  if (others.length > 0 || count < Math.max(1, codebook.disclosure.least_base)) return [];
  if (codebook.questions[id]?.kind === "open") return [];
  const value = categoriesOf(codebook, id)![answersOf(codebook, id)[only!]!]!.da;
  return [problem("one_answer", `different answers of ${count} people`, { value, count })];
}

/** What is said of rows, by rule and column, and by value. */
type Notes = Map<string, Map<string | null, Problem>>;

/**
 * Notes what is said of some rows of a file, each thing once with the number of its rows.
 *
 * @param before The respondents of the file that stand before these rows.
 */
function note(
  notes: Notes,
  found: Problem,
  file: string,
  before: number,
): void {
  const { rule, row, column } = found;
  const key = `${rule} ${column}`;
  const known = notes.get(key) ?? new Map<string | null, Problem>();
  notes.set(key, known);
  const value = rule === "unknown_category" || rule === "declined" ? found.value : null;
  const earlier = known.get(value);
  if (earlier) {
    // A column that is not there is one thing, however often it is looked for.
    const more = rule === "missing_routing" ? 0 : found.count;
    known.set(value, { ...earlier, count: earlier.count + more });
  } else if (known.size < MOST_TOLD) {
    const at = row === null ? {} : { row: before + row, column: `${column} in ${file}` };
    known.set(value, { ...found, ...at, ...rule === "bad_weight" && { value } });
  }
}

type Apart = Pick<Source, "incomplete" | "inferred" | "declined">;

/** Adds up who is told of apart from the others. */
function addedTo(sums: Apart, { incomplete = 0, inferred = {}, declined = {} }: Source): Apart {
  const sum = (a: Readonly<Record<string, number>> = {}, b: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.keys({ ...a, ...b }).map((id) => [id, (a[id] ?? 0) + (b[id] ?? 0)]),
    );
  const some = <T extends object>(all: T) => Object.keys(all).length > 0 ? all : undefined;
  const people = (sums.incomplete ?? 0) + incomplete;
  const [asked, refused] = [sum(sums.inferred, inferred), sum(sums.declined, declined)].map(some);
  return {
    ...people > 0 && { incomplete: people },
    ...asked && { inferred: asked },
    ...refused && { declined: refused },
  };
}

/** Adds the people of some tables to those of the same tables so far. */
function addTables(sums: Map<string, CountedTable>, tables: Map<string, CountedTable>): void {
  for (const [key, table] of tables) {
    const sum = sums.get(key);
    if (sum === undefined) sums.set(key, table);
    else {
      for (const what of ["n", "w", "w2"] as const) {
        table[what].forEach((people, at) => sum[what][at]! += people);
      }
    }
  }
}

/** So many ids are told apart at a time. */
const MOST_IDS = 8_000_000;
/** So many ids that come twice are told. */
const MOST_TWICE = 8;

/** Who stands in the files: each once, and made up or not. */
class RespondentIds {
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
      const left = MOST_TWICE - problems.length;
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
