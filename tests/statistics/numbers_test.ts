import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { parseCodebook } from "../../lib/responses/codebook.ts";
import { NO_ANSWER, type Survey } from "../../lib/responses/survey.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import {
  addPeople,
  differenceOfMeans,
  meanOf,
  quantileInterval,
  quantileOf,
} from "../../lib/statistics/means.ts";
import {
  changeOfMean,
  countNumbers,
  meansAgainstRest,
  type NumberEstimate,
  numberEstimates,
  peopleOf,
  type Statistic,
} from "../../lib/statistics/number_estimates.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";
import { COURSE, courseCodebook, courseCsv, courseSurvey } from "../responses/course_survey.ts";

interface Told {
  n: number;
  mean: number;
  se: number;
  interval: [number, number];
}
interface Quartiles {
  value: number[];
  low: (number | null)[];
  high: (number | null)[];
}
interface Reference {
  seed: number;
  y: (number | null)[];
  group: number[];
  stratum: number[];
  by_strata: boolean;
  weights: number[] | null;
  population: number[] | null;
  all: Told;
  all_quartiles: Quartiles;
  one: Told;
  one_quartiles: Quartiles;
  net: Told | null;
  two: { difference: number; se: number };
  rest: { difference: number; se: number };
}

const reference = readReference<Reference[]>("numbers");

/** The same data as a survey in which nothing is hidden. */
function surveyOf(data: Reference): Survey {
  const { y, group, stratum, by_strata, weights, population } = data;
  const isWhole = data.seed % 2 === 0;
  const text = (name: string) => ({ da: name, en: name });
  const variable = (ids: string[]) => ({
    ...{ label: text("v"), base: "all", background: true, derived: false, aliases: [] },
    categories: Object.fromEntries(ids.map((id) => [id, text(id)])),
  });
  const { scores: _, questions: { recommend, hours }, ...others } = structuredClone(COURSE);
  const [a, b, c] = population ?? [];
  const invited = population ? { a, b, c } : undefined;
  const codebook = parseCodebook({
    ...others,
    study: {
      ...others.study,
      invited: by_strata ? 1 : a ?? 1,
      ...by_strata && { strata: { variable: "stratum", ...invited && { invited } } },
    },
    disclosure: { least_base: 1, least_others: 0 },
    variables: { region: variable(["a", "b", "c"]), stratum: variable(["a", "b", "c"]) },
    questions: { numbers: isWhole ? recommend : { ...hours, max: 60 } },
  }, "codebook.json");
  const numbers = Float64Array.from(y, (value) => value ?? NaN);
  const { bands } = codebook.questions["numbers"]!.numbers!;
  const codes = Uint8Array.from(
    numbers,
    (value) =>
      Number.isNaN(value)
        ? NO_ANSWER
        : bands.findIndex(({ from, to }) => value >= from && value <= to) + 1,
  );
  return {
    codebook,
    source: { file: "made.csv", sha256: "0".repeat(64), respondents: y.length, synthetic: true },
    codes: new Map([
      ["numbers", codes],
      ["region", Uint8Array.from(group)],
      ["stratum", Uint8Array.from(stratum)],
    ]),
    numbers: new Map(isWhole ? [] : [["numbers", numbers]]),
    ids: null,
    weights: weights && Float64Array.from(weights),
    left_out: [],
  };
}

/** Lower ends of quantiles that were compared. */
let ends = 0;

const isNear = (actual: number | null, expected: number | null, what: string) =>
  assertClose(actual, expected, 1e-9, what);

