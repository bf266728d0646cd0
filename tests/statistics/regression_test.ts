import fc from "fast-check";
import assert from "node:assert/strict";
import { cronbachAlpha } from "../../lib/statistics/cronbach_alpha.ts";
import { averageMarginalEffects } from "../../lib/statistics/rows/association_analysis.ts";
import { brantTest } from "../../lib/statistics/rows/brant.ts";
import {
  designCovariance,
  type OrdinalData,
  peopleOf,
  productsOf,
  type ProportionalOdds,
  proportionalOdds,
  varianceInflation,
} from "../../lib/statistics/rows/proportional_odds.ts";
import { sampleOf } from "../../lib/statistics/sample.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";
import { asPatterns, type People, together } from "./people_as_patterns.ts";

interface Test {
  statistic: number;
  df: number;
  p: number;
}
interface Reference {
  separation: { seed: number; kind: string; x: number[][]; y: number[]; separated: boolean }[];
  regressions: {
    seed: number;
    categories: number;
    names: string[];
    x: number[][];
    y: number[];
    w: number[];
    coefficients: number[];
    thresholds: number[];
    log_likelihood: number;
    se: number[];
    from: number;
    effects: { effect: number; se: number }[];
    brant: { all: Test; columns: Test[] } | null;
    vif: number[];
  }[];
  alpha: { items: number[][]; n: number; alpha: number; low: number; high: number }[];
}
const reference = readReference<Reference>("regression");

const fitted = (data: OrdinalData): ProportionalOdds => {
  const fit = proportionalOdds(data);
  assert.equal(fit.status, "converged");
  return fit as ProportionalOdds;
};

const fitPeople = (people: People) => proportionalOdds(asPatterns(people));
const inflationOf = (x: readonly (readonly number[])[]) =>
  varianceInflation(
    productsOf(Float64Array.from(x.flat()), x[0]!.length, new Float64Array(x.length).fill(1)),
  );

for (const expected of reference.regressions) {
  const { seed, categories, names, x, y, w } = expected;
  const data = asPatterns({ answers: y, categories, names, x, weights: w });

  Deno.test(`proportionalOdds() agrees with glm() and polr() of R, data set ${seed}`, () => {
    const fit = fitted(data);
    // glm() is exact; optim() inside polr() stops at about 1e-6, and its second derivatives are
    // differences.
    const [within, withinSe] = categories === 2 ? [1e-9, 1e-9] : [1e-6, 1e-5];
    assertClose(fit.logLikelihood, expected.log_likelihood, 1e-9, "log likelihood");
    const theta = [...fit.coefficients, ...fit.thresholds];
    [...expected.coefficients, ...expected.thresholds].forEach((value, i) => {
      // Relative to its error where that is larger: a coefficient may be next to nothing.
      const scale = Math.max(Math.abs(value), expected.se[i]!);
      const off = Math.abs(theta[i]! - value) / scale;
      assert.ok(off < within, `coefficient or threshold ${i}: ${theta[i]}, in R ${value}`);
      assertClose(Math.sqrt(fit.covariance[i]![i]!), expected.se[i]!, withinSe, `its error ${i}`);
    });
    averageMarginalEffects(data, fit, { from: expected.from, to: categories })
      .forEach(({ effect, se }, i) => {
        assertClose(effect, expected.effects[i]!.effect, within, `marginal effect ${i}`);
        // Differences in R.
        assertClose(se, expected.effects[i]!.se, 1e-5, `its error ${i}`);
      });
  });

  Deno.test(`brantTest() agrees with separate regressions in R, data set ${seed}`, () => {
    const test = brantTest(data);
    if (expected.brant === null || test === null) {
      assert.equal(test, null);
      return;
    }
    const pairs = [test.all, ...test.columns].map((own, i) =>
      [own, [expected.brant!.all, ...expected.brant!.columns][i]!] as const
    );
    for (const [own, { statistic, df, p }] of pairs) {
      assertClose(own.statistic, statistic, 1e-7, "statistic");
      assert.equal(own.df, df);
      assertClose(own.pValue, p, 1e-6, "p");
    }
  });

  Deno.test(`varianceInflation() agrees with lm() of R, data set ${seed}`, () => {
    inflationOf(x)!.forEach((factor, i) => assertClose(factor, expected.vif[i]!, 1e-9, `${i}`));
  });
}

