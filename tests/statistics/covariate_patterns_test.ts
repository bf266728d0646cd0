import assert from "node:assert/strict";
import fc from "fast-check";
import { covariatePatterns } from "../../lib/statistics/rows/covariate_patterns.ts";

/** Columns of up to so many categories that keys of all of them together would be no number. */
const table = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 40 })).chain(
  ([columns, respondents]) =>
    fc.record({
      columns: fc.array(
        fc.constantFrom(1, 3, 200).chain((size) =>
          fc.record({
            categories: fc.constant(Array.from({ length: size }, (_, i) => `${i}`)),
            codes: fc.uint8Array({
              minLength: respondents,
              maxLength: respondents,
              min: 1,
              max: size,
            }),
          })
        ),
        { minLength: columns, maxLength: columns },
      ),
      people: fc.subarray(Array.from({ length: respondents }, (_, i) => i)),
    }),
);

Deno.test("covariatePatterns() puts together who has the same codes, and nobody else", () => {
  fc.assert(fc.property(table, ({ columns, people }) => {
    const { of, patterns, codes } = covariatePatterns(columns, Uint32Array.from(people));
    assert.equal(of.length, people.length);
    const seen = new Set<string>();
    people.forEach((person, i) => {
      const own = columns.map(({ codes }) => codes[person]!);
      assert.deepEqual(codes.map((codes) => codes[of[i]!]!), own);
      seen.add(own.join());
    });
    assert.equal(patterns, seen.size);
  }));
});

Deno.test("covariatePatterns() are in the order of their codes, whoever comes first", () => {
  fc.assert(fc.property(table, ({ columns, people }) => {
    const one = covariatePatterns(columns, Uint32Array.from(people));
    const other = covariatePatterns(columns, Uint32Array.from(people).reverse());
    assert.deepEqual(one.codes, other.codes);
    for (let p = 1; p < one.patterns; p++) {
      const differ = one.codes.findIndex((codes) => codes[p - 1] !== codes[p]);
      assert.ok(one.codes[differ]![p - 1]! < one.codes[differ]![p]!);
    }
  }));
});
