import assert from "node:assert/strict";
import * as fc from "fast-check";
import { InputError } from "../../lib/responses/input_error.ts";
import { formatProblems } from "../../lib/responses/problem.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { NOT_ASKED } from "../../lib/responses/survey.ts";
import { fuzzing } from "./fuzzing.ts";
import { SMALL, validated, withFile } from "./with_file.ts";

const real = Deno.readTextFileSync(dataFile("responses.csv")).split("\n")
  .slice(0, 25).join("\n");

/** What can happen to a file: a stretch replaced, doubled, dropped or moved. */
const mutation = fc.record({
  at: fc.nat(4000),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(300)),
  put: fc.oneof(
    fc.constantFrom("", "", " ", "\n\n", "\n"),
    fc.constantFrom(
      "",
      ",",
      ";",
      '"',
      '""',
      "\n",
      "\r",
      "\t",
      "\0",
      "\ufeff",
      "1",
      "Ved ikke",
      "æ",
      "\ud800",
      "<script>",
      "=1+1",
      "synthetic-0003",
      "\n\n",
      ",,,,",
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  ),
  twice: fc.constantFrom(false, false, true),
});

function mutate(
  text: string,
  { at, length, put, twice }: {
    at: number;
    length: number;
    put: string;
    twice: boolean;
  },
): string {
  const start = at % (text.length + 1);
  const piece = text.slice(start, start + length);
  return text.slice(0, start) + (twice ? piece + piece : "") + put +
    text.slice(start + length);
}

Deno.test("loadAnswers() gives a survey or an InputError for any mutated file, never anything else", async () => {
  let [good, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(SMALL, real),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (text, mutations) =>
        withFile("answers.csv", mutations.reduce(mutate, text), async (path) => {
          try {
            const survey = await loadAnswers(path, codebook());
            good++;
            for (const [name, codes] of survey.codes) {
              assert.equal(codes.length, survey.source.respondents, name);
              const most = Math.max(
                ...[...codes].filter((code) => code !== NOT_ASKED),
                0,
              );
              assert(most <= 6, `${name}: ${most}`);
            }
          } catch (error) {
            if (!(error instanceof InputError)) throw error;
            refused++;
            assert.match(error.message, /^Cannot use answers\.csv\n/);
            assert.match(error.message, /What to do:/);
          }
        }),
    ),
    fuzzing(400),
  );
  // Both ways out have to be walked for the test to mean something.
  assert(good > 20 && refused > 100, `${good} good, ${refused} refused`);
});

Deno.test("loadAnswers() gives a survey or an InputError for any bytes", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
      const { survey, problems } = await validated(bytes);
      assert.equal(survey === null, problems.length > 0);
      assert(formatProblems(problems).length > 0 || survey);
    }),
    fuzzing(150),
  );
});

Deno.test("loadAnswers() gives the same codes whatever the order of rows and columns", async () => {
  const lines = real.split("\n").map((line) => line.split(","));
  const [header = [], ...rows] = lines;
  const plain = (await validated(real)).survey;
  assert(plain);
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([...header.keys()], { minLength: header.length }),
      fc.shuffledSubarray([...rows.keys()], { minLength: rows.length }),
      async (columns, order) => {
        const text = [header, ...order.map((r) => rows[r] ?? [])]
          .map((line) => columns.map((c) => line[c]).join(";")).join("\r\n");
        const { survey } = await validated(text);
        assert(survey);
        for (const [name, codes] of plain.codes) {
          assert.deepEqual(
            [...survey.codes.get(name) ?? []],
            order.map((r) => codes[r]),
            name,
          );
        }
      },
    ),
    { numRuns: 20 },
  );
});
