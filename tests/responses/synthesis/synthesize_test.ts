import assert from "node:assert/strict";
import * as fc from "fast-check";
import { InputError } from "../../../lib/responses/input_error.ts";
import { categoriesOf } from "../../../lib/responses/codebook.ts";
import { codebook, dataFile, synthesisDesign } from "../../../lib/responses/study.ts";
import { parseDesign } from "../../../lib/responses/synthesis/design.ts";
import { synthesize, type SynthesizeOptions } from "../../../lib/responses/synthesis/synthesize.ts";
import type { Survey } from "../../../lib/responses/survey.ts";
import { validated } from "../with_file.ts";

const make = (options: SynthesizeOptions = {}) =>
  synthesize(codebook(), synthesisDesign(), options);

async function surveyOf(options: SynthesizeOptions = {}): Promise<Survey> {
  const { survey, problems, warnings } = await validated(make(options));
  assert(survey, JSON.stringify(problems));
  assert.deepEqual(warnings, []);
  return survey;
}

/** Number of people per category, in the codebook's order. */
function countsOf(survey: Survey, name: string): number[] {
  const counts = Object.keys(categoriesOf(codebook(), name) ?? {}).map(() => 0);
  for (const code of survey.codes.get(name) ?? []) {
    if (code > 0 && code < 255) counts[code - 1] = (counts[code - 1] ?? 0) + 1;
  }
  return counts;
}

function mainShare(survey: Survey, question: string): number {
  const scale = codebook().scales[codebook().questions[question]?.scale ?? ""];
  const ids = Object.keys(scale?.categories ?? {});
  const set = scale?.sets[scale.main_set]?.categories ?? [];
  const counts = countsOf(survey, question);
  const inSet = counts.filter((_, i) => set.includes(ids[i] ?? ""));
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);
  return (100 * sum(inSet)) / sum(counts);
}

/** Spearman's rank correlation over those who answered both; don't know counts as no answer. */
function spearman(survey: Survey, a: string, b: string): number {
  const last = (name: string) =>
    codebook().scales[codebook().questions[name]?.scale ?? ""]?.dont_know ? 5 : 254;
  const [x, y]: [number[], number[]] = [[], []];
  const [codesA, codesB] = [survey.codes.get(a), survey.codes.get(b)];
  for (let i = 0; i < survey.source.respondents; i++) {
    const [p, q] = [codesA?.[i] ?? 0, codesB?.[i] ?? 0];
    if (p > 0 && p <= last(a) && q > 0 && q <= last(b)) (x.push(p), y.push(q));
  }
  return pearson(midranks(x), midranks(y));
}

function midranks(values: number[]): number[] {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const ranks = new Map<number, number>();
  let below = 0;
  for (const value of [...counts.keys()].sort((a, b) => a - b)) {
    const same = counts.get(value) ?? 0;
    ranks.set(value, below + (same + 1) / 2);
    below += same;
  }
  return values.map((value) => ranks.get(value) ?? NaN);
}

function pearson(x: number[], y: number[]): number {
  const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(x), mean(y)];
  let [xy, xx, yy] = [0, 0, 0];
  x.forEach((value, i) => {
    const [dx, dy] = [value - mx, (y[i] ?? NaN) - my];
    [xy, xx, yy] = [xy + dx * dy, xx + dx * dx, yy + dy * dy];
  });
  return xy / Math.sqrt(xx * yy);
}

Deno.test("synthesize() makes the shipped file, byte for byte", async () => {
  assert.equal(make(), await Deno.readTextFile(dataFile("responses.csv")));
});

Deno.test("the shipped answers are UTF-8 without a mark, with plain line ends and synthetic ids", async () => {
  const bytes = await Deno.readFile(dataFile("responses.csv"));
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
    .decode(bytes);
  const lines = text.split("\n");
  assert(text.startsWith("respondent,gender,"));
  assert(!text.includes("\r") && text.endsWith("\n"));
  lines.slice(1, -1).forEach((line, i) =>
    assert(line.startsWith(`synthetic-${String(i + 1).padStart(4, "0")},`))
  );
});

Deno.test("the order of the rows does not tell how they were made", async () => {
  const survey = await surveyOf();
  const order = [...Array(1288).keys()];
  for (const name of ["role", "gender", "pressure_change", "wellbeing"]) {
    const codes = [...survey.codes.get(name) ?? []];
    const r = pearson(order, codes);
    // Four standard errors of a correlation of 0 over 1,288 people.
    assert(Math.abs(r) < 4 / Math.sqrt(1287), `${name}: ${r}`);
  }
});

