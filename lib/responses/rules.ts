/** A rule of response files: how bad it is when broken, what that is called, and what to do. */
export interface RuleText {
  readonly severity: "error" | "warning";
  readonly title: string;
  readonly advice: string;
}

const error = (title: string, advice: string): RuleText => ({
  severity: "error",
  title,
  advice,
});
const warning = (title: string, advice: string): RuleText => ({
  severity: "warning",
  title,
  advice,
});

/**
 * Every rule, in the order in which problems are listed.
 *
 * An error means that some figure could be wrong, so nothing is computed (exit code 2). A warning
 * means that every figure is right for what the file holds, but that it may hold less than expected.
 */
export const RULES = {
  unreadable: error(
    "The file cannot be opened",
    "Check the path, and that you may read the file.",
  ),
  empty_file: error(
    "The file is empty",
    "Export the answers again, and check that the export finished.",
  ),
  wrong_kind: error(
    "The file is of another kind than it should be",
    "Save the answers as CSV (in Excel: “CSV UTF-8”) and give the file the ending of its kind.",
  ),
  damaged: error(
    "The file is damaged",
    "Export or copy it again; if that does not help, save the answers as CSV with the encoding UTF-8.",
  ),
  encoding: error(
    "The file's letters cannot be read",
    "Save it again as CSV with the encoding UTF-8.",
  ),
  half_written: error(
    "The file stops in the middle",
    "Export or copy it again; the end is missing.",
  ),
  stray_quote: error(
    "A value goes on after its closing quote",
    'Write a quote inside a value twice ("") and put the whole value in quotes.',
  ),
  field_count: error(
    "A row has more or fewer values than the header",
    "Look at that line: a value that holds the delimiter must stand in quotes.",
  ),
  no_rows: error(
    "The file has a header but no respondents",
    "Export the answers again, and check that the export finished.",
  ),
  no_known_column: error(
    "No column of the file is known",
    "Check that this is the right file and that its first line holds the column names.",
  ),
  no_questions: error(
    "The file holds none of the questions",
    "Check that this is the file with the answers.",
  ),
  duplicate_column: error(
    "Two columns stand for the same thing",
    "Remove or rename one of them.",
  ),
  misspelt_column: error(
    "A column looks like a misspelt name, and the column of that name is missing",
    "Rename the column in the file, name it in a mapping, or add its name to the aliases in data/codebook.json.",
  ),
  missing_routing: error(
    "A column is missing that says who was asked",
    "Add the column, or remove the questions that depend on it.",
  ),
  unknown_category: error(
    "An answer that the codebook does not have",
    "Correct it in the file, name it in a mapping, or add it (or an alias) to data/codebook.json.",
  ),
  code_disagrees: error(
    "The file's labels say that its codes are not those of the codebook",
    "Give every code of that column its label in the file, or say in a mapping what each code means.",
  ),
  no_weight: error(
    "There is no column of weights",
    "Add the column, name it in a mapping, or run without weights.",
  ),
  bad_weight: error(
    "A weight that nobody can have",
    "Give each respondent a number above 0, or run without weights.",
  ),
  duplicate_respondent: error(
    "A respondent comes twice",
    "Remove the row that is too many.",
  ),
  answered_not_asked: error(
    "Someone answered who was not asked",
    "Correct the answer, or the column that says who was asked.",
  ),
  parts_differ: error(
    "The files of one survey have not the same columns",
    "Add the column to every file, or take it out of all of them.",
  ),
  counts_column: error(
    "The table of counts lacks a column",
    "Give it the columns question, variable, group, answer, n, w and w2; see data/README.md.",
  ),
  unknown_name: error(
    "A question or variable that the codebook does not have",
    "Correct its id in the table, or add it to data/codebook.json.",
  ),
  bad_count: error(
    "A count that nobody can have",
    "Give as n a number of people, as w the sum of their weights and as w2 that of the squared weights; unweighted all three are the same.",
  ),
  counts_disagree: error(
    "Counts of the same people do not agree",
    "Make all counts from the same rows, and give each combination of answers its row.",
  ),
  counts_routing: error(
    "Counts do not fit who was asked",
    "Count those who were not asked as (not asked), and those who were and gave none as (no answer).",
  ),
  one_respondent: warning(
    "The file has one respondent",
    "Check that the export finished: no figure can be shown about one person.",
  ),
  one_answer: warning(
    "Everybody gave the same answer",
    "Check the export: the column may hold a default value.",
  ),
  declared_missing: warning(
    "A value that the file itself declares missing",
    "Nothing, if it is no answer: it counts as none. If it is one, name it in a mapping.",
  ),
  equal_weights: warning(
    "All weights are the same",
    "Check that this is the right column: the figures are those without weights.",
  ),
  unused_weight: warning(
    "The file has weights, and they are not used",
    "Nothing, if every respondent should count the same. Otherwise run with --weights column.",
  ),
  unused_counts: warning(
    "Counts of a made column are left aside",
    "Nothing: they are worked out from the counts of its questions together.",
  ),
  unused_mapping: warning(
    "The mapping names something that the file does not have",
    "Nothing, if the mapping was made for another file. Otherwise correct its spelling.",
  ),
  other_sheet: warning(
    "Another sheet of the workbook holds answers too",
    "Nothing, if the right one was read. Otherwise delete or move the others.",
  ),
  unknown_column: warning(
    "A column that the codebook does not have is left aside",
    "Nothing, unless it should be used: then add it to data/codebook.json.",
  ),
  left_out: warning(
    "A question was left out of this file",
    "Nothing, if it was not asked: the report says so. Otherwise add the column.",
  ),
  missing_variable: warning(
    "A background variable was left out of this file",
    "Nothing, if it was not asked: nothing is broken down by it. Otherwise add the column.",
  ),
  nobody_answered: warning(
    "Nobody answered this",
    "Check the export, if it was asked.",
  ),
  no_answer: warning(
    "Asked, but no answer",
    "Nothing: they are left out of the base of that question.",
  ),
  no_respondent_column: warning(
    "No column tells respondents apart",
    "Nothing, but nobody can check that each stands there once.",
  ),
  empty_respondent: warning(
    "A respondent without an id",
    "Nothing, but nobody can check that they stand there once.",
  ),
  mixed_respondents: warning(
    "Made-up respondents stand beside others",
    "Check what was put together: the whole file counts as synthetic.",
  ),
} as const satisfies Record<string, RuleText>;

/** The name of a rule. */
export type Rule = keyof typeof RULES;
