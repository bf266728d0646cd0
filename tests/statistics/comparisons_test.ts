import fc from "fast-check";
import assert from "node:assert/strict";
import { benjaminiHochberg } from "../../lib/statistics/benjamini_hochberg.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import type { Count, Sample } from "../../lib/statistics/counts.ts";
import { type CrossTable, crossTable } from "../../lib/statistics/cross_table.ts";
import {
  countedShare,
  differenceOfOverlapping,
  differenceOfShares,
  groupAgainstRest,
} from "../../lib/statistics/difference_of_shares.ts";
import type { CountedShare } from "../../lib/statistics/linearised_variance.ts";
import { ordinalAssociation } from "../../lib/statistics/table_association.ts";
import { pearsonChiSquare, raoScottTest } from "../../lib/statistics/table_tests.ts";
import { assertClose } from "../reference/read_reference.ts";
import { makeSurvey } from "./make_survey.ts";

const sample: Sample = {
  respondents: 1288,
  invited: 6296,
  weighted: false,
  leastBase: 10,
  confidence: 0.95,
};
const endless: Sample = { ...sample, invited: null };
const people = (n: number): Count => ({ n, w: n, w2: n });
const share = (count: number, n: number, of = sample): CountedShare => ({
  part: people(count),
  base: people(n),
  sample: of,
});
const none = { part: people(0), base: people(0) };

Deno.test("differenceOfShares() has Mee's published interval for 56 of 70 and 48 of 80", () => {
  // R. G. Newcombe (1998), Statistics in Medicine 17, table II, method 5, columns (a) and (b).
  const { low, high, difference } = differenceOfShares(
    share(56, 70, endless),
    share(48, 80, endless),
  );
  assertClose(difference, 0.2, 1e-12, "difference");
  assert.equal(low.toFixed(4), "0.0533");
  assert.equal(high.toFixed(4), "0.3377");
  const small = differenceOfShares(share(9, 10, endless), share(3, 10, endless));
  assert.equal(small.low.toFixed(4), "0.1821");
  assert.equal(small.high.toFixed(4), "0.8370");
});

const two = fc.tuple(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 600 }))
  .chain(([m, n]) =>
    fc.record({
      first: fc.integer({ min: 0, max: m }).map((count) => share(count, m)),
      second: fc.integer({ min: 0, max: n }).map((count) => share(count, n)),
    })
  );

Deno.test("differenceOfShares() turned round is the mirror image, and stays within -1 and 1", () => {
  fc.assert(fc.property(two, ({ first, second }) => {
    const there = differenceOfShares(first, second);
    const back = differenceOfShares(second, first);
    assert.ok(Math.abs(there.low + back.high) < 1e-9);
    if (there.pValue !== null) assertClose(there.pValue, back.pValue!, 1e-9, "p");
    else assert.equal(back.pValue, null);
    assert.ok(-1 <= there.low && there.low <= there.difference);
    assert.ok(there.difference <= there.high && there.high <= 1);
    assert.ok(there.pValue === null || (there.pValue >= 0 && there.pValue <= 1));
  }));
});

Deno.test("a difference is refused by its test if and only if its interval leaves nought out", () => {
  const weights = fc.record({
    first: fc.double({ min: 0.2, max: 5, noNaN: true }),
    second: fc.double({ min: 0.2, max: 5, noNaN: true }),
    isWeighted: fc.boolean(),
  });
  const weigh = ({ part, base, sample }: CountedShare, w: number): CountedShare => {
    const of = ({ n }: Count) => ({ n, w: n * w, w2: n * w * w });
    return { part: of(part), base: of(base), sample: { ...sample, weighted: true } };
  };
  fc.assert(
    fc.property(two, weights, ({ first, second }, { isWeighted, ...w }) => {
      const [a, b] = isWeighted
        ? [weigh(first, w.first), weigh(second, w.second)]
        : [first, second];
      const { low, high, pValue } = differenceOfShares(a, b);
      if (pValue === null || Math.abs(pValue - 0.05) < 1e-9) return;
      assert.equal(pValue < 0.05, low > 0 || high < 0, `${pValue} ${low} ${high}`);
    }),
    { numRuns: 500 },
  );
});

