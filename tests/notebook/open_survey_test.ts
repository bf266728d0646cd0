import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { handOver, openSurvey, openWith, prepareNotebook } from "../../lib/notebook/open_survey.ts";
import { readWaves } from "../../lib/notebook/read_waves.ts";
import type { Settings } from "../../lib/notebook/settings.ts";
import { codebook, dataFile, synthesisDesign } from "../../lib/responses/study.ts";
import { synthesize } from "../../lib/responses/synthesis/synthesize.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { withProjectCopy } from "../commands/project_copy.ts";
import { inFolder, runTask } from "../commands/run_task.ts";

const SHIPPED = fileURLToPath(dataFile("responses.csv"));
const settings: Settings = { data: null, where: {}, languages: ["da"], report: true };

for (
  const [what, options] of Object.entries<Partial<Settings>>({
    "everyone": {},
    "a group, weighted to the population": {
      where: { gender: ["woman"] },
      weights: "population",
    },
    "two waves, with people in both": { baseline: SHIPPED },
    "two waves, weighted": { baseline: SHIPPED, weights: "population" },
    "the published figures before": { baseline: "published" },
  })
) {
  Deno.test(`openSurvey() makes of answers that were read before what it makes of the file: ${what}`, () =>
    inFolder(async (folder) => {
      const data = `${folder}/answers.csv`;
      await Deno.writeTextFile(
        data,
        synthesize(codebook(), synthesisDesign(), {
          seed: 5,
          respondents: 900,
          shift: { pressure_change: 9 },
        }),
      );
      const asked = { ...settings, ...options, data };
      const read = await openWith(asked);
      prepareNotebook(structuredClone(handOver(await readWaves(asked))));
      // The file is not needed any more.
      await Deno.remove(data);
      const again = await openSurvey();
      prepareNotebook(null);
      const { baseline, ...survey } = again;
      const { baseline: before, ...first } = read;
      assert.deepEqual(survey, first);
      assert.deepEqual(baseline?.shared, before?.shared);
      assert.deepEqual(baseline?.survey, before?.survey);
      assert.deepEqual(
        estimatesJson(again, baseline ?? null),
        estimatesJson(read, before ?? null),
      );
    }));
}

Deno.test("openSurvey() makes of counts that were read before what it makes of their file", () =>
  inFolder(async (folder) => {
    const counts = `${folder}/counts.csv`;
    const { code, stderr } = await runTask("counts", SHIPPED, "--out", counts);
    assert.equal(code, 0, stderr);
    const asked = { ...settings, data: counts };
    const read = await openWith(asked);
    prepareNotebook(structuredClone(handOver(await readWaves(asked))));
    await Deno.remove(counts);
    const again = await openSurvey();
    prepareNotebook(null);
    assert.ok(again.counted);
    assert.deepEqual([...again.codes.keys()], [...read.codes.keys()]);
    assert.deepEqual(estimatesJson(again, null), estimatesJson(read, null));
  }));

Deno.test("openSurvey() reads the files where nothing was read before", async () => {
  await assert.rejects(openWith({ ...settings, data: "none.csv" }), {
    message: /none\.csv/,
  });
});

Deno.test("openSurvey() reads the file that a cell names, whatever the notebook was given", async () => {
  prepareNotebook(handOver(await readWaves(settings)));
  await assert.rejects(openSurvey("none.csv"), { message: /none\.csv/ });
  prepareNotebook(null);
});

Deno.test("a codebook that was edited while the kernel runs is the next survey's codebook", () =>
  withProjectCopy([], async ({ folder }) => {
    const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
      args: [
        "eval",
        "--ext=ts",
        `const { openSurvey } = await import("file://" + Deno.cwd() + "/lib/notebook.ts");
        const labelOf = async () => (await openSurvey()).codebook.questions.wellbeing.label.en;
        const [file, before] = ["data/codebook.json", await labelOf()];
        Deno.writeTextFileSync(file, Deno.readTextFileSync(file).replaceAll(before, "Edited"));
        console.log(await labelOf());`,
      ],
      cwd: folder,
      env: { NO_COLOR: "1" },
    }).output();
    const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    assert.ok(success, text(stderr));
    assert.equal(text(stdout).trim(), "Edited");
  }));
