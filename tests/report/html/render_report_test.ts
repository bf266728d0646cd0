import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { type DefaultTreeAdapterTypes as Tree, parse } from "parse5";
import {
  attributeOf,
  elementsOf,
  nameOf,
  textOf,
} from "../../../lib/report/html/prepare_markup.ts";
import { renderReport } from "../../../lib/report/html/render_report.ts";
import { LANGUAGES } from "../../../lib/responses/language.ts";
import { fixtureOptions } from "./fixture.ts";

const PAGES = new Map<string, string>();
for (const language of LANGUAGES) {
  PAGES.set(language, await renderReport(fixtureOptions(language)));
}
const pages = [...PAGES];
const elements = (html: string) => elementsOf(parse(html));
const named = (html: string, ...names: string[]) =>
  elements(html).filter((element) => names.includes(element.tagName));

/** The text of a style or a script, to the letter. */
function contentOf(element: Tree.Element): string {
  return element.childNodes.map((node) => (node as Tree.TextNode).value).join("");
}

Deno.test("renderReport() writes markup without a single parse error", () => {
  for (const [, html] of pages) {
    parse(html, {
      onParseError: ({ code, startLine }) => assert.fail(`${code}, line ${startLine}`),
    });
  }
});

Deno.test("renderReport() says its language, and that notes and code are English", () => {
  for (const [language, html] of pages) {
    assert.equal(attributeOf(named(html, "html")[0]!, "lang"), language);
    const code = elements(html).filter((element) =>
      attributeOf(element, "class") === "notes notes-code"
    );
    assert.ok(code.length > 40);
    for (const block of code) {
      assert.equal(attributeOf(elementsOf(block).find((e) => e.tagName === "pre")!, "lang"), "en");
    }
  }
});

Deno.test("renderReport() allows its one style and its one script by hash, and nothing else", () => {
  for (const [, html] of pages) {
    const policy = elements(html).find((e) =>
      attributeOf(e, "http-equiv") === "Content-Security-Policy"
    );
    const directives = new Map(
      attributeOf(policy!, "content")!.split("; ").map((directive) => {
        const [name, ...values] = directive.split(" ");
        return [name, values.join(" ")];
      }),
    );
    const [style, ...styles] = named(html, "style");
    const [script, ...scripts] = named(html, "script");
    assert.deepEqual([styles.length, scripts.length], [0, 0]);
    const hash = (element: Tree.Element) =>
      `'sha256-${createHash("sha256").update(contentOf(element)).digest("base64")}'`;
    assert.deepEqual(Object.fromEntries(directives), {
      "default-src": "'none'",
      "style-src": hash(style!),
      "script-src": hash(script!),
      "img-src": "data: blob:",
      "base-uri": "'none'",
      "form-action": "'none'",
    });
  }
});

Deno.test("renderReport() has no style attribute and no event handler", () => {
  for (const [, html] of pages) {
    const attributes = elements(html).flatMap((element) => element.attrs.map(nameOf));
    assert.deepEqual(attributes.filter((name) => name === "style" || /^on/.test(name)), []);
  }
});

