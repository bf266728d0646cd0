import fc from "fast-check";
import assert from "node:assert/strict";
import { codebook } from "../../lib/responses/study.ts";
import { isShown } from "../../lib/statistics/estimate.ts";
import {
  allEstimates,
  breakdowns,
  ESTIMATE_COLUMNS,
  estimates,
  toTable,
} from "../../lib/statistics/estimates.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { wilsonInterval } from "../../lib/statistics/intervals.ts";
import { anySurvey, makeSurvey } from "./make_survey.ts";

const twelve = makeSurvey({
  wellbeing: [1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 0],
  gender: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 1],
});

Deno.test("estimates() keeps don't know in the base and no answer out of it", () => {
  const rows = estimates(twelve, "wellbeing");
  const agree = rows.find(({ set }) => set === "agree")!;
  assert.equal(agree.n, 11);
  assert.equal(agree.count, 7);
  assert.equal(agree.share, 7 / 11);
  const { low, high } = wilsonInterval(7, 11, { population: 11 * codebook().study.invited / 12 });
  assert.deepEqual([agree.low, agree.high], [low, high]);
  assert.deepEqual(
    rows.map(({ category, set }) => category ?? set),
    [...Object.keys(codebook().scales.agreement_meget_uenig!.categories), "agree", "disagree"],
  );
});

Deno.test("estimates() shows nothing over a base that is too small", () => {
  const rows = estimates(twelve, "wellbeing", { by: "gender" });
  const [women, men] = ["woman", "man"].map((sex) => rows.filter(({ group }) => group === sex));
  assert.deepEqual([women, men].map((of) => of![0]!.n), [10, 1]);
  // Everyone less ten women would be the one man.
  for (const row of rows) {
    assert.ok(row.suppressed);
    assert.deepEqual([row.count, row.share, row.low, row.high], [null, null, null, null]);
  }
  assert.ok(estimates(twelve, "wellbeing").every(isShown));
});

Deno.test("estimates() of nobody are suppressed, not NaN", () => {
  const nobody = makeSurvey({ wellbeing: [] });
  assert.ok(estimates(nobody, "wellbeing").every((row) => row.suppressed && row.n === 0));
});

const names = [...Object.keys(codebook().questions), "gender", "tenure", "role", "pressure"];

Deno.test("shares of a question add up to 1, and each is within its interval", () => {
  fc.assert(fc.property(anySurvey(names), (survey) => {
    for (const question of Object.keys(codebook().questions)) {
      const rows = estimates(survey, question).filter(isShown);
      for (const { share, low, high, count, n } of rows) {
        assert.ok(0 <= low && low <= share && share <= high && high <= 1);
        assert.ok(count <= n);
      }
      const sum = rows.filter(({ category }) => category).reduce(
        (sum, { share }) => sum + share,
        0,
      );
      assert.ok(rows.length === 0 || Math.abs(sum - 1) < 1e-12);
    }
  }));
});

Deno.test("equal weights give the shares of no weights, and intervals within 1 of m", () => {
  fc.assert(
    fc.property(
      anySurvey(["wellbeing"], false),
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      (survey, weight) => {
        const m = survey.source.respondents;
        const weights = new Float64Array(m).fill(weight);
        const plain = estimates(survey, "wellbeing");
        estimates({ ...survey, weights }, "wellbeing").forEach((row, i) => {
          const other = plain[i]!;
          assert.equal(row.suppressed, other.suppressed);
          if (!isShown(row) || !isShown(other)) return;
          assert.ok(Math.abs(row.share - other.share) < 1e-12);
          // (m − 1)/m of the linearised variance against (N − 1)/N of the exact one.
          assert.ok(
            Math.abs(row.low - other.low) < 1 / m && Math.abs(row.high - other.high) < 1 / m,
          );
        });
      },
    ),
  );
});

Deno.test("more respondents than were invited: no correction, and no error", () => {
  const many = makeSurvey({ wellbeing: new Array(7000).fill(1) });
  const [first] = estimates(many, "wellbeing");
  assert.equal(first!.low, wilsonInterval(7000, 7000).low);
});

Deno.test("allEstimates() holds every question by every variable but those made from it", () => {
  const survey = makeSurvey(Object.fromEntries(names.map((name) => [name, [1, 1, 1]])));
  const pairs = breakdowns(survey).map((pair) => pair.join(" by "));
  assert.ok(pairs.includes("pressure_omit by pressure"));
  assert.ok(!pairs.includes("pressure_change by pressure"));
  assert.ok(pairs.includes("wellbeing by role"));
  assert.ok(pairs.includes("wellbeing by "));
  const rows = allEstimates(survey);
  assert.equal(
    rows.filter(({ question, variable }) => question === "wellbeing" && variable === "role").length,
    4 * 8,
  );
  assert.deepEqual(rows.slice(0, 8), estimates(survey, "pressure_change"));
});

Deno.test("toTable() makes a plain Arquero table with one row per estimate", () => {
  const rows = estimates(twelve, "wellbeing", { by: "gender" });
  const table = toTable(rows);
  assert.deepEqual(table.columnNames(), [...ESTIMATE_COLUMNS]);
  assert.deepEqual(table.objects(), rows);
});

Deno.test("estimatesJson() has a number wherever an estimate is shown, and null only where it is not", () => {
  const columns = ["wellbeing", "gender"];
  fc.assert(
    fc.property(anySurvey(columns), (survey) => {
      if (survey.source.respondents === 0) return;
      const { estimates } = JSON.parse(JSON.stringify(estimatesJson(survey))) as ReturnType<
        typeof estimatesJson
      >;
      for (const { count, share, low, high, suppressed } of estimates) {
        for (const value of [count, share, low, high]) assert.equal(value === null, suppressed);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("estimatesJson() refuses what JSON would write as null", () => {
  const own = { n: 1, count: 1, share: 0.5, low: 0, high: 1, weighted: false };
  const change = {
    before: own,
    difference: NaN,
    low: 0,
    high: 0,
    pValue: null,
    adjusted: null,
    family: "main" as const,
    moved: "none" as const,
  };
  const refuses = (more: object, message: RegExp) =>
    assert.throws(
      () => estimatesJson(twelve, { changeOf: () => ({ ...change, ...more }) as never }),
      message,
    );
  refuses({}, /The difference of an estimate of .* is NaN/);
  refuses({ difference: 0, before: { ...own, high: Infinity } }, /The high .* is Infinity/);
});

Deno.test("estimatesJson() is the contract: a set or a category, and a group or null", () => {
  const { source, estimates } = estimatesJson(twelve);
  assert.deepEqual(source, {
    file: "made.csv",
    sha256: "0".repeat(64),
    respondents: 12,
    synthetic: true,
  });
  assert.deepEqual(Object.keys(estimates[0]!), [
    "question",
    "category",
    "base",
    "group",
    "n",
    "count",
    "share",
    "low",
    "high",
    "weighted",
    "suppressed",
    "se",
    "deff",
    "effective_n",
    "weighted_n",
    "reliability",
  ]);
  const set = estimates.find((entry) => "set" in entry)!;
  assert.deepEqual(Object.keys(set)[1], "set");
  assert.ok(estimates.every((entry) => ("set" in entry) !== ("category" in entry)));
  assert.deepEqual(estimates.at(-1)!.group, { variable: "gender", category: "man" });
  assert.ok(!JSON.stringify(estimates).includes("NaN"));
});