for (const data of reference) {
  Deno.test(`means, quartiles and differences of numbers are R's (data set ${data.seed})`, () => {
    const survey = surveyOf(data);
    const find = (all: NumberEstimate[], statistic: Statistic, group: string | null) =>
      all.find((each) => each.statistic === statistic && each.group === group)!;
    const [whole, groups] = [
      numberEstimates(survey, "numbers"),
      numberEstimates(survey, "numbers", { by: "region" }),
    ];
    for (
      const [told, found] of [
        [data.all, find(whole, "mean", null)],
        [data.one, find(groups, "mean", "a")],
        ...data.net ? [[data.net, find(whole, "net", null)] as const] : [],
      ] as const
    ) {
      equal(found.n, told.n);
      isNear(found.value, told.mean, "mean");
      isNear(found.se, told.se, "standard error");
      // An interval ends where numbers do.
      const [least, most] = told === data.net ? [-100, 100] : [0, data.seed % 2 === 0 ? 10 : 60];
      isNear(found.low, Math.max(least!, told.interval[0]), "low");
      isNear(found.high, Math.min(most!, told.interval[1]), "high");
    }
    const counted = countNumbers(survey, "numbers", { by: "region" });
    const { sample } = counted.bands;
    const people = ["a", "b", "c"].map((group) => peopleOf(counted, group));
    for (
      const [told, of] of [[data.all_quartiles, addPeople(people)], [
        data.one_quartiles,
        people[0]!,
      ]] as const
    ) {
      for (const [i, p] of [0.25, 0.5, 0.75].entries()) {
        const found = quantileInterval(of, p, sample);
        isNear(found.value, told.value[i]!, `quantile ${p}`);
        // Below the first person's weight R gives the second one's number, and not the least.
        const first = of.w[of.n.findIndex((n) => n > 0)]! / of.w.reduce((sum, w) => sum + w, 0);
        if (found.low && found.low.share >= first) {
          isNear(found.low.value, told.low[i]!, `low of quantile ${p}`);
          ends++;
        } else if (!found.low) equal(told.low[i], null);
        isNear(found.high?.value ?? null, told.high[i]!, `high of quantile ${p}`);
      }
    }
    const of = (of: typeof people[0]) => ({ people: of, sample });
    const two = differenceOfMeans(of(people[0]!), of(people[1]!), true);
    isNear(two.difference, data.two.difference, "difference");
    isNear(two.statistic, data.two.difference / data.two.se, "statistic");
    const rest = differenceOfMeans(of(people[0]!), of(addPeople(people.slice(1))), true);
    isNear(rest.statistic, data.rest.difference / data.rest.se, "statistic against the rest");
  });
}

Deno.test("nearly all of the ends are compared", () =>
  ok(ends > 0.9 * 6 * reference.length, `${ends}`));

Deno.test("a mean of 0 and 1 is the share, and equal weights are none", () => {
  const sample = { respondents: 6, invited: null, weighted: false, leastBase: 1, confidence: 0.95 };
  const people = { values: [0, 1], n: [4, 2], w: [4, 2], w2: [4, 2] };
  const { mean, variance } = meanOf(people, sample);
  assertClose(mean, 1 / 3, 1e-15, "mean");
  assertClose(variance, 1 / 3 * 2 / 3 / 5, 1e-12, "variance of a share");
  const doubled = meanOf({ ...people, w: [8, 4], w2: [16, 8] }, { ...sample, weighted: true });
  assertClose(doubled.variance, variance, 1e-12, "variance with weights of 2");
  throws(() => meanOf({ values: [1], n: [0], w: [0], w2: [0] }, sample), RangeError);
  equal(
    meanOf({ values: [5], n: [1], w: [1], w2: [1] }, { ...sample, respondents: 1 }).variance,
    null,
  );
});

Deno.test("quantileOf() is the usual median of even and odd numbers of people", () => {
  const of = (n: number[]) => ({ values: [1, 2, 3, 9], n, w: n, w2: n });
  equal(quantileOf(of([1, 1, 1, 1]), 0.5), 2.5);
  equal(quantileOf(of([1, 1, 1, 0]), 0.5), 2);
  equal(quantileOf(of([0, 0, 0, 4]), 0.25), 9);
});

Deno.test("neither the extremes nor what few are beyond is told of numbers", async () => {
  const few = await courseSurvey(courseCsv(22));
  const [mean, lower, median] = numberEstimates(few, "hours");
  ok(mean!.value !== null && lower!.suppressed && lower!.value === null);
  ok(median!.value !== null, "11 lie on either side");
  // The ends of the median's interval have 9 or fewer beyond them.
  deepEqual([median!.low, median!.high], [null, null]);
  const many = await courseSurvey(courseCsv(2000));
  for (const each of numberEstimates(many, "hours")) {
    if (each.statistic === "net") continue;
    ok(
      each.low !== null && each.high !== null && each.low <= each.value! &&
        each.value! <= each.high,
    );
  }
});

