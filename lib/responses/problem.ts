import { InputError } from "./input_error.ts";
import type { Survey } from "./survey.ts";

/** What makes some figure wrong, so that nothing is computed: what it is called, and what to do. */
const ERRORS = {
  unreadable: "The file cannot be opened. Check the path, and that you may read the file.",
  empty_file: "The file is empty. Export the answers again, and check that the export finished.",
  wrong_kind:
    "The file is of another kind than it should be. Save the answers as CSV (in Excel: “CSV UTF-8”) and give the file the ending of its kind.",
  damaged:
    "The file is damaged. Export or copy it again; if that does not help, save the answers as CSV with the encoding UTF-8.",
  far_cell:
    "A cell stands far away from the answers. Delete in Excel what stands outside the answers, whole columns and rows of it, and save again.",
  encoding: "The file's letters cannot be read. Save it again as CSV with the encoding UTF-8.",
  half_written: "The file stops in the middle. Export or copy it again; the end is missing.",
  stray_quote:
    `A value goes on after its closing quote. Write a quote inside a value twice ("") and put the whole value in quotes.`,
  field_count:
    "A row has more or fewer values than the header. Look at that line: a value that holds the delimiter must stand in quotes.",
  other_row:
    `A row that is no respondent. Take it out of the file, or let a mapping leave such rows out: "other_rows": "skip".`,
  no_rows:
    "The file has a header but no respondents. Export the answers again, and check that the export finished.",
  no_known_column:
    "No column of the file is known. Check that this is the right file and that its first line holds the column names.",
  no_questions:
    "The file holds none of the questions. Check that this is the file with the answers.",
  duplicate_column: "Two columns stand for the same thing. Remove or rename one of them.",
  misspelt_column:
    "A column looks like a misspelt name, and the column of that name is missing. Rename the column in the file, name it in a mapping, or add its name to the aliases in data/codebook.json.",
  missing_routing:
    "A column is missing that says who was asked. Add the column, or remove the questions that depend on it.",
  unknown_category:
    "An answer that the codebook does not have. Correct it in the file, name it in a mapping, or add it to data/codebook.json: as an alias, under no_answer where it is none, or as a new answer (waves then says what an earlier wave had).",
  ambiguous_value:
    "A value that can mean two things. Say in a mapping what it means: a category, or null for no answer.",
  code_disagrees:
    "The file's labels say that its codes are not those of the codebook. Give every code of that column its label in the file, or say in a mapping what each code means.",
  no_weight:
    "There is no column of weights. Add the column, name it in a mapping, or run without weights.",
  bad_weight:
    "A weight that nobody can have. Give each respondent a number above 0, or run without weights.",
  ambiguous_number:
    "A number that can be read in two ways. Write the column's numbers without a mark between thousands, and with the same number of decimals.",
  no_result:
    "A respondent's id is a formula without its result. Open the file in Excel, so that it is worked out, and save it.",
  duplicate_respondent: "A respondent comes twice. Remove the row that is too many.",
  answered_not_asked:
    `Someone answered who was not asked. Correct the answer, or the column that says who was asked; where that was left empty, "routing": "infer" in study of data/codebook.json takes whoever answered as asked.`,
  parts_differ:
    "The files of one survey have not the same columns. Add the column to every file, or take it out of all of them.",
  counts_column:
    "The table of counts lacks a column. Give it the columns question, variable, group, answer, n, w and w2; see data/README.md.",
  unknown_name:
    "A question or variable that the codebook does not have. Correct its id in the table, or add it to data/codebook.json.",
  bad_count:
    "A count that nobody can have. Give as n a number of people, as w the sum of their weights and as w2 that of the squared weights; unweighted all three are the same.",
  counts_disagree:
    "Counts of the same people do not agree. Make all counts from the same rows, and give each combination of answers its row.",
  counts_routing:
    "Counts do not fit who was asked. Count those who were not asked as (not asked), and those who were and gave none as (no answer).",
};

