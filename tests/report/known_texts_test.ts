import assert from "node:assert/strict";
import fc from "fast-check";
import { KnownTexts } from "../../lib/report/known_texts.ts";
import { TextColumn } from "../../lib/responses/readers/text_column.ts";

const knownTexts = (texts: readonly string[]) => new KnownTexts(texts.map((text) => [text, text]));
const knownColumn = (texts: readonly string[]) =>
  new KnownTexts([], [TextColumn.from(texts)], "an id");

Deno.test("KnownTexts finds what looking for each text by itself finds", () => {
  // Few letters: texts then begin alike, overlap and stand in each other.
  const words = (least: number, most: number) =>
    fc.array(fc.constantFrom("a", "b", "Å", "ab", "1a", ".", " ", "😀"), {
      minLength: least,
      maxLength: most,
    }).map((all) => all.join(""));
  const isIn = (text: string, page: string) => {
    const bare = text.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "")
      .replace(/\s+/g, " ");
    const literal = bare.replaceAll(".", "\\.");
    return bare !== "" && !/^\d+$/.test(bare) &&
      new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "u")
        .test(page.toLowerCase().replace(/\s+/g, " "));
  };
  fc.assert(
    fc.property(
      fc.array(words(1, 7), { maxLength: 6 }),
      words(0, 40),
      fc.nat(5),
      (known, around, which) => {
        const withOne = `${around.slice(0, 20)} ${known[which] ?? ""} ${around.slice(20)}`;
        for (const page of [around, withOne]) {
          const expected = known.some((text) => isIn(text, page));
          for (const looked of [knownTexts, knownColumn]) {
            assert.equal(looked(known).in([page]).length > 0, expected, JSON.stringify(page));
          }
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

Deno.test("KnownTexts finds one of a hundred thousand texts at the end of a long one, and no other", () => {
  const texts = knownTexts(Array.from({ length: 100_000 }, (_, i) => `person-${i}`));
  // What all ids begin with stands everywhere.
  const page = "a person-like group ".repeat(10_000);
  assert.deepEqual(texts.in([`${page}person-99999`]), ["person-99999"]);
  assert.deepEqual(texts.in([`${page}person-999990`, page]), []);
  const column = knownColumn(Array.from({ length: 100_000 }, (_, i) => `Person-${i}`));
  assert.deepEqual(column.in([`${page}person-99999`]), ["an id"]);
  assert.deepEqual(column.in([`${page}person-999990`, page]), []);
});

Deno.test("KnownTexts finds a long text by its first words", () => {
  const text = "Min leder bad mig lade være, og det gjorde jeg så i to år";
  assert.deepEqual(knownTexts([text]).in([`<p>${text.slice(0, 44)} …</p>`]), [text]);
  assert.deepEqual(knownTexts([text]).in(["Min leder bad mig om noget andet"]), []);
});
