import fc from "fast-check";
import assert from "node:assert/strict";
import { matchRespondents } from "../../lib/responses/match_respondents.ts";
import { TextColumn } from "../../lib/responses/readers/text_column.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { randomStream } from "../../lib/responses/synthesis/random.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import {
  countedShare,
  differenceOfShares,
  differenceOfWaves,
  type Overlap,
} from "../../lib/statistics/difference_of_shares.ts";
import { isShown, type ShownEstimate } from "../../lib/statistics/estimate.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { movedMost, testTogether } from "../../lib/statistics/moved_most.ts";
import { countOverlap, overlapOf, peopleInBoth } from "../../lib/statistics/rows/count_overlap.ts";
import { earlierAnswers } from "../../lib/statistics/rows/waves_apart.ts";
import { compareWaves } from "../../lib/statistics/wave_changes.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { anySurvey, makeSurvey, withoutHiding } from "./make_survey.ts";

interface Panel {
  seed: number;
  weighted: boolean;
  y1: number[];
  y2: number[];
  in1: number[];
  in2: number[];
  w1: number[];
  w2: number[];
  difference: number;
  statistic: number | null;
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
    ids: TextColumn.from(people.map((i) => `person ${i}`)),
    codebook: {
      ...made.codebook,
      study: { ...made.codebook.study, invited: 1 },
      respondent: { ...made.codebook.respondent, persons: true },
    },
  };
  return { survey, share: countedShare(countAnswers(survey, "wellbeing"), null, agree) };
}

function overlapBetween(now: ReturnType<typeof wave>, before: ReturnType<typeof wave>): Overlap {
  const rows = matchRespondents(now.survey, before.survey) as Int32Array;
  return overlapOf(countOverlap(now.survey, before.survey, rows, "wellbeing", null), null, agree);
}

