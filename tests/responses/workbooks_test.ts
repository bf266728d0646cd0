import assert from "node:assert/strict";
import { SMALL, validated } from "./with_file.ts";
import { rowOf, workbookOf } from "./workbook_of.ts";

const ROWS = SMALL.trimEnd().split("\n").map((line) => line.split(","));
const sheet = (rows: readonly (readonly string[])[] = ROWS, quote = '"') =>
  rows.map((cells, i) => rowOf(i + 1, cells, quote)).join("");
const read = (bytes: Uint8Array) => validated(bytes, "answers.xlsx");
const plain = async () => (await validated(SMALL)).survey?.codes;

Deno.test("a workbook made for the tests is read as the CSV file of its answers", async () => {
  const { survey, problems } = await read(workbookOf([{ name: "Svar", rows: sheet() }]));
  assert.deepEqual(problems, []);
  assert.deepEqual(survey?.codes, await plain());
});

Deno.test("rows whose formulas were never worked out are no empty rows at the end", async () => {
  const rows = ROWS.map((cells, i) =>
    i < 3 ? cells : cells.map((text) => text && "<f>X!A1</f><v/>")
  );
  for (const quote of ['"', "'"]) {
    const { problems } = await read(workbookOf([{ name: "Svar", rows: sheet(rows, quote) }]));
    const told = problems.find(({ column }) => column === "gender");
    assert.deepEqual([told?.rule, told?.row, told?.count], ["unknown_category", 3, 2]);
    assert.match(told?.expected ?? "", /the formula's result: open the file in Excel/);
  }
});

Deno.test("a row of nothing but errors at the end is told", async () => {
  const error = (row: number) =>
    rowOf(row, [null, null]) +
    `<row r="${row + 1}"><c r="B${row + 1}" t='e'><v>#REF!</v></c></row>`;
  const { problems } = await read(workbookOf([{ name: "Svar", rows: sheet() + error(6) }]));
  assert.deepEqual(problems.map(({ rule, value, line }) => [rule, value, line]), [
    ["unknown_category", "#REF!", 7],
  ]);
});

Deno.test("formulas that all hold 0 and wait to be worked out have no result", async () => {
  const rows = ROWS.map((cells, i) =>
    cells.map((text, c) => c === 4 && i > 0 && text ? "<f>VLOOKUP(A1,X!A:B,2,0)</f><v>0</v>" : text)
  );
  const made = (calculate: boolean) =>
    workbookOf([{ name: "Svar", rows: sheet(rows) }], { calculate });
  const { problems } = await read(made(true));
  assert.deepEqual(problems.map(({ column, count }) => [column, count]), [["managers_between", 2]]);
  // Saved by Excel, they are what Excel worked out.
  assert.deepEqual((await read(made(false))).problems, []);
});

Deno.test("a hidden sheet is not read where one that is shown has answers, and is told", async () => {
  const hidden = { name: "2022", rows: sheet(ROWS.slice(0, 3)) };
  for (const state of ["hidden", "veryHidden"] as const) {
    const { survey, warnings } = await read(
      workbookOf([{ ...hidden, state }, { name: "2026", rows: sheet() }]),
    );
    assert.deepEqual(survey?.codes, await plain());
    const told = warnings.find(({ rule }) => rule === "other_sheet");
    assert.equal(told?.value, "2022 (hidden)");
  }
});

Deno.test("a sheet that is nothing but a chart is passed over, wherever it stands", async () => {
  const chart = { name: "Diagram", rows: null };
  for (
    const sheets of [[chart, { name: "Svar", rows: sheet() }], [
      { name: "Svar", rows: sheet() },
      chart,
    ]]
  ) {
    assert.deepEqual((await read(workbookOf(sheets))).survey?.codes, await plain());
  }
});

Deno.test("a value in a far corner is refused before the space between is made", async () => {
  for (const at of ["XFD1048576", "A1048576", "XFD4000"]) {
    const far = `<row r="${at.replace(/\D+/, "")}"><c r="${at}"><v>1</v></c></row>`;
    const { problems } = await read(workbookOf([{ name: "Svar", rows: sheet() + far }]));
    assert.deepEqual(problems.map(({ rule }) => rule), ["far_cell"]);
    assert.match(problems[0]?.expected ?? "", new RegExp(at));
  }
});

Deno.test("cells and rows that do not say where they stand follow those before", async () => {
  const all = ROWS.map((cells) => cells.map((text) => text || "<v/>"));
  const rows = sheet(all).replaceAll(/ r="[A-Z]?\d"/g, "");
  const { survey, problems } = await read(workbookOf([{ name: "Svar", rows }]));
  assert.deepEqual(problems, []);
  assert.deepEqual(survey?.codes, await plain());
  const twice = `<row><c r="B2"><v>1</v></c><c r="B2"><v>2</v></c></row>`;
  const { problems: told } = await read(workbookOf([{ name: "Svar", rows: twice }]));
  assert.match(told[0]?.expected ?? "", /each cell once, but B2 twice/);
});

Deno.test("long numbers keep their digits, and are two respondents where they differ in the last", async () => {
  const ids = [
    "12345678901234567",
    "12345678901234568",
    "9007199254740993",
    "1.23456789012345E+16",
  ];
  const rows = ROWS.map((cells, i) =>
    i === 0 ? cells : [`<v>${ids[i - 1]}</v>`, ...cells.slice(1)]
  );
  const { survey, problems } = await read(workbookOf([{ name: "Svar", rows: sheet(rows) }]));
  assert.deepEqual(problems, []);
  assert.deepEqual([...survey!.ids!], [...ids.slice(0, 3), "12345678901234500"]);
});

Deno.test("a workbook may have more rows than a call takes arguments", async () => {
  const rows = ROWS.map((cells) => [cells[0]!, cells[7]!]);
  const [header = "", first = ""] = rows.map((cells) =>
    rowOf(1, cells).replaceAll(/ r="[A-Z]?1"/g, "")
  );
  const people = Array.from({ length: 130_000 }, (_, i) => first.replace("a1", `b${i}`));
  const { survey } = await read(workbookOf([{ name: "Svar", rows: header + people.join("") }]));
  assert.equal(survey?.source.respondents, 130_000);
});

Deno.test("texts of a workbook keep their letters, however they are written", async () => {
  const rows = ROWS.map((cells, i) =>
    i === 1 ? ["<is><t><![CDATA[a<1]]></t></is>", ...cells.slice(1)] : cells
  );
  const xml = sheet(rows).replace('<c r="A2"', '<c r="A2" t="inlineStr"')
    .replace("<t>a2</t>", "<r><t>a_x0026_</t></r><r><t>&#50;</t></r><rPh><t>x</t></rPh>");
  const { survey } = await read(workbookOf([{ name: "Svar", rows: xml }]));
  assert.deepEqual([...survey!.ids!], ["a<1", "a&2", "a3", "a4"]);
});

Deno.test("a workbook that would unpack to much more than it holds is refused by its stated size", async () => {
  const bytes = workbookOf([{ name: "Svar", rows: sheet() }]);
  const view = new DataView(bytes.buffer);
  const entry = view.getUint32(bytes.length - 6, true);
  view.setUint32(entry + 24, 2 ** 28, true);
  const { problems } = await read(bytes);
  assert.deepEqual(problems.map(({ rule }) => rule), ["damaged"]);
  assert.match(problems[0]?.expected ?? "", /at most 6\d MB of unpacked content/);
});
