import { Buffer, isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DataProblems, problem } from "../problem.ts";
import { inTemporaryFolder } from "../temporary_folder.ts";
import {
  checkShape,
  csvLayout,
  type CsvRecord,
  CsvRecords,
  type LineEnd,
  recordValues,
} from "./csv.ts";
import { type Content, type DuckDB, hashOf, piecesOf, readAt, sqlLiteral } from "./duckdb.ts";
import { type LargeFile, scanColumns, type WantedColumns } from "./large_scan.ts";
import { decodeText, utf16Of } from "./read_table.ts";

/** The beginning of a file, in which its header stands. */
const HEAD = 2 ** 18;
/** What is not in UTF-8 has to fit into one text, and so has what the database cannot read. */
const MOST_BYTES = 4e8;
/** Every so manieth respondent is remembered by where their record begins. */
const MARKED = 256;
/** No record should have so many bytes. */
const MOST_LINE = 2 ** 23;
const QUOTE = 34, NEWLINE = 10, RETURN = 13;

/**
 * Reads columns of a large delimited file.
 *
 * @param wantedOf Says which, by the column names.
 * @returns null where the readers of small files have to read it, or tell what is wrong with it.
 * @throws {DataProblems} Where it is in no encoding that is known, or of another shape than its header
 *   says.
 */
export async function readLargeCsv(
  database: DuckDB,
  path: string | URL,
  name: string,
  wantedOf: (header: readonly string[]) => WantedColumns,
): Promise<LargeFile | null> {
  const isWide = utf16Of(readAt(path, 0, 1024)) !== null;
  const read = isWide ? "other encoding" : await readUtf8(database, path, path, name, wantedOf);
  if (read !== "other encoding") return read;
  // The database reads files only, and only in UTF-8.
  const content = new TextEncoder().encode(decoded(path, name));
  return await inTemporaryFolder(tmpdir(), "survey_utf8_", async (folder) => {
    const file = join(folder, "answers.csv");
    await Deno.writeFile(file, content);
    const decoded = await readUtf8(database, file, content, name, wantedOf);
    return decoded && decoded !== "other encoding" ? { ...decoded, sha256: hashOf(path) } : null;
  });
}

/** @param content The same as in the file. */
async function readUtf8(
  database: DuckDB,
  file: string | URL,
  content: Content,
  name: string,
  wantedOf: (header: readonly string[]) => WantedColumns,
): Promise<LargeFile | "other encoding" | null> {
  const header = headerOf(content);
  if (header === null) return null;
  const { names, delimiter, start, skipped } = header;
  const at = { at: start, line: skipped + 1 };
  let known: ReturnType<typeof lookThrough> | null = null;
  const looked = () => known ??= lookThrough(content);
  try {
    const sql = csvSql(file, header);
    const kept = await keptColumns(database, sql, names);
    const table = {
      sql: `(SELECT ${kept.map((c, i) => `"${c}" AS c${i}`).join(", ")} FROM ${sql})`,
      types: kept.map(() => "VARCHAR"),
      rows: () => looked().records,
      filledBy: [...kept.keys()],
    };
    const wanted = wantedOf(kept.map((c) => names[c]!));
    const scanned = await scanColumns(database, table, wanted);
    const { isText, records, sha256 } = looked();
    if (!isText) return "other encoding";
    // The header is a record too, and so is a line above it that names the delimiter.
    const rows = records - 1 - header.records;
    if (!wanted.onlyTexts && scanned.respondents + scanned.empty.length !== rows) {
      throw new Error(`${rows} rows, of which some cannot be told apart`);
    }
    const found = new CsvRows(content, delimiter, at);
    return {
      ...{ header: kept.map((c) => names[c]!), sha256, scanned },
      lineOf: (row) => found.find(row)?.line ?? null,
      textOf: (row, position) => found.valuesOf(row)[kept[position]!] || null,
    };
  } catch (error) {
    const { isText, size } = looked();
    if (!isText) return "other encoding";
    const walk = new CsvRecords(delimiter, at);
    for (const piece of piecesOf(content, start)) walk.on(piece);
    checkShape(walk.end(), name);
    if (size <= MOST_BYTES) return null;
    const [value = ""] = (error as Error).message.split("\n");
    throw new DataProblems(name, [problem("damaged", "content that can be read", { value })]);
  }
}

