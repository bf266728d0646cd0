import * as fc from "fast-check";
import assert from "node:assert/strict";
import { drawLatents, randomStream } from "../../../lib/responses/synthesis/random.ts";
import { apportion, rankAndCut, shiftCounts } from "../../../lib/responses/synthesis/synthesize.ts";

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
const count = fc.oneof(fc.constant(0), fc.nat(500));
const row = fc.array(count, { minLength: 3, maxLength: 3 });

Deno.test("apportion() adds up, stays within one person of the exact share, and keeps what already fits", () => {
  assert.deepEqual(apportion(10, [1, 1, 1]), [4, 3, 3]);
  assert.deepEqual(apportion(3, [0, 0]), [3, 0]);
  fc.assert(fc.property(fc.nat(5000), row, (total, weights) => {
    const counts = apportion(total, weights);
    assert.equal(sum(counts), total);
    assert.deepEqual(apportion(sum(weights), weights), weights);
    if (sum(weights) === 0) return;
    counts.forEach((count, i) => {
      const exact = (total * (weights[i] ?? 0)) / sum(weights);
      assert(count >= 0 && Math.abs(count - exact) < 1 + 1e-9);
    });
  }));
});

Deno.test("shiftCounts() keeps every row's sum and moves the set's share as far as it can", () => {
  const inSet = [false, true, true];
  fc.assert(fc.property(
    fc.array(row, { minLength: 1, maxLength: 4 }),
    fc.double({ min: -100, max: 100, noNaN: true }),
    (rows, points) => {
      const moved = shiftCounts(rows, inSet, points);
      assert.deepEqual(moved.map(sum), rows.map(sum));
      assert(moved.flat().every((n) => n >= 0 && Number.isInteger(n)));
      const set = (table: number[][]) => sum(table.flatMap(([, b = 0, c = 0]) => [b, c]));
      const all = sum(rows.map(sum));
      const wanted = set(rows) + Math.round((all * points) / 100);
      assert.equal(set(moved), Math.min(all, Math.max(0, wanted)));
    },
  ));
});

Deno.test("rankAndCut() gives the first category to the highest scores, and exactly the counts", () => {
  const scores = [5, 1, 4, 2, 3];
  const dealt = rankAndCut(
    [0, 1, 2, 3, 4],
    (person) => scores[person] ?? 0,
    [2, 3],
    -1,
    randomStream(1, "x"),
  );
  assert.deepEqual(
    dealt.toSorted(([a], [b]) => a - b),
    [[0, 0], [1, 1], [2, 0], [3, 1], [4, 1]],
  );
  assert.throws(
    () => rankAndCut([0, 1], () => 0, [1], -1, randomStream(1, "x")),
    RangeError,
  );
});

Deno.test("rankAndCut() draws those who don't know whatever their score", () => {
  const people = [...Array(1000).keys()];
  const dealt = rankAndCut(
    people,
    (person) => person,
    [400, 400, 200],
    2,
    randomStream(1, "x"),
  );
  const unknowing = dealt.filter(([, category]) => category === 2)
    .map(([person]) => person);
  assert.equal(unknowing.length, 200);
  assert.equal(new Set(dealt.map(([person]) => person)).size, 1000);
  // Mean rank 499.5 with a standard error of about 18.
  assert(Math.abs(sum(unknowing) / 200 - 499.5) < 75);
});

Deno.test("drawLatents() gives the wanted correlations, and refuses impossible ones", () => {
  const n = 20_000;
  const [x, y] = drawLatents([[1, -0.6], [-0.6, 1]], n, randomStream(3, "x"));
  assert(x && y);
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i] ?? 0, y[i] ?? 0];
    [xy, xx, yy] = [xy + a * b, xx + a * a, yy + b * b];
  }
  assert(Math.abs(xy / Math.sqrt(xx * yy) + 0.6) < 0.02);
  assert.throws(
    () => drawLatents([[1, 2], [2, 1]], 1, randomStream(1, "x")),
    /not positive definite/,
  );
});
