import assert from "node:assert/strict";
import { codebook } from "../../lib/responses/study.ts";
import { withProjectCopy } from "./project_copy.ts";

const { questions, respondent } = codebook();
const EARLIER = 1288;
const ITEMS = ["pressure_change", "pressure_omit", "act_change", "act_omit"];
const HEADERS: Record<string, string> = {
  respondent: "Respondent-id",
  gender: "Hvad er dit køn?",
  ...Object.fromEntries(
    ITEMS.map((id) => [id, `Hvor ofte oplever du følgende? - ${questions[id]!.text.da}`]),
  ),
};

/** Answers as another tool exports them: its headers, when each was given, and somebody's own words. */
function exported(csv: string): string {
  const [header = "", ...rows] = csv.trimEnd().split("\n");
  const ids = header.split(",").map((id) => HEADERS[id] ?? id);
  return [
    [...ids, "Oprettet", "Bemærkninger"].join(";"),
    ...rows.map((row, i) =>
      `${
        row.replaceAll(respondent.synthetic_prefix, "svar").replaceAll(",", ";")
      };28-04-2031 12:00;` +
      (i === 7 ? "Det vil jeg helst ikke sige her" : "")
    ),
  ].join("\n");
}

Deno.test("a new wave from another tool: its headers are proposed, the study is asked about, its name and numbers told", () =>
  withProjectCopy(["01_summary"], async (project) => {
    const [data, mapping, old] = ["svar æøå.csv", "svar æøå.mapping.json", "data/responses.csv"]
      .map((name) => project.path(name)) as [string, string, string];
    const made = await project.run(
      "synthesize",
      "--seed",
      "5",
      "--respondents",
      "400",
      "--out",
      data,
    );
    assert.equal(made.code, 0, made.stderr);
    await Deno.writeTextFile(data, exported(await Deno.readTextFile(data)));

    const first = await project.run("validate", data, "--propose", mapping);
    assert.match(first.stdout, /\[other_year\]\n {2}column "Oprettet" {2}"2031"/);
    const proposed = JSON.parse(await Deno.readTextFile(mapping)).columns;
    // What is not certain is a list, nearest first, to choose from.
    for (const [id, header] of Object.entries(HEADERS)) {
      // It may be an alias by now.
      if (!(header in proposed)) continue;
      assert.equal([proposed[header]].flat()[0], id, header);
      proposed[header] = id;
    }
    assert.equal(proposed["Bemærkninger"], null);
    await Deno.writeTextFile(mapping, JSON.stringify({ columns: proposed }));

    const call = ["report", "--data", data, "--mapping", mapping, "--baseline", old];
    const unedited = await project.run(...call, "--out", project.path("unedited"));
    assert.equal(unedited.code, 0, unedited.stderr);
    assert.match(unedited.stderr, /\[other_year\]/);

    const path = project.path("data/codebook.json");
    const book = JSON.parse(await Deno.readTextFile(path));
    Object.assign(book.study, {
      invited: 6800,
      fieldwork: { from: "2031-04-01", to: "2031-04-30" },
      wave: "2031",
      // All who were invited answered then: what they said is certain.
      earlier: { wave: "2029", invited: EARLIER },
      client: "Foreningen",
    });
    await Deno.writeTextFile(path, JSON.stringify(book, null, 1));
    const { code, stderr } = await project.run(...call, "--out", project.path("out"));
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /other_year|more_than_invited/);
    const { estimates } = JSON.parse(await Deno.readTextFile(project.path("out/estimates.json")));
    const changed = estimates.filter(({ change }: { change: unknown }) => change !== null);
    const ofAll = changed.filter(({ change }: { change: { before: { n: number } } }) =>
      change.before.n === EARLIER
    );
    assert.ok(ofAll.length > 10);
    for (const { low, high, change: { before } } of ofAll) {
      assert.ok(Math.abs(before.high - before.low) < 1e-9 && high - low > 0.001);
    }
    for (
      const [language, ...says] of [
        ["da", "6.800", "1.–30. april 2031", "for Foreningen.", "siden 2029-runden"],
        ["en", "6,800", "1–30 April 2031", "for Foreningen.", "since the 2029 wave"],
      ] as const
    ) {
      const html = await Deno.readTextFile(project.path(`out/report.${language}.html`));
      const read = html.replaceAll("\u00a0", " ")
        .replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "").replace(/<[^>]*>/g, " ");
      for (const said of says) assert.ok(read.includes(said), said);
      assert.doesNotMatch(read, /6[.,]296|(april|April) 2023|tidligere runde|Bemærkninger/);
    }
  }));
