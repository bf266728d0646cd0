import assert from "node:assert/strict";
import { InputError } from "../../../lib/responses/input_error.ts";
import { parseCodebook } from "../../../lib/responses/codebook.ts";
import { parsePopulation } from "../../../lib/responses/population.ts";
import { parsePublished } from "../../../lib/responses/published.ts";
import { codebook, dataFile } from "../../../lib/responses/shipped_codebook.ts";
import { parseDesign } from "../../../lib/responses/synthesis/design.ts";

/** The files of data/, with how many of their places are left out between two that are tried. */
const FILES: [string, number, (value: unknown, file: string) => unknown][] = [
  ["codebook.json", 0, parseCodebook],
  ["population.json", 0, (value, file) => parsePopulation(value, codebook(), file)],
  ["synthesis.json", 0, (value, file) => parseDesign(value, codebook(), file)],
  ["published.json", 12, parsePublished],
];

for (const [file, leftOut, parse] of FILES) {
  Deno.test(`every place of ${file} is checked, and named where it is wrong`, () => {
    const data = JSON.parse(Deno.readTextFileSync(dataFile(file)));
    parse(data, file);
    const places = placesOf(data).filter((_, i) => i % (leftOut + 1) === 0);
    assert(places.length > 5);
    for (const { path, holder, key } of places) {
      const kept = holder[key];
      // Nowhere a list in a list is right.
      holder[key] = [[]];
      assert.throws(
        () => parse(data, file),
        (error) =>
          error instanceof InputError &&
          [":", "."].some((end) => error.message.includes(`\n  ${path}${end}`)),
        path,
      );
      holder[key] = kept;
    }
    parse(data, file);
  });
}

interface Place {
  readonly path: string;
  readonly holder: Record<string, unknown>;
  readonly key: string;
}

function placesOf(value: unknown, path = ""): Place[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((key) => [
    { path: path + key, holder, key },
    ...placesOf(holder[key], `${path}${key}.`),
  ]);
}
