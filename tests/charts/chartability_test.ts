/**
 * Chartability's critical heuristics, as far as a drawing shows them; tests/browser/README.md says which
 * are held where, and which are judged by eye.
 */
import assert from "node:assert/strict";
import type { Layout } from "../../lib/charts/figure.ts";
import { contrast } from "../../lib/charts/palette.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { EXAMPLES } from "./example_figures.ts";

const LAYOUTS: readonly Layout[] = ["wide", "narrow"];

for (const [name, make] of Object.entries(EXAMPLES)) {
  Deno.test(`${name}: marks stand out from the paper, texts are large enough, and words and numbers go with it`, () => {
    const figure = make();
    for (const language of LANGUAGES) {
      for (const layout of LAYOUTS) {
        const svg = figure.svg(language, layout);
        for (const [, attributes = ""] of svg.matchAll(/<(?:rect|circle) ([^>]*data-of=[^>]*)>/g)) {
          const colours = ["fill", "stroke"].flatMap((key) =>
            new RegExp(`\\b${key}="(#[0-9a-f]{6})"`).exec(attributes)?.[1] ?? []
          );
          const best = Math.max(...colours.map((colour) => contrast(colour, "#ffffff")));
          assert.ok(best >= 3, `low contrast: ${attributes}`);
        }
        for (const [, size] of svg.matchAll(/font-size="([\d.]+)"/g)) {
          assert.ok(Number(size) >= 11, `small text: ${size} px`);
        }
        assert.match(svg, /<title [^>]*>[^<]+<\/title><desc [^>]*>[^<]{20,}<\/desc>/);
        assert.match(svg, /role="img"/);
      }
      const { title, base } = figure.caption(language);
      assert.ok(title !== "" && base !== "", "a title, and who was asked");
      const { rows, marks } = figure.table(language);
      assert.ok(rows.length > 0, "a table");
      const drawn = new Set(
        [...figure.svg(language, "wide").matchAll(/data-of="([^"]+)"/g)].map(([, of]) => of!),
      );
      const told = new Set(marks?.flatMap((of) => of.split(" ")));
      for (const of of drawn) {
        assert.ok(told.has(of), `a mark that no row of the table tells: ${of}`);
      }
    }
  });
}
