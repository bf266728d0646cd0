import assert from "node:assert/strict";
import { countAnswers, countPairs } from "../../lib/statistics/count_answers.ts";
import type { Domain } from "../../lib/statistics/domain.ts";
import type { Counts } from "../../lib/statistics/counts.ts";
import { estimatesFromCounts } from "../../lib/statistics/estimates.ts";
import { earlierAnswers } from "../../lib/statistics/rows/earlier_answers.ts";
import { compareWaves } from "../../lib/statistics/wave_changes.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import {
  type Attack,
  everyBreakdown,
  everyReport,
  recoverAnswers,
  type Show,
  type ShownCount,
  shownIn,
} from "./attack/recover_answers.ts";
import { BACKGROUND, smallSurvey } from "./attack/small_survey.ts";

/** How many made surveys are attacked: `SURVEY_ATTACK=200` takes minutes. */
const MANY = Number(Deno.env.get("SURVEY_ATTACK") ?? 0);
const SEEDS = Array.from({ length: Math.max(4, MANY) }, (_, i) => i + 1);
const LEAST = 10;

const shipped = await loadSurvey(dataFile("responses.csv"), codebook());
const EVERYTHING = [...BACKGROUND, "tenure", "municipality_size"];

/** What several attacks did, printed where many were asked for. */
function total(name: string, attacks: readonly Attack[]): Attack {
  const sum = (of: (attack: Attack) => number) =>
    attacks.reduce((all, attack) => all + of(attack), 0);
  const all = {
    told: attacks.flatMap(({ told }) => told),
    targets: sum(({ targets }) => targets),
    shown: sum(({ shown }) => shown),
    programs: sum(({ programs }) => programs),
  };
  if (MANY > 0) {
    console.log(`${name}: ${attacks.length} attacks,`, { ...all, told: all.told.length });
  }
  return all;
}

Deno.test("no answer of few people is told by reports on everyone, on every group and on each two", () => {
  const attacks = SEEDS.map((seed) => {
    const survey = smallSurvey(seed, LEAST);
    return recoverAnswers(survey, "wellbeing", BACKGROUND, everyReport(survey, BACKGROUND, 2));
  });
  const { told, targets, shown } = total("every report", attacks);
  assert.deepEqual(told, []);
  assert.ok(targets > 40 * SEEDS.length && shown > 20 * SEEDS.length, `${targets}, ${shown}`);
});

Deno.test("hardly any is with a least base of five, which protects less", () => {
  const attacks = SEEDS.map((seed) => {
    const survey = smallSurvey(seed, 5, 90);
    return recoverAnswers(survey, "wellbeing", BACKGROUND, everyReport(survey, BACKGROUND, 1));
  });
  const { told, targets } = total("least base of five", attacks);
  // Of 3,409 sets and answers in 40 surveys 3 were told: nearly everybody of these answered alike.
  assert.ok(told.length <= targets / 200, JSON.stringify(told));
});

Deno.test("nor by the groups that an answer makes, and the numbers of people in them", () => {
  const ANSWERS = {
    often: ["very_often", "often"],
    once_in_a_while: ["once_in_a_while"],
    rarely_or_never: ["rarely", "never"],
  };
  const show: Show = (survey, question, within) => {
    const part = Object.keys(within).length > 0 ? { ...survey, within } : survey;
    const sizes = countPairs(part, [["wellbeing", "pressure"], ["gender", "pressure"]])
      .flatMap(estimatesFromCounts)
      .filter(({ n, group }) => Number.isFinite(n) && group !== null)
      .map(({ n, group, question }) => ({
        n,
        answers: ANSWERS[group as keyof typeof ANSWERS],
        question,
      }));
    return [
      ...everyBreakdown(survey, question, within),
      // Whoever left wellbeing out is not in its bases.
      ...sizes.filter(({ question }) => question === "gender")
        .map(({ n, answers }) => ({ variable: null, groups: [null], answers, count: n })),
    ];
  };
  const attacks = SEEDS.map((seed) => {
    const complete = smallSurvey(seed, LEAST);
    // Everybody has a gender, so that its bases are the numbers of people.
    const gender = complete.codes.get("gender")!.map((code) => code || 1);
    const survey = { ...complete, codes: new Map([...complete.codes, ["gender", gender]]) };
    const reports = everyReport(survey, BACKGROUND, 2);
    return recoverAnswers(survey, "pressure_change", BACKGROUND, reports, show);
  });
  assert.deepEqual(total("numbers of people", attacks).told, []);
});

Deno.test("nor by two waves that are the same answers but for some people", () => {
  const attacks = SEEDS.map((seed) => attackWaves(seed, sharesBefore));
  assert.deepEqual(total("two waves", attacks).told, []);
});