Deno.test("proportionalOdds() finds a separation where glm() of R goes on without end", () => {
  let separated = 0;
  for (const { seed, kind, x, y, separated: is } of reference.separation) {
    const { status } = fitPeople({ answers: y, categories: 2, names: ["a", "b"], x });
    assert.equal(status, is ? "separated" : "converged", `${seed}: ${kind}`);
    if (is) separated++;
  }
  assert.ok(separated >= 6 && separated < reference.separation.length, `${separated}`);
});

Deno.test("proportionalOdds() says which column separates the answers", () => {
  const x = Array.from({ length: 20 }, (_, i) => [i, (i * 7) % 5]);
  const answers = x.map(([i]) => i! < 10 ? 1 : 2);
  assert.deepEqual(fitPeople({ answers, categories: 2, names: ["a", "b"], x }), {
    status: "separated",
    names: ["a"],
  });
  // Quasi-complete: everyone with the 1 gives the highest answer, the others any.
  const partly = x.map((_, i) => [i % 4 === 0 ? 1 : 0, (i * 7) % 5]);
  const three = partly.map(([one], i) => one ? 3 : 1 + i % 3);
  const fit = fitPeople({ answers: three, categories: 3, names: ["a", "b"], x: partly });
  assert.deepEqual(fit, { status: "separated", names: ["a"] });
});

Deno.test("proportionalOdds() says which column follows from the others", () => {
  const x = Array.from({ length: 12 }, (_, i) => [i % 3, i % 5, i % 3 + 2 * (i % 5), 4]);
  const answers = x.map((_, i) => 1 + i % 2);
  const names = ["a", "b", "sum", "four"];
  assert.deepEqual(fitPeople({ answers, categories: 2, names, x }), {
    status: "collinear",
    names: ["sum", "four"],
  });
  const without = x.map((row) => row.slice(0, 3));
  assert.deepEqual(
    fitPeople({ answers, categories: 2, names: names.slice(0, 3), x: without }),
    { status: "collinear", names: ["sum"] },
  );
  assert.equal(inflationOf(x), null);
  assert.equal(inflationOf(without), null);
});

Deno.test("proportionalOdds() without columns gives the shares", () => {
  const answers = [1, 1, 1, 2, 3, 3];
  const { thresholds } = fitted(
    asPatterns({ answers, categories: 3, names: [], x: answers.map(() => []) }),
  );
  assertClose(thresholds[0]!, 0, 1e-12, "3 of 6");
  assertClose(thresholds[1]!, Math.log(4 / 2), 1e-12, "4 of 6");
});

const row = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -3, max: 3 }), fc.boolean());

Deno.test("proportionalOdds() always has an answer: a finite maximum, or why there is none", () => {
  fc.assert(fc.property(fc.array(row, { minLength: 8, maxLength: 50 }), (rows) => {
    const answers = rows.map(([answer]) => answer);
    fc.pre(new Set(answers).size === 3);
    const x = rows.map(([_, a, b]) => [a, Number(b)]);
    const people = { answers, categories: 3, names: ["a", "b"], x };
    const data = asPatterns(people);
    const fit = proportionalOdds(data);
    if (fit.status !== "converged") {
      assert.ok(fit.names.length > 0);
      return;
    }
    assert.ok(
      [...fit.coefficients, ...fit.thresholds, ...fit.covariance.flat()].every(Number.isFinite),
    );
    assert.ok(fit.thresholds.every((value, i) => i === 0 || value > fit.thresholds[i - 1]!));
    // Twice the same people: the same coefficients, half the variance.
    const twice = fitted(asPatterns({ ...people, weights: answers.map(() => 2) }));
    fit.coefficients.forEach((value, i) => {
      assert.ok(Math.abs(twice.coefficients[i]! - value) < 1e-6 * (1 + Math.abs(value)));
    });
    const effects = averageMarginalEffects(data, fit, { from: 1, to: 3 });
    effects.forEach(({ effect }) => assert.ok(Math.abs(effect) < 1e-9));
  }));
});

Deno.test("a regression refuses numbers that are none", () => {
  const data = asPatterns({ answers: [1, 2, 1], categories: 2, names: ["a"], x: [[1], [2], [3]] });
  for (
    const wrong of [
      { counts: data.counts.slice(0, 4) },
      { counts: Float64Array.of(1, 0, 1, 0, 1, 0) },
      { counts: data.counts.with(0, NaN) },
      { x: data.x.with(1, NaN) },
      { names: ["a", "b"] },
    ]
  ) assert.throws(() => proportionalOdds({ ...data, ...wrong }), RangeError);
});

