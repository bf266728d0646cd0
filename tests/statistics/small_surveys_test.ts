import assert from "node:assert/strict";
import { NOT_ASKED } from "../../lib/responses/survey.ts";
import type { CodedColumn } from "../../lib/statistics/column.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { baseOf, type Count, countOf, type Counts } from "../../lib/statistics/counts.ts";
import { crossTable } from "../../lib/statistics/cross_table.ts";
import {
  countedShare,
  differenceOfOverlapping,
  differenceOfShares,
} from "../../lib/statistics/difference_of_shares.ts";
import {
  designEffect,
  type Difference,
  kornGraubardInterval,
  logitInterval,
} from "../../lib/statistics/intervals.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import { ordinalAssociation } from "../../lib/statistics/table_association.ts";
import { pearsonChiSquare, raoScottTest } from "../../lib/statistics/table_tests.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey } from "./make_survey.ts";

interface Measured {
  estimate: number;
  se: number;
}
/** Without the rest: of a group with itself. */
interface Tested {
  difference: number;
  statistic?: number | null;
  p?: number | null;
  low?: number;
  high?: number;
}
interface Reference {
  kind: string;
  seed: number;
  weighted: boolean;
  invited: number | null;
  y: number[];
  g: number[];
  w: number[];
  shares: {
    group: number;
    n: number;
    count?: number;
    share?: number;
    variance?: number;
    logit?: [number, number] | null;
    beta?: [number, number] | null;
    deff?: number | null;
  }[];
  first_second: Tested | null;
  overlapping: Tested | null;
  prop_test: { chi_square: number | null; p: number | null } | null;
  table: {
    pearson: number;
    df: number;
    p: number;
    least: number;
    f?: number;
    f_df1: number;
    f_df2: number;
    f_p: number;
  } | null;
  association: Record<"gamma" | "tau", Measured | null> | null;
}
const references = readReference<Reference[]>("small_surveys");

/** The counts of a small survey: y by g, those without either as not asked. */
function countsOf({ y, g, w, weighted, invited }: Reference): Counts {
  const column = (id: string, codes: number[], categories: string[]): CodedColumn => ({
    id,
    base: "all",
    categories,
    sets: {},
    dontKnow: null,
    codes: Uint8Array.from(codes, (code) => code || NOT_ASKED),
  });
  const survey = makeSurvey({}, weighted ? w : null, y.length);
  const counts = countAnswers(survey, column("y", y, ["one", "two", "three", "four"]), {
    by: column("g", g, ["a", "b", "c"]),
  });
  return { ...counts, sample: { ...counts.sample, invited } };
}

const each = (test: (reference: Reference, counts: Counts, name: string) => void) => {
  assert.ok(references.length >= 40);
  for (const reference of references) {
    test(reference, countsOf(reference), `${reference.kind} ${reference.seed}`);
  }
};
const add = (...parts: Count[]) =>
  parts.reduce((a, b) => ({ n: a.n + b.n, w: a.w + b.w, w2: a.w2 + b.w2 }));

Deno.test("variance and intervals of weighted shares agree with survey of R, domains included", () => {
  let compared = 0;
  each(({ shares }, counts, name) => {
    for (const { group, n, count, share, variance, logit, beta, deff } of shares) {
      const groups = group === 0 ? counts.groups : [counts.groups[group - 1]!];
      const part = add(...groups.map((group) => countOf(counts, group, ["one"])));
      const base = add(...groups.map((group) => baseOf(counts, group)));
      assert.equal(base.n, n, name);
      if (n === 0) {
        assert.throws(() => shareVariance(part, base, counts.sample), RangeError);
        continue;
      }
      assert.equal(part.n, count, name);
      assertClose(part.w / base.w, share!, 1e-12, `${name}: share`);
      const own = shareVariance(part, base, counts.sample)!;
      if (part.n > 0 && part.n < n) assertClose(own, variance!, 1e-9, `${name}: variance`);
      else assert.ok(own < 1e-20, name);
      const interval = logitInterval(part, base, counts.sample);
      assert.equal(interval === null, !logit, `${name}: logit`);
      if (interval && logit) {
        assertClose(interval.low, logit[0], 1e-9, `${name}: logit, low`);
        assertClose(interval.high, logit[1], 1e-9, `${name}: logit, high`);
      }
      if (beta) {
        const { low, high } = kornGraubardInterval(part, base, counts.sample);
        assertClose(low, beta[0], 1e-9, `${name}: Korn-Graubard, low`);
        assertClose(high, beta[1], 1e-9, `${name}: Korn-Graubard, high`);
        compared++;
      }
      if (deff) assertClose(designEffect(part, base, counts.sample), deff, 1e-9, `${name}: deff`);
    }
  });
  assert.ok(compared > 100);
});

