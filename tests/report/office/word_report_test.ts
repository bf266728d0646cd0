/// <reference lib="dom" />
import assert from "node:assert/strict";
import { parseHTML } from "linkedom/worker";
import type { Estimate } from "../../../lib/statistics/estimate.ts";
import { inFolder, runTask } from "../../commands/run_task.ts";
import { checkPackage, type Package, plain, readPackage, sheetOf } from "./read_package.ts";

Deno.test("deno task report --docx --pptx writes the report in Word and as slides", async (t) => {
  await inFolder(async (folder) => {
    const { code, stderr } = await runTask("report", "--out", folder, "--docx", "--pptx");
    assert.equal(code, 0, stderr);
    const { estimates } = JSON.parse(await Deno.readTextFile(`${folder}/estimates.json`));
    for (const language of ["da", "en"]) {
      const file = readPackage(await Deno.readFile(`${folder}/report.${language}.docx`));
      const page = await Deno.readTextFile(`${folder}/report.${language}.html`);
      await t.step(`${language}: it is a file that Word opens`, () => checkPackage(file));
      await t.step(
        `${language}: every number of a chart is an estimate's`,
        () => checkNumbers(file, estimates),
      );
      await t.step(`${language}: it says what the page says`, () => checkWords(file, page));
      const deck = readPackage(await Deno.readFile(`${folder}/report.${language}.pptx`));
      await t.step(`${language}: PowerPoint opens the slides`, () => checkPackage(deck));
      await t.step(
        `${language}: every number of a slide's chart is an estimate's`,
        () => checkNumbers(deck, estimates),
      );
      await t.step(
        `${language}: each finding is a slide with notes`,
        () => checkSlides(deck, page),
      );
      await t.step(
        `${language}: nothing has a format of its own but what its style gives it`,
        () => checkStyles(file, language === "da" ? "da-DK" : "en-GB"),
      );
    }
  });
});

/** Each workbook's shares and upper ends are those of an estimate, and so are the lengths of its intervals. */
function checkNumbers({ bytes, texts }: Package, estimates: readonly Estimate[]): void {
  const shown = estimates.flatMap(({ share, low, high }) =>
    share === null ? [] : [{ share, low, high }]
  );
  const isNear = (a: number | null, b: number) => a !== null && Math.abs(a - b) < 1e-12;
  const books = Object.keys(bytes).filter((path) => path.endsWith(".xlsx"));
  assert.ok(books.length >= 15, `${books.length} charts`);
  for (const path of books) {
    const [heads, ...rows] = sheetOf(bytes[path]!);
    let numbers = 0;
    for (const [name, ...values] of rows) {
      const [share, high, plus, minus] = values.map(Number);
      if (heads!.length === 5 && /\(\+\)$/.test(String(heads![3]))) {
        if (values.length === 0) continue;
        numbers++;
        const found = shown.some((one) =>
          isNear(one.share, share!) && isNear(one.high, high!) &&
          isNear(one.high, share! + plus!) &&
          isNear(one.low, share! - minus!)
        );
        assert.ok(found, `${path}: ${name} ${values}`);
        continue;
      }
      for (const [at, value] of values.entries()) {
        if (value === null || heads![at + 1] === " ") continue;
        numbers++;
        assert.ok(
          shown.some((one) => isNear(one.share, Number(value))),
          `${path}: ${name} ${value}`,
        );
      }
    }
    assert.ok(numbers > 1, path);
  }
  // The drawing is made of the same numbers as the workbook.
  for (const [path, xml] of texts) {
    if (!/charts\/chart\d+\.xml$/.test(path)) continue;
    const drawn = [...xml.matchAll(/<c:numCache>.*?<\/c:numCache>/gs)]
      .flatMap(([cache]) => [...cache.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, v]) => Number(v)));
    const rels = texts.get(path.replace("charts/", "charts/_rels/") + ".rels")!;
    const book = /Target="[^"]*embeddings\/([^"]+)"/.exec(rels)![1]!;
    const cells = sheetOf(bytes[`${path.split("/")[0]}/embeddings/${book}`]!).slice(1).flatMap((
      row,
    ) => row.slice(1));
    const sorted = (values: unknown[]) => values.filter((v) => typeof v === "number").sort();
    assert.deepEqual(sorted(drawn), sorted(cells), path);
  }
}

