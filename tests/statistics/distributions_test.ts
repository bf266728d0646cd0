import assert from "node:assert/strict";
import fc from "fast-check";
import {
  chiSquareCdf,
  chiSquareQuantile,
  chiSquareUpperQuantile,
  chiSquareUpperTail,
} from "../../lib/statistics/distributions/chi_square.ts";
import {
  fCdf,
  fQuantile,
  fUpperQuantile,
  fUpperTail,
} from "../../lib/statistics/distributions/f_distribution.ts";
import {
  normalCdf,
  normalQuantile,
  normalUpperQuantile,
  normalUpperTail,
} from "../../lib/statistics/distributions/normal.ts";
import {
  studentTCdf,
  studentTQuantile,
  studentTUpperQuantile,
  studentTUpperTail,
} from "../../lib/statistics/distributions/student_t.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

type Columns<K extends string> = Record<K, number[]>;
interface Reference {
  normal: Columns<"x" | "cdf" | "upper" | "half">;
  normal_quantile: Columns<"p" | "upper">;
  chi_square: Columns<"x" | "df" | "cdf" | "upper">;
  chi_square_quantile: Columns<"p" | "df" | "lower" | "upper">;
  t: Columns<"x" | "df" | "cdf" | "upper" | "half">;
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
  for (const { x, cdf, upper, half } of rows(reference.normal)) {
    close(normalCdf(-x), cdf, `pnorm(-${x})`);
    close(normalUpperTail(x), upper, `pnorm(${x}, lower = FALSE)`);
    close(normalCdf(x), half, `pnorm(${x})`);
  }
  for (const { p, upper } of rows(reference.normal_quantile)) {
    close(normalUpperQuantile(p), upper, `qnorm(${p}, lower = FALSE)`);
    close(normalQuantile(p), -upper, `qnorm(${p})`);
  }
});

Deno.test("chi-square tails and quantiles agree with R to 1e-12", () => {
  for (const { x, df, cdf, upper } of rows(reference.chi_square)) {
    close(chiSquareCdf(x, df), cdf, `pchisq(${x}, ${df})`);
    close(chiSquareUpperTail(x, df), upper, `pchisq(${x}, ${df}, lower = FALSE)`);
  }
  for (const { p, df, lower, upper } of rows(reference.chi_square_quantile)) {
    close(chiSquareQuantile(p, df), lower, `qchisq(${p}, ${df})`);
    close(chiSquareUpperQuantile(p, df), upper, `qchisq(${p}, ${df}, lower = FALSE)`);
  }
});

Deno.test("t tails and quantiles agree with R to 1e-12", () => {
  for (const { x, df, cdf, upper, half } of rows(reference.t)) {
    close(studentTCdf(-x, df), cdf, `pt(-${x}, ${df})`);
    close(studentTUpperTail(x, df), upper, `pt(${x}, ${df}, lower = FALSE)`);
    close(studentTCdf(x, df), half, `pt(${x}, ${df})`);
  }
  for (const { p, df, upper } of rows(reference.t_quantile)) {
    close(studentTUpperQuantile(p, df), upper, `qt(${p}, ${df}, lower = FALSE)`);
    close(studentTQuantile(p, df), -upper, `qt(${p}, ${df})`);
  }
});

Deno.test("F tails and quantiles agree with R to 1e-12", () => {
  for (const { x, df1, df2, cdf, upper } of rows(reference.f)) {
    close(fCdf(x, df1, df2), cdf, `pf(${x}, ${df1}, ${df2})`);
    close(fUpperTail(x, df1, df2), upper, `pf(${x}, ${df1}, ${df2}, lower = FALSE)`);
  }
  for (const { p, df1, df2, upper } of rows(reference.f_quantile)) {
    close(fUpperQuantile(p, df1, df2), upper, `qf(${p}, ${df1}, ${df2}, lower = FALSE)`);
  }
});

const probability = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
const df = fc.double({ min: 0.3, max: 5000, noNaN: true });

Deno.test("a quantile is where the distribution function has that probability", () => {
  fc.assert(fc.property(probability, df, df, (p, a, b) => {
    const back = (quantile: number, what: string) => assertClose(quantile, p, 1e-9, what);
    back(normalCdf(normalQuantile(p)), "normal");
    back(chiSquareCdf(chiSquareQuantile(p, a), a), `chi-square ${a}`);
    back(studentTCdf(studentTQuantile(p, a), a), `t ${a}`);
    back(fCdf(fQuantile(p, a, b), a, b), `F ${a} ${b}`);
  }));
});

Deno.test("both tails make up the whole, and t squared is F", () => {
  fc.assert(fc.property(fc.double({ min: 0, max: 300, noNaN: true }), df, df, (x, a, b) => {
    assertClose(chiSquareCdf(x, a) + chiSquareUpperTail(x, a), 1, 1e-14, "chi-square");
    assertClose(fCdf(x, a, b) + fUpperTail(x, a, b), 1, 1e-14, "F");
    close(2 * studentTUpperTail(x, a), fUpperTail(x * x, 1, a), "t and F", 1e-11);
  }));
});

Deno.test("the ends of a distribution are its first and last value", () => {
  assert.equal(normalQuantile(0), -Infinity);
  assert.equal(normalQuantile(0.5), 0);
  assert.equal(normalQuantile(1), Infinity);
  assert.equal(chiSquareQuantile(0, 3), 0);
  assert.equal(chiSquareQuantile(1, 3), Infinity);
  assert.equal(chiSquareUpperTail(Infinity, 3), 0);
  assert.equal(studentTQuantile(0.5, 3), 0);
  assert.equal(studentTQuantile(0, 3), -Infinity);
  assert.equal(fQuantile(1, 3, 4), Infinity);
  assert.equal(fUpperTail(Infinity, 3, 4), 0);
});

Deno.test("a distribution refuses what it has no answer to", () => {
  for (
    const call of [
      () => normalQuantile(-0.1),
      () => normalQuantile(NaN),
      () => normalCdf(NaN),
      () => chiSquareCdf(-1, 3),
      () => chiSquareUpperTail(1, 0),
      () => chiSquareQuantile(0.5, NaN),
      () => studentTCdf(1, -2),
      () => studentTUpperQuantile(2, 3),
      () => fUpperTail(1, 0, 3),
      () => fQuantile(1.5, 2, 3),
    ]
  ) assert.throws(call, RangeError);
});
