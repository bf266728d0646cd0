import assert from "node:assert/strict";
import readWorkbook from "read-excel-file/universal";
import { reportData } from "../../lib/commands/report.ts";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import { breakdownRows } from "../../lib/statistics/breakdown_rows.ts";
import { type DataTable, REPORT_MIME, type ReportPart } from "../../lib/notebook/notebook_file.ts";
import { type OpenedSurvey, openSurvey } from "../../lib/notebook/open_survey.ts";
import { parseNotebook } from "../../lib/report/notebook_json.ts";
import { tablesOf, tablesWorkbook } from "../../lib/report/tables_workbook.ts";
import type { EstimateEntry } from "../../lib/statistics/estimates_json.ts";
import { plain, readPackage } from "./office/read_package.ts";

const TABLE: DataTable = {
  name: "a-table",
  title: "Titel & <script> med et navn, der er langt længere, end et ark må have",
  base: "alle, der svarede",
  columns: [{ label: "Svar", kind: "text" }, { label: "Andel", kind: "share" }, {
    label: "n",
    kind: "count",
  }],
  rows: [["=1+1", 0.125, 8], ["Aldrig", null, 3]],
};

Deno.test("tablesWorkbook() writes typed numbers, the base above them and text as text", async () => {
  const bytes = await tablesWorkbook([TABLE], [TABLE], "da", "Syntetiske data");
  const files = readPackage(bytes).texts;
  const workbook = files.get("xl/workbook.xml")!;
  assert.match(workbook, /name="Indhold"/);
  const names = [...workbook.matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name!);
  assert.equal(new Set(names).size, 3);
  assert.ok(names.every((name) => name.replaceAll(/&\w+;/g, "&").length <= 31), names.join("\n"));
  const sheet = files.get("xl/worksheets/sheet2.xml")!;
  assert.match(sheet, /<v>0\.125<\/v>/);
  assert.doesNotMatch(sheet, /<f>/, "no text became a formula");
  const texts = files.get("xl/sharedStrings.xml") ?? sheet;
  assert.match(texts, /=1\+1/);
  assert.match(texts, /alle, der svarede/);
  assert.match(texts + files.get("xl/worksheets/sheet1.xml"), /Syntetiske data/);
  assert.doesNotMatch(texts, /<script>/);
});

Deno.test("tablesWorkbook() links the contents and the sheets, filters headings and keeps them in view", async () => {
  const bytes = await tablesWorkbook([], [TABLE, { ...TABLE, title: "Det's" }], "en", null);
  const files = readPackage(bytes).texts;
  const links = (id: number) =>
    [...files.get(`xl/worksheets/sheet${id}.xml`)!.matchAll(/<hyperlink [^>]*location="([^"]*)"/g)]
      .map(([, to]) => plain(to!));
  const sheets = (await readWorkbook(bytes.buffer as ArrayBuffer)).map(({ sheet }) => sheet);
  assert.deepEqual(links(1), sheets.slice(1).map((name) => `'${name.replace("'", "''")}'!A1`));
  assert.deepEqual(links(2), ["'Contents'!A1"]);
  const sheet = files.get("xl/worksheets/sheet2.xml")!;
  assert.match(sheet, /<autoFilter ref="A4:C6"\/>/);
  assert.match(sheet, /<pane [^>]*ySplit="4"[^>]*state="frozen"/);
  const order = ["<sheetData", "<autoFilter", "<hyperlinks", "<pageSetup"].map((tag) =>
    sheet.indexOf(tag)
  );
  assert.deepEqual(order, order.toSorted((a, b) => a - b), "as the format orders them");
});

