import assert from "node:assert/strict";
import fc from "fast-check";
import { answersTogether, isSplit } from "../../../lib/statistics/disclosure/enough.ts";

/** Strongly agree, agree, neither, disagree, strongly disagree, don't know. */
const SETS = [[0, 1], [3, 4]];

Deno.test("a rare answer is added to one of its set, so that the set can still be shown", () => {
  assert.deepEqual(answersTogether([[4, 23, 18, 18, 11, 0]], SETS, 10), [[0, 1]]);
  assert.deepEqual(answersTogether([[4, 23, 18, 18, 3, 2]], SETS, 10), [[0, 1], [2, 5], [3, 4]]);
});

Deno.test("enough people in all, but too few in a group that is shown by itself, are too few", () => {
  assert.deepEqual(answersTogether([[40, 40, 40, 40, 40, 0], [3, 20, 20, 20, 20, 0]], SETS, 10), [[
    0,
    1,
  ]]);
});

Deno.test("a set of too few people is added to what is nearest in number, and hidden", () => {
  const [block, ...others] = answersTogether([[3, 4, 30, 17, 21, 127]], SETS, 10);
  assert.deepEqual(others, []);
  assert.deepEqual(block, [0, 1, 2]);
  assert.ok(!isSplit([new Set(block)], SETS[1]!));
  assert.ok(isSplit([new Set(block)], SETS[0]!));
});

Deno.test("nobody is no one to hide, and where all are too few all are added up", () => {
  assert.deepEqual(answersTogether([[0, 50, 0, 50, 0, 0]], SETS, 10), []);
  assert.equal(answersTogether([[1, 2, 0, 1, 0, 3]], SETS, 10).flat().length, 6);
});

Deno.test("what is added up in a smaller table stays so in a larger one", () => {
  const before = [[2, 5]];
  const made = answersTogether([[4, 23, 18, 18, 11, 30]], SETS, 10, { before });
  assert.ok(made.some((block) => block.includes(2) && block.includes(5)));
});

Deno.test("whatever the numbers, what is shown is of nobody or of enough in every margin", () => {
  const margin = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 6, maxLength: 6 });
  fc.assert(fc.property(
    fc.array(margin, { minLength: 1, maxLength: 5 }),
    fc.integer({ min: 1, max: 12 }),
    fc.subarray([0, 1, 2, 3, 4, 5]),
    (margins, least, before) => {
      const blocks = answersTogether(margins, SETS, least, {
        before: before.length > 1 ? [before] : [],
      });
      const hidden = blocks.flat();
      assert.equal(new Set(hidden).size, hidden.length, "no answer is in two");
      const parts = [
        ...blocks,
        ...[0, 1, 2, 3, 4, 5].filter((place) => !hidden.includes(place)).map((place) => [place]),
      ];
      if (parts.length === 1) return;
      for (const margin of margins) {
        for (const part of parts) {
          const n = part.reduce((sum, place) => sum + margin[place]!, 0);
          assert.ok(n === 0 || n >= least, `${part}: ${n}`);
        }
      }
    },
  ));
});