Deno.test("renderReport() asks nothing of any server", () => {
  for (const [, html] of pages) {
    for (const element of elements(html)) {
      for (const attribute of element.attrs) {
        const name = nameOf(attribute);
        if (element.tagName === "a" || name.startsWith("xmlns")) continue;
        if (name === "href" && attributeOf(element, "rel") === "alternate") continue;
        assert.doesNotMatch(attribute.value, /https?:|\/\//, `${name} on <${element.tagName}>`);
        if (/^(src|href|xlink:href)$/.test(name)) {
          assert.match(attribute.value, /^(#|data:image\/)/);
        }
      }
    }
    assert.doesNotMatch(contentOf(named(html, "style")[0]!), /@import|url\(/);
  }
});

Deno.test("renderReport() shows a <script> in a text output as text", () => {
  for (const [, html] of pages) {
    assert.ok(html.includes("&lt;script&gt;alert(&#39;text&#39;)&lt;/script&gt;"));
    assert.ok(!html.includes("alert('text')</script>"));
    assert.ok(!html.includes("<script>alert"));
  }
});

Deno.test("renderReport() shows an error, an analyst's table, drawing, picture and Markdown", () => {
  for (const [, html] of pages) {
    const text = textOf(parse(html));
    assert.match(text, /Error: no <such> thing/);
    assert.ok(!html.includes("\u001b"));
    assert.ok(html.includes("<table><tbody><tr><th>a</th><th>b</th></tr>"));
    assert.ok(html.includes('<circle id="o') && html.includes('fill="#2f7f9f"'));
    assert.ok(html.includes('src="data:image/png;base64,iVBOR'));
    assert.ok(html.includes("Some <em>words</em>"));
    assert.ok(!html.includes("example.org"));
  }
});

Deno.test("renderReport() has one h1, an h2 per notebook and an h3 per finding", () => {
  for (const [, html] of pages) {
    const levels = named(html, "h1", "h2", "h3").map((element) => element.tagName);
    const expected = ["h1", "h2", ...Array(11).fill(["h2", "h3", "h3", "h3", "h3"]).flat(), "h2"];
    assert.deepEqual(levels, expected);
  }
});

Deno.test("renderReport() uses no id twice, and every reference finds its id", () => {
  for (const [, html] of pages) {
    const all = elements(html);
    const ids = all.map((element) => attributeOf(element, "id")).filter((id) => id !== undefined);
    assert.equal(new Set(ids).size, ids.length);
    const known = new Set(ids);
    for (const element of all) {
      const targets = [
        ...(attributeOf(element, "aria-labelledby") ?? "").split(" "),
        attributeOf(element, "popovertarget") ?? "",
        /^#(.+)/.exec(attributeOf(element, "href") ?? "")?.[1] ?? "",
      ].filter(Boolean);
      for (const id of targets) assert.ok(known.has(id), `nothing has the id ${id}`);
    }
  }
});

Deno.test("renderReport() lists every heading in the navigation, in order", () => {
  for (const [, html] of pages) {
    const list = elements(html).find((e) => attributeOf(e, "class") === "contents-list")!;
    const links = elementsOf(list).filter((e) => e.tagName === "a").map((e) =>
      attributeOf(e, "href")
    );
    assert.deepEqual(links, named(html, "h2", "h3").map((e) => `#${attributeOf(e, "id")}`));
  }
});

Deno.test("renderReport() links to the other language, and to none in a run of one language", async () => {
  assert.match(
    PAGES.get("da")!,
    /<a class="language-link" href="report\.en\.html" hreflang="en" lang="en"/,
  );
  assert.match(
    PAGES.get("en")!,
    /<a class="language-link" href="report\.da\.html" hreflang="da" lang="da"/,
  );
  const alone = await renderReport({ ...fixtureOptions("da"), languages: ["da"] });
  assert.ok(!alone.includes("hreflang"));
});

Deno.test("renderReport() gives every table a box with a name of its own", () => {
  for (const [, html] of pages) {
    const boxes = elements(html).filter((e) => attributeOf(e, "class") === "table-scroll");
    const names = boxes.map((box) => attributeOf(box, "aria-label"));
    assert.equal(boxes.length, named(html, "table").length);
    assert.equal(new Set(names).size, names.length);
  }
});

Deno.test("renderReport() tells the source at its end: file, respondents, date and hash", () => {
  const source = (language: string) =>
    textOf(elements(PAGES.get(language)!).find((e) => attributeOf(e, "class") === "source")!);
  assert.match(source("da"), /Datafil ?library_responses\.csv ?Respondenter ?1\.412/);
  assert.match(source("da"), /Dato ?31\. maj 2024/);
  assert.match(source("en"), /Respondents ?1,412/);
  assert.match(source("en"), /9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08/);
});

Deno.test("renderReport() repeats the notice on every printed page without letting it end the style", async () => {
  const html = await renderReport({
    ...fixtureOptions("en"),
    notice: `Synthetic" } </style><script>alert(1)</script>`,
  });
  assert.equal(named(html, "script").length, 1);
  assert.match(
    contentOf(named(html, "style")[0]!),
    /@bottom-left \{\s*content: "Synthetic\\22 {2}\\7d /,
  );
});

Deno.test("renderReport() gives the same bytes for the same notebooks", async () => {
  assert.equal(await renderReport(fixtureOptions("da")), PAGES.get("da"));
});

Deno.test("renderReport() stays far below three megabytes for a whole report", () => {
  for (const [, html] of pages) assert.ok(new TextEncoder().encode(html).length < 1_000_000);
});
