import { codeAnswers, type Columns, incompleteRows } from "./code_answers.ts";
import { categoriesOf, type Codebook } from "./codebook.ts";
import { encodeColumn, type FileColumn } from "./encode_column.ts";
import { fileColumns } from "./file_columns.ts";
import { numbersWhere, scoreOf } from "./kind_values.ts";
import { type Mapping, NO_MAPPING } from "./mapping.ts";
import { peekFile } from "./open_file.ts";
import { type Problem, problem, type Validation, validation } from "./problem.ts";
import { areCountColumns, readCounts } from "./read_counts.ts";
import { readResponses, type ResponseFile } from "./read_responses.ts";
import { readWeights } from "./read_weights.ts";
import { NOT_CALCULATED } from "./readers/response_table.ts";
import { type TextColumn, TextIndex } from "./readers/text_column.ts";
import { keepBesideAnswers, NO_ANSWER, NOT_ASKED, type Source, type Survey } from "./survey.ts";

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

/**
 * Finds what no single row shows: one respondent only, and questions that everybody answered alike.
 *
 * One respondent is a warning and no error, so that a file can be tried out; every figure about them
 * is hidden anyway, being over a base below the codebook's least base.
 *
 * @param codes Codes by question and variable.
 */
function checkAnswers(
  codes: ReadonlyMap<string, Uint8Array>,
  { respondents, nameOf }: Pick<Columns, "respondents" | "nameOf">,
  codebook: Codebook,
): Problem[] {
  const alike = fileColumns(codebook).flatMap((name) => {
    if (codebook.questions[name]?.kind === "open") return [];
    let [only, count] = [NO_ANSWER as number, 0];
    for (const code of codes.get(name) ?? []) {
      if (code === NO_ANSWER || code === NOT_ASKED) continue;
      if (count++ === 0) only = code;
      else if (code !== only) return [];
    }
    const category = Object.values(categoriesOf(codebook, name) ?? {})[only - 1];
    // A few people may well agree.
    if (!category || count < codebook.disclosure.least_base) return [];
    const at = { column: nameOf(name), value: category.da, count };
    return [problem("one_answer", `different answers of ${count} people`, at)];
  });
  return respondents === 1
    ? [problem("one_respondent", "one row for everybody who answered"), ...alike]
    : alike;
}

/** So many respondents who stand there again are named; the rest are counted. */
const MOST_NAMED = 10_000;

/**
 * Checks that each respondent stands in a file once, and whether they are made up.
 *
 * @param ids One per respondent, "" where there is none.
 * @returns `synthetic`: at least one id begins as the codebook says synthetic ones do.
 */
export function checkRespondents(
  ids: TextColumn,
  codebook: Codebook,
  { name, lineOf }: FileColumn,
): { synthetic: boolean; problems: Problem[] } {
  const prefix = new TextEncoder().encode(codebook.respondent.synthetic_prefix);
  const { utf8, ends } = ids;
  let [empty, firstEmpty, synthetic, isAscending, isSynthetic] = [0, -1, 0, true, false];
  for (let row = 0, before = 0, start = 0; row < ids.length; row++) {
    const end = ends[row]!;
    if (start === end && empty++ === 0) firstEmpty = row;
    // Most ids begin as the one before: so much need not be looked at again.
    const most = Math.min(end, 2 * start - before);
    let at = start;
    while (at < most && utf8[at] === utf8[at - start + before]) at++;
    if (row === 0 || at - start < prefix.length) {
      isSynthetic = start < end &&
        prefix.every((byte, i) => start + i < end && utf8[start + i] === byte);
    }
    if (isSynthetic) synthetic++;
    // Longer than the one before, or as long and behind it in the alphabet.
    const longer = (end - start) - (start - before);
    isAscending &&= row === 0 || longer > 0 ||
      (longer === 0 && at < end && utf8[at]! > utf8[at - start + before]!);
    [before, start] = [start, end];
  }
  const problems = isAscending ? [] : duplicates(ids, name, lineOf);
  if (empty > 0) {
    problems.push(
      problem("empty_respondent", "an id", {
        row: firstEmpty + 1,
        line: lineOf(firstEmpty),
        column: name,
        count: empty,
      }),
    );
  }
  if (synthetic > 0 && synthetic < ids.length - empty) {
    problems.push(
      problem(
        "mixed_respondents",
        `all or none of the ids to begin with ${codebook.respondent.synthetic_prefix}`,
        { column: name, count: synthetic },
      ),
    );
  }
  return { synthetic: synthetic > 0, problems };
}

