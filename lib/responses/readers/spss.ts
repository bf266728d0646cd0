import { type Problem, problem } from "../problem.ts";
import { damaged } from "./damaged.ts";
import {
  type AboutColumn,
  readColumn,
  type ResponseTable,
  responseTable,
} from "./response_table.ts";
import { caseBytes } from "./sav/case_bytes.ts";
import { readDictionary } from "./sav/dictionary.ts";

/**
 * SPSS system files: .sav and .zsav, of any byte order, encoding and compression.
 *
 * A code with a label stands in the table as its label. System-missing is no value; a value that the
 * file declares as missing stands there all the same, since "don't know" often is one, and is
 * named in `about`.
 */
export function readSpss(bytes: Uint8Array, file: string): ResponseTable {
  const dictionary = readDictionary(bytes, file);
  const { variables, elements, littleEndian, decode, weight } = dictionary;
  if (elements === 0) throw damaged(file, "at least one variable");
  const { data, zeros } = caseBytes(bytes, dictionary, file);
  const cases = data.length / (8 * elements);
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const unread = new Map<number, Problem>();
  const about = new Map<number, AboutColumn>();
  const columns = variables.map(
    ({ width, segments, format, label, labels, isMissing }, position) => {
      const { element } = segments[0]!;
      const missing = new Set<string>();
      about.set(position, {
        ...label && { title: label },
        ...{ missing, labels: new Map([...labels].map(([code, text]) => [text, code])) },
        isWeight: element === weight,
      });
      const valueAt = (at: number): number | string => {
        if (width === 0) return view.getFloat64(at + 8 * element, littleEndian);
        const parts = segments.map(({ element, used }) =>
          data.subarray(at + 8 * element, at + 8 * element + used)
        );
        // A letter may span two of them.
        return decode(
          parts.length > 1 ? Uint8Array.from(parts.flatMap((each) => [...each])) : parts[0]!,
          true,
        );
      };
      const textAt = (at: number) => {
        const value = valueAt(at);
        if (value === -Number.MAX_VALUE || value === "") return null;
        const plain = typeof value === "number" ? numberText(value, format) : value;
        const text = labels.get(String(value)) ?? plain;
        if (isMissing(value)) missing.add(text);
        return text;
      };
      const read = () => Array.from({ length: cases }, (_, row) => textAt(8 * elements * row));
      return readColumn(unread, position, cases, read);
    },
  );
  const table = responseTable(variables.map(({ name }) => name), columns, undefined, unread);
  const expected = `no value in ${zeros} places`;
  return { ...table, about, notes: zeros > 0 ? [problem("zero_for_missing", expected)] : [] };
}

/** Seconds from 14 October 1582, where SPSS begins to count, to 1 January 1970. */
const EPOCH = 12_219_379_200;
/** Print formats of dates: DATE, ADATE, JDATE, EDATE, SDATE. */
const DATES = new Set([20, 23, 24, 38, 39]);
/** Print formats of dates with a time: DATETIME, YMDHMS. */
const TIMES = new Set([22, 41]);

/** A number as text; where its print format is one of dates, as in ISO 8601 without a zone. */
function numberText(value: number, format: number): string {
  const date = new Date((value - EPOCH) * 1000);
  if (!(DATES.has(format) || TIMES.has(format)) || isNaN(date.getTime())) return String(value);
  return date.toISOString().slice(0, DATES.has(format) ? 10 : 19);
}
