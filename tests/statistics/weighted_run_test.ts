import assert from "node:assert/strict";
import { join } from "node:path";
import { readWaves } from "../../lib/notebook/read_waves.ts";
import {
  dataFile,
  type GroupId,
  type QuestionId,
  type VariableId,
} from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";
import { breakdownTest } from "../../lib/statistics/breakdown_rows.ts";
import { countAnswers } from "../../lib/statistics/count_answers.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import {
  type Gap,
  gap,
  gapOfOverlapping,
  gapOfQuestions,
  gapToRest,
} from "../../lib/statistics/look_up.ts";
import { weightedShares } from "../../lib/statistics/rows/weighted_shares.ts";
import { gammaOf, tableAssociation } from "../../lib/statistics/table_association.ts";
import { assertClose, readReference } from "../reference/read_reference.ts";

interface Share {
  question: QuestionId;
  set: string;
  where: "everyone" | "men";
  variable: string | null;
  group: string | null;
  n: number;
  count: number;
  share: number;
  wilson: [number, number];
  logit?: [number, number];
  beta?: [number, number];
  deff?: number;
}
interface Tested {
  difference: number;
  statistic: number;
  p: number;
  low: number;
  high: number;
}
interface Measured {
  estimate: number;
  se: number;
  interval: [number, number];
}
interface Run {
  name: string;
  weights: number[];
  shares: Share[];
  gaps: (Tested & { question: QuestionId; variable: VariableId; first: string; second: string })[];
  rests: (Tested & { question: QuestionId; variable: VariableId; first: string })[];
  roles: (Tested & { question: QuestionId })[];
  of_questions: (Tested & { first: QuestionId; second: QuestionId })[];
  tables: {
    by: QuestionId;
    question: QuestionId;
    n: number;
    statistic: number;
    df: number;
    df2: number;
    p: number;
    gamma: Measured;
    tau_b: Measured;
  }[];
}

const runs = readReference<Run[]>("weighted_run");

