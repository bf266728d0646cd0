import assert from "node:assert/strict";
import * as fc from "fast-check";
import { randomStream, shuffled } from "../../../lib/responses/synthesis/random.ts";

Deno.test("randomStream() gives the same numbers for the same seed and name, and others for another", () => {
  const take = (seed: number, name: string) => {
    const random = randomStream(seed, name);
    return Array.from({ length: 5 }, () => random.uniform());
  };
  assert.deepEqual(take(1, "a"), take(1, "a"));
  assert.notDeepEqual(take(1, "a"), take(2, "a"));
  assert.notDeepEqual(take(1, "a"), take(1, "b"));
});

Deno.test("randomStream() spreads evenly, and its normal deviates have mean 0 and variance 1", () => {
  const random = randomStream(1, "test");
  const n = 20_000;
  const tenths = Array<number>(10).fill(0);
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const tenth = Math.floor(random.uniform() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
    const z = random.normal();
    [sum, squares] = [sum + z, squares + z * z];
  }
  // Chi-square with 9 degrees of freedom: 27.9 is its 99.9th percentile.
  const chi = tenths.reduce((a, k) => a + (k - n / 10) ** 2 / (n / 10), 0);
  assert(chi < 27.9, `chi-square ${chi}`);
  assert(Math.abs(sum / n) < 0.03, `mean ${sum / n}`);
  assert(Math.abs(squares / n - 1) < 0.04, `variance ${squares / n}`);
});

Deno.test("shuffled() keeps every item and leaves its argument alone", () => {
  fc.assert(fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
    const before = [...items];
    const after = shuffled(items, randomStream(seed, "x"));
    assert.deepEqual(items, before);
    assert.deepEqual(after.toSorted(), before.toSorted());
  }));
});
