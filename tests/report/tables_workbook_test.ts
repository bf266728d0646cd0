import assert from "node:assert/strict";
import { type DataTable, REPORT_MIME } from "../../lib/notebook/notebook_file.ts";
import { parseNotebook } from "../../lib/report/read_notebook.ts";
import { tablesOf, tablesWorkbook } from "../../lib/report/tables_workbook.ts";
import { unzip } from "./unzip.ts";

const TABLE: DataTable = {
  name: "a-table-with-a-name-far-longer-than-a-sheet-may-have",
  title: "Titel & <script>",
  base: "alle, der svarede",
  columns: [{ label: "Svar", kind: "text" }, { label: "Andel", kind: "share" }, {
    label: "n",
    kind: "count",
  }],
  rows: [["=1+1", 0.125, 8], ["Aldrig", null, 3]],
};

Deno.test("tablesWorkbook() writes typed numbers, the base above them and text as text", async () => {
  const bytes = await tablesWorkbook(
    [{ notebook: "02_a", table: TABLE }, { notebook: "02_a", table: TABLE }],
    "da",
    "Syntetiske data",
  );
  const files = await unzip(bytes);
  const workbook = files.get("xl/workbook.xml")!;
  assert.match(workbook, /name="Indhold"/);
  const names = [...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name!);
  assert.equal(new Set(names).size, 3);
  assert.ok(names.every((name) => name.length <= 31));
  const sheet = files.get("xl/worksheets/sheet2.xml")!;
  assert.match(sheet, /<v>0\.125<\/v>/);
  assert.doesNotMatch(sheet, /<f>/, "no text became a formula");
  const texts = files.get("xl/sharedStrings.xml") ?? sheet;
  assert.match(texts, /=1\+1/);
  assert.match(texts, /alle, der svarede/);
  assert.match(texts + files.get("xl/worksheets/sheet1.xml"), /Syntetiske data/);
  assert.doesNotMatch(texts, /<script>/);
});

Deno.test("tablesWorkbook() writes text that looks like a formula as text", async () => {
  const texts = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\uff1d1+1", "a;=1+1"];
  const table = { ...TABLE, rows: texts.map((text) => [text, 0.5]), base: "=2+2", title: "@x" };
  const files = await unzip(
    await tablesWorkbook([{ notebook: "=03", table: { ...table, name: "=4" } }], "da", "=5"),
  );
  for (const [name, xml] of files) {
    if (!name.startsWith("xl/worksheets/")) continue;
    assert.doesNotMatch(xml, /<f[ >]/, name);
    for (const [cell] of xml.matchAll(/<c [^>]*>(?:(?!<\/c>).)*<\/c>/gs)) {
      // A number, or a reference to a text.
      assert.ok(/ t="(?:s|inlineStr)"/.test(cell) || /<v>[\d.]+<\/v>/.test(cell), cell);
    }
  }
  const strings = [...files].filter(([name]) => name.startsWith("xl/")).map(([, xml]) => xml).join(
    "",
  );
  assert.match(strings, /@SUM\(A1\)/);
});

Deno.test("tablesOf() finds the tables of every output in reading order, in one language", () => {
  const book = parseNotebook(
    JSON.stringify({
      nbformat: 4,
      nbformat_minor: 5,
      metadata: {},
      cells: [{
        cell_type: "code",
        source: "",
        metadata: {},
        execution_count: 1,
        outputs: [{
          output_type: "display_data",
          metadata: {},
          data: {
            [REPORT_MIME]: { da: { html: "", tables: [TABLE] }, en: { html: "" } },
          },
        }],
      }],
    }),
    "a.ipynb",
  );
  const notebooks = [{ name: "02_a", notebook: book }];
  assert.deepEqual(tablesOf(notebooks, "da"), [{ notebook: "02_a", table: TABLE }]);
  assert.deepEqual(tablesOf(notebooks, "en"), []);
});