/** What is to be known of all bytes: their hash, whether they are text in UTF-8, and how many records. */
function lookThrough(content: Content) {
  const hash = createHash("sha256");
  let [isText, size, records, open, filled] = [true, 0, 0, 0, 0];
  /** A letter may begin in one piece and end in the next. */
  let begun: Uint8Array = new Uint8Array();
  for (const piece of piecesOf(content)) {
    hash.update(piece);
    size += piece.length;
    // Text of a byte a letter is searched many times as fast as bytes are.
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.length).toString("latin1");
    const isFirst = (byte: number) => (byte & 0xc0) !== 0x80;
    const [first, last] = [Math.max(0, piece.findIndex(isFirst)), piece.findLastIndex(isFirst)];
    isText &&= !text.includes("\0") && isUtf8(Buffer.concat([begun, piece.subarray(0, first)])) &&
      isUtf8(piece.subarray(first, last));
    begun = piece.slice(last);
    // Most files are plain lines.
    const isPlain = open === 0 && !text.includes('"') && !text.includes("\r");
    let start = 0;
    for (let end; isPlain && (end = text.indexOf("\n", start)) >= 0; start = end + 1) {
      if (end > start || filled) records++;
      filled = 0;
    }
    for (let i = start; i < piece.length; i++) {
      const c = piece[i]!;
      if (c === NEWLINE || c === RETURN) {
        if (open === 0) {
          records += filled;
          filled = 0;
        }
      } else {
        filled = 1;
        if (c === QUOTE) open ^= 1;
      }
    }
  }
  isText &&= isUtf8(begun);
  return { sha256: hash.digest("hex"), isText, size, records: records + filled };
}

/** The text of a file that is not in UTF-8. */
function decoded(path: string | URL, name: string): string {
  if (Deno.statSync(path).size > MOST_BYTES) {
    throw new DataProblems(name, [
      problem("encoding", `UTF-8, which a file of more than ${MOST_BYTES / 1e6} MB has to be in`),
    ]);
  }
  return decodeText(Deno.readFileSync(path), name);
}

/** The header of a delimited file, and what tells how to read the rest. */
interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
  readonly lineEnd: LineEnd;
  /** Its first byte. */
  readonly start: number;
  /** Number of lines above it, and of those that are not blank. */
  readonly skipped: number;
  readonly records: number;
}

function headerOf(content: Content): Header | null {
  const head = readAt(content, 0, HEAD);
  const text = new TextDecoder().decode(head, { stream: true });
  const layout = csvLayout(text);
  if (layout === null) return null;
  const mark = head[0] === 0xef && head[1] === 0xbb ? 3 : 0;
  const start = mark + new TextEncoder().encode(text.slice(0, layout.start)).length;
  const records: CsvRecord[] = [];
  new CsvRecords(
    layout.delimiter,
    { at: start, line: 1 },
    (record) => records.push(record),
  ).on(head.subarray(start));
  const second = records[1]?.start;
  if (second === undefined) return null;
  const first = new TextDecoder().decode(head.subarray(start, second));
  const lineEnd = /\r\n$/.test(first) ? "\r\n" : first.endsWith("\r") ? "\r" : "\n";
  const [names = []] = recordValues(first, layout.delimiter, lineEnd);
  return {
    names: names.map((name) => name.trim()),
    ...{ delimiter: layout.delimiter, lineEnd, start, skipped: layout.skipped },
    records: text.slice(0, layout.start).trim() === "" ? 0 : 1,
  };
}