Deno.test("a regression of patterns is that of their people one by one", () => {
  const weighted = fc.tuple(row, fc.constantFrom(0.5, 1, 3));
  fc.assert(fc.property(fc.array(weighted, { minLength: 20, maxLength: 80 }), (rows) => {
    const people: People = {
      answers: rows.map(([[answer]]) => answer),
      categories: 3,
      names: ["a", "b"],
      x: rows.map(([[_, a, b]]) => [a, Number(b)]),
      weights: rows.map(([_, weight]) => weight),
    };
    fc.pre(new Set(people.answers).size === 3);
    const [apart, joined] = [asPatterns(people), together(people)];
    const [one, other] = [proportionalOdds(apart), proportionalOdds(joined)];
    assert.equal(one.status, other.status);
    if (one.status !== "converged" || other.status !== "converged") {
      assert.deepEqual(one, other);
      return;
    }
    // Next to a separation rounding is blown up: these are of people whose answers are mixed.
    fc.pre(Math.max(...one.coefficients.map(Math.abs)) < 4);
    const square = (weight: number) => weight ** 2;
    const sample = { ...sampleOf(makeSurvey({ gender: [1] })), respondents: 100 };
    const robust = (data: OrdinalData, fit: ProportionalOdds, squares: Float64Array) =>
      designCovariance(data, fit, { squares, parts: null, sample });
    const numbers = (data: OrdinalData, fit: ProportionalOdds, squares: Float64Array) => [
      ...[fit.logLikelihood, ...fit.coefficients, ...fit.thresholds, ...fit.covariance.flat()],
      ...robust(data, fit, squares).flat(),
      ...averageMarginalEffects(data, fit, { from: 2, to: 2 })
        .flatMap(({ effect, se }) => [effect, se]),
    ];
    const ofApart = numbers(apart, one, apart.counts.map(square));
    const ofJoined = numbers(joined, other, together(people, square).counts);
    ofApart.forEach((value, i) => {
      assert.ok(Math.abs(value - ofJoined[i]!) < 1e-8 * (1 + Math.abs(value)), `${i}: ${value}`);
    });
    const [brant, brantJoined] = [brantTest(apart), brantTest(joined)];
    assert.equal(brant === null, brantJoined === null);
    if (brant && brantJoined) {
      const off = Math.abs(brant.all.statistic - brantJoined.all.statistic);
      assert.ok(off < 1e-6 * (1 + brant.all.statistic), `Brant: ${brant.all.statistic}`);
    }
    const unweighted = together({ ...people, weights: rows.map(() => 1) });
    const perPattern = peopleOf(unweighted.counts, unweighted.counts.length / 3);
    const inflation = inflationOf(people.x);
    varianceInflation(productsOf(joined.x, 2, perPattern))!.forEach((value, j) =>
      assertClose(value, inflation![j]!, 1e-9, "variance inflation")
    );
  }));
});

const items = ["workload_quality", "time_pressure", "leader_independence", "wellbeing"];

Deno.test("cronbachAlpha() from counts of pairs agrees with R from rows, with Feldt's interval", () => {
  for (const expected of reference.alpha) {
    const names = items.slice(0, expected.items[0]!.length);
    const survey = makeSurvey(
      Object.fromEntries(names.map((name, j) => [name, expected.items.map((row) => row[j]!)])),
    );
    const own = cronbachAlpha(withoutHiding(survey), names)!;
    assert.equal(own.n, expected.n);
    assertClose(own.alpha, expected.alpha, 1e-9, "alpha");
    assertClose(own.low, expected.low, 1e-9, "low");
    assertClose(own.high, expected.high, 1e-9, "high");
  }
});

Deno.test("cronbachAlpha() of the same item twice over is 1, of what does not vary null", () => {
  const survey = withoutHiding(
    makeSurvey({ wellbeing: [1, 2, 3, 6], time_pressure: [1, 2, 3, 1] }),
  );
  const alpha = cronbachAlpha(survey, ["wellbeing", "time_pressure"])!;
  assertClose(alpha.alpha, 1, 1e-12, "alpha");
  assert.equal(alpha.n, 3);
  const flat = withoutHiding(makeSurvey({ wellbeing: [2, 2], time_pressure: [3, 3] }));
  assert.equal(cronbachAlpha(flat, ["wellbeing", "time_pressure"]), null);
  assert.equal(
    cronbachAlpha(makeSurvey({ wellbeing: [6], time_pressure: [1] }), [
      "wellbeing",
      "time_pressure",
    ]),
    null,
  );
  assert.throws(() => cronbachAlpha(survey, ["wellbeing"]), /two or more/);
  assert.throws(() => cronbachAlpha(survey, ["wellbeing", "wellbeing"]), /different/);
});
