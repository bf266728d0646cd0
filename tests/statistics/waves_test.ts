import assert from "node:assert/strict";
import fc from "fast-check";
import type { Survey } from "../../lib/survey/survey.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { countedShare, differenceOfShares } from "../../lib/statistics/difference_of_shares.ts";
import { differenceOfWaves, type Overlap } from "../../lib/statistics/difference_of_waves.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { movedMost } from "../../lib/statistics/moved_most.ts";
import { matchWaves } from "../../lib/statistics/rows/match_waves.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { anySurvey, makeSurvey } from "./make_survey.ts";

interface Panel {
  seed: number;
  kind: string;
  weighted: boolean;
  y1: number[];
  y2: number[];
  in1: number[];
  in2: number[];
  w1: number[];
  w2: number[];
  difference: number;
  wald: number | null;
  score: number | null;
  low: number;
  high: number;
  mcnemar: number | null;
  p: number | null;
}
const agree = ["strongly_agree"];
const AGREE = 1;
const DISAGREE = 4;

/** A wave of a study of which nobody knows how many were invited; 1 is yes. */
function wave(y: number[], there: number[], w: number[], weighted: boolean) {
  const people = there.flatMap((is, i) => is ? [i] : []);
  const made = makeSurvey(
    { wellbeing: people.map((i) => y[i] ? AGREE : DISAGREE) },
    weighted ? people.map((i) => w[i]!) : null,
  );
  const survey: Survey = {
    ...made,
    codebook: { ...made.codebook, study: { ...made.codebook.study, invited: 1 } },
  };
  const identified = {
    survey,
    ids: people.map((i) => `person ${i}`),
    question: "wellbeing",
    answers: agree,
  };
  return { identified, share: countedShare(countAnswers(survey, "wellbeing"), null, agree) };
}

Deno.test("differenceOfWaves() agrees with survey and mcnemar.test() of R", () => {
  let [matched, mcnemar] = [0, 0];
  for (const panel of readReference<Panel[]>("waves")) {
    const { seed, weighted } = panel;
    const now = wave(panel.y1, panel.in1, panel.w1, weighted);
    const before = wave(panel.y2, panel.in2, panel.w2, weighted);
    const overlap = matchWaves(now.identified, before.identified);
    const own = differenceOfWaves(now.share, before.share, { overlap });
    assert.ok(Math.abs(own.difference - panel.difference) < 1e-12);
    const z = weighted ? panel.wald : panel.score;
    assertClose(own.statistic, z, 1e-9, `${seed}: statistic`);
    assertClose(own.low, panel.low, 1e-9, `${seed}: low`);
    assertClose(own.high, panel.high, 1e-9, `${seed}: high`);
    if (overlap.both.n + overlap.neither.n > 0) matched++;
    if (panel.mcnemar === null) continue;
    assertClose(own.statistic! ** 2, panel.mcnemar, 1e-9, `${seed}: McNemar`);
    assertClose(own.pValue, panel.p, 1e-9, `${seed}: p`);
    mcnemar++;
  }
  assert.ok(matched >= 15 && mcnemar >= 2, `${matched} ${mcnemar}`);
});

const matched = (n: number) => ({ n, ww: n });
const table = (a: number, b: number, c: number, d: number): Overlap => ({
  both: matched(a),
  onlyNow: matched(b),
  onlyBefore: matched(c),
  neither: matched(d),
});
const people = (n: number) => ({ n, w: n, w2: n });
const share = (yes: number, n: number, invited: number | null = 6296) => ({
  part: people(yes),
  base: people(n),
  sample: { respondents: Math.max(n, 200), invited, weighted: false, leastBase: 10 },
});

Deno.test("differenceOfWaves() without overlap is the difference of two samples", () => {
  const [now, before] = [share(60, 150), share(40, 120)];
  assert.deepEqual(differenceOfWaves(now, before), differenceOfShares(now, before));
  assert.deepEqual(
    differenceOfWaves(now, before, { overlap: table(0, 0, 0, 0) }),
    differenceOfShares(now, before),
  );
});

Deno.test("differenceOfWaves() corrects McNemar's test for a finite population", () => {
  const overlap = table(30, 25, 10, 135);
  const [now, before] = [share(55, 200, 1000), share(40, 200, 1000)];
  const z = (25 - 10) / Math.sqrt(25 + 10) / Math.sqrt((1000 - 200) / (1000 - 1));
  assertClose(differenceOfWaves(now, before, { overlap }).statistic, z, 1e-12, "statistic");
});

Deno.test("differenceOfWaves() of as many in both waves as chance brings has no covariance", () => {
  // 100 of 400 twice: 25 people are expected in both.
  const of = (yes: number) => ({
    part: people(yes),
    base: people(100),
    sample: { respondents: 100, invited: 400, weighted: false, leastBase: 10 },
  });
  const overlap = table(9, 4, 2, 10);
  const own = differenceOfWaves(of(50), of(40), { overlap });
  const apart = differenceOfShares(of(50), of(40));
  assertClose(own.statistic, apart.statistic, 1e-12, "statistic");
  assertClose(own.low, apart.low, 1e-12, "low");
});

