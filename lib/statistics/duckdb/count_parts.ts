import { otherYear } from "../../responses/check_study.ts";
import { categoriesOf, type Codebook } from "../../responses/codebook.ts";
import { answersOf, countedSurvey, peopleBy } from "../../responses/counted_answers.ts";
import { fileColumns } from "../../responses/file_columns.ts";
import { InputError } from "../../responses/input_error.ts";
import { checkResponses, toldOf } from "../../responses/load_survey.ts";
import { type Mapping, NO_MAPPING } from "../../responses/mapping.ts";
import { matchColumns } from "../../responses/match_columns.ts";
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
import { openDuckDB } from "../../responses/readers/duckdb.ts";
import type { CountedAnswers, CountedTable, Source } from "../../responses/survey.ts";
import { tablesOf } from "../counts_csv.ts";
import type { Domain } from "../domain.ts";
import { daysIn, hashParts, openFiles, scanBatch, unfitColumns } from "./parquet_files.ts";
import { RespondentIds } from "./respondent_ids.ts";

/** So many respondents are in memory at a time. */
const BATCH = 1_000_000;
/** So many things that are wrong with one column are told. */
const MOST_TOLD = 50;
/** How files are to be counted. */
export interface CountPartsOptions {
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
