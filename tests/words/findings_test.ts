import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { allOf } from "../../lib/words/all_of.ts";
import type { Finding } from "../../lib/words/finding.ts";
import { falls, more, rises } from "../../lib/words/finding_of_difference.ts";
import { fact, negative, positive, untestable } from "../../lib/words/finding_of_measure.ts";
import { about, above, below, majority, printed } from "../../lib/words/finding_of_share.ts";
import type { Verdict } from "../../lib/words/verdict.ts";
import { makeEstimate, makeSuppressed } from "./make_estimate.ts";

const NAME = { da: "gamma", en: "gamma" };
const short = ({ verdict, in_sample }: Finding) => `${verdict} ${in_sample}`;
const finding = (verdict: Verdict, in_sample: boolean | null): Finding => ({
  verdict,
  in_sample,
  condition: NAME,
  evidence: NAME,
  estimates: [],
});
const by = (difference: number, points: number) => ({
  difference,
  low: difference - points / 100,
  high: difference + points / 100,
});

Deno.test("above() and below() follow the interval, and say what the answers show", () => {
  const e = (percent: number) => makeEstimate(percent, 100, 3);
  equal(short(above(e(44), 0.4)), "holds true");
  equal(short(above(e(42), 0.4)), "cannot_be_told true");
  equal(short(above(e(39), 0.4)), "cannot_be_told false");
  equal(short(above(e(36), 0.4)), "does_not_hold false");
  equal(short(below(e(36), 0.4)), "holds true");
  equal(short(below(e(39), 0.4)), "cannot_be_told true");
  equal(short(below(e(44), 0.4)), "does_not_hold false");
  equal(short(majority(e(58))), "holds true");
  equal(short(majority(e(52))), "cannot_be_told true");
});

Deno.test("above() and below() never both hold, and one is broken where the other holds", () => {
  fc.assert(fc.property(fc.nat(100), fc.nat(100), fc.nat(30), (percent, value, points) => {
    const e = makeEstimate(percent, 100, points);
    const [up, down] = [above(e, value / 100).verdict, below(e, value / 100).verdict];
    if (up === "holds") equal(down, "does_not_hold");
    if (down === "holds") equal(up, "does_not_hold");
  }));
});

Deno.test("about() holds if the interval lies in the band, and is broken if all of it lies outside", () => {
  const e = (percent: number, points: number) => makeEstimate(percent, 100, points);
  equal(short(about(e(33, 2), 1 / 3, 0.05)), "holds true");
  equal(short(about(e(37, 2), 1 / 3, 0.05)), "cannot_be_told true");
  equal(short(about(e(39, 2), 1 / 3, 0.05)), "cannot_be_told false");
  equal(short(about(e(45, 2), 1 / 3, 0.05)), "does_not_hold false");
  equal(short(about(e(30, 25), 1 / 3, 0.05)), "cannot_be_told true");
});

Deno.test("printed() isn't broken by rounding", () => {
  equal(short(printed(makeEstimate(65, 200), 33)), "holds true");
  equal(short(printed(makeEstimate(67, 200), 33)), "cannot_be_told false");
  equal(short(printed(makeEstimate(36, 100, 2.6), 33)), "cannot_be_told false");
  equal(short(printed(makeEstimate(36, 100, 2.5), 33)), "does_not_hold false");
  equal(short(printed(makeEstimate(30, 100, 2.5), 33)), "cannot_be_told false");
  equal(short(printed(makeEstimate(30, 100, 2.4), 33)), "does_not_hold false");
  throws(() => printed(makeEstimate(1, 3), 33.3), RangeError);
});

Deno.test("more() follows the interval of the difference", () => {
  const [a, b] = [makeEstimate(47, 100), makeEstimate(31, 100)];
  equal(short(more(a, b, by(0.16, 10))), "holds true");
  equal(short(more(a, b, by(0.16, 20))), "cannot_be_told true");
  equal(short(more(b, a, by(-0.16, 20))), "cannot_be_told false");
  equal(short(more(b, a, by(-0.16, 10))), "does_not_hold false");
  equal(short(more(a, b, null)), "cannot_be_told true");
});

Deno.test("more() refuses the difference of other estimates, or the other way round", () => {
  const [a, b] = [makeEstimate(47, 100), makeEstimate(31, 100)];
  throws(() => more(a, b, by(-0.16, 10)), /the other way round/);
  throws(() => more(a, b, by(NaN, 10)), RangeError);
});

