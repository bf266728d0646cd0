import assert from "node:assert/strict";
import { countsSql } from "../../lib/statistics/counts_sql.ts";
import { openDuckDB } from "../../lib/responses/readers/duckdb.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { requireCounts } from "../../lib/statistics/needed_counts.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import type { Codebook } from "../../lib/responses/codebook.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";

/** Makes a table of counts by the SQL, in DuckDB, and reads it. */
async function withCounts(
  columns: string,
  { weighted = false, within = {}, book = codebook() }: {
    weighted?: boolean;
    within?: Record<string, string[]>;
    book?: Codebook;
  },
  run: (counts: string, rows: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    using database = (await openDuckDB())!;
    const { pathname } = dataFile("responses.csv");
    await database.connection.run(
      `CREATE TABLE responses AS SELECT ${columns} FROM ` +
        `read_csv('${decodeURIComponent(pathname)}', all_varchar = true)`,
    );
    await database.connection.run(`COPY responses TO '${folder}/rows.csv' (HEADER)`);
    const sql = countsSql({ codebook: book, within }, "responses", weighted);
    for (const format of ["csv", "parquet"]) {
      await database.connection.run(
        `COPY (${sql.trim().replace(/;$/, "")}) TO '${folder}/counts.${format}'`,
      );
      await run(`${folder}/counts.${format}`, `${folder}/rows.csv`);
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a table of counts that a database made by the SQL gives the estimates of its rows", async () => {
  const within = { gender: ["man"] };
  await withCounts("*", { within }, async (counts, rows) => {
    const survey = await loadAnswers(counts, codebook());
    requireCounts(survey, within);
    assert.ok(survey.source.synthetic);
    const read = await loadAnswers(rows, codebook());
    assert.deepEqual(estimatesJson(survey).estimates, estimatesJson(read).estimates);
    assert.deepEqual(
      estimatesJson({ ...survey, within }).estimates,
      estimatesJson({ ...read, within }).estimates,
    );
  });
});

Deno.test("the SQL counts weights, and reads ids and codes as well as labels", async () => {
  const columns = "* REPLACE (CASE gender WHEN 'Mand' THEN '2' ELSE 'woman' END AS gender, " +
    "CASE wellbeing WHEN 'Enig' THEN 'NA' ELSE wellbeing END AS wellbeing), " +
    "1 + CAST(hash(respondent) % 7 AS INTEGER) AS weight";
  await withCounts(columns, { weighted: true }, async (counts, rows) => {
    const survey = await loadAnswers(counts, codebook(), { weights: true });
    const read = await loadAnswers(rows, codebook(), { weights: true });
    // Whole weights add up to the same number in any order.
    assert.deepEqual(estimatesJson(survey).estimates, estimatesJson(read).estimates);
  });
});

Deno.test("the SQL tells who counts, who was asked and who declined as the rows do", async () => {
  const book = structuredClone(codebook());
  book.study.routing = "infer";
  book.respondent.counts_if = { answered: 0.8, questions: ["time_pressure"] };
  book.scales.agreement_partly!.no_answer = [{ da: "Vil ikke svare", en: "Declines", aliases: [] }];
  const columns = `* REPLACE (
    CASE WHEN hash(respondent) % 7 = 0 THEN NULL ELSE serves_politicians END AS serves_politicians,
    CASE WHEN hash(respondent) % 5 = 0 THEN 'Vil ikke svare' ELSE time_pressure END AS time_pressure,
    CASE WHEN hash(respondent) % 3 = 0 THEN NULL ELSE pressure_change END AS pressure_change,
    CASE WHEN hash(respondent) % 6 = 0 THEN NULL ELSE pressure_omit END AS pressure_omit,
    CASE WHEN hash(respondent) % 12 = 0 THEN NULL ELSE act_change END AS act_change)`;
  await withCounts(columns, { book }, async (counts, rows) => {
    const [survey, read] = [await loadAnswers(counts, book), await loadAnswers(rows, book)];
    const { inferred, incomplete } = read.source;
    assert.ok(inferred!.serves_politicians! > 50 && incomplete! > 200, JSON.stringify(read.source));
    assert.equal(survey.source.respondents, read.source.respondents);
    assert.deepEqual(estimatesJson(survey).estimates, estimatesJson(read).estimates);
  });
});
