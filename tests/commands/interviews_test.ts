import assert from "node:assert/strict";
import { type ProjectCopy, withProjectCopy } from "./project_copy.ts";

const NOTEBOOKS = ["05_kinds_and_sources", "08_cooperation", "11_method"];

/** The report of a copy, as a reader has it. */
async function reported(project: ProjectCopy, language: string): Promise<string> {
  const html = await Deno.readTextFile(project.path(`reports/report.${language}.html`));
  return html.replaceAll("\u00a0", " ").replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "")
    .replace(/<div class="notes notes-text">[\s\S]*?<\/div><\/div>/g, "");
}

async function edit(
  project: ProjectCopy,
  // deno-lint-ignore no-explicit-any
  files: Record<string, (json: any) => void>,
): Promise<void> {
  for (const [name, change] of Object.entries(files)) {
    const json = JSON.parse(await Deno.readTextFile(project.path(name)));
    change(json);
    await Deno.writeTextFile(project.path(name), JSON.stringify(json, null, 1));
  }
}

Deno.test("a further interview with a new theme is data alone, and its number follows", () =>
  withProjectCopy(NOTEBOOKS, async (project) => {
    const label = { da: "Pressen", en: "The press" };
    await edit(project, {
      "data/codebook.json": ({ study }) => study.interviews.count++,
      "data/published.json": ({ themes }) =>
        themes.push({
          ...{ id: "source_media", kind: "source_of_pressure", pages: [12], label, effect: null },
          gist: { da: "Frygten for avisen styrer.", en: "Fear of the papers steers." },
          who: { da: "en", en: "one" },
        }),
    });
    const file = project.path("data/interviews.csv");
    await Deno.writeTextFile(
      file,
      (await Deno.readTextFile(file)).trimEnd() +
        "\np12_7,12,quotation,source_media,man,age_55_plus,makes_decisions," +
        "En journalist ringer.,A reporter calls.\n",
    );
    const { code, stderr } = await project.run("report");
    assert.equal(code, 0, stderr);
    for (
      const [language, ...says] of [
        ["da", "bygger på syv interview", "Syv medlemmer blev interviewet", "Pressen"],
        ["en", "rests on seven interviews", "Seven members were interviewed", "The press"],
      ] as const
    ) {
      const shown = await reported(project, language);
      for (const said of says) assert.ok(shown.includes(said), said);
    }
  }));

Deno.test("without interviews their chapters say so once, and nothing rests on them", () =>
  withProjectCopy(NOTEBOOKS, async (project) => {
    await edit(project, { "data/codebook.json": ({ study }) => delete study.interviews });
    await Deno.remove(project.path("data/interviews.csv"));
    const { code, stderr } = await project.run("report");
    assert.equal(code, 0, stderr);
    for (
      const [language, none, never] of [
        [
          "da",
          "Ingen blev interviewet i denne runde.",
          /I interviewene|interviewede|nul interview/,
        ],
        ["en", "Nobody was interviewed in this wave.", /In the interviews|zero interviews/],
      ] as const
    ) {
      const shown = await reported(project, language);
      assert.equal(shown.split(none).length, 2);
      assert.doesNotMatch(shown, never);
    }
  }));
