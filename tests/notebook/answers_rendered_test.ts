import assert from "node:assert/strict";
import type { ColumnTable } from "arquero";
import { arqueroRendered } from "../../lib/notebook/answers_rendered.ts";
import { openSurvey } from "../../lib/notebook/open_survey.ts";

const outputOf = (table: ColumnTable) => arqueroRendered(table).outputs[0]!;
const arqueroText = (table: ColumnTable) => String(outputOf(table)["text/plain"]);
const arqueroHtml = (table: ColumnTable) => String(outputOf(table)["text/html"]);
const survey = await openSurvey({ data: null });

Deno.test("respondents are shown by their columns and levels, and no row of them is", () => {
  const { responses } = survey;
  assert.match(arqueroText(responses), /gender\twoman · man/);
  const id = responses.get(survey.codebook.respondent.column, 0) as string;
  for (
    const rows of [responses, responses.slice(0, 3), responses.select("gender").orderby("gender")]
  ) {
    const [html, text] = [arqueroHtml(rows), arqueroText(rows)];
    assert.match(
      text,
      /^Respondents: [\d,]+, columns: \d+\. Single rows are not shown\.\ncolumn\tlevels\n/,
    );
    assert.ok(!html.includes(id) && !text.includes(id));
  }
});

Deno.test("a cross-tab that was counted by hand is shown, and what is below the least base said", () => {
  const table = survey.responses.groupby("gender", "wellbeing").count();
  assert.match(arqueroText(table), /^gender\twellbeing\tcount\n/);
  assert.match(
    arqueroText(table),
    /Counted by hand: there are numbers below the least base/,
  );
  assert.match(arqueroHtml(table), /<p class="note">Counted by hand/);
  assert.doesNotMatch(arqueroText(survey.responses.groupby("gender").count()), /by hand/);
});
