import { checkAnswers } from "./check_answers.ts";
import { checkRespondents } from "./check_respondents.ts";
import { otherYear } from "./check_study.ts";
import { codeAnswers, incompleteRows } from "./code_answers.ts";
import type { Codebook } from "./codebook.ts";
import { encodeColumn } from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { numbersWhere, scoreOf } from "./kind_values.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { peekFile } from "./open_file.ts";
import { type Problem, problem, type Validation, validation } from "./problem.ts";
import { areCountColumns, readCounts } from "./read_counts.ts";
import { readResponses, type ResponseFile } from "./read_responses.ts";
import { readWeights } from "./read_weights.ts";
import { keepBesideAnswers, type Source, type Survey } from "./survey.ts";

/** How a response file is to be read. */
export interface LoadOptions {
  /** What columns and values stand for, where the codebook does not know them. */
  readonly mapping?: Mapping;
  /** Whether the weights of the file count; otherwise every respondent counts the same. */
  readonly weights?: boolean;
  /** For tests: from which size on a file is large; see `readResponses()`. */
  readonly large?: { readonly bytes: number; readonly rows: number };
}

/**
 * Reads a response file, or a table of counts, and lists every problem of it.
 *
 * @param file A path or file: URL.
 * @param codebook What was asked.
 * @param options See {@link LoadOptions}.
 * @throws {DataProblems} Where the file itself is to blame (unreadable, damaged, of another kind), so that
 *   nothing behind that can be trusted; all else is found in one go.
 */
export async function checkFile(
  file: string | URL,
  codebook: Codebook,
  { mapping = NO_MAPPING, weights = false, large }: LoadOptions,
): Promise<Validation> {
  const peek = await peekFile(file);
  if (peek !== null && areCountColumns(peek.header)) {
    return await readCounts(file, codebook, weights);
  }
  const read = await readResponses(file, codebook, { mapping, weights, ...large && { large } });
  return checkResponses(read, codebook, weights);
}

/**
 * Codes the answers of a response file, and checks everything about them.
 *
 * @param weights Whether its weights count.
 * @param incomplete How many rows were left out before since these people stopped too early.
 */
export function checkResponses(
  read: ResponseFile,
  codebook: Codebook,
  weights: boolean,
  incomplete = 0,
): Validation {
  const { respondents, ids, nameOf, lineOf, textOf } = read;
  const found: Problem[] = [...read.problems];
  if (respondents === 0) {
    found.push(problem("no_rows", "one row per respondent below the header"));
  }
  const idColumn = { name: nameOf(codebook.respondent.column), lineOf };
  const who = ids ? checkRespondents(ids, codebook, idColumn) : { synthetic: false, problems: [] };
  const encoded = new Map(
    fileColumns(codebook).filter((id) => read.has(id)).map((id) => {
      const column = {
        values: read.valuesOf(id)!,
        name: nameOf(id),
        about: read.aboutOf(id),
        mapped: read.mappedOf(id),
        lineOf,
      };
      return [id, encodeColumn(column, id, codebook)] as const;
    }),
  );
  const columns = {
    respondents,
    codesOf: (id: string) => encoded.get(id)?.codes ?? null,
    problemsOf: (id: string) => encoded.get(id)?.problems ?? [],
    ...{ nameOf, lineOf, textOf },
  };
  const answers = codeAnswers(columns, codebook);
  const rows = incomplete > 0
    ? new Set<number>()
    : incompleteRows(answers.codes, codebook, respondents);
  if (rows.size > 0) {
    const { isText, problems } = read;
    const others = { ...read.without(rows), isText, problems };
    return checkResponses(others, codebook, weights, rows.size);
  }
  const left_out = [...read.left_out];
  const numbers = new Map<string, Float64Array>();
  for (const [id, question] of Object.entries(codebook.questions)) {
    const codes = answers.codes.get(id);
    if (codes && question.numbers?.arePoints === false) {
      numbers.set(id, numbersWhere(read.numbersOf(id), question, codes));
    }
    if (!question.score) continue;
    const score = scoreOf(question, answers.codes, codebook);
    if (score === null) left_out.push(id);
    else {
      numbers.set(id, score.numbers);
      answers.codes.set(id, score.codes);
    }
  }
  const weighed = readWeights(read, codebook, weights);
  found.push(...who.problems, ...answers.problems, ...weighed.problems);
  const beside = {
    idColumn: ids && idColumn.name,
    columns: [...read.unknown, ...read.aside],
  };
  if (!who.synthetic) found.push(...otherYear(beside.columns, codebook));
  found.push(...checkAnswers(answers.codes, columns, codebook));
  const { inferred } = answers;
  const declined = Object.fromEntries(
    [...encoded].flatMap(([id, { problems }]) => {
      const these = problems.filter(({ rule }) => rule === "declined");
      return these.length === 0 ? [] : [[id, these.reduce((sum, { count }) => sum + count, 0)]];
    }),
  );
  const source: Source = {
    ...{ file: read.file, sha256: read.sha256, respondents, synthetic: who.synthetic },
    ...incomplete > 0 && { incomplete },
    ...Object.keys(inferred).length > 0 && { inferred },
    ...Object.keys(declined).length > 0 && { declined },
  };
  found.push(...toldOf(source, nameOf));
  const survey: Survey = {
    codebook,
    source,
    codes: answers.codes,
    ids,
    weights: weighed.weights,
    left_out,
    ...numbers.size > 0 && { numbers },
  };
  keepBesideAnswers(survey, beside);
  return validation(found, survey);
}

/**
 * What is told of people who are taken to have been asked, and of those who stopped too early.
 *
 * @param nameOf The name in the file of a codebook column.
 */
export function toldOf(
  { incomplete = 0, inferred = {} }: Source,
  nameOf: (id: string) => string,
): Problem[] {
  return [
    ...Object.entries(inferred).map(([id, count]) =>
      problem("inferred_routing", `${count} taken as asked`, { column: nameOf(id), count })
    ),
    ...incomplete === 0 ? [] : [
      problem("incomplete", "people who count by respondent.counts_if", { count: incomplete }),
    ],
  ];
}
