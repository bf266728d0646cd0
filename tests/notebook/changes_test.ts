import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { respondentContent } from "../../lib/commands/respondent_content.ts";
import { reportDetails } from "../../lib/commands/report_texts.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import { changeSince } from "../../lib/notebook/change_since.ts";
import { columns, comparison, likert } from "../../lib/notebook/figures.ts";
import { finding } from "../../lib/notebook/narrate.ts";
import { keyFigures } from "../../lib/notebook/key_figures.ts";
import { type OpenedSurvey, openedSurvey } from "../../lib/notebook/open_survey.ts";
import { readWaves } from "../../lib/notebook/read_waves.ts";
import type { Settings } from "../../lib/notebook/settings.ts";
import { isShown } from "../../lib/statistics/estimate.ts";
import { estimatesJson } from "../../lib/statistics/estimates_json.ts";
import { share } from "../../lib/statistics/look_up.ts";
import { codebook, dataFile, synthesisDesign } from "../../lib/responses/study.ts";
import { synthesize } from "../../lib/responses/synthesis/synthesize.ts";

const SHIPPED = fileURLToPath(dataFile("responses.csv"));
const settings: Settings = { data: null, where: {}, languages: LANGUAGES, report: true };
const folder = await Deno.makeTempDir({ prefix: "survey-" });
globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));

const MOVED = `${folder}/moved.csv`;
await Deno.writeTextFile(
  MOVED,
  synthesize(codebook(), synthesisDesign(), {
    seed: 3,
    respondents: 1100,
    shift: { pressure_change: 12, wellbeing: -15, time_pressure: 3 },
  }),
);

/** A copy of a file without one of its columns. */
async function without(file: string, column: string): Promise<string> {
  const lines = (await Deno.readTextFile(file)).trimEnd().split("\n").map((line) =>
    line.split(",")
  );
  const at = lines[0]!.indexOf(column);
  assert.ok(at > 0);
  const copy = `${folder}/without-${column}.csv`;
  await Deno.writeTextFile(
    copy,
    lines.map((cells) => cells.filter((_, i) => i !== at).join(",")).join("\n") + "\n",
  );
  return copy;
}

/** Opened with an earlier wave of this name; by default it has none, whatever the codebook says. */
async function open(
  options: Partial<Settings>,
  name: { wave?: string } = {},
): Promise<OpenedSurvey> {
  const { survey, earlier } = await readWaves({ ...settings, ...options }, () => {});
  if (!earlier?.survey) return await openedSurvey({ survey, earlier });
  const { codebook } = earlier.survey;
  const { wave: _, ...study } = codebook.study;
  const named = { ...earlier.survey, codebook: { ...codebook, study: { ...study, ...name } } };
  return await openedSurvey({ survey, earlier: { ...earlier, survey: named } });
}
const moved = await open({ data: MOVED, baseline: SHIPPED });
const alone = await open({ data: MOVED });

Deno.test("changeSince() says from what, by how much, and whether chance explains it", () => {
  const up = changeSince(moved, "pressure_change");
  assert.match(
    up.en,
    /^Once in a while or more often: 45%, 12 percentage points more than in the earlier wave \(33%\)\. That is more than chance explains \(95% interval of the change: \d+ to \d+\)\.$/,
  );
  assert.match(
    up.da,
    /^En gang i mellem eller oftere: 45 pct\., 12 procentpoint mere end i den tidligere runde \(33 pct\.\)\. Det er mere, end tilfældet kan forklare \(95%-interval for ændringen: \d+ til \d+\)\.$/,
  );
  assert.match(
    changeSince(moved, "wellbeing").en,
    /1\d percentage points less than in the earlier/,
  );
  assert.match(changeSince(moved, "time_pressure").da, /3 procentpoint mere .*kan være tilfældigt/);
  assert.match(
    changeSince(moved, "act_omit").en,
    /about the same as in the earlier wave \(23%; 95% interval of the change: −\d to \d\)\.$/,
  );
  assert.deepEqual(changeSince(alone, "wellbeing"), { da: "", en: "" });
});

