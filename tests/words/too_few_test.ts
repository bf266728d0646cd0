import assert from "node:assert/strict";
import { codebook } from "../../lib/responses/study.ts";
import { tooFewSentence, whyHidden } from "../../lib/words/value.ts";

const { least_base } = codebook().disclosure;
const of = (n: number) => ({ question: "wellbeing", variable: null, n });

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
