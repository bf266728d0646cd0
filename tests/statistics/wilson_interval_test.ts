import fc from "fast-check";
import assert from "node:assert/strict";
import { populationOfPart, wilsonInterval } from "../../lib/statistics/intervals.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

interface Reference {
  score: Record<"count" | "n" | "N" | "level" | "low" | "high", number[]>;
  prop_test: Record<"count" | "n" | "low" | "high", number[]>;
}
const reference = readReference<Reference>("wilson_interval");

Deno.test("wilsonInterval() agrees with prop.test() of R to 1e-12", () => {
  const { count, n, low, high } = reference.prop_test;
  count.forEach((x, i) => {
    const interval = wilsonInterval(x, n[i]!);
    assertClose(interval.low, Math.max(0, low[i]!), 1e-12, `low of ${x} of ${n[i]}`);
    assertClose(interval.high, Math.min(1, high[i]!), 1e-12, `high of ${x} of ${n[i]}`);
  });
});

Deno.test("wilsonInterval() solves the score equation of a finite population", () => {
  const { count, n, N, level, low, high } = reference.score;
  count.forEach((x, i) => {
    const interval = wilsonInterval(x, n[i]!, { population: N[i]!, level: level[i]! });
    // R's root search stops at an absolute 1e-16, the bracket's own rounding being about 1e-12.
    assertClose(interval.low, low[i]!, 1e-9, `low of ${x} of ${n[i]} of ${N[i]}`);
    assertClose(interval.high, high[i]!, 1e-9, `high of ${x} of ${n[i]} of ${N[i]}`);
  });
});

const people = fc.integer({ min: 1, max: 5000 }).chain((n) =>
  fc.record({
    n: fc.constant(n),
    count: fc.integer({ min: 0, max: n }),
    more: fc.integer({ min: 0, max: 50_000 }),
  })
);

Deno.test("wilsonInterval() holds the share and stays within 0 and 1", () => {
  fc.assert(fc.property(people, ({ n, count, more }) => {
    for (const population of [null, n + more]) {
      const { low, high } = wilsonInterval(count, n, { population });
      assert.ok(0 <= low && low <= count / n && count / n <= high && high <= 1);
    }
  }));
});

Deno.test("wilsonInterval() of the others is the mirror image", () => {
  fc.assert(fc.property(people, ({ n, count, more }) => {
    const yes = wilsonInterval(count, n, { population: n + more });
    const no = wilsonInterval(n - count, n, { population: n + more });
    assert.ok(Math.abs(yes.low + no.high - 1) < 1e-12);
    assert.ok(Math.abs(yes.high + no.low - 1) < 1e-12);
  }));
});

Deno.test("wilsonInterval() of a finite population is within that of an endless one", () => {
  fc.assert(fc.property(people, ({ n, count, more }) => {
    const finite = wilsonInterval(count, n, { population: n + more });
    const endless = wilsonInterval(count, n);
    assert.ok(finite.low >= endless.low - 1e-12 && finite.high <= endless.high + 1e-12);
  }));
});

Deno.test("wilsonInterval() is a point when everyone was asked", () => {
  assert.deepEqual(wilsonInterval(3, 10, { population: 10 }), { low: 0.3, high: 0.3 });
  assert.deepEqual(wilsonInterval(1, 1, { population: 1 }), { low: 1, high: 1 });
});

Deno.test("wilsonInterval() stays within 0 and 1 when nobody agrees and when everybody does", () => {
  assert.equal(wilsonInterval(0, 10).low, 0);
  assert.equal(wilsonInterval(10, 10).high, 1);
  assert.ok(wilsonInterval(0, 10).high > 0.2);
});

Deno.test("wilsonInterval() refuses what is no share, sample or level", () => {
  for (
    const call of [
      () => wilsonInterval(1, 0),
      () => wilsonInterval(-1, 10),
      () => wilsonInterval(11, 10),
      () => wilsonInterval(NaN, 10),
      () => wilsonInterval(1, NaN),
      () => wilsonInterval(1, 10, { population: 9 }),
      () => wilsonInterval(1, 10, { population: NaN }),
      () => wilsonInterval(1, 10, { level: 1 }),
      () => populationOfPart(11, 10, 100),
      () => populationOfPart(1, 10, 9),
    ]
  ) assert.throws(call, RangeError);
});

Deno.test("populationOfPart() gives each part its share of the population", () => {
  assert.equal(populationOfPart(1288, 1288, 6296), 6296);
  assertClose(populationOfPart(979, 1288, 6296), 979 * 6296 / 1288, 1e-15, "a base");
  assert.equal(populationOfPart(979, 1288, null), null);
  assert.equal(populationOfPart(0, 1288, 6296), 0);
});
