import { type Problem, problem } from "../problem.ts";
import {
  type AboutColumn,
  readColumn,
  type ResponseTable,
  responseTable,
} from "./response_table.ts";
import { damaged } from "./damaged.ts";
import { caseBytes } from "./sav/case_bytes.ts";
import type { Decoder } from "./sav/decoder.ts";
import { readDictionary } from "./sav/dictionary.ts";
import type { SavVariable } from "./sav/variables.ts";

/**
 * SPSS system files: .sav and .zsav, of any byte order, encoding and compression.
 *
 * A code with a label stands in the table as its label. System-missing is no value; a value that the
 * file declares as missing stands there all the same, since "don't know" often is one, and is
 * named in `about`.
 */
export function readSpss(bytes: Uint8Array, file: string): ResponseTable {
  const dictionary = readDictionary(bytes, file);
  const { variables, elements, littleEndian, decode } = dictionary;
  if (elements === 0) throw damaged(file, "at least one variable");
  let zeros = 0;
  const data = caseBytes(bytes, dictionary, file, () => zeros++);
  const cases = data.length / (8 * elements);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unread = new Map<number, Problem>();
  const columns = variables.map((variable, position) => {
    const { width, segments } = variable;
    const offset = 8 * (segments[0]?.element ?? 0);
    const texts = new Texts(variable);
    const values = readColumn(
      unread,
      position,
      cases,
      () =>
        Array.from({ length: cases }, (_, i) => {
          const at = i * 8 * elements;
          return texts.of(
            width === 0
              ? view.getFloat64(at + offset, littleEndian)
              : textAt(data, at, variable, decode),
          );
        }),
    );
    return { values, about: texts.about() };
  });
  const header = variables.map(({ name }) => name);
  const read = responseTable(header, columns.map((c) => c.values), undefined, unread);
  const { weight } = dictionary;
  const by = variables.findIndex(({ segments }) => segments[0]?.element === weight);
  const about = new Map(
    columns.map(({ about }, i) => [i, i === by ? { ...about, isWeight: true } : about]),
  );
  const expected = `no value in ${zeros} places`;
  const notes = zeros > 0 ? [problem("zero_for_missing", expected)] : [];
  return { ...read, about, notes };
}

/** The values of one variable as they stand in the table, remembered since most come many times. */
class Texts {
  readonly #texts = new Map<number | string, string | null>();
  readonly #missing = new Set<string>();

  constructor(private readonly variable: SavVariable) {}

  of(value: number | string): string | null {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    const text = this.#make(value);
    if (this.#texts.size < 10_000) this.#texts.set(value, text);
    if (text !== null && this.variable.isMissing(value)) this.#missing.add(text);
    return text;
  }

  about(): AboutColumn {
    const { label, labels } = this.variable;
    return {
      ...(label ? { title: label } : {}),
      missing: this.#missing,
      labels: new Map([...labels].map(([code, text]) => [text, code])),
    };
  }

  #make(value: number | string): string | null {
    if (value === -Number.MAX_VALUE || value === "") return null;
    const label = this.variable.labels.get(String(value));
    return label ??
      (typeof value === "number" ? numberText(value, this.variable.format) : value);
  }
}

/** A text of one case, from all its segments: joined as bytes, since a letter may span two of them. */
function textAt(data: Uint8Array, at: number, variable: SavVariable, decode: Decoder): string {
  const [first, ...more] = variable.segments;
  if (!first) return "";
  const start = at + 8 * first.element;
  if (more.length === 0) return decode(data.subarray(start, start + first.used), true);
  const joined = new Uint8Array(variable.width);
  let end = 0;
  for (const { element, used } of variable.segments) {
    const from = at + 8 * element;
    joined.set(data.subarray(from, from + used), end);
    end += used;
  }
  return decode(joined, true);
}

/** Seconds from 14 October 1582, where SPSS begins to count, to 1 January 1970. */
const EPOCH = 12_219_379_200;
/** Print formats of dates: DATE, ADATE, JDATE, EDATE, SDATE. */
const DATES = new Set([20, 23, 24, 38, 39]);
/** Print formats of dates with a time: DATETIME, YMDHMS. */
const TIMES = new Set([22, 41]);

/**
 * Writes a number of an SPSS file as text: dates as they are written in ISO 8601, without a zone.
 *
 * @param value The number.
 * @param format The type of its print format.
 */
function numberText(value: number, format: number): string {
  if (DATES.has(format) || TIMES.has(format)) {
    const date = new Date((value - EPOCH) * 1000);
    if (!isNaN(date.getTime())) {
      return DATES.has(format) ? date.toISOString().slice(0, 10) : date.toISOString().slice(0, 19);
    }
  }
  return String(value);
}
