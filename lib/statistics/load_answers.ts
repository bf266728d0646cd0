import { basename, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError } from "../responses/input_error.ts";
import type { Codebook } from "../responses/codebook.ts";
import { type LoadOptions, validateFile } from "../responses/load_survey.ts";
import { peekFile } from "../responses/peek_file.ts";
import { DataProblems, type Problem, type Validation } from "../responses/problem.ts";
import { areCountColumns } from "../responses/read_counts.ts";
import type { Survey } from "../responses/survey.ts";
import type { Domain } from "./domain.ts";
import type { Engine } from "./engine.ts";
import { listParts, type Part, partOf } from "./duckdb/parts.ts";

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
  const { problems, warnings, survey } = await validateAnswers(file, codebook, options);
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
  const path = file instanceof URL && file.protocol === "file:" ? fileURLToPath(file) : `${file}`;
  try {
    const parts = await partsToCount(path, options.engine ?? null);
    if (parts === null) return await validateFile(file, codebook, options);
    const { countFiles } = await import("./duckdb/counted_files.ts");
    return await countFiles(parts, codebook, { ...options, name: basename(resolve(path)) });
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems, warnings: [], survey: null };
  }
}

/** The files that DuckDB is to count; null where the answers are read into memory. */
async function partsToCount(path: string, engine: Engine | null): Promise<Part[] | null> {
  const parts = await listParts(path);
  if (parts !== null) {
    if (engine === "memory") {
      throw new InputError(
        `${path} is a survey of ${parts.length} files, and the engine "memory" reads one. Give one ` +
          `file, or leave the engine out.`,
      );
    }
    return parts;
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
  return engine === "duckdb" || isLarge ? [await partOf(resolve(path))] : null;
}
