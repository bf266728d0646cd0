import type { ColumnTable } from "arquero";
import { categoriesOf, type Codebook } from "../responses/codebook.ts";
import { InputError } from "../responses/input_error.ts";
import { inEveryLanguage, type Language, type Text, translated } from "../responses/language.ts";
import { codebook } from "../responses/study.ts";
import { type Estimate, isMovedByWeights, unweightedShare } from "../statistics/estimate.ts";
import { ESTIMATE_COLUMNS } from "../statistics/estimates.ts";
import { texts } from "../words/catalogue.ts";
import { fullStop, TEXT } from "../words/figure_texts.ts";
import { endNames, howCounted } from "../words/how_counted.ts";
import { tell } from "../words/tell.ts";
import { type Column, dataTable, number, type TableOptions, tabulated } from "./data_table.ts";
import type { DataColumn, DataTable } from "./notebook_file.ts";
import type { Showable } from "./showable.ts";

/** The columns of an estimate that readers know by other names. */
const COLUMNS: Readonly<Record<string, DataColumn["kind"] & string>> = {
  question: "text",
  set: "text",
  category: "text",
  variable: "text",
  group: "text",
  n: "count",
  count: "count",
  share: "share",
  low: "share",
  high: "share",
};

/**
 * A table of estimates as colleagues read it: the codebook's words in the place of ids.
 *
 * @param table Estimates as `shares()` gives them, after any of Arquero's verbs; of its columns those
 *   of an estimate are shown, in the table's order. With `weighted` among them, the line below the
 *   table says how people count; the other columns of a share given too, it has the unweighted share
 *   where weights move one by more than a point. What is the same in every row is said below it.
 */
export function estimateTable(table: ColumnTable, options: TableOptions): Showable {
  return dataTable([estimateData(table, options)]);
}

/** The same as values. */
export function estimateData(
  table: ColumnTable,
  options: TableOptions,
): (language: Language) => DataTable {
  const { confidence } = codebook().study;
  const labels: Readonly<Record<string, Text>> = { ...texts("table"), ...endNames(confidence) };
  const has = (column: string) => table.columnNames().includes(column);
  const rows = table.objects() as (Row & Estimate)[];
  const given = table.columnNames().filter((column) => Object.hasOwn(COLUMNS, column));
  const same = sameInAllRows(rows, given);
  const about = same.filter((column) => rows[0]![column] !== null).map((column) =>
    inEveryLanguage((language) =>
      `${labels[column]![language]}: ${fullStop(labelOf(codebook(), rows[0]!, column)[language])}`
    )
  );
  // What it takes to tell whether and how far weights move the shares may have been left out.
  const moved = ["n", "count", "share", "weighted"].every(has) && rows.some(isMovedByWeights);
  const base = translated(options.base);
  const how = howCounted(rows, confidence);
  const columns = given.filter((column) => !same.includes(column)).map((
    column,
  ): Column<Row & Estimate> => ({
    label: labels[column]!,
    kind: COLUMNS[column]!,
    value: (row) => {
      const value = (row as Row)[column] ?? null;
      return typeof value === "string" ? labelOf(codebook(), row, column) : value;
    },
  }));
  return tabulated(rows, [
    ...columns,
    ...moved ? [number("share", TEXT.unweighted, unweightedShare)] : [],
  ], {
    ...options,
    base: tell(
      ...about,
      has("weighted")
        ? inEveryLanguage((language) => `${fullStop(base[language])} ${how[language]}.`)
        : base,
    ),
    ...ESTIMATE_COLUMNS.every(has) && { estimates: rows },
  });
}

/** Columns of words that say the same in every row: they are said once, below the table. */
function sameInAllRows(rows: readonly Row[], names: readonly string[]): string[] {
  const words = names.filter((name) => COLUMNS[name] === "text");
  const same = words.filter((name) => rows.every((row) => row[name] === rows[0]?.[name]));
  // A table keeps words by which its rows are told apart.
  return rows.length < 2 || same.length === words.length ? [] : same;
}

type Row = Readonly<Record<string, string | number | null>>;

function labelOf(
  book: Codebook,
  row: Row,
  column: string,
): Text {
  const id = String(row[column]);
  const question = book.questions[String(row["question"])];
  const scale = question && book.scales[question.scale];
  const found = {
    question: question?.label,
    set: scale?.sets[id]?.label,
    category: scale?.categories[id],
    variable: book.variables[id]?.label,
    group: row["variable"] === undefined
      ? groupAnywhere(book, id)
      : categoriesOf(book, String(row["variable"]))?.[id],
  }[column];
  if (found === undefined) {
    throw new InputError(
      `The table has "${id}" in its column "${column}", which the codebook does not know` +
        (question ? "." : `: keep the column "question" beside it.`),
    );
  }
  return found;
}

/** Without the column "variable" a group goes by its id alone. */
function groupAnywhere(book: Codebook, id: string): Text | undefined {
  const labels = Object.values(book.variables).flatMap(({ categories }) => categories[id] ?? []);
  return labels[0] && inEveryLanguage((language) => labels[0]![language]);
}
