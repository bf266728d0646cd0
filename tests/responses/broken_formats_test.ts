import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { DataProblems, type Rule } from "../../lib/responses/problem.ts";
import { codebook } from "../../lib/responses/study.ts";
import { fixture, latin1, SMALL, withFile } from "./with_file.ts";

interface Broken {
  what: string;
  name: string;
  content: Uint8Array | string;
  rules: Rule[];
  says: RegExp[];
  line?: number;
}

const bytesOf = (name: string) => Deno.readFileSync(fixture(name));
const cut = (name: string, end: number) => bytesOf(name).slice(0, end);

/** A stored file with some bytes replaced. */
function patched(name: string, at: number | string, put: string, from = 0): Uint8Array {
  const bytes = bytesOf(name);
  const start = typeof at === "number" ? at : find(bytes, at, from);
  bytes.set(latin1(put), start < 0 ? bytes.length + start : start);
  return bytes;
}

function find(bytes: Uint8Array, text: string, from: number): number {
  const at = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("").indexOf(text, from);
  assert(at >= 0, `no "${text}"`);
  return at;
}

/** A stored file with one bit turned over. */
function flipped(name: string, at: number): Uint8Array {
  const bytes = bytesOf(name);
  const position = at < 0 ? bytes.length + at : at;
  bytes[position] = (bytes[position] ?? 0) ^ 0x10;
  return bytes;
}

