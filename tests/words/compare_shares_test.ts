import { deepEqual, equal, ok, throws } from "node:assert/strict";
import fc from "fast-check";
import {
  compareShares,
  type Comparison,
  comparisonPhrase,
} from "../../lib/words/compare_shares.ts";

const MIRROR: Record<Comparison, Comparison> = {
  far_fewer: "far_more",
  fewer: "more",
  almost_as_many: "slightly_more",
  as_many: "as_many",
  slightly_more: "almost_as_many",
  more: "fewer",
  far_more: "far_fewer",
};
const share = fc.double({ min: 0, max: 1, noNaN: true });

Deno.test("compareShares() words the comparisons of the published report", () => {
  equal(compareShares(0.27, 0.33), "almost_as_many");
  equal(compareShares(0.4, 0.85), "far_fewer");
  equal(compareShares(0.19, 0.02), "far_more");
  equal(compareShares(0.7, 0.58), "more");
  equal(compareShares(0.33, 0.335), "as_many");
  equal(compareShares(0.02, 0.04), "fewer");
  equal(compareShares(0.35, 0.3), "slightly_more");
});

Deno.test("compareShares() at its thresholds", () => {
  equal(compareShares(0.31, 0.3), "slightly_more");
  equal(compareShares(0.28, 0.21), "slightly_more");
  equal(compareShares(0.281, 0.21), "more");
  equal(compareShares(0.45, 0.3), "far_more");
  equal(compareShares(0.449, 0.3), "more");
  equal(compareShares(0.1, 0.05), "far_more");
  equal(compareShares(0.099, 0.05), "more");
});

Deno.test("compareShares() says more only of the larger, and the mirror image the other way", () => {
  fc.assert(fc.property(share, share, (a, b) => {
    const comparison = compareShares(a, b);
    equal(compareShares(b, a), MIRROR[comparison]);
    if (/more/.test(comparison)) ok(a > b);
    if (/few|almost/.test(comparison)) ok(a < b);
    if (comparison === "as_many") ok(Math.abs(a - b) < 0.01 + 1e-9);
  }));
});

Deno.test("comparisonPhrase() adds that a difference may be chance where the test says so", () => {
  const tested = { difference: -0.06, low: -0.13, high: 0.01 };
  deepEqual(
    (["da", "en"] as const).map((language) => comparisonPhrase(0.27, 0.33, language, tested)),
    [
      "næsten lige så mange (forskellen kan være tilfældig)",
      "almost as many (the difference may be due to chance)",
    ],
  );
  const clear = { difference: -0.45, low: -0.55, high: -0.35 };
  equal(comparisonPhrase(0.4, 0.85, "da", clear), "markant færre");
  equal(comparisonPhrase(0.7, 0.58, "en"), "more");
});

Deno.test("compareShares() refuses what is no share", () => {
  throws(() => compareShares(NaN, 0.3), RangeError);
  throws(() => compareShares(0.3, 1.2), RangeError);
});
