import assert from "node:assert/strict";
import fc from "fast-check";
import { columnOf } from "../../lib/statistics/column.ts";
import { narrow, patternsOf, tally } from "../../lib/statistics/tally.ts";
import { anySurvey } from "./make_survey.ts";

/** Columns of up to so many categories that keys of all of them together would be no number. */
const table = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 0, max: 40 })).chain(
  ([columns, respondents]) =>
    fc.record({
      columns: fc.array(
        fc.constantFrom(1, 3, 200).chain((size) =>
          fc.record({
            categories: fc.constant(Array.from({ length: size }, (_, i) => `${i}`)),
            id: fc.constant(`${size}`),
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
      inside: fc.uint8Array({ minLength: respondents, maxLength: respondents, max: 1 }),
    }),
);

Deno.test("patternsOf() puts together who has the same codes, and nobody else", () => {
  fc.assert(fc.property(table, ({ columns, inside }) => {
    const { of, size, codes } = patternsOf(columns, inside, inside.length);
    const seen = new Set<string>();
    of.forEach((pattern, person) => {
      if (inside[person] === 0) return assert.equal(pattern, size);
      const own = columns.map(({ codes }) => codes[person]!);
      assert.deepEqual(codes.map((codes) => codes[pattern]!), own);
      seen.add(own.join());
    });
    assert.equal(size, seen.size);
  }));
});

Deno.test("patternsOf() are in the order of their codes, whoever comes first", () => {
  fc.assert(fc.property(table, ({ columns, inside }) => {
    const one = patternsOf(columns, inside, inside.length);
    const turned = columns.map((column) => ({ ...column, codes: column.codes.toReversed() }));
    assert.deepEqual(patternsOf(turned, inside.toReversed(), inside.length).codes, one.codes);
    for (let p = 1; p < one.size; p++) {
      const differ = one.codes.findIndex((codes) => codes[p - 1] !== codes[p]);
      assert.ok(one.codes[differ]![p - 1]! < one.codes[differ]![p]!);
    }
  }));
});

Deno.test("narrow() gives the tally by fewer columns", () => {
  const names = ["gender", "tenure", "pressure_change"];
  fc.assert(
    fc.property(
      anySurvey(["wellbeing", ...names]),
      fc.shuffledSubarray([0, 1, 2]),
      (survey, left) => {
        const [answers, ...by] = ["wellbeing", ...names].map((name) => columnOf(survey, name));
        const less = narrow(tally(survey, answers!, by), left);
        const own = tally(survey, answers!, left.map((place) => by[place]!));
        const rows = ({ patterns: { codes, size }, width, n, w, w2 }: typeof less) =>
          new Map(Array.from({ length: size }, (_, p) => [
            codes.map((of) => of[p]).join(),
            [n, w, w2].map((sums) => [...sums.subarray(p * width, (p + 1) * width)]),
          ]));
        const [found, expected] = [rows(less), rows(own)];
        assert.deepEqual(new Set(found.keys()), new Set(expected.keys()));
        for (const [key, sums] of expected) {
          assert.deepEqual(found.get(key)![0], sums[0]);
          sums.flat().forEach((sum, i) =>
            assert.ok(Math.abs(found.get(key)!.flat()[i]! - sum) <= 1e-9 * sum)
          );
        }
      },
    ),
  );
});

Deno.test("columns of another length, and codes that are none, are refused", () => {
  const codes = (length: number) => new Uint8Array(length).fill(1);
  const column = (length: number) => ({ id: "a", categories: ["x"], codes: codes(length) });
  assert.throws(() => patternsOf([column(3), column(4)], null, 3), /one length/);
  assert.throws(
    () => patternsOf([{ ...column(2), codes: codes(2).fill(2) }], null, 2),
    /code 2 in a/,
  );
});
