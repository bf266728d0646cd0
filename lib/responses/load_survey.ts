import { checkAnswers } from "./check_answers.ts";
import { RespondentIds } from "./check_respondents.ts";
import { codeAnswers, type CodedAnswers } from "./code_answers.ts";
import type { Codebook } from "./codebook.ts";
import { AnswerCodes } from "./encode_column.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { peekFile } from "./peek_file.ts";
import { DataProblems, isError, type Problem, problem } from "./problem.ts";
import { areCountColumns, readCounts } from "./read_counts.ts";
import { readColumns } from "./read_columns.ts";
import { checkWeights, WeightColumn } from "./read_weights.ts";
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

/** How a response file is to be read. */
export interface LoadOptions {
  /** What columns and values stand for, where the codebook does not know them. */
  readonly mapping?: Mapping;
  /** Whether the weights of the file count; otherwise every respondent counts the same. */
  readonly weights?: boolean;
  /**
   * Is given the respondents' ids, one per row, where the file is in order and has them. A survey does
   * not keep them; who asks for them to find people in another wave must not keep them either.
   */
  readonly onRespondents?: (ids: readonly string[]) => void;
}

/**
 * Reads a response file, or a table of counts, and checks everything about it.
 *
 * @param file A path or file: URL.
 * @param codebook What was asked.
 * @param options `onWarnings` is given the warnings, where there are any; and see {@link LoadOptions}.
 * @returns The survey: codes for every question and variable that the file has.
 * @throws {DataProblems} With every problem, if there is one.
 */
export async function loadSurvey(
  file: string | URL,
  codebook: Codebook,
  options: LoadOptions & { onWarnings?: (warnings: readonly Problem[]) => void } = {},
): Promise<Survey> {
  const { problems, warnings, survey } = await check(file, codebook, options);
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
 * @param options See {@link LoadOptions}.
 */
export async function validateFile(
  file: string | URL,
  codebook: Codebook,
  options: LoadOptions = {},
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
  { mapping = NO_MAPPING, weights = false, onRespondents }: LoadOptions,
): Promise<Validation> {
  const peek = await peekFile(file);
  if (peek !== null && areCountColumns(peek.header)) {
    return await readCounts(file, codebook, weights);
  }
  const idColumn = codebook.respondent.column;
  const weightColumn = codebook.weight?.column;
  const people: string[] = [];
  const answersBy = new Map<string, AnswerCodes>();
  const underway = new Set<AnswerCodes>();
  let coded: CodedAnswers | null = null as CodedAnswers | null;
  const code = (respondents: number) =>
    coded ??= codeAnswers(
      { respondents, codesOf: (id) => answersBy.get(id)?.codes ?? null },
      codebook,
    );
  let ids: RespondentIds | null = null as RespondentIds | null;
  let weightsRead: WeightColumn | null = null as WeightColumn | null;
  const read = await readColumns(file, codebook, ({ id, about }) => {
    coded = null;
    if (id === null) return null;
    if (id === idColumn) {
      people.length = 0;
      return ids = new RespondentIds(codebook, onRespondents ? people : null);
    }
    if (id === weightColumn) return weights ? weightsRead = new WeightColumn() : null;
    const codes = new AnswerCodes(id, codebook, { about, mapped: mapping.values.get(id) });
    answersBy.set(id, codes);
    underway.add(codes);
    // All answers may be there while the ids are still read. Where reading begins anew, they are coded
    // at the end.
    codes.done = () => {
      underway.delete(codes);
      if (underway.size === 0) code(codes.codes.length);
    };
    return codes;
  }, mapping);
  const { respondents, has, nameOf, lineOf, textOf } = read;
  const found: Problem[] = [...read.problems];
  if (respondents === 0) {
    found.push(problem("no_rows", "one row per respondent below the header"));
  }
  const who = ids && has(idColumn)
    ? ids.result({ name: nameOf(idColumn), lineOf, textOf: (row) => textOf(idColumn, row) })
    : { synthetic: false, problems: [] };
  const columns = {
    respondents,
    nameOf,
    lineOf,
    textOf,
    problemsOf: (id: string) => answersBy.get(id)?.problemsIn({ name: nameOf(id), lineOf }) ?? [],
  };
  // A column that was read may turn out to be none after all.
  for (const id of answersBy.keys()) if (!has(id)) answersBy.delete(id);
  const answers = code(respondents);
  const weighed = checkWeights(weightsRead, read, codebook, weights);
  found.push(...who.problems, ...answers.problemsIn(columns), ...weighed.problems);
  found.push(...checkAnswers(answers.codes, columns, codebook));
  const problems = found.filter(isError);
  const survey: Survey | null = problems.length > 0 ? null : {
    codebook,
    source: {
      file: read.file,
      sha256: read.sha256,
      respondents,
      synthetic: who.synthetic,
    },
    codes: answers.codes,
    weights: weighed.weights,
    left_out: read.left_out,
  };
  if (survey && ids && has(idColumn)) onRespondents?.(people);
  return { problems, warnings: found.filter((p) => !isError(p)), survey };
}

function nameOf(file: string | URL): string {
  return String(file).split(/[\\/]/).at(-1) || String(file);
}
