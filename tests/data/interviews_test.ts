import assert from "node:assert/strict";
import { InputError } from "../../lib/responses/input_error.ts";
import { readInterviews } from "../../lib/responses/interviews.ts";
import { codebook, readPublished } from "../../lib/responses/study.ts";

Deno.test("the interviews hold 15 quotations by five profiles and four accounts without a speaker", () => {
  const passages = readInterviews();
  const quotations = passages.filter(({ kind }) => kind === "quotation");
  assert.equal(quotations.length, 15);
  assert.equal(passages.length, 19);
  const profiles = new Set(
    quotations.map(({ profile: p }) => `${p?.gender} ${p?.age_group} ${p?.role}`),
  );
  assert.equal(profiles.size, 5);
});

Deno.test("the interviews use the names of the codebook, the themes and the pages", () => {
  const published = readPublished();
  const { variables, bases } = codebook();
  const themes = new Set(published.themes.map(({ id }) => id));
  const pages = new Set(published.pages.map(({ page }) => page));
  const ids = new Set<string>();
  for (const p of readInterviews()) {
    ids.add(p.id);
    assert(p.themes.length > 0 && p.themes.every((t) => themes.has(t)), p.id);
    assert(pages.has(p.page), p.id);
    assert(p.gist.da.length > 10 && p.gist.en.length > 10, p.id);
    if (p.kind === "account") {
      assert.equal(p.profile, null);
    } else {
      assert(variables.gender?.categories[p.profile?.gender ?? ""], p.id);
      assert(variables.age_group?.categories[p.profile?.age_group ?? ""], p.id);
      assert(bases[p.profile?.role ?? ""], p.id);
    }
  }
  assert.equal(ids.size, 19);
});

Deno.test("readInterviews() says which file it cannot read and which column is missing", async () => {
  assert.throws(
    () => readInterviews("/nowhere/interviews.csv"),
    (error) => error instanceof InputError && /interviews\.csv/.test(error.message),
  );
  const file = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    await Deno.writeTextFile(file, "id,page,kind,themes,gender,age_group,role,gist_da\n");
    assert.throws(
      () => readInterviews(file),
      (error) => error instanceof InputError && /gist_en/.test(error.message),
    );
  } finally {
    await Deno.remove(file);
  }
});
