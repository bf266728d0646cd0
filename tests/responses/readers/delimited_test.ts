import assert from "node:assert/strict";
import * as fc from "fast-check";
import { DataProblems } from "../../../lib/responses/problem.ts";
import { findDelimiter, readCsv } from "../../../lib/responses/readers/csv.ts";
import { fuzzing } from "../fuzzing.ts";
import { latin1, utf16 } from "../with_file.ts";
import { referenceRead } from "./reference_read.ts";

type Read = { header: unknown; columns: unknown; lines: unknown } | { problems: unknown };

/** What the reader makes of a file, in comparable form. */
function read(bytes: Uint8Array<ArrayBuffer>): Read {
  try {
    const { header, columns, respondents, lineOf } = readCsv(bytes, "f");
    return {
      header,
      columns: columns.map((values) => values.map((value) => value || null)),
      lines: [...Array(respondents).keys()].map((row) => lineOf(row)),
    };
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems };
  }
}

/** What the reference makes of it. */
function expected(bytes: Uint8Array): Read {
  try {
    const { header, columns, rows, lineOf } = referenceRead(bytes, "f");
    const lines = [...Array(rows).keys()].map((row) => lineOf(row));
    const texts = columns.map((values) => values.map((value) => value || null));
    return { header, columns: texts, lines };
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems };
  }
}

const value = fc.oneof(
  fc.string({
    unit: fc.constantFrom("a", "ø", "b", '"', ",", ";", "\n", "\r", "\r\n", " ", "1", "\u00a0"),
    maxLength: 6,
  }),
  fc.constantFrom("", "Meget uenig", "Hverken enig eller uenig", "abc", "abcd", "abcdefgh", "0"),
);
const style = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t"),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  quoteAll: fc.boolean(),
  lastEnd: fc.boolean(),
  before: fc.constantFrom("", "", "sep=;\n", "\n\n", " \r\n"),
});

/** A table as text, each value in quotes where it has to be. */
function written(
  rows: readonly (readonly string[])[],
  { delimiter, lineEnd, quoteAll, lastEnd, before }: typeof style extends fc.Arbitrary<infer T> ? T
    : never,
): string {
  const quoted = (text: string) =>
    quoteAll || /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map((row) => row.map(quoted).join(delimiter));
  return before + lines.join(lineEnd) + (lastEnd ? lineEnd : "");
}

const encodings = fc.constantFrom<(text: string) => Uint8Array>(
  (text) => new TextEncoder().encode(text),
  (text) => new TextEncoder().encode("\ufeff" + text),
  latin1,
  (text) => utf16(text),
);
const file = fc.tuple(
  fc.array(fc.tuple(value, value, value), { minLength: 0, maxLength: 12 }),
  fc.constantFrom(["one", "two", "three"], ["one", "", "three"], ["one", "two", ""]),
  style,
  encodings,
).map(([rows, header, how, encode]) => Uint8Array.from(encode(written([header, ...rows], how))));

Deno.test("the reader of delimited files finds what the reference finds", () => {
  fc.assert(
    fc.property(file, (bytes) => assert.deepEqual(read(bytes), expected(bytes))),
    fuzzing(1000),
  );
});

Deno.test("the reader of delimited files finds what the reference finds in any bytes", () => {
  const piece = fc.constantFrom(
    ...["a", "b,c", ",", ";", "\t", '"', '""', "\n", "\r", "\r\n", "\n\n", " ", "é", "sep=;\n"]
      .map((text) => [...new TextEncoder().encode(text)]),
    [0xe6],
    [0xc3],
    [0],
    [0xff, 0xfe],
    [0xef, 0xbb, 0xbf],
  );
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 25 }).map((pieces) =>
        Uint8Array.from(pieces.flat())
      ),
      (bytes) => assert.deepEqual(read(bytes), expected(bytes)),
    ),
    fuzzing(3000),
  );
});

Deno.test("findDelimiter() takes the one that the header has most of, outside quotes", () => {
  assert.equal(findDelimiter("a;b;c,d\n1,2,3,4,5"), ";");
  assert.equal(findDelimiter("a\tb\n"), "\t");
  assert.equal(findDelimiter('"a;b;c",d\n'), ",");
  assert.equal(findDelimiter("a"), ",");
});
