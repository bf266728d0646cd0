import assert from "node:assert/strict";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import type { Domain } from "../../lib/statistics/domain.ts";
import { allEstimates } from "../../lib/statistics/estimates.ts";

const LARGE = 30;
const shipped = await loadAnswers(dataFile("responses.csv"), codebook());

/** Of the numbers over 30 people or more, and of those whose base is hidden, the share that is hidden. */
function hiddenShare(survey: Survey, within: Domain = {}): number {
  const part = Object.keys(within).length > 0 ? { ...survey, within } : survey;
  const large = allEstimates(part).filter(({ n }) => !(n < LARGE));
  return large.filter(({ suppressed }) => suppressed).length / large.length;
}

function strict(survey: Survey): Survey {
  const { codebook } = survey;
  const study = { ...codebook.study, protection: "strict" as const };
  return { ...survey, codebook: { ...codebook, study } };
}

/** Every k-th respondent. */
function sampleOf(survey: Survey, people: number): Survey {
  const step = Math.floor(survey.source.respondents / people);
  const isIn = (_: unknown, i: number) => i % step === 0 && i / step < people;
  const codes = new Map([...survey.codes].map(([name, codes]) => [name, codes.filter(isIn)]));
  return { ...survey, ids: null, codes, source: { ...survey.source, respondents: people } };
}

const CASES: readonly [name: string, survey: Survey, within: Domain, most: number][] = [
  ["everyone", shipped, {}, 0.02],
  ["men", shipped, { gender: ["man"] }, 0.1],
  ["women", shipped, { gender: ["woman"] }, 0.1],
  ["those who are often pressed", shipped, { pressure: ["often"] }, 0.2],
  ["everyone in a sample of 300", sampleOf(shipped, 300), {}, 0.08],
];

for (const [name, survey, within, most] of CASES) {
  Deno.test(`of what a report on ${name} says of 30 people or more, at most ${most} is hidden`, () => {
    const [standard, holes] = [hiddenShare(survey, within), hiddenShare(strict(survey), within)];
    assert.ok(standard <= most, `${standard}`);
    assert.ok(holes > standard, `${holes} at the strict level`);
  });
}