/** What leaves every figure right for what the file holds, which may be less than expected. */
const WARNINGS = {
  more_than_invited:
    "More people answered than were invited. Put the number of this wave into data/codebook.json (study.invited): intervals and the response rate follow it.",
  other_year:
    "The file's dates are of another year than the fieldwork. If the answers are of a new wave, put its dates, number invited and name into data/codebook.json (study): the report tells them.",
  one_respondent:
    "The file has one respondent. Check that the export finished: no figure can be shown about one person.",
  one_answer:
    "Everybody gave the same answer. Check the export: the column may hold a default value.",
  declared_missing:
    "A value that the file itself declares missing. Nothing, if it is no answer: it counts as none. If it is one, name it in a mapping.",
  declined:
    "An answer that the codebook counts as none. Nothing: they are left out of the base of that question.",
  inferred_routing:
    "A question left empty that says who is asked others, which were answered. Nothing: they are taken as asked, as the codebook says.",
  incomplete:
    "Someone who stopped too early to count as a respondent. Nothing: they are left out of everything, as the codebook says.",
  equal_weights:
    "All weights are the same. Check that this is the right column: the figures are those without weights.",
  unused_weight:
    "The file has weights, and they are not used. Nothing, if every respondent should count the same. Otherwise run with --weights column.",
  weighted_by:
    "The file is weighted by a column, and every respondent counts the same here. Nothing, if that is meant. Otherwise name the column in a mapping, and run with --weights column.",
  unused_counts:
    "Counts of a made column are left aside. Nothing: they are worked out from the counts of its questions together.",
  unused_mapping:
    "The mapping names something that the file does not have. Nothing, if the mapping was made for another file. Otherwise correct its spelling.",
  skipped_row: "A row that is no respondent was left out. Nothing, if that is what it is.",
  open_end:
    "The mark at the end of the file is missing. Check the number of respondents: some programs write none, and a file that was cut off has none.",
  zero_for_missing:
    "Zeros that stand for no value. Nothing: the program that wrote the file puts them where there is none, and writes zeros that are values in another way.",
  other_sheet:
    "Another sheet of the workbook holds answers too. Nothing, if the right one was read. Otherwise delete or move the others.",
  unknown_column:
    "A column that the codebook does not have is left aside. Nothing, unless it should be used: then add it to data/codebook.json.",
  left_out:
    `A question was left out of this file. Nothing, if it was not asked: the report says so ("waves" in data/codebook.json can say it for good). Otherwise add the column.`,
  missing_variable:
    "A background variable was left out of this file. Nothing, if it was not asked: nothing is broken down by it. Otherwise add the column.",
  nobody_answered: "Nobody answered this. Check the export, if it was asked.",
  no_answer: "Asked, but no answer. Nothing: they are left out of the base of that question.",
  no_respondent_column:
    "No column tells respondents apart. Nothing, but nobody can check that each stands there once.",
  empty_respondent:
    "A respondent without an id. Nothing, but nobody can check that they stand there once.",
  mixed_respondents:
    "Made-up respondents stand beside others. Check what was put together: the whole file counts as synthetic.",
};

/** The name of a rule of response files. */
export type Rule = keyof typeof ERRORS | keyof typeof WARNINGS;

/** Every rule, in the order in which problems are listed. */
export const RULES: readonly Rule[] = [...Object.keys(ERRORS), ...Object.keys(WARNINGS)] as Rule[];

/** What a rule is called when it is broken, and what to do. */
export function ruleText(rule: Rule): { title: string; advice: string } {
  // No title has a full stop in it.
  const [title = "", ...advice] = { ...ERRORS, ...WARNINGS }[rule].split(". ");
  return { title, advice: advice.join(". ") };
}

/** One thing that is wrong with a response file, however many rows it concerns. */
export interface Problem {
  readonly rule: Rule;
  /** Number of the first respondent concerned, from 1; null where no row is to blame. */
  readonly row: number | null;
  /** Line in the file of that respondent, from 1; null where there are no lines. */
  readonly line: number | null;
  /** Name of the column as it stands in the file, or as the codebook has it where it is missing. */
  readonly column: string | null;
  /** What stands there, cut and made visible; never an answer to an open question in full. */
  readonly value: string | null;
  /** What was expected, the nearest legal values first. */
  readonly expected: string;
  /** How many rows have the same problem. */
  readonly count: number;
}

/** Makes a problem; what is left out is null, and the count 1. */
export function problem(
  rule: Rule,
  expected: string,
  at: Partial<Omit<Problem, "rule" | "expected">> = {},
): Problem {
  const { row = null, line = null, column = null, value = null, count = 1 } = at;
  const shown = (text: string | null) => text === null ? null : showValue(text);
  return { rule, row, line, column: shown(column), value: shown(value), expected, count };
}

/** Whether a problem stops the run. */
export function isError({ rule }: Problem): boolean {
  return Object.hasOwn(ERRORS, rule);
}

/** What came of checking a response file. */
export interface Validation {
  /** Why the file cannot be used; empty where it can. */
  readonly problems: readonly Problem[];
  /** What can be used but should be known. */
  readonly warnings: readonly Problem[];
  /** The survey, or null where there are problems. */
  readonly survey: Survey | null;
}

