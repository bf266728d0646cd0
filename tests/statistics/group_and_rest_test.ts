import fc from "fast-check";
import assert from "node:assert/strict";
import { besideTheRest } from "../../lib/notebook/data_told.ts";
import { openWith } from "../../lib/notebook/open_survey.ts";
import { readSettings } from "../../lib/notebook/settings.ts";
import { gapToRest, share } from "../../lib/statistics/look_up.ts";
import { groupAndRest } from "../../lib/statistics/moved_most.ts";
import { assertClose } from "../reference/read_reference.ts";
import { anySurvey } from "./make_survey.ts";

const open = (where: Record<string, string[]>, weights: string | null = null) =>
  openWith({ ...readSettings(() => undefined), where, weights });
const everyone = await open({});

for (const weights of [null, "population"]) {
  Deno.test(`a group beside the rest is what a breakdown tests (weights: ${weights})`, async () => {
    const compared = groupAndRest(await open({ gender: ["woman"] }, weights));
    const whole = await open({}, weights);
    assert.ok(compared.length >= 10, `${compared.length} questions`);
    for (const { now, before, difference, low, high, pValue } of compared) {
      const of = { set: now.set } as Parameters<typeof gapToRest>[2];
      const question = now.question as Parameters<typeof share>[1];
      const men = share(whole, question, of, { gender: "man" });
      // Everybody told their gender, so that the rest are the men.
      assert.deepEqual([before.n, before.count], [men.n, men.count]);
      assertClose(before.share, men.share!, 1e-12, "rest");
      const gap = gapToRest(whole, question, of, "gender", "woman")!;
      assertClose(difference, gap.difference, 1e-9, "difference");
      assertClose(low, gap.low, 1e-9, "low");
      assertClose(high, gap.high, 1e-9, "high");
      assertClose(pValue!, gap.p!, 1e-7, "p");
    }
  });
}

Deno.test("without a group there is no rest, and where one has too few people nothing is compared", async () => {
  assert.deepEqual(groupAndRest(everyone), []);
  const few = await open({
    tenure: ["years_0_2"],
    municipality_size: ["under_30000"],
    gender: ["man"],
  });
  assert.deepEqual(groupAndRest(few), []);
  assert.match(besideTheRest(few).render("da").part.html, /for få svar til at sammenligne gruppen/);
});

Deno.test("the group and the rest are everyone, whatever the answers", () => {
  fc.assert(fc.property(anySurvey(["wellbeing", "gender", "tenure"]), (survey) => {
    const disclosure = { least_base: 1, least_answer: 1, least_others: 0 };
    const whole = { ...survey, codebook: { ...survey.codebook, disclosure } };
    const { n, count } = share(whole, "wellbeing", { set: "agree" });
    const within = { gender: ["woman"], tenure: ["years_0_2", "years_3_5"] };
    for (const { now, before } of groupAndRest({ ...whole, within })) {
      assert.equal(now.n + before.n, n);
      if (count !== null) assert.equal(now.count + (before.count ?? 0), count);
      assert.ok(before.low <= before.share && before.share <= before.high);
    }
  }));
});

Deno.test("the section names where the group differs, in both languages, with a table", async () => {
  const section = besideTheRest(await open({ serves_politicians: ["yes"] }));
  const { html, tables } = section.render("en").part;
  assert.match(html, /The group clearly differs from the rest in \d+ of the \d+ main figures\./);
  assert.match(html, /Time pressure harms care and professional standards/);
  assert.ok(tables![0]!.columns.some(({ label }) => label === "The rest"));
  assert.match(section.render("da").part.html, /Gruppen adskiller sig sikkert fra resten på/);
});
