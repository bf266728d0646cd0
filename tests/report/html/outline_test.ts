import assert from "node:assert/strict";
import type { Cell } from "../../../lib/notebook/notebook_file.ts";
import { briefOf, outlineOf } from "../../../lib/report/html/outline.ts";
import {
  codeCell,
  display,
  headingOutput,
  markdownCell,
  notebookOf,
  reportOutput,
} from "./fixture.ts";

const outline = (...cells: readonly Cell[]) =>
  outlineOf([{ name: "02_pressure", notebook: notebookOf(...cells) }], "en");

Deno.test("outlineOf() puts the notes before a heading below it, and a cell's code before its output", async () => {
  const [chapter] = await outline(
    markdownCell("Why"),
    codeCell("const one = 1", headingOutput(2, "pressure", "Pres", "Pressure")),
    codeCell("const two = 2", reportOutput(() => "<p>Two</p>")),
  );
  assert.equal(chapter?.title, "Pressure");
  assert.equal(chapter?.number, "2");
  const text = chapter!.blocks.join("").replace(/<[^>]+>/g, " ");
  assert.match(text, /Why.*one.*two.*Two/s);
});

Deno.test("outlineOf() names a notebook without a heading by its first Markdown heading, else by its file", async () => {
  const shown = codeCell("1", display({ "text/plain": "1" }));
  assert.equal((await outline(markdownCell("Text\n\n# My own"), shown))[0]?.title, "My own");
  const [chapter] = await outline(shown);
  assert.deepEqual([chapter?.title, chapter?.id], ["02_pressure", "02_pressure"]);
});

Deno.test("outlineOf() puts a finding that comes before its notebook's heading into a chapter all the same", async () => {
  const [chapter] = await outline(codeCell("1", headingOutput(3, "finding", "Fund", "Finding")));
  assert.deepEqual(chapter?.findings.map((finding) => finding.title), ["Finding"]);
});

Deno.test("outlineOf() shows nothing where a part is empty", async () => {
  const [chapter] = await outline(
    codeCell("", headingOutput(2, "a", "A", "A"), reportOutput(() => "")),
  );
  assert.deepEqual(chapter?.blocks, []);
});

Deno.test("outlineOf() gathers what proves a finding, and each sign beside it once", async () => {
  const proof = (n: number) =>
    reportOutput(() => ({ html: "", details: `<p>Proof ${n}</p>`, signs: ["<b>holds</b>"] }));
  const [chapter] = await outline(
    codeCell("1", headingOutput(2, "a", "A", "A"), headingOutput(3, "b", "B", "B"), proof(1)),
    codeCell("2", proof(2)),
  );
  const [finding] = chapter!.findings;
  assert.deepEqual(finding?.details, ["<p>Proof 1</p>", "<p>Proof 2</p>"]);
  assert.deepEqual([...finding.signs], ["<b>holds</b>"]);
});

Deno.test("briefOf() keeps the first chapter and the findings that it shows a link to", async () => {
  const link = (id: string) => `<p><a href="#${id}">More</a></p>`;
  const chapters = await outline(
    codeCell(
      "1",
      headingOutput(2, "a", "A", "A"),
      reportOutput(() => ({ html: link("c"), details: link("d") })),
    ),
    codeCell("2", headingOutput(2, "b", "B", "B"), reportOutput(() => "<p>Of b</p>")),
    codeCell("3", headingOutput(3, "c", "C", "C"), headingOutput(3, "d", "D", "D")),
    codeCell("4", headingOutput(2, "e", "E", "E")),
  );
  const brief = briefOf(chapters);
  assert.deepEqual(brief.map(({ id }) => id), ["a", "b"]);
  assert.deepEqual(brief[1]?.findings.map(({ id }) => id), ["c"]);
  assert.deepEqual([brief[0]?.details, brief[1]?.blocks], [[], []]);
  assert.deepEqual(briefOf([]), []);
});

Deno.test("outlineOf() refuses two headings with one id, and an id that no link could hold", async () => {
  const heading = codeCell("1", headingOutput(2, "same", "Samme", "Same"));
  await assert.rejects(outline(heading, heading), /"Same" and "Same" share the id "same"/);
  const named = (name: string) => ({ name, notebook: notebookOf(heading) });
  await assert.rejects(
    outlineOf([named("02_a"), named("03_b")], "en"),
    /^InputError: .* they are in notebooks\/02_a\.ipynb and notebooks\/03_b\.ipynb\. Give one/,
  );
  await assert.rejects(
    outline(codeCell("1", headingOutput(2, "a b", "A", "A"))),
    /not fit for a link: "a b"/,
  );
});

Deno.test("outlineOf() says where a part is missing in the language", async () => {
  const danish = display({
    "application/vnd.notebook-report+json": { da: { html: "<p>Kun dansk</p>" } },
  });
  await assert.rejects(
    outline(markdownCell("x"), codeCell("1", danish)),
    /notebook "02_pressure".* has no part for the language en/,
  );
});

Deno.test("outlineOf() names notebook, cell and output of malformed HTML", async () => {
  await assert.rejects(
    outline(markdownCell("x"), codeCell("1", reportOutput(() => "<p>open"))),
    /notebook "02_pressure", cell 2, output 1 is malformed: <p> is not closed/,
  );
});

Deno.test("outlineOf() says so where an output's type cannot be shown", async () => {
  const [chapter] = await outline(codeCell("1", display({ "application/x-thing": {} })));
  assert.match(chapter!.blocks.join(""), /cannot be shown here\. Its type is application\/x-thing/);
});

Deno.test("outlineOf() shows Markdown to every reader where its cell is tagged for the report", async () => {
  const tagged = (source: string, ...tags: string[]): Cell => ({
    ...markdownCell(source),
    metadata: { tags },
  });
  const [chapter] = await outline(
    codeCell("1", headingOutput(2, "a", "A", "A")),
    tagged("For *all* <script>alert(1)</script>", "report"),
    tagged("På dansk", "report-da"),
    tagged("In English", "report-en"),
    tagged("A note", "draft"),
  );
  const shown = chapter!.blocks.filter((block) => !block.includes('class="notes'));
  assert.deepEqual(shown.map((block) => block.replace(/<[^>]+>/g, "").trim()), [
    "For all &lt;script&gt;alert(1)&lt;/script&gt;",
    "In English",
  ]);
});
