import assert from "node:assert/strict";
import * as fc from "fast-check";
import { DataProblems } from "../../../lib/responses/problem.ts";
import { readDelimited } from "../../../lib/responses/readers/csv.ts";
import { findDelimiter } from "../../../lib/responses/readers/delimited_header.ts";
import { KeptTexts } from "../../../lib/responses/readers/kept_texts.ts";
import { ReceivedAnswers } from "../../../lib/responses/readers/received_answers.ts";
import type { ScanOptions } from "../../../lib/responses/readers/scan_file.ts";
import { StretchScanner } from "../../../lib/responses/readers/scan_stretch.ts";
import { bytesSource } from "../../../lib/responses/readers/source.ts";
import { fuzzing } from "../fuzzing.ts";
import { latin1, utf16 } from "../with_file.ts";
import { referenceRead } from "./reference_read.ts";

type Read = { header: unknown; columns: unknown; lines: unknown; texts: unknown } | {
  problems: unknown;
};

/** What the reader makes of a file, in comparable form. */
async function read(bytes: Uint8Array<ArrayBuffer>, options?: ScanOptions): Promise<Read> {
  let sinks: KeptTexts[] = [];
  try {
    const file = await readDelimited(bytesSource(bytes, "f"), (header) => {
      sinks = header.map(() => new KeptTexts());
      return sinks;
    }, options);
    const positions = [...file.header.keys()].filter((position) => file.kept?.[position]);
    const rows = [...Array(file.respondents).keys()];
    return {
      header: positions.map((position) => file.header[position]),
      columns: positions.map((position) => sinks[position]?.values),
      lines: rows.map((row) => file.lineOf(row)),
      texts: positions.map((position) => rows.map((row) => file.textOf(row, position))),
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
    return { header, columns: texts, lines, texts };
  } catch (error) {
    if (!(error instanceof DataProblems)) throw error;
    return { problems: error.problems };
  }
}

/**
 * Has a file scanned in stretches of so many bytes, as threads do it, one after the other.
 *
 * @param width How many stretches other threads are at.
 */
function inStretches(stretch: number, width = 3): ScanOptions {
  return {
    large: 0,
    stretch,
    team: (plan) => {
      const [scanner, answers] = [new StretchScanner(plan), new ReceivedAnswers()];
      const [here, answersHere] = [new StretchScanner(plan), new ReceivedAnswers()];
      return {
        width,
        scan: (task) => Promise.resolve(answers.received(scanner.scan(task))),
        scanHere: (task) => answersHere.received(here.scan(task)),
        turn: () => Promise.resolve(),
        end: () => {},
      };
    },
  };
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

/** The two differ on purpose where blanks are all that a row has, in a column without a name. */
function isBlankNameless(wanted: Read): boolean {
  if ("problems" in wanted) return false;
  const { header, columns } = wanted as { header: string[]; columns: (string | null)[][] };
  return (columns[0] ?? []).some((_, row) =>
    columns.every((values, c) => header[c] === "" ? !values[row]?.trim() : !values[row])
  );
}

Deno.test("the reader of delimited files finds what the reference finds, wherever a stretch ends", async () => {
  await fc.assert(
    fc.asyncProperty(file, async (bytes) => {
      const wanted = expected(bytes);
      if (isBlankNameless(wanted)) return;
      assert.deepEqual(await read(bytes), wanted);
      for (let size = 1; size <= bytes.length && size < 40; size++) {
        assert.deepEqual(await read(bytes, inStretches(size)), wanted, `stretches of ${size}`);
      }
    }),
    fuzzing(150),
  );
});

Deno.test("the reader of delimited files finds what the reference finds in any bytes", async () => {
  const piece = fc.constantFrom(
    ...["a", "b,c", ",", ";", "\t", '"', '""', "\n", "\r", "\r\n", "\n\n", " ", "é", "sep=;\n"]
      .map((text) => [...new TextEncoder().encode(text)]),
    [0xe6],
    [0xc3],
    [0],
    [0xff, 0xfe],
    [0xef, 0xbb, 0xbf],
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 25 }).map((pieces) => Uint8Array.from(pieces.flat())),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(3),
      async (bytes, size, width) => {
        if (bytes.length === 0) return;
        const wanted = expected(bytes);
        if (isBlankNameless(wanted)) return;
        assert.deepEqual(await read(bytes), wanted);
        assert.deepEqual(await read(bytes, inStretches(size, width)), wanted);
      },
    ),
    fuzzing(1500),
  );
});

Deno.test("threads of their own find the same", async () => {
  const rows = [...Array(3000).keys()]
    .map((i) => [`id${i}`, i % 7 === 0 ? "a\nb" : `text ${i % 11}`, i % 5 === 0 ? "" : `æ${i}`]);
  const how = {
    delimiter: ";",
    lineEnd: "\r\n",
    quoteAll: false,
    lastEnd: true,
    before: "",
  } as const;
  const bytes = new TextEncoder().encode(written([["one", "two", "three"], ...rows], how));
  assert.deepEqual(await read(bytes, { large: 0, stretch: 5000 }), expected(bytes));
});

Deno.test("findDelimiter() takes the one that the header has most of, outside quotes", () => {
  assert.equal(findDelimiter("a;b;c,d\n1,2,3,4,5"), ";");
  assert.equal(findDelimiter("a\tb\n"), "\t");
  assert.equal(findDelimiter('"a;b;c",d\n'), ",");
  assert.equal(findDelimiter("a"), ",");
});