const WAVES = ["earlier", "later", "both"] as const;

/**
 * Attacks what a run shows of two exports of one survey, which each have people whom the other has
 * not; the attacker knows who they are.
 */
function attackWaves(
  seed: number,
  showBefore: (now: Survey, before: Survey) => ShownCount[],
): Attack {
  const all = smallSurvey(seed, LEAST);
  const { respondents } = all.source;
  const late = LEAST + seed % 10;
  const waveOf = (i: number) => i < late ? "later" : i < late * 2 ? "earlier" : "both";
  const without = (wave: string): Survey => {
    const has = (i: number) => waveOf(i) !== wave;
    return {
      ...all,
      source: { ...all.source, respondents: [...Array(respondents).keys()].filter(has).length },
      codes: new Map([...all.codes].map(([name, codes]) => [name, codes.filter((_, i) => has(i))])),
    };
  };
  const [now, before] = [without("earlier"), without("later")];
  const show: Show = () => [
    ...everyBreakdown(now, "wellbeing", {})
      .map((each) => ({ ...each, within: { wave: ["later", "both"] } })),
    ...showBefore(now, before)
      .map((each) => ({ ...each, within: { wave: ["earlier", "both"] } })),
  ];
  return recoverAnswers(withWave(all, waveOf), "wellbeing", [...BACKGROUND, "wave"], [{}], show);
}

/** What a run shows of the earlier wave. */
function sharesBefore(now: Survey, before: Survey): ShownCount[] {
  const changes = compareWaves(now, earlierAnswers(now, before, null));
  const { sets } = codebook().scales["agreement_meget_uenig"]!;
  return [null, ...BACKGROUND].flatMap((variable) =>
    estimatesFromCounts(countAnswers(now, "wellbeing", { by: variable })).flatMap((estimate) => {
      const { group, set, category } = estimate;
      const count = changes.changeOf(estimate)?.before.count;
      if (typeof count !== "number") return [];
      const answers = set === null ? [category!] : sets[set]!.categories;
      return [{ variable, groups: [group], answers, count }];
    })
  );
}

/** The same survey with a variable that says in which wave somebody is. */
function withWave(survey: Survey, waveOf: (i: number) => typeof WAVES[number]): Survey {
  const { gender } = survey.codebook.variables;
  const categories = Object.fromEntries(
    WAVES.map((id) => [id, { da: id, en: id, aliases: [] }]),
  );
  const variables = { ...survey.codebook.variables, wave: { ...gender!, categories } };
  const codes = Uint8Array.from(
    { length: survey.source.respondents },
    (_, i) => WAVES.indexOf(waveOf(i)) + 1,
  );
  return {
    ...survey,
    codebook: { ...survey.codebook, variables },
    codes: new Map([...survey.codes, ["wave", codes]]),
  };
}

Deno.test("nor of a question with few answers in the shipped file", () => {
  const reports = everyReport(shipped, EVERYTHING, MANY > 0 ? 2 : 0);
  const questions = MANY > 0 ? Object.keys(shipped.codebook.questions) : ["decision_act_change"];
  const attacks = questions.map((question) =>
    recoverAnswers(shipped, question, EVERYTHING, reports)
  );
  const { told, targets } = total("the shipped file", attacks);
  assert.deepEqual(told, []);
  assert.ok(targets > 100);
});

Deno.test("the attack tells answers where tables know nothing of each other", () => {
  const careless =
    (keep: (counts: Counts) => Partial<Counts>): Show => (survey, question, within) => {
      const part = Object.keys(within).length > 0 ? { ...survey, within } : survey;
      return [null, ...BACKGROUND].flatMap((by) => {
        const { rule: _r, exposed: _e, unions: _u, hidesPeople: _h, ...counts } = countAnswers(
          part,
          question,
          { by },
        );
        return shownIn({ ...counts, ...keep(counts) });
      });
    };
  const leastBaseAlone = careless(({ sample }) => ({
    sample: { ...sample, leastAnswer: 1, leastOthers: 0 },
  }));
  const oneByOne = careless(() => ({}));
  for (const [show, conditions] of [[leastBaseAlone, 0], [oneByOne, 2]] as const) {
    const isTold = [1, 2, 3, 4].some((seed) => {
      const survey = smallSurvey(seed, LEAST);
      const reports: Domain[] = everyReport(survey, BACKGROUND, conditions);
      return recoverAnswers(survey, "wellbeing", BACKGROUND, reports, show).told.length > 0;
    });
    assert.ok(isTold, `with ${conditions} conditions`);
  }
  const isTold = [1, 2, 3, 4].some((seed) =>
    attackWaves(seed, (_, before) => everyBreakdown(before, "wellbeing", {})).told.length > 0
  );
  assert.ok(isTold, "by two waves");
});
