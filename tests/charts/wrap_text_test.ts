import fc from "fast-check";
import { deepEqual, equal, ok } from "node:assert/strict";
import { cleanText, textWidth, wrapText } from "../../lib/charts/draw_chart.ts";

Deno.test("wrapText() keeps every line within its column and loses no text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.integer({ min: 40, max: 300 }),
      (text, width) => {
        const lines = wrapText(text, width, { size: 12, lines: Infinity });
        for (const line of lines) {
          ok(textWidth(line, 12) <= width || [...line].length === 1, line);
        }
        equal(lines.join("").replaceAll(" ", ""), cleanText(text).replaceAll(" ", ""));
      },
    ),
  );
});

Deno.test("wrapText() leaves no short last line", () => {
  deepEqual(wrapText("Oplever pres for at ændre en vurdering i et oplæg", 220, { size: 13 }), [
    "Oplever pres for at ændre",
    "en vurdering i et oplæg",
  ]);
});

Deno.test("wrapText() ends in … what is longer than its lines", () => {
  const lines = wrapText("ord ".repeat(100), 80, { size: 12, lines: 3 });
  equal(lines.length, 3);
  ok(lines[2]?.endsWith("…"));
  for (const line of lines) ok(textWidth(line, 12) <= 80);
});

Deno.test("cleanText() leaves out what cannot stand in XML", () => {
  equal(cleanText("a\u0000b\ud800 \n\t c\ufffe"), "ab\ufffd c");
  equal(cleanText("  "), "");
});

Deno.test("textWidth() adds up, grows with the size, and bold is no narrower", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, other) => {
      ok(Math.abs(textWidth(one, 10) * 2 - textWidth(one, 20)) < 1e-9);
      ok(textWidth(one + other, 10) - textWidth(one, 10) - textWidth(other, 10) < 1e-9);
      ok(textWidth(one, 10, "bold") >= textWidth(one, 10));
    }),
  );
  equal(textWidth("ååé", 100), textWidth("aae", 100));
  equal(textWidth("1.288", 100), 4 * 64 + 32);
});
