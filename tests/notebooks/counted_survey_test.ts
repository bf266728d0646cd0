import assert from "node:assert/strict";
import { NEEDS_ROWS } from "../../lib/notebook/data_told.ts";
import { makeParquetParts } from "../bench/make_parquet_parts.ts";
import { inFolder, runTask } from "../commands/run_task.ts";

/** The text of a page, without what is not read. */
async function textOf(path: string): Promise<string> {
  const html = await Deno.readTextFile(path);
  return html.replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]+>/g, " ");
}

Deno.test("every notebook runs on counts, and says what needs the answers of single respondents", () =>
  inFolder(async (folder) => {
    const [data, out, own] = [`${folder}/counts.csv`, `${folder}/out`, `${folder}/own`];
    const made = await runTask("counts", "data/responses.csv", "--out", data);
    assert.equal(made.code, 0, made.stderr);
    const { code, stderr } = await runTask("report", "--data", data, "--out", out);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /read as a table of counts/);
    const [danish, english] = [
      await textOf(`${out}/report.da.html`),
      await textOf(`${out}/report.en.html`),
    ];
    assert.ok(danish.includes(NEEDS_ROWS.da) && danish.includes("læst som en tabel"));
    assert.ok(english.includes(NEEDS_ROWS.en) && english.includes("read as a table of counts"));
    // A note to the analyst has the word.
    assert.ok(!/\bNaN\b|\bundefined(?!\s+not asked)\b/.test(danish + english));
    await runTask("report", "--data", "data/responses.csv", "--only", "02", "--out", own);
    const estimates = async (from: string) =>
      JSON.parse(await Deno.readTextFile(`${from}/estimates.json`));
    const [counted, rows] = [await estimates(out), await estimates(own)];
    assert.deepEqual(counted.estimates, rows.estimates);
    assert.deepEqual(counted.claims, rows.claims);
  }));

Deno.test("a report on a group is made of Parquet files, and says what counted them", () =>
  inFolder(async (folder) => {
    await makeParquetParts({ respondents: 3000, parts: 2, seed: 3, out: `${folder}/parts` });
    const { code, stderr } = await runTask(
      ...["report", "--data", `${folder}/parts/*.parquet`, "--out", `${folder}/out`],
      ...["--where", "gender=man", "--weights", "column", "--only", "01,11"],
    );
    assert.equal(code, 0, stderr);
    assert.match(stderr, /counted by DuckDB from 2 files/);
    assert.match(await textOf(`${folder}/out/report.da.html`), /talt op af DuckDB fra 2 filer/);
    const { source, estimates } = JSON.parse(
      await Deno.readTextFile(`${folder}/out/estimates.json`),
    );
    assert.equal(source.respondents, 3000);
    assert.ok(
      estimates.every(({ weighted, rounded }: { weighted: boolean; rounded?: number }) =>
        weighted || rounded
      ),
    );
  }));
