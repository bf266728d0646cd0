import assert from "node:assert/strict";
import type { Count, Sample } from "../../lib/statistics/counts.ts";
import { type Judged, precisionOf, reliability } from "../../lib/statistics/intervals.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

interface Reference {
  n: number;
  count: number;
  w: [part: number, base: number];
  w2: [part: number, base: number];
  m: number;
  se: number;
  deff: number | null;
  flags: string;
}

/** What surveytable calls them: what it would not show, and what it would look at twice. */
const NAMES: Record<string, string> = {
  few: "Px",
  wide: "Px",
  relative: "Px",
  complement: "Pc",
  freedom: "Pdf",
  extreme: "P0",
};

Deno.test("precision and flags of 60 weighted shares are those of survey and surveytable in R", () => {
  const found = new Set<string>();
  const references = readReference<Reference[]>("reliability");
  assert.ok(references.length >= 60);
  for (const [i, other] of references.entries()) {
    const count = (n: number, at: 0 | 1): Count => ({ n, w: other.w[at], w2: other.w2[at] });
    const sample: Sample = {
      ...{ respondents: other.m, invited: null, weighted: true },
      ...{ leastBase: 1, confidence: 0.95 },
    };
    const own = precisionOf(count(other.count, 0), count(other.n, 1), sample);
    assertClose(own.se! + 1, other.se + 1, 1e-9, `${i}: standard error`);
    assertClose(own.deff, other.deff, 1e-9, `${i}: design effect`);
    assertClose(own.base, other.w[1], 1e-12, `${i}: base`);
    const names = [...new Set(own.flags.map((flag) => NAMES[flag]))].join(" ");
    assert.equal(names, other.flags, `${i}: ${own.flags}`);
    own.flags.forEach((flag) => found.add(flag));
  }
  // Whoever is enough without strata leaves 29 degrees of freedom.
  const without = Object.keys(NAMES).filter((flag) => flag !== "freedom");
  assert.deepEqual([...found].sort(), without.sort());
});

Deno.test("reliability() asks for the interval only where it decides, and every rule has its edge", () => {
  const judge = (of: Partial<Judged>) =>
    reliability({
      share: 0.5,
      n: 100,
      effective: 100,
      degreesOfFreedom: 99,
      width: () => 0.2,
      ...of,
    });
  assert.deepEqual(judge({}), []);
  const never = () => assert.fail("not asked for");
  assert.deepEqual(judge({ effective: 29.9, width: never }), ["few"]);
  assert.deepEqual(judge({ share: 0, n: 30, width: never }), ["extreme"]);
  assert.deepEqual(judge({ share: 1, n: 29, width: never }), ["few"]);
  // A census: nothing is left to vary.
  assert.deepEqual(judge({ effective: Infinity, width: () => 0 }), []);
  assert.deepEqual(judge({ width: () => 0.3 }), ["wide"]);
  assert.deepEqual(judge({ share: 0.1, width: () => 0.131 }), ["relative"]);
  assert.deepEqual(judge({ share: 0.1, width: () => 0.129 }), []);
  assert.deepEqual(judge({ share: 0.01, width: () => 0.05 }), []);
  assert.deepEqual(judge({ share: 0.9, width: () => 0.14, degreesOfFreedom: 7 }), [
    "complement",
    "freedom",
  ]);
});
