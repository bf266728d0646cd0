import assert from "node:assert/strict";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { DataProblems, type Rule } from "../../lib/responses/problem.ts";
import { codebook } from "../../lib/responses/study.ts";
import { latin1, SMALL, utf16, withFile } from "./with_file.ts";

interface Broken {
  what: string;
  name?: string;
  content: string | Uint8Array;
  rule: Rule;
  row?: number;
  line?: number;
  column?: string;
  value?: string;
  count?: number;
  /** What the message says is expected, or advises. */
  says: RegExp[];
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const small = (from: string | RegExp, to: string) => SMALL.replace(from, to);
/** The bytes of a text, cut after a number of them. */
const cut = (text: string, end: number) => utf8(text).slice(0, end);
/** Byte position just behind the first byte of a letter. */
const inside = (text: string, letter: string) =>
  utf8(text.slice(0, text.indexOf(letter))).length + 1;

const BROKEN: Broken[] = [
  {
    what: "an empty file",
    content: "",
    rule: "empty_file",
    says: [/0 bytes/, /Export the answers again/],
  },
  {
    what: "a file of blank lines",
    content: "\n \r\n\n",
    rule: "empty_file",
    says: [/a header and one row per respondent/],
  },
  {
    what: "a mark and nothing else",
    content: Uint8Array.of(0xef, 0xbb, 0xbf),
    rule: "empty_file",
    says: [/a header/],
  },
  {
    what: "a header without rows",
    content: SMALL.split("\n")[0] + "\n",
    rule: "no_rows",
    says: [/one row per respondent/],
  },
  {
    what: "a header and rows without a single value",
    content: SMALL.split("\n")[0] + "\n,,,,,,,\n\n,,,,,,,\n",
    rule: "no_rows",
    says: [/one row per respondent/],
  },
  {
    what: "a workbook called .csv",
    content: latin1("PK\x03\x04\x14\0\0\0\0\0[Content_Types].xml xl/workbook.xml"),
    rule: "wrong_kind",
    says: [/ending \.csv/, /Excel workbook/, /Save the answers as CSV/],
  },
  {
    what: "a zip archive called .csv",
    content: latin1("PK\x03\x04\x14\0\0\0\0\0answers/readme.md"),
    rule: "wrong_kind",
    says: [/zip archive/],
  },
  {
    what: "an SPSS file called .csv",
    content: latin1("$FL2@(#) SPSS DATA FILE\0\0\0"),
    rule: "wrong_kind",
    says: [/SPSS/],
  },
  {
    what: "an old Excel file",
    name: "answers.xls",
    content: latin1("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0\0"),
    rule: "wrong_kind",
    says: [/Excel 97-2003/, /Save the answers as CSV/],
  },
  {
    what: "text called .sav",
    name: "answers.sav",
    content: SMALL,
    rule: "wrong_kind",
    says: [/SPSS file, as its ending \.sav says/, /a text file/],
  },
  {
    what: "a PDF",
    name: "answers.pdf",
    content: "%PDF-1.7\n",
    rule: "wrong_kind",
    says: [/PDF/],
  },
  {
    what: "a web page, as when a login page was saved",
    content: "<!DOCTYPE html><html><body>Log ind</body></html>",
    rule: "wrong_kind",
    says: [/web page/],
  },
  {
    what: "JSON",
    content: '[{"respondent": "a1"}]',
    rule: "wrong_kind",
    says: [/JSON/],
  },
  {
    what: "random bytes",
    content: Uint8Array.from({ length: 500 }, (_, i) => (i * 7919) % 31),
    rule: "wrong_kind",
    says: [/bytes that no text has/],
  },
  {
    what: "a character 0 in the text",
    content: small("Aldrig", "Ald\0rig"),
    rule: "encoding",
    line: 5,
    says: [/character 0/, /UTF-8/],
  },
  {
    what: "UTF-8 with one broken byte",
    content: (() => {
      const bytes = utf8(
        small("a4,Mand", "Sjældent,Mand"),
      );
      bytes[utf8(SMALL.slice(0, SMALL.indexOf("a3"))).length] = 0xff;
      return bytes;
    })(),
    rule: "encoding",
    line: 4,
    says: [/bytes of another encoding/, /Save it again/],
  },
  {
    what: "UTF-8 that ends inside a letter",
    content: cut(SMALL.replace("a1", "æ1"), inside(SMALL, "Sjældent") + 3),
    rule: "half_written",
    says: [/cut in two/],
  },
  {
    what: "UTF-16 that ends inside a letter",
    content: utf16(SMALL).slice(0, -1),
    rule: "half_written",
    says: [/UTF-16/, /Export or copy it again/],
  },
  {
    what: "a quote that is never closed",
    content: small("Aldrig", '"Aldrig'),
    rule: "half_written",
    line: 5,
    says: [/never closed/],
  },
  {
    what: "a last row with fewer values",
    content: SMALL.slice(0, SMALL.indexOf("a4,Mand,0") + 9),
    rule: "half_written",
    row: 4,
    line: 5,
    says: [/8 values, as in the header; the last row has only 3 values/],
  },
  {
    what: "a row with fewer values in the middle",
    content: small("a2,Mand,0,1,,", "a2,Mand,0,1,"),
    rule: "field_count",
    row: 2,
    line: 3,
    says: [/8 values.*this row has 7 values/, /must stand in quotes/],
  },
  {
    what: "a delimiter inside a value without quotes",
    content: small("Meget ofte", "Meget, ofte"),
    rule: "field_count",
    row: 2,
    line: 3,
    says: [/this row has 9 values/],
  },
  {
    what: "text after a closing quote",
    content: small("Meget ofte", '"Meget" ofte'),
    rule: "stray_quote",
    line: 3,
    says: [/after a closing quote/, /twice/],
  },
  {
    what: "no header",
    content: SMALL.split("\n").slice(1).join("\n"),
    rule: "no_known_column",
    line: 1,
    value: "a1 | Kvinde | 1 | 0 | 0 | Sjældent",
    says: [/column names such as respondent, gender/, /first line/],
  },
  {
    what: "another table altogether",
    content: "date,amount\n2023-01-01,12\n",
    rule: "no_known_column",
    says: [/right file/],
  },
  {
    what: "background without a single question",
    content: "respondent,gender\na1,Kvinde\n",
    rule: "no_questions",
    says: [/pressure_change/],
  },
  {
    what: "the same column twice",
    content: small("gender,serves", "wellbeing,serves"),
    rule: "duplicate_column",
    column: "wellbeing",
    says: [/one column for wellbeing; column 2/, /Remove or rename/],
  },
  {
    what: "a column and its alias",
    content: small("managers_between", "køn"),
    rule: "duplicate_column",
    column: "køn",
    says: [/one column for gender/],
  },
  {
    what: "a misspelt column",
    content: small("wellbeing", "welbeing"),
    rule: "misspelt_column",
    column: "welbeing",
    says: [/nearest: wellbeing/, /aliases in data\/codebook\.json/],
  },
  {
    what: "a missing column that says who was asked",
    content: SMALL.split("\n").map((line) => line.split(",").toSpliced(2, 1).join(","))
      .join("\n"),
    rule: "missing_routing",
    column: "serves_politicians",
    says: [/balance_difficult/, /Add the column/],
  },
  {
    what: "a misspelt answer",
    content: small("Aldrig", "Aldirg"),
    rule: "unknown_category",
    row: 4,
    line: 5,
    column: "pressure_change",
    value: "Aldirg",
    says: [/nearest: Aldrig/, /one of: Meget ofte, Ofte/],
  },
  {
    what: "a misspelt English answer",
    content: small("Aldrig", "Nevr"),
    rule: "unknown_category",
    value: "Nevr",
    says: [/nearest: Aldrig/],
  },
  {
    what: "a code that the scale does not have",
    content: small("Aldrig", "7"),
    rule: "unknown_category",
    value: "7",
    says: [/one of: Meget ofte/],
  },
  {
    what: "an answer of another scale, many times",
    content: small(/(Sjældent|Aldrig)/g, "Enig"),
    rule: "unknown_category",
    row: 1,
    count: 2,
    says: [/2 rows/],
  },
  {
    what: "an answer of a million letters",
    content: small("Aldrig", "x".repeat(1_000_000)),
    rule: "unknown_category",
    value: "x".repeat(60) + "… (1000000 characters)",
    says: [/one of:/],
  },
  {
    what: "an answer that would steer the terminal",
    content: small("Aldrig", "\x1b[31mAldrig\u202e"),
    rule: "unknown_category",
    value: "\\u{1b}[31mAldrig\\u{202e}",
    says: [/one of:/],
  },
  {
    what: "a respondent who stands there twice",
    content: small("a4", "a1"),
    rule: "duplicate_respondent",
    row: 4,
    line: 5,
    column: "respondent",
    value: "a1",
    says: [/row 1 is the first/, /Remove the row/],
  },
  {
    what: "an answer of somebody who was not asked",
    content: small("Meget ofte,,", "Meget ofte,Enig,"),
    rule: "answered_not_asked",
    row: 2,
    line: 3,
    column: "balance_difficult",
    value: "Enig",
    says: [/serves_politicians = Ja \(here: "0"\)/, /Correct the answer/],
  },
  {
    what: "a line number after a value of two lines and a blank line",
    content: small("a3", '\n"a\n3"').replace("Aldrig", "Aldri?"),
    rule: "unknown_category",
    row: 4,
    line: 7,
    value: "Aldri?",
    says: [/nearest: Aldrig/],
  },
];

for (const broken of BROKEN) {
  Deno.test(`loadAnswers() refuses ${broken.what}`, async () => {
    const name = broken.name ?? "answers.csv";
    await withFile(name, broken.content, async (path) => {
      const error = await loadAnswers(path, codebook()).then(
        () => assert.fail("the file was accepted"),
        (error: unknown) => error,
      );
      assert(error instanceof DataProblems, String(error));
      const problem = error.problems.find(({ rule }) => rule === broken.rule);
      assert(problem, error.message);
      for (const key of ["row", "line", "column", "value", "count"] as const) {
        if (broken[key] !== undefined) {
          assert.equal(problem[key], broken[key], key);
        }
      }
      assert.match(error.message, new RegExp(`^Cannot use ${name}\n`));
      assert.match(error.message, /What to do: \S/);
      for (const pattern of broken.says) assert.match(error.message, pattern);
      if (broken.line !== undefined) {
        assert.match(error.message, new RegExp(`line ${broken.line}\\b`));
      }
      // deno-lint-ignore no-control-regex -- that is the point
      assert.doesNotMatch(error.message, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
      assert(error.message.length < 5000);
    });
  });
}

Deno.test("loadAnswers() names a file that is not there, and a folder", async () => {
  for (
    const [path, pattern] of [
      ["/nowhere/answers.csv", /there is none at this path/],
      [Deno.cwd(), /at least one Parquet file/],
    ] as const
  ) {
    await assert.rejects(
      loadAnswers(path, codebook()),
      (error) =>
        error instanceof DataProblems && pattern.test(error.message) &&
        /Check the path/.test(error.message) && error.message.includes(path),
    );
  }
});

Deno.test("loadAnswers() lists all problems of a file at once", async () => {
  const content = SMALL.replace("Aldrig", "Aldirg").replace("a4", "a1")
    .replace("Meget ofte,,", "Meget ofte,Enig,").replace("gender", "gendr")
    .replace("Helt enig,Helt enig", "Helt enig,Helt ening");
  await withFile("answers.csv", content, async (path) => {
    await assert.rejects(loadAnswers(path, codebook()), (error) => {
      assert(error instanceof DataProblems);
      const rules = error.problems.map(({ rule }) => rule);
      for (
        const rule of [
          "misspelt_column",
          "duplicate_respondent",
          "answered_not_asked",
        ] as const
      ) assert(rules.includes(rule), rule);
      assert.equal(rules.filter((r) => r === "unknown_category").length, 2);
      return true;
    });
  });
});
