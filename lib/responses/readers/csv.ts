import Papa from "papaparse";
import { DataProblems, problem } from "../problem.ts";
import { type CsvRecord, CsvRecords, type LineEnd, type Shape } from "./csv_records.ts";
import { decodeText } from "./decode_text.ts";
import { type ResponseTable, responseTable } from "./response_table.ts";

/** Where the header of a delimited text begins, and what stands between its values. */
export interface CsvLayout {
  /** One ASCII character. */
  readonly delimiter: string;
  /** The header's position, in characters of the text. */
  readonly start: number;
  /** Number of lines above the header. */
  readonly skipped: number;
}

/**
 * Reads text with a delimiter: comma, semicolon, tab, bar, ^ or ~; UTF-8, UTF-16 or windows-1252; any line ends.
 *
 * @param file Its name, for messages.
 * @throws {DataProblems} If the file is empty, in no encoding that is known, or of another shape.
 */
export function readCsv(bytes: Uint8Array, file: string): ResponseTable {
  const text = decodeText(bytes, file);
  const layout = csvLayout(text);
  if (!layout) {
    throw new DataProblems(file, [problem("empty_file", "a header and one row per respondent")]);
  }
  const utf8 = new TextEncoder().encode(text.slice(layout.start));
  const records: CsvRecord[] = [];
  const walk = new CsvRecords(
    layout.delimiter,
    { at: 0, line: layout.skipped + 1 },
    (record) => records.push(record),
  );
  walk.on(utf8);
  const shape = walk.end();
  checkShape(shape, file);
  const [names = [], ...rows] = recordValues(
    shape.lineEnd ? text.slice(layout.start) : withOneLineEnd(utf8, records),
    layout.delimiter,
    shape.lineEnd ?? "\n",
  );
  const columns = names.map((_, position) => rows.map((values) => values[position]));
  // A delimiter at the end of every line makes a column of nothing.
  const kept = [...names.keys()]
    .filter((position) =>
      names[position]!.trim() || columns[position]!.some((text) => text?.trim())
    );
  return responseTable(
    kept.map((position) => names[position]!.trim()),
    kept.map((position) => columns[position]!),
    (row) => records[row + 1]?.line ?? null,
  );
}

/**
 * Looks at the beginning of a delimited text: Excel's `sep=` line, blank lines, the header's delimiter.
 *
 * @returns null where nothing but blanks stands in it.
 */
export function csvLayout(text: string): CsvLayout | null {
  // Excel can write the delimiter on a line of its own, before the header.
  const said = /^sep=([^\r\n])(?:\r\n|\r|\n)/.exec(text);
  let start = said?.[0].length ?? 0;
  const blank = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(text.slice(start))?.[0] ?? "";
  start += blank.length;
  if (text.slice(start, start + 1) === "" || text.slice(start).trim() === "") return null;
  return {
    delimiter: said?.[1] ?? findDelimiter(text.slice(start, start + 100_000)),
    start,
    skipped: text.slice(0, start).split(/\r\n|\r|\n/).length - 1,
  };
}

/**
 * Finds the delimiter of a text: of comma, semicolon, tab, bar, ^ and ~ the one that its first line has most
 * of outside quotes; a comma where there is none.
 */
export function findDelimiter(text: string): string {
  const line = text.match(/^(?:"(?:[^"]|"")*"|[^\r\n"])*/)?.[0] ?? "";
  const bare = line.replace(/"(?:[^"]|"")*"/g, "");
  const counts = [",", ";", "\t", "|", "^", "~"]
    .map((delimiter) => ({ delimiter, n: bare.split(delimiter).length }));
  return counts.reduce((a, b) => (b.n > a.n ? b : a)).delimiter;
}

/** The values of each record of a text that is in order. */
export function recordValues(text: string, delimiter: string, newline: LineEnd): string[][] {
  // The library takes a mark away from the beginning, even where it is a letter of the header.
  return Papa.parse<string[]>("\ufeff" + text, { delimiter, newline }).data;
}

/** A text whose records end alike: the library takes one line end for all. */
function withOneLineEnd(utf8: Uint8Array, records: readonly CsvRecord[]): string {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  return records.map(({ start }, i) =>
    decoder.decode(utf8.subarray(start, records[i + 1]?.start ?? utf8.length))
      .replace(/(?:\r\n|\r|\n)$/, "")
  ).join("\n") + "\n";
}

/**
 * @throws {DataProblems} If a delimited file is of another shape than its header says.
 */
export function checkShape(
  { width, unclosed, stray, wrong, isExcel }: Shape,
  file: string,
): void {
  const told = (...said: Parameters<typeof problem>) => new DataProblems(file, [problem(...said)]);
  if (unclosed !== null) {
    throw told("half_written", 'the quote (") that opens here is never closed', { line: unclosed });
  }
  if (stray !== null) {
    throw told("stray_quote", "after a closing quote comes the delimiter or the end of the line", {
      line: stray,
    });
  }
  if (wrong === null || isExcel) return;
  const { values, isLast, ...at } = wrong;
  const has = values === 1 ? "1 value" : `${values} values`;
  throw values < width && isLast
    ? told("half_written", `${width} values, as in the header; the last row has only ${has}`, at)
    : told("field_count", `${width} values, as in the header; this row has ${has}`, at);
}
