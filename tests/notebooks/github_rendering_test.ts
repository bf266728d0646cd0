import assert from "node:assert/strict";
import { basename } from "node:path";
import { parseFragment } from "parse5";
import { findNotebooks } from "../../lib/commands/project.ts";
import { attributeOf, elementsOf, nameOf, textOf } from "../../lib/report/html/prepare_markup.ts";
import { readNotebook } from "../../lib/report/notebook_json.ts";
import { outputsOf } from "../report/notebook_of.ts";
import { asGithubShows } from "./as_github_shows.ts";

/** What a reader sees of markup: its text, and how many rows and cells its tables have. */
function seen(markup: string) {
  const fragment = parseFragment(markup);
  const count = (name: string) =>
    elementsOf(fragment).filter(({ tagName }) => tagName === name).length;
  return {
    text: textOf(fragment),
    tables: ["table", "tr", "th", "td", "details", "img"].map(count),
  };
}

Deno.test("asGithubShows() takes out what such a page takes out", () => {
  assert.equal(
    asGithubShows('<p id="a" class="b" style="color:red" onclick="x()">T<script>1</script></p>'),
    "<p>T</p>",
  );
});

for (const path of findNotebooks()) {
  const name = basename(path, ".ipynb");
  Deno.test(`${name} reads the same where a repository's page shows it without styles and scripts`, async () => {
    const outputs = outputsOf(await readNotebook(path)).flat();
    let charts = 0;
    for (const output of outputs) {
      assert.ok("data" in output, "nothing but what a cell shows");
      const { data } = output;
      const html = data["text/html"];
      const drawing = data["image/svg+xml"];
      assert.ok((typeof html === "string") !== (typeof drawing === "string"), "one way to show it");
      if (typeof html === "string") {
        assert.deepEqual(seen(asGithubShows(html)), seen(html));
        // The words of a chart beside its drawing are an output of their own.
        assert.doesNotMatch(html, /<svg|<img/);
      } else if (typeof drawing === "string") {
        charts++;
        assertStandsAlone(drawing);
        assert.deepEqual(seen(asGithubShows(drawing)), seen(drawing));
      }
    }
    // The summary is numbers, and the reproduction a table.
    if (!/^(01|12)_/.test(name)) assert.ok(charts > 0, "a chart is shown");
  });
}

/** A drawing that looks the same without ids and styles, on light and on dark pages, wide and narrow. */
function assertStandsAlone(drawing: string): void {
  const elements = elementsOf(parseFragment(drawing));
  const [svg] = elements;
  assert.equal(svg?.tagName, "svg");
  assert.match(attributeOf(svg, "viewBox") ?? "", /^[\d. -]+$/);
  assert.equal(attributeOf(svg, "width"), undefined, "it is no wider than a pane");
  assert.match(attributeOf(svg, "style") ?? "", /^width:\d+px;max-width:100%;height:auto$/);
  for (const element of elements) {
    assert.ok(!/^(script|style|foreignObject|use|image|a)$/.test(element.tagName), element.tagName);
    for (const attribute of element.attrs) {
      assert.doesNotMatch(attribute.value, /url\(/, "refers to nothing by id");
      if (element === svg && nameOf(attribute) === "style") continue;
      assert.ok(!/^(style|on.*|href|xlink:href)$/.test(nameOf(attribute)), nameOf(attribute));
    }
  }
  const paper = elements.find(({ tagName }) => tagName === "rect");
  assert.match(attributeOf(paper!, "fill") ?? "", /^#f/i, "it brings its own paper");
}
