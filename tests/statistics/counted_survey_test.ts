import assert from "node:assert/strict";
import fc from "fast-check";
import { reproduce } from "../../lib/notebook/reproduce.ts";
import { countedSurvey, MissingCounts, NeedsRows } from "../../lib/responses/counted_answers.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile, readPublished } from "../../lib/responses/study.ts";
import type { CountedAnswers, Survey } from "../../lib/responses/survey.ts";
import { eitherColumn } from "../../lib/statistics/column.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { countAll } from "../../lib/statistics/counts_csv.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { neededCounts, requireCounts } from "../../lib/statistics/needed_counts.ts";
import { allClaims, claimsJson } from "../../lib/words/claims.ts";
import { anySurvey } from "./make_survey.ts";

const shipped = await loadAnswers(dataFile("responses.csv"), codebook());
const weights = Float64Array.from(
  { length: shipped.source.respondents },
  (_, i) => 0.3 + i % 17 / 8,
);

/** Numbers of one wave and another, equal up to the order in which weights were added. */
function assertAlike(actual: unknown, expected: unknown, at = ""): void {
  if (typeof actual === "number" && typeof expected === "number") {
    const far = Math.abs(actual - expected) > 1e-9 * Math.max(1, Math.abs(expected));
    assert.ok(!far, `${at}: ${actual} and ${expected}`);
  } else if (typeof actual === "object" && actual !== null && expected !== null) {
    const theirs = expected as Record<string, unknown>;
    assert.deepEqual(Object.keys(actual), Object.keys(theirs), at);
    for (const [key, value] of Object.entries(actual)) {
      assertAlike(value, theirs[key], `${at}.${key}`);
    }
  } else assert.deepEqual(actual, expected, at);
}

const domains: Record<string, string[]>[] = [
  {},
  { gender: ["man"] },
  { role: ["both"] },
  { pressure: ["often"] },
  { gender: ["woman"], tenure: ["years_0_2", "years_3_5"] },
  { tenure: ["years_0_2"], municipality_size: ["under_30000"], gender: ["man"] },
  { pressure_change: ["often", "very_often"] },
];

/** A survey as it is when it was read as these counts. */
function asCounted({ codes, weights: _, ...known }: Survey, counted: CountedAnswers): Survey {
  return countedSurvey(known, codes.keys(), counted);
}

Deno.test("a survey read as counts gives the estimates of its rows, whatever the domain", () => {
  for (const domain of domains) {
    const rows = Object.keys(domain).length === 0 ? shipped : { ...shipped, within: domain };
    const counted = asCounted(rows, countAll(shipped, domain));
    requireCounts(counted, domain);
    assert.deepEqual(estimatesJson(counted), estimatesJson(rows));
  }
});

Deno.test("a survey read as counts gives the claims of its rows", () => {
  for (const domain of domains.slice(0, 4)) {
    const rows = Object.keys(domain).length === 0 ? shipped : { ...shipped, within: domain };
    const counted = asCounted(rows, countAll(shipped, domain));
    assert.deepEqual(claimsJson(counted), claimsJson(rows));
    assert.deepEqual(
      allClaims(counted).map(({ text }) => text),
      allClaims(rows).map(({ text }) => text),
    );
  }
});

Deno.test("a weighted survey read as counts gives the estimates and claims of its rows", () => {
  for (const domain of domains.slice(0, 5)) {
    const rows: Survey = { ...shipped, weights, within: domain };
    const counted = asCounted(rows, countAll(rows, domain));
    assertAlike(estimatesJson(counted), estimatesJson(rows));
    assertAlike(claimsJson(counted), claimsJson(rows));
  }
});

Deno.test("published figures are reproduced without weights from counts too", () => {
  const published = readPublished();
  for (const domain of domains.slice(0, 2)) {
    const rows: Survey = { ...shipped, weights, within: domain };
    const counted = asCounted(rows, countAll(rows, domain));
    const figures = reproduce(counted, published);
    assertAlike(figures, reproduce(rows, published));
    assertAlike(figures, reproduce({ ...shipped, within: domain }, published));
  }
});

Deno.test("counts of counts are those of rows, whoever answered what", () => {
  const names = [
    "wellbeing",
    "pressure_change",
    "gender",
    "serves_politicians",
    "managers_between",
  ];
  fc.assert(
    fc.property(anySurvey(names, false), (rows) => {
      if (rows.source.respondents === 0) return;
      const domain = { managers_between: ["one", "two"] };
      const counted = asCounted(rows, countAll(rows, domain));
      for (const by of [null, "managers_between", "gender", "serves_politicians"]) {
        for (const within of [{}, domain]) {
          for (const question of ["wellbeing", "gender", "time_pressure"]) {
            assert.deepEqual(
              countAnswers(counted, question, { by, within }),
              countAnswers(rows, question, { by, within }),
            );
          }
        }
      }
      const either = { wellbeing: ["agree"], pressure_change: ["often"] };
      assert.deepEqual(
        countAnswers(counted, eitherColumn(counted, either)),
        countAnswers(rows, eitherColumn(rows, either)),
      );
    }),
    { numRuns: 60 },
  );
});

Deno.test("what needs the answers of single respondents says so", () => {
  const counted = asCounted(shipped, countAll(shipped));
  assert.throws(() => counted.codes.get("wellbeing"), NeedsRows);
  assert.throws(() => [...counted.codes], NeedsRows);
  assert.ok(counted.codes.has("wellbeing"));
  assert.equal(counted.codes.get("nothing"), undefined);
});

Deno.test("a domain that the counts do not have is refused with what is missing", () => {
  const counted = asCounted(shipped, countAll(shipped));
  requireCounts(counted);
  assert.throws(() => requireCounts(counted, { gender: ["man"] }), MissingCounts);
  assert.throws(
    () => countAnswers(counted, "wellbeing", { by: "tenure", within: { gender: ["man"] } }),
    /wellbeing by tenure by gender/,
  );
});

Deno.test("neededCounts() lists each set of names once, and every pair", () => {
  const sets = neededCounts(codebook()).map((names) => names.join(" "));
  assert.equal(new Set(sets).size, sets.length);
  for (const pair of ["pressure_change wellbeing", "wellbeing gender", "gender role"]) {
    assert.ok(sets.includes(pair), pair);
  }
  const part = neededCounts(codebook(), (name) => name !== "wellbeing", { gender: ["man"] });
  assert.ok(part.every((names) => names.includes("gender") && !names.includes("wellbeing")));
});