Deno.test("changeSince() calls the earlier wave by its name, where it has one", async () => {
  const named = await open({ data: MOVED, baseline: SHIPPED }, { wave: "2029" });
  const { da, en } = changeSince(named, "wellbeing");
  assert.match(da, /procentpoint mindre end i 2029-runden \(/);
  assert.match(en, /percentage points less than in the 2029 wave \(/);
  assert.match(
    new Map(reportDetails(named, "en")).get("Compared with")!,
    /^2029: responses\.csv \(/,
  );
});

Deno.test("changeSince() says why there is nothing to compare with", async () => {
  const added = await open({ data: MOVED, baseline: await without(SHIPPED, "wellbeing") });
  assert.match(changeSince(added, "wellbeing").en, /not asked in the earlier wave/);
  const lost = await open({ data: await without(MOVED, "wellbeing"), baseline: SHIPPED });
  assert.deepEqual(changeSince(lost, "wellbeing"), { da: "", en: "" });
  const few = await open({
    data: MOVED,
    baseline: SHIPPED,
    where: { tenure: ["years_0_2"], municipality_size: ["under_30000"], gender: ["man"] },
  });
  assert.match(changeSince(few, "wellbeing").da, /for få svar til at sammenligne/);
  const published = await open({ data: MOVED, baseline: "published" });
  assert.match(
    changeSince(published, "wellbeing", { set: "agree" }, { gender: "man" }).en,
    /published figures have nothing to compare/,
  );
});

Deno.test("finding() shows the change below its heading, and without one only the heading", () => {
  const text = { da: "Fund", en: "Finding" };
  for (const language of LANGUAGES) {
    const plain = finding("it", text).render(language);
    assert.deepEqual(finding("it", text, changeSince(alone, "wellbeing")).render(language), plain);
    const { part } = finding("it", text, changeSince(moved, "wellbeing")).render(language);
    assert.ok(part.html.startsWith(`${plain.part.html}\n<p>`));
    assert.deepEqual(part.heading, plain.part.heading);
  }
});

Deno.test("tables of figures and breakdowns have the change of every share, only with an earlier wave", () => {
  const figures = (survey: OpenedSurvey) =>
    [
      likert(survey, ["pressure_change", "act_change"]),
      likert(survey, "wellbeing", { by: "gender" }),
      columns(survey, "wellbeing"),
      comparison(survey, "wellbeing", { by: ["gender", "tenure"] }),
    ].map((figure) => figure.table("en"));
  const tables = (survey: OpenedSurvey) => [
    ...figures(survey),
    ...breakdown(survey, "wellbeing").render("en").part.tables ?? [],
  ];
  const plain = tables(alone);
  tables(moved).forEach((table, i) => {
    const own = plain[i]!.columns.length;
    const labels = table.columns.slice(own).map(({ label }) => label);
    assert.deepEqual(labels, [
      "Change (percentage points)",
      "Change, from",
      "Change, to",
      "p, adjusted",
      "Has moved",
    ]);
    for (const row of table.rows) {
      assert.equal(row.length, own + 5);
      const [points, from, to] = row.slice(own) as number[];
      if (typeof points === "number") assert.ok(from! <= points && points <= to!, table.name);
    }
  });
  const all = figures(moved)[2]!;
  const thrive = all.rows.find(([answer]) => answer === "Agree or strongly agree")!;
  assert.ok((thrive.at(-5) as number) < -14);
  assert.equal(thrive.at(-1), "▼ down");
});

Deno.test("captions say the change of what a figure speaks of", () => {
  const note = likert(moved, ["pressure_change", "act_change"]).caption("en").details
    .find((each) => each.startsWith("Change"));
  assert.match(
    note!,
    /^Change since the earlier wave, “once in a while or more often”, in percentage/,
  );
  assert.match(
    note!,
    /Feels pressure to change an assessment in a paper \+12 \(\d+ to \d+, ▲ up\); /,
  );
  const category = comparison(moved, "wellbeing", { by: "gender", category: "agree" });
  assert.match(
    category.caption("da").details.join(" "),
    /Ændring siden den tidligere runde, »Enig«, i procentpoint.* −/,
  );
  assert.doesNotMatch(columns(alone, "wellbeing").caption("en").details.join(" "), /Change/);
});

Deno.test("key figures say up, down or no sure change in words beside the arrow", () => {
  const key = (question: "pressure_change" | "wellbeing" | "act_omit", set: string) => ({
    estimate: share(moved, question, { set } as { set: "agree" }),
    label: { da: question, en: question },
  });
  const shown = keyFigures(
    moved,
    { name: "test", title: { da: "Tal", en: "Numbers" } },
    key("pressure_change", "at_least_sometimes"),
    key("wellbeing", "agree"),
    key("act_omit", "at_least_sometimes"),
  );
  const { part, outputs } = shown.render("en");
  assert.match(part.html, /<span aria-hidden="true">▲<\/span> 12 percentage points up<\/strong>/);
  assert.match(
    part.html,
    /<span aria-hidden="true">▼<\/span> 1\d percentage points down<\/strong>/,
  );
  assert.match(part.html, /<span aria-hidden="true">◆<\/span> No sure change<\/strong> since the/);
  assert.match(String(outputs[0]?.["text/plain"]), /45% pressure_change\. 12 percentage points up/);
  assert.equal(part.tables?.[0]?.rows[1]?.at(-1), "▼ down");
  assert.match(
    shown.render("da").part.html,
    /op<\/strong> siden den tidligere runde \(\d+ til \d+\)/,
  );
});

Deno.test("estimatesJson() has the change of every estimate that both waves show", () => {
  const { estimates } = estimatesJson(moved, moved.baseline);
  const before = new Map(
    estimatesJson(moved.baseline!.survey!).estimates.map((entry) => [keyOf(entry), entry]),
  );
  const families = new Set<string>();
  for (const entry of estimates) {
    const earlier = before.get(keyOf(entry))!;
    const areShown = [entry, earlier].every((each) => !each.suppressed && !each.rounded);
    assert.equal(entry.change !== null, areShown, keyOf(entry));
    const { change } = entry;
    if (!change) continue;
    families.add(change.family);
    const { n, count, share, low, high, weighted } = earlier;
    assert.deepEqual(change.before, { n, count, share, low, high, weighted });
    assert.ok(Math.abs(change.difference - (entry.share! - share!)) < 1e-12);
    assert.ok(change.low <= change.difference && change.difference <= change.high);
    assert.equal(change.p === null, change.p_adjusted === null);
    if (change.p !== null) assert.ok(change.p <= change.p_adjusted! + 1e-12);
  }
  assert.deepEqual(families, new Set(["main", "other", "groups"]));
  const main = estimates.filter(({ change }) => change?.family === "main");
  // Of frequencies all other answers are a set too, and the same test.
  assert.equal(main.length, 13 + 6);
  assert.ok(estimatesJson(alone).estimates.every((entry) => !("change" in entry)));
});

function keyOf(entry: object): string {
  const { question, set, category, group } = entry as Record<string, unknown>;
  return JSON.stringify([question, set, category, group]);
}

Deno.test("nothing that the earlier wave hides comes out with a change", async () => {
  // A group that is too small in the earlier wave only.
  const lines = (await Deno.readTextFile(SHIPPED)).trimEnd().split("\n");
  const size = lines[0]!.split(",").indexOf("municipality_size");
  let kept = 0;
  const few = lines.filter((line, i) => {
    if (i === 0 || !/under 30/i.test(line.split(",")[size]!)) return true;
    return ++kept <= 7;
  });
  assert.equal(kept > 50, true);
  const baseline = `${folder}/few.csv`;
  await Deno.writeTextFile(baseline, few.join("\n") + "\n");
  const survey = await open({ data: MOVED, baseline });
  const among = { municipality_size: "under_30000" } as const;
  const estimate = share(survey, "wellbeing", { set: "agree" }, among);
  assert.ok(isShown(estimate));
  assert.equal(survey.baseline!.changeOf(estimate), null);
  const table = breakdown(survey, "wellbeing").render("en").part.tables![0]!;
  const row = table.rows.find(([, group]) => group === "Under 30,000")!;
  assert.deepEqual(row.slice(-5), ["", "", "", "", "cannot be compared"]);
});

Deno.test("respondentContent() knows the ids and sizes of both waves", async () => {
  const asked = { ...settings, data: MOVED, baseline: SHIPPED };
  const content = respondentContent(await readWaves(asked, () => {}));
  const ids = content.ids.flatMap((column) => [...column]);
  assert.ok(ids.includes("synthetic-0001") && ids.includes("synthetic-3-0001"));
  assert.ok(content.sizes.includes(1100) && content.sizes.includes(1288));
});

Deno.test("reportDetails() name the earlier wave", async () => {
  const of = (survey: OpenedSurvey) => new Map(reportDetails(survey, "en")).get("Compared with");
  assert.equal(of(moved), "responses.csv (1,288 answered)");
  assert.equal(of(await open({ baseline: "published" })), "the published figures of 2023");
  assert.equal(of(alone), undefined);
});
