import { checkCounts } from "../../responses/check_counts.ts";
import type { Codebook } from "../../responses/codebook.ts";
import { type Mapping, NO_MAPPING } from "../../responses/mapping.ts";
import { matchColumns } from "../../responses/match_columns.ts";
import { countedSurvey } from "../../responses/counted_answers.ts";
import { isError, type Problem, problem, type Validation } from "../../responses/problem.ts";
import type { Survey } from "../../responses/survey.ts";
import type { Domain } from "../domain.ts";
import { checkValues, textSql } from "./check_values.ts";
import { type Database, openDatabase } from "./database.ts";
import { describeFiles, type FilesDescribed, unfitColumns } from "./describe_files.ts";
import { KnownValues } from "./known_values.ts";
import { locate, placed } from "./locate.ts";
import { askedNames, PassCounts } from "./pass_counts.ts";
import { hashParts, type Part } from "./parts.ts";
import { Respondents } from "./respondents.ts";
import { type WeightColumn, Weights } from "./weights.ts";

/** So many respondents are coded at a time, a file always as a whole. */
const BATCH = 2_000_000;

/** How files are to be counted. */
export interface CountPartsOptions {
  readonly mapping?: Mapping;
  /** Whether the files' weights count. */
  readonly weights?: boolean;
  /** The domain that the report is on. */
  readonly within?: Domain;
  /** The name that the survey goes by. */
  readonly name: string;
  /** Is told how many of the respondents are done. */
  readonly onProgress?: (done: number, all: number) => void;
}

/**
 * Reads Parquet files as one survey of counts, in memory that does not grow with them: DuckDB codes the
 * answers of a few files at a time and counts them, by the passes that `deno task counts --sql` prints,
 * and the counts of the files are added up. They are checked for all that a response file is.
 *
 * @param parts The files, with each respondent in one of them.
 * @throws {DataProblems} Where a file cannot be read at all.
 */
export async function countParts(
  parts: readonly Part[],
  codebook: Codebook,
  options: CountPartsOptions,
): Promise<Validation> {
  const { mapping = NO_MAPPING, weights: isWeighted = false, within = {}, name } = options;
  using database = await openDatabase();
  const files = await describeFiles(database, parts);
  const match = matchColumns(files.header, codebook, { mapping });
  const isInFile = (id: string) => match.positions.has(id);
  const nameOf = (id: string) => files.header[match.positions.get(id) ?? -1] ?? id;
  const names = askedNames(codebook, isInFile);
  const { column } = codebook.respondent;
  const weight = weightOf(codebook, isInFile, nameOf, files);
  const found: Problem[] = [
    ...match.problems,
    ...unfitColumns(files, match.positions),
    ...unroutable(codebook, names),
    ...aboutWeights(codebook, weight, isWeighted),
    ...files.respondents === 0 ? [problem("no_rows", "one row per respondent")] : [],
  ];
  if (found.some(isError)) return validation(found, null);

  const known = names.filter(isInFile).map((id) =>
    new KnownValues({ id, name: nameOf(id), mapped: mapping.values.get(id) }, codebook)
  );
  const respondents = new Respondents(codebook, isInFile(column) ? nameOf(column) : null);
  const weights = isWeighted && weight !== null ? new Weights(weight) : null;
  const unknown = new Map<string, Problem>();
  const isAsked = (id: string) => names.includes(id);
  const counts = new PassCounts({
    ...{ codebook, isAsked, within, names, known },
    weight: isWeighted ? weight : null,
  });
  let done = 0;
  for (const batch of batchesOf(parts, files)) {
    await respondents.look(database, batch);
    await weights?.look(database, batch);
    await checkValues(database, known, batch, unknown);
    // What is wrong is found in all files; nothing more is counted for it.
    const isWrong = [...unknown.values(), ...weights?.problems ?? []].some(isError);
    if (!isWrong) await counts.add(database, batch);
    done += batch.reduce((sum, { path }) => sum + files.rows.get(path)!, 0);
    options.onProgress?.(done, files.respondents);
  }
  found.push(
    ...await respondents.problems(database, parts),
    ...weights?.problems ?? [],
    ...unknown.values(),
  );
  if (found.some(isError)) return validation(found, null);

  const counted = counts.counted();
  const checked = checkCounts(counted, codebook, new Set(names), new Map([["", files.respondents]]))
    .filter(({ rule }) => rule !== "left_out" && rule !== "missing_variable");
  for (const each of checked) found.push(await located(each, database, parts, codebook, known));
  const survey = countedSurvey(
    {
      codebook,
      source: {
        file: name,
        sha256: await hashParts(parts),
        respondents: files.respondents,
        synthetic: respondents.areSynthetic,
      },
      left_out: match.left_out,
    },
    names,
    { ...counted, files: parts.length },
  );
  return validation(found, survey);
}

