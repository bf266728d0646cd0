import { deepEqual, doesNotMatch, equal, ok } from "node:assert/strict";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { openDuckDB } from "../../lib/responses/readers/duckdb.ts";
import { countsSql } from "../../lib/statistics/counts_sql.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { numberEstimates } from "../../lib/statistics/number_estimates.ts";
import { courseCodebook, courseCsv, courseSurvey } from "../responses/course_survey.ts";
import { withFile } from "../responses/with_file.ts";

Deno.test("every kind of question is read of large files as of small ones", () =>
  withFile("course.csv", courseCsv(300), async (path) => {
    const small = await loadAnswers(path, courseCodebook(), { weights: true });
    const large = await loadAnswers(path, courseCodebook(), {
      weights: true,
      large: { bytes: 0, rows: 0 },
    });
    deepEqual(large.codes, small.codes);
    deepEqual(large.numbers, small.numbers);
    deepEqual(estimatesJson(large).numbers, estimatesJson(small).numbers);
  }));

Deno.test("counts made in a database have every kind of question, and nobody's own words", async () => {
  const survey = await courseSurvey(courseCsv(300));
  const { codebook, numbers } = survey;
  const names = [...survey.codes.keys()].filter((name) => name !== "contentment");
  const idsOf = (name: string) =>
    Object.keys(
      (codebook.scales[codebook.questions[name]?.scale ?? ""] ?? codebook.variables[name]!)
        .categories,
    );
  const rows = Array.from({ length: 300 }, (_, row) => [
    `made-${row}`,
    ...names.map((name) => {
      const answer = idsOf(name)[survey.codes.get(name)![row]! - 1] ?? "";
      return name === "hours"
        ? String(numbers!.get(name)![row])
        : name === "comment" && answer
        ? `Egne ord ${row}`
        : answer;
    }),
  ]);
  const csv = [["id", ...names], ...rows].map((row) => row.map((each) => `"${each}"`).join(","))
    .join("\n");
  await withFile("rows.csv", csv, async (path) => {
    const folder = path.replace(/rows\.csv$/, "");
    using database = (await openDuckDB())!;
    await database.connection.run(
      `CREATE TABLE responses AS SELECT * FROM read_csv('${path}', all_varchar = true)`,
    );
    const sql = countsSql({ codebook }, "responses", false).trim().replace(/;$/, "");
    await database.connection.run(`COPY (${sql}) TO '${folder}/counts.csv'`);
    doesNotMatch(await Deno.readTextFile(`${folder}/counts.csv`), /Egne ord/i);
    const counted = await loadAnswers(`${folder}/counts.csv`, codebook);
    ok(counted.left_out.includes("contentment"));
    const own = ({ question }: { question: string }) => question !== "contentment";
    deepEqual(
      estimatesJson(counted).estimates.filter(own),
      estimatesJson(survey).estimates.filter(own),
    );
    // Whole numbers that are a band each need no respondent.
    deepEqual(numberEstimates(counted, "recommend"), numberEstimates(survey, "recommend"));
    equal(estimatesJson(counted).numbers!.some(({ question }) => question === "hours"), false);
  });
});
