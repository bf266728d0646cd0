import Papa from "papaparse";
import { DataProblems, problem } from "../problem.ts";
import { decodeText } from "./read_table.ts";
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

/** What the lines of a delimited file may end with. */
export type LineEnd = "\n" | "\r" | "\r\n";

/** What is wrong with the shape of a delimited file. */
interface Shape {
  /** Number of values of the header. */
  readonly width: number;
  /** Line of a quote that is never closed, or null. */
  readonly unclosed: number | null;
  /** Line of the first value that goes on after its closing quote, or null. */
  readonly stray: number | null;
  /** The records that have another number of values than the header. */
  readonly wrong: {
    count: number;
    /** The first of them: its row (from 1), its line, and its number of values. */
    readonly row: number;
    readonly line: number;
    readonly values: number;
    /** Whether nothing but blank lines follows it. */
    isLast: boolean;
  } | null;
  /**
   * Whether records are short as Excel writes them, without the delimiters behind the last value: it does so
   * for 16 rows together, in which the last columns are all empty.
   */
  readonly isExcel: boolean;
  /** What all lines end with; null where not all end alike. */
  readonly lineEnd: LineEnd | null;
}

/** One record of a delimited file, the header and blank lines among them. */
export interface CsvRecord {
  /** Its first byte. */
  readonly start: number;
  /** Its first line. */
  readonly line: number;
  /** Whether it has a value, that is, more than delimiters and empty quotes. */
  readonly isFilled: boolean;
}

/** So many rows does Excel look at together, the header among the first. */
const EXCEL_BLOCK = 16;
/** No record is so long; one that is has a quote that is never closed. */
const LONGEST = 2 ** 26;

/**
 * Walks over the records of a delimited file (RFC 4180: quotes around a value, two quotes for one
 * inside), and notes what is wrong with its shape. Quotes count only at the start of a value. Empty
 * values at the end of a record do not count beyond the header's, and blank lines not at all.
 */
export class CsvRecords {
  /** A value: in quotes what stands in them and whether they are closed, what follows, and its end. */
  readonly #value: RegExp;
  /** Bytes as letters, so that a position is the same in both. */
  readonly #decoder = new TextDecoder("latin1");
  #text = "";
  #at: number;
  #line: number;
  #width = -1;
  #rows = 0;
  #unclosed: number | null = null;
  #stray: number | null = null;
  #wrong: Shape["wrong"] = null;
  readonly #ends = new Set<string>();
  /** Number of values of the rows that Excel writes together, how many there were, and whether it did. */
  #block = { values: 0, filled: 0, rows: 0 };
  #isExcel = true;

  /**
   * @param delimiter One ASCII character.
   * @param start Where the header begins, and its line.
   * @param onRecord Is told every record.
   */
  constructor(
    delimiter: string,
    start: { readonly at: number; readonly line: number },
    private readonly onRecord: (record: CsvRecord) => void = () => {},
  ) {
    const d = RegExp.escape(delimiter);
    this.#value = new RegExp(
      `(?:"([^"]*(?:""[^"]*)*)("|$))?([^${d}\\r\\n]*)(${d}|\\r\\n|\\r|\\n|$)`,
      "y",
    );
    this.#at = start.at;
    this.#line = start.line;
  }

  /** Walks over the next bytes. */
  on(bytes: Uint8Array): void {
    this.#text += this.#decoder.decode(bytes);
    this.#walk(this.#text.length > LONGEST);
  }

  /** What is wrong, once all bytes are passed. */
  end(): Shape {
    this.#walk(true);
    this.#closeBlock(true);
    const [lineEnd = "\n", ...others] = this.#ends;
    return {
      width: Math.max(0, this.#width),
      ...{ unclosed: this.#unclosed, stray: this.#stray, wrong: this.#wrong },
      isExcel: this.#isExcel && this.#wrong !== null,
      lineEnd: others.length > 0 ? null : lineEnd as LineEnd,
    };
  }

  /** Walks over all records that are there as a whole; at the end of the file that is the last too. */
  #walk(isEnd: boolean) {
    const text = this.#text;
    let from = 0;
    while (from < text.length) {
      const record = this.#read(from, isEnd);
      if (record === null) break;
      from = record;
    }
    this.#text = text.slice(from);
    this.#at += from;
  }

  /** Reads the record at a position; null where its end is not there yet. @returns Where it ends. */
  #read(from: number, isEnd: boolean): number | null {
    const text = this.#text;
    this.#value.lastIndex = from;
    let [values, filled, line, isFilled] = [0, 0, this.#line, false];
    let unclosed: number | null = null;
    let stray: number | null = null;
    for (;;) {
      const start = this.#value.lastIndex;
      const [, quoted, close, rest = "", end = ""] = this.#value.exec(text)!;
      const at = this.#value.lastIndex;
      if (!isEnd && at === text.length && end !== "\n" && end !== "\r\n") return null;
      const opened = line;
      if (quoted !== undefined) line += quoted.split(/\r\n|\r|\n/).length - 1;
      if (quoted !== undefined && close === "") unclosed = opened;
      else if (quoted !== undefined && rest !== "") stray ??= line;
      values++;
      if (at - end.length > start) filled = values;
      if (quoted || rest !== "") isFilled = true;
      if (end === "" || /[\r\n]/.test(end)) {
        this.onRecord({ start: this.#at + from, line: this.#line, isFilled });
        if (end !== "") this.#ends.add(end);
        this.#unclosed ??= unclosed;
        this.#stray ??= stray;
        if (values > 1 || filled > 0) this.#note(values, filled);
        this.#line = end === "" ? line : line + 1;
        return at;
      }
    }
  }

  /** Compares the number of values with the header's. */
  #note(values: number, filled: number) {
    if (this.#width < 0) this.#width = values;
    if (this.#rows % EXCEL_BLOCK === 0) this.#closeBlock(false);
    const block = this.#block;
    if (block.rows++ === 0) block.values = values;
    else if (block.values !== values) this.#isExcel = false;
    if (values > this.#width) this.#isExcel = false;
    block.filled = Math.max(block.filled, filled);
    const width = this.#width;
    const counted = values > width ? Math.max(width, filled) : values;
    if (this.#wrong) this.#wrong.isLast = false;
    if (counted !== width) {
      const first = { count: 0, row: this.#rows, line: this.#line, values: counted, isLast: true };
      this.#wrong ??= first;
      this.#wrong.count++;
    }
    this.#rows++;
  }

  /** Excel writes the rows of a block up to the last column of which one has a value, or in full. */
  #closeBlock(isLast: boolean) {
    const { values, filled, rows } = this.#block;
    const isShort = rows > 0 && values < this.#width;
    // One row alone may have been cut off.
    if (isShort && (values !== filled || (isLast && rows === 1))) this.#isExcel = false;
    this.#block = { values: 0, filled: 0, rows: 0 };
  }
}