function validation(found: readonly Problem[], survey: Survey | null): Validation {
  const problems = found.filter(isError);
  return {
    problems,
    warnings: found.filter((each) => !isError(each)),
    survey: problems.length > 0 ? null : survey,
  };
}

/** Files that are coded together, in order. */
function* batchesOf(parts: readonly Part[], { rows }: FilesDescribed): Generator<Part[]> {
  let [batch, people]: [Part[], number] = [[], 0];
  for (const part of parts) {
    const own = rows.get(part.path) ?? 0;
    if (batch.length > 0 && people + own > BATCH) {
      yield batch;
      [batch, people] = [[], 0];
    }
    batch.push(part);
    people += own;
  }
  if (batch.length > 0) yield batch;
}

/** Questions of which nothing tells who was asked. */
function unroutable(codebook: Codebook, names: readonly string[]): Problem[] {
  return names.flatMap((name) => {
    const base = (codebook.questions[name] ?? codebook.variables[name])?.base ?? "";
    return Object.keys(codebook.bases[base]?.where ?? {})
      .filter((variable) => !names.includes(variable))
      .map((column) =>
        problem("missing_routing", `needed to tell who was asked ${name}`, { column })
      );
  });
}

function weightOf(
  { weight }: Codebook,
  isInFile: (id: string) => boolean,
  nameOf: (id: string) => string,
  { types }: FilesDescribed,
): WeightColumn | null {
  if (weight === undefined || !isInFile(weight.column)) return null;
  const name = nameOf(weight.column);
  return { name, type: types.get(name) ?? "" };
}

function aboutWeights(
  { weight }: Codebook,
  column: WeightColumn | null,
  isWeighted: boolean,
): Problem[] {
  if (column === null && isWeighted) {
    const names = [weight?.column ?? "weight", ...weight?.aliases ?? []];
    return [problem("no_weight", `a column called ${names.join(" or ")}`)];
  }
  return column !== null && !isWeighted
    ? [problem("unused_weight", "every respondent to count", { column: column.name })]
    : [];
}

/** A problem of counts with the first respondent that it is about. */
async function located(
  found: Problem,
  database: Database,
  parts: readonly Part[],
  codebook: Codebook,
  known: readonly KnownValues[],
): Promise<Problem> {
  const placeOf = (id: string) => {
    const values = known.find(({ column }) => column.id === id);
    return values && { values, sql: values.placeSql(textSql(values.column.name)) };
  };
  const own = placeOf(found.column ?? "");
  if (own === undefined) return found;
  const name = own.values.column.name;
  if (found.rule !== "answered_not_asked") return { ...found, column: name };
  const base = (codebook.questions[found.column!] ?? codebook.variables[found.column!])?.base ?? "";
  const conditions = Object.entries(codebook.bases[base]?.where ?? {}).map(([variable, among]) => {
    const source = placeOf(variable);
    return source &&
      `COALESCE(${source.sql} IN (${source.values.placesOf(among).join(", ")}), FALSE)`;
  });
  // Who was asked may follow from a derived variable, which the files do not have.
  if (conditions.includes(undefined)) return { ...found, column: name };
  const condition = `${own.sql} IS NOT NULL AND NOT (${conditions.join(" AND ")})`;
  const [place] = await locate(database, parts, condition);
  return { ...found, ...placed(place, name) };
}
