import { type ColumnTable, fromCSV, table } from "arquero";
import { DataProblems, problem } from "../problem.ts";
import { decodeText } from "./decode_text.ts";
import { type Reader, type ResponseTable, uniqueNames } from "./reader.ts";
import { findDelimiter, scanDelimited, type Shape } from "./scan_delimited.ts";

/** Text with a delimiter: comma, semicolon or tab; UTF-8, UTF-16 or windows-1252; any line ends. */
export const csv = {
  read(bytes: Uint8Array, file: string): ResponseTable {
    const decoded = decodeText(bytes, file);
    // Excel can write the delimiter on a line of its own, before the header.
    const said = /^sep=(.)(?:\r\n|\r|\n)/.exec(decoded);
    const whole = said ? decoded.slice(said[0].length) : decoded;
    const before = said ? 1 : 0;
    if (whole.trim() === "") {
      throw new DataProblems(file, [
        problem("empty_file", "a header and one row per respondent"),
      ]);
    }
    const blank = /^(?:[ \t]*(?:\r\n|\r|\n))*/.exec(whole)?.[0] ?? "";
    const text = whole.slice(blank.length);
    const skipped = before + blank.split(/\r\n|\r|\n/).length - 1;
    const delimiter = said?.[1] ?? findDelimiter(text);
    const shape = scanDelimited(text, delimiter);
    checkShape(shape, skipped, file);
    return parse(text, delimiter, shape, skipped);
  },
} satisfies Reader;

function checkShape(shape: Shape, skipped: number, file: string) {
  const { fields, lines, unclosed, stray } = shape;
  if (unclosed !== null) {
    throw new DataProblems(file, [
      problem("half_written", 'the quote (") that opens here is never closed', {
        line: unclosed + skipped,
      }),
    ]);
  }
  if (stray !== null) {
    throw new DataProblems(file, [
      problem(
        "stray_quote",
        "after a closing quote comes the delimiter or the end of the line",
        { line: stray + skipped },
      ),
    ]);
  }
  const width = fields[0] ?? 0;
  const wrong = [...fields.keys()].filter((i) => fields[i] !== width && fields[i] !== 0);
  const first = wrong[0];
  if (first === undefined) return;
  const has = fields[first] ?? 0;
  const values = has === 1 ? "1 value" : `${has} values`;
  const blankBefore = fields.slice(0, first).filter((n) => n === 0).length;
  const at = {
    row: first - blankBefore,
    line: (lines[first] ?? 0) + skipped,
    count: wrong.length,
  };
  const lastFilled = fields.findLastIndex((n) => n > 0);
  throw new DataProblems(file, [
    has < width && first === lastFilled
      ? problem(
        "half_written",
        `${width} values, as in the header; the last row has only ${values}`,
        at,
      )
      : problem(
        "field_count",
        `${width} values, as in the header; this row has ${values}`,
        at,
      ),
  ]);
}

function parse(
  text: string,
  delimiter: string,
  shape: Shape,
  skipped: number,
): ResponseTable {
  // The header is read as a row, since Arquero would merge columns of the same name; and with a
  // line break at the end every row is parsed by the same path.
  const parsed = fromCSV(/[\r\n]$/.test(text) ? text : text + "\n", {
    delimiter,
    autoType: false,
    header: false,
  });
  const data = parsed.data() as Record<string, Values>;
  const raw = parsed.columnNames()
    .map((name) => data[name] ?? [])
    // A delimiter at the end of every line makes a column of nothing.
    .filter((values) => values.some((value) => value?.trim()));
  const header = raw.map((values) => (values[0] ?? "").trim());
  const kept = rowsWithValues(raw, parsed.numRows());
  const entries = uniqueNames(header).map((name, c) => {
    const values = raw[c] ?? [];
    return [
      name,
      kept ? kept.map((i) => values[i] ?? null) : values.slice(1),
    ] as [string, Values];
  });
  return {
    table: table(entries) as ColumnTable,
    header,
    lineOf: (row) => {
      const line = shape.lines[kept ? kept[row] ?? -1 : row + 1];
      return line === undefined ? null : line + skipped;
    },
  };
}

type Values = (string | null | undefined)[];

/**
 * The rows that hold any value, or null where all do. Rows without one are no respondents: blank
 * lines, and what spreadsheets leave below the last respondent.
 */
function rowsWithValues(columns: Values[], rows: number): number[] | null {
  const empty = (row: number) => columns.every((values) => !values[row]);
  const all = [...Array(Math.max(0, rows - 1)).keys()].map((i) => i + 1);
  return all.some(empty) ? all.filter((row) => !empty(row)) : null;
}