const again = /What to do: .*again/;
const BROKEN: Broken[] = [
  {
    what: "an SPSS file cut off in its header",
    name: "answers.sav",
    content: cut("labels.sav", 100),
    rules: ["half_written"],
    says: [/more bytes at byte/, again],
  },
  {
    what: "an SPSS file cut off among its variables",
    name: "answers.sav",
    content: cut("labels.sav", 400),
    rules: ["half_written"],
    says: [/more bytes at byte/, again],
  },
  {
    what: "an SPSS file cut off among its answers",
    name: "answers.sav",
    content: cut("labels.sav", bytesOf("labels.sav").length - 30),
    rules: ["half_written", "damaged"],
    says: [again],
  },
  {
    what: "an SPSS file that ends at the edge of a respondent",
    name: "answers.sav",
    content: cut("labels_uncompressed.sav", bytesOf("labels_uncompressed.sav").length - 64),
    rules: ["half_written"],
    says: [/256 more bytes/, again],
  },
  {
    what: "an SPSS file with more answers than it says it has respondents",
    name: "answers.sav",
    content: new Uint8Array([...bytesOf("labels_uncompressed.sav"), ...new Uint8Array(64)]),
    rules: ["damaged"],
    says: [/4 respondents, but more follows/],
  },
  {
    what: "an SPSS file that says it has fewer respondents than it has",
    name: "answers.sav",
    content: patched("labels.sav", 80, "\x03"),
    rules: ["damaged"],
    says: [/3 respondents, but more follows/],
  },
  {
    what: "an SPSS file of a layout that nobody knows",
    name: "answers.sav",
    content: patched("labels.sav", 64, "\x09\x09"),
    rules: ["damaged"],
    says: [/layout 2 or 3/, again],
  },
  {
    what: "an SPSS file of a compression that nobody knows",
    name: "answers.sav",
    content: patched("labels.sav", 72, "\x05"),
    rules: ["damaged"],
    says: [/compression 0, 1 or 2, but it is 5/],
  },
  {
    what: "an SPSS file with a record that nobody knows",
    name: "answers.sav",
    content: patched("labels.sav", 176, "\x55"),
    rules: ["damaged"],
    says: [/a record of an SPSS file at byte 176, but its type is 85/],
  },
  {
    what: "an SPSS file in an encoding that nobody knows",
    name: "answers.sav",
    content: patched("labels.sav", "UTF-8", "XYZ-9"),
    rules: ["encoding"],
    says: [/xyz-9/, /UTF-8 or windows-1252/],
  },
  {
    what: "an SPSS file whose letters are not in the encoding it names",
    name: "answers.sav",
    content: patched("labels.sav", "Sj\xc3\xa6ldent", "Sj\xff\xff"),
    rules: ["encoding"],
    says: [/text in utf-8/],
  },
  {
    what: "an SPSS file with labels for codes that the codebook has the other way round",
    name: "answers.sav",
    content: bytesOf("reversed.sav"),
    rules: ["code_disagrees"],
    says: [/labels 1 "Aldrig", which in the codebook is "Meget ofte"/, /every code .* its label/],
  },
  {
    what: "a .zsav file with one damaged bit",
    name: "answers.zsav",
    content: flipped("labels_zlib.zsav", -80),
    rules: ["damaged"],
    says: [again],
  },
  {
    what: "a .zsav file cut off",
    name: "answers.zsav",
    content: cut("labels_zlib.zsav", bytesOf("labels_zlib.zsav").length - 10),
    rules: ["damaged"],
    says: [/compressed blocks/, again],
  },
  {
    what: "a workbook with an error in a cell",
    name: "answers.xlsx",
    content: bytesOf("cell_error.xlsx"),
    rules: ["unknown_category"],
    line: 5,
    says: [/column "pressure_change" +"#DIV\/0!" +one of/, /row 4 \(line 5\)/],
  },
  {
    what: "a workbook with a look-up that found nothing, until a mapping says that it is no answer",
    name: "answers.xlsx",
    content: bytesOf("cell_errors.xlsx"),
    rules: ["ambiguous_value", "answered_not_asked"],
    line: 3,
    says: [/"#N\/A" +no answer, or an answer/, /Say in a mapping what it means/],
  },
  {
    what: "a workbook with a formula that was never worked out",
    name: "answers.xlsx",
    content: bytesOf("formula.xlsx"),
    rules: ["unknown_category"],
    line: 5,
    says: [/"\(a formula without its result\)"/],
  },
  {
    what: "a workbook without a single value",
    name: "answers.xlsx",
    content: bytesOf("empty.xlsx"),
    rules: ["empty_file"],
    says: [/a sheet with a header/],
  },
  {
    what: "a workbook with one damaged bit",
    name: "answers.xlsx",
    content: flipped("text.xlsx", find(bytesOf("text.xlsx"), "xl/worksheets/sheet1.xml", 0) + 80),
    rules: ["damaged"],
    says: [/xl\/worksheets\/sheet1\.xml/, again],
  },
  {
    what: "a workbook cut off",
    name: "answers.xlsx",
    content: cut("text.xlsx", 4000),
    rules: ["damaged"],
    says: [/cut off or damaged/, again],
  },
  {
    what: "an archive of other things called .xlsx",
    name: "answers.xlsx",
    content: latin1("PK\x03\x04\x14\0\0\0\0\0answers/readme.md"),
    rules: ["wrong_kind"],
    says: [/an Excel workbook, as its ending \.xlsx says/, /a zip archive/],
  },
  {
    what: "a workbook with a password",
    name: "answers.xlsx",
    content: latin1("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1EncryptedPackage"),
    rules: ["wrong_kind"],
    says: [/a workbook with a password/, /Save the answers as CSV/],
  },
  {
    what: "a workbook called .csv",
    name: "answers.csv",
    content: bytesOf("text.xlsx"),
    rules: ["wrong_kind"],
    says: [/a text file, as its ending \.csv says/, /an Excel workbook/],
  },
  {
    what: "a CSV file called .xlsx",
    name: "answers.xlsx",
    content: SMALL,
    rules: ["wrong_kind"],
    says: [/an Excel workbook, as its ending \.xlsx says/, /a text file/],
  },
  {
    what: "a Parquet file cut off",
    name: "answers.parquet",
    content: cut("text_snappy.parquet", 1500),
    rules: ["damaged"],
    says: [again],
  },
  {
    what: "a Parquet file whose footer is damaged",
    name: "answers.parquet",
    content: patched("text_snappy.parquet", -8, "\xff\xff\xff\x7f"),
    rules: ["damaged"],
    says: [again],
  },
  {
    what: "a Parquet file called .sav",
    name: "answers.sav",
    content: bytesOf("text_snappy.parquet"),
    rules: ["wrong_kind"],
    says: [/an SPSS file, as its ending \.sav says/, /a Parquet file/],
  },
  {
    what: "an Arrow file cut off",
    name: "answers.arrow",
    content: cut("codes_lz4.arrow", 1200),
    rules: ["damaged"],
    says: [again],
  },
  {
    what: "an Arrow file with damaged compression",
    name: "answers.feather",
    content: patched("text_lz4.feather", "\x04\x22\x4d\x18", "\0\0"),
    rules: ["damaged"],
    says: [/no LZ4 frame/, again],
  },
  {
    what: "a compressed CSV file",
    name: "answers.csv.gz",
    content: latin1("\x1f\x8b\x08\0\0\0\0\0"),
    rules: ["wrong_kind"],
    says: [/one of \.csv, .*\.xlsx, .*\.sav, \.zsav, \.parquet, \.arrow/, /a gzip archive/],
  },
  {
    what: "a column name of a million letters",
    name: "answers.csv",
    content: `${"x".repeat(1_000_000)},gender\n1,Kvinde\n`,
    rules: ["no_questions"],
    says: [/pressure_change/],
  },
];

