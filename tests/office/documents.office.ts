/// <reference lib="dom" />
import assert from "node:assert/strict";
import { parseHTML } from "linkedom/worker";
import { LANGUAGES } from "../../lib/responses/language.ts";
import type { Estimate } from "../../lib/statistics/estimate.ts";
import { inFolder, runTask } from "../commands/run_task.ts";
import { PythonEnvironment, runProgram } from "../jupyter/python_environment.ts";

/*
 * The documents in programs of others: LibreOffice draws every page, python-docx, python-pptx and openpyxl
 * read them. It needs soffice (libreoffice-writer and -impress), pdftotext (poppler-utils) and Python 3.
 */

const PACKAGES = ["python-docx==1.2.0", "python-pptx==1.0.2", "openpyxl==3.1.5"];
const READER = new URL("read_documents.py", import.meta.url).pathname;

interface Workbook {
  readonly rows: readonly (readonly (string | number | null)[])[];
}
interface ReadDocument {
  readonly title: string;
  readonly language: string;
  readonly headings: readonly (readonly [style: string, text: string])[];
  readonly captions: readonly string[];
  readonly tables: readonly (readonly (readonly string[])[])[];
  readonly header: string;
  readonly footer: string;
  readonly workbooks: readonly Workbook[];
}
interface ReadSlides {
  readonly slides: readonly {
    readonly title: string | null;
    readonly notes: string;
    readonly charts: readonly {
      readonly categories: readonly string[];
      readonly series: readonly (readonly [name: string, values: readonly (number | null)[]])[];
      readonly workbook: Workbook;
    }[];
  }[];
}

