import assert from "node:assert/strict";
import { parseCodebook } from "../../lib/responses/codebook.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { countedShare, differenceOfShares } from "../../lib/statistics/difference_of_shares.ts";
import { isExact } from "../../lib/statistics/estimate.ts";
import { allEstimates } from "../../lib/statistics/estimates.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { howCounted, intervalName } from "../../lib/words/figure_texts.ts";

const ninety = { ...codebook(), study: { ...codebook().study, confidence: 0.9 } };
const [at95, at90] = await Promise.all(
  [codebook(), ninety].map((book) => loadAnswers(dataFile("responses.csv"), book)),
) as [Awaited<ReturnType<typeof loadAnswers>>, Awaited<ReturnType<typeof loadAnswers>>];

/** R: qnorm(0.95), qnorm(0.975). */
const Z = { 0.9: 1.6448536269514722, 0.95: 1.959963984540054 };

/** Wilson's interval as it is written, for as many people as tell as much from an endless population. */
function wilson(count: number, n: number, z: number, respondents: number, invited: number) {
  const N = n * invited / respondents;
  const people = n * (N - 1) / (N - n);
  const p = count / n;
  const middle = (p + z ** 2 / (2 * people)) / (1 + z ** 2 / people);
  const half = z / (1 + z ** 2 / people) *
    Math.sqrt(p * (1 - p) / people + z ** 2 / (4 * people ** 2));
  return { low: middle - half, high: middle + half };
}

Deno.test("every estimate of a report has the interval of the codebook's confidence", () => {
  for (const [survey, z] of [[at95, Z[0.95]], [at90, Z[0.9]]] as const) {
    const shown = allEstimates(survey).filter(isExact);
    assert.ok(shown.length > 500);
    const { codebook: { study }, source } = survey;
    for (const { n, count, low, high } of shown) {
      const expected = wilson(count, n, z, source.respondents, study.invited);
      assert.ok(Math.abs(low - expected.low) < 1e-12, `low of ${count} of ${n}`);
      assert.ok(Math.abs(high - expected.high) < 1e-12, `high of ${count} of ${n}`);
    }
  }
});

Deno.test("confidence changes intervals and neither shares, tests nor what is shown", () => {
  const rest = (survey: typeof at95) =>
    allEstimates(survey).map(({ low: _, high: __, ...estimate }) => estimate);
  assert.deepEqual(rest(at90), rest(at95));
  const difference = (survey: typeof at95) => {
    const counts = countAnswers(survey, "pressure", { by: "gender" });
    const of = (group: string) => countedShare(counts, group, ["often"]);
    return differenceOfShares(of("woman"), of("man"));
  };
  const [narrow, wide] = [difference(at90), difference(at95)];
  assert.equal(narrow.pValue, wide.pValue);
  assert.ok(narrow.low > wide.low && narrow.high < wide.high);
});

Deno.test("the words about an interval name its confidence", () => {
  assert.deepEqual(intervalName(0.95), { da: "95%-interval", en: "95% interval" });
  assert.deepEqual(intervalName(0.975), { da: "97,5%-interval", en: "97.5% interval" });
  assert.equal(howCounted([], 0.9).en, "Unweighted; 90% intervals after Wilson");
});

Deno.test("a codebook's confidence is above a half and below 1, 0.95 where it says nothing", () => {
  const { confidence: _, ...study } = codebook().study;
  assert.equal(parseCodebook({ ...codebook(), study }, "mine.json").study.confidence, 0.95);
  for (const confidence of [0.5, 1, 95, "0.95"]) {
    assert.throws(
      () => parseCodebook({ ...codebook(), study: { ...study, confidence } }, "mine.json"),
      /study\.confidence: expected/,
    );
  }
});
