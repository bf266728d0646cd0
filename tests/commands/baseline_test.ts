import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { dataFile } from "../../lib/responses/study.ts";
import { filesIn, inFolder, runTask } from "./run_task.ts";

const SHIPPED = fileURLToPath(dataFile("responses.csv"));

interface Entry {
  question: string;
  set?: string;
  group: object | null;
  n: number;
  suppressed: boolean;
  change: { before: { n: number }; difference: number; moved: string; family: string } | null;
}

Deno.test("a misspelt published is told from a file that is not there", async () => {
  const [near, far] = [
    await runTask("report", "--only", "01", "--baseline", "publshed"),
    await runTask("report", "--only", "01", "--baseline", "2021.csv"),
  ];
  assert.deepEqual([near.code, far.code], [2, 2]);
  assert.match(near.stderr, /Is "published" meant\?/);
  assert.doesNotMatch(far.stderr, /published/);
});

Deno.test("a second wave goes through with a baseline, of everyone and of a group, in both languages", () =>
  inFolder(async (folder) => {
    const wave = `${folder}/second.csv`;
    const made = await runTask(
      ...["synthesize", "--seed", "7", "--shift", "pressure_change=+12", "--vary", "4"],
      ...["--respondents", "1100", "--out", wave],
    );
    assert.equal(made.code, 0, made.stderr);
    for (const where of [[], ["--where", "gender=woman"]]) {
      const out = `${folder}/${where.join("-") || "all"}`;
      const run = await runTask(
        ...["report", "--data", wave, "--baseline", SHIPPED, "--only", "01,02,11", "--out", out],
        ...where,
      );
      assert.equal(run.code, 0, run.stderr);
      assert.match(
        run.stderr,
        /second\.csv compared with the (earlier|\w+) wave('s responses\.csv| \(responses\.csv\))/,
      );
      assert.ok(filesIn(out).includes("tables.da.xlsx"));
      const file = JSON.parse(await Deno.readTextFile(`${out}/estimates.json`));
      assert.equal(file.baseline.file, "responses.csv");
      assert.equal(file.baseline.shared_respondents, 0);
      const entries: Entry[] = file.estimates;
      assert.ok(entries.every((entry) => "change" in entry));
      assert.ok(entries.every(({ suppressed, change }) => !suppressed || change === null));
      const pressed = entries.find(({ question, set, group }) =>
        question === "pressure_change" && set === "at_least_sometimes" && group === null
      )!;
      assert.equal(pressed.change!.moved, "up");
      assert.equal(pressed.change!.family, "main");
      assert.ok(pressed.change!.before.n > pressed.n);
      const words = {
        da: /procentpoint mere end i (den tidligere |\w+-)runde/,
        en: /points more than in the/,
      };
      for (const language of ["da", "en"] as const) {
        const html = await Deno.readTextFile(`${out}/report.${language}.html`);
        assert.match(html.replaceAll("\u00a0", " "), words[language]);
        assert.match(html, /<p class="change"><strong><span aria-hidden="true">▲/);
        assert.match(html, /id="summary-waves"/);
        assert.match(html, /id="method-data"/);
        const read = html.replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "");
        assert.doesNotMatch(read, /synthetic-\d|\bNaN\b|\bundefined\b|\[object/);
      }
    }
  }));