/** What was found of a file, and its survey where nothing of it stops the run. */
export function validation(found: readonly Problem[], survey: Survey | null): Validation {
  const problems = found.filter(isError);
  const warnings = found.filter((each) => !isError(each));
  return { problems, warnings, survey: problems.length > 0 ? null : survey };
}

/** A response file that cannot be used, with everything that is wrong with it. */
export class DataProblems extends InputError {
  /**
   * @param file The file's name.
   * @param problems Errors and warnings; at least one error.
   */
  constructor(readonly file: string, readonly problems: readonly Problem[]) {
    super(`Cannot use ${file}\n\n${formatProblems(problems.filter(isError))}`);
  }
}

/**
 * Writes problems for the terminal: by rule, aligned, and after the first few of each "and 37 more".
 *
 * @param problems Errors or warnings, in any order.
 * @param options `limit`: how many to list of each rule (8).
 * @returns Lines without a final line break; empty where there are no problems.
 */
export function formatProblems(
  problems: readonly Problem[],
  { limit = 8 }: { limit?: number } = {},
): string {
  return RULES.flatMap((rule) => {
    const these = together(problems.filter((problem) => problem.rule === rule));
    if (these.length === 0) return [];
    const { title, advice } = ruleText(rule);
    const lines = aligned(these.slice(0, limit).map(cellsOf)).map((line) => `  ${line}`);
    if (these.length > limit) lines.push(`  and ${these.length - limit} more`);
    return [[`${title} [${rule}]`, ...lines, `  What to do: ${advice}`].join("\n")];
  }).join("\n\n");
}

/** Problems with one that several columns have with the same value told once. */
function together(
  problems: readonly Problem[],
): readonly (Problem & { readonly isTimes?: true })[] {
  const keyOf = ({ rule, value, column }: Problem) =>
    rule === "unknown_category" && value !== null && column !== null ? value : null;
  const same = Map.groupBy(problems, keyOf);
  return problems.flatMap((problem) => {
    const all = same.get(keyOf(problem))!;
    const columns = new Set(all.map(({ column }) => column));
    if (keyOf(problem) === null || columns.size < all.length || all.length === 1) return [problem];
    if (problem !== all[0]) return [];
    const near = all.map(({ expected }) => /^nearest: [^(]+/.exec(expected)?.[0].trim());
    const isOne = near.every((each) => each !== undefined && each === near[0]);
    const causes = new Set(
      all.map(({ expected }) =>
        /^(?:nearest: [^(]+\()?(.+?); one of: /.exec(expected)?.[1] ?? null
      ),
    );
    const [cause] = causes.size === 1 ? [...causes] : [];
    return [{
      ...problem,
      column: [...columns].join('", "'),
      count: all.reduce((sum, { count }) => sum + count, 0),
      isTimes: true,
      expected: isOne
        ? near[0]! + (cause ? ` (${cause})` : "")
        : cause ?? "an answer of each of these questions",
    }];
  });
}

function cellsOf(problem: Problem & { readonly isTimes?: true }): string[] {
  const { row, line, column, value, expected, count, isTimes = false } = problem;
  const inFile = line === null ? "" : row === null ? `line ${line}` : ` (line ${line})`;
  return [
    (row === null ? "" : `row ${row}`) + inFile,
    column === null ? "" : `column "${column}"`,
    value === null ? "" : `"${value}"`,
    count > 1 ? `${count} ${isTimes ? "times" : "rows"}` : "",
    expected,
  ];
}

/** Pads each column to its longest text; columns that are empty everywhere are dropped. */
function aligned(rows: string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row.map((text, i) => text.padEnd(widths[i] ?? 0))
      .filter((_, i) => (widths[i] ?? 0) > 0)
      .join("  ").trimEnd()
  );
}

const CONTROL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/**
 * Makes a value from a file fit to stand in a message: control and other invisible characters as
 * `\u{…}`, and cut after 60 characters.
 *
 * @param value Any text, however long.
 * @returns One line of plain text, without quotes.
 */
export function showValue(value: string): string {
  const head = [...value.slice(0, 240)].slice(0, 60).join("");
  const shown = head.replace(CONTROL, (character) => {
    if (character === "\n") return "\\n";
    if (character === "\r") return "\\r";
    if (character === "\t") return "\\t";
    return `\\u{${character.codePointAt(0)?.toString(16)}}`;
  });
  return head.length < value.length ? `${shown}… (${value.length} characters)` : shown;
}