Deno.test("a group of fewer than the least base has no number", async () => {
  const survey = await courseSurvey(courseCsv(24));
  const means = numberEstimates(survey, "recommend", { by: "course" })
    .filter(({ statistic }) => statistic === "mean");
  equal(means.length, 3);
  for (const { n, value, suppressed } of means) {
    equal(value === null, suppressed);
    ok(n >= 10 || suppressed, `${n} ${value}`);
  }
  ok(means.some(({ n }) => n < 10));
});

Deno.test("a net share is that of one set less that of the other, in points", async () => {
  const survey = await courseSurvey();
  const net = numberEstimates(survey, "recommend").find(({ statistic }) => statistic === "net")!;
  const codes = [...survey.codes.get("recommend")!].map((code) => code - 1);
  const share = (fits: (value: number) => boolean) => codes.filter(fits).length / codes.length;
  assertClose(net.value, 100 * (share((v) => v >= 9) - share((v) => v <= 6)), 1e-12, "net");
});

Deno.test("means against the rest mark what is different, and not what is alike", async () => {
  const codebook = courseCodebook();
  const rows = Array.from(
    { length: 120 },
    (_, i) =>
      `${i},${["Excel", "Forhandling", "Ledelse"][i % 3]},Tilfreds,${
        i % 3 === 0 ? 9 + i % 2 : 3 + i % 5
      }`,
  );
  const survey = await courseSurvey(["id,kursus,tilfreds,nps", ...rows].join("\n"), codebook);
  const found = meansAgainstRest(survey, "recommend", ["course"]);
  deepEqual(found.map(({ test }) => test.mark), ["up", "down", "down"]);
  ok(found.every(({ test }) => test.adjusted! < 0.001));
  const same = Array.from(
    { length: 120 },
    (_, i) =>
      `${i},${["Excel", "Forhandling", "Ledelse"][i % 3]},Tilfreds,${Math.floor(i / 3) % 20}`,
  );
  const alike = await courseSurvey(["id,kursus,tilfreds,timer", ...same].join("\n"), codebook);
  ok(meansAgainstRest(alike, "hours", ["course"]).every(({ test }) => test.mark === "none"));
});

Deno.test("a mean's change since an earlier wave is the difference of the two", async () => {
  const [now, before] = [
    await courseSurvey(courseCsv(200, 1)),
    await courseSurvey(courseCsv(300, 2)),
  ];
  const [mean] = numberEstimates(now, "contentment");
  const change = changeOfMean(now, before, mean!)!;
  const [earlier] = numberEstimates(before, "contentment");
  assertClose(change.difference, mean!.value! - earlier!.value!, 1e-12, "difference");
  equal(change.before.value, earlier!.value);
  ok(change.low < change.difference && change.difference < change.high && change.pValue! > 0);
  const [, , median] = numberEstimates(now, "contentment");
  equal(changeOfMean(now, before, median!), null);
});

Deno.test("estimates.json has numbers by themselves, and several answers by question and answer", async () => {
  const [survey, earlier] = [await courseSurvey(), await courseSurvey(courseCsv(150, 5))];
  const { estimates, numbers = [] } = estimatesJson(survey, {
    changeOf: () => null,
    survey: earlier,
  });
  const talks = estimates.filter(({ question }) => question === "useful")
    .filter(({ group }) => group === null);
  deepEqual(talks.map((each) => "category" in each ? each.category : null), [
    ...["talks", "exercises", "groups", "material"],
  ]);
  ok(talks.every(({ share }) => share! > 0.3 && share! < 0.7));
  equal(estimates.some(({ question }) => question === "comment"), false);
  const mean = numbers.find(({ question, statistic, group }) =>
    question === "recommend" && statistic === "mean" && group === null
  )!;
  for (const { value, low, high } of numbers) {
    for (const each of [value, low, high]) {
      equal(each, each && Number(each.toFixed(1)), "as it is told");
    }
  }
  ok(mean.change!.before.value! > 0);
  deepEqual([...new Set(numbers.map(({ question }) => question))], [
    ...["recommend", "hours", "contentment"],
  ]);
  // 5 statistics of the one, 4 of the others, each whole and by three groups.
  equal(numbers.length, 13 * 4);
});