Deno.test("weights that are next to equal change no test", () => {
  fc.assert(
    fc.property(two, ({ first, second }) => {
      const near = ({ part, base, sample }: CountedShare): CountedShare => {
        const of = ({ n }: Count) => ({ n, w: n * 1.0001, w2: n * 1.0001 ** 2 });
        return { part: of(part), base: of(base), sample: { ...sample, weighted: true } };
      };
      const [plain, weighted] = [
        differenceOfShares(first, second),
        differenceOfShares(near(first), near(second)),
      ];
      assert.equal(plain.pValue === null, weighted.pValue === null);
      if (plain.statistic === null || weighted.statistic === null) return;
      // The sample's variance has m − 1 for m.
      assert.ok(
        Math.abs(plain.statistic - weighted.statistic) <= 0.005 * Math.abs(plain.statistic) + 1e-9,
      );
    }),
    { numRuns: 500 },
  );
});

Deno.test("differenceOfOverlapping() of groups with nobody in common is that of two groups", () => {
  fc.assert(fc.property(two, ({ first, second }) => {
    const apart = differenceOfShares(first, second);
    const overlapping = differenceOfOverlapping(first, none, second, sample);
    assert.ok(Math.abs(apart.low - overlapping.low) < 1e-9);
    assert.ok(Math.abs(apart.high - overlapping.high) < 1e-9);
  }));
});

Deno.test("differenceOfOverlapping() of a group with itself is 0, for certain", () => {
  const same = differenceOfOverlapping(none, share(30, 100), none, sample);
  assert.deepEqual(same, { difference: 0, low: 0, high: 0, statistic: null, pValue: null });
});

Deno.test("a difference is sharper the more members the groups have in common", () => {
  const apart = differenceOfOverlapping(share(60, 200), none, share(80, 200), sample);
  const together = differenceOfOverlapping(share(0, 20), share(60, 180), share(20, 20), sample);
  assertClose(together.difference, apart.difference, 1e-12, "difference");
  assert.ok(together.high - together.low < apart.high - apart.low);
});

Deno.test("differenceOfShares() of everyone's agreement has no test", () => {
  const { statistic, pValue } = differenceOfShares(share(10, 10), share(12, 12));
  assert.deepEqual([statistic, pValue], [null, null]);
  assert.throws(() => differenceOfShares(share(0, 0), share(1, 2)), RangeError);
});

Deno.test("groupAgainstRest() compares a group with everybody else who has a group", () => {
  const survey = makeSurvey({
    wellbeing: [1, 1, 1, 3, 1, 3, 3, 3, 3, 1],
    tenure: [1, 1, 1, 1, 2, 2, 3, 4, 4, 0],
  });
  const counts = countAnswers(survey, "wellbeing", { by: "tenure" });
  const result = groupAgainstRest(counts, "years_0_2", ["strongly_agree"]);
  assertClose(result.difference, 3 / 4 - 1 / 5, 1e-12, "difference");
  const pair = { ...countedShare(counts, "years_0_2", ["strongly_agree"]) };
  const rest = { part: people(1), base: people(5), sample: counts.sample };
  assert.deepEqual(result, differenceOfShares(pair, rest));
});

Deno.test("benjaminiHochberg() gives the published decisions and p.adjust() of R", () => {
  const p = [0.01, 0.04, 0.03, 0.005, 0.55, 0.04];
  const adjusted = benjaminiHochberg(p);
  const r = [0.03, 0.048, 0.048, 0.03, 0.55, 0.048];
  adjusted.forEach((value, i) => assertClose(value, r[i]!, 1e-12, `${i}`));
  const withNone = benjaminiHochberg([0.01, null, 0.04]);
  assert.equal(withNone[1], null);
  assertClose(withNone[0]!, 0.02, 1e-12, "two tests");
  assert.deepEqual(benjaminiHochberg([]), []);
  assert.throws(() => benjaminiHochberg([NaN]), RangeError);
});

