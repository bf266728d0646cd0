import { deepEqual, doesNotMatch, ok } from "node:assert/strict";
import type { Figure, Layout } from "../../lib/charts/figure.ts";
import { contrast } from "../../lib/charts/palette.ts";
import { type Language, LANGUAGES } from "../../lib/responses/language.ts";
import { type Drawn, overlap, readSvg, within } from "./read_svg.ts";

const LAYOUTS: readonly Layout[] = ["wide", "narrow"];

/** Draws a figure in every way, fails on a warning of Plot, and looks at each drawing. */
export function checkFigure(figure: Figure): void {
  withoutWarnings(() => {
    const ids = new Set<string>();
    for (const language of LANGUAGES) {
      for (const layout of LAYOUTS) {
        const drawn = checkMarkup(figure, language, layout);
        checkLayout(drawn);
        for (const element of drawn.svg.querySelectorAll("[id]")) {
          ok(!ids.has(element.id), `the id ${element.id} is there twice`);
          ids.add(element.id);
        }
      }
    }
  });
}

/** Runs with a console on which a warning is an error. */
export function withoutWarnings<T>(run: () => T): T {
  const { warn } = console;
  console.warn = (...message) => {
    throw new Error(`Plot warns: ${message.join(" ")}`);
  };
  try {
    return run();
  } finally {
    console.warn = warn;
  }
}

function checkMarkup(figure: Figure, language: Language, layout: Layout): Drawn {
  const markup = figure.svg(language, layout);
  const drawn = readSvg(markup);
  const { svg } = drawn;
  ok(markup.startsWith("<svg "), markup.slice(0, 40));
  for (const element of [svg, ...svg.querySelectorAll("*")]) {
    ok(
      ["svg", "title", "desc", "g", "rect", "line", "circle", "text", "tspan"]
        .includes(element.localName),
      `an element <${element.localName}>`,
    );
    for (const { name, value } of element.attributes) {
      doesNotMatch(name, /^(style|on.*|href|xlink:.*)$/);
      doesNotMatch(value, /NaN|Infinity|undefined|-?\d+\.\d{3}/, `${name}="${value}"`);
    }
  }
  ok(svg.getAttribute("aria-labelledby") === svg.querySelector("title")?.id);
  ok(svg.getAttribute("aria-describedby") === svg.querySelector("desc")?.id);
  ok((svg.querySelector("title")?.textContent ?? "") !== "");
  ok((svg.querySelector("desc")?.textContent ?? "") !== "");
  return drawn;
}

/** No text on another, on a line or off the page; labels on a mark inside it, and readable. */
function checkLayout({ width, top, height, texts, marks, lines }: Drawn): void {
  const page = { x1: 0, x2: width, y1: top - 1, y2: top + height + 1 };
  deepEqual(texts.filter((text) => !within(text, page)), [], "text outside the drawing");
  deepEqual(marks.filter((mark) => !within(mark, page)), [], "a mark outside the drawing");
  for (const [index, text] of texts.entries()) {
    const others = texts.slice(index + 1).filter((other) => overlap(text, other));
    deepEqual(others, [], `text over "${text.what}"`);
    deepEqual(lines.filter((line) => overlap(text, line)), [], `a line through "${text.what}"`);
    const below = marks.filter((mark) => overlap(text, mark));
    if (text.tone.startsWith("on-")) {
      ok(below.length === 1, `"${text.what}" is on ${below.length} marks`);
      for (const mark of below) {
        ok(text.x1 >= mark.x1 && text.x2 <= mark.x2, `"${text.what}" spills from its bar`);
        ok(contrast(text.fill, mark.fill) >= 4.5, `"${text.what}" on ${mark.fill}`);
      }
    } else deepEqual(below, [], `a mark below "${text.what}"`);
  }
}
