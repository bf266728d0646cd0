import assert from "node:assert/strict";
import * as fc from "fast-check";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { DataProblems } from "../../lib/responses/problem.ts";
import { codebook } from "../../lib/responses/study.ts";
import { NOT_ASKED, type Survey } from "../../lib/responses/survey.ts";
import { fuzzing } from "./fuzzing.ts";
import { fixture, withFile } from "./with_file.ts";

/** What can happen to the bytes of a file: some replaced, turned over, doubled, dropped, or cut off. */
const mutation = fc.record({
  at: fc.nat(100_000),
  length: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(8), fc.nat(200)),
  put: fc.oneof(
    fc.constant(new Uint8Array()),
    fc.uint8Array({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      Uint8Array.of(0xff, 0xff, 0xff, 0x7f),
      Uint8Array.of(0xff, 0xff, 0xff, 0xff),
      Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0x80),
    ),
  ),
  how: fc.constantFrom("replace", "replace", "replace", "insert", "double", "cut"),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Uint8Array, { at, length, put, how }: Mutation): Uint8Array {
  const start = at % (bytes.length + 1);
  const [before, piece, after] = [
    bytes.slice(0, start),
    bytes.slice(start, start + length),
    bytes.slice(start + length),
  ];
  switch (how) {
    case "replace":
      return Uint8Array.from([...before, ...put, ...bytes.slice(start + put.length)]);
    case "insert":
      return Uint8Array.from([...before, ...put, ...piece, ...after]);
    case "double":
      return Uint8Array.from([...before, ...piece, ...piece, ...after]);
    case "cut":
      return length % 2 === 0 ? before : Uint8Array.from([...before, ...after]);
  }
}

const FILES = [
  "labels.sav",
  "labels_ranges.sav",
  "labels_uncompressed.sav",
  "strings_windows1252.sav",
  "long_string_labels.sav",
  "very_long_strings_zlib.zsav",
  "labels_zlib.zsav",
  "text.xlsx",
  "cover_sheet.xlsx",
  "text_snappy.parquet",
  "text_gzip.parquet",
  "text_brotli.parquet",
  "text_zstd.parquet",
  "codes_double.parquet",
  "dictionary.parquet",
  "plain.parquet",
  "delta.parquet",
  "text_lz4.feather",
  "text_zstd.feather",
  "dictionary.feather",
  "stream.arrow",
];

/** Every code by name; what a checksum guards may not change unnoticed. */
const codesOf = (survey: Survey) =>
  Object.fromEntries([...survey.codes].map(([name, codes]) => [name, [...codes]]));

for (const name of FILES) {
  Deno.test(`loadAnswers() gives a survey or says what is wrong, however ${name} is damaged`, async () => {
    const bytes = Deno.readFileSync(fixture(name));
    const whole = await loadAnswers(fixture(name), codebook());
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(mutation, { minLength: 1, maxLength: 2 }),
        (mutations) =>
          withFile(
            `answers.${name.split(".")[1]}`,
            mutations.reduce(mutate, bytes),
            async (path) => {
              try {
                const survey = await loadAnswers(path, codebook());
                for (const [column, codes] of survey.codes) {
                  assert.equal(codes.length, survey.source.respondents, column);
                  assert([...codes].every((code) => code <= 6 || code === NOT_ASKED), column);
                }
                if (name.endsWith(".xlsx")) assert.deepEqual(codesOf(survey), codesOf(whole));
                if (name.endsWith("sav")) assert.equal(survey.source.respondents, 4);
              } catch (error) {
                if (!(error instanceof DataProblems)) throw error;
                refused++;
                assert.match(error.message, /What to do: \S/);
              }
            },
          ),
      ),
      // A thread for each file takes its time.
      fuzzing(/sav|xlsx|parquet/.test(name) && name !== "delta.parquet" ? 60 : 12),
    );
    assert(refused > 0, "nothing was refused");
  });
}
