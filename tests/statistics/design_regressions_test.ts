import assert from "node:assert/strict";
import { associationAnalysis } from "../../lib/statistics/rows/association_analysis.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { makeSurvey, withoutHiding } from "./make_survey.ts";
import { drawnBy, rakedTo } from "./stratified_share.ts";

interface Reference {
  seed: number;
  kind: "strata" | "weighted strata" | "raked" | "raked strata";
  /** Whether it is of men only. */
  domain: boolean;
  tenure: number[];
  gender: number[];
  age_group: number[];
  leader_independence: number[];
  wellbeing: number[];
  weights: number[];
  coefficients: number[];
  se: number[];
  effects: { effect: number; se: number }[];
  /** Of all columns and of the last; null of two answers, and where a cut has no finite estimate. */
  brant: Record<"all" | "last", { statistic: number; df: number; p: number }> | null;
}

const margins = {
  gender: { woman: 0.45, man: 0.55 },
  age_group: { age_25_39: 0.25, age_40_54: 0.35, age_55_plus: 0.4 },
};
// How many were invited has no part in a regression.
const invited = { years_0_2: 150, years_3_5: 160, years_6_10: 170, years_11_plus: 180 };
const plan = {
  outcome: "wellbeing",
  set: "agree",
  factors: { age_group: null },
  scores: ["leader_independence"],
};

for (const kind of ["strata", "weighted strata", "raked", "raked strata"] as const) {
  Deno.test(`associationAnalysis() has the errors of survey in R for samples that are ${kind}`, () => {
    const all = readReference<Reference[]>("design_regressions").filter((each) =>
      each.kind === kind
    );
    let tested = 0;
    for (const { seed, domain, weights, coefficients, se, effects, brant, ...reference } of all) {
      const { tenure, gender, age_group, leader_independence, wellbeing } = reference;
      const made = withoutHiding(makeSurvey(
        { tenure, gender, age_group, leader_independence, wellbeing },
        kind === "weighted strata" ? weights : null,
      ));
      const drawn = kind === "raked" ? made : drawnBy(made, "tenure", invited);
      const survey = kind.startsWith("raked")
        ? rakedTo(drawn, margins, Float64Array.from(weights), { tolerance: 1e-14 })
        : drawn;
      const within = domain ? { gender: ["man"] } : {};
      const { rows, status, brant: own } = associationAnalysis(survey, plan, { within });
      assert.equal(status, "estimated");
      assert.equal(rows.length, 3);
      if (brant !== null && own !== null) {
        for (
          const [test, other] of [[own.all, brant.all], [own.columns[2]!, brant.last]] as const
        ) {
          assertClose(test.statistic, other.statistic, 1e-8, `${seed}: Brant`);
          assert.equal(test.df, other.df);
          assertClose(test.pValue, other.p, 1e-7, `${seed}: p of Brant`);
        }
        tested++;
      } else assert.equal(own, null, `${seed}`);
      rows.forEach((row, j) => {
        const what = `${seed}, ${row.term}`;
        const near = (own: number, other: number, error: number) =>
          assert.ok(Math.abs(own - other) < 1e-9 * error, `${what}: ${own}, in R ${other}`);
        near(Math.log(row.oddsRatio!), coefficients[j]!, se[j]!);
        near(row.points! / 100, effects[j]!.effect, effects[j]!.se);
        const half = 1.959963984540054;
        const width = Math.log(row.oddsRatioHigh! / row.oddsRatioLow!);
        assertClose(width / 2 / half, se[j]!, 1e-9, `${what}: error`);
        const points = (row.pointsHigh! - row.pointsLow!) / 200 / half;
        assertClose(points, effects[j]!.se, 1e-9, `${what}: error of points`);
      });
    }
    assert.equal(all.length, 20);
    assert.ok(tested >= 10, `${tested} of Brant's tests`);
  });
}
