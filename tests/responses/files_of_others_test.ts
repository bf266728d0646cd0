import assert from "node:assert/strict";
import { parseMapping } from "../../lib/responses/mapping.ts";
import { decoderOf } from "../../lib/responses/readers/sav/dictionary.ts";
import { codebook } from "../../lib/responses/study.ts";
import { loadAnswers, validateAnswers } from "../../lib/statistics/load_answers.ts";
import { fixture, latin1, SMALL, validated, withFile } from "./with_file.ts";

const bytesOf = (name: string) => Deno.readFileSync(fixture(name));
const plain = async () => (await validated(SMALL)).survey?.codes;

/** A fixture in which one run of bytes is replaced by another of the same length. */
function patched(bytes: Uint8Array, from: Uint8Array, to: Uint8Array): Uint8Array {
  const at = bytes.findIndex((_, i) => from.every((byte, k) => bytes[i + k] === byte));
  assert(at >= 0 && from.length === to.length);
  return bytes.with(at, to[0]!).map((byte, i) =>
    i >= at && i < at + to.length ? to[i - at]! : byte
  );
}
const renamed = (file: string, from: string, to: string) =>
  patched(bytesOf(file), latin1(`=${from}`), latin1(`=${to}`));

Deno.test("any delimiter divides a file", async () => {
  for (const delimiter of ["|", "^", "~", ";", "\t"]) {
    const { survey } = await validated(SMALL.replaceAll(",", delimiter));
    assert.deepEqual(survey?.codes, await plain(), delimiter);
  }
});

/** Rows as Excel writes them: in blocks of 16 up to the last column that has a value in one of them. */
function asExcel(lines: readonly string[]): string {
  const blocks = Array.from(
    { length: Math.ceil(lines.length / 16) },
    (_, i) => lines.slice(16 * i, 16 * i + 16).map((line) => line.split(";")),
  );
  return blocks.flatMap((rows) => {
    const filled = Math.max(...rows.map((row) => row.findLastIndex((value) => value !== "") + 1));
    return rows.map((row) => row.slice(0, filled).join(";"));
  }).join("\n") + "\n";
}

Deno.test("Excel's dropped delimiters at the ends of rows are empty values, and a lost value is none", async () => {
  const people = Array.from({ length: 60 }, (_, i) => `a${i};Enig;Kvinde;${i < 5 ? "tak" : ""};`);
  const lines = ["respondent;wellbeing;gender;Kommentar;Mere", ...people];
  const text = asExcel(lines);
  assert(text.includes("\na20;Enig;Kvinde\n"));
  const { survey, problems } = await validated(text);
  assert.deepEqual(problems, []);
  assert.equal(survey?.source.respondents, 60);
  assert(survey?.codes.get("gender")?.every((code) => code === 1));
  for (const wrong of ["a20;Kvinde", "a20;Enig;Kvinde;"]) {
    const { problems } = await validated(text.replace("a20;Enig;Kvinde", wrong));
    assert.deepEqual(problems.map(({ rule }) => rule), ["field_count"]);
  }
  const { problems: cut } = await validated(lines.slice(0, 17).join("\n").replace(/;;$/, ""));
  assert.deepEqual(cut.map(({ rule }) => rule), ["half_written"]);
});

Deno.test("decoderOf() knows encodings by their other names, with zeros behind them", () => {
  for (const name of ["cp65001", "65001", "UTF-8\0\0\0", "utf8", "windows-65001", "CP 65001"]) {
    assert.equal(decoderOf(name, null, "a.sav")(new TextEncoder().encode("æøå")), "æøå", name);
  }
  for (const name of ["cp1252", "1252", "MS-1252\0", "windows-1252", "CP28591"]) {
    assert.equal(decoderOf(name, null, "a.sav")(latin1("\xe6\xf8\xe5")), "æøå", name);
  }
});

Deno.test("an SPSS file whose record of the number of cases holds 0 is read", async () => {
  const head = new Uint8Array(Int32Array.of(7, 16, 8, 2).buffer);
  const bytes = bytesOf("labels.sav");
  const at = bytes.findIndex((_, i) => head.every((byte, k) => bytes[i + k] === byte));
  bytes.fill(0, at + 24, at + 32);
  assert.deepEqual((await validated(bytes, "answers.sav")).survey?.codes, await plain());
});

