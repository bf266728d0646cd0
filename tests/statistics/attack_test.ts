import assert from "node:assert/strict";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { countAnswers, countPairs } from "../../lib/statistics/count_answers.ts";
import type { Counts } from "../../lib/statistics/counts.ts";
import { isSplit } from "../../lib/statistics/disclosure/enough.ts";
import { shownOf } from "../../lib/statistics/disclosure/suppress.ts";
import type { Domain } from "../../lib/statistics/domain.ts";
import { breakdowns, estimatesFromCounts } from "../../lib/statistics/estimates.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codesOfParts, columnsOfParts } from "../../lib/statistics/rows/calibration.ts";
import { rake } from "../../lib/statistics/rows/rake.ts";
import { earlierAnswers } from "../../lib/statistics/rows/waves_apart.ts";
import { sampleOf } from "../../lib/statistics/sample.ts";
import { twoWayTable } from "../../lib/statistics/table_tests.ts";
import { compareWaves } from "../../lib/statistics/wave_changes.ts";
import {
  type Attack,
  type Background,
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

const shipped = await loadAnswers(dataFile("responses.csv"), codebook());
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

Deno.test("no answer of few people is told by the same reports at the level strict", () => {
  const attacks = SEEDS.map((seed) => {
    const made = smallSurvey(seed, LEAST);
    const study = { ...made.codebook.study, protection: "strict" as const };
    const survey = { ...made, codebook: { ...made.codebook, study } };
    return recoverAnswers(survey, "wellbeing", BACKGROUND, everyReport(survey, BACKGROUND, 2));
  });
  const { told, targets } = total("every report, strict", attacks);
  assert.deepEqual(told, []);
  assert.ok(targets > 40 * SEEDS.length);
});

Deno.test("nor by zeros: whoever gave no answer of a kind is struck out where others gave it", () => {
  // In survey 18 nobody of one group answered so, and of another all but a few are also in that group.
  const attack = (show: Show) =>
    recoverAnswers(smallSurvey(18, LEAST), "pressure_change", BACKGROUND, [{}], show);
  assert.deepEqual(attack(everyBreakdown).told, []);
  // Counts put together anew know nothing of other tables.
  const alone: Show = (survey, question) =>
    [null, ...BACKGROUND].flatMap((by) => shownIn({ ...countAnswers(survey, question, { by }) }));
  assert.ok(attack(alone).told.length > 0);
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

/** A weight by some of the background, as margins give it. */
function weighted(survey: Survey, weightOf: (background: Background) => number): Survey {
  const named = BACKGROUND.map((name) => ({
    name,
    codes: survey.codes.get(name)!,
    categories: Object.keys(survey.codebook.variables[name]!.categories),
  }));
  const weights = Float64Array.from(
    { length: survey.source.respondents },
    (_, i) =>
      weightOf(Object.fromEntries(
        named.map((
          { name, codes, categories },
        ) => [name, categories[codes[i]! - 1] ?? `(${codes[i]})`]),
      )),
  );
  return { ...survey, weights, weighting: { by: "column", column: "weight" }, isPublished: true };
}

/** What the sums of weights tell that a report shows, by an attacker who knows how they are rounded. */
function weightsShown(weightOf: (background: Background) => number): Show {
  return (survey, question, within) => {
    // The same sums before they are rounded, of which the attacker sees what they are rounded to.
    const part = { ...survey, isPublished: false, within };
    return countPairs(part, breakdowns(part).filter(([name]) => name === question))
      .flatMap((counts) => {
        const { answers, groups, n, w, w2, variable, sample: { leastBase } } = counts;
        const { groups: shown, together } = shownOf(counts);
        return groups.flatMap((group, g) => {
          if (!shown.has(group)) return [];
          // Below a hundred people weights do not enter.
          const sum = (from: Float64Array, until = answers.length - 2) =>
            from.subarray(g * answers.length, g * answers.length + until)
              .reduce((all, each) => all + each, 0);
          const [all, mean] = [sum(n), sum(w) / sum(n)];
          if (all < 10 * leastBase) return [];
          const step = leastBase * Math.sqrt(Math.max(0, sum(w2) / all - mean ** 2));
          const off = step / 2 + 1e-6;
          let last = 0;
          return answers.slice(0, -3).flatMap((_, i): ShownCount[] => {
            const some = sum(n, i + 1);
            if (some - last < leastBase || all - some < leastBase) return [];
            last = some;
            const given = answers.slice(0, i + 1);
            if (isSplit(together, given)) return [];
            const above = Math.round((sum(w, i + 1) - some * mean) / (step || 1)) * step;
            const middle = some * mean + above;
            const count = [middle - off, middle + off] as const;
            return [{ variable, groups: [group], answers: given, count, weightOf }];
          });
        });
      });
  };
}

Deno.test("nor by weights, of two kinds or of everybody's own kind", () => {
  const ofGender = ({ gender }: Background) => gender === "woman" ? 0.68 : 1.68;
  const ofMargins = (background: Background) =>
    BACKGROUND.slice(0, -1).reduce(
      (weight, name, i) => weight * (1 + (background[name]!.length % 4) * (0.13 + i / 50)),
      0.6,
    );
  const attacks = SEEDS.flatMap((seed) =>
    [ofGender, ofMargins].map((weightOf) => {
      const survey = weighted(smallSurvey(seed, LEAST, 400), weightOf);
      const show: Show = (...of) => [...everyBreakdown(...of), ...weightsShown(weightOf)(...of)];
      const reports = everyReport(survey, BACKGROUND, 1);
      return recoverAnswers(survey, "wellbeing", BACKGROUND, reports, show);
    })
  );
  assert.deepEqual(total("weights", attacks).told, []);
});

/**
 * What intervals tell that take known margins into account: at most how many people of each part of the
 * sample gave an answer, as far as that is not rounded.
 */
const partsShown: Show = (survey, question, within) => {
  const part = { ...survey, within };
  const columns = columnsOfParts(survey);
  const cells = codesOfParts(sampleOf(survey), columns)!.map((codes) =>
    Object.fromEntries(columns.map(({ id, categories }, i) => [
      id,
      [categories[codes[i]! - 1] ?? `(${codes[i]})`],
    ]))
  );
  return countPairs(part, breakdowns(part).filter(([name]) => name === question))
    .flatMap(({ parts, ...counts }) => {
      const { answers, groups, n, variable, sample: { leastBase } } = counts;
      const { groups: shown, together } = shownOf(countAnswers(part, question, { by: variable }));
      return parts!.flatMap((part, p) =>
        groups.flatMap((group, g) => {
          const places = answers.slice(0, -2).map((_, a) => g * answers.length + a);
          const sum = (from: Float64Array) => places.reduce((all, at) => all + from[at]!, 0);
          if (!shown.has(group) || sum(n) < 10 * leastBase || sum(part.n) < 2 * leastBase) {
            return [];
          }
          return places.flatMap((at, a): ShownCount[] => {
            if (n[at]! < leastBase || isSplit(together, [answers[a]!])) return [];
            const count = [part.n[at]! - leastBase / 2, part.n[at]! + leastBase / 2] as const;
            return [{
              variable,
              groups: [group],
              answers: [answers[a]!],
              count,
              within: cells[p]!,
            }];
          });
        })
      );
    });
};

Deno.test("nor by intervals of raked weights, which know of what background people are", () => {
  const attacks = SEEDS.flatMap((seed) =>
    [["gender"], ["gender", "age_group"]].map((names) => {
      const made = smallSurvey(seed, LEAST, 400);
      const margins = Object.fromEntries(names.map((name) => {
        const ids = Object.keys(made.codebook.variables[name]!.categories);
        return [name, Object.fromEntries(ids.map((id) => [id, 1 / ids.length]))];
      }));
      const raked = rake(made, margins);
      const survey: Survey = {
        ...made,
        weights: raked.weights,
        weighting: {
          ...{
            by: "population",
            population: { margins, source: { da: "", en: "" }, assumed: false },
          },
          ...{ rounds: raked.rounds, trimmed: 0, before: null, start: "equal" },
        },
        isPublished: true,
      };
      const show: Show = (...of) => [...everyBreakdown(...of), ...partsShown(...of)];
      const reports = everyReport(survey, BACKGROUND, 1);
      return recoverAnswers(survey, "wellbeing", BACKGROUND, reports, show);
    })
  );
  assert.deepEqual(total("raked intervals", attacks).told, []);
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

/** All that reports show, and what cross-tabs of the question do: each place is a count. */
const withCrossTabs: Show = (survey, question, within) => {
  const counts = BACKGROUND.flatMap((variable): ShownCount[] =>
    [[variable, question], [question, variable]].flatMap(([rows, columns]) => {
      const table = twoWayTable(survey, rows!, columns!, within);
      if (table === null || Number.isNaN(table.n)) return [];
      return table.rows.flatMap((row, i) =>
        table.columns.map((column, j) => ({
          variable,
          groups: rows === variable ? row : column,
          answers: rows === variable ? column : row,
          count: Math.round(table.shares[i]![j]! * table.people[i]!),
        }))
      );
    })
  );
  return [...everyBreakdown(survey, question, within), ...counts];
};

Deno.test("nor by cross-tabs beside every report", () => {
  const attacks = SEEDS.slice(0, Math.max(2, MANY)).map((seed) => {
    const survey = smallSurvey(seed, LEAST);
    const reports = everyReport(survey, BACKGROUND, 2);
    return recoverAnswers(survey, "wellbeing", BACKGROUND, reports, withCrossTabs);
  });
  assert.deepEqual(total("cross-tabs", attacks).told, []);
  assert.ok(attacks.every(({ targets, shown }) => targets > 40 && shown > 40));
});

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
        // Counts put together anew know nothing of others.
        const counts = countAnswers(part, question, { by });
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