/** The shipped answers with a column of weights, opened as a run with `--weights column` does. */
async function open(
  { weights }: Run,
  where: Record<string, string[]> = {},
): Promise<Survey> {
  const folder = await Deno.makeTempDir();
  try {
    const lines = (await Deno.readTextFile(dataFile("responses.csv"))).trimEnd().split("\n");
    const more = lines.map((line, i) =>
      `${line},${i === 0 ? "weight" : `"${String(weights[i - 1]).replace(".", ",")}"`}`
    );
    const data = join(folder, "weighted.csv");
    await Deno.writeTextFile(data, more.join("\n"));
    const settings = {
      data,
      weights: "column",
      where,
      languages: ["da"],
      report: true,
    } as const;
    // What a run shows is rounded, and here everything is compared to the digit.
    const { isPublished: _, ...survey } = (await readWaves(settings)).survey;
    const study = { ...survey.codebook.study, protection: "strict" as const };
    return { ...survey, codebook: { ...survey.codebook, study } };
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const opened = new Map<string, Promise<Survey>>();
function everyone(run: Run): Promise<Survey> {
  const survey = opened.get(run.name) ?? open(run);
  opened.set(run.name, survey);
  return survey;
}

const setOf = (survey: Survey, question: QuestionId) => ({
  set: survey.codebook.scales[survey.codebook.questions[question]!.scale]!.main_set as never,
});

function assertGap(own: Gap | null, other: Tested, what: string): void {
  assert.ok(own !== null, what);
  assertClose(own.difference, other.difference, 1e-9, `${what}: difference`);
  // R's p-value is far in the tail: a relative difference of the statistic weighs z² times there.
  assertClose(own.p, other.p, 1e-9 * (1 + other.statistic ** 2), `${what}: p`);
  assertClose(own.low + 2, other.low + 2, 1e-9, `${what}: low`);
  assertClose(own.high + 2, other.high + 2, 1e-9, `${what}: high`);
}

Deno.test("estimates.json of a weighted run agrees with survey of R, overall, by group and in a domain", async () => {
  for (const run of runs) {
    let compared = 0;
    for (const where of ["everyone", "men"] as const) {
      const survey = where === "men" ? await open(run, { gender: ["man"] }) : await everyone(run);
      const { estimates } = JSON.parse(JSON.stringify(estimatesJson(survey))) as ReturnType<
        typeof estimatesJson
      >;
      for (const entry of estimates) {
        assert.equal(entry.weighted, true);
        const numbers = [entry.count, entry.share, entry.low, entry.high];
        assert.ok(
          numbers.every((number) => (number === null) === entry.suppressed),
          JSON.stringify(entry),
        );
      }
      for (const other of run.shares.filter((share) => share.where === where)) {
        const own = estimates.find((entry) =>
          entry.question === other.question && "set" in entry && entry.set === other.set &&
          (entry.group?.variable ?? null) === other.variable &&
          (entry.group?.category ?? null) === other.group
        );
        const what = `${run.name} ${where} ${other.question} ${other.variable} ${other.group}`;
        assert.ok(own, what);
        assert.equal(own.n, other.n, what);
        if (own.suppressed || own.rounded) continue;
        assert.equal(own.count, other.count, what);
        assertClose(own.share, other.share, 1e-9, `${what}: share`);
        assertClose(own.low, other.wilson[0], 1e-9, `${what}: low`);
        assertClose(own.high, other.wilson[1], 1e-9, `${what}: high`);
        compared++;
      }
    }
    assert.ok(compared > 250, `${compared} estimates`);
  }
});

Deno.test("weightedShares() of a weighted run has the intervals and design effects of R", async () => {
  for (const run of runs) {
    const rows = weightedShares(await everyone(run));
    for (const other of run.shares.filter(({ deff }) => deff !== undefined)) {
      const own = rows.find(({ question }) => question === other.question)!;
      const what = `${run.name} ${other.question}`;
      assertClose(own.designEffect, other.deff!, 1e-9, `${what}: design effect`);
      assertClose(own.logit!.low, other.logit![0], 1e-9, `${what}: logit`);
      assertClose(own.logit!.high, other.logit![1], 1e-9, `${what}: logit`);
      assertClose(own.kornGraubard.low, other.beta![0], 1e-9, `${what}: beta`);
      assertClose(own.kornGraubard.high, other.beta![1], 1e-9, `${what}: beta`);
      assertClose(own.unweighted, other.count / other.n, 1e-12, `${what}: unweighted`);
    }
  }
});

Deno.test("Differences in a weighted run have the score test and interval of R", async () => {
  for (const run of runs) {
    const survey = await everyone(run);
    for (const other of run.gaps) {
      const { question, variable, first, second } = other;
      const of = setOf(survey, question);
      const own = gap(
        survey,
        question,
        of,
        variable,
        first as GroupId<typeof variable> & string,
        second as GroupId<typeof variable> & string,
      );
      assertGap(own, other, `${run.name} ${question} ${variable}`);
      const counts = countAnswers(survey, question, { by: variable });
      const pair = breakdownTest(counts, counts.sets[of.set]!).pairs
        .find((pair) => pair.first === first && pair.second === second) ??
        breakdownTest(counts, counts.sets[of.set]!).pairs
          .find((pair) => pair.first === second && pair.second === first)!;
      assertClose(Math.abs(pair.difference.statistic!), Math.abs(other.statistic), 1e-9, question);
    }
    for (const other of run.rests) {
      const { question, variable, first } = other;
      const own = gapToRest(survey, question, setOf(survey, question), variable, first as never);
      assertGap(own, other, `${run.name} ${question} ${first}`);
    }
    for (const other of run.roles) {
      const own = gapOfOverlapping(
        survey,
        other.question,
        setOf(survey, other.question),
        ["makes_decisions", "yes"],
        ["serves_politicians", "yes"],
      );
      assertGap(own, other, `${run.name} roles ${other.question}`);
    }
    for (const other of run.of_questions) {
      const [first, second] = [other.first, other.second].map((question) => ({
        question,
        ...setOf(survey, question),
      })) as [Parameters<typeof gapOfQuestions>[1], Parameters<typeof gapOfQuestions>[2]];
      assertGap(
        gapOfQuestions(survey, first, second),
        other,
        `${run.name} ${other.first} and ${other.second}`,
      );
    }
  }
});

Deno.test("Tables in a weighted run have Rao and Scott's test and the measures of R", async () => {
  for (const run of runs) {
    const survey = await everyone(run);
    for (const other of run.tables) {
      const own = tableAssociation(survey, other.by, other.question)!;
      const what = `${run.name} ${other.by} ${other.question}`;
      assert.equal(own.n, other.n);
      assert.equal(own.test?.kind, "rao_scott");
      assertClose(own.test!.statistic, other.statistic, 1e-9, `${what}: F`);
      assertClose(own.test!.df, other.df, 1e-9, `${what}: df`);
      assertClose(own.test!.df2, other.df2, 1e-9, `${what}: df2`);
      assertClose(own.test!.pValue, other.p, 1e-7, `${what}: p`);
      for (const [measure, there] of [[own.gamma, other.gamma], [own.tauB, other.tau_b]] as const) {
        assertClose(measure!.estimate, there.estimate, 1e-9, what);
        assertClose(measure!.se, there.se, 1e-9, `${what}: se`);
        assertClose(measure!.low, there.interval[0], 1e-9, `${what}: low`);
        assertClose(measure!.high, there.interval[1], 1e-9, `${what}: high`);
      }
      const gamma = gammaOf(survey, other.by, other.question);
      assert(typeof gamma !== "string");
      assertClose(gamma.value, other.gamma.estimate, 1e-9, what);
    }
  }
});
