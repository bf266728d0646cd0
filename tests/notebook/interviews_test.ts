import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { gists, interviewThemes, interviewThemesTable } from "../../lib/notebook/interviews.ts";
import { allPassages, profileKey } from "../../lib/responses/interviews.ts";
import { codebook, readPublished } from "../../lib/responses/study.ts";

const OPTIONS = { name: "themes", title: { da: "Temaer", en: "Themes" } };
const KINDS = [...new Set(readPublished().themes.map(({ kind }) => kind))];

Deno.test("gists() shows every passage of a page in the language, with its profile and themes", () => {
  for (const page of new Set(allPassages().map((passage) => passage.page))) {
    for (const language of LANGUAGES) {
      const { html } = gists({ page }).render(language).part;
      const here = allPassages().filter((passage) => passage.page === page);
      assert.equal(html.match(/class="gist"/g)?.length, here.length);
      for (const { gist } of here) {
        assert(html.includes(gist[language].replaceAll("&", "&amp;")), gist[language]);
      }
    }
  }
});

Deno.test("gists() says how many were interviewed and never a per cent", () => {
  const n = codebook().study.interviews.count;
  for (const language of LANGUAGES) {
    for (const output of gists().render(language).outputs) {
      assert.match(String(output["text/html"]), new RegExp(`n = ${n} interview`));
      assert.doesNotMatch(String(output["text/html"]), /\d\s?(%|pct)/);
    }
  }
});

Deno.test("gists() names a speaker in the codebook's words, or says that there is none", () => {
  assert.match(
    gists({ page: 9 }).render("da").part.html,
    /<p class="profile">Mand, 25-39 år, betjener politikere<\/p>/,
  );
  assert.match(gists({ page: 12 }).render("en").part.html, /Speaker not stated/);
});

Deno.test("gists() says which pages have passages, and which kinds of themes there are", () => {
  assert.throws(
    () => gists({ page: 8 }),
    (error) =>
      error instanceof InputError && /page 8.*9, 11, 12, 14, 16, 19, 22/.test(error.message),
  );
  assert.throws(
    () => interviewThemes({ ...OPTIONS, kinds: ["weather"] }),
    (error) => error instanceof InputError && /"weather".*source_of_pressure/.test(error.message),
  );
});

Deno.test("interviewThemes() draws one dot for each theme and profile that a passage ties together", () => {
  const pairs = new Set(
    allPassages().flatMap(({ themes, profile }) =>
      themes.map((theme) => `${theme} ${profileKey(profile)}`)
    ),
  );
  for (const language of LANGUAGES) {
    const { html, tables } = interviewThemes({ ...OPTIONS, kinds: KINDS }).render(language).part;
    assert.equal(html.match(/<circle/g)?.length, 2 * pairs.size, "once wide, once narrow");
    assert.equal(tables?.[0]?.rows.length, pairs.size);
  }
});

Deno.test("interviewThemes() counts passages in its table, not people, and says n = 6", () => {
  const kinds = ["source_of_pressure"];
  const [table] = interviewThemes({ ...OPTIONS, kinds }).render("en").part.tables ?? [];
  const total = table?.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0);
  const themes = readPublished().themes.filter(({ kind }) => kinds.includes(kind));
  const raised = allPassages().flatMap((passage) => passage.themes)
    .filter((theme) => themes.some(({ id }) => id === theme));
  assert.equal(total, raised.length);
  assert.match(table?.base ?? "", /n = 6 interviews/);
});

Deno.test("interviewThemes() names the themes that no passage raises", () => {
  const { html } = interviewThemes({ ...OPTIONS, kinds: ["source_of_pressure"] }).render("en").part;
  assert.match(html, /“Conflicting interests” is mentioned in the report without a passage/);
});

Deno.test("interviewThemes() tells in its text alternative who raises what", () => {
  const { html } = interviewThemes({ ...OPTIONS, kinds: ["kind_of_pressure"] }).render("da").part;
  assert.match(
    html,
    /<desc[^>]*>[^<]*Forventningspres: kvinde, 40-54 år, træffer afgørelser\.[^<]*<\/desc>/,
  );
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
