import assert from "node:assert/strict";
import { counts } from "../../lib/commands/counts.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { fileURLToPath } from "node:url";

const shipped = fileURLToPath(dataFile("responses.csv"));

Deno.test("deno task counts writes a table that gives the estimates of the file, a group's too", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = `${folder}/counts.csv`;
    assert.equal(await counts(shipped, { out, where: ["gender"], table: "responses" }), 0);
    const [counted, read] = await Promise.all(
      [out, shipped].map((file) => loadAnswers(file, codebook())),
    );
    for (const within of [{}, { gender: ["man"] }]) {
      assert.deepEqual(
        estimatesJson({ ...counted!, within }).estimates,
        estimatesJson({ ...read!, within }).estimates,
      );
    }
    const again = `${folder}/again.csv`;
    await counts(out, { out: again, table: "responses" });
    assert.equal(await Deno.readTextFile(again), await Deno.readTextFile(out));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("deno task counts --sql names the table, and needs no file", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const out = `${folder}/counts.sql`;
    await counts(undefined, { out, sql: true, table: "survey.answers", weights: "column" });
    const sql = await Deno.readTextFile(out);
    assert.match(sql, /FROM survey\.answers\n/);
    assert.match(sql, /CAST\("weight" AS DOUBLE PRECISION\) AS weight/);
    assert.ok(!/undefined|NaN|\[object/.test(sql));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("deno task counts refuses what it does not know", async () => {
  const table = "responses";
  const refused = (file: string | undefined, options: object) =>
    assert.rejects(counts(file, { table, ...options }), InputError);
  await refused(undefined, {});
  await refused(shipped, { where: ["sex"] });
  await refused(shipped, { where: ["gender=mand"] });
  await refused(shipped, { weights: "population" });
});