/** Every paragraph, heading and caption of the page that is seen without a click stands in the document. */
function checkWords({ texts }: Package, page: string): void {
  const { document } = parseHTML(page);
  for (
    const unseen of document.querySelectorAll(
      "script, style, nav, svg, details, .notes, .narrow-only",
    )
  ) {
    unseen.remove();
  }
  const said = new Set(plain(texts.get("word/document.xml")!).split("\n").map(squeezed));
  const all = [...said].join("\n");
  const wanted = document.querySelectorAll("main :is(h1, h2, h3, h4, p, li, dt, dd)");
  let found = 0;
  for (const element of wanted) {
    if (element.querySelector("p") || element.closest(".printed-contents")) continue;
    if (element.querySelector('a[href$=".xlsx"]')) continue;
    // A dashed line is in the drawing alone.
    const text = squeezed(element.textContent).replace(
      / (?:Dashed line: all|Stiplet linje: i alt)\.$/,
      "",
    );
    assert.ok(all.includes(text), `"${text}" is not in the document`);
    found++;
  }
  assert.ok(found > 100, `${found} texts`);
}

/** Each finding that says or shows something is the title of a slide; its figures' bases are on it and in its notes. */
function checkSlides({ texts }: Package, page: string): void {
  const { document } = parseHTML(page);
  const slides = [...texts].filter(([path]) => /slides\/slide\d+\.xml$/.test(path));
  const titles = slides.map(([, xml]) => {
    const [shape] = /<p:sp>(?:(?!<\/p:sp>).)*<p:ph type="title"\/>.*?<\/p:sp>/s.exec(xml) ?? [""];
    return squeezed(plain(shape));
  });
  let found = 0;
  for (const finding of document.querySelectorAll("section.finding")) {
    const figure = finding.querySelector(":scope > figure.chart");
    if (figure === null && finding.querySelector(":scope > p") === null) continue;
    const title = squeezed(finding.querySelector("h3")!.textContent);
    // The summary may say a finding in the same words.
    const said = slides.filter((_, at) => titles[at] === title);
    assert.ok(said.length > 0, `no slide says "${title}"`);
    found++;
    const base = squeezed(figure?.querySelector("p.base")?.textContent?.split(".")[0] ?? "");
    const isShown = said.some(([path, xml]) => {
      const notes = texts.get(path.replace("slides/slide", "notesSlides/notesSlide"))!;
      return (figure === null || /<a:graphicData uri="[^"]*\/chart"|<p:pic>/.test(xml)) &&
        [xml, notes].every((text) => squeezed(plain(text)).includes(base)) &&
        /Syntetiske data|Synthetic data/.test(plain(notes));
    });
    assert.ok(isShown, `${title}: ${base}`);
  }
  assert.ok(found > 25, `${found} findings`);
}

function squeezed(text: string | null): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}

function checkStyles({ texts }: Package, language: string): void {
  const document = texts.get("word/document.xml")!;
  const styles = texts.get("word/styles.xml")!;
  const known = new Set([...styles.matchAll(/w:styleId="([^"]+)"/g)].map(([, id]) => id));
  for (const [, id] of document.matchAll(/<w:(?:p|r|tbl)Style w:val="([^"]+)"/g)) {
    assert.ok(known.has(id), `there is no style ${id}`);
  }
  assert.match(styles, new RegExp(`<w:lang w:val="${language}"`));
  assert.doesNotMatch(document, /<w:(?:jc|color|sz|rFonts|spacing|shd)\b/);
  assert.match(texts.get("docProps/core.xml")!, /<dc:title>[^<]+</);
  const footer = [...texts].filter(([path]) => /word\/footer\d*\.xml/.test(path)).map(([, xml]) =>
    plain(xml)
  );
  assert.match(footer.join(""), /Syntetiske data|Synthetic data/);
  assert.match(footer.join(""), /responses\.csv/);
  assert.match(document, /<w:tblStyle w:val="SurveyFacts"/);
}
