import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  ACCENT,
  coloursOf,
  contrast,
  diverging,
  DONT_KNOW,
  INK,
  MUTED,
  ON_DARK,
  ON_LIGHT,
  sequential,
  textOn,
} from "../../lib/charts/palette.ts";
import { difference, VISIONS } from "./colour_vision.ts";
import { codebook } from "./synthetic_estimates.ts";

const PALETTES = [2, 3, 4, 5, 6, 7].flatMap((steps) => [sequential(steps), diverging(steps)]);

for (const [name, vision] of Object.entries(VISIONS)) {
  Deno.test(`neighbouring answers are told apart with ${name}`, () => {
    for (const colours of PALETTES) {
      const row = [...colours, DONT_KNOW];
      row.slice(1).forEach((colour, index) => {
        const apart = difference(row[index] ?? "", colour, vision);
        ok(apart >= 10, `${row[index]} and ${colour} of ${row.length}: ${apart.toFixed(1)}`);
      });
    }
  });

  Deno.test(`on the scales of the codebook no two answers look alike with ${name}`, () => {
    for (const [id, scale] of Object.entries(codebook.scales)) {
      const colours = [...coloursOf(scale).values()];
      colours.forEach((colour, index) => {
        for (const other of colours.slice(index + 1)) {
          const apart = difference(colour, other, vision);
          ok(apart >= 14, `${id}: ${colour} and ${other}: ${apart.toFixed(1)}`);
        }
      });
    }
  });
}

Deno.test("difference() is that of the published matrices and of CIE L*a*b*", () => {
  equal(difference("#000000", "#ffffff").toFixed(1), "100.0");
  // Red and green of the same lightness fall together for the red-green blind.
  const [red, green] = ["#c8503c", "#6f8a2c"];
  ok(difference(red, green) > 2 * difference(red, green, VISIONS["deuteranopia"]));
});

Deno.test("textOn() gives a text that is read on any colour", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
    const colour = `#${value.toString(16).padStart(6, "0")}`;
    const text = textOn(colour) === "on-dark" ? ON_DARK : ON_LIGHT;
    ok(contrast(text, colour) >= 4.5, colour);
  }));
});

Deno.test("texts are read on white, single shares stand out on white and on a dark page", () => {
  for (const text of [INK, MUTED]) ok(contrast(text, "#ffffff") >= 4.5);
  for (const page of ["#ffffff", "#14181d"]) ok(contrast(ACCENT, page) >= 3);
});

Deno.test("contrast() is that of WCAG", () => {
  equal(contrast("#000000", "#ffffff"), 21);
  // The example of the darkest grey that is not enough on white.
  equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
  equal(contrast("#ffffff", "#777777"), contrast("#777777", "#ffffff"));
});

Deno.test("coloursOf() gives every category of a scale one colour, don't know a grey", () => {
  for (const scale of Object.values(codebook.scales)) {
    const colours = coloursOf(scale);
    deepEqual([...colours.keys()], Object.keys(scale.categories));
    equal(new Set(colours.values()).size, colours.size);
    if (scale.dont_know !== null) equal(colours.get(scale.dont_know), DONT_KNOW);
  }
});

Deno.test("a scale with two sides has its neutral colour in the middle of an odd number", () => {
  equal(diverging(3)[1], diverging(5)[2]);
  equal(diverging(5)[2], diverging(7)[3]);
  deepEqual(diverging(4), diverging(5).filter((_, index) => index !== 2));
});
