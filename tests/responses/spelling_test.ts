import * as fc from "fast-check";
import assert from "node:assert/strict";
import { editDistance, nearest } from "../../lib/responses/spelling.ts";

Deno.test("editDistance() counts letters inserted, deleted, replaced and swapped", () => {
  for (
    const [a, b, distance] of [
      ["", "", 0],
      ["", "abc", 3],
      ["sjælden", "sjældent", 1],
      ["aldirg", "aldrig", 1],
      ["kitten", "sitting", 3],
      ["ofte", "aldrig", 6],
    ] as const
  ) assert.equal(editDistance(a, b), distance, `${a} ${b}`);
});

Deno.test("editDistance() is 0 only for equal texts, the same both ways, and never longer than the longer text", () => {
  const word = fc.string({ maxLength: 12 });
  fc.assert(fc.property(word, word, (a, b) => {
    const d = editDistance(a, b);
    assert.equal(d, editDistance(b, a));
    assert.equal(d === 0, a === b);
    assert(d <= Math.max(a.length, b.length));
    assert(d >= Math.abs(a.length - b.length));
  }));
});

Deno.test("nearest() puts the closest first, and gives nothing where nothing is near", () => {
  const frequency = ["Meget ofte", "Ofte", "Sjældent", "Aldrig"];
  assert.deepEqual(nearest("sjelden", frequency), ["Sjældent"]);
  assert.deepEqual(nearest("oft", frequency), ["Ofte"]);
  assert.deepEqual(nearest("Helt enig", frequency), []);
  assert.deepEqual(nearest("", frequency), []);
  assert.deepEqual(nearest("hun", ["man", "woman"]), []);
  assert.deepEqual(nearest("x".repeat(1_000_000), frequency), []);
});

Deno.test("nearest() finds a word behind one typing mistake", () => {
  const words = ["pressure_change", "pressure_omit", "wellbeing", "gender"];
  fc.assert(fc.property(
    fc.constantFrom(...words),
    fc.nat(20),
    fc.constantFrom("x", "", "qz"),
    (word, at, replacement) => {
      const i = at % word.length;
      const wrong = word.slice(0, i) + replacement + word.slice(i + 1);
      assert.equal(nearest(wrong, words)[0], word);
    },
  ));
});