Deno.test("a column that cannot be read stops a file only where it is needed", async () => {
  const broken = (bytes: Uint8Array) => patched(bytes, latin1("Sj\xc3\xa6"), latin1("Sj\xff\xff"));
  const aside = await validated(
    broken(renamed("strings.sav", "pressure_change", "kommentar_felt_")),
    "answers.sav",
  );
  assert.deepEqual(aside.problems, []);
  assert.equal(aside.survey?.source.respondents, 4);
  const needed = await validated(broken(bytesOf("strings.sav")), "answers.sav");
  assert.deepEqual(needed.problems.map(({ rule, column }) => [rule, column]), [
    ["encoding", "pressure_change"],
  ]);

  const list = fixture("list.parquet");
  const { survey } = await validateAnswers(list, codebook());
  assert.deepEqual(survey?.codes, await plain());
  const mapping = parseMapping({ columns: { several: "tenure" } }, "mapping.json", codebook());
  const { problems } = await validateAnswers(list, codebook(), { mapping });
  assert.deepEqual(problems.map(({ rule, column }) => [rule, column]), [["damaged", "several"]]);
});

Deno.test("a file weighted by a column of another name says so, and can be mapped", async () => {
  const bytes = renamed("labels.sav", "wellbeing", "vaegtfina");
  new DataView(bytes.buffer).setInt32(76, 8, true);
  const { warnings } = await validated(bytes, "answers.sav");
  const told = warnings.filter(({ column }) => column === "vaegtfina");
  assert.deepEqual(told.map(({ rule }) => rule), ["weighted_by"]);
  assert.match(told[0]?.expected ?? "", /"vaegtfina": "weight"/);
  await withFile("answers.sav", bytes, async (path) => {
    const mapping = parseMapping({ columns: { vaegtfina: "weight" } }, "m.json", codebook());
    const answers = loadAnswers(path, codebook(), { mapping, weights: true });
    // Labels are no weights, which is how one sees that the column was taken.
    await assert.rejects(answers, /bad_weight/);
    const unmapped = loadAnswers(path, codebook(), { weights: true });
    await assert.rejects(unmapped, /no_weight\]\n.*"vaegtfina": "weight"/);
  });
});

Deno.test("kinds of file that are not read are named", async () => {
  const line = ("ASCII SPSS PORT FILE".padEnd(40) + "ASCII SPSS PORT FILE".padEnd(40)) + "\r\n";
  for (
    const [name, content, says] of [
      ["answers.por", line.repeat(3) + "0".repeat(200), /an SPSS portable file/],
      ["answers.dta", "<stata_dta><header>", /a Stata file/],
      ["answers.dta", "r\x02\x01\0" + "\0".repeat(100), /a Stata file/],
      [
        "answers.ods",
        "PK\x03\x04" + "\0".repeat(26) +
        "mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
        /an OpenDocument file/,
      ],
      ["answers.feather", "FEA1" + "\0".repeat(100), /a Feather file of version 1/],
    ] as const
  ) {
    const { problems } = await validated(content, name);
    assert.deepEqual(problems.map(({ rule }) => rule), ["wrong_kind"]);
    assert.match(problems[0]?.expected ?? "", says);
  }
});

Deno.test("an Arrow stream without its mark at the end is read, and told", async () => {
  const { survey, warnings } = await validated(
    bytesOf("stream.arrow").slice(0, -8),
    "answers.arrow",
  );
  assert.deepEqual(survey?.codes, await plain());
  const told = warnings.find(({ rule }) => rule === "open_end");
  assert.match(told?.expected ?? "", /^4 respondents/);
  const { problems } = await validated(bytesOf("stream.arrow").slice(0, -30), "answers.arrow");
  assert.equal(problems.length, 1);
});

Deno.test("an Arrow file whose dictionaries stand behind its rows is read", async () => {
  const bytes = bytesOf("dictionary.feather");
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 10;
  const footer = end - view.getInt32(end, true);
  const table = footer + view.getUint32(footer, true);
  const fields = table - view.getInt32(table, true);
  const blocks = [8, 10].map((field) => {
    const at = table + view.getInt16(fields + field, true);
    const list = at + view.getUint32(at, true);
    return Array.from({ length: view.getUint32(list, true) }, (_, i) => list + 4 + 24 * i);
  });
  const places = blocks.flat().map((place) => {
    const from = Number(view.getBigInt64(place, true));
    const length = view.getInt32(place + 8, true) + Number(view.getBigInt64(place + 16, true));
    return { place, from, content: bytes.slice(from, from + length) };
  });
  const rows = places.slice(blocks[0]!.length);
  let to = Math.min(...places.map(({ from }) => from));
  for (const { place, content } of [...rows, ...places.slice(0, blocks[0]!.length)]) {
    bytes.set(content, to);
    view.setBigInt64(place, BigInt(to), true);
    to += content.length;
  }
  const { survey, problems } = await validated(bytes, "answers.feather");
  assert.deepEqual(problems, []);
  assert.deepEqual(survey?.codes, await plain());
});