Deno.test("differenceOfWaves() of the same answers from the same people is 0, without a test", () => {
  const now = share(60, 200);
  const own = differenceOfWaves(now, now, { overlap: table(60, 0, 0, 140) });
  assert.deepEqual([own.difference, own.statistic, own.pValue], [0, null, null]);
  // Wilson's ends are not equally far off, so that a little is left of them.
  assert.ok(-0.01 < own.low && own.low < 0 && 0 < own.high && own.high < 0.01);
});

Deno.test("differenceOfWaves() refuses more matched people than there are", () => {
  for (const overlap of [table(61, 0, 0, 0), table(0, 0, 61, 0), table(0, 0, 0, 141)]) {
    assert.throws(() => differenceOfWaves(share(60, 200), share(60, 200), { overlap }), RangeError);
  }
  const wrong = { ...table(1, 0, 0, 0), both: { n: 1, ww: NaN } };
  assert.throws(
    () => differenceOfWaves(share(6, 20), share(6, 20), { overlap: wrong }),
    RangeError,
  );
});

Deno.test("matchWaves() says which person is there twice, and refuses ids that do not fit", () => {
  const { identified } = wave([1, 0], [1, 1], [1, 1], false);
  assert.throws(
    () => matchWaves({ ...identified, ids: ["a", "a"] }, identified),
    /two respondents "a" \(the second in row 2\)/,
  );
  assert.throws(() => matchWaves({ ...identified, ids: ["a"] }, identified), RangeError);
  assert.throws(() => matchWaves({ ...identified, answers: ["yes"] }, identified), RangeError);
  assert.deepEqual(matchWaves(identified, identified), table(1, 0, 0, 1));
});

/** Nothing is kept back. */
const open = (survey: Survey): Survey => ({
  ...survey,
  codebook: { ...survey.codebook, disclosure: { least_base: 1 } },
});
// Both with weights or both without: for one of each, the tests take the unweighted wave's variance
// with n and with n − 1 people.
const surveys = fc.boolean().chain((weighted) => {
  const survey = anySurvey(["wellbeing", "gender"], weighted)
    .filter(({ source }) => source.respondents >= 2);
  return fc.tuple(survey, survey);
});

Deno.test("movedMost() has from estimates alone what differenceOfWaves() has from counts", () => {
  let compared = 0;
  fc.assert(fc.property(surveys, (waves) => {
    const [now, before] = waves.map(open) as [Survey, Survey];
    const movements = movedMost(
      estimates(now, "wellbeing", { by: "gender" }),
      estimates(before, "wellbeing", { by: "gender" }),
    );
    const counts = [now, before].map((wave) => countAnswers(wave, "wellbeing", { by: "gender" }));
    for (const { now, before, difference, low, high, pValue, adjusted } of movements) {
      const answers = now.set === null ? [now.category!] : counts[0]!.sets[now.set]!;
      const own = differenceOfWaves(
        countedShare(counts[0]!, now.group, answers),
        countedShare(counts[1]!, before.group, answers),
      );
      assert.ok(Math.abs(difference - own.difference) < 1e-12);
      assert.ok(Math.abs(low - own.low) < 1e-9 && Math.abs(high - own.high) < 1e-9);
      assert.equal(pValue === null, own.pValue === null);
      if (pValue !== null) {
        assert.ok(Math.abs(pValue - own.pValue!) < 1e-7, `${pValue} ${own.pValue}`);
        assert.ok(adjusted! >= pValue * (1 - 1e-12) && adjusted! <= 1);
      }
      compared++;
    }
  }));
  assert.ok(compared > 500, `${compared}`);
});

Deno.test("movedMost() puts what moved first, and then the largest differences", () => {
  const of = (yes: number, n: number) =>
    estimates(
      makeSurvey({ wellbeing: Array.from({ length: n }, (_, i) => i < yes ? AGREE : DISAGREE) }),
      "wellbeing",
    ).filter(({ category }) => category === "strongly_agree" || category === "neither");
  const rename = (list: ReturnType<typeof of>, question: string) =>
    list.map((estimate) => ({ ...estimate, question }));
  const now = [...of(400, 1000), ...rename(of(5, 12), "act_omit")];
  const before = [...rename(of(3, 12), "act_omit"), ...of(300, 1000)];
  const movements = movedMost(now, before);
  assert.deepEqual(
    movements.map(({ now, moved }) => [now.question, now.category, moved]).slice(0, 2),
    [["wellbeing", "strongly_agree", "up"], ["act_omit", "strongly_agree", "none"]],
  );
  assert.throws(() => movedMost([...now, ...now], before), /there twice/);
  assert.throws(() => movedMost(now, before, { level: 0 }), RangeError);
  assert.deepEqual(movedMost(now, []), []);
});
