import assert from "node:assert/strict";
import { interviewClaims, interviewClaimsOf } from "../../lib/claims/interview_claims.ts";
import { LANGUAGES } from "../../lib/responses/language.ts";
import { allPassages } from "../../lib/responses/interviews.ts";
import { codebook, readPublished } from "../../lib/responses/study.ts";
import { shipped } from "./change_answers.ts";

Deno.test("interviewClaims() has a sentence for every kind, source and way of coping", () => {
  const kinds = ["kind_of_pressure", "source_of_pressure", "coping"];
  const themes = readPublished().themes.filter(({ kind }) => kinds.includes(kind));
  const ids = Object.values(interviewClaims(shipped)).map(({ id }) => id);
  for (const { id } of themes) assert(ids.includes(`interview_${id}`), id);
  assert.equal(ids.length, themes.length + 2);
});

Deno.test("interviewClaims() cannot be told, rests on six, and has no number in its sentences", () => {
  for (
    const { id, verdict, text, evidence, estimates } of Object.values(interviewClaims(shipped))
  ) {
    assert.equal(verdict, "cannot_be_told", id);
    assert.deepEqual(estimates, [], id);
    for (const language of LANGUAGES) {
      assert.match(evidence[language], new RegExp(`n = ${codebook().study.interviews.count}`), id);
      assert.doesNotMatch(text[language], /\d|%|pct/, id);
    }
  }
});

Deno.test("interviewClaims() counts the passages that raise a theme", () => {
  for (const claim of interviewClaimsOf(shipped, "source_of_pressure")) {
    const theme = claim.id.replace("interview_", "");
    const raised = allPassages().filter(({ themes }) => themes.includes(theme)).length;
    assert.match(claim.evidence.en, new RegExp(`Coded passages: ${raised},`), theme);
  }
});

Deno.test("interviewClaimsOf() gives the pages of its themes", () => {
  const pagesOf = (
    ...kinds: Parameters<typeof interviewClaimsOf>[1][]
  ) => [...new Set(interviewClaimsOf(shipped, ...kinds).map(({ page }) => page))];
  assert.deepEqual(pagesOf("kind_of_pressure"), [11]);
  assert.deepEqual(pagesOf("source_of_pressure"), [12]);
  assert.deepEqual(pagesOf("coping"), [19]);
});