Deno.test("rises() and falls() need every step in the answers and the ends apart", () => {
  const groups = (...percents: number[]) => percents.map((percent) => makeEstimate(percent, 100));
  equal(short(rises(groups(31, 37, 44, 47), by(0.16, 10))), "holds true");
  equal(short(rises(groups(31, 37, 44, 47), by(0.16, 20))), "cannot_be_told true");
  equal(short(rises(groups(31, 44, 37, 47), by(0.16, 10))), "cannot_be_told false");
  equal(short(rises(groups(47, 44, 37, 31), by(-0.16, 10))), "does_not_hold false");
  equal(short(falls(groups(47, 44, 37, 31), by(-0.16, 10))), "holds true");
  equal(short(falls(groups(31, 37, 44, 47), by(0.16, 10))), "does_not_hold false");
  equal(short(falls(groups(47, 46), by(-0.01, 10))), "cannot_be_told true");
  throws(() => rises(groups(31), by(0, 1)), RangeError);
});

Deno.test("positive() and negative() follow the interval of the measure", () => {
  const measure = (value: number, within: number) => ({
    name: NAME,
    value,
    low: value - within,
    high: value + within,
    n: 1288,
  });
  equal(short(negative(measure(-0.4, 0.1))), "holds true");
  equal(short(positive(measure(-0.4, 0.1))), "does_not_hold false");
  equal(short(positive(measure(0.05, 0.1))), "cannot_be_told true");
  equal(short(positive(null)), "cannot_be_told null");
  deepEqual(negative({ ...measure(-0.4, 0.1), p: 0.00001 }).evidence, {
    da: "gamma −0,40 (−0,50 til −0,30), p < 0,001, 1.288 svar",
    en: "gamma −0.40 (−0.50 to −0.30), p < 0.001, 1,288 answers",
  });
});

Deno.test("a suppressed estimate cannot be told, and the evidence says why", () => {
  const [none, e] = [makeSuppressed(), makeEstimate(40, 100)];
  const findings = [
    above(none, 0.4),
    below(none, 0.4),
    majority(none),
    about(none, 0.4, 0.05),
    printed(none, 40),
    more(e, none, null),
    rises([e, none, e], null),
    falls([none, e], by(0.1, 1)),
  ];
  for (const found of findings) {
    equal(short(found), "cannot_be_told null");
    equal(found.evidence.da.includes("for få svar til at vise, 7 svar"), true);
    equal(found.evidence.en.includes("too few answers to show, 7 answers"), true);
    equal(found.estimates.includes(none), true);
  }
});

Deno.test("allOf() is broken by one, else left untold by one", () => {
  const verdicts: Verdict[] = ["holds", "does_not_hold", "cannot_be_told"];
  const table = verdicts.map((a) =>
    verdicts.map((b) => allOf(finding(a, true), finding(b, true)).verdict)
  );
  deepEqual(table, [
    ["holds", "does_not_hold", "cannot_be_told"],
    ["does_not_hold", "does_not_hold", "does_not_hold"],
    ["cannot_be_told", "does_not_hold", "cannot_be_told"],
  ]);
  equal(allOf(finding("holds", true), finding("holds", false)).in_sample, false);
  equal(allOf(finding("holds", true), finding("holds", null)).in_sample, null);
  equal(allOf(finding("holds", null), finding("holds", false)).in_sample, false);
  throws(() => allOf(), RangeError);
});

Deno.test("allOf() lists each estimate once, and every condition", () => {
  const e = makeEstimate(47, 100, 2);
  const found = allOf(below(e, 0.5), about(e, 0.47, 0.05));
  deepEqual(found.estimates, [e]);
  deepEqual(found.condition, {
    da: "under 50 pct. og mellem 42 pct. og 52 pct.",
    en: "below 50% and between 42% and 52%",
  });
});

Deno.test("evidence gives the interval with one decimal, in both languages", () => {
  deepEqual(above(makeEstimate(415, 979, 2.75), 0.4).evidence, {
    da: "42,4 pct. (39,6–45,1), 979 svar, uvægtet",
    en: "42.4% (39.6–45.1), 979 answers, unweighted",
  });
  deepEqual(above(makeEstimate(415, 979), 1 / 3).condition, {
    da: "over 33,3 pct.",
    en: "above 33.3%",
  });
  const [a, b] = [makeEstimate(47, 100, 9), makeEstimate(31, 100, 8)];
  deepEqual(more(a, b, { difference: 0.16, low: 0.025, high: 0.29, p: 0.02 }).evidence, {
    da: "47,0 pct. (38,0–56,0), 100 svar; 31,0 pct. (23,0–39,0), 100 svar, uvægtet; " +
      "forskel 16,0 procentpoint (2,5 til 29,0), p = 0,020",
    en: "47.0% (38.0–56.0), 100 answers; 31.0% (23.0–39.0), 100 answers, unweighted; " +
      "difference 16.0 percentage points (2.5 to 29.0), p = 0.020",
  });
});

Deno.test("fact() and untestable() say what no interval can", () => {
  equal(short(fact(true, NAME, NAME)), "holds true");
  equal(short(fact(false, NAME, NAME)), "does_not_hold false");
  const reason = { da: "Seks interview er ikke nok.", en: "Six interviews are not enough." };
  equal(short(untestable(reason)), "cannot_be_told null");
  deepEqual(untestable(reason).evidence, reason);
});
