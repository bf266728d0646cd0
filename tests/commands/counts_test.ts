import assert from "node:assert/strict";
import { counts } from "../../lib/commands/counts.ts";
import { InputError } from "../../lib/responses/input_error.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { loadAnswers } from "../../lib/statistics/load_answers.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import { fileURLToPath } from "node:url";
import { synthesizeFile } from "../../lib/commands/synthesize.ts";
import { inFolder } from "./run_task.ts";

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

Deno.test("counts and synthesize write over what they wrote before, and over no other file", () =>
  inFolder(async (folder) => {
    const [answers, readme] = [`${folder}/answers.csv`, `${folder}/README.md`];
    await Deno.copyFile(shipped, answers);
    await Deno.writeTextFile(readme, "# Read me\n");
    const real = `${folder}/real.csv`;
    await Deno.writeTextFile(real, "respondent,gender\n1,Kvinde\n");
    const table = "responses";
    const refused = (written: Promise<unknown>, why: RegExp) =>
      assert.rejects(written, (error) => error instanceof InputError && why.test(error.message));
    for (const out of [answers, readme]) {
      await refused(counts(answers, { out, table }), /^Cannot write to .* not a table of counts\./);
      await refused(counts(undefined, { out, table, sql: true }), /not such SQL/);
    }
    for (const out of [readme, real]) {
      await refused(synthesizeFile({ out, seed: "3" }), /a file that is not made-up answers/);
    }
    assert.equal(await Deno.readTextFile(answers), await Deno.readTextFile(shipped));
    assert.equal(await Deno.readTextFile(readme), "# Read me\n");
    await synthesizeFile({ out: answers, seed: "3" });
    assert.notEqual(await Deno.readTextFile(answers), await Deno.readTextFile(shipped));
    const out = `${folder}/counts.sql`;
    for (let time = 0; time < 2; time++) await counts(undefined, { out, table, sql: true });
    await refused(counts(answers, { out: `${folder}/none/x`, table }), /^Cannot write to [^\n]*$/);
    await refused(counts(answers, { out: folder, table }), /^Cannot write to [^\n]*$/);
  }));
