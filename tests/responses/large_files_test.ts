import assert from "node:assert/strict";
import * as fc from "fast-check";
import { type AnswersOptions, validateAnswers } from "../../lib/statistics/load_answers.ts";
import type { Validation } from "../../lib/responses/problem.ts";
import { codebook } from "../../lib/responses/study.ts";
import { fuzzing } from "./fuzzing.ts";
import { fixture, latin1, SMALL, utf16, validated } from "./with_file.ts";

/** Every file is a large one. */
const LARGE = { large: { bytes: 0, rows: 0 } };

/** What came of a file, in comparable form. */
function comparable({ problems, warnings, survey }: Validation) {
  const ids = survey?.ids;
  return {
    problems,
    warnings,
    source: survey?.source,
    left_out: survey?.left_out,
    weights: survey?.weights && [...survey.weights],
    codes: Object.fromEntries([...survey?.codes ?? []].map(([id, codes]) => [id, [...codes]])),
    ids: ids ? Array.from({ length: ids.length }, (_, row) => ids.at(row)) : null,
  };
}

async function sameAsSmall(
  content: string | Uint8Array,
  options: AnswersOptions = {},
): Promise<void> {
  const large = await validated(content, "answers.csv", { ...options, ...LARGE });
  const small = await validated(content, "answers.csv", options);
  assert.deepEqual(comparable(large), comparable(small));
}

const weighted = SMALL.trimEnd().split("\n")
  .map((line, i) => `${line},${["weight", " +1.5 ", "2e0", '"0,25"', ".5"][i]}`).join("\n");

const CONTENTS:
  readonly (readonly [what: string, content: string | Uint8Array, AnswersOptions?])[] = [
    ["a plain file", SMALL],
    ["an answer that is unknown, in the last row", SMALL.replace(/Ved ikke\n$/, "Ved ik\n")],
    ["lines that end in CR LF", SMALL.replaceAll("\n", "\r\n")],
    ["lines that end in CR", SMALL.replaceAll("\n", "\r")],
    ["lines that end in different ways", SMALL.replace("\n", "\r\n")],
    ["semicolons and Excel's sep line", "sep=;\n" + SMALL.replaceAll(",", ";")],
    ["a mark, blank lines above the header", "\ufeff\n \n" + SMALL],
    ["windows-1252", latin1(SMALL)],
    ["UTF-16", utf16(SMALL)],
    [
      "blank lines, and rows of nothing",
      SMALL.replace("a3", "\n,,,,,,,\na3").replace("Enig\n", "Eni\n"),
    ],
    [
      "values in quotes, of several lines",
      SMALL.replace("a2", '"a\n""2"""').replace("Aldrig", "Ald"),
    ],
    ["empty quotes", SMALL.replace(",0,1,,", ',0,1,"",')],
    ["a delimiter at the end of every line", SMALL.replaceAll("\n", ",\n")],
    ["a column without a name", SMALL.replaceAll("\n", ",x\n").replace(",x\n", ",\n")],
    ["empty values beyond the last column", SMALL.replace("Enig\n", "Enig,,\n")],
    ["a value too many", SMALL.replace("Enig\n", "Enig,x\n")],
    ["a row that is too short", SMALL.replace(",Meget uenig", "")],
    ["a quote that is never closed", SMALL.replace("Aldrig", '"Aldrig')],
    ["a value that goes on behind its quote", SMALL.replace("Aldrig", '"Al"drig')],
    ["a quote inside a value", SMALL.replace("Aldrig", 'Ald"rig')],
    ["a broken letter", latin1(SMALL.replace("a2", "a2\xc3\xa6").replace("Mand", "M\xffnd"))],
    ["a character 0", SMALL.replace("Aldrig", "Al\0drig")],
    ["ids that are there twice", SMALL.replace("a4", "a1").replace("a3", " ")],
    ["ids of many letters", SMALL.replace("a2", "æøå 3".repeat(20)).replace("a3", "  a3 ")],
    ["an id of very many letters", SMALL.replace("a2", "a".repeat(2000))],
    ["answers of somebody who was not asked", SMALL.replace("Meget ofte,,", "Meget ofte,Enig,")],
    ["no ids", SMALL.replace(/^[^,\n]*,/gm, "")],
    ["weights", weighted, { weights: true }],
    ["a weight that is none", weighted.replace("2e0", "1_000"), { weights: true }],
    ["weights that nobody asked for", weighted],
    ["a header and nothing else", SMALL.split("\n")[0] + "\n"],
    ["an answer that tries to leave its place in SQL", SMALL.replace("Aldrig", "', 1); --")],
    [
      "more different answers than are told apart",
      [
        SMALL.split("\n")[0],
        ...Array.from({ length: 1500 }, (_, i) => `b${i},Kvinde,1,0,0,${i % 250},Enig,Enig`),
      ].join("\n"),
    ],
  ];

for (const [what, content, options] of CONTENTS) {
  Deno.test(`a large CSV file is read as a small one: ${what}`, () =>
    sameAsSmall(content, options));
}

Deno.test("a large CSV file is read as a small one, whatever its values are", async () => {
  const value = fc.oneof(
    fc.constantFrom(
      "",
      "Enig",
      "enig ",
      "Uenig",
      "Meget ofte",
      "1",
      "0",
      "3+",
      "-",
      "x",
      '"',
      "a\nb",
    ),
    fc.string({ maxLength: 4 }),
  );
  const [header = ""] = SMALL.split("\n");
  const quoted = (text: string) => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(value, { minLength: 8, maxLength: 8 }), { maxLength: 12 }),
      (rows) => sameAsSmall([header, ...rows.map((row) => row.map(quoted).join())].join("\n")),
    ),
    fuzzing(40),
  );
});

for (
  const name of ["text_snappy", "parts", "codes_int64", "codes_double", "booleans", "dictionary"]
) {
  Deno.test(`a large Parquet file is read as a small one: ${name}`, async () => {
    const file = fixture(`${name}.parquet`);
    assert.deepEqual(
      comparable(await validateAnswers(file, codebook(), LARGE)),
      comparable(await validateAnswers(file, codebook())),
    );
  });
}