Deno.test("differences between shares agree with R, and with prop.test()", () => {
  let [apart, together, plain] = [0, 0, 0];
  const compare = (own: Difference, other: Tested, name: string) => {
    assertClose(own.difference + 2, other.difference + 2, 1e-12, name);
    if (other.low === undefined) {
      assert.deepEqual([own.low, own.high, own.statistic], [0, 0, null], name);
      return 0;
    }
    if (other.difference !== 0) assertClose(own.statistic, other.statistic!, 1e-9, `${name}: z`);
    assertClose(own.pValue, other.p!, 1e-9, `${name}: p`);
    // Absolute, so to speak: an end may be next to nothing.
    assertClose(own.low - 2, other.low - 2, 1e-9, `${name}: low`);
    assertClose(own.high! + 2, other.high! + 2, 1e-9, `${name}: high`);
    return 1;
  };
  each(({ first_second, overlapping, prop_test }, counts, name) => {
    const share = (group: string) => countedShare(counts, group, ["one"]);
    if (first_second) {
      const own = differenceOfShares(share("a"), share("b"));
      apart += compare(own, first_second, `${name}: two groups`);
      if (prop_test) {
        assert.equal(own.statistic === null, prop_test.chi_square === null, name);
        if (own.statistic !== null) {
          assertClose(own.statistic ** 2, prop_test.chi_square, 1e-9, `${name}: chi-square`);
          assertClose(own.pValue, prop_test.p, 1e-9, `${name}: p`);
        }
        plain++;
      }
    }
    if (overlapping) {
      const own = differenceOfOverlapping(share("a"), share("b"), share("c"), counts.sample);
      together += compare(own, overlapping, `${name}: overlapping`);
    }
  });
  assert.ok(apart >= 40 && together >= 35 && plain >= 9, `${apart} ${together} ${plain}`);
});

Deno.test("Pearson's and Rao and Scott's tests agree with chisq.test() and svychisq() of R", () => {
  let [plain, corrected] = [0, 0];
  each(({ table }, counts, name) => {
    const own = crossTable(counts);
    const pearson = pearsonChiSquare(own);
    assert.equal(pearson === null, table === null, name);
    if (pearson === null || table === null) return;
    assertClose(pearson.statistic, table.pearson, 1e-9, `${name}: Pearson`);
    assert.equal(pearson.df, table.df, name);
    assertClose(pearson.pValue, table.p, 1e-9, `${name}: p`);
    assertClose(pearson.leastExpected, table.least, 1e-12, `${name}: expected`);
    plain++;
    const raoScott = raoScottTest(own);
    if (raoScott === null || table.f === undefined) {
      // R has no answer where too many places are empty: Kish's design effect stands in.
      assert.ok(raoScott!.pValue >= 0 && raoScott!.pValue <= 1, `${name}: Rao-Scott`);
      return;
    }
    assertClose(raoScott.statistic, table.f, 1e-9, `${name}: F`);
    assertClose(raoScott.df, table.f_df1, 1e-9, `${name}: df1`);
    assertClose(raoScott.df2, table.f_df2, 1e-9, `${name}: df2`);
    assertClose(raoScott.pValue, table.f_p, 1e-9, `${name}: p of F`);
    corrected++;
  });
  assert.ok(plain >= 40 && corrected >= 35, `${plain} ${corrected}`);
});

Deno.test("ordinal measures and their standard errors agree with R, person by person", () => {
  let compared = 0;
  each(({ association }, counts, name) => {
    const own = ordinalAssociation(crossTable(counts));
    const pairs = [["gamma", own.gamma], ["tau", own.tauB]] as const;
    for (const [measure, value] of pairs) {
      const expected = association?.[measure] ?? null;
      assert.equal(value === null, expected === null, `${name}: ${measure}`);
      if (value === null || expected === null) continue;
      assert.ok(Math.abs(value.estimate - expected.estimate) < 1e-12, `${name}: ${measure}`);
      assertClose(value.se, expected.se, 1e-9, `${name}: standard error of ${measure}`);
      assert.ok(-1 <= value.low && value.low <= value.estimate);
      assert.ok(value.estimate <= value.high && value.high <= 1);
      if (value.se === 0) assert.ok(value.low < value.high);
      compared++;
    }
  });
  assert.ok(compared >= 70, `${compared}`);
});
