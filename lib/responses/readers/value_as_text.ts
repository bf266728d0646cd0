import { DataProblems, problem } from "../problem.ts";

/**
 * Writes a value of a typed format (Parquet, Arrow, a workbook) as the text that a CSV file of the
 * same answers would have: a date without a zone, true and false as 1 and 0.
 *
 * @param column The column's name, for the message.
 * @throws {DataProblems} If the value is a list, a record or the like, which no answer is.
 */
export function asText(value: unknown, column: string, file: string): string | null {
  switch (typeof value) {
    case "undefined":
      return null;
    case "string":
      return value;
    case "boolean":
      return value ? "1" : "0";
    case "number":
      // Data frames write NaN where there is none.
      return Number.isNaN(value) ? null : String(value);
    case "bigint":
      return String(value);
  }
  if (value === null) return null;
  if (value instanceof Date) return dateText(value);
  throw noAnswer(column, file);
}

/** A column that holds what no answer is: lists or records. */
export function noAnswer(column: string, file: string): DataProblems {
  return new DataProblems(file, [
    problem("damaged", "texts, numbers and dates; this column holds lists or records", { column }),
  ]);
}

/** These formats hold dates as UTC, whatever the zone of the machine that reads them. */
function dateText(date: Date): string | null {
  if (isNaN(date.getTime())) return null;
  // A workbook counts in days, so that a second may come out a little short.
  const text = new Date(1000 * Math.round(date.getTime() / 1000)).toISOString();
  return text.endsWith("T00:00:00.000Z") ? text.slice(0, 10) : text.slice(0, 19);
}
