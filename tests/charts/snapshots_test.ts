import { deepEqual, equal } from "node:assert/strict";
import type { Layout } from "../../lib/charts/figure.ts";
import type { Language } from "../../lib/responses/language.ts";
import { checkFigure, withoutWarnings } from "./chart_checks.ts";
import { EXAMPLES } from "./example_figures.ts";

const FOLDER = new URL("./snapshots/", import.meta.url);
const UPDATE = Deno.env.get("UPDATE_SNAPSHOTS") === "1";

const PICTURES: readonly (readonly [Language, Layout])[] = [["da", "wide"], ["en", "narrow"]];

for (const [name, make] of Object.entries(EXAMPLES)) {
  Deno.test(`the chart ${name} is drawn as it was`, () => {
    const figure = make();
    for (const [language, layout] of PICTURES) {
      const drawn = withoutWarnings(() => figure.svg(language, layout));
      const file = new URL(`${name}.${language}.${layout}.svg`, FOLDER);
      // A line per element, so that a change can be read.
      const lines = `${drawn.replaceAll("><", ">\n<")}\n`;
      if (UPDATE) Deno.writeTextFileSync(file, lines);
      equal(
        lines,
        Deno.readTextFileSync(file),
        `${name} looks otherwise. Look at it, and if it is right, run the tests with ` +
          `UPDATE_SNAPSHOTS=1`,
      );
    }
  });

  Deno.test(`the chart ${name} has no text over another, off its bar or off the page`, () => {
    checkFigure(make());
  });
}

Deno.test("every stored picture is of a chart that is drawn", () => {
  deepEqual(
    [...Deno.readDirSync(FOLDER)].map(({ name }) => name).sort(),
    Object.keys(EXAMPLES).flatMap((name) =>
      PICTURES.map(([language, layout]) => `${name}.${language}.${layout}.svg`)
    ).sort(),
  );
});
