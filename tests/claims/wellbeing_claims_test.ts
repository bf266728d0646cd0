import assert from "node:assert/strict";
import { wellbeingClaims } from "../../lib/claims/wellbeing_claims.ts";
import { loadSurvey } from "../../lib/responses/load_survey.ts";
import { codebook, dataFile } from "../../lib/responses/study.ts";
import type { Survey } from "../../lib/responses/survey.ts";

const shipped = await loadSurvey(dataFile("responses.csv"), codebook());

/** The survey with other answers to the question on wellbeing, by the answer and the pressure felt. */
function answering(change: (code: number, pressure: number) => number): Survey {
  const pressure = shipped.codes.get("pressure_change") as Uint8Array;
  const codes = new Map(shipped.codes);
  const before = shipped.codes.get("wellbeing") as Uint8Array;
  codes.set("wellbeing", before.map((code, i) => change(code, pressure[i] ?? 0)));
  return { ...shipped, codes };
}

Deno.test("wellbeingClaims() bears out page 21 on the shipped answers and leaves page 22 to the interviews", () => {
  for (const claim of Object.values(wellbeingClaims(shipped))) {
    assert.equal(claim.verdict, claim.page === 21 ? "holds" : "cannot_be_told", claim.id);
  }
});

Deno.test("the group between is said openly, in both languages", () => {
  const { stepByStep } = wellbeingClaims(shipped);
  assert.match(stepByStep.text.da, /fra 40 pct\. til 85 pct\. Gruppen imellem.* 66 pct\.$/);
  assert.match(stepByStep.text.en, /from 40% to 85%\. The group between.* 66%\.$/);
});

Deno.test("where the pressed are doing best the sentences turn round", () => {
  // Whoever is pressed often is doing well; of the others those who agreed do not.
  const said = wellbeingClaims(
    answering((code, pressure) => pressure <= 2 ? 1 : code === 2 ? 5 : code),
  );
  assert.equal(said.pressedThriveLess.verdict, "does_not_hold");
  assert.match(said.pressedThriveLess.text.en, /are not less often doing well/);
  assert.equal(said.associated.verdict, "does_not_hold");
  assert.match(said.associated.text.da, /går ikke sammen med dårligere trivsel/);
  assert.equal(said.stepByStep.verdict, "does_not_hold");
  assert.equal(said.pressedThrive.verdict, "does_not_hold");
  assert.match(said.pressedThrive.text.en, /100%/);
});

Deno.test("where everybody answers alike nothing is said of a connection", () => {
  const said = wellbeingClaims(answering(() => 2));
  assert.equal(said.associated.verdict, "cannot_be_told");
  assert.equal(said.mostThrive.verdict, "does_not_hold");
  assert.equal(said.quarterStronglyAgree.verdict, "does_not_hold");
});

Deno.test("fewer who thrive break the shares, not the comparison", () => {
  let seen = 0;
  const said = wellbeingClaims(answering((code) => code <= 2 && seen++ % 3 === 0 ? 4 : code));
  for (const claim of [said.mostThrive, said.thrivePrinted, said.doNotThrive]) {
    assert.equal(claim.verdict, "does_not_hold", claim.id);
  }
  assert.equal(said.pressedThriveLess.verdict, "holds");
});
