import { checkRespondents } from "./check_respondents.ts";
import { codeAnswers } from "./code_answers.ts";
import type { Codebook } from "./codebook.ts";
import { matchColumns } from "./match_columns.ts";
import { DataProblems, isError, type Problem, problem } from "./problem.ts";
import { readBytes } from "./read_bytes.ts";
import { readTable } from "./readers/read_table.ts";
import type { Survey } from "./survey.ts";

/** What came of checking a response file. */
export interface Validation {
  /** Why the file cannot be used; empty where it can. */
  readonly problems: readonly Problem[];
  /** What can be used but should be known. */
  readonly warnings: readonly Problem[];
  /** The survey, or null where there are problems. */
  readonly survey: Survey | null;
}

/**
 * Reads a response file and checks everything about it.
 *
 * @param file A path or file: URL.
 * @param codebook What was asked.
 * @param options `onWarnings` is given the warnings, where there are any.
 * @returns The survey: codes for every question and variable that the file has.
 * @throws {DataProblems} With every problem, if there is one.
 */
export async function loadSurvey(
  file: string | URL,
  codebook: Codebook,
  options: { onWarnings?: (warnings: readonly Problem[]) => void } = {},
): Promise<Survey> {
  const { problems, warnings, survey } = await check(file, codebook);
  if (!survey) throw new DataProblems(nameOf(file), [...problems, ...warnings]);
  if (warnings.length > 0) options.onWarnings?.(warnings);
  return survey;
}

/**
 * Lists every problem of a response file.
 *
 * Problems of the file itself (unreadable, damaged, of another kind) end the check, since nothing
 * behind them can be trusted; all others are found in one go.
 *
 * @param file A path or file: URL.
 * @param codebook What was asked.
 */
export async function validateFile(
  file: string | URL,
  codebook: Codebook,
): Promise<Validation> {
  try {
    return await check(file, codebook);
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems, warnings: [], survey: null };
  }
}

async function check(
  file: string | URL,
  codebook: Codebook,
): Promise<Validation> {
  const { bytes, name, sha256 } = await readBytes(file);
  const { table, header, lineOf } = await readTable(bytes, name);
  const match = matchColumns(header, codebook);
  const found: Problem[] = [...match.problems];
  const respondents = table.numRows();
  const names = table.columnNames();
  const valuesOf = (id: string) => {
    const column = names[match.positions.get(id) ?? -1];
    return column === undefined ? null : table.array(column) as ArrayLike<string | null>;
  };
  const nameOf = (id: string) => header[match.positions.get(id) ?? -1] ?? id;
  if (respondents === 0) {
    found.push(problem("no_rows", "one row per respondent below the header"));
  }
  const ids = valuesOf(codebook.respondent.column);
  const who = ids
    ? checkRespondents(
      ids,
      codebook,
      nameOf(codebook.respondent.column),
      lineOf,
    )
    : { synthetic: false, problems: [] };
  const answers = codeAnswers(
    { respondents, valuesOf, nameOf, lineOf },
    codebook,
  );
  found.push(...who.problems, ...answers.problems);
  const problems = found.filter(isError);
  const survey: Survey | null = problems.length > 0 ? null : {
    codebook,
    source: { file: name, sha256, respondents, synthetic: who.synthetic },
    codes: answers.codes,
    weights: null,
    left_out: match.left_out,
  };
  return { problems, warnings: found.filter((p) => !isError(p)), survey };
}

function nameOf(file: string | URL): string {
  return String(file).split(/[\\/]/).at(-1) || String(file);
}