/** A long number as Excel leaves it: 1.23457E+16, or with zeros behind its 15 digits. */
const SHORTENED = /^\d(?:[.,]\d+)?E\+?\d+$|^\d{15}0+$/i;

function duplicates(ids: TextColumn, name: string, lineOf: FileColumn["lineOf"]): Problem[] {
  const again: { row: number; first: number }[] = [];
  const blank: number[] = [];
  let others = 0;
  const index = new TextIndex(ids);
  const notCalculated = index.rowOf(NOT_CALCULATED);
  for (let row = 0; row < ids.length; row++) {
    const first = index.firstOf(row);
    if (ids.bytesAt(row).length === 0) continue;
    if (first === notCalculated) blank.push(row);
    else if (first === row) continue;
    else if (again.length < MOST_NAMED) again.push({ row, first });
    else others++;
  }
  const problems = again.map(({ row, first }) => {
    const value = ids.at(row);
    const why = SHORTENED.test(value) ? "; Excel kept 15 digits of it: export ids as text" : "";
    const expected = `each respondent once; row ${first + 1} is the first${why}`;
    return problem("duplicate_respondent", expected, {
      ...{ row: row + 1, line: lineOf(row), column: name, value },
    });
  });
  const [row] = blank;
  if (row !== undefined) {
    problems.push(problem("no_result", "an id", {
      ...{ row: row + 1, line: lineOf(row), column: name, value: NOT_CALCULATED },
      count: blank.length,
    }));
  }
  if (others > 0) {
    problems.push(problem("duplicate_respondent", "each respondent once", {
      column: name,
      value: "(further respondents)",
      count: others,
    }));
  }
  return problems;
}

/** So much of a column has to be dates; the rest may be remarks such as "unknown". */
const MOSTLY = 0.9;
/** Dates that lie farther apart are no day of answering, but of birth or of employment. */
const MOST_YEARS = 2;

/** Whether more people answered than the codebook says were invited. Made-up people are not. */
export function moreThanInvited({ codebook, source }: Survey): Problem[] {
  const { invited } = codebook.study;
  if (source.synthetic || source.respondents <= invited) return [];
  const value = String(source.respondents);
  return [problem("more_than_invited", `at most ${invited}, as study.invited says`, { value })];
}

/**
 * Whether a column of dates that is none of the codebook's, such as when somebody answered, is of
 * other years than the fieldwork.
 */
export function otherYear(columns: ResponseFile["unknown"], { study }: Codebook): Problem[] {
  const [from, to] = [study.fieldwork.from, study.fieldwork.to].map((day) =>
    Number(day.slice(0, 4))
  );
  return columns.flatMap(({ name, texts }) => {
    const filled = texts.filter((text) => text.trim() !== "");
    const years = filled.map(yearOf).filter((year) => year !== null);
    if (years.length === 0 || years.length < MOSTLY * filled.length) return [];
    const [first, last] = years.reduce(
      ([low, high], year) => [Math.min(low, year), Math.max(high, year)],
      [Infinity, -Infinity],
    );
    const isElsewhere = last < from! || first > to!;
    if (!isElsewhere || last - first >= MOST_YEARS) return [];
    const value = first === last ? `${first}` : `${first}-${last}`;
    const expected = `${study.fieldwork.from} to ${study.fieldwork.to}, as study.fieldwork says`;
    return [problem("other_year", expected, { column: name, value })];
  });
}

/** The year of a text that begins with a date: 2025-04-28, 28-04-2025, 28.4.2025, 4/28/2025. */
function yearOf(text: string): number | null {
  const found = /^\s*(?:(\d{4})-\d\d-\d\d|\d{1,2}[-./]\d{1,2}[-./](\d{4}))(?!\d)/.exec(text);
  return found ? Number(found[1] ?? found[2]) : null;
}