for (const { what, name, content, rules, says, line } of BROKEN) {
  Deno.test(`loadAnswers() refuses ${what}`, async () => {
    await withFile(name, content, async (path) => {
      const error = await loadAnswers(path, codebook()).then(
        () => assert.fail("the file was accepted"),
        (error: unknown) => error,
      );
      assert(error instanceof DataProblems, String(error));
      const found = error.problems.filter(({ rule }) => rules.includes(rule));
      assert(found.length > 0, error.message);
      if (line !== undefined) assert.equal(found[0]?.line, line);
      assert.match(error.message, new RegExp(`^Cannot use ${name}\n`));
      assert.match(error.message, /What to do: \S/);
      for (const pattern of says) assert.match(error.message, pattern);
      // deno-lint-ignore no-control-regex -- that is the point
      assert.doesNotMatch(error.message, /[\x00-\x09\x0b-\x1f\x7f-\x9f]/);
      assert(error.message.length < 5000);
    });
  });
}

const weighted = (first: string) =>
  SMALL.trimEnd().split("\n").map((line, i) => `${line};${["weight", first, "1,5", "2", "0.5"][i]}`)
    .join("\n").replaceAll(",", ";").replace(/;(\d);(\d)$/gm, ";$1,$2");

const WEIGHTS: [string, string, Rule, RegExp][] = [
  ["a weight of 0", weighted("0"), "bad_weight", /"0"/],
  ["a weight below 0", weighted("-1"), "bad_weight", /"-1"/],
  ["a weight that is no number", weighted("tung"), "bad_weight", /"tung"/],
  ["no weight", weighted(""), "bad_weight", /a number above 0/],
  ["a weight without an end", weighted("1e999"), "bad_weight", /"1e999"/],
  ["a weight too large to square", weighted("1e160"), "bad_weight", /"1e160"/],
  ["a weight too small to square", weighted("1e-170"), "bad_weight", /"1e-170"/],
  ["no column of weights", SMALL, "no_weight", /a column called weight or vægt/],
];

for (const [what, content, rule, says] of WEIGHTS) {
  Deno.test(`loadAnswers() refuses ${what}, where weights are asked for`, async () => {
    await withFile("answers.csv", content, async (path) => {
      await assert.rejects(loadAnswers(path, codebook(), { weights: true }), (error) => {
        assert(error instanceof DataProblems, String(error));
        const found = error.problems.find((problem) => problem.rule === rule);
        assert(found, error.message);
        if (rule === "bad_weight") assert.deepEqual([found.row, found.line], [1, 2]);
        assert.match(error.message, says);
        assert.match(error.message, /What to do: .*without weights/);
        return true;
      });
      // Without weights the same file is as good as any.
      if (rule === "bad_weight") assert.equal((await loadAnswers(path, codebook())).weights, null);
    });
  });
}

Deno.test("loadAnswers() refuses a file far away, and says to download it", async () => {
  await assert.rejects(
    loadAnswers(new URL("https://example.org/answers.csv"), codebook()),
    (error) => error instanceof InputError && /Download it/.test(error.message),
  );
});
