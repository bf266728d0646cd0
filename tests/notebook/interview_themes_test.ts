import assert from "node:assert/strict";
import { interviewThemes, interviewThemesTable } from "../../lib/notebook/interview_themes.ts";
import { allPassages, profileKey } from "../../lib/responses/interviews.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { readPublished } from "../../lib/responses/study.ts";

Deno.test("interviewThemes() draws one dot for each theme and profile that a passage ties together", () => {
  const pairs = new Set(
    allPassages().flatMap(({ themes, profile }) =>
      themes.map((theme) => `${theme} ${profileKey(profile)}`)
    ),
  );
  for (const language of LANGUAGES) {
    const { html, tables } = interviewThemes().render(language).part;
    assert.equal(html.match(/<circle/g)?.length, 2 * pairs.size, "once wide, once narrow");
    assert.equal(tables?.[0]?.rows.length, pairs.size);
  }
});

Deno.test("interviewThemes() counts passages in its table, not people, and says n = 6", () => {
  const themes = ["source_system", "wb_pos_colleagues"];
  const [table] = interviewThemes({ themes }).render("en").part.tables ?? [];
  const total = table?.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  const raised = allPassages().flatMap((passage) => passage.themes)
    .filter((theme) => themes.includes(theme));
  assert.equal(total, raised.length);
  assert.match(table?.base ?? "", /n = 6 interviews/);
});

Deno.test("interviewThemes() names the themes that no passage raises", () => {
  const { html } = interviewThemes({ kinds: ["source_of_pressure"] }).render("en").part;
  assert.match(html, /“Conflicting interests” is mentioned in the report without a passage/);
});

Deno.test("interviewThemes() tells in its text alternative who raises what", () => {
  const { html } = interviewThemes({ themes: ["type_expectation"] }).render("da").part;
  assert.match(html, /<desc[^>]*>Forventningspres: kvinde, 40-54 år, træffer afgørelser\.<\/desc>/);
});

Deno.test("interviewThemesTable() has a row for each theme of a kind, and no column without a word", () => {
  const kinds = ["request_to_leaders"] as const;
  const title = { da: "Ønsker", en: "Requests" };
  const [table] = interviewThemesTable({ name: "requests", title, kinds }).render("en").part
    .tables ?? [];
  const themes = readPublished().themes.filter(({ kind }) => kind === kinds[0]);
  assert.deepEqual(
    table?.rows,
    themes.map(({ label, gist }) => [label.en, gist.en]),
  );
});
