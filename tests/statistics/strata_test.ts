import assert from "node:assert/strict";
import { allClaims } from "../../lib/words/claims.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings } from "../../lib/notebook/settings.ts";
import { allEstimates } from "../../lib/statistics/estimates.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import {
  countedShare,
  differenceOfShares,
  groupAgainstRest,
} from "../../lib/statistics/difference_of_shares.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { drawnBy } from "./stratified_share.ts";
import { shareVariance } from "../../lib/statistics/linearised_variance.ts";
import { assertClose } from "../reference/read_reference.ts";

const survey = await openWith(readSettings(() => undefined));

const drawn = (variable: string, invited?: Record<string, number>) =>
  drawnBy(survey, variable, invited);

Deno.test("strata of the codebook reach every estimate, and change no share", () => {
  const stratified = allEstimates(drawn("tenure"));
  const plain = allEstimates(survey);
  assert.equal(stratified.length, plain.length);
  let other = 0;
  stratified.forEach((estimate, i) => {
    assert.equal(estimate.share, plain[i]!.share);
    assert.equal(estimate.suppressed, plain[i]!.suppressed);
    if (estimate.low !== plain[i]!.low) other++;
  });
  assert.ok(other > plain.length / 3, `${other} intervals are others`);
});

Deno.test("strata of the codebook hide nothing more and nothing less", () => {
  const strict = (of: Survey) => ({
    ...of,
    codebook: { ...of.codebook, disclosure: { least_base: 60 } },
  });
  const hidden = (of: Survey) =>
    allEstimates(strict(of)).filter(({ suppressed }) => suppressed)
      .map(({ question, set, category, variable, group }) =>
        [question, set, category, variable, group].join()
      );
  const plain = hidden(survey);
  assert.ok(plain.length > 0);
  for (const variable of ["gender", "municipality_size"]) {
    assert.deepEqual(hidden(drawn(variable)), plain, variable);
  }
});

Deno.test("a group that is a stratum by itself has the variance of that stratum alone", () => {
  const counts = countAnswers(drawn("gender"), "wellbeing", { by: "gender" });
  const { part, base, sample } = countedShare(counts, "woman", ["agree"]);
  const m = base.n;
  const p = part.n / m;
  // Everybody answered, so the base is the stratum.
  assertClose(shareVariance(part, base, sample)!, p * (1 - p) / (m - 1), 1e-12, "variance");
});

Deno.test("differences follow the strata: two strata are independent samples of effective sizes", () => {
  const counts = countAnswers(drawn("gender"), "wellbeing", { by: "gender" });
  const [women, men] = ["woman", "man"].map((group) => countedShare(counts, group, ["agree"]));
  const sizes = [women!, men!].map(({ part, base, sample }) => {
    const p = part.n / base.n;
    return p * (1 - p) / shareVariance(part, base, sample)!;
  });
  const pooled =
    [women!, men!].reduce((sum, { part, base }, i) => sum + sizes[i]! * part.n / base.n, 0) /
    (sizes[0]! + sizes[1]!);
  const variance = pooled * (1 - pooled) * (1 / sizes[0]! + 1 / sizes[1]!);
  const { difference, statistic } = differenceOfShares(women!, men!);
  assertClose(statistic!, difference / Math.sqrt(variance), 1e-12, "statistic");
  assertClose(groupAgainstRest(counts, "woman", ["agree"]).statistic!, statistic!, 1e-12, "rest");
});

Deno.test("every claim can be told of a stratified sample", () => {
  assert.equal(allClaims(drawn("municipality_size")).length, allClaims(survey).length);
});

Deno.test("strata without a number invited, or with fewer than answered, are refused", () => {
  const call = (sizes: Record<string, number>) => () =>
    countAnswers(drawn("municipality_size", sizes), "wellbeing");
  const names = Object.keys(survey.codebook.variables["municipality_size"]!.categories);
  assert.throws(call({ [names[0]!]: 5000 }), /The population has no number for/);
  assert.throws(call(Object.fromEntries(names.map((name) => [name, 3]))), /of 3 invited/);
});