Deno.test("tablesWorkbook() writes text that looks like a formula as text", async () => {
  const texts = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\uff1d1+1", "a;=1+1"];
  const table = { ...TABLE, rows: texts.map((text) => [text, 0.5]), base: "=2+2", title: "@x" };
  const { texts: files } = readPackage(
    await tablesWorkbook([{ ...table, title: "=03" }], [{ ...table, name: "=4" }], "da", "=5"),
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
  const notebooks = [notebookOf({ da: { html: "", tables: [TABLE] }, en: { html: "" } })];
  assert.deepEqual(tablesOf(notebooks, "da"), [TABLE]);
  assert.deepEqual(tablesOf(notebooks, "en"), []);
});

function notebookOf(parts: Readonly<Record<string, ReportPart>>) {
  const cell = {
    cell_type: "code",
    source: "",
    metadata: {},
    execution_count: 1,
    outputs: [{ output_type: "display_data", metadata: {}, data: { [REPORT_MIME]: parts } }],
  };
  const book = { nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [cell] };
  return { name: "02_a", notebook: parseNotebook(JSON.stringify(book), "a.ipynb") };
}

const surveys: Readonly<Record<string, OpenedSurvey>> = {
  "everyone, beside the published figures": await openSurvey({ data: null, baseline: "published" }),
  "women, weighted": await openSurvey({
    data: null,
    where: { gender: "woman" },
    weights: "population",
  }),
};

for (const [name, survey] of Object.entries(surveys)) {
  Deno.test(`a question's sheet has every number of estimates.json and no other: ${name}`, async () => {
    const { sheets, estimates } = await written(survey);
    const { questions, scales, variables } = survey.codebook;
    for (const [question, { label, scale }] of Object.entries(questions)) {
      const own = estimates.filter((entry) => entry.question === question);
      const { data } = sheets.find(({ data }) =>
        data[0]?.[0] === label.en && data[4]?.[2] === "All"
      )!;
      let over: unknown = null;
      const columns = data[4]!.map((group, at) => {
        over = data[3]?.[at] ?? over;
        return [over, group];
      });
      for (const entry of own) {
        const { sets, categories } = scales[scale]!;
        const { set, category } = entry as { set?: string; category?: string };
        const answer = (set ? sets[set]!.label : categories[category!]!).en;
        const about = variables[entry.group?.variable ?? ""];
        const group = about?.categories[entry.group!.category]?.en;
        const at = columns.findIndex(([above, label], at) =>
          about ? above === about.label.en && label === group : at === 2
        );
        if (entry.n === 0) {
          assert.equal(at, -1, `${question}: ${group} was not asked`);
          continue;
        }
        const valueOf = (measure: string) => {
          const row = data.find(([first, second]) =>
            String(first).toLowerCase() === answer.toLowerCase() && second === measure
          );
          return row?.[at] ?? null;
        };
        const where = `${question} ${answer} ${about?.label.en} ${group}`;
        if (entry.suppressed) assert.match(String(valueOf("Share")), /^(too few|protected)/, where);
        else assert.equal(valueOf("Share"), entry.share, where);
        const { p_adjusted = null } = entry.test ?? {};
        assert.equal(valueOf("p of that difference, adjusted"), p_adjusted, where);
        assert.equal(valueOf("From (95%)"), entry.low, where);
        assert.equal(valueOf("To (95%)"), entry.high, where);
        assert.equal(valueOf("Count"), entry.count, where);
        assert.equal(data[5]?.[at] ?? null, entry.n, where);
        assert.equal(valueOf("Before"), entry.change?.before.share ?? null, where);
        assert.equal(valueOf("p, adjusted"), entry.change?.p_adjusted ?? null, where);
      }
      const measures = new Set(data.slice(5).map(([, measure]) => measure));
      const isMoved = own.some(({ share, count, n, weighted }) =>
        weighted && share !== null && Math.abs(share - count! / n) > 0.01
      );
      assert.equal(measures.has("Unweighted"), isMoved, "only where weights move a share");
      const shares = data.filter(([, measure]) => measure === "Share")
        .flatMap((row) => row.filter((cell) => typeof cell === "number"));
      assert.equal(shares.length, own.filter(({ share }) => share !== null).length);
    }
  });
}

Deno.test("a question's sheet has the marks and the adjusted p-values of estimates.json", async () => {
  const survey = Object.values(surveys)[0]!;
  const { sheets } = await written(survey);
  const { label } = survey.codebook.questions["time_pressure"]!;
  const { data } = sheets.find(({ data }) => data[0]?.[0] === label.en && data[4]?.[2] === "All")!;
  const rows = breakdownRows(survey, "time_pressure", "agree");
  for (
    const [measure, valueOf] of [
      ["p of that difference, adjusted", ({ test }) => test.adjusted],
      ["Letter of the group", ({ test }) => test.letter],
      ["Higher than group", ({ test }) => test.above.join(" ") || null],
    ] as [string, (row: typeof rows[number]) => unknown][]
  ) {
    const row = data.find((cells) => cells[1] === measure)!;
    const names = rows.map(({ estimate: { variable, group } }) =>
      survey.codebook.variables[variable!]!.categories[group!]!.en
    );
    for (const [index, row_] of rows.entries()) {
      const { variable } = row_.estimate;
      const over = survey.codebook.variables[variable!]!.label.en;
      const first = data[3]!.indexOf(over);
      const at = data[4]!.indexOf(names[index]!, first);
      assert.equal(row[at] ?? null, valueOf(row_), `${measure}: ${over} ${names[index]}`);
    }
  }
});

/** The English workbook and the entries of estimates.json, as a report with one breakdown writes them. */
async function written(survey: OpenedSurvey) {
  const shown = breakdown(survey, ["time_pressure", "wellbeing"]);
  const parts = { da: shown.render("da").part, en: shown.render("en").part };
  const files = await reportData(survey, [notebookOf(parts)], ["en"]);
  const { buffer } = files.get("tables.en.xlsx") as Uint8Array<ArrayBuffer>;
  const { estimates } = JSON.parse(files.get("estimates.json") as string);
  return {
    sheets: await readWorkbook(buffer),
    estimates: estimates as EstimateEntry[],
  };
}
