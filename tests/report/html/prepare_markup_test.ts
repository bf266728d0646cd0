import fc from "fast-check";
import assert from "node:assert/strict";
import { type MarkupOptions, prepareMarkup } from "../../../lib/report/html/prepare_markup.ts";
import { escapeHtml } from "../../../lib/words/prose.ts";

const options = (more: Partial<MarkupOptions> = {}): MarkupOptions => ({
  where: "cell 1",
  idPrefix: "o1-",
  refuse: true,
  anchors: new Set(["known"]),
  tableLabel: (found) => found ?? "Table",
  ...more,
});
const prepare = (html: string, more?: Partial<MarkupOptions>) => prepareMarkup(html, options(more));

Deno.test("prepareMarkup() leaves plain HTML and an SVG as they are", () => {
  const html = '<p class="lead">A <a href="#known">link</a> &amp; <em>words</em></p>' +
    '<svg viewBox="0 0 1 1"><text class="ink" text-anchor="end">x</text></svg>';
  assert.equal(prepare(html), html);
});

Deno.test("prepareMarkup() keeps every escaped text what it was", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    // HTML reads a carriage return as a line feed and has no null character.
    fc.pre(!/[\0\r]/.test(text));
    const html = prepare(`<p title="${escapeHtml(text)}">${escapeHtml(text)}</p>`, {
      refuse: false,
    });
    const again = prepare(html, { refuse: false });
    assert.equal(again, html);
    assert.doesNotMatch(html.slice(1), /<(?!\/p>$)/u);
  }));
});

Deno.test("prepareMarkup() gives the ids of an output, and what refers to them, a prefix", () => {
  const html = prepare(
    '<svg aria-labelledby="t d"><title id="t">T</title><defs><clipPath id="d"></clipPath></defs>' +
      '<g clip-path="url(#d)"><use href="#d"></use></g></svg><a href="#known">k</a>',
  );
  assert.equal(
    html,
    '<svg aria-labelledby="o1-t o1-d"><title id="o1-t">T</title><defs><clipPath id="o1-d"></clipPath></defs>' +
      '<g clip-path="url(#o1-d)"><use href="#o1-d"></use></g></svg><a href="#known">k</a>',
  );
});

Deno.test("prepareMarkup() takes the target from a link to what is not in this report", () => {
  assert.equal(prepare('<a href="#gone">x</a>'), "<a>x</a>");
});

Deno.test("prepareMarkup() puts a table into a named box that scrolls", () => {
  assert.equal(
    prepare("<table><caption>By <em>age</em></caption><tbody><tr><td>1</td></tr></tbody></table>"),
    '<div class="table-scroll" role="region" tabindex="0" aria-label="By age"><table>' +
      "<caption>By <em>age</em></caption><tbody><tr><td>1</td></tr></tbody></table></div>",
  );
});

Deno.test("prepareMarkup() drops the heading that the page writes itself", () => {
  assert.equal(prepare("\n<h2>Title</h2><p>x</p>", { headingLevel: 2 }), "\n<p>x</p>");
});

Deno.test("prepareMarkup() turns an SVG's style attribute into attributes, and drops Plot's own style", () => {
  assert.equal(
    prepare(
      '<svg><style>:where(.plot-d6a7b5) { color: red }</style><g style="fill: red; stroke-width:2"></g></svg>',
    ),
    '<svg><g fill="red" stroke-width="2"></g></svg>',
  );
});

const REFUSED: Record<string, [html: string, message: RegExp, lenient: string]> = {
  "a style attribute": ['<p style="color:red">x</p>', /style attribute.*on <p>/, "<p>x</p>"],
  "an SVG's style beyond attributes": [
    '<svg style="position:fixed"></svg>',
    /style attribute/,
    "<svg></svg>",
  ],
  "an event handler": ['<p onclick="x()">x</p>', /event handler onclick/, "<p>x</p>"],
  "a script": ["<script>x</script>", /<script>/, ""],
  "a style": ["<style>p{}</style>", /<style>/, ""],
  "a form control": ["<button>x</button>", /<button>/, ""],
  "a picture from elsewhere": ['<img src="https://x.org/a.png" alt="A">', /would be fetched/, "A"],
  "a drawing from elsewhere": [
    '<svg><image href="//x.org/a"></image></svg>',
    /would be fetched/,
    "<svg><image></image></svg>",
  ],
  "a paint from elsewhere": [
    '<svg><g fill="url(https://x.org/a)"></g></svg>',
    /url\(\)/,
    "<svg><g></g></svg>",
  ],
  "a link that runs": ['<a href="javascript:x()">x</a>', /a link to javascript/, "<a>x</a>"],
  "a heading": ["<h3>x</h3>", /`heading`/, '<p class="note-heading">x</p>'],
  "an id that stands twice": [
    '<p id="a"></p><p id="a"></p>',
    /"a" twice/,
    '<p id="o1-a"></p><p></p>',
  ],
  "an element left open": ["<div><em>x</div>", /malformed/, "<div><em>x</em></div>"],
  "a paragraph left open": ["<p>x", /<p> is not closed/, "<p>x</p>"],
};
for (const [what, [html, message, lenient]] of Object.entries(REFUSED)) {
  Deno.test(`prepareMarkup() refuses ${what} in a part, and leaves it out of an analyst's output`, () => {
    assert.throws(() => prepare(html), message);
    assert.equal(prepare(html, { refuse: false }), lenient);
  });
}
