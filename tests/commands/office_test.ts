import assert from "node:assert/strict";
import { Document, Header, Packer, Paragraph } from "docx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { columnsFigure } from "../../lib/charts/columns.ts";
import { comparisonFigure } from "../../lib/charts/comparison.ts";
import { likertFigure } from "../../lib/charts/likert.ts";
import { likert } from "../../lib/notebook/figures.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { office } from "../../lib/commands/office.ts";
import { readTemplate } from "../../lib/report/office/template.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import {
  codebook,
  estimatesFrom,
  overallEstimates,
  WELLBEING_BY_PRESSURE,
} from "../charts/synthetic_estimates.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";
import { checkPackage, plain, readPackage, sheetOf } from "../report/office/read_package.ts";

const survey = await openWith({ data: null, where: {}, languages: LANGUAGES, report: false });

Deno.test("office() makes a document of a figure, which a cell shows as a link and the report as it is", async () => {
  const figure = likert(survey, ["pressure_change", "pressure_omit"]);
  const file = await office(figure, { language: "en" });
  assert.equal(file.name, `${figure.name}.en.docx`);
  const made = readPackage(file.bytes);
  checkPackage(made);
  const text = plain(made.texts.get("word/document.xml")!);
  assert.match(text, /Figure 1\. Feels pressure to change an assessment in a paper and 1 more/);
  assert.match(text, /n\s=\s1,288/);
  assert.match(plain(made.texts.get("word/footer1.xml")!), /Synthetic data.*responses\.csv/s);
  assert.equal(made.texts.get("word/document.xml")!.match(/descr="Stacked bars: /g)?.length, 1);
  const shown = file.render("en");
  assert.match(
    String(shown.outputs[0]!["text/html"]),
    /^<a download="likert-[^"]*\.docx" href="data:/,
  );
  assert.match(shown.part.html, /<figure class="chart"/);
  assert.equal(shown.part.charts?.length, 1);
  assert.deepEqual(
    await office(figure, { language: "en" }).then(({ bytes }) => bytes),
    file.bytes,
    "the same figure gives the same bytes",
  );
  await assert.rejects(() => office([] as never), /give it what likert\(\)/);
});

Deno.test("what is hidden stands nowhere in a document, its workbook included", async () => {
  const question = "wellbeing";
  const known = overallEstimates();
  const isRare = ({ question: of, category }: { question: string; category: string | null }) =>
    of === question && ["neither", "dont_know"].includes(category ?? "");
  const hidden = known.map((estimate) =>
    isRare(estimate)
      ? { ...estimate, count: null, share: null, low: null, high: null, suppressed: true }
      : estimate
  );
  const all = Object.entries(WELLBEING_BY_PRESSURE)
    .flatMap(([group, counts]) => estimatesFrom(question, counts, { variable: "pressure", group }));
  const isSecret = ({ group }: { group: string | null }) => group === "often";
  const groups = all.map((estimate) =>
    isSecret(estimate)
      ? { ...estimate, count: null, share: null, low: null, high: null, suppressed: true }
      : estimate
  );
  const figures = [
    likertFigure(hidden, codebook, { questions: [question] }),
    columnsFigure(hidden, codebook, { question, intervals: true }),
    comparisonFigure([...known, ...groups], codebook, { question, variables: ["pressure"] }),
  ];
  const { texts, bytes } = readPackage((await office(figures, { language: "en", survey })).bytes);
  const secret = [
    ...known.filter(isRare),
    ...all.filter(isSecret),
  ].flatMap(({ share, low, high, count }) => [share, low, high, count]).filter((number) =>
    number !== null && number !== 0
  ) as number[];
  const told = new Set(
    [...known.filter((one) => !isRare(one)), ...groups]
      .flatMap(({ share, low, high, n }) => [share, low, high, n]),
  );
  const numbers = Object.keys(bytes).filter((path) => path.endsWith(".xlsx"))
    .flatMap((path) => sheetOf(bytes[path]!).flat()).filter((cell) => typeof cell === "number");
  assert.ok(numbers.length > 15);
  const drawn = [...texts].filter(([path]) => path.includes("/charts/"))
    .flatMap(([, xml]) => [...xml.matchAll(/<c:v>([^<]*)<\/c:v>/g)].map(([, v]) => Number(v)));
  for (const number of secret) {
    if (told.has(number)) continue;
    const isThere = (found: number) => Math.abs(found - number) < 1e-9;
    assert.ok(![...numbers, ...drawn].some(isThere), `${number} is there`);
  }
  // The two answers are one frame of what is left.
  const left = known.filter(isRare).reduce((sum, { share }) => sum + share!, 0);
  assert.ok(numbers.some((number) => Math.abs(number - left) < 1e-9));
  assert.match([...texts.values()].join(""), /<a:prstDash val="dash"\/>/);
  assert.match([...texts.values()].join(""), /protected/);
});

/** A house style as a Danish Word saves it: other ids, a head, margins, some text. */
async function houseStyle(text: string): Promise<Uint8Array> {
  const document = new Document({
    styles: {
      paragraphStyles: [
        { id: "Overskrift1", name: "heading 1", basedOn: "Normal", run: { color: "B00020" } },
        { id: "Billedtekst", name: "Caption", basedOn: "Normal", run: { color: "B00020" } },
      ],
    },
    sections: [{
      properties: {
        page: { size: { width: 11906, height: 16838 }, margin: { left: 2400, right: 2000 } },
      },
      headers: { default: new Header({ children: [new Paragraph("The union's head")] }) },
      children: [new Paragraph(text), new Paragraph("The union's last page")],
    }],
  });
  const parts = unzipSync(new Uint8Array(await Packer.toBuffer(document)));
  // Word's own names of what `docx` adds by itself.
  const styles = strFromU8(parts["word/styles.xml"]!)
    .replaceAll(/<w:style [^>]*w:styleId="(?:Heading1|Caption)".*?<\/w:style>/g, "");
  parts["word/styles.xml"] = strToU8(styles);
  return zipSync(parts);
}

Deno.test("a template gives a document its styles, margins and running lines", () =>
  inFolder(async (folder) => {
    const template = `${folder}/house.docx`;
    await Deno.writeFile(template, await houseStyle("Text that is left out"));
    const figure = likert(survey, ["pressure_change"]);
    const { bytes } = await office(figure, { language: "da", survey, template });
    const made = readPackage(bytes);
    checkPackage(made);
    const document = made.texts.get("word/document.xml")!;
    const styles = made.texts.get("word/styles.xml")!;
    assert.match(
      document,
      /<w:pgMar [^>]*w:right="2000"[^>]*w:left="2400"|w:left="2400"[^>]*w:right="2000"/,
    );
    assert.doesNotMatch(plain(document), /left out|last page|\{\{/);
    assert.match(document, /<w:pStyle w:val="Billedtekst"\/>/);
    assert.equal(styles.match(/<w:name w:val="caption"\/>/gi)?.length, 1, "the template's own");
    assert.match(styles, /<w:name w:val="Survey Base"\/>/, "what it lacks is added");
    assert.match(styles, /<w:lang w:val="da-DK"/);
    const all = [...made.texts].filter(([path]) => /word\/(?:header|footer)/.test(path))
      .map(([, xml]) => plain(xml)).join("\n");
    assert.match(all, /The union's head/);
    assert.match(all, /Syntetiske data/);
    // No wider than the text between those margins.
    const [, width] = /<wp:extent cx="(\d+)"/.exec(document)!;
    assert.ok(Number(width) <= (11906 - 4400) * 635, `${width}`);

    await Deno.writeFile(template, await houseStyle("{{report}}"));
    const around = await office(figure, { language: "da", survey, template });
    const text = plain(readPackage(around.bytes).texts.get("word/document.xml")!);
    assert.match(text, /Figur 1\..*The union's last page/s);
  }));

Deno.test("what cannot be a template is refused before anything runs, and says why", () =>
  inFolder(async (folder) => {
    const parts = unzipSync(await houseStyle(""));
    const types = strFromU8(parts["[Content_Types].xml"]!);
    const without = (name: string) =>
      zipSync(Object.fromEntries(Object.entries(parts).filter(([path]) => path !== name)));
    const macros = types.replace(
      "wordprocessingml.document.main+xml",
      "macroEnabled.main+xml",
    );
    const bad: [Uint8Array, RegExp][] = [
      [strToU8("no zip"), /it is no Word document, or a damaged one\. Give a Word document/],
      [new Uint8Array([0xd0, 0xcf, 0x11, 0xe0]), /protected by a password/],
      [(await houseStyle("")).slice(0, 900), /damaged/],
      [without("word/styles.xml"), /damaged/],
      [without("word/document.xml"), /damaged/],
      [zipSync({ ...parts, "[Content_Types].xml": strToU8(macros) }), /macros/],
    ];
    for (const [bytes, why] of bad) {
      await Deno.writeFile(`${folder}/bad.docx`, bytes);
      await assert.rejects(() => readTemplate(`${folder}/bad.docx`), why);
    }
    const out = `${folder}/out`;
    for (
      const [args, why] of [
        [["--docx", "--template", `${folder}/none.docx`], /none\.docx: there is no such file/],
        [["--template", `${folder}/bad.docx`], /give --docx, too/],
        [["--docx", "short"], /--docx brief the short one, not "short"/],
      ] as const
    ) {
      const { code, stderr } = await runTask("report", "--out", out, ...args);
      assert.equal(code, 2, stderr);
      assert.match(stderr, why);
      assert.deepEqual(filesIn(out), []);
    }
  }));