Deno.test("synthesize() gives other people but the same tables for another seed", async () => {
  const [one, two] = [await surveyOf(), await surveyOf({ seed: 7 })];
  for (
    const name of [
      ...Object.keys(codebook().questions),
      "role",
      "managers_between",
      "gender",
    ]
  ) assert.deepEqual(countsOf(two, name), countsOf(one, name), name);
  assert.notDeepEqual(two.codes.get("wellbeing"), one.codes.get("wellbeing"));
  assert.match(make({ seed: 7 }), /^synthetic-7-0001,/m);
});

Deno.test("the synthetic answers hang together as the design wants", async () => {
  const survey = await surveyOf();
  const wanted: [string, string, number][] = [
    ["pressure_change", "pressure_omit", 0.79],
    ["pressure_change", "act_change", 0.63],
    ["pressure_change", "wellbeing", -0.36],
    ["pressure_change", "leader_neutral_support", -0.33],
    ["pressure_change", "leader_independence", -0.39],
    ["pressure_change", "balance_difficult", 0.33],
    ["pressure_change", "cooperation_satisfaction", -0.23],
    ["act_change", "act_omit", 0.66],
    ["time_pressure", "workload_quality", 0.54],
    ["leader_independence", "leader_neutral_support", 0.52],
    ["leader_independence", "wellbeing", 0.29],
    ["workload_quality", "wellbeing", -0.30],
  ];
  for (const [a, b, r] of wanted) {
    const got = spearman(survey, a, b);
    assert(Math.abs(got - r) <= 0.06, `${a} and ${b}: ${got}, wanted ${r}`);
  }
});

Deno.test("synthesize() moves the main set of a shifted question by so many points, and no other routing", async () => {
  const [before, after] = [
    await surveyOf(),
    await surveyOf({ shift: { pressure_change: 8, balance_difficult: -5 } }),
  ];
  for (
    const [question, points] of [
      ["pressure_change", 8],
      ["balance_difficult", -5],
      ["time_pressure", 0],
    ] as const
  ) {
    const moved = mainShare(after, question) - mainShare(before, question);
    assert(Math.abs(moved - points) < 0.06, `${question}: ${moved}`);
  }
  assert.deepEqual(countsOf(after, "role"), countsOf(before, "role"));
});

Deno.test("synthesize() varies every question within the points given", async () => {
  const [before, after] = [await surveyOf(), await surveyOf({ vary: 6 })];
  const moves = Object.keys(codebook().questions).map((question) =>
    mainShare(after, question) - mainShare(before, question)
  );
  // Questions that are tabled by pressure also move with pressure.
  assert(moves.every((move) => Math.abs(move) < 9), String(moves));
  assert(moves.filter((move) => Math.abs(move) > 0.5).length > 8, String(moves));
});

Deno.test("synthesize() makes valid answers for any seed, shift and size", async () => {
  const questions = Object.keys(codebook().questions);
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        seed: fc.integer(),
        shift: fc.dictionary(
          fc.constantFrom(...questions),
          fc.double({ min: -120, max: 120, noNaN: true }),
        ),
        vary: fc.integer({ min: 0, max: 100 }),
        respondents: fc.integer({ min: 1, max: 400 }),
      }),
      async (options) => {
        const { survey, problems } = await validated(make(options));
        assert(survey, JSON.stringify(problems));
        assert.equal(survey.source.respondents, options.respondents);
        assert.equal(survey.source.synthetic, true);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("synthesize() says which option is wrong", () => {
  const wrong: [SynthesizeOptions, RegExp][] = [
    [{ shift: { wellbing: 3 } }, /"wellbing".*There is: pressure_change/],
    [{ shift: { wellbeing: NaN } }, /wellbeing=\+8|percentage points/],
    [{ seed: 1.5 }, /seed 1\.5.*whole number/],
    [{ respondents: 0 }, /Cannot make 0 respondents/],
    [{ vary: -1 }, /Cannot vary by -1/],
  ];
  for (const [options, pattern] of wrong) {
    assert.throws(
      () => make(options),
      (error) => error instanceof InputError && pattern.test(error.message),
    );
  }
});

Deno.test("parseDesign() names every name that does not exist", () => {
  const design = {
    respondents: 10,
    seed: 1,
    latents: ["a"],
    correlations: { "a b": 0.1 },
    steps: [
      {
        column: "gender",
        score: { nobody: 1 },
        noise: 1,
        rows: [{ where: { role: ["both"] }, counts: [1, 2, 3] }],
      },
      { column: "pressure", score: {}, noise: 1, rows: [{ where: {}, counts: [1] }] },
    ],
  };
  assert.throws(() => parseDesign(design, codebook(), "mine.json"), (error) => {
    assert(error instanceof InputError);
    for (
      const pattern of [
        /mine\.json/,
        /"a b" is not two latents/,
        /no latent and no earlier step "nobody"/,
        /3 counts for 2 categories/,
        /no earlier step "role" with "both"/,
        /\(pressure\): the codebook has no such column/,
      ]
    ) assert.match(error.message, pattern);
    return true;
  });
});