Deno.test("differenceOfWaves() agrees with survey and mcnemar.test() of R", () => {
  let [matched, mcnemar] = [0, 0];
  for (const panel of readReference<Panel[]>("waves")) {
    const { seed, weighted } = panel;
    const now = wave(panel.y1, panel.in1, panel.w1, weighted);
    const before = wave(panel.y2, panel.in2, panel.w2, weighted);
    const overlap = overlapBetween(now, before);
    const own = differenceOfWaves(now.share, before.share, overlap);
    assert.ok(Math.abs(own.difference - panel.difference) < 1e-12);
    assertClose(own.statistic, panel.statistic, 1e-9, `${seed}: statistic`);
    assertClose(own.low + 2, panel.low + 2, 1e-9, `${seed}: low`);
    assertClose(own.high + 2, panel.high + 2, 1e-9, `${seed}: high`);
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
  sample: {
    respondents: Math.max(n, 200),
    invited,
    weighted: false,
    leastBase: 10,
    confidence: 0.95,
  },
});

Deno.test("differenceOfWaves() without overlap is the difference of two samples", () => {
  const [now, before] = [share(60, 150), share(40, 120)];
  assert.deepEqual(differenceOfWaves(now, before), differenceOfShares(now, before));
  assert.deepEqual(
    differenceOfWaves(now, before, table(0, 0, 0, 0)),
    differenceOfShares(now, before),
  );
});

Deno.test("differenceOfWaves() has McNemar's test, however many were invited", () => {
  const overlap = table(30, 25, 10, 135);
  for (const invited of [200, 1000, null]) {
    const [now, before] = [share(55, 200, invited), share(40, 200, invited)];
    const z = (25 - 10) / Math.sqrt(25 + 10);
    assertClose(differenceOfWaves(now, before, overlap).statistic, z, 1e-12, "statistic");
  }
});

Deno.test("differenceOfWaves() of the same answers from the same people is 0, without a test", () => {
  const now = share(60, 200);
  const own = differenceOfWaves(now, now, table(60, 0, 0, 140));
  assert.deepEqual([own.difference, own.statistic, own.pValue], [0, null, null]);
  assert.ok(-1e-6 < own.low && own.low <= 0 && 0 <= own.high && own.high < 1e-6);
});

Deno.test("matchRespondents() finds people by their ids, in whatever order they stand", () => {
  const of = (codes: number[], ids: string[]): Survey => ({
    ...makeSurvey({ gender: codes }),
    ids: TextColumn.from(ids),
  });
  const before = of([1, 2, 1, 2], ["a", "b", "c", "d"]);
  assert.deepEqual(
    [...matchRespondents(of([2, 2, 1], ["d", "x", "a"]), before) as Int32Array],
    [3, -1, 0],
  );
  assert.throws(() => matchRespondents(of([1], []), before), RangeError);
});

Deno.test("matchRespondents() does not take running numbers for people, unless told that they are", () => {
  const people = Array.from({ length: 400 }, (_, i) => 1 + i % 2);
  const numbered = (codes: number[], id: (i: number) => string, persons?: boolean): Survey => {
    const made = makeSurvey({ gender: codes, tenure: codes.map((_, i) => 1 + (i * 7) % 4) });
    const respondent = { ...made.codebook.respondent, ...persons && { persons } };
    return {
      ...made,
      ids: TextColumn.from(codes.map((_, i) => id(i))),
      codebook: { ...made.codebook, respondent },
    };
  };
  // Files that are sorted alike have the same background row by row, whoever answered.
  for (const id of [(i: number) => `${i + 1}`, (i: number) => `r-${1000 + i}`]) {
    assert.equal(matchRespondents(numbered(people, id), numbered(people, id)), "running_ids");
    const rows = matchRespondents(numbered(people, id, true), numbered(people, id));
    assert.equal((rows as Int32Array)[399], 399);
  }
  // One in five of those invited answered: their numbers stand for people.
  const sparse = (i: number) => `${5 * i + (i * i) % 5}`;
  const rows = matchRespondents(numbered(people, sparse), numbered(people, sparse));
  assert.equal((rows as Int32Array)[399], 399);
});

Deno.test("matchRespondents() does not find people by one variable that agrees", () => {
  const ids = TextColumn.from(Array.from({ length: 400 }, (_, i) => `id${i * i}`));
  const wave = (shift: number): Survey => ({
    ...makeSurvey({
      gender: Array.from({ length: 400 }, (_, i) => i < 200 ? 1 : 2),
      tenure: Array.from({ length: 400 }, (_, i) => 1 + (i * 7 + shift * (i % 3)) % 4),
      age_group: Array.from({ length: 400 }, (_, i) => 1 + (i * 5 + shift * (i % 5)) % 3),
    }),
    ids,
  });
  assert.equal(matchRespondents(wave(0), wave(1)), "other_ids");
  assert.ok(typeof matchRespondents(wave(0), wave(0)) !== "string");
});

Deno.test("countOverlap() counts who was in the same group both times, inside the domain", () => {
  const now = makeSurvey({ wellbeing: [1, 1, 4, 1], gender: [1, 1, 2, 2] });
  const before = makeSurvey({ wellbeing: [4, 1, 1, 0], gender: [1, 1, 1, 2] });
  const rows = Int32Array.of(0, 1, 2, 3);
  const all = countOverlap(now, before, rows, "wellbeing", null);
  assert.deepEqual([...peopleInBoth(all)], [[null, 3]]);
  assert.deepEqual(overlapOf(all, null, agree), table(1, 1, 1, 0));
  const groups = countOverlap(now, before, rows, "wellbeing", "gender");
  assert.deepEqual([...peopleInBoth(groups)], [["woman", 2], ["man", 0]]);
  const women = [now, before].map((survey) => ({ ...survey, within: { gender: ["woman"] } }));
  assert.deepEqual(
    [...peopleInBoth(countOverlap(women[0]!, women[1]!, rows, "wellbeing", null))],
    [[null, 2]],
  );
  assert.throws(() => overlapOf(all, "man", agree), RangeError);
  assert.throws(() => overlapOf(all, null, ["yes"]), RangeError);
});

Deno.test("countOverlap() finds answers and groups by what they are, where a wave has others", () => {
  const now = makeSurvey({ wellbeing: [1, 1, 4, 2], gender: [1, 1, 2, 2] });
  const made = makeSurvey({ wellbeing: [1, 2, 2, 1], gender: [2, 2, 1, 3] });
  const book = structuredClone(made.codebook);
  // The earlier wave had the answers disagree and strongly agree, and men, women and others.
  const { strongly_agree, disagree } = book.scales[book.questions.wellbeing!.scale]!.categories;
  book.scales[book.questions.wellbeing!.scale]!.categories = {
    disagree: disagree!,
    strongly_agree: strongly_agree!,
  };
  const { woman, man } = book.variables.gender!.categories;
  book.variables.gender!.categories = { man: man!, woman: woman!, other: woman! };
  const before = { ...made, codebook: book };
  const rows = Int32Array.of(0, 1, 2, 3);
  const all = countOverlap(now, before, rows, "wellbeing", null);
  assert.deepEqual(overlapOf(all, null, agree), table(1, 1, 1, 1));
  assert.deepEqual(
    overlapOf(all, null, ["strongly_agree", "agree"], ["strongly_agree"]),
    table(1, 2, 1, 0),
  );
  const groups = countOverlap(now, before, rows, "wellbeing", "gender");
  assert.deepEqual([...peopleInBoth(groups)], [["woman", 2], ["man", 1]]);
  assert.deepEqual(overlapOf(groups, "woman", agree), table(1, 1, 0, 0));
});

Deno.test("compareWaves() is as sure as a simulation of people who answer twice", () => {
  const { uniform: random } = randomStream(11, "waves");
  const [n, kept, runs] = [300, 200, 700];
  // As many agree in both waves, and people who agreed once mostly agree again.
  const person = () => {
    const at = random();
    const [agrees, agreed] = [at < 0.4, at >= 0.083 && at < 0.483];
    return { now: agrees ? AGREE : DISAGREE, before: agreed ? AGREE : DISAGREE };
  };
  const [refused, refusedApart, apart, differences] = [[], [], [], []] as number[][];
  const spread: number[] = [];
  for (let run = 0; run < runs; run++) {
    const people = Array.from({ length: 2 * n - kept }, person);
    const a = makeSurvey({ wellbeing: people.slice(n - kept).map(({ now }) => now) });
    const b = makeSurvey({ wellbeing: people.slice(0, n).map(({ before }) => before) });
    const rows = Int32Array.from({ length: n }, (_, i) => i < kept ? i + n - kept : -1);
    const main = (rows: Int32Array | null) =>
      compareWaves(a, earlierAnswers(a, b, rows)).main()[0]!;
    const [own, independent] = [main(rows), main(null)];
    differences!.push(own.difference);
    refused!.push(own.pValue! < 0.05 ? 1 : 0);
    refusedApart!.push(independent.pValue! < 0.05 ? 1 : 0);
    apart!.push((independent.high - independent.low) / 2 / 1.96);
    spread.push((own.high - own.low) / 2 / 1.96);
  }
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / runs;
  const centre = mean(differences!);
  const true_ = Math.sqrt(mean(differences!.map((value) => (value - centre) ** 2)));
  assert.ok(Math.abs(mean(spread) / true_ - 1) < 0.06, `${mean(spread)} ${true_}`);
  assert.ok(mean(apart!) / true_ > 1.25, "taking the waves as independent is too unsure");
  assert.ok(mean(refused!) > 0.03 && mean(refused!) < 0.07, `${mean(refused!)}`);
  assert.ok(mean(refusedApart!) < 0.02, `${mean(refusedApart!)}`);
});

const surveys = fc.boolean().chain((weighted) => {
  const survey = anySurvey(["wellbeing", "gender"], weighted)
    .filter(({ source }) => source.respondents >= 2);
  return fc.tuple(survey, survey);
});

Deno.test("compareWaves() has a change for every share that both waves show, and for no other", () => {
  let compared = 0;
  fc.assert(fc.property(surveys, fc.boolean(), (waves, isOpen) => {
    const [now, before] = (isOpen ? waves.map(withoutHiding) : waves) as [Survey, Survey];
    const changes = compareWaves(now, earlierAnswers(now, before, null));
    for (const by of [null, "gender"]) {
      const counts = [now, before].map((wave) => countAnswers(wave, "wellbeing", { by }));
      const earlier = estimates(before, "wellbeing", { by });
      estimates(now, "wellbeing", { by }).forEach((estimate, i) => {
        const change = changes.changeOf(estimate);
        const areShown = isShown(estimate) && isShown(earlier[i]!);
        assert.equal(change !== null, areShown);
        if (change === null) return;
        const answers = estimate.set === null
          ? [estimate.category!]
          : counts[0]!.sets[estimate.set]!;
        const own = differenceOfWaves(
          countedShare(counts[0]!, estimate.group, answers),
          countedShare(counts[1]!, estimate.group, answers),
        );
        assert.deepEqual(
          [change.difference, change.low, change.high, change.pValue],
          [own.difference, own.low, own.high, own.pValue],
        );
        assert.deepEqual(change.before, earlier[i]);
        // A set and all other answers are one test.
        const isMain = estimate.set === "agree";
        assert.equal(change.family, by !== null ? "groups" : isMain ? "main" : "other");
        if (change.pValue !== null) {
          assert.ok(change.adjusted! >= change.pValue * (1 - 1e-12) && change.adjusted! <= 1);
        }
        compared++;
      });
    }
  }));
  assert.ok(compared > 200, `${compared}`);
});

Deno.test("compareWaves() gives a set and all other answers one verdict", () => {
  // Frequencies have no "don't know": often or more, and seldom or never, are all there are.
  const wave = (often: number) =>
    makeSurvey({
      pressure_change: Array.from({ length: 200 }, (_, i) => i < often ? 1 + i % 3 : 4),
    });
  const [now, before] = [wave(90), wave(70)];
  const changes = compareWaves(now, earlierAnswers(now, before, null));
  const [some, seldom] = ["at_least_sometimes", "rarely_or_never"].map((set) =>
    changes.changeOf(estimates(now, "pressure_change").find((each) => each.set === set)!)!
  );
  assert.ok(Math.abs(some!.difference + seldom!.difference) < 1e-12);
  assert.equal(some!.adjusted, seldom!.adjusted);
  assert.deepEqual([some!.moved, seldom!.moved], ["up", "down"]);
  assert.deepEqual([some!.family, seldom!.family], ["main", "main"]);
  assert.deepEqual(changes.main().map(({ now }) => now.set), ["at_least_sometimes"]);
});

Deno.test("compareWaves() leaves people out of the variance who are too few to be shown", () => {
  const codes = (yes: number, n: number) =>
    Array.from({ length: n }, (_, i) => i < yes ? AGREE : DISAGREE);
  const [now, before] = [
    makeSurvey({ wellbeing: codes(40, 100) }),
    makeSurvey({ wellbeing: codes(30, 100) }),
  ];
  const shared = (people: number) =>
    Int32Array.from({ length: 100 }, (_, i) => i < people ? i : -1);
  const main = (rows: Int32Array | null) =>
    compareWaves(now, earlierAnswers(now, before, rows)).main()[0]!;
  assert.deepEqual(main(shared(9)), main(null));
  assert.notDeepEqual(main(shared(10)), main(null));
});

Deno.test("movedMost() puts what moved first, and then the largest differences", () => {
  const estimate = estimates(makeSurvey({ wellbeing: [1, 1, 4, 4, 4, 4, 4, 4, 4, 4] }), "wellbeing")
    .find(isShown) as ShownEstimate;
  const of = (question: string, difference: number, pValue: number | null) => ({
    now: { ...estimate, question },
    before: estimate,
    ...{ difference, low: difference - 0.1, high: difference + 0.1, pValue },
  });
  const tested = testTogether([
    of("large_but_unsure", 0.3, 0.2),
    of("moved", 0.1, 0.001),
    of("fell", -0.2, 0.002),
    of("nobody", 0, null),
    // Alone this would be a movement, among five it is none.
    of("unsure", 0.1, 0.04),
  ], 0.05);
  assert.deepEqual(
    movedMost(tested).map(({ now, moved }) => [now.question, moved]),
    [["fell", "down"], ["moved", "up"], ["large_but_unsure", "none"], ["unsure", "none"], [
      "nobody",
      "none",
    ]],
  );
  assert.deepEqual(movedMost([]), []);
});
