import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dataFile } from "../../lib/responses/study.ts";
import { processesWith } from "./processes_with.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";

const CLI = fileURLToPath(new URL("../../lib/cli.ts", import.meta.url));

Deno.test("deno task report ends with 1 when a notebook fails, names the cell, and writes nothing", () =>
  inFolder(async (folder) => {
    const { code, stderr } = await runTask(
      "report",
      ...["--only", "02", "--timeout", "0.001", "--out", `${folder}/out`],
    );
    assert.equal(code, 1, stderr);
    assert.match(stderr, /02_pressure\.ipynb, cell \d+/);
    assert.match(stderr, /nothing was written/);
    assert.deepEqual(filesIn(`${folder}/out`), []);
  }));

Deno.test({
  name: "Ctrl-C ends deno task report with 130, without a process left and without a file written",
  ignore: Deno.build.os !== "linux",
  fn: () =>
    inFolder(async (folder) => {
      const mark = `report-${crypto.randomUUID()}`;
      const temporary = `${folder}/temporary`;
      await Deno.mkdir(temporary);
      const child = new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", CLI, "report", "--out", `${folder}/out`],
        env: { SURVEY_TEST_MARK: mark, NO_COLOR: "1", TMPDIR: temporary },
        stdout: "null",
        stderr: "piped",
      }).spawn();
      const [first, all] = child.stderr.tee();
      const said = new Response(all).text();
      // Stopped as soon as one notebook is done, which is well before the end.
      for await (const text of first.pipeThrough(new TextDecoderStream())) {
        if (text.includes("done in")) break;
      }
      child.kill("SIGINT");
      const { code } = await child.status;
      assert.equal(code, 130, await said);
      assert.match(await said, /Stopped\./);
      for (let tries = 0; processesWith(mark) > 0 && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.equal(processesWith(mark), 0, "a process is left");
      assert.deepEqual(filesIn(temporary), [], "answers are left");
      assert.deepEqual(filesIn(`${folder}/out`), []);
    }),
});

Deno.test("deno task report ends with 1 when an output has a respondent's id, and writes nothing", () =>
  inFolder(async (folder) => {
    const shipped = await Deno.readTextFile(dataFile("responses.csv"));
    const data = `${folder}/answers.csv`;
    // A person whose id is a word of every caption.
    await Deno.writeTextFile(data, shipped.replace("synthetic-0001", "Base"));
    const { code, stderr } = await runTask(
      "report",
      ...["--only", "03", "--lang", "da", "--data", data, "--out", `${folder}/out`],
    );
    assert.equal(code, 1, stderr);
    assert.match(stderr, /03_balancing\.ipynb, cell \d+: a respondent's id/);
    assert.deepEqual(filesIn(`${folder}/out`), []);
  }));

Deno.test("deno task report refuses a group that leaves out fewer people than may be shown", () =>
  inFolder(async (folder) => {
    const shipped = await Deno.readTextFile(dataFile("responses.csv"));
    const [header = "", ...rows] = shipped.trim().split("\n");
    let men = 0;
    const few = rows.filter((row) => !row.split(",").includes("Mand") || men++ < 5);
    const data = `${folder}/answers.csv`;
    await Deno.writeTextFile(data, [header, ...few].join("\n"));
    const { code, stderr } = await runTask(
      "report",
      ...["--where", "gender=woman", "--data", data, "--out", `${folder}/out`],
    );
    assert.equal(code, 2, stderr);
    assert.match(stderr, /gender=woman has all of the \d+ respondents but 5/);
    assert.deepEqual(filesIn(`${folder}/out`), []);
  }));