/** The file in SQL, all columns texts and called by their position: nothing is left to be guessed. */
function csvSql(path: string | URL, { names, delimiter, lineEnd, skipped }: Header): string {
  const file = path instanceof URL ? fileURLToPath(path) : path;
  const columns = names.map((_, c) => `'${c}': 'VARCHAR'`).join(", ");
  return `read_csv(${sqlLiteral(file)}, auto_detect = false, header = true, skip = ${skipped}, ` +
    `delim = ${sqlLiteral(delimiter)}, quote = '"', escape = '"', ` +
    `new_line = ${sqlLiteral(lineEnd.replaceAll("\r", "\\r").replaceAll("\n", "\\n"))}, ` +
    `columns = {${columns}}, max_line_size = ${MOST_LINE})`;
}

/** The columns but those without a name and a value: a delimiter at the end of every line makes one. */
async function keptColumns(
  { connection }: DuckDB,
  sql: string,
  names: readonly string[],
): Promise<number[]> {
  const all = [...names.keys()];
  const nameless = all.filter((c) => names[c] === "");
  if (nameless.length === 0) return all;
  const isFilled = nameless.map((c) => `COALESCE(bool_or(trim("${c}") <> ''), FALSE)`);
  const read = await connection.runAndReadAll(`SELECT ${isFilled.join(", ")} FROM ${sql}`);
  const [row = []] = read.getRowsJS();
  return all.filter((c) => names[c] !== "" || row[nameless.indexOf(c)] === true);
}

/** Finds single respondents of a delimited file again, for messages. */
class CsvRows {
  /** Where the record of every so manieth respondent begins, the header as the first. */
  readonly #marks: CsvRecord[] = [];
  #filled = 0;
  readonly #walk: CsvRecords;
  readonly #pieces: Generator<Uint8Array>;
  #last: { row: number; values: readonly string[] } = { row: -1, values: [] };

  constructor(
    private readonly content: Content,
    private readonly delimiter: string,
    start: { readonly at: number; readonly line: number },
  ) {
    this.#walk = new CsvRecords(delimiter, start, (record) => {
      if (record.isFilled && this.#filled++ % MARKED === 0) this.#marks.push(record);
    });
    this.#pieces = piecesOf(content, start.at);
  }

  /** The record of a respondent (from 0), and where it ends. */
  find(row: number): { start: number; line: number; end: number } | null {
    const wanted = row + 1;
    while (this.#filled <= wanted) {
      const { value, done } = this.#pieces.next();
      if (done) {
        this.#walk.end();
        break;
      }
      this.#walk.on(value);
    }
    const mark = this.#marks[Math.floor(wanted / MARKED)];
    if (!mark) return null;
    let [left, found, end]: [number, CsvRecord | null, number] = [wanted % MARKED, null, Infinity];
    const walk = new CsvRecords(
      this.delimiter,
      { at: mark.start, line: mark.line },
      (record) => {
        if (found) end = Math.min(end, record.start);
        else if (record.isFilled && left-- === 0) found = record;
      },
    );
    for (let at = mark.start; end === Infinity; at += HEAD) {
      const bytes = readAt(this.content, at, HEAD);
      walk.on(bytes);
      if (bytes.length < HEAD) {
        walk.end();
        end = Math.min(end, at + bytes.length);
      }
    }
    const record = found as CsvRecord | null;
    return record && { start: record.start, line: record.line, end };
  }

  /** The values of a respondent. */
  valuesOf(row: number): readonly string[] {
    if (this.#last.row === row) return this.#last.values;
    const place = this.find(row);
    if (!place) return [];
    const bytes = readAt(this.content, place.start, place.end - place.start);
    const text = new TextDecoder().decode(bytes).replace(/(?:\r\n|\r|\n)$/, "");
    const [values = []] = recordValues(text, this.delimiter, "\n");
    this.#last = { row, values };
    return values;
  }
}