Deno.test("benjaminiHochberg() keeps the order, never lowers, never exceeds 1", () => {
  const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(fc.property(p, (p) => {
    const adjusted = benjaminiHochberg(p) as number[];
    p.forEach((a, i) => {
      assert.ok(adjusted[i]! >= a * (1 - 1e-12) && adjusted[i]! <= 1);
      p.forEach((b, j) => assert.ok(a > b || adjusted[i]! <= adjusted[j]!));
    });
  }));
});

const cells = fc.integer({ min: 1, max: 4 }).chain((columns) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: columns, maxLength: columns }), {
    minLength: 1,
    maxLength: 4,
  })
);
/** A table by way of the function that drops empty rows and columns. */
const tableOf = (n: number[][]): CrossTable => {
  const flat = n.flatMap((row) => [...row, 0, 0]);
  const all = Float64Array.from([...flat, ...new Array(2 * (n[0]!.length + 2)).fill(0)]);
  return crossTable({
    question: "q",
    base: "all",
    variable: "v",
    groups: [...n.map((_, i) => `g${i}`), "(no answer)", "(not asked)"],
    answers: [...n[0]!.map((_, j) => `a${j}`), "(no answer)", "(not asked)"],
    sets: {},
    n: all,
    w: all,
    w2: all,
    sample: { ...endless, respondents: Math.max(2, flat.reduce((a, b) => a + b, 0)) },
  });
};

Deno.test("tests and measures of any table are null or numbers, and the same transposed", () => {
  fc.assert(fc.property(cells, (n) => {
    const table = tableOf(n);
    const turned = tableOf(n[0]!.map((_, j) => n.map((row) => row[j]!)));
    const [a, b] = [pearsonChiSquare(table), pearsonChiSquare(turned)];
    assert.equal(a === null, table.rows.length < 2 || table.columns.length < 2);
    if (a && b) {
      assertClose(a.statistic + 1, b.statistic + 1, 1e-9, "Pearson");
      assert.ok(a.pValue >= 0 && a.pValue <= 1 && a.cramersV >= 0 && a.cramersV <= 1);
    }
    const raoScott = raoScottTest(table);
    if (raoScott) {
      const { statistic, df, df2, pValue, cramersV } = raoScott;
      assert.ok([statistic, df, df2, pValue, cramersV].every(Number.isFinite));
    }
    const [x, y] = [ordinalAssociation(table), ordinalAssociation(turned)];
    for (const name of ["gamma", "tauB"] as const) {
      assert.equal(x[name] === null, y[name] === null);
      if (!x[name] || !y[name]) continue;
      assert.ok(Math.abs(x[name].estimate - y[name].estimate) < 1e-9);
      assert.ok(Math.abs(x[name].se - y[name].se) < 1e-9);
      assert.ok(Object.values(x[name]).every((value) => value === null || Number.isFinite(value)));
    }
  }));
});

Deno.test("the sign of an association turns with the order of one of the scales", () => {
  fc.assert(fc.property(cells, (n) => {
    const up = ordinalAssociation(tableOf(n));
    const down = ordinalAssociation(tableOf([...n].reverse()));
    for (const name of ["gamma", "tauB"] as const) {
      if (up[name]) assert.ok(Math.abs(up[name].estimate + down[name]!.estimate) < 1e-9);
    }
  }));
});

Deno.test("crossTable() drops what is empty and refuses what is not there", () => {
  const table = tableOf([[1, 0, 2], [0, 0, 0], [3, 0, 4]]);
  assert.deepEqual([table.rows, table.columns], [["g0", "g2"], ["a0", "a2"]]);
  assert.deepEqual(table.n, [[1, 2], [3, 4]]);
  const counts = countAnswers(makeSurvey({ wellbeing: [1], gender: [1] }), "wellbeing", {
    by: "gender",
  });
  assert.throws(() => crossTable(counts, { answers: ["enig"] }), RangeError);
  assert.throws(() => crossTable(counts, { groups: ["x"] }), RangeError);
  assert.throws(
    () => crossTable(countAnswers(makeSurvey({ wellbeing: [1] }), "wellbeing")),
    RangeError,
  );
});
