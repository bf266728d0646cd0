import assert from "node:assert/strict";
import { categoriesOf } from "../../lib/responses/codebook.ts";
import { codebook } from "../../lib/responses/study.ts";
import { tooFewSentence, whyHidden } from "../../lib/words/value.ts";

const { least_base } = codebook().disclosure;
const of = (n: number) => ({ question: "wellbeing", variable: null, group: null, n });

Deno.test("what is hidden is of nobody, of too few, or protected since it would tell of others", () => {
  assert.equal(whyHidden(of(0)), "nobody");
  assert.equal(whyHidden(of(least_base - 1)), "too_few");
  assert.equal(whyHidden(of(least_base)), "protected");
  // Of groups that an answer makes not even the number is shown.
  assert.equal(whyHidden(of(NaN)), "protected");
});

Deno.test("tooFewSentence() says which it is, and of several that there are too few where that is so", () => {
  const said = (...hidden: number[]) => tooFewSentence(hidden.map(of), hidden.map(of), "en");
  assert.match(said(0), /^Here there are no answers in this wave: /);
  assert.match(said(3), /^Here there are too few answers to show anything: /);
  assert.match(
    said(300),
    /^Nothing is shown here, since it would tell what a few people answered: /,
  );
  assert.match(said(300, 3), /^Here there are too few answers/);
});

Deno.test("tooFewSentence() says that a group is empty where other groups may have answered", () => {
  const [often, between, rarely] = Object.keys(categoriesOf(codebook(), "pressure")!).map(
    (group) => ({ question: "wellbeing", variable: "pressure", group, n: 0 }),
  );
  for (const some of [[often!], [often!, rarely!]]) {
    assert.match(tooFewSentence(some, some, "en"), /no answers in this wave from the groups in/);
  }
  const other = [often!, { ...rarely!, n: 300 }];
  assert.match(
    tooFewSentence([often!], other, "en"),
    /^At least one of the groups here is empty: /,
  );
  const all = [often!, between!, rarely!];
  assert.match(tooFewSentence(all, all, "en"), /^Here there are no answers in this wave: /);
});
