import assert from "node:assert/strict";
import type { Codebook } from "../../lib/responses/codebook.ts";
import { withProjectCopy } from "./project_copy.ts";

const BANDS = ["0-1 år", "2-4 år", "5-9 år", "10-19 år", "20+ år"];
const EDUCATION = ["Kort videregående", "Lang videregående"];
const DECLINED = "Ønsker ikke at svare";

/** The answers as a changed questionnaire gives them: other bands, one question less, two columns more. */
function changed(csv: string): string {
  const [header = "", ...rows] = csv.trimEnd().split("\n");
  const ids = header.replace(/^\uFEFF/, "").split(",");
  const [tenure, agreement] = [ids.indexOf("tenure"), ids.indexOf("leader_independence")];
  const dropped = ids.indexOf("cooperation_satisfaction");
  const kept = (cells: string[]) => cells.filter((_, i) => i !== dropped);
  return [
    [...kept(ids), "education", "job_change"].join(","),
    ...rows.map((row, i) => {
      const cells = row.replace("synthetic-", "wave2-").split(",");
      cells[tenure] = BANDS[i % 5]!;
      if (i % 20 === 0) cells[agreement] = DECLINED;
      return [...kept(cells), EDUCATION[i % 2], i % 3 === 0 ? "Ja" : "Nej"].join(",");
    }),
  ].join("\n") + "\n";
}

const text = (da: string, en = da) => ({ da, en });
const answer = (da: string) => ({ ...text(da), aliases: [] });

/** What an analyst writes into the codebook for it. */
function describe(book: Codebook): void {
  const { study, questions, variables, scales } = book;
  Object.assign(study, { wave: "2025", earlier: { wave: "2023", invited: 6296 } });
  questions.workload_quality!.waves = { 2023: { text: { ...questions.workload_quality!.text } } };
  questions.workload_quality!.text = text("Jeg har for meget at lave.", "I have too much to do.");
  questions.time_pressure!.waves = { 2023: { text: text("Før", "Before"), compare: "no" } };
  questions.cooperation_satisfaction!.waves = { 2025: null };
  const tenure = variables.tenure!;
  tenure.waves = { 2023: { categories: tenure.categories } };
  tenure.categories = Object.fromEntries(BANDS.map((band, i) => [`band_${i}`, answer(band)]));
  variables.education = {
    ...{ label: text("Uddannelse", "Education"), base: "all", aliases: [] },
    ...{ background: true, derived: false, waves: { 2023: null } },
    categories: Object.fromEntries(EDUCATION.map((each, i) => [`level_${i}`, answer(each)])),
  };
  // What the bands of both waves have in common.
  const seniority = (low: string[], high: string[]) => ({
    low: { ...answer("kort tid"), where: { tenure: low } },
    high: { ...answer("lang tid"), where: { tenure: high } },
  });
  variables.seniority = {
    ...{ label: text("Erfaring", "Seniority"), base: "all", aliases: [] },
    ...{ background: true, derived: true },
    categories: seniority(["band_0", "band_1"], ["band_2", "band_3", "band_4"]),
    waves: {
      2023: {
        categories: seniority(["years_0_2"], ["years_3_5", "years_6_10", "years_11_plus"]),
      },
    },
  };
  scales.agreement!.no_answer = [answer(DECLINED)];
  scales.intention = {
    ...{ title: text("Hensigt", "Intention"), dont_know: null, colours: "diverging" },
    categories: { yes: answer("Ja"), no: answer("Nej") },
    ...{ sets: { yes: { label: text("ja", "yes"), categories: ["yes"] } }, main_set: "yes" },
  };
  questions.job_change = {
    ...{ label: text("Overvejer at skifte job", "Thinks of changing job"), base: "all" },
    ...{ text: text("Overvejer du at skifte job?"), scale: "intention", aliases: [] },
    waves: { 2023: null },
  };
}

