import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { gists } from "../../lib/notebook/gists.ts";
import { allPassages } from "../../lib/responses/interviews.ts";
import { codebook } from "../../lib/responses/study.ts";

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

Deno.test("gists() picks by theme, and by page and theme", () => {
  const { html } = gists({ themes: ["source_system"] }).render("en").part;
  assert.equal(html.match(/class="gist"/g)?.length, 2);
  const both = gists({ page: 22, themes: ["wb_neg_overlooked"] }).render("en").part.html;
  assert.equal(both.match(/class="gist"/g)?.length, 1);
});

Deno.test("gists() says which pages have passages, and which themes there are", () => {
  assert.throws(
    () => gists({ page: 8 }),
    (error) =>
      error instanceof InputError && /page 8.*9, 11, 12, 14, 16, 19, 22/.test(error.message),
  );
  assert.throws(
    () => gists({ themes: ["weather"] }),
    (error) => error instanceof InputError && /"weather".*source_system/.test(error.message),
  );
});
