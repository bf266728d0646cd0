import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import {
  coloursOf,
  contrast,
  darkColours,
  diverging,
  palette,
  sequential,
  textOn,
  themeRules,
} from "../../lib/charts/palette.ts";
import { difference, VISIONS } from "./colour_vision.ts";
import { codebook } from "./synthetic_estimates.ts";

const DARK_PAGE = "#15171a";
const dark = darkColours;
const inTheDark = (colour: string) => dark.get(colour) ?? "";
const SEQUENTIAL = [2, 3, 4, 5, 6, 7].map(sequential);
const DIVERGING = [2, 3, 4, 5, 6, 7].map(diverging);
const PALETTES = [...SEQUENTIAL, ...DIVERGING].map((row) => [...row, palette.dontKnow])
  .flatMap((row) => [row, row.map(inTheDark)]);

for (const [name, vision] of Object.entries(VISIONS)) {
  Deno.test(`neighbouring answers are told apart with ${name}`, () => {
    for (const row of PALETTES) {
      row.slice(1).forEach((colour, index) => {
        const apart = difference(row[index] ?? "", colour, vision);
        ok(apart >= 10, `${row[index]} and ${colour} of ${row.length}: ${apart.toFixed(1)}`);
      });
    }
  });

  Deno.test(`on the scales of the codebook no two answers look alike with ${name}`, () => {
    for (const [id, scale] of Object.entries(codebook.scales)) {
      const light = [...coloursOf(scale).values()];
      for (const colours of [light, light.map(inTheDark)]) {
        colours.forEach((colour, index) => {
          for (const other of colours.slice(index + 1)) {
            const apart = difference(colour, other, vision);
            ok(apart >= 14, `${id}: ${colour} and ${other}: ${apart.toFixed(1)}`);
          }
        });
      }
    }
  });
}

Deno.test("difference() is that of the published matrices and of CIE L*a*b*", () => {
  equal(difference("#000000", "#ffffff").toFixed(1), "100.0");
  // Red and green of the same lightness fall together for the red-green blind.
  const [red, green] = ["#c8503c", "#6f8a2c"];
  ok(difference(red, green) > 2 * difference(red, green, VISIONS["deuteranopia"]));
});

Deno.test("textOn() gives a text that is read on any colour, in both themes", () => {
  const colours = fc.oneof(
    fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`),
    fc.constantFrom(...dark.keys()),
  );
  fc.assert(fc.property(colours, (colour) => {
    const { fill, className } = textOn(colour);
    ok(contrast(fill, colour) >= 4.5, colour);
    const inDark = className.endsWith("dark") ? "#ffffff" : "#000000";
    const ground = dark.get(colour) ?? colour;
    ok(contrast(inDark, ground) >= 4.5, `${colour}, which is ${ground} in the dark: ${className}`);
  }));
});

Deno.test("on a dark page every mark stands out by 3:1, texts by 4.5:1", () => {
  const marks = [palette.accent, palette.quiet, palette.axis, ...PALETTES.flat()]
    .map((colour) => dark.get(colour) ?? colour);
  for (const mark of marks) {
    if ([...dark.values()].includes(mark)) {
      ok(contrast(mark, DARK_PAGE) >= 3, `${mark}: ${contrast(mark, DARK_PAGE).toFixed(2)}`);
    }
  }
  for (const text of [palette.ink, palette.muted]) {
    ok(contrast(text, "#ffffff") >= 4.5, text);
    ok(contrast(inTheDark(text), DARK_PAGE) >= 4.5, text);
  }
  for (const page of ["#ffffff", DARK_PAGE]) ok(contrast(palette.accent, page) >= 3);
});

Deno.test("the strongest answer stands out most, on a white page and on a dark one", () => {
  for (const row of SEQUENTIAL) {
    for (const [colours, page] of [[row, "#ffffff"], [row.map(inTheDark), DARK_PAGE]] as const) {
      const visible = colours.map((colour) => contrast(colour, page));
      deepEqual(visible, visible.toSorted((a, b) => b - a), colours.join());
    }
  }
  for (const row of DIVERGING) {
    for (const [colours, page] of [[row, "#ffffff"], [row.map(inTheDark), DARK_PAGE]] as const) {
      const visible = colours.map((colour) => contrast(colour, page));
      const half = Math.ceil(row.length / 2);
      for (const side of [visible.slice(0, half), visible.toReversed().slice(0, half)]) {
        deepEqual(side, side.toSorted((a, b) => b - a), colours.join());
      }
    }
  }
});

Deno.test("the page's rules know every colour of the scales, and no colour twice", () => {
  const rules = themeRules();
  const named = [...rules.matchAll(/\[fill="(#[0-9a-f]{6})"\]/g)].map(([, colour]) => colour);
  equal(new Set(named).size, named.length);
  for (const scale of Object.values(codebook.scales)) {
    for (const colour of coloursOf(scale).values()) ok(named.includes(colour), colour);
  }
});

Deno.test("coloursOf() takes colours of one's own, by id or in the order of the scale", () => {
  const scale = Object.values(codebook.scales)[0]!;
  const [first = "", second = ""] = Object.keys(scale.categories);
  equal(coloursOf(scale, { [second]: "#123456" }).get(second), "#123456");
  equal(coloursOf(scale, ["#123456"]).get(first), "#123456");
  equal(coloursOf(scale, ["#123456"]).get(second), coloursOf(scale).get(second));
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
    if (scale.dont_know !== null) equal(colours.get(scale.dont_know), palette.dontKnow);
  }
});

Deno.test("a scale with two sides has its neutral colour in the middle of an odd number", () => {
  equal(diverging(3)[1], diverging(5)[2]);
  equal(diverging(5)[2], diverging(7)[3]);
  deepEqual(diverging(4), diverging(5).filter((_, index) => index !== 2));
});
