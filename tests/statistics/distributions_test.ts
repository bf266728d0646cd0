import fc from "fast-check";
import assert from "node:assert/strict";
import {
  betaQuantile,
  betaTails,
  chiSquareUpperTail,
  fQuantile,
  fUpperTail,
  normalQuantile,
  normalUpperQuantile,
  normalUpperTail,
  studentTUpperQuantile,
} from "../../lib/statistics/distributions.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

type Columns<K extends string> = Record<K, number[]>;
interface Reference {
  normal: Columns<"x" | "upper" | "half">;
  normal_quantile: Columns<"p" | "upper">;
  chi_square: Columns<"x" | "df" | "upper">;
  t_quantile: Columns<"p" | "df" | "upper">;
  f: Columns<"x" | "df1" | "df2" | "cdf" | "upper">;
  f_quantile: Columns<"p" | "df1" | "df2" | "upper">;
}
const reference = readReference<Reference>("distributions");

/** Rows of columns. */
function* rows<K extends string>(columns: Columns<K>): Generator<Record<K, number>> {
  const names = Object.keys(columns) as K[];
  const length = columns[names[0]!].length;
  for (let i = 0; i < length; i++) {
    yield Object.fromEntries(names.map((name) => [name, columns[name][i]])) as Record<K, number>;
  }
}

// Below the smallest normal double (2e-308) there are fewer digits to agree on.
const least = 1e-300;
const close = (actual: number, expected: number, what: string, within = 1e-12) => {
  if (Math.abs(expected) > least || Math.abs(actual) > least) {
    assertClose(actual, expected, within, what);
  }
};

Deno.test("normal tails and quantiles agree with R to 1e-12, however far out", () => {
  for (const { x, upper, half } of rows(reference.normal)) {
    close(normalUpperTail(x), upper, `pnorm(${x}, lower = FALSE)`);
    close(normalUpperTail(-x), half, `pnorm(${x})`);
  }
  for (const { p, upper } of rows(reference.normal_quantile)) {
    close(normalUpperQuantile(p), upper, `qnorm(${p}, lower = FALSE)`);
    close(normalQuantile(p), -upper, `qnorm(${p})`);
  }
});

Deno.test("the upper tail of chi-square agrees with R to 1e-12", () => {
  for (const { x, df, upper } of rows(reference.chi_square)) {
    close(chiSquareUpperTail(x, df), upper, `pchisq(${x}, ${df}, lower = FALSE)`);
  }
});

Deno.test("t quantiles agree with R to 1e-12", () => {
  for (const { p, df, upper } of rows(reference.t_quantile)) {
    close(studentTUpperQuantile(p, df), upper, `qt(${p}, ${df}, lower = FALSE)`);
  }
});

Deno.test("F tails and quantiles, and so the tails of beta, agree with R to 1e-12", () => {
  for (const { x, df1, df2, cdf, upper } of rows(reference.f)) {
    close(fUpperTail(x, df1, df2), upper, `pf(${x}, ${df1}, ${df2}, lower = FALSE)`);
    close(lowerTail(x, df1, df2), cdf, `pf(${x}, ${df1}, ${df2})`);
  }
  for (const { p, df1, df2, upper } of rows(reference.f_quantile)) {
    // The value that a share of one F lies above is 1 over that which it lies below, turned round.
    close(1 / fQuantile(p, df2, df1), upper, `qf(${p}, ${df1}, ${df2}, lower = FALSE)`);
  }
});

/** Probability of an F value below x, from the beta distribution. */
function lowerTail(x: number, df1: number, df2: number): number {
  const ratio = df1 * x / df2;
  const value = { x: ratio / (1 + ratio), y: 1 / (1 + ratio) };
  return betaTails(value, df1 / 2, df2 / 2).lower;
}

const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
const df = fc.double({ min: 0.3, max: 5000, noNaN: true });

Deno.test("a quantile is where the distribution function has that probability", () => {
  fc.assert(fc.property(probability, df, df, (p, a, b) => {
    const back = (quantile: number, what: string) => assertClose(quantile, p, 1e-9, what);
    back(normalUpperTail(-normalQuantile(p)), "normal");
    back(fUpperTail(studentTUpperQuantile(p / 2, a) ** 2, 1, a), `t ${a}`);
    back(lowerTail(fQuantile(p, a, b), a, b), `F ${a} ${b}`);
    for (const tail of ["lower", "upper"] as const) {
      back(betaTails(betaQuantile(p, a, b, tail), a, b)[tail], `beta ${a} ${b} ${tail}`);
    }
  }));
});

Deno.test("both tails make up the whole", () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 300, noNaN: true }), df, df, (x, a, b) => {
    assertClose(lowerTail(x, a, b) + fUpperTail(x, a, b), 1, 1e-14, "F");
  }));
});

Deno.test("the ends of a distribution are its first and last value", () => {
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(1), Infinity);
  assert.equal(chiSquareUpperTail(0, 3), 1);
  assert.equal(chiSquareUpperTail(Infinity, 3), 0);
  assert.equal(studentTUpperQuantile(0.5, 3), 0);
  assert.equal(studentTUpperQuantile(1, 3), -Infinity);
  assert.equal(fQuantile(1, 3, 4), Infinity);
  assert.equal(fUpperTail(Infinity, 3, 4), 0);
});

Deno.test("a distribution refuses what it has no answer to", () => {
  for (
    const call of [
      () => normalQuantile(-0.1),
      () => normalQuantile(NaN),
      () => normalUpperTail(NaN),
      () => chiSquareUpperTail(-1, 3),
      () => chiSquareUpperTail(1, 0),
      () => studentTUpperQuantile(2, 3),
      () => studentTUpperQuantile(0.1, -2),
      () => fUpperTail(1, 0, 3),
      () => fQuantile(1.5, 2, 3),
    ]
  ) assert.throws(call, RangeError);
});
