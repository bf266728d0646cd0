import assert from "node:assert/strict";
import { nameDomain } from "../../lib/notebook/read_waves.ts";
import { categoriesOf } from "../../lib/responses/codebook.ts";
import { codebook } from "../../lib/responses/study.ts";
import { domainWords } from "../../lib/words/change_columns.ts";

Deno.test("domainWords() names a group by its people, in the order of the codebook", () => {
  assert.deepEqual(
    domainWords(codebook(), { serves_politicians: ["yes"], gender: ["woman"] }),
    { da: "kvinder, der betjener politikere", en: "women, who serve politicians" },
  );
  assert.deepEqual(
    domainWords(codebook(), { tenure: ["years_0_2", "years_3_5"] }),
    {
      da: "med 0-2 år i kommunen eller med 3-5 år i kommunen",
      en: "with 0-2 years in the municipality or with 3-5 years in the municipality",
    },
  );
});

Deno.test("domainWords() names an answer with its question where the codebook has no other words", () => {
  const { en } = domainWords(codebook(), { pressure_change: ["often"], gender: ["man"] });
  assert.equal(en, "men; feels pressure to change an assessment in a paper: often");
  const without = structuredClone(codebook());
  delete without.variables["gender"]!.categories["man"]!.who;
  assert.equal(domainWords(without, { gender: ["woman", "man"] }).en, "gender: woman or man");
});

Deno.test("every group of the shipped codebook's variables has words of its own", () => {
  for (const [name, { categories }] of Object.entries(codebook().variables)) {
    const words = Object.keys(categories).map((category) =>
      domainWords(codebook(), { [name]: [category] })
    );
    assert.equal(new Set(words.map(({ da }) => da)).size, words.length, name);
    assert.equal(new Set(words.map(({ en }) => en)).size, words.length, name);
    for (const { da, en } of words) assert.ok(!da.includes(": ") && !en.includes(": "), name);
  }
});

Deno.test("nameDomain() puts the group behind every base, and leaves the answers alone", () => {
  const named = nameDomain(codebook(), { gender: ["woman"] });
  assert.equal(named.bases["all"]!.label.en, "everyone who answered (women)");
  assert.equal(named.bases["all"]!.who.da, "medlemmerne (kvinder)");
  assert.deepEqual(categoriesOf(named, "gender"), categoriesOf(codebook(), "gender"));
});