Deno.test("other programs read and draw the documents", async (t) => {
  await inFolder(async (folder) => {
    for (const [name, args] of [["full", ["--docx", "--pptx"]], ["brief", ["--docx", "brief"]]]) {
      const { code, stderr } = await runTask("report", "--out", `${folder}/${name}`, ...args!);
      assert.equal(code, 0, stderr);
    }
    const python = await PythonEnvironment.install(`${folder}/python`, PACKAGES);
    const { estimates } = JSON.parse(await Deno.readTextFile(`${folder}/full/estimates.json`));
    for (const language of LANGUAGES) {
      const page = await Deno.readTextFile(`${folder}/full/report.${language}.html`);
      const [full, brief, deck] = await read(python, [
        `${folder}/full/report.${language}.docx`,
        `${folder}/brief/report.${language}.docx`,
        `${folder}/full/report.${language}.pptx`,
      ]) as [ReadDocument, ReadDocument, ReadSlides];
      await t.step(
        `${language}: python-docx reads headings, captions, tables and properties`,
        () => checkDocument(full, brief, page),
      );
      await t.step(
        `${language}: openpyxl reads the estimates in the charts' workbooks`,
        () => checkWorkbooks(full.workbooks, estimates),
      );
      await t.step(
        `${language}: python-pptx reads titles, notes and charts`,
        () => checkDeck(deck, estimates),
      );
      for (const [name, least] of [["full", 10], ["brief", 3]] as const) {
        await t.step(
          `${language}: LibreOffice draws every page of the ${name} report`,
          async () => {
            const pages = await drawn(`${folder}/${name}/report.${language}.docx`);
            const { headings, captions } = name === "full" ? full : brief;
            assert.ok(pages.length >= least && pages.length <= 3 * least, `${pages.length} pages`);
            const all = squeezed(pages.join(" "));
            // The number of a figure is a field, which python-docx leaves out.
            const titles = captions.map((caption) => caption.replace(/^.*?\. /, ""));
            for (const text of [...headings.map(([, text]) => text), ...titles]) {
              assert.ok(all.includes(squeezed(text)), `no page says "${text}"`);
            }
            for (const [at, page] of pages.entries()) {
              assert.ok(
                page.replaceAll(/\s/g, "").includes(`${at + 1}/${pages.length}`),
                "page number",
              );
              assert.match(page, /Syntetiske data|Synthetic data/);
            }
            for (const { rows } of name === "full" ? full.workbooks : brief.workbooks) {
              // A chart that is drawn has its names.
              const [first = ""] = String(rows[1]![0]).split(/[\s(]/);
              assert.ok(all.includes(first), `no page has "${first}"`);
            }
          },
        );
      }
      await t.step(`${language}: LibreOffice draws every slide`, async () => {
        const pages = await drawn(`${folder}/full/report.${language}.pptx`);
        assert.equal(pages.length, deck.slides.length);
        for (const [at, { title, charts }] of deck.slides.entries()) {
          assert.ok(squeezed(pages[at]!).includes(squeezed(title!)), `slide ${at + 1}: ${title}`);
          const [number] = charts.flatMap(({ series }) => series.at(-1)![1]).filter(Boolean);
          if (number) assert.match(pages[at]!, /\d\s?%/);
        }
      });
    }
  });
});

async function read(python: PythonEnvironment, files: readonly string[]): Promise<unknown> {
  const { success, stdout, stderr } = await new Deno.Command(python.program("python"), {
    args: [READER, ...files],
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** The text of each page as LibreOffice draws it. */
async function drawn(file: string): Promise<string[]> {
  const folder = file.replace(/\/[^/]*$/, "");
  const profile = `-env:UserInstallation=file://${folder}/profile`;
  await runProgram("soffice", [
    profile,
    "--headless",
    "--convert-to",
    "pdf",
    "--outdir",
    folder,
    file,
  ]);
  const pdf = file.replace(/\.\w+$/, ".pdf");
  await runProgram("pdftotext", [pdf, `${pdf}.txt`]);
  return (await Deno.readTextFile(`${pdf}.txt`)).split("\f").slice(0, -1);
}

function checkDocument(full: ReadDocument, brief: ReadDocument, page: string): void {
  const { document } = parseHTML(page);
  const textsOf = (selector: string) =>
    [...document.querySelectorAll(selector)].map((element) => squeezed(element.textContent));
  const headingsOf = ({ headings }: ReadDocument, level: number) =>
    headings.filter(([style]) => style.toLowerCase() === `heading ${level}`)
      .map(([, text]) => squeezed(text));
  assert.equal(full.title, textsOf("h1")[0]);
  assert.match(full.language, /^(da-DK|en-GB)$/);
  assert.deepEqual(
    headingsOf(full, 1).map((text) => text.replace(/^\d+ /, "")),
    textsOf("main h2"),
  );
  assert.deepEqual(headingsOf(full, 2), textsOf("main h3"));
  assert.equal(full.captions.length, document.querySelectorAll(".finding > figure.chart").length);
  assert.match(full.header, /\S/);
  assert.match(full.footer, /responses\.csv/);
  assert.equal(full.tables.at(-1)!.length, document.querySelectorAll(".facts dt").length);
  assert.ok(brief.headings.length < full.headings.length / 2);
  for (const heading of headingsOf(brief, 2)) {
    assert.ok(headingsOf(full, 2).includes(heading), heading);
  }
}

function checkWorkbooks(workbooks: readonly Workbook[], estimates: readonly Estimate[]): void {
  const known = estimates.flatMap(({ share, high }) => [share, high]);
  assert.ok(workbooks.length >= 15, `${workbooks.length} workbooks`);
  for (const { rows } of workbooks) {
    const [heads = [], ...others] = rows;
    for (const row of others) {
      for (const [at, value] of row.entries()) {
        // What keeps "don't know" apart, and how far an interval reaches from its share.
        if (typeof value !== "number" || /^ $|\([+-]\)$/.test(String(heads[at]))) continue;
        const isKnown = known.some((one) => one !== null && Math.abs(one - value) < 1e-12);
        assert.ok(isKnown, `${row[0]}: ${value}`);
      }
    }
  }
}

function checkDeck({ slides }: ReadSlides, estimates: readonly Estimate[]): void {
  const known = estimates.flatMap(({ share, high }) => [share, high]);
  assert.ok(slides.every(({ title }) => title));
  const charts = slides.flatMap(({ charts }) => charts);
  checkWorkbooks(charts.map(({ workbook }) => workbook), estimates);
  for (const { categories, series } of charts) {
    assert.ok(categories.length > 1);
    for (const [name, values] of series) {
      assert.equal(values.length, categories.length);
      if (name === " ") continue;
      for (const value of values) {
        if (value === null) continue;
        const isKnown = known.some((one) => one !== null && Math.abs(one - value) < 1e-12);
        assert.ok(isKnown, `${name}: ${value}`);
      }
    }
  }
  for (const { notes } of slides.slice(1)) assert.match(notes, /Syntetiske data|Synthetic data/);
}

function squeezed(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}
