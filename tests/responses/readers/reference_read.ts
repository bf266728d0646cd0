/**
 * Delimited files read in another way: the whole file becomes one text, which Arquero splits after a
 * plain walk over its letters.
 */
import { fromCSV } from "arquero";
import { DataProblems, problem } from "../../../lib/responses/problem.ts";
import { findDelimiter } from "../../../lib/responses/readers/csv.ts";
import { decodeText } from "../../../lib/responses/readers/read_table.ts";

/** A file as the reference reads it. */
export interface Reference {
  readonly header: readonly string[];
  readonly columns: readonly (readonly (string | null)[])[];
  readonly rows: number;
  readonly lineOf: (row: number) => number | null;
}

export function referenceRead(bytes: Uint8Array, file: string): Reference {
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
}

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
): Reference {
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
  return {
    header,
    columns: raw.map((values) =>
      (kept ? kept.map((i) => values[i]) : values.slice(1)).map((value) => value ?? null)
    ),
    rows: kept ? kept.length : Math.max(0, parsed.numRows() - 1),
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

const QUOTE = 34, NEWLINE = 10, RETURN = 13;

/** The shape of a delimited text: what a parser that only splits it would not tell. */
interface Shape {
  /** Number of values of each record, the header included; 0 for a blank line. Trailing empty values do not count beyond the header's. */
  readonly fields: readonly number[];
  /** The line (from 1) on which each record begins. */
  readonly lines: readonly number[];
  /** Line of a quote that is never closed, or null. */
  readonly unclosed: number | null;
  /** Line of the first value that goes on after its closing quote, or null. */
  readonly stray: number | null;
}

/**
 * Walks over a delimited text (RFC 4180: quotes around a value, two quotes for one inside) and
 * notes its shape. Quotes count only at the start of a value, as in Arquero's parser.
 *
 * @param text The text without a mark at its start.
 * @param delimiter One character.
 */
function scanDelimited(text: string, delimiter: string): Shape {
  const delimiterCode = delimiter.charCodeAt(0);
  const fields: number[] = [];
  const lines: number[] = [];
  let unclosed: number | null = null;
  let stray: number | null = null;
  let line = 1;
  let i = 0;
  while (i < text.length) {
    lines.push(line);
    const start = i;
    let count = 0;
    let filled = 0;
    for (let more = true; more;) {
      const valueStart = i;
      if (text.charCodeAt(i) === QUOTE) {
        const opened = line;
        i++;
        for (;;) {
          if (i >= text.length) {
            unclosed ??= opened;
            break;
          }
          const code = text.charCodeAt(i++);
          if (code === QUOTE) {
            if (text.charCodeAt(i) !== QUOTE) break;
            i++;
          } else if (
            code === NEWLINE ||
            (code === RETURN && text.charCodeAt(i) !== NEWLINE)
          ) line++;
        }
        if (!atEnd(i)) stray ??= line;
      }
      while (!atEnd(i)) i++;
      count++;
      if (i > valueStart) filled = count;
      more = i < text.length && text.charCodeAt(i) === delimiterCode;
      if (more) i++;
    }
    const blank = i === start;
    const width = fields[0] ?? count;
    fields.push(blank ? 0 : count > width ? Math.max(width, filled) : count);
    if (i < text.length) {
      i += text.charCodeAt(i) === RETURN && text.charCodeAt(i + 1) === NEWLINE ? 2 : 1;
      line++;
    }
  }
  return { fields, lines, unclosed, stray };

  function atEnd(at: number): boolean {
    if (at >= text.length) return true;
    const code = text.charCodeAt(at);
    return code === delimiterCode || code === NEWLINE || code === RETURN;
  }
}
