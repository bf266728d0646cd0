import assert from "node:assert/strict";
import en from "../../lib/words/en.json" with { type: "json" };
import claims from "../../data/claims.json" with { type: "json" };
import codebook from "../../data/codebook.json" with { type: "json" };
import { withProjectCopy } from "../commands/project_copy.ts";

const QUESTION = codebook.questions.pressure_change.label.en;
const STATEMENT = claims.pressed_to_change.text.en;

Deno.test("a third language is one file: the program's texts by name, the study's by their English wording", async () => {
  await withProjectCopy(["02_pressure"], async (project) => {
    const report = async (...args: string[]) => {
      const { code, stderr } = await project.run("report", "--only", "02", ...args);
      assert.equal(code, 0, stderr);
    };
    const page = (language: string) =>
      Deno.readTextFile(project.path(`reports/report.${language}.html`));
    await report();
    const before = await page("en");
    const swedish = {
      language: "Svenska",
      "page.contents": "Innehåll",
      "figure.share": "Andel svenska",
      [QUESTION]: "Upplever press att ändra en bedömning",
      [STATEMENT]: STATEMENT.replace(/[^{}]+(?![^{]*\})/, (text) => `På svenska: ${text}`),
    };
    await Deno.writeTextFile(project.path("lib/words/sv.json"), JSON.stringify(swedish));
    await report("--lang", "sv,en");
    const made = await page("sv");
    assert.match(made, /<html lang="sv"/);
    for (const text of ["Innehåll", "Andel svenska", swedish[QUESTION]!, "På svenska: "]) {
      assert.ok(made.includes(text), text);
    }
    assert.ok(
      made.includes(en["page.showDetails"]),
      "what the file has not got is said in English",
    );
    assert.doesNotMatch(withoutScripts(made), />[^<]*(?:undefined|NaN)/);
    const after = await page("en");
    assert.match(after, /hreflang="sv"/);
    assert.ok(
      Math.abs(withoutScripts(after).length - withoutScripts(before).length) < 200,
      "the others stay as they are",
    );
  });
});

const withoutScripts = (html: string) => html.replace(/<(script|style)[\s\S]*?<\/\1>/g, "");
