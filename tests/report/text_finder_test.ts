import assert from "node:assert/strict";
import fc from "fast-check";
import { TextFinder } from "../../lib/report/text_finder.ts";

/** The same, one text after the other. */
function isIn(known: readonly string[], areWords: boolean, text: string): boolean {
  return known.some((one) => {
    for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
      const beside = [text[at - 1], text[at + one.length]];
      if (!areWords || !beside.some((letter) => /[\p{L}\p{N}]/u.test(letter ?? ""))) return true;
    }
    return false;
  });
}

Deno.test("TextFinder finds what looking for each text by itself finds", () => {
  // Few letters: texts then begin alike, overlap and stand in each other.
  const letters = fc.constantFrom("a", "b", "å", "-", "1", " ", "😀");
  const text = (least: number, most: number) =>
    fc.array(letters, { minLength: least, maxLength: most }).map((all) => all.join(""));
  const known = fc.array(fc.oneof(text(1, 12), text(28, 40)), { maxLength: 6 });
  fc.assert(
    fc.property(known, fc.boolean(), text(0, 80), fc.nat(5), (known, areWords, around, which) => {
      // The texts themselves, too: by chance alone a long one would never be there.
      const text = around.slice(0, 40) + (known[which] ?? "") + around.slice(40);
      for (const page of [around, text]) {
        assert.equal(
          new TextFinder(known, { areWords }).findsIn(page),
          isIn(known, areWords, page),
        );
      }
    }),
    { numRuns: 5_000 },
  );
});

Deno.test("TextFinder finds one of a hundred thousand texts at the end of a long one, and no other", () => {
  const known = Array.from({ length: 100_000 }, (_, i) => `person-${i}`);
  const texts = new TextFinder(known, { areWords: true });
  // What all ids begin with stands everywhere.
  const page = "a person-like group ".repeat(10_000);
  assert.equal(texts.findsIn(`${page}person-99999`), true);
  assert.equal(texts.findsIn(`${page}person-999990`), false);
  assert.equal(texts.findsIn(page), false);
});

Deno.test("TextFinder without a text finds nothing", () => {
  assert.equal(new TextFinder([]).findsIn("anything"), false);
});
