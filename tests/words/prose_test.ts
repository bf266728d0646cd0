import fc from "fast-check";
import { equal, ok } from "node:assert/strict";
import {
  capitalise,
  escapeHtml,
  escapeProse,
  plainProse,
  renderProse,
} from "../../lib/words/prose.ts";

Deno.test("renderProse() makes paragraphs, lists and strong words", () => {
  equal(
    renderProse(
      "**Hver tredje** mærker presset.\nDet er mange.\n\nDe er:\n- presset\n- i **tvivl**",
    ),
    "<p><strong>Hver tredje</strong> mærker presset. Det er mange.</p>\n" +
      "<p>De er:</p>\n<ul><li>presset</li><li>i <strong>tvivl</strong></li></ul>",
  );
});

Deno.test("renderProse() escapes everything else", () => {
  equal(
    renderProse('<script>alert("1")</script> & **<b>**'),
    "<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; <strong>&lt;b&gt;</strong></p>",
  );
});

Deno.test("stars that are not markup show as stars", () => {
  equal(renderProse("2 * 3 ** 4"), "<p>2 * 3 ** 4</p>");
  equal(renderProse("\\*\\*no\\*\\*"), "<p>**no**</p>");
  equal(plainProse("**a** \\* b ** c"), "a * b ** c");
});

Deno.test("escapeProse() makes any text of a data file show as it is", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => {
    const line = text.replace(/\s*[\r\n]+\s*/g, " ");
    equal(plainProse(escapeProse(text)), line);
    const html = renderProse(`x ${escapeProse(text)} y`);
    ok(!html.includes("<strong>"));
    equal(html, `<p>${escapeHtml(`x ${line} y`)}</p>`);
  }));
});

Deno.test("capitalise() finds the first letter behind markup and leaves numbers alone", () => {
  equal(capitalise("ændrer"), "Ændrer");
  equal(capitalise("**knap halvdelen**"), "**Knap halvdelen**");
  equal(capitalise("\n- hver tredje"), "\n- Hver tredje");
  equal(capitalise("33 pct. af"), "33 pct. af");
  equal(capitalise(""), "");
});
