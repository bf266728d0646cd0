import assert from "node:assert/strict";
import { allClaims } from "../../lib/words/claims.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import { columns, comparison } from "../../lib/notebook/figures.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { codebook, dataFile, type QuestionId } from "../../lib/responses/study.ts";
import { inFolder, runTask } from "../commands/run_task.ts";

/** The shipped answers as a file without one of its columns. */
async function without(question: string, folder: string): Promise<string> {
  const lines = (await Deno.readTextFile(dataFile("responses.csv"))).trim().split("\n");
  const at = lines[0]!.replace(/^\uFEFF/, "").split(",").indexOf(question);
  assert.ok(at > 0 && !lines.some((line) => line.includes('"')));
  const file = `${folder}/without_${question}.csv`;
  const rows = lines.map((line) => line.split(",").filter((_, i) => i !== at).join(","));
  await Deno.writeTextFile(file, rows.join("\n"));
  return file;
}

Deno.test("without any one question the claims, figures and estimates are made, and say so", () =>
  inFolder(async (folder) => {
    const settings = { where: {}, languages: ["da"], report: true } as const;
    for (const question of Object.keys(codebook().questions) as QuestionId[]) {
      const data = await without(question, folder);
      const survey = await openWith({ ...settings, data });
      assert.deepEqual(survey.left_out, [question]);
      assert.ok(allClaims(survey).length > 100, question);
      assert.ok(
        estimatesJson(survey).estimates.every((estimate) => estimate.question !== question),
      );
      const label = codebook().questions[question]!.label;
      for (
        const figure of [
          columns(survey, question),
          comparison(survey, question, { by: ["gender", "pressure"] }),
        ]
      ) {
        assert.ok(
          figure.caption("da").notes.includes(`»${label.da}« indgik ikke i denne runde.`),
        );
        assert.ok(
          figure.caption("en").notes.includes(`“${label.en}” was not part of this wave.`),
        );
        assert.doesNotMatch(figure.svg("en", "wide") + figure.svg("da", "narrow"), /NaN/);
      }
      assert.match(
        breakdown(survey, question).render("en").part.details!,
        /too few answers to compare/,
      );
    }
  }));

Deno.test("every notebook runs on a wave without the question that most of them speak of", () =>
  inFolder(async (folder) => {
    const data = await without("pressure_change", folder);
    const out = `${folder}/out`;
    const { code, stderr } = await runTask("report", "--data", data, "--out", out);
    assert.equal(code, 0, stderr);
    assert.match(stderr, /A question was left out of this file/);
    const danish = await Deno.readTextFile(`${out}/report.da.html`);
    const english = await Deno.readTextFile(`${out}/report.en.html`);
    for (const said of ["indgik ikke i denne runde", "Her er der ingen svar i denne runde"]) {
      assert.ok(danish.includes(said), said);
    }
    for (const said of ["was not part of this wave", "Here there are no answers in this wave"]) {
      assert.ok(english.includes(said), said);
    }
    for (const html of [danish, english]) {
      const shown = html.replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "");
      assert.ok(!/\bNaN\b/.test(shown), "a number that is none");
    }
  }));
