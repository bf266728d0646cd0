import { type ColumnTable, fromCSV, table } from "arquero";
import { DataProblems, problem } from "../problem.ts";
import { decodeText } from "./decode_text.ts";
import { type Reader, type ResponseTable, uniqueNames } from "./reader.ts";
import { findDelimiter, scanDelimited, type Shape } from "./scan_delimited.ts";

/** Text with a delimiter: comma, semicolon or tab; UTF-8, UTF-16 or windows-1252; any line ends. */
export const csv: Reader = {
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
};

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
  const raw = parsed.columnNames()
    .map((name) => parsed.array(name) as (string | null | undefined)[])
    // A delimiter at the end of every line makes a column of nothing.
    .filter((values) => values.some((value) => value?.trim()));
  const header = raw.map((values) => (values[0] ?? "").trim());
  const keep: number[] = [];
  for (let i = 1; i < parsed.numRows(); i++) {
    // Rows without any value are no respondents: spreadsheets leave them below the last one.
    if (raw.some((values) => values[i])) keep.push(i);
  }
  const names = uniqueNames(header);
  const columns: Record<string, (string | null)[]> = {};
  names.forEach((name, c) => {
    const values = raw[c] ?? [];
    columns[name] = keep.map((i) => values[i] ?? null);
  });
  return {
    table: table(columns, names) as ColumnTable,
    header,
    lineOf: (row) => {
      const record = keep[row];
      return record === undefined ? null : (shape.lines[record] ?? 0) + skipped;
    },
  };
}
