import assert from "node:assert/strict";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings, type Settings } from "../../lib/notebook/settings.ts";
import {
  intervalHeading,
  intervalTold,
  weightedIntervalsTable,
  weightedTable,
  weightingTold,
  weightingWords,
} from "../../lib/notebook/data_told.ts";
import { codebook, dataFile, population } from "../../lib/responses/study.ts";
import { estimates } from "../../lib/statistics/estimates.ts";
import { weightedShares, weightSummary } from "../../lib/statistics/rows/weighted_shares.ts";
import { weighSurvey } from "../../lib/notebook/read_waves.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { makeSurvey } from "../statistics/make_survey.ts";

const open = (weights: string | null, more: Partial<Settings> = {}) =>
  openWith({ ...readSettings(() => undefined), ...more, weights });

async function withMargins<T>(margins: unknown, use: (path: string) => Promise<T>): Promise<T> {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify(margins));
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

const file = (margins: object, trim?: object) => ({
  assumed: false,
  source: { da: "Medlemsregistret, marts.", en: "The register of members, March." },
  margins,
  ...trim && { trim },
});

/** The shipped answers with a weight for each respondent, written to a file. */
async function withWeights<T>(weights: string[], use: (path: string) => Promise<T>): Promise<T> {
  const [header = "", ...rows] = (await Deno.readTextFile(dataFile("responses.csv"))).trim()
    .split("\n");
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    const body = rows.map((row, i) => `${row},"${weights[i % weights.length]}"`);
    await Deno.writeTextFile(path, [`${header},weight`, ...body].join("\n"));
    return await use(path);
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("nothing is weighted unless that is asked for", async () => {
  for (const choice of [null, "none"]) {
    const { weights, weighting } = await open(choice);
    assert.deepEqual([weights, weighting], [null, undefined]);
  }
});

Deno.test("--weights population gives the sample the shares of data/population.json", async () => {
  const survey = await open("population");
  for (const [variable, shares] of Object.entries(population().margins)) {
    for (const { category, share, weighted } of estimates(survey, variable)) {
      assert.ok(weighted);
      assert.ok(Math.abs(share! - shares[category!]!) < 1e-9, `${variable} ${category}`);
    }
  }
  assert.equal(weightingWords(survey).en, "by gender (assumed distribution)");
  assert.match(weightingTold(survey).da, /antaget fordeling\).* som vi antager/);
  assert.match(weightingTold(survey).en, /all who answered are distributed as we assume/);
});

Deno.test("what weights cost a group is told of the group", async () => {
  const group = await open("population", { where: { tenure: ["years_0_2"] } });
  const codes = group.codes.get("tenure")!;
  const own = group.weights!.filter((_, i) => codes[i] === 1);
  const { respondents, effective } = weightSummary(own);
  assert.ok(respondents < group.source.respondents);
  const told = weightingTold(group).en;
  assert.match(
    told,
    new RegExp(`the ${respondents} answers tell as much as ${Math.round(effective)} unweighted`),
  );
  assert.match(told, new RegExp(`mean weight is ${weightSummary(own).mean.toFixed(2)};`));
});

