import assert from "node:assert/strict";
import { breakdown } from "../../lib/notebook/breakdown.ts";
import { columns, comparison, likert } from "../../lib/notebook/figures.ts";
import { CellSurvey, openSurvey } from "../../lib/notebook/open_survey.ts";
import { rake } from "../../lib/statistics/rows/rake.ts";
import { share, shares } from "../../lib/statistics/look_up.ts";

const survey = await openSurvey({ data: null });
const more = survey.derive({
  squeezed: (d) => d.pressure === "often" && d.leader_independence === "disagree",
  young: (d) => d.age_group === "age_25_39",
}, { labels: { squeezed: { da: "I klemme", en: "Squeezed" } } });

Deno.test("a derived variable's share is what counting the table of responses gives", () => {
  const own = share(more, "young", { category: "yes" });
  const young = survey.responses.filter((d: Record<string, string>) => d.age_group === "age_25_39");
  const known = survey.responses.filter((d: Record<string, string>) => d.age_group != null);
  assert.equal(own.count, young.numRows());
  assert.equal(own.n, known.numRows());
  assert.ok(own.low! < own.share! && own.share! < own.high!);
});

Deno.test("share() takes several conditions at once", () => {
  const own = share(survey, "wellbeing", { set: "agree" }, {
    gender: "woman",
    age_group: "age_25_39",
  });
  const women = survey.responses.filter((d: Record<string, string>) =>
    d.gender === "woman" && d.age_group === "age_25_39" && d.wellbeing != null
  );
  assert.equal(own.n, women.numRows());
  assert.equal(
    own.count,
    women.filter((d: Record<string, string>) =>
      d.wellbeing === "agree" || d.wellbeing === "strongly_agree"
    ).numRows(),
  );
});

Deno.test("charts, breakdowns, weights and domains take a derived variable", () => {
  const said = [
    columns(more, "squeezed"),
    likert(more, "squeezed"),
    likert(more, "wellbeing", { by: "young" }),
    comparison(more, "wellbeing", { by: "squeezed" }),
  ].map((figure) => JSON.stringify(figure));
  assert.ok(said.every((text) => text.length > 100));
  const html = breakdown(more, "squeezed").render("en").part.details!;
  assert.match(html, /Squeezed/);
  const { weights } = rake(more, { gender: { woman: 0.5, man: 0.5 } });
  const weighted = new CellSurvey<"squeezed" | "young">({ ...more, weights });
  const own = share(weighted, "young", { category: "yes" });
  assert.ok(own.weighted && Math.abs(own.share! - own.count! / own.n) > 1e-6);
  const young = new CellSurvey<"squeezed" | "young">({ ...more, within: { young: ["yes"] } });
  assert.equal(
    share(young, "wellbeing", { set: "agree" }).n,
    young.responses
      .filter((d: Record<string, string>) => d.wellbeing != null).numRows(),
  );
});

Deno.test("what is derived from few people's answers is hidden as the answers are", () => {
  const few = survey.derive({
    rare: (d) => d.pressure_change === "very_often" && d.gender === "man",
  });
  const table = shares(few, "wellbeing", { by: "rare" }).objects() as {
    rare?: string;
    group: string;
    n: number;
    count: number | null;
    suppressed: boolean;
  }[];
  const { least_base } = few.codebook.disclosure;
  for (const row of table) {
    if (row.n < least_base) assert.ok(row.suppressed && row.count === null, JSON.stringify(row));
  }
});

Deno.test("openSurvey() takes a file or any part of the settings, and names one that it has not", async () => {
  const women = await openSurvey({ where: { gender: "woman" } });
  assert.deepEqual(women.within, { gender: ["woman"] });
  assert.deepEqual((await openSurvey({ where: "gender=woman" })).within, women.within);
  const data = new URL("../../data/responses.csv", import.meta.url).pathname;
  assert.equal((await openSurvey(data)).source.sha256, survey.source.sha256);
  await assert.rejects(
    openSurvey({ weight: "column" } as never),
    /no option "weight"\. Is "weights" meant/,
  );
});
