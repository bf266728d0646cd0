import fc from "fast-check";
import assert from "node:assert/strict";
import { breakdownTest, markDifferences } from "../../lib/statistics/breakdown_rows.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import type { Counts } from "../../lib/statistics/counts.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { anySurvey, makeSurvey } from "./make_survey.ts";

interface Reference {
  tables: {
    name: string;
    x: number[];
    n: number[];
    rest: (number | null)[];
    rest_adjusted: (number | null)[];
    pairs: {
      first: number[];
      second: number[];
      p: (number | null)[];
      adjusted: (number | null)[];
    };
  }[];
  family: (number | null)[];
}
const reference = readReference<Reference>("breakdowns");

/** x of n people say yes in each group, everybody counting the same and nobody kept back. */
function countsOf(x: readonly number[], n: readonly number[], leastBase = 0): Counts {
  const cells = Float64Array.from([
    ...n.flatMap((n, i) => [x[i]!, n - x[i]!, 0, 0]),
    ...new Array(8).fill(0),
  ]);
  return {
    question: "q",
    base: "all",
    variable: "v",
    groups: [...n.map((_, i) => `g${i + 1}`), "(no answer)", "(not asked)"],
    answers: ["yes", "no", "(no answer)", "(not asked)"],
    sets: {},
    n: cells,
    w: cells,
    w2: cells,
    sample: {
      respondents: n.reduce((a, b) => a + b, 0),
      invited: null,
      weighted: false,
      leastBase,
      confidence: 0.95,
    },
  };
}

Deno.test("breakdownTest() and markDifferences() agree with prop.test() and p.adjust() of R", () => {
  for (const { name, x, n, rest, rest_adjusted, pairs } of reference.tables) {
    const test = breakdownTest(countsOf(x, n), ["yes"]);
    const [marked] = markDifferences([test], 0.05);
    marked!.forEach((group, i) => {
      assertClose(group.againstRest!.pValue, rest[i]!, 1e-9, `${name}: p of ${i}`);
      assertClose(group.adjusted, rest_adjusted[i]!, 1e-9, `${name}: adjusted p of ${i}`);
      const p = rest_adjusted[i] ?? 1;
      const share = x[i]! / n[i]!;
      const all = x.reduce((a, b) => a + b) / n.reduce((a, b) => a + b);
      assert.equal(group.mark, p >= 0.05 ? "none" : share > all ? "up" : "down", name);
      const above = pairs.first.flatMap((first, k) => {
        const second = pairs.second[k]!;
        const other = first === i + 1 ? second : second === i + 1 ? first : null;
        const isAbove = other !== null && (pairs.adjusted[k] ?? 1) < 0.05 &&
          share > x[other - 1]! / n[other - 1]!;
        return isAbove ? ["ABCDEF"[other - 1]!] : [];
      });
      assert.deepEqual(group.above, above.toSorted(), `${name}: letters of ${i}`);
    });
    test.pairs.forEach(({ difference }, k) => {
      assertClose(difference.pValue, pairs.p[k]!, 1e-9, `${name}: pair ${k}`);
    });
  }
});

Deno.test("markDifferences() adjusts the tables of a family together, two groups as one test", () => {
  const tests = reference.tables.map(({ x, n }) => breakdownTest(countsOf(x, n), ["yes"]));
  const own = markDifferences(tests, 0.05).flatMap((groups) =>
    groups.slice(groups.length === 2 ? 1 : 0).map(({ adjusted }) => adjusted)
  );
  reference.family.forEach((p, i) => assertClose(own[i]!, p, 1e-9, `${i}`));
  const [first] = markDifferences(tests, 0.05);
  assert.equal(first![0]!.adjusted, first![1]!.adjusted);
});

Deno.test("breakdownTest() keeps back a group of too few people, and a rest of too few", () => {
  const { groups, pairs } = breakdownTest(countsOf([3, 20, 5], [9, 40, 0], 10), ["yes"]);
  assert.deepEqual(groups.map(({ share }) => share), [null, null, null]);
  assert.deepEqual(groups.map(({ againstRest }) => againstRest), [null, null, null]);
  assert.deepEqual(pairs, []);
  const enough = breakdownTest(countsOf([3, 20, 5], [9, 40, 11], 10), ["yes"]);
  assert.deepEqual(enough.groups.map(({ share }) => share), [null, 0.5, null]);
});

Deno.test("the letter stands with the higher share, and nobody is above himself", () => {
  const [table] = markDifferences([
    breakdownTest(countsOf([90, 50, 10], [100, 100, 100]), ["yes"]),
  ], 0.05);
  assert.deepEqual(table!.map(({ letter, above, mark }) => [letter, above, mark]), [
    ["A", ["B", "C"], "up"],
    ["B", ["C"], "none"],
    ["C", [], "down"],
  ]);
});

Deno.test("markDifferences() has letters beyond Z", () => {
  const many = Array.from({ length: 28 }, () => 5);
  const [table] = markDifferences(
    [breakdownTest(countsOf(many, many.map(() => 10)), ["yes"])],
    0.05,
  );
  assert.deepEqual(table!.slice(24).map(({ letter }) => letter), ["Y", "Z", "AA", "AB"]);
});

Deno.test("breakdowns of any survey have marks that fit their tests", () => {
  fc.assert(fc.property(anySurvey(["wellbeing", "tenure"]), (survey) => {
    const counts = countAnswers(survey, "wellbeing", { by: "tenure" });
    const test = breakdownTest(
      { ...counts, sample: { ...counts.sample, leastBase: 1, leastAnswer: 1, leastOthers: 0 } },
      ["strongly_agree", "agree"],
    );
    const [table] = markDifferences([test], 0.05);
    for (const { n, share, adjusted, mark, above, againstRest } of table!) {
      assert.equal(share === null, n === 0);
      assert.ok(adjusted === null || (adjusted >= 0 && adjusted <= 1));
      if (mark !== "none") {
        assert.equal(Math.sign(againstRest!.difference), mark === "up" ? 1 : -1);
      }
      assert.ok(above.length < table!.length);
    }
  }));
});

Deno.test("breakdownTest() refuses counts without a variable", () => {
  const counts = countAnswers(makeSurvey({ wellbeing: [1] }), "wellbeing");
  assert.throws(() => breakdownTest(counts, ["agree"]), RangeError);
  assert.deepEqual(markDifferences([], 0.05), []);
});
