import fc from "fast-check";
import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { inPercent } from "../../lib/statistics/estimate.ts";
import { type AnchorName, ANCHORS, chooseFraction } from "../../lib/words/phrases.ts";

const shares = Array.from({ length: 1001 }, (_, tenth) => tenth / 1000);
const RELATIONS = ["under", "just_under", "exact", "just_over", "over"];
const ENDS = ["none", "almost_none", "very_few", "almost_all", "all"];

function rank(share: number): number {
  const { anchor, relation } = chooseFraction(share);
  const percent: Record<string, number> = {
    none: -1,
    almost_none: 0.5,
    very_few: 2,
    almost_all: 98,
    all: 101,
  };
  return (percent[anchor] ?? ANCHORS[anchor as AnchorName].percent) * 10 +
    RELATIONS.indexOf(relation);
}

function speaksTruly(share: number): boolean {
  const { anchor, relation } = chooseFraction(share);
  const percent = inPercent(share);
  switch (anchor) {
    case "none":
      return share === 0;
    case "almost_none":
      return share > 0 && percent < 1;
    case "very_few":
      return percent >= 1 && percent < 3.5;
    case "almost_all":
      return share < 1 && percent >= 96.5;
    case "all":
      return share === 1;
  }
  const off = percent - ANCHORS[anchor].percent;
  if (relation === "exact") return Math.abs(off) <= 1.5;
  if (relation === "under") return off < 0 && off >= -5;
  if (relation === "just_under") return off < 0 && off >= -3.5;
  if (relation === "over") return off > 0 && off < 8.5;
  return off > 0 && off <= 3.5;
}

Deno.test("chooseFraction() says nothing false from 0 to 100 at steps of a tenth", () => {
  deepEqual(shares.filter((share) => !speaksTruly(share)), []);
});

Deno.test("chooseFraction() says nothing false of any share", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      (share) => ok(speaksTruly(share)),
    ),
  );
});

Deno.test("chooseFraction() never goes down as the share goes up", () => {
  const ranks = shares.map(rank);
  deepEqual(ranks, [...ranks].sort((a, b) => a - b));
});

Deno.test("chooseFraction() is exact at every fraction itself", () => {
  const anchors = new Set(shares.map((share) => chooseFraction(share).anchor));
  const fractions = [...anchors].filter((name) => !ENDS.includes(name)) as AnchorName[];
  equal(fractions.length, 15);
  for (const anchor of fractions) {
    deepEqual(chooseFraction(ANCHORS[anchor].percent / 100), { anchor, relation: "exact" });
  }
});

Deno.test("chooseFraction() keeps all and none for everybody and nobody", () => {
  equal(chooseFraction(1 / 100000).anchor, "almost_none");
  equal(chooseFraction(99999 / 100000).anchor, "almost_all");
  equal(chooseFraction(0).anchor, "none");
  equal(chooseFraction(1).anchor, "all");
});

Deno.test("chooseFraction() refuses what is no share", () => {
  for (const bad of [NaN, -0.01, 1.01, Infinity]) {
    throws(() => chooseFraction(bad), RangeError);
  }
});