Deno.test("the interval is called what it is: Wilson's, of the effective sample, corrected or not", async () => {
  const plain = await open(null);
  assert.match(intervalHeading(plain).en, /^Wilson's interval with a correction/);
  assert.doesNotMatch(intervalTold(plain).en, /effective/);
  assert.match(intervalTold(plain).en, /correction for a finite population makes it narrower/);
  const weighted = await open("population");
  assert.equal(intervalHeading(weighted).da, "Wilsons interval for den effektive stikprøve");
  assert.match(intervalTold(weighted).en, /With weights it is the interval for the effective/);
  const { codebook } = plain;
  const drawn = {
    ...plain,
    codebook: { ...codebook, study: { ...codebook.study, strata: { variable: "tenure" } } },
  };
  assert.match(intervalTold(drawn).en, /drawn by strata it is .*effective.* not corrected/s);
  const many = { ...plain, codebook: { ...codebook, study: { ...codebook.study, invited: 5 } } };
  assert.equal(intervalHeading(many).en, "Wilson's interval");
});

Deno.test("strata that answered at different rates weigh by their number invited, and it is said", async () => {
  // 60 of 1,500 respondents are from a stratum at 80 %, the others at 20 %.
  const codes = Array.from({ length: 1500 }, (_, i) => i < 60 ? 1 : 2);
  const agrees = codes.map((code, i) => code === 1 ? i < 48 : i < 60 + 288);
  const invited = { woman: 1500, man: 4796 };
  const { study } = codebook();
  const drawn = {
    ...makeSurvey({ gender: codes, wellbeing: agrees.map((yes) => yes ? 1 : 4) }),
    codebook: { ...codebook(), study: { ...study, strata: { variable: "gender", invited } } },
  };
  const shareOf = (survey: Survey) =>
    estimates(survey, "wellbeing").find(({ set }) => set === "agree")!.share!;
  const weighted = await weighSurvey(drawn, null);
  const expected = (1500 * 48 / 60 + 4796 * 288 / 1440) / 6296;
  assert.ok(Math.abs(shareOf(weighted) - expected) < 1e-12);
  assert.ok(Math.abs(shareOf(await weighSurvey(drawn, "none")) - 336 / 1500) < 1e-12);
  assert.match(weightingTold(weighted).en, /did not answer alike often/);
  assert.match(weightingWords(weighted).da, /tæller som blandt de inviterede \(køn\)/);
  // Raking starts from these weights, and says so.
  const raked = await withMargins(
    file({ gender: { woman: 0.4, man: 0.6 } }),
    (path) => weighSurvey(drawn, path),
  );
  assert.ok(raked.weighting?.by === "population" && raked.weighting.start === "strata");
  assert.match(weightingTold(raked).en, /starts from the weights of the groups/);
  const alike = { ...invited, woman: 60 * 4796 / 1440 };
  const even = {
    ...drawn,
    codebook: {
      ...codebook(),
      study: { ...study, strata: { variable: "gender", invited: alike } },
    },
  };
  assert.equal((await weighSurvey(even, null)).weights, null);
});

Deno.test("--weights column+FILE rakes the file's own weights", async () => {
  await withWeights(
    ["0,5", "1.5", "1"],
    (data) =>
      withMargins(file({ gender: { woman: 0.55, man: 0.45 } }), async (path) => {
        const survey = await open(`column+${path}`, { data });
        assert.ok(survey.weighting?.by === "population" && survey.weighting.start === "column");
        const codes = survey.codes.get("gender")!;
        const factor = (i: number) => survey.weights![i]! / [0.5, 1.5, 1][i % 3]!;
        const other = codes.findIndex((code, i) => i > 0 && code === codes[0]);
        assert.ok(Math.abs(factor(0) / factor(other) - 1) < 1e-9);
        const women = estimates(survey, "gender").find(({ category }) => category === "woman");
        assert.ok(Math.abs(women!.share! - 0.55) < 1e-9);
        assert.match(weightingTold(survey).en, /starts from the file's own weights/);
      }),
  );
});

Deno.test("a group is weighted as it is within everyone, not to the margins by itself", async () => {
  const group = await open("population", { where: { tenure: ["years_0_2"] } });
  const everyone = await open("population");
  assert.deepEqual(group.weights, everyone.weights);
});

Deno.test("a file of margins of one's own is raked to, its bounds kept, and its source told", async () => {
  const margins = file(
    {
      gender: { woman: 0.55, man: 0.45 },
      age_group: { age_25_39: 0.33, age_40_54: 0.42, age_55_plus: 0.25 },
    },
    { low: 0.73, high: 1.7 },
  );
  const survey = await withMargins(margins, (path) => open(path));
  const { weights, weighting } = survey;
  assert.ok(weights!.every((weight) => weight >= 0.73 - 1e-9 && weight <= 1.7 + 1e-9));
  assert.ok(weighting?.by === "population" && weighting.trimmed > 0);
  const women = estimates(survey, "gender").find(({ category }) => category === "woman");
  assert.ok(Math.abs(women!.share! - 0.55) < 1e-9);
  const told = weightingTold(survey).en;
  assert.match(told, /by gender and age/);
  assert.match(told, /The register of members, March\./);
  assert.match(told, /No weight is below 0\.73 or above 1\.70/);
});

Deno.test("margins that nobody can meet are refused with what to do", async () => {
  const everybodyOld = file({ age_group: { age_25_39: 0, age_40_54: 0, age_55_plus: 1 } });
  await assert.rejects(
    withMargins(everybodyOld, (path) => open(path)),
    /respondents are "age_25_39" in "age_group", of whom the population has none\. Give/,
  );
  const narrow = file({ gender: { woman: 0.05, man: 0.95 } }, { low: 0.9, high: 1.1 });
  await assert.rejects(
    withMargins(narrow, (path) => open(path)),
    /do not settle: .* Allow weights beyond 0\.9 to 1\.1, or leave a margin out\./,
  );
  await assert.rejects(open("/nowhere/colum"), /Check the path of --weights, or give "none"/);
});

Deno.test("--weights column takes the file's weights, decimal commas too, or says there are none", async () => {
  await withWeights(["0,5", "1.5", "1"], async (data) => {
    const { weights, weighting } = await open("column", { data });
    assert.deepEqual([...weights!.slice(0, 4)], [0.5, 1.5, 1, 0.5]);
    assert.deepEqual(weighting, { by: "column", column: "weight" });
  });
  await assert.rejects(open("column"), /There is no column of weights/);
  await withWeights(["1", "-2"], async (data) => {
    await assert.rejects(open("column", { data }), /A weight that nobody can have/);
  });
});

Deno.test("the table of weighted shares has them beside the unweighted ones, with every interval", async () => {
  const raked = await open("population");
  // The sums of a run's own weights are rounded, and here they are compared to the digit.
  const { isPublished: _, ...survey } = raked;
  const rows = weightedShares(survey);
  assert.equal(rows.length, Object.keys(survey.codebook.questions).length);
  const plain = await open(null);
  for (const row of rows) {
    const [own] = estimates(survey, row.question).filter(({ set }) => set === row.set);
    const [bare] = estimates(plain, row.question).filter(({ set }) => set === row.set);
    assert.deepEqual([row.weighted, row.wilson.low], [own!.share, own!.low]);
    assert.equal(row.unweighted, bare!.share);
    assert.ok(Math.abs(row.points - (own!.share! - bare!.share!) * 100) < 1e-9);
    const { wilson, logit, kornGraubard } = row;
    for (const interval of [wilson, logit!, kornGraubard]) {
      assert.ok(interval.low <= row.weighted && row.weighted <= interval.high, row.question);
    }
  }
  const table = weightedIntervalsTable(survey).render("en").part.tables?.[0];
  assert.equal(table?.columns.length, 2 + 2 * 3);
  assert.equal(weightedTable(survey).render("da").part.tables?.[0]?.rows.length, rows.length);
});

Deno.test("a weight that is a single person's own is not told", async () => {
  const weights = Array.from({ length: 1288 }, (_, i) => i === 7 ? "31.7" : i % 2 ? "0.9" : "1.1");
  await withWeights(weights, async (data) => {
    const told = weightingTold(await open("column", { data })).en;
    assert.match(told, /most weights lie from 0\.90 to 1\.10/);
    assert.doesNotMatch(told, /31/);
  });
});
