import assert from "node:assert/strict";
import { MissingCounts } from "../../lib/responses/counted_answers.ts";
import { loadAnswers, validateAnswers } from "../../lib/statistics/load_answers.ts";
import { formatProblems } from "../../lib/responses/problem.ts";
import { areCountColumns } from "../../lib/responses/read_counts.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { countAll, countsCsv } from "../../lib/statistics/counts_csv.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { requireCounts } from "../../lib/statistics/needed_counts.ts";
import { withFile } from "./with_file.ts";

const rows = await loadAnswers(dataFile("responses.csv"), codebook());
const csv = countsCsv(countAll(rows), codebook(), rows.source);

/** The shipped counts with some lines changed. */
function changed(change: (line: string) => string | readonly string[]): string {
  return csv.trimEnd().split("\n").flatMap(change).join("\n") + "\n";
}

/** What is said of a table of counts. */
async function said(text: string, options: { weights?: boolean } = {}): Promise<string> {
  return await withFile("counts.csv", text, async (path) => {
    const { problems, warnings } = await validateAnswers(path, codebook(), options);
    return formatProblems([...problems, ...warnings]);
  });
}

async function isRefused(text: string, options: { weights?: boolean } = {}): Promise<boolean> {
  return await withFile(
    "counts.csv",
    text,
    async (path) => (await validateAnswers(path, codebook(), options)).survey === null,
  );
}

Deno.test("a table of counts is told from a response file by its columns", () => {
  assert.ok(areCountColumns(["question", "variable", "group", "answer", "n", "w", "w2"]));
  assert.ok(areCountColumns(["Answer", "N", "Question", "Group"]));
  assert.ok(!areCountColumns(["respondent", "gender", "wellbeing"]));
});

Deno.test("a table of counts of a file gives the estimates of the file", async () => {
  await withFile("counts.csv", csv, async (path) => {
    const survey = await loadAnswers(path, codebook());
    const { respondents, synthetic } = survey.source;
    assert.deepEqual({ respondents, synthetic }, { respondents: 1288, synthetic: true });
    assert.deepEqual(estimatesJson(survey).estimates, estimatesJson(rows).estimates);
    requireCounts(survey);
  });
});

Deno.test("rows of the same answers are added up, whatever the delimiter", async () => {
  const halves = changed((line) => {
    const values = line.split(",");
    if (values[0] === "question") return line.replaceAll(",", ";");
    const numbers = values.slice(4).map(Number);
    const half = numbers.map((n) => Math.floor(n / 2));
    const rest = numbers.map((n, i) => n - half[i]!);
    const ids = values.slice(0, 4);
    return [[...ids, ...half].join(";"), [...ids, ...rest].join(";")];
  });
  await withFile("counts.csv", halves, async (path) => {
    const survey = await loadAnswers(path, codebook());
    assert.deepEqual(estimatesJson(survey).estimates, estimatesJson(rows).estimates);
  });
});

Deno.test("a table without a column, or with names that the codebook lacks, says which and where", async () => {
  const without = changed((line) => line.split(",").slice(0, 6).join(","));
  assert.match(await said(without), /lacks a column[^]*column "w2"/);
  const misspelt = changed((line) => line.replace(/^wellbeing,gender,/, "welbeing,gender,"));
  assert.match(
    await said(misspelt),
    /\[unknown_name\][^]*line \d+[^]*"welbeing"[^]*nearest: wellbeing/,
  );
  const group = changed((line) => line.replace(",gender,man,", ",gender,mand,"));
  assert.match(await said(group), /\[unknown_category\][^]*column "group"[^]*"mand"[^]*woman, man/);
  const answer = changed((line) => line.replace(/^wellbeing,,,agree,/, "wellbeing,,,enig,"));
  assert.match(await said(answer), /column "answer"[^]*"enig"[^]*strongly_agree/);
});

Deno.test("numbers that no people have are refused with their row", async () => {
  for (const numbers of ["-1,1,1", "2.5,2.5,2.5", "3,,3", "3,0,0", "0,1,1", "4,9,4", "x,1,1"]) {
    const wrong = changed((line) => line.replace(/^(wellbeing,,,agree,).*/, `$1${numbers}`));
    assert.match(await said(wrong), /\[bad_count\]\n {2}row \d+ \(line \d+\)/, numbers);
  }
});

Deno.test("counts that are not of the same people are refused", async () => {
  const fewer = changed((line) => line.startsWith("wellbeing,gender,man,agree,") ? [] : line);
  assert.match(await said(fewer), /\[counts_disagree\][^]*by/);
  const more = changed((line) =>
    line.replace(/^respondent,,,synthetic,1288,/, "respondent,,,synthetic,1289,")
  );
  assert.match(await said(more), /\[counts_disagree\][^]*1288[^]*1289/);
});

Deno.test("counts that do not fit who was asked are refused", async () => {
  const empty = changed((line) =>
    line.replaceAll("(not asked)", "(no answer)").replace(
      "(no answer)*(no answer)",
      "(no answer)*(no answer)",
    )
  );
  assert.match(await said(empty), /\[counts_routing\][^]*\(not asked\) without/);
  const answered = changed((line) =>
    line.replaceAll("(not asked)", "one").replace(/^(act_.*),one,/, "$1,agree,")
  );
  assert.ok(await isRefused(answered));
});

Deno.test("a derived variable that its sources contradict is refused", async () => {
  const swapped = changed((line) =>
    line.includes("role")
      ? line.replace("serves_only", "§").replace("both", "serves_only").replace("§", "both")
      : line
  );
  assert.match(
    await said(swapped),
    /\[counts_disagree\][^]*role as serves_politicians and makes_decisions/,
  );
});

Deno.test("weights of counts count where they are asked for", async () => {
  const weighted = changed((line) => {
    const values = line.split(",");
    const n = Number(values[4]);
    return n > 0 ? [...values.slice(0, 5), n * 1.5, n * 2.5].join(",") : line;
  });
  assert.match(await said(weighted), /\[unused_weight\]/);
  assert.ok(!await isRefused(weighted));
  await withFile("counts.csv", weighted, async (path) => {
    const plain = await loadAnswers(path, codebook());
    assert.deepEqual(estimatesJson(plain).estimates, estimatesJson(rows).estimates);
    const survey = await loadAnswers(path, codebook(), { weights: true });
    const { estimates } = estimatesJson(survey);
    assert.ok(estimates.every(({ weighted, rounded }) => weighted || rounded));
    const plainShares = estimatesJson(rows).estimates.map(({ share }) => share?.toFixed(9));
    assert.deepEqual(estimates.map(({ share }) => share?.toFixed(9)), plainShares);
  });
  assert.match(await said(csv, { weights: true }), /\[no_weight\]/);
});

Deno.test("what a table of counts does not have is told, or refused where a report needs it", async () => {
  const without = changed((line) => /wellbeing/.test(line) ? [] : line);
  assert.match(await said(without), /\[left_out\][^]*wellbeing/);
  assert.ok(!await isRefused(without));
  const unsaid = changed((line) => line.startsWith("respondent,") ? [] : line);
  assert.match(await said(unsaid), /\[no_respondent_column\]/);
  const fewer = changed((line) =>
    line.startsWith("pressure_change,wellbeing,") ||
      line.startsWith("pressure_change,pressure_omit")
      ? []
      : line
  );
  await withFile("counts.csv", fewer, async (path) => {
    const survey = await loadAnswers(path, codebook());
    assert.throws(() => requireCounts(survey), MissingCounts);
    assert.throws(() => requireCounts(survey), /pressure_change by pressure_omit/);
  });
});
