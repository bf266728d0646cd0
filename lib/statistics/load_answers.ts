import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { checkFile, type LoadOptions, moreThanInvited } from "../responses/check_responses.ts";
import type { Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { peekFile } from "../responses/open_file.ts";
import { DataProblems, type Problem, problem, type Validation } from "../responses/problem.ts";
import { areCountColumns } from "../responses/read_counts.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "./domain.ts";

/** What counts answers: the program itself, in memory, or the database DuckDB, file by file. */
export type Engine = "memory" | "duckdb";

/** So many bytes a respondent takes in memory besides a code per column, while a file is read. */
const BYTES_PER_RESPONDENT = 120;

/** How answers are to be read. */
export interface AnswersOptions extends LoadOptions {
  /** The domain that the report is on: what is counted of files that do not fit into memory. */
  readonly within?: Domain;
  /** Absent or null: the one that fits. */
  readonly engine?: Engine | null;
}

/**
 * Reads the answers of a survey, whatever they are in: a response file, a table of counts, or Parquet
 * files that do not fit into memory (a folder, a pattern such as `parts/*.parquet`, or one large
 * file), which DuckDB counts.
 *
 * @param file A path or file: URL.
 * @throws {DataProblems} With every problem, if there is one.
 * @throws {InputError} Where the engine that is asked for cannot read this.
 */
export async function loadAnswers(
  file: string | URL,
  codebook: Codebook,
  options: AnswersOptions & { onWarnings?: (warnings: readonly Problem[]) => void } = {},
): Promise<Survey> {
  const { problems, warnings, survey } = await check(file, codebook, options);
  if (!survey) throw new DataProblems(basename(String(file)), [...problems, ...warnings]);
  if (warnings.length > 0) options.onWarnings?.(warnings);
  return survey;
}

/** Lists every problem of the answers, however they are read; see {@link loadAnswers}. */
export async function validateAnswers(
  file: string | URL,
  codebook: Codebook,
  options: AnswersOptions = {},
): Promise<Validation> {
  try {
    return await check(file, codebook, options);
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems, warnings: [], survey: null };
  }
}

async function check(
  file: string | URL,
  codebook: Codebook,
  options: AnswersOptions,
): Promise<Validation> {
  const path = file instanceof URL && file.protocol === "file:" ? fileURLToPath(file) : `${file}`;
  const paths = await filesToCount(path, options.engine ?? null);
  const name = basename(resolve(path));
  const found = paths === null
    ? await checkFile(file, codebook, options)
    : await (await import("./duckdb/count_parts.ts")).countParts(paths, codebook, {
      ...options,
      name,
    });
  const asked = found.survey ? moreThanInvited(found.survey) : [];
  return { ...found, warnings: [...asked, ...found.warnings] };
}

/** The files that DuckDB is to count; null where the answers are read into memory. */
async function filesToCount(path: string, engine: Engine | null): Promise<string[] | null> {
  const parts = await listParts(path);
  if (parts !== null) {
    if (engine !== "memory") return parts;
    throw new InputError(
      `${path} is a survey of ${parts.length} files, and the engine "memory" reads one. Give one ` +
        `file, or leave the engine out.`,
    );
  }
  if (engine === "memory") return null;
  const peek = await peekFile(path);
  if (peek === null || areCountColumns(peek.header)) return null;
  if (peek.kind !== "parquet") {
    if (engine === null) return null;
    throw new InputError(
      `The engine "duckdb" reads Parquet, and ${basename(path)} is none. Save the answers as ` +
        `Parquet, or leave the engine out.`,
    );
  }
  const needed = (peek.rows ?? 0) * (peek.header.length + BYTES_PER_RESPONDENT);
  const isLarge = needed > Deno.systemMemoryInfo().available / 2;
  return engine === "duckdb" || isLarge ? [resolve(path)] : null;
}

/**
 * The Parquet files that a path stands for: those of a folder, or those that fit a pattern such as
 * `parts/*.parquet`, in the order of their names.
 *
 * @param path A file, a folder, or a path whose last part has `*` or `?`.
 * @returns null where it is neither a folder nor a pattern.
 * @throws {DataProblems} Where there is no Parquet file.
 */
export async function listParts(path: string): Promise<string[] | null> {
  const full = resolve(path);
  const name = basename(full);
  const info = await Deno.stat(full).catch(() => null);
  if (info?.isFile || (info === null && !/[*?]/.test(name))) return null;
  const folder = info?.isDirectory ? full : dirname(full);
  const pattern = name.replace(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")
    .replaceAll("?", ".");
  const fits = info?.isDirectory ? /\.parquet$/i : new RegExp(`^${pattern}$`);
  const unreadable = (expected: string) =>
    new DataProblems(path, [problem("unreadable", expected)]);
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) {
      if (!entry.isDirectory && fits.test(entry.name)) names.push(entry.name);
    }
  } catch (error) {
    throw unreadable(`a folder that can be read: ${(error as Error).message}`);
  }
  if (names.length > 0) return names.sort().map((each) => join(folder, each));
  throw unreadable("at least one Parquet file (its name ends in .parquet)");
}