Deno.test("a questionnaire that has changed is data/ alone: what can be compared is, and what cannot says why", () =>
  withProjectCopy(["01_summary", "06_time_and_workload", "08_cooperation"], async (project) => {
    const [book, data, old] = ["data/codebook.json", "changed.csv", "data/responses.csv"]
      .map((name) => project.path(name)) as [string, string, string];
    const codebook = JSON.parse(await Deno.readTextFile(book));
    describe(codebook);
    await Deno.writeTextFile(book, JSON.stringify(codebook, null, 1));
    await Deno.writeTextFile(data, changed(await Deno.readTextFile(old)));
    const { code, stderr } = await project.run("report", "--data", data, "--baseline", old);
    assert.equal(code, 0, stderr);
    assert.doesNotMatch(stderr, /left_out|unknown_column|unknown_category/);

    interface Entry {
      question: string;
      set?: string;
      n: number;
      share: number;
      group: { variable: string; category: string } | null;
      change: { before: { n: number }; difference: number; moved: string } | null;
    }
    interface Told {
      verdict: string;
      evidence: { en: string };
    }
    const { estimates, source, claims }: {
      estimates: Entry[];
      source: { declined: unknown };
      claims: Told[];
    } = JSON.parse(await Deno.readTextFile(project.path("reports/estimates.json")));
    const apart = claims.filter(({ evidence }) => /put differently then/.test(evidence.en));
    assert.ok(apart.length > 0 && apart.every(({ verdict }) => verdict === "cannot_be_told"));
    const main = (question: string, variable: string | null = null) =>
      estimates.filter((each) =>
        each.question === question && each.set !== undefined &&
        (each.group?.variable ?? null) === variable
      );
    assert.equal(main("cooperation_satisfaction").length, 0);
    assert.ok(main("workload_quality").every(({ change }) => change !== null));
    assert.ok(main("time_pressure").every(({ change, share }) => change === null && share > 0));
    assert.ok(main("job_change").every(({ change, share }) => change === null && share > 0));
    // Bands that the other wave does not have are shown, and not compared.
    assert.equal(new Set(main("wellbeing", "tenure").map(({ group }) => group!.category)).size, 5);
    assert.ok(main("wellbeing", "tenure").every(({ change }) => change === null));
    assert.deepEqual(
      main("wellbeing", "seniority").filter(({ set }) => set === "agree")
        .map(({ group, change }) => [group!.category, change !== null]),
      [["low", true], ["high", true]],
    );
    assert.ok(main("wellbeing", "gender").every(({ change }) => change !== null));
    for (const { question } of estimates) {
      assert.ok(main(question, "education").length > 0, question);
    }
    // One in twenty declined: they are in no base, so that nothing has moved.
    const [independence] = main("leader_independence");
    assert.equal(independence!.n, 1288 - Math.ceil(1288 / 20));
    assert.equal(independence!.change!.before.n, 1288);
    assert.equal(independence!.change!.moved, "none");
    assert.deepEqual(source.declined, { leader_independence: Math.ceil(1288 / 20) });

    for (
      const [language, out, notice, uncompared, groups, job] of [
        [
          "da",
          "»Tilfreds med samarbejdet mellem politikere og ansatte« indgik ikke i denne runde.",
          "blev stillet anderledes i 2023-runden; det kan være en del af forskellen",
          "Spørgsmålet blev stillet anderledes i 2023-runden, så svarene sammenlignes ikke.",
          "»Anciennitet i kommunen« var inddelt anderledes i 2023-runden",
          "Uddannelse",
        ],
        [
          "en",
          "“Satisfied with how politicians and staff work together” was not part of this wave.",
          "was put differently in the 2023 wave; that may be part of the difference",
          "The question was put differently in the 2023 wave, so the answers are not compared.",
          "“Years in the municipality” had other groups in the 2023 wave",
          "Education",
        ],
      ] as const
    ) {
      const html = await Deno.readTextFile(project.path(`reports/report.${language}.html`));
      const shown = html.replaceAll("\u00a0", " ")
        .replace(/<(script|style|pre)\b[\s\S]*?<\/\1>/g, "");
      assert.equal(shown.split(out).length, 2, "the dropped question leaves one sentence");
      for (const said of [notice, uncompared, groups, job]) assert.ok(shown.includes(said), said);
      assert.doesNotMatch(shown, /n = 0\b|NaN/);
      assert.doesNotMatch(shown, /Her er der ingen svar|Here there are no answers/);
    }
  }));
